//! Call limits of one company, each in a rolling minute: the calls and batches of all applications
//! together, and the batches of one (developer.intuit.com, "API call limits and throttles", and
//! Intuit's developer blog of 2025-08-13); calls of one application at once (blog of 2016-08-08). All
//! read 2026-11-23.
//!
//! The ten calls a second of one application are not counted: by a clock that stands, all calls of a
//! minute fall into one second.

use std::collections::{BTreeMap, VecDeque};

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// How many calls a company takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Of one application.
    pub at_once: usize,
    /// Of all applications, batches too.
    pub per_minute: usize,
    /// Of one application.
    pub batches_per_minute: usize,
    /// Of all applications; came to the limit of one on 2025-10-31 and did not take its place.
    pub batches_per_minute_of_all: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            at_once: 10,
            per_minute: 500,
            batches_per_minute: 40,
            batches_per_minute_of_all: 120,
        }
    }
}

/// The calls a company has had.
#[derive(Debug, Default)]
pub struct Quota {
    /// By application.
    in_flight: BTreeMap<String, usize>,
    calls: VecDeque<DateTime<Utc>>,
    /// With the application of each.
    batches: VecDeque<(DateTime<Utc>, String)>,
}

impl Quota {
    /// Counts a call of an application in; false turns it away without counting it.
    pub fn enter(
        &mut self,
        limits: Limits,
        (app, is_batch): (&str, bool),
        now: DateTime<Utc>,
    ) -> bool {
        let start = now - TimeDelta::minutes(1);
        self.calls.retain(|call| *call > start);
        self.batches.retain(|(call, _)| *call > start);
        let running = self.in_flight.get(app).copied().unwrap_or_default();
        let own = self.batches.iter().filter(|(_, of)| of == app).count();
        let no_batch = own >= limits.batches_per_minute
            || self.batches.len() >= limits.batches_per_minute_of_all;
        let full = running >= limits.at_once
            || self.calls.len() >= limits.per_minute
            || (is_batch && no_batch);
        if full {
            return false;
        }
        *self.in_flight.entry(app.to_owned()).or_default() += 1;
        self.calls.push_back(now);
        if is_batch {
            self.batches.push_back((now, app.to_owned()));
        }
        true
    }

    /// Counts a call of an application out.
    pub fn leave(&mut self, app: &str) {
        if let Some(running) = self.in_flight.get_mut(app) {
            *running = running.saturating_sub(1);
        }
    }
}
