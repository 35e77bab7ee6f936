//! Amounts of money, exact to the minor unit of their currency.
//!
//! Never a float, never a sum over two currencies: both are errors the caller sees.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A currency by its ISO 4217 code, with the number of decimals its amounts have (0, 2 or 3).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct Currency {
    code: [u8; 3],
    decimals: u8,
}

/// ISO 4217 list one: currencies without a minor unit.
const NO_DECIMALS: &[&str] = &[
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND",
    "VUV", "XAF", "XOF", "XPF",
];
/// ISO 4217 list one: currencies with three decimals.
const THREE_DECIMALS: &[&str] = &["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

impl Currency {
    /// The Norwegian krone.
    pub const NOK: Self = Self { code: *b"NOK", decimals: 2 };
    /// The euro.
    pub const EUR: Self = Self { code: *b"EUR", decimals: 2 };

    /// Decimals of an amount in this currency (ISO 4217, list one, 2024-06-25).
    pub const fn decimals(self) -> u32 {
        self.decimals as u32
    }

    /// The three-letter code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.code).unwrap_or("XXX")
    }
}

impl FromStr for Currency {
    type Err = MoneyError;
    fn from_str(text: &str) -> Result<Self, MoneyError> {
        let code: [u8; 3] = text
            .as_bytes()
            .try_into()
            .ok()
            .filter(|code: &[u8; 3]| code.iter().all(u8::is_ascii_uppercase))
            .ok_or_else(|| MoneyError::UnknownCurrency(text.to_owned()))?;
        let decimals = match text {
            _ if NO_DECIMALS.contains(&text) => 0,
            _ if THREE_DECIMALS.contains(&text) => 3,
            _ => 2,
        };
        Ok(Self { code, decimals })
    }
}

impl TryFrom<String> for Currency {
    type Error = MoneyError;
    fn try_from(text: String) -> Result<Self, MoneyError> {
        text.parse()
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Why an amount could not be made or combined.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Not three capital letters.
    #[error("{0:?} is not a currency code of three capital letters")]
    UnknownCurrency(String),
    /// Two currencies met in one sum.
    #[error("an amount in {0} cannot be combined with one in {1}")]
    CurrencyMismatch(Currency, Currency),
    /// More decimals than the currency has; nothing is rounded silently.
    #[error("{amount} has more decimals than {currency} has")]
    TooManyDecimals {
        /// The amount as it came.
        amount: Decimal,
        /// The currency it was meant in.
        currency: Currency,
    },
    /// Larger than a 64-bit count of minor units.
    #[error("the amount is too large")]
    TooLarge,
}

/// An amount in one currency, kept as a whole number of minor units (øre, cents, fils).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "WireMoney")]
pub struct Money {
    minor: i64,
    currency: Currency,
}

impl Money {
    /// No money, in a currency.
    pub const fn zero(currency: Currency) -> Self {
        Self { minor: 0, currency }
    }

    /// From a whole number of minor units.
    pub const fn from_minor(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// From a decimal amount that needs no rounding.
    ///
    /// # Errors
    /// [`MoneyError::TooManyDecimals`] or [`MoneyError::TooLarge`].
    pub fn exact(amount: Decimal, currency: Currency) -> Result<Self, MoneyError> {
        if amount.normalize().scale() > currency.decimals() {
            return Err(MoneyError::TooManyDecimals { amount, currency });
        }
        Self::rounded(amount, currency)
    }

    /// From a decimal amount, rounded half away from zero to the minor unit (the commercial rule
    /// that Xero, Norwegian and EU invoices use).
    ///
    /// # Errors
    /// [`MoneyError::TooLarge`].
    pub fn rounded(amount: Decimal, currency: Currency) -> Result<Self, MoneyError> {
        let minor = amount
            .checked_mul(Decimal::from(10_i64.pow(currency.decimals())))
            .ok_or(MoneyError::TooLarge)?
            .round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
        let minor = i64::try_from(minor).ok().filter(|minor| *minor != i64::MIN);
        Ok(Self { minor: minor.ok_or(MoneyError::TooLarge)?, currency })
    }

    /// The count of minor units.
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// The currency.
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// The amount in major units, with the decimals of its currency.
    pub fn amount(self) -> Decimal {
        Decimal::new(self.minor, self.currency.decimals())
    }

    /// The amount in major units as plain text, for example `-1234.50`.
    pub fn plain(self) -> String {
        self.spelled(str::to_owned)
    }

    /// Spells the amount and hands it on; a list writes a hundred thousand of them, so that none is
    /// worth an allocation.
    fn spelled<Kept>(self, keep: impl FnOnce(&str) -> Kept) -> Kept {
        // A sign, twenty digits and a point at most, filled from the end.
        let mut text = [b'0'; 22];
        let point = text.len() - self.currency.decimals() as usize;
        let (mut at, mut left) = (text.len(), self.minor.unsigned_abs());
        while left > 0 || at >= point {
            if at == point && point < text.len() {
                at -= 1;
                text[at] = b'.';
            }
            at -= 1;
            text[at] = b"0123456789"[(left % 10) as usize];
            left /= 10;
        }
        if self.minor < 0 {
            at -= 1;
            text[at] = b'-';
        }
        keep(std::str::from_utf8(&text[at..]).unwrap_or_default())
    }

    /// True for nothing.
    pub const fn is_zero(self) -> bool {
        self.minor == 0
    }

    /// True above nothing.
    pub const fn is_positive(self) -> bool {
        self.minor > 0
    }

    /// True below nothing.
    pub const fn is_negative(self) -> bool {
        self.minor < 0
    }

    /// The same amount with the other sign.
    #[must_use]
    pub const fn negated(self) -> Self {
        Self { minor: -self.minor, currency: self.currency }
    }

    /// Sum of two amounts in one currency.
    ///
    /// # Errors
    /// [`MoneyError::CurrencyMismatch`] or [`MoneyError::TooLarge`].
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        let minor = self.minor.checked_add(other.minor).ok_or(MoneyError::TooLarge)?;
        Ok(Self { minor, ..self })
    }

    /// Difference of two amounts in one currency.
    ///
    /// # Errors
    /// [`MoneyError::CurrencyMismatch`] or [`MoneyError::TooLarge`].
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        let minor = self.minor.checked_sub(other.minor).ok_or(MoneyError::TooLarge)?;
        Ok(Self { minor, ..self })
    }

    /// The smaller of two amounts in one currency.
    ///
    /// # Errors
    /// [`MoneyError::CurrencyMismatch`].
    pub fn smaller(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        Ok(if other.minor < self.minor { other } else { self })
    }

    /// Sum of many amounts.
    ///
    /// # Errors
    /// As [`Money::plus`].
    pub fn sum(
        currency: Currency,
        amounts: impl IntoIterator<Item = Self>,
    ) -> Result<Self, MoneyError> {
        amounts.into_iter().try_fold(Self::zero(currency), Self::plus)
    }

    /// Splits the amount in proportion to weights so that the parts add up to it exactly: each
    /// part is rounded down, and the minor units left go to the largest remainders, earlier parts
    /// first among equals. All weights zero counts as equal weights.
    ///
    /// # Errors
    /// [`MoneyError::TooLarge`] where a product leaves 128 bits, or there is no part.
    pub fn split(self, weights: &[i64]) -> Result<Vec<Self>, MoneyError> {
        if weights.is_empty() {
            return Err(MoneyError::TooLarge);
        }
        let even = vec![1_i64; weights.len()];
        let weights = if weights.iter().all(|w| *w == 0) { even.as_slice() } else { weights };
        let total: i128 = weights.iter().map(|w| i128::from(*w)).sum();
        if total == 0 {
            return Err(MoneyError::TooLarge);
        }
        let mut parts = Vec::with_capacity(weights.len());
        let mut remainders = Vec::with_capacity(weights.len());
        for (index, weight) in weights.iter().enumerate() {
            let product = i128::from(self.minor)
                .checked_mul(i128::from(*weight))
                .ok_or(MoneyError::TooLarge)?;
            parts.push(product.div_euclid(total));
            remainders.push((product.rem_euclid(total), index));
        }
        let left = i128::from(self.minor) - parts.iter().sum::<i128>();
        remainders.sort_by_key(|(remainder, index)| (std::cmp::Reverse(*remainder), *index));
        let (step, count) = (left.signum(), usize::try_from(left.unsigned_abs()));
        for (_, index) in remainders.iter().take(count.map_err(|_| MoneyError::TooLarge)?) {
            parts[*index] += step;
        }
        parts
            .into_iter()
            .map(|minor| i64::try_from(minor).map_err(|_| MoneyError::TooLarge))
            .map(|minor| minor.map(|minor| Self { minor, currency: self.currency }))
            .collect()
    }

    fn same_currency(self, other: Self) -> Result<(), MoneyError> {
        if self.currency == other.currency {
            Ok(())
        } else {
            Err(MoneyError::CurrencyMismatch(self.currency, other.currency))
        }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount(), self.currency)
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Money as it is written down, in the log and on the wire: a decimal string beside its currency.
impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut money = serializer.serialize_struct("Money", 2)?;
        self.spelled(|amount| money.serialize_field("amount", amount))?;
        money.serialize_field("currency", &self.currency)?;
        money.end()
    }
}

#[derive(Deserialize)]
struct WireMoney {
    #[serde(with = "rust_decimal::serde::str")]
    amount: Decimal,
    currency: Currency,
}

impl TryFrom<WireMoney> for Money {
    type Error = MoneyError;
    fn try_from(wire: WireMoney) -> Result<Self, MoneyError> {
        Self::exact(wire.amount, wire.currency)
    }
}

#[cfg(test)]
mod tests;
