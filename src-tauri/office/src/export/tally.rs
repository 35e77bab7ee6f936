//! Counting what a run does, for whoever watches.
//!
//! Never the truth about a record: the table is.

use serde::{Deserialize, Serialize};
use store::exports::{ExportKind, ExportState, RecordChange};

/// The figures of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// When it began, in milliseconds since 1970-01-01 UTC.
    pub started_at_ms: i64,
    /// When it ended.
    pub ended_at_ms: Option<i64>,
    /// Records waiting when it began.
    pub total: u32,
    /// Records that arrived, also those that were there already.
    pub sent: u32,
    /// Files that arrived beside their documents; they are none of `sent`.
    #[serde(default)]
    pub attached: u32,
    /// Records that need a person since.
    pub attention: u32,
    /// Records that wait for another time.
    pub waiting: u32,
    /// Calls made.
    pub calls: u32,
    /// Records found there before they would have been sent a second time.
    pub duplicates_prevented: u32,
    /// Changes of any kind: a run without any is over.
    pub moved: u32,
    /// Listeners are about to hear of it.
    #[serde(skip)]
    pub telling: bool,
}

impl Tally {
    /// Counts one change.
    pub const fn count(&mut self, kind: ExportKind, change: &RecordChange, found: bool) {
        match change.to {
            ExportState::Exported if matches!(kind, ExportKind::Attachment) => self.attached += 1,
            ExportState::Exported => self.sent += 1,
            ExportState::NeedsReview | ExportState::Blocked => self.attention += 1,
            ExportState::RetryWait | ExportState::Unknown => self.waiting += 1,
            _ => {}
        }
        if found && matches!(change.to, ExportState::Exported) {
            self.duplicates_prevented += 1;
        }
        if change.from as u8 != change.to as u8 {
            self.moved += 1;
        }
    }

    /// Records that are dealt with.
    pub const fn done(&self) -> u32 {
        self.sent + self.attention
    }
}
