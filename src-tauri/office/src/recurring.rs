//! Invoices that come again: templates, their dates, and making what is due.
//!
//! Never makes a date twice: its invoice has an id that follows from template, date and student,
//! and that it was made is recorded in the same transaction.

mod forms;
mod making;
mod showing;

pub(crate) use making::make_due;
pub use making::make_recurring;
pub use showing::{find_recurring, list_recurring, preview_recurring};

use crate::actor::Actor;
use crate::erasing;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::typed;
use crate::wire::recurring::{RecurringView, SaveRecurring, SetRecurringState};
use finance::fact::FactBody;
use finance::ids::{PayerId, RecurringId};
use finance::recurring::{Recurring, RecurringRejection, RecurringState};
use store::{Tx, View};

const STATES: &[(&str, RecurringState)] = &[
    ("active", RecurringState::Active),
    ("paused", RecurringState::Paused),
    ("ended", RecurringState::Ended),
];

fn refused(rejection: RecurringRejection) -> Fault {
    let (field, rule) = match rejection {
        RecurringRejection::NoName => ("name", "missing"),
        RecurringRejection::Students => ("student_ids", "recurring_students"),
        RecurringRejection::NoLines => ("lines", "no_lines"),
        RecurringRejection::Rhythm => ("every", "rhythm"),
        RecurringRejection::Ends => ("until", "recurring_ends"),
    };
    Fault::new(Code::Invalid, rejection.to_string()).at(field).rule(rule)
}

/// A template as typed, where it can be kept.
fn read(office: &Office, request: &SaveRecurring) -> Result<Recurring, Fault> {
    let recurring = forms::read(office, request)?;
    recurring.check().map_err(refused)?;
    Ok(recurring)
}

/// Sets a template; what it made stays.
pub async fn save_recurring(
    office: &Office,
    actor: &Actor,
    request: SaveRecurring,
) -> Result<RecurringView, Fault> {
    let typed = read(office, &request)?;
    let mut tx = office.store.begin().await?;
    for student in &typed.students {
        crate::students::demand(&mut tx, *student, office).await?;
    }
    erasing::demand_not_erased(&mut tx, typed.students.iter().copied()).await?;
    demand_payers(&mut tx, &typed).await?;
    let known = tx.find_recurring(typed.id).await?.map(|row| row.recurring);
    let next = match &known {
        Some(known) => {
            let has_made = !tx.recurring_dates_made(known.id).await?.is_empty();
            known.after(typed, has_made, office.today())
        }
        None => typed,
    };
    keep(office, actor, tx, (known, next)).await
}

async fn demand_payers(view: &mut View, recurring: &Recurring) -> Result<(), Fault> {
    let named = recurring.payers.iter().flatten().map(|payer| payer.payer_id);
    let ids: Vec<PayerId> = named.flatten().collect();
    let known = view.find_payers(&ids).await?;
    if ids.iter().all(|id| known.contains_key(id)) {
        return Ok(());
    }
    Err(Fault::new(Code::NotFound, "There is no such payer.").rule("payer").at("payers"))
}

/// Pauses a template, lets it go on, or ends it, and moves it to this desk where that is asked.
/// What passed while it was paused is left out.
pub async fn set_recurring_state(
    office: &Office,
    actor: &Actor,
    request: SetRecurringState,
) -> Result<RecurringView, Fault> {
    let id: RecurringId = typed::id("id", &request.id)?;
    let state = typed::one_of("state", &request.state, STATES)?;
    let mut tx = office.store.begin().await?;
    let known = demand(&mut tx, id).await?;
    if known.state == RecurringState::Ended && state != RecurringState::Ended {
        let fault = Fault::new(Code::WrongState, "What has ended stays so.");
        return Err(fault.rule("recurring_ended"));
    }
    let resumes = known.state == RecurringState::Paused && state == RecurringState::Active;
    let resumed_on = if resumes { Some(office.today()) } else { known.resumed_on };
    let desk = if request.here { office.desk.clone() } else { known.desk.clone() };
    let next = Recurring { state, resumed_on, desk, ..known.clone() };
    keep(office, actor, tx, (Some(known), next)).await
}

async fn keep(
    office: &Office,
    actor: &Actor,
    mut tx: Tx,
    (known, next): (Option<Recurring>, Recurring),
) -> Result<RecurringView, Fault> {
    let id = next.id;
    if known.as_ref() == Some(&next) {
        drop(tx);
    } else {
        office.record(&mut tx, actor, [FactBody::RecurringSet(Box::new(next))]).await?;
        tx.commit().await?;
    }
    showing::show(office, id).await
}

/// A template that must be there.
async fn demand(view: &mut View, id: RecurringId) -> Result<Recurring, Fault> {
    let missing = || Fault::new(Code::NotFound, "There is no such template.").rule("recurring");
    Ok(view.find_recurring(id).await?.ok_or_else(missing)?.recurring)
}
