//! Journal entries, already mapped: what is sent where a school keeps its students to itself.
//!
//! Never asks a system to find anything: each line stands at its amount, VAT too.

use chrono::NaiveDate;
use finance::money::Money;
use serde::{Deserialize, Serialize};

/// A balanced entry on accounts of theirs, in the currency of the books. What is taken back here is
/// an entry of its own that turns the first one round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalDocument {
    /// Machine reference.
    pub reference: String,
    /// The day, or the number of the document it stands for.
    pub label: String,
    /// The day it counts.
    pub date: NaiveDate,
    /// Lines, which come to nothing together.
    pub lines: Vec<EntryLine>,
    /// What the lines are debited with, which is what they are credited with.
    pub total: Money,
}

/// A line of a journal entry, already mapped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryLine {
    /// Their account code.
    pub account: String,
    /// Our account and VAT code.
    pub description: String,
    /// Their code for the part of the business it belongs to; empty where it names none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub tracking: String,
    /// Above nothing: debit. Below: credit.
    pub amount: Money,
}
