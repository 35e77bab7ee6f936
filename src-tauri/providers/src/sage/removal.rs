//! Takes back what was sent: payments and allocations are deleted.
//!
//! Never calls it done before Sage says so.

use super::client::{self, Query};
use super::push::collection;
use super::wire::Lasting;
use crate::document::{DocumentKind, RemovalDocument, Removed};
use crate::error::ProviderError;
use crate::http::{Effect, HttpClient, Reply, unclear};
use crate::session::Session;
use reqwest::Method;

/// The address of what is taken back.
///
/// # Errors
/// [`ProviderError::Unsupported`] for a part of a record, such as what money paid as it was
/// recorded: Sage takes back the whole.
pub fn path(ours: &RemovalDocument) -> Result<String, ProviderError> {
    match part_of(ours) {
        Some(_) => Err(ProviderError::Unsupported),
        None => Ok(address(ours, &ours.existing)),
    }
}

fn address(ours: &RemovalDocument, id: &str) -> String {
    let kind = match &ours.removed {
        Removed::Payment | Removed::OnAccount { .. } => DocumentKind::Payment,
        // What it paid as it was recorded is part of a payment itself.
        Removed::CreditAllocation { credit_note, .. } if credit_note == id => DocumentKind::Payment,
        Removed::CreditAllocation { .. } => DocumentKind::CreditAllocation,
    };
    format!("{}/{id}", collection(kind))
}

/// Parts have no ids there; here they are named after the record they are part of.
fn part_of(ours: &RemovalDocument) -> Option<&str> {
    ours.existing.split_once('/').map(|(whole, _)| whole)
}

/// Takes one record back. There is no body, and a good answer has none either.
pub async fn send(http: &HttpClient, session: &Session, path: &str) -> Reply {
    client::write(http, session, (Method::DELETE, path), String::new()).await
}

/// Whether an answer says that it is gone: a good one is empty (Swagger description 3.1), and what
/// was not found is not there.
pub fn is_gone(reply: &Reply) -> bool {
    match &reply.answer {
        Ok(answer) => (200..300).contains(&answer.status) || answer.status == 404,
        Err(_) => reply.status == Some(204),
    }
}

/// Why it is not gone.
pub fn refused(reply: &Reply) -> ProviderError {
    match &reply.answer {
        Ok(answer) => client::refused(answer, DocumentKind::Removal),
        Err(error) => error.clone(),
    }
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
    let whole = part_of(ours).unwrap_or(&ours.existing);
    let answer = client::get(http, session, &address(ours, whole), &Query::new()).await?;
    if answer.status == 404 {
        return Ok(true);
    }
    let ours = &RemovalDocument { existing: whole.to_owned(), ..ours.clone() };
    let row: Lasting = client::read(&answer, Effect::Read)?;
    match row.id == ours.existing {
        true => Ok(row.deleted_at.is_some()),
        false => Err(unclear(Effect::Read, "an answer about another record")),
    }
}
