//! The Xero adapter against the Xero simulator: whatever the wire does, the adapter's word and the
//! simulator's ledger never disagree.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use providers::document::{CustomerDocument, DocumentKind, ExportDocument, Period, SalesDocument};
use providers::error::ReferenceKind;
use providers::session::{Secret, Session};
use providers::xero::REGISTRATION;
use providers::{Found, ProviderAdapter, ProviderError};
use simulators::faults::{Fault, Rule};
use simulators::xero::{XeroConfig, XeroSimulator};
use support::adapter::{self, AdapterDesk, allocation, customer, gbp, noon, on, summed};
use support::system::{Codes, System};

type Desk = AdapterDesk<XeroSimulator>;

async fn desk() -> Desk {
    desk_with(false).await
}

async fn desk_with(revoked: bool) -> Desk {
    let config = XeroConfig { clock: noon(), ..XeroConfig::unlimited() };
    let sim = XeroSimulator::start(config).await.expect("a simulator");
    let company = sim.company();
    Desk::around(sim, &company, revoked)
}

fn sale(number: &str, customer: &str, account: &str) -> SalesDocument {
    let codes = Codes { sales: account.to_owned(), ..XeroSimulator::codes() };
    adapter::sale(&codes, number, customer)
}

fn invoice(number: &str, customer: &str) -> ExportDocument {
    ExportDocument::Invoice(sale(number, customer, "200"))
}

fn payment(reference: &str, invoice: &str, minor: i64) -> ExportDocument {
    adapter::payment(&XeroSimulator::codes(), reference, invoice, minor)
}

#[tokio::test]
async fn each_kind_goes_in_once_and_is_found_as_ours() {
    let desk = desk().await;
    let ann = customer("1", "Ann \"Annie\" O\u{2019}Brien");
    let ann_id = desk.create(&ann).await;
    let bill = invoice("A-1", &ann_id);
    let outcome = desk.push(std::slice::from_ref(&bill)).await.remove(0).expect("created");
    assert_eq!((outcome.gross, outcome.vat), (Some(gbp(5400)), Some(gbp(900))));
    let note = ExportDocument::CreditNote(sale("CN-1", &ann_id, "200"));
    let note_id = desk.create(&note).await;
    let paid = payment("p-1", &outcome.id, 2000);
    desk.create(&paid).await;
    let applied = allocation(&note_id, &outcome.id, 3400);
    assert_eq!(desk.find(&applied).await, Found::Absent);
    desk.create(&applied).await;
    for document in [&ann, &bill, &note, &paid, &applied] {
        assert!(matches!(desk.find(document).await, Found::Ours(_)), "{document:?}");
    }
    assert!(desk.sim.duplicates().is_empty());

    let period = Period { from: on("2026-11-01"), to: on("2026-11-30") };
    let records = desk.adapter.fetch_records(&desk.session, period).await.expect("records");
    let of = |kind| summed(&records, kind);
    assert_eq!((of(DocumentKind::Invoice).count, of(DocumentKind::Invoice).vat), (1, gbp(900)));
    assert_eq!(of(DocumentKind::CreditNote).gross, gbp(5400));
    assert_eq!(of(DocumentKind::Payment).gross, gbp(2000));
}

#[tokio::test]
async fn money_on_account_is_found_by_its_line_and_gives_no_more_than_it_holds() {
    let desk = desk().await;
    let codes = XeroSimulator::codes();
    let ann = desk.create(&customer("1", "Ann")).await;
    let bill = desk.create(&invoice("A-1", &ann)).await;
    let kept = adapter::on_account(&codes, "K-0123456789abcdef", &ann, 3000);
    assert_eq!(desk.find(&kept).await, Found::Absent);
    let there = desk.push_one(&kept).await.expect("taken");
    assert_eq!(
        (there.gross, desk.find(&kept).await),
        (Some(gbp(3000)), Found::Ours(there.clone()))
    );
    let other = adapter::on_account(&codes, "K-1123456789abcdef", &ann, 3000);
    assert_eq!(desk.find(&other).await, Found::Absent);
    let beyond = desk.push_one(&adapter::used(&there.id, &bill, 3001)).await;
    assert!(matches!(beyond, Err(ProviderError::Conflict { .. })), "{beyond:?}");
    let used = adapter::used(&there.id, &bill, 2000);
    assert_eq!(desk.find(&used).await, Found::Absent);
    desk.create(&used).await;
    assert!(matches!(desk.find(&used).await, Found::Ours(_)));
    let period = Period { from: on("2026-11-01"), to: on("2026-11-30") };
    let records = desk.adapter.fetch_records(&desk.session, period).await.expect("records");
    let listed = summed(&records, DocumentKind::OnAccount);
    assert_eq!((listed.count, listed.gross), (1, gbp(3000)));
}

#[tokio::test]
async fn a_sign_in_without_bank_transactions_sends_everything_else() {
    let desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    let session = scoped(&desk, "offline_access accounting.invoices accounting.payments");
    let kept = adapter::on_account(&XeroSimulator::codes(), "K-o1", &ann, 3000);
    let outcome = desk.adapter.push(&session, &adapter::items(&[kept])).await.outcomes.remove(0);
    assert!(matches!(outcome, Err(ProviderError::NotPermitted { .. })), "{outcome:?}");
    let bill = adapter::items(&[invoice("A-1", &ann)]);
    desk.adapter.push(&session, &bill).await.outcomes.remove(0).expect("taken");
}

#[tokio::test]
async fn one_bad_record_of_a_batch_is_refused_alone() {
    let desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    let archived = ExportDocument::Invoice(sale("A-2", &ann, "299"));
    let outcomes = desk.push(&[invoice("A-1", &ann), archived, invoice("A-3", &ann)]).await;
    assert!(outcomes[0].is_ok() && outcomes[2].is_ok(), "{outcomes:?}");
    let Err(ProviderError::MissingReference { kind, name, .. }) = &outcomes[1] else {
        panic!("{outcomes:?}")
    };
    assert_eq!((*kind, name.as_str()), (ReferenceKind::Account, "299"));
}

#[tokio::test]
async fn a_locked_period_and_an_overpaid_invoice_are_said_as_such() {
    let desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    let bill = desk.create(&invoice("A-1", &ann)).await;
    let outcome = desk.push(&[payment("p-1", &bill, 5401)]).await.remove(0);
    assert!(matches!(outcome, Err(ProviderError::Conflict { .. })), "{outcome:?}");
    desk.sim.lock_period(Some(on("2026-11-30")));
    let outcome = desk.push(&[invoice("A-2", &ann)]).await.remove(0);
    assert!(matches!(outcome, Err(ProviderError::PeriodLocked { .. })), "{outcome:?}");
}

#[tokio::test]
async fn a_used_number_or_name_is_a_duplicate_and_the_look_up_says_whose() {
    let desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    desk.create(&invoice("A-1", &ann)).await;
    let mut theirs = sale("A-1", &ann, "200");
    theirs.reference = "another-desk".to_owned();
    let theirs = ExportDocument::Invoice(theirs);
    let outcome = desk.push(std::slice::from_ref(&theirs)).await.remove(0);
    assert!(matches!(outcome, Err(ProviderError::Duplicate { .. })), "{outcome:?}");
    assert!(matches!(desk.find(&theirs).await, Found::Foreign(_)));
    let namesake = customer("2", "Ann");
    let outcome = desk.push(std::slice::from_ref(&namesake)).await.remove(0);
    assert!(matches!(outcome, Err(ProviderError::Duplicate { .. })), "{outcome:?}");
    assert!(matches!(desk.find(&namesake).await, Found::Foreign(_)));
}

#[tokio::test]
async fn a_customer_number_that_is_used_there_is_a_duplicate_and_the_look_up_says_whose() {
    let desk = desk().await;
    let named = |reference: &str, name: &str, number: &str| match customer(reference, name) {
        ExportDocument::Customer(it) => {
            ExportDocument::Customer(CustomerDocument { number: number.to_owned(), ..it })
        }
        other => other,
    };
    desk.create(&named("1", "Ann", "1042")).await;
    let ours = named("2", "Bea", "1042");
    let outcome = desk.push(std::slice::from_ref(&ours)).await.remove(0);
    assert!(matches!(outcome, Err(ProviderError::Duplicate { .. })), "{outcome:?}");
    assert!(
        matches!(desk.find(&ours).await, Found::Foreign(there) if there.number.contains("Ann"))
    );
}

#[tokio::test]
async fn an_invoice_made_there_under_our_number_is_never_overwritten() {
    let desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    let mut theirs = sale("A-1", &ann, "200");
    theirs.reference = "by hand".to_owned();
    desk.create(&ExportDocument::Invoice(theirs)).await;
    let before = format!("{:?}", desk.sim.invoices());
    let outcome = desk.push_one(&invoice("A-1", &ann)).await;
    assert!(matches!(outcome, Err(ProviderError::Duplicate { .. })), "{outcome:?}");
    assert_eq!(format!("{:?}", desk.sim.invoices()), before);
    // A POST would have replaced it without a word.
    let posted = |path: &str| path.ends_with("/Invoices") || path.ends_with("/CreditNotes");
    assert!(!desk.sim.requests().iter().any(|call| call.method == "POST" && posted(&call.path)));
}

/// Signed in with these scopes and no others.
fn scoped(desk: &Desk, scopes: &str) -> Session {
    let token = desk.sim.issue_scoped(scopes).access_token;
    let tokens = Arc::new(office::export::FixedToken(Secret::new(token)));
    Session { tokens, ..desk.session.clone() }
}

#[tokio::test]
async fn the_scopes_of_our_sign_in_are_enough_for_every_call() {
    let desk = desk().await;
    let session = scoped(&desk, REGISTRATION.scopes);
    let send = async |document: &ExportDocument| {
        let items = adapter::items(std::slice::from_ref(document));
        desk.adapter.push(&session, &items).await.outcomes.remove(0).expect("taken").id
    };
    desk.adapter.fetch_reference_data(&session).await.expect("accounts and tax rates");
    let ann = send(&customer("1", "Ann")).await;
    let bill = send(&invoice("A-1", &ann)).await;
    let note = send(&ExportDocument::CreditNote(sale("CN-1", &ann, "200"))).await;
    send(&payment("p-1", &bill, 2000)).await;
    send(&allocation(&note, &bill, 1000)).await;
    let kept = send(&adapter::on_account(&XeroSimulator::codes(), "K-o1", &ann, 3000)).await;
    send(&adapter::used(&kept, &bill, 1000)).await;
    let period = Period { from: on("2026-11-01"), to: on("2026-11-30") };
    desk.adapter.fetch_records(&session, period).await.expect("records");
}

#[tokio::test]
async fn a_call_beyond_the_scopes_of_the_sign_in_asks_for_a_new_one() {
    let desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    let session = scoped(&desk, "offline_access accounting.contacts accounting.settings.read");
    let items = adapter::items(&[invoice("A-1", &ann)]);
    let outcome = desk.adapter.push(&session, &items).await.outcomes.remove(0);
    assert!(matches!(outcome, Err(ProviderError::SignInNeeded)), "{outcome:?}");
    assert_eq!(desk.sim.invoices().len(), 0);
}

#[tokio::test]
async fn after_any_spoilt_reply_the_look_up_agrees_with_the_ledger() {
    let desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    let faults = [
        Rule::always(Fault::ConnectionLost).after_commit(),
        Rule::always(Fault::ConnectionLost),
        Rule::always(Fault::CutBody),
        Rule::always(Fault::ServerError),
        Rule::always(Fault::ServerError).after_commit(),
        Rule::always(Fault::BadGateway),
        Rule::always(Fault::BadGateway).after_commit(),
        Rule::always(Fault::SignInPage).after_commit(),
        Rule::always(Fault::TruncatedJson),
        Rule::always(Fault::MalformedJson),
        Rule::always(Fault::EmptyOk),
        Rule::always(Fault::SlowBody { ms_per_byte: 400, bytes: 20 }),
        Rule::always(Fault::HugeBody { bytes: 4_000_000 }),
        Rule::always(Fault::Redirect { location: "http://localhost/".to_owned() }),
    ];
    for (index, rule) in faults.into_iter().enumerate() {
        let bill = invoice(&format!("F-{index}"), &ann);
        let before = desk.sim.invoices().len();
        desk.strike(rule.clone().on("PUT", "/api.xro"));
        let outcome = desk.push(std::slice::from_ref(&bill)).await.remove(0);
        assert!(
            matches!(outcome, Err(ProviderError::OutcomeUnknown { .. })),
            "{rule:?} {outcome:?}"
        );
        desk.calm();
        let is_there = desk.sim.invoices().len() > before;
        let found = desk.find(&bill).await;
        assert_eq!(matches!(found, Found::Ours(_)), is_there, "{rule:?} {found:?}");
        assert_eq!(found == Found::Absent, !is_there, "{rule:?} {found:?}");
    }
    assert!(desk.sim.duplicates().is_empty());
}

#[tokio::test]
async fn faults_that_spoil_nothing_are_told_from_those_that_do() {
    let desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    desk.strike(Rule::always(Fault::WrongContentType).on("PUT", "/api.xro"));
    desk.create(&invoice("A-1", &ann)).await;
    desk.strike(Rule::always(Fault::Maintenance).on("PUT", "/api.xro"));
    let outcome = desk.push(&[invoice("A-2", &ann)]).await.remove(0);
    assert_eq!(outcome, Err(ProviderError::Unavailable));
    let limit = Fault::RateLimited { retry_after_s: Some(17), problem: "minute".to_owned() };
    desk.strike(Rule::always(limit).on("PUT", "/api.xro"));
    let outcome = desk.push(&[invoice("A-2", &ann)]).await.remove(0);
    assert_eq!(outcome, Err(ProviderError::RateLimited { after: Duration::from_secs(17) }));
    desk.strike(Rule::always(Fault::TruncatedJson));
    let name = desk.adapter.check_connection(&desk.session).await;
    assert!(matches!(name, Err(ProviderError::Protocol { .. })), "{name:?}");
    desk.sim.stop();
    tokio::time::sleep(Duration::from_millis(50)).await;
    let outcome = desk.push(&[invoice("A-2", &ann)]).await.remove(0);
    assert!(
        matches!(outcome, Err(ProviderError::NotReached | ProviderError::OutcomeUnknown { .. })),
        "{outcome:?}"
    );
    assert_eq!(desk.sim.invoices().len(), 1);
}

#[tokio::test]
async fn an_expired_token_is_renewed_once_within_the_call() {
    let desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    desk.strike(Rule::always(Fault::ExpiredToken).on("PUT", "/api.xro").times(1));
    desk.create(&invoice("A-1", &ann)).await;
    assert_eq!(desk.tokens.renewals.load(Ordering::SeqCst), 1);
    assert_eq!(desk.sim.invoices().len(), 1);
}

#[tokio::test]
async fn a_connection_that_was_ended_there_asks_for_a_person() {
    let desk = desk_with(true).await;
    desk.sim.revoke();
    let outcome = desk.push(&[customer("1", "Ann")]).await.remove(0);
    assert_eq!(outcome, Err(ProviderError::SignInNeeded));
    let name = desk.adapter.check_connection(&desk.session).await;
    assert_eq!(name, Err(ProviderError::SignInNeeded));
}

#[tokio::test]
async fn companies_and_reference_data_come_as_they_are_there() {
    let desk = desk().await;
    desk.sim.lock_period(Some(on("2026-09-30")));
    let companies = desk.adapter.companies(&desk.session).await.expect("companies");
    assert_eq!(companies.len(), 2);
    assert!(companies.iter().any(|company| company.id == desk.session.company));
    let data = desk.adapter.fetch_reference_data(&desk.session).await.expect("data");
    assert_eq!(data.locked_until, Some(on("2026-09-30")));
    assert_eq!(data.base_currency.code(), "GBP");
    assert!(data.accounts.iter().any(|account| account.code == "299" && !account.active));
    assert!(data.tax_codes.iter().any(|tax| tax.code == "OUTPUT2" && tax.for_sales));
}
