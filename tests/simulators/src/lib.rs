//! Stand-ins for accounting providers, so that the engine can be tested against a remote system
//! with its own memory, its own rules and its own bad days.
//!
//! A simulator keeps a ledger of its own, and that ledger is the judge: a test asks it what really
//! arrived. It NEVER shares code with the client under test, and never ships with the product.

pub mod clock;
pub mod faults;
pub mod foreign;
pub mod qbo;
pub mod sage;
pub mod tampering;
pub mod wire;
pub mod xero;
pub mod xsd;
