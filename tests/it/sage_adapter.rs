//! The Sage adapter against the Sage simulator: whatever the wire does, the adapter's word and the
//! simulator's ledger never disagree, and nothing is there twice.

mod deleted;
mod entries;
mod paid;

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use finance::money::{Currency, Money};
use providers::document::{
    AccountClass, CustomerDocument, DocumentKind, ExportDocument, PaymentDocument, Period,
    SalesDocument,
};
use providers::error::ReferenceKind;
use providers::http::{HttpClient, Patience};
use providers::sage::SageAdapter;
use providers::{Found, ProviderAdapter, ProviderError};
use rust_decimal::Decimal;
use simulators::faults::{Fault, Rule};
use simulators::sage::{Amounts, BUSINESSES, Limits, SageConfig, SageSimulator, Status, fixed_id};
use support::adapter::{self, AdapterDesk, allocation, customer, gbp, items, noon, on, summed};
use support::system::System;

type Desk = AdapterDesk<SageSimulator>;

/// A simulator that forgets keys and writes amounts as text: nothing may rest on either.
fn hard() -> SageConfig {
    SageConfig {
        clock: noon(),
        amounts: Amounts::Texts,
        remembers_keys: false,
        ..SageConfig::unlimited()
    }
}

async fn desk() -> Desk {
    desk_with(hard()).await
}

async fn desk_with(config: SageConfig) -> Desk {
    let sim = SageSimulator::start(config).await.expect("a simulator");
    Desk::around(sim, BUSINESSES[0].0, false)
}

fn calls(desk: &Desk) -> usize {
    desk.sim.requests().len()
}

fn sale(number: &str, customer: &str) -> SalesDocument {
    adapter::sale(&SageSimulator::codes(), number, customer)
}

fn invoice(number: &str, customer: &str) -> ExportDocument {
    ExportDocument::Invoice(sale(number, customer))
}

fn payment(reference: &str, invoice: &str, minor: i64) -> ExportDocument {
    adapter::payment(&SageSimulator::codes(), reference, invoice, minor)
}

#[tokio::test]
async fn each_kind_goes_in_once_and_is_found_as_ours() {
    for amounts in [Amounts::Texts, Amounts::Numbers] {
        let desk = desk_with(SageConfig { amounts, ..hard() }).await;
        let ann = customer("1042", "Ann \"Annie\" O\u{2019}Brien (1042)");
        let ann_id = desk.create(&ann).await;
        let bill = invoice("A-1", &ann_id);
        let there = desk.push_one(&bill).await.expect("created");
        assert_eq!((there.gross, there.vat), (Some(gbp(5400)), Some(gbp(900))));
        assert_eq!(there.number, "SI-1");
        assert!(there.url.is_some_and(|url| url.ends_with(&there.id)));
        let note = ExportDocument::CreditNote(sale("CN-1", &ann_id));
        let note_id = desk.create(&note).await;
        let paid = payment("K-p1", &there.id, 2000);
        desk.create(&paid).await;
        let applied = allocation(&note_id, &there.id, 3400);
        assert_eq!(desk.find(&applied).await, Found::Absent);
        desk.create(&applied).await;
        let all = [ann, bill, note, paid, applied];
        for document in &all {
            assert!(matches!(desk.find(document).await, Found::Ours(_)), "{document:?}");
        }
        let found = desk.find_all(&all).await.expect("answers");
        assert!(found.iter().all(|found| matches!(found, Found::Ours(_))), "{found:?}");
        assert_eq!(desk.sim.invoices()[0].status, Status::Paid);
        assert_eq!(desk.sim.invoices()[0].lines[0].quantity, Decimal::TWO);
        assert!(desk.sim.duplicates().is_empty());

        let period = Period { from: on("2026-11-20"), to: on("2026-11-20") };
        let records = desk.adapter.fetch_records(&desk.session, period).await.expect("records");
        let of = |kind| summed(&records, kind);
        assert_eq!((of(DocumentKind::Invoice).count, of(DocumentKind::Invoice).vat), (1, gbp(900)));
        assert_eq!(of(DocumentKind::CreditNote).gross, gbp(5400));
        assert_eq!(of(DocumentKind::Payment).gross, gbp(2000));
    }
}

#[tokio::test]
async fn every_call_names_its_business_and_none_goes_out_without_one() {
    let mut desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    desk.create(&invoice("A-1", &ann)).await;
    desk.adapter.fetch_reference_data(&desk.session).await.expect("data");
    let requests = desk.sim.requests();
    for request in &requests {
        assert_eq!(request.headers.get("x-business").map(String::as_str), Some(BUSINESSES[0].0));
    }
    desk.session.company = String::new();
    let outcome = desk.push_one(&customer("2", "Bob")).await;
    assert!(matches!(outcome, Err(ProviderError::NotPermitted { .. })), "{outcome:?}");
    assert_eq!(desk.sim.requests().len(), requests.len(), "nothing left the house");
    desk.session.company = "0".repeat(32);
    let outcome = desk.push_one(&customer("2", "Bob")).await;
    assert!(matches!(outcome, Err(ProviderError::NotPermitted { .. })), "{outcome:?}");
    assert_eq!(desk.sim.contacts().len(), 1);
}

#[tokio::test]
async fn one_bad_record_of_a_batch_is_refused_alone() {
    let desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    let mut odd = sale("A-2", &ann);
    odd.lines[0].account = fixed_id(1, 4900);
    let bad = ExportDocument::Invoice(odd);
    let outcomes = desk.push(&[invoice("A-1", &ann), bad, invoice("A-3", &ann)]).await;
    assert!(outcomes[0].is_ok() && outcomes[2].is_ok(), "{outcomes:?}");
    let Err(ProviderError::MissingReference { kind, .. }) = &outcomes[1] else {
        panic!("{outcomes:?}")
    };
    assert_eq!(*kind, ReferenceKind::Account);
}

#[tokio::test]
async fn a_locked_period_and_an_overpaid_invoice_are_said_as_such() {
    let desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    let bill = desk.create(&invoice("A-1", &ann)).await;
    let outcome = desk.push_one(&payment("K-p1", &bill, 5401)).await;
    assert!(matches!(outcome, Err(ProviderError::Conflict { .. })), "{outcome:?}");
    let outcome = desk.push_one(&payment("K-p1", &"0".repeat(32), 1)).await;
    assert!(
        matches!(
            outcome,
            Err(ProviderError::MissingReference { kind: ReferenceKind::Document, .. })
        ),
        "{outcome:?}"
    );
    desk.sim.lock_down(Some(on("2026-11-30")));
    let outcome = desk.push_one(&invoice("A-2", &ann)).await;
    assert!(matches!(outcome, Err(ProviderError::PeriodLocked { .. })), "{outcome:?}");
    assert_eq!(desk.sim.invoices().len(), 1);
}

#[tokio::test]
async fn a_period_that_closes_between_draft_and_release_leaves_no_draft() {
    let mut desk = desk().await;
    let patient = HttpClient::new(Patience::USUAL).expect("a client");
    desk.adapter = Arc::new(SageAdapter::new(patient));
    let ann = desk.create(&customer("1", "Ann")).await;
    desk.strike(Rule::always(Fault::Delay { ms: 700 }).on("POST", "/v3.1/sales_invoices/"));
    let bill = invoice("A-1", &ann);
    let (outcome, ()) = tokio::join!(desk.push_one(&bill), async {
        while desk.sim.invoices().is_empty() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        desk.sim.lock_down(Some(on("2026-11-30")));
    });
    assert!(matches!(outcome, Err(ProviderError::PeriodLocked { .. })), "{outcome:?}");
    assert!(desk.sim.invoices().is_empty(), "the draft was taken back");
    assert_eq!(desk.find(&bill).await, Found::Absent);
}

#[tokio::test]
async fn a_used_number_is_somebody_elses_unless_it_bears_our_mark() {
    let desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    desk.create(&invoice("A-1", &ann)).await;
    let mut theirs = sale("A-1", &ann);
    theirs.reference = "another-desk".to_owned();
    assert!(matches!(desk.find(&ExportDocument::Invoice(theirs)).await, Found::Foreign(_)));
    let ExportDocument::Customer(mut namesake) = customer("1", "Bob") else { return };
    namesake.reference = "K-other".to_owned();
    let namesake = ExportDocument::Customer(namesake);
    let outcome = desk.push_one(&namesake).await;
    assert!(matches!(outcome, Err(ProviderError::Duplicate { .. })), "{outcome:?}");
    assert!(matches!(desk.find(&namesake).await, Found::Foreign(_)));
}

#[tokio::test]
async fn after_any_spoilt_reply_the_look_up_agrees_with_the_ledger() {
    let desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    let limit = Fault::RateLimited { retry_after_s: Some(17), problem: "minute".to_owned() };
    let faults = [
        Rule::always(Fault::ConnectionLost).after_commit(),
        Rule::always(Fault::ConnectionLost),
        Rule::always(Fault::CutBody),
        Rule::always(Fault::ServerError),
        Rule::always(Fault::ServerError).after_commit(),
        Rule::always(Fault::BadGateway),
        Rule::always(Fault::BadGateway).after_commit(),
        Rule::always(Fault::Maintenance),
        Rule::always(Fault::SignInPage).after_commit(),
        Rule::always(Fault::TruncatedJson),
        Rule::always(Fault::MalformedJson),
        Rule::always(Fault::EmptyOk),
        Rule::always(Fault::SlowBody { ms_per_byte: 400, bytes: 20 }),
        Rule::always(Fault::HugeBody { bytes: 4_000_000 }),
        Rule::always(Fault::Redirect { location: "http://localhost/".to_owned() }),
        Rule::always(limit),
    ];
    for (index, rule) in faults.iter().enumerate() {
        // The first call makes the draft, the second releases it.
        for call in [1, 2] {
            let is_clear = matches!(rule.fault, Fault::RateLimited { .. }) && call == 1;
            let bill = invoice(&format!("F-{index}-{call}"), &ann);
            let before = desk.sim.invoices().len();
            desk.strike(rule.clone().on("POST", "/v3.1/sales_invoices").nth(call));
            let outcome = desk.push_one(&bill).await;
            let in_doubt = matches!(outcome, Err(ProviderError::OutcomeUnknown { .. }));
            assert_eq!(in_doubt, !is_clear, "{rule:?} at call {call}: {outcome:?}");
            desk.calm();
            let is_there = desk.sim.invoices().len() > before;
            assert!(is_there || call == 1, "{rule:?} at call {call}");
            let found = desk.find(&bill).await;
            assert_eq!(matches!(found, Found::Ours(_)), is_there, "{rule:?} {found:?}");
            assert_eq!(found == Found::Absent, !is_there, "{rule:?} {found:?}");
            if !is_there {
                desk.create(&bill).await;
            }
            let last = desk.sim.invoices().pop().expect("an invoice");
            assert_eq!(last.status, Status::Unpaid, "{rule:?} at call {call}");
        }
    }
    assert_eq!(desk.sim.invoices().len(), 2 * faults.len());
    assert!(desk.sim.duplicates().is_empty());
}

#[tokio::test]
async fn a_lost_reply_to_any_kind_is_found_and_not_made_again() {
    let desk = desk().await;
    let ann = customer("1", "Ann");
    let lost = |path: &str| Rule::always(Fault::ConnectionLost).after_commit().on("POST", path);
    desk.strike(lost("/v3.1/contacts"));
    let outcomes = desk.push(&[ann.clone(), customer("2", "Bob")]).await;
    assert!(matches!(outcomes[0], Err(ProviderError::OutcomeUnknown { .. })), "{outcomes:?}");
    assert_eq!(outcomes[1], Err(ProviderError::NotReached), "the rest stays at home");
    desk.calm();
    let Found::Ours(ann) = desk.find(&ann).await else { panic!("not found") };
    let bill = desk.create(&invoice("A-1", &ann.id)).await;
    let note = desk.create(&ExportDocument::CreditNote(sale("CN-1", &ann.id))).await;
    for (document, path) in [
        (payment("K-p1", &bill, 2000), "/v3.1/contact_payments"),
        (allocation(&note, &bill, 3400), "/v3.1/contact_allocations"),
        (ExportDocument::CreditNote(sale("CN-2", &ann.id)), "/v3.1/sales_credit_notes/"),
    ] {
        desk.strike(lost(path));
        let outcome = desk.push_one(&document).await;
        assert!(matches!(outcome, Err(ProviderError::OutcomeUnknown { .. })), "{outcome:?}");
        desk.calm();
        assert!(matches!(desk.find(&document).await, Found::Ours(_)), "{document:?}");
    }
    assert_eq!((desk.sim.payments().len(), desk.sim.allocations().len()), (1, 1));
    assert!(desk.sim.duplicates().is_empty());
}

#[tokio::test]
async fn a_program_that_dies_between_draft_and_release_leaves_one_invoice() {
    let desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    let bill = invoice("A-1", &ann);
    desk.strike(Rule::always(Fault::ConnectionLost).on("POST", "/v3.1/sales_invoices/"));
    let (adapter, session) = (Arc::clone(&desk.adapter), desk.session.clone());
    let sent = items(std::slice::from_ref(&bill));
    let sending = tokio::spawn(async move { adapter.push(&session, &sent).await });
    while desk.sim.invoices().is_empty() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    sending.abort();
    // A release that was already on its way still meets the fault.
    tokio::time::sleep(Duration::from_millis(100)).await;
    desk.calm();
    assert_eq!(desk.sim.invoices()[0].status, Status::Draft);
    let Found::Ours(there) = desk.find(&bill).await else { panic!("not ours") };
    assert_eq!((there.number.as_str(), there.gross), ("SI-1", Some(gbp(5400))));
    assert_eq!(desk.sim.invoices()[0].status, Status::Unpaid);
    assert_eq!(desk.find(&bill).await, Found::Ours(there), "the second look-up changes nothing");
    assert_eq!(desk.sim.invoices().len(), 1);
}

#[tokio::test]
async fn a_draft_that_may_not_be_released_any_more_is_left_for_a_person() {
    let desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    let bill = invoice("A-1", &ann);
    desk.strike(Rule::always(Fault::ConnectionLost).on("POST", "/v3.1/sales_invoices/"));
    desk.push_one(&bill).await.expect_err("no release");
    let limit = Fault::RateLimited { retry_after_s: Some(9), problem: "day".to_owned() };
    desk.strike(Rule::always(limit).on("POST", "/v3.1/sales_invoices/"));
    let doubt = desk.find_all(std::slice::from_ref(&bill)).await;
    assert_eq!(doubt, Err(ProviderError::RateLimited { after: Duration::from_secs(9) }));
    desk.calm();
    desk.sim.lock_down(Some(on("2026-11-30")));
    let found = desk.find(&bill).await;
    assert!(matches!(&found, Found::Foreign(there) if there.number == "SI-DRAFT"), "{found:?}");
    assert_eq!(desk.sim.invoices()[0].status, Status::Draft);
}

#[tokio::test]
async fn sums_that_sage_sees_otherwise_never_reach_the_accounts() {
    let desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    // A document in euro without a rate would be booked in pounds.
    let euro = |minor| Money::from_minor(minor, Currency::EUR);
    let mut foreign = sale("A-1", &ann);
    foreign.currency = Currency::EUR;
    (foreign.net, foreign.vat, foreign.gross) = (euro(4500), euro(900), euro(5400));
    let line = &mut foreign.lines[0];
    (line.net, line.vat, line.gross) = (euro(4500), euro(900), euro(5400));
    let outcome = desk.push_one(&ExportDocument::Invoice(foreign.clone())).await;
    assert!(matches!(outcome, Err(ProviderError::Rejected { .. })), "{outcome:?}");
    assert!(desk.sim.invoices().is_empty(), "the draft was taken back");

    foreign.rate = Some(Decimal::new(85, 2));
    let bill = ExportDocument::Invoice(foreign);
    let there = desk.push_one(&bill).await.expect("created");
    assert_eq!(there.gross, Some(euro(5400)));
    assert!(matches!(desk.find(&bill).await, Found::Ours(_)));
    let ExportDocument::Payment(paid) = payment("K-p1", &there.id, 0) else { return };
    let paid = PaymentDocument { amount: euro(5400), base: Some(gbp(4590)), ..paid };
    desk.create(&ExportDocument::Payment(paid)).await;
    let kept = &desk.sim.payments()[0];
    assert_eq!(
        (kept.currency.as_str(), kept.exchange_rate.round_dp(4)),
        ("EUR", Decimal::new(11765, 4))
    );
}

#[tokio::test]
async fn faults_that_spoil_nothing_are_told_from_those_that_do() {
    let desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    desk.strike(Rule::always(Fault::WrongContentType).on("POST", "/v3.1"));
    desk.create(&invoice("A-1", &ann)).await;
    let limit = Fault::RateLimited { retry_after_s: Some(17), problem: "minute".to_owned() };
    desk.strike(Rule::always(limit).on("POST", "/v3.1"));
    let outcomes = desk.push(&[invoice("A-2", &ann), invoice("A-3", &ann)]).await;
    let limited = Err(ProviderError::RateLimited { after: Duration::from_secs(17) });
    assert_eq!(outcomes, [limited.clone(), limited]);
    desk.strike(Rule::always(Fault::TruncatedJson));
    let name = desk.adapter.check_connection(&desk.session).await;
    assert!(matches!(name, Err(ProviderError::Protocol { .. })), "{name:?}");
    desk.strike(Rule::always(Fault::SignInPage));
    let name = desk.adapter.check_connection(&desk.session).await;
    assert!(matches!(name, Err(ProviderError::Protocol { .. })), "{name:?}");
    assert_eq!(desk.sim.invoices().len(), 1);
}

#[tokio::test]
async fn the_days_calls_used_up_stop_a_batch_without_leaving_halves() {
    // One call for the customer, two for the first invoice, one for the second's draft.
    let limits = Limits { per_minute: 100, per_day: 4 };
    let desk = desk_with(SageConfig { limits: Some(limits), ..hard() }).await;
    let ann = desk.create(&customer("1", "Ann")).await;
    let bills = ["A-1", "A-2", "A-3"].map(|number| invoice(number, &ann));
    let outcomes = desk.push(&bills).await;
    assert!(outcomes[0].is_ok(), "{outcomes:?}");
    assert!(matches!(outcomes[1], Err(ProviderError::OutcomeUnknown { .. })), "{outcomes:?}");
    let Err(ProviderError::RateLimited { after }) = &outcomes[2] else { panic!("{outcomes:?}") };
    assert_eq!(*after, Duration::from_secs(24 * 3600));
    desk.sim.clock().advance(chrono::TimeDelta::days(1));
    let found = desk.find_all(&bills[1..]).await.expect("answers");
    assert!(matches!(found[0], Found::Ours(_)) && found[1] == Found::Absent, "{found:?}");
    assert_eq!(desk.sim.invoices().len(), 2);
}

#[tokio::test]
async fn an_expired_token_is_renewed_once_and_an_ended_subscription_is_no_sign_in() {
    let desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    desk.strike(Rule::always(Fault::ExpiredToken).on("POST", "/v3.1").times(1));
    desk.create(&payment_of(&desk, &ann).await).await;
    assert!(desk.tokens.renewals.load(Ordering::SeqCst) >= 1);
    assert_eq!(desk.sim.payments().len(), 1);
    desk.sim.set_subscribed(false);
    let outcome = desk.push_one(&customer("2", "Bob")).await;
    assert!(matches!(outcome, Err(ProviderError::PlanLimit { .. })), "{outcome:?}");
}

async fn payment_of(desk: &Desk, customer: &str) -> ExportDocument {
    let bill = desk.create(&invoice("A-1", customer)).await;
    payment("K-p1", &bill, 100)
}

#[tokio::test]
async fn twenty_records_in_doubt_cost_one_call_and_crowded_days_one_more_than_the_records() {
    let desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    let bills: Vec<ExportDocument> = (0..20).map(|at| invoice(&format!("A-{at}"), &ann)).collect();
    assert!(desk.push(&bills).await.iter().all(Result::is_ok));
    let before = calls(&desk);
    let found = desk.find_all(&bills).await.expect("answers");
    assert!(found.iter().all(|found| matches!(found, Found::Ours(_))));
    assert_eq!(calls(&desk) - before, 1);
    let crowd: Vec<ExportDocument> =
        (20..620).map(|at| invoice(&format!("B-{at}."), &ann)).collect();
    assert!(desk.push(&crowd).await.iter().all(Result::is_ok));
    let before = calls(&desk);
    let found = desk.find_all(&crowd[..2]).await.expect("answers");
    assert!(found.iter().all(|found| matches!(found, Found::Ours(_))));
    assert_eq!(calls(&desk) - before, 3);
}

#[tokio::test]
async fn a_change_names_the_contact_and_leaves_what_people_wrote() {
    let desk = desk().await;
    let ann = customer("1", "Ann");
    let existing = desk.create(&ann).await;
    let ExportDocument::Customer(before) = ann else { return };
    let after = CustomerDocument { existing, name: "Ann Married".to_owned(), ..before };
    let after = ExportDocument::Customer(after);
    desk.create(&after).await;
    assert_eq!(desk.find(&after).await, Found::Absent, "a change is made again");
    let contact = desk.sim.contacts().remove(0);
    assert_eq!(contact.name, "Ann Married");
    assert_eq!((contact.reference.as_deref(), contact.notes.as_deref()), (Some("1"), Some("K-c1")));
    assert_eq!(desk.sim.contacts().len(), 1);
}

#[tokio::test]
async fn companies_and_reference_data_come_as_they_are_there() {
    let desk = desk().await;
    desk.sim.lock_down(Some(on("2026-09-30")));
    let companies = desk.adapter.companies(&desk.session).await.expect("companies");
    assert_eq!(companies.len(), 2);
    assert_eq!((companies[0].id.as_str(), companies[0].name.as_str()), BUSINESSES[0]);
    let data = desk.adapter.fetch_reference_data(&desk.session).await.expect("data");
    assert_eq!((data.company_name.as_str(), data.base_currency.code()), (BUSINESSES[0].1, "GBP"));
    assert_eq!(data.locked_until, Some(on("2026-09-30")));
    let of_documents = || data.accounts.iter().filter(|it| it.class != AccountClass::Ledger);
    let named = |name: &str| of_documents().find(|it| it.name.starts_with(name));
    let sales = named("Sales - Lessons").expect("an account");
    assert_eq!((sales.class, sales.name.ends_with("(4000)")), (AccountClass::Income, true));
    assert!(named("Other income").is_none(), "not offered for sales");
    assert!(named("Old Savings").is_some_and(|it| !it.active && it.class == AccountClass::Bank));
    let standard = data.tax_codes.iter().find(|tax| tax.code == "GB_STANDARD").expect("a rate");
    assert_eq!(standard.rate, Some(Decimal::from(20)));
}
