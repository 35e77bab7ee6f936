//! One signed-in company: where to call, as which company, with which token.
//!
//! Never shows a token: it prints as dots, and it leaves only in a request header.

use async_trait::async_trait;
use std::fmt;
use std::sync::Arc;

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

/// What a call needs to know besides its content.
#[derive(Clone)]
pub struct Session {
    /// Where the provider answers; a simulator's address in tests.
    pub endpoints: Endpoints,
    /// The company's id there; sent with every call.
    pub company: String,
    /// Tokens.
    pub tokens: Arc<dyn TokenSource>,
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
