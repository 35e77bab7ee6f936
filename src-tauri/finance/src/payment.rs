//! Money received.
//!
//! Never says what it pays: allocations do.

use crate::ids::{DepartmentId, PaymentId, SchoolId, StudentId};
use crate::money::Money;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Money received from, or for, a student.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// Its identity.
    pub id: PaymentId,
    /// The school.
    pub school_id: SchoolId,
    /// The department.
    pub department_id: Option<DepartmentId>,
    /// Whose balance it changes.
    pub student_id: StudentId,
    /// Code of the payment method.
    pub method: String,
    /// The day it arrived.
    pub received_on: NaiveDate,
    /// How much; above nothing.
    pub amount: Money,
    /// Reference on the bank line or receipt, or empty.
    pub reference: String,
    /// A note, or empty.
    pub note: String,
}

/// A way to pay, as the school names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentMethod {
    /// The school.
    pub school_id: SchoolId,
    /// Short code, unique in the school: `bank`, `card`, `cash`, `vipps`.
    pub code: String,
    /// What staff read.
    pub name: String,
    /// Account of the school's chart that the money is posted to.
    pub account: String,
    /// False hides it from the payment page.
    pub active: bool,
}

/// Why a payment is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PaymentRejection {
    /// Nothing or less.
    #[error("the amount must be above 0")]
    NotPositive,
    /// Allocations come to more than was received.
    #[error("{allocated} was set against invoices but only {received} was received")]
    OverAllocated { allocated: Money, received: Money },
    /// More than the invoice has open.
    #[error("{invoice} has only {open} open")]
    MoreThanOpen { invoice: String, open: Money },
    /// An invoice of another student, school or currency, or one named twice.
    #[error("{invoice} cannot be paid with this money")]
    WrongInvoice { invoice: String },
}
