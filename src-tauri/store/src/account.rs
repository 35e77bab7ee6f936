//! The rows that make a student's balance.

use crate::error::StoreError;
use crate::view::View;
use chrono::NaiveDate;
use finance::Money;
use finance::allocation::{CreditSource, OpenItem};
use finance::ids::StudentId;
use uuid::Uuid;

/// What a row of an account is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountKind {
    /// An invoice.
    Invoice,
    /// A credit note.
    CreditNote,
    /// Money received.
    Payment,
}

/// One row of a student's account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountEntry {
    /// What it is.
    pub kind: AccountKind,
    /// Its identity.
    pub id: Uuid,
    /// Number of a document; code of the method of a payment.
    pub label: String,
    /// Reference of a payment, or empty.
    pub reference: String,
    /// Issued or received on.
    pub date: NaiveDate,
    /// Last day to pay, of an invoice.
    pub due_date: Option<NaiveDate>,
    /// Above nothing: owed more. Below: owed less.
    pub amount: Money,
    /// Still open of an invoice; unused of a payment or credit note, above nothing.
    pub left: Money,
}

/// Money or a credit note with something not set against any invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnusedCredit {
    /// Where it comes from.
    pub source: CreditSource,
    /// Number of the credit note; code of the method of a payment.
    pub label: String,
    /// Issued or received on.
    pub date: NaiveDate,
    /// Not used yet; above nothing.
    pub unused: Money,
}

impl View {
    /// All documents and payments of a student, oldest first.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn student_account(
        &mut self,
        student: StudentId,
    ) -> Result<Vec<AccountEntry>, StoreError> {
        todo!()
    }

    /// Invoices of a student with something open, oldest due date first.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn open_items(&mut self, student: StudentId) -> Result<Vec<OpenItem>, StoreError> {
        todo!()
    }

    /// Credit of a student that could be set against invoices, oldest first.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn unused_credits(
        &mut self,
        student: StudentId,
    ) -> Result<Vec<UnusedCredit>, StoreError> {
        todo!()
    }
}
