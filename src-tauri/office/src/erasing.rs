//! Erasing a person, and what stands in the way of it.
//!
//! Never erases by a slip: the student's number is said again. Never while money or lessons are
//! owed either way, for then the data is needed; never what the law of bookkeeping still keeps.

use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::leaving::{ErasePerson, ErasureView, StudentErasure};
use crate::wire::students::StudentRequest;
use crate::{show, students, typed};
use chrono::NaiveDate;
use finance::erasure::{Erasure, ErasureGround, Retention};
use finance::fact::FactBody;
use finance::holding::HoldingState;
use finance::ids::{PayerId, StudentId};
use finance::reminder::Held;
use store::{HoldingRow, StudentRow, View};

/// Why nothing begins anew with somebody.
pub(crate) fn erased() -> Fault {
    Fault::new(Code::WrongState, "This person was erased.").rule("erased")
}

/// Refuses what would begin anew with somebody who was erased.
///
/// # Errors
/// [`Code::WrongState`].
pub(crate) async fn demand_not_erased(
    view: &mut View,
    students: impl Iterator<Item = StudentId>,
) -> Result<(), Fault> {
    let students: Vec<StudentId> = students.collect();
    if !students.is_empty() && view.any_erased(&students).await? {
        return Err(erased());
    }
    Ok(())
}

/// The student with whom a fact begins something: it needs to be known who that is. Money that
/// comes or goes back, and what takes something back, may still be about a person who was erased.
pub(crate) fn begins_with(body: &FactBody) -> Option<StudentId> {
    match body {
        FactBody::StudentChanged { student_id, .. }
        | FactBody::DrivingTestSet { student_id, .. } => Some(*student_id),
        FactBody::StudentPayersSet(payers) => Some(payers.student_id),
        FactBody::InvoiceIssued(invoice) => Some(invoice.student_id),
        FactBody::EventRecorded(recorded) => Some(recorded.event.student_id),
        FactBody::EntitlementOpened(sold) => Some(sold.student_id),
        FactBody::PackageDrawn(drawn) => Some(drawn.student_id),
        FactBody::MilestoneOverridden(waived) => Some(waived.student_id),
        FactBody::GateOverridden(by) => Some(by.student_id),
        FactBody::PlanAgreed(plan) => Some(plan.student_id),
        FactBody::ReminderMade(reminder) => Some(reminder.student_id),
        FactBody::ReminderHoldSet(hold) => match hold.held {
            Held::Student(student) => Some(student),
            Held::Invoice(_) => None,
        },
        _ => None,
    }
}

const GROUNDS: &[(&str, ErasureGround)] = &[
    ("asked", ErasureGround::Asked),
    ("not_needed", ErasureGround::NotNeeded),
    ("unlawful", ErasureGround::Unlawful),
];

/// What erasing a person would do, and what stands in its way.
pub async fn student_erasure(
    office: &Office,
    _: &Actor,
    request: StudentRequest,
) -> Result<StudentErasure, Fault> {
    let id: StudentId = typed::id("id", &request.id)?;
    let mut view = office.store.read().await?;
    let student = students::demand(&mut view, id, office).await?;
    let plan = Plan::read(&mut view, office, &student).await?;
    Ok(StudentErasure {
        obstacle: plan.obstacle.map(str::to_owned),
        documents: plan.documents,
        kept: plan.kept,
        kept_until: plan.until.map(|day| day.to_string()),
        law: plan.rule.source.to_owned(),
        payers: plan.payers.into_iter().map(|(_, name)| name).collect(),
        erased: view
            .erasures_of(id)
            .await?
            .into_iter()
            .map(|erasure| ErasureView {
                erased_on: erasure.erased_on.to_string(),
                ground: show::name_of(&erasure.ground, GROUNDS),
                kept_until: erasure.kept_until.map(|day| day.to_string()),
            })
            .collect(),
    })
}

/// What is to be done about a person.
struct Plan {
    rule: Retention,
    /// Invoices and credit notes.
    documents: u32,
    /// Those of them that the law keeps.
    kept: u32,
    /// Private payers of nobody else.
    payers: Vec<(PayerId, String)>,
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
    /// Why it cannot be done now.
    obstacle: Option<&'static str>,
}

impl Plan {
    async fn read(view: &mut View, office: &Office, student: &StudentRow) -> Result<Self, Fault> {
        let today = office.today();
        let rule = Retention::of(&office.school.country, today);
        let issued = view.issue_dates_of(student.student.id).await?;
        let kept: Vec<NaiveDate> =
            issued.iter().copied().filter(|day| rule.keeps(*day, today)).collect();
        let waits = view.waits_for(student.student.id).await?;
        let holdings = view.holdings_of(&[student.student.id]).await?;
        let holds = |row: &HoldingRow| row.holding.state(today) == HoldingState::Active;
        let obstacle = if student.open.is_positive() {
            Some("owes")
        } else if student.credit.is_positive() {
            Some("has_credit")
        } else if holdings.iter().any(holds) {
            Some("holds_package")
        } else {
            waits
        };
        Ok(Self {
            rule,
            documents: u32::try_from(issued.len()).unwrap_or(u32::MAX),
            kept: u32::try_from(kept.len()).unwrap_or(u32::MAX),
            payers: view.payers_of_nobody_else(student.student.id).await?,
            from: kept.iter().min().copied(),
            until: kept.iter().max().map(|day| rule.last_day(*day)),
            obstacle,
        })
    }
}

/// What stands in the way, in words.
fn said(obstacle: &str) -> &'static str {
    match obstacle {
        "owes" => "Money is owed: the data is needed until it is paid or written off.",
        "has_credit" => "There is credit: pay it back or use it first.",
        "holds_package" => "Lessons bought ahead are left: pay the rest back or use them first.",
        "recurs" => "An invoice that comes again names this person: end it or take them out first.",
        "unbilled" => "Lessons are not billed yet: bill or void them first.",
        "exports_waiting" => "Something is still on its way to an accounting system.",
        _ => "A message is still on its way.",
    }
}

/// Destroys the personal data of a student. Asked again after the law lets more go, it destroys
/// that too.
pub async fn erase_person(
    office: &Office,
    actor: &Actor,
    request: ErasePerson,
) -> Result<StudentErasure, Fault> {
    let id: StudentId = typed::id("id", &request.id)?;
    let ground = typed::one_of("ground", &request.ground, GROUNDS)?;
    let mut tx = office.store.begin().await?;
    let student = students::demand(&mut tx, id, office).await?;
    if request.number.trim() != student.student.number {
        let fault = Fault::new(Code::Invalid, "This is not the student's number.");
        return Err(fault.at("number").rule("confirm_number"));
    }
    let plan = Plan::read(&mut tx, office, &student).await?;
    if let Some(obstacle) = plan.obstacle {
        return Err(Fault::new(Code::WrongState, said(obstacle)).rule(obstacle));
    }
    let erasure = Erasure {
        student_id: id,
        payers: plan.payers.into_iter().map(|(payer, _)| payer).collect(),
        ground,
        erased_on: office.today(),
        kept_from: plan.from,
        kept_until: plan.until,
    };
    office.record(&mut tx, actor, [FactBody::PersonErased(erasure)]).await?;
    tx.commit().await?;
    office.store.scrub().await?;
    student_erasure(office, actor, StudentRequest { id: request.id }).await
}
