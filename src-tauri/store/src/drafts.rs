//! Drafts: not facts, so they may change and go.

use crate::error::StoreError;
use crate::tx::Tx;
use crate::view::View;
use chrono::NaiveDate;
use finance::Money;
use finance::ids::{DepartmentId, InvoiceId, StudentId};

/// A draft with what the list shows of it. Issuing an invoice with the same id ends the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftRow {
    /// The id its invoice will have.
    pub id: InvoiceId,
    /// Whom it is for, once known.
    pub student_id: Option<StudentId>,
    /// The department.
    pub department_id: Option<DepartmentId>,
    /// Date of the document.
    pub issue_date: NaiveDate,
    /// Last day to pay.
    pub due_date: NaiveDate,
    /// Total as far as it is known.
    pub gross: Money,
    /// The draft as typed, in the caller's JSON.
    pub body: String,
}

impl View {
    /// A draft.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn find_draft(&mut self, id: InvoiceId) -> Result<Option<DraftRow>, StoreError> {
        todo!()
    }
}

impl Tx {
    /// Keeps a draft, in place of an earlier one with the same id.
    ///
    /// # Errors
    /// [`StoreError::CodeTaken`] where it was issued already, [`StoreError::CauseMissing`] where
    /// there is no such student, or what the database reports.
    pub async fn save_draft(&mut self, draft: &DraftRow) -> Result<(), StoreError> {
        todo!()
    }

    /// Throws a draft away; true where there was one.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn delete_draft(&mut self, id: InvoiceId) -> Result<bool, StoreError> {
        todo!()
    }
}
