//! Which money settled which invoice.
//!
//! Never moves money by itself: a proposal is shown before it is recorded.

use crate::exchange::Worth;
use crate::ids::{AllocationId, CreditNoteId, InvoiceId, PaymentId, SchoolId, StudentId};
use crate::money::{Money, MoneyError};
use crate::payment::PaymentRejection;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Where settled money came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CreditSource {
    /// Money received.
    Payment(PaymentId),
    /// A credit note.
    CreditNote(CreditNoteId),
}

/// Money or credit set against one invoice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allocation {
    /// Its identity.
    pub id: AllocationId,
    /// The school.
    pub school_id: SchoolId,
    /// Whose balance.
    pub student_id: StudentId,
    /// Where the money comes from.
    pub source: CreditSource,
    /// The invoice it settles.
    pub invoice_id: InvoiceId,
    /// How much, in the currency of the invoice; above nothing.
    pub amount: Money,
    /// What it moved in the currency of the books, where that is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worth: Option<Worth>,
    /// The day it counts.
    pub allocated_on: NaiveDate,
}

/// An invoice with something open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenItem {
    /// The invoice.
    pub invoice_id: InvoiceId,
    /// Its number.
    pub number: String,
    /// Date of the document.
    pub issue_date: NaiveDate,
    /// Last day to pay.
    pub due_date: NaiveDate,
    /// Still open; above nothing.
    pub open: Money,
    /// What that is worth in the currency of the books, where it is in another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Money>,
}

/// A share of money meant for one invoice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// The invoice.
    pub invoice_id: InvoiceId,
    /// How much.
    pub amount: Money,
}

/// Proposes shares of `amount`, oldest due date first, then oldest document. What is left over
/// stays credit.
///
/// # Errors
/// [`MoneyError::CurrencyMismatch`] where an open item is in another currency.
pub fn oldest_first(amount: Money, items: &[OpenItem]) -> Result<Vec<Share>, MoneyError> {
    let mut ordered: Vec<&OpenItem> = items.iter().collect();
    ordered.sort_by(|a, b| {
        (a.due_date, a.issue_date, &a.number).cmp(&(b.due_date, b.issue_date, &b.number))
    });
    let mut left = amount;
    let mut shares = Vec::new();
    for item in ordered {
        let share = left.smaller(item.open)?;
        if share.is_positive() {
            shares.push(Share { invoice_id: item.invoice_id, amount: share });
            left = left.minus(share)?;
        }
    }
    Ok(shares)
}

/// Checks shares chosen by a person against what was received and what is open; returns what
/// stays credit.
///
/// # Errors
/// [`PaymentRejection`] for the first rule broken.
pub fn check_shares(
    received: Money,
    shares: &[Share],
    items: &[OpenItem],
) -> Result<Money, PaymentRejection> {
    if !received.is_positive() {
        return Err(PaymentRejection::NotPositive);
    }
    let mut left = received;
    for (place, share) in shares.iter().enumerate() {
        let item = items.iter().find(|item| item.invoice_id == share.invoice_id);
        let repeated = shares[..place].iter().any(|s| s.invoice_id == share.invoice_id);
        let wrong = || PaymentRejection::WrongInvoice {
            invoice: item.map_or_else(|| share.invoice_id.to_string(), |item| item.number.clone()),
        };
        let item = item.filter(|_| !repeated).ok_or_else(wrong)?;
        if !share.amount.is_positive() {
            return Err(PaymentRejection::NotPositive);
        }
        if item.open.minus(share.amount).map_err(|_| wrong())?.is_negative() {
            let invoice = item.number.clone();
            return Err(PaymentRejection::MoreThanOpen { invoice, open: item.open });
        }
        left = left.minus(share.amount).map_err(|_| wrong())?;
    }
    if left.is_negative() {
        let allocated = received.minus(left).unwrap_or(received);
        return Err(PaymentRejection::OverAllocated { allocated, received });
    }
    Ok(left)
}
