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

    /// Their id of a record, in the address at which a person sees it there: of QuickBooks what stands
    /// behind its parameter, of the others the only long name in it. Not every page of Sage names it.
    pub fn id_in(self, address: &str) -> Option<&str> {
        let (_, rest) = address.split_once("://")?;
        if self == Self::Qbo {
            let (_, id) = ["txnId=", "nameId="].iter().find_map(|mark| rest.split_once(mark))?;
            let id = id.split(|c: char| !c.is_ascii_digit()).next()?;
            return Some(id).filter(|id| !id.is_empty());
        }
        let is_part = |c: char| c.is_ascii_hexdigit() || c == '-';
        rest.split(|c: char| !is_part(c)).find(|name| is_long_id(name))
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

/// Thirty-two hexadecimal digits, with dashes between or without.
fn is_long_id(name: &str) -> bool {
    let digits = name.chars().filter(char::is_ascii_hexdigit).count();
    digits == 32 && matches!(name.len(), 32 | 36)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_the_record_that_a_person_sees_there() {
        let id = "7c0b3c9e-6b07-4c4e-9d3a-0f5f2d1f7a11";
        let xero = format!("https://go.xero.com/AccountsReceivable/View.aspx?InvoiceID={id}");
        assert_eq!(Provider::Xero.id_in(&xero), Some(id));
        let qbo = "https://app.qbo.intuit.com/app/invoice?txnId=145&x=2";
        assert_eq!(Provider::Qbo.id_in(qbo), Some("145"));
        let plain = "https://accounting.sage.com/invoicing/7c0b3c9e6b074c4e9d3a0f5f2d1f7a11/view";
        assert_eq!(Provider::Sage.id_in(plain), Some("7c0b3c9e6b074c4e9d3a0f5f2d1f7a11"));
    }

    #[test]
    fn a_number_is_no_address() {
        for provider in Provider::ALL {
            for said in ["145", "INV-1042", "https://app.qbo.intuit.com/app/invoice?txnId="] {
                assert_eq!(provider.id_in(said), None, "{said}");
            }
        }
    }
}
