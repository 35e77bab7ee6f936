//! What of ours is what of theirs.

use super::common::Money;
use super::wire;
use std::collections::BTreeMap;

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
        /// How students may stand there: `each` as a customer, or `grouped` as one.
        pub customers: Vec<RemoteChoice>,
        /// Fields of the school's own on sales documents.
        pub fields: Vec<RemoteChoice>,
        /// What the connection is told, as in `ConnectionView`: it decides which kinds of rows there are.
        pub booking: String,
        pub missing: u32,
        /// Rules at this level.
        pub rules: u32,
    }

    pub struct MappingDepartment {
        pub id: String,
        pub name: String,
        /// How many of its mappings and rules are its own.
        pub own: u32,
    }

    pub struct MappingRow {
        /// `service`, `tax_code`, `payment_method`, `currency` (switched on there, or not: never chosen),
        /// `department`, `customer` or `custom_field`.
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
        /// `mapped`, `missing`, `open` (it need not be mapped), `ruled` (not mapped, but a rule says
        /// where it goes) or `gone` (what it is mapped onto is no longer usable there).
        pub state: String,
        /// The rule that decides it whatever it is mapped onto.
        pub rule: Option<String>,
        pub suggestion: Option<MappingSuggestion>,
        /// Documents that wait for it.
        pub waiting: u32,
    }

    pub struct MappingSuggestion {
        pub remote_code: String,
        pub remote_name: String,
        /// `same_code`, `same_name`, `same_rate`, `same_use`, `similar_name`, `only_choice`.
        pub because: String,
        /// Sure enough to be taken unseen; another one is only likely.
        pub is_sure: bool,
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

    pub struct MappingVersionsRequest {
        pub connection_id: String,
    }

    /// Newest first.
    pub struct MappingVersions {
        pub versions: Vec<MappingVersion>,
    }

    /// One save.
    pub struct MappingVersion {
        pub id: String,
        /// Counted from 1, the oldest.
        pub number: u32,
        /// RFC 3339.
        pub at: String,
        pub by: String,
        /// The mapping stands as it stood after this save.
        pub is_current: bool,
        pub changes: Vec<MappingVersionChange>,
    }

    pub struct MappingVersionChange {
        /// Of a row, or `rule`.
        pub kind: String,
        pub label: String,
        /// Nothing: the school.
        pub department: Option<String>,
        /// Their code and name, of a rule its place and what it sets; nothing: not mapped, no rule.
        pub before: Option<String>,
        pub after: Option<String>,
    }

    pub struct RollBackMapping {
        pub connection_id: String,
        pub version_id: String,
    }

    pub struct MappingRolledBack {
        /// Mappings that changed.
        pub changed: u32,
        /// Records that wait no longer.
        pub released: u32,
        /// What stayed as it is, because its code can no longer be used there.
        pub left: Vec<MappingLeft>,
        pub view: MappingView,
    }

    pub struct MappingLeft {
        pub label: String,
        pub code: String,
    }

    pub struct RehearseMapping {
        pub connection_id: String,
        /// Number of an invoice or credit note.
        pub number: String,
    }

    /// What a document would look like there, as it is mapped now.
    pub struct RehearsalView {
        pub document_id: String,
        /// `invoice` or `credit_note`.
        pub kind: String,
        pub number: String,
        pub company: String,
        pub customer: String,
        pub date: String,
        pub due_date: String,
        pub currency: String,
        /// Units of the books' currency for one of the document's, where these differ.
        pub rate: Option<String>,
        pub prices_contain_vat: bool,
        /// What the document's department goes under; nothing where it has none and no rule says so.
        pub tracking: Option<RehearsedCode>,
        pub lines: Vec<RehearsedLine>,
        pub net: Money,
        pub vat: Money,
        pub gross: Money,
        pub warnings: Vec<RehearsalWarning>,
        /// Where it would be sent, below the address of the system; nothing while it cannot be.
        pub path: Option<String>,
        /// The body as it would be sent.
        pub body: Option<String>,
    }

    pub struct RehearsedLine {
        pub description: String,
        /// The rule that put a text before it.
        pub text_rule: Option<String>,
        pub quantity: String,
        pub unit_price: String,
        pub discount_percent: String,
        pub account: RehearsedCode,
        pub tax_code: RehearsedCode,
        pub net: Money,
        pub vat: Money,
        pub gross: Money,
    }

    /// One of ours and what it goes under there.
    pub struct RehearsedCode {
        pub ours: String,
        /// Nothing: it is not mapped.
        pub code: Option<String>,
        pub name: Option<String>,
        /// The rule that decided it; nothing: the mapping did.
        pub rule: Option<String>,
    }

    pub struct RehearsalWarning {
        /// `not_mapped`, `gone`, `queued`, `opening`, `before_start`, `locked`, `customer_first`,
        /// `refused`.
        pub code: String,
        pub params: BTreeMap<String, String>,
    }
}
