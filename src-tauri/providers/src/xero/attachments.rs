//! Puts the PDF of a document beside it, and lists what is there.
//!
//! Never lets a right that the sign-in lacks for files pass for a sign-in that is over: documents
//! and money go on without it.

use super::client::{self, Query};
use super::wire::Envelope;
use crate::adapter::{Found, ItemOutcome, PushAnswer};
use crate::document::{AttachedTo, AttachmentDocument, ExternalRef};
use crate::error::{ProviderError, ReferenceKind};
use crate::fitting::attachable;
use crate::http::{Answer, Content, Effect, HttpClient, Reply, unclear};
use crate::session::Session;
use reqwest::Method;
use serde::Deserialize;

/// A file beside a document.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Attachment {
    #[serde(rename = "AttachmentID")]
    pub attachment_id: String,
    pub file_name: String,
}

/// The address of what is beside a document (OpenAPI 16.1.0, `getInvoiceAttachments` and
/// `getCreditNoteAttachments`).
fn list(ours: &AttachmentDocument) -> String {
    let collection = match ours.attached_to {
        AttachedTo::Invoice => "Invoices",
        AttachedTo::CreditNote => "CreditNotes",
    };
    format!("{collection}/{}/Attachments", ours.document)
}

/// The address of the file (OpenAPI 16.1.0, `createInvoiceAttachmentByFileName` and
/// `createCreditNoteAttachmentByFileName`): a file of the same name takes its place.
pub fn path(ours: &AttachmentDocument) -> String {
    format!("{}/{}", list(ours), ours.file_name)
}

/// Sends one PDF.
pub async fn push(
    http: &HttpClient,
    session: &Session,
    ours: &AttachmentDocument,
    key: &str,
) -> PushAnswer {
    if let Err(error) = attachable(ours, super::CAPABILITIES.attachment_bytes) {
        return PushAnswer::refused(error);
    }
    let file = Content::Bytes { kind: "application/pdf".to_owned(), bytes: ours.content.clone() };
    let target = (Method::PUT, path(ours));
    let reply = client::write_file(http, session, target, file, key.to_owned()).await;
    PushAnswer {
        outcomes: vec![outcome(&reply, ours)],
        status: reply.status,
        request_id: reply.request_id,
        excerpt: reply.excerpt,
    }
}

fn outcome(reply: &Reply, ours: &AttachmentDocument) -> ItemOutcome {
    let answer = judged(reply)?;
    match answer.status {
        404 => {
            return Err(ProviderError::MissingReference {
                kind: ReferenceKind::Document,
                name: ours.document.clone(),
                text: answer.text.chars().take(200).collect(),
            });
        }
        400..=499 => return Err(client::refused(answer, 1)),
        _ => {}
    }
    let envelope: Envelope = client::read(answer, Effect::Write)?;
    let rows = envelope.attachments.unwrap_or_default();
    let ours = rows.into_iter().find(|row| row.file_name == ours.file_name);
    let row = ours.ok_or_else(|| unclear(Effect::Write, "an answer about another file"))?;
    Ok(external(row))
}

/// The answer, with a missing right told apart from a sign-in that is over.
fn judged(reply: &Reply) -> Result<&Answer, ProviderError> {
    if client::is_beyond_scopes(reply) {
        let text = "The sign-in does not cover files: sign in again.".to_owned();
        return Err(ProviderError::NotPermitted { text });
    }
    reply.answer.as_ref().map_err(ProviderError::clone)
}

fn external(row: Attachment) -> ExternalRef {
    ExternalRef { id: row.attachment_id, number: row.file_name, url: None, gross: None, vat: None }
}

/// Whether the file is beside its document.
///
/// # Errors
/// What the call brought.
pub async fn find(
    http: &HttpClient,
    session: &Session,
    ours: &AttachmentDocument,
) -> Result<Found, ProviderError> {
    let reply = client::ask(http, session, &list(ours), &Query::new()).await;
    let answer = judged(&reply)?;
    if answer.status == 404 {
        return Ok(Found::Absent);
    }
    let envelope: Envelope = client::read(answer, Effect::Read)?;
    let rows = envelope.attachments;
    let rows = rows.ok_or_else(|| unclear(Effect::Read, "an answer without attachments"))?;
    let there = rows.into_iter().find(|row| row.file_name == ours.file_name);
    Ok(there.map_or(Found::Absent, |row| Found::Ours(external(row))))
}
