//! The way out to accounting systems: addresses, client ids, sessions and drivers.
//!
//! Never keeps a token: they lie among the secrets.

use super::sign_ins::SignIns;
use super::tokens::KeptTokens;
use crate::export::files::{CsvFolder, PROVIDER as FILES};
use crate::export::{Driver, PushDriver};
use crate::fault::{Code, Fault};
use crate::office::Office;
use finance::ids::ConnectionId;
use providers::http::{HttpClient, Patience};
use providers::registry::{Entry, Provider};
use providers::session::Endpoints;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use store::ConnectionRow;
use tokio::task::JoinSet;

/// What an open book needs to reach accounting systems.
pub struct Outside {
    /// The way out; its connections are shared.
    pub(crate) http: HttpClient,
    /// Another address of Xero, where a test set one.
    xero_at: Option<String>,
    /// This program's client id at Xero.
    xero_client_id: Option<String>,
    /// Sign-ins that are going on.
    pub(crate) sign_ins: Arc<SignIns>,
    /// Runs of the export engine that are going on.
    pub(crate) runs: Mutex<JoinSet<()>>,
    turns: Mutex<HashMap<ConnectionId, Arc<tokio::sync::Mutex<()>>>>,
}

impl Outside {
    /// The way out of a desk.
    ///
    /// # Errors
    /// [`Code::Internal`] where the system's TLS cannot be used.
    pub(crate) fn new(
        xero_at: Option<String>,
        xero_client_id: Option<String>,
    ) -> Result<Self, Fault> {
        let http = HttpClient::new(Patience::USUAL)
            .map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
        Ok(Self {
            http,
            xero_at,
            xero_client_id,
            sign_ins: Arc::default(),
            runs: Mutex::default(),
            turns: Mutex::default(),
        })
    }

    /// What is known of a system, at the address it is to be called.
    pub(crate) fn entry(&self, provider: Provider, client_id: &str) -> Entry {
        let mut entry = provider.entry(self.http.clone(), client_id);
        if let (Provider::Xero, Some(base)) = (provider, &self.xero_at) {
            entry.endpoints = xero_endpoints_at(base);
        }
        entry
    }

    /// The client id this program was made or started with.
    pub(crate) fn built_in_client_id(&self, provider: Provider) -> Option<&str> {
        match provider {
            Provider::Xero => self.xero_client_id.as_deref(),
        }
    }

    fn turn(&self, connection: ConnectionId) -> Arc<tokio::sync::Mutex<()>> {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        turns.entry(connection).or_default().clone()
    }
}

fn xero_endpoints_at(base: &str) -> Endpoints {
    Endpoints {
        authorize: format!("{base}/identity/connect/authorize"),
        token: format!("{base}/connect/token"),
        api: format!("{base}/api.xro/2.0"),
        companies: format!("{base}/connections"),
        issuer: base.to_owned(),
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
    // The client id matters for signing in only; tokens bring their own.
    let entry = outside.entry(provider(&connection.provider)?, "");
    let tokens = KeptTokens {
        connection: connection.id,
        secrets: office.secrets.clone(),
        http: outside.http.clone(),
        endpoints: entry.endpoints.clone(),
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
