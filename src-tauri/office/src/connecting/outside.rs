//! The way out to accounting systems: addresses, sessions and drivers.
//!
//! Never keeps a token: they lie among the secrets.

use super::sign_ins::SignIns;
use super::tokens::{KeptTokens, Turn};
use crate::export::files::{CsvFolder, PROVIDER as FILES};
use crate::export::{Driver, PushDriver};
use crate::fault::{Code, Fault};
use crate::office::Office;
use finance::ids::ConnectionId;
use providers::http::{HttpClient, Patience};
use providers::registry::{Entry, Provider};
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use store::ConnectionRow;
use tokio::task::JoinSet;

/// What an open book needs to reach accounting systems.
pub struct Outside {
    /// The way out; its connections are shared.
    pub(crate) http: HttpClient,
    /// Other addresses of systems, where a test set them.
    elsewhere: BTreeMap<Provider, String>,
    /// This program's client id at Xero.
    xero_client_id: Option<String>,
    /// Sign-ins that are going on.
    pub(crate) sign_ins: Arc<SignIns>,
    /// Runs of the export engine that are going on.
    pub(crate) runs: Mutex<JoinSet<()>>,
    turns: Mutex<HashMap<ConnectionId, Turn>>,
}

impl Outside {
    /// The way out of a desk.
    ///
    /// # Errors
    /// [`Code::Internal`] where the system's TLS cannot be used.
    pub(crate) fn new(
        elsewhere: BTreeMap<Provider, String>,
        xero_client_id: Option<String>,
    ) -> Result<Self, Fault> {
        let http = HttpClient::new(Patience::USUAL)
            .map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
        Ok(Self {
            http,
            elsewhere,
            xero_client_id,
            sign_ins: Arc::default(),
            runs: Mutex::default(),
            turns: Mutex::default(),
        })
    }

    /// What is known of a system, at the address it is to be called.
    pub(crate) fn entry(&self, provider: Provider) -> Entry {
        let mut entry = provider.entry(self.http.clone());
        if let Some(base) = self.elsewhere.get(&provider) {
            entry.endpoints = entry.endpoints.moved_to(base);
        }
        entry
    }

    /// The client id this program was made or started with.
    pub(crate) fn built_in_client_id(&self, provider: Provider) -> Option<&str> {
        self.xero_client_id.as_deref().filter(|_| provider == Provider::Xero)
    }

    fn turn(&self, connection: ConnectionId) -> Turn {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        turns.entry(connection).or_default().clone()
    }

    /// Forgets what was handed out to a connection and could not be kept.
    pub(crate) fn forget_turn(&self, connection: ConnectionId) {
        self.turns.lock().unwrap_or_else(PoisonError::into_inner).remove(&connection);
    }
}

/// The system stored under a key.
///
/// # Errors
/// [`Code::Invalid`] at `system` where this program does not know it.
pub(crate) fn provider(key: &str) -> Result<Provider, Fault> {
    Provider::from_key(key).ok_or_else(|| {
        Fault::new(Code::Invalid, "This accounting system is not known.")
            .at("system")
            .rule("choice")
    })
}

/// How records of a connection leave the desk over the wire.
///
/// # Errors
/// As [`provider`].
pub(crate) fn push_driver(
    office: &Office,
    connection: &ConnectionRow,
) -> Result<PushDriver, Fault> {
    let outside = &office.outside;
    let entry = outside.entry(provider(&connection.provider)?);
    let tokens = KeptTokens {
        connection: connection.id,
        secrets: office.secrets.clone(),
        http: outside.http.clone(),
        endpoints: entry.endpoints.clone(),
        registration: entry.registration,
        clock: office.clock.clone(),
        turn: outside.turn(connection.id),
    };
    Ok(PushDriver {
        adapter: entry.adapter,
        endpoints: entry.endpoints,
        company: connection.remote_company_id.clone(),
        tokens: Arc::new(tokens),
    })
}

/// The driver of a run over a connection.
///
/// # Errors
/// As [`provider`].
pub(crate) fn driver(office: &Office, connection: &ConnectionRow) -> Result<Driver, Fault> {
    if connection.provider == FILES {
        let folder = PathBuf::from(&connection.remote_company_id);
        return Ok(Driver::File(Arc::new(CsvFolder::new(folder))));
    }
    push_driver(office, connection).map(Driver::Push)
}
