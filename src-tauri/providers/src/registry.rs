//! Which accounting systems there are.
//!
//! Never anything else matches on [`Provider`]: what differs is in an adapter or in its data.

use crate::adapter::ProviderAdapter;
use crate::http::HttpClient;
use crate::oauth::OAuthClient;
use crate::session::Endpoints;
use crate::xero;
use std::sync::Arc;

/// An accounting system this program can speak with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Provider {
    /// Xero.
    Xero,
}

/// What is known of a system before anyone has signed in.
pub struct Entry {
    /// Speaks its dialect.
    pub adapter: Arc<dyn ProviderAdapter>,
    /// Where it really answers; tests put a simulator's addresses in their place.
    pub endpoints: Endpoints,
    /// How this program signs in there.
    pub oauth: OAuthClient,
}

impl Provider {
    /// All of them, in the order they are offered.
    pub const ALL: &[Self] = &[Self::Xero];

    /// The key it is stored under.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Xero => xero::CAPABILITIES.key,
        }
    }

    /// The system stored under a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|provider| provider.key() == key)
    }

    /// Its adapter, addresses and sign-in. `client_id` is this program's id there.
    pub fn entry(self, http: HttpClient, client_id: &str) -> Entry {
        match self {
            Self::Xero => Entry {
                adapter: Arc::new(xero::XeroAdapter::new(http)),
                endpoints: xero::client::endpoints(),
                oauth: xero::oauth_client(client_id),
            },
        }
    }
}
