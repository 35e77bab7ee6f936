//! Finds money received and money paid back: by day, or by customer where that takes fewer calls.
//!
//! Never takes money for ours by its amount: it carries our reference.

use super::client::{self, PAGE_SIZE, Query};
use super::lookup::range;
use super::wire::Page;
use super::{push, transform, wire};
use crate::adapter::Found;
use crate::document::DocumentKind;
use crate::error::ProviderError;
use crate::fitting::unusable;
use crate::http::HttpClient;
use crate::lookup::settle;
use crate::session::Session;
use chrono::{NaiveDate, TimeDelta};
use finance::money::Money;
use std::collections::BTreeSet;

const PAYMENTS: &str = "reference,date,total_amount,currency,allocated_artefacts";

/// Days without a payment after which a new range is asked for.
const GAP: TimeDelta = TimeDelta::days(7);

/// What is looked for among payments: money received, or money paid back.
pub struct Paid<'a> {
    pub at: usize,
    pub reference: &'a str,
    /// The invoice or credit note it pays; empty for money on account, which its reference names.
    pub of: &'a str,
    pub whose: Whose<'a>,
    pub date: NaiveDate,
    pub amount: Money,
}

/// Whose money it is.
pub enum Whose<'a> {
    Contact(&'a str),
    /// The customer of this document.
    Of(DocumentKind, &'a str),
    Unknown,
}

/// Sage cannot search payments: they are asked for by day.
pub async fn find(
    http: &HttpClient,
    session: &Session,
    (transaction, mut wanted): (&str, Vec<Paid<'_>>),
    found: &mut [Found],
) -> Result<(), ProviderError> {
    wanted.sort_by_key(|ours| ours.date);
    for part in wanted.chunk_by(|one, next| next.date - one.date <= GAP) {
        let Some(mut query) = range(part.iter().map(|ours| ours.date)) else { continue };
        query.push(("transaction_type_id", transaction.to_owned()));
        query.push(("attributes", PAYMENTS.to_owned()));
        let rows = listed(http, session, &query, part).await?;
        for ours in part {
            for row in rows.iter().filter(|row| row.reference.as_deref() == Some(ours.reference)) {
                let there = transform::payment_ref(row, ours.amount.currency());
                let parts = &row.allocated_artefacts;
                let is_ours =
                    ours.of.is_empty() || transform::has_part(parts, ours.of, ours.amount.amount());
                settle(&mut found[ours.at], is_ours, there.map_err(unusable)?);
            }
        }
    }
    Ok(())
}

/// The money of these days; only that of the customers in question, where that takes fewer calls.
async fn listed(
    http: &HttpClient,
    session: &Session,
    query: &Query,
    wanted: &[Paid<'_>],
) -> Result<Vec<wire::Payment>, ProviderError> {
    let path = push::collection(DocumentKind::Payment);
    let mut first: Page<wire::Payment> = client::get_page(http, session, path, query, 1).await?;
    let pages = first.total.unwrap_or_default().div_ceil(PAGE_SIZE);
    // To learn the customer is one call, and the customer's money another.
    let contacts =
        if pages > 1 + 2 * wanted.len() { whose(http, session, wanted).await? } else { None };
    let Some(contacts) = contacts else {
        if first.next.is_some() {
            let rest = client::get_all(http, session, path, query, 2).await?;
            first.items.extend::<Vec<_>>(rest);
        }
        return Ok(first.items);
    };
    let mut rows = Vec::new();
    for contact in contacts {
        let query = [query.clone(), vec![("contact_id", contact)]].concat();
        rows.extend(client::get_all(http, session, path, &query, 1).await?);
    }
    Ok(rows)
}

/// The customers of all of these; nothing where one is not to be known.
async fn whose(
    http: &HttpClient,
    session: &Session,
    wanted: &[Paid<'_>],
) -> Result<Option<BTreeSet<String>>, ProviderError> {
    let mut contacts = BTreeSet::new();
    for ours in wanted {
        let (kind, id) = match ours.whose {
            Whose::Contact(contact) => {
                contacts.insert(contact.to_owned());
                continue;
            }
            Whose::Of(kind, id) => (kind, id),
            Whose::Unknown => return Ok(None),
        };
        match push::contact_of(http, session, kind, id).await {
            Ok(contact) => contacts.insert(contact),
            Err(ProviderError::MissingReference { .. }) => return Ok(None),
            Err(error) => return Err(error),
        };
    }
    Ok(Some(contacts))
}
