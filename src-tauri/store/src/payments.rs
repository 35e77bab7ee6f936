//! Money received.

use crate::error::StoreError;
use crate::view::{Order, View, Window};
use finance::Money;
use finance::ids::{PaymentId, StudentId};
use finance::payment::Payment;

/// Which payments. Parts left empty do not narrow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct PaymentFilter {
    /// Student name or number, reference or amount, as typed.
    pub query: String,
    /// Of this student.
    pub student_id: Option<StudentId>,
    /// Only payments with money not set against anything.
    pub unallocated: bool,
}

/// Columns the list sorts by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PaymentColumn {
    /// The day it arrived.
    ReceivedOn,
    /// The student's name.
    Student,
    /// Code of the method.
    Method,
    /// How much.
    Amount,
    /// How much is not set against anything.
    Unallocated,
}

/// One payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentRow {
    /// The payment as recorded.
    pub payment: Payment,
    /// The student's present name.
    pub student: String,
    /// The method's name.
    pub method_name: String,
    /// Not set against any invoice.
    pub unallocated: Money,
    /// Numbers of the invoices it settles, in the order they were settled.
    pub invoices: Vec<String>,
}

/// A page of payments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentPage {
    /// The rows of the window.
    pub rows: Vec<PaymentRow>,
    /// How many match in all.
    pub total: u32,
    /// Sum of all that match.
    pub amount: Money,
    /// Sum of what is unallocated of all that match.
    pub unallocated: Money,
}

impl View {
    /// A page of payments. Without an order: newest first.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn list_payments(
        &mut self,
        filter: &PaymentFilter,
        order: Option<Order<PaymentColumn>>,
        window: Window,
    ) -> Result<PaymentPage, StoreError> {
        todo!()
    }

    /// One payment.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn find_payment(&mut self, id: PaymentId) -> Result<Option<PaymentRow>, StoreError> {
        todo!()
    }
}
