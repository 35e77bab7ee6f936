//! Who owes what.

use super::common::{Money, Order, Window};
use super::wire;

wire! {
    pub struct StudentAccount {
        pub student_id: String,
    }

    /// The rows that make a balance, oldest first.
    pub struct AccountView {
        pub rows: Vec<AccountRow>,
        pub open: Money,
        pub credit: Money,
        pub balance: Money,
    }

    pub struct AccountRow {
        /// `invoice`, `credit_note`, `payment`, `reversal`, `refund`, `write_off`,
        /// `write_off_released` or `exchange` (what was gained or lost by exchange with a
        /// settlement); the last three have the invoice's id.
        pub kind: String,
        pub id: String,
        pub label: String,
        pub date: String,
        pub due_date: Option<String>,
        /// Above nothing: owed more. Below: owed less.
        pub amount: Money,
        /// Still open of an invoice, or unused of a payment or credit note.
        pub left: Money,
        /// The amount in its own currency, signed alike, where that is not the currency of the
        /// books.
        pub foreign: Option<Money>,
        /// After this row.
        pub running: Money,
    }

    pub struct AgeingRequest {
        pub as_of: String,
        /// `due` or `issue`.
        pub by: String,
        /// Upper ends in days, two to six; empty: those of the school.
        pub buckets: Vec<u16>,
        /// Empty: students of no department.
        pub department_id: Option<String>,
        /// Which rows; nothing: all of them, by name.
        pub page: Option<AgeingPage>,
    }

    /// A part of the rows. The sums stay those of all.
    pub struct AgeingPage {
        /// Name or start of the number, or empty.
        pub query: String,
        /// By `name`, `credit`, `balance`, or `age0` (not due) and on; nothing: by name.
        pub order: Option<Order>,
        pub window: Window,
    }

    pub struct AgeingView {
        pub as_of: String,
        pub buckets: Vec<u16>,
        pub rows: Vec<AgeingStudent>,
        /// How many match what was asked for.
        pub total: u32,
        /// How many there are; the sums are theirs.
        pub people: u32,
        /// The same amounts by department, by name; last those of students without one.
        pub departments: Vec<AgeingDepartment>,
        /// Per column, then credit and balance, of all rows.
        pub columns: Vec<Money>,
        pub credit: Money,
        pub balance: Money,
    }

    pub struct AgeingStudent {
        pub student_id: String,
        pub number: String,
        pub name: String,
        pub columns: Vec<Money>,
        pub credit: Money,
        pub balance: Money,
    }

    /// The ageing by who is asked to pay: a payer, or else the student. The sums are the same.
    pub struct AgeingByPayer {
        pub as_of: String,
        pub buckets: Vec<u16>,
        pub rows: Vec<AgeingAsked>,
        /// How many match what was asked for.
        pub total: u32,
        /// How many there are; the sums are theirs.
        pub people: u32,
        /// Per column, then credit and balance, of all rows.
        pub columns: Vec<Money>,
        pub credit: Money,
        pub balance: Money,
    }

    pub struct AgeingAsked {
        /// Nothing: the student is asked.
        pub payer_id: Option<String>,
        /// Where the student is asked.
        pub student_id: Option<String>,
        pub number: String,
        pub name: String,
        /// `guardian`, `employer`, `agency` or `other`; `student` where the student is asked.
        pub kind: String,
        /// For how many students.
        pub students: u32,
        pub columns: Vec<Money>,
        pub credit: Money,
        pub balance: Money,
    }

    pub struct AgeingDepartment {
        /// Nothing: students who belong to no department.
        pub department_id: Option<String>,
        pub name: String,
        pub students: u32,
        pub columns: Vec<Money>,
        pub credit: Money,
        pub balance: Money,
    }

    /// The rows that make a cell of the ageing, as they stood on its day.
    pub struct AgeingItemsRequest {
        pub as_of: String,
        /// `due` or `issue`.
        pub by: String,
        /// As in the ageing.
        pub buckets: Vec<u16>,
        /// The column, from 0 (not due); nothing: all of them.
        pub column: Option<u16>,
        /// The rows that make the credit instead.
        pub credit: bool,
        pub student_id: Option<String>,
        /// Empty: students of no department.
        pub department_id: Option<String>,
        /// What this payer is asked for; empty: what students are asked for themselves.
        pub payer_id: Option<String>,
        pub window: Window,
    }

    pub struct AgeingItems {
        pub rows: Vec<AgeingItem>,
        pub total: u32,
        /// Of all rows; the same as the cell.
        pub left: Money,
    }

    pub struct AgeingItem {
        /// `invoice`, `payment` or `credit_note`.
        pub kind: String,
        pub id: String,
        pub label: String,
        pub student_id: String,
        pub student: String,
        pub date: String,
        pub due_date: Option<String>,
        /// What it came to.
        pub amount: Money,
        /// Open of an invoice on the day, or unused of credit.
        pub left: Money,
    }

    pub struct SaveAgeingBuckets {
        /// Upper ends in days: two to six, rising.
        pub ends: Vec<u16>,
    }

    /// The figures of the home page.
    pub struct HomeView {
        pub overdue: Money,
        pub overdue_count: u32,
        pub due_this_week: Money,
        pub due_this_week_count: u32,
        pub received_this_month: Money,
        pub received_this_month_count: u32,
        pub unallocated: Money,
        pub unallocated_count: u32,
        /// Charges of bookings that are not billed yet.
        pub unbilled: Money,
        pub unbilled_count: u32,
        pub needs_attention: u32,
        pub drafts: u32,
        /// RFC 3339.
        pub as_of: String,
    }
}
