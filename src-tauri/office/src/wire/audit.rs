//! The audit.

use super::common::{FileWish, Money, Window};
use super::wire;

wire! {
    /// What of the log is wanted; what is left out narrows nothing.
    pub struct AuditFilter {
        /// Who, as it stands in the log.
        pub actor: Option<String>,
        /// Kind of fact, for example `invoice_issued`.
        pub kind: Option<String>,
        pub about: Option<AuditSubject>,
        /// First day, `YYYY-MM-DD`.
        pub from: Option<String>,
        /// Last day, counted in.
        pub to: Option<String>,
    }

    /// A thing with a history.
    pub struct AuditSubject {
        /// `school`, `student`, `service`, `invoice`, `credit_note`, `payment`, `connection`, `user`.
        pub kind: String,
        /// Its id; empty for the school.
        pub id: String,
    }

    pub struct ListAudit {
        pub filter: AuditFilter,
        pub window: Window,
    }

    pub struct AuditPage {
        /// Newest first.
        pub rows: Vec<AuditRow>,
        pub total: u32,
    }

    pub struct AuditRow {
        pub id: String,
        /// RFC 3339.
        pub at: String,
        /// The desk's letter.
        pub desk: String,
        /// Who, as it stands in the log.
        pub actor: String,
        /// Their name now.
        pub name: String,
        pub kind: String,
        pub about: AuditSubject,
        /// What a person calls the thing by: a number or a name.
        pub label: String,
        pub amount: Option<Money>,
        pub reason: String,
    }

    pub struct AuditEntryRequest {
        pub id: String,
    }

    pub struct AuditEntry {
        pub row: AuditRow,
        /// True where it replaced what was there before.
        pub replaces: bool,
        pub changes: Vec<AuditChange>,
        /// Place among the facts of its desk.
        pub sequence: String,
        /// SHA-256 in the chain, in hexadecimal.
        pub hash: String,
    }

    /// A field, before and after.
    pub struct AuditChange {
        /// Its path in the fact, for example `person.email`.
        pub field: String,
        pub old: Option<String>,
        pub new: Option<String>,
    }

    /// What the log can be filtered by.
    pub struct AuditChoices {
        pub people: Vec<AuditPerson>,
        pub kinds: Vec<String>,
    }

    pub struct AuditPerson {
        pub actor: String,
        pub name: String,
    }

    pub struct ExportAudit {
        pub filter: AuditFilter,
        pub wish: FileWish,
    }
}
