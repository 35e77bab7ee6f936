//! Query strings, `where` filters, ordering and pages.
//!
//! The filter speaks the part of Xero's dynamic language that clients use: comparisons joined by
//! AND or OR, `DateTime(…)`, `Guid("…")`, `null`, `.StartsWith("…")`, `.Contains("…")`. Anything else
//! is refused, NEVER ignored.

use std::cmp::Ordering;

use chrono::{DateTime, NaiveDateTime, Utc};
use rust_decimal::Decimal;
use url::form_urlencoded;

use super::refusal::Refusal;
use super::table::Row;

/// The parameters of a request.
#[derive(Clone, Debug, Default)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Reads a raw query string.
    pub fn parse(raw: &str) -> Self {
        Self(form_urlencoded::parse(raw.as_bytes()).into_owned().collect())
    }

    /// The value of a parameter, when it is there and not empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// A comma separated parameter.
    pub fn list(&self, name: &str) -> Option<Vec<&str>> {
        self.get(name).map(|value| value.split(',').map(str::trim).collect())
    }

    /// A true or false parameter, in any spelling of case.
    pub fn flag(&self, name: &str) -> Option<bool> {
        self.get(name).map(|value| value.eq_ignore_ascii_case("true"))
    }

    /// The unit price precision: 4 with `unitdp=4`, else 2.
    pub fn unit_dp(&self) -> u32 {
        if self.get("unitdp") == Some("4") { 4 } else { 2 }
    }
}

/// A page that was asked for.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    pub number: usize,
    pub size: usize,
}

/// Reads `page` and `pageSize`; `None` when no page was asked for.
///
/// # Errors
/// A page below 1 or a size outside 1 to 1000.
pub fn page(query: &Query) -> Result<Option<Page>, Refusal> {
    let read = |name: &str, default: usize| match query.get(name) {
        Some(text) => text
            .parse::<usize>()
            .ok()
            .filter(|value| *value >= 1)
            .ok_or_else(|| Refusal::bad_query(format!("{name} is not valid"))),
        None => Ok(default),
    };
    let (number, size) = (read("page", 1)?, read("pageSize", 100)?);
    if size > 1000 {
        return Err(Refusal::bad_query("pageSize must not exceed 1000"));
    }
    let asked = query.get("page").is_some() || query.get("pageSize").is_some();
    Ok(asked.then_some(Page { number, size }))
}

/// Reads an `If-Modified-Since` header in ISO 8601 or as an HTTP date.
pub fn modified_since(header: &str) -> Option<DateTime<Utc>> {
    let header = header.trim();
    DateTime::parse_from_rfc3339(header)
        .or_else(|_| DateTime::parse_from_rfc2822(header))
        .map(|at| at.to_utc())
        .ok()
        .or_else(|| {
            let zoneless = header.parse::<NaiveDateTime>().ok()?;
            Some(zoneless.and_utc())
        })
}

/// A parsed `where`: any group of conditions that all hold.
#[derive(Clone, Debug, Default)]
pub struct Filter(Vec<Vec<Condition>>);

#[derive(Clone, Debug)]
struct Condition {
    field: String,
    test: Test,
    value: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Test {
    Equal,
    NotEqual,
    AtLeast,
    AtMost,
    Above,
    Below,
    StartsWith,
    Contains,
}

const SIGNS: [(&str, Test); 6] = [
    ("==", Test::Equal),
    ("!=", Test::NotEqual),
    (">=", Test::AtLeast),
    ("<=", Test::AtMost),
    (">", Test::Above),
    ("<", Test::Below),
];

impl Filter {
    /// Reads the text of a `where` parameter.
    ///
    /// # Errors
    /// Text outside the supported language.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let groups = split(text, &["||", " OR ", " or "]).into_iter().map(|group| {
            split(group, &["&&", " AND ", " and "]).into_iter().map(Condition::parse).collect()
        });
        groups.collect::<Result<_, _>>().map(Self)
    }

    /// Whether a row passes.
    ///
    /// # Errors
    /// A condition on a field the row does not have.
    pub fn accepts<T: Row>(&self, row: &T) -> Result<bool, Refusal> {
        let mut accepted = self.0.is_empty();
        for group in &self.0 {
            let mut all = true;
            for condition in group {
                all &= condition.holds(row)?;
            }
            accepted |= all;
        }
        Ok(accepted)
    }
}

impl Condition {
    fn parse(text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        for (call, test) in [(".StartsWith(", Test::StartsWith), (".Contains(", Test::Contains)] {
            if let Some((field, rest)) = text.split_once(call) {
                let value = literal(rest.trim_end_matches(')'))?;
                return Ok(Self { field: field.trim().to_owned(), test, value });
            }
        }
        let quote = text.find('"').unwrap_or(text.len());
        for (sign, test) in SIGNS {
            if let Some(at) = text[..quote].find(sign) {
                let value = literal(&text[at + sign.len()..])?;
                return Ok(Self { field: text[..at].trim().to_owned(), test, value });
            }
        }
        Err(Refusal::bad_query(format!("Syntax error in '{text}'")))
    }

    fn holds<T: Row>(&self, row: &T) -> Result<bool, Refusal> {
        let Some(actual) = row.field(&self.field) else {
            return Err(Refusal::bad_query(format!(
                "No property or field '{}' exists",
                self.field
            )));
        };
        let order = compare(&actual, &self.value);
        Ok(match self.test {
            Test::Equal => order == Ordering::Equal,
            Test::NotEqual => order != Ordering::Equal,
            Test::AtLeast => order != Ordering::Less,
            Test::AtMost => order != Ordering::Greater,
            Test::Above => order == Ordering::Greater,
            Test::Below => order == Ordering::Less,
            Test::StartsWith => actual.starts_with(&self.value),
            Test::Contains => actual.contains(&self.value),
        })
    }
}

/// Splits outside of quotes.
fn split<'a>(text: &'a str, separators: &[&str]) -> Vec<&'a str> {
    let mut parts = Vec::new();
    let (mut start, mut quoted) = (0, false);
    let mut skip_to = 0;
    for (at, character) in text.char_indices() {
        if at < skip_to {
            continue;
        }
        quoted ^= character == '"';
        let separator = separators.iter().find(|it| text[at..].starts_with(**it));
        if let Some(separator) = separator.filter(|_| !quoted) {
            parts.push(&text[start..at]);
            start = at + separator.len();
            skip_to = start;
        }
    }
    parts.push(&text[start..]);
    parts
}

fn literal(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text == "null" {
        return Ok(String::new());
    }
    if let Some(inner) = text.strip_prefix('"').and_then(|it| it.strip_suffix('"')) {
        return Ok(inner.replace("\\\"", "\""));
    }
    let lower = text.to_lowercase();
    if lower.starts_with("guid(") {
        return literal(text[5..].trim_end_matches(')')).map(|id| id.to_lowercase());
    }
    if lower.starts_with("datetime(") {
        return date_literal(text[9..].trim_end_matches(')'));
    }
    match text.parse::<Decimal>() {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => Err(Refusal::bad_query(format!("Syntax error in '{text}'"))),
    }
}

fn date_literal(parts: &str) -> Result<String, Refusal> {
    let numbers: Vec<&str> = parts.split(',').map(str::trim).collect();
    match numbers[..] {
        [year, month, day] => Ok(format!("{year:0>4}-{month:0>2}-{day:0>2}")),
        [year, month, day, hour, minute, second] => Ok(format!(
            "{year:0>4}-{month:0>2}-{day:0>2}T{hour:0>2}:{minute:0>2}:{second:0>2}.000Z"
        )),
        _ => Err(Refusal::bad_query(format!("DateTime({parts}) is not valid"))),
    }
}

/// Compares as numbers where both are numbers, else as text.
pub fn compare(left: &str, right: &str) -> Ordering {
    match (left.parse::<Decimal>(), right.parse::<Decimal>()) {
        (Ok(left), Ok(right)) => left.cmp(&right),
        _ => left.cmp(right),
    }
}
