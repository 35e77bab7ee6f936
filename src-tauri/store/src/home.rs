//! The figures of the home page.

use crate::error::StoreError;
use crate::view::View;
use chrono::NaiveDate;
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
    /// Open and due before today.
    pub overdue: Figure,
    /// Open and due from today through the sixth day after it.
    pub due_this_week: Figure,
    /// Received since the first of the month, through today.
    pub received_this_month: Figure,
    /// Payments with money not set against any invoice: what is left of them.
    pub unallocated: Figure,
    /// Drafts.
    pub drafts: u32,
}

impl View {
    /// The figures on a day.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn home_figures(&mut self, today: NaiveDate) -> Result<HomeFigures, StoreError> {
        todo!()
    }
}
