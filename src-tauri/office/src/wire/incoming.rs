//! What was changed at an accounting system and waits for a person.

use super::wire;

wire! {
    /// Asks a system what changed there.
    pub struct ReadChanges {
        pub connection_id: String,
    }

    /// What a person decides about one conflict.
    pub struct DecideConflict {
        pub id: String,
        /// One of the conflict's choices.
        pub choice: String,
        /// What was shown; it is not taken where the other side says something else by now.
        pub shown: String,
        pub reason: String,
        /// Whose it is, where the conflict asks for it.
        pub student_id: Option<String>,
    }

    pub struct ConflictsView {
        /// By cause, then oldest first.
        pub conflicts: Vec<ConflictView>,
        /// Systems that are asked for changes, and when they were.
        pub readings: Vec<ReadingView>,
    }

    pub struct ReadingView {
        pub connection_id: String,
        pub system: String,
        pub company: String,
        /// RFC 3339; nothing: never.
        pub read_at: Option<String>,
    }

    pub struct ConflictView {
        pub id: String,
        pub connection_id: String,
        pub system: String,
        pub company: String,
        /// `customer`, `invoice`, `credit_note`, `payment` or `credit_allocation`.
        pub kind: String,
        pub cause: String,
        /// The system made it by itself.
        pub automatic: bool,
        pub student_id: Option<String>,
        pub student: String,
        /// The invoice or credit note of ours, where it is about one.
        pub document_id: Option<String>,
        /// Number of ours, or empty.
        pub label: String,
        /// RFC 3339.
        pub seen_at: String,
        /// Digest of what is shown.
        pub shown: String,
        pub fields: Vec<ConflictField>,
        /// What may be decided, the usual first.
        pub choices: Vec<String>,
        /// Who takes it says whose it is.
        pub asks_student: bool,
    }

    /// A field on the three sides; nothing: that side does not tell it.
    pub struct ConflictField {
        pub field: String,
        pub agreed: Option<String>,
        pub ours: Option<String>,
        pub theirs: Option<String>,
        pub differs: bool,
    }
}
