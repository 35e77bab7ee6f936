//! Reads and writes the values of Intuit's JSON: decimals as numbers, calendar days, references.
//!
//! Document dates are calendar days. This NEVER shifts them by a time zone.

use chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat, Utc};
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Map, Number, Value};

/// A JSON object.
pub type Body = Map<String, Value>;

/// A decimal as a JSON number, without passing through binary arithmetic.
pub fn number(value: Decimal) -> Value {
    let digits = value.normalize().to_string();
    serde_json::from_str::<Number>(&digits).map_or(Value::Null, Value::Number)
}

/// Rounds to cents, halves away from zero.
pub fn cents(value: Decimal) -> Decimal {
    value.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

/// A moment as Intuit writes it: on the clock of California.
pub fn moment(at: DateTime<Utc>) -> Value {
    let pacific = FixedOffset::west_opt(8 * 3600).map(|zone| at.with_timezone(&zone));
    let text = pacific.map_or_else(
        || at.to_rfc3339_opts(SecondsFormat::Secs, true),
        |at| at.to_rfc3339_opts(SecondsFormat::Secs, false),
    );
    Value::String(text)
}

/// A text field that is not blank.
pub fn text<'a>(body: &'a Body, name: &str) -> Option<&'a str> {
    body.get(name).and_then(Value::as_str).filter(|value| !value.trim().is_empty())
}

/// The identifier that a reference such as `CustomerRef` names.
pub fn reference<'a>(body: &'a Body, name: &str) -> Option<&'a str> {
    body.get(name).and_then(|it| it.get("value")).and_then(Value::as_str)
}

/// The rows of a list field; absent is empty.
pub fn list<'a>(body: &'a Body, name: &str) -> Vec<&'a Body> {
    let rows = body.get(name).and_then(Value::as_array);
    rows.into_iter().flatten().filter_map(Value::as_object).collect()
}

/// A decimal given as a JSON number or as text; `None` when absent or no decimal.
pub fn decimal(body: &Body, name: &str) -> Option<Decimal> {
    let digits = match body.get(name)? {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.trim().to_owned(),
        _ => return None,
    };
    digits.parse().ok().or_else(|| Decimal::from_scientific(&digits).ok())
}

/// A calendar day; `None` when absent or no day.
pub fn day(body: &Body, name: &str) -> Option<NaiveDate> {
    text(body, name)?.get(..10)?.parse().ok()
}
