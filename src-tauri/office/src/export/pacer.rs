//! Lets calls out as fast as the published limits allow, and counts them: those of the engine's runs
//! and those a person asks for.
//!
//! Never exceeds a limit to be nice: a wait that is too long to sit out ends in a refusal instead.

use super::timer::Timer;
use crate::clock::Clock;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use providers::ProviderError;
use providers::capabilities::RateLimits;
use providers::session::{CallRecord, CallWatch};
use providers::throttle::{DayUse, Throttle, Wait};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;

/// How long to wait before a call that only asked is made again; it doubles with each failure.
const FIRST_PAUSE: Duration = Duration::from_millis(100);

/// The calls of one connection while its book is open.
pub struct Pacer {
    throttle: Mutex<Throttle>,
    ended: Notify,
    stopped: Arc<AtomicBool>,
    clock: Arc<dyn Clock>,
    timer: Arc<dyn Timer>,
}

/// What is remembered of a connection's calls when its book is opened.
pub struct Remembered {
    /// Calls of the last day.
    pub day: DayUse,
    /// Nothing goes out before this moment.
    pub held_until: Option<DateTime<Utc>>,
}

impl Pacer {
    /// Starts with the calls of the last day.
    pub fn new(
        limits: RateLimits,
        before: Remembered,
        clock: Arc<dyn Clock>,
        timer: Arc<dyn Timer>,
        stopped: Arc<AtomicBool>,
    ) -> Self {
        let mut throttle = Throttle::new(limits, before.day);
        let now = clock.now();
        if let Some(wait) = before.held_until.and_then(|until| (until - now).to_std().ok()) {
            throttle.hold(now, wait);
        }
        let throttle = Mutex::new(throttle);
        Self { throttle, ended: Notify::new(), stopped, clock, timer }
    }

    /// Calls left today, and the day's calls to be stored.
    ///
    /// # Errors
    /// Never in practice: the list holds moments and counts.
    pub fn day(&self) -> Result<(u32, String), serde_json::Error> {
        let throttle = self.throttle();
        Ok((throttle.left_today(), serde_json::to_string(throttle.day_use())?))
    }

    fn throttle(&self) -> MutexGuard<'_, Throttle> {
        self.throttle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn take_place(&self, patience: Duration) -> Result<(), ProviderError> {
        loop {
            let ended = self.ended.notified();
            tokio::pin!(ended);
            ended.as_mut().enable();
            let wait = self.throttle().next_allowed(self.clock.now());
            match wait {
                Ok(()) => return Ok(()),
                Err(Wait::ForCallToEnd) => ended.await,
                Err(Wait::For(wait)) if wait > patience || self.stopped.load(Ordering::SeqCst) => {
                    return Err(ProviderError::RateLimited { after: wait });
                }
                Err(Wait::For(wait)) => {
                    // Another call's end may open a place sooner than the clock does.
                    tokio::select! {
                        () = self.timer.sleep(wait) => {}
                        () = ended => {}
                    }
                }
            }
        }
    }
}

/// Calls made for one purpose, in step with all others of the connection.
pub struct Watch {
    pacer: Arc<Pacer>,
    calls: AtomicU32,
    /// The longest wait for a limit that is sat out.
    patience: Duration,
    /// How often a call that only asks is made.
    tries: u32,
}

impl Watch {
    /// For a run: what is sent is tried again by its own rules. A look-up of many records is many
    /// calls, and one lost answer among them is not worth all the others.
    pub const fn of_run(pacer: Arc<Pacer>, patience: Duration) -> Self {
        Self { pacer, calls: AtomicU32::new(0), patience, tries: 3 }
    }

    /// For a question that a person waits for: one lost answer is not worth a second click, and
    /// of a line that loses one answer in five, five tries leave one question in three thousand.
    pub const fn of_question(pacer: Arc<Pacer>) -> Self {
        let patience = Duration::from_secs(15);
        Self { pacer, calls: AtomicU32::new(0), patience, tries: 5 }
    }

    /// Calls made for it.
    pub fn calls(&self) -> u32 {
        self.calls.load(Ordering::SeqCst)
    }

    /// As [`Pacer::day`].
    ///
    /// # Errors
    /// As there.
    pub fn day(&self) -> Result<(u32, String), serde_json::Error> {
        self.pacer.day()
    }
}

#[async_trait]
impl CallWatch for Watch {
    async fn before_call(&self) -> Result<(), ProviderError> {
        self.pacer.take_place(self.patience).await
    }

    fn after_call(&self, call: &CallRecord) {
        self.calls.fetch_add(1, Ordering::SeqCst);
        let now = self.pacer.clock.now();
        let mut throttle = self.pacer.throttle();
        throttle.end(now, call.remaining);
        if let Some(after) = call.retry_after {
            throttle.hold(now, after);
        }
        drop(throttle);
        self.pacer.ended.notify_waiters();
    }

    async fn ask_again(&self, error: &ProviderError, failed: u32) -> bool {
        if failed >= self.tries {
            return false;
        }
        let pause = match error {
            ProviderError::NotReached
            | ProviderError::Unavailable
            | ProviderError::Protocol { .. } => FIRST_PAUSE * 2_u32.saturating_pow(failed - 1),
            // The hold that the answer asked for is waited out before the next call.
            ProviderError::RateLimited { after } if *after <= self.patience => return true,
            _ => return false,
        };
        self.pacer.timer.sleep(pause).await;
        true
    }
}
