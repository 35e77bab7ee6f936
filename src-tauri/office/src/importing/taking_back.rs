//! Taking back what a file brought in by mistake.
//!
//! Never undoes what something was built on since: that stays, with its reason. Never deletes:
//! each row is put right by the fact a person would record by hand. Never twice: a batch notes what
//! it took back in the transaction that did, so a run that was cut short goes on where it stopped.

use super::past;
use crate::actor::Actor;
use crate::derived;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::typed;
use crate::wire::imports::{
    ImportDetail, PreviewTakingBack, StayingRows, TakeBackImport, TakingBack,
};
use finance::allocation::{Allocation, CreditSource};
use finance::catalogue::ServiceItem;
use finance::fact::FactBody;
use finance::ids::{
    AllocationId, ChargeId, CreditNoteId, ImportId, InvoiceId, PaymentId, ServiceId, StudentId,
};
use finance::opening;
use finance::package::DrawReturn;
use finance::payment::{PaymentOutcome, PaymentTurn};
use finance::taken_back::{BroughtIn, TakenBack};
use std::collections::BTreeMap;
use store::{ImportEnd, ImportStanding, ImportState, Tx, Window};

/// Rows of one transaction: few enough that other work waits only a moment.
const BATCH: u32 = 250;
/// The most rows of a preview that are listed.
const MOST_ROWS: usize = 200;
/// Rows shown when it is done.
const FIRST_PAGE: Window = Window { offset: 0, limit: 100 };

/// What taking a file back would do as things stand.
pub async fn preview_taking_back(
    office: &Office,
    _: &Actor,
    request: PreviewTakingBack,
) -> Result<TakingBack, Fault> {
    let id: ImportId = typed::id("id", &request.id)?;
    let mut view = office.store.read().await?;
    past::demand(&mut view, id).await?;
    let standings = view.import_standings(id, u32::MAX).await?;
    let mut reasons: BTreeMap<String, u32> = BTreeMap::new();
    let mut staying: BTreeMap<u32, String> = BTreeMap::new();
    for standing in &standings {
        if let Some(reason) = &standing.stays {
            *reasons.entry(reason.clone()).or_default() += 1;
            if staying.len() < MOST_ROWS {
                staying.insert(standing.place, reason.clone());
            }
        }
    }
    let places: Vec<u32> = staying.keys().copied().collect();
    let items = view.import_items_at(id, &places).await?.into_iter().map(past::shown);
    let rows = items.zip(staying.into_values()).map(|(mut row, reason)| {
        row.reason = reason;
        row
    });
    Ok(TakingBack {
        rows: can_go(&standings),
        stays: reasons.into_iter().map(|(reason, rows)| StayingRows { reason, rows }).collect(),
        staying: rows.collect(),
    })
}

fn can_go(standings: &[ImportStanding]) -> u32 {
    let count = standings.iter().filter(|standing| standing.stays.is_none()).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Takes a file back as a person saw it in the preview. Asked again, it goes on with what was cut
/// short, for the reason that was given first; and does nothing more where it has come to its end.
///
/// # Errors
/// [`Code::WrongState`] where what can be taken back has changed since the preview.
pub async fn take_back_import(
    office: &Office,
    actor: &Actor,
    request: TakeBackImport,
) -> Result<ImportDetail, Fault> {
    let id: ImportId = typed::id("id", &request.id)?;
    let reason = typed::required("reason", &request.reason, typed::LINE)?;
    let mut tx = office.store.begin().await?;
    if past::demand(&mut tx, id).await?.state == ImportState::There {
        let rows = can_go(&tx.import_standings(id, u32::MAX).await?);
        if rows == 0 {
            let fault = Fault::new(Code::WrongState, "Nothing of it can be taken back.");
            return Err(fault.rule("nothing_to_take_back"));
        }
        if rows != request.rows {
            let message = "What can be taken back has changed since the preview.";
            let fault = Fault::new(Code::WrongState, message).rule("import_changed");
            return Err(fault.with("rows", rows.to_string()));
        }
        let at = office.clock.now().timestamp_millis();
        tx.begin_taking_back(id, &ImportEnd { reason, at, actor: actor.name.clone() }).await?;
    }
    tx.commit().await?;
    loop {
        let going_on = batch(office, actor, id).await;
        let run = past::demand(&mut office.store.read().await?, id).await?;
        let done = run.taken_back + run.stays;
        match going_on {
            Ok(true) => office.events.progress("taking_back", done, run.brought),
            Ok(false) => {
                office.events.progress("taking_back", run.brought, run.brought);
                return past::detail(office, id, FIRST_PAGE).await;
            }
            Err(fault) => {
                office.events.stopped("taking_back", done, run.brought);
                return Err(fault);
            }
        }
    }
}

/// Takes the next rows back; false where it has come to its end.
async fn batch(office: &Office, actor: &Actor, id: ImportId) -> Result<bool, Fault> {
    let mut tx = office.store.begin().await?;
    let run = past::demand(&mut tx, id).await?;
    let Some(end) = run.end.filter(|_| run.state == ImportState::TakingBack) else {
        return Ok(false);
    };
    let standings = tx.import_standings(id, BATCH).await?;
    if standings.is_empty() {
        tx.end_taking_back(id).await?;
        tx.commit().await?;
        return Ok(false);
    }
    let mut rows = Vec::new();
    let mut bodies = given_back(&mut tx, office, &standings, &end.reason).await?;
    for standing in &standings {
        if standing.stays.is_none() {
            bodies.extend(undone(&mut tx, office, standing, &end.reason).await?);
            if !standing.changed {
                rows.push(standing.row);
            }
        }
        tx.settle_import_item(id, standing.place, standing.stays.as_deref()).await?;
    }
    if standings.iter().any(|standing| standing.stays.is_none()) {
        bodies.push(FactBody::ImportTakenBack(TakenBack {
            school_id: office.school.id,
            import_id: id,
            rows,
            reason: end.reason,
        }));
    }
    office.record(&mut tx, actor, bodies).await?;
    tx.commit().await?;
    Ok(true)
}

/// What the bookings among some rows drew goes back to its packages.
async fn given_back(
    tx: &mut Tx,
    office: &Office,
    standings: &[ImportStanding],
    reason: &str,
) -> Result<Vec<FactBody>, Fault> {
    let going = standings.iter().filter(|standing| standing.stays.is_none());
    let events = going.filter_map(|standing| match standing.row {
        BroughtIn::Booking(id) => Some(id),
        _ => None,
    });
    let drawn = tx.drawn_by(&events.collect::<Vec<_>>()).await?;
    let back = drawn.into_iter().map(|drawn| {
        FactBody::DrawReturned(DrawReturn {
            school_id: office.school.id,
            student_id: drawn.student_id,
            entitlement_id: drawn.entitlement_id,
            draw_id: drawn.draw_id,
            on: office.today().max(drawn.on),
            reason: reason.to_owned(),
        })
    });
    Ok(back.collect())
}

/// The facts that put a row right, but for what a booking drew.
async fn undone(
    tx: &mut Tx,
    office: &Office,
    standing: &ImportStanding,
    reason: &str,
) -> Result<Vec<FactBody>, Fault> {
    match standing.row {
        // That they are away says the fact that names every row.
        BroughtIn::Student(_) if !standing.changed => Ok(Vec::new()),
        BroughtIn::Student(id) => student(tx, standing, id).await,
        BroughtIn::Service(id) => service(tx, standing, id).await,
        BroughtIn::Invoice(id) => invoice(tx, office, id, reason).await,
        BroughtIn::Payment(id) => payment(office, id, reason),
        BroughtIn::Booking(id) => {
            let reason = reason.to_owned();
            Ok(vec![FactBody::ChargeVoided { charge_id: ChargeId(id.0), reason }])
        }
    }
}

fn damaged() -> Fault {
    Fault::new(Code::Internal, "What an import brought in is not there.")
}

/// The details as they were before the file.
async fn student(
    tx: &mut Tx,
    standing: &ImportStanding,
    student_id: StudentId,
) -> Result<Vec<FactBody>, Fault> {
    let person = match tx.set_before(&standing.clock).await?.map(|fact| fact.body) {
        Some(FactBody::StudentRegistered(student)) => student.person,
        Some(FactBody::StudentChanged { person, .. }) => person,
        _ => return Err(damaged()),
    };
    Ok(vec![FactBody::StudentChanged { student_id, person }])
}

/// The entry as it was before the file; one that the file brought is hidden.
async fn service(
    tx: &mut Tx,
    standing: &ImportStanding,
    id: ServiceId,
) -> Result<Vec<FactBody>, Fault> {
    let before = tx.set_before(&standing.clock).await?.map(|fact| fact.body);
    let item = match before {
        Some(FactBody::ServiceSet(before)) => before,
        _ => ServiceItem { active: false, ..tx.find_service(id).await?.ok_or_else(damaged)? },
    };
    Ok(vec![FactBody::ServiceSet(item)])
}

/// A credit note over all of it, set against it.
async fn invoice(
    tx: &mut Tx,
    office: &Office,
    id: InvoiceId,
    reason: &str,
) -> Result<Vec<FactBody>, Fault> {
    let record = tx.find_invoice(id).await?.ok_or_else(damaged)?;
    let derived = |what| derived::id(&[what, &id.to_string()]);
    let note_id = CreditNoteId(derived("credit of what a file brought"));
    let when = (office.today(), reason.to_owned());
    let note = opening::withdraw(&record.invoice, note_id, when)
        .map_err(|rejection| Fault::new(Code::CannotCredit, rejection.to_string()))?;
    let allocation = Allocation {
        id: AllocationId(derived("settlement of what a file brought")),
        school_id: office.school.id,
        student_id: note.student_id,
        source: CreditSource::CreditNote(note.id),
        invoice_id: id,
        amount: note.totals.gross,
        worth: None,
        allocated_on: note.issue_date,
    };
    Ok(vec![FactBody::CreditNoteIssued(Box::new(note)), FactBody::MoneyAllocated(allocation)])
}

/// The money is gone again, and what it settled is open.
fn payment(office: &Office, id: PaymentId, reason: &str) -> Result<Vec<FactBody>, Fault> {
    Ok(vec![FactBody::PaymentTurned(PaymentTurn {
        school_id: office.school.id,
        payment_id: id,
        outcome: PaymentOutcome::Reversed,
        on: office.today(),
        reason: reason.to_owned(),
    })])
}
