//! Credit that is set against invoices, from either side.
//!
//! Never shows what was taken off an invoice again, but to whoever took it off.

use serde_json::{Value, json};
use uuid::Uuid;

use super::super::books::Books;
use super::super::json::{day, number};
use super::Detail;

/// An allocation, as the answer to its own creation.
pub fn allocation(books: &Books, id: Uuid, _detail: Detail) -> Value {
    let Some(allocation) = books.allocations.get(id) else { return Value::Null };
    let mut shown = json!({
        "AllocationID": id,
        "Amount": number(allocation.amount),
        "Date": day(allocation.date),
        "Invoice": {"InvoiceID": allocation.invoice_id, "LineItems": []},
        "IsDeleted": allocation.deleted,
        "ValidationErrors": [],
    });
    let source = books.documents.get(allocation.source_id);
    let (object, name) = match source.map(|it| it.kind) {
        Some(kind) if kind.is_overpayment() => ("Overpayment", "OverpaymentID"),
        Some(kind) if kind.is_prepayment() => ("Prepayment", "PrepaymentID"),
        _ => ("CreditNote", "CreditNoteID"),
    };
    shown[object] = json!({name: allocation.source_id, "LineItems": []});
    shown
}

/// What is set against invoices out of a document that holds credit.
pub(super) fn allocations_of(books: &Books, source_id: Uuid) -> Value {
    let allocations = books.allocations.with_key(&format!("source {source_id}"));
    let shown = allocations.filter(|it| !it.deleted).map(|it| {
        let invoice = books.documents.get(it.invoice_id);
        json!({
            "AllocationID": it.id,
            "Amount": number(it.amount),
            "Date": day(it.date),
            "Invoice": {
                "InvoiceID": it.invoice_id,
                "InvoiceNumber": invoice.and_then(|it| it.number.clone()).unwrap_or_default(),
            },
        })
    });
    shown.collect()
}

/// The credit notes, overpayments and prepayments that were applied to an invoice.
pub(super) fn applied_credits(
    books: &Books,
    invoice_id: Uuid,
) -> (Vec<Value>, Vec<Value>, Vec<Value>) {
    let (mut notes, mut overpayments, mut prepayments) = (Vec::new(), Vec::new(), Vec::new());
    let allocations = books.allocations.with_key(&format!("invoice {invoice_id}"));
    for allocation in allocations.filter(|it| !it.deleted) {
        let Some(source) = books.documents.get(allocation.source_id) else { continue };
        let name = match source.kind {
            kind if kind.is_overpayment() => "OverpaymentID",
            kind if kind.is_prepayment() => "PrepaymentID",
            _ => "CreditNoteID",
        };
        let mut shown = json!({
            name: source.id,
            "AppliedAmount": number(allocation.amount),
            "Date": day(allocation.date),
            "Total": number(source.total),
        });
        if source.kind.is_overpayment() {
            overpayments.push(shown);
        } else if source.kind.is_prepayment() {
            prepayments.push(shown);
        } else {
            shown["CreditNoteNumber"] = json!(source.number);
            notes.push(shown);
        }
    }
    (notes, overpayments, prepayments)
}
