//! The Xero adapter against the Xero simulator: whatever the wire does, the adapter's word and the
//! simulator's ledger never disagree.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate};
use finance::money::{Currency, Money};
use finance::party::Address;
use finance::tax::PriceBasis;
use providers::document::{
    AllocationDocument, CustomerDocument, DocumentKind, ExportDocument, PaymentDocument, Period,
    PushItem, SalesDocument, SalesLine,
};
use providers::error::ReferenceKind;
use providers::http::{HttpClient, Patience};
use providers::session::{Endpoints, Secret, Session, TokenSource};
use providers::xero::XeroAdapter;
use providers::{Found, ItemOutcome, ProviderAdapter, ProviderError, Wanted};
use rust_decimal::Decimal;
use simulators::clock::SimClock;
use simulators::faults::{Fault, FaultProfile, Rule};
use simulators::xero::{XeroConfig, XeroSimulator};
use support::wrapped::Unwatched;

struct Tokens {
    sim: Arc<XeroSimulator>,
    token: String,
    revoked: bool,
    renewals: AtomicUsize,
}

#[async_trait]
impl TokenSource for Tokens {
    async fn access_token(&self) -> Result<Secret, ProviderError> {
        Ok(Secret::new(self.token.clone()))
    }

    async fn renewed(&self, _stale: &Secret) -> Result<Secret, ProviderError> {
        self.renewals.fetch_add(1, Ordering::SeqCst);
        if self.revoked {
            return Err(ProviderError::SignInNeeded);
        }
        Ok(Secret::new(self.sim.issue_tokens().access_token))
    }
}

struct Desk {
    sim: Arc<XeroSimulator>,
    adapter: XeroAdapter,
    session: Session,
    tokens: Arc<Tokens>,
}

const QUICK: Patience = Patience {
    connect: Duration::from_millis(500),
    idle: Duration::from_millis(300),
    total: Duration::from_millis(1500),
    answer_bytes: 1024 * 1024,
};

async fn desk() -> Desk {
    desk_with(false).await
}

async fn desk_with(revoked: bool) -> Desk {
    let noon = DateTime::from_timestamp(1_795_176_000, 0).expect("a moment");
    let config = XeroConfig { clock: SimClock::manual(noon), ..XeroConfig::unlimited() };
    let sim = Arc::new(XeroSimulator::start(config).await.expect("a simulator"));
    let endpoints = Endpoints {
        authorize: format!("{}/identity/connect/authorize", sim.base_url()),
        token: format!("{}/connect/token", sim.base_url()),
        api: sim.api_url(),
        companies: format!("{}/connections", sim.base_url()),
        issuer: sim.base_url().to_owned(),
    };
    let token = sim.issue_tokens().access_token;
    let renewals = AtomicUsize::new(0);
    let tokens = Arc::new(Tokens { sim: Arc::clone(&sim), token, revoked, renewals });
    let source: Arc<dyn TokenSource> = Arc::<Tokens>::clone(&tokens);
    let company = sim.tenant_ids()[0].to_string();
    let session = Session { endpoints, company, tokens: source, watch: Arc::new(Unwatched) };
    let adapter = XeroAdapter::new(HttpClient::new(QUICK).expect("a client"));
    Desk { sim, adapter, session, tokens }
}

impl Desk {
    async fn push(&self, documents: &[ExportDocument]) -> Vec<ItemOutcome> {
        let items: Vec<PushItem> = documents
            .iter()
            .map(|document| PushItem {
                document: document.clone(),
                idempotency_key: document.reference().to_owned(),
            })
            .collect();
        self.adapter.push(&self.session, &items).await.outcomes
    }

    async fn find(&self, document: &ExportDocument) -> Found {
        let wanted = Wanted { kind: document.kind(), document: document.clone() };
        self.adapter.find(&self.session, &[wanted]).await.expect("an answer").remove(0)
    }

    async fn create(&self, document: &ExportDocument) -> String {
        let outcome = self.push(std::slice::from_ref(document)).await.remove(0);
        outcome.expect("created").id
    }

    fn strike(&self, rule: Rule) {
        self.sim.set_faults(FaultProfile::of([rule]));
    }

    fn calm(&self) {
        self.sim.set_faults(FaultProfile::default());
    }
}

fn gbp(minor: i64) -> Money {
    Money::from_minor(minor, "GBP".parse::<Currency>().expect("a currency"))
}

fn on(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn customer(number: &str, name: &str) -> ExportDocument {
    ExportDocument::Customer(CustomerDocument {
        existing: String::new(),
        reference: format!("c-{number}"),
        number: number.to_owned(),
        tax_number: String::new(),
        name: name.to_owned(),
        email: "ann@example.org".to_owned(),
        phone: String::new(),
        address: Address::default(),
    })
}

/// 54.00 with VAT, of which 9.00.
fn sale(number: &str, customer: &str, account: &str) -> SalesDocument {
    SalesDocument {
        rate: None,
        reference: format!("k-{number}"),
        number: number.to_owned(),
        customer: customer.to_owned(),
        date: on("2026-11-20"),
        due_date: on("2026-12-04"),
        currency: "GBP".parse().expect("a currency"),
        basis: PriceBasis::Gross,
        lines: vec![SalesLine {
            description: "Driving lesson".to_owned(),
            quantity: Decimal::ONE,
            unit_price: Decimal::from(54),
            discount_percent: Decimal::ZERO,
            discount: None,
            account: account.to_owned(),
            tax_code: "OUTPUT2".to_owned(),
            net: gbp(4500),
            vat: gbp(900),
            gross: gbp(5400),
        }],
        net: gbp(4500),
        vat: gbp(900),
        gross: gbp(5400),
    }
}

fn invoice(number: &str, customer: &str) -> ExportDocument {
    ExportDocument::Invoice(sale(number, customer, "200"))
}

fn payment(reference: &str, invoice: &str, minor: i64) -> ExportDocument {
    ExportDocument::Payment(PaymentDocument {
        reference: reference.to_owned(),
        invoice: invoice.to_owned(),
        account: "090".to_owned(),
        date: on("2026-11-20"),
        amount: gbp(minor),
        base: None,
    })
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
    let applied = ExportDocument::CreditAllocation(AllocationDocument {
        reference: "a-1".to_owned(),
        credit_note: note_id,
        invoice: outcome.id.clone(),
        date: on("2026-11-20"),
        amount: gbp(3400),
    });
    assert_eq!(desk.find(&applied).await, Found::Absent);
    desk.create(&applied).await;
    for document in [&ann, &bill, &note, &paid, &applied] {
        assert!(matches!(desk.find(document).await, Found::Ours(_)), "{document:?}");
    }
    assert!(desk.sim.duplicates().is_empty());

    let period = Period { from: on("2026-11-01"), to: on("2026-11-30") };
    let totals = desk.adapter.fetch_totals(&desk.session, period).await.expect("totals");
    let of = |kind| totals.iter().find(|it| it.kind == kind).expect("a sum");
    assert_eq!((of(DocumentKind::Invoice).count, of(DocumentKind::Invoice).vat), (1, gbp(900)));
    assert_eq!(of(DocumentKind::CreditNote).gross, gbp(5400));
    assert_eq!(of(DocumentKind::Payment).gross, gbp(2000));
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
