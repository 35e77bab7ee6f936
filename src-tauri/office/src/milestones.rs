//! What must be paid before something is booked.
//!
//! Never books and never forbids: it says what is missing. Going on all the same needs the right to
//! and a reason, and is a fact.

use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::show::{self, name_of};
use crate::wire::common::Nothing;
use crate::wire::packages::{
    CheckedMilestone, MilestoneCheck, MilestoneList, MilestoneRow, MilestonesRequest,
    OverrideMilestone, SaveMilestone,
};
use crate::{students, typed};
use finance::catalogue::{ServiceItem, ServiceKind};
use finance::fact::FactBody;
use finance::ids::{MilestoneId, ServiceId, StudentId};
use finance::milestone::{
    Before, Checked, Had, Milestone, MilestoneOverride, MilestoneState, Progress,
};
use std::collections::BTreeMap;
use store::View;

const STATES: &[(&str, MilestoneState)] = &[
    ("met", MilestoneState::Met),
    ("ahead", MilestoneState::Ahead),
    ("missing", MilestoneState::Missing),
    ("overridden", MilestoneState::Overridden),
];

/// Numbers of lessons that a milestone can stand before.
const MOST_LESSONS: u32 = 500;

type Catalogue = BTreeMap<ServiceId, ServiceItem>;

async fn catalogue(view: &mut View) -> Result<Catalogue, Fault> {
    let services = view.list_services("", true).await?;
    Ok(services.into_iter().map(|service| (service.id, service)).collect())
}

fn row(milestone: &Milestone, services: &Catalogue) -> MilestoneRow {
    let (before, lesson, service_id) = match milestone.before {
        Before::Lesson { number, service_id } => ("lesson", Some(number), service_id),
        Before::Service { service_id } => ("service", None, Some(service_id)),
    };
    let service = service_id.and_then(|id| services.get(&id));
    MilestoneRow {
        id: milestone.id.to_string(),
        name: milestone.name.clone(),
        before: before.to_owned(),
        lesson,
        service_id: service_id.map(|id| id.to_string()),
        service: service.map(|s| format!("{} {}", s.code, s.name)).unwrap_or_default(),
        amount: milestone.amount.into(),
        active: milestone.active,
    }
}

/// Every milestone, the smallest amount first.
pub async fn list_milestones(
    office: &Office,
    _: &Actor,
    _: Nothing,
) -> Result<MilestoneList, Fault> {
    let mut view = office.store.read().await?;
    let services = catalogue(&mut view).await?;
    let rows = sorted(&mut view).await?;
    Ok(MilestoneList { rows: rows.iter().map(|milestone| row(milestone, &services)).collect() })
}

async fn sorted(view: &mut View) -> Result<Vec<Milestone>, Fault> {
    let mut rows = view.milestones().await?;
    rows.sort_by_key(|milestone| (!milestone.active, milestone.amount.minor(), milestone.id));
    Ok(rows)
}

/// Sets a milestone; saved twice as it is, the second changes nothing.
pub async fn save_milestone(
    office: &Office,
    actor: &Actor,
    request: SaveMilestone,
) -> Result<MilestoneList, Fault> {
    let milestone = Milestone {
        id: typed::id("id", &request.id)?,
        school_id: office.school.id,
        name: typed::required("name", &request.name, typed::SHORT)?,
        before: before(&request)?,
        amount: typed::money("amount", &request.amount, office.school.currency)?,
        active: request.active,
    };
    if !milestone.amount.is_positive() {
        let fault = Fault::new(Code::Invalid, "The amount must be above 0.");
        return Err(fault.at("amount").rule("milestone_amount"));
    }
    let mut tx = office.store.begin().await?;
    let service = match milestone.before {
        Before::Lesson { service_id, .. } => service_id,
        Before::Service { service_id } => Some(service_id),
    };
    if let Some(id) = service
        && tx.find_service(id).await?.is_none()
    {
        return Err(Fault::new(Code::NotFound, "There is no such service.").rule("service"));
    }
    if !tx.milestones().await?.contains(&milestone) {
        office.record(&mut tx, actor, [FactBody::MilestoneSet(milestone)]).await?;
    }
    tx.commit().await?;
    list_milestones(office, actor, Nothing {}).await
}

fn before(request: &SaveMilestone) -> Result<Before, Fault> {
    let service_id: Option<ServiceId> =
        typed::optional_id("service_id", request.service_id.as_deref())?;
    let invalid =
        |field: &str, rule: &str, text: &str| Fault::new(Code::Invalid, text).at(field).rule(rule);
    match (request.before.as_str(), service_id) {
        ("lesson", _) => {
            let number = request.lesson.filter(|number| (1..=MOST_LESSONS).contains(number));
            let number = number.ok_or_else(|| {
                invalid("lesson", "milestone_lesson", "The lesson must lie between 1 and 500.")
            })?;
            Ok(Before::Lesson { number, service_id })
        }
        ("service", Some(service_id)) => Ok(Before::Service { service_id }),
        ("service", None) => Err(invalid("service_id", "missing", "Choose a service.")),
        _ => Err(invalid("before", "choice", "There is no such choice.")),
    }
}

/// What must be paid before a student's next lesson, or before a service that is to be booked.
pub async fn milestones(
    office: &Office,
    _: &Actor,
    request: MilestonesRequest,
) -> Result<MilestoneCheck, Fault> {
    let student: StudentId = typed::id("student_id", &request.student_id)?;
    let service: Option<ServiceId> =
        typed::optional_id("service_id", request.service_id.as_deref())?;
    let mut view = office.store.read().await?;
    students::demand(&mut view, student, office).await?;
    check(&mut view, office, student, service).await
}

async fn check(
    view: &mut View,
    office: &Office,
    student: StudentId,
    service: Option<ServiceId>,
) -> Result<MilestoneCheck, Fault> {
    let services = catalogue(view).await?;
    let missing = || Fault::new(Code::NotFound, "There is no such service.").rule("service");
    let booking = match service {
        Some(id) => Some((id, services.get(&id).ok_or_else(missing)?.kind)),
        None => None,
    };
    let progress = progress(view, office, student, &services).await?;
    let waived = view.milestone_overrides(student).await?;
    let mut rows = Vec::new();
    for milestone in sorted(view).await?.iter().filter(|milestone| milestone.active) {
        let why = waived.get(&milestone.id).filter(|waived| waived.active);
        let checked = milestone.check(&progress, booking, why.is_some())?;
        rows.push(shown(milestone, checked, why, &services));
    }
    Ok(MilestoneCheck {
        clear: rows.iter().all(|row| row.state != "missing"),
        paid: progress.paid.into(),
        rows,
    })
}

fn shown(
    milestone: &Milestone,
    checked: Checked,
    waived: Option<&MilestoneOverride>,
    services: &Catalogue,
) -> CheckedMilestone {
    CheckedMilestone {
        milestone: row(milestone, services),
        state: name_of(&checked.state, STATES),
        missing: checked.missing.into(),
        had: checked.had.map(show::number),
        reason: waived.map(|waived| waived.reason.clone()),
    }
}

async fn progress(
    view: &mut View,
    office: &Office,
    student: StudentId,
    services: &Catalogue,
) -> Result<Progress, Fault> {
    let today = office.today();
    let had = view.lessons_had(student, today).await?;
    let had = had.into_iter().map(|(service_id, quantity)| {
        let kind = services.get(&service_id).map_or(ServiceKind::Lesson, |service| service.kind);
        Had { service_id, kind, quantity }
    });
    Ok(Progress { had: had.collect(), paid: view.paid_by(student, today).await? })
}

/// Waives a milestone for a student, or takes that back; said twice, it is recorded once.
///
/// # Errors
/// [`Code::NotFound`] for an unknown milestone, [`Code::WrongState`] where it is met.
pub async fn override_milestone(
    office: &Office,
    actor: &Actor,
    request: OverrideMilestone,
) -> Result<MilestoneCheck, Fault> {
    let student_id: StudentId = typed::id("student_id", &request.student_id)?;
    let milestone_id: MilestoneId = typed::id("milestone_id", &request.milestone_id)?;
    let reason = typed::required("reason", &request.reason, typed::LINE)?;
    let mut tx = office.store.begin().await?;
    students::demand(&mut tx, student_id, office).await?;
    let absent = || Fault::new(Code::NotFound, "There is no such milestone.").rule("milestone");
    let all = tx.milestones().await?;
    let milestone = all.iter().find(|known| known.id == milestone_id).ok_or_else(absent)?;
    let services = catalogue(&mut tx).await?;
    let progress = progress(&mut tx, office, student_id, &services).await?;
    let missing = milestone.check(&progress, None, false)?.missing;
    let waived = tx.milestone_overrides(student_id).await?;
    let before = waived.get(&milestone_id);
    if request.active && missing.is_zero() {
        let fault = Fault::new(Code::WrongState, "This is paid; there is nothing to waive.");
        return Err(fault.rule("milestone_met"));
    }
    let is_same = match before {
        Some(before) => before.active == request.active && before.reason == reason,
        None => !request.active,
    };
    if !is_same {
        let waived = FactBody::MilestoneOverridden(MilestoneOverride {
            school_id: office.school.id,
            milestone_id,
            student_id,
            missing,
            active: request.active,
            reason,
        });
        office.record(&mut tx, actor, [waived]).await?;
    }
    let checked = check(&mut tx, office, student_id, None).await?;
    tx.commit().await?;
    Ok(checked)
}
