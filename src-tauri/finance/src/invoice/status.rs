//! What became of an invoice, from its sums.
//!
//! Never stored: it follows on any day from what was set against the invoice.

use crate::money::Money;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What an invoice's history makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvoiceStatus {
    /// Nothing paid, not yet due.
    Open,
    /// Something paid, something open, not yet due.
    PartPaid,
    /// Something open after the due date.
    Overdue,
    /// Nothing open.
    Paid,
    /// Nothing open, and a credit note took all of it.
    Credited,
    /// Nothing open, and some of it was given up.
    WrittenOff,
}

/// The sums a status follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// The invoice's total.
    pub gross: Money,
    /// Still open.
    pub open: Money,
    /// Taken by credit notes.
    pub credited: Money,
    /// Given up, small differences left out.
    pub written_off: Money,
}

impl Settlement {
    /// The status on a day of an invoice that is due by a day, its own or that of its payment
    /// plan. An invoice over nothing is paid from the start.
    pub fn status(self, due: NaiveDate, today: NaiveDate) -> InvoiceStatus {
        if !self.open.is_positive() {
            let whole = self.credited == self.gross && self.gross.is_positive();
            return match (whole, self.written_off.is_positive()) {
                (true, _) => InvoiceStatus::Credited,
                (false, true) => InvoiceStatus::WrittenOff,
                (false, false) => InvoiceStatus::Paid,
            };
        }
        if due < today {
            return InvoiceStatus::Overdue;
        }
        if self.open == self.gross { InvoiceStatus::Open } else { InvoiceStatus::PartPaid }
    }
}
