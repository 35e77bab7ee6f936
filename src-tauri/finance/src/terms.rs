//! When an invoice is due.
//!
//! Never knows holidays or weekends: a due date is a day of the calendar, and what a bank does on a
//! Sunday is the bank's.

use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// From an invoice's date to its due date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum PaymentTerms {
    /// So many days after the document's date; 0 is the same day.
    Issue {
        /// Days.
        days: u16,
    },
    /// So many days after the last day of the document's month.
    EndOfMonth {
        /// Days.
        days: u16,
    },
}

/// The longest terms: a year.
pub const MOST_DAYS: u16 = 366;

impl PaymentTerms {
    /// The last day to pay of an invoice of a day; where the calendar ends, that day.
    pub fn due(self, issued: NaiveDate) -> NaiveDate {
        let (from, days) = match self {
            Self::Issue { days } => (issued, days),
            Self::EndOfMonth { days } => (last_of_month(issued), days),
        };
        from.checked_add_days(Days::new(u64::from(days))).unwrap_or(from)
    }

    /// The days in them.
    pub const fn days(self) -> u16 {
        match self {
            Self::Issue { days } | Self::EndOfMonth { days } => days,
        }
    }
}

fn last_of_month(day: NaiveDate) -> NaiveDate {
    use chrono::Datelike as _;
    let first = day.with_day(1).unwrap_or(day);
    let next = first.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt());
    next.unwrap_or(day)
}
