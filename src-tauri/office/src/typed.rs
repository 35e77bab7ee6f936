//! What was typed, made into what the rules of money understand.
//!
//! Never guesses: a number that could be read in two ways is refused, a text with characters that
//! hide or reorder others is refused, and nothing is cut off silently.

mod sum;

pub use sum::sum;

use crate::fault::{Code, Fault};
use crate::reminders::CHANNELS;
use crate::wire::common::{Address, Person};
use chrono::NaiveDate;
use finance::{Currency, Money};
use rust_decimal::Decimal;
use std::str::FromStr;

/// The longest name, e-mail address, code or reference.
pub const SHORT: usize = 120;

/// Longest telephone number, in characters.
pub const PHONE: usize = 40;
/// The longest description of a line.
pub const LINE: usize = 500;
/// The longest note.
pub const LONG: usize = 2_000;
/// The longest number.
const NUMBER: usize = 40;

fn invalid(field: &str, rule: &str, message: String) -> Fault {
    Fault::new(Code::Invalid, message).at(field).rule(rule)
}

/// An identity.
///
/// # Errors
/// [`Code::Invalid`] at `field`.
pub fn id<Id: FromStr>(field: &str, text: &str) -> Result<Id, Fault> {
    text.parse().map_err(|_| invalid(field, "id", "This is not an id.".to_owned()))
}

/// An identity that may be left out; an empty text counts as left out.
///
/// # Errors
/// [`Code::Invalid`] at `field`.
pub fn optional_id<Id: FromStr>(field: &str, text: Option<&str>) -> Result<Option<Id>, Fault> {
    text.filter(|text| !text.is_empty()).map(|text| id(field, text)).transpose()
}

/// A day as `YYYY-MM-DD`, between 1900 and 2200.
///
/// # Errors
/// [`Code::Invalid`] at `field`, also for a day the calendar does not have.
pub fn date(field: &str, text: &str) -> Result<NaiveDate, Fault> {
    use chrono::Datelike as _;
    let shaped = text.len() == 10;
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    day.filter(|day| shaped && (1900..=2200).contains(&day.year()))
        .ok_or_else(|| invalid(field, "date", "This is not a day of the calendar.".to_owned()))
}

/// A day that may be left out.
///
/// # Errors
/// As [`date`].
pub fn optional_date(field: &str, text: Option<&str>) -> Result<Option<NaiveDate>, Fault> {
    text.filter(|text| !text.is_empty()).map(|text| date(field, text)).transpose()
}

/// A number as an office types it: `7500`, `7 500,00`, `7.500,00`, `-12.5`, `−12,5`. A single
/// point or comma is a decimal sign.
///
/// # Errors
/// [`Code::Invalid`] at `field`.
pub fn decimal(field: &str, text: &str) -> Result<Decimal, Fault> {
    let refused = || invalid(field, "number", "This is not a number.".to_owned());
    let text = text.trim();
    if text.is_empty() || text.chars().count() > NUMBER {
        return Err(refused());
    }
    let unsigned = text.strip_prefix(['-', '\u{2212}']);
    let digits = plain_digits(unsigned.unwrap_or(text)).ok_or_else(refused)?;
    let number = Decimal::from_str_exact(&digits).map_err(|_| refused())?;
    Ok(if unsigned.is_some() { -number } else { number })
}

/// Digits with at most one point; nothing where the grouping does not make sense.
fn plain_digits(text: &str) -> Option<String> {
    let is_space = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'');
    let last_sign = text.rfind(['.', ',']);
    let signs: Vec<char> = text.chars().filter(|c| matches!(c, '.' | ',')).collect();
    let mixed = signs.iter().any(|sign| Some(sign) != signs.last());
    if signs.len() > 1 && !mixed {
        // `1.234.567`: more than one of the same sign can only group.
        return grouped(text, |c| matches!(c, '.' | ','));
    }
    let (whole, fraction) = match last_sign {
        Some(at) => (&text[..at], &text[at + 1..]),
        None => (text, ""),
    };
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let whole = grouped(whole, |c| is_space(c) || (mixed && matches!(c, '.' | ',')))?;
    match (last_sign, fraction) {
        (Some(_), "") => None,
        (Some(_), fraction) => Some(format!("{whole}.{fraction}")),
        (None, _) => Some(whole),
    }
}

/// Takes separators out of a whole number whose groups after the first have three digits.
fn grouped(text: &str, is_separator: impl Fn(char) -> bool) -> Option<String> {
    let groups: Vec<&str> = text.split(&is_separator).collect();
    let (first, rest) = groups.split_first()?;
    let digits = |group: &&str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    let sound = groups.iter().all(digits)
        && rest.iter().all(|group| group.len() == 3)
        && (rest.is_empty() || first.len() <= 3);
    sound.then(|| groups.concat())
}

/// An amount with no more decimals than its currency has.
///
/// # Errors
/// [`Code::Invalid`] at `field`.
pub fn money(field: &str, text: &str, currency: Currency) -> Result<Money, Fault> {
    let amount = bounded(field, decimal(field, text)?)?;
    let refused = |error: finance::money::MoneyError| {
        let rule = match error {
            finance::money::MoneyError::TooManyDecimals { .. } => "too_many_decimals",
            _ => "too_large",
        };
        invalid(field, rule, error.to_string())
    };
    Money::exact(amount, currency).map_err(refused)
}

/// An amount that a school can have: what it handles in a year fits a thousand times over.
///
/// # Errors
/// [`Code::Invalid`] at `field`.
pub fn bounded(field: &str, amount: Decimal) -> Result<Decimal, Fault> {
    if amount.abs() > Decimal::from(1_000_000_000_000_i64) {
        return Err(invalid(field, "too_large", "The amount is too large.".to_owned()));
    }
    Ok(amount)
}

/// A line of text without what hides or reorders other text; spaces around it are taken off.
///
/// # Errors
/// [`Code::Invalid`] at `field`.
pub fn text(field: &str, text: &str, most: usize) -> Result<String, Fault> {
    checked(field, text, most, false)
}

/// A text of several lines.
///
/// # Errors
/// [`Code::Invalid`] at `field`.
pub fn note(field: &str, text: &str) -> Result<String, Fault> {
    checked(field, text, LONG, true)
}

/// A text that must not be empty.
///
/// # Errors
/// [`Code::Invalid`] at `field`.
pub fn required(field: &str, value: &str, most: usize) -> Result<String, Fault> {
    let value = text(field, value, most)?;
    if value.is_empty() {
        return Err(invalid(field, "missing", "This must be filled in.".to_owned()));
    }
    Ok(value)
}

fn checked(field: &str, text: &str, most: usize, lines: bool) -> Result<String, Fault> {
    let text = text.trim();
    if text.chars().count() > most {
        let message = format!("This is longer than {most} characters.");
        return Err(invalid(field, "too_long", message).with("most", most.to_string()));
    }
    if text.chars().any(|c| deceives(c) && !(lines && matches!(c, '\n' | '\t'))) {
        let message = "This holds characters that cannot be seen.".to_owned();
        return Err(invalid(field, "hidden_characters", message));
    }
    Ok(text.to_owned())
}

/// Control characters, and those that reorder or hide text (Unicode TR 36, 2.5: bidirectional
/// spoofing; CVE-2021-42574).
pub fn deceives(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}' | '\u{feff}')
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}')
}

/// A person's details.
///
/// # Errors
/// [`Code::Invalid`] at the field under `person`.
pub fn person(person: &Person) -> Result<finance::party::Person, Fault> {
    Ok(finance::party::Person {
        name: required("person.name", &person.name, SHORT)?,
        email: email("person.email", &person.email)?,
        phone: text("person.phone", &person.phone, PHONE)?,
        address: address("person.address", &person.address)?,
        reach_by: match person.reach_by.as_deref() {
            None | Some("") => None,
            Some(way) => Some(one_of("person.reach_by", way, CHANNELS)?),
        },
    })
}

/// An e-mail address, or nothing: one `@` between two parts without spaces.
///
/// # Errors
/// [`Code::Invalid`] at `field`.
pub fn email(field: &str, value: &str) -> Result<String, Fault> {
    let value = text(field, value, 254)?;
    let parts: Vec<&str> = value.split('@').collect();
    let sound = parts.len() == 2 && parts.iter().all(|part| !part.is_empty());
    if value.is_empty() || (sound && !value.contains(char::is_whitespace)) {
        return Ok(value);
    }
    Err(invalid(field, "email", "This is not an e-mail address.".to_owned()))
}

/// A postal address; every part may be empty.
///
/// # Errors
/// [`Code::Invalid`] at the part under `field`.
pub fn address(field: &str, value: &Address) -> Result<finance::party::Address, Fault> {
    let part = |name: &str, value: &str| text(&format!("{field}.{name}"), value, SHORT);
    Ok(finance::party::Address {
        line1: part("line1", &value.line1)?,
        line2: part("line2", &value.line2)?,
        postal_code: part("postal_code", &value.postal_code)?,
        city: part("city", &value.city)?,
        country: country(&format!("{field}.country"), &value.country)?,
    })
}

/// An ISO 3166 alpha-2 code, or nothing.
///
/// # Errors
/// [`Code::Invalid`] at `field`.
pub fn country(field: &str, value: &str) -> Result<String, Fault> {
    let value = value.trim();
    let sound = value.len() == 2 && value.bytes().all(|byte| byte.is_ascii_uppercase());
    if value.is_empty() || sound {
        return Ok(value.to_owned());
    }
    Err(invalid(field, "country", "This is not a country code of two letters.".to_owned()))
}

/// One of a few names, such as a kind or an order.
///
/// # Errors
/// [`Code::Invalid`] at `field`.
pub fn one_of<T: Copy>(field: &str, value: &str, choices: &[(&str, T)]) -> Result<T, Fault> {
    let found = choices.iter().find(|(name, _)| *name == value);
    found.map(|(_, choice)| *choice).ok_or_else(|| {
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        invalid(field, "choice", format!("This must be one of {}.", names.join(", ")))
    })
}

#[cfg(test)]
mod tests;
