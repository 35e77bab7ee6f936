//! Payments of invoices and refunds of credits. Only authorised documents take one, never for more
//! than is open; a surplus goes through a bank transaction as an overpayment.

use rust_decimal::Decimal;
use serde_json::Value;
use uuid::Uuid;

use super::books::{Books, Call, Written};
use super::json::{date, decimal, filled, given, id};
use super::lines::half_up;
use super::model::{Document, Kind, Payment, Status};

/// Creates a payment, or deletes the one named in the path or body.
///
/// # Errors
/// Xero's sentences about what is wrong with the body.
pub fn write_payment(books: &mut Books, call: &Call, body: &Value) -> Written {
    match call.target.or_else(|| id(body, "PaymentID").filter(|_| call.may_update)) {
        Some(payment_id) => delete(books, call, payment_id, body),
        None => create(books, call, body),
    }
}

fn create(books: &mut Books, call: &Call, body: &Value) -> Written {
    let mut document = find_document(books, body)?;
    let mut errors = Vec::new();
    let account_code = match books.named_account(given(body, "Account").unwrap_or(&Value::Null)) {
        Some(it) if !it.archived && (it.is_bank() || it.takes_payments) => {
            errors.extend(books.check_exchange(it, &document.currency_code).err());
            it.code.clone()
        }
        Some(it) => {
            errors.push(format!(
                "The account '{}' is archived or not enabled for payments.",
                it.code
            ));
            String::new()
        }
        None => {
            errors.push("A valid payment account must be specified.".to_owned());
            String::new()
        }
    };
    let amount = read(decimal(body, "Amount"), &mut errors).unwrap_or_default();
    let date = read(date(body, "Date"), &mut errors).unwrap_or_else(|| call.today());
    let currency_rate = read(decimal(body, "CurrencyRate"), &mut errors).unwrap_or(Decimal::ONE);
    errors.extend(books.check_open("payment", date).err());
    errors.extend(refusal(&document, amount));
    if !errors.is_empty() {
        return Err(errors);
    }
    let amount = half_up(amount, 2);
    let payment = Payment {
        tenant_id: books.tenant_id,
        id: Uuid::now_v7(),
        document_id: document.id,
        document_kind: document.kind,
        account_code,
        date,
        amount,
        currency_rate,
        reference: filled(body, "Reference").map(str::to_owned),
        deleted: false,
        updated_at: call.now,
    };
    document.amount_paid += amount;
    document.updated_at = call.now;
    document.settle_status(date);
    let id = payment.id;
    books.documents.put(document);
    books.payments.put(payment);
    Ok(id)
}

fn refusal(document: &Document, amount: Decimal) -> Option<String> {
    let reason = if document.status != Status::Authorised {
        "Payments can only be made against Authorised documents"
    } else if amount <= Decimal::ZERO || amount != half_up(amount, 2) {
        "The payment amount must be greater than zero, with at most two decimal places."
    } else if amount > document.open_amount() {
        "Payment amount exceeds the amount outstanding on this document"
    } else {
        return None;
    };
    Some(reason.to_owned())
}

fn find_document(books: &Books, body: &Value) -> Result<Document, Vec<String>> {
    let by_id = [("Invoice", "InvoiceID"), ("CreditNote", "CreditNoteID")]
        .into_iter()
        .chain([("Overpayment", "OverpaymentID"), ("Prepayment", "PrepaymentID")])
        .find_map(|(object, name)| id(given(body, object)?, name))
        .and_then(|id| books.documents.get(id));
    let number_in = |object: &str, name: &str| {
        given(body, object).and_then(|it| filled(it, name)).or_else(|| filled(body, name))
    };
    let found = by_id
        .or_else(|| books.numbered(Kind::AccRec, number_in("Invoice", "InvoiceNumber")?))
        .or_else(|| {
            books.numbered(Kind::AccRecCredit, number_in("CreditNote", "CreditNoteNumber")?)
        });
    found.cloned().ok_or_else(|| {
        vec![
            "Payment must reference a valid invoice, credit note, prepayment or overpayment."
                .into(),
        ]
    })
}

fn delete(books: &mut Books, call: &Call, payment_id: Uuid, body: &Value) -> Written {
    let Some(mut payment) = books.payments.get(payment_id).cloned() else {
        return Err(vec![format!("The payment {payment_id} could not be found.")]);
    };
    if filled(body, "Status") != Some("DELETED") || payment.deleted {
        return Err(vec!["Payment not of valid status for modification".to_owned()]);
    }
    books.check_open("payment", payment.date).map_err(|error| vec![error])?;
    let Some(mut document) = books.documents.get(payment.document_id).cloned() else {
        return Err(vec!["The paid document could not be found.".to_owned()]);
    };
    document.amount_paid -= payment.amount;
    document.updated_at = call.now;
    document.settle_status(call.today());
    payment.deleted = true;
    payment.updated_at = call.now;
    books.documents.put(document);
    books.payments.put(payment);
    Ok(payment_id)
}

fn read<T>(value: Result<Option<T>, String>, errors: &mut Vec<String>) -> Option<T> {
    value.unwrap_or_else(|error| {
        errors.push(error);
        None
    })
}
