//! One face for the three simulated accounting systems, so that a story is told once and holds for
//! each of them.
//!
//! Never knows what a story is about: it starts a simulator, points the product at it, and counts
//! what arrived.

use chrono::{DateTime, NaiveDate, Utc};
use providers::ProviderAdapter;
use providers::http::HttpClient;
use providers::qbo::QboAdapter;
use providers::registry::Provider;
use providers::sage::SageAdapter;
use providers::session::Endpoints;
use providers::xero::XeroAdapter;
use rust_decimal::Decimal;
use simulators::clock::SimClock;
use simulators::faults::{FaultProfile, Fired};
use simulators::qbo::{Entity, QboConfig, QboSimulator, REALMS};
use simulators::sage::{BUSINESSES, SageConfig, SageSimulator, Status, fixed_id};
use simulators::tampering::Tampering;
use simulators::xero::{XeroConfig, XeroSimulator};
use std::time::Duration;

/// What our documents name there: the British company of each simulator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Codes {
    /// What lessons are booked on.
    pub sales: String,
    /// Twenty percent of VAT.
    pub tax: String,
    /// Where money comes in.
    pub bank: String,
}

/// How many of each are there and count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// Customers.
    pub customers: usize,
    /// Invoices.
    pub invoices: usize,
    /// Credit notes.
    pub notes: usize,
    /// Payments that bring money.
    pub payments: usize,
    /// Credit notes set against invoices.
    pub allocations: usize,
}

/// A simulated accounting system.
pub trait System: Send + Sync + Sized + 'static {
    /// Which one it stands for.
    const PROVIDER: Provider;
    /// Method and path by which records are written.
    const WRITES: (&'static str, &'static str);
    /// It takes each number of an invoice once.
    const NUMBERS_ARE_UNIQUE: bool;
    /// It can be told of money paid back out of a credit note.
    const TAKES_REFUNDS: bool;

    /// Speaks with it.
    type Adapter: ProviderAdapter + 'static;

    /// Starts one on a clock, with or without the limits of calls.
    fn start(clock: SimClock, limited: bool) -> impl Future<Output = Self> + Send;
    /// Starts one on the machine's clock, without limits, in which each call takes this long.
    fn taking(latency: Duration) -> impl Future<Output = Self> + Send;
    /// Where a payment is written.
    fn payments_path(&self) -> String;
    /// Starts one without limits that remembers keys, where another must not rest on that.
    fn remembering(clock: SimClock) -> impl Future<Output = Self> + Send {
        Self::start(clock, false)
    }
    /// Its address.
    fn base_url(&self) -> &str;
    /// A real adapter.
    fn adapter(http: HttpClient) -> Self::Adapter;
    /// The company that documents go to.
    fn company(&self) -> String;
    /// What documents name there.
    fn codes() -> Codes;
    /// An access token for a company, as if a person had signed in.
    fn access_token(&self, company: &str) -> String;
    /// The same for a process that cannot renew it, however long it takes.
    fn lasting_token(&self, company: &str) -> String {
        self.access_token(company)
    }
    /// Everybody is signed out there.
    fn sign_out(&self);
    /// Nothing dated up to this day is taken.
    fn lock(&self, until: Option<NaiveDate>);
    /// What goes wrong from here on.
    fn set_faults(&self, profile: FaultProfile);
    /// What went wrong.
    fn fired(&self) -> Vec<Fired>;
    /// Calls that arrived while the client had been told to wait.
    fn too_early(&self) -> u64;
    /// Changes the invoice of this number of ours behind everybody's back.
    fn tamper(&self, number: &str, how: Tampering);
    /// What is there.
    fn ledger(&self) -> Ledger;
    /// What is there twice, in words.
    fn duplicates(&self) -> Vec<String>;
    /// The totals with VAT of invoices and credit notes that count, by our number.
    fn totals(&self) -> Vec<(String, Decimal)>;
    /// Calls that arrived, and how many of them were refused for their number.
    fn calls(&self) -> (usize, usize);
    /// When each call arrived.
    fn arrivals(&self) -> Vec<DateTime<Utc>>;

    /// Where it answers.
    fn endpoints(&self) -> Endpoints {
        let http = HttpClient::new(providers::http::Patience::USUAL).expect("a client");
        Self::PROVIDER.entry(http).endpoints.moved_to(self.base_url())
    }
}

/// What each simulator has under the same name.
macro_rules! handed_on {
    () => {
        fn base_url(&self) -> &str {
            self.base_url()
        }

        fn set_faults(&self, profile: FaultProfile) {
            self.set_faults(profile);
        }

        fn fired(&self) -> Vec<Fired> {
            self.fired()
        }

        fn too_early(&self) -> u64 {
            self.too_early()
        }

        fn arrivals(&self) -> Vec<DateTime<Utc>> {
            self.requests().into_iter().map(|call| call.at).collect()
        }
    };
}

impl System for XeroSimulator {
    const PROVIDER: Provider = Provider::Xero;
    const WRITES: (&'static str, &'static str) = ("PUT", "/api.xro");
    const NUMBERS_ARE_UNIQUE: bool = true;
    const TAKES_REFUNDS: bool = true;
    type Adapter = XeroAdapter;
    handed_on!();

    async fn start(clock: SimClock, limited: bool) -> Self {
        let base = if limited { XeroConfig::default() } else { XeroConfig::unlimited() };
        Self::start(XeroConfig { clock, ..base }).await.expect("a simulator")
    }

    async fn taking(latency: Duration) -> Self {
        let config = XeroConfig { latency, ..XeroConfig::unlimited() };
        Self::start(config).await.expect("a simulator")
    }

    fn payments_path(&self) -> String {
        "/api.xro/2.0/Payments".to_owned()
    }

    fn adapter(http: HttpClient) -> XeroAdapter {
        XeroAdapter::new(http)
    }

    fn company(&self) -> String {
        self.tenant_ids()[0].to_string()
    }

    fn codes() -> Codes {
        let [sales, tax, bank] = ["200", "OUTPUT2", "090"].map(str::to_owned);
        Codes { sales, tax, bank }
    }

    fn access_token(&self, _: &str) -> String {
        self.issue_tokens().access_token
    }

    fn sign_out(&self) {
        self.revoke();
    }

    fn lock(&self, until: Option<NaiveDate>) {
        self.lock_period(until);
    }

    fn tamper(&self, number: &str, how: Tampering) {
        self.tamper(number, how);
    }

    fn ledger(&self) -> Ledger {
        Ledger {
            customers: self.contacts().len(),
            invoices: self.invoices().len(),
            notes: self.credit_notes().len(),
            payments: self.payments().iter().filter(|it| !it.deleted).count(),
            allocations: self.allocations().iter().filter(|it| !it.deleted).count(),
        }
    }

    fn duplicates(&self) -> Vec<String> {
        self.duplicates().iter().map(|twice| format!("{twice:?}")).collect()
    }

    fn totals(&self) -> Vec<(String, Decimal)> {
        let documents = self.invoices().into_iter().chain(self.credit_notes());
        documents.map(|it| (it.number.unwrap_or_default(), it.total)).collect()
    }

    fn calls(&self) -> (usize, usize) {
        let calls = self.requests();
        (calls.len(), calls.iter().filter(|call| call.status == 429).count())
    }
}

impl System for QboSimulator {
    const PROVIDER: Provider = Provider::Qbo;
    const WRITES: (&'static str, &'static str) = ("POST", "/v3/company");
    const NUMBERS_ARE_UNIQUE: bool = true;
    const TAKES_REFUNDS: bool = false;
    type Adapter = QboAdapter;
    handed_on!();

    async fn start(clock: SimClock, limited: bool) -> Self {
        let base = if limited { QboConfig::default() } else { QboConfig::unlimited() };
        Self::start(QboConfig { clock, ..base }).await.expect("a simulator")
    }

    async fn taking(latency: Duration) -> Self {
        let config = QboConfig { latency, ..QboConfig::unlimited() };
        Self::start(config).await.expect("a simulator")
    }

    fn payments_path(&self) -> String {
        format!("/v3/company/{}/payment", REALMS[0].0)
    }

    fn adapter(http: HttpClient) -> QboAdapter {
        QboAdapter::new(http)
    }

    fn company(&self) -> String {
        REALMS[0].0.to_owned()
    }

    fn codes() -> Codes {
        let [sales, tax, bank] = ["item:2", "2", "account:4"].map(str::to_owned);
        Codes { sales, tax, bank }
    }

    fn access_token(&self, company: &str) -> String {
        self.issue_tokens(company).access_token
    }

    fn sign_out(&self) {
        self.revoke();
    }

    fn lock(&self, until: Option<NaiveDate>) {
        self.close_books(REALMS[0].0, until);
    }

    fn tamper(&self, number: &str, how: Tampering) {
        self.tamper(REALMS[0].0, number, how);
    }

    /// A payment over nothing carries credit and no money.
    fn ledger(&self) -> Ledger {
        let payments = self.living(Entity::Payment);
        let allocations = payments.iter().filter(|row| row.decimal("TotalAmt").is_zero()).count();
        Ledger {
            customers: self.living(Entity::Customer).len(),
            invoices: self.living(Entity::Invoice).len(),
            notes: self.living(Entity::CreditMemo).len(),
            payments: payments.len() - allocations,
            allocations,
        }
    }

    fn duplicates(&self) -> Vec<String> {
        self.duplicates().iter().map(|twice| format!("{twice:?}")).collect()
    }

    fn totals(&self) -> Vec<(String, Decimal)> {
        let documents = [Entity::Invoice, Entity::CreditMemo];
        let rows = documents.into_iter().flat_map(|entity| self.living(entity));
        rows.map(|row| (row.text("DocNumber").to_owned(), row.decimal("TotalAmt"))).collect()
    }

    fn calls(&self) -> (usize, usize) {
        let calls = self.requests();
        (calls.len(), calls.iter().filter(|call| call.status == 429).count())
    }
}

impl System for SageSimulator {
    const PROVIDER: Provider = Provider::Sage;
    const WRITES: (&'static str, &'static str) = ("POST", "/v3.1");
    const NUMBERS_ARE_UNIQUE: bool = false;
    const TAKES_REFUNDS: bool = true;
    type Adapter = SageAdapter;
    handed_on!();

    /// It forgets keys: nothing may rest on them.
    async fn start(clock: SimClock, limited: bool) -> Self {
        let base = if limited { SageConfig::default() } else { SageConfig::unlimited() };
        let config = SageConfig { clock, remembers_keys: false, ..base };
        Self::start(config).await.expect("a simulator")
    }

    async fn remembering(clock: SimClock) -> Self {
        let config = SageConfig { clock, remembers_keys: true, ..SageConfig::unlimited() };
        Self::start(config).await.expect("a simulator")
    }

    async fn taking(latency: Duration) -> Self {
        let config = SageConfig { latency, remembers_keys: false, ..SageConfig::unlimited() };
        Self::start(config).await.expect("a simulator")
    }

    fn payments_path(&self) -> String {
        "/v3.1/contact_payments".to_owned()
    }

    fn adapter(http: HttpClient) -> SageAdapter {
        SageAdapter::new(http)
    }

    fn company(&self) -> String {
        BUSINESSES[0].0.to_owned()
    }

    fn codes() -> Codes {
        let [sales, bank] = [fixed_id(1, 4000), fixed_id(2, 1200)];
        Codes { sales, tax: "GB_STANDARD".to_owned(), bank }
    }

    fn access_token(&self, _: &str) -> String {
        self.issue_tokens().access_token
    }

    fn lasting_token(&self, _: &str) -> String {
        self.issue_lasting_token()
    }

    fn sign_out(&self) {
        self.disconnect();
        self.expire_access_tokens();
    }

    fn lock(&self, until: Option<NaiveDate>) {
        self.lock_down(until);
    }

    fn tamper(&self, number: &str, how: Tampering) {
        self.tamper(number, how);
    }

    /// Drafts are not in the accounts.
    fn ledger(&self) -> Ledger {
        let posted = |rows: Vec<simulators::sage::Artefact>| {
            rows.iter().filter(|row| row.status != Status::Draft).count()
        };
        Ledger {
            customers: self.contacts().len(),
            invoices: posted(self.invoices()),
            notes: posted(self.credit_notes()),
            payments: self.payments().iter().filter(|it| it.deleted_at.is_none()).count(),
            allocations: self.allocations().iter().filter(|it| it.deleted_at.is_none()).count(),
        }
    }

    fn duplicates(&self) -> Vec<String> {
        self.duplicates().iter().map(|twice| format!("{twice:?}")).collect()
    }

    fn totals(&self) -> Vec<(String, Decimal)> {
        let documents = self.invoices().into_iter().chain(self.credit_notes());
        let posted = documents.filter(|it| it.status != Status::Draft);
        posted.map(|it| (it.reference.unwrap_or_default(), it.total)).collect()
    }

    fn calls(&self) -> (usize, usize) {
        let calls = self.requests();
        (calls.len(), calls.iter().filter(|call| call.status == 429).count())
    }
}
