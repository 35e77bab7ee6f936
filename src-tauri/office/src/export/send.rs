//! Sending one batch and settling it.
//!
//! Never sends what was not claimed, and never writes half of an answer.

use super::cause::Class;
use super::last_call::LastCall;
use super::pacer::Watch;
use super::run::Run;
use super::verdict::{Flight, Judged};
use crate::fault::{Code, Fault};
use finance::ids::ConnectionId;
use providers::{Found, ProviderError, PushAnswer, Wanted};
use std::sync::Arc;
use std::time::Duration;
use store::Tx;
use store::exports::{CallNote, ClaimedExport, ExportKind, ExportState, RecordChange};

/// Listeners hear of a change after so long, together with what follows until then.
const TELL_AFTER: Duration = Duration::from_millis(250);

impl Run {
    /// Sends a claimed batch and settles every record of it.
    pub(super) async fn send(self: &Arc<Self>, mut flights: Vec<Flight>) -> Result<(), Fault> {
        for flight in &mut flights {
            flight.due.state = ExportState::InFlight;
        }
        let (doubtful, mut clear): (Vec<_>, Vec<_>) =
            flights.into_iter().partition(|flight| flight.look_first);
        if !doubtful.is_empty() {
            clear.extend(self.look_first(doubtful).await?);
        }
        // Changes of what is there are other calls than new records.
        let (changes, new): (Vec<_>, Vec<_>) =
            clear.into_iter().partition(|flight| flight.due.is_update());
        let mut batches = vec![changes, new];
        while let Some(mut batch) = batches.pop() {
            if batch.is_empty() {
                continue;
            }
            let started_at_ms = self.now_ms();
            let answer = match self.items(&batch).await? {
                Ok(items) => self.driver.push(self.watch.clone(), &items).await,
                Err(refusal) => PushAnswer::refused(refusal),
            };
            self.observe(first_error(&answer), answer.status);
            let mut answer = self.confirmed(&batch, answer).await;
            if batch.len() > 1 {
                let mut refused = refused_together(&mut batch, &mut answer);
                let second = refused.split_off(refused.len() / 2);
                batches.extend([second, refused]);
            }
            let judged = self.judge(&batch, &answer);
            let mut call = call_note("push", started_at_ms, self.now_ms(), &answer);
            call.attempts = judged.iter().map(|one| one.note.clone()).collect();
            match batch.first().map(|first| first.due.kind) {
                Some(kind) => self.settle(kind, judged, call).await?,
                None => self.note_only(call).await?,
            }
        }
        Ok(())
    }

    fn judge(&self, batch: &[Flight], answer: &PushAnswer) -> Vec<Judged> {
        let bench = self.bench();
        let missing = Err(ProviderError::OutcomeUnknown {
            seen: "the answer has no entry for this record".to_owned(),
        });
        batch
            .iter()
            .enumerate()
            .map(|(place, flight)| {
                let outcome = answer.outcomes.get(place).unwrap_or(&missing);
                bench.pushed(flight, outcome, answer.status)
            })
            .collect()
    }

    /// Looks up records that may be there. What was sent and is not there comes back under the next
    /// revision's key, on the disk before it is sent.
    async fn look_first(self: &Arc<Self>, flights: Vec<Flight>) -> Result<Vec<Flight>, Fault> {
        let kind = flights[0].due.kind;
        let started_at_ms = self.now_ms();
        let wanted: Vec<Wanted> = flights.iter().map(|one| wanted(&one.document)).collect();
        let last = LastCall::over(self.watch.clone());
        let found = self.driver.find(last.clone(), &wanted).await;
        self.observe(found.as_ref().err(), None);
        let bench = self.bench();
        let (mut judged, mut absent) = (Vec::new(), Vec::new());
        for (place, mut flight) in flights.into_iter().enumerate() {
            match found.as_ref().map(|all| all.get(place).unwrap_or(&Found::Absent)) {
                Ok(Found::Absent) => {
                    // What this book never sent keeps its key: another desk that sends the same
                    // at this moment uses it too, and one of the two counts there.
                    if flight.due.sent_at_ms.is_some() {
                        flight.due.revision += 1;
                        flight.key = self.key(&flight.due, flight.due.revision);
                    }
                    absent.push(flight);
                }
                Ok(there) => {
                    judged.push(bench.looked_up(&flight.due, &flight.document, there));
                }
                Err(error) => judged.push(bench.not_looked_up(&flight.due, error)),
            }
        }
        let mut call = find_note(started_at_ms, self.now_ms(), found.as_ref().err(), &last);
        call.attempts = judged.iter().map(|one| one.note.clone()).collect();
        self.revise(&absent).await?;
        self.settle(kind, judged, call).await?;
        Ok(absent)
    }

    async fn revise(&self, flights: &[Flight]) -> Result<(), Fault> {
        if flights.is_empty() {
            return Ok(());
        }
        let revised: Vec<ClaimedExport> = flights
            .iter()
            .map(|flight| ClaimedExport {
                id: flight.due.id,
                revision: flight.due.revision,
                key: flight.key.clone(),
                body_hash: flight.body_hash.clone(),
            })
            .collect();
        let now_ms = self.now_ms();
        let revise = self.scribe.write(move |tx| {
            Box::pin(async move { Ok(tx.revise_exports(&revised, now_ms).await?) })
        });
        revise.await.map(|_| ())
    }

    /// Writes what became of a batch, all of it or nothing.
    pub(super) async fn settle(
        self: &Arc<Self>,
        kind: ExportKind,
        judged: Vec<Judged>,
        call: CallNote,
    ) -> Result<(), Fault> {
        let (run, now_ms) = (self.clone(), self.now_ms());
        let settle = self.scribe.write(move |tx| {
            Box::pin(async move { run.settle_in(tx, (kind, now_ms), judged, &call).await })
        });
        let judged = settle.await?;
        let mut tally = self.tally();
        judged.iter().for_each(|one| tally.count(kind, &one.change, one.found));
        tally.calls = self.watch.calls();
        drop(tally);
        self.tell();
        Ok(())
    }

    /// Lets listeners hear how far it is, also where nothing more happens for a while. Keeps no book
    /// open for it.
    pub(super) fn tell(self: &Arc<Self>) {
        if std::mem::replace(&mut self.tally().telling, true) {
            return;
        }
        let run = Arc::downgrade(self);
        tokio::spawn(async move {
            tokio::time::sleep(TELL_AFTER).await;
            let Some(run) = run.upgrade() else { return };
            let mut tally = run.tally();
            tally.telling = false;
            // Its end is told by itself, and comes last.
            if tally.ended_at_ms.is_none() {
                run.events.changed(&["exports"]);
                run.events.progress("export", tally.done().min(tally.total), tally.total);
            }
        });
    }

    async fn settle_in(
        &self,
        tx: &mut Tx,
        (kind, now_ms): (ExportKind, i64),
        mut judged: Vec<Judged>,
        call: &CallNote,
    ) -> Result<Vec<Judged>, Fault> {
        self.refuse_taken(tx, kind, &mut judged).await?;
        let changes: Vec<RecordChange> = judged.iter().map(|one| one.change.clone()).collect();
        if !changes.is_empty() {
            tx.change_exports(self.connection, &changes, now_ms).await?;
        }
        if matches!(kind, ExportKind::Invoice | ExportKind::CreditNote) {
            let arrived = judged.iter().filter(|one| one.change.to == ExportState::Exported);
            let arrived: Vec<_> = arrived.map(|one| (one.change.record, one.found)).collect();
            tx.queue_attachments(&arrived, now_ms).await?;
        }
        self.note(tx, call).await?;
        Ok(judged)
    }

    /// One record there cannot be two of ours: the second is shown to a person.
    async fn refuse_taken(
        &self,
        tx: &mut Tx,
        kind: ExportKind,
        judged: &mut [Judged],
    ) -> Result<(), Fault> {
        let wanted: Vec<(i64, &str)> = judged
            .iter()
            .filter_map(|one| {
                one.change.external.as_ref().map(|there| (one.change.record, there.id.as_str()))
            })
            .collect();
        if wanted.is_empty() {
            return Ok(());
        }
        let mut taken = tx.taken_external_ids(self.connection, kind, &wanted).await?;
        let mut seen = std::collections::HashSet::new();
        taken.extend(wanted.iter().filter(|(_, id)| !seen.insert(*id)).map(|(record, _)| *record));
        for one in judged.iter_mut().filter(|one| taken.contains(&one.change.record)) {
            let there = one.change.external.take();
            let number = there.as_ref().map_or("", |there| there.number.as_str());
            let id = there.as_ref().map_or("", |there| there.id.as_str());
            let params = [("number", number), ("external_id", id)];
            one.change.to = ExportState::NeedsReview;
            one.change.causes =
                vec![Class::Duplicate.about(one.change.record.to_string(), &params)];
        }
        Ok(())
    }

    async fn note_only(self: &Arc<Self>, call: CallNote) -> Result<(), Fault> {
        let run = self.clone();
        self.scribe.write(move |tx| Box::pin(async move { run.note(tx, &call).await })).await
    }

    /// Writes a call into the history, and with it the calls of the day: a program that dies in
    /// the middle of a run must not forget how much of the limit is used.
    async fn note(&self, tx: &mut Tx, call: &CallNote) -> Result<(), Fault> {
        tx.note_call(self.connection, call).await?;
        keep_count(tx, self.connection, &self.watch).await
    }
}

/// Keeps the calls of the day.
///
/// # Errors
/// What the database reports.
pub(crate) async fn keep_count(
    tx: &mut Tx,
    connection: ConnectionId,
    watch: &Watch,
) -> Result<(), Fault> {
    let day = watch.day().map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
    let (calls_left, day_use) = day;
    Ok(tx.keep_day_use(connection, &day_use, calls_left).await?)
}

pub(super) fn wanted(document: &providers::document::ExportDocument) -> Wanted {
    Wanted { kind: document.kind(), document: document.clone() }
}

/// Takes out of a batch what was refused only for the company it was in: a system may have taken a part
/// of the batch before, and that must not be sent again.
fn refused_together(batch: &mut Vec<Flight>, answer: &mut PushAnswer) -> Vec<Flight> {
    let is_refused = |outcome: &Result<_, ProviderError>| {
        matches!(outcome, Err(ProviderError::BatchRefused { .. }))
    };
    let refused: Vec<bool> = answer.outcomes.iter().map(is_refused).collect();
    let mut places = refused.iter().copied();
    let taken = batch.extract_if(.., |_| places.next().unwrap_or_default()).collect();
    answer.outcomes.retain(|outcome| !is_refused(outcome));
    taken
}

/// The failure that says most about the connection.
fn first_error(answer: &PushAnswer) -> Option<&ProviderError> {
    let errors = || answer.outcomes.iter().filter_map(|outcome| outcome.as_ref().err());
    let connection = errors().find(|error| {
        matches!(
            error,
            ProviderError::SignInNeeded
                | ProviderError::RateLimited { .. }
                | ProviderError::NotReached
                | ProviderError::Unavailable
        )
    });
    connection.or_else(|| errors().next())
}

fn call_note(
    call: &'static str,
    started_at_ms: i64,
    ended_at_ms: i64,
    answer: &PushAnswer,
) -> CallNote {
    CallNote {
        call,
        started_at_ms,
        ended_at_ms,
        status: answer.status,
        request_id: answer.request_id.clone(),
        excerpt: answer.excerpt.clone(),
        attempts: Vec::new(),
    }
}

pub(super) fn find_note(
    started_at_ms: i64,
    ended_at_ms: i64,
    error: Option<&ProviderError>,
    last: &LastCall,
) -> CallNote {
    let (status, request_id) = last.answer();
    CallNote {
        call: "find",
        started_at_ms,
        ended_at_ms,
        status,
        request_id,
        excerpt: error.map(super::cause::error_text).unwrap_or_default(),
        attempts: Vec::new(),
    }
}
