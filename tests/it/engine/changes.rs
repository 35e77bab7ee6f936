//! What changes while it is exported, or after: a student, a mapping, the count of calls.

use super::{Bench, HERE};
use chrono::TimeDelta;
use finance::fact::FactBody;
use finance::mapping::MappedKind;
use finance::party::Person;
use office::export::pacer::{Pacer, Remembered, Watch};
use office::export::{Driver, PushDriver};
use providers::capabilities::RateLimits;
use providers::throttle::DayUse;
use simulators::faults::{Fault, FaultProfile, Rule};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use store::exports::ExportView;
use support::exporting::{self, Wish, student_id};
use support::wrapped::{Moment, SMALL, Wrapped};

/// A student under another name.
pub fn renamed(place: usize, name: &str) -> FactBody {
    let person = Person { name: name.to_owned(), ..Person::default() };
    FactBody::StudentChanged { student_id: student_id(place), person }
}

async fn rename(bench: &Bench, place: usize, name: &str) {
    exporting::record(&bench.store, &bench.facts, vec![renamed(place, name)]).await;
}

fn names(bench: &Bench) -> Vec<String> {
    let mut names: Vec<String> = bench.sim.contacts().into_iter().map(|it| it.name).collect();
    names.sort();
    names
}

fn changes(bench: &Bench) -> usize {
    bench.sim.calls().get("POST /api.xro/2.0/Contacts").copied().unwrap_or(0)
}

#[tokio::test]
async fn a_student_who_changes_is_changed_there_and_nothing_is_made_twice() {
    let wish = Wish { students: 2, ..Wish::of(8) };
    let bench = Bench::new(wish).await;
    bench.run_until_quiet().await;
    rename(&bench, 0, "Ann Married").await;
    bench.run_until_quiet().await;
    assert_eq!(names(&bench), ["Ann Learner 1 (1002)", "Ann Married (1001)"]);
    assert_eq!((bench.sim.duplicates(), bench.causes().await), (vec![], vec![]));
    bench.expect_ledger(&wish);
}

#[tokio::test]
async fn of_two_changes_only_the_newer_is_sent_and_the_older_is_superseded() {
    let wish = Wish { students: 1, ..Wish::of(2) };
    let bench = Bench::new(wish).await;
    bench.run_until_quiet().await;
    rename(&bench, 0, "Ann One").await;
    rename(&bench, 0, "Ann Two").await;
    let settled = bench.rows(ExportView::Settled).await;
    assert_eq!(settled.len(), 1);
    assert_eq!(settled[0].state.word(), "superseded");
    bench.run_until_quiet().await;
    assert_eq!((names(&bench), changes(&bench)), (vec!["Ann Two (1001)".to_owned()], 1));
}

#[tokio::test]
async fn a_change_before_the_first_export_is_part_of_it() {
    let wish = Wish { students: 1, ..Wish::of(2) };
    let bench = Bench::new(wish).await;
    rename(&bench, 0, "Ann Early").await;
    bench.run_until_quiet().await;
    assert_eq!((names(&bench), changes(&bench)), (vec!["Ann Early (1001)".to_owned()], 0));
    bench.expect_exactly_once(&wish).await;
}

#[tokio::test]
async fn a_change_whose_answer_is_lost_is_made_again_and_never_overtakes_a_newer_one() {
    for late in [false, true] {
        let wish = Wish { students: 1, ..Wish::of(2) };
        let bench = Bench::new(wish).await;
        bench.run_until_quiet().await;
        let lost = Rule::always(Fault::ConnectionLost).on("POST", "/api.xro").nth(1);
        let lost = if late { lost.after_commit() } else { lost };
        bench.sim.set_faults(FaultProfile::of([lost]));
        rename(&bench, 0, "Ann Older").await;
        bench.run().await;
        rename(&bench, 0, "Ann Newer").await;
        bench.run_until_quiet().await;
        assert_eq!(names(&bench), ["Ann Newer (1001)"], "late {late}");
        assert_eq!((bench.sim.duplicates(), bench.causes().await), (vec![], vec![]));
    }
}

#[tokio::test]
async fn a_change_that_is_refused_is_superseded_with_its_cause_when_the_student_is_mended() {
    let wish = Wish { students: 1, ..Wish::of(2) };
    let bench = Bench::new(wish).await;
    bench.run_until_quiet().await;
    rename(&bench, 0, "Ann Refused").await;
    let refused = bench.rows(ExportView::Waiting).await[0].id;
    put_to_review(&bench, refused).await;
    rename(&bench, 0, "Ann Mended").await;
    assert_eq!(bench.causes().await, []);
    bench.run_until_quiet().await;
    assert_eq!(names(&bench), ["Ann Mended (1001)"]);
}

async fn put_to_review(bench: &Bench, record: i64) {
    let now = bench.time.0.now();
    let mut tx = bench.store.begin().await.expect("a transaction");
    let due = tx.export_as_due(record).await.expect("read").expect("a record");
    let mut change =
        office::export::verdict::change(&due, office::export::state::Event::AskPerson, now);
    change.causes = vec![office::export::cause::Class::Validation.about("email", &[])];
    tx.change_exports(HERE, &[change], now.timestamp_millis()).await.expect("changed");
    tx.commit().await.expect("committed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mapping_changed_during_a_run_counts_from_the_next_batch_on() {
    let wish = Wish { students: 1, credited_every: 1_000, paid_every: 1_000, ..Wish::of(40) };
    let mut bench = Bench::new(wish).await;
    let (store, facts) = (bench.store.clone(), bench.facts.clone());
    let service = exporting::mapped()[0].1.clone();
    let pushes = AtomicUsize::new(0);
    bench.driver = wrapped(&bench, move |moment| {
        // The customer is the first push, five invoices the second.
        if moment == Moment::AfterPush && pushes.fetch_add(1, Ordering::SeqCst) == 1 {
            let other = exporting::mapping(MappedKind::Service, &service, "260");
            let record = exporting::record(&store, &facts, vec![other]);
            tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(record));
        }
    });
    bench.run().await;
    let accounts: Vec<Option<String>> =
        bench.sim.invoices().iter().map(|it| it.lines[0].account_code.clone()).collect();
    assert_eq!(accounts.len(), wish.invoices);
    assert_eq!(accounts.first(), Some(&Some("200".to_owned())));
    assert_eq!(accounts.last(), Some(&Some("260".to_owned())));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_calls_of_the_day_are_on_the_disk_before_the_run_is_over() {
    let wish = Wish { students: 1, credited_every: 1_000, paid_every: 1_000, ..Wish::of(40) };
    let mut bench = Bench::new(wish).await;
    let store = bench.store.clone();
    let most = Arc::new(AtomicUsize::new(0));
    let seen = most.clone();
    bench.driver = wrapped(&bench, move |moment| {
        if moment == Moment::BeforePush {
            let left = async {
                let mut view = store.read().await.expect("a view");
                view.connection_run(HERE).await.expect("a standing").calls_left
            };
            let handle = tokio::runtime::Handle::current();
            let left = tokio::task::block_in_place(|| handle.block_on(left)).unwrap_or(5_000);
            seen.fetch_max(5_000 - left as usize, Ordering::SeqCst);
        }
    });
    bench.run().await;
    let calls = bench.sim.requests().len();
    let most = most.load(Ordering::SeqCst);
    assert!(most > 0 && most < calls, "{most} of {calls} calls were known during the run");
    let mut view = bench.store.read().await.expect("a view");
    let left = view.connection_run(HERE).await.expect("a standing").calls_left;
    assert_eq!(left, Some(5_000 - u32::try_from(calls).expect("few")));
}

fn wrapped(bench: &Bench, strike: impl Fn(Moment) + Send + Sync + 'static) -> Driver {
    let Driver::Push(push) = bench.driver.clone() else { panic!("a pushing driver") };
    let adapter =
        Arc::new(Wrapped { inner: super::xero(), capabilities: &SMALL, strike, poison: None });
    Driver::Push(PushDriver { adapter, ..push })
}

#[tokio::test]
async fn a_question_is_asked_again_and_waits_as_long_as_the_provider_says() {
    let bench = Bench::new(Wish::of(1)).await;
    let Driver::Push(push) = bench.driver.clone() else { panic!("a pushing driver") };
    let limits = RateLimits { concurrent: 1, per_minute: 60, per_day: 100 };
    let before = Remembered { day: DayUse::default(), held_until: None };
    let time = Arc::new(bench.time.clone());
    let pacer = Arc::new(Pacer::new(limits, before, time.clone(), time, Arc::default()));
    let limited =
        |wait| Fault::RateLimited { retry_after_s: Some(wait), problem: "minute".to_owned() };
    let ask = async |faults: Vec<Fault>| {
        let rules = faults.into_iter().zip(1..);
        bench.sim.set_faults(FaultProfile::of(
            rules.map(|(fault, nth)| Rule::always(fault).on("GET", "/api.xro").nth(nth)),
        ));
        let began = bench.time.0.now();
        let watch = Arc::new(Watch::of_question(pacer.clone()));
        let answer = push.adapter.check_connection(&push.session(watch.clone())).await;
        (answer.is_ok(), watch.calls(), bench.time.0.now() - began)
    };
    let (is_ok, calls, took) = ask(vec![Fault::ConnectionLost, Fault::MalformedJson]).await;
    assert_eq!((is_ok, calls), (true, 3));
    assert_eq!(took, TimeDelta::milliseconds(300));
    let (is_ok, calls, took) = ask(vec![limited(7)]).await;
    assert_eq!((is_ok, calls, took), (true, 2, TimeDelta::seconds(7)));
    let (is_ok, calls, _) = ask(vec![limited(3_600)]).await;
    assert_eq!((is_ok, calls), (false, 1), "a person does not wait for an hour");
    assert_eq!(pacer.day().expect("a count").0, 100 - 6);
}
