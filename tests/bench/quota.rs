//! How much of the calls that systems publish as their limits the engine uses, by a clock that
//! stands until it is moved.

use crate::clocked::{Report, Result};
use office::export::{Driver, PushDriver};
use std::sync::Arc;
use support::engine::{Bench, adapter};
use support::exporting::Wish;
use support::system::System;
use support::wrapped::{Moment, Wrapped, small};

/// Fills half an hour of a system's minutes, or its day. Batches of five make many calls of few
/// records: what counts here are calls.
pub async fn use_up<S: System>(report: &mut Report, few: bool) -> Result<()> {
    let capabilities = small(S::PROVIDER);
    let limits = capabilities.limits;
    let wish = Wish { credited_every: 1_000_000, ..Wish::of(if few { 600 } else { 5_600 }) };
    let mut bench = Bench::<S>::limited(wish).await;
    let Driver::Push(push) = bench.driver.clone() else { return Err("it is pushed to".into()) };
    let strike = |_: Moment| {};
    let adapter = Wrapped { inner: adapter::<S>(), capabilities, strike, poison: None };
    bench.driver = Driver::Push(PushDriver { adapter: Arc::new(adapter), ..push });
    let begun = bench.time.0.now();
    bench.run_until_quiet().await;
    let (calls, refused) = bench.sim.calls();
    let arrivals = bench.sim.arrivals();
    let ended = arrivals.last().copied().unwrap_or(begun);
    let took = ended - begun;
    // The minute in which the queue came to its end was not used to its end.
    let whole = begun + chrono::TimeDelta::minutes(took.num_minutes());
    let within = arrivals.iter().filter(|at| **at < whole).count();
    let allowed = i64::from(limits.per_minute) * took.num_minutes().max(1);
    let used_percent = i64::try_from(within)? * 100 / allowed;
    let seconds = took.num_seconds();
    let key = S::PROVIDER.key();
    let figure = format!("{used_percent} % ({calls} calls in {seconds} s, {refused} refused)");
    let name = format!("engine, of the calls a minute at {key}");
    report.share(&name, figure, used_percent >= 95 && refused == 0);
    let counts = bench.counts().await;
    if counts.waiting == 0 {
        bench.expect_exactly_once(&wish).await;
        return Ok(());
    }
    // Something is left for tomorrow: the day was used up.
    let day_percent = u64::try_from(calls)? * 100 / u64::from(limits.per_day);
    let figure = format!("{day_percent} % ({calls} of {}, {refused} refused)", limits.per_day);
    let name = format!("engine, of the calls a day at {key}");
    report.share(&name, figure, day_percent >= 95 && refused == 0);
    Ok(())
}
