//! A desk with an adapter and a company to write to, and documents to send.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate};
use finance::money::{Currency, Money};
use finance::party::Address;
use finance::tax::PriceBasis;
use providers::document::{
    AllocationDocument, CustomerDocument, ExportDocument, PaymentDocument, PushItem, SalesDocument,
    SalesLine,
};
use providers::http::{HttpClient, Patience};
use providers::qbo::QboAdapter;
use providers::session::{Endpoints, Secret, Session, TokenSource};
use providers::{Found, ItemOutcome, ProviderAdapter, ProviderError, Wanted};
use rust_decimal::Decimal;
use serde_json::Value;
use simulators::clock::SimClock;
use simulators::faults::{FaultProfile, Rule};
use simulators::qbo::{QboConfig, QboSimulator, REALMS};
use support::wrapped::Unwatched;

pub struct Tokens {
    sim: Arc<QboSimulator>,
    token: String,
    revoked: bool,
    realm: &'static str,
    pub renewals: AtomicUsize,
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
        Ok(Secret::new(self.sim.issue_tokens(self.realm).access_token))
    }
}

pub struct Desk {
    pub sim: Arc<QboSimulator>,
    pub adapter: QboAdapter,
    pub session: Session,
    pub tokens: Arc<Tokens>,
}

const QUICK: Patience = Patience {
    connect: Duration::from_millis(500),
    idle: Duration::from_millis(300),
    total: Duration::from_millis(1500),
    answer_bytes: 1024 * 1024,
};

pub async fn desk() -> Desk {
    desk_at(REALMS[0].0, false).await
}

pub async fn desk_at(realm: &'static str, revoked: bool) -> Desk {
    let noon = DateTime::from_timestamp(1_795_176_000, 0).expect("a moment");
    let config = QboConfig { clock: SimClock::manual(noon), ..QboConfig::unlimited() };
    let sim = Arc::new(QboSimulator::start(config).await.expect("a simulator"));
    let endpoints = Endpoints {
        authorize: format!("{}/connect/oauth2", sim.base_url()),
        token: format!("{}/oauth2/v1/tokens/bearer", sim.base_url()),
        api: sim.api_url(),
        companies: sim.api_url(),
        issuer: sim.base_url().to_owned(),
    };
    let token = sim.issue_tokens(realm).access_token;
    let renewals = AtomicUsize::new(0);
    let tokens = Arc::new(Tokens { sim: Arc::clone(&sim), token, revoked, realm, renewals });
    let source: Arc<dyn TokenSource> = Arc::<Tokens>::clone(&tokens);
    let company = realm.to_owned();
    let session = Session { endpoints, company, tokens: source, watch: Arc::new(Unwatched) };
    let adapter = QboAdapter::new(HttpClient::new(QUICK).expect("a client"));
    Desk { sim, adapter, session, tokens }
}

impl Desk {
    pub async fn push(&self, documents: &[ExportDocument]) -> Vec<ItemOutcome> {
        let items: Vec<PushItem> = documents
            .iter()
            .map(|document| PushItem {
                document: document.clone(),
                idempotency_key: document.reference().to_owned(),
            })
            .collect();
        self.adapter.push(&self.session, &items).await.outcomes
    }

    pub async fn find(&self, document: &ExportDocument) -> Found {
        let wanted = Wanted { kind: document.kind(), document: document.clone() };
        self.adapter.find(&self.session, &[wanted]).await.expect("an answer").remove(0)
    }

    pub async fn create(&self, document: &ExportDocument) -> String {
        let outcome = self.push(std::slice::from_ref(document)).await.remove(0);
        outcome.expect("created").id
    }

    /// The same student under another name.
    pub fn change(&self, existing: &str, number: &str, name: &str) -> ExportDocument {
        let ExportDocument::Customer(it) = customer(number, name) else { panic!("a customer") };
        ExportDocument::Customer(CustomerDocument { existing: existing.to_owned(), ..it })
    }

    pub fn strike(&self, rule: Rule) {
        self.sim.set_faults(FaultProfile::of([rule]));
    }

    /// The path of an address of this company.
    pub fn path(&self, below: &str) -> String {
        format!("/v3/company/{}/{below}", self.session.company)
    }

    /// What somebody else does there.
    pub async fn raw(&self, below: &str, body: &Value) {
        let answer = self.request(reqwest::Method::POST, below).json(body).send().await;
        assert_eq!(answer.expect("an answer").status(), 200);
    }

    pub async fn get(&self, below: &str) -> Value {
        let answer = self.request(reqwest::Method::GET, below).send().await.expect("an answer");
        answer.json().await.expect("json")
    }

    fn request(&self, method: reqwest::Method, below: &str) -> reqwest::RequestBuilder {
        let url = format!("{}{}", self.sim.base_url(), self.path(below));
        let token = self.sim.issue_tokens(self.tokens.realm).access_token;
        reqwest::Client::new().request(method, url).bearer_auth(token)
    }
}

pub fn gbp(minor: i64) -> Money {
    Money::from_minor(minor, "GBP".parse::<Currency>().expect("a currency"))
}

pub fn on(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

pub fn customer(number: &str, name: &str) -> ExportDocument {
    ExportDocument::Customer(CustomerDocument {
        existing: String::new(),
        reference: format!("K-c{number}"),
        number: number.to_owned(),
        tax_number: String::new(),
        name: name.to_owned(),
        email: "ann@example.org".to_owned(),
        phone: String::new(),
        address: Address::default(),
    })
}

/// 54.00 with tax, of which 9.00.
pub fn sale(number: &str, customer: &str) -> SalesDocument {
    SalesDocument {
        rate: None,
        reference: format!("K-{number}"),
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
            account: "item:2".to_owned(),
            tax_code: "2".to_owned(),
            net: gbp(4500),
            vat: gbp(900),
            gross: gbp(5400),
        }],
        net: gbp(4500),
        vat: gbp(900),
        gross: gbp(5400),
    }
}

pub fn invoice(number: &str, customer: &str) -> ExportDocument {
    ExportDocument::Invoice(sale(number, customer))
}

pub fn credit(number: &str, customer: &str) -> ExportDocument {
    ExportDocument::CreditNote(sale(number, customer))
}

/// 45.00 dollars without tax.
pub fn untaxed(number: &str, customer: &str) -> ExportDocument {
    let usd = |minor| Money::from_minor(minor, "USD".parse().expect("a currency"));
    let mut sale = sale(number, customer);
    sale.currency = "USD".parse().expect("a currency");
    (sale.net, sale.vat, sale.gross) = (usd(4500), usd(0), usd(4500));
    let line = &mut sale.lines[0];
    (line.net, line.vat, line.gross) = (usd(4500), usd(0), usd(4500));
    line.tax_code = "NON".to_owned();
    ExportDocument::Invoice(sale)
}

pub fn payment(reference: &str, invoice: &str, minor: i64) -> ExportDocument {
    ExportDocument::Payment(PaymentDocument {
        reference: reference.to_owned(),
        invoice: invoice.to_owned(),
        account: "account:4".to_owned(),
        date: on("2026-11-20"),
        amount: gbp(minor),
        base: None,
    })
}

pub fn allocation(reference: &str, note: &str, invoice: &str, minor: i64) -> ExportDocument {
    ExportDocument::CreditAllocation(AllocationDocument {
        reference: reference.to_owned(),
        credit_note: note.to_owned(),
        invoice: invoice.to_owned(),
        date: on("2026-11-20"),
        amount: gbp(minor),
    })
}
