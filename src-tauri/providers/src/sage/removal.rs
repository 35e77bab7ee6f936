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
pub fn path(ours: &RemovalDocument) -> String {
    let kind = match ours.removed {
        Removed::Payment | Removed::OnAccount { .. } => DocumentKind::Payment,
        Removed::CreditAllocation { .. } => DocumentKind::CreditAllocation,
    };
    format!("{}/{}", collection(kind), ours.existing)
}

/// Takes one record back. There is no body, and a good answer has none either.
pub async fn send(http: &HttpClient, session: &Session, ours: &RemovalDocument) -> Reply {
    client::write(http, session, (Method::DELETE, &path(ours)), String::new()).await
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
    let answer = client::get(http, session, &path(ours), &Query::new()).await?;
    if answer.status == 404 {
        return Ok(true);
    }
    let row: Lasting = client::read(&answer, Effect::Read)?;
    match row.id == ours.existing {
        true => Ok(row.deleted_at.is_some()),
        false => Err(unclear(Effect::Read, "an answer about another record")),
    }
}
