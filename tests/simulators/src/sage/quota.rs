//! Call limits of one business: 100 in a rolling minute and 2,500 in a rolling day. Sage publishes
//! no figure for v3.1; these are what integrators report (two independent sources, 2026-11).

use std::collections::VecDeque;

use chrono::{DateTime, TimeDelta, Utc};

/// How many calls a business takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub per_minute: usize,
    pub per_day: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { per_minute: 100, per_day: 2500 }
    }
}

/// The calls of the last day.
#[derive(Debug, Default)]
pub struct Quota(VecDeque<DateTime<Utc>>);

impl Quota {
    /// Counts a call in, or turns it away without counting it.
    ///
    /// # Errors
    /// Seconds until the next call is let in.
    pub fn enter(&mut self, limits: Limits, now: DateTime<Utc>) -> Result<(), i64> {
        while self.0.front().is_some_and(|call| *call <= now - TimeDelta::days(1)) {
            self.0.pop_front();
        }
        let minute_ago = now - TimeDelta::minutes(1);
        let recent = self.0.len() - self.0.partition_point(|call| *call <= minute_ago);
        let free_at = if self.0.len() >= limits.per_day {
            self.0.get(self.0.len() - limits.per_day).map(|call| *call + TimeDelta::days(1))
        } else if recent >= limits.per_minute {
            let oldest = self.0.get(self.0.len() - limits.per_minute);
            oldest.map(|call| *call + TimeDelta::minutes(1))
        } else {
            self.0.push_back(now);
            return Ok(());
        };
        let wait_ms = free_at.map_or(0, |at| (at - now).num_milliseconds());
        Err((wait_ms + 999) / 1000)
    }
}
