//! Issuing: a draft becomes an invoice with a number, or one for each of several payers.
//!
//! Never issues the same draft twice: the invoice has the draft's id, and whoever asks again gets
//! the invoice that is there.

use crate::actor::Actor;
use crate::drafts::{Assessed, Tables, assess_for, bounded, buyer};
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::invoices::{DraftInput, InvoiceView, IssueInvoice};
use crate::{derived, invoices, packages, typed};
use chrono::NaiveDate;
use finance::fact::FactBody;
use finance::ids::{InvoiceId, StudentId};
use finance::invoice::InvoiceRejection;
use finance::numbering::DocumentNumber;
use finance::package::Sale;
use std::collections::{BTreeMap, BTreeSet};
use store::{StudentRow, Tx};

/// Issues one draft.
pub async fn issue_invoice(
    office: &Office,
    actor: &Actor,
    request: IssueInvoice,
) -> Result<InvoiceView, Fault> {
    let draft = bounded(request.draft)?;
    let id: InvoiceId = typed::id("id", &draft.id)?;
    let mut tx = office.store.begin().await?;
    record_batch(&mut tx, office, actor, std::slice::from_ref(&draft)).await?;
    // Shown out of the writer's own pages: a reader would have to decrypt them anew.
    let shown = invoices::show_in(&mut tx, office, id).await?;
    tx.commit().await?;
    Ok(shown)
}

/// What a bulk run did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BulkIssued {
    /// Issued by this run.
    pub issued: u32,
    /// Issued by an earlier run that was cut short.
    pub already: u32,
}

/// Documents of one transaction: enough that a page of an index is written once for several of
/// them, few enough that a crash loses little and others wait less than half a second.
const BATCH: usize = 2_000;

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
    let outcome = record_batch(&mut tx, office, actor, batch).await?;
    tx.commit().await?;
    done.issued += outcome.issued;
    done.already += outcome.already;
    Ok(())
}

async fn record_batch(
    tx: &mut Tx,
    office: &Office,
    actor: &Actor,
    batch: &[DraftInput],
) -> Result<BulkIssued, Fault> {
    let ids: Vec<InvoiceId> =
        batch.iter().map(|draft| typed::id("id", &draft.id)).collect::<Result<_, _>>()?;
    let issued_before = tx.issued_of(&ids).await?;
    let already = u32::try_from(issued_before.len()).unwrap_or(u32::MAX);
    let new = ids.into_iter().zip(batch).filter(|(id, _)| !issued_before.contains(id));
    let bodies = issue(tx, office, &new.collect::<Vec<_>>()).await?;
    let issued = bodies.iter().filter(|body| matches!(body, FactBody::InvoiceIssued(_))).count();
    let issued = u32::try_from(issued).unwrap_or(u32::MAX);
    office.record(tx, actor, bodies).await?;
    Ok(BulkIssued { issued, already })
}

/// The facts that issue drafts, in their order, and open the packages they sell. Numbers follow on
/// from the last one of the series, which nobody else can take: this transaction is the only one
/// that writes.
pub(crate) async fn issue(
    tx: &mut Tx,
    office: &Office,
    drafts: &[(InvoiceId, &DraftInput)],
) -> Result<Vec<FactBody>, Fault> {
    if drafts.is_empty() {
        return Ok(Vec::new());
    }
    let mut tables = Tables::read(tx, office).await?;
    let buyers: BTreeSet<StudentId> = drafts.iter().filter_map(|(_, draft)| buyer(draft)).collect();
    let buyers: Vec<StudentId> = buyers.into_iter().collect();
    let found = tx.find_students(&buyers, office.today()).await?;
    let students: BTreeMap<StudentId, StudentRow> =
        found.into_iter().map(|row| (row.student.id, row)).collect();
    tables.know(tx, &[], drafts.iter().map(|(_, draft)| *draft)).await?;
    let mut bodies = Vec::with_capacity(drafts.len());
    for (id, draft) in drafts {
        let student = buyer(draft).and_then(|id| students.get(&id).cloned());
        let assessed = assess_for(office, &tables, draft, student);
        let sale = number_and_issue(office, &mut tables, *id, assessed)?;
        let opened = packages::opened(&sale, &tables.services);
        let issued = sale.invoices.into_iter().map(Box::new).map(FactBody::InvoiceIssued);
        bodies.extend(issued.chain(opened));
    }
    let mut all = tables.numbers.opened();
    all.extend(bodies);
    Ok(all)
}

/// The invoices of one draft: one, or one for each of several payers. The first has the draft's id,
/// and the others follow from it, so that asking again makes the same ones.
fn number_and_issue(
    office: &Office,
    tables: &mut Tables,
    id: InvoiceId,
    assessed: Assessed,
) -> Result<Sale, Fault> {
    demand_issuable(&assessed)?;
    let (day, student_number) = (assessed.issue_date(), assessed.student_number().to_owned());
    let refused = |rejection: InvoiceRejection| {
        cannot(rejection.to_string()).rule(crate::drafts::rejection_code(&rejection))
    };
    let document = assessed.into_document().ok_or_else(|| cannot("The draft is not complete."))?;
    match document {
        (whole, parts) if parts.is_empty() => {
            let (number, reference) = numbered(office, tables, (day, &student_number))?;
            let invoice = whole.issue(id, number, reference).map_err(refused)?;
            Ok(Sale { invoices: vec![invoice], unsplit: Vec::new() })
        }
        (whole, parts) => {
            let mut invoices = Vec::with_capacity(parts.len());
            for (place, part) in (1..).zip(parts) {
                let (number, reference) = numbered(office, tables, (day, &student_number))?;
                let ids = (part_id(id, place), id);
                invoices.push(part.issue(ids, number, reference).map_err(refused)?);
            }
            Ok(Sale { invoices, unsplit: whole.lines })
        }
    }
}

/// The id of a part of a split document, by its place from 1.
fn part_id(first: InvoiceId, place: u32) -> InvoiceId {
    if place == 1 {
        return first;
    }
    InvoiceId(derived::id(&["part of a split", &first.to_string(), &place.to_string()]))
}

/// The next number of the desk's series, and the payment reference made with it.
fn numbered(
    office: &Office,
    tables: &mut Tables,
    (day, student_number): (NaiveDate, &str),
) -> Result<(DocumentNumber, String), Fault> {
    let number = tables.numbers.take(day).ok_or_else(no_series)?;
    let reference = match &office.school.kid {
        Some(rule) => rule
            .reference(student_number, number.sequence)
            .map_err(|error| cannot(error.to_string()).rule("kid_impossible"))?,
        None => number.text.clone(),
    };
    Ok((number, reference))
}

pub(crate) fn no_series() -> Fault {
    cannot("This desk has no number series.").rule("no_series")
}

fn cannot(message: impl Into<String>) -> Fault {
    Fault::new(Code::CannotIssue, message)
}

/// Refuses a draft that cannot be issued as it stands.
///
/// # Errors
/// [`Code::CannotIssue`] with the first thing that keeps it.
pub(crate) fn demand_issuable(assessed: &Assessed) -> Result<(), Fault> {
    let Some(check) = assessed.obstacle() else { return Ok(()) };
    let mut fault = cannot("The draft breaks a rule.").rule(check.code.clone());
    fault.field = match (check.line, &check.field) {
        (Some(line), Some(field)) => Some(format!("lines.{line}.{field}")),
        (_, field) => field.clone(),
    };
    fault.params = check.params.clone();
    Err(fault)
}
