//! What a fact says, field by field, beside what was true before it.
//!
//! Never shortens a value.

use crate::fault::{Code, Fault};
use crate::wire::audit::AuditChange;
use finance::fact::FactBody;
use serde_json::Value;
use std::collections::BTreeMap;

/// Fields that say nothing to a person: they are the same in every fact of the book.
const UNTOLD: &[&str] = &["type", "school_id"];

pub(super) fn json(body: &FactBody) -> Result<Value, Fault> {
    serde_json::to_value(body).map_err(|error| Fault::new(Code::Internal, error.to_string()))
}

/// Fields of a fact. Where it replaced another, only those that differ, with both values; where it
/// is the first, all of them.
pub(super) fn of(now: &FactBody, before: Option<&FactBody>) -> Result<Vec<AuditChange>, Fault> {
    let (mut new, old) = (leaves(now)?, before.map(leaves).transpose()?);
    let extended = later_day(now, &mut new);
    let Some(old) = old else {
        let told = new.into_iter().filter(|(_, value)| !value.is_empty());
        let first = |(field, new)| AuditChange { field, old: None, new: Some(new) };
        return Ok(extended.into_iter().chain(told.map(first)).collect());
    };
    // A student's change names the person alone; what else was registered is still as it was.
    let whole = !matches!(now, FactBody::StudentChanged { .. });
    let mut changes = Vec::new();
    for (field, value) in &new {
        let was = old.get(field).cloned().unwrap_or_default();
        if was != *value && (whole || field.starts_with("person.")) {
            let change =
                AuditChange { field: field.clone(), old: Some(was), new: Some(value.clone()) };
            changes.push(change);
        }
    }
    let gone =
        old.iter().filter(|(field, was)| whole && !was.is_empty() && !new.contains_key(*field));
    changes.extend(gone.map(|(field, was)| AuditChange {
        field: field.clone(),
        old: Some(was.clone()),
        new: None,
    }));
    Ok(changes)
}

/// The last day of a package before and since, which stand in one fact: taken out of its fields.
fn later_day(now: &FactBody, fields: &mut BTreeMap<String, String>) -> Option<AuditChange> {
    let FactBody::EntitlementExtended(_) = now else { return None };
    let old = fields.remove("before");
    Some(AuditChange { field: "until".to_owned(), old, new: fields.remove("until") })
}

fn leaves(body: &FactBody) -> Result<BTreeMap<String, String>, Fault> {
    let mut found = BTreeMap::new();
    walk("", &json(body)?, &mut found);
    found.retain(|field, _| !UNTOLD.contains(&field.as_str()));
    Ok(found)
}

fn walk(field: &str, value: &Value, found: &mut BTreeMap<String, String>) {
    let below =
        |name: &str| if field.is_empty() { name.to_owned() } else { format!("{field}.{name}") };
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| walk(&below(name), value, found));
        }
        Value::Array(items) if items.iter().any(Value::is_object) => {
            let numbered = (1..).zip(items);
            numbered
                .for_each(|(place, item): (u32, _)| walk(&below(&place.to_string()), item, found));
        }
        Value::Array(items) => {
            let words: Vec<String> = items.iter().map(text).collect();
            found.insert(field.to_owned(), words.join(", "));
        }
        leaf => {
            found.insert(field.to_owned(), text(leaf));
        }
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// All changes on one line, for a file.
pub(super) fn line(changes: &[AuditChange]) -> String {
    let parts = changes.iter().map(|change| {
        let new = change.new.as_deref().unwrap_or_default();
        match &change.old {
            Some(old) => format!("{}: {old} -> {new}", change.field),
            None => format!("{}: {new}", change.field),
        }
    });
    parts.collect::<Vec<_>>().join("; ")
}
