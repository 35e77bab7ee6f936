//! What a way to pay costs on top.
//!
//! Never money beside a sale: what is charged for a way of paying belongs to the price of what is
//! paid for and bears VAT (EU Court of Justice, C-276/09 of 2 December 2010), so it is invoiced.
//! Never a judgment of whether it may be taken: that follows from who pays and with what.

use crate::exchange::RateUsed;
use crate::ids::ServiceId;
use crate::money::{Money, MoneyError};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What a way to pay costs on top of what is paid, in the basis of the school's prices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Surcharge {
    /// Percent of what is paid, from 0 to 100, at most two decimals.
    #[serde(with = "rust_decimal::serde::str")]
    pub percent: Decimal,
    /// An amount for each payment; nothing or more.
    pub fixed: Money,
    /// The entry of the price list that it is sold as, which says VAT and account.
    pub service_id: ServiceId,
}

/// Why there is no such surcharge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SurchargeRejection {
    /// Below 0, above 100, or more than two decimals.
    #[error("the percentage must lie between 0 and 100, with at most two decimals")]
    Percent,
    /// Below nothing.
    #[error("the amount cannot lie below nothing")]
    Fixed,
    /// It comes to nothing whatever is paid.
    #[error("it comes to nothing")]
    Nothing,
}

impl Surcharge {
    /// Checks it as a rule.
    ///
    /// # Errors
    /// [`SurchargeRejection`] for the first rule broken.
    pub fn check(&self) -> Result<(), SurchargeRejection> {
        let percent = self.percent.normalize();
        let bounds = Decimal::ZERO..=Decimal::ONE_HUNDRED;
        if !bounds.contains(&percent) || percent.scale() > 2 {
            return Err(SurchargeRejection::Percent);
        }
        if self.fixed.is_negative() {
            return Err(SurchargeRejection::Fixed);
        }
        if percent.is_zero() && self.fixed.is_zero() {
            return Err(SurchargeRejection::Nothing);
        }
        Ok(())
    }

    /// Its price for an amount that is paid, rounded half away from zero to the minor unit.
    /// Nothing where nothing is paid.
    ///
    /// # Errors
    /// [`MoneyError`] for another currency, or an amount out of bounds.
    pub fn of(&self, paid: Money) -> Result<Money, MoneyError> {
        self.on_top(paid, self.fixed)
    }

    /// The same for an amount in another currency: the percentage of it, and the fixed amount by a
    /// rate.
    ///
    /// # Errors
    /// [`MoneyError`] for an amount out of bounds.
    pub fn of_foreign(&self, paid: Money, rate: RateUsed) -> Result<Money, MoneyError> {
        self.on_top(paid, rate.price(self.fixed.amount(), paid.currency())?)
    }

    fn on_top(&self, paid: Money, fixed: Money) -> Result<Money, MoneyError> {
        if !paid.is_positive() {
            return Ok(Money::zero(paid.currency()));
        }
        let share = paid.amount().checked_mul(self.percent).ok_or(MoneyError::TooLarge)?;
        Money::rounded(share / Decimal::ONE_HUNDRED, paid.currency())?.plus(fixed)
    }
}
