//! How connections do, told from the queue and the history of calls.
//!
//! Never calls a system: it tells what is known here, also without a line.

mod quality;

pub use quality::export_quality;

use crate::actor::Actor;
use crate::connecting::{self, tokens};
use crate::export::agreement::document_kind;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::show;
use crate::wire::common::Nothing;
use crate::wire::health::{ConnectionHealth, DayHealth, ExportHealth};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use finance::ids::ConnectionId;
use providers::backlog::{Cost, cost};
use providers::document::DocumentKind;
use providers::registry::Provider;
use store::exports::{ExportKind, Outcomes, Span};
use store::{ConnectionRow, View};

/// Days that are shown, today with them.
const DAYS: u64 = 14;

/// The last days that the success rate is of.
const RATED: usize = 7;

/// How far back what a system applied by itself is counted.
const APPLIED: TimeDelta = TimeDelta::days(30);

/// How every open connection does.
pub async fn export_health(office: &Office, _: &Actor, _: Nothing) -> Result<ExportHealth, Fault> {
    let mut view = office.store.read().await?;
    let days = days(office);
    let mut connections = Vec::new();
    for row in view.connections().await?.into_iter().filter(|row| !row.closed) {
        connections.push(health(office, &mut view, &row, &days).await?);
    }
    let as_of = show::moment(office.clock.now().timestamp_millis());
    Ok(ExportHealth { as_of, connections })
}

/// The days that are shown, oldest first, each with its span of time.
fn days(office: &Office) -> Vec<(NaiveDate, Span)> {
    let today = office.today();
    let begins = |day: NaiveDate| office.clock.day_begins(day).timestamp_millis();
    let back = (0..DAYS).rev().filter_map(|back| today.checked_sub_days(Days::new(back)));
    back.map(|day| (day, (begins(day), begins(day.succ_opt().unwrap_or(day))))).collect()
}

async fn health(
    office: &Office,
    view: &mut View,
    row: &ConnectionRow,
    days: &[(NaiveDate, Span)],
) -> Result<ConnectionHealth, Fault> {
    let spans: Vec<Span> = days.iter().map(|(_, span)| *span).collect();
    let found = view.export_health(row.id, &spans).await?;
    let run = view.connection_run(row.id).await?;
    let now_ms = office.clock.now().timestamp_millis();
    let rated = found.spans.iter().rev().take(RATED);
    let (arrived, refused) = rated.fold((0_u32, 0_u32), |(arrived, refused), day| {
        (arrived.saturating_add(day.arrived), refused.saturating_add(day.refused))
    });
    let until = match Provider::from_key(&row.provider) {
        Some(system) => sign_in_until(office, row.id, system)?,
        None => None,
    };
    let backlog = backlog(row, &found.waiting, run.calls_left);
    Ok(ConnectionHealth {
        connection: connecting::connection(office, view, row).await?,
        unanswered: run.failures,
        held_until: run.held_until_ms.filter(|until| *until > now_ms).map(show::moment),
        oldest_waiting: found.oldest_waiting_ms.map(show::moment),
        backlog_s: backlog.map(|cost| whole(cost.time.as_secs())),
        backlog_calls: backlog.map_or(0, |cost| whole(cost.calls)),
        oldest_checking: found.oldest_doubt_ms.map(show::moment),
        sign_in_until: until.map(|until| show::moment(until.timestamp_millis())),
        arrived,
        refused,
        success_permille: permille(arrived, refused),
        took_p50_s: percentile(&found.took_ms, 50).map(seconds),
        took_p95_s: percentile(&found.took_ms, 95).map(seconds),
        took_of: whole(found.took_ms.len() as u64),
        duplicates_prevented: found.duplicates_prevented,
        applied_there: view.applied_by_itself(row.id, now_ms - APPLIED.num_milliseconds()).await?,
        days: days.iter().zip(&found.spans).map(|((day, _), of)| shown(*day, of)).collect(),
    })
}

/// What all that waits takes of a system, with what is left of its day; nothing where nothing waits.
fn backlog(row: &ConnectionRow, waiting: &[(ExportKind, u32)], left: Option<u32>) -> Option<Cost> {
    let capabilities = Provider::from_key(&row.provider)?.capabilities();
    let of = |(kind, many): &(ExportKind, u32)| Some((document_kind(*kind)?, u64::from(*many)));
    let records: Vec<(DocumentKind, u64)> = waiting.iter().filter_map(of).collect();
    let left = left.unwrap_or(capabilities.limits.per_day);
    (!records.is_empty()).then(|| cost(&records, left, capabilities))
}

fn whole(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Until when its sign-in lasts, as far as that is known: a locked keychain does not tell, and all else
/// is known without it.
fn sign_in_until(
    office: &Office,
    id: ConnectionId,
    system: Provider,
) -> Result<Option<DateTime<Utc>>, Fault> {
    match tokens::idle_until(office.secrets.as_ref(), id, system.registration()) {
        Err(fault) if fault.code == Code::KeychainUnavailable => Ok(None),
        until => until,
    }
}

fn shown(day: NaiveDate, of: &Outcomes) -> DayHealth {
    let Outcomes { arrived, refused, doubted } = *of;
    DayHealth { day: day.to_string(), arrived, refused, doubted }
}

/// The part that arrived, in thousandths, rounded down: all of it only where nothing was refused.
fn permille(arrived: u32, refused: u32) -> Option<u32> {
    let all = u64::from(arrived) + u64::from(refused);
    let part = (u64::from(arrived) * 1_000).checked_div(all)?;
    u32::try_from(part).ok()
}

/// The value that so many in a hundred do not exceed, of values in their order (nearest rank).
fn percentile(sorted: &[i64], percent: usize) -> Option<i64> {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied()
}

/// Whole seconds, a part of one counted as one.
fn seconds(ms: i64) -> u32 {
    u32::try_from(ms.max(0).saturating_add(999) / 1_000).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_whole_only_where_nothing_was_refused() {
        assert_eq!(permille(0, 0), None);
        assert_eq!(permille(12, 0), Some(1_000));
        assert_eq!(permille(99_999, 1), Some(999));
        assert_eq!(permille(0, 3), Some(0));
    }

    #[test]
    fn a_percentile_is_a_time_that_some_record_really_took() {
        let times = [1, 2, 3, 4, 5, 6, 7, 8, 9, 100];
        assert_eq!((percentile(&times, 50), percentile(&times, 95)), (Some(5), Some(100)));
        assert_eq!((percentile(&[7], 50), percentile(&[7], 95)), (Some(7), Some(7)));
        assert_eq!(percentile(&[], 50), None);
    }

    #[test]
    fn less_than_a_second_is_shown_as_one() {
        assert_eq!((seconds(0), seconds(1), seconds(1_000), seconds(1_001)), (0, 1, 1, 2));
    }
}
