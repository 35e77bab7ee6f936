//! What happened to one thing.

use crate::error::StoreError;
use crate::view::View;
use finance::fact::Fact;
use finance::ids::{ConnectionId, CreditNoteId, InvoiceId, PaymentId, ServiceId, StudentId};

/// The thing a history is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The school with its tables.
    School,
    /// A student's own details.
    Student(StudentId),
    /// A price list entry.
    Service(ServiceId),
    /// An invoice, its credit notes, what settled it and its exports settled by hand.
    Invoice(InvoiceId),
    /// A credit note and what it settled.
    CreditNote(CreditNoteId),
    /// A payment and what it settled.
    Payment(PaymentId),
    /// A connection, its mappings and settled exports.
    Connection(ConnectionId),
}

impl View {
    /// The facts about a thing, oldest first by the clock.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn history_of(&mut self, subject: Subject) -> Result<Vec<Fact>, StoreError> {
        todo!()
    }

    /// The last fact's clock of a desk: where its next fact goes on.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn last_clock(
        &mut self,
        desk: &str,
    ) -> Result<Option<finance::hlc::Hlc>, StoreError> {
        todo!()
    }
}
