//! A process that exports a book until nothing is left, and that a test may kill at any moment.
//!
//! Called with the book's path, the address of a simulated Xero, an access token, the company's
//! id, and a number: 0 lets it live, anything else is the seed of the moment at which it kills
//! itself around a call. Says `open` when the book is open and `done` when the queue is empty.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use chrono::TimeDelta;
use office::clock::SystemClock;
use office::events::Events;
use office::export::{
    Driver, Engine, EngineSetup, FixedToken, Pace, PushDriver, SystemDice, SystemTimer,
};
use providers::http::{HttpClient, Patience};
use providers::registry::Provider;
use providers::session::Secret;
use providers::xero::XeroAdapter;
use store::{Key, Store};
use support::exporting::{CONNECTION, KEY};
use support::wrapped::{SMALL_AND_FAST, Wrapped};

/// The engine's patience where the provider stands on the same machine.
fn pace() -> Pace {
    Pace {
        backoff: [TimeDelta::milliseconds(10), TimeDelta::milliseconds(20)],
        look_up_after: TimeDelta::milliseconds(20),
        settle_delay: TimeDelta::milliseconds(300),
        ..Pace::default()
    }
}

/// Ends the process at the moment the seed names, without a goodbye.
fn strike(seed: u64) -> impl Fn(support::wrapped::Moment) + Send + Sync {
    let moments = AtomicU64::new(0);
    move |_| {
        let passed = moments.fetch_add(1, Ordering::SeqCst);
        if seed > 0 && passed == seed % 23 {
            std::process::abort();
        }
    }
}

fn client() -> HttpClient {
    let patience = Patience {
        connect: Duration::from_secs(2),
        idle: Duration::from_secs(2),
        total: Duration::from_secs(10),
        answer_bytes: 16 * 1024 * 1024,
    };
    HttpClient::new(patience).expect("a client")
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [book, base_url, token, company, seed] = words.as_slice() else {
        eprintln!("export_worker BOOK ADDRESS TOKEN COMPANY SEED");
        std::process::exit(2);
    };
    let store = Store::open(Path::new(book), &Key::new(KEY)).await.expect("the book opens");
    println!("open");
    let setup =
        EngineSetup { timer: Arc::new(SystemTimer), dice: Arc::new(SystemDice), pace: pace() };
    let engine = Engine::new(store.clone(), Arc::new(SystemClock), Events::default(), setup);
    let driver = Driver::Push(PushDriver {
        adapter: Arc::new(Wrapped {
            inner: XeroAdapter::new(client()),
            capabilities: &SMALL_AND_FAST,
            strike: strike(seed.parse().expect("a number")),
            poison: None,
        }),
        endpoints: Provider::Xero.entry(client()).endpoints.moved_to(base_url),
        company: company.clone(),
        tokens: Arc::new(FixedToken(Secret::new(token.clone()))),
    });
    loop {
        engine.run(CONNECTION, driver.clone()).await.expect("a run");
        let mut view = store.read().await.expect("a view");
        let counts = view.export_counts(Some(CONNECTION)).await.expect("counts");
        drop(view);
        if counts.waiting + counts.checking + counts.sending == 0 {
            println!("done {} sent {} attention", counts.sent, counts.attention);
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
