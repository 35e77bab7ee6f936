//! Drafts that are issued by themselves on a day.
//!
//! Never issues one twice: issuing ends the draft in the same transaction. Never issues what a rule
//! stands against: that stays a draft, is marked, and is looked at again when the next day begins.

use crate::actor::Actor;
use crate::drafts::{Assessed, Tables, assess, kept, kept_row};
use crate::fault::{Code, Fault};
use crate::issuing;
use crate::office::Office;
use crate::typed;
use crate::wire::invoices::DraftInput;
use chrono::NaiveDate;
use finance::ids::InvoiceId;
use std::collections::BTreeMap;
use store::{DocumentRow, DraftRow, Schedule, Tx};

/// Documents of one transaction: few enough that others wait only a moment.
const BATCH: usize = 100;

/// When a draft as typed is issued by itself. What was said before holds on; a day that is new must
/// come after today, and the draft must be such that it could be issued now.
///
/// # Errors
/// [`Code::Invalid`] for a day that does not lie ahead, [`Code::CannotIssue`].
pub(crate) fn read(
    office: &Office,
    actor: &Actor,
    (draft, assessed): (&DraftInput, &Assessed),
    known: Option<Schedule>,
) -> Result<Option<Schedule>, Fault> {
    let Some(on) = typed::optional_date("scheduled_on", draft.scheduled_on.as_deref())? else {
        return Ok(None);
    };
    if let Some(known) = known.filter(|known| known.on == on) {
        return Ok(Some(known));
    }
    if on <= office.today() {
        let fault =
            Fault::new(Code::Invalid, "The day must lie ahead; today it can be issued now.");
        return Err(fault.at("scheduled_on").rule("not_ahead"));
    }
    issuing::demand_issuable(assessed)?;
    Ok(Some(Schedule { on, by: actor.name.clone() }))
}

/// Where a draft stands in a list.
pub(crate) fn status(draft: &DocumentRow) -> &'static str {
    match draft.scheduled_on {
        _ if draft.kept_back => "kept_back",
        Some(_) => "scheduled",
        None => "draft",
    }
}

/// Issues the drafts whose day has come, each in the name of who said so. Returns how many of them
/// were issued or marked.
///
/// # Errors
/// What the book refuses; what was issued until then stays.
pub(crate) async fn issue_due(office: &Office) -> Result<usize, Fault> {
    let due = office.store.read().await?.drafts_scheduled(office.today()).await?;
    let count = due.len();
    let mut of_each: BTreeMap<String, Vec<InvoiceId>> = BTreeMap::new();
    for (id, schedule) in due {
        of_each.entry(schedule.by).or_default().push(id);
    }
    for (by, ids) in of_each {
        let actor = Actor { name: by, ..Actor::owner() };
        for batch in ids.chunks(BATCH) {
            issue_batch(office, &actor, batch).await?;
        }
    }
    Ok(count)
}

async fn issue_batch(office: &Office, actor: &Actor, ids: &[InvoiceId]) -> Result<(), Fault> {
    let mut tx = office.store.begin().await?;
    let mut drafts = Vec::with_capacity(ids.len());
    for id in ids {
        if let Some(draft) = look(&mut tx, office, *id).await? {
            drafts.push((*id, draft));
        }
    }
    let drafts: Vec<(InvoiceId, &DraftInput)> =
        drafts.iter().map(|(id, draft)| (*id, draft)).collect();
    let bodies = issuing::issue(&mut tx, office, &drafts).await?;
    office.record(&mut tx, actor, bodies).await?;
    tx.commit().await?;
    Ok(())
}

/// A draft as it is issued today; nothing where it was taken back meanwhile, or where a rule stands
/// against it, which is then marked.
async fn look(tx: &mut Tx, office: &Office, id: InvoiceId) -> Result<Option<DraftInput>, Fault> {
    let today = office.today();
    let Some(row) = tx.find_draft(id).await? else { return Ok(None) };
    let Some(schedule) = row.schedule.filter(|schedule| schedule.on <= today) else {
        return Ok(None);
    };
    let draft = dated(kept(tx, id).await?, today);
    let mut tables = Tables::read(tx, office).await?;
    let assessed = assess(tx, office, &mut tables, &draft).await?;
    if assessed.obstacle().is_none() {
        return Ok(Some(draft));
    }
    let row = kept_row(office, id, &draft, &assessed)?;
    tx.save_draft(&DraftRow { schedule: Some(schedule), kept_back: true, ..row }).await?;
    Ok(None)
}

/// A draft dated today, so that numbers and dates rise together; a due date that was typed keeps its
/// distance.
fn dated(draft: DraftInput, today: NaiveDate) -> DraftInput {
    let day = |text: &str| typed::date("date", text).ok();
    let due = match (day(&draft.issue_date), day(&draft.due_date)) {
        (Some(issue), Some(due)) => today.checked_add_signed(due - issue),
        _ => None,
    };
    let due_date = due.map_or_else(|| draft.due_date.clone(), |due| due.to_string());
    DraftInput { issue_date: today.to_string(), due_date, ..draft }
}
