//! Everything one running simulator remembers, behind one lock.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::Bytes;
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};

use super::SageConfig;
use super::books::Books;
use super::identity::{FULL_ACCESS, Identity, Tokens};
use super::json::Amounts;
use super::quota::Limits;
use crate::clock::SimClock;

/// The two businesses a sign-in opens, the first of them the lead business; fixed, so that a
/// second process can name them.
pub const BUSINESSES: [(&str, &str); 2] = [
    ("0d40342d00004000800000000000a001", "Simulated Driving School Ltd"),
    ("0d40342d00004000800000000000a002", "Simulated Lorry School Ltd"),
];

/// One request that reached the provider, and the answer's status.
#[derive(Clone, Debug, Serialize)]
pub struct RequestRecord {
    pub at: DateTime<Utc>,
    pub method: String,
    pub path: String,
    pub query: String,
    /// `x-business`, `content-type` and the like; never the bearer token.
    pub headers: BTreeMap<String, String>,
    /// The JSON body; null when there was none, text when it was no JSON.
    pub body: Value,
    /// 0 while the request is running.
    pub status: u16,
    /// The business it was carried out in.
    pub business: Option<String>,
}

/// A request as it is kept: the body is parsed only when someone asks.
#[derive(Debug)]
pub(super) struct Kept {
    pub record: RequestRecord,
    pub raw: Bytes,
}

impl Kept {
    pub fn shown(&self) -> RequestRecord {
        let body = match self.raw.is_empty() {
            true => Value::Null,
            false => serde_json::from_slice(&self.raw)
                .unwrap_or_else(|_| json!(String::from_utf8_lossy(&self.raw))),
        };
        RequestRecord { body, ..self.record.clone() }
    }
}

#[derive(Debug)]
pub(super) struct State {
    pub businesses: Vec<Books>,
    pub identity: Identity,
    pub requests: Vec<Kept>,
    ledger_file: Option<File>,
}

impl State {
    /// The named business, or the lead business where none is named.
    pub fn business(&mut self, id: Option<&str>) -> Option<&mut Books> {
        match id {
            None => self.businesses.first_mut(),
            Some(id) => self.businesses.iter_mut().find(|it| it.id == id),
        }
    }

    /// Ends a write: the touched rows reach the ledger file before the answer reaches the client.
    pub fn settle(&mut self, business: &str) {
        let rows = self.business(Some(business)).map(Books::take_touched).unwrap_or_default();
        let written = self.ledger_file.as_mut().map_or(Ok(()), |file| append(file, &rows));
        if let Err(error) = written {
            eprintln!("simulator: could not write the ledger file: {error}");
        }
    }

    pub fn issue_tokens(&mut self, now: DateTime<Utc>) -> Tokens {
        self.identity.issue(FULL_ACCESS, now)
    }

    pub fn issue_lasting_token(&mut self, until: DateTime<Utc>) -> String {
        self.identity.issue_lasting(FULL_ACCESS, until)
    }
}

fn append(file: &mut File, rows: &[Value]) -> io::Result<()> {
    let mut lines = Vec::new();
    for row in rows {
        serde_json::to_writer(&mut lines, row)?;
        lines.push(b'\n');
    }
    if lines.is_empty() {
        return Ok(());
    }
    file.write_all(&lines)?;
    file.sync_data()
}

/// What the routes of one simulator share.
#[derive(Debug)]
pub(super) struct Shared {
    state: Mutex<State>,
    pub clock: SimClock,
    pub limits: Option<Limits>,
    pub latency: Duration,
    pub amounts: Amounts,
    pub remembers_keys: bool,
    pub client: Option<(String, String)>,
    pub redirect_uri: Option<String>,
    pub deny_consent: bool,
    pub base_url: String,
}

impl Shared {
    /// # Errors
    /// The ledger file cannot be created.
    pub fn new(config: &SageConfig, base_url: String) -> io::Result<Self> {
        let open = |path: &Path| File::options().create(true).append(true).open(path);
        let state = State {
            businesses: BUSINESSES
                .iter()
                .map(|(id, name)| Books::new(id, name, config.norwegian))
                .collect(),
            identity: Identity::default(),
            requests: Vec::new(),
            ledger_file: config.ledger_file.as_deref().map(open).transpose()?,
        };
        Ok(Self {
            state: Mutex::new(state),
            clock: config.clock.clone(),
            limits: config.limits,
            latency: config.latency,
            amounts: config.amounts,
            remembers_keys: config.remembers_keys,
            client: config.client.clone(),
            redirect_uri: config.redirect_uri.clone(),
            deny_consent: config.deny_consent,
            base_url,
        })
    }

    pub fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
