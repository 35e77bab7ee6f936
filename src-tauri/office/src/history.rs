//! What happened to a thing, from its facts.
//!
//! Never tells more than the facts do, and never in sentences.

use crate::invoices::method_name;
use crate::reminders::{CHANNELS, KINDS, LEVELS};
use crate::show::{self, name_of};
use crate::wire::common::HistoryEntry;
use finance::allocation::CreditSource;
use finance::fact::{Fact, FactBody};
use finance::payment::{PaymentMethod, PaymentOutcome};
use std::collections::BTreeMap;

/// The history of an invoice or a payment, oldest first.
pub(crate) fn of(facts: &[Fact], methods: &[PaymentMethod]) -> Vec<HistoryEntry> {
    facts.iter().filter_map(|fact| entry(fact, methods)).collect()
}

/// A word, and what goes with it.
type Told = (&'static str, Vec<(&'static str, String)>);

fn money(amount: finance::Money) -> [(&'static str, String); 2] {
    [("amount", amount.amount().to_string()), ("currency", amount.currency().to_string())]
}

fn entry(fact: &Fact, methods: &[PaymentMethod]) -> Option<HistoryEntry> {
    let (what, params): Told = match &fact.body {
        FactBody::InvoiceIssued(invoice) => {
            let number = [("number", invoice.number.text.clone())];
            ("issued", number.into_iter().chain(money(invoice.totals.gross)).collect())
        }
        FactBody::CreditNoteIssued(note) => {
            let about = [("number", note.number.text.clone()), ("reason", note.reason.clone())];
            ("credited", about.into_iter().chain(money(note.totals.gross)).collect())
        }
        FactBody::PaymentReceived(payment) => {
            let method = [("method", method_name(&payment.method, methods))];
            ("paid", method.into_iter().chain(money(payment.amount)).collect())
        }
        FactBody::MoneyAllocated(allocation) => {
            let source = match allocation.source {
                CreditSource::Payment(_) => "payment",
                CreditSource::CreditNote(_) => "credit_note",
            };
            let from = [("source", source.to_owned())];
            ("allocated", from.into_iter().chain(money(allocation.amount)).collect())
        }
        FactBody::ReminderMade(reminder) => {
            let level = [("level", name_of(&reminder.level, LEVELS))];
            let channel = [("channel", name_of(&reminder.channel, CHANNELS))];
            let deadline = [("deadline", reminder.deadline.to_string())];
            ("reminded", level.into_iter().chain(channel).chain(deadline).collect())
        }
        FactBody::ReminderWithdrawn { reason, .. } => {
            ("reminder_withdrawn", vec![("reason", reason.clone())])
        }
        FactBody::ReminderHoldSet(hold) => {
            let until = hold.until.map(|day| day.to_string()).unwrap_or_default();
            let kind = name_of(&hold.kind, KINDS);
            let what = if hold.active { "held" } else { "released" };
            (what, vec![("kind", kind), ("until", until), ("note", hold.note.clone())])
        }
        FactBody::ExportSettled { outcome, external_id, reason, .. } => {
            let id = external_id.clone().unwrap_or_default();
            let about =
                vec![("outcome", outcome.clone()), ("external_id", id), ("reason", reason.clone())];
            ("settled", about)
        }
        _ => returned(fact, methods)?,
    };
    let params: BTreeMap<String, String> =
        params.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Some(HistoryEntry {
        at: show::moment(fact.clock.millis),
        actor: fact.actor.clone(),
        what: what.to_owned(),
        params,
    })
}

/// What became of money after it was recorded.
fn returned(fact: &Fact, methods: &[PaymentMethod]) -> Option<Told> {
    let told: Told = match &fact.body {
        FactBody::AllocationReleased(release) => {
            let about =
                [("reason", release.reason.clone()), ("on", release.released_on.to_string())];
            ("allocation_released", about.to_vec())
        }
        FactBody::PaymentTurned(turn) => {
            let what = match turn.outcome {
                PaymentOutcome::Confirmed => "confirmed",
                PaymentOutcome::Failed => "failed",
                PaymentOutcome::Reversed => "reversed",
            };
            (what, vec![("reason", turn.reason.clone()), ("on", turn.on.to_string())])
        }
        FactBody::RefundPaid(refund) => {
            let about = [
                ("method", method_name(&refund.method, methods)),
                ("reason", refund.reason.clone()),
            ];
            ("refunded", about.into_iter().chain(money(refund.amount)).collect())
        }
        FactBody::InvoiceWrittenOff(given_up) => {
            let what = if given_up.small { "small_difference" } else { "written_off" };
            let about = [("reason", given_up.reason.clone())];
            (what, about.into_iter().chain(money(given_up.amount)).collect())
        }
        FactBody::PlanAgreed(plan) => {
            let about = [
                ("instalments", plan.instalments.len().to_string()),
                ("until", plan.instalments.last()?.due_date.to_string()),
            ];
            ("plan_agreed", about.into_iter().chain(money(plan.total().ok()?)).collect())
        }
        FactBody::PlanEnded(end) => ("plan_ended", vec![("reason", end.reason.clone())]),
        _ => return None,
    };
    Some(told)
}
