//! Call limits of one company (developer.intuit.com, "API call limits and throttles", read 2026-11):
//! calls at once, in a rolling minute, and batches in a rolling minute.

use std::collections::VecDeque;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// How many calls a company takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    pub at_once: usize,
    pub per_minute: usize,
    pub batches_per_minute: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { at_once: 10, per_minute: 500, batches_per_minute: 40 }
    }
}

/// The calls a company has had.
#[derive(Debug, Default)]
pub struct Quota {
    in_flight: usize,
    calls: VecDeque<DateTime<Utc>>,
    batches: VecDeque<DateTime<Utc>>,
}

impl Quota {
    /// Counts a call in; false turns it away without counting it.
    pub fn enter(&mut self, limits: Limits, is_batch: bool, now: DateTime<Utc>) -> bool {
        let start = now - TimeDelta::minutes(1);
        self.calls.retain(|call| *call > start);
        self.batches.retain(|call| *call > start);
        let full = self.in_flight >= limits.at_once
            || self.calls.len() >= limits.per_minute
            || (is_batch && self.batches.len() >= limits.batches_per_minute);
        if full {
            return false;
        }
        self.in_flight += 1;
        self.calls.push_back(now);
        if is_batch {
            self.batches.push_back(now);
        }
        true
    }

    /// Counts a call out.
    pub fn leave(&mut self) {
        self.in_flight = self.in_flight.saturating_sub(1);
    }
}
