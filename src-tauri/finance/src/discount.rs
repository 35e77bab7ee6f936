//! A discount on a whole document.
//!
//! Never touches what is only passed on for the student: a fee laid out in their name is asked for
//! at exactly what it cost (EU VAT directive art. 79(c)), or it would no longer be an outlay.

use crate::apportion::{Fraction, spread_in_groups};
use crate::catalogue::ServiceKind;
use crate::line::{LineItem, LineRejection};
use crate::money::{Currency, Money};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What is taken off a document, in the basis of its prices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentDiscount {
    /// Percent, above 0 and at most 100, at most two decimals.
    Percent(#[serde(with = "rust_decimal::serde::str")] Decimal),
    /// An amount, above nothing and at most what the lines come to.
    Amount(Money),
}

impl DocumentDiscount {
    /// How much it comes to off a sum.
    fn of(self, base: Money) -> Option<Money> {
        let amount = match self {
            Self::Percent(percent) => {
                let fits = percent > Decimal::ZERO
                    && percent <= Decimal::ONE_HUNDRED
                    && percent.normalize().scale() <= 2;
                let part = base.amount().checked_mul(percent)? / Decimal::ONE_HUNDRED;
                fits.then(|| Money::rounded(part, base.currency()).ok()).flatten()?
            }
            Self::Amount(amount) => amount,
        };
        let left = base.minus(amount).ok()?;
        (base.is_positive() && !amount.is_negative() && !left.is_negative()).then_some(amount)
    }
}

/// What is taken off each line: first the whole over the VAT codes, then each code's part over its
/// lines, so that both add up exactly. `groups` are the lines of each code.
///
/// # Errors
/// [`LineRejection::DocumentDiscount`] where it is more than there is to take it off.
pub(crate) fn per_line(
    discount: DocumentDiscount,
    items: &[LineItem],
    amounts: &[Money],
    groups: &[Vec<usize>],
    currency: Currency,
) -> Result<Vec<Money>, LineRejection> {
    let refused = || LineRejection::DocumentDiscount;
    let open = |(item, amount): (&LineItem, &Money)| match item.kind {
        ServiceKind::PassThrough => Money::zero(currency),
        _ => *amount,
    };
    let amounts: Vec<Money> = items.iter().zip(amounts).map(open).collect();
    let base = Money::sum(currency, amounts.iter().copied()).map_err(|_| refused())?;
    let whole = discount.of(base).ok_or_else(refused)?;
    if let DocumentDiscount::Amount(amount) = discount
        && !amount.is_positive()
    {
        return Err(refused());
    }
    let fraction = Fraction::of(whole, base).ok_or_else(refused)?;
    spread_in_groups(fraction, &amounts, groups, whole).map_err(|_| refused())
}
