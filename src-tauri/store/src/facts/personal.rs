//! Personal data apart from the rest of a fact.
//!
//! In a fact's JSON every field called `person` is personal. It is stored by its JSON pointer
//! (RFC 6901) beside a body that has `null` in its place.

use crate::error::StoreError;
use finance::party::Person;
use serde_json::{Map, Value};

const FIELD: &str = "person";

/// Takes personal data out of a body. Nothing where there is none.
pub(crate) fn split(body: &mut Value) -> Option<Map<String, Value>> {
    let mut taken = Map::new();
    walk(body, &mut String::new(), &mut |pointer, person| {
        taken.insert(pointer.to_owned(), person.take());
    });
    (!taken.is_empty()).then_some(taken)
}

/// Puts personal data back; where it was erased, a person without details.
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
