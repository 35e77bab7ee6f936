//! Finds records we may have made, in as few calls as Xero's filters allow.
//!
//! Never trusts a filter alone: what comes back is compared again here, and a record that only
//! shares a number or a name with ours is somebody else's.

use super::client::{self, Query};
use super::{attachments, journals, kept, removal, transform, wire};
use crate::adapter::{Found, Wanted};
use crate::document::{
    AllocationDocument, CustomerDocument, ExternalRef, JournalDocument, SalesDocument,
};
use crate::error::ProviderError;
use crate::fitting::{same, unusable};
use crate::http::{Effect, HttpClient};
use crate::lookup::{Place, Sorted, chunks, gone, settle};
use crate::session::Session;
use chrono::NaiveDate;
use finance::money::Currency;
use wire::Envelope;

/// Looks all of them up; one answer per wanted record, in order.
pub async fn find(
    http: &HttpClient,
    session: &Session,
    wanted: &[Wanted],
) -> Result<Vec<Found>, ProviderError> {
    let mut search = Search { http, session, found: vec![Found::Absent; wanted.len()] };
    let sorted = Sorted::of(wanted);
    search.invoices(&sorted.invoices).await?;
    search.credit_notes(&sorted.notes).await?;
    search.contacts(&sorted.customers).await?;
    for (at, there) in kept::find(http, session, &sorted.kept).await? {
        search.found[at] = Found::Ours(there);
    }
    let paid = sorted.payments.iter().map(|(at, it)| Paid {
        at: *at,
        reference: &it.reference,
        of: &it.invoice,
        currency: it.amount.currency(),
    });
    let back = sorted.refunds.iter().map(|(at, it)| Paid {
        at: *at,
        reference: &it.reference,
        of: &it.credit_note,
        currency: it.amount.currency(),
    });
    search.payments(&paid.chain(back).collect::<Vec<_>>()).await?;
    search.allocations(&sorted.allocations).await?;
    search.journals(&sorted.journals).await?;
    for (at, ours) in &sorted.attachments {
        search.found[*at] = attachments::find(http, session, ours).await?;
    }
    for (at, ours) in &sorted.removals {
        if removal::is_done(http, session, ours).await? {
            search.found[*at] = Found::Ours(gone(ours));
        }
    }
    Ok(search.found)
}

/// What is looked for among payments: money received, and money paid back.
struct Paid<'a> {
    at: usize,
    reference: &'a str,
    /// The invoice, credit note or money on account it pays.
    of: &'a str,
    currency: Currency,
}

struct Search<'a> {
    http: &'a HttpClient,
    session: &'a Session,
    found: Vec<Found>,
}

impl Search<'_> {
    async fn invoices(&mut self, wanted: &[Place<'_, SalesDocument>]) -> Result<(), ProviderError> {
        // The list parameter is Xero's fastest filter, but a comma in a number would split it.
        let (odd, plain): (Vec<_>, Vec<_>) =
            wanted.iter().partition(|(_, ours)| ours.number.contains(','));
        for chunk in chunks(&plain, |(_, ours)| ours.number.len()) {
            let numbers: Vec<&str> = chunk.iter().map(|(_, it)| it.number.as_str()).collect();
            let query = vec![("InvoiceNumbers", numbers.join(","))];
            let rows = self.rows("Invoices", query, |it| it.invoices).await?;
            self.settle_sales(chunk, &rows, "ACCREC")?;
        }
        for chunk in chunks(&odd, |(_, ours)| ours.number.len()) {
            let numbers = chunk.iter().map(|(_, ours)| ours.number.as_str());
            let query = vec![("where", any_of("InvoiceNumber", numbers))];
            let rows = self.rows("Invoices", query, |it| it.invoices).await?;
            self.settle_sales(chunk, &rows, "ACCREC")?;
        }
        Ok(())
    }

    async fn credit_notes(
        &mut self,
        wanted: &[Place<'_, SalesDocument>],
    ) -> Result<(), ProviderError> {
        for chunk in chunks(wanted, |(_, ours)| ours.number.len() + FIELD_CHARS) {
            let numbers = chunk.iter().map(|(_, ours)| ours.number.as_str());
            let query = vec![("where", any_of("CreditNoteNumber", numbers))];
            let rows = self.rows("CreditNotes", query, |it| it.credit_notes).await?;
            self.settle_sales(chunk, &rows, "ACCRECCREDIT")?;
        }
        Ok(())
    }

    fn settle_sales(
        &mut self,
        chunk: &[Place<'_, SalesDocument>],
        rows: &[wire::Sales],
        kind: &str,
    ) -> Result<(), ProviderError> {
        for (at, ours) in chunk {
            let same_number = rows.iter().filter(|row| {
                let number = row.invoice_number.as_ref().or(row.credit_note_number.as_ref());
                let alive = row.status.as_deref() != Some("DELETED");
                alive && row.kind == kind && number.is_some_and(|it| same(it, &ours.number))
            });
            for row in same_number {
                let found = transform::sales_ref(row, ours.currency).map_err(unusable)?;
                let voided = row.status.as_deref() == Some("VOIDED");
                self.settle(*at, is_our_sale(ours, row, &found) && !voided, found);
            }
        }
        Ok(())
    }

    async fn contacts(
        &mut self,
        wanted: &[Place<'_, CustomerDocument>],
    ) -> Result<(), ProviderError> {
        for chunk in chunks(wanted, |(_, ours)| ours.reference.len() + FIELD_CHARS) {
            let numbers = chunk.iter().map(|(_, ours)| ours.reference.as_str());
            let query = vec![
                ("where", any_of("ContactNumber", numbers)),
                ("includeArchived", "true".to_owned()),
            ];
            let rows = self.rows("Contacts", query, |it| it.contacts).await?;
            for (at, ours) in chunk {
                let is_ours = |row: &&wire::Contact| {
                    row.contact_number.as_deref() == Some(ours.reference.as_str())
                };
                if let Some(row) = rows.iter().find(is_ours) {
                    self.settle(*at, true, transform::contact_ref(row));
                }
            }
        }
        let mut left: Vec<_> = wanted.to_vec();
        left.retain(|(at, _)| self.found[*at] == Found::Absent);
        for chunk in chunks(&left, |(_, ours)| ours.name.len() + 2 * FIELD_CHARS) {
            let names: Vec<String> =
                chunk.iter().map(|(_, ours)| transform::contact_name(&ours.name)).collect();
            let query = vec![("where", any_of("Name", names.iter().map(String::as_str)))];
            let rows = self.rows("Contacts", query, |it| it.contacts).await?;
            for ((at, ours), name) in chunk.iter().zip(&names) {
                let has_name =
                    |row: &&wire::Contact| row.name.as_ref().is_some_and(|it| same(it, name));
                if let Some(row) = rows.iter().find(has_name) {
                    let unclaimed = row.contact_number.as_deref().is_none_or(str::is_empty);
                    let same_number = row.account_number.as_deref() == Some(ours.number.as_str());
                    let is_ours = unclaimed && same_number && !ours.number.is_empty();
                    self.settle(*at, is_ours, transform::contact_ref(row));
                }
            }
        }
        left.retain(|(at, ours)| self.found[*at] == Found::Absent && !ours.number.is_empty());
        self.account_numbers(&left).await
    }

    /// A customer's number is used once, also by contacts that were archived.
    async fn account_numbers(
        &mut self,
        wanted: &[Place<'_, CustomerDocument>],
    ) -> Result<(), ProviderError> {
        for chunk in chunks(wanted, |(_, ours)| ours.number.len() + FIELD_CHARS) {
            let numbers = chunk.iter().map(|(_, ours)| ours.number.as_str());
            let query = vec![
                ("where", any_of("AccountNumber", numbers)),
                ("includeArchived", "true".to_owned()),
            ];
            let rows = self.rows("Contacts", query, |it| it.contacts).await?;
            for (at, ours) in chunk {
                let has_number =
                    |row: &&wire::Contact| row.account_number.as_deref() == Some(&*ours.number);
                if let Some(row) = rows.iter().find(has_number) {
                    self.settle(*at, false, transform::contact_ref(row));
                }
            }
        }
        Ok(())
    }

    async fn payments(&mut self, wanted: &[Paid<'_>]) -> Result<(), ProviderError> {
        for chunk in chunks(wanted, |ours| ours.reference.len() + FIELD_CHARS) {
            let references = chunk.iter().map(|ours| ours.reference);
            let query = vec![("where", any_of("Reference", references))];
            let rows = self.rows("Payments", query, |it| it.payments).await?;
            for ours in chunk {
                let with_reference = rows.iter().filter(|row| {
                    row.reference.as_deref() == Some(ours.reference)
                        && row.status.as_deref() != Some("DELETED")
                });
                for row in with_reference {
                    let (id, number) = (&row.payment_id, ours.reference);
                    let found = transform::amount_ref(id, number, row.amount, ours.currency)
                        .map_err(unusable)?;
                    let invoice = row.invoice.as_ref().map(|it| it.invoice_id.clone());
                    let note = row.credit_note.as_ref().map(|it| it.credit_note_id.clone());
                    let paid = invoice.or(note).or_else(|| kept::source(row));
                    self.settle(ours.at, paid.as_deref() == Some(ours.of), found);
                }
            }
        }
        Ok(())
    }

    /// An allocation carries no reference: it is known by what holds its credit, invoice, day and
    /// amount, and each one there answers for one of ours only.
    async fn allocations(
        &mut self,
        wanted: &[Place<'_, AllocationDocument>],
    ) -> Result<(), ProviderError> {
        let held = |it: &AllocationDocument| removal::holder(&it.credit_note, it.held_as);
        let mut notes: Vec<(String, &str)> =
            wanted.iter().map(|(_, it)| (held(it), it.credit_note.as_str())).collect();
        notes.sort_unstable();
        notes.dedup();
        for (path, note) in notes {
            let mut rows = self.allocations_at(&path).await?;
            for (at, ours) in wanted.iter().filter(|(_, it)| it.credit_note == note) {
                let is_ours = |row: &wire::Allocation| {
                    let amount = row.amount.map(|amount| amount.0);
                    let invoice = row.invoice.as_ref().map(|it| it.invoice_id.as_str());
                    !row.is_deleted
                        && amount == Some(ours.amount.amount())
                        && row.date.is_none_or(|date| date.0 == ours.date)
                        && invoice == Some(ours.invoice.as_str())
                };
                let Some(index) = rows.iter().position(is_ours) else { continue };
                let row = rows.swap_remove(index);
                let id = Some(row.allocation_id.as_str()).filter(|id| !id.is_empty());
                let id = id.unwrap_or(note);
                let found = transform::amount_ref(id, "", row.amount, ours.amount.currency())
                    .map_err(unusable)?;
                self.settle(*at, true, found);
            }
        }
        Ok(())
    }

    /// A manual journal has no field for a reference: it is told apart by its narration among those
    /// of its day.
    async fn journals(
        &mut self,
        wanted: &[Place<'_, JournalDocument>],
    ) -> Result<(), ProviderError> {
        let mut days: Vec<NaiveDate> = wanted.iter().map(|(_, ours)| ours.date).collect();
        days.sort_unstable();
        days.dedup();
        for day in days {
            let query = vec![("where", journals::dated(day))];
            let rows = self.rows("ManualJournals", query, |it| it.manual_journals).await?;
            for (at, ours) in wanted.iter().filter(|(_, ours)| ours.date == day) {
                let found = rows.iter().find(|row| row.counts() && journals::is_ours(row, ours));
                if let Some(row) = found {
                    let there = journals::journal_ref(row, ours).map_err(unusable)?;
                    self.settle(*at, true, there);
                }
            }
        }
        Ok(())
    }

    async fn allocations_at(&self, path: &str) -> Result<Vec<wire::Allocation>, ProviderError> {
        let answer = client::get(self.http, self.session, path, &Query::new()).await?;
        if answer.status == 404 {
            return Ok(Vec::new());
        }
        let envelope: Envelope = client::read(&answer, Effect::Read)?;
        Ok(removal::allocated(envelope))
    }

    async fn rows<T>(
        &self,
        path: &str,
        query: Query,
        rows: impl Fn(Envelope) -> Option<Vec<T>>,
    ) -> Result<Vec<T>, ProviderError> {
        client::get_all(self.http, self.session, path, &query, rows).await
    }

    fn settle(&mut self, at: usize, is_ours: bool, found: ExternalRef) {
        settle(&mut self.found[at], is_ours, found);
    }
}

/// Ours by the machine reference, or, where a person removed it, by customer and amounts.
fn is_our_sale(ours: &SalesDocument, row: &wire::Sales, found: &ExternalRef) -> bool {
    match row.reference.as_deref().filter(|it| !it.is_empty()) {
        Some(reference) => reference == ours.reference,
        None => {
            let customer = row.contact.as_ref().map(|it| it.contact_id.as_str());
            customer == Some(ours.customer.as_str())
                && found.gross == Some(ours.gross)
                && found.vat == Some(ours.vat)
        }
    }
}

/// Room for the name of a field and the words around it.
const FIELD_CHARS: usize = 30;

/// A filter that lets through at least every record with one of these values.
pub fn any_of<'v>(field: &str, values: impl Iterator<Item = &'v str>) -> String {
    let clauses: Vec<String> = values.map(|value| clause(field, value)).collect();
    clauses.join(" OR ")
}

/// How a quote is written inside Xero's filter language is documented nowhere, and typographic
/// characters have been changed on the way; so such a value is asked for by its longest plain
/// piece, and compared whole afterwards.
fn clause(field: &str, value: &str) -> String {
    let needs_care =
        |c: char| matches!(c, '"' | '\\' | '\u{2010}'..='\u{203A}' | '\u{00A0}') || c.is_control();
    if !value.contains(needs_care) {
        return format!("{field}==\"{value}\"");
    }
    let piece = value.split(needs_care).max_by_key(|piece| piece.len()).unwrap_or_default();
    format!("{field}!=null AND {field}.Contains(\"{}\")", piece.trim())
}
