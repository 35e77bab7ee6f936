//! The export is killed again and again, from outside and around its calls, and carries on each
//! time; or another desk takes the company over. In the end everything is there once. `cargo xtask
//! faults` does all of it a thousand times.

use simulators::qbo::QboSimulator;
use simulators::sage::SageSimulator;
use simulators::xero::XeroSimulator;
use std::path::Path;
use std::time::Duration;
use support::exporting::Wish;
use support::scene::{End, Scene};
use support::system::System;

/// Kills that must have struck while the export was at work.
const KILLS: u32 = 40;

/// Every so many-th life ends by itself, just before or after a call.
const OWN_HAND: u32 = 3;

/// Invoices recorded at a time.
const PORTION: usize = 100;

const SEED: u64 = 2026;

async fn kills_make_no_duplicate_and_lose_nothing<S: System>() {
    let wish = Wish { students: 40, ..Wish::of(PORTION) };
    let worker = Path::new(env!("CARGO_BIN_EXE_export_worker"));
    let mut scene = Scene::<S>::new(worker, wish, Duration::from_millis(4), SEED).await;
    let (mut killed, mut own_hand, mut lives) = (0, 0, 0_u32);
    while killed + own_hand < KILLS {
        lives += 1;
        match scene.live(lives.is_multiple_of(OWN_HAND)).await {
            End::Killed => killed += 1,
            End::OwnHand => own_hand += 1,
            End::QueueEmpty => scene.feed(PORTION).await,
        }
    }
    scene.finish().await;
    let comparison = scene.compare().await;
    println!("{killed} from outside, {own_hand} around a call: {comparison:?}");
    assert!(comparison.is_clean(), "{comparison:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_while_it_sends_to_xero_it_makes_no_duplicate_and_loses_nothing() {
    kills_make_no_duplicate_and_lose_nothing::<XeroSimulator>().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_while_it_sends_to_quickbooks_it_makes_no_duplicate_and_loses_nothing() {
    kills_make_no_duplicate_and_lose_nothing::<QboSimulator>().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_while_it_sends_to_sage_it_makes_no_duplicate_and_loses_nothing() {
    kills_make_no_duplicate_and_lose_nothing::<SageSimulator>().await;
}

/// Its book holds what another connection sent before, recorded together with its own.
async fn what_another_desk_sent_is_found_and_not_sent_again<S: System>() {
    let worker = Path::new(env!("CARGO_BIN_EXE_export_worker"));
    let mut first = Scene::<S>::new(worker, Wish::of(30), Duration::ZERO, SEED).await;
    first.finish().await;
    let mut second = first.successor().await;
    second.finish().await;
    let comparison = second.compare().await;
    assert!(comparison.is_clean(), "{comparison:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_desk_that_takes_over_a_company_at_xero_finds_everything_there() {
    what_another_desk_sent_is_found_and_not_sent_again::<XeroSimulator>().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_desk_that_takes_over_a_company_at_quickbooks_finds_everything_there() {
    what_another_desk_sent_is_found_and_not_sent_again::<QboSimulator>().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_desk_that_takes_over_a_company_at_sage_finds_everything_there() {
    what_another_desk_sent_is_found_and_not_sent_again::<SageSimulator>().await;
}
