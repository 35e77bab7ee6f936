//! Runs of this desk that bill many charges: the plan of each, and how far it came.
//!
//! Never a fact: what a run did are the invoices it issued. Never changes a plan that began.

use crate::decode;
use crate::error::{StoreError, breaks_uniqueness};
use crate::tx::Tx;
use crate::view::View;
use chrono::NaiveDate;
use finance::Money;
use finance::ids::{ChargeId, DepartmentId, InvoiceId, RunId, StudentId};
use sqlx::{QueryBuilder, Sqlite};

/// How a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RunState {
    /// It began and has not come to its end: at work, or cut short.
    Running,
    /// Everything of it was issued or skipped.
    Finished,
    /// A person stopped it; what it had issued stays.
    Cancelled,
}

impl RunState {
    fn name(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Finished => "finished",
            Self::Cancelled => "cancelled",
        }
    }

    fn of(name: &str) -> Result<Self, StoreError> {
        let all = [Self::Running, Self::Finished, Self::Cancelled];
        let found = all.into_iter().find(|state| state.name() == name);
        found.ok_or_else(|| StoreError::Damaged(format!("{name:?} is no state of a run")))
    }
}

/// A run as it began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunPlan {
    /// Its identity, from which the ids of its invoices are made.
    pub id: RunId,
    /// When it began, in milliseconds since 1970-01-01 UTC.
    pub begun_at: i64,
    /// Who began it.
    pub actor: String,
    /// Date of its invoices.
    pub issue_date: NaiveDate,
    /// Last day to pay them.
    pub due_date: NaiveDate,
}

/// One invoice of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunItem {
    /// Its place in the run, from 0.
    pub place: u32,
    /// The id the invoice has or will have.
    pub invoice_id: InvoiceId,
    /// Whom it is for.
    pub student_id: StudentId,
    /// The department it is booked on.
    pub department_id: Option<DepartmentId>,
    /// What it bills, in the order of the lines.
    pub charges: Vec<ChargeId>,
    /// Its total as planned; nothing where it cannot be priced, and is therefore left out.
    pub gross: Option<Money>,
    /// Code of why the preview left it out; nothing: it is to be issued.
    pub left_out: Option<String>,
}

/// How far a run came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunRow {
    /// The run.
    pub plan: RunPlan,
    /// How it stands.
    pub state: RunState,
    /// Invoices planned.
    pub planned: u32,
    /// Of these, issued.
    pub issued: u32,
    /// Of these, left out because of what changed after the plan was made.
    pub skipped: u32,
    /// Total of what was issued.
    pub gross: Money,
}

/// An invoice that a run left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunSkip {
    /// The student's id.
    pub student_id: StudentId,
    /// The student's present name.
    pub student: String,
    /// Its total as planned; nothing where it could not be priced.
    pub gross: Option<Money>,
    /// Code of why.
    pub reason: String,
}

#[derive(sqlx::FromRow)]
struct StoredRun {
    id: String,
    begun_at: i64,
    actor: String,
    issue_date: String,
    due_date: String,
    state: String,
    planned: i64,
    issued: i64,
    skipped: i64,
    gross_minor: i64,
}

impl StoredRun {
    fn row(self, currency: finance::Currency) -> Result<RunRow, StoreError> {
        Ok(RunRow {
            plan: RunPlan {
                id: decode::id(&self.id)?,
                begun_at: self.begun_at,
                actor: self.actor,
                issue_date: decode::date(&self.issue_date)?,
                due_date: decode::date(&self.due_date)?,
            },
            state: RunState::of(&self.state)?,
            planned: decode::count(self.planned),
            issued: decode::count(self.issued),
            skipped: decode::count(self.skipped),
            gross: Money::from_minor(self.gross_minor, currency),
        })
    }
}

const RUNS: &str = "SELECT r.id, r.begun_at, r.actor, r.issue_date, r.due_date, r.state,
        count(i.place) FILTER (WHERE i.outcome <> 'left_out') AS planned,
        count(i.place) FILTER (WHERE i.outcome = 'issued') AS issued,
        count(i.place) FILTER (WHERE i.outcome = 'skipped') AS skipped,
        coalesce(sum(i.gross_minor) FILTER (WHERE i.outcome = 'issued'), 0) AS gross_minor
    FROM charge_run r LEFT JOIN charge_run_item i ON i.run_id = r.id ";

#[derive(sqlx::FromRow)]
struct StoredItem {
    place: u32,
    invoice_id: String,
    student_id: String,
    department_id: Option<String>,
    charges: String,
    gross_minor: Option<i64>,
}

impl View {
    /// The newest runs, newest first.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn list_runs(&mut self, limit: u32) -> Result<Vec<RunRow>, StoreError> {
        let (_, currency) = self.owner().await?;
        let mut query = QueryBuilder::<Sqlite>::new(RUNS);
        query.push("GROUP BY r.id ORDER BY r.begun_at DESC, r.id DESC LIMIT ").push_bind(limit);
        let rows: Vec<StoredRun> = query.build_query_as().fetch_all(self.conn()).await?;
        rows.into_iter().map(|row| row.row(currency)).collect()
    }

    /// One run.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn find_run(&mut self, id: RunId) -> Result<Option<RunRow>, StoreError> {
        let (_, currency) = self.owner().await?;
        let mut query = QueryBuilder::<Sqlite>::new(RUNS);
        query.push("WHERE r.id = ").push_bind(id.to_string()).push(" GROUP BY r.id");
        let row: Option<StoredRun> = query.build_query_as().fetch_optional(self.conn()).await?;
        row.map(|row| row.row(currency)).transpose()
    }

    /// The next invoices of a run that are neither issued nor skipped, in order.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn waiting_of_run(
        &mut self,
        id: RunId,
        limit: u32,
    ) -> Result<Vec<RunItem>, StoreError> {
        let (_, currency) = self.owner().await?;
        let rows: Vec<StoredItem> = sqlx::query_as(
            "SELECT place, invoice_id, student_id, department_id, charges, gross_minor
             FROM charge_run_item WHERE run_id = ? AND outcome = 'waiting' ORDER BY place LIMIT ?",
        )
        .bind(id.to_string())
        .bind(limit)
        .fetch_all(self.conn())
        .await?;
        rows.into_iter()
            .map(|row| {
                Ok(RunItem {
                    place: row.place,
                    invoice_id: decode::id(&row.invoice_id)?,
                    student_id: decode::id(&row.student_id)?,
                    department_id: decode::optional_id(row.department_id.as_deref())?,
                    charges: decode::json(&row.charges)?,
                    gross: row.gross_minor.map(|minor| Money::from_minor(minor, currency)),
                    left_out: None,
                })
            })
            .collect()
    }

    /// The invoices that a run issued, in the order of the run.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn issued_of_run(&mut self, id: RunId) -> Result<Vec<InvoiceId>, StoreError> {
        let ids: Vec<String> = sqlx::query_scalar(
            // A document that was split stands there by its first part.
            "SELECT coalesce(d.id, i.invoice_id) FROM charge_run_item i
             LEFT JOIN document d ON d.split_first = i.invoice_id AND d.kind = 'invoice'
             WHERE i.run_id = ? AND i.outcome = 'issued' ORDER BY i.place, d.sequence",
        )
        .bind(id.to_string())
        .fetch_all(self.conn())
        .await?;
        ids.iter().map(|id| decode::id(id)).collect()
    }

    /// What a run left out: what the preview left out, then what changed since; each in the order of
    /// the run.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn skipped_of_run(&mut self, id: RunId) -> Result<Vec<RunSkip>, StoreError> {
        let (_, currency) = self.owner().await?;
        let rows: Vec<(String, String, Option<i64>, String)> = sqlx::query_as(
            "SELECT i.student_id, coalesce(s.name, ''), i.gross_minor, i.reason
             FROM charge_run_item i LEFT JOIN student s ON s.id = i.student_id
             WHERE i.run_id = ? AND i.outcome IN ('left_out', 'skipped')
             ORDER BY i.outcome, i.place",
        )
        .bind(id.to_string())
        .fetch_all(self.conn())
        .await?;
        rows.into_iter()
            .map(|(student_id, student, gross_minor, reason)| {
                let gross = gross_minor.map(|minor| Money::from_minor(minor, currency));
                Ok(RunSkip { student_id: decode::id(&student_id)?, student, gross, reason })
            })
            .collect()
    }
}

impl Tx {
    /// Keeps the plan of a run that begins.
    ///
    /// # Errors
    /// [`StoreError::CodeTaken`] where a run or an invoice of it has begun already, or what the
    /// database reports.
    pub async fn begin_run(&mut self, plan: &RunPlan, items: &[RunItem]) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO charge_run (id, begun_at, actor, issue_date, due_date, state)
             VALUES (?, ?, ?, ?, ?, 'running')",
        )
        .bind(plan.id.to_string())
        .bind(plan.begun_at)
        .bind(&plan.actor)
        .bind(plan.issue_date.to_string())
        .bind(plan.due_date.to_string())
        .execute(self.conn())
        .await
        .map_err(begun_already)?;
        let mut rows = Vec::with_capacity(items.len());
        for item in items {
            rows.push((item, serde_json::to_string(&item.charges)?));
        }
        let written = crate::batches::write(self.conn(), &rows, |query, batch| {
            query.push(
                "INSERT INTO charge_run_item (run_id, place, invoice_id, student_id,
                 department_id, charges, gross_minor, outcome, reason) ",
            );
            query.push_values(batch, |mut row, (item, charges)| {
                row.push_bind(plan.id.to_string())
                    .push_bind(item.place)
                    .push_bind(item.invoice_id.to_string())
                    .push_bind(item.student_id.to_string())
                    .push_bind(item.department_id.map(|id| id.to_string()))
                    .push_bind(charges)
                    .push_bind(item.gross.map(Money::minor))
                    .push_bind(if item.left_out.is_some() { "left_out" } else { "waiting" })
                    .push_bind(item.left_out.as_deref().unwrap_or_default());
            });
            Ok(())
        });
        written.await.map_err(begun_already)
    }

    /// Notes what became of one invoice of a run: issued, or skipped for a reason.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn settle_run_item(
        &mut self,
        run: RunId,
        place: u32,
        skipped: Option<&str>,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE charge_run_item SET outcome = ?3, reason = ?4 WHERE run_id = ?1 AND place = ?2",
        )
        .bind(run.to_string())
        .bind(place)
        .bind(if skipped.is_some() { "skipped" } else { "issued" })
        .bind(skipped.unwrap_or_default())
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Says how a run stands.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn set_run_state(&mut self, run: RunId, state: RunState) -> Result<(), StoreError> {
        sqlx::query("UPDATE charge_run SET state = ?2 WHERE id = ?1")
            .bind(run.to_string())
            .bind(state.name())
            .execute(self.conn())
            .await?;
        Ok(())
    }
}

fn begun_already(error: sqlx::Error) -> StoreError {
    if breaks_uniqueness(&error) { StoreError::CodeTaken } else { error.into() }
}
