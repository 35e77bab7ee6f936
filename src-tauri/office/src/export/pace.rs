//! How long the engine waits for what, as data, and the dice that spread retries.
//!
//! Never sleeps and never reads a clock.

use chrono::TimeDelta;

/// The engine's patience.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Sends that really failed before a person is asked.
    pub attempts: u32,
    /// Longest wait before the second and third send; the wait is drawn evenly up to it.
    pub backoff: [TimeDelta; 2],
    /// How long after a lost answer the record is looked up for the first time.
    pub look_up_after: TimeDelta,
    /// A request without an answer may still be carried out for this long; a record that is not
    /// there is sent again only afterwards. Xero forgets a running request's key after six
    /// minutes (developer.xero.com, idempotent requests, read 2026-11-20); one minute is added.
    pub settle_delay: TimeDelta,
    /// After this long in doubt a person is asked.
    pub doubt_limit: TimeDelta,
    /// Failed calls in a row after which the connection rests.
    pub breaker_failures: u32,
    /// The first rest; it doubles up to `longest_rest`.
    pub first_rest: TimeDelta,
    /// The longest rest.
    pub longest_rest: TimeDelta,
    /// The longest wait for a call limit that is sat out inside a run.
    pub patience: TimeDelta,
    /// How often a connection is looked after when nothing calls for it sooner.
    pub run_every: TimeDelta,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            attempts: 3,
            backoff: [TimeDelta::seconds(30), TimeDelta::minutes(2)],
            look_up_after: TimeDelta::seconds(5),
            settle_delay: TimeDelta::minutes(7),
            doubt_limit: TimeDelta::hours(24),
            breaker_failures: 5,
            first_rest: TimeDelta::seconds(30),
            longest_rest: TimeDelta::minutes(15),
            patience: TimeDelta::seconds(65),
            run_every: TimeDelta::hours(1),
        }
    }
}

impl Pace {
    /// How long to wait after `failed` sends, or nothing when a person must be asked. Full
    /// jitter: many records that failed together do not come back together.
    pub fn retry_after(&self, failed: u32, dice: &dyn Dice) -> Option<TimeDelta> {
        if failed >= self.attempts {
            return None;
        }
        let step = usize::try_from(failed.saturating_sub(1)).unwrap_or(0);
        let longest = self.backoff[step.min(self.backoff.len() - 1)];
        let bound = u64::try_from(longest.num_milliseconds()).unwrap_or(0);
        let drawn = i64::try_from(dice.below(bound.saturating_add(1))).unwrap_or(0);
        Some(TimeDelta::milliseconds(drawn))
    }
}

/// Chance, so that a test can do without.
pub trait Dice: Send + Sync {
    /// A number below `bound`; 0 where `bound` is 0.
    fn below(&self, bound: u64) -> u64;
}

/// The system's randomness.
pub struct SystemDice;

impl Dice for SystemDice {
    fn below(&self, bound: u64) -> u64 {
        let mut bytes = [0; 8];
        // Without randomness every wait is the longest one: slower, never wrong.
        match getrandom::fill(&mut bytes) {
            Ok(()) => u64::from_le_bytes(bytes).checked_rem(bound).unwrap_or(0),
            Err(_) => bound.saturating_sub(1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Longest;

    impl Dice for Longest {
        fn below(&self, bound: u64) -> u64 {
            bound.saturating_sub(1)
        }
    }

    #[test]
    fn the_first_retry_comes_within_five_minutes_and_the_fourth_never() {
        let pace = Pace::default();
        assert_eq!(pace.retry_after(1, &Longest), Some(TimeDelta::seconds(30)));
        assert_eq!(pace.retry_after(2, &Longest), Some(TimeDelta::minutes(2)));
        assert_eq!(pace.retry_after(3, &Longest), None);
    }

    #[test]
    fn the_wait_is_drawn_anew_each_time() {
        let pace = Pace::default();
        let drawn: Vec<_> = (0..32).filter_map(|_| pace.retry_after(1, &SystemDice)).collect();
        assert!(drawn.iter().all(|wait| *wait <= TimeDelta::seconds(30)));
        assert!(drawn.iter().any(|wait| *wait != drawn[0]));
    }
}
