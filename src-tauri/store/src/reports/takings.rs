//! What was taken by each method, at each desk.

use crate::decode;
use crate::error::StoreError;
use crate::view::{View, Window};
use chrono::NaiveDate;
use finance::ids::StudentId;
use finance::period::Period;
use finance::{Currency, Money};
use uuid::Uuid;

/// What was taken on a day by a method at a desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakingSum {
    /// The day from which the money counts.
    pub day: NaiveDate,
    /// Code of the method.
    pub method: String,
    /// The desk that recorded it.
    pub desk: String,
    /// Payments received.
    pub count: i64,
    /// What they come to.
    pub received: Money,
    /// Money that was gone again on this day; above nothing.
    pub reversed: Money,
    /// Money paid back on this day; above nothing.
    pub refunded: Money,
}

/// What a row behind a sum is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakingKind {
    /// Money received.
    Received,
    /// Money that was gone again.
    Reversed,
    /// Money paid back.
    Refunded,
}

/// Which rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakingFilter {
    /// Counting in it.
    pub period: Period,
    /// By a method.
    pub method: Option<String>,
    /// At a desk.
    pub desk: Option<String>,
    /// In a currency; nothing: the book's own.
    pub currency: Option<Currency>,
}

/// A row behind a sum of takings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakingRow {
    /// What it is.
    pub kind: TakingKind,
    /// The payment, or of money paid back the refund.
    pub id: Uuid,
    /// The day.
    pub day: NaiveDate,
    /// Code of the method.
    pub method: String,
    /// The desk that recorded it.
    pub desk: String,
    /// Whose money.
    pub student_id: StudentId,
    /// The student's present name.
    pub student: String,
    /// Reference, or empty.
    pub reference: String,
    /// Below nothing where it left the school.
    pub amount: Money,
}

/// A page of the rows behind a sum, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakingPage {
    /// The rows of the window.
    pub rows: Vec<TakingRow>,
    /// How many there are.
    pub total: u32,
    /// What all of them come to.
    pub amount: Money,
}

const KEPT: &str = "SELECT day, method, desk, currency, received_count, received_minor,
        reversed_minor, refunded_minor
    FROM taking_day WHERE day BETWEEN ?1 AND ?2 ORDER BY currency, day, method, desk";

/// From the rows themselves, by the rule of the triggers that keep the sums.
pub(crate) const FROM_ROWS: &str = "
    SELECT day, method, desk, currency, sum(received_count), sum(received), sum(reversed),
        sum(refunded)
    FROM (
        SELECT p.counts_from AS day, p.method, f.desk, p.currency, 1 AS received_count,
            p.amount_minor AS received, 0 AS reversed, 0 AS refunded
        FROM payment p JOIN fact f ON f.place = p.fact WHERE p.counts_from BETWEEN ?1 AND ?2
        UNION ALL
        SELECT p.counts_until, p.method, f.desk, p.currency, 0, 0, p.amount_minor, 0
        FROM payment p JOIN fact f ON f.place = p.fact
        WHERE p.counts_until BETWEEN ?1 AND ?2 AND p.counts_from IS NOT NULL
        UNION ALL
        SELECT r.paid_on, r.method, f.desk, r.currency, 0, 0, 0, r.amount_minor
        FROM refund r JOIN fact f ON f.place = r.fact WHERE r.paid_on BETWEEN ?1 AND ?2)
    GROUP BY day, method, desk, currency ORDER BY currency, day, method, desk";

/// What makes the sums, row by row.
const ROWS: &str = "
    SELECT 'received' AS kind, p.id, p.counts_from AS day, p.method, p.fact, p.student_id,
        p.student_name AS student, p.reference, p.currency, p.amount_minor AS amount
    FROM payment p WHERE p.counts_from BETWEEN ?1 AND ?2
    UNION ALL
    SELECT 'reversed', p.id, p.counts_until, p.method, p.fact, p.student_id, p.student_name,
        p.reference, p.currency, -p.amount_minor
    FROM payment p WHERE p.counts_until BETWEEN ?1 AND ?2 AND p.counts_from IS NOT NULL
    UNION ALL
    SELECT 'refunded', r.id, r.paid_on, r.method, r.fact, r.student_id,
        coalesce((SELECT name FROM student WHERE id = r.student_id), ''), r.reference, r.currency,
        -r.amount_minor
    FROM refund r WHERE r.paid_on BETWEEN ?1 AND ?2";

const NARROWED: &str = ") t JOIN fact f ON f.place = t.fact
    WHERE t.currency = ?3 AND (?4 IS NULL OR t.method = ?4) AND (?5 IS NULL OR f.desk = ?5)";

#[derive(sqlx::FromRow)]
struct Stored {
    kind: String,
    id: String,
    day: String,
    method: String,
    desk: String,
    student_id: String,
    student: String,
    reference: String,
    currency: String,
    amount: i64,
}

impl Stored {
    fn row(self) -> Result<TakingRow, StoreError> {
        Ok(TakingRow {
            kind: match self.kind.as_str() {
                "received" => TakingKind::Received,
                "reversed" => TakingKind::Reversed,
                _ => TakingKind::Refunded,
            },
            id: decode::id(&self.id)?,
            day: decode::date(&self.day)?,
            method: self.method,
            desk: self.desk,
            student_id: decode::id(&self.student_id)?,
            student: self.student,
            reference: self.reference,
            amount: decode::money(self.amount, &self.currency)?,
        })
    }
}

impl View {
    /// Takings of a period by currency, day, method and desk.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn taking_sums(&mut self, period: Period) -> Result<Vec<TakingSum>, StoreError> {
        let question = if self.scope.is_some() { FROM_ROWS } else { KEPT };
        self.taking_sums_by(question, period).await
    }

    pub(crate) async fn taking_sums_by(
        &mut self,
        question: &'static str,
        period: Period,
    ) -> Result<Vec<TakingSum>, StoreError> {
        type Row = (String, String, String, String, i64, i64, i64, i64);
        let rows: Vec<Row> = sqlx::query_as(question)
            .bind(period.from.to_string())
            .bind(period.to.to_string())
            .fetch_all(self.conn())
            .await?;
        rows.into_iter()
            .map(|(day, method, desk, currency, count, received, reversed, refunded)| {
                let money = |minor| decode::money(minor, &currency);
                Ok(TakingSum {
                    day: decode::date(&day)?,
                    method,
                    desk,
                    count,
                    received: money(received)?,
                    reversed: money(reversed)?,
                    refunded: money(refunded)?,
                })
            })
            .collect()
    }

    /// The rows behind a sum of takings.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn list_takings(
        &mut self,
        filter: &TakingFilter,
        window: Window,
    ) -> Result<TakingPage, StoreError> {
        let (_, own) = self.owner().await?;
        let currency = filter.currency.unwrap_or(own);
        let sums = format!("SELECT count(*), coalesce(sum(t.amount), 0) FROM ({ROWS}{NARROWED}");
        let (total, amount): (i64, i64) = sqlx::query_as(sqlx::AssertSqlSafe(sums))
            .bind(filter.period.from.to_string())
            .bind(filter.period.to.to_string())
            .bind(currency.to_string())
            .bind(&filter.method)
            .bind(&filter.desk)
            .fetch_one(self.conn())
            .await?;
        let page = format!(
            "SELECT t.*, f.desk FROM ({ROWS}{NARROWED}
             ORDER BY t.day DESC, t.fact DESC, t.kind LIMIT ?6 OFFSET ?7"
        );
        let rows: Vec<Stored> = sqlx::query_as(sqlx::AssertSqlSafe(page))
            .bind(filter.period.from.to_string())
            .bind(filter.period.to.to_string())
            .bind(currency.to_string())
            .bind(&filter.method)
            .bind(&filter.desk)
            .bind(window.limit)
            .bind(window.offset)
            .fetch_all(self.conn())
            .await?;
        Ok(TakingPage {
            rows: rows.into_iter().map(Stored::row).collect::<Result<_, _>>()?,
            total: decode::count(total),
            amount: Money::from_minor(amount, currency),
        })
    }
}
