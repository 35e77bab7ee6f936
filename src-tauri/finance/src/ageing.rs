//! How old the debt is.
//!
//! Never nets credit against a bucket: it stands in its own column, so that rows add up.

use crate::money::{Money, MoneyError};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Upper ends of the overdue buckets, in days. `[30, 60, 90]` makes the columns: not due, 1–30,
/// 31–60, 61–90, over 90.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Buckets(Vec<u16>);

impl Default for Buckets {
    fn default() -> Self {
        Self(vec![30, 60, 90])
    }
}

impl Buckets {
    /// Buckets with these upper ends.
    ///
    /// # Errors
    /// The list back, where it is empty, longer than eight, zero or not rising.
    pub fn new(ends: Vec<u16>) -> Result<Self, Vec<u16>> {
        let rising = ends.windows(2).all(|pair| pair[0] < pair[1]);
        if ends.is_empty() || ends.len() > 8 || ends[0] == 0 || !rising {
            Err(ends)
        } else {
            Ok(Self(ends))
        }
    }

    /// The upper ends, in days.
    pub fn ends(&self) -> &[u16] {
        &self.0
    }

    /// How many columns there are: not due, each bucket, and beyond the last.
    pub fn columns(&self) -> usize {
        self.0.len() + 2
    }

    /// The column of a debt: 0 when not overdue.
    pub fn column(&self, from: NaiveDate, as_of: NaiveDate) -> usize {
        let days = (as_of - from).num_days();
        if days <= 0 {
            return 0;
        }
        1 + self.0.iter().take_while(|end| i64::from(**end) < days).count()
    }
}

/// One row of an ageing list: amounts per column, credit, and their sum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgeingRow {
    /// Debt per column.
    pub columns: Vec<Money>,
    /// Money not set against any invoice; counts against the debt.
    pub credit: Money,
    /// Debt less credit.
    pub balance: Money,
}

/// Ages debts on a day; each is a date to count from and an open amount.
///
/// # Errors
/// [`MoneyError`] where currencies mix.
pub fn age(
    debts: &[(NaiveDate, Money)],
    credit: Money,
    buckets: &Buckets,
    as_of: NaiveDate,
) -> Result<AgeingRow, MoneyError> {
    let mut columns = vec![Money::zero(credit.currency()); buckets.columns()];
    for (from, open) in debts {
        let column = buckets.column(*from, as_of);
        columns[column] = columns[column].plus(*open)?;
    }
    let debt = Money::sum(credit.currency(), columns.iter().copied())?;
    Ok(AgeingRow { columns, credit, balance: debt.minus(credit)? })
}
