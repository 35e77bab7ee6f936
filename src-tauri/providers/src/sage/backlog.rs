//! How long a backlog takes where every record is a call of its own, so that a person hears it
//! before the first call goes out.
//!
//! Never asks for the time and never counts calls; both are the caller's.

use crate::capabilities::RateLimits;
use crate::document::DocumentKind;
use std::time::Duration;

const MINUTE: u64 = 60;
const DAY: u64 = 24 * 60 * MINUTE;

/// Calls that one record takes when all goes well: an invoice or credit note is made as a draft and
/// released; a payment or allocation first asks for the customer of the document it names.
pub const fn calls_per_record(kind: DocumentKind) -> u64 {
    match kind {
        DocumentKind::Customer
        | DocumentKind::OnAccount
        | DocumentKind::Journal
        | DocumentKind::Attachment => 1,
        // Looked at before it goes.
        DocumentKind::Removal => 2,
        DocumentKind::Invoice
        | DocumentKind::CreditNote
        | DocumentKind::Payment
        | DocumentKind::CreditAllocation
        | DocumentKind::Refund => 2,
    }
}

/// What a backlog costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Calls in all.
    pub calls: u64,
    /// Time from now until the last of them may go out, at least.
    pub time: Duration,
}

/// The cost of these records, with `left_today` calls left of the running day. A day is taken as 24
/// hours from now, so that the answer is never too short.
pub fn cost(records: &[(DocumentKind, u64)], left_today: u32, limits: &RateLimits) -> Cost {
    let each = |(kind, count): &(DocumentKind, u64)| calls_per_record(*kind).saturating_mul(*count);
    let calls = records.iter().map(each).fold(0, u64::saturating_add);
    let per_minute = u64::from(limits.per_minute.max(1));
    let per_day = u64::from(limits.per_day.max(1));
    let today = calls.min(u64::from(left_today));
    let later = calls - today;
    let seconds = match later.checked_sub(1) {
        None => minutes(today, per_minute).saturating_mul(MINUTE),
        Some(before_last) => {
            let days = before_last / per_day;
            let last_day = before_last % per_day + 1;
            let days = days.saturating_add(1).saturating_mul(DAY);
            days.saturating_add(minutes(last_day, per_minute).saturating_mul(MINUTE))
        }
    };
    Cost { calls, time: Duration::from_secs(seconds) }
}

/// Whole minutes that pass before the last of these calls may go out.
const fn minutes(calls: u64, per_minute: u64) -> u64 {
    calls.saturating_sub(1) / per_minute
}
