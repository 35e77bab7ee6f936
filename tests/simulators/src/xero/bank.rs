//! Bank transactions: plain receipts and spendings, and the kinds that leave an overpayment or a
//! prepayment behind.

use rust_decimal::Decimal;
use serde_json::Value;
use uuid::Uuid;

use super::books::{Books, Call, Written};
use super::contacts::document_contact;
use super::json::{date, filled, given, id};
use super::lines::{LineRules, read_lines, totals};
use super::model::{BankTransaction, Document, Kind, LineAmountTypes, Status};

/// Creates a bank transaction, with its overpayment or prepayment where the type asks for one, or deletes the one
/// that the body or the address names.
///
/// # Errors
/// Xero's sentences about what is wrong with the body.
pub fn write_bank_transaction(books: &mut Books, call: &Call, body: &Value) -> Written {
    let named = call.target.or_else(|| id(body, "BankTransactionID")).filter(|_| call.may_update);
    if let Some(id) = named {
        return delete(books, call, id, body);
    }
    let kind = filled(body, "Type").unwrap_or_default().to_owned();
    let overpayment = Kind::parse(&kind).filter(|kind| kind.is_overpayment());
    let prepayment = Kind::parse(&kind).filter(|kind| kind.is_prepayment());
    let is_plain = overpayment.or(prepayment).is_none();
    if is_plain && !matches!(kind.as_str(), "RECEIVE" | "SPEND") {
        return Err(vec!["A valid Type must be specified for the bank transaction.".to_owned()]);
    }
    let bank = given(body, "BankAccount").and_then(|named| books.named_account(named));
    let Some(bank) = bank.filter(|account| account.is_bank() && !account.archived) else {
        return Err(vec!["A valid BankAccount must be specified.".to_owned()]);
    };
    let account_code = bank.code.clone();
    // Only an overpayment may name another (OpenAPI 16.1.0, `BankTransaction.CurrencyRate`).
    let currency_code = filled(body, "CurrencyCode")
        .filter(|_| overpayment.is_some())
        .map_or_else(|| books.organisation.base_currency.clone(), str::to_owned);
    let may = books.check_currency(&currency_code);
    may.and_then(|()| books.check_exchange(bank, &currency_code)).map_err(|error| vec![error])?;
    let contact_id = document_contact(books, call, body)?;
    let amounts = filled(body, "LineAmountTypes").and_then(LineAmountTypes::parse);
    let mut transaction = BankTransaction {
        tenant_id: books.tenant_id,
        id: Uuid::now_v7(),
        kind,
        contact_id,
        account_code,
        date: date(body, "Date").map_err(|error| vec![error])?.unwrap_or_else(|| call.today()),
        // Only plain receipts and spendings keep one (OpenAPI 16.1.0, `BankTransaction.Reference`).
        reference: filled(body, "Reference").filter(|_| is_plain).map(str::to_owned),
        // An overpayment is owed money, not a supply: it bears no tax.
        line_amount_types: match overpayment {
            Some(_) => LineAmountTypes::NoTax,
            None => amounts.unwrap_or(LineAmountTypes::Exclusive),
        },
        lines: Vec::new(),
        currency_code,
        sub_total: Decimal::ZERO,
        total_tax: Decimal::ZERO,
        total: Decimal::ZERO,
        overpayment_id: None,
        prepayment_id: None,
        reconciled: false,
        deleted: false,
        updated_at: call.now,
    };
    fill_lines(books, call, &mut transaction, body)?;
    if let Some(kind) = overpayment.or(prepayment) {
        let document = credit_of(&transaction, kind);
        transaction.overpayment_id = overpayment.map(|_| document.id);
        transaction.prepayment_id = prepayment.map(|_| document.id);
        books.documents.put(document);
    }
    let id = transaction.id;
    books.bank_transactions.put(transaction);
    Ok(id)
}

/// What a statement of the bank was matched with stays; of overpayments and prepayments Xero documents
/// no deletion.
fn delete(books: &mut Books, call: &Call, id: Uuid, body: &Value) -> Written {
    let Some(mut row) = books.bank_transactions.get(id).cloned() else {
        return Err(vec![format!("The bank transaction {id} could not be found.")]);
    };
    if filled(body, "Status") != Some("DELETED")
        || row.overpayment_id.or(row.prepayment_id).is_some()
    {
        return Err(vec!["This simulator only deletes plain bank transactions.".to_owned()]);
    }
    if row.deleted {
        return Err(vec!["Bank transaction not of valid status for modification".to_owned()]);
    }
    if row.reconciled {
        return Err(vec![
            "This Bank Transaction cannot be edited as it has been reconciled with a Bank Statement."
                .to_owned(),
        ]);
    }
    books.check_open("transaction", row.date).map_err(|error| vec![error])?;
    row.deleted = true;
    row.updated_at = call.now;
    books.bank_transactions.put(row);
    Ok(id)
}

fn fill_lines(
    books: &Books,
    call: &Call,
    transaction: &mut BankTransaction,
    body: &Value,
) -> Result<(), Vec<String>> {
    let bodies = body.get("LineItems").and_then(Value::as_array).cloned().unwrap_or_default();
    // The line of an overpayment stands on the control account, which Xero supplies itself.
    let posted = !transaction.kind.ends_with("-OVERPAYMENT");
    let rules = LineRules { amounts: transaction.line_amount_types, posted };
    let mut errors = Vec::new();
    transaction.lines = read_lines(books, call, rules, &bodies, &mut errors);
    let sums = totals(&transaction.lines, transaction.line_amount_types);
    transaction.sub_total = sums.sub_total;
    transaction.total_tax = sums.total_tax;
    transaction.total = sums.total;
    if bodies.is_empty() {
        errors.push("One or more line items must be specified".to_owned());
    } else if errors.is_empty() && transaction.total <= Decimal::ZERO {
        errors.push("The transaction total must be greater than zero.".to_owned());
    }
    errors.extend(books.check_open("transaction", transaction.date).err());
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

fn credit_of(transaction: &BankTransaction, kind: Kind) -> Document {
    Document {
        tenant_id: transaction.tenant_id,
        kind,
        id: Uuid::now_v7(),
        number: None,
        reference: transaction.reference.clone(),
        contact_id: transaction.contact_id,
        date: transaction.date,
        due_date: None,
        status: Status::Authorised,
        line_amount_types: transaction.line_amount_types,
        lines: transaction.lines.clone(),
        currency_code: transaction.currency_code.clone(),
        currency_rate: Decimal::ONE,
        url: None,
        sub_total: transaction.sub_total,
        total_tax: transaction.total_tax,
        total: transaction.total,
        amount_paid: Decimal::ZERO,
        amount_credited: Decimal::ZERO,
        fully_paid_on: None,
        updated_at: transaction.updated_at,
    }
}
