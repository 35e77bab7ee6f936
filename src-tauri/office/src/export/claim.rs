//! Taking a batch from the queue and making it ready.
//!
//! Never lets a batch go before its keys and the hashes of its bodies are on the disk.

use super::build;
use super::cause::Class;
use super::engine::codes;
use super::key::{self, KeyParts};
use super::run::Run;
use super::state::Event;
use super::verdict::{self, Flight};
use crate::fault::{Code, Fault};
use chrono::{DateTime, Utc};
use std::sync::Arc;
use store::Tx;
use store::exports::{ClaimedExport, DueExport, ExportKind, ExportState, RecordChange};
use uuid::Uuid;

/// No other record of the kind would fare better.
const BARRING: [Class; 2] = [Class::NotPermitted, Class::PlanLimit];

/// What was taken from the queue at once.
struct Claim {
    /// The last record that was looked at.
    last: i64,
    /// What goes out.
    flights: Vec<Flight>,
    /// What could not go.
    changes: Vec<RecordChange>,
}

impl Run {
    /// Takes the next batch of a kind and writes it down as under way. Records that cannot go
    /// are put where a person sees them. Nothing when the queue is at its end.
    pub(super) async fn claim(
        self: &Arc<Self>,
        of: (ExportKind, bool),
        after: &mut i64,
    ) -> Result<Option<Vec<Flight>>, Fault> {
        let (run, from) = (self.clone(), *after);
        let claim =
            self.scribe.write(move |tx| Box::pin(async move { run.claim_in(tx, of, from).await }));
        let Some(claim) = claim.await? else { return Ok(None) };
        *after = claim.last;
        let mut tally = self.tally();
        claim.changes.iter().for_each(|change| tally.count(of.0, change, false));
        drop(tally);
        self.tell();
        Ok(Some(claim.flights))
    }

    async fn claim_in(
        &self,
        tx: &mut Tx,
        (kind, undo): (ExportKind, bool),
        after: i64,
    ) -> Result<Option<Claim>, Fault> {
        let now = self.clock.now();
        let due = tx.due_exports(self.question(kind, Some(undo), after)).await?;
        let Some(last) = due.last().map(|last| last.id) else { return Ok(None) };
        let due = self.rightly_addressed(tx, kind, due).await?;
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
        let ready = self.permitted(tx, ready, &mut changes).await?;
        let flights = self.make_ready(tx, kind, ready, &mut changes).await?;
        let claims: Vec<ClaimedExport> = flights.iter().map(claim_of).collect();
        if !changes.is_empty() {
            tx.change_exports(self.connection, &changes, now.timestamp_millis()).await?;
        }
        if tx.claim_exports(&claims, now.timestamp_millis()).await? != claims.len() as u64 {
            return Err(Fault::new(Code::Internal, "A record was taken twice."));
        }
        Ok(Some(Claim { last, flights, changes }))
    }

    /// Those whose customer is kept in their currency. What was recorded since the run looked, and is
    /// not, waits for a customer of its own.
    async fn rightly_addressed(
        &self,
        tx: &mut Tx,
        kind: ExportKind,
        mut due: Vec<DueExport>,
    ) -> Result<Vec<DueExport>, Fault> {
        let is_addressed =
            matches!(kind, ExportKind::Invoice | ExportKind::CreditNote | ExportKind::OnAccount);
        if is_addressed && self.driver.customers_by_currency() {
            let ids: Vec<i64> = due.iter().map(|record| record.id).collect();
            let now_ms = self.now_ms();
            let moved = tx.part_customers_by_currency(self.connection, Some(&ids), now_ms).await?;
            due.retain(|record| !moved.contains(&record.id));
        }
        Ok(due)
    }

    /// What the company refuses altogether waits with what it refused, and costs no call. What a
    /// person let go is tried again, and says whether that is so still.
    async fn permitted(
        &self,
        tx: &mut Tx,
        ready: Vec<DueExport>,
        changes: &mut Vec<RecordChange>,
    ) -> Result<Vec<DueExport>, Fault> {
        let ids: Vec<i64> = ready.iter().map(|due| due.id).collect();
        let barred = tx.barred_exports(&ids, &BARRING.map(Class::word)).await?;
        let (mut free, now) = (Vec::new(), self.clock.now());
        for due in ready {
            let by = barred.iter().find(|(record, _)| *record == due.id);
            let class = by.and_then(|(_, word)| BARRING.into_iter().find(|it| it.word() == word));
            let Some(class) = class else {
                free.push(due);
                continue;
            };
            let mut change = verdict::change(&due, Event::AskPerson, now);
            change.causes = vec![class.about("", &[])];
            changes.push(change);
        }
        Ok(free)
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
            let built = content.and_then(|content| build::document(&due, content, &codes));
            let Some(built) = built else {
                changes.push(unreadable(&due, now));
                continue;
            };
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

    /// The key of a revision of a record.
    pub(super) fn key(&self, due: &DueExport, revision: u32) -> String {
        let (connection, document) = (self.connection.to_string(), due.document_id.to_string());
        let operation = match due.currency {
            Some(currency) => format!("{} {}", due.operation, currency.code()),
            None => due.operation.clone(),
        };
        KeyParts {
            connection: &connection,
            kind: due.kind.word(),
            document: &document,
            operation: &operation,
            revision,
        }
        .idempotency_key()
    }
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

/// A record whose document cannot be read from the book, or makes no sense: a person looks, and the
/// others go on.
pub(super) fn unreadable(due: &DueExport, now: DateTime<Utc>) -> RecordChange {
    let mut change = verdict::change(due, Event::AskPerson, now);
    change.look_first = due.look_first || due.state == ExportState::Unknown;
    change.causes = vec![Class::Internal.about(due.kind.word(), &[("kind", due.kind.word())])];
    change
}
