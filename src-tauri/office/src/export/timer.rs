//! Waiting, so that a test about six minutes takes none.
//!
//! Never used to wait for a lock or an answer: only for time to pass.

use async_trait::async_trait;
use std::time::Duration;

/// Lets time pass.
#[async_trait]
pub trait Timer: Send + Sync {
    /// Comes back after this long.
    async fn sleep(&self, span: Duration);
}

/// The machine's time.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemTimer;

#[async_trait]
impl Timer for SystemTimer {
    async fn sleep(&self, span: Duration) {
        tokio::time::sleep(span).await;
    }
}
