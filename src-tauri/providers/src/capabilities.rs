//! What differs between systems, as data.
//!
//! Never code: a difference that is a number, a length or a yes stands here, with the date on
//! which it was verified.

use crate::document::{AccountClass, DocumentKind};
use crate::report::ReportKind;

/// What a system can hold and how fast it may be called.
#[derive(Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// Registry key, for example `xero`.
    pub key: &'static str,
    /// Name as people know it.
    pub name: &'static str,
    /// Items per call, by kind.
    pub batches: &'static [(DocumentKind, usize)],
    /// Calls that one record takes when all goes well, of kinds that travel alone although several are
    /// claimed together.
    pub calls_per_record: &'static [(DocumentKind, u64)],
    /// Call limits.
    pub limits: RateLimits,
    /// How long the provider remembers an idempotency key, in seconds; `None`: it has no keys.
    pub key_memory_s: Option<u64>,
    /// Longest texts it takes, by field.
    pub lengths: FieldLengths,
    /// Longest file beside a document, in bytes; 0 where it takes none from us.
    pub attachment_bytes: usize,
    /// It keeps a customer in one currency for life, so that whoever has documents in several is a
    /// customer for each.
    pub customers_by_currency: bool,
    /// Classes of accounts that a line of a journal entry may name; none where no journal entries
    /// are sent to it.
    pub journal_accounts: &'static [AccountClass],
    /// Reports of its own books that it can be asked for.
    pub reports: &'static [ReportKind],
    /// When these figures were verified, `YYYY-MM-DD`.
    pub verified_on: &'static str,
    /// Pages they were read from.
    pub sources: &'static [&'static str],
}

/// Published call limits of one company file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimits {
    /// Calls at the same time.
    pub concurrent: usize,
    /// Calls in any 60 seconds.
    pub per_minute: u32,
    /// Calls in a day.
    pub per_day: u32,
}

/// Longest texts, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldLengths {
    /// Customer name.
    pub customer_name: usize,
    /// Document number.
    pub document_number: usize,
    /// Line description.
    pub description: usize,
    /// Reference.
    pub reference: usize,
    /// A field of the school's own; 0 where sales documents have none.
    pub custom_field: usize,
}

impl Capabilities {
    /// Items per call of a kind; 0 where the system cannot hold it.
    pub fn batch_size(&self, kind: DocumentKind) -> usize {
        self.batches.iter().find(|(of, _)| *of == kind).map_or(0, |(_, size)| *size)
    }
}
