//! How fast the export engine is against a system that answers at once, and how much memory it
//! takes: `cargo xtask bench --engine`.

use crate::clocked::{Report, Result, Wanted};
use crate::{machine, many, quota};
use office::events::Event;
use office::export::{Driver, PushDriver};
use simulators::qbo::QboSimulator;
use simulators::sage::SageSimulator;
use simulators::xero::{XeroConfig, XeroSimulator};
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};
use support::engine::{Bench, adapter};
use support::exporting::{CONNECTION, Wish};
use support::scene::Scene;
use support::system::System;
use support::wrapped::{Moment, Wrapped, unlimited};

/// The most memory a run of fifty thousand records may take (MiB).
const MEMORY_MIB: u64 = 150;

/// Sends a book to a simulated Xero without limits.
pub async fn send(report: &mut Report, small: bool) -> Result<()> {
    speed::<XeroSimulator>(report, small).await
}

/// Everything that is measured of the engine.
pub async fn all(report: &mut Report, small: bool) -> Result<()> {
    speed::<XeroSimulator>(report, small).await?;
    speed::<QboSimulator>(report, small).await?;
    speed::<SageSimulator>(report, small).await?;
    status(report, small).await?;
    memory(report, small).await?;
    quota::use_up::<XeroSimulator>(report, small).await?;
    quota::use_up::<QboSimulator>(report, small).await?;
    quota::use_up::<SageSimulator>(report, small).await?;
    many::at_once(report, small).await
}

async fn speed<S: System>(report: &mut Report, small: bool) -> Result<()> {
    let wish = Wish::of(if small { 600 } else { 6_000 });
    let mut bench = Bench::<S>::of(wish).await;
    let Driver::Push(push) = bench.driver.clone() else { return Err("it is pushed to".into()) };
    let strike = |_: Moment| {};
    let capabilities = unlimited(S::PROVIDER);
    let adapter = Wrapped { inner: adapter::<S>(), capabilities, strike, poison: None };
    bench.driver = Driver::Push(PushDriver { adapter: Arc::new(adapter), ..push });
    let before_ms = machine::processor_ms();
    let begun = Instant::now();
    bench.run_until_quiet().await;
    let took = begun.elapsed();
    let used_ms = machine::processor_ms().zip(before_ms).map(|(after, before)| after - before);
    bench.expect_exactly_once(&wish).await;
    let wanted = Wanted { least: 1_000, bar: ">= 1,000 records/s" };
    let name = format!("engine, to {} without limits", S::PROVIDER.key());
    report.rate(&name, (wish.records(), took), wanted);
    if let Some(used_ms) = used_ms {
        // The simulator's share is in it.
        let each = used_ms * 1_000 / u64::try_from(wish.records())?.max(1);
        println!("  {name}: {each} microseconds of processor time a record");
    }
    Ok(())
}

/// How far the figures of a run on screen are behind what is in the book: whoever hears of a change
/// asks, as the window does.
async fn status(report: &mut Report, small: bool) -> Result<()> {
    let wish = Wish::of(if small { 600 } else { 6_000 });
    let latency = Duration::from_millis(200);
    let bench = Bench::with(wish, XeroConfig { latency, ..XeroConfig::unlimited() }).await;
    let mut events = bench.events.listen();
    let mut lag = Lag::default();
    let run = bench.run();
    tokio::pin!(run);
    loop {
        let moved = || bench.engine.running(CONNECTION).map_or(0, |tally| tally.moved);
        tokio::select! {
            _ = &mut run => break,
            event = events.recv() => {
                if let Event::Changed { .. } = event? {
                    let seen = moved();
                    bench.counts().await;
                    lag.seen = seen;
                }
            }
            () = tokio::time::sleep(Duration::from_millis(5)) => lag.look(moved()),
        }
    }
    let held = lag.worst < Duration::from_secs(1);
    let figure = format!("{} ms behind at most", lag.worst.as_millis());
    report.figure("engine, figures of a run on screen", figure, "< 1 s", held);
    Ok(())
}

/// How long a change has been in the book without being on screen.
#[derive(Default)]
struct Lag {
    seen: u32,
    unseen: VecDeque<(Instant, u32)>,
    worst: Duration,
}

impl Lag {
    fn look(&mut self, moved: u32) {
        if self.unseen.back().is_none_or(|(_, last)| moved > *last) && moved > self.seen {
            self.unseen.push_back((Instant::now(), moved));
        }
        while self.unseen.front().is_some_and(|(_, moved)| *moved <= self.seen) {
            self.unseen.pop_front();
        }
        let oldest = self.unseen.front().map(|(since, _)| since.elapsed());
        self.worst = self.worst.max(oldest.unwrap_or_default());
    }
}

/// In a process of its own, so that neither the simulator nor this program is counted.
async fn memory(report: &mut Report, small: bool) -> Result<()> {
    let wish = Wish::of(if small { 1_000 } else { 27_778 });
    let worker = format!("export_worker{}", std::env::consts::EXE_SUFFIX);
    let worker = std::env::current_exe()?.with_file_name(worker);
    let mut scene = Scene::<XeroSimulator>::new(&worker, wish, Duration::ZERO, 0).await;
    let begun = Instant::now();
    scene.finish().await;
    let took = begun.elapsed();
    let comparison = scene.compare().await;
    if !comparison.is_clean() {
        return Err(format!("a large run went wrong: {comparison:?}").into());
    }
    let wanted = Wanted { least: 1_000, bar: ">= 1,000 records/s" };
    report.rate("engine, a large run in its own process", (wish.records(), took), wanted);
    let figure = match scene.peak_kib {
        0 => "not told by this system".to_owned(),
        peak_kib => format!("{} MiB at most", peak_kib / 1_024),
    };
    let held = scene.peak_kib <= MEMORY_MIB * 1_024;
    report.figure("engine, memory of a large run", figure, "<= 150 MiB", held);
    Ok(())
}
