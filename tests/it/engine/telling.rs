//! What listeners hear of a run.

use super::{Bench, HERE};
use office::events::Event;
use simulators::xero::XeroConfig;
use std::time::Duration;
use support::exporting::Wish;

/// Both batches of customers are answered at once, and for long nothing follows.
#[tokio::test]
async fn what_was_settled_is_told_though_nothing_follows_for_a_while() {
    let wish = Wish { students: 100, ..Wish::of(100) };
    let latency = Duration::from_millis(700);
    let bench = Bench::with(wish, XeroConfig { latency, ..XeroConfig::unlimited() }).await;
    let mut events = bench.events.listen();
    let run = bench.run();
    tokio::pin!(run);
    let mut told = Vec::new();
    loop {
        tokio::select! {
            _ = &mut run => break,
            event = events.recv() => {
                if let Ok(Event::Changed { .. }) = event {
                    told.extend(bench.engine.running(HERE).map(|tally| tally.sent));
                }
            }
        }
    }
    assert!(told.contains(&100), "all customers, before an invoice is answered: {told:?}");
    let heard = told.last().copied();
    assert!(heard.is_some_and(|sent| sent >= 100), "{told:?}");
}
