//! The export engine of an open book: one run at a time per connection, each with what the
//! connection remembers between runs.
//!
//! Never decides what a record becomes (the state machine does) and never speaks a dialect.

use super::breaker::{Breaker, Gate};
use super::codes::{Codes, MappedCodes};
use super::driver::Driver;
use super::journals;
use super::pace::{Dice, Pace, SystemDice};
use super::pacer::{Pacer, Remembered, Watch};
use super::run::{Halt, Reach, Run};
use super::scribe::Scribe;
use super::send::keep_count;
use super::tally::Tally;
use super::timer::{SystemTimer, Timer};
use crate::clock::Clock;
use crate::events::Events;
use crate::fault::{Code, Fault};
use chrono::DateTime;
use finance::ids::ConnectionId;
use providers::capabilities::RateLimits;
use providers::throttle::DayUse;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use store::exports::{ConnectionRun, Schedule};
use store::{Store, View};

/// What an engine is made of besides the book: the defaults are those of a real desk.
#[derive(Clone)]
pub struct EngineSetup {
    /// Lets time pass.
    pub timer: Arc<dyn Timer>,
    /// Chance.
    pub dice: Arc<dyn Dice>,
    /// Its patience.
    pub pace: Pace,
}

impl Default for EngineSetup {
    fn default() -> Self {
        Self { timer: Arc::new(SystemTimer), dice: Arc::new(SystemDice), pace: Pace::default() }
    }
}

/// The engine of one open book.
pub struct Engine {
    store: Store,
    scribe: Arc<Scribe>,
    clock: Arc<dyn Clock>,
    events: Events,
    setup: EngineSetup,
    lanes: Mutex<HashMap<ConnectionId, Lane>>,
    stopped: Arc<AtomicBool>,
}

/// A connection while it is run, or after.
#[derive(Clone, Default)]
struct Lane {
    running: bool,
    tally: Arc<Mutex<Tally>>,
    /// Its calls, of runs and of questions; begun when the first one is made.
    pacer: Option<Arc<Pacer>>,
}

/// How a call for a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RunOutcome {
    /// It ran; these are its figures, and what ended it early, if anything.
    Ran(Tally, Option<Halt>),
    /// Another run of this connection is going on.
    Busy,
    /// The connection is held; nothing was sent.
    Held(Halt),
}

impl Engine {
    /// The engine of a book.
    pub fn new(store: Store, clock: Arc<dyn Clock>, events: Events, setup: EngineSetup) -> Self {
        let (scribe, lanes) = (Arc::new(Scribe::new(store.clone())), Mutex::default());
        Self { store, scribe, clock, events, setup, lanes, stopped: Arc::default() }
    }

    /// Runs over one connection until nothing is due.
    ///
    /// # Errors
    /// What the book refuses; what was under way then is in doubt and is looked up at the next run.
    pub async fn run(&self, connection: ConnectionId, driver: Driver) -> Result<RunOutcome, Fault> {
        self.run_over(connection, driver, Reach::All).await
    }

    /// Runs over one connection as far as it may reach.
    ///
    /// # Errors
    /// As [`Engine::run`].
    pub async fn run_over(
        &self,
        connection: ConnectionId,
        driver: Driver,
        reach: Reach,
    ) -> Result<RunOutcome, Fault> {
        let Some(tally) = self.enter(connection) else { return Ok(RunOutcome::Busy) };
        let outcome = self.run_alone(connection, (driver, reach), tally).await;
        self.leave(connection);
        self.events.changed(&["exports", "invoices", "connections"]);
        outcome
    }

    /// The whole book, whoever asks.
    pub(crate) const fn store(&self) -> &Store {
        &self.store
    }

    /// Ends every run at its next step, and lets none begin.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::SeqCst);
    }

    /// The figures of the run in progress on a connection, if one is.
    pub fn running(&self, connection: ConnectionId) -> Option<Tally> {
        let lanes = self.lanes();
        let lane = lanes.get(&connection).filter(|lane| lane.running)?;
        Some(lane.tally.lock().unwrap_or_else(PoisonError::into_inner).clone())
    }

    /// Its patience.
    pub const fn pace(&self) -> &Pace {
        &self.setup.pace
    }

    /// Lets time pass as its runs do.
    pub fn timer(&self) -> Arc<dyn Timer> {
        self.setup.timer.clone()
    }

    /// Watches the calls of a question that a person asks about a connection: they count and wait
    /// with those of the runs.
    ///
    /// # Errors
    /// What the database reports.
    pub(crate) async fn question(
        &self,
        connection: ConnectionId,
        limits: RateLimits,
    ) -> Result<Arc<Watch>, Fault> {
        let standing = self.store.read().await?.connection_run(connection).await?;
        Ok(Arc::new(Watch::of_question(self.pacer(connection, limits, &standing))))
    }

    /// Watches the calls of a sign-in, which belong to no connection yet.
    pub(crate) fn sign_in(&self, limits: RateLimits) -> Arc<Watch> {
        let nothing = Remembered { day: DayUse::default(), held_until: None };
        Arc::new(Watch::of_question(Arc::new(self.new_pacer(limits, nothing))))
    }

    fn pacer(
        &self,
        connection: ConnectionId,
        limits: RateLimits,
        standing: &ConnectionRun,
    ) -> Arc<Pacer> {
        let mut lanes = self.lanes();
        let lane = lanes.entry(connection).or_default();
        if let Some(pacer) = &lane.pacer {
            return pacer.clone();
        }
        let before = Remembered {
            // A count that cannot be read is begun anew; the provider's answers correct it.
            day: serde_json::from_str(&standing.day_use).unwrap_or_default(),
            held_until: standing.held_until_ms.and_then(DateTime::from_timestamp_millis),
        };
        let pacer = Arc::new(self.new_pacer(limits, before));
        lane.pacer = Some(pacer.clone());
        pacer
    }

    fn new_pacer(&self, limits: RateLimits, before: Remembered) -> Pacer {
        let (clock, timer) = (self.clock.clone(), self.setup.timer.clone());
        Pacer::new(limits, before, clock, timer, self.stopped.clone())
    }

    fn lanes(&self) -> MutexGuard<'_, HashMap<ConnectionId, Lane>> {
        self.lanes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn enter(&self, connection: ConnectionId) -> Option<Arc<Mutex<Tally>>> {
        let mut lanes = self.lanes();
        let lane = lanes.entry(connection).or_default();
        if lane.running || self.stopped.load(Ordering::SeqCst) {
            return None;
        }
        *lane = Lane { running: true, tally: Arc::default(), pacer: lane.pacer.take() };
        Some(lane.tally.clone())
    }

    fn leave(&self, connection: ConnectionId) {
        if let Some(lane) = self.lanes().get_mut(&connection) {
            lane.running = false;
        }
    }

    async fn run_alone(
        &self,
        connection: ConnectionId,
        way: (Driver, Reach),
        tally: Arc<Mutex<Tally>>,
    ) -> Result<RunOutcome, Fault> {
        if way.1 == Reach::All {
            self.gather(connection).await?;
        }
        let standing = self.begin(connection, &tally).await?;
        if let Some(halt) = self.held(&standing) {
            return Ok(RunOutcome::Held(halt));
        }
        let run = Arc::new(self.make(connection, way, tally, &standing));
        self.events.changed(&["exports"]);
        let worked = run.work().await;
        let (tally, halt) = self.end(&run).await?;
        worked?;
        Ok(RunOutcome::Ran(tally, halt))
    }

    /// Queues what a connection that was let begin is sent as journal entries.
    async fn gather(&self, connection: ConnectionId) -> Result<(), Fault> {
        let standing = self.store.read().await?.connection_run(connection).await?;
        match standing.started_at_ms {
            Some(_) => journals::gather(&self.store, &self.clock, connection).await,
            None => Ok(()),
        }
    }

    /// Puts records of an interrupted run in doubt and counts what waits.
    async fn begin(
        &self,
        connection: ConnectionId,
        tally: &Mutex<Tally>,
    ) -> Result<ConnectionRun, Fault> {
        let now_ms = self.clock.now().timestamp_millis();
        let mut tx = self.store.begin().await?;
        tx.doubt_interrupted(connection, now_ms).await?;
        let counts = tx.export_counts(Some(connection)).await?;
        let standing = tx.connection_run(connection).await?;
        tx.commit().await?;
        let mut tally = tally.lock().unwrap_or_else(PoisonError::into_inner);
        tally.started_at_ms = now_ms;
        tally.total = counts.waiting + counts.checking;
        Ok(standing)
    }

    fn held(&self, standing: &ConnectionRun) -> Option<Halt> {
        let now = self.clock.now();
        let held_until = standing.held_until_ms.and_then(DateTime::from_timestamp_millis);
        match standing.state.as_str() {
            "sign_in_needed" => Some(Halt::SignIn),
            _ if standing.started_at_ms.is_none() => Some(Halt::NotStarted),
            _ => match (breaker_of(standing).gate(now), held_until) {
                (Gate::Resting(until), _) => Some(Halt::Resting(until)),
                (_, Some(until)) if until > now => Some(Halt::Held(until)),
                _ => None,
            },
        }
    }

    fn make(
        &self,
        connection: ConnectionId,
        (driver, reach): (Driver, Reach),
        tally: Arc<Mutex<Tally>>,
        standing: &ConnectionRun,
    ) -> Run {
        let pacer = self.pacer(connection, driver.limits(), standing);
        let patience = self.setup.pace.patience.to_std().unwrap_or_default();
        Run {
            store: self.store.clone(),
            scribe: self.scribe.clone(),
            connection,
            driver,
            reach,
            watch: Arc::new(Watch::of_run(pacer, patience)),
            pace: self.setup.pace.clone(),
            clock: self.clock.clone(),
            dice: self.setup.dice.clone(),
            events: self.events.clone(),
            tally,
            breaker: Mutex::new(breaker_of(standing)),
            halt: Mutex::default(),
            stopped: self.stopped.clone(),
        }
    }

    /// When the connection is looked after next: what the run was cut short by comes first, then
    /// its schedule. A run that only ended what was begun leaves the schedule as it was.
    async fn next_run(
        &self,
        view: &mut View,
        run: &Run,
        (standing, tally): (&ConnectionRun, &Tally),
        halt: Option<Halt>,
    ) -> Result<Option<i64>, Fault> {
        let now_ms = self.clock.now().timestamp_millis();
        let hourly = now_ms + self.setup.pace.run_every.num_milliseconds();
        let cut = match halt {
            Some(Halt::Held(until) | Halt::Resting(until)) => Some(until.timestamp_millis()),
            _ => None,
        };
        let schedule = view.connection_schedule(run.connection).await?;
        if run.reach == Reach::Begun {
            return Ok(standing.next_run_ms);
        }
        Ok(match (cut, schedule) {
            (Some(until), _) => Some(until),
            (None, Schedule::ByHand) => None,
            (None, Schedule::Every(minutes)) => {
                let every = i64::from(minutes) * 60_000;
                Some((tally.started_at_ms + every).max(now_ms))
            }
            (None, Schedule::AtOnce) if halt.is_some() => Some(hourly),
            (None, Schedule::AtOnce) => {
                let due = view.next_export_at(run.connection, false).await?;
                Some(due.unwrap_or(hourly).min(hourly))
            }
        })
    }

    /// Keeps what the connection must remember, and when it is looked after next.
    async fn end(&self, run: &Run) -> Result<(Tally, Option<Halt>), Fault> {
        let now = self.clock.now();
        let internal = |error: serde_json::Error| Fault::new(Code::Internal, error.to_string());
        let halt = run.halted();
        let tally = {
            let mut tally = run.tally();
            tally.ended_at_ms = Some(now.timestamp_millis());
            tally.calls = run.watch.calls();
            tally.clone()
        };
        let breaker = *run.breaker();
        let mut tx = self.store.begin().await?;
        let mut standing = tx.connection_run(run.connection).await?;
        standing.next_run_ms = self.next_run(&mut tx, run, (&standing, &tally), halt).await?;
        standing.held_until_ms = match halt {
            Some(Halt::Held(until)) => Some(until.timestamp_millis()),
            _ => None,
        };
        if halt == Some(Halt::SignIn) {
            "sign_in_needed".clone_into(&mut standing.state);
        }
        standing.failures = breaker.failures;
        standing.resting_until_ms = breaker.resting_until.map(|until| until.timestamp_millis());
        if tally.sent > 0 {
            standing.last_success_ms = Some(now.timestamp_millis());
        }
        standing.last_run = Some(serde_json::to_string(&tally).map_err(internal)?);
        tx.keep_connection_run(run.connection, &standing).await?;
        keep_count(&mut tx, run.connection, &run.watch).await?;
        tx.commit().await?;
        self.events.progress("export", tally.total, tally.total);
        Ok((tally, halt))
    }
}

fn breaker_of(standing: &ConnectionRun) -> Breaker {
    Breaker {
        failures: standing.failures,
        resting_until: standing.resting_until_ms.and_then(DateTime::from_timestamp_millis),
    }
}

/// The mappings of a connection with its rules, and which of their codes are no longer usable; our own codes where
/// files are written.
///
/// # Errors
/// What the database reports.
pub(crate) async fn codes(
    view: &mut View,
    connection: ConnectionId,
    are_own: bool,
) -> Result<Codes, Fault> {
    if are_own {
        return Ok(Codes::Own);
    }
    let mappings = view.mappings(connection).await?;
    let rules = view.booking_rules(connection).await?;
    let remote = view.remote_objects(connection).await?;
    let own = view.find_school().await?.map(|school| school.currency);
    Ok(Codes::Mapped(Box::new(MappedCodes::new(mappings, rules, &remote, own))))
}
