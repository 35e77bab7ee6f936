//! Claiming, sending and settling one batch.
//!
//! Never lets a byte leave before the claim is on the disk, and never writes half of an answer.

use super::build;
use super::cause::Class;
use super::engine::codes;
use super::key::{self, KeyParts};
use super::pacer::Watch;
use super::run::Run;
use super::state::Event;
use super::verdict::{self, Flight, Judged};
use crate::fault::{Code, Fault};
use finance::ids::ConnectionId;
use providers::document::PushItem;
use providers::{Found, ProviderError, PushAnswer, Wanted};
use std::sync::Arc;
use store::Tx;
use store::exports::{CallNote, ClaimedExport, DueExport, ExportKind, ExportState, RecordChange};
use uuid::Uuid;

/// Listeners hear of progress at most this often.
const TELL_EVERY_MS: i64 = 250;

impl Run {
    /// Takes the next batch of a kind and writes it down as under way. Records that cannot go
    /// are put where a person sees them. Nothing when the queue is at its end.
    pub(super) async fn claim(
        &self,
        (kind, undo): (ExportKind, bool),
        after: &mut i64,
    ) -> Result<Option<Vec<Flight>>, Fault> {
        let now = self.clock.now();
        let mut tx = self.store.begin().await?;
        let due = tx.due_exports(self.question(kind, Some(undo), *after)).await?;
        let Some(last) = due.last() else { return Ok(None) };
        *after = last.id;
        let mut changes = Vec::new();
        let mut ready = Vec::new();
        for record in due {
            let kept = verdict::by_hand(&record, &self.driver.able(), now)
                .or_else(|| verdict::blocked(&record, now));
            match kept {
                Some(change) => changes.push(change),
                None => ready.push(record),
            }
        }
        let flights = self.make_ready(&mut tx, kind, ready, &mut changes).await?;
        let claims: Vec<ClaimedExport> = flights.iter().map(claim_of).collect();
        if !changes.is_empty() {
            tx.change_exports(self.connection, &changes, now.timestamp_millis()).await?;
        }
        if tx.claim_exports(&claims, now.timestamp_millis()).await? != claims.len() as u64 {
            return Err(Fault::new(Code::Internal, "A record was taken twice."));
        }
        tx.commit().await?;
        let mut tally = self.tally();
        changes.iter().for_each(|change| tally.count(change, false));
        Ok(Some(flights))
    }

    async fn make_ready(
        &self,
        tx: &mut Tx,
        kind: ExportKind,
        ready: Vec<DueExport>,
        changes: &mut Vec<RecordChange>,
    ) -> Result<Vec<Flight>, Fault> {
        let now = self.clock.now();
        if ready.is_empty() {
            return Ok(Vec::new());
        }
        if self.driver.batch_size(kind) == 0 {
            let cause = Class::Unsupported.about(kind.word(), &[("kind", kind.word())]);
            changes.extend(ready.iter().map(|due| {
                let mut change = verdict::change(due, Event::AskPerson, now);
                change.causes = vec![cause.clone()];
                change
            }));
            return Ok(Vec::new());
        }
        let ids: Vec<Uuid> = ready.iter().map(|due| due.document_id).collect();
        let contents = tx.export_contents(kind, &ids).await?;
        // Read anew for each batch: what a person maps meanwhile counts at once.
        let codes = codes(tx, self.connection, self.driver.own_codes()).await?;
        let mut flights = Vec::new();
        for due in ready {
            let content = contents.get(&due.document_id);
            let built = content
                .and_then(|content| build::document(&due, content, &codes))
                .ok_or_else(|| {
                    Fault::new(Code::BookDamaged, "A record to be sent has no document.")
                        .detail(due.id.to_string())
                })?;
            if built.gaps.is_empty() {
                flights.push(self.flight(due, built.document)?);
            } else {
                let mut change = verdict::change(&due, Event::AskPerson, now);
                change.causes = built.gaps.iter().map(build::Gap::cause).collect();
                changes.push(change);
            }
        }
        Ok(flights)
    }

    /// A record with its key. What was made ready under the same key before must be the same;
    /// otherwise it is looked up, and goes under the next revision's key.
    fn flight(
        &self,
        due: DueExport,
        document: providers::document::ExportDocument,
    ) -> Result<Flight, Fault> {
        let body = serde_json::to_string(&document)
            .map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
        let body_hash = key::body_hash(&body);
        let changed = due.body_hash.as_ref().is_some_and(|before| *before != body_hash);
        // Somebody there may have taken it back already.
        let look_first = due.look_first || changed || due.is_undo();
        let key = self.key(&due, due.revision);
        Ok(Flight { due, document, key, body_hash, look_first })
    }

    fn key(&self, due: &DueExport, revision: u32) -> String {
        let (connection, document) = (self.connection.to_string(), due.document_id.to_string());
        KeyParts {
            connection: &connection,
            kind: due.kind.word(),
            document: &document,
            operation: &due.operation,
            revision,
        }
        .idempotency_key()
    }

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
            let items: Vec<PushItem> = batch.iter().map(push_item).collect();
            let answer = self.driver.push(self.watch.clone(), &items).await;
            self.observe(first_error(&answer));
            let answer = self.confirmed(&batch, answer).await;
            if batch.len() > 1 && is_refused_as_whole(&answer) {
                let call = call_note("push", started_at_ms, self.now_ms(), &answer);
                self.note_only(&call).await?;
                let second = batch.split_off(batch.len() / 2);
                batches.push(second);
                batches.push(batch);
                continue;
            }
            let judged = self.judge(&batch, &answer);
            let mut call = call_note("push", started_at_ms, self.now_ms(), &answer);
            call.attempts = judged.iter().map(|one| one.note.clone()).collect();
            self.settle(batch[0].due.kind, judged, &call).await?;
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

    /// Looks up records that may be there. What is not there comes back under the next revision's
    /// key, on the disk before it is sent.
    async fn look_first(&self, flights: Vec<Flight>) -> Result<Vec<Flight>, Fault> {
        let kind = flights[0].due.kind;
        let started_at_ms = self.now_ms();
        let wanted: Vec<Wanted> = flights.iter().map(|one| wanted(&one.document)).collect();
        let found = self.driver.find(self.watch.clone(), &wanted).await;
        self.observe(found.as_ref().err());
        let bench = self.bench();
        let (mut judged, mut absent) = (Vec::new(), Vec::new());
        for (place, mut flight) in flights.into_iter().enumerate() {
            match found.as_ref().map(|all| all.get(place).unwrap_or(&Found::Absent)) {
                Ok(Found::Absent) => {
                    flight.due.revision += 1;
                    flight.key = self.key(&flight.due, flight.due.revision);
                    absent.push(flight);
                }
                Ok(there) => {
                    judged.push(bench.looked_up(&flight.due, &flight.document, there));
                }
                Err(error) => judged.push(bench.not_looked_up(&flight.due, error)),
            }
        }
        let mut call = find_note(started_at_ms, self.now_ms(), found.as_ref().err());
        call.attempts = judged.iter().map(|one| one.note.clone()).collect();
        self.revise(&absent).await?;
        self.settle(kind, judged, &call).await?;
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
        let mut tx = self.store.begin().await?;
        tx.revise_exports(&revised, self.now_ms()).await?;
        Ok(tx.commit().await?)
    }

    /// Writes what became of a batch in one transaction.
    pub(super) async fn settle(
        &self,
        kind: ExportKind,
        mut judged: Vec<Judged>,
        call: &CallNote,
    ) -> Result<(), Fault> {
        let now_ms = self.now_ms();
        let mut tx = self.store.begin().await?;
        self.refuse_taken(&mut tx, kind, &mut judged).await?;
        let changes: Vec<RecordChange> = judged.iter().map(|one| one.change.clone()).collect();
        if !changes.is_empty() {
            tx.change_exports(self.connection, &changes, now_ms).await?;
        }
        self.note(&mut tx, call).await?;
        tx.commit().await?;
        let mut tally = self.tally();
        judged.iter().for_each(|one| tally.count(&one.change, one.found));
        tally.calls = self.watch.calls();
        if now_ms - tally.told_at_ms >= TELL_EVERY_MS {
            tally.told_at_ms = now_ms;
            self.events.changed(&["exports"]);
            self.events.progress("export", tally.done().min(tally.total), tally.total);
        }
        Ok(())
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

    async fn note_only(&self, call: &CallNote) -> Result<(), Fault> {
        let mut tx = self.store.begin().await?;
        self.note(&mut tx, call).await?;
        Ok(tx.commit().await?)
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

/// What is written down: the hash stays that of what was first made ready under the key.
fn claim_of(flight: &Flight) -> ClaimedExport {
    ClaimedExport {
        id: flight.due.id,
        revision: flight.due.revision,
        key: flight.key.clone(),
        body_hash: flight.due.body_hash.clone().unwrap_or_else(|| flight.body_hash.clone()),
    }
}

fn push_item(flight: &Flight) -> PushItem {
    PushItem { document: flight.document.clone(), idempotency_key: flight.key.clone() }
}

pub(super) fn wanted(document: &providers::document::ExportDocument) -> Wanted {
    Wanted { kind: document.kind(), document: document.clone() }
}

fn is_refused_as_whole(answer: &PushAnswer) -> bool {
    answer.outcomes.iter().any(|outcome| matches!(outcome, Err(ProviderError::BatchRefused { .. })))
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
) -> CallNote {
    CallNote {
        call: "find",
        started_at_ms,
        ended_at_ms,
        status: None,
        request_id: None,
        excerpt: error.map(super::cause::error_text).unwrap_or_default(),
        attempts: Vec::new(),
    }
}
