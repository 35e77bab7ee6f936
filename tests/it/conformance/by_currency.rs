//! Documents in several currencies at a system that keeps each customer in one: QuickBooks.

use super::*;
use crate::reconciling::{compared, outcomes};
use finance::fact::FactBody;
use finance::mapping::{GROUPED, MappedKind, STUDENTS};
use finance::party::Person;
use office::reconcile::Outcome;
use providers::capabilities::Capabilities;
use simulators::qbo::{Entity, REALMS};
use std::collections::BTreeMap;
use support::exporting::{invoice, invoice_in_euros, student_id};

type Qbo = Bench<QboSimulator>;

/// So many students, and no documents yet; the company takes euros.
fn nothing_yet(students: usize) -> Wish {
    Wish { students, invoices: 0, ..Wish::of(0) }
}

fn takes_euros(bench: Qbo) -> Qbo {
    bench.sim.set_multi_currency(REALMS[0].0, Some("EUR"));
    bench
}

async fn begun(students: usize) -> Qbo {
    takes_euros(Bench::of(nothing_yet(students)).await)
}

fn pounds(place: usize, students: usize) -> FactBody {
    FactBody::InvoiceIssued(Box::new(invoice(place, students)))
}

fn euros(place: usize, students: usize) -> FactBody {
    FactBody::InvoiceIssued(Box::new(invoice_in_euros(place, students)))
}

/// Two documents of each student, one in pounds and one in euros.
fn of_each(students: usize) -> Vec<FactBody> {
    let places = (0..students).map(|place| pounds(place, students));
    places.chain((students..2 * students).map(|place| euros(place, students))).collect()
}

async fn record(bench: &Qbo, bodies: Vec<FactBody>) {
    exporting::record(&bench.store, &bench.facts, bodies).await;
}

/// Names and currencies of the customers there.
fn customers(bench: &Qbo) -> Vec<(String, String)> {
    let rows = bench.sim.living(Entity::Customer);
    let mut found: Vec<(String, String)> = rows
        .iter()
        .map(|row| (row.text("DisplayName").to_owned(), row.reference("CurrencyRef").to_owned()))
        .collect();
    found.sort_unstable();
    found
}

fn expect_customers(bench: &Qbo, wanted: &[(&str, &str)]) {
    let wanted: Vec<(String, String)> = wanted
        .iter()
        .map(|(name, currency)| ((*name).to_owned(), (*currency).to_owned()))
        .collect();
    assert_eq!(customers(bench), wanted);
}

/// Everything is there once, each document with a customer in its currency, and both sides agree.
async fn expect_all_there(bench: &Qbo, customers: usize, invoices: usize) {
    assert_eq!(bench.sim.duplicates(), []);
    assert_eq!(bench.causes().await, []);
    let ledger = bench.sim.ledger();
    assert_eq!((ledger.customers, ledger.invoices), (customers, invoices));
    let pairs = compared(bench).await;
    assert_eq!(outcomes(&pairs), BTreeMap::from([(Outcome::Agreed, invoices)]), "{pairs:?}");
}

#[tokio::test]
async fn the_first_document_in_euros_makes_a_customer_in_euros_and_no_other() {
    let bench = begun(1).await;
    record(&bench, vec![euros(0, 1)]).await;
    bench.run_until_quiet().await;
    expect_customers(&bench, &[("Ann Learner 0 (1001) (EUR)", "EUR")]);
    expect_all_there(&bench, 1, 1).await;
    record(&bench, vec![euros(1, 1), pounds(2, 1)]).await;
    bench.run_until_quiet().await;
    expect_customers(
        &bench,
        &[("Ann Learner 0 (1001)", "GBP"), ("Ann Learner 0 (1001) (EUR)", "EUR")],
    );
    expect_all_there(&bench, 2, 3).await;
}

#[tokio::test]
async fn a_customer_that_is_there_stays_for_the_currency_of_the_books_and_a_change_reaches_both() {
    let bench = begun(1).await;
    record(&bench, vec![pounds(0, 1)]).await;
    bench.run_until_quiet().await;
    record(&bench, vec![euros(1, 1), pounds(2, 1)]).await;
    bench.run_until_quiet().await;
    expect_all_there(&bench, 2, 3).await;
    let email = "ann@example.org".to_owned();
    let person = Person { name: "Ann Married".to_owned(), email, ..Person::default() };
    record(&bench, vec![FactBody::StudentChanged { student_id: student_id(0), person }]).await;
    bench.run_until_quiet().await;
    expect_customers(&bench, &[("Ann Married (1001)", "GBP"), ("Ann Married (1001) (EUR)", "EUR")]);
    let reached = bench.sim.living(Entity::Customer);
    let reached =
        reached.iter().filter(|row| row.body["PrimaryEmailAddr"]["Address"] == "ann@example.org");
    assert_eq!(reached.count(), 2);
}

#[tokio::test]
async fn grouped_students_are_one_customer_for_each_currency() {
    let bench = begun(3).await;
    let choice = exporting::mapping(MappedKind::Customer, STUDENTS, GROUPED);
    record(&bench, vec![choice]).await;
    record(&bench, of_each(3)).await;
    bench.run_until_quiet().await;
    expect_customers(&bench, &[("Students", "GBP"), ("Students (EUR)", "EUR")]);
    expect_all_there(&bench, 2, 6).await;
}

#[tokio::test]
async fn a_fifth_of_the_replies_lost_makes_each_customer_once() {
    let bench = begun(20).await;
    record(&bench, of_each(20)).await;
    let lossy = FaultProfile::named("lossy").expect("a profile");
    bench.sim.set_faults(FaultProfile { seed: 11, ..lossy });
    bench.run_until_quiet().await;
    assert!(!bench.sim.fired().is_empty());
    release_all(&bench).await;
    bench.calm();
    bench.run_until_quiet().await;
    expect_all_there(&bench, 40, 40).await;
}

#[tokio::test]
async fn a_program_killed_before_it_wrote_the_answer_down_makes_each_customer_once() {
    for call in 1..=3 {
        let bench = begun(2).await;
        record(&bench, of_each(2)).await;
        let (answered, killed) = (Arc::new(AtomicUsize::new(0)), Arc::new(Notify::new()));
        let gone = killed.clone();
        let strike = move |moment: Moment| {
            let is_answer = moment == Moment::AfterPush;
            if is_answer && answered.fetch_add(1, Ordering::SeqCst) + 1 == call {
                gone.notify_one();
            }
        };
        let capabilities = &providers::qbo::CAPABILITIES;
        let dying = through(&bench, capabilities, strike);
        tokio::select! {
            biased;
            () = killed.notified() => {}
            _ = bench.engine.run(HERE, dying) => {}
        }
        let bench = bench.killed().await;
        bench.run_until_quiet().await;
        expect_all_there(&bench, 4, 4).await;
    }
}

fn through(
    bench: &Qbo,
    capabilities: &'static Capabilities,
    strike: impl Fn(Moment) + Send + Sync + 'static,
) -> Driver {
    let Driver::Push(push) = bench.driver.clone() else { panic!("a pushing driver") };
    let inner = adapter::<QboSimulator>();
    let adapter = Arc::new(Wrapped { inner, capabilities, strike, poison: None });
    Driver::Push(PushDriver { adapter, ..push })
}

/// As this program sent before it knew that a customer there has one currency.
#[tokio::test]
async fn what_quickbooks_refused_for_its_currency_goes_on_with_a_customer_in_it() {
    static ONE_FOR_ALL: Capabilities = Capabilities {
        key: "qbo",
        name: "QuickBooks Online",
        calls_per_record: &[],
        batches: providers::qbo::CAPABILITIES.batches,
        limits: providers::qbo::CAPABILITIES.limits,
        key_memory_s: providers::qbo::CAPABILITIES.key_memory_s,
        lengths: providers::qbo::CAPABILITIES.lengths,
        attachment_bytes: 0,
        customers_by_currency: false,
        journal_accounts: &[],
        reports: &[],
        verified_on: providers::qbo::CAPABILITIES.verified_on,
        sources: &[],
    };
    let bench = begun(2).await;
    record(&bench, of_each(2)).await;
    let before = through(&bench, &ONE_FOR_ALL, |_| {});
    bench.engine.run(HERE, before).await.expect("a run");
    let refused = bench.rows(ExportView::Attention).await;
    assert_eq!((refused.len(), bench.sim.ledger().invoices), (2, 2), "{refused:?}");
    bench.run_until_quiet().await;
    expect_all_there(&bench, 4, 4).await;
}

#[tokio::test]
async fn two_desks_that_send_the_same_at_once_make_each_customer_once() {
    let wish = nothing_yet(4);
    let one = takes_euros(Bench::<QboSimulator>::remembering(wish).await);
    let other = one.twin(wish).await;
    record(&one, of_each(4)).await;
    record(&other, of_each(4)).await;
    tokio::join!(one.run_until_quiet(), other.run_until_quiet());
    for desk in [&one, &other] {
        release_all(desk).await;
        desk.run_until_quiet().await;
        expect_all_there(desk, 8, 8).await;
    }
}
