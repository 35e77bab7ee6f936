//! What a person says of a comparison with an accounting system.
//!
//! Never what differs itself: that follows from both sides, and is compared anew each time.

use crate::ids::ConnectionId;
use crate::money::Money;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A difference may stand, as it was shown. Shown otherwise, it is open again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DifferenceAccepted {
    /// The connection.
    pub connection_id: ConnectionId,
    /// What it is about: `<kind>/<id of ours>`, or `<kind>:<id of theirs>` where only they have it.
    pub pair: String,
    /// Digest of what was shown.
    pub shown: String,
    /// Why it may stand.
    pub reason: String,
}

/// A span of days was compared and found right (key: connection and days; the later clock wins).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeriodSignedOff {
    /// The connection.
    pub connection_id: ConnectionId,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// Digest of the comparison that was shown.
    pub shown: String,
    /// Pairs that agreed.
    pub agreed: u32,
    /// Differences that had been accepted.
    pub accepted: u32,
    /// What both sides came to.
    pub sums: Vec<SignedSum>,
    /// What was written to it; may be empty.
    pub note: String,
}

/// One row of the sums as they were signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedSum {
    /// `invoice`, `credit_note` or `payment`.
    pub kind: String,
    /// How many of ours.
    pub our_count: u32,
    /// How many of theirs.
    pub their_count: u32,
    /// Our sum with VAT.
    pub our_gross: Money,
    /// Their sum with VAT.
    pub their_gross: Money,
}
