//! Files beside documents: one body of two parts, what is said of the file and the file.

use serde_json::{Value, json};

use super::books::{Books, Call};
use super::fault::Fault;
use super::json::{self, Body, text};
use super::model::{Entity, Life};

/// A part of a body.
struct Part<'b> {
    name: String,
    content: &'b [u8],
}

/// Puts a file beside the documents it names. A document that was deleted takes none; one of the same
/// name is another file.
///
/// # Errors
/// A body that is not of two parts, an empty file, or a document that is not there.
pub fn upload(books: &mut Books, call: &Call, kind: &str, body: &[u8]) -> Result<Value, Fault> {
    let parts = parts(kind, body).ok_or_else(Fault::unreadable)?;
    let of = |name: &str| parts.iter().find(|part| part.name == name).map(|part| part.content);
    let described = of("file_metadata_01").ok_or_else(|| Fault::required("file_metadata_01"))?;
    let content = of("file_content_01").ok_or_else(|| Fault::required("file_content_01"))?;
    let described: Value = serde_json::from_slice(described).map_err(|_| Fault::unreadable())?;
    let described = described.as_object().cloned().ok_or_else(Fault::unreadable)?;
    if content.is_empty() {
        return Err(Fault::business("The file is empty."));
    }
    text(&described, "FileName").ok_or_else(|| Fault::required("FileName"))?;
    for tie in json::list(&described, "AttachableRef") {
        beside(books, tie)?;
    }
    let mut fields = described;
    fields.insert("Size".to_owned(), json!(content.len()));
    let id = books.add(Entity::Attachable, fields, call.now);
    books.files.insert(id.clone(), content.to_vec());
    books.get(Entity::Attachable, &id).map(super::model::Row::shown).ok_or_else(Fault::gone)
}

fn beside(books: &Books, tie: &Body) -> Result<(), Fault> {
    let entity = tie.get("EntityRef").and_then(Value::as_object);
    let entity = entity.ok_or_else(|| Fault::required("EntityRef"))?;
    let kind = text(entity, "type").ok_or_else(|| Fault::required("EntityRef.type"))?;
    let kind = Entity::parse(kind).ok_or_else(|| Fault::enumeration("EntityRef.type", kind))?;
    let id = text(entity, "value").ok_or_else(|| Fault::required("EntityRef.value"))?;
    let row = books.get(kind, id).filter(|row| row.life != Life::Deleted);
    row.map(|_| ()).ok_or_else(Fault::gone)
}

fn parts<'b>(kind: &str, body: &'b [u8]) -> Option<Vec<Part<'b>>> {
    let (_, boundary) = kind.strip_prefix("multipart/form-data")?.split_once("boundary=")?;
    let mark = format!("--{}", boundary.trim_matches('"'));
    let places: Vec<usize> = body
        .windows(mark.len())
        .enumerate()
        .filter(|(_, window)| *window == mark.as_bytes())
        .map(|(at, _)| at)
        .collect();
    places.windows(2).map(|pair| part(&body[pair[0] + mark.len()..pair[1]])).collect()
}

fn part(bytes: &[u8]) -> Option<Part<'_>> {
    const BLANK: &[u8] = b"\r\n\r\n";
    let bytes = bytes.strip_prefix(b"\r\n")?.strip_suffix(b"\r\n")?;
    let end = bytes.windows(BLANK.len()).position(|window| window == BLANK)?;
    let head = std::str::from_utf8(&bytes[..end]).ok()?;
    let name = head.split("name=\"").nth(1)?.split('"').next()?.to_owned();
    Some(Part { name, content: &bytes[end + BLANK.len()..] })
}
