//! Sales invoices and sales credit notes: made as drafts or at once, released, voided.

use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::Value;

use super::books::{Books, Call, new_id};
use super::json::{day, decimal, filled, needed, rows, short};
use super::model::{Artefact, Kind, Line, Status};
use super::refusal::Refusal;

/// Longest texts (`maxLength` of SalesInvoice in Sage's description).
const REFERENCE: usize = 25;
const NOTES: usize = 2000;
const VOID_REASON: usize = 200;

/// Makes an artefact; without a status it is in the accounts at once.
///
/// # Errors
/// The first rule that it breaks.
pub fn create(books: &mut Books, call: Call, kind: Kind, body: &Value) -> Result<String, Refusal> {
    let contact_id = needed(body, "contact_id")?.to_owned();
    let contact = books.contact(&contact_id).ok_or_else(Refusal::not_found)?;
    if contact.contact_type != "CUSTOMER" {
        return Err(Refusal::invalid("", "Couldn't find Customer."));
    }
    let date = day(body, "date")?.ok_or_else(|| Refusal::required("date"))?;
    books.check_open(date)?;
    let status = match filled(body, "status_id") {
        None => Status::Unpaid,
        Some("DRAFT") => Status::Draft,
        Some("PRO_FORMA") if kind == Kind::SalesInvoice => Status::ProForma,
        Some(_) => return Err(Refusal::invalid("status_id", "is not a valid status")),
    };
    let (number_field, lines_field, prefix) = kind.fields();
    let lines = lines(books, body, lines_field)?;
    let (currency, exchange_rate) = currency(books, body)?;
    let (net, tax) = (lines.iter().map(|it| it.net).sum(), lines.iter().map(|it| it.tax).sum());
    let total: Decimal = net + tax;
    let number = match status {
        Status::Draft | Status::ProForma => format!("{prefix}-{}", status.code()),
        _ => number(books, kind, filled(body, number_field))?,
    };
    let artefact = Artefact {
        business_id: books.id.clone(),
        kind,
        id: new_id(),
        number,
        reference: short(body, "reference", REFERENCE)?,
        notes: short(body, "notes", NOTES)?,
        contact_id,
        date,
        due_date: day(body, "due_date")?.filter(|_| kind == Kind::SalesInvoice),
        lines,
        currency,
        exchange_rate,
        net,
        tax,
        total,
        outstanding: if status.is_posted() { total } else { Decimal::ZERO },
        status,
        void_reason: None,
        deleted_at: None,
        created_at: call.now,
        updated_at: call.now,
    };
    let id = artefact.id.clone();
    books.touch(kind.namespace(), &artefact);
    books.artefacts.push(artefact);
    Ok(id)
}

fn number(books: &mut Books, kind: Kind, given: Option<&str>) -> Result<String, Refusal> {
    let Some(given) = given else { return Ok(books.next_number(kind)) };
    let is_taken = books.artefacts.iter().any(|it| it.kind == kind && it.number == given);
    match is_taken {
        true => Err(Refusal::invalid(kind.fields().0, "has already been taken")),
        false => Ok(given.to_owned()),
    }
}

/// Without a rate a foreign document counts one to one, as Sage's guide says.
fn currency(books: &Books, body: &Value) -> Result<(String, Decimal), Refusal> {
    let base = &books.settings.base_currency;
    let currency = filled(body, "currency_id").unwrap_or(base);
    if currency != base && !books.settings.multi_currency {
        return Err(Refusal::invalid("currency_id", "Multi-currency is not enabled."));
    }
    let rate = decimal(body, "exchange_rate")?.filter(|rate| *rate > Decimal::ZERO);
    let rate = if currency == base { Decimal::ONE } else { rate.unwrap_or(Decimal::ONE) };
    Ok((currency.to_owned(), rate))
}

fn lines(books: &Books, body: &Value, field: &str) -> Result<Vec<Line>, Refusal> {
    let bodies = rows(body, field);
    if bodies.is_empty() {
        return Err(Refusal::required(field));
    }
    bodies.iter().map(|line| read_line(books, line, field)).collect()
}

fn read_line(books: &Books, body: &Value, field: &str) -> Result<Line, Refusal> {
    let missing = |name: &str| Refusal::required(format!("{field}.{name}"));
    let description = filled(body, "description").ok_or_else(|| missing("description"))?;
    let account_id =
        filled(body, "ledger_account_id").ok_or_else(|| missing("ledger_account_id"))?;
    let is_offered = |it: &&super::reference::LedgerAccount| {
        it.id == account_id && it.visible_in_sales && !it.is_control
    };
    books.accounts.iter().find(is_offered).ok_or_else(Refusal::not_found)?;
    let rate_id = filled(body, "tax_rate_id").ok_or_else(|| missing("tax_rate_id"))?;
    let rate = books.tax_rates.iter().find(|it| it.id == rate_id && it.is_visible);
    let rate = rate.ok_or_else(Refusal::not_found)?;
    let unit_price = decimal(body, "unit_price")?.ok_or_else(|| missing("unit_price"))?;
    let quantity = decimal(body, "quantity")?.unwrap_or(Decimal::ONE);
    let tax = decimal(body, "tax_amount")?;
    if tax.is_none() && !rate.percentage.is_zero() {
        return Err(missing("tax_amount"));
    }
    let tax = half_up(tax.unwrap_or_default());
    let discount = half_up(decimal(body, "discount_amount")?.unwrap_or_default());
    let price_includes_tax =
        body.get("unit_price_includes_tax").and_then(Value::as_bool).unwrap_or_default();
    let amount = half_up(quantity * unit_price) - discount;
    Ok(Line {
        id: new_id(),
        description: description.to_owned(),
        ledger_account_id: account_id.to_owned(),
        tax_rate_id: rate_id.to_owned(),
        quantity,
        unit_price,
        price_includes_tax,
        discount,
        net: if price_includes_tax { amount - tax } else { amount },
        tax,
    })
}

fn half_up(value: Decimal) -> Decimal {
    value.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

/// Takes a draft into the accounts.
///
/// # Errors
/// It is not there, is no draft, or its day is closed by now.
pub fn release(books: &mut Books, call: Call, kind: Kind, id: &str) -> Result<String, Refusal> {
    let found = books.artefact(id).filter(|it| it.kind == kind);
    let artefact = found.cloned().ok_or_else(Refusal::not_found)?;
    if !matches!(artefact.status, Status::Draft | Status::ProForma) {
        return Err(Refusal::invalid("base", "Only draft or pro forma artefacts can be released."));
    }
    books.check_open(artefact.date)?;
    let number = books.next_number(kind);
    let outstanding = artefact.total;
    let released =
        Artefact { number, outstanding, status: Status::Unpaid, updated_at: call.now, ..artefact };
    replace(books, released);
    Ok(id.to_owned())
}

/// Removes a draft, or voids what is in the accounts.
///
/// # Errors
/// It is not there, carries money, or no reason is given.
pub fn void(
    books: &mut Books,
    call: Call,
    (kind, id): (Kind, &str),
    reason: Option<&str>,
) -> Result<Artefact, Refusal> {
    let found = books.artefact(id).filter(|it| it.kind == kind);
    let artefact = found.cloned().ok_or_else(Refusal::not_found)?;
    if matches!(artefact.status, Status::Draft | Status::ProForma) {
        let deleted = Artefact { deleted_at: Some(call.now), updated_at: call.now, ..artefact };
        books.artefacts.retain(|it| it.id != id);
        books.deleted.push(deleted.clone());
        return Ok(deleted);
    }
    if artefact.status != Status::Unpaid {
        return Err(Refusal::invalid("base", "Only unpaid artefacts can be voided."));
    }
    let reason = reason.filter(|reason| !reason.trim().is_empty());
    let reason = reason.ok_or_else(|| Refusal::required("void_reason"))?;
    let voided = Artefact {
        status: Status::Void,
        outstanding: Decimal::ZERO,
        void_reason: Some(reason.chars().take(VOID_REASON).collect()),
        updated_at: call.now,
        ..artefact
    };
    replace(books, voided.clone());
    Ok(voided)
}

fn replace(books: &mut Books, artefact: Artefact) {
    books.touch(artefact.kind.namespace(), &artefact);
    if let Some(kept) = books.artefact_mut(&artefact.id) {
        *kept = artefact;
    }
}
