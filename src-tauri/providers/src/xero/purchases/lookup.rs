//! Finds what we may have told Xero of purchases.
//!
//! Never trusts a filter alone, and never takes a bill for ours that does not bear our mark: the same
//! bill typed in by hand is shown to a person, or it would be paid twice.

use super::super::client::{self, Query};
use super::super::lookup::any_of;
use super::rows::{self, Bought, Listed};
use super::transform;
use crate::adapter::{Found, Wanted};
use crate::document::{DocumentKind, ExportDocument};
use crate::error::ProviderError;
use crate::fitting::{same, unusable};
use crate::http::{Effect, HttpClient, unclear};
use crate::lookup::{Place, chunks, settle};
use crate::purchase::{Purchase, PurchaseDocument, PurchaseKind, PurchaseRemoval};
use crate::session::Session;
use chrono::{Datelike, NaiveDate};

/// Looks all of them up; one answer for each, in order.
///
/// # Errors
/// What the calls brought.
pub async fn find(
    http: &HttpClient,
    session: &Session,
    wanted: &[Purchase],
) -> Result<Vec<Found>, ProviderError> {
    let mut search = Search { http, session, found: vec![Found::Absent; wanted.len()] };
    search.suppliers(wanted).await?;
    for kind in [PurchaseKind::Order, PurchaseKind::Bill, PurchaseKind::Spent] {
        let places = wanted.iter().enumerate().filter(|(_, it)| it.kind() == kind);
        let places: Vec<Place<'_, PurchaseDocument>> =
            places.filter_map(|(at, it)| Some((at, it.document()?))).collect();
        match kind {
            PurchaseKind::Spent => search.spent(&places).await?,
            _ => search.by_day(kind, &places).await?,
        }
    }
    for (at, purchase) in wanted.iter().enumerate() {
        let Purchase::Removal(ours) = purchase else { continue };
        if search.is_gone(ours).await? {
            search.found[at] = Found::Ours(rows::gone(ours));
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
    /// A supplier is a contact like a customer.
    async fn suppliers(&mut self, wanted: &[Purchase]) -> Result<(), ProviderError> {
        let suppliers = wanted.iter().enumerate().filter_map(|(at, it)| match it {
            Purchase::Supplier(supplier) => Some((at, ExportDocument::Customer(supplier.clone()))),
            _ => None,
        });
        let (places, contacts): (Vec<usize>, Vec<Wanted>) = suppliers
            .map(|(at, document)| (at, Wanted { kind: DocumentKind::Customer, document }))
            .unzip();
        if contacts.is_empty() {
            return Ok(());
        }
        let found = super::super::lookup::find(self.http, self.session, &contacts).await?;
        for (at, found) in places.into_iter().zip(found) {
            self.found[at] = found;
        }
        Ok(())
    }

    /// Bills and orders of a day, and of whatever day those with one of our numbers.
    async fn by_day(
        &mut self,
        kind: PurchaseKind,
        wanted: &[Place<'_, PurchaseDocument>],
    ) -> Result<(), ProviderError> {
        let mut days: Vec<NaiveDate> = wanted.iter().map(|(_, ours)| ours.date).collect();
        days.sort_unstable();
        days.dedup();
        for day in days {
            let of_day: Vec<_> =
                wanted.iter().filter(|(_, ours)| ours.date == day).copied().collect();
            for chunk in chunks(&of_day, |(_, ours)| ours.number.len() + FIELD_CHARS) {
                let query = match kind {
                    PurchaseKind::Order => {
                        vec![("DateFrom", day.to_string()), ("DateTo", day.to_string())]
                    }
                    _ => vec![("where", bills(day, chunk))],
                };
                let rows = self.rows(kind, &query).await?;
                self.settle(kind, chunk, &rows)?;
            }
        }
        Ok(())
    }

    async fn spent(&mut self, wanted: &[Place<'_, PurchaseDocument>]) -> Result<(), ProviderError> {
        for chunk in chunks(wanted, |(_, ours)| ours.reference.len() + FIELD_CHARS) {
            let references = chunk.iter().map(|(_, ours)| ours.reference.as_str());
            let query = vec![("where", any_of("Reference", references))];
            let rows = self.rows(PurchaseKind::Spent, &query).await?;
            self.settle(PurchaseKind::Spent, chunk, &rows)?;
        }
        Ok(())
    }

    /// Ours by the machine reference. What has our number and is not ours is somebody else's: of an
    /// order whoever it goes to, of a bill where it is the same supplier's.
    fn settle(
        &mut self,
        kind: PurchaseKind,
        wanted: &[Place<'_, PurchaseDocument>],
        rows: &[Bought],
    ) -> Result<(), ProviderError> {
        let living = rows.iter().filter(|row| row.is_kind(kind) && !row.is_gone());
        for row in living {
            for (at, ours) in wanted {
                let supplier = row.contact.as_ref().map(|it| it.contact_id.as_str());
                let has_number = !ours.number.is_empty() && same(row.number(), &ours.number);
                let is_namesake = has_number
                    && (kind == PurchaseKind::Order || supplier == Some(ours.supplier.as_str()));
                let is_ours = row.bears(&ours.reference);
                if is_ours || is_namesake {
                    let there = row.external(Some(ours.currency)).map_err(unusable)?;
                    settle(&mut self.found[*at], is_ours, there);
                }
            }
        }
        Ok(())
    }

    async fn rows(&self, kind: PurchaseKind, query: &Query) -> Result<Vec<Bought>, ProviderError> {
        let Some(path) = transform::collection(kind) else { return Ok(Vec::new()) };
        let list = (path, query);
        Ok(client::pages(self.http, self.session, list, None, Listed::rows).await?.0)
    }

    /// Whether it is gone, whoever took it back.
    async fn is_gone(&self, ours: &PurchaseRemoval) -> Result<bool, ProviderError> {
        let (name, _) = transform::removal(ours);
        let path = format!("{name}/{}", ours.existing);
        let answer = client::get(self.http, self.session, &path, &Query::new()).await?;
        if answer.status == 404 {
            return Ok(true);
        }
        let rows = client::read::<Listed>(&answer, Effect::Read)?.all();
        let row = rows.iter().find(|row| row.id() == ours.existing);
        let row = row.ok_or_else(|| unclear(Effect::Read, "an answer without the record"))?;
        Ok(row.is_gone())
    }
}

/// Room for the name of a field and the words around it.
const FIELD_CHARS: usize = 30;

/// The filter for bills of a day, or with one of these numbers. Sales that have one are told apart
/// afterwards.
fn bills(day: NaiveDate, wanted: &[Place<'_, PurchaseDocument>]) -> String {
    let (year, month, of_month) = (day.year(), day.month(), day.day());
    let dated = format!("Type==\"ACCPAY\" AND Date == DateTime({year},{month:02},{of_month:02})");
    let numbers = wanted.iter().map(|(_, ours)| ours.number.as_str());
    let numbers: Vec<&str> = numbers.filter(|number| !number.is_empty()).collect();
    match numbers.is_empty() {
        true => dated,
        false => format!("{dated} OR {}", any_of("InvoiceNumber", numbers.into_iter())),
    }
}
