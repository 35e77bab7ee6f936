//! What happens at the edges: a spoilt batch and a call limit.

use std::sync::Arc;

use office::export::{Driver, PushDriver};
use providers::capabilities::Capabilities;
use simulators::xero::XeroConfig;
use store::exports::ExportView;
use support::exporting::Wish;
use support::wrapped::{Moment, SMALL, Wrapped};

use super::{Bench, xero};

fn wrapped(
    bench: &Bench,
    capabilities: &'static Capabilities,
    poison: Option<&'static str>,
) -> Driver {
    let Driver::Push(push) = bench.driver.clone() else { panic!("a pushing driver") };
    let strike = |_: Moment| {};
    let adapter = Arc::new(Wrapped { inner: xero(), capabilities, strike, poison });
    Driver::Push(PushDriver { adapter, ..push })
}

#[tokio::test]
async fn a_spoilt_batch_is_halved_until_its_one_record_is_found() {
    let wish = Wish { credited_every: 1_000, paid_every: 1_000, ..Wish::of(60) };
    let mut bench = Bench::new(wish).await;
    bench.driver = wrapped(&bench, &providers::xero::CAPABILITIES, Some("A-17"));
    bench.run_until_quiet().await;
    let odd = bench.rows(ExportView::Attention).await;
    assert_eq!(odd.iter().map(|row| row.label.as_str()).collect::<Vec<_>>(), ["A-17"]);
    assert_eq!(odd[0].cause_class.as_deref(), Some("validation"));
    assert_eq!(bench.sim.invoices().len(), 59);
    assert_eq!(bench.sim.duplicates(), []);
}

#[tokio::test]
async fn what_depends_on_a_refused_invoice_waits_and_follows_it() {
    let wish = Wish { students: 1, ..Wish::of(2) };
    let mut bench = Bench::new(wish).await;
    bench.driver = wrapped(&bench, &SMALL, Some("A-2"));
    bench.run_until_quiet().await;
    let causes: Vec<String> = bench.causes().await.into_iter().map(|(class, ..)| class).collect();
    assert_eq!(causes, ["validation", "depends"]);
    let refused = bench.rows(ExportView::Attention).await[0].id;
    bench.driver = wrapped(&bench, &SMALL, None);
    let mut tx = bench.store.begin().await.expect("a transaction");
    let now_ms = bench.time.0.now().timestamp_millis();
    assert_eq!(tx.release_exports(&[refused], now_ms).await.expect("released"), 1);
    assert_eq!(tx.release_exports(&[refused], now_ms).await.expect("again"), 0);
    tx.commit().await.expect("committed");
    bench.run_until_quiet().await;
    assert_eq!(bench.causes().await, []);
    bench.expect_exactly_once(&wish).await;
}

#[tokio::test]
async fn under_the_published_limits_no_call_is_refused() {
    let wish = Wish::of(400);
    let mut bench = Bench::with(wish, XeroConfig::default()).await;
    bench.driver = wrapped(&bench, &SMALL, None);
    let began = bench.time.0.now();
    bench.run_until_quiet().await;
    let calls = bench.sim.requests();
    assert!(calls.iter().all(|call| call.status != 429));
    let took = bench.time.0.now() - began;
    println!("{} calls in {} s of the provider's time", calls.len(), took.num_seconds());
    assert!(took.num_minutes() >= i64::try_from(calls.len()).expect("few") / 60 - 1);
    bench.expect_exactly_once(&wish).await;
}
