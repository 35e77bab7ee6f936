//! A report as a system gives it of its own books, for setting it beside ours.
//!
//! Never adds up: sums are those that the system shows.

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
}

impl ReportKind {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::TrialBalance, Self::ProfitAndLoss, Self::BalanceSheet];

    /// The word it is stored and shown under.
    pub const fn word(self) -> &'static str {
        match self {
            Self::TrialBalance => "trial_balance",
            Self::ProfitAndLoss => "profit_and_loss",
            Self::BalanceSheet => "balance_sheet",
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
    /// Codes under which mappings name what is booked there; none for sums.
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
    /// The currency of their books.
    pub currency: Currency,
    /// Its lines.
    pub rows: Vec<ReportRow>,
}
