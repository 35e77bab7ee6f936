//! What an exchange means: the one table from transport and status to [`ProviderError`].
//!
//! Never looks into a provider's own error bodies; that is the matter of its client. When in doubt
//! about a write it says that the outcome is unknown, because a look-up costs one call and a
//! duplicate costs a customer.

use super::{Answer, Effect, Manners};
use crate::error::ProviderError;
use chrono::{DateTime, Utc};
use reqwest::header::HeaderValue;
use serde::de::IgnoredAny;
use std::time::Duration;

/// Waited after a 429 that names no time.
const USUAL_WAIT: Duration = Duration::from_secs(60);

/// Longest wait that is believed; a provider's day limit clears sooner.
const LONGEST_WAIT: Duration = Duration::from_secs(7 * 24 * 3600);

/// The parts of an answer's head that are judged.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head {
    pub status: u16,
    pub retry_after: Duration,
    pub date: Option<DateTime<Utc>>,
}

/// An answer that tells nothing definite: a write may have been applied, a read was in vain.
pub fn unclear(effect: Effect, seen: impl Into<String>) -> ProviderError {
    match effect {
        Effect::Write => ProviderError::OutcomeUnknown { seen: seen.into() },
        Effect::Read => ProviderError::Protocol { seen: seen.into() },
    }
}

/// A failure before any answer.
pub(super) fn of_transport(error: &reqwest::Error, effect: Effect) -> ProviderError {
    if error.is_builder() {
        // It was never a request, so nothing was sent.
        return ProviderError::Protocol { seen: "a request that cannot be written".to_owned() };
    }
    if error.is_connect() {
        return ProviderError::NotReached;
    }
    match effect {
        Effect::Read => ProviderError::Unavailable,
        Effect::Write if error.is_timeout() => unclear(effect, "no answer in time"),
        Effect::Write => unclear(effect, "a lost connection"),
    }
}

/// An answer, whole or in words what was seen instead of its body.
pub(super) fn of_answer(
    head: &Head,
    body: Result<Vec<u8>, String>,
    effect: Effect,
    manners: &Manners,
) -> Result<Answer, ProviderError> {
    let is_page = body.as_ref().is_ok_and(|body| looks_like_html(body));
    match head.status {
        429 => Err(ProviderError::RateLimited { after: head.retry_after }),
        401 => Err(ProviderError::SignInNeeded),
        403 => Err(ProviderError::NotPermitted { text: said(body, is_page) }),
        503 if effect == Effect::Write && manners.refuses_with_503 && body.is_ok() && !is_page => {
            Err(ProviderError::Unavailable)
        }
        408 | 500..=599 if effect == Effect::Read => Err(ProviderError::Unavailable),
        408 | 500..=599 => Err(unclear(effect, format!("status {}", head.status))),
        300..=399 => Err(unclear(effect, format!("a redirect ({})", head.status))),
        400..=499 => Ok(answer(head, body.unwrap_or_default())),
        200..=299 => {
            let body = body.map_err(|seen| unclear(effect, seen))?;
            if is_page {
                return Err(unclear(effect, "a web page instead of data"));
            }
            if body.iter().all(u8::is_ascii_whitespace) {
                return Err(unclear(effect, "an empty answer"));
            }
            if let Err(error) = serde_json::from_slice::<IgnoredAny>(&body) {
                let what =
                    if error.is_eof() { "an answer that broke off" } else { "unreadable data" };
                return Err(unclear(effect, what));
            }
            Ok(answer(head, body))
        }
        status => Err(unclear(effect, format!("status {status}"))),
    }
}

fn answer(head: &Head, body: Vec<u8>) -> Answer {
    let text = String::from_utf8_lossy(&body).into_owned();
    Answer { status: head.status, text, date: head.date }
}

fn looks_like_html(body: &[u8]) -> bool {
    let start = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body).trim_ascii_start();
    start.starts_with(b"<")
}

fn said(body: Result<Vec<u8>, String>, is_page: bool) -> String {
    match body {
        Ok(_) if is_page => "a web page instead of a reason".to_owned(),
        Ok(body) => String::from_utf8_lossy(&body).chars().take(300).collect(),
        Err(seen) => seen,
    }
}

/// The wait that `Retry-After` asks for: seconds, or an HTTP date measured on the provider's own
/// clock, so that a wrong clock here shortens nothing (RFC 9110, 10.2.3).
pub(super) fn retry_after(value: Option<&HeaderValue>, date: Option<&HeaderValue>) -> Duration {
    let asked = value.and_then(|value| value.to_str().ok()).and_then(|text| {
        if let Ok(seconds) = text.trim().parse() {
            return Some(Duration::from_secs(seconds));
        }
        let until = parse_date(text)?;
        (until - http_date(date)?).to_std().ok()
    });
    asked.unwrap_or(USUAL_WAIT).min(LONGEST_WAIT)
}

/// An HTTP date (RFC 9110, 5.6.7).
pub(super) fn http_date(value: Option<&HeaderValue>) -> Option<DateTime<Utc>> {
    parse_date(value?.to_str().ok()?)
}

fn parse_date(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc2822(text.trim()).ok().map(|at| at.to_utc())
}
