//! What somebody deleted there goes once more, where a person says that it counts.

use super::deciding::decide;
use super::{conflicts, read, session};
use providers::ProviderAdapter as _;
use providers::document::{
    DocumentKind, ExportDocument, Period, PushItem, RemovalDocument, Removed,
};
use simulators::qbo::QboSimulator;
use simulators::sage::SageSimulator;
use simulators::xero::XeroSimulator;
use support::engine::{Bench, adapter};
use support::exporting::{Wish, day};
use support::system::System;

/// An invoice and its payment, sent; then somebody deletes the payment.
async fn deleted<S: System>(wish: Wish) -> Bench<S> {
    let bench = Bench::<S>::of(wish).await;
    bench.run_until_quiet().await;
    bench.time.0.advance(chrono::TimeDelta::minutes(5));
    let (adapter, session) = (adapter::<S>(), session(&bench));
    let period = Period { from: day(), to: day() };
    let theirs = adapter.fetch_records(&session, period).await.expect("records");
    let paid = theirs.iter().find(|it| it.kind == DocumentKind::Payment).expect("a payment");
    let removal = RemovalDocument {
        reference: "K-somebody".to_owned(),
        existing: paid.id.clone(),
        removed: Removed::Payment,
    };
    let document = ExportDocument::Removal(removal);
    let item = PushItem { document, idempotency_key: "5".repeat(32) };
    adapter.push(&session, &[item]).await.outcomes.remove(0).expect("deleted");
    bench
}

async fn what_was_deleted_there_goes_once_more<S: System>() {
    let wish = Wish { students: 1, paid_every: 1, credited_every: 1_000, ..Wish::of(1) };
    let bench = deleted::<S>(wish).await;
    read(&bench).await;
    let found = conflicts(&bench).await;
    let [conflict] = &found[..] else { panic!("one conflict: {found:?}") };
    assert_eq!(conflict.cause, "payment_removed");
    assert_eq!(conflict.choices, ["reverse", "send_again", "leave"]);
    decide(&bench, conflict, "send_again").await.expect("decided");
    bench.run_until_quiet().await;
    assert_eq!(bench.causes().await, []);
    bench.expect_exactly_once(&wish).await;
    for _ in 0..2 {
        read(&bench).await;
        assert_eq!(conflicts(&bench).await.len(), 0, "it is there");
    }
}

#[tokio::test]
async fn what_was_deleted_in_xero_goes_once_more() {
    what_was_deleted_there_goes_once_more::<XeroSimulator>().await;
}

#[tokio::test]
async fn what_was_deleted_in_quickbooks_goes_once_more() {
    what_was_deleted_there_goes_once_more::<QboSimulator>().await;
}

#[tokio::test]
async fn what_was_deleted_in_sage_goes_once_more() {
    what_was_deleted_there_goes_once_more::<SageSimulator>().await;
}
