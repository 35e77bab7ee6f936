//! What the rest of an entitlement is worth, and what of it each payer would get back.
//!
//! Never more than was paid, and never twice: what was credited by hand before is taken off.

use super::{Holding, HoldingState};
use crate::money::{Money, MoneyError};
use crate::package::{Holds, RefundRule, SoldShare};
use chrono::NaiveDate;
use rust_decimal::Decimal;

impl Holding {
    /// What a rest is worth of the price paid, with VAT, by a rule. Nothing once it expired or was
    /// closed; never more than was paid and not credited.
    ///
    /// # Errors
    /// [`MoneyError`] where a sum does not fit.
    pub fn worth(&self, rule: RefundRule, on: NaiveDate) -> Result<Money, MoneyError> {
        if self.state(on) == HoldingState::Active {
            return self.rest(rule);
        }
        Ok(Money::zero(self.entitlement.gross.currency()))
    }

    /// The same whatever its last day: of an expired one what lapsed with it, and what it would be
    /// worth again if it were extended.
    ///
    /// # Errors
    /// [`MoneyError`] where a sum does not fit.
    pub fn rest(&self, rule: RefundRule) -> Result<Money, MoneyError> {
        let currency = self.entitlement.gross.currency();
        Money::sum(currency, self.shares_of_rest(rule)?.iter().map(|share| share.gross))
    }

    /// What of that each payer's invoice gives back: its share of the rest less what was credited
    /// on it before, for whatever reason. An invoice that gives nothing back is left out.
    ///
    /// # Errors
    /// [`MoneyError`] where a sum does not fit.
    pub fn shares_of_rest(&self, rule: RefundRule) -> Result<Vec<SoldShare>, MoneyError> {
        let rest = self.uncredited(rule)?;
        if rest.is_zero() {
            return Ok(Vec::new());
        }
        let mut shares = self.entitlement.given_back(rest)?;
        for share in &mut shares {
            let before = self.credited.iter().filter(|it| it.invoice_id == share.invoice_id);
            for credited in before {
                share.gross = share.gross.minus(credited.gross)?;
            }
        }
        shares.retain(|share| share.gross.is_positive());
        Ok(shares)
    }

    /// What was credited on its line in all.
    ///
    /// # Errors
    /// [`MoneyError`] where a sum does not fit.
    pub fn credited(&self) -> Result<Money, MoneyError> {
        let currency = self.entitlement.gross.currency();
        Money::sum(currency, self.credited.iter().map(|share| share.gross))
    }

    /// What the rest is worth as if nothing had been credited.
    fn uncredited(&self, rule: RefundRule) -> Result<Money, MoneyError> {
        let gross = self.entitlement.gross;
        let nothing = Money::zero(gross.currency());
        if self.closed.is_some() || !self.has_rest() {
            return Ok(nothing);
        }
        let (used, whole) = self.weights()?;
        let price = self.entitlement.price.amount();
        let (left, of) = match rule {
            RefundRule::ProRata => (whole - used, whole),
            RefundRule::LessListPrice => (price - used, price),
            RefundRule::Nothing => return Ok(nothing),
        };
        if left <= Decimal::ZERO || of <= Decimal::ZERO {
            return Ok(nothing);
        }
        let worth = gross.amount().checked_mul(left).ok_or(MoneyError::TooLarge)? / of;
        Money::rounded(worth, gross.currency())?.smaller(gross)
    }

    /// What was used and what is held by the list prices of the day of sale; by their number where
    /// the price list said nothing.
    fn weights(&self) -> Result<(Decimal, Decimal), MoneyError> {
        let items = match &self.entitlement.holds {
            Holds::Amount { amount } => return Ok((self.used_amount()?.amount(), amount.amount())),
            Holds::Lessons { items } => items,
        };
        let priceless = items.iter().all(|held| held.unit_price <= Decimal::ZERO);
        let (mut used, mut whole) = (Decimal::ZERO, Decimal::ZERO);
        for held in items {
            let price = if priceless { Decimal::ONE } else { held.unit_price };
            let of = |count: Decimal| count.checked_mul(price).ok_or(MoneyError::TooLarge);
            used += of(self.used(held.service_id))?;
            whole += of(held.quantity)?;
        }
        Ok((used, whole))
    }
}
