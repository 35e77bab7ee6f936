//! Taking a part of several amounts at once without losing a minor unit.
//!
//! Never makes a part larger than the amount it is taken from: what is left keeps its sign.

use crate::money::{Currency, Money, MoneyError};

/// How much of each amount is taken: a fraction between nothing and all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fraction {
    part: i128,
    whole: i128,
}

impl Fraction {
    /// `part` of `whole`; nothing where it is no fraction between 0 and 1.
    pub fn of(part: Money, whole: Money) -> Option<Self> {
        let (part, whole) = (i128::from(part.minor()), i128::from(whole.minor()));
        let fits = part.signum() * whole.signum() >= 0 && part.abs() <= whole.abs() && whole != 0;
        fits.then(|| Self { part: part.abs(), whole: whole.abs() })
    }

    /// `part` of `whole` as a rate between two counts of minor units: it may be above 1. Both are
    /// above nothing.
    pub const fn ratio(part: i128, whole: i128) -> Self {
        Self { part, whole }
    }

    /// That fraction of one amount in another currency, rounded half away from nothing.
    pub fn convert(self, amount: Money, currency: Currency) -> Result<Money, MoneyError> {
        let product = self.product(amount)?;
        let twice = product.abs().checked_mul(2).ok_or(MoneyError::TooLarge)?;
        let minor = (twice + self.whole) / (2 * self.whole) * product.signum();
        Ok(Money::from_minor(small(minor)?, currency))
    }

    /// That fraction of one amount, rounded half up.
    pub fn take(self, amount: Money) -> Result<Money, MoneyError> {
        let product = self.product(amount)?;
        let twice = product.checked_mul(2).ok_or(MoneyError::TooLarge)?;
        let minor = (twice + self.whole).div_euclid(2 * self.whole);
        Ok(Money::from_minor(small(minor)?, amount.currency()))
    }

    /// That fraction of each amount, together exactly `target`: each part is rounded down, and the
    /// minor units left go to the largest remainders, earlier parts first among equals.
    ///
    /// # Errors
    /// [`MoneyError::TooLarge`] where a number leaves its bounds.
    pub fn spread(self, amounts: &[Money], target: Money) -> Result<Vec<Money>, MoneyError> {
        let currency = target.currency();
        let mut parts = Vec::with_capacity(amounts.len());
        let mut remainders = Vec::with_capacity(amounts.len());
        for (place, amount) in amounts.iter().enumerate() {
            let product = self.product(*amount)?;
            parts.push(product.div_euclid(self.whole));
            remainders.push((product.rem_euclid(self.whole), place));
        }
        let left = i128::from(target.minor()) - parts.iter().sum::<i128>();
        let count = usize::try_from(left).map_err(|_| MoneyError::TooLarge)?;
        remainders.sort_by_key(|(remainder, place)| (std::cmp::Reverse(*remainder), *place));
        for (_, place) in remainders.into_iter().take(count) {
            parts[place] += 1;
        }
        parts.into_iter().map(|minor| Ok(Money::from_minor(small(minor)?, currency))).collect()
    }

    fn product(self, amount: Money) -> Result<i128, MoneyError> {
        i128::from(amount.minor()).checked_mul(self.part).ok_or(MoneyError::TooLarge)
    }
}

/// The fraction of amounts in groups: each group gets its own exact part, so that no group carries
/// the rounding of another, and all of them together come to `target`.
///
/// # Errors
/// As [`Fraction::spread`].
pub(crate) fn spread_in_groups(
    fraction: Fraction,
    amounts: &[Money],
    groups: &[Vec<usize>],
    target: Money,
) -> Result<Vec<Money>, MoneyError> {
    let currency = target.currency();
    let sums = group_sums(amounts, groups, currency)?;
    let targets = fraction.spread(&sums, target)?;
    spread_to(fraction, amounts, groups, &targets)
}

/// The fraction of amounts in groups whose parts are known.
///
/// # Errors
/// As [`Fraction::spread`].
pub(crate) fn spread_to(
    fraction: Fraction,
    amounts: &[Money],
    groups: &[Vec<usize>],
    targets: &[Money],
) -> Result<Vec<Money>, MoneyError> {
    let mut parts = amounts.to_vec();
    for (members, target) in groups.iter().zip(targets) {
        let own: Vec<Money> = members.iter().map(|place| amounts[*place]).collect();
        for (place, part) in members.iter().zip(fraction.spread(&own, *target)?) {
            parts[*place] = part;
        }
    }
    Ok(parts)
}

/// What each group comes to.
pub(crate) fn group_sums(
    amounts: &[Money],
    groups: &[Vec<usize>],
    currency: Currency,
) -> Result<Vec<Money>, MoneyError> {
    let sum = |members: &Vec<usize>| Money::sum(currency, members.iter().map(|i| amounts[*i]));
    groups.iter().map(sum).collect()
}

fn small(minor: i128) -> Result<i64, MoneyError> {
    i64::try_from(minor).map_err(|_| MoneyError::TooLarge)
}
