//! Lets calls out as fast as the published limits allow, and counts them.
//!
//! Never exceeds a limit to be nice: a wait that is too long to sit out ends the run instead.

use super::pace::Pace;
use super::timer::Timer;
use crate::clock::Clock;
use async_trait::async_trait;
use providers::ProviderError;
use providers::capabilities::RateLimits;
use providers::session::{CallRecord, CallWatch};
use providers::throttle::{DayUse, Throttle, Wait};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;

/// The calls of one connection during a run.
pub struct Pacer {
    throttle: Mutex<Throttle>,
    ended: Notify,
    calls: AtomicU32,
    stopped: Arc<AtomicBool>,
    clock: Arc<dyn Clock>,
    timer: Arc<dyn Timer>,
    patience: Duration,
}

impl Pacer {
    /// Starts with the calls of the last day.
    pub fn new(
        (limits, day): (RateLimits, DayUse),
        pace: &Pace,
        clock: Arc<dyn Clock>,
        timer: Arc<dyn Timer>,
        stopped: Arc<AtomicBool>,
    ) -> Self {
        Self {
            throttle: Mutex::new(Throttle::new(limits, day)),
            ended: Notify::new(),
            calls: AtomicU32::new(0),
            stopped,
            clock,
            timer,
            patience: pace.patience.to_std().unwrap_or_default(),
        }
    }

    /// Calls made in this run.
    pub fn calls(&self) -> u32 {
        self.calls.load(Ordering::SeqCst)
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
}

#[async_trait]
impl CallWatch for Pacer {
    async fn before_call(&self) -> Result<(), ProviderError> {
        loop {
            let ended = self.ended.notified();
            tokio::pin!(ended);
            ended.as_mut().enable();
            let wait = self.throttle().next_allowed(self.clock.now());
            match wait {
                Ok(()) => return Ok(()),
                Err(Wait::ForCallToEnd) => ended.await,
                Err(Wait::For(wait))
                    if wait > self.patience || self.stopped.load(Ordering::SeqCst) =>
                {
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

    fn after_call(&self, call: &CallRecord) {
        self.calls.fetch_add(1, Ordering::SeqCst);
        let now = self.clock.now();
        let mut throttle = self.throttle();
        throttle.end(now, call.remaining);
        if let Some(after) = call.retry_after {
            throttle.hold(now, after);
        }
        drop(throttle);
        self.ended.notify_waiters();
    }
}
