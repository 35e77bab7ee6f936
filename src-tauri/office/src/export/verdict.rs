//! What an answer makes of a record.
//!
//! Never calls anybody: an answer goes in, a change of state comes out.

use super::agreement::{disagreement, external};
use super::cause::{self, Class};
use super::driver::Able;
use super::pace::{Dice, Pace};
use super::state::{Event, after};
use chrono::{DateTime, TimeDelta, Utc};
use providers::document::{ExportDocument, ExternalRef};
use providers::{Found, NextStep, ProviderError};
use store::exports::{
    AttemptNote, CauseDraft, Doubt, DueExport, ExportKind, ExportState, RecordChange,
};

/// A record on its way, with what was made of it.
#[derive(Clone, Debug)]
pub struct Flight {
    /// The record as it was taken up.
    pub due: DueExport,
    /// What is sent.
    pub document: ExportDocument,
    /// The key it is sent under.
    pub key: String,
    /// Hash of what is sent.
    pub body_hash: String,
    /// It must be looked up before it is sent.
    pub look_first: bool,
}

/// What everything is judged by.
#[derive(Clone, Copy)]
pub struct Bench<'a> {
    /// The engine's patience.
    pub pace: &'a Pace,
    /// Chance.
    pub dice: &'a dyn Dice,
    /// The present moment.
    pub now: DateTime<Utc>,
    /// What is not there can no longer arrive: a file, not a request.
    pub certain_at_once: bool,
}

/// A record's change, and what the history keeps of it.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The change.
    pub change: RecordChange,
    /// The history's entry.
    pub note: AttemptNote,
    /// It was found although it was about to be sent again.
    pub found: bool,
}

impl Bench<'_> {
    /// What a push made of a record.
    pub fn pushed(
        &self,
        flight: &Flight,
        outcome: &Result<ExternalRef, ProviderError>,
        status: Option<u16>,
    ) -> Judged {
        let due = &flight.due;
        let error = match outcome {
            Ok(there) => return self.delivered(due, &flight.document, there, "exported"),
            Err(error) => error,
        };
        match error.next_step() {
            NextStep::Wait { at_least } => {
                let mut judged = self.postponed(due, "waited", error);
                let wait = TimeDelta::from_std(at_least).unwrap_or(TimeDelta::days(1));
                judged.change.next_attempt_at_ms = (self.now + wait).timestamp_millis();
                judged.change.look_first |= matches!(error, ProviderError::Unavailable);
                judged
            }
            NextStep::BlockConnection => self.postponed(due, "waited", error),
            NextStep::RetryCounted => self.failed(due, error),
            NextStep::LookUp => self.doubted(due, error, status),
            NextStep::Review | NextStep::Halve => {
                let cause = cause::of_refusal(due.id, due.kind.word(), error);
                self.refused(due, cause, "refused", error)
            }
        }
    }

    /// What a look-up made of a record in doubt. Nothing where it stays as it is.
    pub fn looked_up(&self, due: &DueExport, document: &ExportDocument, found: &Found) -> Judged {
        match found {
            Found::Ours(there) => {
                let mut judged = self.delivered(due, document, there, "found");
                judged.found = true;
                judged
            }
            Found::Foreign(there) => {
                let params = [("number", there.number.as_str()), ("external_id", &there.id)];
                let cause = Class::Duplicate.about(due.id.to_string(), &params);
                self.asked(due, cause, "found", &there.number)
            }
            Found::Absent => self.absent(due),
        }
    }

    /// What a look-up that failed makes of a record in doubt.
    pub fn look_up_failed(&self, due: &DueExport, error: &ProviderError) -> Judged {
        match error.next_step() {
            NextStep::Review | NextStep::Halve => {
                let cause = cause::of_refusal(due.id, due.kind.word(), error);
                self.refused(due, cause, "refused", error)
            }
            NextStep::Wait { at_least } => {
                let wait = TimeDelta::from_std(at_least).unwrap_or(TimeDelta::days(1));
                self.still_in_doubt(due, self.now + wait, error)
            }
            NextStep::BlockConnection => self.still_in_doubt(due, self.now, error),
            NextStep::RetryCounted | NextStep::LookUp => {
                let again = self.pace.retry_after(1, self.dice).unwrap_or(self.pace.look_up_after);
                self.still_in_doubt(due, self.now + again.max(self.pace.look_up_after), error)
            }
        }
    }

    /// What a look-up that failed makes of a record that was about to be sent: nothing left yet.
    pub fn not_looked_up(&self, due: &DueExport, error: &ProviderError) -> Judged {
        let wait = match error.next_step() {
            NextStep::Review | NextStep::Halve => {
                let cause = cause::of_refusal(due.id, due.kind.word(), error);
                return self.refused(due, cause, "refused", error);
            }
            NextStep::Wait { at_least } => {
                TimeDelta::from_std(at_least).unwrap_or(TimeDelta::days(1))
            }
            NextStep::BlockConnection => TimeDelta::zero(),
            NextStep::RetryCounted | NextStep::LookUp => self.pace.look_up_after,
        };
        let mut judged = self.postponed(due, "waited", error);
        judged.change.look_first = true;
        judged.change.next_attempt_at_ms = (self.now + wait).timestamp_millis();
        judged
    }

    fn delivered(
        &self,
        due: &DueExport,
        document: &ExportDocument,
        there: &ExternalRef,
        outcome: &'static str,
    ) -> Judged {
        // A change is the same record there as the one it changes.
        let external = (!due.is_update()).then(|| external(due, document, there));
        if let Some(cause) = disagreement(due, document, there) {
            let mut judged = self.asked(due, cause, outcome, &there.number);
            judged.change.external = external;
            return judged;
        }
        let mut change = self.change(due, Event::Deliver);
        change.external = external;
        Judged { change, note: note(due, outcome, None, &there.number), found: false }
    }

    fn postponed(&self, due: &DueExport, outcome: &'static str, error: &ProviderError) -> Judged {
        let change = self.change(due, Event::Postpone);
        Judged { change, note: error_note(due, outcome, error), found: false }
    }

    fn failed(&self, due: &DueExport, error: &ProviderError) -> Judged {
        let attempts = due.attempts + 1;
        let Some(wait) = self.pace.retry_after(attempts, self.dice) else {
            let mut judged = self.refused(due, used_up(error), "not_sent", error);
            judged.change.attempts = attempts;
            return judged;
        };
        let mut judged = self.postponed(due, "not_sent", error);
        judged.change.attempts = attempts;
        judged.change.look_first = true;
        judged.change.next_attempt_at_ms = (self.now + wait).timestamp_millis();
        judged
    }

    fn doubted(&self, due: &DueExport, error: &ProviderError, status: Option<u16>) -> Judged {
        let mut change = self.change(due, Event::LoseAnswer);
        let (doubt, look_after) = match error {
            ProviderError::Duplicate { .. } => (Doubt::Duplicate, TimeDelta::zero()),
            _ if is_over(status) => (Doubt::Over, TimeDelta::zero()),
            _ => (Doubt::Lost, self.pace.look_up_after),
        };
        change.doubt = Some(doubt);
        change.next_attempt_at_ms = (self.now + look_after).timestamp_millis();
        let outcome = if doubt == Doubt::Duplicate { "refused" } else { "unknown" };
        Judged { change, note: error_note(due, outcome, error), found: false }
    }

    /// Not there. A request without an answer may still arrive until the settle delay is over;
    /// afterwards the send has really failed and counts, unless it was this program that stopped.
    fn absent(&self, due: &DueExport) -> Judged {
        if due.doubt == Some(Doubt::Duplicate) {
            let cause = Class::Duplicate.about(due.id.to_string(), &[]);
            return self.asked(due, cause, "absent", "");
        }
        let settled_at = self.settled_at(due);
        if settled_at > self.now {
            let mut judged = self.unchanged(due, "absent");
            judged.change.next_attempt_at_ms = settled_at.timestamp_millis();
            return judged;
        }
        let interrupted = due.doubt == Some(Doubt::Interrupted);
        let attempts = due.attempts + u32::from(!interrupted);
        let wait = match interrupted {
            true => Some(TimeDelta::zero()),
            false => self.pace.retry_after(attempts, self.dice),
        };
        let Some(wait) = wait else {
            let mut judged = self.asked(due, Class::TooManyAttempts.about("", &[]), "absent", "");
            judged.change.attempts = attempts;
            return judged;
        };
        let mut change = self.change(due, Event::ProveAbsent);
        change.attempts = attempts;
        change.look_first = false;
        // A provider repeats what it said under a key (Xero for six minutes, even a 500): a send
        // that was answered goes out again under the next revision's key.
        change.revision = due.revision + u32::from(due.doubt == Some(Doubt::Over));
        change.next_attempt_at_ms = (self.now + wait).timestamp_millis();
        Judged { change, note: note(due, "absent", None, ""), found: false }
    }

    /// When a request that was never answered can no longer be carried out.
    fn settled_at(&self, due: &DueExport) -> DateTime<Utc> {
        let unanswered = |doubt| matches!(doubt, Doubt::Lost | Doubt::Interrupted);
        let lost = due.doubt.is_none_or(unanswered) && !self.certain_at_once;
        let sent = due.sent_at_ms.and_then(DateTime::from_timestamp_millis);
        match sent.filter(|_| lost) {
            Some(sent) => sent + self.pace.settle_delay,
            None => self.now,
        }
    }

    fn still_in_doubt(
        &self,
        due: &DueExport,
        again: DateTime<Utc>,
        error: &ProviderError,
    ) -> Judged {
        let since = due.doubt_since_ms.and_then(DateTime::from_timestamp_millis);
        if since.is_some_and(|since| self.now - since > self.pace.doubt_limit) {
            let cause = Class::UnknownOutcome.about("", &[]);
            return self.refused(due, cause, "unknown", error);
        }
        let mut judged = self.unchanged(due, "waited");
        judged.note = error_note(due, "waited", error);
        judged.change.next_attempt_at_ms = again.timestamp_millis();
        judged
    }

    fn refused(
        &self,
        due: &DueExport,
        cause: CauseDraft,
        outcome: &'static str,
        error: &ProviderError,
    ) -> Judged {
        let mut judged = self.asked(due, cause, outcome, "");
        judged.note = error_note(due, outcome, error);
        judged
    }

    fn asked(
        &self,
        due: &DueExport,
        cause: CauseDraft,
        outcome: &'static str,
        text: &str,
    ) -> Judged {
        let mut change = self.change(due, Event::AskPerson);
        let note = note(due, outcome, Some(cause.class.clone()), text);
        change.causes = vec![cause];
        Judged { change, note, found: false }
    }

    fn unchanged(&self, due: &DueExport, outcome: &'static str) -> Judged {
        let mut change = self.change(due, Event::LoseAnswer);
        change.to = due.state;
        change.doubt = due.doubt;
        Judged { change, note: note(due, outcome, None, ""), found: false }
    }

    /// The change an event makes; where the event cannot happen the record stays where it is.
    fn change(&self, due: &DueExport, event: Event) -> RecordChange {
        change(due, event, self.now)
    }
}

/// The change an event makes to a record, at a moment.
pub fn change(due: &DueExport, event: Event, now: DateTime<Utc>) -> RecordChange {
    RecordChange {
        record: due.id,
        from: due.state,
        to: after(due.state, event).unwrap_or(due.state),
        revision: due.revision,
        attempts: due.attempts,
        look_first: due.look_first,
        next_attempt_at_ms: now.timestamp_millis(),
        doubt: None,
        external: None,
        causes: Vec::new(),
    }
}

/// An answer whose status says that the request itself ended: nothing of it arrives later. A
/// gateway that gave up (502, 503, 504) says nothing about the system behind it.
const fn is_over(status: Option<u16>) -> bool {
    matches!(status, Some(status) if !matches!(status, 502..=504))
}

fn used_up(error: &ProviderError) -> CauseDraft {
    Class::TooManyAttempts.about("", &[("text", &cause::error_text(error))])
}

fn note(due: &DueExport, outcome: &'static str, class: Option<String>, text: &str) -> AttemptNote {
    AttemptNote {
        record: due.id,
        revision: due.revision,
        outcome,
        class,
        text: cause::shortened(text),
    }
}

fn error_note(due: &DueExport, outcome: &'static str, error: &ProviderError) -> AttemptNote {
    let class = Some(cause::error_word(error).to_owned());
    note(due, outcome, class, &cause::error_text(error))
}

/// A record that a person is told of, because no system is: what no longer counts here and cannot be
/// taken back there, a rest that was given up, money paid back out of more than one credit note. One cause for each kind of them.
pub fn by_hand(due: &DueExport, able: &Able, now: DateTime<Utc>) -> Option<RecordChange> {
    let class = match due.kind {
        ExportKind::Payment | ExportKind::OnAccount
            if due.is_undo() && able.remove && named(due, 1) && !is_share(due) =>
        {
            return None;
        }
        ExportKind::CreditAllocation if due.is_undo() && able.remove && named(due, 2) => {
            return None;
        }
        _ if due.is_undo() => Class::TakenBack,
        // Out of one credit note or part of a payment, and that is known there.
        ExportKind::Refund if able.refund && due.needs[1].is_some() => return None,
        // Out of more than one part of a payment.
        ExportKind::CreditAllocation if due.needs[1].is_none() => Class::ByHand,
        ExportKind::WriteOff | ExportKind::Refund => Class::ByHand,
        _ => return None,
    };
    let mut change = change(due, Event::AskPerson, now);
    change.causes = vec![class.about(due.kind.word(), &[("kind", due.kind.word())])];
    Some(change)
}

/// A record that cannot go because what it needs cannot be named there: it waits with it for a
/// person, or, where a person settled that without an id, it asks for a decision of its own.
pub fn blocked(due: &DueExport, now: DateTime<Utc>) -> Option<RecordChange> {
    // A change only follows an earlier one; it names nothing but the customer.
    let named = if due.is_update() { 1 } else { due.needs.len() };
    let need = due.needs.iter().take(named).flatten().find(|need| !is_there(need))?;
    let waits = matches!(need.state, ExportState::NeedsReview | ExportState::Blocked);
    let (event, class) = match waits {
        true => (Event::Block, Class::Depends),
        false => (Event::AskPerson, Class::NeedLeftOut),
    };
    let mut change = change(due, event, now);
    let params = [("label", need.label.as_str())];
    change.causes = vec![class.about(need.record.to_string(), &params)];
    Some(change)
}

/// Whether so many records that this one names are there under a known id.
fn named(due: &DueExport, needs: usize) -> bool {
    due.needs.iter().take(needs).all(|need| need.as_ref().is_some_and(is_there))
}

/// Whether it takes back what is others' there as well.
fn is_share(due: &DueExport) -> bool {
    due.needs[0].as_ref().is_some_and(|need| need.is_share)
}

/// Whether a record that another needs can be named there.
fn is_there(need: &store::exports::Dependency) -> bool {
    let state = matches!(need.state, ExportState::Exported | ExportState::SettledManually);
    state && need.external_id.is_some()
}

#[cfg(test)]
mod tests;
