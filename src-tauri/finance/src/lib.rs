//! The rules of money for a driving school's office.
//!
//! Never does I/O, never reads a clock, never makes an id or a random number, never uses a float.
//! What happened is a [`fact::Fact`]; everything else here says what may happen and what follows.

pub mod ageing;
pub mod allocation;
mod apportion;
pub mod booking_rule;
pub mod catalogue;
pub mod charge;
pub mod credit_note;
mod crediting;
pub mod discount;
pub mod erasure;
pub mod exchange;
pub mod fact;
pub mod gate;
pub mod hlc;
pub mod holding;
pub mod ids;
pub mod instalments;
pub mod invoice;
pub mod journal;
pub mod kid;
pub mod ledger;
pub mod line;
pub mod mapping;
pub mod milestone;
pub mod money;
pub mod numbering;
pub mod opening;
pub mod package;
pub mod party;
pub mod payer;
pub mod payment;
pub mod period;
pub mod pricing;
pub mod reconciliation;
pub mod recurring;
pub mod refund;
pub mod release;
pub mod reminder;
pub mod scale;
pub mod split;
pub mod statement;
pub mod surcharge;
pub mod taken_back;
pub mod tax;
pub mod terms;
pub mod user;
pub mod write_off;

pub use money::{Currency, Money};

#[cfg(test)]
mod tests;
