//! A report as a system gives it of its own books, for setting it beside ours.
//!
//! Never adds up: sums are those that the system shows.

use chrono::{Datelike, Days, Months, NaiveDate};
use finance::money::{Currency, Money};
use serde::{Deserialize, Serialize};

/// The kinds of reports that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportKind {
    /// What every account stands at on the last day; accounts of income and cost since their year
    /// began.
    TrialBalance,
    /// Income and costs of the days.
    ProfitAndLoss,
    /// What is owned and owed on the last day.
    BalanceSheet,
    /// Where money came from and went in the days.
    CashFlow,
    /// What was posted on every account in the days.
    GeneralLedger,
}

impl ReportKind {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 5] = [
        Self::TrialBalance,
        Self::ProfitAndLoss,
        Self::BalanceSheet,
        Self::CashFlow,
        Self::GeneralLedger,
    ];

    /// Those that every system here has.
    pub const STATEMENTS: [Self; 3] = [Self::TrialBalance, Self::ProfitAndLoss, Self::BalanceSheet];

    /// The word it is stored and shown under.
    pub const fn word(self) -> &'static str {
        match self {
            Self::TrialBalance => "trial_balance",
            Self::ProfitAndLoss => "profit_and_loss",
            Self::BalanceSheet => "balance_sheet",
            Self::CashFlow => "cash_flow",
            Self::GeneralLedger => "general_ledger",
        }
    }

    /// Whether it tells of some days; else of all until the last one.
    pub const fn is_of_days(self) -> bool {
        match self {
            Self::ProfitAndLoss | Self::CashFlow | Self::GeneralLedger => true,
            Self::TrialBalance | Self::BalanceSheet => false,
        }
    }
}

/// One line of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportRow {
    /// The heading it stands under; empty where there is none.
    pub section: String,
    /// What it says.
    pub name: String,
    /// Codes under which mappings name what is booked there; none for sums, but for that of one account
    /// in a general ledger.
    pub codes: Vec<String>,
    /// How much. In a trial balance a debit is above nothing and a credit below; elsewhere it is as
    /// the report shows it.
    pub amount: Money,
    /// A sum of the lines before it.
    pub is_sum: bool,
}

/// A report, in the order in which the system shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoteReport {
    /// The first day it tells of: of a trial balance the one their financial year began on.
    pub from: NaiveDate,
    /// The currency of their books.
    pub currency: Currency,
    /// Its lines.
    pub rows: Vec<ReportRow>,
}

/// The first day of the financial year that holds a day, where years end with this day of this month.
/// A day that the month does not have is its last. Without such an end, or with one that is none,
/// years are those of the calendar.
pub fn year_of(day: NaiveDate, end: Option<(u32, u32)>) -> NaiveDate {
    let (month, last) = end.unwrap_or((12, 31));
    let ends = |year: i32| {
        let first = NaiveDate::from_ymd_opt(year, month, 1)?;
        let end_of_month = first.checked_add_months(Months::new(1))?.pred_opt()?;
        Some(first.checked_add_days(Days::new(last.max(1).into()))?.pred_opt()?.min(end_of_month))
    };
    let begins = |year: i32| ends(year - 1).and_then(|end| end.succ_opt());
    let this = begins(day.year()).into_iter().chain(begins(day.year() + 1));
    let calendar = NaiveDate::from_ymd_opt(day.year(), 1, 1).unwrap_or(day);
    this.filter(|begin| *begin <= day).max().unwrap_or(calendar)
}

#[cfg(test)]
mod tests {
    use super::year_of;
    use chrono::NaiveDate;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn a_financial_year_begins_the_day_after_the_one_before_it_ended() {
        for (end, of, begins) in [
            (None, "2026-03-10", "2026-01-01"),
            (Some((12, 31)), "2026-12-31", "2026-01-01"),
            (Some((3, 31)), "2026-03-31", "2025-04-01"),
            (Some((3, 31)), "2026-04-01", "2026-04-01"),
            (Some((6, 30)), "2026-11-22", "2026-07-01"),
            // A leap day, and a day that no month has.
            (Some((2, 29)), "2026-02-28", "2025-03-01"),
            (Some((2, 29)), "2028-02-29", "2027-03-01"),
            (Some((13, 1)), "2026-11-22", "2026-01-01"),
            (Some((5, 0)), "2026-11-22", "2026-05-02"),
        ] {
            assert_eq!(year_of(day(of), end), day(begins), "{end:?} {of}");
        }
    }
}
