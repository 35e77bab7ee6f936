//! What the last call of a look-up was, for the history: whoever asks the provider about it needs the
//! provider's own id of the request.
//!
//! Never paces or counts: the watch behind it does.

use async_trait::async_trait;
use providers::ProviderError;
use providers::session::{CallRecord, CallWatch};
use std::sync::{Arc, Mutex, PoisonError};

/// A run's watch, which remembers the last call that was answered.
pub(super) struct LastCall {
    inner: Arc<dyn CallWatch>,
    seen: Mutex<CallRecord>,
}

impl LastCall {
    /// Over the watch of a run, for one look-up.
    pub(super) fn over(inner: Arc<dyn CallWatch>) -> Arc<Self> {
        Arc::new(Self { inner, seen: Mutex::default() })
    }

    /// HTTP status and the provider's id of the request, where there was an answer.
    pub(super) fn answer(&self) -> (Option<u16>, Option<String>) {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        (seen.status, seen.request_id.clone())
    }
}

#[async_trait]
impl CallWatch for LastCall {
    async fn before_call(&self) -> Result<(), ProviderError> {
        self.inner.before_call().await
    }

    fn after_call(&self, call: &CallRecord) {
        if call.status.is_some() {
            *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = call.clone();
        }
        self.inner.after_call(call);
    }

    async fn ask_again(&self, error: &ProviderError, failed: u32) -> bool {
        self.inner.ask_again(error, failed).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[derive(Default)]
    struct Counting(AtomicUsize);

    #[async_trait]
    impl CallWatch for Counting {
        async fn before_call(&self) -> Result<(), ProviderError> {
            Ok(())
        }

        fn after_call(&self, _: &CallRecord) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }

        async fn ask_again(&self, _: &ProviderError, _: u32) -> bool {
            false
        }
    }

    #[test]
    fn the_last_answer_is_kept_and_every_call_is_counted() {
        let inner = Arc::new(Counting::default());
        let last = LastCall::over(inner.clone());
        assert_eq!(last.answer(), (None, None));
        for (status, id) in [(Some(200), Some("1-a")), (Some(503), Some("1-b")), (None, None)] {
            let request_id = id.map(str::to_owned);
            last.after_call(&CallRecord { status, request_id, ..CallRecord::default() });
        }
        assert_eq!(last.answer(), (Some(503), Some("1-b".to_owned())));
        assert_eq!(inner.0.load(Ordering::SeqCst), 3);
    }
}
