//! The facts of money that others took in: what it pays was said there.
//!
//! Never more than an invoice has open: what came beyond stays credit.

use super::shares;
use crate::derived;
use crate::fault::Fault;
use crate::office::Office;
use chrono::NaiveDate;
use finance::Money;
use finance::allocation::{self, Allocation, CreditSource, OpenItem, Share};
use finance::fact::FactBody;
use finance::ids::{AllocationId, StudentId};
use finance::payment::Payment;

/// Credit that pays something.
pub(crate) struct Unused {
    /// Where it comes from.
    pub source: CreditSource,
    /// How much is left, and what that is worth in the books where that is another currency.
    pub left: (Money, Option<Money>),
    /// The day it counts.
    pub on: NaiveDate,
}

/// A payment, and what it settles of the shares that were said.
///
/// # Errors
/// [`crate::Code::CannotPay`] for shares that cannot be paid with this money.
pub(crate) fn received(
    office: &Office,
    payment: Payment,
    said: &[Share],
    items: &[OpenItem],
) -> Result<Vec<FactBody>, Fault> {
    let unused = Unused {
        source: CreditSource::Payment(payment.id),
        left: (payment.amount, payment.base),
        on: payment.received_on,
    };
    let settled = settled(office, (payment.student_id, unused), said, items)?;
    Ok([FactBody::PaymentReceived(payment)].into_iter().chain(settled).collect())
}

/// What credit settles of the shares that were said. Each has an id that follows from the source, the
/// invoice and what the invoice had open.
///
/// # Errors
/// As [`received`].
pub(crate) fn settled(
    office: &Office,
    (student_id, unused): (StudentId, Unused),
    said: &[Share],
    items: &[OpenItem],
) -> Result<Vec<FactBody>, Fault> {
    let (left, base) = unused.left;
    let shares = fitting(left, said, items)?;
    allocation::check_shares(left, &shares, items)
        .map_err(|rejection| shares::refused(&rejection))?;
    let worths = shares::worths((left, base), &shares, items)?;
    let source = match unused.source {
        CreditSource::Payment(id) => id.to_string(),
        CreditSource::CreditNote(id) => id.to_string(),
    };
    let facts = shares.into_iter().zip(worths).map(|(share, worth)| {
        let open = items.iter().find(|item| item.invoice_id == share.invoice_id);
        let open = open.map(|item| item.open.minor().to_string()).unwrap_or_default();
        let invoice = share.invoice_id.to_string();
        let parts = ["settled elsewhere", source.as_str(), invoice.as_str(), open.as_str()];
        FactBody::MoneyAllocated(Allocation {
            id: AllocationId(derived::id(&parts)),
            school_id: office.school.id,
            student_id,
            source: unused.source,
            invoice_id: share.invoice_id,
            amount: share.amount,
            worth,
            allocated_on: unused.on,
        })
    });
    Ok(facts.collect())
}

/// The shares as far as the invoices have it open and the money reaches.
fn fitting(left: Money, said: &[Share], items: &[OpenItem]) -> Result<Vec<Share>, Fault> {
    let mut left = left;
    let mut shares: Vec<Share> = Vec::new();
    for share in said {
        let Some(item) = items.iter().find(|item| item.invoice_id == share.invoice_id) else {
            continue;
        };
        let is_named = shares.iter().any(|it| it.invoice_id == share.invoice_id);
        let amount = share.amount.smaller(item.open)?.smaller(left)?;
        if amount.is_positive() && !is_named {
            left = left.minus(amount)?;
            shares.push(Share { invoice_id: share.invoice_id, amount });
        }
    }
    Ok(shares)
}
