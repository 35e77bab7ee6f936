//! Drafts on their way into the accounts.
//!
//! Never calls a draft released before Sage says that it stands in the accounts.

use super::push::{another, collection};
use super::{client, wire};
use crate::document::DocumentKind;
use crate::error::ProviderError;
use crate::http::{Effect, HttpClient, Reply};
use crate::session::Session;
use reqwest::Method;

/// Takes a draft into the accounts.
pub async fn release(http: &HttpClient, session: &Session, kind: DocumentKind, id: &str) -> Reply {
    let path = format!("{}/{id}/release", collection(kind));
    // No body is asked for; an empty one carries the content type that every call must name.
    client::write(http, session, (Method::POST, &path), "{}".to_owned()).await
}

/// What the answer to a release says.
///
/// # Errors
/// The refusal, or doubt.
pub fn released(reply: &Reply, kind: DocumentKind, id: &str) -> Result<wire::Sales, ProviderError> {
    let answer = reply.answer.as_ref().map_err(ProviderError::clone)?;
    if answer.status >= 400 {
        return Err(client::refused(answer, kind));
    }
    let sale: wire::Sales = client::read(answer, Effect::Write)?;
    let is_posted = sale.status.as_ref().is_some_and(|status| is_posted(&status.id));
    if sale.id == id && is_posted { Ok(sale) } else { Err(another()) }
}

/// Whether a document in this state is in the accounts ("Changing the state" in the invoicing
/// guide).
pub fn is_posted(status: &str) -> bool {
    matches!(status, "UNPAID" | "PART_PAID" | "PAID")
}
