//! Puts the PDF of a document beside it, and looks for it there.
//!
//! Never reads success into an answer that does not name the file and its document.

use super::fault::{self, Fault};
use super::wire::Rows;
use super::{CAPABILITIES, client};
use crate::adapter::{Found, ItemOutcome, PushAnswer};
use crate::document::{AttachedTo, AttachmentDocument, DocumentKind, ExternalRef};
use crate::error::ProviderError;
use crate::fitting::attachable;
use crate::http::{Answer, Content, Effect, HttpClient, Reply, unclear};
use crate::session::Session;
use serde::{Deserialize, Serialize};

/// A file beside documents (Finance.xsd, type `Attachable`).
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Attachable {
    #[serde(skip_serializing)]
    pub id: String,
    pub attachable_ref: Vec<Tie>,
    pub file_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
}

/// A document that a file is beside.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Tie {
    pub entity_ref: Entity,
}

/// A document by kind and id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Entity {
    #[serde(rename = "type")]
    pub kind: String,
    pub value: String,
}

/// The answer to an upload; each file has its own outcome, also under status 200.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Uploaded {
    attachable_response: Vec<Part>,
    #[serde(alias = "fault")]
    fault: Option<Fault>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Part {
    attachable: Option<Attachable>,
    fault: Option<Fault>,
}

const PDF: &str = "application/pdf";

fn entity(ours: &AttachmentDocument) -> Entity {
    let kind = match ours.attached_to {
        AttachedTo::Invoice => "Invoice",
        AttachedTo::CreditNote => "CreditMemo",
    };
    Entity { kind: kind.to_owned(), value: ours.document.clone() }
}

/// What is said of a file beside it.
fn described(ours: &AttachmentDocument) -> Attachable {
    Attachable {
        id: String::new(),
        attachable_ref: vec![Tie { entity_ref: entity(ours) }],
        file_name: ours.file_name.clone(),
        content_type: Some(PDF.to_owned()),
    }
}

/// Sends one PDF.
pub async fn push(
    http: &HttpClient,
    session: &Session,
    ours: &AttachmentDocument,
    key: &str,
) -> PushAnswer {
    let content =
        match attachable(ours, CAPABILITIES.attachment_bytes).and_then(|()| parts(ours, key)) {
            Ok(content) => content,
            Err(error) => return PushAnswer::refused(error),
        };
    let reply = client::upload(http, session, key, content).await;
    PushAnswer {
        outcomes: vec![outcome(&reply, ours)],
        status: reply.status,
        request_id: reply.request_id,
        excerpt: reply.excerpt,
    }
}

/// The description and the file as one body ("Attach images and notes", developer.intuit.com,
/// 2026-11). The numbers at the end of the names tie the two.
///
/// # Errors
/// A description that cannot be written as JSON.
pub fn parts(ours: &AttachmentDocument, key: &str) -> Result<Content, ProviderError> {
    let described = serde_json::to_string(&described(ours))
        .map_err(|it| ProviderError::Rejected { field: None, text: it.to_string() })?;
    let mark = format!("kontor-{key}");
    let name = &ours.file_name;
    let before = format!(
        "--{mark}\r\nContent-Disposition: form-data; name=\"file_metadata_01\"; \
         filename=\"metadata.json\"\r\nContent-Type: application/json\r\n\r\n{described}\r\n\
         --{mark}\r\nContent-Disposition: form-data; name=\"file_content_01\"; \
         filename=\"{name}\"\r\nContent-Type: {PDF}\r\n\r\n"
    );
    let after = format!("\r\n--{mark}--\r\n");
    let bytes = [before.as_bytes(), &ours.content, after.as_bytes()].concat();
    Ok(Content::Bytes { kind: format!("multipart/form-data; boundary={mark}"), bytes })
}

fn outcome(reply: &Reply, ours: &AttachmentDocument) -> ItemOutcome {
    let answer = reply.answer.as_ref().map_err(ProviderError::clone)?;
    let said: Uploaded = serde_json::from_str(&answer.text).map_err(|_| unreadable(answer))?;
    let part = said.attachable_response.into_iter().next().unwrap_or_default();
    if let Some(refusal) = said.fault.or(part.fault) {
        return Err(fault::of(&refusal, Some(DocumentKind::Attachment), Effect::Write));
    }
    if answer.status >= 400 {
        return Err(unreadable(answer));
    }
    match part.attachable {
        Some(there) if is_ours(&there, ours) && !there.id.is_empty() => Ok(external(there)),
        _ => Err(unclear(Effect::Write, "an answer about another file")),
    }
}

/// A refusal without a reason, or a good status with something else inside.
fn unreadable(answer: &Answer) -> ProviderError {
    let text: String = answer.text.chars().take(200).collect();
    match answer.status {
        400..=499 => ProviderError::Rejected { field: None, text },
        _ => unclear(Effect::Write, "unreadable data"),
    }
}

fn is_ours(theirs: &Attachable, ours: &AttachmentDocument) -> bool {
    let entity = entity(ours);
    theirs.file_name == ours.file_name
        && theirs.attachable_ref.iter().any(|tie| {
            tie.entity_ref.value == entity.value
                && tie.entity_ref.kind.eq_ignore_ascii_case(&entity.kind)
        })
}

fn external(row: Attachable) -> ExternalRef {
    ExternalRef { id: row.id, number: row.file_name, url: None, gross: None, vat: None }
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
    let entity = entity(ours);
    let query = format!(
        "select * from Attachable where AttachableRef.EntityRef.Type = {} \
         and AttachableRef.EntityRef.value = {}",
        client::text(&entity.kind),
        client::text(&entity.value)
    );
    let rows = client::all(http, session, &query, |rows: Rows| rows.attachable).await?;
    let there = rows.into_iter().find(|row| is_ours(row, ours));
    Ok(there.map_or(Found::Absent, |row| Found::Ours(external(row))))
}
