//! What the office does: use cases, permissions, the export engine, and the types on the wire.
//!
//! Never names Tauri, writes SQL or speaks a provider's dialect.

mod auditing;
mod balances;
mod beginning;
mod billing;
mod charges;
mod connecting;
mod countries;
mod crediting;
mod derived;
mod drafts;
mod exporting;
mod exporting_csv;
mod history;
mod importing;
mod invoices;
mod issuing;
mod keyfile;
mod ledger;
mod listing;
mod listing_csv;
mod mailing;
mod mapping;
mod marks;
mod numbering;
mod opening;
mod papers;
mod payers;
mod paying;
mod payments;
mod plans;
mod refunding;
mod reminders;
mod reports;
mod returning;
mod runs;
mod sample;
mod saved_views;
mod school;
mod searching;
mod services;
mod show;
mod signing;
mod students;
mod typed;
mod users;
mod writing_off;

pub mod actor;
pub mod clock;
pub mod desk;
pub mod events;
pub mod export;
pub mod fault;
pub mod files;
pub mod office;
pub mod rpc;
pub mod sealing;
pub mod secrets;
pub mod wire;

pub use actor::{Act, Actor, Role};
pub use desk::{Desk, DeskSetup};
pub use fault::{Code, Fault};
pub use issuing::{BulkIssued, issue_many};
pub use office::Office;
