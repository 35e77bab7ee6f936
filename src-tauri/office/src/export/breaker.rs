//! Holds calls back from a system that does not answer, and lets one through to see.
//!
//! Never counts a refused record: only calls that were not answered at all.

use super::pace::Pace;
use chrono::{DateTime, TimeDelta, Utc};

/// What is remembered between runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Breaker {
    /// Unanswered calls in a row.
    pub failures: u32,
    /// Nothing is sent before this moment.
    pub resting_until: Option<DateTime<Utc>>,
}

/// Whether calls may go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// As many as the limits allow.
    Open,
    /// One, to see whether the system is back.
    Probe,
    /// None before this moment.
    Resting(DateTime<Utc>),
}

impl Breaker {
    /// What may go out now.
    pub fn gate(&self, now: DateTime<Utc>) -> Gate {
        match self.resting_until {
            None => Gate::Open,
            Some(until) if until <= now => Gate::Probe,
            Some(until) => Gate::Resting(until),
        }
    }

    /// An answer came.
    pub const fn answered(&mut self) {
        self.failures = 0;
        self.resting_until = None;
    }

    /// No answer came. Failures that come in while the connection rests already (several calls
    /// were on their way) do not lengthen the rest.
    pub fn unanswered(&mut self, now: DateTime<Utc>, pace: &Pace) {
        if matches!(self.gate(now), Gate::Resting(_)) {
            return;
        }
        self.failures = self.failures.saturating_add(1);
        if self.failures >= pace.breaker_failures {
            let doublings = (self.failures - pace.breaker_failures).min(16);
            let rest = pace.first_rest.checked_mul(1 << doublings).unwrap_or(TimeDelta::MAX);
            self.resting_until = Some(now + rest.min(pace.longest_rest));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_000_000 + seconds, 0).expect("a moment")
    }

    #[test]
    fn five_unanswered_calls_rest_the_connection_and_one_probe_opens_it() {
        let (mut breaker, pace) = (Breaker::default(), Pace::default());
        for _ in 0..4 {
            breaker.unanswered(at(0), &pace);
        }
        assert_eq!(breaker.gate(at(0)), Gate::Open);
        breaker.unanswered(at(0), &pace);
        assert_eq!(breaker.gate(at(1)), Gate::Resting(at(30)));
        assert_eq!(breaker.gate(at(30)), Gate::Probe);
        breaker.answered();
        assert_eq!(breaker.gate(at(30)), Gate::Open);
        assert_eq!(breaker.failures, 0);
    }

    #[test]
    fn each_failed_probe_doubles_the_rest_up_to_a_quarter_of_an_hour() {
        let (mut breaker, pace) = (Breaker::default(), Pace::default());
        let mut now = 0;
        let mut rests = Vec::new();
        for _ in 0..14 {
            breaker.unanswered(at(now), &pace);
            if let Gate::Resting(until) = breaker.gate(at(now)) {
                let rest = (until - at(now)).num_seconds();
                rests.push(rest);
                now += rest;
            }
        }
        assert_eq!(rests, [30, 60, 120, 240, 480, 900, 900, 900, 900, 900]);
    }

    #[test]
    fn failures_during_a_rest_do_not_lengthen_it() {
        let (mut breaker, pace) = (Breaker::default(), Pace::default());
        for _ in 0..9 {
            breaker.unanswered(at(0), &pace);
        }
        assert_eq!(breaker.gate(at(0)), Gate::Resting(at(30)));
    }
}
