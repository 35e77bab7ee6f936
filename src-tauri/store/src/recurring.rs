//! Invoices that come again: the templates and what was made of them.
//!
//! Never says what is due: that follows from the template, and the office asks it.

use crate::decode;
use crate::error::StoreError;
use crate::view::View;
use chrono::NaiveDate;
use finance::Money;
use finance::ids::{RecurringId, StudentId};
use finance::recurring::{Outcome, Recurring, RecurringMade};
use std::collections::BTreeSet;

/// A template and who set it as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecurringRow {
    /// The template.
    pub recurring: Recurring,
    /// As it stands in the log.
    pub actor: String,
}

/// What was made of a date, as things stand now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecurringMadeRow {
    /// What was made.
    pub made: RecurringMade,
    /// The template's name as it is now.
    pub name: String,
    /// The student's name.
    pub student: String,
    /// Number of the invoice, of the first payer's where several pay; empty for a draft.
    pub number: String,
    /// Total of the document; nothing where the draft was thrown away.
    pub gross: Option<Money>,
    /// It is a draft still.
    pub is_draft: bool,
}

/// Names of what became of a date.
const OUTCOMES: [(&str, Outcome); 3] =
    [("issued", Outcome::Issued), ("draft", Outcome::Draft), ("kept_back", Outcome::KeptBack)];

pub(crate) fn outcome_name(outcome: Outcome) -> &'static str {
    OUTCOMES.iter().find(|(_, known)| *known == outcome).map_or("", |(name, _)| name)
}

const MADE: &str = "
    SELECT m.recurring_id, m.period, m.student_id, m.invoice_id, m.made_on, m.outcome,
        coalesce(r.name, '') AS name, s.name AS student, coalesce(d.number, '') AS number, d.kind,
        coalesce((SELECT sum(coalesce(p.foreign_gross_minor, p.gross_minor)) FROM document p
            WHERE p.split_first = m.invoice_id),
            d.foreign_gross_minor, d.gross_minor) AS gross_minor,
        coalesce(d.foreign_currency, d.currency) AS currency
    FROM recurring_made m JOIN student s ON s.id = m.student_id
        LEFT JOIN recurring r ON r.id = m.recurring_id
        LEFT JOIN document d ON d.id = m.invoice_id";

#[derive(sqlx::FromRow)]
struct StoredMade {
    recurring_id: String,
    period: String,
    student_id: String,
    invoice_id: String,
    made_on: String,
    outcome: String,
    name: String,
    student: String,
    number: String,
    kind: Option<String>,
    gross_minor: Option<i64>,
    currency: Option<String>,
}

impl StoredMade {
    fn row(self) -> Result<RecurringMadeRow, StoreError> {
        let known = OUTCOMES.iter().find(|(name, _)| *name == self.outcome);
        let (_, outcome) = known.ok_or_else(|| StoreError::Damaged(self.outcome.clone()))?;
        let gross = self.gross_minor.zip(self.currency.as_deref());
        Ok(RecurringMadeRow {
            made: RecurringMade {
                recurring_id: decode::id(&self.recurring_id)?,
                period: decode::date(&self.period)?,
                student_id: decode::id(&self.student_id)?,
                invoice_id: decode::id(&self.invoice_id)?,
                made_on: decode::date(&self.made_on)?,
                outcome: *outcome,
            },
            name: self.name,
            student: self.student,
            number: self.number,
            gross: gross.map(|(minor, code)| decode::money(minor, code)).transpose()?,
            is_draft: self.kind.as_deref() == Some("draft"),
        })
    }
}

fn rows(stored: Vec<StoredMade>) -> Result<Vec<RecurringMadeRow>, StoreError> {
    stored.into_iter().map(StoredMade::row).collect()
}

impl View {
    /// Every template, by name.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn recurring(&mut self) -> Result<Vec<RecurringRow>, StoreError> {
        let rows: Vec<(String, String)> =
            sqlx::query_as("SELECT body, actor FROM recurring ORDER BY name COLLATE NOCASE, id")
                .fetch_all(self.conn())
                .await?;
        rows.into_iter()
            .map(|(body, actor)| Ok(RecurringRow { recurring: decode::json(&body)?, actor }))
            .collect()
    }

    /// One template.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn find_recurring(
        &mut self,
        id: RecurringId,
    ) -> Result<Option<RecurringRow>, StoreError> {
        let row: Option<(String, String)> =
            sqlx::query_as("SELECT body, actor FROM recurring WHERE id = ?")
                .bind(id.to_string())
                .fetch_optional(self.conn())
                .await?;
        row.map(|(body, actor)| Ok(RecurringRow { recurring: decode::json(&body)?, actor }))
            .transpose()
    }

    /// The dates and students of a template that were made.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn recurring_dates_made(
        &mut self,
        id: RecurringId,
    ) -> Result<BTreeSet<(NaiveDate, StudentId)>, StoreError> {
        let made: Vec<(String, String)> =
            sqlx::query_as("SELECT period, student_id FROM recurring_made WHERE recurring_id = ?")
                .bind(id.to_string())
                .fetch_all(self.conn())
                .await?;
        made.into_iter()
            .map(|(period, student)| Ok((decode::date(&period)?, decode::id(&student)?)))
            .collect()
    }

    /// The newest of what was made of a template, at most `most`.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn recurring_made(
        &mut self,
        id: RecurringId,
        most: u32,
    ) -> Result<Vec<RecurringMadeRow>, StoreError> {
        let sql = format!(
            "{MADE} WHERE m.recurring_id = ? ORDER BY m.period DESC, s.name COLLATE NOCASE LIMIT ?"
        );
        let stored = sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(id.to_string())
            .bind(most)
            .fetch_all(self.conn())
            .await?;
        rows(stored)
    }

    /// What was made on the last day on which anything was, at most `most`.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn recurring_last_made(
        &mut self,
        most: u32,
    ) -> Result<Vec<RecurringMadeRow>, StoreError> {
        let sql = format!(
            "{MADE} WHERE m.made_on = (SELECT max(made_on) FROM recurring_made)
             ORDER BY r.name COLLATE NOCASE, m.period, s.name COLLATE NOCASE LIMIT ?"
        );
        let stored =
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(most).fetch_all(self.conn()).await?;
        rows(stored)
    }
}
