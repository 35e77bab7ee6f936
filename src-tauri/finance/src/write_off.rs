//! Giving up what an invoice has open.
//!
//! Never touches VAT or income: what was sold stays sold. It is a loss on a claim, with VAT; whether
//! VAT on it can be got back (Norway: merverdiavgiftsloven § 4-7, confirmed losses) is the
//! accountant's to decide, so the full amount is written off here.

use crate::ids::{AllocationId, InvoiceId, SchoolId, StudentId};
use crate::money::Money;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A rest of an invoice that is no longer asked for. It settles the invoice as an allocation does,
/// without money behind it, and is released like one where the money comes after all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WriteOff {
    /// Its identity, of one kind with the allocations.
    pub id: AllocationId,
    /// The school.
    pub school_id: SchoolId,
    /// Whose balance.
    pub student_id: StudentId,
    /// The invoice.
    pub invoice_id: InvoiceId,
    /// How much; above nothing.
    pub amount: Money,
    /// What that was worth in the currency of the books, where it is in another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Money>,
    /// The day it counts from.
    pub written_off_on: NaiveDate,
    /// Why.
    pub reason: String,
    /// Below the school's limit for small differences: written off with the payment that left it.
    pub small: bool,
}

/// Why a rest cannot be written off.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WriteOffRejection {
    /// Nothing is open.
    #[error("{invoice} has nothing open")]
    NothingOpen { invoice: String },
    /// More is left than the school lets go as a small difference.
    #[error("{invoice} has {open} open, more than the small difference of {limit}")]
    NotSmall { invoice: String, open: Money, limit: Money },
    /// Dated before the invoice.
    #[error("a write-off cannot be dated before its invoice")]
    BeforeInvoice,
    /// No reason was given.
    #[error("a write-off needs a reason")]
    NoReason,
}

/// Whether a rest is a small difference: above nothing and not above the school's limit. A limit of
/// nothing means that there are none.
pub fn is_small(open: Money, limit: Money) -> bool {
    open.is_positive() && limit.minus(open).is_ok_and(|above| !above.is_negative())
}
