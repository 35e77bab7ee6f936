//! Logins and tokens of Intuit. An access token lives an hour. A refresh token lives 100 days from
//! its last use; its value changes once it is a day old, and the value before then stops working
//! (developer.intuit.com, "OAuth 2.0" and its FAQ, read 2026-11).

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use uuid::Uuid;

const CODE_LIFE: TimeDelta = TimeDelta::minutes(10);
const ACCESS_LIFE: TimeDelta = TimeDelta::hours(1);
const REFRESH_LIFE: TimeDelta = TimeDelta::days(100);
const VALUE_LIFE: TimeDelta = TimeDelta::hours(24);

/// The tokens of one login.
#[derive(Clone, Debug, Serialize)]
pub struct Tokens {
    pub token_type: &'static str,
    pub access_token: String,
    pub refresh_token: String,
    pub expires_in: i64,
    pub x_refresh_token_expires_in: i64,
}

#[derive(Clone, Debug)]
struct Refresh {
    /// When this value was first handed out.
    issued_at: DateTime<Utc>,
    used_at: DateTime<Utc>,
    login: Login,
}

/// A company that was opened, and the application it was opened to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    pub realm: String,
    pub app: String,
}

/// How an access token stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Good for this company alone.
    Valid(Login),
    Expired,
    Unknown,
}

/// The memory of the identity server.
#[derive(Debug, Default)]
pub struct Identity {
    codes: HashMap<String, (String, Login, DateTime<Utc>)>,
    access: HashMap<String, (Login, DateTime<Utc>)>,
    refresh: HashMap<String, Refresh>,
}

impl Identity {
    /// Remembers a consent to one company and returns the code.
    pub fn consent(&mut self, redirect_uri: &str, login: Login, now: DateTime<Utc>) -> String {
        let code = secret();
        self.codes.insert(code.clone(), (redirect_uri.to_owned(), login, now));
        code
    }

    /// Exchanges a code; it works once, for ten minutes, with its own address.
    pub fn exchange(
        &mut self,
        code: &str,
        redirect_uri: &str,
        now: DateTime<Utc>,
    ) -> Option<Tokens> {
        let (expected, login, issued_at) = self.codes.remove(code)?;
        let right = expected == redirect_uri && now - issued_at <= CODE_LIFE;
        right.then(|| self.issue(login, now))
    }

    /// Exchanges a refresh token for an access token, and for a new value once it is a day old.
    pub fn refresh(&mut self, token: &str, now: DateTime<Utc>) -> Option<Tokens> {
        let mut kept = self.refresh.remove(token)?;
        if now - kept.used_at > REFRESH_LIFE {
            return None;
        }
        kept.used_at = now;
        let fresh = now - kept.issued_at < VALUE_LIFE;
        let value = if fresh { token.to_owned() } else { secret() };
        if !fresh {
            kept.issued_at = now;
        }
        let login = kept.login.clone();
        self.refresh.insert(value.clone(), kept);
        Some(self.tokens(login, value, now))
    }

    /// Hands out a pair without a login.
    pub fn issue(&mut self, login: Login, now: DateTime<Utc>) -> Tokens {
        let value = secret();
        let kept = Refresh { issued_at: now, used_at: now, login: login.clone() };
        self.refresh.insert(value.clone(), kept);
        self.tokens(login, value, now)
    }

    fn tokens(&mut self, login: Login, refresh_token: String, now: DateTime<Utc>) -> Tokens {
        let access_token = secret();
        self.access.insert(access_token.clone(), (login, now + ACCESS_LIFE));
        Tokens {
            token_type: "bearer",
            access_token,
            refresh_token,
            expires_in: ACCESS_LIFE.num_seconds(),
            x_refresh_token_expires_in: REFRESH_LIFE.num_seconds(),
        }
    }

    /// How an access token stands.
    pub fn standing(&self, token: &str, now: DateTime<Utc>) -> Standing {
        match self.access.get(token) {
            None => Standing::Unknown,
            Some((_, expires_at)) if now >= *expires_at => Standing::Expired,
            Some((login, _)) => Standing::Valid(login.clone()),
        }
    }

    /// Lets every access token expire now; refresh tokens stay good.
    pub fn expire_access(&mut self, now: DateTime<Utc>) {
        self.access.values_mut().for_each(|(_, expires_at)| *expires_at = now.min(*expires_at));
    }

    /// Ends every login, as when the user disconnects the app.
    pub fn revoke(&mut self) {
        *self = Self::default();
    }

    /// Ends everything if this token is known.
    pub fn revoke_by(&mut self, token: &str) {
        if self.refresh.contains_key(token) || self.access.contains_key(token) {
            self.revoke();
        }
    }
}

fn secret() -> String {
    format!("AB{}{}", Uuid::now_v7().simple(), Uuid::now_v7().simple())
}
