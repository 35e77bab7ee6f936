//! Credit that was set against an invoice there.
//!
//! Never by half: where the credit note or the invoice is not ours, or not as much is left here, a
//! person decides.

use super::Reading;
use super::noted::{Noted, Three, theirs};
use crate::export::key;
use crate::fault::Fault;
use crate::paying::{self, Unused};
use finance::allocation::{CreditSource, Share};
use finance::fact::FactBody;
use finance::ids::{ConnectionId, CreditNoteId, InvoiceId, StudentId};
use providers::change::{RemoteApplication, RemoteChange};
use store::exports::{ExportKind, shared};
use store::{OurSide, Tx};

/// Takes applied credit over.
pub(super) async fn take(
    tx: &mut Tx,
    reading: &Reading<'_>,
    told: &RemoteApplication,
) -> Result<Noted, Fault> {
    let connection = reading.connection.id;
    let known = tx.our_side(connection, ExportKind::CreditAllocation, &told.id).await?;
    if let Some(ours) = known {
        return Ok(Noted::of("ours", &ours));
    }
    if key::reference_in(&told.reference).is_some() {
        return Ok(Noted { outcome: "ours", ..Noted::default() });
    }
    let invoice = tx.our_side(connection, ExportKind::Invoice, &told.invoice).await?;
    let student = invoice.as_ref().and_then(|it| it.student);
    let (note, source) = holder(tx, connection, (&told.credit_note, student)).await?;
    let three =
        Three { theirs: theirs(&RemoteChange::Application(told.clone())), ..Three::default() };
    let noted = |ours: &OurSide| Noted { automatic: told.automatic, ..Noted::of("taken", ours) };
    let (source, invoice) = match (note, source, invoice) {
        (Some(_), Some(source), Some(invoice)) => (source, invoice),
        (Some(one), ..) | (None, _, Some(one)) => {
            return Ok(noted(&one).conflict("credit_not_ours", &three));
        }
        (None, _, None) => return Ok(Noted::ignored()),
    };
    let noted = noted(&invoice);
    let invoice_id = InvoiceId(invoice.document_id);
    let now_ms = reading.now_ms();
    // Set against it here as well, and not told there yet, or told without an id of its own.
    let rows = match source {
        CreditSource::CreditNote(id) => tx.allocations_of_credit_note(id).await?,
        CreditSource::Payment(id) => tx.allocations_of_payment(id).await?,
    };
    for row in rows {
        let same = row.allocation.invoice_id == invoice_id && row.allocation.amount == told.amount;
        if same && row.ended_on.is_none() && row.allocation.allocated_on <= reading.office.today() {
            let id = row.allocation.id;
            tx.note_applied_there(connection, id, &told.id, now_ms).await?;
            return Ok(Noted { outcome: "same", ..noted });
        }
    }
    let Some(student) = invoice.student else {
        return Ok(noted.conflict("credit_not_ours", &three));
    };
    let credits = tx.unused_credits(student).await?;
    let credit = credits.into_iter().find(|credit| credit.source == source);
    let enough =
        credit.filter(|it| it.unused.minus(told.amount).is_ok_and(|left| !left.is_negative()));
    let Some(credit) = enough else { return Ok(noted.conflict("credit_used", &three)) };
    let share = Share { invoice_id, amount: told.amount };
    let items = tx.open_items(student, reading.office.today()).await?;
    let on = told.date.max(credit.date);
    let unused = Unused { source, left: (credit.unused, credit.base), on };
    let bodies = paying::settled(reading.office, (student, unused), &[share], &items)?;
    let Some(FactBody::MoneyAllocated(allocation)) = bodies.first().cloned() else {
        return Ok(noted.conflict("credit_used", &three));
    };
    if allocation.amount != told.amount {
        return Ok(noted.conflict("credit_used", &three));
    }
    reading.office.record(tx, &reading.actor, bodies).await?;
    tx.note_applied_there(connection, allocation.id, &told.id, now_ms).await?;
    Ok(noted)
}

/// What of ours holds the credit: a credit note, or a part of a payment, which may be the share of a
/// student.
async fn holder(
    tx: &mut Tx,
    connection: ConnectionId,
    (id, student): (&str, Option<StudentId>),
) -> Result<(Option<OurSide>, Option<CreditSource>), Fault> {
    if let Some(note) = tx.our_side(connection, ExportKind::CreditNote, id).await? {
        let source = CreditSource::CreditNote(CreditNoteId(note.document_id));
        return Ok((Some(note), Some(source)));
    }
    let mut part = tx.our_side(connection, ExportKind::OnAccount, id).await?;
    if let (None, Some(student)) = (&part, student) {
        let share = shared::share(id, student);
        part = tx.our_side(connection, ExportKind::OnAccount, &share).await?;
    }
    let Some(part) = part else { return Ok((None, None)) };
    let kept = tx.kept_uses(connection, part.document_id).await?;
    Ok((Some(part), kept.map(|(payment, _)| CreditSource::Payment(payment))))
}
