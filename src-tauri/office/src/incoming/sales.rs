//! Documents of ours that stand otherwise there, and what was taken away there.
//!
//! Never voids anything here: an invoice that was issued is the truth until a credit note takes it
//! back.

use super::Reading;
use super::noted::{Noted, Side, Three, amount, theirs};
use crate::fault::Fault;
use crate::reconcile::{self, Field, differing};
use finance::Money;
use finance::payment::PaymentState;
use providers::change::RemoteChange;
use providers::record::{RemoteRecord, RemoteState};
use std::slice;
use store::exports::{ExportKind, ExportState};
use store::{OurRecord, OurSide, TheirRecord, Tx};

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
    if is_same && record.state == RemoteState::Live {
        return altered(tx, reading, record, &ours).await;
    }
    let cause = match record.state {
        RemoteState::Voided => "voided_there",
        RemoteState::Deleted => "deleted_there",
        RemoteState::Draft if is_same => "draft_there",
        RemoteState::Live | RemoteState::Draft => "amount_differs",
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

/// The same amount, and perhaps another number, day, customer or tax: compared as both books are.
/// What a person booked by hand may be there under any of them.
async fn altered(
    tx: &mut Tx,
    reading: &Reading<'_>,
    record: &RemoteRecord,
    ours: &OurSide,
) -> Result<Noted, Fault> {
    let same = || Noted::of("same", ours);
    let mine = tx.our_record(ours.record).await?;
    let Some(mine) = mine.filter(|it| it.state == ExportState::Exported) else {
        return Ok(same());
    };
    let theirs = reconcile::listed(slice::from_ref(record)).pop();
    let Some(theirs) = theirs.filter(|theirs| is_altered(&mine, theirs)) else {
        return Ok(same());
    };
    let contacts = [&mine.contact, &theirs.contact].map(|it| it.as_deref().unwrap_or_default());
    let names = tx.customers_there(reading.connection.id, &contacts).await?;
    let name = |id: &str| names.get(id).cloned().unwrap_or_else(|| id.to_owned());
    let here = side([
        ("number", Some(mine.label)),
        ("name", mine.contact.as_deref().map(name)),
        ("date", Some(mine.date.to_string())),
        ("due_date", mine.due_date.map(|day| day.to_string())),
        ("vat", mine.vat.map(amount)),
        ("amount", Some(amount(mine.gross))),
    ]);
    let there = side([
        ("number", Some(theirs.number)),
        ("name", theirs.contact.as_deref().map(name)),
        ("date", Some(theirs.date.to_string())),
        ("due_date", theirs.due_date.map(|day| day.to_string())),
        ("vat", theirs.vat.map(amount)),
        ("amount", Some(amount(theirs.gross))),
    ]);
    let three = Three { agreed: here.clone(), ours: here, theirs: there };
    Ok(Noted::of("conflict", ours).conflict("altered_there", &three))
}

fn is_altered(ours: &OurRecord, theirs: &TheirRecord) -> bool {
    let told = [Field::Number, Field::Date, Field::DueDate, Field::Contact, Field::Vat];
    differing(ours, theirs).iter().any(|field| told.contains(field))
}

fn side<const FIELDS: usize>(fields: [(&'static str, Option<String>); FIELDS]) -> Side {
    fields.into_iter().filter_map(|(field, said)| Some((field, said?))).collect()
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
    let rows = tx.payments_of_event(&reading.event(id)).await?;
    let Some(first) = rows.first().map(|row| row.payment.clone()) else {
        return Ok(Noted::ignored());
    };
    let noted = Noted {
        outcome: "same",
        student: Some(first.student_id),
        ours_id: Some(first.id.0),
        ..Noted::default()
    };
    let standing: Vec<Money> = rows
        .iter()
        .filter(|row| row.standing.state == PaymentState::Confirmed)
        .map(|row| row.payment.amount)
        .collect();
    if standing.is_empty() {
        return Ok(noted);
    }
    let mut three = Three::default();
    three.ours.insert("amount", amount(Money::sum(first.amount.currency(), standing)?));
    three.ours.insert("date", first.received_on.to_string());
    three.agreed.clone_from(&three.ours);
    three.theirs.insert("state", "deleted".to_owned());
    Ok(noted.conflict("payment_removed", &three))
}
