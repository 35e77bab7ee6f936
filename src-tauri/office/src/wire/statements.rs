//! Statements of account.

use super::common::{FileWish, Money};
use super::wire;

wire! {
    pub struct StatementRequest {
        pub student_id: String,
        /// The first day; nothing: from the beginning of the account.
        pub from: Option<String>,
        /// The last day.
        pub to: String,
        /// `activity` (all that happened) or `open` (what is open at the end).
        pub style: String,
    }

    /// What a payer was asked for, of all its students, and the money set against that.
    pub struct PayerStatementRequest {
        pub payer_id: String,
        /// As in a student's statement.
        pub from: Option<String>,
        pub to: String,
        pub style: String,
    }

    /// opening + charged − taken = closing = the balance of the ageing on the last day.
    pub struct StatementView {
        /// Nothing: a payer's.
        pub student_id: Option<String>,
        pub payer_id: Option<String>,
        pub number: String,
        pub name: String,
        pub from: Option<String>,
        pub to: String,
        pub style: String,
        pub opening: Money,
        pub charged: Money,
        pub taken: Money,
        pub closing: Money,
        pub rows: Vec<StatementRow>,
        pub ageing: StatementAgeing,
    }

    pub struct StatementRow {
        /// As in an account, and `released` (set against an invoice no longer); of open items `invoice`, `credit_note` or `payment`.
        pub kind: String,
        pub id: String,
        pub label: String,
        pub reference: String,
        /// Whose it is, in a payer's statement; or empty.
        pub student: String,
        pub date: String,
        pub due_date: Option<String>,
        /// Above nothing: owed more. Below: owed less.
        pub amount: Money,
        /// The amount in its own currency, signed alike, where that is not the currency of the
        /// books.
        pub foreign: Option<Money>,
        /// Of open items: what is left of it on the last day, signed alike.
        pub left: Money,
        /// After this row.
        pub running: Money,
    }

    pub struct StatementAgeing {
        /// Upper ends in days.
        pub buckets: Vec<u16>,
        pub columns: Vec<Money>,
        pub credit: Money,
        pub balance: Money,
    }

    /// Statements of one student or many, each from a page of its own.
    pub struct StatementFile {
        /// The statement of this payer instead of students'.
        pub payer_id: Option<String>,
        /// Empty: of everybody who owed something in all on the last day.
        pub student_ids: Vec<String>,
        /// Of everybody: only students of this department; empty: of no department.
        pub department_id: Option<String>,
        pub from: Option<String>,
        pub to: String,
        pub style: String,
        /// `pdf` or `csv`.
        pub format: String,
        pub wish: FileWish,
    }
}
