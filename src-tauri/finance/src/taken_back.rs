//! What a file brought in and should not have.
//!
//! Never takes anything out of the log: what takes a row back is a fact of its own (a payment is
//! reversed, an invoice credited, a charge voided), and this one says which rows it was, so that a
//! corrected file may bring them in again.

use crate::ids::{EventId, ImportId, InvoiceId, PaymentId, SchoolId, ServiceId, StudentId};
use serde::{Deserialize, Serialize};

/// What a row of a file brought in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "what", content = "id", rename_all = "snake_case")]
pub enum BroughtIn {
    /// A student; taken back, they are shown in no list until they are registered again.
    Student(StudentId),
    /// An entry of the price list.
    Service(ServiceId),
    /// An invoice that another system had left open.
    Invoice(InvoiceId),
    /// Money that came in.
    Payment(PaymentId),
    /// An event of the booking system.
    Booking(EventId),
}

/// Rows that one reading of a file brought in, taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenBack {
    /// The school.
    pub school_id: SchoolId,
    /// The reading of the file.
    pub import_id: ImportId,
    /// What is there no more. What the file only changed is not among them: it is set back by a
    /// fact of its own.
    pub rows: Vec<BroughtIn>,
    /// Why.
    pub reason: String,
}
