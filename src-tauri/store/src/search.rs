//! Finding things by what is typed: names, numbers, references, KID, amounts.

use crate::documents::DocumentRow;
use crate::error::StoreError;
use crate::payments::PaymentRow;
use crate::students::StudentRow;
use crate::view::View;
use chrono::NaiveDate;

/// Something found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SearchHit {
    /// A student.
    Student(StudentRow),
    /// An invoice or a credit note.
    Document(DocumentRow),
    /// A payment.
    Payment(PaymentRow),
}

impl View {
    /// Students first, then documents, then payments, newest first; at most `limit` of each.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn search(
        &mut self,
        query: &str,
        limit: u32,
        today: NaiveDate,
    ) -> Result<Vec<SearchHit>, StoreError> {
        todo!()
    }
}
