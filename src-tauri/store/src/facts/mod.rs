//! The log: appending facts and reading them back.
//!
//! Never changes a fact; the only thing a fact ever loses is personal data.

pub(crate) mod append;
pub(crate) mod chain;
pub(crate) mod personal;
pub(crate) mod read;
