//! Money given back and given up over a period, and money that did not stay, for whoever looks
//! after it.
//!
//! Never a row twice: each act by its day, and what was taken back by the day it ended.

use crate::decode;
use crate::error::StoreError;
use crate::view::View;
use chrono::NaiveDate;
use finance::Money;
use finance::ids::{PaymentId, StudentId};
use finance::payment::PaymentOutcome;

/// Money paid back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenBack {
    /// The day it counts from.
    pub on: NaiveDate,
    /// Identity of the refund.
    pub id: String,
    /// The student's number.
    pub student_number: String,
    /// The student's name.
    pub student: String,
    /// Code of the method.
    pub method: String,
    /// How much, in its own currency.
    pub amount: Money,
    /// What it cost in the currency of the book.
    pub base: Money,
    /// Reference on the bank line, or empty.
    pub reference: String,
    /// Why.
    pub reason: String,
}

/// What of an invoice was given up; below nothing on the day it was asked for again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenUp {
    /// The day it counts from.
    pub on: NaiveDate,
    /// The invoice.
    pub invoice_number: String,
    /// The student's number.
    pub student_number: String,
    /// The student's name.
    pub student: String,
    /// How much, in the currency of the invoice.
    pub amount: Money,
    /// What that was worth in the currency of the book.
    pub base: Money,
    /// A small difference.
    pub is_small: bool,
    /// Why.
    pub reason: String,
}

/// Money that failed to arrive or is gone again, whose payer owes and has not been told since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowUp {
    /// The payment.
    pub payment_id: PaymentId,
    /// Whose it was.
    pub student_id: StudentId,
    /// Their name.
    pub student: String,
    /// How much.
    pub amount: Money,
    /// It failed, or was reversed.
    pub outcome: PaymentOutcome,
    /// Since when.
    pub on: NaiveDate,
    /// Why, or empty.
    pub reason: String,
    /// What the student has open.
    pub open: Money,
}

#[derive(sqlx::FromRow)]
struct StoredGivenBack {
    on_day: String,
    id: String,
    number: String,
    name: String,
    method: String,
    minor: i64,
    currency: String,
    own_minor: Option<i64>,
    own_currency: Option<String>,
    reference: String,
    reason: String,
}

#[derive(sqlx::FromRow)]
struct StoredGivenUp {
    on_day: String,
    invoice_number: String,
    number: String,
    name: String,
    minor: i64,
    currency: String,
    own_minor: Option<i64>,
    own_currency: Option<String>,
    is_small: bool,
    reason: String,
}

type StoredFollowUp = (String, String, String, i64, String, String, String, String, i64);

const GIVEN_BACK: &str = "
    SELECT r.paid_on AS on_day, r.id, s.number, s.name, r.method, r.amount_minor AS minor,
        r.currency, r.foreign_minor AS own_minor, r.foreign_currency AS own_currency, r.reference,
        r.reason
    FROM refund r JOIN student s ON s.id = r.student_id
    WHERE r.paid_on BETWEEN ?1 AND ?2 ORDER BY r.paid_on, r.row";

const GIVEN_UP: &str = "
    SELECT on_day, invoice_number, number, name, minor, currency, own_minor, own_currency,
        is_small, reason FROM (
        SELECT a.effective_on AS on_day, d.number AS invoice_number, s.number, s.name,
            a.amount_minor AS minor, d.currency, a.foreign_minor AS own_minor,
            d.foreign_currency AS own_currency, a.is_small, a.write_off AS reason, a.row
        FROM allocation a JOIN document d ON d.id = a.invoice_id
        JOIN student s ON s.id = a.student_id WHERE a.write_off IS NOT NULL
        UNION ALL
        SELECT max(a.effective_on, a.ended_on), d.number, s.number, s.name, -a.amount_minor,
            d.currency, -a.foreign_minor, d.foreign_currency, a.is_small, a.write_off, a.row
        FROM allocation a JOIN document d ON d.id = a.invoice_id
        JOIN student s ON s.id = a.student_id
        WHERE a.write_off IS NOT NULL AND a.ended_on IS NOT NULL)
    WHERE on_day BETWEEN ?1 AND ?2 ORDER BY on_day, row, minor DESC";

/// A reminder made since, or anything that holds reminders to the student back, settles it.
const FOLLOW_UPS: &str = "
    SELECT p.id, p.student_id, s.name, p.amount_minor, p.currency, t.outcome,
        min(t.on_day), t.reason, s.open_minor
    FROM payment_turn t JOIN payment p ON p.id = t.payment_id AND p.state = t.outcome
    JOIN student s ON s.id = p.student_id
    WHERE t.outcome IN ('failed', 'reversed') AND s.open_minor > 0
        AND NOT EXISTS (SELECT 1 FROM reminder r WHERE r.student_id = p.student_id
            AND r.withdrawn = 0 AND r.made_on >= t.on_day)
        AND NOT EXISTS (SELECT 1 FROM reminder_hold h WHERE h.held = 'student/' || p.student_id
            AND h.active AND coalesce(h.until >= ?1, TRUE))
    GROUP BY p.id ORDER BY min(t.on_day), p.row LIMIT 200";

/// Bounds that no day lies outside of.
const FIRST: &str = "0000-01-01";
const LAST: &str = "9999-12-31";

fn bounds(from: Option<NaiveDate>, to: Option<NaiveDate>) -> [String; 2] {
    let text = |day: Option<NaiveDate>, bound: &str| {
        day.map_or_else(|| bound.to_owned(), |day| day.to_string())
    };
    [text(from, FIRST), text(to, LAST)]
}

impl View {
    /// Refunds of a period, oldest first; a bound left out does not narrow.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn given_back(
        &mut self,
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
    ) -> Result<Vec<GivenBack>, StoreError> {
        let [from, to] = bounds(from, to);
        let rows: Vec<StoredGivenBack> =
            sqlx::query_as(GIVEN_BACK).bind(from).bind(to).fetch_all(self.conn()).await?;
        rows.into_iter()
            .map(|row| {
                let base = (row.minor, row.currency.as_str());
                Ok(GivenBack {
                    on: decode::date(&row.on_day)?,
                    id: row.id,
                    student_number: row.number,
                    student: row.name,
                    method: row.method,
                    amount: decode::own_money((row.own_minor, row.own_currency.as_deref()), base)?,
                    base: decode::money(base.0, base.1)?,
                    reference: row.reference,
                    reason: row.reason,
                })
            })
            .collect()
    }

    /// Write-offs of a period and those taken back in it, oldest first; a bound left out does not
    /// narrow.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn given_up(
        &mut self,
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
    ) -> Result<Vec<GivenUp>, StoreError> {
        let [from, to] = bounds(from, to);
        let rows: Vec<StoredGivenUp> =
            sqlx::query_as(GIVEN_UP).bind(from).bind(to).fetch_all(self.conn()).await?;
        rows.into_iter()
            .map(|row| {
                let base = (row.minor, row.currency.as_str());
                Ok(GivenUp {
                    on: decode::date(&row.on_day)?,
                    invoice_number: row.invoice_number,
                    student_number: row.number,
                    student: row.name,
                    amount: decode::own_money((row.own_minor, row.own_currency.as_deref()), base)?,
                    base: decode::money(base.0, base.1)?,
                    is_small: row.is_small,
                    reason: row.reason,
                })
            })
            .collect()
    }

    /// Money that did not stay and is to be followed up, oldest first, at most 200.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn follow_ups(&mut self, today: NaiveDate) -> Result<Vec<FollowUp>, StoreError> {
        let rows: Vec<StoredFollowUp> =
            sqlx::query_as(FOLLOW_UPS).bind(today.to_string()).fetch_all(self.conn()).await?;
        rows.into_iter()
            .map(|(payment, student_id, student, minor, currency, outcome, on, reason, open)| {
                Ok(FollowUp {
                    payment_id: decode::id(&payment)?,
                    student_id: decode::id(&student_id)?,
                    student,
                    amount: decode::money(minor, &currency)?,
                    outcome: match outcome.as_str() {
                        "failed" => PaymentOutcome::Failed,
                        _ => PaymentOutcome::Reversed,
                    },
                    on: decode::date(&on)?,
                    reason,
                    open: decode::money(open, &currency)?,
                })
            })
            .collect()
    }
}
