//! What crosses the border between the office and whoever asks: window, terminal or test.
//!
//! Never a float and never a 64-bit number: money and counts of money are decimal strings, ids are
//! strings. The TypeScript twins are generated from here (`cargo xtask types`).

pub mod audit;
pub mod balances;
pub mod booking_rules;
pub mod charges;
pub mod common;
pub mod connections;
pub mod credits;
pub mod desk;
pub mod exchange;
pub mod exports;
pub mod gates;
pub mod health;
pub mod imports;
pub mod incoming;
pub mod invoices;
pub mod leaving;
pub mod ledger;
pub mod lists;
pub mod mapping;
pub mod packages;
pub mod papers;
pub mod payers;
pub mod payments;
pub mod plans;
pub mod provider_reports;
pub mod reconcile;
pub mod recurring;
pub mod reminders;
pub mod reports;
pub mod returned;
pub mod search;
pub mod series;
pub mod services;
pub mod statements;
pub mod students;
pub mod users;

/// Derives what every request and view needs.
macro_rules! wire {
    ($($(#[$meta:meta])* pub $kind:ident $name:ident $body:tt)*) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
        #[ts(export)]
        #[serde(rename_all = "snake_case", deny_unknown_fields)]
        pub $kind $name $body
    )*};
}
pub(crate) use wire;
