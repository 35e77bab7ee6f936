//! Programs that are killed while they export.

use crate::Trial;
use crate::table::Table;
use std::time::{Duration, Instant};
use support::exporting::Wish;
use support::scene::{End, Scene};
use support::system::System;

/// Every so many-th life ends by itself, just before or after a call.
const OWN_HAND: usize = 4;

/// Invoices recorded at a time.
const PORTION: usize = 200;

/// How often it is said how far it has come.
const SAID_EVERY: usize = 50;

/// Kills until so many struck from outside while something was left to send.
pub async fn tell<S: System>(trial: &Trial, table: &mut Table) {
    let begun = Instant::now();
    let wish = Wish { students: 40, ..Wish::of(PORTION) };
    let latency = Duration::from_millis(4);
    let mut scene = Scene::<S>::new(&trial.worker, wish, latency, trial.seed).await;
    let (mut killed, mut own_hand, mut lives) = (0, 0, 0_usize);
    while killed < trial.size.kills {
        lives += 1;
        match scene.live(lives.is_multiple_of(OWN_HAND)).await {
            End::Killed => killed += 1,
            End::OwnHand => own_hand += 1,
            End::QueueEmpty => scene.feed(PORTION).await,
        }
        if lives.is_multiple_of(SAID_EVERY) {
            println!("  {killed} of {} kills", trial.size.kills);
        }
    }
    scene.finish().await;
    let led = format!("{killed} SIGKILLs and {own_hand} ends around a call");
    let comparison = scene.compare().await;
    let name = S::PROVIDER.key();
    table.compare(&format!("{name}: killed"), &led, &comparison);
    table.memory(&format!("{name}: memory, killed"), scene.peak_kib);
    println!("  {:.0?}", begun.elapsed());
}
