//! Gathering what of the book stands in no journal entry yet, for connections that are sent journal
//! entries instead of documents.
//!
//! Never changes an entry once it is made: what comes later with the same day is a further one.

use super::build::Lookup;
use super::key;
use crate::clock::Clock;
use crate::fault::{Code, Fault};
use crate::ledger;
use chrono::{Days, NaiveDate};
use finance::ids::ConnectionId;
use finance::journal::{self, Booking};
use finance::ledger::{Cause, Chart, Entry, EntryRejection};
use finance::mapping::MappedKind;
use providers::document::{EntryLine, JournalDocument};
use std::sync::Arc;
use store::exports::{JournalContent, NewJournal, Unbooked};
use store::{Store, Tx, View};
use uuid::Uuid;

/// Entries of the book that are gone through in one transaction.
const PORTION: u32 = 5_000;

/// The last day that is sent: a day that is not over may still get more.
fn last_day(booking: Booking, today: NaiveDate) -> NaiveDate {
    match booking {
        Booking::JournalPerDay => today.checked_sub_days(Days::new(1)).unwrap_or(today),
        Booking::Documents | Booking::JournalPerDocument => today,
    }
}

/// Whether an entry would be made now that is not to wait for the next run of the schedule. Days
/// wait: whatever is recorded meanwhile belongs to a day that is not over, or to one that was sent.
///
/// # Errors
/// What the database reports.
pub(crate) async fn waits(
    view: &mut View,
    (connection, booking): (ConnectionId, Booking),
    today: NaiveDate,
) -> Result<bool, Fault> {
    Ok(booking == Booking::JournalPerDocument
        && view.has_unbooked(connection, last_day(booking, today)).await?)
}

/// Makes journal entries of everything that stands in none yet and queues them, each portion in one
/// transaction.
///
/// # Errors
/// What the database reports.
pub(super) async fn gather(
    store: &Store,
    clock: &Arc<dyn Clock>,
    connection: ConnectionId,
) -> Result<(), Fault> {
    let mut view = store.read().await?;
    let Some(row) = view.find_connection(connection).await? else { return Ok(()) };
    let through = last_day(row.booking, clock.today());
    if !row.booking.is_journal() || !view.has_unbooked(connection, through).await? {
        return Ok(());
    }
    drop(view);
    loop {
        let mut tx = store.begin().await?;
        let mut found = tx.unbooked(connection, (row.export_from, through), PORTION).await?;
        if found.is_empty() {
            tx.note_gathered(connection, through).await?;
            tx.commit().await?;
            return Ok(());
        }
        keep_days_whole(&mut found);
        let chart = chart(&mut tx).await?;
        for entry in entries(&mut tx, (connection, row.booking), &chart, found).await? {
            tx.queue_journal(connection, &entry, clock.now().timestamp_millis()).await?;
        }
        tx.commit().await?;
    }
}

/// Leaves the last day of a full portion to the next one.
fn keep_days_whole(found: &mut Vec<Unbooked>) {
    let (Some(first), Some(last)) = (found.first(), found.last()) else { return };
    let (first, last) = (first.row.on, last.row.on);
    if found.len() >= PORTION as usize && first != last {
        found.retain(|it| it.row.on != last);
    }
}

/// The chart by which the book is posted.
///
/// # Errors
/// What the database reports.
pub(crate) async fn chart(view: &mut View) -> Result<Chart, Fault> {
    let school = view.find_school().await?;
    let country = school.map(|school| school.country).unwrap_or_default();
    let methods = view.payment_methods().await?;
    ledger::chart_of(view, &country, &methods).await
}

async fn entries(
    tx: &mut Tx,
    (connection, booking): (ConnectionId, Booking),
    chart: &Chart,
    found: Vec<Unbooked>,
) -> Result<Vec<NewJournal>, Fault> {
    if booking == Booking::JournalPerDocument {
        return found
            .into_iter()
            .map(|it| {
                let (on, label) = (it.row.on, label(&it));
                made(on, label, std::slice::from_ref(&it), chart)
            })
            .collect();
    }
    let mut entries = Vec::new();
    for day in found.chunk_by(|one, next| one.row.on == next.row.on) {
        let on = day[0].row.on;
        let before = tx.journals_on(connection, on).await?;
        let label = match before {
            0 => on.to_string(),
            before => format!("{on} · {}", before.saturating_add(1)),
        };
        entries.push(made(on, label, day, chart)?);
    }
    Ok(entries)
}

/// The number of the document, or the day: a reference of money is what people wrote.
fn label(entry: &Unbooked) -> String {
    let is_numbered = matches!(
        entry.row.cause,
        Cause::Invoice
            | Cause::CreditNote
            | Cause::Allocation
            | Cause::AllocationEnded
            | Cause::WriteOff
            | Cause::WriteOffEnded
    );
    if is_numbered { entry.row.label.clone() } else { entry.row.on.to_string() }
}

fn made(on: NaiveDate, label: String, of: &[Unbooked], chart: &Chart) -> Result<NewJournal, Fault> {
    let unbalanced = |error: EntryRejection| {
        Fault::new(Code::BookDamaged, "Postings are no entry.").detail(error.to_string())
    };
    let posted: Vec<_> = of
        .iter()
        .map(|it| Ok((it.department, Entry::of(&it.row.movements, chart)?)))
        .collect::<Result<_, EntryRejection>>()
        .map_err(unbalanced)?;
    let lines = journal::summed(posted.iter().map(|(department, entry)| (*department, entry)))
        .map_err(unbalanced)?;
    let parts: Vec<(Cause, Uuid)> = of.iter().map(|it| (it.row.cause, it.row.id)).collect();
    let named = parts.iter().map(|(cause, id)| format!("{}/{id}", cause.word()));
    Ok(NewJournal { id: key::entry_id(on, named.collect()), on, label, lines, parts })
}

/// A journal entry with their accounts; what is not mapped is noted.
pub(super) fn document(
    reference: String,
    content: &JournalContent,
    lookup: &mut Lookup<'_>,
) -> Option<JournalDocument> {
    let total = journal::debited(&content.lines).ok().flatten()?;
    lookup.currency(total.currency());
    let lines = content.lines.iter().map(|line| {
        lookup.department = line.department;
        let code = line.tax_code.as_deref().filter(|code| !code.is_empty());
        EntryLine {
            account: lookup.code(
                MappedKind::LedgerAccount,
                &line.account,
                &line.account,
                &line.account,
            ),
            description: match code {
                Some(code) => format!("{} · {code}", line.account),
                None => line.account.clone(),
            },
            tracking: lookup.tracking(line.department),
            amount: line.amount,
        }
    });
    Some(JournalDocument {
        reference,
        label: content.label.clone(),
        date: content.on,
        lines: lines.collect(),
        total,
    })
}
