//! Payments, refunds and allocations, and what they do to the artefacts they name.

use rust_decimal::Decimal;
use serde_json::Value;

use super::books::{Books, Call, new_id};
use super::json::{day, decimal, filled, needed, rows, short};
use super::model::{Allocation, Kind, OnAccount, Part, Payment};
use super::reference::PAYMENT_METHODS;
use super::refusal::Refusal;

/// Longest payment reference (Sage's payments guide and description).
const REFERENCE: usize = 25;

/// Sage's sentence for an artefact that cannot take or give this amount (payments guide).
const SETTLED: &str = "You can only pay unpaid or part-paid invoices.";

/// Records money received, or paid back; what no artefact takes stays on account.
///
/// # Errors
/// The first rule that it breaks.
pub fn pay(books: &mut Books, call: Call, body: &Value) -> Result<String, Refusal> {
    let kind = needed(body, "transaction_type_id")?;
    let gives = match kind {
        "CUSTOMER_RECEIPT" => Kind::SalesInvoice,
        "CUSTOMER_REFUND" => Kind::SalesCreditNote,
        _ => return Err(Refusal::not_found()),
    };
    let contact_id = needed(body, "contact_id")?;
    books.contact(contact_id).ok_or_else(Refusal::not_found)?;
    let bank_account_id = needed(body, "bank_account_id")?;
    let bank = books.banks.iter().find(|it| it.id == bank_account_id && it.is_active);
    let held = bank.ok_or_else(Refusal::not_found)?.currency.clone();
    let date = day(body, "date")?.ok_or_else(|| Refusal::required("date"))?;
    books.check_open(date)?;
    let total = decimal(body, "total_amount")?.ok_or_else(|| Refusal::required("total_amount"))?;
    let method = filled(body, "payment_method_id").unwrap_or("CREDIT_DEBIT");
    PAYMENT_METHODS.iter().find(|(id, _)| *id == method).ok_or_else(Refusal::not_found)?;
    let reference = short(body, "reference", REFERENCE)?;
    let parts = parts(body)?;
    let allocated: Decimal = parts.iter().map(|part| part.amount).sum();
    if total <= Decimal::ZERO || allocated > total {
        let text = "The total amount must be at least the allocated amount.";
        return Err(Refusal::invalid("total_amount", text));
    }
    let currency = filled(body, "currency_id").unwrap_or(&books.settings.base_currency).to_owned();
    check_currency(books, &currency, held.as_deref())?;
    let rate = decimal(body, "exchange_rate")?.unwrap_or(Decimal::ONE);
    for part in &parts {
        check(books, contact_id, part, |it| it == gives)?;
    }
    for part in &parts {
        settle(books, call, &part.artefact_id, part.amount);
    }
    let left = total - allocated;
    let on_account =
        (left > Decimal::ZERO).then(|| OnAccount { id: new_id(), total: left, outstanding: left });
    let payment = Payment {
        business_id: books.id.clone(),
        id: new_id(),
        transaction_type: kind.to_owned(),
        contact_id: contact_id.to_owned(),
        bank_account_id: bank_account_id.to_owned(),
        payment_method_id: method.to_owned(),
        date,
        total,
        currency,
        exchange_rate: rate,
        reference,
        parts,
        on_account,
        deleted_at: None,
        created_at: call.now,
        updated_at: call.now,
    };
    let id = payment.id.clone();
    books.touch("contact_payment", &payment);
    books.payments.push(payment);
    Ok(id)
}

/// Money may be in another currency where several are enabled, and not in a third beside the bank's.
fn check_currency(books: &Books, currency: &str, held: Option<&str>) -> Result<(), Refusal> {
    let base = books.settings.base_currency.as_str();
    if currency != base && !books.settings.multi_currency {
        return Err(Refusal::invalid("currency_id", "Multi-currency is not enabled."));
    }
    let held = held.unwrap_or(base);
    match held == currency || held == base || currency == base {
        true => Ok(()),
        false => Err(Refusal::invalid("bank_account_id", "holds another currency.")),
    }
}

/// Takes a payment back.
///
/// # Errors
/// It is not there, or what it left on account is used.
pub fn unpay(books: &mut Books, call: Call, id: &str) -> Result<(), Refusal> {
    let found = books.payments.iter_mut().find(|it| it.id == id && it.deleted_at.is_none());
    let payment = found.ok_or_else(Refusal::not_found)?;
    if payment.on_account.as_ref().is_some_and(|it| it.outstanding != it.total) {
        return Err(Refusal::invalid("base", "The payment on account has been allocated."));
    }
    payment.deleted_at = Some(call.now);
    payment.updated_at = call.now;
    let payment = payment.clone();
    for part in &payment.parts {
        settle(books, call, &part.artefact_id, -part.amount);
    }
    books.touch("contact_payment", &payment);
    Ok(())
}

/// Sets credit against debt: the amounts add up to nothing, credit is negative.
///
/// # Errors
/// The first rule that it breaks.
pub fn allocate(books: &mut Books, call: Call, body: &Value) -> Result<String, Refusal> {
    if needed(body, "transaction_type_id")? != "CUSTOMER_ALLOCATION" {
        return Err(Refusal::not_found());
    }
    let contact_id = needed(body, "contact_id")?;
    books.contact(contact_id).ok_or_else(Refusal::not_found)?;
    let date = day(body, "date")?.unwrap_or_else(|| call.now.date_naive());
    books.check_open(date)?;
    let parts = parts(body)?;
    let sum: Decimal = parts.iter().map(|part| part.amount).sum();
    if parts.len() < 2 || !sum.is_zero() {
        let text = "The allocated amounts must add up to zero.";
        return Err(Refusal::invalid("allocated_artefacts", text));
    }
    for part in &parts {
        let is_debt = part.amount > Decimal::ZERO;
        check(books, contact_id, part, |it| (it == Kind::SalesInvoice) == is_debt)?;
    }
    for part in &parts {
        settle(books, call, &part.artefact_id, part.amount.abs());
    }
    let allocation = Allocation {
        business_id: books.id.clone(),
        id: new_id(),
        contact_id: contact_id.to_owned(),
        date,
        parts,
        deleted_at: None,
        created_at: call.now,
        updated_at: call.now,
    };
    let id = allocation.id.clone();
    books.touch("contact_allocation", &allocation);
    books.allocations.push(allocation);
    Ok(id)
}

/// Takes an allocation back.
///
/// # Errors
/// It is not there.
pub fn unallocate(books: &mut Books, call: Call, id: &str) -> Result<(), Refusal> {
    let found = books.allocations.iter_mut().find(|it| it.id == id && it.deleted_at.is_none());
    let allocation = found.ok_or_else(Refusal::not_found)?;
    allocation.deleted_at = Some(call.now);
    allocation.updated_at = call.now;
    let allocation = allocation.clone();
    for part in &allocation.parts {
        settle(books, call, &part.artefact_id, -part.amount.abs());
    }
    books.touch("contact_allocation", &allocation);
    Ok(())
}

fn parts(body: &Value) -> Result<Vec<Part>, Refusal> {
    let field = "allocated_artefacts";
    let part = |row: &Value| {
        let missing = |name: &str| Refusal::required(format!("{field}.{name}"));
        Ok(Part {
            id: new_id(),
            artefact_id: filled(row, "artefact_id")
                .ok_or_else(|| missing("artefact_id"))?
                .to_owned(),
            amount: decimal(row, "amount")?.ok_or_else(|| missing("amount"))?,
        })
    };
    rows(body, field).iter().map(part).collect()
}

/// Whether an artefact, or money on account, of this contact can take the part.
fn check(
    books: &mut Books,
    contact_id: &str,
    part: &Part,
    fits: impl Fn(Kind) -> bool,
) -> Result<(), Refusal> {
    let amount = part.amount.abs();
    let refused = || Refusal::invalid("", SETTLED);
    if let Some(artefact) = books.artefact(&part.artefact_id) {
        let is_right = artefact.contact_id == contact_id && fits(artefact.kind);
        let has_room = artefact.status.is_posted() && artefact.outstanding >= amount;
        return match (is_right, has_room && !amount.is_zero()) {
            (false, _) => Err(Refusal::not_found()),
            (true, false) => Err(refused()),
            (true, true) => Ok(()),
        };
    }
    let (owner, left) = books.on_account_mut(&part.artefact_id).ok_or_else(Refusal::not_found)?;
    let is_right = owner == contact_id && fits(Kind::SalesCreditNote);
    if is_right && left.outstanding >= amount { Ok(()) } else { Err(refused()) }
}

fn settle(books: &mut Books, call: Call, id: &str, amount: Decimal) {
    if let Some(artefact) = books.artefact_mut(id) {
        artefact.settle(amount, call.now);
        let row = artefact.clone();
        books.touch(row.kind.namespace(), &row);
    } else if let Some((_, left)) = books.on_account_mut(id) {
        left.outstanding -= amount;
    }
}
