//! Proof that the book is what its facts say.

use crate::error::StoreError;
use crate::open::Store;

/// What the check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyReport {
    /// Facts read.
    pub facts: u32,
    /// The hash chain of every desk holds.
    pub chain_holds: bool,
    /// Derived tables equal those replayed from the facts.
    pub tables_agree: bool,
    /// The file's own page checks.
    pub file_sound: bool,
    /// What differs, in words, at most 50 entries.
    pub findings: Vec<String>,
}

impl Store {
    /// Reads every fact, checks every chain, replays all facts into an empty book in memory and
    /// compares every derived table, and lets SQLCipher check every page.
    ///
    /// # Errors
    /// What the database reports, where it cannot be read at all.
    pub async fn verify(&self) -> Result<VerifyReport, StoreError> {
        todo!()
    }
}
