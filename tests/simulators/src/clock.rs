//! The time a simulator lives in. Tokens, idempotency windows and quotas all age by it.
//!
//! It NEVER moves on its own when it is manual, so a test about six minutes takes no six minutes.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};

/// A clock shared by every part of one simulator.
#[derive(Clone, Debug)]
pub struct SimClock {
    start: Option<DateTime<Utc>>,
    moved_ms: Arc<AtomicI64>,
}

impl SimClock {
    /// Follows the machine's clock, plus whatever it was advanced by.
    pub fn real() -> Self {
        Self { start: None, moved_ms: Arc::default() }
    }

    /// Stands at `start` until it is advanced.
    pub fn manual(start: DateTime<Utc>) -> Self {
        Self { start: Some(start), moved_ms: Arc::default() }
    }

    /// The present moment, in whole milliseconds.
    pub fn now(&self) -> DateTime<Utc> {
        let base_ms = self.start.unwrap_or_else(Utc::now).timestamp_millis();
        let now_ms = base_ms.saturating_add(self.moved_ms.load(Ordering::SeqCst));
        DateTime::from_timestamp_millis(now_ms).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }

    /// Moves the clock; a negative step sets it back.
    pub fn advance(&self, step: TimeDelta) {
        self.moved_ms.fetch_add(step.num_milliseconds(), Ordering::SeqCst);
    }

    /// Moves the clock to a moment, unless it is there or past it: who waits beside others waits no
    /// longer for them.
    pub fn reach(&self, moment: DateTime<Utc>) {
        let base = self.start.unwrap_or_else(Utc::now);
        self.moved_ms.fetch_max((moment - base).num_milliseconds(), Ordering::SeqCst);
    }
}

impl Default for SimClock {
    fn default() -> Self {
        Self::real()
    }
}
