//! Starting runs of the export engine: when a person asks, when something is due, and as the
//! schedule of the connection says.
//!
//! Never waits for a run: it goes on in the background, one at a time per connection.

use super::outside::driver;
use crate::export::{Reach, journals, kept};
use crate::fault::{Code, Fault};
use crate::incoming;
use crate::mapping;
use crate::office::Office;
use chrono::TimeDelta;
use finance::ids::ConnectionId;
use providers::document::DocumentKind;
use providers::registry::Provider;
use std::sync::PoisonError;
use std::time::Duration;
use store::ConnectionRow;
use store::Tx;
use store::View;
use store::exports::Schedule;
use tokio::task::JoinSet;

/// Between two runs that nobody asked for, so that records which keep coming do not make a run
/// each.
const BREATH: TimeDelta = TimeDelta::seconds(5);

/// How long a closing book waits for runs to come to their next step. A call that is still
/// unanswered then is in doubt, and is looked up at the next start.
const FAREWELL: Duration = Duration::from_secs(5);

/// Starts a run over a connection; where one is going on, that one is enough.
///
/// # Errors
/// [`crate::Code::Invalid`] for a system this program does not know.
pub(crate) fn start(
    office: &Office,
    connection: &ConnectionRow,
    reach: Reach,
) -> Result<(), Fault> {
    let driver = driver(office, connection)?;
    let (engine, events, id) = (office.engine.clone(), office.events.clone(), connection.id);
    let (office_then, connection) = (office.whole(), connection.clone());
    let mut runs = office.outside.runs.lock().unwrap_or_else(PoisonError::into_inner);
    while runs.try_join_next().is_some() {}
    runs.spawn(async move {
        if engine.run_over(id, driver, reach).await.is_err() {
            events.stopped("export", 0, 0);
            return;
        }
        read_back(&office_then, &connection).await;
    });
    Ok(())
}

/// Reads what others changed there, and now and then what there is to choose from. A system that
/// does not answer now is asked after the next run, and how its calls went stands with the
/// connection.
async fn read_back(office: &Office, connection: &ConnectionRow) {
    told_of(office, "mapping", mapping::read_by_itself(office, connection).await);
    if connection.booking.is_journal() {
        // Nothing there is a document of ours.
        return;
    }
    told_of(office, "incoming", incoming::read_by_itself(office, connection).await);
}

fn told_of(office: &Office, what: &'static str, done: Result<(), Fault>) {
    let Err(fault) = done else { return };
    let is_theirs = matches!(
        fault.code,
        Code::ProviderUnavailable | Code::ProviderRefused | Code::SignInNeeded
    );
    if !is_theirs {
        office.events.stopped(what, 0, 0);
    }
}

/// Lets a connection send from now on: a person has looked at what is what there.
///
/// # Errors
/// What the database reports.
pub(crate) async fn let_begin(
    office: &Office,
    tx: &mut Tx,
    connection: ConnectionId,
) -> Result<(), Fault> {
    let mut run = tx.connection_run(connection).await?;
    run.started_at_ms = run.started_at_ms.or(Some(office.clock.now().timestamp_millis()));
    Ok(tx.keep_connection_run(connection, &run).await?)
}

/// Starts the runs that are due.
///
/// # Errors
/// What the database reports.
pub(crate) async fn start_due(office: &Office) -> Result<(), Fault> {
    let mut view = office.store.read().await?;
    for connection in view.connections().await?.iter().filter(|connection| !connection.closed) {
        if let Some(reach) = due(office, &mut view, connection).await? {
            start(office, connection, reach)?;
        }
    }
    Ok(())
}

/// Whether the system is told of money kept as credit.
fn tells_credit(connection: &ConnectionRow) -> bool {
    let provider = Provider::from_key(&connection.provider);
    provider.is_some_and(|it| it.capabilities().batch_size(DocumentKind::OnAccount) > 0)
}

/// What may be sent at a connection now, if anything.
async fn due(
    office: &Office,
    view: &mut View,
    connection: &ConnectionRow,
) -> Result<Option<Reach>, Fault> {
    if office.engine.running(connection.id).is_some() {
        return Ok(None);
    }
    let run = view.connection_run(connection.id).await?;
    let now = office.clock.now();
    let now_ms = now.timestamp_millis();
    let held = [run.held_until_ms, run.resting_until_ms];
    let may_run = run.state == "ready" && run.started_at_ms.is_some();
    if !may_run || held.into_iter().flatten().any(|until| until > now_ms) {
        return Ok(None);
    }
    let schedule = view.connection_schedule(connection.id).await?;
    let at_once = schedule == Schedule::AtOnce;
    let reach = if at_once { Reach::All } else { Reach::Begun };
    // Records that were under way when the program stopped are looked up at once.
    if view.export_counts(Some(connection.id)).await?.sending > 0 {
        return Ok(Some(reach));
    }
    let ended: Option<i64> = run
        .last_run
        .as_deref()
        .and_then(|last| serde_json::from_str::<crate::export::tally::Tally>(last).ok())
        .and_then(|last| last.ended_at_ms);
    if ended.is_some_and(|ended| now_ms - ended < BREATH.num_milliseconds()) {
        return Ok(None);
    }
    let comes_by_itself = schedule != Schedule::ByHand;
    if run.next_run_ms.map_or(comes_by_itself, |next| next <= now_ms) {
        return Ok(Some(Reach::All));
    }
    let told = (connection.id, connection.booking);
    if at_once && journals::waits(view, told, office.today()).await? {
        return Ok(Some(Reach::All));
    }
    if at_once && tells_credit(connection) && kept::waits(view, connection).await? {
        return Ok(Some(Reach::All));
    }
    let next = view.next_export_at(connection.id, !at_once).await?;
    Ok(next.filter(|next| *next <= now_ms).map(|_| reach))
}

/// Waits for the runs that were told to stop, but not for long.
pub(crate) async fn finish(office: &Office) {
    let mut runs = {
        let mut runs = office.outside.runs.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *runs, JoinSet::new())
    };
    let all = async { while runs.join_next().await.is_some() {} };
    // Dropping the set ends what did not come to an end by itself.
    let _in_time = tokio::time::timeout(FAREWELL, all).await;
}
