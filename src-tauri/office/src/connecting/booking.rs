//! What a connection is told: documents, or journal entries instead.
//!
//! Never changes once something was sent: what is there as one would be booked again as the other.

use super::sign_ins::Chosen;
use super::{connection, find_open};
use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::connections::{ChooseBooking, ConnectionView};
use finance::fact::FactBody;
use finance::ids::ConnectionId;
use finance::journal::Booking;
use providers::registry::Provider;
use store::exports::ConnectionRun;
use store::{ConnectionRow, Tx};

/// What a connection may still be told instead of what it is told now, in words.
pub(super) fn open(row: &ConnectionRow, run: &ConnectionRun) -> Vec<String> {
    if row.closed || run.started_at_ms.is_some() || !takes_journals(row) {
        return Vec::new();
    }
    Booking::ALL.iter().map(|booking| booking.word().to_owned()).collect()
}

fn takes_journals(row: &ConnectionRow) -> bool {
    let accounts = Provider::from_key(&row.provider).map(|it| it.capabilities().journal_accounts);
    accounts.is_some_and(|accounts| !accounts.is_empty())
}

/// Chooses what a connection is told. Only before it begins to send.
pub async fn choose_booking(
    office: &Office,
    actor: &Actor,
    request: ChooseBooking,
) -> Result<ConnectionView, Fault> {
    let wanted = Booking::of(&request.booking).ok_or_else(|| {
        let message = "It is sent documents, or an entry for each document or each day.";
        Fault::new(Code::Invalid, message).at("booking").rule("choice")
    })?;
    let mut tx = office.store.begin().await?;
    let row = find_open(&mut tx, "id", &request.id).await?;
    if row.booking != wanted {
        check(&mut tx, &row, wanted).await?;
        let chosen = FactBody::BookingChosen { connection_id: row.id, booking: wanted };
        office.record(&mut tx, actor, [chosen]).await?;
        tx.commit().await?;
    }
    let mut view = office.store.read().await?;
    let row = find_open(&mut view, "id", &request.id).await?;
    connection(office, &mut view, &row).await
}

/// A company that got journal entries before is told the same again, as long as nobody chooses
/// otherwise.
///
/// # Errors
/// What the database reports.
pub(super) async fn as_before(
    tx: &mut Tx,
    chosen: &Chosen,
    connection_id: ConnectionId,
) -> Result<Option<FactBody>, Fault> {
    let is_same = |it: &ConnectionRow| {
        it.provider == chosen.provider.key() && it.remote_company_id == chosen.company.id
    };
    let last = tx.connections().await?.into_iter().rfind(is_same);
    let booking = last.map(|row| row.booking).filter(|booking| booking.is_journal());
    Ok(booking.map(|booking| FactBody::BookingChosen { connection_id, booking }))
}

async fn check(tx: &mut Tx, row: &ConnectionRow, wanted: Booking) -> Result<(), Fault> {
    let refused =
        |rule: &str, text: &str| Err(Fault::new(Code::WrongState, text).at("booking").rule(rule));
    if wanted.is_journal() && !takes_journals(row) {
        return refused("no_journals", "This system is not sent journal entries.");
    }
    if tx.connection_run(row.id).await?.started_at_ms.is_some() {
        return refused("booking_begun", "It has begun: what is there would be booked twice.");
    }
    let before = tx.connections().await?.into_iter().filter(|it| {
        it.id != row.id
            && it.provider == row.provider
            && it.remote_company_id == row.remote_company_id
            && it.booking != wanted
    });
    for other in before {
        let Some(last) = tx.sent_through(other.id).await? else { continue };
        if row.export_from.is_none_or(|from| from <= last) {
            let text = "This company was sent the same otherwise: it would be booked twice.";
            return refused("booked_otherwise", text);
        }
    }
    Ok(())
}
