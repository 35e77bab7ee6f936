//! Customers, vendors, employees and items. People of all three kinds share one space of names, and
//! who was made inactive keeps the name.

use serde_json::json;

use super::books::{Books, Call};
use super::fault::Fault;
use super::json::{self, Body, text};
use super::model::{Entity, Life, Row};

const NAME_CHARS: usize = 500;
const NOTES_CHARS: usize = 2000;

/// Checks a person and completes it. `old` is the row that changes.
///
/// # Errors
/// Why it is not taken.
pub fn person(
    books: &Books,
    _call: &Call,
    entity: Entity,
    mut body: Body,
    old: Option<&Row>,
) -> Result<Body, Fault> {
    let parts = ["Title", "GivenName", "MiddleName", "FamilyName", "Suffix"];
    let joined: Vec<&str> = parts.iter().filter_map(|part| text(&body, part)).collect();
    let name = text(&body, "DisplayName").map_or_else(|| joined.join(" "), str::to_owned);
    if name.is_empty() {
        return Err(Fault::nameless());
    }
    check_name(&name, NAME_CHARS, "DisplayName")?;
    let holder = ["Customer", "Vendor", "Employee"].iter().find_map(|kind| {
        let kind = Entity::parse(kind)?;
        let same = |row: &&Row| {
            let is_self = old.is_some_and(|old| old.entity == row.entity && old.id == row.id);
            let is_there = row.life != Life::Deleted && !is_self;
            is_there && row.text("DisplayName").to_lowercase() == name.to_lowercase()
        };
        books.all(kind).find(same)
    });
    if let Some(holder) = holder {
        return Err(Fault::duplicate_name(&holder.id));
    }
    let notes = text(&body, "Notes").map_or(0, |notes| notes.chars().count());
    if notes > NOTES_CHARS {
        return Err(Fault::too_long("Notes", NOTES_CHARS, notes));
    }
    body.insert("DisplayName".to_owned(), json!(name));
    body.insert("FullyQualifiedName".to_owned(), json!(name));
    body.entry("PrintOnCheckName").or_insert_with(|| json!(name));
    body.entry("Active").or_insert_with(|| json!(true));
    if entity == Entity::Customer {
        currency(books, &mut body, old)?;
        body.entry("Balance").or_insert_with(|| json::number(0.into()));
        body.entry("Job").or_insert_with(|| json!(false));
    }
    Ok(body)
}

/// A customer keeps the currency it was made with.
fn currency(books: &Books, body: &mut Body, old: Option<&Row>) -> Result<(), Fault> {
    let home = books.settings.currency;
    let given = json::reference(body, "CurrencyRef").unwrap_or(home).to_owned();
    if given != home && !books.settings.multi_currency {
        return Err(Fault::one_currency());
    }
    if old.is_some_and(|old| old.reference("CurrencyRef") != given) {
        return Err(Fault::business("You can't change the currency of a customer."));
    }
    body.insert("CurrencyRef".to_owned(), json!({"value": given}));
    Ok(())
}

/// Checks an item and completes it.
///
/// # Errors
/// Why it is not taken.
pub fn item(books: &Books, mut body: Body, old: Option<&Row>) -> Result<Body, Fault> {
    let name = text(&body, "Name").ok_or_else(|| Fault::required("Name"))?.to_owned();
    check_name(&name, 100, "Name")?;
    let same = |row: &&Row| {
        old.is_none_or(|old| old.id != row.id)
            && row.text("Name").to_lowercase() == name.to_lowercase()
    };
    if let Some(holder) = books.all(Entity::Item).find(same) {
        return Err(Fault::duplicate_name(&holder.id));
    }
    let account = json::reference(&body, "IncomeAccountRef");
    let account = account.ok_or_else(|| Fault::required("IncomeAccountRef"))?;
    books.usable(Entity::Account, account)?;
    body.insert("FullyQualifiedName".to_owned(), json!(name));
    body.entry("Active").or_insert_with(|| json!(true));
    Ok(body)
}

fn check_name(name: &str, most: usize, field: &str) -> Result<(), Fault> {
    let length = name.chars().count();
    if length > most {
        return Err(Fault::too_long(field, most, length));
    }
    if name.contains([':', '\t', '\n']) {
        return Err(Fault::business("A name can't contain a colon, a tab or a line break."));
    }
    Ok(())
}
