//! A book, an engine and a simulated accounting system on one still clock, for tests and benchmarks
//! of the engine.
//!
//! Never asks the machine for the time: waiting moves the clock that all three share.

use crate::exporting::{self, CONNECTION, Facts, Longest, StillTime, Wish};
use crate::system::System;
use chrono::TimeDelta;
use finance::ids::ConnectionId;
use office::events::Events;
use office::export::{Driver, Engine, EngineSetup, Pace, PushDriver, RunOutcome};
use providers::ProviderError;
use providers::http::{HttpClient, Patience};
use providers::session::{Secret, TokenSource};
use providers::xero::XeroAdapter;
use simulators::clock::SimClock;
use simulators::faults::FaultProfile;
use simulators::xero::{XeroConfig, XeroSimulator};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use store::exports::{ExportCounts, ExportFilter, ExportRow, ExportView};
use store::{Key, Store};

/// Tokens handed out by the simulator as if a person had signed in.
pub struct Tokens<S = XeroSimulator> {
    sim: Arc<S>,
    token: std::sync::Mutex<String>,
    pub renewals: AtomicUsize,
}

#[async_trait::async_trait]
impl<S: System> TokenSource for Tokens<S> {
    async fn access_token(&self) -> Result<Secret, ProviderError> {
        Ok(Secret::new(self.token.lock().expect("a lock").clone()))
    }

    async fn renewed(&self, stale: &Secret) -> Result<Secret, ProviderError> {
        let mut token = self.token.lock().expect("a lock");
        if *token == stale.reveal() {
            self.renewals.fetch_add(1, Ordering::SeqCst);
            *token = self.sim.access_token(&self.sim.company());
        }
        Ok(Secret::new(token.clone()))
    }
}

/// A book, an engine and a simulated accounting system that share one still clock.
pub struct Bench<S = XeroSimulator> {
    pub sim: Arc<S>,
    pub store: Store,
    pub facts: Arc<Facts>,
    pub engine: Engine,
    pub events: Events,
    pub driver: Driver,
    pub tokens: Arc<Tokens<S>>,
    pub time: StillTime,
    home: tempfile::TempDir,
}

const BOOK: &str = "book.kontor";

const QUICK: Patience = Patience {
    connect: Duration::from_millis(2_000),
    idle: Duration::from_millis(2_000),
    total: Duration::from_millis(10_000),
    answer_bytes: 16 * 1024 * 1024,
};

impl Bench {
    /// Without limits of calls.
    pub async fn new(wish: Wish) -> Self {
        Self::with(wish, XeroConfig::unlimited()).await
    }

    /// With a simulator set up so.
    pub async fn with(wish: Wish, config: XeroConfig) -> Self {
        let clock = SimClock::manual(exporting::noon());
        let config = XeroConfig { clock: clock.clone(), ..config };
        let sim = XeroSimulator::start(config).await.expect("a simulator");
        Self::around(wish, sim, clock).await
    }
}

impl<S: System> Bench<S> {
    /// With the system that is named, without limits of calls.
    pub async fn of(wish: Wish) -> Self {
        let clock = SimClock::manual(exporting::noon());
        Self::around(wish, S::start(clock.clone(), false).await, clock).await
    }

    /// With the system that is named, which remembers keys, without limits of calls.
    pub async fn remembering(wish: Wish) -> Self {
        let clock = SimClock::manual(exporting::noon());
        Self::around(wish, S::remembering(clock.clone()).await, clock).await
    }

    /// With the system that is named, under its limits of calls.
    pub async fn limited(wish: Wish) -> Self {
        let clock = SimClock::manual(exporting::noon());
        Self::around(wish, S::start(clock.clone(), true).await, clock).await
    }

    async fn around(wish: Wish, sim: S, clock: SimClock) -> Self {
        let sim = Arc::new(sim);
        let home = tempfile::tempdir().expect("a folder");
        let company = sim.company();
        let path = home.path().join(BOOK);
        let (store, facts) = exporting::book::<S>(&path, &company, wish).await;
        let time = StillTime(clock);
        let events = Events::default();
        let engine = engine(&store, &events, &time);
        let token = sim.access_token(&company).into();
        let tokens = Arc::new(Tokens { sim: sim.clone(), token, renewals: AtomicUsize::new(0) });
        let driver = Driver::Push(PushDriver {
            adapter: Arc::new(adapter::<S>()),
            endpoints: sim.endpoints(),
            company,
            tokens: tokens.clone(),
        });
        Self { sim, store, facts, engine, events, driver, tokens, time, home }
    }

    /// The program was killed and is started again: another engine over the same file.
    pub async fn killed(self) -> Self {
        let Self { sim, store, facts, engine: dead, driver, tokens, time, home, .. } = self;
        drop(dead);
        store.close().await;
        Self::over(home, &sim, &facts, (&driver, &tokens), &time).await
    }

    /// The book, and a copy of its file that somebody took while it was closed, at another place.
    /// Both are sent to the same company.
    pub async fn copied(self) -> (Self, Self) {
        let Self { sim, store, facts, engine: dead, driver, tokens, time, home, .. } = self;
        drop(dead);
        store.close().await;
        let elsewhere = tempfile::tempdir().expect("a folder");
        std::fs::copy(home.path().join(BOOK), elsewhere.path().join(BOOK)).expect("copied");
        let own = Self::over(home, &sim, &facts, (&driver, &tokens), &time).await;
        let copy = Self::over(elsewhere, &sim, &facts, (&driver, &tokens), &time).await;
        (own, copy)
    }

    /// Another desk with a book of its own that holds the same facts, connection and all.
    pub async fn twin(&self, wish: Wish) -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let path = home.path().join(BOOK);
        let (store, facts) = exporting::book::<S>(&path, &self.sim.company(), wish).await;
        store.close().await;
        Self::over(home, &self.sim, &facts, (&self.driver, &self.tokens), &self.time).await
    }

    async fn over(
        home: tempfile::TempDir,
        sim: &Arc<S>,
        facts: &Arc<Facts>,
        (driver, tokens): (&Driver, &Arc<Tokens<S>>),
        time: &StillTime,
    ) -> Self {
        let path = home.path().join(BOOK);
        let store = Store::open(&path, &Key::new(exporting::KEY)).await.expect("the book opens");
        let events = Events::default();
        let (engine, time) = (engine(&store, &events, time), time.clone());
        let (sim, facts, driver, tokens) =
            (sim.clone(), facts.clone(), driver.clone(), tokens.clone());
        Self { sim, store, facts, engine, events, driver, tokens, time, home }
    }

    /// One run.
    pub async fn run(&self) -> RunOutcome {
        self.engine.run(CONNECTION, self.driver.clone()).await.expect("a run")
    }

    /// Runs and lets time pass until nothing is left to do by itself.
    pub async fn run_until_quiet(&self) {
        for _ in 0..200 {
            self.run().await;
            let mut view = self.store.read().await.expect("a view");
            let counts = view.export_counts(Some(CONNECTION)).await.expect("counts");
            let next = view.connection_run(CONNECTION).await.expect("a standing").next_run_ms;
            drop(view);
            if counts.waiting + counts.checking + counts.sending == 0 {
                return;
            }
            let now_ms = self.time.0.now().timestamp_millis();
            let wait_ms = next.map_or(1, |next| (next - now_ms).max(1));
            if wait_ms >= TimeDelta::hours(1).num_milliseconds() {
                return;
            }
            self.time.0.advance(TimeDelta::milliseconds(wait_ms));
        }
        panic!("the engine never comes to rest: {:?}", self.counts().await);
    }

    /// How many records stand where.
    pub async fn counts(&self) -> ExportCounts {
        let mut view = self.store.read().await.expect("a view");
        view.export_counts(Some(CONNECTION)).await.expect("counts")
    }

    /// The records of a view.
    pub async fn rows(&self, view: ExportView) -> Vec<ExportRow> {
        let filter = ExportFilter { connection: Some(CONNECTION), view, ..Default::default() };
        let window = store::Window { offset: 0, limit: 100_000 };
        let mut read = self.store.read().await.expect("a view");
        read.list_exports(&filter, None, window).await.expect("rows").rows
    }

    /// No more faults.
    pub fn calm(&self) {
        self.sim.set_faults(FaultProfile::default());
    }

    /// Nothing is there twice and nothing is missing.
    pub async fn expect_exactly_once(&self, wish: &Wish) {
        assert_eq!(self.sim.duplicates(), Vec::<String>::new());
        let counts = self.counts().await;
        assert_eq!(counts.sent as usize, wish.records(), "{counts:?} {:?}", self.causes().await);
        self.expect_ledger(wish);
    }

    /// The ledger over there holds what the wish asks for.
    pub fn expect_ledger(&self, wish: &Wish) {
        assert_eq!(self.sim.ledger(), wish.ledger());
    }

    /// Open causes as class and number of records.
    pub async fn causes(&self) -> Vec<(String, u32, String)> {
        let mut view = self.store.read().await.expect("a view");
        let causes = view.open_causes(Some(CONNECTION)).await.expect("causes");
        causes.into_iter().map(|cause| (cause.class, cause.records, cause.params)).collect()
    }
}

fn engine(store: &Store, events: &Events, time: &StillTime) -> Engine {
    let setup = EngineSetup {
        timer: Arc::new(time.clone()),
        dice: Arc::new(Longest),
        pace: Pace::default(),
    };
    Engine::new(store.clone(), Arc::new(time.clone()), events.clone(), setup)
}

/// A real adapter of a system.
pub fn adapter<S: System>() -> S::Adapter {
    S::adapter(HttpClient::new(QUICK).expect("a client"))
}

/// A real adapter of Xero.
pub fn xero() -> XeroAdapter {
    adapter::<XeroSimulator>()
}

/// The connection of the bench.
pub const HERE: ConnectionId = CONNECTION;

/// The same way out, with a token that is dead and cannot be renewed.
pub fn with_dead_token<S>(bench: &Bench<S>) -> Driver {
    let Driver::Push(push) = bench.driver.clone() else { panic!("a pushing driver") };
    let tokens = Arc::new(office::export::FixedToken(Secret::new("dead")));
    Driver::Push(PushDriver { tokens, ..push })
}
