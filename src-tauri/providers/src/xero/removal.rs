//! Takes back what was sent: a payment is deleted, an allocation is removed, money on account is paid
//! back.
//!
//! Never takes back what has no id of its own, and never calls it done before Xero says so.

use super::client::{self, Query};
use super::kept;
use super::push::envelope;
use super::wire::{Allocation, Envelope, Payment};
use crate::adapter::{ItemOutcome, PushAnswer};
use crate::document::{HeldAs, RemovalDocument, Removed};
use crate::error::ProviderError;
use crate::http::{Effect, HttpClient, Reply, unclear};
use crate::lookup::gone;
use crate::session::Session;
use reqwest::Method;

/// The address of what holds credit (OpenAPI 16.1.0, `getCreditNote`; of money see [`kept::path`]).
pub fn holder(id: &str, held_as: HeldAs) -> String {
    match held_as {
        HeldAs::CreditNote => format!("CreditNotes/{id}"),
        HeldAs::OnAccount => kept::path(id),
    }
}

/// The address of what is set against invoices out of it.
pub fn allocations(id: &str, held_as: HeldAs) -> String {
    format!("{}/Allocations", holder(id, held_as))
}

/// What is set against invoices out of the credit in an answer.
pub fn allocated(envelope: Envelope) -> Vec<Allocation> {
    let notes = envelope.credit_notes.unwrap_or_default().into_iter();
    let beyond = envelope.overpayments.unwrap_or_default().into_iter();
    let kept = beyond.chain(envelope.prepayments.unwrap_or_default());
    notes.flat_map(|it| it.allocations).chain(kept.flat_map(|it| it.allocations)).collect()
}

/// Method, path and body (OpenAPI 16.1.0, `deletePayment`, `deleteCreditNoteAllocations`,
/// `deleteOverpaymentAllocations`, `deletePrepaymentAllocations` and `createPayments`).
///
/// # Errors
/// [`ProviderError::Unsupported`] for an allocation that Xero gave no id of its own.
pub fn request(ours: &RemovalDocument) -> Result<(Method, String, String), ProviderError> {
    match &ours.removed {
        Removed::Payment => {
            let path = format!("Payments/{}", ours.existing);
            Ok((Method::POST, path, r#"{"Status":"DELETED"}"#.to_owned()))
        }
        Removed::OnAccount { account, date, amount } => {
            let named = (ours.reference.as_str(), ours.existing.as_str());
            let back = kept::paid_back(named, account, (*date, *amount))?;
            Ok((Method::PUT, "Payments".to_owned(), envelope("Payments", &[back])?))
        }
        Removed::CreditAllocation { .. } if is_unnamed(ours) => Err(ProviderError::Unsupported),
        Removed::CreditAllocation { credit_note, held_as, .. } => {
            let path = format!("{}/{}", allocations(credit_note, *held_as), ours.existing);
            Ok((Method::DELETE, path, String::new()))
        }
    }
}

/// Xero gave it no id of its own: it is known by what holds the credit alone.
fn is_unnamed(ours: &RemovalDocument) -> bool {
    match &ours.removed {
        Removed::CreditAllocation { credit_note, .. } => ours.existing.starts_with(credit_note),
        _ => false,
    }
}

/// Takes one record back.
pub async fn push(
    http: &HttpClient,
    session: &Session,
    ours: &RemovalDocument,
    key: &str,
) -> PushAnswer {
    let (method, path, body) = match request(ours) {
        Ok(request) => request,
        Err(error) => {
            let outcomes = vec![Err(error)];
            return PushAnswer { outcomes, status: None, request_id: None, excerpt: String::new() };
        }
    };
    let reply = client::write(http, session, (method, &path), body, key.to_owned()).await;
    PushAnswer {
        outcomes: vec![outcome(&reply, ours)],
        status: reply.status,
        request_id: reply.request_id,
        excerpt: reply.excerpt,
    }
}

fn outcome(reply: &Reply, ours: &RemovalDocument) -> ItemOutcome {
    let answer = reply.answer.as_ref().map_err(ProviderError::clone)?;
    match answer.status {
        // What is not there is gone.
        404 if !is_put(ours) => return Ok(gone(ours)),
        400..=499 => return Err(client::refused(answer, 1)),
        _ => {}
    }
    let envelope: Envelope = client::read(answer, Effect::Write)?;
    let is_gone = match ours.removed {
        Removed::OnAccount { .. } => {
            let rows = envelope.payments.unwrap_or_default();
            let lost = || Err(unclear(Effect::Write, "an answer about another record"));
            return kept::outcome(&rows, ours).unwrap_or_else(lost);
        }
        Removed::Payment => {
            let rows = envelope.payments.unwrap_or_default();
            let refused = rows.iter().find(|row| !row.validation_errors.is_empty());
            if let Some(row) = refused {
                return Err(client::of_messages(&row.validation_errors));
            }
            rows.iter().any(|row| row.payment_id == ours.existing && is_deleted(row))
        }
        Removed::CreditAllocation { .. } => {
            let rows = envelope.allocations.unwrap_or_default();
            rows.iter().any(|row| row.allocation_id == ours.existing && row.is_deleted)
        }
    };
    if is_gone {
        Ok(gone(ours))
    } else {
        Err(unclear(Effect::Write, "an answer about another record"))
    }
}

/// It is a record of its own there.
fn is_put(ours: &RemovalDocument) -> bool {
    matches!(ours.removed, Removed::OnAccount { .. })
}

fn is_deleted(row: &Payment) -> bool {
    row.status.as_deref() == Some("DELETED")
}

/// Whether it is gone, whoever took it back.
///
/// # Errors
/// What the call brought.
pub async fn is_done(
    http: &HttpClient,
    session: &Session,
    ours: &RemovalDocument,
) -> Result<bool, ProviderError> {
    let path = match &ours.removed {
        Removed::OnAccount { .. } => return kept::went_back(http, session, &ours.existing).await,
        Removed::Payment => format!("Payments/{}", ours.existing),
        Removed::CreditAllocation { credit_note, held_as, .. } => holder(credit_note, *held_as),
    };
    let answer = client::get(http, session, &path, &Query::new()).await?;
    if answer.status == 404 {
        return Ok(true);
    }
    let envelope: Envelope = client::read(&answer, Effect::Read)?;
    match ours.removed {
        Removed::Payment => {
            let rows = envelope.payments.unwrap_or_default();
            let row = rows.iter().find(|row| row.payment_id == ours.existing);
            let row = row.ok_or_else(|| unclear(Effect::Read, "an answer without the payment"))?;
            Ok(is_deleted(row))
        }
        Removed::CreditAllocation { .. } | Removed::OnAccount { .. } => {
            let mut rows = allocated(envelope).into_iter().filter(|row| !row.is_deleted);
            let any = is_unnamed(ours);
            Ok(!rows.any(|row| any || row.allocation_id == ours.existing))
        }
    }
}
