//! What an answer says of each record that was sent.
//!
//! Never reads success into an answer that does not name the record that was sent.

use super::wire::{Answered, Sales};
use super::{fault, journals, kept, removal, transform};
use crate::document::{ExportDocument, ExternalRef, HeldAs, SalesDocument};
use crate::error::ProviderError;
use crate::http::{Answer, Effect, Reply, unclear};
use crate::lookup::gone;
use finance::money::MoneyError;

/// What became of one record.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// It is there.
    There(ExternalRef),
    /// It was changed there since it was read; nothing was applied.
    Stale(ProviderError),
    /// Anything else.
    Failed(ProviderError),
}

impl Outcome {
    /// The record, or why there is none.
    pub fn into_result(self) -> Result<ExternalRef, ProviderError> {
        match self {
            Self::There(external) => Ok(external),
            Self::Stale(error) | Self::Failed(error) => Err(error),
        }
    }
}

/// One outcome per record of a call; a single record was sent to its own address.
pub fn of_reply(reply: &Reply, sent: &[&ExportDocument]) -> Vec<Outcome> {
    let everyone = |error: ProviderError| vec![Outcome::Failed(error); sent.len()];
    let answer = match &reply.answer {
        Ok(answer) => answer,
        Err(error) => return everyone(error.clone()),
    };
    let said: Answered = match serde_json::from_str(&answer.text) {
        Ok(said) => said,
        Err(_) => return everyone(unreadable(answer, sent.len())),
    };
    if let [document] = sent {
        return vec![of_record(said, document, answer.status)];
    }
    if let Some(refusal) = &said.fault {
        let meant = fault::of(refusal, None, Effect::Write);
        let whole = match meant {
            ProviderError::Rejected { text, .. }
            | ProviderError::MissingReference { text, .. }
            | ProviderError::Conflict { text } => ProviderError::BatchRefused { text },
            other => other,
        };
        return everyone(whole);
    }
    let mut parts: Vec<Option<Answered>> = sent.iter().map(|_| None).collect();
    for part in said.batch_item_response.unwrap_or_default() {
        let place = part.id.parse::<usize>().ok().and_then(|at| parts.get_mut(at));
        if let Some(place) = place {
            *place = Some(part);
        }
    }
    let outcomes = parts.into_iter().zip(sent).map(|(part, document)| match part {
        Some(part) => of_record(part, document, answer.status),
        None => Outcome::Failed(unclear(Effect::Write, "no outcome for this record")),
    });
    outcomes.collect()
}

/// A refusal without a reason, such as a gateway's; or a good status with something else inside.
fn unreadable(answer: &Answer, records: usize) -> ProviderError {
    let text: String = answer.text.chars().take(200).collect();
    match answer.status {
        400..=499 if records > 1 => ProviderError::BatchRefused { text },
        400..=499 => ProviderError::Rejected { field: None, text },
        _ => unclear(Effect::Write, "unreadable data"),
    }
}

fn of_record(said: Answered, document: &ExportDocument, status: u16) -> Outcome {
    let kind = document.kind();
    if let Some(refusal) = &said.fault {
        let error = fault::of(refusal, Some(kind), Effect::Write);
        let stale = refusal.error.iter().any(|reason| reason.code.0 == fault::STALE);
        return if stale { Outcome::Stale(error) } else { Outcome::Failed(error) };
    }
    if status >= 400 {
        let text = format!("status {status} without a reason");
        return Outcome::Failed(ProviderError::Rejected { field: None, text });
    }
    let found = match document {
        ExportDocument::Customer(ours) => said.customer.map(|row| {
            let named = if ours.existing.is_empty() {
                transform::carries(row.notes.as_deref(), &ours.reference)
            } else {
                row.id == ours.existing
            };
            (named, Ok(transform::person_ref(&row, "customerdetail")))
        }),
        ExportDocument::Invoice(ours) => said.invoice.map(|row| of_sale(&row, ours, true)),
        ExportDocument::CreditNote(ours) => said.credit_memo.map(|row| of_sale(&row, ours, false)),
        ExportDocument::Payment(ours) => said.payment.map(|row| {
            let currency = ours.amount.currency();
            let found = transform::payment_ref(&row, &ours.invoice, &ours.reference, currency);
            (transform::carries(row.private_note.as_deref(), &ours.reference), found)
        }),
        ExportDocument::OnAccount(ours) => {
            said.payment.map(|row| (kept::is_ours(&row, ours), kept::made(&row, ours)))
        }
        ExportDocument::CreditAllocation(ours) if ours.held_as == HeldAs::OnAccount => {
            said.payment.and_then(|row| kept::found(&row, ours).transpose()).map(|it| (true, it))
        }
        ExportDocument::CreditAllocation(ours) => said.payment.map(|row| {
            let currency = ours.amount.currency();
            let found = transform::payment_ref(&row, &ours.invoice, &ours.reference, currency);
            (transform::carries(row.private_note.as_deref(), &ours.reference), found)
        }),
        ExportDocument::Journal(ours) => said
            .journal_entry
            .map(|row| (journals::is_ours(&row, ours), journals::entry_ref(&row, ours))),
        ExportDocument::Refund(_) | ExportDocument::Attachment(_) => None,
        ExportDocument::Removal(ours) => {
            said.payment.map(|row| (removal::is_answered(&row, ours), Ok(gone(ours))))
        }
    };
    judged(found)
}

type Found = Option<(bool, Result<ExternalRef, MoneyError>)>;

fn judged(found: Found) -> Outcome {
    match found {
        None => Outcome::Failed(unclear(Effect::Write, "an answer without the record")),
        Some((_, Err(error))) => {
            Outcome::Failed(unclear(Effect::Write, format!("an unusable amount: {error}")))
        }
        Some((is_ours, Ok(external))) if is_ours && !external.id.is_empty() => {
            Outcome::There(external)
        }
        Some(_) => Outcome::Failed(unclear(Effect::Write, "an answer about another record")),
    }
}

fn of_sale(
    row: &Sales,
    ours: &SalesDocument,
    is_invoice: bool,
) -> (bool, Result<ExternalRef, MoneyError>) {
    let is_ours = row.doc_number.as_deref() == Some(ours.number.as_str())
        && transform::carries(row.private_note.as_deref(), &ours.reference);
    (is_ours, transform::sales_ref(row, is_invoice, ours.currency))
}
