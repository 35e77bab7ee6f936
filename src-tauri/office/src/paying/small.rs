//! A few øre that a payment leaves open.
//!
//! Never lets anything go by itself: it is offered, and written off where a person says so.

use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::payments::{RecordPayment, SmallRest};
use crate::{school, typed};
use finance::allocation::{OpenItem, Share};
use finance::fact::FactBody;
use finance::ids::{AllocationId, InvoiceId};
use finance::write_off::{WriteOff, WriteOffRejection, is_small};
use store::View;

/// Rests below the school's limit that shares leave.
///
/// # Errors
/// What the database reports.
pub(super) async fn rests(
    office: &Office,
    view: &mut View,
    shares: &[Share],
    items: &[OpenItem],
) -> Result<Vec<SmallRest>, Fault> {
    let limit = school::small_difference(view, office).await?;
    let mut rests = Vec::new();
    for share in shares {
        let Some(item) = items.iter().find(|item| item.invoice_id == share.invoice_id) else {
            continue;
        };
        let rest = item.open.minus(share.amount)?;
        if is_small(rest, limit) {
            rests.push(SmallRest {
                invoice_id: item.invoice_id.to_string(),
                number: item.number.clone(),
                rest: rest.into(),
            });
        }
    }
    Ok(rests)
}

/// The write-offs a person asked for with a payment.
///
/// # Errors
/// [`Code::CannotPay`], rule `not_small`, for a rest above the limit or an invoice that the payment
/// does not settle.
pub(super) async fn write_offs(
    office: &Office,
    view: &mut View,
    request: &RecordPayment,
    (shares, items): (&[Share], &[OpenItem]),
) -> Result<Vec<FactBody>, Fault> {
    let Some(wanted) = request.write_off.as_deref().filter(|wanted| !wanted.is_empty()) else {
        return Ok(Vec::new());
    };
    let limit = school::small_difference(view, office).await?;
    let on = typed::date("received_on", &request.received_on)?;
    let mut bodies = Vec::with_capacity(wanted.len());
    for (place, id) in wanted.iter().enumerate() {
        let invoice_id: InvoiceId = typed::id(&format!("write_off.{place}"), id)?;
        let share = shares.iter().find(|share| share.invoice_id == invoice_id);
        let item = items.iter().find(|item| item.invoice_id == invoice_id);
        let (share, item) = share.zip(item).ok_or_else(|| {
            Fault::new(Code::CannotPay, "Only an invoice this money settles can be let go.")
                .rule("not_settled")
                .at("write_off")
        })?;
        let rest = item.open.minus(share.amount)?;
        if !is_small(rest, limit) || wanted[..place].contains(id) {
            let invoice = item.number.clone();
            let refused = WriteOffRejection::NotSmall { invoice, open: rest, limit };
            return Err(Fault::new(Code::CannotPay, refused.to_string())
                .rule("not_small")
                .at("write_off")
                .with("invoice", item.number.clone())
                .with("open", rest.amount().to_string())
                .with("limit", limit.amount().to_string()));
        }
        let student_id = typed::id("student_id", &request.student_id)?;
        bodies.push(FactBody::InvoiceWrittenOff(WriteOff {
            id: AllocationId(office.ids.new_id()),
            school_id: office.school.id,
            student_id,
            invoice_id,
            amount: rest,
            base: None,
            written_off_on: on.max(item.issue_date),
            reason: String::new(),
            small: true,
        }));
    }
    Ok(bodies)
}
