//! A clock that stands until a test moves it.
//!
//! Never moves by itself.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use office::clock::Clock;
use std::sync::{Mutex, MutexGuard};

/// A clock on the wall.
pub struct WallClock(Mutex<DateTime<Utc>>);

impl WallClock {
    /// Nine in the morning of a day.
    pub fn standing_at(day: NaiveDate) -> Self {
        let nine = NaiveTime::from_hms_opt(9, 0, 0).expect("a time");
        Self(Mutex::new(day.and_time(nine).and_utc()))
    }

    fn hands(&self) -> MutexGuard<'_, DateTime<Utc>> {
        self.0.lock().expect("nobody panics while holding the clock")
    }

    /// The day it shows.
    pub fn day(&self) -> NaiveDate {
        self.hands().date_naive()
    }

    /// Moves it forward by days.
    pub fn advance_days(&self, days: u64) {
        let mut hands = self.hands();
        *hands = hands.checked_add_days(Days::new(days)).expect("a day of the calendar");
    }

    /// Moves it by seconds; below nothing sets it back.
    pub fn advance_seconds(&self, seconds: i64) {
        let mut hands = self.hands();
        *hands += TimeDelta::seconds(seconds);
    }
}

impl Clock for WallClock {
    fn now(&self) -> DateTime<Utc> {
        *self.hands()
    }

    fn today(&self) -> NaiveDate {
        self.day()
    }
}
