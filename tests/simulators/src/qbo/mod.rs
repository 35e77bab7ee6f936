//! A QuickBooks Online that lives on the loopback: Intuit's identity server, the accounting API v3,
//! and a ledger the test may read. Rules come from Intuit's XML schemas of May 2026 and its developer
//! pages as read in November 2026; where only the effect of a rule is known, its wording is ours.
//!
//! It NEVER talks to the real Intuit and never shares code with the product's own client.

mod admin;
mod api;
mod attachments;
mod books;
mod company;
mod fault;
mod gate;
mod identity;
mod journals;
mod json;
mod ledger;
mod listing;
mod login;
mod model;
mod names;
mod oracle;
mod payments;
mod query;
mod quota;
mod reports;
mod sales;
mod state;
mod tax;
mod writing;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{any, get, post};
use chrono::{NaiveDate, TimeDelta};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub use company::REALMS;
pub use identity::Tokens;
pub use model::{Entity, Life, Row};
pub use oracle::Duplicate;
pub use quota::Limits;
pub use state::RequestRecord;

use crate::clock::SimClock;
use crate::faults::{FaultLayer, FaultProfile, Fired, inject};
use crate::tampering::{Tampering, hundredth};
use crate::wire::{CuttableListener, Wire};
use identity::Login;
use json::Body;
use state::Shared;

/// The application that tokens are handed out to without a login.
const USUAL_APP: &str = "desk";

/// How a simulator behaves.
#[derive(Clone, Debug)]
pub struct QboConfig {
    /// Port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    pub clock: SimClock,
    /// `None` switches the call limits off.
    pub limits: Option<Limits>,
    /// Time each accounting call takes.
    pub latency: Duration,
    pub faults: FaultProfile,
    /// Committed rows are appended here as JSON lines, on disk before the answer leaves.
    pub ledger_file: Option<PathBuf>,
    /// Id and secret of the only client let in; `None` lets in any that has a secret.
    pub client: Option<(String, String)>,
    /// The user refuses consent.
    pub deny_consent: bool,
    /// The first company is a Norwegian one in kroner instead of a British one.
    pub norwegian: bool,
}

impl Default for QboConfig {
    fn default() -> Self {
        Self {
            port: 0,
            clock: SimClock::real(),
            limits: Some(Limits::default()),
            latency: Duration::ZERO,
            faults: FaultProfile::default(),
            ledger_file: None,
            client: None,
            deny_consent: false,
            norwegian: false,
        }
    }
}

impl QboConfig {
    /// As the default, without call limits.
    pub fn unlimited() -> Self {
        Self { limits: None, ..Self::default() }
    }
}

/// A running simulator; it stops when dropped.
#[derive(Debug)]
pub struct QboSimulator {
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

impl QboSimulator {
    /// Starts listening on 127.0.0.1.
    ///
    /// # Errors
    /// The port or the ledger file is not to be had.
    pub async fn start(config: QboConfig) -> io::Result<Self> {
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

    /// The root of the API, without a trailing slash; a company's address follows.
    pub fn api_url(&self) -> String {
        format!("{}/v3/company", self.base_url())
    }

    /// The clock of this simulator.
    pub fn clock(&self) -> &SimClock {
        &self.shared.clock
    }

    /// Hands out tokens for a company, as if its owner had logged in.
    pub fn issue_tokens(&self, realm: &str) -> Tokens {
        self.issue_tokens_to(realm, USUAL_APP)
    }

    /// The same to an application of this name.
    pub fn issue_tokens_to(&self, realm: &str, app: &str) -> Tokens {
        let login = Login { realm: realm.to_owned(), app: app.to_owned() };
        let now = self.clock().now();
        self.shared.lock().identity.issue(login, now)
    }

    /// Chooses the company that the next login opens.
    pub fn choose(&self, realm: &str) {
        self.shared.lock().chosen_realm = realm.to_owned();
    }

    /// Lets every access token expire now.
    pub fn expire_access_tokens(&self) {
        self.shared.lock().identity.expire_access(self.clock().now());
    }

    /// Ends every login, as when the user disconnects the app in QuickBooks.
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

    /// Changes a company's invoice of this number behind everybody's back.
    pub fn tamper(&self, realm: &str, number: &str, how: Tampering) {
        let now = self.shared.clock.now();
        let mut shared = self.shared.lock();
        let Some(company) = shared.company(realm) else { return };
        let is_it = |it: &&Row| it.text("DocNumber") == number;
        let Some(mut row) = company.books.all(Entity::Invoice).find(is_it).cloned() else { return };
        let later = |name: &str| {
            let day = json::day(&row.body, name).map(|day| day + TimeDelta::days(1));
            day.map_or(Value::Null, |day| Value::String(day.to_string()))
        };
        match how {
            Tampering::Total => row.set("TotalAmt", row.decimal("TotalAmt") + hundredth()),
            Tampering::Tax => {
                let detail =
                    row.body.entry("TxnTaxDetail").or_insert_with(|| Value::Object(Body::new()));
                if let Some(detail) = detail.as_object_mut() {
                    let tax = json::decimal(detail, "TotalTax").unwrap_or_default();
                    detail.insert("TotalTax".to_owned(), json::number(tax + hundredth()));
                }
            }
            Tampering::Date => {
                let day = later("TxnDate");
                row.body.insert("TxnDate".to_owned(), day);
            }
            Tampering::Due => {
                let day = later("DueDate");
                row.body.insert("DueDate".to_owned(), day);
            }
            Tampering::Voided => {
                row.life = Life::Voided;
                row.set("TotalAmt", 0.into());
                row.set_open(0.into());
                row.body.insert("PrivateNote".to_owned(), Value::String("Voided".to_owned()));
            }
            Tampering::Twice => {
                let body = row.body.clone();
                company.books.add(Entity::Invoice, body, now);
                return;
            }
        }
        company.books.replace(row, now);
    }

    /// Turns multicurrency on with one currency besides the company's own, or off.
    pub fn set_multi_currency(&self, realm: &str, besides: Option<&str>) {
        let now = self.shared.clock.now();
        let mut shared = self.shared.lock();
        if let Some(company) = shared.company(realm) {
            company::set_several(&mut company.books, besides, now);
        }
    }

    /// Lets the engine of the United States replace the tax that is sent along, or honour it.
    pub fn set_tax_replaced(&self, realm: &str, replaces: bool) {
        let mut shared = self.shared.lock();
        if let Some(company) = shared.company(realm) {
            company.books.settings.replaces_tax = replaces;
        }
    }

    /// Opens a bank account of a company in a currency; gives its id.
    pub fn open_bank(&self, realm: &str, currency: &str) -> Option<String> {
        let now = self.shared.clock.now();
        let mut shared = self.shared.lock();
        let books = &mut shared.company(realm)?.books;
        Some(company::open_bank(books, currency, now))
    }

    /// Closes a company's books up to and including this day.
    pub fn close_books(&self, realm: &str, until: Option<NaiveDate>) {
        if let Some(company) = self.shared.lock().company(realm) {
            company.books.close(until);
        }
    }
}

impl Drop for QboSimulator {
    fn drop(&mut self) {
        self.stop();
    }
}

fn routes(shared: Arc<Shared>, faults: FaultLayer) -> Router {
    let provider = Router::new()
        .route("/.well-known/openid_configuration", get(login::discovery))
        .route("/connect/oauth2", get(login::authorize))
        .route("/oauth2/v1/tokens/bearer", post(login::token))
        .route("/v2/oauth2/tokens/revoke", post(login::revocation))
        .route("/v3/company/{*path}", any(gate::accounting))
        .with_state(Arc::clone(&shared))
        .layer(from_fn_with_state(faults.clone(), inject));
    provider.merge(admin::routes(shared, faults))
}
