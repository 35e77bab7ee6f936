//! A folder in an accounting system's place.

use super::{Bench, HERE};
use office::export::files::CsvFolder;
use office::export::{Driver, RunOutcome};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use store::exports::ExportView;
use support::exporting::{self, Wish};

fn into(folder: &Path) -> Driver {
    Driver::File(Arc::new(CsvFolder::new(folder.to_owned())))
}

fn files(folder: &Path) -> BTreeMap<String, String> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        (name, std::fs::read_to_string(path).expect("a text"))
    });
    entries.collect()
}

#[tokio::test]
async fn a_folder_gets_every_record_once_without_a_mapping() {
    let wish = Wish { mapped: false, ..Wish::of(40) };
    let bench = Bench::new(wish).await;
    let home = tempfile::tempdir().expect("a folder");
    let first = bench.engine.run(HERE, into(home.path())).await.expect("a run");
    assert!(matches!(first, RunOutcome::Ran(tally, None) if tally.sent as usize == wish.records()));
    let before = files(home.path());
    assert_eq!(before.len(), 5, "{:?}", before.keys());
    assert!(before.keys().all(|name| name.ends_with(".csv")), "nothing half is left");
    bench.engine.run(HERE, into(home.path())).await.expect("a run");
    assert_eq!(files(home.path()), before);
}

#[tokio::test]
async fn what_was_under_way_when_the_program_stopped_is_found_in_its_file_and_not_written_twice() {
    let wish = Wish { mapped: false, ..Wish::of(20) };
    let bench = Bench::new(wish).await;
    let home = tempfile::tempdir().expect("a folder");
    bench.engine.run(HERE, into(home.path())).await.expect("a run");
    let before = files(home.path());
    // The files are there, but the book was not told: as after a power cut.
    let mut tx = bench.store.begin().await.expect("a transaction");
    let forgotten: Vec<_> = rows(&bench).await;
    tx.change_exports(HERE, &forgotten, bench.time.0.now().timestamp_millis()).await.expect("set");
    tx.commit().await.expect("committed");
    let again = bench.engine.run(HERE, into(home.path())).await.expect("a run");
    let RunOutcome::Ran(tally, None) = again else { panic!("a run: {again:?}") };
    assert_eq!(tally.duplicates_prevented as usize, wish.records());
    assert_eq!(files(home.path()), before);
}

/// Every record put back under way.
async fn rows(bench: &Bench) -> Vec<store::exports::RecordChange> {
    let exported = bench.rows(ExportView::Sent).await.into_iter();
    let change = |row: store::exports::ExportRow| store::exports::RecordChange {
        record: row.id,
        from: row.state,
        to: store::exports::ExportState::InFlight,
        revision: 1,
        attempts: 0,
        look_first: false,
        next_attempt_at_ms: 0,
        doubt: None,
        external: None,
        causes: Vec::new(),
    };
    exported.map(change).collect()
}

#[tokio::test]
async fn a_folder_that_vanished_is_one_clear_cause_and_the_retry_works_when_it_is_back() {
    let wish = Wish { mapped: false, ..Wish::of(20) };
    let bench = Bench::new(wish).await;
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join("stick");
    bench.engine.run(HERE, into(&folder)).await.expect("a run");
    assert!(!folder.exists(), "a folder is never made in the place of one that is gone");
    let causes = bench.causes().await;
    let named = |class: &str| causes.iter().find(|(it, ..)| it == class);
    let (_, held, params) = named("folder_gone").expect("a cause");
    assert_eq!(*held as usize, wish.students.min(wish.invoices));
    assert!(params.contains("stick"), "{params}");
    std::fs::create_dir(&folder).expect("the folder is back");
    let waiting: Vec<i64> =
        bench.rows(ExportView::Attention).await.iter().map(|row| row.id).collect();
    let mut tx = bench.store.begin().await.expect("a transaction");
    let now_ms = bench.time.0.now().timestamp_millis();
    tx.release_exports(&waiting, now_ms).await.expect("released");
    tx.commit().await.expect("committed");
    bench.engine.run(HERE, into(&folder)).await.expect("a run");
    assert_eq!(bench.causes().await, []);
    assert_eq!(bench.counts().await.sent as usize, wish.records());
}

#[tokio::test]
async fn a_student_who_changes_stands_in_a_further_file() {
    let wish = Wish { mapped: false, ..Wish::of(4) };
    let bench = Bench::new(wish).await;
    let home = tempfile::tempdir().expect("a folder");
    bench.engine.run(HERE, into(home.path())).await.expect("a run");
    let before = files(home.path());
    exporting::record(&bench.store, &bench.facts, vec![super::changes::renamed(0, "Ann New")])
        .await;
    bench.engine.run(HERE, into(home.path())).await.expect("a run");
    let after = files(home.path());
    let new: Vec<_> = after.iter().filter(|(name, _)| !before.contains_key(*name)).collect();
    let [(name, text)] = &new[..] else { panic!("one file: {:?}", after.keys()) };
    assert!(name.starts_with("customers-") && text.contains("Ann New"), "{name} {text}");
}
