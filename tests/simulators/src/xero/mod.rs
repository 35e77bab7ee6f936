//! A Xero that lives on the loopback: identity server, accounting API 2.0, and a ledger the test may
//! read. Rules come from Xero's OpenAPI description 16.1.0 and its developer pages as read in
//! November 2026; where only the effect of a rule is known, the wording of its message is ours.
//!
//! It NEVER talks to the real Xero and never shares code with the product's own client.

mod admin;
mod allocations;
mod api;
mod attachments;
mod bank;
mod books;
mod contacts;
mod documents;
mod gate;
mod idempotency;
mod identity;
mod journals;
mod json;
mod lines;
mod listing;
mod login;
mod model;
mod oracle;
mod orders;
mod payments;
mod query;
mod quota;
mod reference;
mod refusal;
mod render;
mod reports;
mod rows;
mod state;
mod table;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{any, delete, get, post};
use chrono::{NaiveDate, TimeDelta};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use uuid::Uuid;

pub use attachments::Attachment;
pub use identity::Tokens;
pub use journals::ManualJournal;
pub use model::{
    Allocation, BankTransaction, Contact, Document, Kind, Line, LineAmountTypes, Payment, Status,
};
pub use oracle::Duplicate;
pub use orders::PurchaseOrder;
pub use quota::Limits;
pub use reference::{Account, Company, Organisation, TaxRate, TrackingCategory};
pub use state::{RequestRecord, TENANTS};

use crate::clock::SimClock;
use crate::faults::{FaultLayer, FaultProfile, Fired, inject};
use crate::tampering::{Tampering, hundredth};
use crate::wire::{CuttableListener, Wire};
use state::Shared;

/// How a simulator behaves.
#[derive(Clone, Debug)]
pub struct XeroConfig {
    /// Port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    pub clock: SimClock,
    /// `None` switches the rate limits off.
    pub limits: Option<Limits>,
    /// Time each accounting call takes.
    pub latency: Duration,
    /// Most elements in one write.
    pub max_batch: usize,
    pub faults: FaultProfile,
    /// Committed rows are appended here as JSON lines, on disk before the answer leaves.
    pub ledger_file: Option<PathBuf>,
    /// The only client let in; `None` lets any in.
    pub client_id: Option<String>,
    /// The user refuses consent.
    pub deny_consent: bool,
    /// Whose settings both organisations start with.
    pub company: Company,
}

impl Default for XeroConfig {
    fn default() -> Self {
        Self {
            port: 0,
            clock: SimClock::real(),
            limits: Some(Limits::default()),
            latency: Duration::ZERO,
            max_batch: 50,
            faults: FaultProfile::default(),
            ledger_file: None,
            client_id: None,
            deny_consent: false,
            company: Company::English,
        }
    }
}

impl XeroConfig {
    /// As the default, without rate limits.
    pub fn unlimited() -> Self {
        Self { limits: None, ..Self::default() }
    }
}

/// A running simulator; it stops when dropped.
#[derive(Debug)]
pub struct XeroSimulator {
    shared: Arc<Shared>,
    faults: Faults,
    wire: Wire,
    server: JoinHandle<()>,
}

/// Keeps the layer printable although it holds a closure.
struct Faults(FaultLayer);

impl std::fmt::Debug for Faults {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_list().entries(self.0.fired()).finish()
    }
}

impl XeroSimulator {
    /// Starts listening on 127.0.0.1.
    ///
    /// # Errors
    /// The port or the ledger file is not to be had.
    pub async fn start(config: XeroConfig) -> io::Result<Self> {
        let listener =
            TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, config.port))).await?;
        let base_url = format!("http://{}", listener.local_addr()?);
        let shared = Arc::new(Shared::new(&config, base_url)?);
        let stale = Arc::clone(&shared);
        let expire = move || stale.lock().identity.expire_access(stale.clock.now());
        let layer = FaultLayer::new(config.faults, Arc::new(expire));
        let wire = Wire::default();
        let routes = routes(Arc::clone(&shared), layer.clone())
            .into_make_service_with_connect_info::<Wire>();
        let listener = CuttableListener::new(listener, wire.clone());
        let server = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, routes).await {
                eprintln!("simulator: the server ended: {error}");
            }
        });
        Ok(Self { shared, faults: Faults(layer), wire, server })
    }

    /// Stops listening and resets every open connection.
    pub fn stop(&self) {
        self.wire.take_server_down();
        self.server.abort();
    }

    /// `http://127.0.0.1:PORT`.
    pub fn base_url(&self) -> &str {
        &self.shared.base_url
    }

    /// The root of the accounting API, without a trailing slash.
    pub fn api_url(&self) -> String {
        format!("{}/api.xro/2.0", self.base_url())
    }

    /// The clock of this simulator.
    pub fn clock(&self) -> &SimClock {
        &self.shared.clock
    }

    /// The identifiers of both tenants.
    pub fn tenant_ids(&self) -> Vec<Uuid> {
        self.shared.lock().tenant_ids()
    }

    /// Connects both tenants and hands out tokens, as if a user had logged in.
    pub fn issue_tokens(&self) -> Tokens {
        self.shared.lock().issue_tokens(self.clock().now())
    }

    /// The same for a login that was given these scopes only.
    pub fn issue_scoped(&self, scopes: &str) -> Tokens {
        self.shared.lock().issue_scoped(scopes, self.clock().now())
    }

    /// Lets every access token expire now.
    pub fn expire_access_tokens(&self) {
        self.shared.lock().identity.expire_access(self.clock().now());
    }

    /// Ends every login and connection, as when the user disconnects the app in Xero.
    pub fn revoke(&self) {
        self.shared.lock().identity.revoke();
    }

    /// Replaces the fault profile and starts its counters afresh.
    pub fn set_faults(&self, profile: FaultProfile) {
        self.faults.0.set(profile);
    }

    /// The faults that struck since the profile was set.
    pub fn fired(&self) -> Vec<Fired> {
        self.faults.0.fired()
    }

    /// Calls that arrived while the client had been told to wait, since the profile was set.
    pub fn too_early(&self) -> u64 {
        self.faults.0.too_early()
    }

    /// Locks the first tenant's books up to and including this day.
    pub fn lock_period(&self, until: Option<NaiveDate>) {
        if let Some(tenant) = self.shared.lock().tenants.first_mut() {
            tenant.books.organisation.period_lock_date = until;
        }
    }

    /// Changes the first tenant's invoice of this number behind everybody's back.
    pub fn tamper(&self, number: &str, how: Tampering) {
        let mut shared = self.shared.lock();
        let Some(tenant) = shared.tenants.first_mut() else { return };
        let is_it = |it: &&model::Document| it.number.as_deref() == Some(number);
        let found = tenant.books.documents.iter().find(is_it).cloned();
        let Some(mut document) = found else { return };
        match how {
            Tampering::Total => document.total += hundredth(),
            Tampering::Tax => document.total_tax += hundredth(),
            Tampering::Date => document.date += TimeDelta::days(1),
            Tampering::Due => {
                document.due_date = document.due_date.map(|due| due + TimeDelta::days(1));
            }
            Tampering::Voided => document.status = model::Status::Voided,
            Tampering::Twice => document.id = Uuid::now_v7(),
        }
        tenant.books.documents.put(document);
    }

    /// Matches every bank transaction of the first tenant with a line of a bank statement.
    pub fn reconcile(&self) {
        let mut shared = self.shared.lock();
        let Some(tenant) = shared.tenants.first_mut() else { return };
        let rows: Vec<BankTransaction> = tenant.books.bank_transactions.iter().cloned().collect();
        for row in rows {
            tenant.books.bank_transactions.put(BankTransaction { reconciled: true, ..row });
        }
    }

    /// Archives or revives an account of the first tenant.
    pub fn set_account_archived(&self, code: &str, archived: bool) {
        if let Some(tenant) = self.shared.lock().tenants.first_mut() {
            let accounts = tenant.books.accounts.iter_mut();
            accounts.filter(|it| it.code == code).for_each(|it| it.archived = archived);
        }
    }

    /// Subscribes the first tenant to a currency, or ends that.
    pub fn set_currency(&self, code: &str, on: bool) {
        if let Some(tenant) = self.shared.lock().tenants.first_mut() {
            tenant.books.currencies.retain(|it| it != code);
            tenant.books.currencies.extend(on.then(|| code.to_owned()));
        }
    }

    /// Opens a bank account of the first tenant in a currency.
    pub fn open_bank(&self, code: &str, currency: &str) {
        if let Some(tenant) = self.shared.lock().tenants.first_mut() {
            tenant.books.accounts.push(reference::Account::bank(code, code, currency));
        }
    }

    /// Archives or revives a contact of the first tenant.
    pub fn set_contact_archived(&self, name: &str, archived: bool) {
        let mut shared = self.shared.lock();
        let Some(tenant) = shared.tenants.first_mut() else { return };
        let found = tenant.books.contacts.iter().find(|it| it.name == name).cloned();
        let Some(mut contact) = found else { return };
        contact.archived = archived;
        tenant.books.contacts.put(contact);
    }

    /// Archives or revives a tracking option of the first tenant.
    pub fn set_option_archived(&self, name: &str, archived: bool) {
        if let Some(tenant) = self.shared.lock().tenants.first_mut() {
            let options = tenant.books.tracking.iter_mut().flat_map(|it| it.options.iter_mut());
            options.filter(|it| it.name == name).for_each(|it| it.archived = archived);
        }
    }
}

impl Drop for XeroSimulator {
    fn drop(&mut self) {
        self.stop();
    }
}

fn routes(shared: Arc<Shared>, faults: FaultLayer) -> Router {
    let provider = Router::new()
        .route("/.well-known/openid-configuration", get(login::discovery))
        .route("/identity/connect/authorize", get(login::authorize))
        .route("/connect/token", post(login::token))
        .route("/connect/revocation", post(login::revocation))
        .route("/connections", get(login::connections))
        .route("/connections/{id}", delete(login::disconnect))
        .route("/api.xro/2.0/{*path}", any(gate::accounting))
        .with_state(Arc::clone(&shared))
        .layer(from_fn_with_state(faults.clone(), inject));
    provider.merge(admin::routes(shared, faults))
}
