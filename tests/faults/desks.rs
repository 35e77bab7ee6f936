//! Two desks that hold the same documents: at once, one after the other, and as a copy.

use crate::Trial;
use crate::lost;
use crate::table::Table;
use std::time::Duration;
use support::exporting::Wish;
use support::scene::Scene;
use support::system::System;

/// Both at once, through the same connection, to a system that remembers keys: where both have
/// looked and neither saw anything, nothing else tells them apart.
pub async fn at_once<S: System>(trial: &Trial, table: &mut Table) {
    let wish = Wish::of(trial.size.shared);
    let mut first = Scene::<S>::remembering(&trial.worker, wish, trial.seed).await;
    let mut second = first.beside().await;
    println!("  {} records of two desks at once", wish.records());
    let (one, other) = tokio::join!(lost::settle(&mut first), lost::settle(&mut second));
    let name = format!("{}: two desks at once", S::PROVIDER.key());
    let led = format!("{} shown to a person", one + other);
    table.compare(&name, &led, &first.compare().await);
    table.compare(&format!("{name}, the other"), &led, &second.compare().await);
}

/// A copy that was taken before anything was sent is opened after all of it was.
pub async fn copied<S: System>(trial: &Trial, table: &mut Table) {
    let wish = Wish::of(trial.size.shared);
    let mut own = Scene::<S>::new(&trial.worker, wish, Duration::ZERO, trial.seed).await;
    let mut copy = own.copied();
    own.finish().await;
    let asked = lost::settle(&mut copy).await;
    let name = format!("{}: a copy of the book", S::PROVIDER.key());
    table.compare(&name, &format!("{asked} shown to a person"), &copy.compare().await);
}

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
