//! Other currencies: the rate of a day, and what an amount is worth in the currency of the books.
//!
//! Never decides which rate holds for good: a rate is frozen in the document it was used for. Never
//! fetches one: rates are typed or imported.
//!
//! VAT is owed in the national currency, whatever the document says: directive 2006/112/EC art. 230
//! (the VAT of an invoice stands on it in the currency of the member state) and art. 91 (2) (the
//! rate of the day VAT becomes chargeable: the latest selling rate, or that of the European Central
//! Bank); Norway: bokføringsforskriften § 5-1-1 no. 8 (VAT in Norwegian kroner); United Kingdom: VAT
//! Notice 700, section 7.7.

use crate::apportion::{self, Fraction};
use crate::ids::SchoolId;
use crate::line::{PricedLine, Totals, VatSum};
use crate::money::{Currency, Money, MoneyError};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// After so many days a rate is old enough to be pointed out.
pub const OLD_AFTER_DAYS: i64 = 7;
/// The most decimals of a rate.
pub const RATE_DECIMALS: u32 = 10;
const LARGEST_RATE: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);

/// What one unit of another currency is worth from a day on; of two for one currency and day the
/// later clock wins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangeRate {
    /// The school.
    pub school_id: SchoolId,
    /// The other currency.
    pub currency: Currency,
    /// Units of the currency of the books for one unit of the other one; above nothing.
    #[serde(with = "rust_decimal::serde::str")]
    pub rate: Decimal,
    /// The first day it holds, until one of a later day.
    pub on: NaiveDate,
    /// Where it comes from, as a person says it, or empty.
    pub source: String,
}

/// Why a rate cannot be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RateRejection {
    /// Nothing, less, too large or too fine.
    #[error("a rate lies above 0 and has at most ten decimals")]
    Rate,
    /// The currency of the books has no rate.
    #[error("the currency of the books needs no rate")]
    OwnCurrency,
}

impl ExchangeRate {
    /// Checks a rate against the currency of the books.
    ///
    /// # Errors
    /// [`RateRejection`] for the first rule broken.
    pub fn check(&self, base: Currency) -> Result<(), RateRejection> {
        if self.currency == base {
            return Err(RateRejection::OwnCurrency);
        }
        check_rate(self.rate)
    }

    /// The rate that holds for a currency on a day: the latest that is not of a later day.
    pub fn in_force(rates: &[Self], currency: Currency, day: NaiveDate) -> Option<&Self> {
        let known = rates.iter().filter(|rate| rate.currency == currency && rate.on <= day);
        known.max_by_key(|rate| rate.on)
    }

    /// The rate as a document uses it.
    pub const fn used(&self, base: Currency) -> RateUsed {
        RateUsed { rate: self.rate, on: self.on, base }
    }
}

/// Checks the number of a rate.
///
/// # Errors
/// [`RateRejection::Rate`].
pub fn check_rate(rate: Decimal) -> Result<(), RateRejection> {
    let fits =
        rate > Decimal::ZERO && rate <= LARGEST_RATE && rate.normalize().scale() <= RATE_DECIMALS;
    if fits { Ok(()) } else { Err(RateRejection::Rate) }
}

/// A rate, its day, and the currency of the books.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RateUsed {
    /// Units of `base` for one unit of the other currency.
    #[serde(with = "rust_decimal::serde::str")]
    pub rate: Decimal,
    /// Its day.
    pub on: NaiveDate,
    /// The currency of the books.
    pub base: Currency,
}

impl RateUsed {
    /// What an amount is worth in the currency of the books, rounded half away from nothing.
    ///
    /// # Errors
    /// [`MoneyError::TooLarge`].
    pub fn worth(self, amount: Money) -> Result<Money, MoneyError> {
        self.fraction(amount.currency())?.convert(amount, self.base)
    }

    /// A price in the currency of the books as one in another currency, rounded to its decimals.
    ///
    /// # Errors
    /// [`MoneyError::TooLarge`].
    pub fn price(self, price: Decimal, currency: Currency) -> Result<Money, MoneyError> {
        let price = price.checked_div(self.rate).ok_or(MoneyError::TooLarge)?;
        Money::rounded(price, currency)
    }

    fn fraction(self, from: Currency) -> Result<Fraction, MoneyError> {
        let rate = self.rate.normalize();
        let power = |digits: u32| 10_i128.checked_pow(digits).ok_or(MoneyError::TooLarge);
        let part = rate.mantissa().checked_mul(power(self.base.decimals())?);
        let whole = power(rate.scale() + from.decimals())?;
        Ok(Fraction::ratio(part.ok_or(MoneyError::TooLarge)?, whole))
    }
}

/// Sums in the currency of the books: `net + vat = gross`, always.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BaseSums {
    /// Without VAT.
    pub net: Money,
    /// The VAT.
    pub vat: Money,
    /// With VAT.
    pub gross: Money,
}

impl BaseSums {
    fn of(gross: Money, vat: Money) -> Result<Self, MoneyError> {
        Ok(Self { net: gross.minus(vat)?, vat, gross })
    }

    fn sum(base: Currency, parts: &[Self]) -> Result<Self, MoneyError> {
        let gross = Money::sum(base, parts.iter().map(|part| part.gross))?;
        Self::of(gross, Money::sum(base, parts.iter().map(|part| part.vat))?)
    }
}

/// What a document in another currency is worth in the currency of the books, as it stood when it
/// was issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversion {
    /// The rate and its day.
    #[serde(flatten)]
    pub rate: RateUsed,
    /// Each line, in their order.
    pub lines: Vec<BaseSums>,
    /// Each VAT code, in the order of the document's sums.
    pub by_code: Vec<BaseSums>,
    /// The whole document.
    pub sums: BaseSums,
}

impl Conversion {
    /// Converts a priced document: its gross by the rate, each code's VAT by the rate, and the rest
    /// spread so that nothing is lost.
    ///
    /// # Errors
    /// [`MoneyError::TooLarge`] where a sum does not fit, or comes to nothing though the document
    /// does not.
    pub fn of(totals: &Totals, rate: RateUsed) -> Result<Self, MoneyError> {
        let fraction = rate.fraction(totals.gross.currency())?;
        let whole = rate.worth(totals.gross)?;
        if whole.is_zero() && !totals.gross.is_zero() {
            return Err(MoneyError::TooLarge);
        }
        let groups = groups(&totals.lines, &totals.by_code);
        let of_codes: Vec<Money> = totals.by_code.iter().map(|code| code.gross).collect();
        let gross_by_code = fraction.spread(&of_codes, whole)?;
        let vat_by_code = totals.by_code.iter().map(|code| rate.worth(code.vat));
        let vat_by_code: Vec<Money> = vat_by_code.collect::<Result<_, _>>()?;
        let grosses: Vec<Money> = totals.lines.iter().map(|line| line.gross).collect();
        let vats: Vec<Money> = totals.lines.iter().map(|line| line.vat).collect();
        let grosses = apportion::spread_to(fraction, &grosses, &groups, &gross_by_code)?;
        let vats = apportion::spread_to(fraction, &vats, &groups, &vat_by_code)?;
        let lines = grosses.into_iter().zip(vats).map(|(gross, vat)| BaseSums::of(gross, vat));
        Self::of_lines(rate, lines.collect::<Result<_, _>>()?, &groups)
    }

    /// The conversion of lines whose worth is known; `groups` are their places by VAT code.
    pub(crate) fn of_lines(
        rate: RateUsed,
        lines: Vec<BaseSums>,
        groups: &[Vec<usize>],
    ) -> Result<Self, MoneyError> {
        let code = |places: &Vec<usize>| {
            let own: Vec<BaseSums> = places.iter().map(|place| lines[*place]).collect();
            BaseSums::sum(rate.base, &own)
        };
        let by_code = groups.iter().map(code).collect::<Result<_, _>>()?;
        let sums = BaseSums::sum(rate.base, &lines)?;
        Ok(Self { rate, lines, by_code, sums })
    }

    /// The document's sums with every amount in the currency of the books. Prices of one unit stay
    /// as the document says them.
    pub fn totals(&self, own: &Totals) -> Totals {
        let line = |(line, base): (&PricedLine, &BaseSums)| PricedLine {
            item: line.item.clone(),
            discount: None,
            net: base.net,
            vat: base.vat,
            gross: base.gross,
        };
        let code = |(code, base): (&VatSum, &BaseSums)| VatSum {
            tax: code.tax.clone(),
            net: base.net,
            vat: base.vat,
            gross: base.gross,
        };
        Totals {
            lines: own.lines.iter().zip(&self.lines).map(line).collect(),
            by_code: own.by_code.iter().zip(&self.by_code).map(code).collect(),
            net: self.sums.net,
            vat: self.sums.vat,
            gross: self.sums.gross,
        }
    }
}

/// A document as the books count it: by what it is worth there, where it is in another currency.
#[derive(Clone, Copy, Debug)]
pub struct InBooks<'a> {
    pub(crate) own: &'a Totals,
    pub(crate) conversion: Option<&'a Conversion>,
}

impl<'a> InBooks<'a> {
    /// Lines and sums in the currency of the books.
    pub fn totals(self) -> Cow<'a, Totals> {
        match self.conversion {
            None => Cow::Borrowed(self.own),
            Some(conversion) => Cow::Owned(conversion.totals(self.own)),
        }
    }

    /// The sums alone.
    pub fn sums(self) -> BaseSums {
        let Totals { net, vat, gross, .. } = *self.own;
        self.conversion.map_or(BaseSums { net, vat, gross }, |it| it.sums)
    }

    /// The total alone.
    pub fn gross(self) -> Money {
        self.sums().gross
    }
}

/// The places of a document's lines by VAT code.
pub(crate) fn groups(lines: &[PricedLine], by_code: &[VatSum]) -> Vec<Vec<usize>> {
    let of = |code: &VatSum| {
        let same =
            |(place, line): (usize, &PricedLine)| (line.item.tax == code.tax).then_some(place);
        lines.iter().enumerate().filter_map(same).collect()
    };
    by_code.iter().map(of).collect()
}

/// What a settlement moved in the currency of the books, frozen when it was recorded: what it takes
/// from the open invoice, and what from the money or credit behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Worth {
    /// Taken from what the invoice has open.
    pub invoice_base: Money,
    /// Taken from what the source has unused.
    pub source_base: Money,
}

impl Worth {
    /// What was gained; below nothing: lost. The money was worth more or less than the invoice.
    ///
    /// # Errors
    /// [`MoneyError`] where the two are of different currencies.
    pub fn gain(self) -> Result<Money, MoneyError> {
        self.source_base.minus(self.invoice_base)
    }
}

/// Something left in its own currency, and what that is worth in the books.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    /// In its own currency.
    pub own: Money,
    /// In the currency of the books.
    pub base: Money,
}

impl Left {
    /// What a part is worth: all of it for all that is left, else in proportion, rounded, and never
    /// so much that nothing is left of the worth while something is left to settle.
    ///
    /// # Errors
    /// [`MoneyError`] where the part is of another currency or does not fit.
    pub fn take(self, part: Money) -> Result<Money, MoneyError> {
        if self.own.minus(part)?.is_zero() {
            return Ok(self.base);
        }
        let fraction = Fraction::of(part, self.own).ok_or(MoneyError::TooLarge)?;
        let share = fraction.convert(self.base, self.base.currency())?;
        let most = Money::from_minor((self.base.minor() - 1).max(0), self.base.currency());
        share.smaller(most)
    }

    /// What a part is worth where it settles at its own worth, as a credit note does with the
    /// invoice it takes back: all of it for all that is left, else that worth, so far as something
    /// is left of it.
    ///
    /// # Errors
    /// [`MoneyError`] where a currency differs.
    pub fn take_at(self, part: Money, worth: Money) -> Result<Money, MoneyError> {
        if self.own.minus(part)?.is_zero() {
            return Ok(self.base);
        }
        let most = Money::from_minor((self.base.minor() - 1).max(0), self.base.currency());
        worth.smaller(most)
    }

    /// What is left after a part, with the worth it takes.
    ///
    /// # Errors
    /// As [`Left::take`].
    pub fn after(self, part: Money) -> Result<(Self, Money), MoneyError> {
        let worth = self.take(part)?;
        Ok((Self { own: self.own.minus(part)?, base: self.base.minus(worth)? }, worth))
    }
}

/// What is left in the books, in minor units, and what must be added to the largest part so that it
/// is: nothing is left exactly where nothing is left in the own currency. Desks that settle at once
/// each round on their own, so that the parts of a settled document may miss its worth by a few
/// minor units.
pub fn level(own_left: i64, base_left: i64) -> (i64, i64) {
    let wanted = if own_left == 0 { 0 } else { base_left.max(1) };
    (wanted, base_left - wanted)
}
