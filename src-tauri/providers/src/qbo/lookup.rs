//! Finds records we may have made, in as few calls as QuickBooks' query language allows.
//!
//! Never asks for a note, which cannot be asked for, and never trusts a filter alone: what comes back
//! is compared again here, and a record that only shares a number or a name with ours is somebody
//! else's.

use super::journals::JournalEntry;
use super::wire::{Payment, Person, Rows, Sales};
use super::{attachments, client, journals, kept, removal, transform};
use crate::adapter::{Found, Wanted};
use crate::document::{
    AllocationDocument, CustomerDocument, ExternalRef, HeldAs, JournalDocument, OnAccountDocument,
    RemovalDocument, SalesDocument,
};
use crate::error::ProviderError;
use crate::fitting::{same, unusable};
use crate::http::HttpClient;
use crate::lookup::{Place, Sorted, chunks, gone, settle};
use crate::session::Session;
use chrono::TimeDelta;
use finance::money::Currency;
use std::collections::BTreeMap;

/// Days without a wanted journal entry after which a new range is asked for.
const GAP: TimeDelta = TimeDelta::days(7);

/// What is looked for among payments, which carry credit too.
struct Paid<'a> {
    at: usize,
    reference: &'a str,
    invoice: &'a str,
    currency: Currency,
}

/// Looks all of them up; one answer per wanted record, in order.
pub async fn find(
    http: &HttpClient,
    session: &Session,
    wanted: &[Wanted],
) -> Result<Vec<Found>, ProviderError> {
    let mut search = Search { http, session, found: vec![Found::Absent; wanted.len()] };
    let sorted = Sorted::of(wanted);
    let paid = sorted.payments.iter().map(|(at, it)| Paid {
        at: *at,
        reference: &it.reference,
        invoice: &it.invoice,
        currency: it.amount.currency(),
    });
    let (drawn, applied): (Vec<Place<'_, AllocationDocument>>, Vec<_>) =
        sorted.allocations.iter().partition(|(_, it)| it.held_as == HeldAs::OnAccount);
    let applied = applied.iter().map(|(at, it)| Paid {
        at: *at,
        reference: &it.reference,
        invoice: &it.invoice,
        currency: it.amount.currency(),
    });
    let paid: Vec<Paid<'_>> = paid.chain(applied).collect();
    search.sales(&sorted.invoices, true).await?;
    search.sales(&sorted.notes, false).await?;
    search.people(&sorted.customers).await?;
    search.payments(&paid).await?;
    search.kept(&sorted.kept).await?;
    search.drawn(&drawn).await?;
    search.removals(&sorted.removals).await?;
    search.journals(&sorted.journals).await?;
    for (at, ours) in &sorted.attachments {
        search.found[*at] = attachments::find(http, session, ours).await?;
    }
    Ok(search.found)
}

struct Search<'a> {
    http: &'a HttpClient,
    session: &'a Session,
    found: Vec<Found>,
}

impl Search<'_> {
    async fn sales(
        &mut self,
        wanted: &[Place<'_, SalesDocument>],
        is_invoice: bool,
    ) -> Result<(), ProviderError> {
        let name = if is_invoice { "Invoice" } else { "CreditMemo" };
        let numbers: Vec<&str> = wanted.iter().map(|(_, ours)| ours.number.as_str()).collect();
        let pick = move |rows: Rows| if is_invoice { rows.invoice } else { rows.credit_memo };
        let rows: Vec<Sales> = self.any_of(name, "DocNumber", &numbers, pick).await?;
        for (at, ours) in wanted {
            let same_number = rows
                .iter()
                .filter(|row| row.doc_number.as_deref().is_some_and(|it| same(it, &ours.number)));
            for row in same_number {
                let there = transform::sales_ref(row, is_invoice, ours.currency);
                let there = there.map_err(unusable)?;
                self.settle(*at, is_our_sale(ours, row, &there), there);
            }
        }
        Ok(())
    }

    /// A name may be a vendor's or an employee's: then it is somebody else's, and a person is told.
    async fn people(
        &mut self,
        wanted: &[Place<'_, CustomerDocument>],
    ) -> Result<(), ProviderError> {
        let lists = [
            ("Customer", "customerdetail"),
            ("Vendor", "vendordetail"),
            ("Employee", "employeedetail"),
        ];
        for (list, page) in lists {
            let pick = |rows: Rows| [rows.customer, rows.vendor, rows.employee].concat();
            let open: Vec<(usize, &CustomerDocument, String)> = wanted
                .iter()
                .filter(|(at, _)| self.found[*at] == Found::Absent)
                .map(|(at, ours)| (*at, *ours, transform::person_name(&ours.name)))
                .collect();
            let names: Vec<&str> = open.iter().map(|(_, _, name)| name.as_str()).collect();
            let rows: Vec<Person> = self.any_of(list, "DisplayName", &names, pick).await?;
            for (at, ours, name) in &open {
                let row = rows.iter().find(|row| same(&row.display_name, name));
                if let Some(row) = row {
                    let is_ours = list == "Customer"
                        && transform::carries(row.notes.as_deref(), &ours.reference);
                    self.settle(*at, is_ours, transform::person_ref(row, page));
                }
            }
        }
        Ok(())
    }

    /// A payment's note cannot be asked for, but its invoice names it.
    async fn payments(&mut self, wanted: &[Paid<'_>]) -> Result<(), ProviderError> {
        let invoices: Vec<&str> = wanted.iter().map(|paid| paid.invoice).collect();
        let invoices: Vec<Sales> =
            self.any_of("Invoice", "Id", &invoices, |rows| rows.invoice).await?;
        let ties = invoices.iter().flat_map(|invoice| &invoice.linked_txn);
        let mut ids: Vec<&str> =
            ties.filter(|tie| tie.txn_type == "Payment").map(|tie| tie.txn_id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        let rows: Vec<Payment> = self.any_of("Payment", "Id", &ids, |rows| rows.payment).await?;
        for Paid { at, reference, invoice, currency } in wanted {
            let ours =
                rows.iter().find(|row| transform::carries(row.private_note.as_deref(), reference));
            if let Some(row) = ours {
                let there = transform::payment_ref(row, invoice, reference, *currency);
                let there = there.map_err(unusable)?;
                let is_applied = there.gross.is_some_and(|gross| !gross.is_zero());
                self.settle(*at, is_applied, there);
            }
        }
        Ok(())
    }

    /// Money on account pays no invoice that could name it: it is asked for by its day.
    async fn kept(&mut self, wanted: &[Place<'_, OnAccountDocument>]) -> Result<(), ProviderError> {
        let mut days: Vec<String> = wanted.iter().map(|(_, ours)| ours.date.to_string()).collect();
        days.sort_unstable();
        days.dedup();
        let days: Vec<&str> = days.iter().map(String::as_str).collect();
        let rows: Vec<Payment> =
            self.any_of("Payment", "TxnDate", &days, |rows| rows.payment).await?;
        for (at, ours) in wanted {
            if let Some(row) = rows.iter().find(|row| kept::is_ours(row, ours)) {
                self.settle(*at, true, kept::made(row, ours).map_err(unusable)?);
            }
        }
        Ok(())
    }

    /// What is set against an invoice out of it stands in its lines.
    async fn drawn(
        &mut self,
        wanted: &[Place<'_, AllocationDocument>],
    ) -> Result<(), ProviderError> {
        let ids: Vec<&str> = wanted.iter().map(|(_, ours)| ours.credit_note.as_str()).collect();
        let rows = removal::payments(self.http, self.session, &ids).await?;
        for (at, ours) in wanted {
            let row = rows.iter().find(|row| row.id == ours.credit_note);
            let there = row.map(|row| kept::found(row, ours)).transpose().map_err(unusable)?;
            if let Some(there) = there.flatten() {
                self.settle(*at, true, there);
            }
        }
        Ok(())
    }

    /// What applies to nothing any more was taken back, deleted or voided.
    async fn removals(
        &mut self,
        wanted: &[Place<'_, RemovalDocument>],
    ) -> Result<(), ProviderError> {
        let ids: Vec<&str> = wanted.iter().map(|(_, ours)| removal::payment_of(ours)).collect();
        let rows = removal::payments(self.http, self.session, &ids).await?;
        for (at, ours) in wanted {
            let row = rows.iter().find(|row| row.id == removal::payment_of(ours));
            if !row.is_some_and(|row| removal::stands(row, ours)) {
                self.found[*at] = Found::Ours(gone(ours));
            }
        }
        Ok(())
    }

    /// By number, and what was not found so by day: somebody may have numbered it anew.
    async fn journals(
        &mut self,
        wanted: &[Place<'_, JournalDocument>],
    ) -> Result<(), ProviderError> {
        let numbers: Vec<&str> = wanted.iter().map(|(_, ours)| ours.reference.as_str()).collect();
        let rows = self.any_of("JournalEntry", "DocNumber", &numbers, |rows| rows.journal_entry);
        let rows = rows.await?;
        self.settle_journals(wanted, &rows)?;
        let is_open = |(at, _): &&Place<'_, JournalDocument>| self.found[*at] == Found::Absent;
        let mut open: Vec<Place<'_, JournalDocument>> =
            wanted.iter().filter(is_open).copied().collect();
        open.sort_by_key(|(_, ours)| ours.date);
        for part in open.chunk_by(|(_, one), (_, next)| next.date - one.date <= GAP) {
            let (Some((_, first)), Some((_, last))) = (part.first(), part.last()) else { continue };
            let query = format!(
                "select * from JournalEntry where TxnDate >= '{}' and TxnDate <= '{}'",
                first.date, last.date
            );
            let pick = |rows: Rows| rows.journal_entry;
            let rows = client::all(self.http, self.session, &query, pick).await?;
            self.settle_journals(part, &rows)?;
        }
        Ok(())
    }

    fn settle_journals(
        &mut self,
        wanted: &[Place<'_, JournalDocument>],
        rows: &[JournalEntry],
    ) -> Result<(), ProviderError> {
        for (at, ours) in wanted {
            if let Some(row) = rows.iter().find(|row| journals::is_ours(row, ours)) {
                let there = journals::entry_ref(row, ours).map_err(unusable)?;
                self.settle(*at, true, there);
            }
        }
        Ok(())
    }

    async fn any_of<T>(
        &self,
        entity: &str,
        field: &str,
        values: &[&str],
        pick: impl Fn(Rows) -> Vec<T> + Copy,
    ) -> Result<Vec<T>, ProviderError> {
        any_of((self.http, self.session), entity, field, values, pick).await
    }

    fn settle(&mut self, at: usize, is_ours: bool, found: ExternalRef) {
        settle(&mut self.found[at], is_ours, found);
    }
}

/// Every record whose field has one of the values, those made inactive too.
pub async fn any_of<T>(
    (http, session): (&HttpClient, &Session),
    entity: &str,
    field: &str,
    values: &[&str],
    pick: impl Fn(Rows) -> Vec<T> + Copy,
) -> Result<Vec<T>, ProviderError> {
    let is_person = field == "DisplayName";
    let mut found = Vec::new();
    for chunk in chunks(values, |value| value.len()) {
        let list = client::texts(chunk.iter().copied());
        let inactive = if is_person { " and Active in (true, false)" } else { "" };
        let query = format!("select * from {entity} where {field} in {list}{inactive}");
        found.append(&mut client::all(http, session, &query, pick).await?);
    }
    Ok(found)
}

/// The versions of customers, by id.
pub async fn versions(
    http: &HttpClient,
    session: &Session,
    ids: &[&str],
) -> Result<BTreeMap<String, String>, ProviderError> {
    let rows = any_of((http, session), "Customer", "Id", ids, |rows| rows.customer).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.sync_token)).collect())
}

/// The customers of invoices, by the invoice's id.
pub async fn owners(
    http: &HttpClient,
    session: &Session,
    ids: &[&str],
) -> Result<BTreeMap<String, String>, ProviderError> {
    let rows = any_of((http, session), "Invoice", "Id", ids, |rows| rows.invoice).await?;
    let owned = rows.into_iter().filter_map(|row| Some((row.id, row.customer_ref?.value)));
    Ok(owned.collect())
}

/// Ours by the machine reference, or, where a person removed it, by customer and amounts. A voided
/// sale lost its note and its amounts, and so is nobody's.
fn is_our_sale(ours: &SalesDocument, row: &Sales, there: &ExternalRef) -> bool {
    match row.private_note.as_deref().filter(|note| !note.trim().is_empty()) {
        Some(_) => {
            let voided = there.gross.is_some_and(|it| it.is_zero()) && !ours.gross.is_zero();
            transform::carries(row.private_note.as_deref(), &ours.reference) && !voided
        }
        None => {
            let customer = row.customer_ref.as_ref().map(|it| it.value.as_str());
            customer == Some(ours.customer.as_str())
                && there.gross == Some(ours.gross)
                && there.vat == Some(ours.vat)
        }
    }
}
