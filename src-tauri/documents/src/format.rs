//! Numbers and dates as a reader of the language writes them.
//!
//! Never rounds: an amount has the decimals of its currency, other numbers the ones they came with.

use crate::paper::Language;
use chrono::{Datelike, NaiveDate};
use finance::Money;
use rust_decimal::Decimal;

const NBSP: char = '\u{a0}';
const MINUS: char = '\u{2212}';
const MONTHS_NB: [&str; 12] = [
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `1 234,50` or `1,234.50`, without the currency.
pub fn amount(money: Money, language: Language) -> String {
    decimal(money.amount(), language)
}

/// A sum with its currency: `kr 1 234,50` where a Norwegian reads kroner, else `EUR 1,234.50`.
pub fn sum(money: Money, language: Language) -> String {
    let unit = match (language, money.currency().code()) {
        (Language::Nb, "NOK") => "kr",
        _ => return format!("{}{NBSP}{}", money.currency(), amount(money, language)),
    };
    format!("{unit}{NBSP}{}", amount(money, language))
}

/// A number with groups of three, the decimals it has, and a true minus sign.
pub fn decimal(value: Decimal, language: Language) -> String {
    let (group, point) = match language {
        Language::Nb => (NBSP, ','),
        Language::En => (',', '.'),
    };
    let plain = value.abs().to_string();
    let (whole, rest) = plain.split_once('.').map_or((plain.as_str(), None), |(w, r)| (w, Some(r)));
    let mut text = String::with_capacity(plain.len() + plain.len() / 3 + 3);
    if value.is_sign_negative() && !value.is_zero() {
        text.push(MINUS);
    }
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            text.push(group);
        }
        text.push(digit);
    }
    if let Some(rest) = rest {
        text.push(point);
        text.push_str(rest);
    }
    text
}

/// A unit price: at least the decimals of the currency, more where it has more.
pub fn price(value: Decimal, like: Money, language: Language) -> String {
    let mut value = value.normalize();
    if value.scale() < like.currency().decimals() {
        value.rescale(like.currency().decimals());
    }
    decimal(value, language)
}

/// A quantity or a percentage, without trailing zeros.
pub fn plain(value: Decimal, language: Language) -> String {
    decimal(value.normalize(), language)
}

/// `25 %` or `25%`.
pub fn percent(value: Decimal, language: Language) -> String {
    match language {
        Language::Nb => format!("{}{NBSP}%", plain(value, language)),
        Language::En => format!("{}%", plain(value, language)),
    }
}

/// `06.11.2026` or `6 Nov 2026`.
pub fn date(day: NaiveDate, language: Language) -> String {
    match language {
        Language::Nb => format!("{:02}.{:02}.{}", day.day(), day.month(), day.year()),
        Language::En => format!("{} {} {}", day.day(), &month(day, language)[..3], day.year()),
    }
}

/// `6. november 2026` or `6 November 2026`.
pub fn long_date(day: NaiveDate, language: Language) -> String {
    let dot = if language == Language::Nb { "." } else { "" };
    format!("{}{dot} {} {}", day.day(), month(day, language), day.year())
}

fn month(day: NaiveDate, language: Language) -> &'static str {
    let months = match language {
        Language::Nb => MONTHS_NB,
        Language::En => MONTHS_EN,
    };
    months[day.month0() as usize % 12]
}

/// The raised mark of a footnote.
pub fn mark(number: usize) -> String {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digits = number.to_string();
    digits.bytes().map(|digit| RAISED[usize::from(digit - b'0') % 10]).collect()
}
