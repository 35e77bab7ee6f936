//! A person who leaves: what is known of them, and erasing it.

use super::wire;

wire! {
    /// What erasing a person would do.
    pub struct StudentErasure {
        /// Why it cannot be done now: `owes`, `has_credit`, `unbilled`, `exports_waiting` or
        /// `messages_waiting`; nothing: it can.
        pub obstacle: Option<String>,
        /// Invoices and credit notes.
        pub documents: u32,
        /// Those of them whose buyer the law of bookkeeping keeps.
        pub kept: u32,
        /// The last day on which one of them must be kept.
        pub kept_until: Option<String>,
        /// The law, or empty where none is known: then the longest known time holds.
        pub law: String,
        /// Private payers who pay for nobody else, by name: they go too.
        pub payers: Vec<String>,
        /// What was done before, the last first.
        pub erased: Vec<ErasureView>,
    }

    pub struct ErasureView {
        pub erased_on: String,
        /// `asked`, `not_needed` or `unlawful`.
        pub ground: String,
        pub kept_until: Option<String>,
    }

    pub struct ErasePerson {
        pub id: String,
        /// The student's number, said again.
        pub number: String,
        /// `asked`, `not_needed` or `unlawful`.
        pub ground: String,
    }

    /// All data of a person in a folder: for machines as JSON, for people as a page with the papers.
    pub struct ExportPerson {
        pub id: String,
        /// A folder chosen by the person at the desk; nothing means the desk's own for papers.
        pub folder: Option<String>,
    }

    pub struct PersonFiles {
        pub folder: String,
        /// The page that leads to the others.
        pub index: String,
        pub files: Vec<String>,
    }
}
