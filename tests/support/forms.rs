//! Requests as a careful person fills them in.
//!
//! Never more than a test needs to say.

use super::{PASSPHRASE, id};
use serde_json::{Value, json};

/// The first-run form of a small school in Norway.
pub fn school() -> Value {
    json!({
        "name": "Testby Trafikkskole",
        "legal_name": "Testby Trafikkskole AS",
        "org_number": "999 000 111",
        "vat_registered": true,
        "address": address(),
        "email": "kontor@testby.example.no",
        "phone": "",
        "bank_account": "1506 72 40418",
        "country": "NO",
        "currency": "NOK",
        "price_basis": "gross",
        "language": "nb",
        "terms_days": 14,
        "invoice_prefix": "A-",
        "first_invoice_number": 1,
        "protection": "keychain",
        "passphrase": null,
    })
}

/// The same, protected by [`PASSPHRASE`].
pub fn school_with_passphrase() -> Value {
    let mut form = school();
    form["protection"] = json!("passphrase");
    form["passphrase"] = json!(PASSPHRASE);
    form
}

fn address() -> Value {
    json!({
        "line1": "Havnegata 1",
        "line2": "",
        "postal_code": "9990",
        "city": "Testby",
        "country": "NO",
    })
}

/// A person with an address.
pub fn person(name: &str) -> Value {
    json!({ "name": name, "email": "", "phone": "", "address": address() })
}

/// A student to be registered; the number is `1000 + number`.
pub fn student(number: u128, name: &str) -> Value {
    json!({
        "id": id(number),
        "number": (1_000 + number).to_string(),
        "department_id": null,
        "person": person(name),
    })
}

/// An agency that pays for students.
pub fn payer(number: u128, name: &str) -> Value {
    json!({
        "id": id(number),
        "kind": "agency",
        "number": "",
        "department_id": null,
        "person": person(name),
        "org_number": "889 640 782",
        "vat_number": "",
        "reference": "PO 77",
        "terms": null,
        "active": true,
    })
}

/// Somebody's share of a document.
pub fn share(payer: Option<u128>, part: &str, value: &str) -> Value {
    json!({ "payer_id": payer.map(id), "part": part, "value": value, "reference": "" })
}

/// An entry of the price list.
pub fn service(number: u128, code: &str, price: &str, tax_code: &str) -> Value {
    json!({
        "id": id(number),
        "code": code,
        "name": format!("Tjeneste {code}"),
        "kind": "lesson",
        "unit_price": price,
        "tax_code": tax_code,
        "income_account": "3000",
        "active": true,
    })
}

/// A line of a draft.
pub type LineForm = Value;

/// A line of free text.
pub fn line(description: &str, quantity: u32, price: &str, tax_code: &str) -> LineForm {
    json!({
        "service_id": null,
        "kind": "lesson",
        "description": description,
        "quantity": quantity.to_string(),
        "unit_price": price,
        "discount_percent": "0",
        "tax_code": tax_code,
        "income_account": "3000",
    })
}

/// A draft for a student, due in fourteen days.
pub fn draft(number: u128, student: u128, day: &str, lines: &[LineForm]) -> Value {
    let due = super::day(day) + chrono::Days::new(14);
    json!({
        "id": id(number),
        "student_id": id(student),
        "department_id": null,
        "issue_date": day,
        "delivery_date": null,
        "due_date": due.to_string(),
        "reference": "",
        "note": "",
        "lines": lines,
    })
}

/// Money from student 1 by bank, with what it settles; other money than what looks the same.
pub fn payment(number: u128, day: &str, amount: &str, shares: &[(&str, &str)]) -> Value {
    let shares: Vec<Value> = shares
        .iter()
        .map(|(invoice, amount)| json!({ "invoice_id": invoice, "amount": amount }))
        .collect();
    json!({
        "id": id(number),
        "student_id": id(1),
        "method": "bank",
        "received_on": day,
        "amount": amount,
        "reference": "",
        "note": "",
        "shares": shares,
        "is_another": true,
    })
}
