//! A time that stands still until it is moved, and chance that always draws the longest.
//!
//! Never asks the machine for the time or for chance.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use office::clock::Clock;
use office::export::{Dice, Timer};
use simulators::clock::SimClock;
use std::time::Duration;

/// Time shared with a simulator: sleeping moves it.
#[derive(Clone)]
pub struct StillTime(pub SimClock);

impl Clock for StillTime {
    fn now(&self) -> DateTime<Utc> {
        self.0.now()
    }

    fn today(&self) -> NaiveDate {
        self.0.now().date_naive()
    }
}

#[async_trait]
impl Timer for StillTime {
    async fn sleep(&self, span: Duration) {
        // Whoever else waits now waits for the same time to pass, and what the machine itself has to
        // do takes none of it: its milliseconds must not cost seconds of this clock.
        let end = self.0.now() + TimeDelta::from_std(span).expect("a short wait");
        tokio::time::sleep(Duration::from_millis(1)).await;
        self.0.reach(end);
    }
}

/// Chance that always takes the longest wait.
pub struct Longest;

impl Dice for Longest {
    fn below(&self, bound: u64) -> u64 {
        bound.saturating_sub(1)
    }
}
