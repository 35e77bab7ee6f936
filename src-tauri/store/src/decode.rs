//! From stored text to types. What does not fit is damage, never a default.

use crate::error::StoreError;
use chrono::NaiveDate;
use finance::hlc::Hlc;
use finance::{Currency, Money};
use rust_decimal::Decimal;
use serde::de::DeserializeOwned;
use std::str::FromStr;

fn damaged(what: &str, text: &str) -> StoreError {
    StoreError::Damaged(format!("{text:?} is not {what}"))
}

pub(crate) fn id<Id: FromStr>(text: &str) -> Result<Id, StoreError> {
    text.parse().map_err(|_| damaged("an id", text))
}

pub(crate) fn optional_id<Id: FromStr>(text: Option<&str>) -> Result<Option<Id>, StoreError> {
    text.map(id).transpose()
}

pub(crate) fn date(text: &str) -> Result<NaiveDate, StoreError> {
    text.parse().map_err(|_| damaged("a date", text))
}

pub(crate) fn optional_date(text: Option<&str>) -> Result<Option<NaiveDate>, StoreError> {
    text.map(date).transpose()
}

pub(crate) fn currency(text: &str) -> Result<Currency, StoreError> {
    text.parse().map_err(|_| damaged("a currency", text))
}

pub(crate) fn money(minor: i64, code: &str) -> Result<Money, StoreError> {
    Ok(Money::from_minor(minor, currency(code)?))
}

/// An amount in its own currency where that is not the book's, or else in that.
pub(crate) fn own_money(
    foreign: (Option<i64>, Option<&str>),
    (minor, code): (i64, &str),
) -> Result<Money, StoreError> {
    match foreign {
        (Some(minor), Some(code)) => money(minor, code),
        _ => money(minor, code),
    }
}

pub(crate) fn decimal(text: &str) -> Result<Decimal, StoreError> {
    text.parse().map_err(|_| damaged("a number", text))
}

/// A count, which is never below nothing.
pub(crate) fn count(rows: i64) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}

pub(crate) fn json<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    Ok(serde_json::from_str(text)?)
}

/// The clock from its sortable spelling.
pub(crate) fn clock(text: &str) -> Result<Hlc, StoreError> {
    let mut parts = text.splitn(3, '-');
    let (millis, counter, desk) = (parts.next(), parts.next(), parts.next());
    let parsed = millis.zip(counter).zip(desk).and_then(|((millis, counter), desk)| {
        let desk = desk.to_owned();
        Some(Hlc { millis: millis.parse().ok()?, counter: counter.parse().ok()?, desk })
    });
    parsed.ok_or_else(|| damaged("a clock", text))
}
