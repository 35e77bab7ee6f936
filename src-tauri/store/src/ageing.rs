//! How old the debt was on any day.

use crate::error::StoreError;
use crate::view::View;
use chrono::NaiveDate;
use finance::ageing::{AgeingRow, Buckets};
use finance::ids::{DepartmentId, StudentId};

/// The date a debt is aged from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgeBy {
    /// Its due date.
    Due,
    /// Its date of issue.
    Issue,
}

/// What an ageing list is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgeingQuestion {
    /// The day; what is dated after it does not count.
    pub as_of: NaiveDate,
    /// The date debts are counted from.
    pub by: AgeBy,
    /// The columns.
    pub buckets: Buckets,
    /// Only students of this department.
    pub department_id: Option<DepartmentId>,
}

/// One student of an ageing list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgeingStudent {
    /// The student.
    pub student_id: StudentId,
    /// The student number.
    pub number: String,
    /// The name.
    pub name: String,
    /// Amounts.
    pub amounts: AgeingRow,
}

impl View {
    /// Every student with debt or credit on the day, by name.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn ageing(
        &mut self,
        question: &AgeingQuestion,
    ) -> Result<Vec<AgeingStudent>, StoreError> {
        todo!()
    }
}
