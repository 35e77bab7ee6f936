//! Finds records we may have made, in as few calls as Xero's filters allow.
//!
//! Never trusts a filter alone: what comes back is compared again here, and a record that only
//! shares a number or a name with ours is somebody else's.

use super::client::{self, Query};
use super::{transform, wire};
use crate::adapter::{Found, Wanted};
use crate::document::{AllocationDocument, CustomerDocument, ExportDocument, SalesDocument};
use crate::error::ProviderError;
use crate::http::{Effect, HttpClient, unclear};
use crate::session::Session;
use finance::money::MoneyError;
use wire::Envelope;

/// Records asked for in one call, and characters of one filter: long addresses are cut by gateways.
const CHUNK_ITEMS: usize = 40;
const CHUNK_CHARS: usize = 1500;

/// One wanted record of a kind, with its place in the answer.
type Place<'a, T> = (usize, &'a T);

/// Looks all of them up; one answer per wanted record, in order.
pub async fn find(
    http: &HttpClient,
    session: &Session,
    wanted: &[Wanted],
) -> Result<Vec<Found>, ProviderError> {
    let mut search = Search { http, session, found: vec![Found::Absent; wanted.len()] };
    let (mut customers, mut invoices, mut notes) = (Vec::new(), Vec::new(), Vec::new());
    let (mut payments, mut allocations) = (Vec::new(), Vec::new());
    for (at, one) in wanted.iter().enumerate() {
        match &one.document {
            // A change cannot be told from what was there before: it counts as not made, and
            // making it again does no harm.
            ExportDocument::Customer(it) if !it.existing.is_empty() => {}
            ExportDocument::Customer(it) => customers.push((at, it)),
            ExportDocument::Invoice(it) => invoices.push((at, it)),
            ExportDocument::CreditNote(it) => notes.push((at, it)),
            ExportDocument::Payment(it) => payments.push((at, it)),
            ExportDocument::CreditAllocation(it) => allocations.push((at, it)),
        }
    }
    search.invoices(&invoices).await?;
    search.credit_notes(&notes).await?;
    search.contacts(&customers).await?;
    search.payments(&payments).await?;
    search.allocations(&allocations).await?;
    Ok(search.found)
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
        Ok(())
    }

    async fn payments(
        &mut self,
        wanted: &[Place<'_, crate::document::PaymentDocument>],
    ) -> Result<(), ProviderError> {
        for chunk in chunks(wanted, |(_, ours)| ours.reference.len() + FIELD_CHARS) {
            let references = chunk.iter().map(|(_, ours)| ours.reference.as_str());
            let query = vec![("where", any_of("Reference", references))];
            let rows = self.rows("Payments", query, |it| it.payments).await?;
            for (at, ours) in chunk {
                let with_reference = rows.iter().filter(|row| {
                    row.reference.as_deref() == Some(ours.reference.as_str())
                        && row.status.as_deref() != Some("DELETED")
                });
                for row in with_reference {
                    let currency = ours.amount.currency();
                    let (id, number) = (&row.payment_id, &ours.reference);
                    let found = transform::amount_ref(id, number, row.amount, currency)
                        .map_err(unusable)?;
                    let invoice = row.invoice.as_ref().map(|it| it.invoice_id.as_str());
                    self.settle(*at, invoice == Some(ours.invoice.as_str()), found);
                }
            }
        }
        Ok(())
    }

    /// An allocation carries no reference: it is known by its credit note, invoice, day and amount,
    /// and each one there answers for one of ours only.
    async fn allocations(
        &mut self,
        wanted: &[Place<'_, AllocationDocument>],
    ) -> Result<(), ProviderError> {
        let mut notes: Vec<&str> = wanted.iter().map(|(_, it)| it.credit_note.as_str()).collect();
        notes.sort_unstable();
        notes.dedup();
        for note in notes {
            let mut rows = self.allocations_of(note).await?;
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

    async fn allocations_of(&self, note: &str) -> Result<Vec<wire::Allocation>, ProviderError> {
        let path = format!("CreditNotes/{note}");
        let answer = client::get(self.http, self.session, &path, &Query::new()).await?;
        if answer.status == 404 {
            return Ok(Vec::new());
        }
        let envelope: Envelope = client::read(&answer, Effect::Read)?;
        let notes = envelope.credit_notes.unwrap_or_default();
        Ok(notes.into_iter().flat_map(|note| note.allocations).collect())
    }

    async fn rows<T>(
        &self,
        path: &str,
        query: Query,
        rows: impl Fn(Envelope) -> Option<Vec<T>>,
    ) -> Result<Vec<T>, ProviderError> {
        client::get_all(self.http, self.session, path, &query, rows).await
    }

    /// What is ours wins over what is not.
    fn settle(&mut self, at: usize, is_ours: bool, found: crate::document::ExternalRef) {
        match (&self.found[at], is_ours) {
            (Found::Ours(_), _) => {}
            (_, true) => self.found[at] = Found::Ours(found),
            (Found::Absent, false) => self.found[at] = Found::Foreign(found),
            (Found::Foreign(_), false) => {}
        }
    }
}

/// Ours by the machine reference, or, where a person removed it, by customer and amounts.
fn is_our_sale(
    ours: &SalesDocument,
    row: &wire::Sales,
    found: &crate::document::ExternalRef,
) -> bool {
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

fn unusable(error: MoneyError) -> ProviderError {
    unclear(Effect::Read, format!("an unusable amount: {error}"))
}

/// Xero compares numbers and names without regard to case.
fn same(theirs: &str, ours: &str) -> bool {
    theirs.trim().to_lowercase() == ours.trim().to_lowercase()
}

/// Room for the name of a field and the words around it.
const FIELD_CHARS: usize = 30;

/// Splits into calls of bounded size.
fn chunks<T>(items: &[T], chars: impl Fn(&T) -> usize) -> Vec<&[T]> {
    let mut parts = Vec::new();
    let (mut start, mut length) = (0, 0);
    for (at, item) in items.iter().enumerate() {
        let own = chars(item);
        if at > start && (at - start == CHUNK_ITEMS || length + own > CHUNK_CHARS) {
            parts.push(&items[start..at]);
            (start, length) = (at, 0);
        }
        length += own;
    }
    if start < items.len() {
        parts.push(&items[start..]);
    }
    parts
}

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
