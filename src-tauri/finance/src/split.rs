//! One invoice paid by several: what each of them is asked for.
//!
//! Never loses or makes a minor unit: the parts of every line, of every VAT code and of the whole
//! add up to what the document came to unsplit.

use crate::apportion::{Fraction, group_sums, spread_in_groups, spread_to};
use crate::line::{LineItem, PricedLine, Totals, VatSum};
use crate::money::{Money, MoneyError};
use crate::pricing;
use crate::tax::PriceBasis;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// How much of a document one payer pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Percent of the total, above 0 and at most 100, at most two decimals.
    Percent(#[serde(with = "rust_decimal::serde::str")] Decimal),
    /// An amount with VAT, above nothing.
    Amount(Money),
    /// What the others leave.
    Rest,
}

/// The most payers of one document.
pub const MOST_PARTS: usize = 20;

/// Why a document cannot be split so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SplitRejection {
    /// Nobody, or more than [`MOST_PARTS`].
    #[error("a document is split between 1 and {MOST_PARTS} payers")]
    PartCount,
    /// A percentage out of its bounds, an amount of nothing, or in another currency.
    #[error("payer {place}: the share must be above 0")]
    NotPositive {
        /// The payer, from 1.
        place: usize,
    },
    /// Two payers take what is left.
    #[error("only one payer can take the rest")]
    TwoRests,
    /// The shares leave something, or take more than there is.
    #[error("the shares leave {left}")]
    DoesNotAddUp {
        /// What is left; below nothing where they take too much.
        left: Money,
    },
    /// A payer would be asked for nothing.
    #[error("payer {place} would be asked for nothing")]
    Nothing {
        /// The payer, from 1.
        place: usize,
    },
    /// The document comes to nothing.
    #[error("a document over nothing cannot be split")]
    EmptyDocument,
}

/// What each payer is asked for, in their order.
///
/// # Errors
/// [`SplitRejection`] for the first rule broken.
pub fn amounts(whole: Money, parts: &[Part]) -> Result<Vec<Money>, SplitRejection> {
    if parts.is_empty() || parts.len() > MOST_PARTS {
        return Err(SplitRejection::PartCount);
    }
    if !whole.is_positive() {
        return Err(SplitRejection::EmptyDocument);
    }
    if parts.iter().filter(|part| matches!(part, Part::Rest)).count() > 1 {
        return Err(SplitRejection::TwoRests);
    }
    let weights = weights(parts)?;
    // The last weight stands for what no percentage takes.
    let of_percent = whole.split(&weights).map_err(|_| SplitRejection::EmptyDocument)?;
    let mut left = whole;
    let mut amounts = Vec::with_capacity(parts.len());
    for (at, part) in parts.iter().enumerate() {
        let amount = match part {
            Part::Percent(_) => of_percent[at],
            Part::Amount(amount) => *amount,
            Part::Rest => Money::zero(whole.currency()),
        };
        let place = at + 1;
        left = left.minus(amount).map_err(|_| SplitRejection::NotPositive { place })?;
        amounts.push(amount);
    }
    match parts.iter().position(|part| matches!(part, Part::Rest)) {
        Some(at) if left.is_positive() => amounts[at] = left,
        _ if left.is_zero() => {}
        _ => return Err(SplitRejection::DoesNotAddUp { left }),
    }
    match amounts.iter().position(|amount| !amount.is_positive()) {
        Some(at) => Err(SplitRejection::Nothing { place: at + 1 }),
        None => Ok(amounts),
    }
}

/// Percentages in hundredths of a percent, and behind them what is left to 100 percent.
fn weights(parts: &[Part]) -> Result<Vec<i64>, SplitRejection> {
    let mut weights = Vec::with_capacity(parts.len() + 1);
    for (place, part) in (1..).zip(parts) {
        weights.push(match part {
            Part::Percent(percent) => {
                let hundredths = (*percent * Decimal::ONE_HUNDRED).normalize();
                let whole = Some(hundredths).filter(|h| h.scale() == 0);
                let minor = whole.and_then(|h| i64::try_from(h).ok());
                let fits = minor.filter(|minor| (1..=10_000).contains(minor));
                fits.ok_or(SplitRejection::NotPositive { place })?
            }
            Part::Amount(amount) if !amount.is_positive() => {
                return Err(SplitRejection::NotPositive { place });
            }
            Part::Amount(_) | Part::Rest => 0,
        });
    }
    let left = 10_000 - weights.iter().sum::<i64>();
    weights.push(left.max(0));
    Ok(weights)
}

/// Splits a priced document into parts of known amounts with VAT, which together are its total.
/// Each payer but the last takes the same fraction of every line; the last takes what is left.
///
/// # Errors
/// [`MoneyError::TooLarge`] where the amounts are no parts of the total.
pub fn split(
    whole: &Totals,
    basis: PriceBasis,
    amounts: &[Money],
) -> Result<Vec<Totals>, MoneyError> {
    let mut left = Columns::of(whole);
    let mut parts = Vec::with_capacity(amounts.len());
    for (at, amount) in amounts.iter().enumerate() {
        let taken = if at + 1 == amounts.len() {
            std::mem::replace(&mut left, Columns::of(whole))
        } else {
            left.take(*amount)?
        };
        parts.push(taken.totals(whole, basis)?);
    }
    Ok(parts)
}

/// The amounts of a document's lines.
struct Columns {
    gross: Vec<Money>,
    vat: Vec<Money>,
    discount: Vec<Money>,
    /// Lines of each VAT code.
    groups: Vec<Vec<usize>>,
}

impl Columns {
    fn of(totals: &Totals) -> Self {
        let zero = Money::zero(totals.gross.currency());
        let lines = &totals.lines;
        let of_code = |sum: &VatSum| {
            let places = lines.iter().enumerate();
            places.filter(|(_, line)| line.item.tax == sum.tax).map(|(place, _)| place).collect()
        };
        Self {
            gross: lines.iter().map(|line| line.gross).collect(),
            vat: lines.iter().map(|line| line.vat).collect(),
            discount: lines.iter().map(|line| line.discount.unwrap_or(zero)).collect(),
            groups: totals.by_code.iter().map(of_code).collect(),
        }
    }

    /// Takes a part with VAT out of what is left.
    fn take(&mut self, amount: Money) -> Result<Self, MoneyError> {
        let currency = amount.currency();
        let whole = Money::sum(currency, self.gross.iter().copied())?;
        let fraction = Fraction::of(amount, whole).ok_or(MoneyError::TooLarge)?;
        let groups = self.groups.clone();
        let rounded = |column: &[Money]| {
            let sums = group_sums(column, &groups, currency)?;
            let targets: Result<Vec<_>, _> = sums.into_iter().map(|s| fraction.take(s)).collect();
            spread_to(fraction, column, &groups, &targets?)
        };
        let part = Self {
            gross: spread_in_groups(fraction, &self.gross, &groups, amount)?,
            vat: rounded(&self.vat)?,
            discount: rounded(&self.discount)?,
            groups: groups.clone(),
        };
        for (left, taken) in [
            (&mut self.gross, &part.gross),
            (&mut self.vat, &part.vat),
            (&mut self.discount, &part.discount),
        ] {
            for (left, taken) in left.iter_mut().zip(taken) {
                *left = left.minus(*taken)?;
            }
        }
        Ok(part)
    }

    fn totals(self, whole: &Totals, basis: PriceBasis) -> Result<Totals, MoneyError> {
        let currency = whole.gross.currency();
        let mut lines = Vec::with_capacity(whole.lines.len());
        for (place, line) in whole.lines.iter().enumerate() {
            let (gross, vat) = (self.gross[place], self.vat[place]);
            let net = gross.minus(vat)?;
            let discount = self.discount[place];
            let shown = if basis == PriceBasis::Gross { gross } else { net };
            let item = part_item(&line.item, shown.plus(discount)?);
            let discount = Some(discount).filter(|amount| !amount.is_zero());
            lines.push(PricedLine { item, discount, net, vat, gross });
        }
        let mut by_code = Vec::with_capacity(whole.by_code.len());
        for (sum, members) in whole.by_code.iter().zip(&self.groups) {
            let add = |of: &dyn Fn(&PricedLine) -> Money| {
                Money::sum(currency, members.iter().map(|place| of(&lines[*place])))
            };
            by_code.push(VatSum {
                tax: sum.tax.clone(),
                net: add(&|line| line.net)?,
                vat: add(&|line| line.vat)?,
                gross: add(&|line| line.gross)?,
            });
        }
        pricing::sums(lines, by_code, currency)
    }
}

/// A part of a line is one of something: its quantity stands in the text, because no quantity times
/// the unsplit price would make exactly this amount.
fn part_item(item: &LineItem, amount: Money) -> LineItem {
    let quantity = item.quantity.normalize();
    let description = if quantity == Decimal::ONE {
        item.description.clone()
    } else {
        format!("{quantity} × {}", item.description)
    };
    LineItem {
        description,
        quantity: Decimal::ONE,
        unit_price: amount.amount(),
        discount_percent: Decimal::ZERO,
        ..item.clone()
    }
}
