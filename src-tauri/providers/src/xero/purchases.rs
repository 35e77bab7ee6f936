//! What a school buys, told to Xero: contacts, bills, bank transactions and purchase orders.
//!
//! Never reads success into an answer that does not name the record that was sent.

mod changes;
mod lookup;
mod rows;
mod transform;

use super::push::{Element, envelope, joint_key};
use super::{XeroAdapter, client, push};
use crate::adapter::{Composed, Found, ItemOutcome, PushAnswer};
use crate::document::{ExportDocument, PushItem};
use crate::error::ProviderError;
use crate::http::{Effect, HttpClient, Reply, unclear};
use crate::purchase::{
    Purchase, PurchaseAdapter, PurchaseChanges, PurchaseItem, PurchaseKind, PurchaseRemoval,
};
use crate::session::Session;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use reqwest::Method;
use rows::{Bought, Listed};
use transform::Sent;

/// Records of a call, as of sales; what is taken back goes to an address of its own.
const BATCH: usize = 50;

#[async_trait]
impl PurchaseAdapter for XeroAdapter {
    fn batch_size(&self, kind: PurchaseKind) -> usize {
        if kind == PurchaseKind::Removal { 1 } else { BATCH }
    }

    async fn compose(&self, _: &Session, item: &PurchaseItem) -> Result<Composed, ProviderError> {
        if let Some(supplier) = contact(item) {
            let (path, body) = push::body(&[&supplier])?;
            return Ok(Composed { path, body });
        }
        let request = request(&[item])?;
        Ok(Composed { path: request.path, body: request.body })
    }

    async fn push(&self, session: &Session, items: &[PurchaseItem]) -> PushAnswer {
        let suppliers: Vec<PushItem> = items.iter().filter_map(contact).collect();
        match suppliers.len() == items.len() {
            true => push::push(&self.http, session, &suppliers).await,
            false => send(&self.http, session, items).await,
        }
    }

    async fn find(
        &self,
        session: &Session,
        wanted: &[Purchase],
    ) -> Result<Vec<Found>, ProviderError> {
        lookup::find(&self.http, session, wanted).await
    }

    async fn fetch_changes(
        &self,
        session: &Session,
        since: DateTime<Utc>,
    ) -> Result<PurchaseChanges, ProviderError> {
        changes::fetch(&self.http, session, since).await
    }
}

/// A supplier is a contact like a customer: what makes it one is its first bill.
fn contact(item: &PurchaseItem) -> Option<PushItem> {
    let Purchase::Supplier(supplier) = &item.purchase else { return None };
    let document = ExportDocument::Customer(supplier.clone());
    Some(PushItem { document, idempotency_key: item.idempotency_key.clone() })
}

/// A request that is ready to go.
struct Request {
    method: Method,
    path: String,
    body: String,
}

/// Everything is created with PUT, which overwrites nothing; what is taken back is a POST to its own
/// address (OpenAPI 16.1.0, `createInvoices`, `createBankTransactions`, `createPurchaseOrders` and
/// `updateInvoice`, `updateBankTransaction`, `updatePurchaseOrder`).
///
/// # Errors
/// The refusal of the first record that does not fit, or of records that do not go together.
fn request(items: &[&PurchaseItem]) -> Result<Request, ProviderError> {
    let kind = items.first().map(|item| item.purchase.kind()).ok_or_else(mixed)?;
    if items.iter().any(|item| item.purchase.kind() != kind) {
        return Err(mixed());
    }
    if let [PurchaseItem { purchase: Purchase::Removal(ours), .. }] = items {
        let (name, sent) = transform::removal(ours);
        let path = format!("{name}/{}", ours.existing);
        return Ok(Request { method: Method::POST, path, body: envelope(name, &[sent])? });
    }
    let name = transform::collection(kind).ok_or_else(mixed)?;
    let rows = items.iter().map(|item| transform::sent(&item.purchase));
    let rows: Vec<Sent> = rows.collect::<Result<_, _>>()?;
    Ok(Request { method: Method::PUT, path: name.to_owned(), body: envelope(name, &rows)? })
}

fn mixed() -> ProviderError {
    let text = "purchases of one kind are sent together, and what is taken back alone".to_owned();
    ProviderError::BatchRefused { text }
}

/// Sends a batch. Items that cannot be put in Xero's terms are refused here; the others go.
async fn send(http: &HttpClient, session: &Session, items: &[PurchaseItem]) -> PushAnswer {
    let mut answer =
        PushAnswer { outcomes: Vec::new(), status: None, request_id: None, excerpt: String::new() };
    let refusals: Vec<Option<ProviderError>> =
        items.iter().map(|item| request(&[item]).err()).collect();
    let going = items.iter().zip(&refusals).filter(|(_, refusal)| refusal.is_none());
    let going: Vec<&PurchaseItem> = going.map(|(item, _)| item).collect();
    let mut results = Vec::new();
    if !going.is_empty() {
        results = match request(&going) {
            Ok(Request { method, path, body }) => {
                let key = joint_key(going.iter().map(|item| item.idempotency_key.as_str()));
                let reply = client::write(http, session, (method, &path), body, key).await;
                let results = outcomes(&reply, &going);
                (answer.status, answer.request_id) = (reply.status, reply.request_id);
                answer.excerpt = reply.excerpt;
                results
            }
            Err(error) => vec![Err(error); going.len()],
        };
    }
    let mut results = results.into_iter();
    let missing = || Err(unclear(Effect::Write, "no outcome for this record"));
    let outcomes = refusals.into_iter();
    answer.outcomes = outcomes
        .map(|refusal| match refusal {
            Some(error) => Err(error),
            None => results.next().unwrap_or_else(missing),
        })
        .collect();
    answer
}

/// One outcome per record that was sent.
fn outcomes(reply: &Reply, sent: &[&PurchaseItem]) -> Vec<ItemOutcome> {
    let everyone = |error: ProviderError| vec![Err(error); sent.len()];
    if client::is_beyond_scopes(reply) {
        let text = "The sign-in does not cover purchases: sign in again.".to_owned();
        return everyone(ProviderError::NotPermitted { text });
    }
    let answer = match &reply.answer {
        Ok(answer) => answer,
        Err(error) => return everyone(error.clone()),
    };
    if let [PurchaseItem { purchase: Purchase::Removal(ours), .. }] = sent {
        return vec![match answer.status {
            // What is not there is gone.
            404 => Ok(rows::gone(ours)),
            400..=499 => Err(client::refused(answer, 1)),
            _ => client::read(answer, Effect::Write).and_then(|it| taken_back(it, ours)),
        }];
    }
    if (400..=499).contains(&answer.status) {
        return everyone(client::refused(answer, sent.len()));
    }
    let listed: Listed = match client::read(answer, Effect::Write) {
        Ok(listed) => listed,
        Err(error) => return everyone(error),
    };
    let there = listed.all();
    if there.len() != sent.len() {
        return everyone(unclear(Effect::Write, "an answer with another number of records"));
    }
    there.into_iter().zip(sent).map(|(row, item)| element(row, &item.purchase).outcome()).collect()
}

fn element(row: Bought, purchase: &Purchase) -> Element {
    let currency = purchase.document().map(|ours| ours.currency);
    Element {
        is_ours: row.is_kind(purchase.kind()) && row.bears(purchase.reference()),
        external: row.external(currency),
        status: row.status_attribute_string,
        errors: row.validation_errors,
    }
}

fn taken_back(listed: Listed, ours: &PurchaseRemoval) -> ItemOutcome {
    let rows = listed.all();
    let refused = rows.iter().find(|row| !row.validation_errors.is_empty());
    if let Some(row) = refused {
        return Err(client::of_messages(&row.validation_errors));
    }
    match rows.iter().any(|row| row.id() == ours.existing && row.is_gone()) {
        true => Ok(rows::gone(ours)),
        false => Err(unclear(Effect::Write, "an answer about another record")),
    }
}
