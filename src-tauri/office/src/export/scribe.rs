//! One writer for all runs of a book: what several of them write at the same moment becomes one
//! transaction, so that ten connections wait for one disk and not for each other.
//!
//! Never answers before the disk has it, and never lets one part take another down with it.

use crate::fault::{Code, Fault};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use store::{Store, Tx};
use tokio::sync::oneshot::{self, error::TryRecvError};

/// Work inside a transaction that somebody else begins and commits.
pub type Writing<'a, T> = Pin<Box<dyn Future<Output = Result<T, Fault>> + Send + 'a>>;

type Part = Box<dyn for<'a> FnOnce(&'a mut Tx) -> Writing<'a, ()> + Send>;

struct Waiting {
    part: Part,
    done: oneshot::Sender<Result<(), Fault>>,
}

/// The writer of a book's runs. There is no task behind it: of those who wait, the first writes for
/// all, and while the disk is busy with that the next gather.
pub struct Scribe {
    store: Store,
    waiting: Mutex<Vec<Waiting>>,
    turn: tokio::sync::Mutex<()>,
}

impl Scribe {
    /// The writer of this book.
    pub fn new(store: Store) -> Self {
        Self { store, waiting: Mutex::default(), turn: tokio::sync::Mutex::default() }
    }

    /// Writes a part, durably, together with whatever else waits.
    ///
    /// # Errors
    /// What the part itself came to: then nothing of it is kept. Or what the database reports: then
    /// nothing is known of any part that was written together with it.
    pub async fn write<T: Send + 'static>(
        &self,
        part: impl for<'a> FnOnce(&'a mut Tx) -> Writing<'a, T> + Send + 'static,
    ) -> Result<T, Fault> {
        let kept = Arc::new(Mutex::new(None));
        let place = kept.clone();
        let part: Part = Box::new(move |tx| {
            Box::pin(async move {
                let value = part(tx).await?;
                *place.lock().unwrap_or_else(PoisonError::into_inner) = Some(value);
                Ok(())
            })
        });
        // Declared before the answer, so that it goes after it.
        let _leaving = Leaving(self);
        let (done, mut answer) = oneshot::channel();
        self.waiting().push(Waiting { part, done });
        tokio::select! {
            biased;
            outcome = &mut answer => outcome.map_err(|_| lost())??,
            _turn = self.turn.lock() => match answer.try_recv() {
                // Whoever had the turn before wrote this too.
                Ok(outcome) => outcome?,
                Err(TryRecvError::Closed) => return Err(lost()),
                Err(TryRecvError::Empty) => {
                    self.write_all().await;
                    answer.try_recv().map_err(|_| lost())??;
                }
            },
        }
        kept.lock().unwrap_or_else(PoisonError::into_inner).take().ok_or_else(lost)
    }

    fn waiting(&self) -> MutexGuard<'_, Vec<Waiting>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn write_all(&self) {
        let waiting = std::mem::take(&mut *self.waiting());
        let (parts, dones): (Vec<_>, Vec<_>) =
            waiting.into_iter().map(|one| (one.part, one.done)).unzip();
        let outcomes = match self.write_together(parts).await {
            Ok(outcomes) => outcomes,
            Err(fault) => vec![Err(fault); dones.len()],
        };
        for (done, outcome) in dones.into_iter().zip(outcomes) {
            // Whoever no longer waits learns of it from the book.
            done.send(outcome).unwrap_or_default();
        }
    }

    async fn write_together(&self, parts: Vec<Part>) -> Result<Vec<Result<(), Fault>>, Fault> {
        let mut tx = self.store.begin().await?;
        let mut outcomes = Vec::with_capacity(parts.len());
        for part in parts {
            tx.begin_part().await?;
            let outcome = part(&mut tx).await;
            tx.end_part(outcome.is_ok()).await?;
            outcomes.push(outcome);
        }
        tx.commit().await?;
        Ok(outcomes)
    }
}

/// Takes out what nobody waits for any more: a part that is given up is never written, and what it
/// holds (its run, and with it the book) is let go.
struct Leaving<'a>(&'a Scribe);

impl Drop for Leaving<'_> {
    fn drop(&mut self) {
        let mut waiting = self.0.waiting();
        let (given_up, kept) = waiting.drain(..).partition(|one| one.done.is_closed());
        *waiting = kept;
        drop(waiting);
        // Outside the lock: what is let go may be the last of this writer.
        drop::<Vec<Waiting>>(given_up);
    }
}

/// The one who wrote for all was stopped in the middle.
fn lost() -> Fault {
    Fault::new(Code::Internal, "What was being written was given up.")
}
