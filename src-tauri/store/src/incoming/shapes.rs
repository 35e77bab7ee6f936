//! What comes back, as it is asked for and written down.
//!
//! Never a statement: see [`super`].

use crate::exports::{ExportKind, ExportState};
use finance::ids::{ConnectionId, StudentId};
use finance::{Currency, Money};
use uuid::Uuid;

/// A record of ours that is there under an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OurSide {
    /// The export record.
    pub record: i64,
    /// Its kind.
    pub kind: ExportKind,
    /// Our document, allocation, student or payer.
    pub document_id: Uuid,
    /// The student it is about; nothing for a payer.
    pub student: Option<StudentId>,
    /// Number.
    pub label: String,
    /// Where its export stands.
    pub state: ExportState,
    /// Its amount in its own currency, without a sign.
    pub amount: Option<Money>,
    /// When it was known to be there.
    pub exported_at_ms: Option<i64>,
    /// It counts no more here: released, or of a reversed payment.
    pub ended: bool,
    /// Of a customer that is kept in one currency other than the book's: which.
    pub own_currency: Option<Currency>,
}

/// What became of a record that was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncomingRow {
    /// The connection.
    pub connection: ConnectionId,
    /// Its kind.
    pub kind: ExportKind,
    /// Their id.
    pub remote_id: String,
    /// Digest of what was told.
    pub seen_hash: String,
    /// When.
    pub seen_at_ms: i64,
    /// `taken`, `ours`, `same`, `conflict`, `decided` or `ignored`.
    pub outcome: &'static str,
    /// The system made it by itself.
    pub automatic: bool,
    /// Whom it is about.
    pub student: Option<StudentId>,
    /// What of ours it is about.
    pub ours_id: Option<Uuid>,
    /// Number of ours, or empty.
    pub label: String,
    /// Why a person must decide, and the three sides: agreed, ours, theirs, each a JSON object.
    pub conflict: Option<(String, [String; 3])>,
    /// What was told, kept where it may be needed again.
    pub told: Option<String>,
}

/// What waits for a person, or was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Its id.
    pub id: i64,
    /// The connection.
    pub connection: ConnectionId,
    /// Kind of the record.
    pub kind: ExportKind,
    /// Their id.
    pub remote_id: String,
    /// Digest of what was told.
    pub seen_hash: String,
    /// When it was told.
    pub seen_at_ms: i64,
    /// Why a person must decide.
    pub cause: String,
    /// The system made it by itself.
    pub automatic: bool,
    /// Whom it is about.
    pub student: Option<StudentId>,
    /// Their present name, or empty.
    pub student_name: String,
    /// What of ours it is about.
    pub ours_id: Option<Uuid>,
    /// The record of ours that was sent there and is known as there, if it is one.
    pub sent: Option<i64>,
    /// Number of ours, or empty.
    pub label: String,
    /// Agreed, ours, theirs: JSON objects of field and text.
    pub sides: [String; 3],
    /// What was told, as it was told.
    pub told: String,
}

/// A customer as both sides last agreed on it, each a JSON object of field and text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreedCustomer {
    /// A student or payer.
    pub customer: Uuid,
    /// The student; nothing for a payer.
    pub student: Option<StudentId>,
    /// As it stood here.
    pub here: String,
    /// As it stood there.
    pub there: String,
}
