//! Looking at money received.
//!
//! Never writes.

use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::payments::{
    AllocationView, ListPayments, PaymentPage, PaymentRequest, PaymentRow, PaymentView,
};
use crate::{listing, typed};
use finance::ids::PaymentId;
use store::{PaymentColumn, PaymentFilter};

const COLUMNS: &[(&str, PaymentColumn)] = &[
    ("received_on", PaymentColumn::ReceivedOn),
    ("student", PaymentColumn::Student),
    ("method", PaymentColumn::Method),
    ("method_name", PaymentColumn::Method),
    ("amount", PaymentColumn::Amount),
    ("unallocated", PaymentColumn::Unallocated),
];

/// A page of payments with the sums of all that match.
pub async fn list_payments(
    office: &Office,
    _: &Actor,
    request: ListPayments,
) -> Result<PaymentPage, Fault> {
    let filter = PaymentFilter {
        query: typed::text("query", &request.query, typed::SHORT)?,
        student_id: typed::optional_id("student_id", request.student_id.as_deref())?,
        unallocated: request.unallocated,
    };
    let order = listing::order(request.order.as_ref(), COLUMNS)?;
    let window = listing::window(&request.window);
    let mut view = office.store.read().await?;
    let page = view.list_payments(&filter, order, window).await?;
    Ok(PaymentPage {
        rows: page.rows.into_iter().map(row).collect(),
        total: page.total,
        amount: page.amount.into(),
        unallocated: page.unallocated.into(),
    })
}

fn row(row: store::PaymentRow) -> PaymentRow {
    let payment = row.payment;
    PaymentRow {
        id: payment.id.to_string(),
        student_id: payment.student_id.to_string(),
        student: row.student,
        received_on: payment.received_on.to_string(),
        method: payment.method,
        method_name: row.method_name,
        reference: payment.reference,
        amount: payment.amount.into(),
        unallocated: row.unallocated.into(),
        invoices: row.invoices,
        exports: Vec::new(),
    }
}

/// One payment.
pub async fn find_payment(
    office: &Office,
    _: &Actor,
    request: PaymentRequest,
) -> Result<PaymentView, Fault> {
    show(office, typed::id("id", &request.id)?).await
}

pub(crate) async fn show(office: &Office, id: PaymentId) -> Result<PaymentView, Fault> {
    let mut view = office.store.read().await?;
    let missing = || Fault::new(Code::NotFound, "There is no such payment.").rule("payment");
    let row = view.find_payment(id).await?.ok_or_else(missing)?;
    let allocations = view.allocations_of_payment(id).await?;
    let payment = row.payment;
    Ok(PaymentView {
        id: payment.id.to_string(),
        student_id: payment.student_id.to_string(),
        student: row.student,
        received_on: payment.received_on.to_string(),
        method: payment.method,
        method_name: row.method_name,
        reference: payment.reference,
        note: payment.note,
        amount: payment.amount.into(),
        unallocated: row.unallocated.into(),
        allocations: allocations
            .into_iter()
            .map(|row| AllocationView {
                invoice_id: row.allocation.invoice_id.to_string(),
                invoice_number: row.invoice_number,
                amount: row.allocation.amount.into(),
                date: row.allocation.allocated_on.to_string(),
            })
            .collect(),
        exports: Vec::new(),
    })
}
