//! Days and moments as Xero writes them.
//!
//! Never a time of another zone: what carries none is in UTC.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

/// A calendar day: `YYYY-MM-DD` on the way out; on the way in also with a time, or as Microsoft's
/// `/Date(ms+0000)/`, whose milliseconds are the day's midnight in UTC whatever the offset says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Day(pub NaiveDate);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let day = match text.strip_prefix("/Date(") {
            Some(rest) => millis(rest).map(|at| at.date_naive()),
            None => text.get(..10).and_then(|day| day.parse().ok()),
        };
        day.map(Self).ok_or_else(|| D::Error::custom("a date that cannot be read"))
    }
}

fn millis(rest: &str) -> Option<DateTime<Utc>> {
    let is_part = |(at, c): &(usize, char)| c.is_ascii_digit() || (*at, *c) == (0, '-');
    let ms: String = rest.chars().enumerate().take_while(is_part).map(|(_, c)| c).collect();
    ms.parse().ok().and_then(DateTime::from_timestamp_millis)
}

/// When something was changed: Microsoft's `/Date(ms+0000)/`, or a time in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(pub DateTime<Utc>);

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let at = match text.strip_prefix("/Date(") {
            Some(rest) => millis(rest),
            None => DateTime::parse_from_rfc3339(&text)
                .map(|at| at.to_utc())
                .ok()
                .or_else(|| text.parse::<NaiveDateTime>().ok().map(|at| at.and_utc())),
        };
        at.map(Self).ok_or_else(|| D::Error::custom("a moment that cannot be read"))
    }
}
