//! Sign-ins and tokens. A code works once within 60 seconds, an access token lives five minutes and
//! cannot be taken back, a refresh token works once and dies after 31 days
//! (developer.sage.com/accounting, "Authentication" and "Frequently raised errors", read 2026-11).

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use uuid::Uuid;

const CODE_LIFE: TimeDelta = TimeDelta::seconds(60);
const ACCESS_LIFE: TimeDelta = TimeDelta::minutes(5);
const REFRESH_LIFE: TimeDelta = TimeDelta::days(31);

/// The only scope that may write.
pub const FULL_ACCESS: &str = "full_access";

/// What the token address hands out.
#[derive(Clone, Debug, Serialize)]
pub struct Tokens {
    pub access_token: String,
    pub expires_in: i64,
    pub token_type: &'static str,
    pub refresh_token: String,
    pub refresh_token_expires_in: i64,
    pub scope: String,
    pub requested_by_id: String,
}

#[derive(Debug)]
struct Access {
    expires_at: DateTime<Utc>,
    scope: String,
}

#[derive(Debug)]
struct Consent {
    redirect_uri: String,
    scope: String,
    given_at: DateTime<Utc>,
}

#[derive(Debug)]
struct Refresh {
    issued_at: DateTime<Utc>,
    scope: String,
}

/// The memory of the identity server.
#[derive(Debug, Default)]
pub struct Identity {
    codes: HashMap<String, Consent>,
    access: HashMap<String, Access>,
    refresh: HashMap<String, Refresh>,
}

impl Identity {
    /// Remembers a consent and returns its code.
    pub fn consent(&mut self, redirect_uri: &str, scope: &str, now: DateTime<Utc>) -> String {
        let code = secret();
        let (redirect_uri, scope) = (redirect_uri.to_owned(), scope.to_owned());
        self.codes.insert(code.clone(), Consent { redirect_uri, scope, given_at: now });
        code
    }

    /// Exchanges a code, which is gone afterwards whatever came of it.
    pub fn exchange(&mut self, code: &str, redirect: &str, now: DateTime<Utc>) -> Option<Tokens> {
        let consent = self.codes.remove(code)?;
        let right = consent.redirect_uri == redirect && now - consent.given_at <= CODE_LIFE;
        right.then(|| self.issue(&consent.scope, now))
    }

    /// Exchanges a refresh token, which is gone afterwards.
    pub fn refresh(&mut self, token: &str, now: DateTime<Utc>) -> Option<Tokens> {
        let refresh = self.refresh.remove(token)?;
        (now - refresh.issued_at <= REFRESH_LIFE).then(|| self.issue(&refresh.scope, now))
    }

    /// Hands out a pair without a sign-in.
    pub fn issue(&mut self, scope: &str, now: DateTime<Utc>) -> Tokens {
        let (access_token, refresh_token) = (secret(), secret());
        let scope = scope.to_owned();
        let access = Access { expires_at: now + ACCESS_LIFE, scope: scope.clone() };
        self.access.insert(access_token.clone(), access);
        let refresh = Refresh { issued_at: now, scope: scope.clone() };
        self.refresh.insert(refresh_token.clone(), refresh);
        Tokens {
            access_token,
            expires_in: ACCESS_LIFE.num_seconds(),
            token_type: "bearer",
            refresh_token,
            refresh_token_expires_in: REFRESH_LIFE.num_seconds(),
            scope,
            requested_by_id: Uuid::from_u128(0x5a6e).to_string(),
        }
    }

    /// An access token that lives as long as is asked for.
    pub fn issue_lasting(&mut self, scope: &str, until: DateTime<Utc>) -> String {
        let token = secret();
        let access = Access { expires_at: until, scope: scope.to_owned() };
        self.access.insert(token.clone(), access);
        token
    }

    /// The scope of an access token that is good now.
    pub fn scope_of(&self, token: &str, now: DateTime<Utc>) -> Option<&str> {
        let access = self.access.get(token).filter(|access| now < access.expires_at)?;
        Some(&access.scope)
    }

    /// Lets every access token expire now; refresh tokens stay good.
    pub fn expire_access(&mut self, now: DateTime<Utc>) {
        self.access.values_mut().for_each(|access| access.expires_at = now.min(access.expires_at));
    }

    /// Takes a refresh token back; access tokens live on. False when it is not known.
    pub fn revoke(&mut self, token: &str) -> bool {
        self.refresh.remove(token).is_some()
    }

    /// Ends everything, as when the user removes the app in Sage.
    pub fn disconnect(&mut self) {
        self.codes.clear();
        self.access.clear();
        self.refresh.clear();
    }
}

fn secret() -> String {
    format!("{}{}", Uuid::now_v7().simple(), Uuid::now_v7().simple())
}
