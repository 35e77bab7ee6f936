//! Signing in: authorisation code with PKCE through the system's browser, and fresh tokens from old
//! ones (RFC 6749, 7636, 8252, 9207, 9700).
//!
//! Never opens a browser, never stores a token and never asks for the time: the office does. A
//! token never prints and leaves only through [`TokenSet::for_keychain`].

mod loopback;

#[cfg(test)]
mod tests;

use crate::error::ProviderError;
use crate::http::{Answer, Call, Content, Effect, HttpClient, unclear};
use crate::session::{Endpoints, Secret};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use loopback::Loopback;
use reqwest::{Method, Url};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::time::Duration;

/// How long a person has to sign in before the port is closed again.
pub const SIGN_IN_LIMIT: Duration = Duration::from_secs(300);

/// How this program is registered with a provider, as data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OAuthClient {
    /// Public id; a desktop program has no secret.
    pub client_id: String,
    /// Rights that are asked for, separated by spaces.
    pub scopes: &'static str,
    /// Ports of `http://localhost`, in the order they are tried; registered with the provider.
    pub ports: &'static [u16],
    /// Path of the redirect, another for each provider, so that answers cannot be mixed up.
    pub path: &'static str,
    /// The provider always names itself in its answer (RFC 9207). Where it does not, a name that
    /// is given must still be right.
    pub issuer_is_named: bool,
}

/// Why a sign-in did not come to an end.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// All ports are taken by other programs.
    #[error("none of the ports for the sign-in is free")]
    NoPort,
    /// Nobody signed in within the time.
    #[error("nobody signed in within the time")]
    TimedOut,
    /// The person or the provider said no.
    #[error("the sign-in was declined: {code}")]
    Declined {
        /// The provider's error code, for example `access_denied`.
        code: String,
    },
    /// The answer came from another provider than the one asked: an attack, or a wrong setting.
    #[error("the sign-in was answered by someone else")]
    WrongIssuer,
    /// The computer could not give random bytes, or the addresses are wrong.
    #[error("the sign-in could not be prepared")]
    NotPrepared,
    /// The token address said no or could not be reached.
    #[error(transparent)]
    Provider(#[from] ProviderError),
}

/// A sign-in that waits for the browser. The port is open from here on, and is closed when this is
/// dropped.
pub struct SignIn {
    /// To be opened in the system's browser.
    pub address: Url,
    loopback: Loopback,
    expected: Expected,
    verifier: Secret,
}

/// What an answer must contain.
struct Expected {
    state: Secret,
    path: &'static str,
    issuer: String,
    issuer_is_named: bool,
}

/// A code that can be exchanged once.
pub struct Code {
    code: Secret,
    verifier: Secret,
    redirect: String,
}

impl SignIn {
    /// Opens the port and makes the address for the browser.
    ///
    /// # Errors
    /// [`SignInError::NoPort`] or [`SignInError::NotPrepared`].
    pub async fn begin(client: &OAuthClient, endpoints: &Endpoints) -> Result<Self, SignInError> {
        let (verifier, state) = (random()?, random()?);
        let loopback = Loopback::open(client.ports).await.ok_or(SignInError::NoPort)?;
        let mut address = Url::parse(&endpoints.authorize).map_err(|_| SignInError::NotPrepared)?;
        let redirect = format!("http://localhost:{}{}", loopback.port(), client.path);
        address
            .query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &client.client_id)
            .append_pair("redirect_uri", &redirect)
            .append_pair("scope", client.scopes)
            .append_pair("state", state.reveal())
            .append_pair("code_challenge", &challenge(&verifier))
            .append_pair("code_challenge_method", "S256");
        let expected = Expected {
            state,
            path: client.path,
            issuer: endpoints.issuer.clone(),
            issuer_is_named: client.issuer_is_named,
        };
        Ok(Self { address, loopback, expected, verifier })
    }

    /// Waits for the one answer that belongs to this sign-in, and closes the port.
    ///
    /// # Errors
    /// [`SignInError::TimedOut`], [`SignInError::Declined`] or [`SignInError::WrongIssuer`].
    pub async fn wait(self, limit: Duration) -> Result<Code, SignInError> {
        let Self { loopback, expected, verifier, .. } = self;
        let redirect = format!("http://localhost:{}{}", loopback.port(), expected.path);
        let answer = loopback.accept(|target| expected.judge(target));
        let code =
            tokio::time::timeout(limit, answer).await.map_err(|_| SignInError::TimedOut)??;
        Ok(Code { code, verifier, redirect })
    }
}

impl Expected {
    /// What a request for `target` means; `None` for anything that is not the awaited answer.
    fn judge(&self, target: &str) -> Option<Result<Secret, SignInError>> {
        let url = Url::parse("http://localhost").ok()?.join(target).ok()?;
        if url.path() != self.path {
            return None;
        }
        let mut given = Given::default();
        for (name, value) in url.query_pairs() {
            match name.as_ref() {
                "state" => given.state = Some(value.into_owned()),
                "iss" => given.issuer = Some(value.into_owned()),
                "code" => given.code = Some(Secret::new(value)),
                "error" => given.error = Some(value.chars().take(60).collect()),
                _ => {}
            }
        }
        // Without the right state it is not an answer to us, and whoever sent it learns nothing.
        if !same(given.state.as_deref()?, self.state.reveal()) {
            return None;
        }
        Some(self.judge_given(given))
    }

    fn judge_given(&self, given: Given) -> Result<Secret, SignInError> {
        match given.issuer {
            Some(issuer) if issuer != self.issuer => return Err(SignInError::WrongIssuer),
            None if self.issuer_is_named => return Err(SignInError::WrongIssuer),
            _ => {}
        }
        match (given.error, given.code) {
            (Some(code), _) => Err(SignInError::Declined { code }),
            (None, Some(code)) => Ok(code),
            (None, None) => Err(SignInError::Declined { code: "no_code".to_owned() }),
        }
    }
}

#[derive(Default)]
struct Given {
    state: Option<String>,
    issuer: Option<String>,
    code: Option<Secret>,
    error: Option<String>,
}

/// The tokens of one sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenSet {
    /// Goes with every call.
    pub access: Secret,
    /// Exchanged for the next set; may change each time.
    pub refresh: Secret,
    /// When the access token ends, by the clock that was handed in.
    pub expires_at: DateTime<Utc>,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    access: String,
    refresh: String,
    expires_at: DateTime<Utc>,
}

impl TokenSet {
    /// The set as one secret for the keychain, and for nothing else.
    ///
    /// # Errors
    /// [`ProviderError::Protocol`] if it cannot be written.
    pub fn for_keychain(&self) -> Result<Secret, ProviderError> {
        let kept = Kept {
            access: self.access.reveal().to_owned(),
            refresh: self.refresh.reveal().to_owned(),
            expires_at: self.expires_at,
        };
        serde_json::to_string(&kept)
            .map(Secret::new)
            .map_err(|_| unclear(Effect::Read, "a sign-in that cannot be kept"))
    }

    /// The set that [`TokenSet::for_keychain`] gave.
    ///
    /// # Errors
    /// [`ProviderError::SignInNeeded`] when it cannot be read: only a new sign-in helps.
    pub fn from_keychain(kept: &Secret) -> Result<Self, ProviderError> {
        let kept: Kept =
            serde_json::from_str(kept.reveal()).map_err(|_| ProviderError::SignInNeeded)?;
        Ok(Self {
            access: Secret::new(kept.access),
            refresh: Secret::new(kept.refresh),
            expires_at: kept.expires_at,
        })
    }
}

/// Exchanges a code for the first tokens. `now` is the caller's clock.
///
/// # Errors
/// As [`refresh`]; a code that was used before is refused with [`ProviderError::SignInNeeded`].
pub async fn exchange(
    http: &HttpClient,
    endpoints: &Endpoints,
    client_id: &str,
    code: Code,
    now: DateTime<Utc>,
) -> Result<TokenSet, ProviderError> {
    let fields = [
        ("grant_type", "authorization_code"),
        ("client_id", client_id),
        ("code", code.code.reveal()),
        ("redirect_uri", &code.redirect),
        ("code_verifier", code.verifier.reveal()),
    ];
    ask(http, endpoints, &fields, None, now).await
}

/// Exchanges a refresh token for the next tokens. The caller stores them before using them, and
/// lets only one refresh run at a time. `now` is the caller's clock.
///
/// # Errors
/// [`ProviderError::SignInNeeded`] when the provider no longer knows the token;
/// [`ProviderError::NotReached`] or [`ProviderError::Unavailable`] when nothing happened;
/// [`ProviderError::OutcomeUnknown`] when the old token may already have been replaced: the caller
/// tries once more with it, because providers leave it usable for a while.
pub async fn refresh(
    http: &HttpClient,
    endpoints: &Endpoints,
    client_id: &str,
    refresh: &Secret,
    now: DateTime<Utc>,
) -> Result<TokenSet, ProviderError> {
    let fields = [
        ("grant_type", "refresh_token"),
        ("client_id", client_id),
        ("refresh_token", refresh.reveal()),
    ];
    ask(http, endpoints, &fields, Some(refresh), now).await
}

async fn ask(
    http: &HttpClient,
    endpoints: &Endpoints,
    fields: &[(&str, &str)],
    before: Option<&Secret>,
    now: DateTime<Utc>,
) -> Result<TokenSet, ProviderError> {
    let url = Url::parse(&endpoints.token).ok().filter(|url| endpoints.allow(url));
    let url = url.ok_or_else(|| {
        let text = "the token address is not secure".to_owned();
        ProviderError::NotPermitted { text }
    })?;
    let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let call = Call {
        method: Method::POST,
        url,
        headers: vec![("accept", "application/json".to_owned())],
        content: Some(Content::Form(form)),
        effect: Effect::Write,
    };
    let reply = http.send_unsigned(&call).await;
    read(&reply.answer?, before, now)
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

fn read(
    answer: &Answer,
    before: Option<&Secret>,
    now: DateTime<Utc>,
) -> Result<TokenSet, ProviderError> {
    // Some providers send a refusal with status 200; it must never pass for a grant.
    if let Ok(refused) = serde_json::from_str::<Refused>(&answer.text) {
        return Err(match refused.error.as_str() {
            "invalid_grant" => ProviderError::SignInNeeded,
            "temporarily_unavailable" | "server_error" => ProviderError::Unavailable,
            code => ProviderError::NotPermitted { text: code.chars().take(60).collect() },
        });
    }
    if answer.status >= 400 {
        let text = format!("the token address answered with status {}", answer.status);
        return Err(ProviderError::NotPermitted { text });
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

/// 256 random bits as 43 characters (RFC 7636, 4.1).
fn random() -> Result<Secret, SignInError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|_| SignInError::NotPrepared)?;
    Ok(Secret::new(URL_SAFE_NO_PAD.encode(bytes)))
}

/// The S256 challenge of a verifier (RFC 7636, 4.2).
fn challenge(verifier: &Secret) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.reveal().as_bytes()))
}

/// Equality whose duration tells nothing about where two texts differ: digests are compared, and
/// nobody can steer a digest towards another.
fn same(given: &str, expected: &str) -> bool {
    Sha256::digest(given.as_bytes()) == Sha256::digest(expected.as_bytes())
}
