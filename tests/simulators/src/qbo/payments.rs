//! Payments: money for invoices, money that is not applied yet, and payments over nothing that set
//! a credit memo against an invoice.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::books::{Books, Call};
use super::fault::Fault;
use super::json::{self, Body, cents, text};
use super::model::{Entity, Life, Row};
use super::sales::{check_length, currency, dates};

/// One amount a payment takes from an object.
#[derive(Clone, Debug, PartialEq)]
struct Link {
    entity: Entity,
    id: String,
    amount: Decimal,
}

/// Checks a payment, applies it, and completes it. `old` is the row that changes; what it applied is
/// taken back first.
///
/// # Errors
/// Why it is not taken; the caller rolls back.
pub fn payment(
    books: &mut Books,
    call: &Call,
    mut body: Body,
    old: Option<&Row>,
) -> Result<Body, Fault> {
    let customer = json::reference(&body, "CustomerRef");
    let customer = customer.ok_or_else(|| Fault::required("CustomerRef"))?;
    let customer = books.usable(Entity::Customer, customer)?.clone();
    currency(books, &customer, &mut body)?;
    dates(books, call, &mut body)?;
    body.remove("DueDate");
    check_length(&body, "PaymentRefNum", 21)?;
    check_length(&body, "PrivateNote", 4000)?;
    let total = json::decimal(&body, "TotalAmt").ok_or_else(|| Fault::required("TotalAmt"))?;
    if total < Decimal::ZERO || cents(total) != total {
        return Err(Fault::number("TotalAmt"));
    }
    if let Some(account) = json::reference(&body, "DepositToAccountRef") {
        let account = books.usable(Entity::Account, account)?;
        if !matches!(account.text("AccountType"), "Bank" | "Other Current Asset") {
            return Err(Fault::business("Select a bank or other current asset account."));
        }
        let (held, home) = (account.reference("CurrencyRef"), books.settings.currency);
        let money = customer.reference("CurrencyRef");
        if ![money, home].contains(&held) && money != home {
            return Err(Fault::business("You can only use one foreign currency per transaction."));
        }
    } else {
        body.insert("DepositToAccountRef".to_owned(), json!({"value": "5"}));
    }
    if let Some(old) = old {
        release(books, call, old);
    }
    let links = links(&body)?;
    let mut unapplied = total;
    for link in &links {
        take(books, call, &customer.id, link)?;
        let is_credit = link.entity == Entity::CreditMemo;
        unapplied += if is_credit { link.amount } else { -link.amount };
    }
    if unapplied < Decimal::ZERO {
        return Err(Fault::business(
            "The amount you apply can't be more than the amount received.",
        ));
    }
    body.insert("TotalAmt".to_owned(), json::number(total));
    body.insert("UnappliedAmt".to_owned(), json::number(unapplied));
    body.entry("ProcessPayment").or_insert_with(|| json!(false));
    body.entry("Line").or_insert_with(|| json!([]));
    Ok(body)
}

/// Shows on every object that a payment takes from that it does; the payment's identifier is known
/// only once it is kept.
pub fn tie(books: &mut Books, call: &Call, payment: &str) {
    let Some(row) = books.get(Entity::Payment, payment) else { return };
    let links = links(&row.body).unwrap_or_default();
    for link in links {
        let Some(mut row) = books.get(link.entity, &link.id).cloned() else { continue };
        let mut ties: Vec<Value> =
            row.body.get("LinkedTxn").and_then(Value::as_array).cloned().unwrap_or_default();
        let tie = json!({"TxnId": payment, "TxnType": "Payment"});
        if !ties.contains(&tie) {
            ties.push(tie);
        }
        row.body.insert("LinkedTxn".to_owned(), Value::Array(ties));
        // The token moved when the amount was taken; the tie belongs to the same change.
        row.sync_token = row.sync_token.saturating_sub(1);
        books.replace(row, call.now);
    }
}

/// Gives back what a payment applied.
pub fn release(books: &mut Books, call: &Call, payment: &Row) {
    for link in links(&payment.body).unwrap_or_default() {
        let Some(mut row) = books.get(link.entity, &link.id).cloned() else { continue };
        let tie = json!({"TxnId": payment.id, "TxnType": "Payment"});
        if let Some(ties) = row.body.get_mut("LinkedTxn").and_then(Value::as_array_mut) {
            ties.retain(|it| *it != tie);
        }
        let open = row.open() + link.amount;
        row.set_open(open);
        books.replace(row, call.now);
    }
}

fn take(books: &mut Books, call: &Call, customer: &str, link: &Link) -> Result<(), Fault> {
    let row = books.get(link.entity, &link.id).filter(|row| row.life == Life::Alive);
    let mut row = row.ok_or_else(Fault::gone)?.clone();
    if row.reference("CustomerRef") != customer {
        return Err(Fault::business("The transaction belongs to another customer."));
    }
    let open = row.open() - link.amount;
    if open < Decimal::ZERO {
        return Err(Fault::business("The amount you apply can't be more than the open balance."));
    }
    row.set_open(open);
    books.replace(row, call.now);
    Ok(())
}

/// What the lines take: a line names one object, or an invoice and a credit memo at once.
fn links(body: &Body) -> Result<Vec<Link>, Fault> {
    let mut links: Vec<Link> = Vec::new();
    for line in json::list(body, "Line") {
        let amount = json::decimal(line, "Amount").ok_or_else(|| Fault::required("Line.Amount"))?;
        if amount < Decimal::ZERO || cents(amount) != amount {
            return Err(Fault::number("Line.Amount"));
        }
        for linked in json::list(line, "LinkedTxn") {
            let id = text(linked, "TxnId").ok_or_else(|| Fault::required("TxnId"))?.to_owned();
            let kind = text(linked, "TxnType").ok_or_else(|| Fault::required("TxnType"))?;
            let entity = match kind {
                "Invoice" => Entity::Invoice,
                "CreditMemo" => Entity::CreditMemo,
                other => return Err(Fault::enumeration("TxnType", other)),
            };
            links.push(Link { entity, id, amount });
        }
    }
    Ok(links)
}
