//! Runs: many charges billed at once, in batches.
//!
//! Never issues what a person did not see: the plan is frozen when the run begins, and whatever
//! changed under it is left out. Never twice: a batch notes what it issued in the transaction that
//! issued it, so a run that was cut short goes on where it stopped.

use crate::actor::Actor;
use crate::billing::{self, Dates, Planned, Wanted};
use crate::drafts::Tables;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::charges::{BillingRun, IssueRun, RunDetail, RunLeftOut, RunList, RunRequest};
use crate::wire::common::Nothing;
use crate::wire::invoices::DraftInput;
use crate::{issuing, mailing, show, typed};
use finance::charge::{Bill, Billing, RecordedEvent};
use finance::fact::FactBody;
use finance::ids::{ChargeId, InvoiceId, RunId, StudentId};
use std::collections::{BTreeMap, BTreeSet};
use store::{ChargeState, RunItem, RunPlan, RunRow, RunState, Tx, View};

/// Invoices of one transaction: few enough that a person who cancels waits only a moment.
const BATCH: u32 = 250;
/// Runs of the list.
const MOST_RUNS: u32 = 50;

/// Begins a run as a person saw it in its preview, and issues it. Asked again with the same id it
/// goes on with the run that began.
///
/// # Errors
/// [`Code::WrongState`] where the pool has changed since the preview.
pub async fn issue_run(
    office: &Office,
    actor: &Actor,
    request: IssueRun,
) -> Result<RunDetail, Fault> {
    let wanted = Wanted::read(&request.wish)?;
    let seen = typed::money("gross", &request.gross, office.school.currency)?;
    let mut tx = office.store.begin().await?;
    if tx.find_run(wanted.id).await?.is_none() {
        let planned = billing::plan(&mut tx, office, &wanted).await?;
        let (invoices, gross) = billing::sums(office, &planned)?;
        if (invoices, gross) != (request.invoices, seen) {
            let message = "The pool has changed since the preview; look at it again.";
            let fault = Fault::new(Code::WrongState, message).rule("run_changed");
            return Err(fault.with("invoices", invoices.to_string()));
        }
        if invoices == 0 {
            return Err(Fault::new(Code::WrongState, "There is nothing to bill.").rule("run_empty"));
        }
        let plan = RunPlan {
            id: wanted.id,
            begun_at: office.clock.now().timestamp_millis(),
            actor: actor.name.clone(),
            issue_date: wanted.issue_date,
            due_date: wanted.due_date,
        };
        tx.begin_run(&plan, &items(planned)).await?;
    }
    tx.commit().await?;
    issue_all(office, actor, wanted.id).await
}

fn items(planned: Vec<Planned>) -> Vec<RunItem> {
    let items = (0..).zip(planned).map(|(place, planned)| {
        let events = planned.bill.charges.iter();
        RunItem {
            place,
            invoice_id: planned.invoice_id,
            student_id: planned.bill.student_id,
            department_id: planned.bill.department_id,
            charges: events.map(|recorded| ChargeId(recorded.event.id.0)).collect(),
            gross: planned.gross,
            left_out: planned.skipped,
        }
    });
    items.collect()
}

/// Goes on with a run that was cut short, or that a person had stopped.
///
/// # Errors
/// [`Code::NotFound`].
pub async fn continue_run(
    office: &Office,
    actor: &Actor,
    request: RunRequest,
) -> Result<RunDetail, Fault> {
    let id: RunId = typed::id("id", &request.id)?;
    let mut tx = office.store.begin().await?;
    if demand(&mut tx, id).await?.state == RunState::Cancelled {
        tx.set_run_state(id, RunState::Running).await?;
    }
    tx.commit().await?;
    issue_all(office, actor, id).await
}

/// Stops a run before its next batch; what it has issued stays issued.
///
/// # Errors
/// [`Code::NotFound`].
pub async fn cancel_run(
    office: &Office,
    _: &Actor,
    request: RunRequest,
) -> Result<RunDetail, Fault> {
    let id: RunId = typed::id("id", &request.id)?;
    let mut tx = office.store.begin().await?;
    if demand(&mut tx, id).await?.state == RunState::Running {
        tx.set_run_state(id, RunState::Cancelled).await?;
    }
    tx.commit().await?;
    detail(office, id).await
}

async fn issue_all(office: &Office, actor: &Actor, id: RunId) -> Result<RunDetail, Fault> {
    loop {
        let outcome = issue_batch(office, actor, id).await;
        let run = demand(&mut office.store.read().await?, id).await?;
        let done = run.issued + run.skipped;
        match outcome {
            Ok(true) => office.events.progress("run", done, run.planned),
            Ok(false) if run.state == RunState::Finished => {
                office.events.progress("run", run.planned, run.planned);
                return detail(office, id).await;
            }
            Ok(false) => {
                office.events.stopped("run", done, run.planned);
                return detail(office, id).await;
            }
            Err(fault) => {
                office.events.stopped("run", done, run.planned);
                return Err(fault);
            }
        }
    }
}

/// Issues the next batch; false where the run has come to its end or was stopped.
async fn issue_batch(office: &Office, actor: &Actor, id: RunId) -> Result<bool, Fault> {
    let mut tx = office.store.begin().await?;
    let run = demand(&mut tx, id).await?;
    if run.state != RunState::Running {
        return Ok(false);
    }
    let waiting = tx.waiting_of_run(id, BATCH).await?;
    if waiting.is_empty() {
        tx.set_run_state(id, RunState::Finished).await?;
        tx.commit().await?;
        return Ok(false);
    }
    let looked_at = look_again(&mut tx, office, &run, waiting).await?;
    let mut drafts: Vec<(InvoiceId, &DraftInput)> = Vec::new();
    let mut billings = Vec::new();
    for (item, outcome) in &looked_at {
        let skipped = outcome.as_ref().err().map(String::as_str);
        tx.settle_run_item(id, item.place, skipped).await?;
        if let Ok(draft) = outcome {
            drafts.push((item.invoice_id, draft));
            billings.push(FactBody::ChargesBilled(Billing {
                run_id: id,
                invoice_id: item.invoice_id,
                charges: item.charges.clone(),
            }));
        }
    }
    let issued = issuing::issue(&mut tx, office, &drafts).await?;
    office.record(&mut tx, actor, issued.into_iter().chain(billings)).await?;
    tx.commit().await?;
    Ok(true)
}

/// An invoice of the plan as it can be issued now, or the code of why it cannot any more.
type Looked = (RunItem, Result<DraftInput, String>);

/// Looks at what was planned as things stand now: what a person saw is issued, or nothing.
async fn look_again(
    tx: &mut Tx,
    office: &Office,
    run: &RunRow,
    waiting: Vec<RunItem>,
) -> Result<Vec<Looked>, Fault> {
    let mut tables = Tables::read(tx, office).await?;
    let ids: Vec<ChargeId> = waiting.iter().flat_map(|item| item.charges.clone()).collect();
    let mut pool: BTreeMap<ChargeId, RecordedEvent> = BTreeMap::new();
    for row in tx.find_charges(&ids).await? {
        if row.state == ChargeState::Unbilled {
            pool.insert(ChargeId(row.recorded.event.id.0), row.recorded);
        }
    }
    let students: BTreeSet<StudentId> = waiting.iter().map(|item| item.student_id).collect();
    let known: Vec<StudentId> = students.iter().copied().collect();
    tables.know(tx, &known, []).await?;
    let students = billing::students(tx, office, students).await?;
    let dates = Dates { issue: run.plan.issue_date, due: run.plan.due_date };
    let looked = waiting.into_iter().map(|item| {
        let charges: Option<Vec<RecordedEvent>> =
            item.charges.iter().map(|id| pool.remove(id)).collect();
        let Some(charges) = charges else { return (item, Err("changed".to_owned())) };
        let bill = Bill {
            student_id: item.student_id,
            department_id: item.department_id,
            // Sorted when the plan was made; nothing is sorted again.
            out_of_scope: false,
            part: 0,
            charges,
        };
        let student = students.get(&item.student_id).cloned();
        let planned = billing::look(office, &tables, item.invoice_id, dates, (bill, student));
        let outcome = match planned.skipped {
            Some(code) => Err(code),
            None if planned.gross != item.gross => Err("changed".to_owned()),
            None => Ok(planned.draft),
        };
        (item, outcome)
    });
    Ok(looked.collect())
}

/// A run that must be there.
pub(crate) async fn demand(view: &mut View, id: RunId) -> Result<RunRow, Fault> {
    let missing = || Fault::new(Code::NotFound, "There is no such run.").rule("run");
    view.find_run(id).await?.ok_or_else(missing)
}

/// The newest runs.
pub async fn list_runs(office: &Office, _: &Actor, _: Nothing) -> Result<RunList, Fault> {
    let rows = office.store.read().await?.list_runs(MOST_RUNS).await?;
    Ok(RunList { rows: rows.iter().map(view).collect() })
}

/// One run.
pub async fn find_run(office: &Office, _: &Actor, request: RunRequest) -> Result<RunDetail, Fault> {
    detail(office, typed::id("id", &request.id)?).await
}

async fn detail(office: &Office, id: RunId) -> Result<RunDetail, Fault> {
    let mut book = office.store.read().await?;
    let run = demand(&mut book, id).await?;
    let left_out = book.skipped_of_run(id).await?.into_iter().map(|skip| RunLeftOut {
        student_id: skip.student_id.to_string(),
        student: skip.student,
        gross: skip.gross.map(Into::into),
        reason: skip.reason,
    });
    let left_out = left_out.collect();
    let mails = mailing::sums_of_run(&mut book, id).await?;
    Ok(RunDetail { run: view(&run), left_out, mails })
}

fn view(run: &RunRow) -> BillingRun {
    BillingRun {
        id: run.plan.id.to_string(),
        state: match run.state {
            RunState::Running => "running",
            RunState::Finished => "finished",
            RunState::Cancelled => "cancelled",
        }
        .to_owned(),
        begun_at: show::moment(run.plan.begun_at),
        actor: run.plan.actor.clone(),
        issue_date: run.plan.issue_date.to_string(),
        due_date: run.plan.due_date.to_string(),
        planned: run.planned,
        issued: run.issued,
        skipped: run.skipped,
        waiting: run.planned.saturating_sub(run.issued + run.skipped),
        gross: run.gross.into(),
    }
}
