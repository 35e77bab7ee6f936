//! Logins and tokens. Access tokens live 30 minutes; each refresh hands out a new refresh token and
//! leaves the old one usable for 30 minutes more; unused refresh tokens die after 60 days
//! (developer.xero.com/faq/oauth2, read 2026-11).

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

const CODE_LIFE: TimeDelta = TimeDelta::minutes(5);
const ACCESS_LIFE: TimeDelta = TimeDelta::minutes(30);
const REFRESH_LIFE: TimeDelta = TimeDelta::days(60);
const GRACE: TimeDelta = TimeDelta::minutes(30);

/// The tokens of one login.
#[derive(Clone, Debug, Serialize)]
pub struct Tokens {
    pub access_token: String,
    pub refresh_token: String,
    pub expires_in: i64,
    pub token_type: &'static str,
    pub scope: String,
}

/// A tenant a user has let the app into.
#[derive(Clone, Debug)]
pub struct Connection {
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub auth_event_id: Uuid,
    pub created_at: DateTime<Utc>,
}

/// What a login asked for, kept until its code is exchanged.
#[derive(Clone, Debug)]
pub struct Login {
    pub redirect_uri: String,
    pub code_challenge: String,
    pub scope: String,
}

#[derive(Debug)]
struct Refresh {
    issued_at: DateTime<Utc>,
    rotated_at: Option<DateTime<Utc>>,
    scope: String,
}

/// An access token: how long it is good, and for what.
#[derive(Debug)]
struct Access {
    expires_at: DateTime<Utc>,
    scope: String,
}

/// How an access token stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Valid,
    ExpiredAt(DateTime<Utc>),
    Unknown,
}

/// The memory of the identity server.
#[derive(Debug, Default)]
pub struct Identity {
    codes: HashMap<String, (Login, DateTime<Utc>)>,
    access: HashMap<String, Access>,
    refresh: HashMap<String, Refresh>,
    connections: Vec<Connection>,
}

impl Identity {
    /// Remembers a consent: connects the tenants and returns the code.
    pub fn consent(&mut self, login: Login, tenants: &[Uuid], now: DateTime<Utc>) -> String {
        self.connect(tenants, now);
        let code = secret();
        self.codes.insert(code.clone(), (login, now));
        code
    }

    /// Connects the tenants that are not connected yet.
    pub fn connect(&mut self, tenants: &[Uuid], now: DateTime<Utc>) {
        let auth_event_id = Uuid::now_v7();
        for tenant_id in tenants {
            if !self.is_connected(*tenant_id) {
                self.connections.push(Connection {
                    id: Uuid::now_v7(),
                    tenant_id: *tenant_id,
                    auth_event_id,
                    created_at: now,
                });
            }
        }
    }

    /// Exchanges a code; it works once, for five minutes, with its own verifier and address.
    pub fn exchange(
        &mut self,
        code: &str,
        redirect_uri: &str,
        verifier: &str,
        now: DateTime<Utc>,
    ) -> Option<Tokens> {
        let (login, issued_at) = self.codes.remove(code)?;
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
        let right = challenge == login.code_challenge
            && redirect_uri == login.redirect_uri
            && now - issued_at <= CODE_LIFE;
        right.then(|| self.issue(&login.scope, now))
    }

    /// Exchanges a refresh token for a new pair.
    pub fn refresh(&mut self, token: &str, now: DateTime<Utc>) -> Option<Tokens> {
        let refresh = self.refresh.get_mut(token)?;
        let usable = match refresh.rotated_at {
            Some(rotated_at) => now - rotated_at <= GRACE,
            None => now - refresh.issued_at <= REFRESH_LIFE,
        };
        if !usable {
            return None;
        }
        refresh.rotated_at.get_or_insert(now);
        let scope = refresh.scope.clone();
        Some(self.issue(&scope, now))
    }

    /// Hands out a pair without a login.
    pub fn issue(&mut self, scope: &str, now: DateTime<Utc>) -> Tokens {
        let (access_token, refresh_token) = (secret(), secret());
        let access = Access { expires_at: now + ACCESS_LIFE, scope: scope.to_owned() };
        self.access.insert(access_token.clone(), access);
        let refresh = Refresh { issued_at: now, rotated_at: None, scope: scope.to_owned() };
        self.refresh.insert(refresh_token.clone(), refresh);
        Tokens {
            access_token,
            refresh_token,
            expires_in: ACCESS_LIFE.num_seconds(),
            token_type: "Bearer",
            scope: scope.to_owned(),
        }
    }

    /// How an access token stands.
    pub fn standing(&self, token: &str, now: DateTime<Utc>) -> Standing {
        match self.access.get(token) {
            None => Standing::Unknown,
            Some(access) if now >= access.expires_at => Standing::ExpiredAt(access.expires_at),
            Some(_) => Standing::Valid,
        }
    }

    /// Whether an access token was given a scope, or one that only reads where that is enough.
    pub fn is_scoped(&self, token: &str, scope: &str, reads: bool) -> bool {
        let given = self.access.get(token).map_or("", |access| access.scope.as_str());
        let reading = format!("{scope}.read");
        given.split_whitespace().any(|it| it == scope || reads && it == reading)
    }

    /// Lets every access token expire now; refresh tokens stay good.
    pub fn expire_access(&mut self, now: DateTime<Utc>) {
        self.access.values_mut().for_each(|it| it.expires_at = now.min(it.expires_at));
    }

    /// Ends every login and every connection, as when the user disconnects the app.
    pub fn revoke(&mut self) {
        self.access.clear();
        self.refresh.clear();
        self.codes.clear();
        self.connections.clear();
    }

    /// Ends everything if this refresh token is known.
    pub fn revoke_by(&mut self, token: &str) {
        if self.refresh.contains_key(token) {
            self.revoke();
        }
    }

    /// The tenants the app may use.
    pub fn connections(&self) -> &[Connection] {
        &self.connections
    }

    /// Whether the app may use this tenant.
    pub fn is_connected(&self, tenant_id: Uuid) -> bool {
        self.connections.iter().any(|it| it.tenant_id == tenant_id)
    }

    /// Ends one connection; false when there is none.
    pub fn disconnect(&mut self, id: Uuid) -> bool {
        let before = self.connections.len();
        self.connections.retain(|it| it.id != id);
        self.connections.len() < before
    }
}

fn secret() -> String {
    format!("{}{}", Uuid::now_v7().simple(), Uuid::now_v7().simple())
}
