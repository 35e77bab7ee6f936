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

/// What stands before the decimals of a file's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecimalMark {
    /// `1.234,50`.
    Comma,
    /// `1,234.50`.
    Point,
}

/// In which order a file writes day, month and year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// `2026-11-20`.
    YearFirst,
    /// `20.11.2026`, `20/11/2026`.
    DayFirst,
    /// `11/20/2026`.
    MonthFirst,
}

/// The mark that all numbers of a file can be read with, where one of them says which.
pub fn decimal_mark<'a>(cells: impl Iterator<Item = &'a str>) -> Option<DecimalMark> {
    let (mut comma, mut point) = (false, false);
    for cell in cells {
        let digits = cell.trim().trim_start_matches(['-', '\u{2212}']);
        let spaced = digits.contains([' ', '\u{a0}', '\u{202f}']);
        if let Some(Some(place)) = decimal_point(digits, spaced) {
            comma |= digits[place..].starts_with(',');
            point |= digits[place..].starts_with('.');
        }
    }
    match (comma, point) {
        (true, false) => Some(DecimalMark::Comma),
        (false, true) => Some(DecimalMark::Point),
        _ => None,
    }
}

/// The order that all days of a file can be read in, where one of them says which.
pub fn date_order<'a>(cells: impl Iterator<Item = &'a str>) -> Option<DateOrder> {
    let (mut year, mut day, mut month) = (false, false, false);
    for cell in cells {
        let Some((mark, parts)) = parts(day_alone(cell.trim())) else { continue };
        let number = |part: &str| part.parse::<u32>().unwrap_or(0);
        match parts {
            [first, ..] if first.len() == 4 => year = true,
            [first, ..] if mark == '.' || number(first) > 12 => day = true,
            [_, second, _] if number(second) > 12 => month = true,
            _ => {}
        }
    }
    match (year, day, month) {
        (true, false, false) => Some(DateOrder::YearFirst),
        (false, true, false) => Some(DateOrder::DayFirst),
        (false, false, true) => Some(DateOrder::MonthFirst),
        _ => None,
    }
}

/// A number such as `1 234,50`, `1.234,50`, `1,234.50`, `-12` or `12,5`.
///
/// # Errors
/// [`ValueProblem`] where it is no number, or can be read in two ways and `mark` does not say which.
pub fn decimal(cell: &str, mark: Option<DecimalMark>) -> Result<Decimal, ValueProblem> {
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
    let point = match mark {
        None => decimal_point(digits, spaced),
        Some(DecimalMark::Comma) => Some(digits.rfind(',')),
        Some(DecimalMark::Point) => Some(digits.rfind('.')),
    };
    let point = point.ok_or_else(|| ValueProblem::Ambiguous(cell.to_owned()))?;
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

/// The day of a moment such as `2026-11-20T18:30:00.000Z` or `20.11.2026 18:30`.
fn day_alone(text: &str) -> &str {
    match text.split_once(['T', ' ']) {
        Some((day, time)) if time.contains(':') => day,
        _ => text,
    }
}

/// The three parts of a date and what stands between them.
fn parts(text: &str) -> Option<(char, [&str; 3])> {
    let mark = ['-', '.', '/'].into_iter().find(|mark| text.contains(*mark))?;
    let parts: Vec<&str> = text.split(mark).collect();
    let [first, second, third] = parts[..] else { return None };
    let plain = parts.iter().all(|part| (1..=4).contains(&part.len()) && all_digits(part));
    let short = |part: &str| part.len() <= 2;
    let shaped = match first.len() {
        4 => mark == '-' && short(second) && short(third),
        _ => third.len() == 4 && short(first) && short(second),
    };
    (plain && shaped).then_some((mark, [first, second, third]))
}

/// A date as `2026-11-20` or `20.11.2026`; `20/11/2026` and `20-11-2026` where it is plain which is
/// the day, or `order` says so. A time after it is left away.
///
/// # Errors
/// [`ValueProblem`] where there is no such day, or day and month cannot be told apart.
pub fn date(cell: &str, order: Option<DateOrder>) -> Result<NaiveDate, ValueProblem> {
    let text = day_alone(cell.trim());
    if text.is_empty() {
        return Err(ValueProblem::Empty);
    }
    let wrong = || ValueProblem::NotDate(cell.to_owned());
    let (mark, [first, second, third]) = parts(text).ok_or_else(wrong)?;
    let year_first = first.len() == 4;
    let month_first = order == Some(DateOrder::MonthFirst) && mark != '.';
    let (year, month, day) = match (year_first, month_first) {
        (true, _) => (first, second, third),
        (false, true) => (third, first, second),
        (false, false) => (third, second, first),
    };
    let number = |part: &str| part.parse::<u32>().map_err(|_| wrong());
    let (day, month) = (number(day)?, number(month)?);
    // 04/05/2026 is April in one country and May in another.
    let told = matches!(order, Some(DateOrder::DayFirst | DateOrder::MonthFirst));
    if mark != '.' && !year_first && !told && day <= 12 && month <= 12 && day != month {
        return Err(ValueProblem::Ambiguous(cell.to_owned()));
    }
    let year = i32::try_from(number(year)?).map_err(|_| wrong())?;
    let date = NaiveDate::from_ymd_opt(year, month, day).filter(|_| year >= 1900);
    date.ok_or_else(wrong)
}
