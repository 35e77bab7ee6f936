//! Reads and writes the values of Xero's JSON: decimals, calendar days and Microsoft dates.
//!
//! Document dates are calendar days. This NEVER shifts them by a time zone.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use rust_decimal::Decimal;
use serde_json::{Number, Value};
use uuid::Uuid;

/// A decimal as a JSON number, without passing through binary arithmetic.
pub fn number(value: Decimal) -> Value {
    serde_json::from_str::<Number>(&value.to_string()).map_or(Value::Null, Value::Number)
}

/// A moment as `/Date(1552327126117+0000)/`.
pub fn moment(at: DateTime<Utc>) -> Value {
    Value::String(format!("/Date({}+0000)/", at.timestamp_millis()))
}

/// A calendar day as the Microsoft date of its midnight.
pub fn day(date: NaiveDate) -> Value {
    moment(date.and_time(NaiveTime::MIN).and_utc())
}

/// A calendar day as `2019-03-11T00:00:00`.
pub fn day_text(date: NaiveDate) -> Value {
    Value::String(format!("{date}T00:00:00"))
}

/// A text field; absent, null and non-text are nothing.
pub fn text<'a>(body: &'a Value, name: &str) -> Option<&'a str> {
    body.get(name).and_then(Value::as_str)
}

/// A text field that is not blank.
pub fn filled<'a>(body: &'a Value, name: &str) -> Option<&'a str> {
    text(body, name).filter(|value| !value.trim().is_empty())
}

/// A field that is present and not null.
pub fn given<'a>(body: &'a Value, name: &str) -> Option<&'a Value> {
    body.get(name).filter(|value| !value.is_null())
}

/// An identifier; anything that is not a UUID is nothing.
pub fn id(body: &Value, name: &str) -> Option<Uuid> {
    text(body, name).and_then(|value| value.parse().ok())
}

/// A decimal given as a JSON number or as text.
///
/// # Errors
/// A message for the caller when the field is present but no decimal.
pub fn decimal(body: &Value, name: &str) -> Result<Option<Decimal>, String> {
    let Some(value) = given(body, name) else { return Ok(None) };
    let digits = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.trim().to_owned(),
        _ => return Err(format!("{name} is not a number")),
    };
    digits
        .parse()
        .or_else(|_| Decimal::from_scientific(&digits))
        .map(Some)
        .map_err(|_| format!("{name} is not a number"))
}

/// A calendar day given as `YYYY-MM-DD`, with or without a time, or as a Microsoft date.
///
/// # Errors
/// A message for the caller when the field is present but no date.
pub fn date(body: &Value, name: &str) -> Result<Option<NaiveDate>, String> {
    let Some(value) = filled(body, name) else { return Ok(None) };
    let parsed = match value.strip_prefix("/Date(") {
        Some(rest) => {
            let digits: String =
                rest.chars().take_while(|c| c.is_ascii_digit() || *c == '-').collect();
            digits.parse().ok().and_then(DateTime::from_timestamp_millis).map(|at| at.date_naive())
        }
        None => value.get(0..10).and_then(|day| day.parse().ok()),
    };
    parsed.map(Some).ok_or_else(|| format!("{name} is not a valid date"))
}
