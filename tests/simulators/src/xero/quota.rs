//! Rate limits of one tenant (developer.xero.com/faq/limits, read 2026-11): calls at once, in a
//! rolling minute, and in a rolling day.

use std::collections::VecDeque;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// How many calls a tenant may make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    pub at_once: usize,
    pub per_minute: usize,
    pub per_day: usize,
    pub per_minute_for_app: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { at_once: 5, per_minute: 60, per_day: 5000, per_minute_for_app: 10_000 }
    }
}

/// Why a call is turned away, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exceeded {
    /// `X-Rate-Limit-Problem`.
    pub problem: &'static str,
    /// `Retry-After`; the limit on calls at once names none.
    pub retry_after_s: Option<i64>,
}

/// The calls one tenant, or the whole app, has made.
#[derive(Debug, Default)]
pub struct Quota {
    in_flight: usize,
    minute: VecDeque<DateTime<Utc>>,
    day: VecDeque<DateTime<Utc>>,
}

impl Quota {
    /// Counts a call in, or turns it away without counting it.
    ///
    /// # Errors
    /// The limit that is reached.
    pub fn enter(&mut self, limits: Limits, now: DateTime<Utc>) -> Result<(), Exceeded> {
        self.forget(now);
        if self.day.len() >= limits.per_day {
            return Err(exceeded("day", self.day.front(), TimeDelta::days(1), now));
        }
        if self.minute.len() >= limits.per_minute {
            return Err(exceeded("minute", self.minute.front(), TimeDelta::minutes(1), now));
        }
        if self.in_flight >= limits.at_once {
            return Err(Exceeded { problem: "concurrent", retry_after_s: None });
        }
        self.in_flight += 1;
        self.minute.push_back(now);
        self.day.push_back(now);
        Ok(())
    }

    /// Counts a call out.
    pub fn leave(&mut self) {
        self.in_flight = self.in_flight.saturating_sub(1);
    }

    /// What is left in this minute and on this day.
    pub fn remaining(&self, limits: Limits) -> (usize, usize) {
        (
            limits.per_minute.saturating_sub(self.minute.len()),
            limits.per_day.saturating_sub(self.day.len()),
        )
    }

    fn forget(&mut self, now: DateTime<Utc>) {
        drop_before(&mut self.minute, now - TimeDelta::minutes(1));
        drop_before(&mut self.day, now - TimeDelta::days(1));
    }
}

fn drop_before(calls: &mut VecDeque<DateTime<Utc>>, limit: DateTime<Utc>) {
    while calls.front().is_some_and(|call| *call <= limit) {
        calls.pop_front();
    }
}

fn exceeded(
    problem: &'static str,
    oldest: Option<&DateTime<Utc>>,
    window: TimeDelta,
    now: DateTime<Utc>,
) -> Exceeded {
    let free_at = oldest.copied().unwrap_or(now) + window;
    let wait_ms = (free_at - now).num_milliseconds().max(0);
    Exceeded { problem, retry_after_s: Some((wait_ms + 999) / 1000) }
}
