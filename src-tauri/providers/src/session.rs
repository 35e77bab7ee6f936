//! One signed-in company: where to call, as which company, with which token.
//!
//! Never shows a token: it prints as dots, and it leaves only in a request header.

use async_trait::async_trait;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// A secret that does not print.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Takes a secret in.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The secret, for a request header or the keychain and nothing else.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Gives access tokens, refreshing them when they are stale. The office implements it over the
/// keychain: one refresh at a time, and a new token is stored before it is used.
#[async_trait]
pub trait TokenSource: Send + Sync {
    /// A token that should work now.
    async fn access_token(&self) -> Result<Secret, crate::error::ProviderError>;

    /// The provider refused `stale`; gives another, or says that a person must sign in.
    async fn renewed(&self, stale: &Secret) -> Result<Secret, crate::error::ProviderError>;
}

/// Paces and records every single call of a session, a look-up's pages included. The engine
/// implements it over [`crate::throttle::Throttle`] and its clock.
#[async_trait]
pub trait CallWatch: Send + Sync {
    /// Waits until the provider's limits allow one more call, and counts it.
    ///
    /// # Errors
    /// [`ProviderError::RateLimited`](crate::ProviderError) when the wait is too long to sit out.
    async fn before_call(&self) -> Result<(), crate::error::ProviderError>;

    /// The call is over, whatever became of it. Told once for every `before_call` that let one
    /// through, even when the caller gave up waiting.
    fn after_call(&self, call: &CallRecord);

    /// Whether a call that only asked, and has brought this error `failed` times, is to be made
    /// again. Comes back when it is time for it.
    async fn ask_again(&self, error: &crate::error::ProviderError, failed: u32) -> bool;
}

/// What is kept of one call: never a header, a query, a token or a body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallRecord {
    /// Its method.
    pub method: String,
    /// The path of its address, without the query.
    pub path: String,
    /// HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// The provider's id of the request, if it gave one.
    pub request_id: Option<String>,
    /// Bytes of the answer that were read.
    pub bytes: usize,
    /// What the answer said is left of the limits.
    pub remaining: Remaining,
    /// How long a 429 asked to wait.
    pub retry_after: Option<Duration>,
}

/// Calls left, where the provider tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Remaining {
    /// In the running minute.
    pub minute: Option<u32>,
    /// On the running day.
    pub day: Option<u32>,
}

/// What a call needs to know besides its content.
#[derive(Clone)]
pub struct Session {
    /// Where the provider answers; a simulator's address in tests.
    pub endpoints: Endpoints,
    /// The company's id there; sent with every call.
    pub company: String,
    /// Tokens.
    pub tokens: Arc<dyn TokenSource>,
    /// Pace and record of the calls.
    pub watch: Arc<dyn CallWatch>,
}

/// Where a provider answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoints {
    /// Start of the sign-in page's address.
    pub authorize: String,
    /// Token address.
    pub token: String,
    /// Start of the API's addresses, without a slash at the end.
    pub api: String,
    /// List of companies a sign-in can reach.
    pub companies: String,
    /// The issuer that the sign-in answer must name (RFC 9207).
    pub issuer: String,
}

impl Endpoints {
    /// The same addresses at another place, given as scheme, host and port: a simulator's.
    #[must_use]
    pub fn moved_to(&self, base: &str) -> Self {
        let moved = |text: &String| match url::Url::parse(text) {
            Ok(url) => {
                let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
                format!("{base}{}{query}", url.path())
            }
            Err(_) => base.to_owned(),
        };
        Self {
            authorize: moved(&self.authorize),
            token: moved(&self.token),
            api: moved(&self.api),
            companies: moved(&self.companies),
            issuer: if self.issuer.is_empty() { String::new() } else { base.to_owned() },
        }
    }

    /// Whether an address belongs to this provider: the same scheme, host and port as one of its
    /// own, and encrypted unless it is this very computer.
    pub fn allow(&self, address: &url::Url) -> bool {
        let own = [&self.token, &self.api, &self.companies];
        let is_own = own
            .into_iter()
            .filter_map(|text| url::Url::parse(text).ok())
            .any(|known| known.origin() == address.origin());
        let is_local = matches!(address.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
        is_own && (address.scheme() == "https" || (address.scheme() == "http" && is_local))
    }
}
