//! How fast the engine is when the provider answers at once.

use super::Bench;
use std::time::Instant;
use support::exporting::Wish;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_thousand_records_are_sent_and_the_speed_is_told() {
    let wish = Wish { credited_every: 1_000_000, ..Wish::of(1_300) };
    let bench = Bench::new(wish).await;
    let began = Instant::now();
    bench.run_until_quiet().await;
    let took_ms = began.elapsed().as_millis().max(1);
    let records = wish.records() as u128;
    println!("{records} records in {took_ms} ms: {} a second", records * 1_000 / took_ms);
    bench.expect_exactly_once(&wish).await;
}
