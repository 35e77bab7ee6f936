//! The figures of the home page.

use crate::decode;
use crate::error::StoreError;
use crate::view::View;
use chrono::{Datelike, Days, NaiveDate};
use finance::Money;

/// A sum and how many rows make it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The sum.
    pub amount: Money,
    /// The rows.
    pub count: u32,
}

/// The figures of the home page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HomeFigures {
    /// Open and due before today, of planned invoices the missed instalments; counts invoices.
    pub overdue: Figure,
    /// Open and due from today through the sixth day after it.
    pub due_this_week: Figure,
    /// Received since the first of the month, through today, and not gone again.
    pub received_this_month: Figure,
    /// Payments with money not set against any invoice: what is left of them.
    pub unallocated: Figure,
    /// Charges of bookings that are not billed yet.
    pub unbilled: Figure,
    /// Drafts.
    pub drafts: u32,
}

// Each in two halves: what no plan covers, by the invoice's date; what one covers, by part.

const OVERDUE: &str = "
    SELECT coalesce(sum(minor), 0), count(DISTINCT invoice_id) FROM (
        SELECT id AS invoice_id, open_minor - planned_minor AS minor FROM document
        WHERE open_minor > 0 AND kind = 'invoice' AND due_date < ?1 AND open_minor > planned_minor
        UNION ALL
        SELECT invoice_id, open_minor FROM plan_part WHERE late_after < ?1)";

const DUE_BETWEEN: &str = "
    SELECT coalesce(sum(minor), 0), count(DISTINCT invoice_id) FROM (
        SELECT id AS invoice_id, open_minor - planned_minor AS minor FROM document
        WHERE open_minor > 0 AND kind = 'invoice' AND due_date BETWEEN ?1 AND ?2
            AND open_minor > planned_minor
        UNION ALL
        SELECT invoice_id, open_minor FROM plan_part WHERE late_after >= ?1
            AND iif(holds_until < ?1, min(due_date, own_due), due_date) <= ?2)";

impl View {
    /// The figures on a day.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn home_figures(&mut self, today: NaiveDate) -> Result<HomeFigures, StoreError> {
        let (_, currency) = self.owner().await?;
        let month = today.with_day(1).unwrap_or(today);
        let week = today.checked_add_days(Days::new(6)).unwrap_or(today);
        let figure = |(minor, rows): (i64, i64)| Figure {
            amount: Money::from_minor(minor, currency),
            count: decode::count(rows),
        };
        let overdue: (i64, i64) =
            sqlx::query_as(OVERDUE).bind(today.to_string()).fetch_one(self.conn()).await?;
        let due_this_week: (i64, i64) = sqlx::query_as(DUE_BETWEEN)
            .bind(today.to_string())
            .bind(week.to_string())
            .fetch_one(self.conn())
            .await?;
        let received: (i64, i64) = sqlx::query_as(
            "SELECT coalesce(sum(amount_minor), 0), count(*) FROM payment
             WHERE received_on BETWEEN ? AND ? AND state = 'confirmed'",
        )
        .bind(month.to_string())
        .bind(today.to_string())
        .fetch_one(self.conn())
        .await?;
        let unallocated: (i64, i64) = sqlx::query_as(
            "SELECT coalesce(sum(unallocated_minor), 0), count(*) FROM payment
             WHERE unallocated_minor > 0",
        )
        .fetch_one(self.conn())
        .await?;
        let unbilled: (i64, i64) = sqlx::query_as(
            "SELECT coalesce(sum(amount_minor), 0), count(*) FROM charge WHERE state = 'unbilled'",
        )
        .fetch_one(self.conn())
        .await?;
        let drafts: i64 = sqlx::query_scalar("SELECT count(*) FROM document WHERE kind = 'draft'")
            .fetch_one(self.conn())
            .await?;
        Ok(HomeFigures {
            overdue: figure(overdue),
            due_this_week: figure(due_this_week),
            received_this_month: figure(received),
            unallocated: figure(unallocated),
            unbilled: figure(unbilled),
            drafts: decode::count(drafts),
        })
    }
}
