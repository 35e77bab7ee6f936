//! Students and what they owe.

use crate::error::StoreError;
use crate::view::{Order, View, Window};
use chrono::NaiveDate;
use finance::Money;
use finance::ids::{DepartmentId, StudentId};
use finance::party::Student;

/// Which students. Parts left empty do not narrow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct StudentFilter {
    /// Name, number, e-mail or telephone, as typed.
    pub query: String,
    /// Of this department.
    pub department_id: Option<DepartmentId>,
    /// Only students with a balance above nothing.
    pub owing: bool,
}

/// Columns the list sorts by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StudentColumn {
    /// The student number.
    Number,
    /// The name.
    Name,
    /// What is owed less credit.
    Balance,
    /// Oldest due date of what is open.
    OldestDue,
}

/// A student with the balance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StudentRow {
    /// The student as registered or last changed.
    pub student: Student,
    /// Name of the department, or empty.
    pub department: String,
    /// Open invoices.
    pub open: Money,
    /// Money and credit notes not set against any invoice.
    pub credit: Money,
    /// Open less credit.
    pub balance: Money,
    /// Open and due before today.
    pub overdue: Money,
    /// Oldest due date of what is open.
    pub oldest_due: Option<NaiveDate>,
}

/// A page of students.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StudentPage {
    /// The rows of the window.
    pub rows: Vec<StudentRow>,
    /// How many match in all.
    pub total: u32,
    /// Sum of the balances of all that match.
    pub balance: Money,
}

impl View {
    /// A page of students. Without an order: by name.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn list_students(
        &mut self,
        filter: &StudentFilter,
        order: Option<Order<StudentColumn>>,
        window: Window,
        today: NaiveDate,
    ) -> Result<StudentPage, StoreError> {
        todo!()
    }

    /// One student.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn find_student(
        &mut self,
        id: StudentId,
        today: NaiveDate,
    ) -> Result<Option<StudentRow>, StoreError> {
        todo!()
    }

    /// The student with a number.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn find_student_by_number(
        &mut self,
        number: &str,
    ) -> Result<Option<StudentId>, StoreError> {
        todo!()
    }

    /// One more than the largest student number; 1001 in an empty book.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn next_student_number(&mut self) -> Result<String, StoreError> {
        todo!()
    }
}
