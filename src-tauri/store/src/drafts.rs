//! Drafts: not facts, so they may change and go.

use crate::decode;
use crate::error::{StoreError, breaks_uniqueness};
use crate::tx::Tx;
use crate::view::View;
use chrono::NaiveDate;
use finance::Money;
use finance::ids::{DepartmentId, InvoiceId, PayerId, StudentId};

/// When a draft is issued by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// The day.
    pub on: NaiveDate,
    /// Who said so, as it stands in the log.
    pub by: String,
}

/// A draft with what the list shows of it. Issuing an invoice with the same id ends the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftRow {
    /// The id its invoice will have.
    pub id: InvoiceId,
    /// Whom it is for, once known.
    pub student_id: Option<StudentId>,
    /// Who is asked to pay, where that is one payer and not the student.
    pub payer_id: Option<PayerId>,
    /// The department.
    pub department_id: Option<DepartmentId>,
    /// Date of the document.
    pub issue_date: NaiveDate,
    /// Last day to pay.
    pub due_date: NaiveDate,
    /// Total as far as it is known, in its own currency.
    pub gross: Money,
    /// The same in the book's currency, where the draft is in another one; nothing while no rate is
    /// known.
    pub base: Option<Money>,
    /// The draft as typed, in the caller's JSON.
    pub body: String,
    /// When it is issued by itself; nothing: by a person.
    pub schedule: Option<Schedule>,
    /// It was to be issued by itself, and a rule stood against it.
    pub kept_back: bool,
}

#[derive(sqlx::FromRow)]
struct StoredDraft {
    student_id: Option<String>,
    payer_id: Option<String>,
    department_id: Option<String>,
    issue_date: String,
    due_date: String,
    gross_minor: i64,
    foreign_gross_minor: Option<i64>,
    foreign_currency: Option<String>,
    currency: String,
    draft_body: String,
    scheduled_on: Option<String>,
    scheduled_by: String,
    kept_back: bool,
}

impl StoredDraft {
    fn draft(self, id: InvoiceId) -> Result<DraftRow, StoreError> {
        let on = decode::optional_date(self.scheduled_on.as_deref())?;
        let by = self.scheduled_by;
        Ok(DraftRow {
            id,
            student_id: decode::optional_id(self.student_id.as_deref())?,
            payer_id: decode::optional_id(self.payer_id.as_deref())?,
            department_id: decode::optional_id(self.department_id.as_deref())?,
            issue_date: decode::date(&self.issue_date)?,
            due_date: decode::date(&self.due_date)?,
            gross: decode::own_money(
                (self.foreign_gross_minor, self.foreign_currency.as_deref()),
                (self.gross_minor, &self.currency),
            )?,
            base: match self.foreign_currency {
                Some(_) => Some(decode::money(self.gross_minor, &self.currency)?),
                None => None,
            },
            body: self.draft_body,
            schedule: on.map(|on| Schedule { on, by }),
            kept_back: self.kept_back,
        })
    }
}

fn issued_already(error: sqlx::Error) -> StoreError {
    if breaks_uniqueness(&error) { StoreError::CodeTaken } else { error.into() }
}

impl View {
    /// A draft.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn find_draft(&mut self, id: InvoiceId) -> Result<Option<DraftRow>, StoreError> {
        let row: Option<StoredDraft> = sqlx::query_as(
            "SELECT student_id, payer_id, department_id, issue_date, due_date, gross_minor,
                foreign_gross_minor, foreign_currency, currency, draft_body, scheduled_on, scheduled_by, kept_back
             FROM document WHERE id = ? AND kind = 'draft'",
        )
        .bind(id.to_string())
        .fetch_optional(self.conn())
        .await?;
        row.map(|row| row.draft(id)).transpose()
    }

    /// The drafts that are to be issued by themselves through a day, by that day.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn drafts_scheduled(
        &mut self,
        through: NaiveDate,
    ) -> Result<Vec<(InvoiceId, Schedule)>, StoreError> {
        let rows: Vec<(String, String, String)> = sqlx::query_as(
            "SELECT id, scheduled_on, scheduled_by FROM document
             WHERE kind = 'draft' AND scheduled_on <= ? ORDER BY scheduled_on, row",
        )
        .bind(through.to_string())
        .fetch_all(self.conn())
        .await?;
        rows.into_iter()
            .map(|(id, on, by)| Ok((decode::id(&id)?, Schedule { on: decode::date(&on)?, by })))
            .collect()
    }
}

impl Tx {
    /// Keeps a draft, in place of an earlier one with the same id.
    ///
    /// # Errors
    /// [`StoreError::CodeTaken`] where it was issued already, [`StoreError::CauseMissing`] where
    /// there is no such student, or what the database reports.
    pub async fn save_draft(&mut self, draft: &DraftRow) -> Result<(), StoreError> {
        self.delete_draft(draft.id).await?;
        let (_, currency) = self.owner().await?;
        let foreign = Some(draft.gross).filter(|gross| gross.currency() != currency);
        let known = foreign.map_or(draft.gross, |_| draft.base.unwrap_or(Money::zero(currency)));
        sqlx::query(
            "INSERT INTO document (id, kind, student_id, department_id, issue_date, due_date,
                currency, net_minor, vat_minor, gross_minor, open_minor, draft_body, student_name,
                payer_id, payer_name, scheduled_on, scheduled_by, kept_back, foreign_currency,
                foreign_gross_minor, foreign_open_minor, foreign_credited_minor,
                foreign_written_off_minor)
             VALUES (?1, 'draft', ?2, ?3, ?4, ?5, ?6, 0, 0, ?7, 0, ?8,
                coalesce((SELECT name FROM student WHERE id = ?2), ''), ?9,
                coalesce((SELECT name FROM payer WHERE id = ?9), ''), ?10, ?11, ?12, ?13, ?14,
                iif(?14 IS NULL, NULL, 0), iif(?14 IS NULL, NULL, 0), iif(?14 IS NULL, NULL, 0))",
        )
        .bind(draft.id.to_string())
        .bind(draft.student_id.map(|id| id.to_string()))
        .bind(draft.department_id.map(|id| id.to_string()))
        .bind(draft.issue_date.to_string())
        .bind(draft.due_date.to_string())
        .bind(known.currency().to_string())
        .bind(known.minor())
        .bind(&draft.body)
        .bind(draft.payer_id.map(|id| id.to_string()))
        .bind(draft.schedule.as_ref().map(|schedule| schedule.on.to_string()))
        .bind(draft.schedule.as_ref().map_or("", |schedule| &schedule.by))
        .bind(draft.kept_back)
        .bind(foreign.map(|gross| gross.currency().to_string()))
        .bind(foreign.map(Money::minor))
        .execute(self.conn())
        .await
        .map_err(issued_already)?;
        Ok(())
    }

    /// Throws a draft away; true where there was one.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn delete_draft(&mut self, id: InvoiceId) -> Result<bool, StoreError> {
        let deleted = sqlx::query("DELETE FROM document WHERE id = ? AND kind = 'draft'")
            .bind(id.to_string())
            .execute(self.conn())
            .await?;
        Ok(deleted.rows_affected() > 0)
    }
}
