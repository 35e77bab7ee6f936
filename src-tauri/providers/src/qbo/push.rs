//! Sends records of one kind, and gives each of them its own outcome.
//!
//! Never sends what could not be proven first, and never sends a record twice except a change whose
//! version was refused as stale, which by contract applied nothing.

use super::outcome::{Outcome, of_reply};
use super::tax::{self, Taxes};
use super::wire::{BatchItem, Payment, Record};
use super::{attachments, client, journals, kept, lookup, removal, transform};
use crate::adapter::{Composed, PushAnswer};
use crate::document::{DocumentKind, ExportDocument, HeldAs, PushItem};
use crate::error::{ProviderError, ReferenceKind};
use crate::http::{Effect, HttpClient, unclear};
use crate::session::Session;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// What must be known of the company before these records can be written.
pub enum Known {
    /// Versions of the customers that are changed, by id.
    Versions(BTreeMap<String, String>),
    /// How sales are taxed, and whether it is in the United States.
    Taxes(Taxes),
    /// Whose each invoice is, by its id.
    Owners(BTreeMap<String, String>),
    /// The same, and the payments whose money is set against them, by id.
    Credit(BTreeMap<String, String>, BTreeMap<String, Payment>),
    /// The payments that are taken back, whole or in part, by id.
    Removed(BTreeMap<String, Payment>),
    /// Nothing: it names what it needs.
    Nothing,
}

/// A record that can be sent.
pub struct Ready<'a> {
    pub document: &'a ExportDocument,
    pub record: Record,
    /// What makes sending it twice harmless.
    pub key: String,
}

/// Sends the items. Those that cannot be put in QuickBooks' terms are refused here; the others go.
pub async fn push(http: &HttpClient, session: &Session, items: &[PushItem]) -> PushAnswer {
    if let [PushItem { document: ExportDocument::Attachment(it), idempotency_key }] = items {
        return attachments::push(http, session, it, idempotency_key).await;
    }
    let mut answer =
        PushAnswer { outcomes: Vec::new(), status: None, request_id: None, excerpt: String::new() };
    let mut outcomes: Vec<Option<Outcome>> = items.iter().map(|_| None).collect();
    let turns = turns(items);
    let last = turns.iter().max().copied().unwrap_or_default();
    // A change may meet a newer version once; it is read again and sent once more.
    for (turn, round) in (0..=last).flat_map(|turn| [(turn, 0), (turn, 1)]) {
        let open: Vec<usize> = (0..items.len())
            .filter(|at| match &outcomes[*at] {
                _ if turns[*at] != turn => false,
                None => round == 0,
                Some(outcome) => round > 0 && matches!(outcome, Outcome::Stale(_)),
            })
            .collect();
        if open.is_empty() {
            continue;
        }
        let chosen: Vec<&PushItem> = open.iter().map(|at| &items[*at]).collect();
        let results = send(http, session, &chosen, &mut answer).await;
        for (at, result) in open.into_iter().zip(results) {
            outcomes[at] = Some(result);
        }
    }
    let missing = || Err(unclear(Effect::Write, "no outcome for this record"));
    answer.outcomes =
        outcomes.into_iter().map(|it| it.map_or_else(missing, Outcome::into_result)).collect();
    answer
}

/// Of two changes of one payment only one is sent at a time: the other would meet a newer version.
fn turns(items: &[PushItem]) -> Vec<usize> {
    let mut before: BTreeMap<&str, usize> = BTreeMap::new();
    let mut turns = Vec::with_capacity(items.len());
    for item in items {
        let next = changed_payment(&item.document).map(|id| before.entry(id).or_default());
        turns.push(next.as_ref().map_or(0, |it| **it));
        if let Some(next) = next {
            *next += 1;
        }
    }
    turns
}

/// The payment that is there already and that this changes.
fn changed_payment(document: &ExportDocument) -> Option<&str> {
    match document {
        ExportDocument::CreditAllocation(it) if it.held_as == HeldAs::OnAccount => {
            Some(&it.credit_note)
        }
        ExportDocument::Removal(it) => Some(removal::payment_of(it)),
        _ => None,
    }
}

async fn send(
    http: &HttpClient,
    session: &Session,
    items: &[&PushItem],
    answer: &mut PushAnswer,
) -> Vec<Outcome> {
    let everyone = |error: ProviderError| vec![Outcome::Failed(error); items.len()];
    let known = match learn(http, session, items).await {
        Ok(known) => known,
        Err(error) => return everyone(error),
    };
    let prepared: Vec<Result<Ready<'_>, ProviderError>> =
        items.iter().map(|item| ready(item, &known)).collect();
    let going: Vec<&Ready<'_>> = prepared.iter().filter_map(|it| it.as_ref().ok()).collect();
    let mut results = Vec::new();
    if !going.is_empty() {
        match request(&going) {
            Ok((path, key, body)) => {
                let reply = client::write(http, session, path, &key, body).await;
                let documents: Vec<&ExportDocument> = going.iter().map(|it| it.document).collect();
                results = of_reply(&reply, &documents);
                (answer.status, answer.request_id) = (reply.status, reply.request_id);
                answer.excerpt = reply.excerpt;
            }
            Err(error) => return everyone(error),
        }
    }
    let mut results = results.into_iter();
    let lost = || Outcome::Failed(unclear(Effect::Write, "no outcome for this record"));
    let outcomes = prepared.into_iter().map(|it| match it {
        Ok(_) => results.next().unwrap_or_else(lost),
        Err(error) => Outcome::Failed(error),
    });
    outcomes.collect()
}

/// The request of one record, without sending it.
pub async fn compose(
    http: &HttpClient,
    session: &Session,
    item: &PushItem,
) -> Result<Composed, ProviderError> {
    let known = learn(http, session, &[item]).await?;
    let (path, _, body) = request(&[&ready(item, &known)?])?;
    Ok(Composed { path: path.to_owned(), body })
}

/// Reads what these records need; nothing is written meanwhile.
async fn learn(
    http: &HttpClient,
    session: &Session,
    items: &[&PushItem],
) -> Result<Known, ProviderError> {
    let kind = items.first().map(|item| item.document.kind()).ok_or_else(mixed)?;
    if items.iter().any(|item| item.document.kind() != kind) {
        return Err(mixed());
    }
    match kind {
        DocumentKind::Customer => {
            let changed = items.iter().filter_map(|item| match &item.document {
                ExportDocument::Customer(it) if !it.existing.is_empty() => {
                    Some(it.existing.as_str())
                }
                _ => None,
            });
            let changed: Vec<&str> = changed.collect();
            let found = lookup::versions(http, session, &changed).await?;
            Ok(Known::Versions(found))
        }
        DocumentKind::Invoice | DocumentKind::CreditNote | DocumentKind::Journal => {
            Ok(Known::Taxes(tax::fetch(http, session).await?))
        }
        DocumentKind::Payment => Ok(Known::Owners(owners(http, session, items).await?)),
        DocumentKind::CreditAllocation => {
            let owners = owners(http, session, items).await?;
            Ok(Known::Credit(owners, payments(http, session, items).await?))
        }
        DocumentKind::OnAccount => Ok(Known::Nothing),
        DocumentKind::Refund | DocumentKind::Attachment => Err(ProviderError::Unsupported),
        DocumentKind::Removal => Ok(Known::Removed(payments(http, session, items).await?)),
    }
}

/// Whose the invoices are that money or credit is for.
async fn owners(
    http: &HttpClient,
    session: &Session,
    items: &[&PushItem],
) -> Result<BTreeMap<String, String>, ProviderError> {
    let invoices = items.iter().filter_map(|item| match &item.document {
        ExportDocument::Payment(it) => Some(it.invoice.as_str()),
        ExportDocument::CreditAllocation(it) => Some(it.invoice.as_str()),
        _ => None,
    });
    let invoices: Vec<&str> = invoices.collect();
    lookup::owners(http, session, &invoices).await
}

/// The payments that are changed, as they stand there.
async fn payments(
    http: &HttpClient,
    session: &Session,
    items: &[&PushItem],
) -> Result<BTreeMap<String, Payment>, ProviderError> {
    let ids = items.iter().filter_map(|item| changed_payment(&item.document));
    let ids: Vec<&str> = ids.collect();
    let rows = removal::payments(http, session, &ids).await?;
    Ok(rows.into_iter().map(|row| (row.id.clone(), row)).collect())
}

/// A record in QuickBooks' terms.
///
/// # Errors
/// Why it cannot be sent.
pub fn ready<'a>(item: &'a PushItem, known: &Known) -> Result<Ready<'a>, ProviderError> {
    let mut key = item.idempotency_key.clone();
    let record = match (&item.document, known) {
        (ExportDocument::Customer(it), Known::Versions(_)) if it.existing.is_empty() => {
            Record::Customer(transform::customer(it, None)?)
        }
        (ExportDocument::Customer(it), Known::Versions(versions)) => {
            let version = versions
                .get(&it.existing)
                .ok_or_else(|| gone(ReferenceKind::Customer, &it.existing))?;
            // The same change of another version is another request.
            key = hash([key.as_str(), version].into_iter());
            Record::Customer(transform::customer(it, Some(version))?)
        }
        (ExportDocument::Invoice(it), Known::Taxes(taxes)) => {
            Record::Invoice(transform::sales(it, true, taxes)?)
        }
        (ExportDocument::CreditNote(it), Known::Taxes(taxes)) => {
            Record::CreditMemo(transform::sales(it, false, taxes)?)
        }
        (ExportDocument::Journal(it), Known::Taxes(taxes)) => {
            Record::JournalEntry(journals::entry(it, taxes)?)
        }
        (ExportDocument::Payment(it), Known::Owners(owners)) => {
            Record::Payment(transform::payment(it, owner(owners, &it.invoice)?)?)
        }
        (ExportDocument::CreditAllocation(it), Known::Credit(_, payments))
            if it.held_as == HeldAs::OnAccount =>
        {
            let row = named(payments, &it.credit_note)?;
            key = hash([key.as_str(), &row.sync_token].into_iter());
            Record::Kept(kept::set_against(row, it)?)
        }
        (ExportDocument::CreditAllocation(it), Known::Credit(owners, _)) => {
            Record::Payment(transform::allocation(it, owner(owners, &it.invoice)?)?)
        }
        (ExportDocument::OnAccount(it), Known::Nothing) => Record::Payment(kept::received(it)?),
        (ExportDocument::Removal(it), Known::Removed(payments)) => {
            let row = named(payments, removal::payment_of(it))?;
            key = hash([key.as_str(), &row.sync_token].into_iter());
            removal::record(it, row)?
        }
        _ => return Err(mixed()),
    };
    Ok(Ready { document: &item.document, record, key })
}

fn named<'p>(
    payments: &'p BTreeMap<String, Payment>,
    id: &str,
) -> Result<&'p Payment, ProviderError> {
    payments.get(id).ok_or_else(|| gone(ReferenceKind::Document, id))
}

fn owner<'o>(
    owners: &'o BTreeMap<String, String>,
    invoice: &str,
) -> Result<&'o str, ProviderError> {
    let owner = owners.get(invoice).map(String::as_str);
    owner.ok_or_else(|| gone(ReferenceKind::Document, invoice))
}

fn gone(kind: ReferenceKind, id: &str) -> ProviderError {
    let text = format!("{id} is not there any more");
    ProviderError::MissingReference { kind, name: id.to_owned(), text }
}

fn mixed() -> ProviderError {
    let text = "records of one kind are sent together".to_owned();
    ProviderError::BatchRefused { text }
}

/// Path, request id and body: a single record goes to its own address under its own key, several go
/// as a batch under the key of all of them, to which QuickBooks adds the id of each item.
///
/// # Errors
/// A record that cannot be written as JSON.
pub fn request(going: &[&Ready<'_>]) -> Result<(&'static str, String, String), ProviderError> {
    if let [one] = going {
        let body = match &one.record {
            Record::Customer(it) => ("customer", serde_json::to_string(it)),
            Record::Invoice(it) => ("invoice", serde_json::to_string(it)),
            Record::CreditMemo(it) => ("creditmemo", serde_json::to_string(it)),
            Record::Payment(it) => ("payment", serde_json::to_string(it)),
            Record::Kept(it) => ("payment", serde_json::to_string(it)),
            Record::JournalEntry(it) => ("journalentry", serde_json::to_string(it)),
        };
        let (path, body) = body;
        let path = if is_removal(one) { removal::PATH } else { path };
        let body =
            body.map_err(|it| ProviderError::Rejected { field: None, text: it.to_string() })?;
        return Ok((path, one.key.clone(), body));
    }
    let items: Vec<BatchItem> = going
        .iter()
        .enumerate()
        .map(|(at, it)| BatchItem {
            id: at.to_string(),
            operation: Some(match it {
                it if is_removal(it) => "delete",
                it if is_change(it) => "update",
                _ => "create",
            }),
            record: Some(it.record.clone()),
            query: None,
        })
        .collect();
    let key = hash(going.iter().map(|it| it.key.as_str()));
    Ok(("batch", key, client::batch(&items)?))
}

fn is_change(ready: &Ready<'_>) -> bool {
    match &ready.record {
        Record::Customer(it) => !it.id.is_empty(),
        Record::Kept(_) => true,
        _ => false,
    }
}

/// What is taken back in part is a change.
const fn is_removal(ready: &Ready<'_>) -> bool {
    matches!((ready.document, &ready.record), (ExportDocument::Removal(_), Record::Payment(_)))
}

/// Hex of half a SHA-256: 32 characters, of the 36 that a batch's request id may have beside the ids
/// of its items.
fn hash<'k>(keys: impl Iterator<Item = &'k str>) -> String {
    let mut hash = Sha256::new();
    for key in keys {
        hash.update(key.as_bytes());
        hash.update(b"\n");
    }
    hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
