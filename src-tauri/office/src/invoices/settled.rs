//! What settled an invoice, as its page shows it.
//!
//! Never adds up: the book says what is open.

use crate::wire::common::Money;
use crate::wire::invoices::{CreditNoteRow, SettlementView};
use finance::allocation::CreditSource;
use finance::payment::PaymentMethod;
use store::{AllocationRow, CreditNoteRecord, WriteOffRow};

/// Money or credit set against it.
pub(super) fn allocation(row: &AllocationRow, methods: &[PaymentMethod]) -> SettlementView {
    let allocation = &row.allocation;
    let (source, source_id, label) = match allocation.source {
        CreditSource::Payment(id) => {
            ("payment", id.to_string(), method_name(&row.source_label, methods))
        }
        CreditSource::CreditNote(id) => ("credit_note", id.to_string(), row.source_label.clone()),
    };
    SettlementView {
        id: allocation.id.to_string(),
        source: source.to_owned(),
        source_id,
        label,
        reference: row.source_reference.clone(),
        date: allocation.allocated_on.to_string(),
        amount: allocation.amount.into(),
        gain: row.gain.map(Into::into),
        ended_on: row.ended_on.map(|day| day.to_string()),
        reversed: row.reversed,
    }
}

/// A rest of it that was given up.
pub(super) fn write_off(row: &WriteOffRow) -> SettlementView {
    let given_up = &row.write_off;
    SettlementView {
        id: given_up.id.to_string(),
        source: if given_up.small { "small_difference" } else { "write_off" }.to_owned(),
        source_id: String::new(),
        label: given_up.reason.clone(),
        reference: String::new(),
        date: given_up.written_off_on.to_string(),
        amount: given_up.amount.into(),
        gain: None,
        ended_on: row.ended_on.map(|day| day.to_string()),
        reversed: false,
    }
}

/// The name of a payment method, or its code where it is gone.
pub(crate) fn method_name(code: &str, methods: &[PaymentMethod]) -> String {
    let found = methods.iter().find(|method| method.code == code);
    found.map_or_else(|| code.to_owned(), |method| method.name.clone())
}

/// A credit note that takes it back.
pub(super) fn credit_note(record: &CreditNoteRecord) -> CreditNoteRow {
    let note = &record.credit_note;
    CreditNoteRow {
        id: note.id.to_string(),
        number: note.number.text.clone(),
        issue_date: note.issue_date.to_string(),
        gross: Money::from(note.totals.gross),
        reason: note.reason.clone(),
    }
}
