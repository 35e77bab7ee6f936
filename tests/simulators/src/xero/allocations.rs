//! Credit applied to invoices, from a credit note or an overpayment. Never more than either side
//! has left.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::Value;
use uuid::Uuid;

use super::books::{Books, Call, Written};
use super::json::{date, decimal, filled, given, id};
use super::lines::half_up;
use super::model::{Allocation, Document, Kind, Status};

/// Allocates credit of the document in the path to the invoice in the body.
///
/// # Errors
/// Xero's sentences about what is wrong with the body.
pub fn write_allocation(books: &mut Books, call: &Call, body: &Value) -> Written {
    let source = call.target.and_then(|id| books.documents.get(id)).cloned();
    let invoice = given(body, "Invoice").and_then(|named| find_invoice(books, named)).cloned();
    let (Some(mut source), Some(mut invoice)) = (source, invoice) else {
        return Err(vec!["Allocation must reference a valid credit and invoice.".to_owned()]);
    };
    let amount = decimal(body, "Amount").map_err(|error| vec![error])?.unwrap_or_default();
    let date = date(body, "Date").map_err(|error| vec![error])?.unwrap_or_else(|| call.today());
    let errors = refusals(books, &source, &invoice, amount, date);
    if !errors.is_empty() {
        return Err(errors);
    }
    let amount = half_up(amount, 2);
    let allocation = Allocation {
        tenant_id: books.tenant_id,
        id: Uuid::now_v7(),
        source_id: source.id,
        invoice_id: invoice.id,
        amount,
        date,
        deleted: false,
        updated_at: call.now,
    };
    for document in [&mut source, &mut invoice] {
        document.amount_credited += amount;
        document.updated_at = call.now;
        document.settle_status(date);
    }
    let id = allocation.id;
    books.documents.put(source);
    books.documents.put(invoice);
    books.allocations.put(allocation);
    Ok(id)
}

/// Takes an allocation back.
///
/// # Errors
/// Xero's sentence when there is no such allocation.
pub fn delete_allocation(books: &mut Books, call: &Call, allocation_id: Uuid) -> Written {
    let found = books.allocations.get(allocation_id).filter(|it| !it.deleted).cloned();
    let Some(mut allocation) = found else {
        return Err(vec!["The allocation could not be found.".to_owned()]);
    };
    for id in [allocation.source_id, allocation.invoice_id] {
        if let Some(mut document) = books.documents.get(id).cloned() {
            document.amount_credited -= allocation.amount;
            document.updated_at = call.now;
            document.settle_status(call.today());
            books.documents.put(document);
        }
    }
    allocation.deleted = true;
    allocation.updated_at = call.now;
    books.allocations.put(allocation);
    Ok(allocation_id)
}

fn find_invoice<'a>(books: &'a Books, named: &Value) -> Option<&'a Document> {
    match id(named, "InvoiceID") {
        Some(id) => books.documents.get(id).filter(|document| document.kind.is_invoice()),
        None => books.numbered(Kind::AccRec, filled(named, "InvoiceNumber")?),
    }
}

fn refusals(
    books: &Books,
    source: &Document,
    invoice: &Document,
    amount: Decimal,
    date: NaiveDate,
) -> Vec<String> {
    let rules = [
        (
            amount <= Decimal::ZERO || amount != half_up(amount, 2),
            "The allocation amount must be greater than zero, with at most two decimal places.",
        ),
        (
            source.status != Status::Authorised || invoice.status != Status::Authorised,
            "Credit can only be allocated between Authorised documents.",
        ),
        (
            source.kind.is_sales() != invoice.kind.is_sales(),
            "The credit and the invoice are not of matching types.",
        ),
        (
            source.contact_id != invoice.contact_id,
            "The credit and the invoice must belong to the same contact.",
        ),
        (amount > source.open_amount(), "The amount to be allocated exceeds the remaining credit."),
        (
            amount > invoice.open_amount(),
            "The amount to be allocated exceeds the amount outstanding on this document.",
        ),
    ];
    let broken = rules.into_iter().filter(|(broken, _)| *broken);
    let mut errors: Vec<String> = broken.map(|(_, sentence)| sentence.to_owned()).collect();
    errors.extend(books.check_open("allocation", date).err());
    errors
}
