//! The journal, the trial balance and the chart of accounts.

use super::common::{FileWish, Money, Window};
use super::wire;

wire! {
    /// A part of the journal.
    pub struct JournalRequest {
        /// First day, `YYYY-MM-DD`; nothing: from the beginning.
        pub from: Option<String>,
        /// Last day, counted in.
        pub to: Option<String>,
        /// Only entries with a line on this account.
        pub account: Option<String>,
        pub window: Window,
    }

    pub struct JournalPage {
        /// Oldest first.
        pub rows: Vec<JournalEntry>,
        pub total: u32,
    }

    /// A balanced entry.
    pub struct JournalEntry {
        /// The day it counts.
        pub on: String,
        /// `invoice`, `credit_note`, `payment`, `payment_reversed`, `allocation`,
        /// `allocation_ended`, `write_off`, `write_off_ended`, `refund`, `reminder_fee`,
        /// `reminder_fee_withdrawn`, `exchange`, `exchange_ended` or `refund_exchange`.
        pub cause: String,
        /// Of the document, payment, settlement, refund or reminder.
        pub id: String,
        /// Kind and id of the page that a reader goes to.
        pub about: String,
        pub about_id: String,
        /// Number of the document or invoice; reference or method of money.
        pub label: String,
        pub student: String,
        /// What it comes to on either side.
        pub total: Money,
        pub postings: Vec<PostingView>,
    }

    /// A line of an entry: a debit or a credit.
    pub struct PostingView {
        pub account: String,
        /// Empty where the chart does not hold the account.
        pub account_name: String,
        pub tax_code: Option<String>,
        pub debit: Option<Money>,
        pub credit: Option<Money>,
    }

    /// The entries about an invoice, credit note, payment or refund.
    pub struct JournalOf {
        pub id: String,
    }

    pub struct JournalOfView {
        /// Oldest first.
        pub entries: Vec<JournalEntry>,
    }

    pub struct TrialBalanceRequest {
        pub from: Option<String>,
        pub to: Option<String>,
    }

    pub struct TrialBalanceView {
        /// By number; accounts without any posting through the last day are left out.
        pub rows: Vec<TrialRow>,
        /// Sums of the columns: both sides alike, and nothing over all.
        pub debit: Money,
        pub credit: Money,
        pub opening: Money,
        pub closing: Money,
    }

    /// An account over a period. Above nothing: debit. Below: credit.
    pub struct TrialRow {
        pub account: String,
        /// Empty where the chart does not hold the account.
        pub name: String,
        /// `asset`, `liability`, `equity`, `income`, `expense`, or empty.
        pub kind: String,
        pub opening: Money,
        pub debit: Money,
        pub credit: Money,
        pub closing: Money,
    }

    pub struct ChartView {
        /// What the chart is called.
        pub template: String,
        /// Where its numbers come from, and when that was read.
        pub source: String,
        /// By number.
        pub accounts: Vec<LedgerAccountView>,
    }

    pub struct LedgerAccountView {
        pub number: String,
        pub name: String,
        /// `asset`, `liability`, `equity`, `income` or `expense`.
        pub kind: String,
        pub active: bool,
        /// Something stands on it.
        pub used: bool,
        /// The posting rules name it: it stays, and stays of its kind.
        pub ruled: bool,
        /// False for a number that documents name and the chart does not.
        pub known: bool,
    }

    pub struct SaveAccount {
        pub number: String,
        pub name: String,
        pub kind: String,
        pub active: bool,
    }

    pub struct ExportLedger {
        /// `journal` or `trial_balance`.
        pub what: String,
        pub from: Option<String>,
        pub to: Option<String>,
        /// Of the journal: only entries with a line on this account.
        pub account: Option<String>,
        pub wish: FileWish,
    }

    /// An entry of the VAT table, from a day on. Issued documents keep what they say.
    pub struct SaveTaxCode {
        pub code: String,
        pub name: String,
        /// `S`, `Z`, `E`, `O` or `AE`.
        pub category: String,
        /// Percent.
        pub rate: String,
        /// Printed where no VAT is charged.
        pub reason: Option<String>,
        pub valid_from: String,
    }
}
