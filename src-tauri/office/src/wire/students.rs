//! Students.

use super::common::{Money, Order, Person, Window};
use super::wire;

wire! {
    pub struct ListStudents {
        /// Name or number, or empty.
        pub query: String,
        pub department_id: Option<String>,
        /// Only students who owe something.
        pub owing: bool,
        pub order: Option<Order>,
        pub window: Window,
    }

    pub struct StudentPage {
        pub rows: Vec<StudentRow>,
        pub total: u32,
        /// Sum of the balances of all matching rows.
        pub balance: Money,
    }

    pub struct StudentRow {
        pub id: String,
        pub number: String,
        pub name: String,
        pub email: String,
        pub phone: String,
        pub department: String,
        /// Open invoices less credit; below nothing when the school owes.
        pub balance: Money,
        pub overdue: Money,
        /// Oldest due date of what is open.
        pub oldest_due: Option<String>,
        /// What the debt gate says today: `clear`, `watch` or `blocked`.
        pub light: String,
        /// Blocked, and let through by a person.
        pub let_through: bool,
    }

    pub struct RegisterStudent {
        /// Made when the form opens: pressing twice registers once.
        pub id: String,
        /// Empty: the next free number.
        pub number: String,
        pub department_id: Option<String>,
        pub person: Person,
    }

    pub struct ChangeStudent {
        pub id: String,
        pub person: Person,
    }

    pub struct StudentRequest {
        pub id: String,
    }

    pub struct StudentView {
        pub id: String,
        pub number: String,
        pub department_id: Option<String>,
        pub department: String,
        pub person: Person,
        pub balance: Money,
        pub overdue: Money,
        pub credit: Money,
        pub oldest_due: Option<String>,
        /// The person was erased: only the number is left, and nothing begins anew.
        pub erased: bool,
    }
}
