//! The stories that hold for every accounting system: each is told once and run against each of the
//! simulators, so that a system that is added later has to keep them too.

mod back;
mod by_currency;
mod files;
mod grouped;
pub(crate) mod kept;
mod other_books;

use back::*;
use chrono::TimeDelta;
use finance::money::Money;
use finance::party::Address;
use finance::tax::PriceBasis;
use kept::*;
use office::export::{Driver, Halt, PushDriver, RunOutcome};
use other_books::*;
use providers::ProviderAdapter as _;
use providers::document::{
    CustomerDocument, DocumentKind, ExportDocument, Period, PushItem, SalesDocument, SalesLine,
};
use providers::session::Session;
use rust_decimal::Decimal;
use simulators::faults::{Fault, FaultProfile, Rule};
use simulators::qbo::QboSimulator;
use simulators::sage::SageSimulator;
use simulators::xero::XeroSimulator;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use store::ReconciledSpan;
use store::exports::ExportView;
use support::adapter::summed;
use support::engine::{Bench, HERE, adapter, with_dead_token};
use support::exporting::{self, Wish, day};
use support::system::System;
use support::wrapped::{Moment, Unwatched, Wrapped};
use tokio::sync::Notify;

/// Runs every story against a system.
macro_rules! holds_for {
    ($system:ident: $simulator:ty) => {
        mod $system {
            use super::*;

            holds_for!(@ $simulator,
                everything_arrives_once_and_a_second_run_sends_nothing,
                a_fifth_of_the_replies_lost_makes_no_duplicate_and_loses_nothing,
                a_program_killed_before_it_wrote_the_answer_down_sends_nothing_twice,
                a_missing_mapping_is_one_cause_and_mapping_it_releases_its_documents,
                a_customer_of_somebody_elses_under_our_name_is_shown_to_a_person,
                an_invoice_of_somebody_elses_under_our_number_is_shown_to_a_person,
                a_token_that_expires_in_the_middle_costs_one_renewal_and_no_record,
                a_limit_with_and_without_a_time_is_waited_for,
                a_closed_period_is_a_matter_for_a_person_and_opens_again,
                a_revoked_sign_in_keeps_the_queue_and_counts_no_attempt,
                under_the_published_limits_no_call_is_refused,
                both_sides_count_the_same_afterwards,
                money_that_no_longer_counts_is_taken_back_there,
                a_fifth_of_the_replies_lost_takes_nothing_back_twice,
                a_credit_note_paid_back_is_told_there_once_or_to_a_person,
                what_somebody_deleted_there_before_its_answer_came_is_made_anew,
                a_storm_of_refusals_ends_with_every_record_there_once,
                a_copy_of_the_book_finds_what_the_book_itself_sent,
                two_desks_that_send_the_same_at_once_make_each_record_once,
                a_desk_that_comes_later_with_the_same_documents_finds_them,
                books_in_another_currency_are_told_nothing_that_has_no_rate_to_it,
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

/// Runs every story of money kept as credit against a system that is told of it.
macro_rules! credit_holds_for {
    ($name:ident: $simulator:ty) => {
        mod $name {
            use super::*;

            holds_for!(@ $simulator,
                what_no_invoice_takes_is_told_once,
                what_is_used_later_is_taken_out_of_it,
                what_is_used_before_it_was_told_is_received_for_the_invoice,
                money_that_goes_back_leaves_the_bank_there,
                a_book_that_was_sent_before_tells_only_the_rest,
                a_fifth_of_the_replies_lost_tells_credit_once,
                a_program_killed_in_between_tells_credit_once,
                the_bank_there_is_the_bank_here,
                both_sides_compare_money_on_account,
            );
        }
    };
}

credit_holds_for!(xero_credit: XeroSimulator);
credit_holds_for!(qbo_credit: QboSimulator);
credit_holds_for!(sage_credit: SageSimulator);

async fn everything_arrives_once_and_a_second_run_sends_nothing<S: System>() {
    let wish = Wish::of(60);
    let bench = Bench::<S>::of(wish).await;
    bench.run_until_quiet().await;
    bench.expect_exactly_once(&wish).await;
    let calls = bench.sim.calls();
    assert!(matches!(bench.run().await, RunOutcome::Ran(tally, None) if tally.sent == 0));
    assert_eq!(bench.sim.calls(), calls);
}

async fn a_fifth_of_the_replies_lost_makes_no_duplicate_and_loses_nothing<S: System>() {
    let wish = Wish::of(100);
    let bench = Bench::<S>::of(wish).await;
    let lossy = FaultProfile::named("lossy").expect("a profile");
    bench.sim.set_faults(FaultProfile { seed: 11, ..lossy });
    bench.run_until_quiet().await;
    assert!(!bench.sim.fired().is_empty());
    release_all(&bench).await;
    bench.calm();
    bench.run_until_quiet().await;
    bench.expect_exactly_once(&wish).await;
}

async fn a_program_killed_before_it_wrote_the_answer_down_sends_nothing_twice<S: System>() {
    let wish = Wish { students: 2, ..Wish::of(12) };
    for call in 1..=6 {
        let bench = Bench::<S>::of(wish).await;
        let (answered, killed) = (Arc::new(AtomicUsize::new(0)), Arc::new(Notify::new()));
        let gone = killed.clone();
        let strike = move |moment: Moment| {
            let is_answer = moment == Moment::AfterPush;
            if is_answer && answered.fetch_add(1, Ordering::SeqCst) + 1 == call {
                gone.notify_one();
            }
        };
        let Driver::Push(push) = bench.driver.clone() else { panic!("a pushing driver") };
        let capabilities = S::PROVIDER.capabilities();
        let adapter =
            Arc::new(Wrapped { inner: adapter::<S>(), capabilities, strike, poison: None });
        let dying = Driver::Push(PushDriver { adapter, ..push });
        tokio::select! {
            biased;
            () = killed.notified() => {}
            _ = bench.engine.run(HERE, dying) => {}
        }
        let bench = bench.killed().await;
        bench.run_until_quiet().await;
        bench.expect_exactly_once(&wish).await;
    }
}

async fn a_missing_mapping_is_one_cause_and_mapping_it_releases_its_documents<S: System>() {
    let wish = Wish { mapped: false, ..Wish::of(40) };
    let bench = Bench::<S>::of(wish).await;
    bench.run_until_quiet().await;
    let causes = bench.causes().await;
    let missing = causes.iter().filter(|(class, ..)| class == "mapping_missing");
    let missing: Vec<u32> = missing.map(|(_, records, _)| *records).collect();
    // The service and the tax code hold up all invoices and credit notes, both named at once.
    assert_eq!(missing, [44, 44], "{causes:?}");
    assert_eq!(bench.sim.ledger().invoices, 0);
    let mapped = exporting::mappings_onto(&S::codes());
    exporting::record(&bench.store, &bench.facts, mapped).await;
    let mapped = exporting::mapped();
    let subjects: Vec<String> = mapped.iter().map(|(kind, key)| format!("{kind}:{key}")).collect();
    let mut tx = bench.store.begin().await.expect("a transaction");
    let now_ms = bench.time.0.now().timestamp_millis();
    tx.resolve_causes(HERE, "mapping_missing", &subjects, now_ms).await.expect("released");
    tx.commit().await.expect("committed");
    bench.run_until_quiet().await;
    bench.expect_exactly_once(&wish).await;
}

async fn a_customer_of_somebody_elses_under_our_name_is_shown_to_a_person<S: System>() {
    let wish = Wish { students: 2, ..Wish::of(4) };
    let bench = Bench::<S>::of(wish).await;
    by_another_hand(&bench, customer("1001", "Ann Learner 0 (1001)")).await;
    bench.run_until_quiet().await;
    let rows = bench.rows(ExportView::Attention).await;
    let odd: Vec<_> = rows.iter().filter(|row| row.kind.word() == "customer").collect();
    assert_eq!(odd.len(), 1, "{:?}", bench.causes().await);
    assert_eq!(odd[0].cause_class.as_deref(), Some("duplicate"));
    // The other student's documents went their way.
    assert_eq!(bench.sim.ledger().invoices, 2);
}

async fn an_invoice_of_somebody_elses_under_our_number_is_shown_to_a_person<S: System>() {
    let wish = Wish { students: 2, ..Wish::of(4) };
    let bench = Bench::<S>::of(wish).await;
    let somebody = by_another_hand(&bench, customer("9", "Somebody Else")).await;
    by_another_hand(&bench, invoice(&S::codes(), "A-1", &somebody)).await;
    bench.run_until_quiet().await;
    let rows = bench.rows(ExportView::Attention).await;
    let odd: Vec<&str> = rows
        .iter()
        .filter(|row| row.cause_class.as_deref() == Some("duplicate"))
        .map(|row| row.label.as_str())
        .collect();
    if S::NUMBERS_ARE_UNIQUE {
        assert_eq!((odd, bench.sim.ledger().invoices), (vec!["A-1"], 4));
    } else {
        // The system numbers invoices itself: both bear our number as a reference.
        assert_eq!((odd.len(), bench.sim.ledger().invoices), (0, 5));
    }
}

async fn a_token_that_expires_in_the_middle_costs_one_renewal_and_no_record<S: System>() {
    let wish = Wish::of(60);
    let bench = Bench::<S>::of(wish).await;
    let expired = Rule::always(Fault::ExpiredToken).on(S::WRITES.0, S::WRITES.1);
    bench.sim.set_faults(FaultProfile::of([expired.nth(3)]));
    bench.run_until_quiet().await;
    assert_eq!(bench.tokens.renewals.load(Ordering::SeqCst), 1);
    bench.expect_exactly_once(&wish).await;
}

async fn a_limit_with_and_without_a_time_is_waited_for<S: System>() {
    let wish = Wish::of(30);
    let bench = Bench::<S>::of(wish).await;
    let began = bench.time.0.now();
    let limits = [(2, Some(45)), (5, None)].map(|(nth, retry_after_s)| {
        let limit = Fault::RateLimited { retry_after_s, problem: "minute".to_owned() };
        Rule::always(limit).on(S::WRITES.0, S::WRITES.1).nth(nth)
    });
    bench.sim.set_faults(FaultProfile::of(limits));
    bench.run_until_quiet().await;
    assert_eq!(bench.sim.fired().len(), 2);
    assert!(bench.time.0.now() - began >= TimeDelta::seconds(45));
    bench.expect_exactly_once(&wish).await;
}

async fn a_closed_period_is_a_matter_for_a_person_and_opens_again<S: System>() {
    let wish = Wish { students: 2, ..Wish::of(10) };
    let bench = Bench::<S>::of(wish).await;
    bench.sim.lock(Some(day()));
    bench.run_until_quiet().await;
    let causes = bench.causes().await;
    assert!(causes.iter().any(|(class, ..)| class == "period_locked"), "{causes:?}");
    assert_eq!(bench.sim.ledger().invoices, 0);
    bench.sim.lock(None);
    release_all(&bench).await;
    bench.run_until_quiet().await;
    bench.expect_exactly_once(&wish).await;
    assert_eq!(bench.causes().await, []);
}

async fn a_revoked_sign_in_keeps_the_queue_and_counts_no_attempt<S: System>() {
    let wish = Wish::of(20);
    let bench = Bench::<S>::of(wish).await;
    bench.sim.sign_out();
    let driver = with_dead_token(&bench);
    let outcome = bench.engine.run(HERE, driver).await.expect("a run");
    assert!(matches!(outcome, RunOutcome::Ran(_, Some(Halt::SignIn))), "{outcome:?}");
    let rows = bench.rows(ExportView::Waiting).await;
    assert_eq!(rows.len(), wish.records());
    assert!(rows.iter().all(|row| row.attempts == 0));
    assert_eq!(bench.causes().await, []);
    assert!(matches!(bench.run().await, RunOutcome::Held(Halt::SignIn)));
}

async fn under_the_published_limits_no_call_is_refused<S: System>() {
    let wish = Wish::of(150);
    let bench = Bench::<S>::limited(wish).await;
    bench.run_until_quiet().await;
    let (calls, refused) = bench.sim.calls();
    assert_eq!(refused, 0, "of {calls}");
    bench.expect_exactly_once(&wish).await;
}

async fn both_sides_count_the_same_afterwards<S: System>() {
    let bench = Bench::<S>::of(Wish::of(40)).await;
    bench.run_until_quiet().await;
    let period = Period { from: day(), to: day() };
    let theirs = adapter::<S>().fetch_records(&session(&bench), period).await.expect("records");
    let mut view = bench.store.read().await.expect("a view");
    let span = ReconciledSpan { connection: HERE, from: day(), to: day() };
    let ours = view.our_records(span).await.expect("records");
    for (word, kind) in [
        ("invoice", DocumentKind::Invoice),
        ("credit_note", DocumentKind::CreditNote),
        ("payment", DocumentKind::Payment),
    ] {
        let here = ours.iter().filter(|it| it.kind.word() == word && !it.ended);
        let here: Vec<Money> = here.map(|it| it.gross).collect();
        let there = summed(&theirs, kind);
        assert!(!here.is_empty());
        assert_eq!(there.count, here.len());
        let gross = Money::sum(there.gross.currency(), here).expect("a sum");
        assert_eq!(there.gross, gross);
    }
}

async fn a_storm_of_refusals_ends_with_every_record_there_once<S: System>() {
    let wish = Wish::of(120);
    let bench = Bench::<S>::of(wish).await;
    let storm = FaultProfile::named("storm").expect("a profile");
    bench.sim.set_faults(FaultProfile { seed: 5, ..storm });
    for _ in 0..40 {
        bench.run().await;
        bench.time.0.advance(TimeDelta::seconds(61));
    }
    assert!(bench.sim.fired().len() > 2);
    bench.calm();
    bench.run_until_quiet().await;
    // Whoever used up its tries under the storm is sent again by a person.
    release_all(&bench).await;
    bench.run_until_quiet().await;
    bench.expect_exactly_once(&wish).await;
}

/// A copy that is put back or taken to another machine is older than what was sent.
async fn a_copy_of_the_book_finds_what_the_book_itself_sent<S: System>() {
    let wish = Wish::of(60);
    let (own, copy) = Bench::<S>::of(wish).await.copied().await;
    own.run_until_quiet().await;
    // Longer than any system remembers a key.
    own.time.0.advance(TimeDelta::days(3));
    copy.run_until_quiet().await;
    copy.expect_exactly_once(&wish).await;
    own.expect_exactly_once(&wish).await;
}

/// Both have looked, and neither saw anything: then only the key that both use tells them apart.
async fn two_desks_that_send_the_same_at_once_make_each_record_once<S: System>() {
    let wish = Wish::of(60);
    let one = Bench::<S>::remembering(wish).await;
    let other = one.twin(wish).await;
    tokio::join!(one.run_until_quiet(), other.run_until_quiet());
    one.expect_exactly_once(&wish).await;
    other.expect_exactly_once(&wish).await;
}

async fn a_desk_that_comes_later_with_the_same_documents_finds_them<S: System>() {
    let wish = Wish::of(60);
    let one = Bench::<S>::of(wish).await;
    let other = one.twin(wish).await;
    one.run_until_quiet().await;
    one.time.0.advance(TimeDelta::days(1));
    other.run_until_quiet().await;
    one.expect_exactly_once(&wish).await;
    other.expect_exactly_once(&wish).await;
}

fn session<S: System>(bench: &Bench<S>) -> Session {
    Session {
        endpoints: bench.sim.endpoints(),
        company: bench.sim.company(),
        tokens: bench.tokens.clone(),
        watch: Arc::new(Unwatched),
    }
}

/// Everything that waits for a person is tried again.
async fn release_all<S: System>(bench: &Bench<S>) {
    let rows = bench.rows(ExportView::Attention).await;
    let records: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let mut tx = bench.store.begin().await.expect("a transaction");
    tx.release_exports(&records, bench.time.0.now().timestamp_millis()).await.expect("released");
    tx.commit().await.expect("committed");
}

/// Puts a record there that is not this book's, and gives its id.
async fn by_another_hand<S: System>(bench: &Bench<S>, document: ExportDocument) -> String {
    let idempotency_key = format!("{:0>32}", document.reference().replace('-', "0"));
    let items = [PushItem { document, idempotency_key }];
    let mut answer = adapter::<S>().push(&session(bench), &items).await;
    answer.outcomes.remove(0).expect("made").id
}

fn customer(number: &str, name: &str) -> ExportDocument {
    ExportDocument::Customer(CustomerDocument {
        reference: format!("X-{number}"),
        existing: String::new(),
        number: number.to_owned(),
        tax_number: String::new(),
        name: name.to_owned(),
        email: String::new(),
        phone: String::new(),
        address: Address::default(),
        currency: None,
    })
}

/// 54.00 with VAT, of which 9.00.
fn invoice(codes: &support::system::Codes, number: &str, customer: &str) -> ExportDocument {
    let gbp = |minor| Money::from_minor(minor, "GBP".parse().expect("a currency"));
    ExportDocument::Invoice(SalesDocument {
        reference: format!("X-{number}"),
        number: number.to_owned(),
        customer: customer.to_owned(),
        date: day(),
        due_date: day(),
        currency: "GBP".parse().expect("a currency"),
        rate: None,
        basis: PriceBasis::Gross,
        tracking: String::new(),
        fields: Vec::new(),
        lines: vec![SalesLine {
            description: "Something else".to_owned(),
            quantity: Decimal::ONE,
            unit_price: Decimal::from(54),
            discount_percent: Decimal::ZERO,
            discount: None,
            account: codes.sales.clone(),
            tax_code: codes.tax.clone(),
            net: gbp(4500),
            vat: gbp(900),
            gross: gbp(5400),
        }],
        net: gbp(4500),
        vat: gbp(900),
        gross: gbp(5400),
    })
}
