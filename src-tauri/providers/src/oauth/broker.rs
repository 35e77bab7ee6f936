//! Tokens for codes and refresh tokens.
//!
//! Never tries again by itself: what a lost answer means for the old token is the caller's to know.

use super::application::{Application, Proof, Registration};
use super::tokens::TokenSet;
use super::{Code, SignInError};
use crate::error::ProviderError;
use crate::http::{Answer, Call, Content, Effect, HttpClient, unclear};
use crate::session::{Endpoints, Secret};
use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use reqwest::{Method, Url};
use serde::Deserialize;

/// Who speaks with the token address. This desk does it itself, as an application whose secret, if
/// it has one, lies in the desk's own keychain ([`Direct`]); a server that keeps one secret for many
/// desks can stand in its place.
#[async_trait]
pub trait TokenBroker: Send + Sync {
    /// Exchanges a code for the first tokens. `now` is the caller's clock.
    ///
    /// # Errors
    /// [`SignInError::ApplicationRefused`] for a wrong id or secret; else as
    /// [`TokenBroker::renew`]. A code that was used before is refused with
    /// [`ProviderError::SignInNeeded`].
    async fn exchange(&self, code: Code, now: DateTime<Utc>) -> Result<TokenSet, SignInError>;

    /// Exchanges a refresh token for the next tokens. The caller stores them before using them, and
    /// lets only one renewal run at a time. `now` is the caller's clock.
    ///
    /// # Errors
    /// [`ProviderError::SignInNeeded`] when the provider no longer knows the token or the
    /// application; [`ProviderError::NotReached`] or [`ProviderError::Unavailable`] when nothing
    /// happened; [`ProviderError::OutcomeUnknown`] when the old token may already have been
    /// replaced: the caller tries once more with it, because some providers leave it usable for a
    /// while.
    async fn renew(&self, old: &Secret, now: DateTime<Utc>) -> Result<TokenSet, ProviderError>;
}

/// Asks the token address from here.
pub struct Direct<'a> {
    /// The way out.
    pub http: &'a HttpClient,
    /// Where the system answers.
    pub endpoints: &'a Endpoints,
    /// How it lets applications in.
    pub registration: &'static Registration,
    /// As which application.
    pub application: &'a Application,
}

#[async_trait]
impl TokenBroker for Direct<'_> {
    async fn exchange(&self, code: Code, now: DateTime<Utc>) -> Result<TokenSet, SignInError> {
        let mut fields = vec![
            ("grant_type", "authorization_code"),
            ("code", code.code.reveal()),
            ("redirect_uri", &code.redirect),
        ];
        if let Some(verifier) = &code.verifier {
            fields.push(("code_verifier", verifier.reveal()));
        }
        match self.ask(fields, None, now).await {
            Err(Refusal::Application) => Err(SignInError::ApplicationRefused),
            Err(Refusal::Other(error)) => Err(error.into()),
            Ok(tokens) => Ok(tokens),
        }
    }

    async fn renew(&self, old: &Secret, now: DateTime<Utc>) -> Result<TokenSet, ProviderError> {
        let fields = vec![("grant_type", "refresh_token"), ("refresh_token", old.reveal())];
        match self.ask(fields, Some(old), now).await {
            // The application was removed or its secret changed: only a new sign-in mends that.
            Err(Refusal::Application) => Err(ProviderError::SignInNeeded),
            Err(Refusal::Other(error)) => Err(error),
            Ok(tokens) => Ok(tokens),
        }
    }
}

/// Why no tokens were granted.
enum Refusal {
    /// The application's id or secret is not right.
    Application,
    /// Anything else.
    Other(ProviderError),
}

impl From<ProviderError> for Refusal {
    fn from(error: ProviderError) -> Self {
        Self::Other(error)
    }
}

impl Direct<'_> {
    async fn ask(
        &self,
        mut fields: Vec<(&str, &str)>,
        before: Option<&Secret>,
        now: DateTime<Utc>,
    ) -> Result<TokenSet, Refusal> {
        let Application { client_id, secret, .. } = self.application;
        let secret = secret.as_ref();
        let mut basic = None;
        match self.registration.proof {
            Proof::Pkce => fields.push(("client_id", client_id)),
            Proof::SecretInHeader => basic = secret.map(|secret| (client_id.as_str(), secret)),
            Proof::SecretInBody => {
                fields.push(("client_id", client_id));
                fields.push(("client_secret", secret.map_or("", Secret::reveal)));
            }
        }
        let url = Url::parse(&self.endpoints.token).ok().filter(|url| self.endpoints.allow(url));
        let url = url.ok_or_else(|| {
            let text = "the token address is not secure".to_owned();
            ProviderError::NotPermitted { text }
        })?;
        let form =
            url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let call = Call {
            method: Method::POST,
            url,
            headers: vec![("accept", "application/json".to_owned())],
            content: Some(Content::Form(form)),
            effect: Effect::Write,
        };
        let reply = self.http.send_unsigned(&call, basic).await;
        if reply.status == Some(401) && is_of_application(&reply.excerpt) {
            return Err(Refusal::Application);
        }
        read(&reply.answer?, before, now)
    }
}

/// Whether a refusal is about the application itself (RFC 6749, 5.2).
fn is_of_application(text: &str) -> bool {
    let refused = serde_json::from_str::<Refused>(text);
    refused.is_ok_and(|it| matches!(it.error.as_str(), "invalid_client" | "unauthorized_client"))
}

#[derive(Deserialize)]
struct Granted {
    access_token: String,
    refresh_token: Option<String>,
    expires_in: i64,
}

#[derive(Deserialize)]
struct Refused {
    error: String,
}

fn read(answer: &Answer, before: Option<&Secret>, now: DateTime<Utc>) -> Result<TokenSet, Refusal> {
    if is_of_application(&answer.text) {
        return Err(Refusal::Application);
    }
    // Some providers send a refusal with status 200; it must never pass for a grant.
    if let Ok(refused) = serde_json::from_str::<Refused>(&answer.text) {
        return Err(match refused.error.as_str() {
            "invalid_grant" => ProviderError::SignInNeeded,
            "temporarily_unavailable" | "server_error" => ProviderError::Unavailable,
            code => ProviderError::NotPermitted { text: code.chars().take(60).collect() },
        }
        .into());
    }
    if answer.status >= 400 {
        let text = format!("the token address answered with status {}", answer.status);
        return Err(ProviderError::NotPermitted { text }.into());
    }
    let granted: Granted = serde_json::from_str(&answer.text)
        .map_err(|_| unclear(Effect::Write, "a sign-in answer that cannot be read"))?;
    let refresh = granted.refresh_token.map(Secret::new).or_else(|| before.cloned());
    let refresh = refresh
        .filter(|token| !token.reveal().is_empty() && !granted.access_token.is_empty())
        .ok_or_else(|| unclear(Effect::Write, "a sign-in answer without tokens"))?;
    let life = TimeDelta::try_seconds(granted.expires_in.clamp(0, 86_400)).unwrap_or_default();
    Ok(TokenSet { access: Secret::new(granted.access_token), refresh, expires_at: now + life })
}
