//! Time that runs sixty times as fast, so that a story of minutes of waiting is told in seconds.
//!
//! Never skips anything: what would wait a minute waits a second.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use office::clock::Clock;
use office::export::Timer;
use std::time::{Duration, Instant};

/// How many seconds pass in one.
const SPEED: u32 = 60;

/// A clock that began when it was made.
pub struct QuickClock {
    began: DateTime<Utc>,
    since: Instant,
}

impl QuickClock {
    pub fn starting_now() -> Self {
        Self { began: Utc::now(), since: Instant::now() }
    }
}

impl Clock for QuickClock {
    fn now(&self) -> DateTime<Utc> {
        self.began + self.since.elapsed() * SPEED
    }

    fn today(&self) -> NaiveDate {
        // The story takes its date from its beginning: no invoice is issued tomorrow.
        self.began.date_naive()
    }
}

/// Waits a sixtieth.
pub struct QuickTimer;

#[async_trait]
impl Timer for QuickTimer {
    async fn sleep(&self, span: Duration) {
        tokio::time::sleep(span / SPEED).await;
    }
}
