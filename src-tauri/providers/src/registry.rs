//! Which accounting systems there are.
//!
//! Never anything else matches on [`Provider`]: what differs is in an adapter or in its data.

use crate::adapter::ProviderAdapter;
use crate::capabilities::Capabilities;
use crate::http::HttpClient;
use crate::oauth::Registration;
use crate::purchase::PurchaseAdapter;
use crate::session::Endpoints;
use crate::{qbo, sage, xero};
use std::sync::Arc;

/// An accounting system this program can speak with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Provider {
    /// Xero.
    Xero,
    /// QuickBooks Online.
    Qbo,
    /// Sage Business Cloud Accounting.
    Sage,
}

/// What is known of a system before anyone has signed in.
pub struct Entry {
    /// Speaks its dialect.
    pub adapter: Arc<dyn ProviderAdapter>,
    /// The same of what is bought, where the system is told of it.
    pub purchases: Option<Arc<dyn PurchaseAdapter>>,
    /// Where it really answers; tests put a simulator's addresses in their place.
    pub endpoints: Endpoints,
    /// How it lets applications in.
    pub registration: &'static Registration,
}

impl Provider {
    /// All of them, in the order they are offered.
    pub const ALL: &[Self] = &[Self::Xero, Self::Qbo, Self::Sage];

    /// What it can hold.
    pub const fn capabilities(self) -> &'static Capabilities {
        match self {
            Self::Xero => &xero::CAPABILITIES,
            Self::Qbo => &qbo::CAPABILITIES,
            Self::Sage => &sage::CAPABILITIES,
        }
    }

    /// The key it is stored under.
    pub const fn key(self) -> &'static str {
        self.capabilities().key
    }

    /// The system stored under a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|provider| provider.key() == key)
    }

    /// How it lets applications in.
    pub const fn registration(self) -> &'static Registration {
        match self {
            Self::Xero => &xero::REGISTRATION,
            Self::Qbo => &qbo::REGISTRATION,
            Self::Sage => &sage::REGISTRATION,
        }
    }

    /// Its adapter, addresses and way in.
    pub fn entry(self, http: HttpClient) -> Entry {
        let registration = self.registration();
        match self {
            Self::Xero => {
                let adapter = Arc::new(xero::XeroAdapter::new(http));
                Entry {
                    purchases: Some(Arc::clone(&adapter) as Arc<dyn PurchaseAdapter>),
                    adapter,
                    endpoints: xero::client::endpoints(),
                    registration,
                }
            }
            Self::Qbo => Entry {
                adapter: Arc::new(qbo::QboAdapter::new(http)),
                purchases: None,
                endpoints: qbo::client::endpoints(),
                registration,
            },
            Self::Sage => Entry {
                adapter: Arc::new(sage::SageAdapter::new(http)),
                purchases: None,
                endpoints: sage::client::endpoints(),
                registration,
            },
        }
    }
}
