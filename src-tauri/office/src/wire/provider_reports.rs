//! Reports that accounting systems gave of their books, beside ours.

use super::common::{FileWish, Money};
use super::wire;

wire! {
    pub struct ReadProviderReport {
        pub connection_id: String,
        /// `trial_balance`, `profit_and_loss`, `balance_sheet`, `cash_flow` or `general_ledger`.
        pub kind: String,
        /// A trial balance begins with the year of its last day, and a balance sheet has no first
        /// day: what is given here then counts for nothing.
        pub from: String,
        pub to: String,
    }

    pub struct ProviderReportsRequest {
        pub connection_id: String,
    }

    pub struct ProviderReports {
        /// What the system can be asked for; none for a folder.
        pub kinds: Vec<String>,
        /// The newest first.
        pub read: Vec<ProviderReportHead>,
    }

    pub struct ProviderReportHead {
        pub id: String,
        pub connection_id: String,
        pub kind: String,
        pub from: String,
        pub to: String,
        /// RFC 3339.
        pub read_at: String,
    }

    pub struct ProviderReportRequest {
        pub id: String,
    }

    pub struct ProviderReportView {
        pub head: ProviderReportHead,
        pub system: String,
        pub rows: Vec<ProviderReportRow>,
        /// Accounts of which both sides tell.
        pub compared: u32,
        /// Those of them that differ.
        pub differing: u32,
        /// Their books are in another currency than ours, so nothing is set beside them.
        pub is_foreign: bool,
        /// What of ours stands there and has no account of the mapping any more.
        pub unplaced: Option<Money>,
    }

    /// In a trial balance a debit is above nothing and a credit below; elsewhere an amount is as
    /// the report shows it.
    pub struct ProviderReportRow {
        pub section: String,
        pub name: String,
        /// Theirs; nothing where the report does not have the account.
        pub theirs: Option<Money>,
        /// Ours, where something of ours is mapped onto it.
        pub ours: Option<Money>,
        /// Ours less theirs.
        pub difference: Option<Money>,
        pub is_sum: bool,
    }

    pub struct ProviderReportFile {
        pub id: String,
        pub wish: FileWish,
    }
}
