//! Who owes what.

use super::common::Money;
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
        /// `invoice`, `credit_note`, `payment`, `reversal`, `refund`, `write_off` or
        /// `write_off_released`; the last two have the invoice's id.
        pub kind: String,
        pub id: String,
        pub label: String,
        pub date: String,
        pub due_date: Option<String>,
        /// Above nothing: owed more. Below: owed less.
        pub amount: Money,
        /// Still open of an invoice, or unused of a payment or credit note.
        pub left: Money,
        /// After this row.
        pub running: Money,
    }

    pub struct AgeingRequest {
        pub as_of: String,
        /// `due` or `issue`.
        pub by: String,
        /// Upper ends in days; empty: 30, 60, 90.
        pub buckets: Vec<u16>,
        pub department_id: Option<String>,
    }

    pub struct AgeingView {
        pub as_of: String,
        pub buckets: Vec<u16>,
        pub rows: Vec<AgeingStudent>,
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
