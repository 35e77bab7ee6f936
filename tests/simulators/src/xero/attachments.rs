//! Files beside documents. One of the same name takes the place of the one before.

use serde_json::{Value, json};
use uuid::Uuid;

use super::api::ApiRequest;
use super::books::Books;
use super::model::Status;
use super::refusal::Refusal;

/// Files beside one document.
pub const MOST_FILES: usize = 10;

/// A file beside a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    pub id: Uuid,
    pub document_id: Uuid,
    pub file_name: String,
    pub mime_type: String,
    pub content: Vec<u8>,
}

/// Puts a file beside a document.
///
/// # Errors
/// An empty file, a type that is not given, or more files than a document holds.
pub fn put(
    books: &mut Books,
    request: &ApiRequest<'_>,
    document_id: Uuid,
    file_name: &str,
) -> Result<Value, Refusal> {
    if request.body.is_empty() {
        return Err(Refusal::invalid("The attachment is empty."));
    }
    let Some(mime_type) = request.content_type else {
        return Err(Refusal::invalid("The Content-Type of the attachment is not given."));
    };
    let status = books.documents.get(document_id).map(|it| it.status);
    if matches!(status, Some(Status::Voided | Status::Deleted)) {
        return Err(Refusal::invalid("Invoice not of valid status for modification"));
    }
    let of_document = |it: &&Attachment| it.document_id == document_id;
    let known = books.attachments.iter().filter(of_document);
    let same = known.clone().find(|it| it.file_name == file_name).map(|it| it.id);
    if same.is_none() && known.count() >= MOST_FILES {
        let text = format!("A document holds at most {MOST_FILES} attachments.");
        return Err(Refusal::invalid(text));
    }
    let attachment = Attachment {
        id: same.unwrap_or_else(Uuid::now_v7),
        document_id,
        file_name: file_name.to_owned(),
        mime_type: mime_type.to_owned(),
        content: request.body.to_vec(),
    };
    books.attachments.retain(|it| it.id != attachment.id);
    let row = shown(&attachment);
    books.attachments.push(attachment);
    Ok(row)
}

/// The files beside a document.
pub fn list(books: &Books, document_id: Uuid) -> Vec<Value> {
    let of_document = |it: &&Attachment| it.document_id == document_id;
    books.attachments.iter().filter(of_document).map(shown).collect()
}

fn shown(it: &Attachment) -> Value {
    json!({
        "AttachmentID": it.id,
        "FileName": it.file_name,
        "Url": format!("https://api.xero.com/api.xro/2.0/Invoices/{}/Attachments/{}",
            it.document_id, it.file_name),
        "MimeType": it.mime_type,
        "ContentLength": it.content.len(),
    })
}
