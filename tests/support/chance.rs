//! Ids that count up, so that a test is the same every time.
//!
//! Never the small ids that tests write themselves.

use office::clock::IdSource;
use std::sync::atomic::{AtomicU64, Ordering};
use uuid::Uuid;

/// Counts from a million.
pub struct CountingIds(AtomicU64);

impl Default for CountingIds {
    fn default() -> Self {
        Self(AtomicU64::new(1_000_000))
    }
}

impl CountingIds {
    /// Goes on from a number: for a book that was made with another count.
    pub fn go_on_from(&self, number: u64) {
        self.0.store(number, Ordering::Relaxed);
    }
}

impl IdSource for CountingIds {
    fn new_id(&self) -> Uuid {
        Uuid::from_u128(u128::from(self.0.fetch_add(1, Ordering::Relaxed)))
    }
}
