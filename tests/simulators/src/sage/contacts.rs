//! Customers and suppliers are made, changed and removed here.

use serde_json::{Map, Value};

use super::books::{Books, Call, new_id};
use super::json::{filled, needed, rows, short};
use super::model::Contact;
use super::reference::CONTACT_TYPES;
use super::refusal::Refusal;

/// Longest texts (`maxLength` of Contact and Address in Sage's description).
const NAME: usize = 100;
const REFERENCE: usize = 10;
const NOTES: usize = 4000;
const ADDRESS_LINE: usize = 50;
const POSTAL_CODE: usize = 10;

const PROFILE: [&str; 3] = ["main_address", "delivery_address", "main_contact_person"];

/// Makes a contact.
///
/// # Errors
/// A field is missing, too long, or its reference is used.
pub fn create(books: &mut Books, call: Call, body: &Value) -> Result<String, Refusal> {
    let name = short(body, "name", NAME)?.ok_or_else(|| Refusal::required("name"))?;
    let [kind] = rows(body, "contact_type_ids") else {
        return Err(Refusal::required("contact_type_ids"));
    };
    let known = CONTACT_TYPES.iter().find(|(id, _)| kind.as_str() == Some(id));
    let (kind, _) = known.ok_or_else(Refusal::not_found)?;
    let contact = Contact {
        business_id: books.id.clone(),
        id: new_id(),
        contact_type: (*kind).to_owned(),
        name,
        reference: reference(books, body, None)?,
        notes: short(body, "notes", NOTES)?,
        tax_number: filled(body, "tax_number").map(str::to_owned),
        profile: profile(body)?,
        created_at: call.now,
        updated_at: call.now,
    };
    let id = contact.id.clone();
    books.touch("contact", &contact);
    books.contacts.push(contact);
    Ok(id)
}

/// Changes the fields that the body names.
///
/// # Errors
/// As [`create`], or the contact is not there.
pub fn update(books: &mut Books, call: Call, id: &str, body: &Value) -> Result<String, Refusal> {
    let mut contact = books.contact(id).cloned().ok_or_else(Refusal::not_found)?;
    if body.get("name").is_some() {
        needed(body, "name")?;
        contact.name = short(body, "name", NAME)?.unwrap_or_default();
    }
    if body.get("reference").is_some() {
        contact.reference = reference(books, body, Some(id))?;
    }
    if body.get("notes").is_some() {
        contact.notes = short(body, "notes", NOTES)?;
    }
    if body.get("tax_number").is_some() {
        contact.tax_number = filled(body, "tax_number").map(str::to_owned);
    }
    for (name, value) in profile(body)? {
        contact.profile.insert(name, value);
    }
    contact.updated_at = call.now;
    books.touch("contact", &contact);
    if let Some(kept) = books.contacts.iter_mut().find(|it| it.id == id) {
        *kept = contact;
    }
    Ok(id.to_owned())
}

/// Removes a contact that nothing names.
///
/// # Errors
/// It is not there, or has transactions.
pub fn delete(books: &mut Books, id: &str) -> Result<(), Refusal> {
    books.contact(id).ok_or_else(Refusal::not_found)?;
    let is_used = books.artefacts.iter().any(|it| it.contact_id == id)
        || books.payments.iter().any(|it| it.contact_id == id);
    if is_used {
        return Err(Refusal::invalid("base", "This contact has transactions."));
    }
    books.contacts.retain(|it| it.id != id);
    Ok(())
}

/// "Unique reference for the contact"; the sentence is ours.
fn reference(books: &Books, body: &Value, own: Option<&str>) -> Result<Option<String>, Refusal> {
    let reference = short(body, "reference", REFERENCE)?;
    let is_taken = books.contacts.iter().any(|it| {
        own != Some(it.id.as_str()) && it.reference.is_some() && it.reference == reference
    });
    if is_taken {
        return Err(Refusal::invalid("reference", "The reference must be unique."));
    }
    Ok(reference)
}

fn profile(body: &Value) -> Result<Map<String, Value>, Refusal> {
    let mut profile = Map::new();
    for name in PROFILE {
        let Some(part) = body.get(name).filter(|part| part.is_object()) else { continue };
        let limits = [
            ("address_line_1", ADDRESS_LINE),
            ("address_line_2", ADDRESS_LINE),
            ("city", ADDRESS_LINE),
            ("postal_code", POSTAL_CODE),
            ("name", ADDRESS_LINE),
            ("telephone", ADDRESS_LINE),
            ("email", NAME),
        ];
        for (field, most) in limits {
            short(part, field, most)?;
        }
        profile.insert(name.to_owned(), part.clone());
    }
    Ok(profile)
}
