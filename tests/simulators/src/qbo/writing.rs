//! Creating, changing, voiding and deleting one object.

use serde_json::{Value, json};

use super::books::{Books, Call};
use super::fault::Fault;
use super::json::Body;
use super::model::{Entity, Life, Row};
use super::{journals, names, payments, sales};

/// What is to be done with an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Creates, or changes what has an `Id`.
    Write,
    Void,
    Delete,
}

/// Carries one operation out whole or not at all, and returns the answer's object.
///
/// # Errors
/// Why it is refused; the books are then unchanged.
pub fn carry_out(
    books: &mut Books,
    call: &Call,
    operation: Operation,
    entity: Entity,
    body: &Body,
) -> Result<Value, Fault> {
    let mark = books.mark();
    let done = match operation {
        Operation::Write => write(books, call, entity, body),
        Operation::Void => void(books, call, entity, body),
        Operation::Delete => delete(books, call, entity, body),
    };
    if done.is_err() {
        books.roll_back(mark);
    }
    done
}

fn write(books: &mut Books, call: &Call, entity: Entity, body: &Body) -> Result<Value, Fault> {
    let id = match body.get("Id").and_then(Value::as_str) {
        None => {
            let fields = checked(books, call, entity, plain(body), None)?;
            books.add(entity, fields, call.now)
        }
        Some(_) => {
            let mut row = current(books, entity, body)?;
            let mut fields = plain(body);
            if body.get("sparse") == Some(&json!(true)) {
                let mut merged = row.body.clone();
                merged.extend(fields);
                fields = merged;
            } else if let Some(ties) = row.body.get("LinkedTxn") {
                fields.insert("LinkedTxn".to_owned(), ties.clone());
            }
            let old = row.clone();
            row.body = checked(books, call, entity, fields, Some(&old))?;
            let id = row.id.clone();
            books.replace(row, call.now);
            id
        }
    };
    if entity == Entity::Payment {
        payments::tie(books, call, &id);
    }
    books.get(entity, &id).map(Row::shown).ok_or_else(Fault::gone)
}

/// The fields a client may set.
fn plain(body: &Body) -> Body {
    let mut fields = body.clone();
    for name in ["Id", "SyncToken", "MetaData", "domain", "sparse", "status"] {
        fields.remove(name);
    }
    fields
}

fn checked(
    books: &mut Books,
    call: &Call,
    entity: Entity,
    fields: Body,
    old: Option<&Row>,
) -> Result<Body, Fault> {
    match entity {
        Entity::Customer | Entity::Vendor | Entity::Employee => {
            names::person(books, call, entity, fields, old)
        }
        Entity::Item => names::item(books, fields, old),
        Entity::Invoice | Entity::CreditMemo | Entity::RefundReceipt => {
            sales::sale(books, call, entity, fields, old)
        }
        Entity::Payment => payments::payment(books, call, fields, old),
        Entity::JournalEntry => journals::journal_entry(books, call, fields, old),
        _ => Err(Fault::unsupported(&format!("create {}", entity.name()))),
    }
}

/// The row a body means, at the version it means.
fn current(books: &Books, entity: Entity, body: &Body) -> Result<Row, Fault> {
    let id = body.get("Id").and_then(Value::as_str).ok_or_else(|| Fault::required("Id"))?;
    let row = books.get(entity, id).filter(|row| row.life != Life::Deleted);
    let row = row.ok_or_else(Fault::gone)?.clone();
    let token = body.get("SyncToken").and_then(Value::as_str);
    let token = token.ok_or_else(|| Fault::required("SyncToken"))?;
    if token != row.sync_token.to_string() {
        return Err(Fault::stale(entity.name()));
    }
    Ok(row)
}

fn void(books: &mut Books, call: &Call, entity: Entity, body: &Body) -> Result<Value, Fault> {
    // A journal entry is deleted, and never voided.
    if !entity.is_transaction() || entity == Entity::JournalEntry {
        return Err(Fault::unsupported(&format!("void {}", entity.name())));
    }
    let mut row = current(books, entity, body)?;
    let_go(books, call, &row)?;
    row.life = Life::Voided;
    let zero = 0.into();
    row.set("TotalAmt", zero);
    row.body.insert("PrivateNote".to_owned(), json!("Voided"));
    match entity {
        Entity::Payment => row.set("UnappliedAmt", zero),
        _ => row.set_open(zero),
    }
    row.body.insert("LinkedTxn".to_owned(), json!([]));
    if entity == Entity::Payment {
        row.body.insert("Line".to_owned(), json!([]));
    }
    let id = row.id.clone();
    books.replace(row, call.now);
    books.get(entity, &id).map(Row::shown).ok_or_else(Fault::gone)
}

fn delete(books: &mut Books, call: &Call, entity: Entity, body: &Body) -> Result<Value, Fault> {
    if !entity.is_transaction() {
        return Err(Fault::unsupported(&format!("delete {}", entity.name())));
    }
    let mut row = current(books, entity, body)?;
    let_go(books, call, &row)?;
    row.life = Life::Deleted;
    let shown = json!({"domain": "QBO", "status": "Deleted", "Id": row.id});
    books.replace(row, call.now);
    Ok(shown)
}

/// Before an object goes: its day must be open, and what it applied comes back. What a payment
/// applied to it stays with that payment as money not applied.
fn let_go(books: &mut Books, call: &Call, row: &Row) -> Result<(), Fault> {
    if let Some(day) = row.day() {
        books.check_open(day)?;
    }
    if row.entity == Entity::Payment {
        payments::release(books, call, row);
        return Ok(());
    }
    let tied = row.body.get("LinkedTxn").and_then(Value::as_array).is_some_and(|it| !it.is_empty());
    if tied {
        return Err(Fault::business("This transaction is linked to others. Unlink them first."));
    }
    Ok(())
}
