//! What somebody limited to departments may name in a request.
//!
//! Never knows a command: wherever an id stands in a request, it must be of a row they see. So a
//! command of tomorrow is guarded before it is written.

use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use serde_json::Value;
use uuid::Uuid;

/// Refuses a request that names something of another department.
///
/// # Errors
/// [`Code::NotFound`], as for an id that nothing has.
pub(super) async fn demand(office: &Office, actor: &Actor, request: &Value) -> Result<(), Fault> {
    if actor.departments.is_empty() {
        return Ok(());
    }
    let mut ids = Vec::new();
    collect(request, &mut ids);
    if office.store.read().await?.hides(&ids).await? {
        let message = "There is no such record in your departments.";
        return Err(Fault::new(Code::NotFound, message).rule("outside_scope"));
    }
    Ok(())
}

/// Ids anywhere in a request, in the one spelling the book uses; also within a longer text, such
/// as `invoice/<id>`.
fn collect(value: &Value, ids: &mut Vec<String>) {
    match value {
        Value::String(text) => {
            let parts = text.split(|c: char| !c.is_ascii_hexdigit() && c != '-');
            let whole = std::iter::once(text.trim());
            let found = whole.chain(parts).filter_map(|part| Uuid::try_parse(part).ok());
            ids.extend(found.map(|id| id.to_string()));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, ids)),
        Value::Object(fields) => fields.values().for_each(|field| collect(field, ids)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
