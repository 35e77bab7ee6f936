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
use serde_json::Value;

use super::QboConfig;
use super::api::Memory;
use super::books::Books;
use super::company::{REALMS, american, british, norwegian};
use super::identity::Identity;
use super::quota::{Limits, Quota};
use crate::clock::SimClock;

/// One request that reached the provider, and the answer's status.
#[derive(Clone, Debug, Serialize)]
pub struct RequestRecord {
    pub at: DateTime<Utc>,
    pub method: String,
    pub path: String,
    pub query: String,
    /// The headers a test may ask about, in lower case; never the bearer token.
    pub headers: BTreeMap<String, String>,
    /// The JSON body; null when there was none, text when it was no JSON.
    pub body: Value,
    /// 0 while the request is running.
    pub status: u16,
    /// The answer, or a part of it, came from the memory of request ids.
    pub replayed: bool,
}

/// A request as it is kept: the body is parsed only when someone asks.
#[derive(Debug)]
pub(super) struct Kept {
    pub record: RequestRecord,
    pub raw: Bytes,
}

/// One company and what is remembered of its callers.
#[derive(Debug)]
pub(super) struct Company {
    pub books: Books,
    pub memory: Memory,
    pub quota: Quota,
}

#[derive(Debug)]
pub(super) struct State {
    pub companies: Vec<Company>,
    /// The company that the next login opens.
    pub chosen_realm: String,
    pub identity: Identity,
    pub requests: Vec<Kept>,
    ledger_file: Option<File>,
}

impl State {
    pub fn company(&mut self, realm: &str) -> Option<&mut Company> {
        self.companies.iter_mut().find(|company| company.books.realm == realm)
    }

    /// Ends a write: the touched rows become final, and reach the ledger file before the answer
    /// reaches the client.
    pub fn settle(&mut self, realm: &str) {
        let rows = self.company(realm).map_or_else(Vec::new, |it| it.books.settle());
        let written = self.ledger_file.as_mut().map_or(Ok(()), |file| append(file, &rows));
        if let Err(error) = written {
            eprintln!("simulator: could not write the ledger file: {error}");
        }
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
    pub client: Option<(String, String)>,
    pub deny_consent: bool,
    pub base_url: String,
}

impl Shared {
    /// # Errors
    /// The ledger file cannot be created.
    pub fn new(config: &QboConfig, base_url: String) -> io::Result<Self> {
        let now = config.clock.now();
        let first = if config.norwegian { norwegian(now) } else { british(now) };
        let companies = [first, american(now)].map(|books| Company {
            books,
            memory: Memory::new(),
            quota: Quota::default(),
        });
        let open = |path: &Path| File::options().create(true).append(true).open(path);
        let state = State {
            companies: companies.into(),
            chosen_realm: REALMS[0].0.to_owned(),
            identity: Identity::default(),
            requests: Vec::new(),
            ledger_file: config.ledger_file.as_deref().map(open).transpose()?,
        };
        Ok(Self {
            state: Mutex::new(state),
            clock: config.clock.clone(),
            limits: config.limits,
            latency: config.latency,
            client: config.client.clone(),
            deny_consent: config.deny_consent,
            base_url,
        })
    }

    pub fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
