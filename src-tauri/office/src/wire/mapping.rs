//! What of ours is what of theirs.

use super::wire;

wire! {
    pub struct MappingRequest {
        pub connection_id: String,
        /// Whose mapping: a department's, or nothing for the school's.
        pub department_id: Option<String>,
    }

    pub struct MappingView {
        pub connection_id: String,
        pub department_id: Option<String>,
        /// Departments that may have a mapping of their own.
        pub departments: Vec<MappingDepartment>,
        pub system: String,
        pub company: String,
        /// RFC 3339: when accounts and tax rates were last read.
        pub fetched_at: Option<String>,
        pub rows: Vec<MappingRow>,
        pub accounts: Vec<RemoteChoice>,
        pub tax_codes: Vec<RemoteChoice>,
        /// What the system tells parts of a business apart by.
        pub tracking: Vec<RemoteChoice>,
        pub missing: u32,
    }

    pub struct MappingDepartment {
        pub id: String,
        pub name: String,
        /// How many of its mappings are its own.
        pub own: u32,
    }

    pub struct MappingRow {
        /// `service`, `tax_code`, `payment_method` or `department`.
        pub kind: String,
        pub local_key: String,
        pub label: String,
        /// Our code.
        pub code: String,
        /// Beside it: kind and VAT of a service, rate of a code.
        pub detail: String,
        pub remote_code: Option<String>,
        pub remote_name: Option<String>,
        /// In a department: the code is the school's.
        pub is_inherited: bool,
        /// In a department: what the school maps it onto.
        pub school_code: Option<String>,
        pub school_name: Option<String>,
        /// `mapped`, `missing`, `open` (it need not be mapped) or `gone` (what it is mapped onto is
        /// no longer usable there).
        pub state: String,
        pub suggestion: Option<MappingSuggestion>,
        /// Documents that wait for it.
        pub waiting: u32,
    }

    pub struct MappingSuggestion {
        pub remote_code: String,
        pub remote_name: String,
        /// `same_code`, `same_name`, `same_rate`, `similar_name`, `only_choice`.
        pub because: String,
    }

    /// An account, tax rate or tracking option there.
    pub struct RemoteChoice {
        pub code: String,
        pub name: String,
        /// `income`, `bank`, …, the rate of a tax code, or the list a tracking option is of.
        pub detail: String,
        /// Kinds of rows it may be chosen for.
        pub fits: Vec<String>,
    }

    pub struct SaveMapping {
        pub connection_id: String,
        /// Whose mapping: a department's, or nothing for the school's.
        pub department_id: Option<String>,
        pub changes: Vec<MappingChange>,
    }

    pub struct MappingChange {
        pub kind: String,
        pub local_key: String,
        /// Nothing takes the mapping away; in a department, the school's counts again.
        pub remote_code: Option<String>,
        pub from_suggestion: bool,
    }

    pub struct MappingSaved {
        /// Records that wait no longer.
        pub released: u32,
        pub view: MappingView,
    }
}
