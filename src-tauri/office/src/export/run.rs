//! One run over one connection: what is in doubt is looked up, then what waits is sent, customers
//! before documents before money.
//!
//! Never sends what is not written down as under way, and never holds a transaction open while
//! it waits for an answer.

use super::breaker::{Breaker, Gate};
use super::driver::Driver;
use super::pace::{Dice, Pace};
use super::pacer::Watch;
use super::scribe::Scribe;
use super::tally::Tally;
use super::verdict::Bench;
use crate::clock::Clock;
use crate::events::Events;
use crate::fault::{Code, Fault};
use chrono::{DateTime, Utc};
use finance::ids::ConnectionId;
use providers::ProviderError;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use store::Store;
use store::exports::{DueQuestion, ExportKind};
use tokio::task::JoinSet;

/// What may be under way together.
struct Stage {
    kinds: &'static [ExportKind],
    /// Only what is taken back; otherwise only what is not.
    undo: bool,
}

/// What holds credit comes before what is taken out of it, and goes after it.
const KEPT: &[ExportKind] = &[ExportKind::OnAccount];

const MONEY: &[ExportKind] =
    &[ExportKind::Payment, ExportKind::CreditAllocation, ExportKind::WriteOff, ExportKind::Refund];

/// Each stage needs the one before it: what is taken back makes room for what takes its place.
const STAGES: [Stage; 8] = [
    Stage { kinds: &[ExportKind::Customer], undo: false },
    Stage { kinds: &[ExportKind::Invoice, ExportKind::CreditNote], undo: false },
    Stage { kinds: MONEY, undo: true },
    Stage { kinds: KEPT, undo: true },
    Stage { kinds: KEPT, undo: false },
    Stage { kinds: MONEY, undo: false },
    Stage { kinds: &[ExportKind::Journal], undo: false },
    // Last: a file that makes trouble holds up nothing but files.
    Stage { kinds: &[ExportKind::Attachment], undo: false },
];

/// Why a run ends before the queue does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Halt {
    /// A person must sign in.
    SignIn,
    /// A call limit is used up until then.
    Held(DateTime<Utc>),
    /// The system does not answer; nothing is sent until then.
    Resting(DateTime<Utc>),
    /// A person has not let it begin yet.
    NotStarted,
    /// Somebody stopped it.
    Stopped,
}

/// What a run may send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Everything that is due.
    All,
    /// Only what was sent before: it is brought to its end, and nothing new leaves.
    Begun,
}

/// A run in progress.
pub struct Run {
    pub(super) store: Store,
    pub(super) scribe: Arc<Scribe>,
    pub(super) connection: ConnectionId,
    pub(super) driver: Driver,
    pub(super) reach: Reach,
    pub(super) watch: Arc<Watch>,
    pub(super) pace: Pace,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) dice: Arc<dyn Dice>,
    pub(super) events: Events,
    pub(super) tally: Arc<Mutex<Tally>>,
    pub(super) breaker: Mutex<Breaker>,
    pub(super) halt: Mutex<Option<Halt>>,
    pub(super) stopped: Arc<AtomicBool>,
}

impl Run {
    /// Works until nothing is due or something holds the connection.
    ///
    /// # Errors
    /// What the book refuses; records under way are then in doubt.
    pub async fn work(self: &Arc<Self>) -> Result<(), Fault> {
        loop {
            let moved = self.tally().moved;
            self.gather_kept().await?;
            self.part_customers().await?;
            self.look_up_due().await?;
            for stage in &STAGES {
                self.stage(stage).await?;
            }
            if self.halted().is_some() || self.tally().moved == moved {
                return Ok(());
            }
        }
    }

    /// Gives what waits in a foreign currency a customer in it, where a customer has one currency.
    async fn part_customers(self: &Arc<Self>) -> Result<(), Fault> {
        if self.reach == Reach::Begun || !self.driver.customers_by_currency() {
            return Ok(());
        }
        let (connection, now_ms) = (self.connection, self.now_ms());
        let parting = self.scribe.write(move |tx| {
            Box::pin(
                async move { Ok(tx.part_customers_by_currency(connection, None, now_ms).await?) },
            )
        });
        parting.await.map(|_| ())
    }

    async fn stage(self: &Arc<Self>, stage: &Stage) -> Result<(), Fault> {
        let mut batches = JoinSet::new();
        for kind in stage.kinds {
            let mut after = 0;
            loop {
                while batches.len() >= self.width() {
                    joined(batches.join_next().await)?;
                }
                if self.halted().is_some() {
                    break;
                }
                let Some(flights) = self.claim((*kind, stage.undo), &mut after).await? else {
                    break;
                };
                if !flights.is_empty() {
                    let run = self.clone();
                    batches.spawn(async move { run.send(flights).await });
                }
            }
        }
        while !batches.is_empty() {
            joined(batches.join_next().await)?;
        }
        Ok(())
    }

    /// Batches that may be under way at once: one while it is not known whether the system
    /// answers.
    fn width(&self) -> usize {
        match self.breaker().gate(self.clock.now()) {
            Gate::Open => self.driver.limits().concurrent.max(1),
            Gate::Probe | Gate::Resting(_) => 1,
        }
    }

    /// Why nothing more may go out, if so.
    pub(super) fn halted(&self) -> Option<Halt> {
        if self.stopped.load(Ordering::SeqCst) {
            return Some(Halt::Stopped);
        }
        if let Gate::Resting(until) = self.breaker().gate(self.clock.now()) {
            return Some(Halt::Resting(until));
        }
        *self.halt.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Learns from a call whether the system answers at all, and what holds the connection.
    pub(super) fn observe(&self, error: Option<&ProviderError>, status: Option<u16>) {
        let now = self.clock.now();
        let halt = match error {
            Some(ProviderError::NotReached | ProviderError::Unavailable) => {
                self.breaker().unanswered(now, &self.pace);
                return;
            }
            // What was sent may be there, but nobody answered.
            Some(ProviderError::OutcomeUnknown { .. }) if is_unanswered(status) => {
                self.breaker().unanswered(now, &self.pace);
                return;
            }
            // An answer that does not say what became of this one: it says nothing either way.
            Some(ProviderError::OutcomeUnknown { .. }) => return,
            Some(ProviderError::SignInNeeded) => Some(Halt::SignIn),
            Some(ProviderError::RateLimited { after }) => chrono::TimeDelta::from_std(*after)
                .ok()
                .filter(|after| *after > self.pace.patience)
                .map(|after| Halt::Held(now + after)),
            _ => None,
        };
        self.breaker().answered();
        if halt.is_some() {
            *self.halt.lock().unwrap_or_else(PoisonError::into_inner) = halt;
        }
    }

    /// `undo` asks for what is taken back only, or for all but that; nothing: for both.
    pub(super) fn question(&self, kind: ExportKind, undo: Option<bool>, after: i64) -> DueQuestion {
        let size = match undo {
            Some(true) => self.driver.removal_size(),
            _ => self.driver.batch_size(kind),
        };
        let limit = match size {
            0 => 50,
            size => u32::try_from(size).unwrap_or(u32::MAX),
        };
        DueQuestion {
            connection: self.connection,
            kind,
            undo,
            after,
            now_ms: self.clock.now().timestamp_millis(),
            limit,
            begun: self.reach == Reach::Begun,
        }
    }

    pub(super) fn bench(&self) -> Bench<'_> {
        Bench {
            pace: &self.pace,
            dice: self.dice.as_ref(),
            now: self.clock.now(),
            certain_at_once: self.driver.certain_at_once(),
        }
    }

    pub(super) fn now_ms(&self) -> i64 {
        self.clock.now().timestamp_millis()
    }

    pub(super) fn tally(&self) -> MutexGuard<'_, Tally> {
        self.tally.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn breaker(&self) -> MutexGuard<'_, Breaker> {
        self.breaker.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether an answer is none: the line broke, or a gateway or the system itself gave up.
const fn is_unanswered(status: Option<u16>) -> bool {
    matches!(status, None | Some(408 | 500..=599))
}

fn joined(done: Option<Result<Result<(), Fault>, tokio::task::JoinError>>) -> Result<(), Fault> {
    match done {
        Some(Ok(outcome)) => outcome,
        Some(Err(lost)) => {
            Err(Fault::new(Code::Internal, "A batch came to grief.").detail(lost.to_string()))
        }
        None => Ok(()),
    }
}
