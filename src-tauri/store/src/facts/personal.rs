//! Personal data apart from the rest of a fact.
//!
//! In a fact's JSON every field called `person` is personal, and so are the texts that people write
//! freely: the fact's own note, reason and reference, and the words of lines. They are stored by
//! their JSON pointers (RFC 6901) beside a body that has `null` or an empty text in their places.

use crate::error::StoreError;
use finance::party::Person;
use serde_json::{Map, Value};

const FIELD: &str = "person";
/// Fields of a body itself that hold what somebody wrote.
const TEXTS: [&str; 3] = ["note", "reason", "reference"];

/// Takes personal data out of a body. Nothing where there is none.
pub(crate) fn split(body: &mut Value) -> Option<Map<String, Value>> {
    let mut taken = Map::new();
    walk(body, &mut String::new(), &mut |pointer, person| {
        taken.insert(pointer.to_owned(), person.take());
    });
    for name in TEXTS {
        take_text(body.get_mut(name), || format!("/{name}"), &mut taken);
    }
    let lines = body.pointer_mut("/totals/lines").and_then(Value::as_array_mut);
    for (place, line) in lines.into_iter().flatten().enumerate() {
        let pointer = || format!("/totals/lines/{place}/description");
        take_text(line.get_mut("description"), pointer, &mut taken);
    }
    if body["type"] == "recurring_set" {
        take_template(body, &mut taken);
    }
    (!taken.is_empty()).then_some(taken)
}

/// What a template of invoices is called, the words of its lines and its payers' references.
fn take_template(body: &mut Value, taken: &mut Map<String, Value>) {
    take_text(body.get_mut("name"), || "/name".to_owned(), taken);
    for (list, name) in [("lines", "description"), ("payers", "reference")] {
        let rows = body.get_mut(list).and_then(Value::as_array_mut);
        for (place, row) in rows.into_iter().flatten().enumerate() {
            take_text(row.get_mut(name), || format!("/{list}/{place}/{name}"), taken);
        }
    }
}

/// Takes a text that says something.
fn take_text(
    value: Option<&mut Value>,
    pointer: impl Fn() -> String,
    taken: &mut Map<String, Value>,
) {
    if let Some(Value::String(text)) = value
        && !text.is_empty()
    {
        taken.insert(pointer(), Value::String(std::mem::take(text)));
    }
}

/// Puts personal data back; where it was erased, a person without details and empty texts.
///
/// # Errors
/// [`StoreError::Damaged`] where the stored JSON does not fit.
pub(crate) fn join(body: &mut Value, personal: Option<&str>) -> Result<(), StoreError> {
    let mut given: Map<String, Value> =
        personal.map(serde_json::from_str).transpose()?.unwrap_or_default();
    let nobody = serde_json::to_value(Person::default())?;
    walk(body, &mut String::new(), &mut |pointer, person| {
        *person = given.remove(pointer).unwrap_or_else(|| nobody.clone());
    });
    for (pointer, text) in given {
        let place = body.pointer_mut(&pointer);
        *place.ok_or_else(|| StoreError::Damaged(format!("nothing stands at {pointer}")))? = text;
    }
    Ok(())
}

/// `pointer` says where `value` stands; it is one text that grows and shrinks on the way.
fn walk(value: &mut Value, pointer: &mut String, found: &mut impl FnMut(&str, &mut Value)) {
    let above = pointer.len();
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                pointer.push('/');
                pointer.push_str(name);
                if name == FIELD {
                    found(pointer, field);
                } else {
                    walk(field, pointer, found);
                }
                pointer.truncate(above);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                pointer.push('/');
                pointer.push_str(&index.to_string());
                walk(item, pointer, found);
                pointer.truncate(above);
            }
        }
        _ => {}
    }
}
