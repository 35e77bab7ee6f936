//! What reports add up: sales by their day, debt over time, takings by method.
//!
//! Never adds amounts of two currencies, and never reads a row for a sum that was kept: only who
//! sees some departments is answered from the rows, because a kept sum holds all of them.

mod debt;
mod recent;
mod sales;
mod takings;

pub use debt::DebtChange;
#[cfg(test)]
pub(crate) use debt::FROM_ROWS as DEBT_FROM_ROWS;
pub use recent::{RecentKind, RecentRow};
pub(crate) use sales::CATEGORIES;
pub use sales::{Among, SaleBy, SaleFilter, SalePage, SaleRow, SaleSum, SaleSums, VatDay};
#[cfg(test)]
pub(crate) use takings::FROM_ROWS as TAKINGS_FROM_ROWS;
pub use takings::{TakingFilter, TakingKind, TakingPage, TakingRow, TakingSum};
