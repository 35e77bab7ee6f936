//! What a run would bill: the pool sorted into drafts, each priced and looked at as if issued.
//!
//! Never writes. The same pool, rules and wish make the same drafts under the same ids.

use crate::actor::Actor;
use crate::derived;
use crate::drafts::{Assessed, Tables, assess_for};
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::show::{self, SERVICE_KINDS};
use crate::wire::charges::{RunLine, RunPreview, RunPreviewRow, RunWish};
use crate::wire::gates::GatePassed;
use crate::wire::invoices::{DraftInput, LineInput};
use crate::{charges, gates, typed};
use chrono::NaiveDate;
use finance::Money;
use finance::charge::{Bill, RecordedEvent, bills};
use finance::ids::{InvoiceId, RunId, StudentId};
use finance::party::Department;
use finance::tax::{TaxCode, VatCategory};
use std::collections::{BTreeMap, BTreeSet};
use store::{StudentRow, View};
use uuid::Uuid;

/// The most invoices of one run.
const MOST_BILLS: usize = 10_000;

/// What a run is to bill, understood.
pub(crate) struct Wanted {
    pub id: RunId,
    pub issue_date: NaiveDate,
    pub due_date: NaiveDate,
    filter: store::ChargeFilter,
    overdue_days: Option<u32>,
    leave_out_blocked: bool,
    except: BTreeSet<Uuid>,
}

impl Wanted {
    pub(crate) fn read(wish: &RunWish) -> Result<Self, Fault> {
        let wanted = Self {
            id: typed::id("id", &wish.id)?,
            issue_date: typed::date("issue_date", &wish.issue_date)?,
            due_date: typed::date("due_date", &wish.due_date)?,
            filter: charges::filter(&wish.filter)?,
            overdue_days: wish.overdue_days,
            leave_out_blocked: wish.leave_out_blocked,
            except: wish
                .except
                .iter()
                .map(|id| typed::id("except", id))
                .collect::<Result<_, _>>()?,
        };
        if wanted.due_date < wanted.issue_date {
            let fault = Fault::new(Code::Invalid, "The due date lies before the issue date.");
            return Err(fault.at("due_date").rule("due_before_issue"));
        }
        Ok(wanted)
    }
}

/// One invoice of a run, before it is issued.
pub(crate) struct Planned {
    pub invoice_id: InvoiceId,
    pub bill: Bill,
    pub draft: DraftInput,
    pub student: Option<StudentRow>,
    /// Nothing where it cannot be priced.
    pub gross: Option<Money>,
    /// Code of why it will be skipped.
    pub skipped: Option<String>,
    /// What makes the student's gate red.
    pub blocked: Vec<GatePassed>,
}

/// The dates of a run's invoices.
#[derive(Clone, Copy)]
pub(crate) struct Dates {
    pub issue: NaiveDate,
    pub due: NaiveDate,
}

/// Everything a run would bill or skip, by the students' names.
///
/// # Errors
/// [`Code::Invalid`] where it would be more than a run may hold.
pub(crate) async fn plan(
    view: &mut View,
    office: &Office,
    wanted: &Wanted,
) -> Result<Vec<Planned>, Fault> {
    let pool = view.unbilled(&wanted.filter).await?;
    let mut tables = Tables::read(view, office).await?;
    let bills = bills(pool, |code| {
        TaxCode::in_force(&tables.taxes, code, wanted.issue_date)
            .is_some_and(|tax| tax.category == VatCategory::O)
    });
    if bills.len() > MOST_BILLS {
        let fault = Fault::new(Code::Invalid, "A run bills at most 10 000 invoices.");
        return Err(fault.at("filter").rule("run_size").with("count", bills.len().to_string()));
    }
    let ids: BTreeSet<StudentId> = bills.iter().map(|bill| bill.student_id).collect();
    let known: Vec<StudentId> = ids.iter().copied().collect();
    tables.know(view, &known, []).await?;
    let students = students(view, office, ids).await?;
    let blocked = gates::blocked(view, office, &known).await?;
    let dates = Dates { issue: wanted.issue_date, due: wanted.due_date };
    let mut planned: Vec<Planned> = bills
        .into_iter()
        .map(|bill| {
            let student = students.get(&bill.student_id).cloned();
            let id = invoice_id(wanted.id, &bill);
            let mut planned = look(office, &tables, id, dates, (bill, student));
            let overdue = overdue(planned.student.as_ref(), wanted.overdue_days, office);
            if planned.skipped.is_none() && overdue {
                planned.skipped = Some("overdue".to_owned());
            }
            planned.blocked = blocked.get(&planned.bill.student_id).cloned().unwrap_or_default();
            let is_blocked = wanted.leave_out_blocked && !planned.blocked.is_empty();
            if planned.skipped.is_none() && is_blocked {
                planned.skipped = Some("blocked".to_owned());
            }
            if wanted.except.contains(&id.0) {
                planned.skipped = Some("left_out".to_owned());
            }
            planned
        })
        .collect();
    planned.sort_by_cached_key(|planned| {
        let name = planned.student.as_ref().map(|row| row.student.person.name.to_lowercase());
        (name, planned.invoice_id)
    });
    Ok(planned)
}

/// Students by id.
pub(crate) async fn students(
    view: &mut View,
    office: &Office,
    ids: BTreeSet<StudentId>,
) -> Result<BTreeMap<StudentId, StudentRow>, Fault> {
    let ids: Vec<StudentId> = ids.into_iter().collect();
    let rows = view.find_students(&ids, office.today()).await?;
    Ok(rows.into_iter().map(|row| (row.student.id, row)).collect())
}

/// The id of an invoice of a run: whoever plans the run again plans the same invoice.
fn invoice_id(run: RunId, bill: &Bill) -> InvoiceId {
    let department = bill.department_id.map(|id| id.to_string()).unwrap_or_default();
    InvoiceId(derived::id(&[
        "invoice of a run",
        &run.to_string(),
        &bill.student_id.to_string(),
        &department,
        if bill.out_of_scope { "out of scope" } else { "" },
        &bill.part.to_string(),
    ]))
}

/// Looks at one bill as issuing would.
pub(crate) fn look(
    office: &Office,
    tables: &Tables,
    invoice_id: InvoiceId,
    dates: Dates,
    (bill, student): (Bill, Option<StudentRow>),
) -> Planned {
    let draft = draft(office, tables, (invoice_id, &bill), dates);
    let assessed = assess_for(office, tables, &draft, student.clone());
    let gross = assessed.totals().map(|totals| totals.gross);
    let skipped = obstacle(&bill, student.as_ref(), &assessed).map(str::to_owned);
    Planned { invoice_id, bill, draft, student, gross, skipped, blocked: Vec::new() }
}

/// What keeps a bill from being issued in a run. An invoice that nobody can be sent, or over
/// nothing, can be issued by hand, but not among thousands.
fn obstacle<'a>(
    bill: &Bill,
    student: Option<&StudentRow>,
    assessed: &'a Assessed,
) -> Option<&'a str> {
    let person = student.map(|row| &row.student.person);
    let nowhere = person.is_some_and(|p| p.address.line1.trim().is_empty() && p.email.is_empty());
    let unpriced = |recorded: &RecordedEvent| {
        recorded.charge.as_ref().is_some_and(|charge| charge.amount.is_zero())
    };
    if bill.charges.iter().any(unpriced) {
        return Some("no_price");
    }
    if let Some(check) = assessed.obstacle() {
        return Some(&check.code);
    }
    if nowhere {
        return Some("no_address");
    }
    assessed.totals().is_some_and(|totals| totals.gross.is_zero()).then_some("zero_total")
}

fn overdue(student: Option<&StudentRow>, most_days: Option<u32>, office: &Office) -> bool {
    let oldest = student.and_then(|row| row.oldest_due);
    let late = |due: NaiveDate, most: u32| (office.today() - due).num_days() > i64::from(most);
    oldest.zip(most_days).is_some_and(|(due, most)| late(due, most))
}

fn draft(
    office: &Office,
    tables: &Tables,
    (id, bill): (InvoiceId, &Bill),
    dates: Dates,
) -> DraftInput {
    let payers = tables.defaults.get(&bill.student_id).into_iter().flatten();
    let last = bill.charges.iter().map(|recorded| recorded.event.happened_on).max();
    let delivery = last.filter(|day| *day != dates.issue);
    DraftInput {
        id: id.to_string(),
        student_id: Some(bill.student_id.to_string()),
        department_id: bill.department_id.map(|id| id.to_string()),
        issue_date: dates.issue.to_string(),
        delivery_date: delivery.map(|day| day.to_string()),
        due_date: dates.due.to_string(),
        reference: String::new(),
        note: String::new(),
        lines: bill.charges.iter().filter_map(|recorded| line(office, recorded)).collect(),
        payers: payers.map(crate::payers::share_input).collect(),
        discount: None,
        terms: None,
        scheduled_on: None,
        currency: None,
    }
}

fn line(office: &Office, recorded: &RecordedEvent) -> Option<LineInput> {
    let charge = recorded.charge.as_ref()?;
    Some(LineInput {
        service_id: Some(recorded.event.service_id.to_string()),
        kind: show::name_of(&charge.service_kind, SERVICE_KINDS),
        description: charge.description.clone(),
        quantity: show::number(charge.quantity),
        unit_price: charges::price_text(office, charge.unit_price),
        discount_percent: show::number(charge.discount_percent),
        tax_code: charge.tax_code.clone(),
        income_account: charge.income_account.clone(),
    })
}

/// What a run would do, without doing it.
pub async fn preview_run(
    office: &Office,
    _: &Actor,
    request: RunWish,
) -> Result<RunPreview, Fault> {
    let wanted = Wanted::read(&request)?;
    let mut view = office.store.read().await?;
    let departments = view.departments().await?;
    let planned = plan(&mut view, office, &wanted).await?;
    drop(view);
    let sums = sums(office, &planned)?;
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let billed = planned.iter().filter(|planned| planned.skipped.is_none());
    Ok(RunPreview {
        invoices: sums.0,
        charges: count(billed.map(|planned| planned.bill.charges.len()).sum()),
        gross: sums.1.into(),
        skipped: count(planned.len()) - sums.0,
        rows: planned.into_iter().map(|planned| row(&departments, planned)).collect(),
    })
}

/// How many invoices a plan would issue, and their total.
pub(crate) fn sums(office: &Office, planned: &[Planned]) -> Result<(u32, Money), Fault> {
    let billed: Vec<&Planned> = planned.iter().filter(|p| p.skipped.is_none()).collect();
    let gross = Money::sum(office.school.currency, billed.iter().filter_map(|p| p.gross))?;
    Ok((u32::try_from(billed.len()).unwrap_or(u32::MAX), gross))
}

fn row(departments: &[Department], planned: Planned) -> RunPreviewRow {
    let student = planned.student.map(|row| row.student);
    let department = planned.bill.department_id;
    let department = departments.iter().find(|known| Some(known.id) == department);
    let charges = planned.bill.charges.into_iter().filter_map(|recorded| recorded.charge);
    RunPreviewRow {
        id: planned.invoice_id.to_string(),
        student_id: planned.bill.student_id.to_string(),
        student: student.as_ref().map(|s| s.person.name.clone()).unwrap_or_default(),
        student_number: student.map(|student| student.number).unwrap_or_default(),
        department: department.map(|department| department.name.clone()).unwrap_or_default(),
        lines: charges
            .map(|c| RunLine { description: c.description, amount: c.amount.into() })
            .collect(),
        gross: planned.gross.map(Into::into),
        skipped: planned.skipped,
        blocked: planned.blocked,
    }
}
