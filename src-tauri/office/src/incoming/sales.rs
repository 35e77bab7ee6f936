//! Documents of ours that stand otherwise there, and what was taken away there.
//!
//! Never voids anything here: an invoice that was issued is the truth until a credit note takes it
//! back.

use super::Reading;
use super::noted::{Noted, Three, amount, theirs};
use crate::fault::Fault;
use crate::paying;
use finance::payment::PaymentState;
use providers::change::RemoteChange;
use providers::record::{RemoteRecord, RemoteState};
use store::exports::{ExportKind, ExportState};
use store::{OurSide, Tx};

/// What becomes of an invoice or credit note that was told.
pub(super) async fn judge(
    tx: &mut Tx,
    reading: &Reading<'_>,
    record: &RemoteRecord,
) -> Result<Noted, Fault> {
    let kind = super::kind_of(record.kind);
    let Some(ours) = tx.our_side(reading.connection.id, kind, &record.id).await? else {
        return Ok(Noted::ignored());
    };
    let is_same = ours.amount.is_none_or(|amount| amount == record.gross);
    let cause = match record.state {
        RemoteState::Voided => "voided_there",
        RemoteState::Deleted => "deleted_there",
        RemoteState::Live | RemoteState::Draft if !is_same => "amount_differs",
        RemoteState::Live => return Ok(Noted::of("same", &ours)),
        RemoteState::Draft => "draft_there",
    };
    let mut three = three(&ours);
    three.theirs = theirs(&RemoteChange::Sale(record.clone()));
    let state = match record.state {
        RemoteState::Voided => "voided",
        RemoteState::Deleted => "deleted",
        RemoteState::Draft => "draft",
        RemoteState::Live => "live",
    };
    three.theirs.insert("state", state.to_owned());
    // A voided record has lost its amounts, and that is no difference of its own.
    if matches!(record.state, RemoteState::Voided | RemoteState::Deleted) {
        three.theirs.remove("amount");
    }
    Ok(Noted::of("conflict", &ours).conflict(cause, &three))
}

fn three(ours: &OurSide) -> Three {
    let mut three = Three::default();
    three.ours.insert("number", ours.label.clone());
    three.ours.extend(ours.amount.map(|it| ("amount", amount(it))));
    three.ours.insert("state", "live".to_owned());
    three.agreed.clone_from(&three.ours);
    three
}

/// What becomes of ours when it is no longer there.
pub(super) async fn gone(
    tx: &mut Tx,
    reading: &Reading<'_>,
    kind: ExportKind,
    id: &str,
) -> Result<Noted, Fault> {
    let connection = reading.connection.id;
    let mut found = tx.our_side(connection, kind, id).await?;
    if found.is_none() && kind == ExportKind::Payment {
        // Some systems carry applied credit as a payment over nothing.
        found = tx.our_side(connection, ExportKind::CreditAllocation, id).await?;
    }
    if found.is_none() && kind == ExportKind::Payment {
        found = tx.our_side(connection, ExportKind::OnAccount, id).await?;
    }
    let Some(ours) = found else { return money_gone(tx, reading, id).await };
    let counts = matches!(ours.state, ExportState::Exported | ExportState::SettledManually);
    if ours.ended || !counts {
        return Ok(Noted::of("same", &ours));
    }
    let cause = match ours.kind {
        ExportKind::Payment | ExportKind::OnAccount => "payment_removed",
        ExportKind::CreditAllocation => "application_removed",
        _ => "deleted_there",
    };
    let mut three = three(&ours);
    three.theirs.insert("state", "deleted".to_owned());
    let mut noted = Noted::of("conflict", &ours);
    if let Some((payment, _)) = tx.kept_uses(connection, ours.document_id).await? {
        noted.ours_id = Some(payment.0);
    }
    Ok(noted.conflict(cause, &three))
}

/// What cannot be read of ours is for a person; of what is not ours nothing is known but that.
pub(super) async fn unreadable(
    tx: &mut Tx,
    reading: &Reading<'_>,
    (kind, id): (ExportKind, &str),
    text: &str,
) -> Result<Noted, Fault> {
    let Some(ours) = tx.our_side(reading.connection.id, kind, id).await? else {
        return Ok(Noted::ignored());
    };
    let mut three = three(&ours);
    three.theirs.insert("state", text.to_owned());
    Ok(Noted::of("conflict", &ours).conflict("unreadable", &three))
}

/// Money from there that pays nothing here has no record of its own.
async fn money_gone(tx: &mut Tx, reading: &Reading<'_>, id: &str) -> Result<Noted, Fault> {
    let payment = paying::id_of_event(reading.office, &reading.event(id));
    let Some(row) = tx.find_payment(payment).await? else { return Ok(Noted::ignored()) };
    let noted = Noted {
        outcome: "same",
        student: Some(row.payment.student_id),
        ours_id: Some(payment.0),
        ..Noted::default()
    };
    if row.standing.state != PaymentState::Confirmed {
        return Ok(noted);
    }
    let mut three = Three::default();
    three.ours.insert("amount", amount(row.payment.amount));
    three.ours.insert("date", row.payment.received_on.to_string());
    three.agreed.clone_from(&three.ours);
    three.theirs.insert("state", "deleted".to_owned());
    Ok(noted.conflict("payment_removed", &three))
}
