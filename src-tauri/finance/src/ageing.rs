//! How old the debt is.
//!
//! Never nets credit against a bucket: it stands in its own column, so that rows add up.

use crate::money::{Money, MoneyError};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// Ten years: no column begins later.
const MOST_DAYS: u16 = 3_650;

/// The dates whose debts stand in a column; nothing: without an end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The first.
    pub first: Option<NaiveDate>,
    /// The last.
    pub last: Option<NaiveDate>,
}

impl Span {
    /// Whether a date lies within.
    pub fn holds(self, day: NaiveDate) -> bool {
        self.first.is_none_or(|first| first <= day) && self.last.is_none_or(|last| day <= last)
    }
}

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
    /// The most columns there are: of six limits, with what is not due and what lies beyond.
    pub const MOST_COLUMNS: usize = 8;

    /// Buckets with these upper ends.
    ///
    /// # Errors
    /// The list back, where it is not two to six rising numbers from 1 to 3,650.
    pub fn new(ends: Vec<u16>) -> Result<Self, Vec<u16>> {
        let rising = ends.windows(2).all(|pair| pair[0] < pair[1]);
        let within = ends.first().is_some_and(|end| *end > 0)
            && ends.last().is_some_and(|end| *end <= MOST_DAYS);
        if (2..=6).contains(&ends.len()) && rising && within { Ok(Self(ends)) } else { Err(ends) }
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

    /// The dates whose debts stand in a column; nothing where there is no such column.
    pub fn span(&self, column: usize, as_of: NaiveDate) -> Option<Span> {
        let back = |days: u16| as_of.checked_sub_days(Days::new(days.into()));
        if column == 0 {
            return Some(Span { first: Some(as_of), last: None });
        }
        if column >= self.columns() {
            return None;
        }
        let younger = column.checked_sub(2).and_then(|at| self.0.get(at)).copied().unwrap_or(0);
        let first = self.0.get(column - 1).and_then(|end| back(*end));
        Some(Span { first, last: back(younger + 1) })
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
