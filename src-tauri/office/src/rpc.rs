//! The one list of commands, in tables by what an office speaks of.
//!
//! Never does the work of a command: each row names the use case that does, what it needs, what
//! the actor must be allowed to do, and the tags under which answers go stale.

#[macro_use]
mod router;
mod books;
mod charges;
mod desk;
mod exports;
mod invoices;
mod payments;
mod people;
mod reminders;
mod scope;
#[cfg(test)]
mod tests;

pub use router::{Answer, Command, Effect, Entry, answer, dispatch};

/// The tables, in the order in which commands are shown.
const TABLES: [&[Entry]; 8] = [
    desk::ROWS,
    people::ROWS,
    charges::ROWS,
    invoices::ROWS,
    payments::ROWS,
    reminders::ROWS,
    books::ROWS,
    exports::ROWS,
];

/// All commands.
pub fn commands() -> impl Iterator<Item = &'static Entry> {
    TABLES.iter().copied().flatten()
}

/// Every command's request and answer, for the generated TypeScript schema.
#[derive(ts_rs::TS)]
#[ts(export)]
#[allow(dead_code)]
pub struct RpcSchema {
    #[ts(flatten)]
    desk: desk::Schema,
    #[ts(flatten)]
    people: people::Schema,
    #[ts(flatten)]
    charges: charges::Schema,
    #[ts(flatten)]
    invoices: invoices::Schema,
    #[ts(flatten)]
    payments: payments::Schema,
    #[ts(flatten)]
    reminders: reminders::Schema,
    #[ts(flatten)]
    books: books::Schema,
    #[ts(flatten)]
    exports: exports::Schema,
}
