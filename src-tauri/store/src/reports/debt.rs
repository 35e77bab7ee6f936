//! How what is open and what is overdue changed from day to day.

use crate::decode;
use crate::error::StoreError;
use crate::view::View;
use chrono::NaiveDate;
use finance::Money;

/// By how much debt changed on a day. All changes through a day add up to the debt on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DebtChange {
    /// The day.
    pub day: NaiveDate,
    /// What is open changed by.
    pub open: Money,
    /// What is overdue changed by.
    pub overdue: Money,
}

/// From the sums of days.
const KEPT: &str = "SELECT day, currency, open_minor, overdue_minor FROM debt_day
    WHERE day <= ?1 ORDER BY currency, day";

/// From the rows themselves, by the rule of the triggers that keep the sums.
pub(crate) const FROM_ROWS: &str = "
    WITH counted AS (
        SELECT d.currency, a.amount_minor, a.effective_on, a.ended_on,
            date(a.due_date, '+1 day') AS late
        FROM allocation a JOIN document d ON d.id = a.invoice_id
        WHERE a.ended_on IS NULL OR a.ended_on > a.effective_on)
    SELECT day, currency, sum(open_minor), sum(overdue_minor) FROM (
        SELECT issue_date AS day, currency, gross_minor AS open_minor, 0 AS overdue_minor
        FROM document WHERE kind = 'invoice'
        UNION ALL
        SELECT date(due_date, '+1 day'), currency, 0, gross_minor
        FROM document WHERE kind = 'invoice'
        UNION ALL SELECT effective_on, currency, -amount_minor, 0 FROM counted
        UNION ALL SELECT max(effective_on, late), currency, 0, -amount_minor FROM counted
        UNION ALL SELECT ended_on, currency, amount_minor, 0 FROM counted
        UNION ALL SELECT max(ended_on, late), currency, 0, amount_minor FROM counted)
    WHERE day <= ?1 GROUP BY day, currency ORDER BY currency, day";

impl View {
    /// Every change through a day, by currency and day.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn debt_changes(&mut self, until: NaiveDate) -> Result<Vec<DebtChange>, StoreError> {
        let question = if self.scope.is_some() { FROM_ROWS } else { KEPT };
        self.debt_changes_by(question, until).await
    }

    /// By how much payment plans that hold on a day change what is overdue on it: what they cover is
    /// late by its instalment, as the ageing has it.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn overdue_moved(&mut self, day: NaiveDate) -> Result<Money, StoreError> {
        let (_, currency) = self.owner().await?;
        let late = |due: NaiveDate, minor: i64| if due < day { minor } else { 0 };
        let moved = self.moved_by_plans(day).await?.into_iter();
        let minor = moved.map(|part| late(part.to, part.minor) - late(part.from, part.minor)).sum();
        Ok(Money::from_minor(minor, currency))
    }

    pub(crate) async fn debt_changes_by(
        &mut self,
        question: &'static str,
        until: NaiveDate,
    ) -> Result<Vec<DebtChange>, StoreError> {
        let rows: Vec<(String, String, i64, i64)> =
            sqlx::query_as(question).bind(until.to_string()).fetch_all(self.conn()).await?;
        rows.into_iter()
            .map(|(day, currency, open, overdue)| {
                Ok(DebtChange {
                    day: decode::date(&day)?,
                    open: decode::money(open, &currency)?,
                    overdue: decode::money(overdue, &currency)?,
                })
            })
            .collect()
    }
}
