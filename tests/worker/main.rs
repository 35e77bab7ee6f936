//! A process that exports a book until nothing is left that it can do, and that a test may kill at
//! any moment.
//!
//! Called with the words of an [`Order`]. Says `open` when the book is open, and at the end what
//! became of its records and how much memory it took.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use office::clock::Clock;
use office::events::Events;
use office::export::{
    Driver, Engine, EngineSetup, FixedToken, Pace, PushDriver, SystemDice, Timer,
};
use providers::http::{HttpClient, Patience};
use providers::registry::Provider;
use providers::session::Secret;
use simulators::qbo::QboSimulator;
use simulators::sage::SageSimulator;
use simulators::xero::XeroSimulator;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;
use store::{Key, Store};
use support::exporting::{CONNECTION, KEY};
use support::system::System;
use support::worker::{Finish, Order, peak_kib};
use support::wrapped::{Moment, Wrapped, small_and_fast, unlimited};

/// Moments around calls among which the seed chooses.
const MOMENTS: u64 = 23;

/// What is due later than this waits for something that does not come by itself.
const SOON_MS: i64 = 30 * 60 * 1_000;

/// Waits longer than this are leapt over: nothing happens in them.
const LONGEST_WAIT_MS: i64 = 5_000;

/// The machine's time, ahead by all that was leapt over. Begins anew with each life, as if the
/// clock had been set back meanwhile.
#[derive(Clone, Default)]
struct LeapingTime(Arc<AtomicI64>);

impl LeapingTime {
    fn leap(&self, span: TimeDelta) {
        self.0.fetch_add(span.num_milliseconds(), Ordering::SeqCst);
    }
}

impl Clock for LeapingTime {
    fn now(&self) -> DateTime<Utc> {
        Utc::now() + TimeDelta::milliseconds(self.0.load(Ordering::SeqCst))
    }

    fn today(&self) -> NaiveDate {
        self.now().date_naive()
    }
}

#[async_trait]
impl Timer for LeapingTime {
    async fn sleep(&self, span: Duration) {
        match TimeDelta::from_std(span) {
            Ok(span) if span.num_milliseconds() > LONGEST_WAIT_MS => self.leap(span),
            _ => tokio::time::sleep(span).await,
        }
    }
}

/// The engine's patience where the provider stands on the same machine.
fn pace() -> Pace {
    Pace {
        backoff: [TimeDelta::milliseconds(10), TimeDelta::milliseconds(20)],
        look_up_after: TimeDelta::milliseconds(20),
        settle_delay: TimeDelta::milliseconds(300),
        first_rest: TimeDelta::milliseconds(20),
        longest_rest: TimeDelta::milliseconds(200),
        ..Pace::default()
    }
}

/// Ends the process at the moment the seed names, without a goodbye.
fn strike(seed: u64) -> impl Fn(Moment) + Send + Sync {
    let moments = AtomicU64::new(0);
    move |_| {
        let passed = moments.fetch_add(1, Ordering::SeqCst);
        if seed > 0 && passed == seed % MOMENTS {
            std::process::abort();
        }
    }
}

fn client() -> HttpClient {
    let patience = Patience {
        connect: Duration::from_secs(2),
        idle: Duration::from_secs(5),
        total: Duration::from_secs(20),
        answer_bytes: 16 * 1024 * 1024,
    };
    HttpClient::new(patience).expect("a client")
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let Some(order) = Order::of(&words) else {
        eprintln!("export_worker BOOK SYSTEM ADDRESS TOKEN COMPANY small|whole SEED");
        std::process::exit(2);
    };
    let finish = match order.provider {
        Provider::Xero => work::<XeroSimulator>(order).await,
        Provider::Qbo => work::<QboSimulator>(order).await,
        Provider::Sage => work::<SageSimulator>(order).await,
    };
    println!("{}", finish.line());
}

/// The way to a system, with a place to end around each call.
fn driver<S: System>(order: Order) -> Driver {
    let capabilities = match order.small_batches {
        true => small_and_fast(order.provider),
        false => unlimited(order.provider),
    };
    Driver::Push(PushDriver {
        adapter: Arc::new(Wrapped {
            inner: S::adapter(client()),
            capabilities,
            strike: strike(order.seed),
            poison: None,
        }),
        endpoints: order.provider.entry(client()).endpoints.moved_to(&order.base_url),
        company: order.company,
        tokens: Arc::new(FixedToken(Secret::new(order.token))),
    })
}

async fn work<S: System>(order: Order) -> Finish {
    let store = Store::open(&order.book, &Key::new(KEY)).await.expect("the book opens");
    println!("open");
    let time = LeapingTime::default();
    let setup =
        EngineSetup { timer: Arc::new(time.clone()), dice: Arc::new(SystemDice), pace: pace() };
    let engine = Engine::new(store.clone(), Arc::new(time.clone()), Events::default(), setup);
    let driver = driver::<S>(order);
    loop {
        engine.run(CONNECTION, driver.clone()).await.expect("a run");
        let mut view = store.read().await.expect("a view");
        let counts = view.export_counts(Some(CONNECTION)).await.expect("counts");
        let next = view.connection_run(CONNECTION).await.expect("a standing").next_run_ms;
        drop(view);
        let wait_ms = next.map(|next| next - time.now().timestamp_millis());
        let under_way = counts.waiting + counts.checking + counts.sending;
        if under_way == 0 || wait_ms.is_none_or(|wait_ms| wait_ms > SOON_MS) {
            let (sent, attention) = (counts.sent as usize, counts.attention as usize);
            return Finish { sent, attention, peak_kib: peak_kib("self") };
        }
        if let Some(wait_ms) = wait_ms.filter(|wait_ms| *wait_ms > LONGEST_WAIT_MS) {
            time.leap(TimeDelta::milliseconds(wait_ms));
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
