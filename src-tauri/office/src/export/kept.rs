//! Queueing what is kept as credit, for systems that are told of it as money on account.
//!
//! Never for money that came from the system itself, and never more than what is unused here.

use super::key;
use super::run::{Reach, Run};
use crate::fault::Fault;
use std::sync::Arc;
use store::exports::{CreditToTell, ExportKind};
use store::{ConnectionRow, Tx, View};

/// Payments that are gone through in one transaction.
const PORTION: u32 = 500;

/// Whether something would be queued now that is not to wait for the next run of the schedule.
///
/// # Errors
/// What the database reports.
pub(crate) async fn waits(view: &mut View, connection: &ConnectionRow) -> Result<bool, Fault> {
    Ok(!view.credit_to_tell(connection.id, 1).await?.is_empty())
}

impl Run {
    /// Queues what the company is to know of money kept as credit beyond what it was told.
    ///
    /// # Errors
    /// What the database reports.
    pub(super) async fn gather_kept(self: &Arc<Self>) -> Result<(), Fault> {
        if self.reach == Reach::Begun || self.driver.batch_size(ExportKind::OnAccount) == 0 {
            return Ok(());
        }
        let mut seen = Vec::new();
        loop {
            let mut view = self.store.read().await?;
            let Some(row) = view.find_connection(self.connection).await? else { return Ok(()) };
            let found = view.credit_to_tell(row.id, PORTION).await?;
            drop(view);
            if found.is_empty() || found == seen || self.halted().is_some() {
                return Ok(());
            }
            seen = found;
            let (company, now_ms) = (row.clone(), self.now_ms());
            let queued = self
                .scribe
                .write(move |tx| Box::pin(async move { queue(tx, &company, now_ms).await }));
            let queued = queued.await?;
            self.tally().total += queued;
        }
    }
}

/// In the writer's transaction: asked again, so that nothing recorded meanwhile is told twice.
async fn queue(tx: &mut Tx, row: &ConnectionRow, now_ms: i64) -> Result<u32, Fault> {
    let found = tx.credit_to_tell(row.id, PORTION).await?;
    for more in &found {
        tx.queue_credit(row.id, (more, part_of(row, more)), now_ms).await?;
    }
    let payments: Vec<_> = found.iter().map(|more| more.payment).collect();
    tx.level_credit(&payments, now_ms).await?;
    Ok(u32::try_from(found.len()).unwrap_or(u32::MAX))
}

/// The identity of the next part of a payment that a company is told: the same at every desk, and for
/// a company that is connected anew.
fn part_of(row: &ConnectionRow, more: &CreditToTell) -> uuid::Uuid {
    let company = format!("{}/{}", row.provider, row.remote_company_id);
    key::part_id(&company, &more.payment.to_string(), more.before)
}
