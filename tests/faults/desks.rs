//! Two desks, each with a book of its own that holds the same documents.

use crate::Trial;
use crate::lost;
use crate::table::Table;
use std::time::Duration;
use support::exporting::Wish;
use support::scene::Scene;
use support::system::System;

/// One after the other: the second takes the company over through a connection of its own.
pub async fn tell<S: System>(trial: &Trial, table: &mut Table) {
    let wish = Wish::of(trial.size.shared);
    let name = S::PROVIDER.key();
    let mut first = Scene::<S>::new(&trial.worker, wish, Duration::ZERO, trial.seed).await;
    println!("  {} records of two desks", wish.records());
    first.finish().await;
    let (before, _) = first.sim.calls();
    let mut second = first.successor().await;
    let asked = lost::settle(&mut second).await;
    let (after, _) = second.sim.calls();
    let led = format!("{} calls of the second desk, {asked} shown to a person", after - before);
    let comparison = second.compare().await;
    table.compare(&format!("{name}: a desk takes over"), &led, &comparison);
    table.memory(&format!("{name}: memory, a desk takes over"), second.peak_kib);
}
