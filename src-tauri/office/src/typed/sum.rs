//! Amounts typed as a small sum: `100+25`, `3*450`, `1,5k`.
//!
//! Never rounds: a result with more decimals than are asked for is refused, as it is when typed.

use super::{decimal, invalid};
use crate::fault::Fault;
use rust_decimal::Decimal;

/// How deep brackets go; nobody types more.
const DEEPEST: u8 = 8;
/// The longest text.
const LONGEST: usize = 80;

/// Reads an amount, or the sum that is typed in its place: `+ − × ÷`, brackets, and `k` for a
/// thousand. An equals sign before it is passed over.
///
/// # Errors
/// [`crate::Code::Invalid`] at `field`, rule `number` or `too_large`.
pub fn sum(field: &str, text: &str) -> Result<Decimal, Fault> {
    let refused = || invalid(field, "number", "This is not a number or a sum.".to_owned());
    if text.chars().count() > LONGEST {
        return Err(refused());
    }
    let signs: Vec<char> = text.trim().trim_start_matches('=').chars().map(plain).collect();
    let mut reader = Reader { field, signs: &signs, at: 0, depth: 0 };
    let total = reader.terms().ok_or_else(refused)?;
    if reader.next().is_some() {
        return Err(refused());
    }
    Ok(total.normalize())
}

/// The many spellings of a sign as one.
fn plain(sign: char) -> char {
    match sign {
        '\u{2212}' | '\u{2013}' => '-',
        '\u{d7}' | 'x' | 'X' => '*',
        '\u{f7}' | ':' => '/',
        sign => sign,
    }
}

struct Reader<'a> {
    field: &'a str,
    signs: &'a [char],
    at: usize,
    depth: u8,
}

impl Reader<'_> {
    /// The next sign that is no blank.
    fn next(&mut self) -> Option<char> {
        while self.signs.get(self.at).is_some_and(|sign| sign.is_whitespace()) {
            self.at += 1;
        }
        self.signs.get(self.at).copied()
    }

    fn take(&mut self, choices: [char; 2]) -> Option<char> {
        let sign = self.next().filter(|sign| choices.contains(sign))?;
        self.at += 1;
        Some(sign)
    }

    fn terms(&mut self) -> Option<Decimal> {
        let mut total = self.factors()?;
        while let Some(sign) = self.take(['+', '-']) {
            let term = self.factors()?;
            total = if sign == '+' { total.checked_add(term) } else { total.checked_sub(term) }?;
        }
        Some(total)
    }

    fn factors(&mut self) -> Option<Decimal> {
        let mut product = self.signed()?;
        while let Some(sign) = self.take(['*', '/']) {
            let factor = self.signed()?;
            product = if sign == '*' {
                product.checked_mul(factor)
            } else {
                product.checked_div(factor)
            }?;
        }
        Some(product)
    }

    fn signed(&mut self) -> Option<Decimal> {
        match self.take(['-', '+']) {
            Some('-') => Some(-self.one()?),
            _ => self.one(),
        }
    }

    fn one(&mut self) -> Option<Decimal> {
        if self.take(['(', '(']).is_none() {
            return self.number();
        }
        self.depth += 1;
        let inside = if self.depth > DEEPEST { None } else { self.terms() }?;
        self.depth -= 1;
        self.take([')', ')'])?;
        Some(inside)
    }

    fn number(&mut self) -> Option<Decimal> {
        self.next()?;
        let is_part =
            |sign: &char| sign.is_ascii_digit() || " .,'\u{a0}\u{202f}\u{2009}".contains(*sign);
        let digits: String =
            self.signs.get(self.at..)?.iter().copied().take_while(is_part).collect();
        self.at += digits.chars().count();
        let number = decimal(self.field, &digits).ok()?;
        match self.take(['k', 'K']) {
            Some(_) => number.checked_mul(Decimal::ONE_THOUSAND),
            None => Some(number),
        }
    }
}
