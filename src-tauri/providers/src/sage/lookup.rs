//! Finds records we may have made, in few calls: by day where many are wanted, by reference where
//! one is. A draft of ours that was never released is released here, so that a program that died
//! between the two calls never makes a second.
//!
//! Never trusts a filter alone: what comes back is compared again here, and a record that only
//! shares a number with ours is somebody else's.

use super::client::{self, PAGE_SIZE, Query};
use super::journals::{self, Journal};
use super::paid::{self, Paid, Whose};
use super::push::{self, carries};
use super::release::{is_posted, release, released};
use super::{kept, removal, transform, wire};
use crate::adapter::{Found, Wanted};
use crate::document::{
    AllocationDocument, CustomerDocument, DocumentKind, ExternalRef, HeldAs, JournalDocument,
    SalesDocument,
};
use crate::error::ProviderError;
use crate::fitting::{same, unusable};
use crate::http::{Effect, HttpClient};
use crate::lookup::{Place, Sorted, gone, settle};
use crate::session::Session;
use chrono::{NaiveDate, TimeDelta};
use serde::de::DeserializeOwned;

const SALES: &str = "reference,notes,contact,date,status,currency,net_amount,tax_amount,\
                     total_amount,base_currency_total_amount,links";
const CONTACTS: &str = "name,reference,notes,links";
const ALLOCATIONS: &str = "date,allocated_artefacts";
const JOURNALS: &str = "reference,description,deleted_at";

/// A journal entry is never made before its day, wherever the clocks stand.
pub const MARGIN: TimeDelta = TimeDelta::days(2);

/// Looks all of them up; one answer per wanted record, in order.
pub async fn find(
    http: &HttpClient,
    session: &Session,
    wanted: &[Wanted],
) -> Result<Vec<Found>, ProviderError> {
    let mut search = Search { http, session, found: vec![Found::Absent; wanted.len()] };
    let sorted = Sorted::of(wanted);
    search.sales(DocumentKind::Invoice, &sorted.invoices).await?;
    search.sales(DocumentKind::CreditNote, &sorted.notes).await?;
    search.contacts(&sorted.customers).await?;
    let payments = sorted.payments.iter().map(|(at, it)| Paid {
        at: *at,
        reference: &it.reference,
        of: &it.invoice,
        whose: Whose::Of(DocumentKind::Invoice, &it.invoice),
        date: it.date,
        amount: it.amount,
    });
    let received = sorted.kept.iter().map(|(at, it)| Paid {
        at: *at,
        reference: &it.reference,
        of: "",
        whose: Whose::Contact(&it.customer),
        date: it.date,
        amount: it.amount,
    });
    let back = sorted.refunds.iter().map(|(at, it)| Paid {
        at: *at,
        reference: &it.reference,
        of: if it.held_as.is_credit_note() { &it.credit_note } else { "" },
        whose: if it.held_as.is_credit_note() {
            Whose::Of(DocumentKind::CreditNote, &it.credit_note)
        } else {
            Whose::Unknown
        },
        date: it.date,
        amount: it.amount,
    });
    let found = &mut search.found;
    let all = payments.chain(received).collect();
    paid::find(http, session, ("CUSTOMER_RECEIPT", all), found).await?;
    paid::find(http, session, ("CUSTOMER_REFUND", back.collect()), found).await?;
    search.allocations(&sorted.allocations).await?;
    search.journals(&sorted.journals).await?;
    for (at, ours) in &sorted.removals {
        if removal::is_done(http, session, ours).await? {
            search.found[*at] = Found::Ours(gone(ours));
        }
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
        kind: DocumentKind,
        wanted: &[Place<'_, SalesDocument>],
    ) -> Result<(), ProviderError> {
        let Some(range) = range(wanted.iter().map(|(_, ours)| ours.date)) else { return Ok(()) };
        let terms: Vec<&str> = wanted.iter().map(|(_, ours)| ours.number.as_str()).collect();
        let rows: Vec<wire::Sales> =
            self.listed(push::collection(kind), SALES, &range, &terms).await?;
        for (at, ours) in wanted {
            self.found[*at] = self.judge(kind, ours, &rows).await?;
        }
        Ok(())
    }

    /// What stands in the accounts comes before a draft: of two, the second must not be released.
    async fn judge(
        &self,
        kind: DocumentKind,
        ours: &SalesDocument,
        rows: &[wire::Sales],
    ) -> Result<Found, ProviderError> {
        let shown = |row: &wire::Sales| transform::sales_ref(row, ours.currency).map_err(unusable);
        let is = |row: &wire::Sales, status: fn(&str) -> bool| {
            row.status.as_ref().is_some_and(|it| status(&it.id))
        };
        let mine = |row: &&wire::Sales| is_our_sale(ours, row);
        if let Some(row) = rows.iter().filter(mine).find(|row| is(row, is_posted)) {
            return Ok(Found::Ours(shown(row)?));
        }
        if let Some(row) = rows.iter().filter(mine).find(|row| is(row, |it| it == "DRAFT")) {
            return self.go_on(kind, ours, row).await;
        }
        let same_number = |row: &&wire::Sales| {
            mine(row) || row.reference.as_deref().is_some_and(|it| same(it, &ours.number))
        };
        rows.iter()
            .find(same_number)
            .map_or(Ok(Found::Absent), |row| Ok(Found::Foreign(shown(row)?)))
    }

    /// Releases a draft of ours that is still what we made it. A draft that was changed, or that
    /// Sage will not take into the accounts, is left for a person.
    async fn go_on(
        &self,
        kind: DocumentKind,
        ours: &SalesDocument,
        draft: &wire::Sales,
    ) -> Result<Found, ProviderError> {
        let shown = |row: &wire::Sales| transform::sales_ref(row, ours.currency).map_err(unusable);
        if transform::agreed(draft, ours).is_err() {
            return Ok(Found::Foreign(shown(draft)?));
        }
        let reply = release(self.http, self.session, kind, &draft.id).await;
        match released(&reply, kind, &draft.id) {
            Ok(row) => Ok(Found::Ours(shown(&row)?)),
            Err(error) if push::is_definite(&error) => Ok(Found::Foreign(shown(draft)?)),
            Err(error) => Err(error),
        }
    }

    async fn contacts(
        &mut self,
        wanted: &[Place<'_, CustomerDocument>],
    ) -> Result<(), ProviderError> {
        let range = vec![("contact_type_id", "CUSTOMER".to_owned())];
        let terms: Vec<&str> = wanted.iter().map(|(_, ours)| term(ours)).collect();
        let rows: Vec<wire::Contact> = self.listed("contacts", CONTACTS, &range, &terms).await?;
        for (at, ours) in wanted {
            let is_marked = |row: &&wire::Contact| carries(&row.notes, &ours.reference);
            let number = transform::contact_reference(&ours.number);
            let has_number = |row: &&wire::Contact| {
                number.is_some_and(|number| row.reference.as_deref() == Some(number))
            };
            if let Some(row) = rows.iter().find(is_marked) {
                self.found[*at] = Found::Ours(transform::contact_ref(row));
            } else if let Some(row) = rows.iter().find(has_number) {
                let unclaimed = row.notes.as_deref().is_none_or(str::is_empty);
                let name = transform::contact_name(&ours.name);
                let same_name = row.name.as_deref().is_some_and(|it| same(it, &name));
                let there = transform::contact_ref(row);
                self.found[*at] =
                    if unclaimed && same_name { Found::Ours(there) } else { Found::Foreign(there) };
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
        let held = |it: &AllocationDocument| (it.credit_note.clone(), it.held_as);
        let mut notes: Vec<(String, HeldAs)> = wanted.iter().map(|(_, it)| held(it)).collect();
        notes.sort_unstable();
        notes.dedup();
        for note in notes {
            let holder = match self.holder(&note.0, note.1).await {
                Ok(holder) => holder,
                Err(ProviderError::MissingReference { .. }) => continue,
                Err(error) => return Err(error),
            };
            let mut rows = self.allocations_of(&holder.contact).await?;
            for (at, ours) in wanted.iter().filter(|(_, it)| held(it) == note) {
                let named = kept::naming(ours, &holder);
                let is_ours = |row: &wire::Allocation| {
                    transform::is_our_allocation(row, &named)
                        && row.date.is_none_or(|date| date == ours.date)
                };
                let Some(index) = rows.iter().position(is_ours) else { continue };
                let row = rows.swap_remove(index);
                self.settle(*at, true, transform::allocation_ref(&row, ours));
            }
        }
        Ok(())
    }

    /// Whose credit it is, and what names it there.
    async fn holder(&self, id: &str, held_as: HeldAs) -> Result<kept::Holder, ProviderError> {
        if held_as == HeldAs::OnAccount {
            return kept::holder(self.http, self.session, id).await;
        }
        let kind = DocumentKind::CreditNote;
        let contact = push::contact_of(self.http, self.session, kind, id).await?;
        Ok(kept::Holder { contact, artefact: id.to_owned() })
    }

    /// Every allocation of a customer.
    async fn allocations_of(&self, contact: &str) -> Result<Vec<wire::Allocation>, ProviderError> {
        let query = vec![
            ("contact_id", contact.to_owned()),
            ("transaction_type_id", "CUSTOMER_ALLOCATION".to_owned()),
            ("attributes", ALLOCATIONS.to_owned()),
        ];
        let path = push::collection(DocumentKind::CreditAllocation);
        client::get_all(self.http, self.session, path, &query, 1).await
    }

    /// Sage lists journals by when they were made and by nothing else.
    async fn journals(
        &mut self,
        wanted: &[Place<'_, JournalDocument>],
    ) -> Result<(), ProviderError> {
        let Some(first) = wanted.iter().map(|(_, ours)| ours.date).min() else { return Ok(()) };
        let since = first.checked_sub_signed(MARGIN).unwrap_or(first);
        let query = vec![
            ("updated_or_created_since", format!("{since}T00:00:00Z")),
            ("attributes", JOURNALS.to_owned()),
        ];
        let path = push::collection(DocumentKind::Journal);
        let rows: Vec<Journal> = client::get_all(self.http, self.session, path, &query, 1).await?;
        for (at, ours) in wanted {
            let Some(row) = rows.iter().find(|row| journals::is_ours(row, ours)) else { continue };
            let path = format!("{path}/{}", row.id);
            let query = vec![("attributes", "all".to_owned())];
            let answer = client::get(self.http, self.session, &path, &query).await?;
            // Somebody may take it back meanwhile.
            if answer.status == 404 {
                continue;
            }
            let row: Journal = client::read(&answer, Effect::Read)?;
            if journals::is_ours(&row, ours) {
                self.settle(*at, true, journals::journal_ref(&row, ours).map_err(unusable)?);
            }
        }
        Ok(())
    }

    /// One wanted record is searched for. Of several the range is listed, unless that would take
    /// more calls than searching for each: then these are at most one more than there are records.
    async fn listed<T: DeserializeOwned>(
        &self,
        path: &str,
        attributes: &str,
        range: &Query,
        terms: &[&str],
    ) -> Result<Vec<T>, ProviderError> {
        let shown = ("attributes", attributes.to_owned());
        let mut rows = Vec::new();
        if terms.len() > 1 {
            let query = [range.clone(), vec![shown.clone()]].concat();
            let mut page = client::get_page::<T>(self.http, self.session, path, &query, 1).await?;
            rows.append(&mut page.items);
            let pages = page.total.unwrap_or(usize::MAX).div_ceil(PAGE_SIZE);
            if page.next.is_none() {
                return Ok(rows);
            }
            if pages - 1 <= terms.len() {
                rows.extend(client::get_all(self.http, self.session, path, &query, 2).await?);
                return Ok(rows);
            }
        }
        for term in terms {
            let query = vec![("search", (*term).to_owned()), shown.clone()];
            rows.extend(client::get_all(self.http, self.session, path, &query, 1).await?);
        }
        Ok(rows)
    }

    fn settle(&mut self, at: usize, is_ours: bool, found: ExternalRef) {
        settle(&mut self.found[at], is_ours, found);
    }
}

/// What a customer is searched for by: notes are not searched.
fn term(ours: &CustomerDocument) -> &str {
    transform::contact_reference(&ours.number).unwrap_or_else(|| ours.name.trim())
}

/// The days of all records. Whether Sage counts the days themselves is said nowhere, so one more
/// is asked for on either side.
pub fn range(days: impl Iterator<Item = NaiveDate> + Clone) -> Option<Query> {
    let (first, last) = (days.clone().min()?, days.max()?);
    let from = first.pred_opt().unwrap_or(first);
    let to = last.succ_opt().unwrap_or(last);
    Some(vec![("from_date", from.to_string()), ("to_date", to.to_string())])
}

/// Ours by the machine reference, or, where a person removed it, by number, customer and amounts.
fn is_our_sale(ours: &SalesDocument, row: &wire::Sales) -> bool {
    match row.notes.as_deref().filter(|notes| !notes.is_empty()) {
        Some(_) => carries(&row.notes, &ours.reference),
        None => {
            let customer = row.contact.as_ref().map(|it| it.id.as_str());
            row.reference.as_deref().is_some_and(|it| same(it, &ours.number))
                && customer == Some(ours.customer.as_str())
                && transform::agreed(row, ours).is_ok()
        }
    }
}
