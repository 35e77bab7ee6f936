//! The book tested as a whole, on files of its own.

mod book;

mod charges;
mod erased_columns;
mod erasing;
mod exchange;
mod gathering;
mod items;
mod lane;
mod ledger;
mod lists;
mod log;
mod model;
mod numbering;
mod opening;
mod packages;
mod payers;
mod plans;
mod rare;
mod reminders;
mod reports;
mod returned;
mod scope;
mod sums;

pub(crate) use book::{Book, day, key};
