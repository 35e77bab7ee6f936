//! A clock whose day never ends, for screens that must look the same every time.
//!
//! Never stands still within the day: facts have an order.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use office::clock::Clock;
use std::time::Instant;

/// A day that begins at nine when the program starts.
pub struct FixedDay {
    day: NaiveDate,
    started: Instant,
}

impl FixedDay {
    /// This day.
    pub fn new(day: NaiveDate) -> Self {
        Self { day, started: Instant::now() }
    }
}

impl Clock for FixedDay {
    fn now(&self) -> DateTime<Utc> {
        let nine = self.day.and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(9);
        nine + TimeDelta::from_std(self.started.elapsed()).unwrap_or_default()
    }

    fn today(&self) -> NaiveDate {
        self.day
    }
}
