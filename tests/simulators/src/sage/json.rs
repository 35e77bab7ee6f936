//! Reads and writes the values of Sage's JSON: decimals as text or as numbers, days, identifiers.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use rust_decimal::Decimal;
use serde_json::{Number, Value};

use super::refusal::Refusal;

/// How amounts leave. Sage's description says numbers; the answers shown in its guides have text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Amounts {
    /// `45.1`
    #[default]
    Numbers,
    /// `"45.1"`
    Texts,
}

impl Amounts {
    /// An amount with at least one decimal, as Sage writes it.
    pub fn show(self, value: Decimal) -> Value {
        let mut plain = value.normalize();
        if plain.scale() == 0 {
            plain.rescale(1);
        }
        let digits = plain.to_string();
        match self {
            Self::Texts => Value::String(digits),
            Self::Numbers => {
                serde_json::from_str::<Number>(&digits).map_or(Value::Null, Value::Number)
            }
        }
    }
}

/// A moment as `2018-06-25T05:46:18Z`.
pub fn moment(at: DateTime<Utc>) -> Value {
    Value::String(at.to_rfc3339_opts(SecondsFormat::Secs, true))
}

/// A text field that is not blank.
pub fn filled<'a>(body: &'a Value, name: &str) -> Option<&'a str> {
    body.get(name).and_then(Value::as_str).filter(|text| !text.trim().is_empty())
}

/// A text field that must be there.
///
/// # Errors
/// The refusal that names it.
pub fn needed<'a>(body: &'a Value, name: &str) -> Result<&'a str, Refusal> {
    filled(body, name).ok_or_else(|| Refusal::required(name))
}

/// A text of limited length.
///
/// # Errors
/// It is too long.
pub fn short(body: &Value, name: &str, most: usize) -> Result<Option<String>, Refusal> {
    match filled(body, name) {
        Some(text) if text.chars().count() > most => {
            let message = format!("is too long (maximum is {most} characters)");
            Err(Refusal::invalid(name, message))
        }
        text => Ok(text.map(str::to_owned)),
    }
}

/// A decimal given as a number or as text.
///
/// # Errors
/// It is there but no decimal.
pub fn decimal(body: &Value, name: &str) -> Result<Option<Decimal>, Refusal> {
    let digits = match body.get(name) {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(_) => return Err(Refusal::invalid(name, "is not a number")),
    };
    digits
        .parse()
        .or_else(|_| Decimal::from_scientific(&digits))
        .map(Some)
        .map_err(|_| Refusal::invalid(name, "is not a number"))
}

/// A day given as `YYYY-MM-DD`.
///
/// # Errors
/// It is there but no day.
pub fn day(body: &Value, name: &str) -> Result<Option<NaiveDate>, Refusal> {
    filled(body, name)
        .map(|text| text.parse().map_err(|_| Refusal::invalid(name, "is not a valid date")))
        .transpose()
}

/// The rows of a list field.
pub fn rows<'a>(body: &'a Value, name: &str) -> &'a [Value] {
    body.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}
