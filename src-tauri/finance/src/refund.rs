//! Money paid back to a student.
//!
//! Never takes more than is unused: a refund comes out of credit, of a payment or of a credit note.

use crate::allocation::CreditSource;
use crate::exchange::Left;
use crate::ids::{RefundId, SchoolId, StudentId};
use crate::money::{Money, MoneyError};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One transfer back, out of one or more credits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// Its identity.
    pub id: RefundId,
    /// The school.
    pub school_id: SchoolId,
    /// Whose balance.
    pub student_id: StudentId,
    /// Code of the payment method it left by.
    pub method: String,
    /// The day it left.
    pub paid_on: NaiveDate,
    /// How much left; above nothing.
    pub amount: Money,
    /// What it cost in the currency of the books, where `amount` is in another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Money>,
    /// What it comes out of; each credit once, each part above nothing, together the amount.
    pub parts: Vec<RefundPart>,
    /// Reference on the bank line, or empty.
    pub reference: String,
    /// Why.
    pub reason: String,
}

/// What of a refund comes out of one credit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundPart {
    /// The credit.
    pub source: CreditSource,
    /// How much; above nothing.
    pub amount: Money,
    /// What that was worth in the currency of the books, where it is in another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Money>,
}

/// Credit that is not used yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Credit {
    /// Where it comes from.
    pub source: CreditSource,
    /// Since when it is there.
    pub since: NaiveDate,
    /// Not used; above nothing.
    pub unused: Money,
    /// What that is worth in the currency of the books, where it is in another one.
    pub base: Option<Money>,
}

/// Why money cannot be paid back so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RefundRejection {
    /// Nothing or less.
    #[error("the amount must be above 0")]
    NotPositive,
    /// More than there is credit.
    #[error("only {unused} of credit is unused")]
    MoreThanUnused { unused: Money },
    /// Another currency, or a credit the student does not have.
    #[error("this credit cannot be paid back")]
    WrongCredit,
    /// Dated before credit it comes out of.
    #[error("money cannot be paid back before it was there")]
    TooEarly,
    /// No reason was given.
    #[error("a refund needs a reason")]
    NoReason,
}

impl From<MoneyError> for RefundRejection {
    fn from(_: MoneyError) -> Self {
        Self::WrongCredit
    }
}

/// Takes an amount out of credits on a day, in the order given.
///
/// # Errors
/// [`RefundRejection`] for the first rule broken.
pub fn take(
    amount: Money,
    on: NaiveDate,
    credits: &[Credit],
) -> Result<Vec<RefundPart>, RefundRejection> {
    if !amount.is_positive() {
        return Err(RefundRejection::NotPositive);
    }
    let unused = Money::sum(amount.currency(), credits.iter().map(|credit| credit.unused))?;
    let (mut left, mut parts) = (amount, Vec::new());
    for credit in credits {
        let part = left.smaller(credit.unused)?;
        if part.is_positive() {
            if on < credit.since {
                return Err(RefundRejection::TooEarly);
            }
            let worth = credit.base.map(|base| Left { own: credit.unused, base }.take(part));
            parts.push(RefundPart {
                source: credit.source,
                amount: part,
                base: worth.transpose()?,
            });
            left = left.minus(part)?;
        }
    }
    if left.is_positive() { Err(RefundRejection::MoreThanUnused { unused }) } else { Ok(parts) }
}
