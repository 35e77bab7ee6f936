//! Takes back what was sent: payments, and the payments over nothing that carry credit, are deleted.
//!
//! Never deletes a version that was not read first.

use super::lookup;
use super::wire::Payment;
use crate::document::RemovalDocument;
use crate::error::ProviderError;
use crate::http::HttpClient;
use crate::session::Session;

/// Where a single payment is deleted (developer pages of Payment, "Delete a payment", 2026-11).
pub const PATH: &str = "payment?operation=delete";

/// The payments with these ids that are still there.
///
/// # Errors
/// What the call brought.
pub async fn payments(
    http: &HttpClient,
    session: &Session,
    ids: &[&str],
) -> Result<Vec<Payment>, ProviderError> {
    lookup::any_of((http, session), "Payment", "Id", ids, |rows| rows.payment).await
}

/// What names the payment, at the version that was read.
pub fn payment(ours: &RemovalDocument, version: &str) -> Payment {
    Payment { id: ours.existing.clone(), sync_token: version.to_owned(), ..Payment::default() }
}

/// Whether an answer says that this payment is deleted.
pub fn is_answered(row: &Payment, ours: &RemovalDocument) -> bool {
    row.id == ours.existing && row.status.as_deref() == Some("Deleted")
}
