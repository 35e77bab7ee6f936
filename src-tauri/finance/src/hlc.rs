//! The hybrid logical clock that orders facts of several desks.
//!
//! Never reads a clock: the time of day is handed in.

use serde::{Deserialize, Serialize};

/// A moment in the order of facts: time of day, then a counter, then the desk.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Hlc {
    /// Milliseconds since 1970-01-01 UTC.
    pub millis: i64,
    /// Counts facts within one millisecond, or while the wall clock stands or goes back.
    pub counter: u32,
    /// The desk that made it.
    pub desk: String,
}

impl Hlc {
    /// The beginning, for a desk that has recorded nothing.
    pub fn start(desk: &str) -> Self {
        Self { millis: 0, counter: 0, desk: desk.to_owned() }
    }

    /// The next moment: later than this one even where the wall clock went back.
    #[must_use]
    pub fn next(&self, now_millis: i64) -> Self {
        let desk = self.desk.clone();
        if now_millis > self.millis {
            Self { millis: now_millis, counter: 0, desk }
        } else if let Some(counter) = self.counter.checked_add(1) {
            Self { millis: self.millis, counter, desk }
        } else {
            Self { millis: self.millis.saturating_add(1), counter: 0, desk }
        }
    }

    /// A text that sorts as the clock does.
    pub fn sortable(&self) -> String {
        format!("{:015}-{:010}-{}", self.millis, self.counter, self.desk)
    }
}
