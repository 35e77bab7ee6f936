//! Numbers and dates as people write them.
//!
//! Never rounds and never picks one of two readings.

use chrono::NaiveDate;
use rust_decimal::Decimal;

/// Why a cell is not the value it should be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ValueProblem {
    /// Nothing in it.
    #[error("the cell is empty")]
    Empty,
    /// No number.
    #[error("{0:?} is not a number")]
    NotNumber(String),
    /// `1,234` or `1.234`: a thousand or a fraction.
    #[error("{0:?} can be read in two ways; write the decimals, for example 1234,00")]
    Ambiguous(String),
    /// No date, or a day that does not exist.
    #[error("{0:?} is not a date; write it as 2026-11-20 or 20.11.2026")]
    NotDate(String),
}

/// A number such as `1 234,50`, `1.234,50`, `1,234.50`, `-12` or `12,5`.
///
/// # Errors
/// [`ValueProblem`] where it is no number, or can be read in two ways.
pub fn decimal(cell: &str) -> Result<Decimal, ValueProblem> {
    let trimmed = cell.trim();
    if trimmed.is_empty() {
        return Err(ValueProblem::Empty);
    }
    let wrong = || ValueProblem::NotNumber(cell.to_owned());
    let (negative, digits) = match trimmed.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest),
        None => (false, trimmed),
    };
    let spaced = digits.contains([' ', '\u{a0}', '\u{202f}']);
    let point =
        decimal_point(digits, spaced).ok_or_else(|| ValueProblem::Ambiguous(cell.to_owned()))?;
    let (whole, fraction) = match point {
        Some(place) => (&digits[..place], Some(&digits[place + 1..])),
        None => (digits, None),
    };
    if fraction.is_some_and(|part| part.is_empty() || !all_digits(part)) {
        return Err(wrong());
    }
    let whole = ungrouped(whole).ok_or_else(wrong)?;
    let text = format!("{}{whole}.{}", if negative { "-" } else { "" }, fraction.unwrap_or("0"));
    let value = Decimal::from_str_exact(&text).map_err(|_| wrong())?;
    Ok(if fraction.is_some() { value } else { value.normalize() })
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Where the decimals begin: `Some(None)` for a whole number, nothing where it cannot be told.
/// One mark before exactly three digits is told only by spaces between the thousands, or where
/// the part before it could not be a group.
fn decimal_point(digits: &str, spaced: bool) -> Option<Option<usize>> {
    let (comma, dot) = (digits.rfind(','), digits.rfind('.'));
    let (last, mark) = match (comma, dot) {
        (Some(comma), Some(dot)) => return Some(Some(comma.max(dot))),
        (Some(comma), None) => (comma, ','),
        (None, Some(dot)) => (dot, '.'),
        (None, None) => return Some(None),
    };
    if digits.matches(mark).count() > 1 {
        return Some(None);
    }
    let before = &digits[..last];
    let group = (1..=3).contains(&before.len()) && !before.starts_with('0');
    if digits.len() - last == 4 && group && !spaced { None } else { Some(Some(last)) }
}

/// The digits of a whole number, whose groups of three are separated by one kind of mark.
fn ungrouped(text: &str) -> Option<String> {
    let marks = [' ', '\u{a0}', '\u{202f}', '.', ',', '\''];
    let Some(mark) = text.chars().find(|c| marks.contains(c)) else {
        return (!text.is_empty() && all_digits(text)).then(|| text.to_owned());
    };
    let groups: Vec<&str> = text.split(mark).collect();
    let first = groups.first().is_some_and(|group| (1..=3).contains(&group.len()));
    let rest = groups[1..].iter().all(|group| group.len() == 3);
    (first && rest && groups.iter().all(|group| all_digits(group))).then(|| groups.concat())
}

/// A date as `2026-11-20` or `20.11.2026`; `20/11/2026` and `20-11-2026` only where it is plain
/// which is the day.
///
/// # Errors
/// [`ValueProblem`] where there is no such day, or day and month cannot be told apart.
pub fn date(cell: &str) -> Result<NaiveDate, ValueProblem> {
    let text = cell.trim();
    if text.is_empty() {
        return Err(ValueProblem::Empty);
    }
    let wrong = || ValueProblem::NotDate(cell.to_owned());
    let mark = ['-', '.', '/'].into_iter().find(|mark| text.contains(*mark)).ok_or_else(wrong)?;
    let parts: Vec<&str> = text.split(mark).collect();
    let [first, second, third] = parts[..] else { return Err(wrong()) };
    let plain = parts.iter().all(|part| (1..=4).contains(&part.len()) && all_digits(part));
    let year_first = first.len() == 4 && mark == '-';
    if !plain || (year_first && (second.len() > 2 || third.len() > 2)) {
        return Err(wrong());
    }
    if !year_first && (third.len() != 4 || first.len() > 2 || second.len() > 2) {
        return Err(wrong());
    }
    let (year, month, day) =
        if year_first { (first, second, third) } else { (third, second, first) };
    let number = |part: &str| part.parse::<u32>().map_err(|_| wrong());
    let (day, month) = (number(day)?, number(month)?);
    // 04/05/2026 is April in one country and May in another.
    if mark != '.' && !year_first && day <= 12 && month <= 12 && day != month {
        return Err(ValueProblem::Ambiguous(cell.to_owned()));
    }
    let year = i32::try_from(number(year)?).map_err(|_| wrong())?;
    let date = NaiveDate::from_ymd_opt(year, month, day).filter(|_| year >= 1900);
    date.ok_or_else(wrong)
}
