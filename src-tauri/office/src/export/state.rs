//! The states of one export and what may follow which.
//!
//! Never touches a table or a network: every change of a record's state goes through
//! [`after`], and what it does not allow does not happen.

use store::exports::ExportState;

/// Something that happens to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Event {
    /// Taken for sending; written down before the first byte leaves.
    Claim,
    /// It is there, and its totals are ours.
    Deliver,
    /// Not applied; it is sent again later.
    Postpone,
    /// Sent, and it is not known whether it was applied.
    LoseAnswer,
    /// Looked up: it is not there and can no longer arrive.
    ProveAbsent,
    /// A person must decide.
    AskPerson,
    /// Something it depends on waits for a person.
    Block,
    /// What it waited for is settled.
    Release,
    /// A person bound it to a record that is there, with equal totals.
    Link,
    /// A person says it was done elsewhere.
    SettleByHand,
    /// A person leaves it out.
    Skip,
    /// Taken back before it was sent.
    Cancel,
    /// Something newer takes its place before it was sent.
    Supersede,
    /// It was there, and a person saw that it is there no longer.
    Vanish,
}

impl Event {
    /// Every event.
    pub const ALL: &'static [Self] = &[
        Self::Claim,
        Self::Deliver,
        Self::Postpone,
        Self::LoseAnswer,
        Self::ProveAbsent,
        Self::AskPerson,
        Self::Block,
        Self::Release,
        Self::Link,
        Self::SettleByHand,
        Self::Skip,
        Self::Cancel,
        Self::Supersede,
        Self::Vanish,
    ];

    /// The state it leads to.
    const fn target(self) -> ExportState {
        match self {
            Self::Claim => ExportState::InFlight,
            Self::Deliver | Self::Link => ExportState::Exported,
            Self::Postpone => ExportState::RetryWait,
            Self::LoseAnswer => ExportState::Unknown,
            Self::ProveAbsent | Self::Release | Self::Vanish => ExportState::Pending,
            Self::AskPerson => ExportState::NeedsReview,
            Self::Block => ExportState::Blocked,
            Self::SettleByHand => ExportState::SettledManually,
            Self::Skip => ExportState::Skipped,
            Self::Cancel => ExportState::Cancelled,
            Self::Supersede => ExportState::Superseded,
        }
    }
}

/// The state after an event, or nothing where the event cannot happen in that state.
///
/// A record that may be on its way (`in_flight`, `unknown`) can never become `pending` without a
/// look-up, never be skipped and never be taken back: only an answer or a look-up ends the doubt.
pub const fn after(state: ExportState, event: Event) -> Option<ExportState> {
    use ExportState::{
        Blocked, Cancelled, Exported, InFlight, NeedsReview, Pending, RetryWait, SettledManually,
        Skipped, Superseded, Unknown,
    };
    let allowed = match state {
        Pending | RetryWait => matches!(
            event,
            Event::Claim
                | Event::AskPerson
                | Event::Block
                | Event::Skip
                | Event::Cancel
                | Event::Supersede
        ),
        InFlight => matches!(
            event,
            Event::Deliver | Event::Postpone | Event::LoseAnswer | Event::AskPerson | Event::Block
        ),
        Unknown => {
            matches!(event, Event::Deliver | Event::ProveAbsent | Event::AskPerson | Event::Link)
        }
        NeedsReview => matches!(
            event,
            Event::Release
                | Event::Link
                | Event::SettleByHand
                | Event::Skip
                | Event::Cancel
                | Event::Supersede
        ),
        Blocked => matches!(
            event,
            Event::Release | Event::SettleByHand | Event::Skip | Event::Cancel | Event::Supersede
        ),
        Exported => matches!(event, Event::Vanish),
        SettledManually | Skipped | Cancelled | Superseded => false,
    };
    if allowed { Some(event.target()) } else { None }
}

#[cfg(test)]
mod tests;
