//! Money on account that we told: what is set against invoices out of it there.
//!
//! Never the money itself once more: only what was done with it there, and each of that once.

use super::noted::{Noted, Three, amount, theirs};
use super::uses::{self, Use};
use super::{Reading, paid_back};
use crate::fault::Fault;
use crate::paying::{self, Unused};
use finance::Money;
use finance::allocation::{CreditSource, Share};
use finance::fact::FactBody;
use finance::ids::{AllocationId, PaymentId};
use providers::change::{RemoteChange, RemotePayment};
use std::slice;
use store::exports::KeptUse;
use store::{OurSide, Tx};
use uuid::Uuid;

/// Takes over what was set against invoices out of a part of a payment that we told.
pub(super) async fn take(
    tx: &mut Tx,
    reading: &Reading<'_>,
    told: &RemotePayment,
    ours: &OurSide,
) -> Result<Noted, Fault> {
    let connection = reading.connection.id;
    let Some((payment, used)) = tx.kept_uses(connection, ours.document_id).await? else {
        return Ok(Noted::of("ours", ours));
    };
    let noted = Noted { ours_id: Some(payment.0), ..Noted::of("ours", ours) };
    let mut three =
        Three { theirs: theirs(&RemoteChange::Payment(told.clone())), ..Three::default() };
    three.ours.extend(ours.amount.map(|it| ("amount", amount(it))));
    three.agreed.clone_from(&three.ours);
    if ours.amount.is_some_and(|amount| amount != told.record.gross) {
        return Ok(noted.conflict("amount_differs", &three));
    }
    let uses = uses::of(tx, reading, told).await?;
    if !uses.others.is_empty() {
        return Ok(noted.conflict("credit_not_ours", &three));
    }
    let held = Held { told, part: Some(ours.document_id), payment, used };
    follow_all(tx, reading, &held, &uses.ours, (noted, &three)).await
}

/// Money that holds credit there: as it was told, the payment here, and what is known as used of it.
pub(super) struct Held<'a> {
    pub told: &'a RemotePayment,
    /// The part that is all of it; nothing where it is the share of a student.
    pub part: Option<Uuid>,
    pub payment: PaymentId,
    pub used: Vec<KeptUse>,
}

/// Takes over what is set there against invoices of ours and not here.
pub(super) async fn follow_all(
    tx: &mut Tx,
    reading: &Reading<'_>,
    Held { told, part, payment, used }: &Held<'_>,
    uses: &[Use],
    (noted, three): (Noted, &Three),
) -> Result<Noted, Fault> {
    let mut outcome = noted;
    for set in uses {
        let known: Vec<&KeptUse> =
            used.iter().filter(|it| it.invoice == set.invoice_id()).collect();
        let sum = known.iter().map(|it| it.minor).sum();
        let currency = set.amount.currency();
        let more = set.amount.minus(Money::from_minor(sum, currency))?;
        if more.is_negative() {
            // Something of ours is still on its way.
            continue;
        }
        // What stands here as well and was not sent yet is there already.
        for one in known {
            let amount = Money::from_minor(one.minor, currency);
            note(tx, reading, told, set, (one.allocation, amount)).await?;
        }
        if more.is_zero() {
            continue;
        }
        let share = Share { amount: more, ..set.share() };
        let Some(followed) = follow(tx, reading, (told, *payment), share).await? else {
            return Ok(outcome.conflict("credit_used", three));
        };
        note(tx, reading, told, set, (followed, more)).await?;
        outcome = Noted { outcome: "taken", ..outcome };
    }
    let Some(part) = part else { return Ok(outcome) };
    Ok(match paid_back::gone(tx, told, *part).await? {
        Some(gone) => outcome.conflict("paid_back_there", &paid_back::told(three, gone)?),
        None => outcome,
    })
}

/// What was set against an invoice there is set against it here; nothing where less is left here.
async fn follow(
    tx: &mut Tx,
    reading: &Reading<'_>,
    (told, payment): (&RemotePayment, PaymentId),
    share: Share,
) -> Result<Option<AllocationId>, Fault> {
    let row = tx.find_payment(payment).await?;
    let Some(student) = row.map(|row| row.payment.student_id) else { return Ok(None) };
    let source = CreditSource::Payment(payment);
    let credits = tx.unused_credits(student).await?;
    let credit = credits.into_iter().find(|credit| credit.source == source);
    let enough =
        credit.filter(|it| it.unused.minus(share.amount).is_ok_and(|left| !left.is_negative()));
    let Some(credit) = enough else { return Ok(None) };
    let items = tx.open_items(student, reading.office.today()).await?;
    let on = told.record.date.max(credit.date);
    let unused = Unused { source, left: (credit.unused, credit.base), on };
    let bodies =
        paying::settled(reading.office, (student, unused), slice::from_ref(&share), &items)?;
    let Some(FactBody::MoneyAllocated(allocation)) = bodies.first().cloned() else {
        return Ok(None);
    };
    if allocation.amount != share.amount {
        return Ok(None);
    }
    reading.office.record(tx, &reading.actor, bodies).await?;
    Ok(Some(allocation.id))
}

/// It is there already.
pub(super) async fn note(
    tx: &mut Tx,
    reading: &Reading<'_>,
    told: &RemotePayment,
    set: &Use,
    allocated: (AllocationId, Money),
) -> Result<(), Fault> {
    let (connection, now_ms) = (reading.connection.id, reading.now_ms());
    let there = set.name(&told.record.id, allocated);
    Ok(tx.note_applied_there(connection, allocated.0, &there, now_ms).await?)
}
