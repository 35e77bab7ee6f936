//! What settled an invoice, as its page shows it.
//!
//! Never works out what is open: the book says that.

use crate::fault::Fault;
use crate::wire::common::Money;
use crate::wire::invoices::{CreditNoteRow, SettlementView};
use finance::Currency;
use finance::allocation::CreditSource;
use finance::payment::PaymentMethod;
use store::{AllocationRow, CreditNoteRecord, InvoiceRecord, View, WriteOffRow};

/// All that was ever set against an invoice.
#[derive(Default)]
pub(super) struct Settled {
    pub notes: Vec<CreditNoteRecord>,
    pub allocations: Vec<AllocationRow>,
    pub write_offs: Vec<WriteOffRow>,
    /// To name payments by.
    pub methods: Vec<PaymentMethod>,
}

impl Settled {
    /// Reads it; of an invoice as it was issued there is nothing to ask for.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn read(view: &mut View, record: &InvoiceRecord) -> Result<Self, Fault> {
        if !record.touched {
            return Ok(Self::default());
        }
        let id = record.invoice.id;
        Ok(Self {
            notes: view.credit_notes_of(id).await?,
            allocations: view.allocations_of_invoice(id).await?,
            write_offs: view.write_offs_of(id).await?,
            methods: view.payment_methods().await?,
        })
    }

    /// What was paid and what was given up, as it holds today, in the invoice's own currency.
    ///
    /// # Errors
    /// Where the sums are larger than any money.
    pub fn sums(&self, currency: Currency) -> Result<(finance::Money, finance::Money), Fault> {
        let held = self.allocations.iter().filter(|row| row.ended_on.is_none());
        let paid = held
            .filter(|row| matches!(row.allocation.source, CreditSource::Payment(_)))
            .map(|row| row.allocation.amount);
        let given_up = self.write_offs.iter().filter(|row| row.ended_on.is_none());
        Ok((
            finance::Money::sum(currency, paid)?,
            finance::Money::sum(currency, given_up.map(|row| row.write_off.amount))?,
        ))
    }

    /// Each allocation and write-off.
    pub fn views(&self) -> Vec<SettlementView> {
        let allocations = self.allocations.iter().map(|row| allocation(row, &self.methods));
        allocations.chain(self.write_offs.iter().map(write_off)).collect()
    }
}

/// Money or credit set against it.
fn allocation(row: &AllocationRow, methods: &[PaymentMethod]) -> SettlementView {
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
fn write_off(row: &WriteOffRow) -> SettlementView {
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
