//! A Sage Business Cloud Accounting that lives on the loopback: identity server, API 3.1, and a
//! ledger the test may read. Rules come from Sage's Swagger description 3.1 and its guides as read
//! in November 2026; where only the effect of a rule is known, the wording of its message is ours.
//!
//! It NEVER talks to the real Sage and never shares code with the product's own client.

mod admin;
mod api;
mod artefacts;
mod balances;
mod books;
mod contacts;
mod gate;
mod identity;
mod journals;
mod json;
mod listing;
mod login;
mod model;
mod money;
mod oracle;
mod quota;
mod reference;
mod refusal;
mod render;
mod rows;
mod state;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{any, get, post};
use chrono::{NaiveDate, TimeDelta};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use uuid::Uuid;

pub use identity::Tokens;
pub use json::Amounts;
pub use model::{
    Allocation, Artefact, Contact, Journal, JournalLine, Kind, Line, OnAccount, Part, Payment,
    Status,
};
pub use oracle::Duplicate;
pub use quota::Limits;
pub use reference::{BankAccount, LedgerAccount, Settings, TaxRate, fixed_id};
pub use state::{BUSINESSES, RequestRecord};

use crate::clock::SimClock;
use crate::faults::{FaultLayer, FaultProfile, Fired, inject};
use crate::tampering::{Tampering, hundredth};
use crate::wire::{CuttableListener, Wire};
use state::Shared;

/// How a simulator behaves.
#[derive(Clone, Debug)]
pub struct SageConfig {
    /// Port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    pub clock: SimClock,
    /// `None` switches the call limits off.
    pub limits: Option<Limits>,
    /// Time each call takes.
    pub latency: Duration,
    pub faults: FaultProfile,
    /// Committed rows are appended here as JSON lines, on disk before the answer leaves.
    pub ledger_file: Option<PathBuf>,
    /// Whether amounts leave as numbers or as text.
    pub amounts: Amounts,
    /// Whether an `idempotency_id` is heeded.
    pub remembers_keys: bool,
    /// The only app let in, with its secret; `None` lets any in that has both.
    pub client: Option<(String, String)>,
    /// The only redirect address that is registered; `None` takes any.
    pub redirect_uri: Option<String>,
    /// The user refuses consent.
    pub deny_consent: bool,
    /// Businesses in kroner with Norwegian rates, for a Norwegian school to look around; Sage
    /// itself has none.
    pub norwegian: bool,
}

impl Default for SageConfig {
    fn default() -> Self {
        Self {
            port: 0,
            clock: SimClock::real(),
            limits: Some(Limits::default()),
            latency: Duration::ZERO,
            faults: FaultProfile::default(),
            ledger_file: None,
            amounts: Amounts::Numbers,
            remembers_keys: true,
            client: None,
            redirect_uri: None,
            deny_consent: false,
            norwegian: false,
        }
    }
}

impl SageConfig {
    /// As the default, without call limits.
    pub fn unlimited() -> Self {
        Self { limits: None, ..Self::default() }
    }
}

/// A running simulator; it stops when dropped.
#[derive(Debug)]
pub struct SageSimulator {
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

impl SageSimulator {
    /// Starts listening on 127.0.0.1.
    ///
    /// # Errors
    /// The port or the ledger file is not to be had.
    pub async fn start(config: SageConfig) -> io::Result<Self> {
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

    /// The root of the API, without a trailing slash.
    pub fn api_url(&self) -> String {
        format!("{}/v3.1", self.base_url())
    }

    /// The clock of this simulator.
    pub fn clock(&self) -> &SimClock {
        &self.shared.clock
    }

    /// Hands out tokens, as if a user had signed in.
    pub fn issue_tokens(&self) -> Tokens {
        self.shared.lock().issue_tokens(self.clock().now())
    }

    /// An access token without a sign-in that outlives the five minutes, for work that is not about
    /// tokens and may take longer.
    pub fn issue_lasting_token(&self) -> String {
        self.shared.lock().issue_lasting_token(self.clock().now() + TimeDelta::days(1))
    }

    /// Lets every access token expire now.
    pub fn expire_access_tokens(&self) {
        self.shared.lock().identity.expire_access(self.clock().now());
    }

    /// Ends every sign-in, as when the user removes the app in Sage.
    pub fn disconnect(&self) {
        self.shared.lock().identity.disconnect();
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

    /// Locks the lead business's books up to and including this day.
    pub fn lock_down(&self, until: Option<NaiveDate>) {
        self.with_lead(|books| books.settings.lockdown = until);
    }

    /// Lets documents of the lead business be in several currencies, or in its own only.
    pub fn set_multi_currency(&self, on: bool) {
        self.with_lead(|books| books.settings.multi_currency = on);
    }

    /// Opens a bank account of the lead business in a currency; gives its id.
    pub fn open_bank(&self, currency: &str) -> String {
        let id = fixed_id(3, 1230);
        self.with_lead(|books| {
            let like = books.banks.first().cloned();
            books.banks.extend(like.map(|bank| reference::BankAccount {
                id: id.clone(),
                name: format!("Current {currency}"),
                currency: Some(currency.to_owned()),
                ..bank
            }));
        });
        id
    }

    /// Ends or revives the lead business's subscription.
    pub fn set_subscribed(&self, subscribed: bool) {
        self.with_lead(|books| books.subscribed = subscribed);
    }

    /// Changes the lead business's invoice of this reference behind everybody's back.
    pub fn tamper(&self, reference: &str, how: Tampering) {
        self.with_lead(|books| {
            let is_it = |it: &&mut model::Artefact| it.reference.as_deref() == Some(reference);
            let Some(row) = books.artefacts.iter_mut().find(is_it) else { return };
            match how {
                Tampering::Total => row.total += hundredth(),
                Tampering::Tax => row.tax += hundredth(),
                Tampering::Date => row.date += TimeDelta::days(1),
                Tampering::Due => row.due_date = row.due_date.map(|due| due + TimeDelta::days(1)),
                Tampering::Voided => row.status = Status::Void,
                Tampering::Twice => {
                    let id = Uuid::now_v7().simple().to_string();
                    let again = Artefact { id, ..row.clone() };
                    books.artefacts.push(again);
                }
            }
        });
    }

    fn with_lead(&self, change: impl FnOnce(&mut books::Books)) {
        if let Some(books) = self.shared.lock().business(None) {
            change(books);
        }
    }
}

impl Drop for SageSimulator {
    fn drop(&mut self) {
        self.stop();
    }
}

fn routes(shared: Arc<Shared>, faults: FaultLayer) -> Router {
    let provider = Router::new()
        .route("/oauth2/auth/central", get(login::authorize))
        .route("/token", post(login::token))
        .route("/revoke", post(login::revoke))
        .route("/v3.1/{*path}", any(gate::accounting))
        .with_state(Arc::clone(&shared))
        .layer(from_fn_with_state(faults.clone(), inject));
    provider.merge(admin::routes(shared, faults))
}
