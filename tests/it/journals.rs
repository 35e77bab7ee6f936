//! Journal entries instead of documents: what is there afterwards is the book, account by account, to
//! the minor unit and once, whatever went wrong on the way.

mod compared;

use chrono::{NaiveDate, TimeDelta};
use compared::what_was_sent_agrees_and_only_what_bears_our_mark_is_compared;
use finance::Money;
use finance::fact::FactBody;
use finance::ids::{PaymentId, SchoolId};
use finance::journal::Booking;
use finance::ledger::{Chart, charts};
use finance::payment::Payment;
use office::export::{Driver, PushDriver};
use rust_decimal::Decimal;
use simulators::faults::FaultProfile;
use simulators::qbo::QboSimulator;
use simulators::sage::SageSimulator;
use simulators::xero::XeroSimulator;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use store::exports::ExportView;
use support::engine::{Bench, HERE, adapter};
use support::exporting::{self, Wish, day};
use support::journals::{Journals, accounts};
use support::wrapped::{Moment, Wrapped};
use tokio::sync::Notify;
use uuid::Uuid;

/// Runs every story against a system that is sent journal entries.
macro_rules! holds_for {
    ($system:ident: $simulator:ty) => {
        mod $system {
            use super::*;

            holds_for!(@ $simulator,
                each_entry_of_the_book_arrives_once_and_a_second_run_sends_nothing,
                a_day_is_sent_when_it_is_over_and_what_comes_late_is_a_further_entry,
                a_fifth_of_the_replies_lost_makes_no_entry_twice_and_loses_none,
                a_program_killed_before_it_wrote_the_answer_down_sends_no_entry_twice,
                an_account_that_is_not_mapped_is_one_cause_and_mapping_it_releases_its_entries,
                a_closed_period_keeps_an_entry_back_and_opens_again,
                two_desks_that_hold_the_same_make_each_entry_once,
                on_random_days_what_is_there_is_the_book_account_by_account,
                what_was_sent_agrees_and_only_what_bears_our_mark_is_compared,
            );
        }
    };
    (@ $simulator:ty, $($story:ident,)*) => {
        $(#[tokio::test]
        async fn $story() {
            super::$story::<$simulator>().await;
        })*
    };
}

holds_for!(xero: XeroSimulator);
holds_for!(qbo: QboSimulator);
holds_for!(sage: SageSimulator);

const fn wish(invoices: usize, booking: Booking) -> Wish {
    Wish { booking, ..Wish::of(invoices) }
}

/// What a book of a wish comes to in entries: documents, money, and what is set against what.
const fn entries(wish: &Wish) -> usize {
    wish.invoices
        + 2 * (wish.invoices / wish.paid_every)
        + 2 * (wish.invoices / wish.credited_every)
}

async fn each_entry_of_the_book_arrives_once_and_a_second_run_sends_nothing<S: Journals>() {
    let wish = wish(30, Booking::JournalPerDocument);
    let bench = Bench::<S>::of(wish).await;
    bench.run_until_quiet().await;
    expect_the_book(&bench, entries(&wish)).await;
    // Students, invoices and payments stay here.
    assert_eq!(bench.sim.ledger(), support::system::Ledger::default());
    let calls = bench.sim.calls();
    bench.run().await;
    assert_eq!(bench.sim.calls(), calls);
}

async fn a_day_is_sent_when_it_is_over_and_what_comes_late_is_a_further_entry<S: Journals>() {
    let bench = Bench::<S>::of(wish(30, Booking::JournalPerDay)).await;
    bench.run_until_quiet().await;
    assert_eq!(bench.sim.journals(), []);
    bench.time.0.advance(TimeDelta::days(1));
    bench.run_until_quiet().await;
    expect_the_book(&bench, 1).await;
    let first = bench.sim.journals().remove(0);
    assert_eq!(first.date, day());
    late(&bench, 1, 12_300, day()).await;
    bench.run_until_quiet().await;
    expect_the_book(&bench, 2).await;
    let all = bench.sim.journals();
    assert_eq!(all[0], first);
    assert_eq!((all[1].date, all[1].lines.len()), (day(), 2));
    // It is told apart by its name, and stands in the list of what was sent.
    let rows = bench.rows(ExportView::Sent).await;
    let mut labels: Vec<&str> = rows.iter().map(|row| row.label.as_str()).collect();
    labels.sort_unstable();
    assert_eq!(labels, ["2026-11-20", "2026-11-20 · 2"]);
}

async fn a_fifth_of_the_replies_lost_makes_no_entry_twice_and_loses_none<S: Journals>() {
    let wish = wish(60, Booking::JournalPerDocument);
    let bench = Bench::<S>::of(wish).await;
    let lossy = FaultProfile::named("lossy").expect("a profile");
    bench.sim.set_faults(FaultProfile { seed: 11, ..lossy });
    bench.run_until_quiet().await;
    bench.calm();
    release_all(&bench).await;
    bench.run_until_quiet().await;
    expect_the_book(&bench, entries(&wish)).await;
}

async fn a_program_killed_before_it_wrote_the_answer_down_sends_no_entry_twice<S: Journals>() {
    let wish = wish(12, Booking::JournalPerDocument);
    let bench = Bench::<S>::of(wish).await;
    let (answered, killed) = (Arc::new(AtomicUsize::new(0)), Arc::new(Notify::new()));
    let gone = killed.clone();
    let strike = move |moment: Moment| {
        if moment == Moment::AfterPush && answered.fetch_add(1, Ordering::SeqCst) == 0 {
            gone.notify_one();
        }
    };
    let Driver::Push(push) = bench.driver.clone() else { panic!("a pushing driver") };
    let capabilities = S::PROVIDER.capabilities();
    let adapter = Arc::new(Wrapped { inner: adapter::<S>(), capabilities, strike, poison: None });
    let dying = Driver::Push(PushDriver { adapter, ..push });
    tokio::select! {
        biased;
        () = killed.notified() => {}
        _ = bench.engine.run(HERE, dying) => {}
    }
    let bench = bench.killed().await;
    // How much of the answer was written by then differs from run to run.
    assert!(!bench.sim.journals().is_empty());
    bench.run_until_quiet().await;
    expect_the_book(&bench, entries(&wish)).await;
}

async fn an_account_that_is_not_mapped_is_one_cause_and_mapping_it_releases_its_entries<
    S: Journals,
>() {
    let wish = Wish { mapped: false, ..wish(20, Booking::JournalPerDocument) };
    let bench = Bench::<S>::of(wish).await;
    bench.run_until_quiet().await;
    let causes = bench.causes().await;
    let missing = causes.iter().filter(|(class, ..)| class == "mapping_missing").count();
    assert_eq!((missing, causes.len()), (5, 5), "{causes:?}");
    assert_eq!(bench.sim.journals(), []);
    let own = accounts(S::PROVIDER);
    let mapped = exporting::accounts_onto(HERE, &own);
    exporting::record(&bench.store, &bench.facts, mapped).await;
    let subjects: Vec<String> =
        own.iter().map(|(ours, _)| format!("ledger_account:{ours}")).collect();
    let mut tx = bench.store.begin().await.expect("a transaction");
    let now_ms = bench.time.0.now().timestamp_millis();
    tx.resolve_causes(HERE, "mapping_missing", &subjects, now_ms).await.expect("released");
    tx.commit().await.expect("committed");
    bench.run_until_quiet().await;
    expect_the_book(&bench, entries(&wish)).await;
}

async fn a_closed_period_keeps_an_entry_back_and_opens_again<S: Journals>() {
    let bench = Bench::<S>::of(wish(10, Booking::JournalPerDay)).await;
    bench.time.0.advance(TimeDelta::days(1));
    bench.sim.lock(Some(day()));
    bench.run_until_quiet().await;
    let causes = bench.causes().await;
    assert!(causes.iter().any(|(class, ..)| class == "period_locked"), "{causes:?}");
    assert_eq!(bench.sim.journals(), []);
    bench.sim.lock(None);
    release_all(&bench).await;
    bench.run_until_quiet().await;
    expect_the_book(&bench, 1).await;
    assert_eq!(bench.causes().await, []);
}

async fn two_desks_that_hold_the_same_make_each_entry_once<S: Journals>() {
    for booking in [Booking::JournalPerDocument, Booking::JournalPerDay] {
        let wish = wish(20, booking);
        let one = Bench::<S>::remembering(wish).await;
        let other = one.twin(wish).await;
        one.time.0.advance(TimeDelta::days(1));
        one.run_until_quiet().await;
        other.run_until_quiet().await;
        let made = if booking == Booking::JournalPerDay { 1 } else { entries(&wish) };
        expect_the_book(&one, made).await;
        expect_the_book(&other, made).await;
    }
}

/// Money comes in on any day of the last weeks, in between runs and days that pass.
async fn on_random_days_what_is_there_is_the_book_account_by_account<S: Journals>() {
    for (seed, booking) in [(3_u64, Booking::JournalPerDay), (7, Booking::JournalPerDocument)] {
        let bench = Bench::<S>::of(wish(10, booking)).await;
        let mut dice = seed;
        let mut roll = |sides: u64| {
            // A congruence with the constants of Knuth's MMIX.
            dice = dice
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (dice >> 33) % sides
        };
        for number in 1..=60_u32 {
            let back = TimeDelta::days(i64::try_from(roll(20)).expect("few"));
            let minor = i64::try_from(roll(99_999)).expect("small") + 1;
            late(&bench, number, minor, bench.time.0.now().date_naive() - back).await;
            if roll(4) == 0 {
                bench.run_until_quiet().await;
            }
            if roll(3) == 0 {
                bench.time.0.advance(TimeDelta::days(1));
            }
        }
        bench.time.0.advance(TimeDelta::days(1));
        bench.run_until_quiet().await;
        let made = bench.sim.journals().len();
        assert!(made > 20, "{made}");
        expect_the_book(&bench, made).await;
    }
}

/// Money that came in on a day and is recorded only now.
async fn late<S: Journals>(bench: &Bench<S>, number: u32, minor: i64, on: NaiveDate) {
    let payment = Payment {
        id: PaymentId(Uuid::from_u128(0x7000_0000 + u128::from(number))),
        school_id: SchoolId(Uuid::from_u128(1)),
        department_id: None,
        student_id: exporting::student_id(0),
        method: "bank".to_owned(),
        received_on: on,
        amount: Money::from_minor(minor, "GBP".parse().expect("a currency")),
        base: None,
        reference: "Ann Learner, privately".to_owned(),
        note: String::new(),
        pending: false,
        event: None,
    };
    exporting::record(&bench.store, &bench.facts, vec![FactBody::PaymentReceived(payment)]).await;
}

/// What is there is the book: so many entries, each balanced, none twice, and every account the
/// same to the minor unit.
async fn expect_the_book<S: Journals>(bench: &Bench<S>, made: usize) {
    let there = bench.sim.journals();
    assert_eq!(bench.sim.duplicates(), Vec::<String>::new());
    let counts = bench.counts().await;
    assert_eq!((there.len(), counts.sent as usize), (made, made), "{:?}", bench.causes().await);
    let mut theirs: BTreeMap<String, Decimal> = BTreeMap::new();
    for entry in &there {
        let sum: Decimal = entry.lines.iter().map(|(_, amount)| *amount).sum();
        assert_eq!(sum, Decimal::ZERO, "{entry:?}");
        // What people wrote stays here.
        assert!(!entry.name.contains("privately"), "{entry:?}");
        for (account, amount) in &entry.lines {
            *theirs.entry(account.clone()).or_default() += amount;
        }
    }
    theirs.retain(|_, sum| !sum.is_zero());
    assert_eq!(theirs, posted(bench).await);
}

/// The postings of the book, by the account there.
async fn posted<S: Journals>(bench: &Bench<S>) -> BTreeMap<String, Decimal> {
    let chart = Chart::new(charts::template("GB"), [], [("bank".to_owned(), "1920".to_owned())]);
    let mapped: BTreeMap<&str, String> = accounts(S::PROVIDER).into_iter().collect();
    let mut view = bench.store.read().await.expect("a view");
    let mut sums: BTreeMap<String, Decimal> = BTreeMap::new();
    for sum in view.movement_sums(None, None).await.expect("sums") {
        for posting in sum.movement.postings(&chart).expect("postings") {
            let there = mapped[posting.account.as_str()].clone();
            *sums.entry(there).or_default() += posting.amount.amount();
        }
    }
    sums.retain(|_, sum| !sum.is_zero());
    sums
}

async fn release_all<S: Journals>(bench: &Bench<S>) {
    let rows = bench.rows(ExportView::Attention).await;
    let records: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let mut tx = bench.store.begin().await.expect("a transaction");
    tx.release_exports(&records, bench.time.0.now().timestamp_millis()).await.expect("released");
    tx.commit().await.expect("committed");
}
