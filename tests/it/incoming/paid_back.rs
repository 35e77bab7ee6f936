//! Credit of a customer that a bookkeeper pays back: a person hears of it, and records it here without
//! telling it there once more.

use super::deciding::decide;
use super::held::{both_sides_agree, expect, pay_back, received_there};
use super::{conflicts, gbp, payments, read, there, write};
use crate::conformance::kept::Holds;
use office::reconcile::{Outcome, listed, pair};
use providers::ProviderAdapter as _;
use providers::document::{ExportDocument, HeldAs, Period, RefundDocument};
use simulators::sage::SageSimulator;
use simulators::xero::XeroSimulator;
use store::ReconciledSpan;
use store::exports::ExportKind;
use support::engine::{Bench, HERE, adapter};
use support::exporting::day;

/// Somebody there pays 30 of the 80 pounds back.
async fn paid_back_there<S: Holds>(bench: &Bench<S>) {
    bench.time.0.advance(chrono::TimeDelta::minutes(5));
    let held = there(bench, ExportKind::OnAccount).await.into_values().next();
    let refund = RefundDocument {
        reference: "by hand".to_owned(),
        credit_note: held.expect("the money"),
        held_as: HeldAs::OnAccount,
        account: S::codes().bank,
        date: day(),
        amount: gbp(3_000),
        base: None,
    };
    write(bench, 950, ExportDocument::Refund(refund)).await;
}

async fn outcomes<S: Holds>(bench: &Bench<S>) -> Vec<Outcome> {
    let period = Period { from: day(), to: day() };
    let theirs = adapter::<S>().fetch_records(&super::session(bench), period).await;
    let span = ReconciledSpan { connection: HERE, from: day(), to: day() };
    let mut view = bench.store.read().await.expect("a view");
    let ours = view.our_records(span).await.expect("records");
    let pairs = pair(ours, listed(&theirs.expect("records")));
    let odd = pairs.into_iter().map(|it| it.outcome).filter(|it| *it != Outcome::Agreed);
    odd.collect()
}

async fn what_is_paid_back_there_waits_for_a_person<S: Holds>() {
    let bench = received_there::<S>().await;
    both_sides_agree(&bench).await;
    paid_back_there(&bench).await;
    assert!(outcomes(&bench).await.contains(&Outcome::Balance), "the comparison sees it");
    for _ in 0..2 {
        read(&bench).await;
    }
    let found = conflicts(&bench).await;
    let [conflict] = &found[..] else { panic!("one conflict: {found:?}") };
    assert_eq!((conflict.cause.as_str(), &*conflict.choices[0]), ("paid_back_there", "refund"));
    let field = conflict.fields.iter().find(|it| it.field == "refunded").expect("how much");
    assert_eq!(
        (field.ours.as_deref(), field.theirs.as_deref()),
        (Some("0.00 GBP"), Some("30.00 GBP"))
    );
    decide(&bench, conflict, "refund").await.expect("recorded");
    let [row] = &payments(&bench).await[..] else { panic!("one payment") };
    assert_eq!(row.unallocated, gbp(5_000));
    let writes = bench.sim.calls().0;
    bench.run_until_quiet().await;
    assert_eq!((bench.sim.calls().0, bench.causes().await), (writes, Vec::new()), "not told again");
    read(&bench).await;
    assert!(conflicts(&bench).await.is_empty(), "{:?}", conflicts(&bench).await);
}

/// A refund from here is no surprise, whether it has arrived there or not.
async fn what_is_paid_back_here_is_no_conflict<S: Holds>() {
    let bench = received_there::<S>().await;
    pay_back(&bench, 3_000).await;
    read(&bench).await;
    expect(&bench, [5_000, 5_000, 0]).await;
}

#[tokio::test]
async fn what_is_paid_back_in_xero_waits_for_a_person() {
    what_is_paid_back_there_waits_for_a_person::<XeroSimulator>().await;
}

/// Sage tells what was done with the money apart from it, so only both books side by side show it.
#[tokio::test]
async fn what_is_paid_back_in_sage_is_seen_by_the_comparison() {
    let bench = received_there::<SageSimulator>().await;
    assert_eq!(outcomes(&bench).await, []);
    paid_back_there(&bench).await;
    assert!(outcomes(&bench).await.contains(&Outcome::Balance));
}

#[tokio::test]
async fn what_is_paid_back_from_here_to_xero_is_no_conflict() {
    what_is_paid_back_here_is_no_conflict::<XeroSimulator>().await;
}

#[tokio::test]
async fn what_is_paid_back_from_here_to_sage_is_no_conflict() {
    what_is_paid_back_here_is_no_conflict::<SageSimulator>().await;
}
