//! When the next call may go out, so that a provider's published limits are used well and never
//! exceeded.
//!
//! Never waits and never asks for the time: the caller brings the clock, real or virtual. A call
//! counts from its start and keeps its place until a whole window after its END, because only then
//! is it certain to have left the provider's own count, however long it was on the way.

use crate::capabilities::RateLimits;
use crate::session::Remaining;
use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::time::Duration;

const MINUTE: TimeDelta = TimeDelta::minutes(1);
const DAY: TimeDelta = TimeDelta::days(1);

/// Calls of a day are counted in spans this long: at most 96 pairs are kept, and a span that is
/// freed as a whole costs about one per cent of the day.
const SPAN: TimeDelta = TimeDelta::minutes(15);

/// Why no call may go out now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// Until one of the running calls ends.
    ForCallToEnd,
    /// At least this long.
    For(Duration),
}

/// What must not be forgotten between runs of the program.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayUse {
    /// Calls of the last 24 hours.
    calls: Vec<(DateTime<Utc>, u32)>,
    /// The provider asked to wait until then.
    held_until: Option<DateTime<Utc>>,
}

/// The call limits of one company file at one provider.
#[derive(Clone, Debug)]
pub struct Throttle {
    limits: RateLimits,
    in_flight: usize,
    /// Ends of calls, and how many ended then, own or another program's.
    minute: Vec<(DateTime<Utc>, u32)>,
    day: DayUse,
}

impl Throttle {
    /// Starts with what is known of the last day.
    pub const fn new(limits: RateLimits, day: DayUse) -> Self {
        Self { limits, in_flight: 0, minute: Vec::new(), day }
    }

    /// Takes a place for one call starting now; [`Throttle::end`] must follow.
    ///
    /// # Errors
    /// How long to wait before asking again.
    pub fn next_allowed(&mut self, now: DateTime<Utc>) -> Result<(), Wait> {
        self.forget(now);
        if let Some(until) = self.day.held_until {
            return Err(Wait::For(span(until - now)));
        }
        if self.in_flight >= self.limits.concurrent {
            return Err(Wait::ForCallToEnd);
        }
        let in_flight = u32::try_from(self.in_flight).unwrap_or(u32::MAX);
        if sum(&self.day.calls).saturating_add(in_flight) >= self.limits.per_day {
            return Err(self.day.calls.first().map_or(Wait::ForCallToEnd, |(start, _)| {
                Wait::For(span(*start + SPAN + DAY - now))
            }));
        }
        if sum(&self.minute).saturating_add(in_flight) >= self.limits.per_minute {
            return Err(self
                .minute
                .first()
                .map_or(Wait::ForCallToEnd, |(end, _)| Wait::For(span(*end + MINUTE - now))));
        }
        self.in_flight += 1;
        Ok(())
    }

    /// A call is over; `told` is what its answer said is left, which also shows the calls of other
    /// programs on the same company.
    pub fn end(&mut self, now: DateTime<Utc>, told: Remaining) {
        self.forget(now);
        self.in_flight = self.in_flight.saturating_sub(1);
        self.minute.push((now, 1));
        self.day.add(now, 1);
        if let Some(left) = told.minute {
            let known = sum(&self.minute);
            let others = self.limits.per_minute.saturating_sub(left).saturating_sub(known);
            if others > 0 {
                self.minute.push((now, others));
            }
        }
        if let Some(left) = told.day {
            let others =
                self.limits.per_day.saturating_sub(left).saturating_sub(sum(&self.day.calls));
            if others > 0 {
                self.day.add(now, others);
            }
        }
    }

    /// The provider asked to wait: nothing goes out before.
    pub fn hold(&mut self, now: DateTime<Utc>, after: Duration) {
        let after = TimeDelta::from_std(after).unwrap_or(TimeDelta::days(7));
        let until = now + after;
        self.day.held_until = Some(self.day.held_until.map_or(until, |held| held.max(until)));
    }

    /// What to store, so that a restart forgets neither the day nor a wait that was asked for.
    pub const fn day_use(&self) -> &DayUse {
        &self.day
    }

    /// Calls left today by what is known.
    pub fn left_today(&self) -> u32 {
        self.limits.per_day.saturating_sub(sum(&self.day.calls))
    }

    fn forget(&mut self, now: DateTime<Utc>) {
        // A clock that was set back must not lock calls up for as long as it was wrong.
        for (end, _) in &mut self.minute {
            *end = (*end).min(now);
        }
        for (start, _) in &mut self.day.calls {
            *start = (*start).min(now);
        }
        self.minute.retain(|(end, _)| *end + MINUTE > now);
        self.day.calls.retain(|(start, _)| *start + SPAN + DAY > now);
        self.day.held_until = self.day.held_until.filter(|until| *until > now);
    }
}

impl DayUse {
    fn add(&mut self, now: DateTime<Utc>, calls: u32) {
        let start = now.duration_trunc(SPAN).unwrap_or(now);
        match self.calls.last_mut() {
            Some((last, count)) if *last >= start => *count = count.saturating_add(calls),
            _ => self.calls.push((start, calls)),
        }
    }
}

fn sum(counts: &[(DateTime<Utc>, u32)]) -> u32 {
    counts.iter().fold(0, |sum, (_, count)| sum.saturating_add(*count))
}

/// At least a millisecond, so that a caller who waits always makes progress.
fn span(delta: TimeDelta) -> Duration {
    delta.to_std().unwrap_or_default().max(Duration::from_millis(1))
}

#[cfg(test)]
mod tests;
