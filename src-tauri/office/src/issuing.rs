//! Issuing: a draft becomes an invoice with a number.
//!
//! Never issues the same draft twice: the invoice has the draft's id, and whoever asks again gets
//! the invoice that is there.

use crate::actor::Actor;
use crate::drafts::{Assessed, Tables, assess, bounded};
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::invoices::{DraftInput, InvoiceView, IssueInvoice};
use crate::{invoices, typed};
use finance::fact::FactBody;
use finance::ids::InvoiceId;
use finance::invoice::Invoice;
use finance::numbering::{DocumentNumber, NumberSeries};
use store::Tx;

/// Issues one draft.
pub async fn issue_invoice(
    office: &Office,
    actor: &Actor,
    request: IssueInvoice,
) -> Result<InvoiceView, Fault> {
    let draft = bounded(request.draft)?;
    let id: InvoiceId = typed::id("id", &draft.id)?;
    let mut tx = office.store.begin().await?;
    if tx.find_invoice(id).await?.is_none() {
        let tables = Tables::read(&mut tx, office).await?;
        let invoice = number_and_issue(&mut tx, office, &tables, &draft).await?;
        office.record(&mut tx, actor, [FactBody::InvoiceIssued(Box::new(invoice))]).await?;
        tx.commit().await?;
    } else {
        drop(tx);
    }
    invoices::show(office, id).await
}

/// What a bulk run did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BulkIssued {
    /// Issued by this run.
    pub issued: u32,
    /// Issued by an earlier run that was cut short.
    pub already: u32,
}

/// Documents of one transaction: enough that syncing the disk costs little, few enough that a
/// crash loses little.
const BATCH: usize = 500;

/// Issues many drafts in order, in batches. Cut short, it can be run again with the same drafts:
/// those already issued are left as they are.
///
/// # Errors
/// As [`issue_invoice`] for the first draft that is refused; earlier batches stay issued.
pub async fn issue_many(
    office: &Office,
    actor: &Actor,
    drafts: &[DraftInput],
) -> Result<BulkIssued, Fault> {
    let total = u32::try_from(drafts.len()).unwrap_or(u32::MAX);
    let mut done = BulkIssued::default();
    for batch in drafts.chunks(BATCH) {
        let outcome = issue_batch(office, actor, batch, &mut done).await;
        let so_far = done.issued + done.already;
        if let Err(fault) = outcome {
            office.events.stopped("issue", so_far, total);
            return Err(fault);
        }
        office.events.progress("issue", so_far, total);
    }
    Ok(done)
}

async fn issue_batch(
    office: &Office,
    actor: &Actor,
    batch: &[DraftInput],
    done: &mut BulkIssued,
) -> Result<(), Fault> {
    let mut tx = office.store.begin().await?;
    let mut tables = Tables::read(&mut tx, office).await?;
    let mut bodies = Vec::with_capacity(batch.len());
    let mut already = 0;
    for draft in batch {
        let id: InvoiceId = typed::id("id", &draft.id)?;
        if tx.find_invoice(id).await?.is_some() {
            already += 1;
            continue;
        }
        let invoice = number_and_issue(&mut tx, office, &tables, draft).await?;
        tables.next_sequence = Some(invoice.number.sequence + 1);
        bodies.push(FactBody::InvoiceIssued(Box::new(invoice)));
    }
    let issued = u32::try_from(bodies.len()).unwrap_or(u32::MAX);
    office.record(&mut tx, actor, bodies).await?;
    tx.commit().await?;
    done.issued += issued;
    done.already += already;
    Ok(())
}

async fn number_and_issue(
    tx: &mut Tx,
    office: &Office,
    tables: &Tables,
    draft: &DraftInput,
) -> Result<Invoice, Fault> {
    let id: InvoiceId = typed::id("id", &draft.id)?;
    let assessed = assess(tx, office, tables, draft).await?;
    demand_issuable(&assessed)?;
    let series = tables.series.as_ref().ok_or_else(no_series)?;
    let number = next_number(tx, series).await?;
    let reference = match &office.school.kid {
        Some(rule) => rule
            .reference(assessed.student_number(), number.sequence)
            .map_err(|error| cannot(error.to_string()).rule("kid_impossible"))?,
        None => number.text.clone(),
    };
    let document = assessed.into_document().ok_or_else(|| cannot("The draft is not complete."))?;
    document.issue(id, number, reference).map_err(|rejection| {
        cannot(rejection.to_string()).rule(crate::drafts::rejection_code(&rejection))
    })
}

/// Takes the next number of a series within the transaction that will use it.
pub(crate) async fn next_number(
    tx: &mut Tx,
    series: &NumberSeries,
) -> Result<DocumentNumber, Fault> {
    let sequence = tx.next_sequence(series.id).await?;
    Ok(series.number(sequence))
}

pub(crate) fn no_series() -> Fault {
    cannot("This desk has no number series.").rule("no_series")
}

fn cannot(message: impl Into<String>) -> Fault {
    Fault::new(Code::CannotIssue, message)
}

fn demand_issuable(assessed: &Assessed) -> Result<(), Fault> {
    let Some(check) = assessed.obstacle() else { return Ok(()) };
    let mut fault = cannot("The draft breaks a rule.").rule(check.code.clone());
    fault.field = match (check.line, &check.field) {
        (Some(line), Some(field)) => Some(format!("lines.{line}.{field}")),
        (_, field) => field.clone(),
    };
    fault.params = check.params.clone();
    Err(fault)
}
