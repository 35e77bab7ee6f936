//! Invoices, bills and credit notes: numbers, states and what a posted document must carry.
//!
//! A document NEVER changes when any of its rules refuses it.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::Value;
use uuid::Uuid;

use super::books::{Books, Call, Written};
use super::contacts::document_contact;
use super::json::{date, decimal, filled, given, id};
use super::lines::{LineRules, read_lines, totals};
use super::model::{Document, Kind, LineAmountTypes, Status};

const WRONG_STATUS: &str = "Invoice not of valid status for modification";
const APPLIED: &str =
    "This document cannot be edited as it has a payment or credit note allocated to it.";

/// Creates or updates an invoice or bill.
///
/// # Errors
/// Xero's sentences about what is wrong with the body.
pub fn write_invoice(books: &mut Books, call: &Call, body: &Value) -> Written {
    let names = Names { id: "InvoiceID", number: "InvoiceNumber", fits: Kind::is_invoice };
    write(books, call, names, body)
}

/// Creates or updates a credit note.
///
/// # Errors
/// Xero's sentences about what is wrong with the body.
pub fn write_credit_note(books: &mut Books, call: &Call, body: &Value) -> Written {
    let names =
        Names { id: "CreditNoteID", number: "CreditNoteNumber", fits: Kind::is_credit_note };
    write(books, call, names, body)
}

#[derive(Clone, Copy)]
struct Names {
    id: &'static str,
    number: &'static str,
    fits: fn(Kind) -> bool,
}

fn write(books: &mut Books, call: &Call, names: Names, body: &Value) -> Written {
    let existing = match call.may_update {
        true => find(books, call, names, body)?,
        false => None,
    };
    let Some(existing) = existing else { return create(books, call, names, body) };
    update(books, call, existing, body)
}

fn find(
    books: &Books,
    call: &Call,
    names: Names,
    body: &Value,
) -> Result<Option<Document>, Vec<String>> {
    if let Some(id) = call.target.or_else(|| id(body, names.id)) {
        let found = books.documents.get(id).filter(|document| (names.fits)(document.kind));
        return match found {
            Some(document) => Ok(Some(document.clone())),
            None => Err(vec![format!("The document with {} {id} could not be found.", names.id)]),
        };
    }
    let kind = filled(body, "Type").and_then(Kind::parse);
    let numbered = kind.filter(|kind| kind.is_sales()).zip(filled(body, names.number));
    Ok(numbered.and_then(|(kind, number)| books.numbered(kind, number)).cloned())
}

fn create(books: &mut Books, call: &Call, names: Names, body: &Value) -> Written {
    let Some(kind) = filled(body, "Type").and_then(Kind::parse).filter(|it| (names.fits)(*it))
    else {
        return Err(vec!["A valid Type must be specified for the document.".to_owned()]);
    };
    let number = number_of(books, kind, names, body)?;
    let contact_id = document_contact(books, call, body)?;
    let document = Document {
        tenant_id: books.tenant_id,
        kind,
        id: Uuid::now_v7(),
        number,
        reference: None,
        contact_id,
        date: call.today(),
        due_date: None,
        status: Status::Draft,
        line_amount_types: LineAmountTypes::Exclusive,
        lines: Vec::new(),
        currency_code: books.organisation.base_currency.clone(),
        currency_rate: Decimal::ONE,
        url: None,
        sub_total: Decimal::ZERO,
        total_tax: Decimal::ZERO,
        total: Decimal::ZERO,
        amount_paid: Decimal::ZERO,
        amount_credited: Decimal::ZERO,
        fully_paid_on: None,
        updated_at: call.now,
    };
    fill(books, call, document, body)
}

/// A given sales number must be free; a missing one is drawn. Bills may repeat or lack a number.
fn number_of(
    books: &mut Books,
    kind: Kind,
    names: Names,
    body: &Value,
) -> Result<Option<String>, Vec<String>> {
    let Some(number) = filled(body, names.number) else {
        return Ok(match kind {
            Kind::AccRec => Some(books.next_number(kind, "INV")),
            Kind::AccRecCredit => Some(books.next_number(kind, "CN")),
            _ => None,
        });
    };
    if number.chars().count() > 255 {
        return Err(vec![format!("{} must be 255 or fewer characters.", names.number)]);
    }
    let taken = books.numbered(kind, number).is_some_and(|it| it.status != Status::Deleted);
    match (kind, taken) {
        (Kind::AccRec, true) => Err(vec!["Invoice # must be unique.".to_owned()]),
        (Kind::AccRecCredit, true) => Err(vec!["Credit Note # must be unique.".to_owned()]),
        _ => Ok(Some(number.to_owned())),
    }
}

fn update(books: &mut Books, call: &Call, mut document: Document, body: &Value) -> Written {
    let wanted = wanted_status(body, document.status).map_err(|error| vec![error])?;
    check_transition(&document, wanted, body)?;
    if matches!(wanted, Status::Voided | Status::Deleted) {
        books.check_open("document", document.date).map_err(|error| vec![error])?;
        let id = document.id;
        document.status = wanted;
        document.updated_at = call.now;
        books.documents.put(document);
        return Ok(id);
    }
    if document.status == Status::Authorised {
        books.check_open("document", document.date).map_err(|error| vec![error])?;
    }
    if given(body, "Contact").is_some() {
        document.contact_id = document_contact(books, call, body)?;
    }
    if let Some(number) =
        ["InvoiceNumber", "CreditNoteNumber"].iter().find_map(|it| filled(body, it))
    {
        let renamed = document.number.as_deref() != Some(number);
        if renamed && document.kind.is_sales() && books.numbered(document.kind, number).is_some() {
            return Err(vec!["Invoice # must be unique.".to_owned()]);
        }
        document.number = Some(number.to_owned());
    }
    fill(books, call, document, body)
}

fn check_transition(document: &Document, wanted: Status, body: &Value) -> Result<(), Vec<String>> {
    let allowed = match document.status {
        Status::Draft | Status::Submitted => {
            matches!(
                wanted,
                Status::Draft | Status::Submitted | Status::Authorised | Status::Deleted
            )
        }
        Status::Authorised => matches!(wanted, Status::Authorised | Status::Voided),
        Status::Paid | Status::Voided | Status::Deleted => false,
    };
    if !allowed {
        return Err(vec![WRONG_STATUS.to_owned()]);
    }
    let touches_amounts = ["LineItems", "Contact", "Date", "LineAmountTypes", "CurrencyCode"]
        .iter()
        .any(|field| given(body, field).is_some());
    if document.is_applied() && (touches_amounts || wanted == Status::Voided) {
        return Err(vec![APPLIED.to_owned()]);
    }
    Ok(())
}

fn wanted_status(body: &Value, current: Status) -> Result<Status, String> {
    let Some(code) = filled(body, "Status") else { return Ok(current) };
    Status::parse(code).ok_or_else(|| format!("Status '{code}' is not a valid document status"))
}

/// Takes over the body's fields, checks the whole, and stores it.
fn fill(books: &mut Books, call: &Call, mut document: Document, body: &Value) -> Written {
    let mut errors = Vec::new();
    let fresh = document.status == Status::Draft;
    match wanted_status(body, document.status) {
        Ok(Status::Paid | Status::Voided | Status::Deleted) if fresh => {
            errors.push(WRONG_STATUS.to_owned());
        }
        Ok(status) => document.status = status,
        Err(error) => errors.push(error),
    }
    take_dates(&mut document, body, &mut errors);
    take_fields(books, &mut document, body, &mut errors);
    let posted = matches!(document.status, Status::Submitted | Status::Authorised);
    if let Some(bodies) = body.get("LineItems").and_then(Value::as_array) {
        let rules = LineRules { amounts: document.line_amount_types, posted };
        document.lines = read_lines(books, call, rules, bodies, &mut errors);
        let sums = totals(&document.lines, document.line_amount_types);
        document.sub_total = sums.sub_total;
        document.total_tax = sums.total_tax;
        document.total = sums.total;
        if errors.is_empty() {
            check_given_totals(&document, body, &mut errors);
        }
    }
    if posted {
        check_posted(books, &document, &mut errors);
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let id = document.id;
    document.updated_at = call.now;
    books.documents.put(document);
    Ok(id)
}

fn take_dates(document: &mut Document, body: &Value, errors: &mut Vec<String>) {
    let take = |name: &str, errors: &mut Vec<String>| -> Option<NaiveDate> {
        date(body, name).unwrap_or_else(|error| {
            errors.push(error);
            None
        })
    };
    if let Some(date) = take("Date", errors) {
        document.date = date;
    }
    if let Some(due) = take("DueDate", errors) {
        document.due_date = Some(due);
    }
}

fn take_fields(books: &Books, document: &mut Document, body: &Value, errors: &mut Vec<String>) {
    if let Some(reference) = given(body, "Reference").and_then(Value::as_str) {
        document.reference = Some(reference.to_owned()).filter(|it| !it.is_empty());
        if reference.chars().count() > 255 {
            errors.push("Reference must be 255 or fewer characters.".to_owned());
        }
    }
    if let Some(url) = filled(body, "Url") {
        document.url = Some(url.to_owned());
    }
    if let Some(code) = filled(body, "LineAmountTypes") {
        match LineAmountTypes::parse(code) {
            Some(amounts) => document.line_amount_types = amounts,
            None => errors.push(format!("LineAmountTypes '{code}' is not valid")),
        }
    }
    if let Some(currency) = filled(body, "CurrencyCode") {
        match books.check_currency(currency) {
            Ok(()) => document.currency_code = currency.to_owned(),
            Err(error) => errors.push(error),
        }
    }
    match decimal(body, "CurrencyRate") {
        Ok(Some(rate)) => document.currency_rate = rate,
        Ok(None) => {}
        Err(error) => errors.push(error),
    }
}

fn check_given_totals(document: &Document, body: &Value, errors: &mut Vec<String>) {
    let sums = [
        ("SubTotal", document.sub_total),
        ("TotalTax", document.total_tax),
        ("Total", document.total),
    ];
    for (name, expected) in sums {
        match decimal(body, name) {
            Ok(Some(given)) if given != expected => errors.push(format!(
                "The document total ({name}) {given} does not equal the sum of the lines {expected}"
            )),
            Ok(_) => {}
            Err(error) => errors.push(error),
        }
    }
}

fn check_posted(books: &Books, document: &Document, errors: &mut Vec<String>) {
    if document.lines.is_empty() && errors.is_empty() {
        errors.push("One or more line items must be specified".to_owned());
    }
    // A draft that is posted without new lines brings lines nobody has checked yet.
    if document.lines.iter().any(|line| line.account_code.is_none()) {
        errors.push("Account code or ID must be specified".to_owned());
    }
    let taxed = document.line_amount_types != LineAmountTypes::NoTax;
    if taxed && document.lines.iter().any(|line| line.tax_type.is_none()) {
        errors.push("TaxType field is mandatory".to_owned());
    }
    if document.kind.is_invoice() && document.due_date.is_none() {
        errors.push("The document DueDate field must be specified".to_owned());
    }
    if document.total.is_sign_negative() && !document.total.is_zero() {
        errors.push("The document total must be greater than or equal to zero.".to_owned());
    }
    if let Err(error) = books.check_open("document", document.date) {
        errors.push(error);
    }
}
