//! Giving up what an invoice has open.
//!
//! Never without a reason, and never more than the person saw: the amount confirmed is what is open.

use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::invoices::InvoiceView;
use crate::wire::returned::WriteOffInvoice;
use crate::{invoices, returning, typed};
use finance::fact::FactBody;
use finance::ids::{AllocationId, InvoiceId};
use finance::write_off::{WriteOff, WriteOffRejection};

fn refused(rejection: &WriteOffRejection) -> Fault {
    let fault = Fault::new(Code::CannotPay, rejection.to_string());
    match rejection {
        WriteOffRejection::NothingOpen { invoice } => {
            fault.rule("nothing_open").with("invoice", invoice.clone())
        }
        WriteOffRejection::NotSmall { .. } => fault.rule("not_small"),
        WriteOffRejection::BeforeInvoice => fault.rule("too_early").at("on"),
        WriteOffRejection::NoReason => fault.rule("no_reason").at("reason"),
    }
}

/// Writes off all that an invoice has open; asked twice with the same id, once.
pub async fn write_off_invoice(
    office: &Office,
    actor: &Actor,
    request: WriteOffInvoice,
) -> Result<InvoiceView, Fault> {
    let id: AllocationId = typed::id("id", &request.id)?;
    let invoice_id: InvoiceId = typed::id("invoice_id", &request.invoice_id)?;
    let on = returning::past_day(office, "on", &request.on)?;
    let reason = typed::required("reason", &request.reason, typed::LINE)?;
    let mut tx = office.store.begin().await?;
    if tx.find_allocation(id).await?.is_none() {
        let record = invoices::demand(&mut tx, invoice_id).await?;
        let confirmed = typed::money("amount", &request.amount, record.open.currency())?;
        let invoice = record.invoice;
        if !record.open.is_positive() {
            let invoice = invoice.number.text;
            return Err(refused(&WriteOffRejection::NothingOpen { invoice }));
        }
        if on < invoice.issue_date {
            return Err(refused(&WriteOffRejection::BeforeInvoice));
        }
        if confirmed != record.open {
            let message = "What is open has changed; nothing was written off.";
            let fault = Fault::new(Code::CannotPay, message).rule("open_changed").at("amount");
            return Err(fault.with("open", record.open.amount().to_string()));
        }
        let given_up = FactBody::InvoiceWrittenOff(WriteOff {
            id,
            school_id: office.school.id,
            student_id: invoice.student_id,
            invoice_id,
            amount: record.open,
            base: record.base_open,
            written_off_on: on,
            reason,
            small: false,
        });
        office.record(&mut tx, actor, [given_up]).await?;
        tx.commit().await?;
    } else {
        drop(tx);
    }
    invoices::show(office, invoice_id).await
}
