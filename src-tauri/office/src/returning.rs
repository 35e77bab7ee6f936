//! What becomes of money after it was recorded: confirmed, failed, reversed, released.
//!
//! Never edits what was recorded: each is a further fact, and what was on a day before it stays.

use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::balances::AccountView;
use crate::wire::payments::PaymentView;
use crate::wire::returned::{ReleaseAllocation, ReversePayment, TurnPayment};
use crate::{balances, invoices, payments, typed};
use chrono::NaiveDate;
use finance::fact::FactBody;
use finance::ids::{AllocationId, PaymentId};
use finance::payment::{PaymentOutcome, PaymentState, PaymentTurn, TurnRejection};
use finance::release::Release;
use store::{PaymentRow, Tx, View};

/// A day an act counts from: not in the future.
///
/// # Errors
/// [`Code::Invalid`] at `field`, [`Code::CannotPay`] for a day to come.
pub(crate) fn past_day(office: &Office, field: &str, text: &str) -> Result<NaiveDate, Fault> {
    let day = typed::date(field, text)?;
    if day > office.today() {
        let fault = Fault::new(Code::CannotPay, "This cannot have happened in the future.");
        return Err(fault.rule("not_yet").at(field));
    }
    Ok(day)
}

/// A refusal in the office's codes.
fn refused(rejection: TurnRejection) -> Fault {
    let (code, rule, field) = match rejection {
        TurnRejection::WrongState => (Code::WrongState, "payment_state", "payment_id"),
        TurnRejection::TooEarly => (Code::CannotPay, "too_early", "on"),
        TurnRejection::NoReason => (Code::CannotPay, "no_reason", "reason"),
    };
    Fault::new(code, rejection.to_string()).rule(rule).at(field)
}

async fn demand(view: &mut View, id: PaymentId) -> Result<PaymentRow, Fault> {
    let missing = || Fault::new(Code::NotFound, "There is no such payment.").rule("payment");
    view.find_payment(id).await?.ok_or_else(missing)
}

/// Announced money arrived, or did not. Said twice, it is recorded once.
pub async fn turn_payment(
    office: &Office,
    actor: &Actor,
    request: TurnPayment,
) -> Result<PaymentView, Fault> {
    let outcome = typed::one_of(
        "outcome",
        &request.outcome,
        &[("confirmed", PaymentOutcome::Confirmed), ("failed", PaymentOutcome::Failed)],
    )?;
    let id: PaymentId = typed::id("payment_id", &request.payment_id)?;
    let turn = PaymentTurn {
        school_id: office.school.id,
        payment_id: id,
        outcome,
        on: past_day(office, "on", &request.on)?,
        reason: typed::text("reason", &request.reason, typed::LINE)?,
    };
    let mut tx = office.store.begin().await?;
    let row = demand(&mut tx, id).await?;
    turned(office, actor, tx, (row, turn)).await?;
    payments::show(office, id).await
}

/// Money that had arrived is gone again: what it settled is open again from that day.
pub async fn reverse_payment(
    office: &Office,
    actor: &Actor,
    request: ReversePayment,
) -> Result<PaymentView, Fault> {
    let id: PaymentId = typed::id("payment_id", &request.payment_id)?;
    let turn = PaymentTurn {
        school_id: office.school.id,
        payment_id: id,
        outcome: PaymentOutcome::Reversed,
        on: past_day(office, "on", &request.on)?,
        reason: typed::required("reason", &request.reason, typed::LINE)?,
    };
    let mut tx = office.store.begin().await?;
    let row = demand(&mut tx, id).await?;
    let confirmed = typed::money("amount", &request.amount, row.payment.amount.currency())?;
    if confirmed != row.payment.amount {
        let fault = Fault::new(Code::CannotPay, "The amount confirmed is not the payment's.");
        return Err(fault.rule("not_the_amount").at("amount"));
    }
    if let Some(refund) = tx.refunds_of_payment(id).await?.first() {
        let message = "Some of this money was paid back; it cannot be reversed.";
        let fault = Fault::new(Code::CannotPay, message).rule("paid_back");
        return Err(fault.with("date", refund.paid_on.to_string()));
    }
    turned(office, actor, tx, (row, turn)).await?;
    payments::show(office, id).await
}

async fn turned(
    office: &Office,
    actor: &Actor,
    mut tx: Tx,
    (row, turn): (PaymentRow, PaymentTurn),
) -> Result<(), Fault> {
    let there = match turn.outcome {
        PaymentOutcome::Failed => PaymentState::Failed,
        PaymentOutcome::Confirmed => PaymentState::Confirmed,
        PaymentOutcome::Reversed => PaymentState::Reversed,
    };
    if row.standing.state == there {
        return Ok(());
    }
    row.standing.check(&turn, &row.payment).map_err(refused)?;
    office.record(&mut tx, actor, [FactBody::PaymentTurned(turn)]).await?;
    Ok(tx.commit().await?)
}

/// Takes back what was set against an invoice, or written off of it. Asked twice, once.
pub async fn release_allocation(
    office: &Office,
    actor: &Actor,
    request: ReleaseAllocation,
) -> Result<AccountView, Fault> {
    let id: AllocationId = typed::id("allocation_id", &request.allocation_id)?;
    let release = Release {
        school_id: office.school.id,
        allocation_id: id,
        released_on: past_day(office, "on", &request.on)?,
        reason: typed::required("reason", &request.reason, typed::LINE)?,
    };
    let mut tx = office.store.begin().await?;
    let missing = || Fault::new(Code::NotFound, "There is no such settlement.").rule("settlement");
    let found = tx.find_allocation(id).await?.ok_or_else(missing)?;
    if found.is_write_off {
        actor.demand(crate::actor::Act::GiveUp)?;
    }
    let student = invoices::demand(&mut tx, found.invoice_id).await?.invoice.student_id;
    if found.ended_on.is_none() {
        if release.released_on < found.effective_on {
            let message = "It cannot end before it counts.";
            return Err(Fault::new(Code::CannotPay, message).rule("too_early").at("on"));
        }
        office.record(&mut tx, actor, [FactBody::AllocationReleased(release)]).await?;
        tx.commit().await?;
    } else {
        drop(tx);
    }
    balances::account(office, student).await
}
