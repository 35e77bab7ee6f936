//! What of ours is what of theirs.
//!
//! Never knows a provider: both sides are names and codes.

use crate::ids::{ConnectionId, DepartmentId, MappingSaveId};
use serde::{Deserialize, Serialize};

/// The kinds of things that are mapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MappedKind {
    /// An entry of the price list (key: service id), to an income account.
    Service,
    /// A VAT code (key: its code), to a tax rate.
    TaxCode,
    /// A payment method (key: its code), to a bank or clearing account.
    PaymentMethod,
    /// A department (key: its id), to what the system tells parts of a business apart by: a
    /// tracking option, a class. May be left open: documents then go without.
    Department,
    /// Students, and people who pay for them (key: [`STUDENTS`]), to how they stand there:
    /// [`EACH`] as a customer, or all of them as one that is [`GROUPED`]. Companies and agencies are
    /// customers of their own either way. Left open, each is.
    Customer,
    /// A currency that documents are in besides the one of the books there (key: its code), to the
    /// same currency there. It stands for itself wherever it is switched on, so nobody chooses it and
    /// no fact is about it.
    Currency,
    /// Something of ours that sales documents say (key: one of [`FIELDS`]), to a field of the school's
    /// own there. May be left open: documents then go without.
    CustomField,
    /// An account of our chart (key: its number), to an account that journal entries may name. Only
    /// where journal entries are sent instead of documents.
    LedgerAccount,
}

/// The key that the choice of [`MappedKind::Customer`] stands under.
pub const STUDENTS: &str = "students";
/// Each student is a customer there.
pub const EACH: &str = "each";
/// One customer there stands for all students; documents say whom they are about.
pub const GROUPED: &str = "grouped";

/// What a field of the school's own may be filled with: the number of the student, the department,
/// the payment reference, and the buyer's reference.
pub const FIELDS: [&str; 4] = ["student_number", "department", "payment_reference", "reference"];

/// Where a mapping came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MappingOrigin {
    /// Chosen by a person.
    Person,
    /// A suggestion a person accepted.
    Suggestion,
}

/// One of ours, and what it is called there. No remote code takes the mapping away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// The connection it holds for.
    pub connection_id: ConnectionId,
    /// The department it holds for; nothing: the school, wherever a department has none of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department_id: Option<DepartmentId>,
    /// What kind of thing.
    pub kind: MappedKind,
    /// Our key.
    pub local_key: String,
    /// Their code (account code, tax type), or nothing.
    pub remote_code: Option<String>,
    /// Who chose it.
    pub origin: MappingOrigin,
    /// The save it was part of; books from before there were versions have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub save_id: Option<MappingSaveId>,
}
