//! How fast the export engine is: against a provider that answers at once, and against one that
//! counts calls as Xero does.

use crate::clocked::{Report, Result, Wanted};
use office::export::{Driver, PushDriver};
use simulators::xero::XeroConfig;
use std::sync::Arc;
use std::time::Instant;
use support::engine::{Bench, xero};
use support::exporting::Wish;
use support::wrapped::{Moment, SMALL, Wrapped};

/// Sends a book to a simulated Xero without limits, then fills half an hour of its limits.
pub async fn send(report: &mut Report, small: bool) -> Result<()> {
    let wish = Wish::of(if small { 600 } else { 6_000 });
    let bench = Bench::new(wish).await;
    let begun = Instant::now();
    bench.run_until_quiet().await;
    let took = begun.elapsed();
    bench.expect_exactly_once(&wish).await;
    let wanted = Wanted { least: 500, bar: ">= 500 records/s" };
    report.rate("engine, records sent without limits", (wish.records(), took), wanted);
    quota(report, small).await
}

/// Batches of five make many calls of few records: what counts here are calls.
async fn quota(report: &mut Report, small: bool) -> Result<()> {
    let wish = Wish { credited_every: 1_000_000, ..Wish::of(if small { 600 } else { 5_600 }) };
    let mut bench = Bench::with(wish, XeroConfig::default()).await;
    let Driver::Push(push) = bench.driver.clone() else { return Err("Xero is pushed to".into()) };
    let strike = |_: Moment| {};
    let adapter = Arc::new(Wrapped { inner: xero(), capabilities: &SMALL, strike, poison: None });
    bench.driver = Driver::Push(PushDriver { adapter, ..push });
    let begun = bench.time.0.now();
    bench.run_until_quiet().await;
    let took = bench.time.0.now() - begun;
    bench.expect_exactly_once(&wish).await;
    let calls = bench.sim.requests();
    let refused = calls.iter().filter(|call| call.status == 429).count();
    // Every minute that began counts whole, the first and the last too.
    let allowed = i64::from(SMALL.limits.per_minute) * (took.num_minutes() + 1);
    let used_percent = i64::try_from(calls.len())? * 100 / allowed;
    let figure = format!(
        "{used_percent} % ({} calls in {} s of its time, {refused} refused)",
        calls.len(),
        took.num_seconds()
    );
    report.share(
        "engine, of the calls a minute allows",
        figure,
        used_percent >= 95 && refused == 0,
    );
    Ok(())
}
