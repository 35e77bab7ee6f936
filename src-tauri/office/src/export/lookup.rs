//! Ending doubt: looking up what was sent and never answered.
//!
//! Never sends anything.

use super::build;
use super::claim::unreadable;
use super::engine::codes;
use super::last_call::LastCall;
use super::run::Run;
use super::send::{find_note, wanted};
use super::verdict::Judged;
use crate::fault::Fault;
use providers::document::ExportDocument;
use providers::{Found, Wanted};
use std::sync::Arc;
use store::exports::{Doubt, DueExport, ExportKind};
use uuid::Uuid;

/// Records in doubt, of one page.
#[derive(Default)]
struct Doubtful {
    readable: Vec<(DueExport, ExportDocument)>,
    /// Those without a document that makes sense.
    unreadable: Vec<DueExport>,
    /// The last of the page.
    last: Option<i64>,
}

impl Run {
    /// Looks up every record in doubt whose time has come.
    pub(super) async fn look_up_due(self: &Arc<Self>) -> Result<(), Fault> {
        for kind in ExportKind::ALL {
            let mut after = 0;
            while self.halted().is_none() {
                let batch = self.doubtful(*kind, after).await?;
                let Some(last) = batch.last else { break };
                after = last;
                self.give_up(batch.unreadable).await?;
                if !batch.readable.is_empty() {
                    self.look_up(*kind, &batch.readable).await?;
                }
            }
        }
        Ok(())
    }

    async fn doubtful(&self, kind: ExportKind, after: i64) -> Result<Doubtful, Fault> {
        let mut view = self.store.read().await?;
        let due = view.doubtful_exports(self.question(kind, None, after)).await?;
        let ids: Vec<Uuid> = due.iter().map(|record| record.document_id).collect();
        let contents = view.export_contents(kind, &ids).await?;
        let codes = codes(&mut view, self.connection, self.driver.own_codes()).await?;
        let last = due.last().map(|record| record.id);
        let mut found = Doubtful { last, ..Doubtful::default() };
        for record in due {
            // A mapping that went missing meanwhile does not keep it from being found.
            let content = contents.get(&record.document_id);
            match content.and_then(|it| build::document(&record, it, &codes)) {
                Some(built) => found.readable.push((record, built.document)),
                None => found.unreadable.push(record),
            }
        }
        Ok(found)
    }

    /// What cannot be asked about is a person's.
    async fn give_up(&self, lost: Vec<DueExport>) -> Result<(), Fault> {
        if lost.is_empty() {
            return Ok(());
        }
        let (connection, now) = (self.connection, self.clock.now());
        let changes: Vec<_> = lost.iter().map(|due| unreadable(due, now)).collect();
        let write = self.scribe.write(move |tx| {
            Box::pin(async move {
                Ok(tx.change_exports(connection, &changes, now.timestamp_millis()).await?)
            })
        });
        write.await.map(|_| ())
    }

    async fn look_up(
        self: &Arc<Self>,
        kind: ExportKind,
        batch: &[(DueExport, ExportDocument)],
    ) -> Result<(), Fault> {
        let started_at_ms = self.now_ms();
        let asked: Vec<Wanted> = batch.iter().map(|(_, document)| wanted(document)).collect();
        let last = LastCall::over(self.watch.clone());
        let found = self.driver.find(last.clone(), &asked).await;
        self.observe(found.as_ref().err(), None);
        let bench = self.bench();
        let judged: Vec<Judged> = batch
            .iter()
            .enumerate()
            .map(|(place, (due, document))| match &found {
                Ok(all) => bench.looked_up(due, document, all.get(place).unwrap_or(&Found::Absent)),
                Err(error) => bench.look_up_failed(due, error),
            })
            .collect();
        let mut call = find_note(started_at_ms, self.now_ms(), found.as_ref().err(), &last);
        call.attempts = judged.iter().map(|one| one.note.clone()).collect();
        let is_shared = batch
            .iter()
            .zip(&judged)
            .any(|((due, _), judged)| judged.found && due.doubt == Some(Doubt::Duplicate));
        self.settle(kind, judged, call).await?;
        if is_shared { self.share().await } else { Ok(()) }
    }

    /// A number that this book never saw accepted is there as ours: another desk sends the same
    /// documents. Money has no number that would be refused, so all that waits is looked up first.
    async fn share(&self) -> Result<(), Fault> {
        let connection = self.connection;
        let share = self
            .scribe
            .write(move |tx| Box::pin(async move { Ok(tx.look_up_first(connection).await?) }));
        share.await.map(|_| ())
    }
}
