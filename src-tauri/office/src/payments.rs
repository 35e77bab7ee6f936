//! Looking at money received.
//!
//! Never writes.

use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::marks::Marks;
use crate::office::Office;
use crate::wire::invoices::ExportMark;
use crate::wire::payments::{
    AllocationView, ListPayments, PaymentPage, PaymentRequest, PaymentRow, PaymentView,
};
use crate::{listing, typed};
use finance::ids::PaymentId;
use store::{PaymentColumn, PaymentFilter, View};
use uuid::Uuid;

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
    let allocations = allocations(&mut view, &page.rows).await?;
    let all: Vec<Uuid> = allocations.iter().flatten().copied().collect();
    let marks = Marks::read(&mut view, &all).await?;
    let rows = page.rows.into_iter().zip(&allocations);
    Ok(PaymentPage {
        rows: rows.map(|(line, sent)| row(line, marks.of(sent))).collect(),
        total: page.total,
        amount: page.amount.into(),
        unallocated: page.unallocated.into(),
    })
}

/// What of each payment is exported: its allocations. Nothing is asked where nothing is connected.
async fn allocations(view: &mut View, rows: &[store::PaymentRow]) -> Result<Vec<Vec<Uuid>>, Fault> {
    if view.connections().await?.iter().all(|connection| connection.closed) {
        return Ok(vec![Vec::new(); rows.len()]);
    }
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let allocations = view.allocations_of_payment(row.payment.id).await?;
        all.push(allocations.into_iter().map(|row| row.allocation.id.0).collect());
    }
    Ok(all)
}

fn row(row: store::PaymentRow, exports: Vec<ExportMark>) -> PaymentRow {
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
        exports,
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
    let sent: Vec<Uuid> = allocations.iter().map(|row| row.allocation.id.0).collect();
    let marks = Marks::read(&mut view, &sent).await?;
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
        exports: marks.views(&sent),
    })
}
