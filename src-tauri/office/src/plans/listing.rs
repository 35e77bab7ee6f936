//! Looking at payment plans.
//!
//! Never writes.

use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::invoices::days_past;
use crate::office::Office;
use crate::wire::plans::{
    InstalmentView, ListPlans, PlanCounts, PlanPage, PlanRequest, PlanView, PlannedInvoiceView,
};
use crate::{listing, typed};
use chrono::NaiveDate;
use finance::Money;
use finance::ids::PlanId;
use finance::instalments::{Instalment, PlanState};
use store::{PlanFilter, PlanRow, PlanShelf, View};

const SHELVES: &[(&str, PlanShelf)] = &[
    ("all", PlanShelf::All),
    ("running", PlanShelf::Running),
    ("late", PlanShelf::Late),
    ("broken", PlanShelf::Broken),
    ("paid", PlanShelf::Paid),
    ("ended", PlanShelf::Ended),
];

/// A page of plans with the counts of every part of the list.
pub async fn list_plans(office: &Office, _: &Actor, request: ListPlans) -> Result<PlanPage, Fault> {
    let filter = PlanFilter {
        shelf: typed::one_of("shelf", &request.shelf, SHELVES)?,
        query: typed::text("query", &request.query, typed::SHORT)?,
        student_id: typed::optional_id("student_id", request.student_id.as_deref())?,
        invoice_id: typed::optional_id("invoice_id", request.invoice_id.as_deref())?,
    };
    let today = office.today();
    let mut read = office.store.read().await?;
    let page = read.list_plans(&filter, listing::window(&request.window), today).await?;
    let counts = read.plan_counts(&filter, today).await?;
    let rows: Result<Vec<PlanView>, Fault> =
        page.rows.into_iter().map(|row| view(row, today)).collect();
    Ok(PlanPage {
        rows: rows?,
        total: page.total,
        counts: PlanCounts {
            all: counts.all,
            running: counts.running,
            late: counts.late,
            broken: counts.broken,
            paid: counts.paid,
            ended: counts.ended,
        },
    })
}

/// One plan.
pub async fn find_plan(
    office: &Office,
    _: &Actor,
    request: PlanRequest,
) -> Result<PlanView, Fault> {
    show(office, typed::id("id", &request.id)?).await
}

pub(super) async fn show(office: &Office, id: PlanId) -> Result<PlanView, Fault> {
    let mut read = office.store.read().await?;
    view(demand(&mut read, id).await?, office.today())
}

/// The plan of an id.
///
/// # Errors
/// [`Code::NotFound`].
pub(super) async fn demand(view: &mut View, id: PlanId) -> Result<PlanRow, Fault> {
    let missing = || Fault::new(Code::NotFound, "There is no such payment plan.").rule("plan");
    view.find_plan(id).await?.ok_or_else(missing)
}

/// The name of a state.
fn state_name(row: &PlanRow, today: NaiveDate) -> &'static str {
    match row.state(today) {
        Some(PlanState::Paid) => "paid",
        Some(PlanState::Kept) => "kept",
        Some(PlanState::Late) => "late",
        Some(PlanState::Broken) => "broken",
        None if row.replaced_by.is_some() => "replaced",
        None => "ended",
    }
}

fn view(row: PlanRow, today: NaiveDate) -> Result<PlanView, Fault> {
    let zero = Money::zero(row.total.currency());
    let state = state_name(&row, today).to_owned();
    let mut instalments = Vec::with_capacity(row.plan.instalments.len());
    let (mut open_sum, mut missed, mut paid_count) = (zero, zero, 0);
    for (place, instalment) in (1_u16..).zip(&row.plan.instalments) {
        let open = match &row.standing {
            Some(standing) => Some(standing.open_of(place, zero)?),
            None => None,
        };
        if let Some(open) = open {
            open_sum = open_sum.plus(open)?;
            paid_count += u16::from(open.is_zero());
            if instalment.due_date < today {
                missed = missed.plus(open)?;
            }
        }
        instalments.push(instalment_view((place, instalment), open, today));
    }
    let paid = row.total.minus(open_sum)?;
    let holds = row.standing.is_some();
    let next = instalments.iter().find(|one| one.open.is_some_and(|open| open.0.is_positive()));
    let next_day = row.standing.as_ref().and_then(|standing| standing.parts.first());
    let until = row.standing.as_ref().and_then(|standing| standing.until);
    Ok(PlanView {
        id: row.plan.id.to_string(),
        student_id: row.plan.student_id.to_string(),
        student: row.student,
        student_number: row.student_number,
        state,
        agreed_on: row.plan.agreed_on.to_string(),
        invoices: row.plan.invoices.iter().zip(row.invoices).map(planned).collect(),
        total: row.total.into(),
        open: holds.then(|| open_sum.into()),
        paid: holds.then(|| paid.into()),
        paid_percent: if holds { percent(paid, row.total) } else { 0 },
        paid_count,
        next_due: next.map(|next| next.due_date.clone()),
        next_open: next.and_then(|next| next.open),
        days_late: next_day.map_or(0, |part| days_past(part.due_date, today)),
        missed: holds.then(|| missed.into()),
        grace_days: row.plan.grace_days,
        breaks_on: until.and_then(|day| day.succ_opt()).map(|day| day.to_string()),
        note: row.plan.note,
        replaces: row.plan.replaces.map(|id| id.to_string()),
        replaced_by: row.replaced_by.map(|id| id.to_string()),
        ended_on: row.until.map(|day| day.to_string()),
        end_reason: row.end_reason,
        instalments,
    })
}

fn planned(
    (planned, (number, due)): (&finance::instalments::PlannedInvoice, (String, NaiveDate)),
) -> PlannedInvoiceView {
    PlannedInvoiceView {
        invoice_id: planned.invoice_id.to_string(),
        number,
        due_date: due.to_string(),
        planned: planned.amount.into(),
    }
}

fn instalment_view(
    (place, instalment): (u16, &Instalment),
    open: Option<Money>,
    today: NaiveDate,
) -> InstalmentView {
    let state = match open {
        None => "ended",
        Some(open) if open.is_zero() => "paid",
        Some(_) if instalment.due_date < today => "missed",
        Some(open) if open != instalment.amount => "part_paid",
        Some(_) => "open",
    };
    InstalmentView {
        place,
        due_date: instalment.due_date.to_string(),
        amount: instalment.amount.into(),
        open: open.map(Into::into),
        state: state.to_owned(),
    }
}

/// Whole percent, rounded down: nothing that is not paid shows as paid in full.
fn percent(paid: Money, total: Money) -> u8 {
    let hundredths = i128::from(paid.minor()) * 100;
    let percent = hundredths.checked_div(i128::from(total.minor())).unwrap_or_default();
    u8::try_from(percent.clamp(0, 100)).unwrap_or(100)
}
