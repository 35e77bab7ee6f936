//! Pausing reminders, disputes and promises.
//!
//! Never changes what is owed: a disputed invoice stays open until it is credited or paid.

use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::reminders::KINDS;
use crate::show::name_of;
use crate::wire::reminders::{HoldView, HoldsRequest, HoldsView, SetReminderHold};
use crate::{invoices, students, typed};
use finance::fact::FactBody;
use finance::ids::{InvoiceId, StudentId};
use finance::reminder::{Held, Hold, HoldRejection};
use std::collections::BTreeMap;
use store::View;

/// What is held of a student and of the student's open invoices.
pub async fn reminder_holds(
    office: &Office,
    _: &Actor,
    request: HoldsRequest,
) -> Result<HoldsView, Fault> {
    let mut view = office.store.read().await?;
    holds_of(&mut view, office, typed::id("student_id", &request.student_id)?).await
}

async fn holds_of(
    view: &mut View,
    office: &Office,
    student_id: StudentId,
) -> Result<HoldsView, Fault> {
    students::demand(view, student_id, office).await?;
    let items = view.open_items(student_id, office.today()).await?;
    let numbers: BTreeMap<InvoiceId, String> =
        items.into_iter().map(|item| (item.invoice_id, item.number)).collect();
    let today = office.today();
    let holds = view.reminder_holds().await?.into_iter().filter(|hold| hold.holds_on(today));
    let shown = holds.filter_map(|hold| {
        let (held, held_id, number) = match hold.held {
            Held::Student(id) if id == student_id => ("student", id.to_string(), String::new()),
            Held::Invoice(id) => ("invoice", id.to_string(), numbers.get(&id)?.clone()),
            Held::Student(_) => return None,
        };
        Some(HoldView {
            held: held.to_owned(),
            held_id,
            number,
            kind: name_of(&hold.kind, KINDS),
            until: hold.until.map(|day| day.to_string()),
            note: hold.note,
        })
    });
    Ok(HoldsView { holds: shown.collect() })
}

/// Sets or takes away a hold; asked twice, the second changes nothing.
pub async fn set_reminder_hold(
    office: &Office,
    actor: &Actor,
    request: SetReminderHold,
) -> Result<HoldsView, Fault> {
    let about_student =
        typed::one_of("held", &request.held, &[("student", true), ("invoice", false)])?;
    let mut tx = office.store.begin().await?;
    let (held, student_id) = if about_student {
        let id: StudentId = typed::id("held_id", &request.held_id)?;
        students::demand(&mut tx, id, office).await?;
        (Held::Student(id), id)
    } else {
        let id: InvoiceId = typed::id("held_id", &request.held_id)?;
        (Held::Invoice(id), invoices::demand(&mut tx, id).await?.invoice.student_id)
    };
    let hold = Hold {
        held,
        kind: typed::one_of("kind", &request.kind, KINDS)?,
        until: typed::optional_date("until", request.until.as_deref())?,
        note: typed::note("note", &request.note)?,
        active: request.active,
    };
    if hold.active {
        hold.check(office.today()).map_err(refused)?;
    }
    let known = tx.reminder_holds().await?;
    let same = |kept: &&Hold| kept.held == hold.held && kept.kind == hold.kind;
    let known = known.iter().find(same);
    if known == Some(&hold) || (known.is_none() && !hold.active) {
        drop(tx);
    } else {
        office.record(&mut tx, actor, [FactBody::ReminderHoldSet(hold)]).await?;
        tx.commit().await?;
    }
    let mut view = office.store.read().await?;
    holds_of(&mut view, office, student_id).await
}

fn refused(rejection: HoldRejection) -> Fault {
    let fault = Fault::new(Code::Invalid, rejection.to_string());
    match rejection {
        HoldRejection::DisputeOfStudent => fault.at("held").rule("dispute_of_student"),
        HoldRejection::PromiseWithoutDay => fault.at("until").rule("missing"),
        HoldRejection::Past => fault.at("until").rule("in_past"),
    }
}
