//! Three of ten calls are refused, some with a time to wait.

use crate::Trial;
use crate::lost::settle;
use crate::table::Table;
use providers::document::DocumentKind;
use simulators::faults::{Fault, FaultProfile};
use std::time::{Duration, Instant};
use support::exporting::Wish;
use support::scene::Scene;
use support::system::System;

/// Each of them is waited for, so that there are not more.
const WAITS: u64 = 60;

/// Long enough to tell a call that was on its way from one that did not wait.
const WAIT_S: u64 = 2;

/// A system that takes one record a call meets as many refusals with a tenth of the documents; its
/// connection rests after a few in a row, and the clock is a real one.
fn documents<S: System>(wanted: usize) -> usize {
    let single = S::PROVIDER.capabilities().calls_per_record;
    let is_single = single.iter().any(|(kind, _)| *kind == DocumentKind::Invoice);
    if is_single { (wanted / 10).max(100) } else { wanted }
}

/// Everything arrives once, and nothing before its time.
pub async fn tell<S: System>(trial: &Trial, table: &mut Table) {
    let begun = Instant::now();
    let wish = Wish::of(documents::<S>(trial.size.documents));
    let mut scene = Scene::<S>::new(&trial.worker, wish, Duration::ZERO, trial.seed).await;
    println!("  {} records, three of ten calls refused", wish.records());
    let mut storm = FaultProfile::named("storm").expect("a profile");
    for rule in &mut storm.rules {
        if let Fault::RateLimited { retry_after_s, .. } = &mut rule.fault {
            *retry_after_s = Some(WAIT_S);
            rule.times = Some(WAITS);
        }
    }
    scene.sim.set_faults(FaultProfile { seed: trial.seed, ..storm });
    let asked = settle(&mut scene).await;
    let refused = scene.sim.fired();
    let waits = refused.iter().filter(|it| matches!(it.fault, Fault::RateLimited { .. })).count();
    let early = scene.sim.too_early();
    let name = S::PROVIDER.key();
    let led = format!("{} refusals, {asked} shown to a person", refused.len());
    table.compare(&format!("{name}: a storm"), &led, &scene.compare().await);
    let figure = format!("{early} calls before the time, told to wait {waits} times");
    table.add(&format!("{name}: a storm, waiting"), figure, "no call before", early == 0);
    table.memory(&format!("{name}: memory, a storm"), scene.peak_kib);
    println!("  {:.0?}", begun.elapsed());
}
