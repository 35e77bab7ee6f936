//! Intuit's limits of calls: the adapter's figures are the simulator's, and a run stays within them.

use std::sync::Arc;

use chrono::TimeDelta;
use office::export::{Driver, PushDriver};
use providers::qbo::CAPABILITIES;
use providers::registry::Provider;
use simulators::qbo::{Limits, QboSimulator};
use support::engine::{Bench, adapter};
use support::exporting::Wish;
use support::wrapped::{Moment, Wrapped, small};

/// "API call limits and throttles" of developer.intuit.com and Intuit's developer blogs of 2016-08-08
/// and 2025-08-13, read 2026-11-23.
const PUBLISHED: Limits =
    Limits { at_once: 10, per_minute: 500, batches_per_minute: 40, batches_per_minute_of_all: 120 };

#[test]
fn the_adapter_keeps_to_the_limits_that_the_simulator_holds_it_to() {
    let (ours, theirs) = (CAPABILITIES.limits, Limits::default());
    assert_eq!(theirs, PUBLISHED);
    assert_eq!(ours.concurrent, theirs.at_once);
    // Any call may be a batch, so all are counted as the scarcest of them.
    let all = [theirs.per_minute, theirs.batches_per_minute, theirs.batches_per_minute_of_all];
    assert_eq!(usize::try_from(ours.per_minute).ok(), all.into_iter().min());
}

#[tokio::test]
async fn a_run_of_many_calls_stays_within_every_minute_and_uses_it() {
    let wish = Wish::of(400);
    let mut bench = Bench::<QboSimulator>::limited(wish).await;
    let Driver::Push(push) = bench.driver.clone() else { panic!("a pushing driver") };
    let adapter = Arc::new(Wrapped {
        inner: adapter::<QboSimulator>(),
        capabilities: small(Provider::Qbo),
        strike: |_: Moment| {},
        poison: None,
    });
    bench.driver = Driver::Push(PushDriver { adapter, ..push });
    bench.run_until_quiet().await;
    let requests = bench.sim.requests();
    assert!(requests.iter().all(|call| call.status != 429));
    let most = PUBLISHED.batches_per_minute;
    let spans: Vec<TimeDelta> =
        requests.windows(most + 1).map(|calls| calls[most].at - calls[0].at).collect();
    let shortest = spans.into_iter().min().expect("more calls than a minute takes");
    assert!(shortest >= TimeDelta::minutes(1), "{most} calls and one more in {shortest}");
    assert!(shortest < TimeDelta::seconds(63), "{most} calls and one more took {shortest}");
    bench.expect_exactly_once(&wish).await;
}
