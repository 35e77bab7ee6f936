//! Takes back what was sent: payments, and the payments over nothing that carry credit, are deleted.
//!
//! Never deletes a version that was not read first.

use super::wire::{Exact, Payment, Record};
use super::{kept, lookup};
use crate::document::{RemovalDocument, Removed};
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

/// The payment that is taken back, or that something is taken out of.
pub fn payment_of(ours: &RemovalDocument) -> &str {
    kept::used(ours).map_or(ours.existing.as_str(), |(used, _)| used.payment)
}

/// What takes it back, at the version that was read: a payment is deleted, and what it was set against
/// is taken out of its lines.
///
/// # Errors
/// Money of which a part went back by hand: deleting it would take back too much.
pub fn record(ours: &RemovalDocument, row: &Payment) -> Result<Record, ProviderError> {
    if let Some((used, amount)) = kept::used(ours) {
        return Ok(Record::Kept(kept::taken_back(row, (&used, amount), &ours.reference)?));
    }
    if let Removed::OnAccount { amount, .. } = &ours.removed
        && row.total_amt != Some(Exact(amount.amount()))
    {
        let text = "Part of this payment went back before. Take the rest back there.".to_owned();
        return Err(ProviderError::Rejected { field: None, text });
    }
    let (id, sync_token) = (row.id.clone(), row.sync_token.clone());
    Ok(Record::Payment(Payment { id, sync_token, ..Payment::default() }))
}

/// Whether an answer says that it is taken back.
pub fn is_answered(row: &Payment, ours: &RemovalDocument) -> bool {
    if row.id != payment_of(ours) {
        return false;
    }
    match kept::used(ours) {
        Some((used, _)) => !kept::stands(row, &used, &ours.reference),
        None => row.status.as_deref() == Some("Deleted"),
    }
}

/// Whether it still stands, by the payment as it is there. A payment that brings nothing and applies
/// to nothing was voided, or its credit was taken back by hand.
pub fn stands(row: &Payment, ours: &RemovalDocument) -> bool {
    match kept::used(ours) {
        Some((used, _)) => kept::stands(row, &used, &ours.reference),
        None => !row.line.is_empty() || row.total_amt.is_some_and(|it| !it.0.is_zero()),
    }
}
