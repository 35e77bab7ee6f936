//! Answers that are lost after the other side has done what was asked.

use crate::Trial;
use crate::table::Table;
use simulators::faults::FaultProfile;
use std::time::{Duration, Instant};
use support::exporting::Wish;
use support::scene::Scene;
use support::system::System;

/// Rounds in which a person lets go again what waits for one.
const ROUNDS: usize = 3;

/// A fifth of all answers is lost.
pub async fn tell<S: System>(trial: &Trial, table: &mut Table) {
    let begun = Instant::now();
    let wish = Wish::of(trial.size.documents);
    let mut scene = Scene::<S>::new(&trial.worker, wish, Duration::ZERO, trial.seed).await;
    println!("  {} records, a fifth of the answers lost", wish.records());
    let lossy = FaultProfile::named("lossy").expect("a profile");
    scene.sim.set_faults(FaultProfile { seed: trial.seed, ..lossy });
    let asked = settle(&mut scene).await;
    let lost = scene.sim.fired().len();
    let (calls, _) = scene.sim.calls();
    let comparison = scene.compare().await;
    let name = S::PROVIDER.key();
    let led = format!("{lost} answers of {calls} lost, {asked} shown to a person");
    table.compare(&format!("{name}: lost answers"), &led, &comparison);
    table.memory(&format!("{name}: memory, lost answers"), scene.peak_kib);
    println!("  {:.0?}", begun.elapsed());
}

/// Exports until nothing is left; a person tries again what waits for one. Returns how many records
/// did.
pub async fn settle<S: System>(scene: &mut Scene<S>) -> usize {
    let mut asked = 0;
    scene.finish().await;
    for _ in 0..ROUNDS {
        let released = scene.release().await;
        if released == 0 {
            break;
        }
        asked += released;
        scene.finish().await;
    }
    asked
}
