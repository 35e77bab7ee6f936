//! How long a backlog takes, so that a person hears it before the first call goes out.
//!
//! Never asks for the time and never counts calls; both are the caller's.

use crate::capabilities::{Capabilities, RateLimits};
use crate::document::DocumentKind;
use std::time::Duration;

const MINUTE: u64 = 60;
const DAY: u64 = 24 * 60 * MINUTE;

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
pub fn cost(records: &[(DocumentKind, u64)], left_today: u32, of: &Capabilities) -> Cost {
    let limits: &RateLimits = &of.limits;
    let calls = records.iter().map(|(kind, count)| calls(*kind, *count, of));
    let calls = calls.fold(0, u64::saturating_add);
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

/// Calls that so many records take when all goes well. What cannot be held takes none.
fn calls(kind: DocumentKind, count: u64, of: &Capabilities) -> u64 {
    match of.calls_per_record.iter().find(|(alone, _)| *alone == kind) {
        Some((_, each)) => each.saturating_mul(count),
        None => u64::try_from(of.batch_size(kind)).map_or(0, |size| match size {
            0 => 0,
            size => count.div_ceil(size),
        }),
    }
}

/// Whole minutes that pass before the last of these calls may go out.
const fn minutes(calls: u64, per_minute: u64) -> u64 {
    calls.saturating_sub(1) / per_minute
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{sage, xero};

    #[test]
    fn what_travels_in_batches_takes_a_call_for_each_batch() {
        use DocumentKind::{Customer, Invoice};
        let records = [(Customer, 51), (Invoice, 100)];
        assert_eq!(cost(&records, 5_000, &xero::CAPABILITIES).calls, 4);
        assert_eq!(cost(&records, 2_500, &sage::CAPABILITIES).calls, 251);
    }

    #[test]
    fn what_cannot_be_held_takes_no_call() {
        let files = [(DocumentKind::Attachment, 7)];
        let none = Cost { calls: 0, time: Duration::ZERO };
        assert_eq!(cost(&files, 2_500, &sage::CAPABILITIES), none);
    }
}
