//! Queueing what is kept as credit, for systems that are told of it as money on account.
//!
//! Never for money that came from the system itself, never more than what is unused here, and never
//! what comes to no bank account there: that is told when an invoice takes it.

use super::codes::Codes;
use super::engine::codes;
use super::run::{Reach, Run};
use super::{key, money};
use crate::fault::Fault;
use std::sync::Arc;
use store::exports::{CreditQuestion, CreditToTell, ExportKind};
use store::{ConnectionRow, Tx, View};

/// Payments that are gone through in one transaction.
const PORTION: u32 = 500;

/// Whether something would be queued or taken out of the queue now that is not to wait for the next run
/// of the schedule.
///
/// # Errors
/// What the database reports.
pub(crate) async fn waits(view: &mut View, connection: &ConnectionRow) -> Result<bool, Fault> {
    let codes = codes(view, connection.id, false).await?;
    if !misplaced(view, connection, &codes).await?.is_empty() {
        return Ok(true);
    }
    let mut next = Some(0);
    while let Some(after) = next {
        let found = portion(view, connection, &codes, after).await?;
        if !found.to_tell.is_empty() {
            return Ok(true);
        }
        next = found.next;
    }
    Ok(false)
}

/// Some of what a company is to know.
struct Portion {
    /// What it can keep.
    to_tell: Vec<CreditToTell>,
    /// Where the next one begins, if there may be more.
    next: Option<i64>,
}

async fn portion(
    view: &mut View,
    connection: &ConnectionRow,
    codes: &Codes,
    after: i64,
) -> Result<Portion, Fault> {
    let methods = codes.methods_to_banks();
    let which = CreditQuestion { connection: connection.id, methods, after, limit: PORTION };
    let mut to_tell = view.credit_to_tell(&which).await?;
    let is_full = to_tell.len() >= PORTION as usize;
    let next = to_tell.last().map(|last| last.row).filter(|_| is_full);
    to_tell.retain(|more| money::comes_to_bank(&more.content, codes));
    Ok(Portion { to_tell, next })
}

impl Run {
    /// Queues what the company is to know of money kept as credit beyond what it was told, and takes
    /// out of the queue what it cannot keep.
    ///
    /// # Errors
    /// What the database reports.
    pub(super) async fn gather_kept(self: &Arc<Self>) -> Result<(), Fault> {
        if self.reach == Reach::Begun || self.driver.batch_size(ExportKind::OnAccount) == 0 {
            return Ok(());
        }
        let now_ms = self.now_ms();
        let mut next = Some(0);
        while let Some(after) = next {
            let mut view = self.store.read().await?;
            let Some(row) = view.find_connection(self.connection).await? else { return Ok(()) };
            let codes = codes(&mut view, row.id, false).await?;
            if after == 0 && !misplaced(&mut view, &row, &codes).await?.is_empty() {
                let company = row.clone();
                let part = self
                    .scribe
                    .write(move |tx| Box::pin(async move { withdraw(tx, &company, now_ms).await }));
                part.await?;
            }
            let found = portion(&mut view, &row, &codes, after).await?;
            drop(view);
            next = found.next.filter(|_| self.halted().is_none());
            if found.to_tell.is_empty() {
                continue;
            }
            let queued = self
                .scribe
                .write(move |tx| Box::pin(async move { queue(tx, &row, (after, now_ms)).await }));
            let queued = queued.await?;
            self.tally().total += queued;
        }
        Ok(())
    }
}

/// In the writer's transaction: asked again, so that nothing recorded meanwhile is told twice.
async fn queue(
    tx: &mut Tx,
    row: &ConnectionRow,
    (after, now_ms): (i64, i64),
) -> Result<u32, Fault> {
    let codes = codes(tx, row.id, false).await?;
    let found = portion(tx, row, &codes, after).await?.to_tell;
    for more in &found {
        tx.queue_credit(row.id, (more, part_of(row, more)), now_ms).await?;
    }
    let payments: Vec<_> = found.iter().map(|more| more.payment).collect();
    tx.level_credit(&payments, now_ms).await?;
    Ok(u32::try_from(found.len()).unwrap_or(u32::MAX))
}

/// Records of parts that are not there and would come to no bank account: what was mapped onto one
/// when they were queued is mapped otherwise now, or an account there is no bank account any more.
async fn misplaced(view: &mut View, row: &ConnectionRow, codes: &Codes) -> Result<Vec<i64>, Fault> {
    let waiting = view.kept_not_there(row.id).await?;
    if waiting.is_empty() {
        return Ok(Vec::new());
    }
    let parts: Vec<_> = waiting.iter().map(|(_, part)| *part).collect();
    let contents = view.export_contents(ExportKind::OnAccount, &parts).await?;
    let stays = |part| contents.get(part).is_some_and(|it| money::comes_to_bank(it, codes));
    let gone = waiting.iter().filter(|(_, part)| !stays(part));
    Ok(gone.map(|(record, _)| *record).collect())
}

/// In the writer's transaction, asked again.
async fn withdraw(tx: &mut Tx, row: &ConnectionRow, now_ms: i64) -> Result<(), Fault> {
    let codes = codes(tx, row.id, false).await?;
    let records = misplaced(tx, row, &codes).await?;
    Ok(tx.withdraw_kept(&records, now_ms).await?)
}

/// The identity of the next part of a payment that a company is told: the same at every desk, and for
/// a company that is connected anew.
fn part_of(row: &ConnectionRow, more: &CreditToTell) -> uuid::Uuid {
    let company = format!("{}/{}", row.provider, row.remote_company_id);
    key::part_id(&company, &more.payment.to_string(), more.before)
}
