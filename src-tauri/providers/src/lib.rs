//! The dialects of accounting systems, and the way out to a gateway for text messages.
//!
//! Never touches the database, never knows our screens, and no provider knows another.

pub mod adapter;
pub mod backlog;
pub mod capabilities;
pub mod change;
pub mod document;
pub mod error;
mod exact;
pub mod field;
mod fitting;
pub mod http;
mod journal;
mod lookup;
pub mod oauth;
pub mod purchase;
pub mod qbo;
pub mod record;
mod reference;
pub mod registry;
pub mod report;
pub mod sage;
pub mod session;
pub mod sms;
pub mod sums;
pub mod throttle;
pub mod xero;

pub use adapter::{Composed, Found, ItemOutcome, ProviderAdapter, PushAnswer, Wanted};
pub use error::{NextStep, ProviderError};
pub use registry::Provider;
