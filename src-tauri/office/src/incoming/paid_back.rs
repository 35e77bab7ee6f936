//! Credit of a customer that somebody paid back there.
//!
//! Never recorded by itself: from which account it went is not told, and a person may know better.

use super::Reading;
use super::noted::{Three, amount};
use crate::derived;
use crate::exchange::Said;
use crate::fault::{Code, Fault};
use crate::refunding;
use finance::Money;
use finance::allocation::CreditSource;
use finance::fact::FactBody;
use finance::ids::RefundId;
use finance::refund::{self, Refund};
use providers::change::{RemoteChange, RemotePayment};
use store::exports::ExportKind;
use store::{Conflict, Tx};
use uuid::Uuid;

/// What of a part is gone there and neither set against invoices nor paid back by us; with what we paid
/// back.
pub(super) async fn gone(
    tx: &mut Tx,
    told: &RemotePayment,
    part: Uuid,
) -> Result<Option<(Money, Money)>, Fault> {
    let Some(unused) = told.record.open else { return Ok(None) };
    let gross = told.record.gross;
    let pays = Money::sum(gross.currency(), told.pays.iter().map(|it| it.amount))?;
    let ours = tx.refunded_out_of(part).await?;
    let ours = Money::from_minor(ours, gross.currency());
    let gone = gross.minus(pays)?.minus(unused)?.minus(ours)?;
    Ok(Some((gone, ours)).filter(|(gone, _)| gone.is_positive()))
}

/// The sides with what was paid back.
pub(super) fn told(three: &Three, (gone, ours): (Money, Money)) -> Result<Three, Fault> {
    let mut three = three.clone();
    three.ours.insert("refunded", amount(ours));
    three.agreed.insert("refunded", amount(ours));
    three.theirs.insert("refunded", amount(gone.plus(ours)?));
    Ok(three)
}

/// Records here what was paid back there, in the way it came. It is not sent.
pub(super) async fn record(
    tx: &mut Tx,
    reading: &Reading<'_>,
    (conflict, reason): (&Conflict, &str),
    change: &RemoteChange,
) -> Result<(), Fault> {
    let none = || Fault::new(Code::BookDamaged, "A conflict about nothing of ours.");
    let RemoteChange::Payment(told) = change else { return Err(none()) };
    let (office, connection) = (reading.office, reading.connection.id);
    let part = tx.our_side(connection, ExportKind::OnAccount, &told.record.id).await?;
    let part = part.ok_or_else(none)?.document_id;
    let Some((amount, _)) = gone(tx, told, part).await? else { return Ok(()) };
    let (payment, _) = tx.kept_uses(connection, part).await?.ok_or_else(none)?;
    let payment = tx.find_payment(payment).await?.ok_or_else(none)?.payment;
    let source = CreditSource::Payment(payment.id);
    let mut credits = tx.unused_credits(payment.student_id).await?;
    credits.retain(|credit| credit.source == source);
    let paid_on = office.today();
    let parts = refund::take(amount, paid_on, &refunding::offered(&credits))
        .map_err(|rejection| refunding::refused(&rejection))?;
    let base = Said { foreign: None, on: paid_on }.worth(office, tx, amount).await?;
    let id = derived::id(&["paid back there", &payment.id.to_string(), &conflict.seen_hash]);
    let refund = Refund {
        id: RefundId(id),
        school_id: office.school.id,
        student_id: payment.student_id,
        method: payment.method,
        paid_on,
        amount,
        base,
        parts,
        reference: String::new(),
        reason: reason.to_owned(),
    };
    office.record(tx, &reading.actor, [FactBody::RefundPaid(refund)]).await?;
    let there = (told.record.id.as_str(), reading.now_ms());
    Ok(tx.note_said_there(connection, &[(ExportKind::Refund, id)], there).await?)
}
