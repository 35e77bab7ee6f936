//! Money that came from there before and is told once more: something was changed there, by a person
//! or by the system itself.
//!
//! Never changes what was received: more of it may be used by now, anything else is for a person.

use super::Reading;
use super::kept;
use super::noted::{Noted, Three, amount};
use super::payments::theirs_of;
use super::uses::Use;
use super::whose::{Known, Meant, Whose, whose};
use crate::fault::Fault;
use crate::paying::{self, Unused};
use finance::Money;
use finance::allocation::{CreditSource, Share};
use finance::ids::StudentId;
use finance::payment::Payment;
use providers::change::RemotePayment;
use store::Tx;
use store::exports::{ExportKind, shared};

/// What becomes of it: `before` is what is recorded of it here, of each student.
pub(super) async fn take(
    tx: &mut Tx,
    reading: &Reading<'_>,
    told: &RemotePayment,
    before: Vec<Payment>,
) -> Result<Noted, Fault> {
    let first = before.first();
    let mut noted = Noted {
        outcome: "same",
        student: first.map(|it| it.student_id),
        ours_id: first.map(|it| it.id.0),
        ..Noted::default()
    };
    let shares: Vec<(StudentId, Money)> =
        before.iter().map(|it| (it.student_id, it.amount)).collect();
    let known = Known { said: None, before: &shares };
    let Whose::Ours(meant) = whose(tx, reading, told, known).await? else { return Ok(noted) };
    noted.label = meant.first().map(|it| it.label.clone()).unwrap_or_default();
    let three = three_of(told, &before)?;
    let same = |payment: &Payment| {
        let of = |it: &&Meant| it.student == payment.student_id && it.amount == payment.amount;
        meant.iter().find(of)
    };
    let pairs: Vec<(&Payment, &Meant)> =
        before.iter().filter_map(|payment| Some((payment, same(payment)?))).collect();
    if pairs.len() != before.len() || pairs.len() != meant.len() {
        return Ok(noted.conflict("payment_changed", &three));
    }
    for (payment, meant) in pairs {
        let now = Noted {
            student: noted.student,
            ours_id: noted.ours_id,
            label: noted.label.clone(),
            outcome: "same",
            ..Noted::default()
        };
        let now = one(tx, reading, told, (payment, meant), (now, &three)).await?;
        if now.conflict.is_some() {
            return Ok(now);
        }
        if now.outcome == "taken" {
            noted = now;
        }
    }
    Ok(noted)
}

/// What one student has of it: what was unused may pay something by now.
async fn one(
    tx: &mut Tx,
    reading: &Reading<'_>,
    told: &RemotePayment,
    (payment, meant): (&Payment, &Meant),
    (noted, three): (Noted, &Three),
) -> Result<Noted, Fault> {
    let connection = reading.connection.id;
    let part = tx.our_side(connection, ExportKind::OnAccount, reading.known_as(payment)).await?;
    if let Some(part) = part {
        let kept = tx.kept_uses(connection, part.document_id).await?;
        let used = kept.map(|(_, used)| used).unwrap_or_default();
        let is_share = payment.event.as_deref().is_some_and(shared::is_share);
        let all = (!is_share).then_some(part.document_id);
        let held = kept::Held { told, part: all, payment: payment.id, used };
        return kept::follow_all(tx, reading, &held, &meant.uses, (noted, three)).await;
    }
    let shares: Vec<Share> = meant.uses.iter().map(Use::share).collect();
    let rows = tx.allocations_of_payment(payment.id).await?;
    let used: Vec<Share> = rows
        .into_iter()
        .filter(|row| row.ended_on.is_none())
        .map(|row| Share { invoice_id: row.allocation.invoice_id, amount: row.allocation.amount })
        .collect();
    if used.iter().any(|share| !reaches(&shares, share)) {
        return Ok(noted.conflict("payment_changed", three));
    }
    let credits = tx.unused_credits(payment.student_id).await?;
    let source = CreditSource::Payment(payment.id);
    let Some(credit) = credits.into_iter().find(|credit| credit.source == source) else {
        return Ok(noted);
    };
    let more = more(&shares, &used)?;
    let items = tx.open_items(payment.student_id, reading.office.today()).await?;
    let on = told.record.date.max(payment.received_on);
    let unused = Unused { source, left: (credit.unused, credit.base), on };
    let bodies = paying::settled(reading.office, (payment.student_id, unused), &more, &items)?;
    if bodies.is_empty() {
        return Ok(noted);
    }
    reading.office.record(tx, &reading.actor, bodies).await?;
    Ok(Noted { outcome: "taken", ..noted })
}

fn three_of(told: &RemotePayment, before: &[Payment]) -> Result<Three, Fault> {
    let mut three = Three { theirs: theirs_of(told), ..Three::default() };
    if let Some(first) = before.first() {
        let sum = Money::sum(first.amount.currency(), before.iter().map(|it| it.amount))?;
        three.ours.insert("amount", amount(sum));
        three.ours.insert("date", first.received_on.to_string());
    }
    three.agreed.clone_from(&three.ours);
    Ok(three)
}

fn reaches(theirs: &[Share], ours: &Share) -> bool {
    theirs.iter().any(|it| {
        it.invoice_id == ours.invoice_id
            && it.amount.minus(ours.amount).is_ok_and(|left| !left.is_negative())
    })
}

/// What they set against invoices beyond what we did.
fn more(theirs: &[Share], ours: &[Share]) -> Result<Vec<Share>, Fault> {
    let mut more = Vec::new();
    for share in theirs {
        let same = ours.iter().filter(|it| it.invoice_id == share.invoice_id);
        let known = Money::sum(share.amount.currency(), same.map(|it| it.amount))?;
        let amount = share.amount.minus(known)?;
        if amount.is_positive() {
            more.push(Share { invoice_id: share.invoice_id, amount });
        }
    }
    Ok(more)
}
