//! What of ours is what of theirs.

use super::wire;

wire! {
    pub struct MappingRequest {
        pub connection_id: String,
    }

    pub struct MappingView {
        pub connection_id: String,
        pub system: String,
        pub company: String,
        /// RFC 3339: when accounts and tax rates were last read.
        pub fetched_at: Option<String>,
        pub rows: Vec<MappingRow>,
        pub accounts: Vec<RemoteChoice>,
        pub tax_codes: Vec<RemoteChoice>,
        pub missing: u32,
    }

    pub struct MappingRow {
        /// `service`, `tax_code` or `payment_method`.
        pub kind: String,
        pub local_key: String,
        pub label: String,
        /// Our code.
        pub code: String,
        /// Beside it: kind and VAT of a service, rate of a code.
        pub detail: String,
        pub remote_code: Option<String>,
        pub remote_name: Option<String>,
        /// `mapped`, `missing` or `gone` (the account is no longer usable there).
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

    /// An account or tax rate there.
    pub struct RemoteChoice {
        pub code: String,
        pub name: String,
        /// `income`, `bank`, … or the rate of a tax code.
        pub detail: String,
        /// Kinds of rows it may be chosen for.
        pub fits: Vec<String>,
    }

    pub struct SaveMapping {
        pub connection_id: String,
        pub changes: Vec<MappingChange>,
    }

    pub struct MappingChange {
        pub kind: String,
        pub local_key: String,
        /// Nothing takes the mapping away.
        pub remote_code: Option<String>,
        pub from_suggestion: bool,
    }

    pub struct MappingSaved {
        /// Records that wait no longer.
        pub released: u32,
        pub view: MappingView,
    }
}
