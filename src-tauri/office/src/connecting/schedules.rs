//! When a connection sends by itself, and how long the history of its calls is kept.
//!
//! Never holds back what was begun: a record that waits for its next try or for a look-up goes on
//! when it is due, whatever the schedule says.

use super::{find, find_open};
use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::show;
use crate::wire::connections::{
    ConnectionRequest, ConnectionSchedule, PrunedHistory, SaveConnectionSchedule,
};
use chrono::{Months, NaiveTime, TimeDelta};
use store::exports::{PrunedCalls, Schedule};
use store::{ConnectionRow, View};

/// The shortest and the longest time between two runs, in minutes.
const MINUTES: std::ops::RangeInclusive<u32> = 15..=1_440;

/// What a schedule begins with.
const HOURLY: u32 = 60;

/// How long calls are kept one by one.
const KEPT: Months = Months::new(36);

/// Calls that go in one transaction.
const PORTION: u32 = 500;

/// When a connection sends.
pub async fn connection_schedule(
    office: &Office,
    _: &Actor,
    request: ConnectionRequest,
) -> Result<ConnectionSchedule, Fault> {
    let mut view = office.store.read().await?;
    let row = find(&mut view, "id", &request.id).await?;
    schedule_view(&mut view, &row).await
}

/// Sets when a connection sends.
pub async fn save_connection_schedule(
    office: &Office,
    _: &Actor,
    request: SaveConnectionSchedule,
) -> Result<ConnectionSchedule, Fault> {
    let schedule = match request.mode.as_str() {
        "at_once" => Schedule::AtOnce,
        "every" if MINUTES.contains(&request.minutes) => Schedule::Every(request.minutes),
        "every" => {
            let message = "Between two runs lie 15 minutes to a day.";
            return Err(Fault::new(Code::Invalid, message).at("minutes").rule("schedule_minutes"));
        }
        "by_hand" => Schedule::ByHand,
        _ => {
            let message = "It sends at once, every so often or by hand.";
            return Err(Fault::new(Code::Invalid, message).at("mode").rule("choice"));
        }
    };
    let now = office.clock.now();
    let next = match schedule {
        Schedule::AtOnce => Some(now),
        Schedule::Every(minutes) => Some(now + TimeDelta::minutes(minutes.into())),
        Schedule::ByHand => None,
    };
    let mut tx = office.store.begin().await?;
    let row = find_open(&mut tx, "id", &request.id).await?;
    tx.set_connection_schedule(row.id, schedule, next.map(|at| at.timestamp_millis())).await?;
    let view = schedule_view(&mut tx, &row).await?;
    tx.commit().await?;
    Ok(view)
}

async fn schedule_view(view: &mut View, row: &ConnectionRow) -> Result<ConnectionSchedule, Fault> {
    let (mode, minutes) = match view.connection_schedule(row.id).await? {
        Schedule::AtOnce => ("at_once", HOURLY),
        Schedule::Every(minutes) => ("every", minutes),
        Schedule::ByHand => ("by_hand", HOURLY),
    };
    let next = view.connection_run(row.id).await?.next_run_ms.filter(|_| !row.closed);
    Ok(ConnectionSchedule {
        id: row.id.to_string(),
        mode: mode.to_owned(),
        minutes,
        next_run: next.map(show::moment),
        pruned: view.pruned_calls(row.id).await?.map(pruned),
    })
}

fn pruned(calls: PrunedCalls) -> PrunedHistory {
    let (year, month) = (calls.through_month / 100, calls.through_month % 100);
    let count = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
    PrunedHistory {
        through: format!("{year:04}-{month:02}"),
        calls: count(calls.calls),
        exported: count(calls.exported),
        others: count(calls.others),
    }
}

/// Lets calls go that were kept for three years; their sums stay.
///
/// # Errors
/// What the database reports; what went until then is summed up.
pub(crate) async fn prune(office: &Office) -> Result<(), Fault> {
    let Some(day) = office.today().checked_sub_months(KEPT) else { return Ok(()) };
    let before_ms = day.and_time(NaiveTime::MIN).and_utc().timestamp_millis();
    loop {
        let mut tx = office.store.begin().await?;
        if tx.prune_calls(before_ms, PORTION).await? == 0 {
            return Ok(());
        }
        tx.commit().await?;
    }
}
