//! Payment plans: the list, each in full, and what they meant for ageing on any day.

use crate::apply::plans::{Owed, agreed, damaged};
use crate::decode;
use crate::error::StoreError;
use crate::typed::Typed;
use crate::view::{View, Window};
use chrono::NaiveDate;
use finance::Money;
use finance::ids::{InvoiceId, PlanId, StudentId};
use finance::instalments::{self, OpenPart, PaymentPlan, PlanStanding, PlanState};
use sqlx::{QueryBuilder, Sqlite};
use std::collections::BTreeMap;

/// Which part of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PlanShelf {
    /// Everything.
    #[default]
    All,
    /// Those that hold and have something open, whatever was missed.
    Running,
    /// Of these, those with a missed instalment, within the days of grace.
    Late,
    /// Those that are broken.
    Broken,
    /// Paid in full.
    Paid,
    /// Ended, or replaced by a later one.
    Ended,
}

/// Which plans. Parts left empty do not narrow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct PlanFilter {
    /// The part of the list.
    pub shelf: PlanShelf,
    /// Student's name or number, as typed.
    pub query: String,
    /// Of this student.
    pub student_id: Option<StudentId>,
    /// About this invoice.
    pub invoice_id: Option<InvoiceId>,
}

/// A plan with what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanRow {
    /// The plan as agreed.
    pub plan: PaymentPlan,
    /// The student's name.
    pub student: String,
    /// The student's number.
    pub student_number: String,
    /// Numbers and due dates of the invoices, in the plan's order.
    pub invoices: Vec<(String, NaiveDate)>,
    /// What was planned.
    pub total: Money,
    /// What is open of it; nothing once it no longer holds.
    pub standing: Option<PlanStanding>,
    /// The first day it no longer holds.
    pub until: Option<NaiveDate>,
    /// Why it was ended, where a person did.
    pub end_reason: Option<String>,
    /// The plan that took its place.
    pub replaced_by: Option<PlanId>,
}

impl PlanRow {
    /// Where it stands on a day; nothing once it was ended or replaced.
    pub fn state(&self, day: NaiveDate) -> Option<PlanState> {
        self.standing.as_ref().map(|standing| standing.state(day))
    }
}

/// A page of plans: those that need attention first, then the newest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanPage {
    /// The rows of the window.
    pub rows: Vec<PlanRow>,
    /// How many match in all.
    pub total: u32,
}

/// Counts for the tabs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlanCounts {
    pub all: u32,
    pub running: u32,
    pub late: u32,
    pub broken: u32,
    pub paid: u32,
    pub ended: u32,
}

#[derive(sqlx::FromRow)]
struct Stored {
    id: String,
    body: String,
    personal: Option<String>,
    student: String,
    student_number: String,
    until_day: Option<String>,
    holds_until: Option<String>,
    end_reason: Option<String>,
    replaced_by: Option<String>,
}

const COLUMNS: &str = "SELECT p.id, f.body, f.personal, s.name AS student,
    s.number AS student_number, p.until_day, p.holds_until, p.end_reason, p.replaced_by
    FROM payment_plan p JOIN fact f ON f.place = p.fact JOIN student s ON s.id = p.student_id";

const RUNNING: &str = "p.until_day IS NULL AND p.open_minor > 0";
const PAID: &str = "p.until_day IS NULL AND p.open_minor = 0";
const ENDED: &str = "p.until_day IS NOT NULL";

fn push_late(query: &mut QueryBuilder<Sqlite>, today: NaiveDate) {
    query.push(RUNNING).push(" AND p.next_due < ").push_bind(today.to_string());
    query.push(" AND p.holds_until >= ").push_bind(today.to_string());
}

fn push_broken(query: &mut QueryBuilder<Sqlite>, today: NaiveDate) {
    query.push(RUNNING).push(" AND p.holds_until < ").push_bind(today.to_string());
}

fn narrow(query: &mut QueryBuilder<Sqlite>, filter: &PlanFilter, words: &str, today: NaiveDate) {
    query.push(" WHERE ");
    match filter.shelf {
        PlanShelf::All => drop(query.push("TRUE")),
        PlanShelf::Running => drop(query.push(RUNNING)),
        PlanShelf::Late => push_late(query, today),
        PlanShelf::Broken => push_broken(query, today),
        PlanShelf::Paid => drop(query.push(PAID)),
        PlanShelf::Ended => drop(query.push(ENDED)),
    }
    if let Some(student) = filter.student_id {
        query.push(" AND p.student_id = ").push_bind(student.to_string());
    }
    if let Some(invoice) = filter.invoice_id {
        query.push(" AND p.id IN (SELECT plan_id FROM plan_invoice WHERE invoice_id = ");
        query.push_bind(invoice.to_string()).push(")");
    }
    if !words.is_empty() {
        query.push(" AND p.student_id IN (SELECT s.id FROM student_text t");
        query.push(" JOIN student s ON s.row = t.rowid WHERE student_text MATCH ");
        query.push_bind(words.to_owned()).push(")");
    }
}

impl View {
    /// A page of plans.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn list_plans(
        &mut self,
        filter: &PlanFilter,
        window: Window,
        today: NaiveDate,
    ) -> Result<PlanPage, StoreError> {
        let (_, currency) = self.owner().await?;
        let words = Typed::new(&filter.query, currency).words;
        let mut query = QueryBuilder::new("SELECT count(*) FROM payment_plan p");
        narrow(&mut query, filter, &words, today);
        let total: i64 = query.build_query_scalar().fetch_one(self.conn()).await?;
        let mut query = QueryBuilder::new(COLUMNS);
        narrow(&mut query, filter, &words, today);
        query.push(" ORDER BY p.until_day IS NOT NULL, p.next_due IS NULL, p.next_due, p.row DESC");
        query.push(" LIMIT ").push_bind(window.limit);
        query.push(" OFFSET ").push_bind(window.offset);
        let rows: Vec<Stored> = query.build_query_as().fetch_all(self.conn()).await?;
        Ok(PlanPage { rows: self.plan_rows(rows).await?, total: decode::count(total) })
    }

    /// Counts of every part of the list, narrowed by the rest of the filter.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn plan_counts(
        &mut self,
        filter: &PlanFilter,
        today: NaiveDate,
    ) -> Result<PlanCounts, StoreError> {
        let (_, currency) = self.owner().await?;
        let words = Typed::new(&filter.query, currency).words;
        let all = PlanFilter { shelf: PlanShelf::All, ..filter.clone() };
        let mut query = QueryBuilder::new("SELECT count(*)");
        for part in [RUNNING, PAID, ENDED] {
            query.push(", count(*) FILTER (WHERE ").push(part).push(")");
        }
        query.push(", count(*) FILTER (WHERE ");
        push_late(&mut query, today);
        query.push("), count(*) FILTER (WHERE ");
        push_broken(&mut query, today);
        query.push(") FROM payment_plan p");
        narrow(&mut query, &all, &words, today);
        let (all, running, paid, ended, late, broken): (i64, i64, i64, i64, i64, i64) =
            query.build_query_as().fetch_one(self.conn()).await?;
        let [all, running, late, broken, paid, ended] =
            [all, running, late, broken, paid, ended].map(decode::count);
        Ok(PlanCounts { all, running, late, broken, paid, ended })
    }

    /// One plan.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn find_plan(&mut self, id: PlanId) -> Result<Option<PlanRow>, StoreError> {
        let mut query = QueryBuilder::new(COLUMNS);
        query.push(" WHERE p.id = ").push_bind(id.to_string());
        let row: Option<Stored> = query.build_query_as().fetch_optional(self.conn()).await?;
        Ok(self.plan_rows(row.into_iter().collect()).await?.pop())
    }

    async fn plan_rows(&mut self, rows: Vec<Stored>) -> Result<Vec<PlanRow>, StoreError> {
        let mut plans = Vec::with_capacity(rows.len());
        for row in rows {
            let plan = agreed(&row.body, row.personal.as_deref())?;
            let total = plan.total().map_err(|error| StoreError::Damaged(error.to_string()))?;
            let until = decode::optional_date(row.until_day.as_deref())?;
            let holds_until = decode::optional_date(row.holds_until.as_deref())?;
            let standing = match until {
                Some(_) => None,
                None => {
                    let parts = self.plan_parts(&row.id, total).await?;
                    Some(PlanStanding { parts, until: holds_until })
                }
            };
            plans.push(PlanRow {
                invoices: self.planned_invoices(&plan).await?,
                plan,
                student: row.student,
                student_number: row.student_number,
                total,
                standing,
                until,
                end_reason: row.end_reason,
                replaced_by: decode::optional_id(row.replaced_by.as_deref())?,
            });
        }
        Ok(plans)
    }

    async fn plan_parts(&mut self, id: &str, total: Money) -> Result<Vec<OpenPart>, StoreError> {
        let rows: Vec<(u16, String, String, i64)> = sqlx::query_as(
            "SELECT place, invoice_id, due_date, coalesce(foreign_minor, open_minor) FROM plan_part
             WHERE plan_id = ? ORDER BY place, invoice_id",
        )
        .bind(id)
        .fetch_all(self.conn())
        .await?;
        rows.into_iter()
            .map(|(place, invoice, due, minor)| {
                Ok(OpenPart {
                    place,
                    invoice_id: decode::id(&invoice)?,
                    due_date: decode::date(&due)?,
                    open: Money::from_minor(minor, total.currency()),
                })
            })
            .collect()
    }

    async fn planned_invoices(
        &mut self,
        plan: &PaymentPlan,
    ) -> Result<Vec<(String, NaiveDate)>, StoreError> {
        let ids: Vec<String> =
            plan.invoices.iter().map(|planned| planned.invoice_id.to_string()).collect();
        let rows: Vec<(String, String)> = sqlx::query_as(
            "SELECT d.number, d.due_date FROM json_each(?) given
             JOIN document d ON d.id = given.value ORDER BY given.key",
        )
        .bind(serde_json::to_string(&ids)?)
        .fetch_all(self.conn())
        .await?;
        rows.into_iter().map(|(number, due)| Ok((number, decode::date(&due)?))).collect()
    }

    /// What plans moved on a day, for ageing by due date: for each student the invoice's own due
    /// date, the day it was due by instead, and how much.
    ///
    /// # Errors
    /// What the database reports.
    pub(crate) async fn moved_by_plans(
        &mut self,
        day: NaiveDate,
    ) -> Result<Vec<Moved>, StoreError> {
        let rows: Vec<OnDay> =
            sqlx::query_as(ON_DAY).bind(day.to_string()).fetch_all(self.conn()).await?;
        let mut plans: BTreeMap<i64, (PaymentPlan, Vec<OnDay>)> = BTreeMap::new();
        for row in rows {
            match plans.get_mut(&row.place) {
                Some((_, invoices)) => invoices.push(row),
                None => {
                    let plan = agreed(&row.body, row.personal.as_deref())?;
                    plans.insert(row.place, (plan, vec![row]));
                }
            }
        }
        let mut moved = Vec::new();
        for (plan, invoices) in plans.into_values() {
            moves(&plan, &invoices, day, &mut moved)?;
        }
        Ok(moved)
    }
}

/// An amount that a plan made due on another day.
pub(crate) struct Moved {
    pub student_id: StudentId,
    pub invoice_id: InvoiceId,
    /// The invoice's own due date.
    pub from: NaiveDate,
    /// The day it was due by.
    pub to: NaiveDate,
    /// In the currency of the books.
    pub minor: i64,
}

#[derive(sqlx::FromRow)]
struct OnDay {
    place: i64,
    body: String,
    personal: Option<String>,
    invoice_id: String,
    due_date: String,
    currency: String,
    open_minor: i64,
    foreign_currency: Option<String>,
    foreign_open_minor: Option<i64>,
}

/// The invoices of every plan that held on the day, with what was open of them then: what is open
/// now, with what settled it only later, without what no longer does; in the books, and in the
/// currency of the invoice where that is another one.
const ON_DAY: &str = "
    SELECT p.row AS place, f.body, f.personal, d.id AS invoice_id, d.due_date, d.currency,
        d.open_minor
        + (SELECT coalesce(sum(amount_minor), 0) FROM allocation
            WHERE invoice_id = d.id AND ended_on IS NULL AND effective_on > ?1)
        - (SELECT coalesce(sum(amount_minor), 0) FROM allocation
            WHERE invoice_id = d.id AND ended_on > ?1 AND effective_on <= ?1) AS open_minor,
        d.foreign_currency,
        d.foreign_open_minor
        + (SELECT coalesce(sum(foreign_minor), 0) FROM allocation
            WHERE invoice_id = d.id AND ended_on IS NULL AND effective_on > ?1)
        - (SELECT coalesce(sum(foreign_minor), 0) FROM allocation
            WHERE invoice_id = d.id AND ended_on > ?1 AND effective_on <= ?1)
            AS foreign_open_minor
    FROM payment_plan p JOIN fact f ON f.place = p.fact
    JOIN plan_invoice i ON i.plan_id = p.id JOIN document d ON d.id = i.invoice_id
    WHERE p.agreed_on <= ?1 AND (p.until_day IS NULL OR p.until_day > ?1) AND d.issue_date <= ?1";

fn moves(
    plan: &PaymentPlan,
    invoices: &[OnDay],
    day: NaiveDate,
    moved: &mut Vec<Moved>,
) -> Result<(), StoreError> {
    let (mut owed, mut dues) = (Owed::default(), BTreeMap::new());
    for row in invoices {
        let id: InvoiceId = decode::id(&row.invoice_id)?;
        let base = decode::money(row.open_minor, &row.currency)?;
        owed.add(id, base, row.foreign_open_minor.zip(row.foreign_currency.as_deref()))?;
        dues.insert(id, decode::date(&row.due_date)?);
    }
    let standing = plan.standing(&owed.open).map_err(damaged)?;
    let worth = standing.worth(&owed.abroad).map_err(damaged)?;
    for (part, worth) in standing.parts.iter().zip(worth) {
        let Some((from, until)) = dues.get(&part.invoice_id).copied().zip(standing.until) else {
            continue;
        };
        let to = instalments::due_by(part.due_date, from, until, day);
        let (student_id, invoice_id) = (plan.student_id, part.invoice_id);
        moved.push(Moved { student_id, invoice_id, from, to, minor: worth.minor() });
    }
    Ok(())
}
