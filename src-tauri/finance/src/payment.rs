//! Money received.
//!
//! Never says what it pays: allocations do.

use crate::apportion::Fraction;
use crate::ids::{DepartmentId, PaymentId, SchoolId, StudentId};
use crate::money::{Money, MoneyError};
use crate::surcharge::Surcharge;
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
    /// What it was worth in the currency of the books the day it came, where `amount` is in another
    /// one; above nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Money>,
    /// Reference on the bank line or receipt, or empty.
    pub reference: String,
    /// A note, or empty.
    pub note: String,
    /// It is announced but has not arrived: it counts from the day it is confirmed.
    #[serde(default, skip_serializing_if = "is_false")]
    pub pending: bool,
    /// Who told of it, and its name there, for example `stripe/evt_1`; nothing: a person did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
}

impl Payment {
    /// Its worth in the currency of the books.
    pub fn in_base(&self) -> Money {
        self.base.unwrap_or(self.amount)
    }

    /// The same money with what the way to pay costs on top. What is in another currency is worth
    /// as much more, in proportion.
    ///
    /// # Errors
    /// [`MoneyError`] for another currency, or an amount out of bounds.
    pub fn with_surcharge(self, surcharge: Money) -> Result<Self, MoneyError> {
        let more = Fraction::of(surcharge, self.amount);
        let more = |base: Money| more.ok_or(MoneyError::TooLarge)?.convert(base, base.currency());
        let base = self.base.map(|base| base.plus(more(base)?)).transpose()?;
        Ok(Self { amount: self.amount.plus(surcharge)?, base, ..self })
    }
}

// Serde hands a reference to what is asked about.
#[allow(clippy::trivially_copy_pass_by_ref)]
const fn is_false(value: &bool) -> bool {
    !*value
}

/// What became of a payment after it was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentOutcome {
    /// Announced money did not arrive.
    Failed,
    /// Announced money arrived.
    Confirmed,
    /// Money that had arrived was taken back by the bank or the payer.
    Reversed,
}

/// A payment was confirmed, failed or was reversed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentTurn {
    /// The school.
    pub school_id: SchoolId,
    /// Which payment.
    pub payment_id: PaymentId,
    /// What became of it.
    pub outcome: PaymentOutcome,
    /// The day it counts from.
    pub on: NaiveDate,
    /// Why, or empty.
    pub reason: String,
}

/// Where a payment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaymentState {
    /// Announced; no money yet.
    Pending,
    /// Announced, and it did not come.
    Failed,
    /// It is there.
    Confirmed,
    /// It was there and is gone again.
    Reversed,
}

/// Where a payment stands and on which days it counts. It follows from the payment and from the
/// set of its turns alone, so that their order and repeats cannot change it: two desks that
/// disagree both end at the outcome that says most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaymentStanding {
    /// Where it stands.
    pub state: PaymentState,
    /// The first day it counts; nothing while it has not arrived.
    pub from: Option<NaiveDate>,
    /// The first day it no longer counts.
    pub until: Option<NaiveDate>,
}

impl PaymentStanding {
    /// Where a payment stands after turns, each an outcome and its day.
    pub fn of(payment: &Payment, turns: &[(PaymentOutcome, NaiveDate)]) -> Self {
        let first = |wanted| turns.iter().filter(|(o, _)| *o == wanted).map(|(_, day)| *day).min();
        let from = match payment.pending {
            false => Some(payment.received_on),
            true => first(PaymentOutcome::Confirmed),
        };
        let until = first(PaymentOutcome::Reversed);
        let state = match (until, from, first(PaymentOutcome::Failed)) {
            (Some(_), _, _) => PaymentState::Reversed,
            (None, Some(_), _) => PaymentState::Confirmed,
            (None, None, Some(_)) => PaymentState::Failed,
            (None, None, None) => PaymentState::Pending,
        };
        Self { state, from, until }
    }

    /// Whether its money was there on a day.
    pub fn counts(&self, day: NaiveDate) -> bool {
        self.from.is_some_and(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }

    /// Checks a further turn.
    ///
    /// # Errors
    /// [`TurnRejection`] for the first rule broken.
    pub fn check(&self, turn: &PaymentTurn, payment: &Payment) -> Result<(), TurnRejection> {
        let may = match turn.outcome {
            PaymentOutcome::Confirmed => {
                matches!(self.state, PaymentState::Pending | PaymentState::Failed)
            }
            PaymentOutcome::Failed => self.state == PaymentState::Pending,
            PaymentOutcome::Reversed => self.state == PaymentState::Confirmed,
        };
        if !may {
            return Err(TurnRejection::WrongState);
        }
        if turn.on < self.from.unwrap_or(payment.received_on) {
            return Err(TurnRejection::TooEarly);
        }
        if turn.outcome == PaymentOutcome::Reversed && turn.reason.trim().is_empty() {
            return Err(TurnRejection::NoReason);
        }
        Ok(())
    }
}

/// Why a payment cannot turn so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TurnRejection {
    /// It stands where this cannot happen.
    #[error("the payment stands where this cannot happen")]
    WrongState,
    /// Dated before the payment.
    #[error("the day lies before the payment")]
    TooEarly,
    /// A reversal says why.
    #[error("a reversal needs a reason")]
    NoReason,
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
    /// What it costs on top; nothing: no surcharge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub surcharge: Option<Surcharge>,
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
