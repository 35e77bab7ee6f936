//! What happens when nothing goes wrong but a mapping.

use super::Bench;
use office::export::{Halt, RunOutcome};
use store::exports::ExportView;
use support::exporting::{self, Wish};

#[tokio::test]
async fn every_record_arrives_once_and_a_second_run_sends_nothing() {
    let wish = Wish::of(120);
    let bench = Bench::new(wish).await;
    bench.run_until_quiet().await;
    bench.expect_exactly_once(&wish).await;
    let calls = bench.sim.requests().len();
    assert!(matches!(bench.run().await, RunOutcome::Ran(tally, None) if tally.sent == 0));
    assert_eq!(bench.sim.requests().len(), calls);
}

#[tokio::test]
async fn a_missing_mapping_is_one_cause_for_all_its_documents_and_mapping_it_releases_them() {
    let wish = Wish { mapped: false, ..Wish::of(40) };
    let bench = Bench::new(wish).await;
    bench.run_until_quiet().await;
    let causes = bench.causes().await;
    let missing: Vec<u32> = causes
        .iter()
        .filter(|(class, ..)| class == "mapping_missing")
        .map(|(_, records, _)| *records)
        .collect();
    // The service and the tax code hold up all invoices and credit notes, both named at once.
    assert_eq!(missing, [44, 44], "{causes:?}");
    assert_eq!(bench.sim.invoices(), []);
    exporting::record(&bench.store, &bench.facts, exporting::mappings()).await;
    release_mappings(&bench).await;
    bench.run_until_quiet().await;
    bench.expect_exactly_once(&wish).await;
}

async fn release_mappings(bench: &Bench) {
    let subjects: Vec<String> =
        exporting::mapped().iter().map(|(kind, key)| format!("{kind}:{key}")).collect();
    let mut tx = bench.store.begin().await.expect("a transaction");
    let now_ms = bench.time.0.now().timestamp_millis();
    tx.resolve_causes(super::HERE, "mapping_missing", &subjects, now_ms).await.expect("released");
    tx.commit().await.expect("committed");
}

#[tokio::test]
async fn a_revoked_sign_in_keeps_the_queue_and_counts_no_attempt() {
    let wish = Wish::of(20);
    let bench = Bench::new(wish).await;
    bench.sim.revoke();
    let driver = super::with_dead_token(&bench);
    let outcome = bench.engine.run(super::HERE, driver).await.expect("a run");
    assert!(matches!(outcome, RunOutcome::Ran(_, Some(Halt::SignIn))), "{outcome:?}");
    let rows = bench.rows(ExportView::Waiting).await;
    assert_eq!(rows.len(), wish.records());
    assert!(rows.iter().all(|row| row.attempts == 0));
    assert_eq!(bench.causes().await, []);
    assert!(matches!(bench.run().await, RunOutcome::Held(Halt::SignIn)));
}
