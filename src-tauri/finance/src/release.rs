//! Taking back what was set against an invoice.
//!
//! Never undoes the allocation itself: from its day on it no longer counts, and before that day
//! everything stands as it stood.

use crate::ids::{AllocationId, SchoolId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What was set against an invoice, or written off of it, no longer is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// The school.
    pub school_id: SchoolId,
    /// What no longer counts.
    pub allocation_id: AllocationId,
    /// The day from which it no longer counts.
    pub released_on: NaiveDate,
    /// Why.
    pub reason: String,
}

/// The days on which something set against an invoice counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub from: NaiveDate,
    /// The first day it no longer does; nothing: it still counts.
    pub until: Option<NaiveDate>,
}

impl Span {
    /// From the latest of the days of its causes to the earliest end: a release, or the reversal
    /// of the money it came from. Released twice, the earlier day holds.
    pub fn of(causes: &[NaiveDate], ends: &[NaiveDate]) -> Option<Self> {
        let from = causes.iter().max()?;
        Some(Self { from: *from, until: ends.iter().min().copied() })
    }

    /// Whether it counts on a day.
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }
}
