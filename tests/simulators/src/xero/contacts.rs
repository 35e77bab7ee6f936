//! Contacts: names are unique among active contacts, and a contact named in a document is found or
//! created on the way.

use serde_json::{Map, Value};
use uuid::Uuid;

use super::books::{Books, Call, Written};
use super::json::{filled, given, id};
use super::model::Contact;

/// Fields a contact keeps as they were sent.
const PROFILE: [&str; 11] = [
    "FirstName",
    "LastName",
    "EmailAddress",
    "CompanyNumber",
    "TaxNumber",
    "BankAccountDetails",
    "DefaultCurrency",
    "Website",
    "Addresses",
    "Phones",
    "ContactPersons",
];

/// Creates a contact, or with POST updates the one the body names.
///
/// # Errors
/// Xero's sentences about what is wrong with the body.
pub fn write_contact(books: &mut Books, call: &Call, body: &Value) -> Written {
    let existing = match call.may_update {
        true => find(books, call.target, body, true)?,
        false => None,
    };
    put(books, call, existing, body)
}

/// The contact a document names; created when only a new name is given.
///
/// # Errors
/// Xero's sentences when the contact is missing, unknown or archived.
pub fn document_contact(books: &mut Books, call: &Call, body: &Value) -> Written {
    let contact = body.get("Contact").unwrap_or(&Value::Null);
    let named = filled(contact, "Name").is_some();
    let identified = ["ContactID", "ContactNumber"].iter().any(|it| filled(contact, it).is_some());
    if !named && !identified {
        return Err(vec![
            "The Contact must contain at least 1 of the following elements to identify the \
             contact: Name, ContactID, ContactNumber"
                .to_owned(),
        ]);
    }
    let existing = find(books, None, contact, true)?;
    if existing.as_ref().is_some_and(|contact| contact.archived) {
        return Err(vec![
            "The specified contact has been archived and must be un-archived before creating new \
             invoices or credit notes."
                .to_owned(),
        ]);
    }
    // Anything beside the identifier changes the contact: a trap for callers that echo it back.
    let only_identity = contact.as_object().is_some_and(|fields| {
        fields.keys().all(|name| name == "ContactID" || name == "ContactNumber")
    });
    match existing {
        Some(existing) if only_identity || !changes(&existing, contact) => Ok(existing.id),
        existing => put(books, call, existing, contact),
    }
}

fn changes(existing: &Contact, body: &Value) -> bool {
    filled(body, "Name").is_some_and(|name| name != existing.name)
        || PROFILE.iter().any(|field| {
            given(body, field).is_some_and(|value| existing.profile.get(*field) != Some(value))
        })
}

fn find(
    books: &Books,
    target: Option<Uuid>,
    body: &Value,
    by_name: bool,
) -> Result<Option<Contact>, Vec<String>> {
    if let Some(id) = target.or_else(|| id(body, "ContactID")) {
        return match books.contacts.get(id) {
            Some(contact) => Ok(Some(contact.clone())),
            None => Err(vec![format!("The contact with ContactID {id} could not be found.")]),
        };
    }
    let by_number = filled(body, "ContactNumber")
        .and_then(|number| books.contacts.with_key(&format!("number {number}")).next());
    let found = by_number.or_else(|| {
        let name = filled(body, "Name").filter(|_| by_name)?;
        books.contacts.with_key(&name_key(name)).next()
    });
    Ok(found.cloned())
}

fn put(books: &mut Books, call: &Call, existing: Option<Contact>, body: &Value) -> Written {
    let name = match (filled(body, "Name"), &existing) {
        (Some(name), _) => name.trim().to_owned(),
        (None, Some(existing)) => existing.name.clone(),
        (None, None) => return Err(vec!["The Contact Name must be specified.".to_owned()]),
    };
    let mut contact = existing.unwrap_or_else(|| Contact {
        tenant_id: books.tenant_id,
        id: Uuid::now_v7(),
        name: String::new(),
        contact_number: None,
        account_number: None,
        archived: false,
        profile: Map::new(),
        updated_at: call.now,
    });
    contact.name = name;
    contact.updated_at = call.now;
    if let Some(number) = filled(body, "ContactNumber") {
        contact.contact_number = Some(number.to_owned());
    }
    if let Some(number) = filled(body, "AccountNumber") {
        contact.account_number = Some(number.to_owned());
    }
    if let Some(status) = filled(body, "ContactStatus") {
        contact.archived = status == "ARCHIVED";
    }
    for field in PROFILE {
        if let Some(value) = given(body, field) {
            contact.profile.insert(field.to_owned(), value.clone());
        }
    }
    let errors = refusals(books, &contact);
    if !errors.is_empty() {
        return Err(errors);
    }
    let id = contact.id;
    books.contacts.put(contact);
    Ok(id)
}

fn refusals(books: &Books, contact: &Contact) -> Vec<String> {
    let mut errors = Vec::new();
    if contact.name.chars().count() > 255 {
        errors.push("The length of the Name field must be 255 or fewer characters.".to_owned());
    }
    let mut namesakes = books.contacts.with_key(&name_key(&contact.name));
    if !contact.archived && namesakes.any(|other| other.id != contact.id) {
        errors.push(format!(
            "The contact name {} is already assigned to another contact. The contact name must be \
             unique across all active contacts.",
            contact.name
        ));
    }
    let number = contact.contact_number.as_deref().unwrap_or_default();
    if number.chars().count() > 50 {
        errors.push("The ContactNumber field must be 50 or fewer characters.".to_owned());
    }
    if books.contacts.with_key(&format!("number {number}")).any(|other| other.id != contact.id) {
        errors.push(format!("The contact number {number} is already assigned."));
    }
    let account = contact.account_number.as_deref().unwrap_or_default();
    if books.contacts.with_key(&account_key(account)).any(|other| other.id != contact.id) {
        // Reported with archived owners too: github.com/calcinai/xero-php, issue 880.
        let text = "The Account Number already exists. Please enter a different Account Number.";
        errors.push(text.to_owned());
    }
    errors
}

pub(super) fn account_key(number: &str) -> String {
    format!("account {number}")
}

fn name_key(name: &str) -> String {
    format!("name {}", name.trim().to_lowercase())
}
