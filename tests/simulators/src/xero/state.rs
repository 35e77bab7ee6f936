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
use uuid::Uuid;

use super::XeroConfig;
use super::books::Books;
use super::idempotency::Memory;
use super::identity::{Identity, Tokens};
use super::quota::{Limits, Quota};
use crate::clock::SimClock;

/// The scopes a token gets when it is handed out without a login.
pub const SCOPES: &str = "offline_access accounting.invoices accounting.payments \
accounting.contacts accounting.settings accounting.banktransactions accounting.attachments \
accounting.manualjournals";

/// The two organisations a login opens; fixed, so that a second process can name them.
pub const TENANTS: [(Uuid, &str); 2] = [
    (Uuid::from_u128(0x3697c2dc_0000_4000_8000_000000000001), "Simulated Driving School Ltd"),
    (Uuid::from_u128(0x3697c2dc_0000_4000_8000_000000000002), "Simulated Lorry School Ltd"),
];

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
    /// The answer was replayed from the idempotency memory.
    pub replayed: bool,
}

/// A request as it is kept: the body is parsed only when someone asks.
#[derive(Debug)]
pub(super) struct Kept {
    pub record: RequestRecord,
    pub raw: Bytes,
}

/// One organisation and the provider's memory of its callers.
#[derive(Debug)]
pub(super) struct Tenant {
    pub books: Books,
    pub memory: Memory,
    pub quota: Quota,
}

#[derive(Debug)]
pub(super) struct State {
    pub tenants: Vec<Tenant>,
    pub identity: Identity,
    pub app_quota: Quota,
    pub requests: Vec<Kept>,
    ledger_file: Option<File>,
}

impl State {
    pub fn tenant(&mut self, id: Uuid) -> Option<&mut Tenant> {
        self.tenants.iter_mut().find(|tenant| tenant.books.tenant_id == id)
    }

    /// Ends a write: the touched rows become final, and reach the ledger file before the answer
    /// reaches the client.
    pub fn settle(&mut self, tenant_id: Uuid) {
        let record = self.ledger_file.is_some();
        let rows = self.tenant(tenant_id).map_or_else(Vec::new, |it| it.books.settle(record));
        let written = self.ledger_file.as_mut().map_or(Ok(()), |file| append(file, &rows));
        if let Err(error) = written {
            eprintln!("simulator: could not write the ledger file: {error}");
        }
    }

    pub fn tenant_ids(&self) -> Vec<Uuid> {
        self.tenants.iter().map(|tenant| tenant.books.tenant_id).collect()
    }

    pub fn issue_tokens(&mut self, now: DateTime<Utc>) -> Tokens {
        self.issue_scoped(SCOPES, now)
    }

    /// The same with other scopes.
    pub fn issue_scoped(&mut self, scopes: &str, now: DateTime<Utc>) -> Tokens {
        let tenants = self.tenant_ids();
        self.identity.connect(&tenants, now);
        self.identity.issue(scopes, now)
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
    pub max_batch: usize,
    pub client_id: Option<String>,
    pub deny_consent: bool,
    pub base_url: String,
}

impl Shared {
    /// # Errors
    /// The ledger file cannot be created.
    pub fn new(config: &XeroConfig, base_url: String) -> io::Result<Self> {
        let tenants = TENANTS.iter().map(|(id, name)| Tenant {
            books: Books::new(*id, name, config.company),
            memory: Memory::default(),
            quota: Quota::default(),
        });
        let open = |path: &Path| File::options().create(true).append(true).open(path);
        let state = State {
            tenants: tenants.collect(),
            identity: Identity::default(),
            app_quota: Quota::default(),
            requests: Vec::new(),
            ledger_file: config.ledger_file.as_deref().map(open).transpose()?,
        };
        Ok(Self {
            state: Mutex::new(state),
            clock: config.clock.clone(),
            limits: config.limits,
            latency: config.latency,
            max_batch: config.max_batch,
            client_id: config.client_id.clone(),
            deny_consent: config.deny_consent,
            base_url,
        })
    }

    pub fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
