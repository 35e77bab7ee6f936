//! Sends records of one kind, and gives each of them its own outcome.
//!
//! Never reads success into an answer that does not name the record that was sent.

use super::journals::{self, ManualJournal};
use super::kept::{self, BankTransaction};
use super::{attachments, client, removal, transform, wire};
use crate::adapter::{ItemOutcome, PushAnswer};
use crate::document::{DocumentKind, ExportDocument, ExternalRef, PushItem};
use crate::error::{ProviderError, ReferenceKind};
use crate::http::{Effect, HttpClient, Reply, unclear};
use crate::session::Session;
use finance::money::MoneyError;
use reqwest::Method;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use wire::{Envelope, Message};

/// Records ready to go, in Xero's types.
enum Batch {
    Contacts(Vec<wire::Contact>),
    Invoices(Vec<wire::Sales>),
    CreditNotes(Vec<wire::Sales>),
    Payments(Vec<wire::Payment>),
    BankTransactions(Vec<BankTransaction>),
    /// At this address.
    Allocations(String, Vec<wire::Allocation>),
    ManualJournals(Vec<ManualJournal>),
}

/// Sends a batch. Items that cannot be put in Xero's terms are refused here; the others go.
pub async fn push(http: &HttpClient, session: &Session, items: &[PushItem]) -> PushAnswer {
    if let [PushItem { document: ExportDocument::Removal(it), idempotency_key }] = items {
        return removal::push(http, session, it, idempotency_key).await;
    }
    if let [PushItem { document: ExportDocument::Attachment(it), idempotency_key }] = items {
        return attachments::push(http, session, it, idempotency_key).await;
    }
    let mut outcomes: Vec<Option<ItemOutcome>> = Vec::with_capacity(items.len());
    let mut sent = Vec::new();
    for item in items {
        let refusal = body(std::slice::from_ref(&item)).err();
        if refusal.is_none() {
            sent.push(item);
        }
        outcomes.push(refusal.map(Err));
    }
    let mut answer =
        PushAnswer { outcomes: Vec::new(), status: None, request_id: None, excerpt: String::new() };
    if !sent.is_empty() {
        let results = match body(&sent) {
            Ok((path, body)) => {
                let target = (method(&sent), path.as_str());
                let reply = client::write(http, session, target, body, batch_key(&sent)).await;
                let results = outcomes_of(&reply, &sent);
                (answer.status, answer.request_id) = (reply.status, reply.request_id);
                answer.excerpt = reply.excerpt;
                results
            }
            Err(error) => vec![Err(error); sent.len()],
        };
        let open = outcomes.iter_mut().filter(|outcome| outcome.is_none());
        for (outcome, result) in open.zip(results) {
            *outcome = Some(result);
        }
    }
    let missing = || Err(unclear(Effect::Write, "no outcome for this record"));
    answer.outcomes = outcomes.into_iter().map(|it| it.unwrap_or_else(missing)).collect();
    answer
}

/// Customers that are there already are changed with POST, which goes by their id. Everything else
/// is created with PUT: a POST would overwrite what has our number.
fn method(items: &[&PushItem]) -> Method {
    if items.iter().all(|item| is_change(item)) { Method::POST } else { Method::PUT }
}

fn is_change(item: &PushItem) -> bool {
    matches!(&item.document, ExportDocument::Customer(it) if !it.existing.is_empty())
}

/// Xero's key belongs to a request, ours to a record: the key of a batch is made of the keys of its
/// records in order, so that the same records in the same order are the same request. Hex of half a
/// SHA-256; Xero takes up to 128 characters.
pub fn batch_key(items: &[&PushItem]) -> String {
    joint_key(items.iter().map(|item| item.idempotency_key.as_str()))
}

/// The key of a request that holds records with these keys, in order.
pub fn joint_key<'k>(keys: impl Iterator<Item = &'k str>) -> String {
    let mut hash = Sha256::new();
    for key in keys {
        hash.update(key.as_bytes());
        hash.update(b"\n");
    }
    hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// Path and body of a request for these records.
///
/// # Errors
/// The refusal of the first record that does not fit; a batch of several kinds is refused too.
pub fn body(items: &[&PushItem]) -> Result<(String, String), ProviderError> {
    match batch(items)? {
        Batch::Contacts(rows) => Ok(("Contacts".to_owned(), envelope("Contacts", &rows)?)),
        Batch::Invoices(rows) => Ok(("Invoices".to_owned(), envelope("Invoices", &rows)?)),
        Batch::CreditNotes(rows) => Ok(("CreditNotes".to_owned(), envelope("CreditNotes", &rows)?)),
        Batch::Payments(rows) => Ok(("Payments".to_owned(), envelope("Payments", &rows)?)),
        Batch::BankTransactions(rows) => {
            Ok(("BankTransactions".to_owned(), envelope("BankTransactions", &rows)?))
        }
        Batch::ManualJournals(rows) => {
            Ok(("ManualJournals".to_owned(), envelope("ManualJournals", &rows)?))
        }
        Batch::Allocations(path, rows) => Ok((path, envelope("Allocations", &rows)?)),
    }
}

/// A body that holds these records under their name.
///
/// # Errors
/// The refusal of a record that cannot be written.
pub fn envelope<T: Serialize>(name: &str, rows: &[T]) -> Result<String, ProviderError> {
    // Nothing was sent yet, so a record that cannot be written is a refusal and not a doubt.
    serde_json::to_string(&BTreeMap::from([(name, rows)]))
        .map_err(|error| ProviderError::Rejected { field: None, text: error.to_string() })
}

fn batch(items: &[&PushItem]) -> Result<Batch, ProviderError> {
    let first = items.first().ok_or_else(mixed)?;
    if items.iter().any(|item| is_change(item) != is_change(first)) {
        return Err(mixed());
    }
    let kind = first.document.kind();
    let documents = items.iter().map(|item| &item.document);
    match kind {
        DocumentKind::Customer => {
            let rows = documents.map(|document| match document {
                ExportDocument::Customer(it) => transform::contact(it),
                _ => Err(mixed()),
            });
            Ok(Batch::Contacts(rows.collect::<Result<_, _>>()?))
        }
        DocumentKind::Invoice | DocumentKind::CreditNote => {
            let rows = documents.map(|document| match document {
                ExportDocument::Invoice(it) | ExportDocument::CreditNote(it)
                    if document.kind() == kind =>
                {
                    transform::sales(kind, it)
                }
                _ => Err(mixed()),
            });
            let rows = rows.collect::<Result<_, _>>()?;
            Ok(if kind == DocumentKind::Invoice {
                Batch::Invoices(rows)
            } else {
                Batch::CreditNotes(rows)
            })
        }
        DocumentKind::OnAccount => {
            let rows = documents.map(|document| match document {
                ExportDocument::OnAccount(it) => kept::received(it),
                _ => Err(mixed()),
            });
            Ok(Batch::BankTransactions(rows.collect::<Result<_, _>>()?))
        }
        DocumentKind::Payment => {
            let rows = documents.map(|document| match document {
                ExportDocument::Payment(it) => transform::payment(it),
                _ => Err(mixed()),
            });
            Ok(Batch::Payments(rows.collect::<Result<_, _>>()?))
        }
        DocumentKind::CreditAllocation => match items {
            [PushItem { document: ExportDocument::CreditAllocation(it), .. }] => {
                let path = removal::allocations(&it.credit_note, it.held_as);
                Ok(Batch::Allocations(path, vec![transform::allocation(it)?]))
            }
            _ => Err(mixed()),
        },
        DocumentKind::Refund => {
            let rows = documents.map(|document| match document {
                ExportDocument::Refund(it) => transform::refund(it),
                _ => Err(mixed()),
            });
            Ok(Batch::Payments(rows.collect::<Result<_, _>>()?))
        }
        DocumentKind::Journal => {
            let rows = documents.map(|document| match document {
                ExportDocument::Journal(it) => journals::journal(it),
                _ => Err(mixed()),
            });
            Ok(Batch::ManualJournals(rows.collect::<Result<_, _>>()?))
        }
        DocumentKind::Removal | DocumentKind::Attachment => Err(mixed()),
    }
}

fn mixed() -> ProviderError {
    let text =
        "records of one kind are sent together, new ones apart from changes, allocations and \
         what is taken back alone"
            .to_owned();
    ProviderError::BatchRefused { text }
}

/// One outcome per record that was sent.
fn outcomes_of(reply: &Reply, sent: &[&PushItem]) -> Vec<ItemOutcome> {
    let everyone = |error: ProviderError| vec![Err(error); sent.len()];
    // Everything else goes on without the right to bank transactions, which older sign-ins lack.
    let is_kept = matches!(sent, [PushItem { document: ExportDocument::OnAccount(_), .. }, ..]);
    if is_kept && client::is_beyond_scopes(reply) {
        let text = "The sign-in does not cover bank transactions: sign in again.".to_owned();
        return everyone(ProviderError::NotPermitted { text });
    }
    let answer = match &reply.answer {
        Ok(answer) => answer,
        Err(error) => return everyone(error.clone()),
    };
    match (answer.status, sent) {
        (404, [PushItem { document: ExportDocument::CreditAllocation(it), .. }]) => {
            return everyone(ProviderError::MissingReference {
                kind: ReferenceKind::Document,
                name: it.credit_note.clone(),
                text: answer.text.chars().take(200).collect(),
            });
        }
        (400..=499, _) => return everyone(client::refused(answer, sent.len())),
        _ => {}
    }
    let envelope: Envelope = match client::read(answer, Effect::Write) {
        Ok(envelope) => envelope,
        Err(error) => return everyone(error),
    };
    let records = envelope.records();
    let elements = elements(envelope, sent);
    if elements.len() != sent.len() || records != sent.len() {
        return everyone(unclear(Effect::Write, "an answer with another number of records"));
    }
    elements.into_iter().map(Element::outcome).collect()
}

/// What an answer says of one record.
pub struct Element {
    pub status: Option<String>,
    pub errors: Vec<Message>,
    pub is_ours: bool,
    pub external: Result<ExternalRef, MoneyError>,
}

impl Element {
    /// What became of it.
    pub fn outcome(self) -> ItemOutcome {
        if self.status.as_deref() == Some("ERROR") || !self.errors.is_empty() {
            return Err(client::of_messages(&self.errors));
        }
        let external = self
            .external
            .map_err(|error| unclear(Effect::Write, format!("an unusable amount: {error}")))?;
        let has_id = external.id.chars().any(|c| c.is_ascii_alphanumeric() && c != '0');
        if !has_id || !self.is_ours {
            return Err(unclear(Effect::Write, "an answer about another record"));
        }
        Ok(external)
    }
}

fn elements(envelope: Envelope, sent: &[&PushItem]) -> Vec<Element> {
    let documents = || sent.iter().map(|item| &item.document);
    match sent.first().map(|item| item.document.kind()) {
        Some(DocumentKind::Customer) => {
            let rows = envelope.contacts.unwrap_or_default().into_iter();
            rows.zip(documents()).map(|(row, document)| of_contact(row, document)).collect()
        }
        Some(kind @ (DocumentKind::Invoice | DocumentKind::CreditNote)) => {
            let rows = match kind {
                DocumentKind::Invoice => envelope.invoices,
                _ => envelope.credit_notes,
            };
            let rows = rows.unwrap_or_default().into_iter();
            rows.zip(documents()).filter_map(|(row, it)| of_sales(row, it)).collect()
        }
        Some(DocumentKind::OnAccount) => {
            let rows = envelope.bank_transactions.unwrap_or_default().into_iter();
            rows.zip(documents()).filter_map(|(row, it)| of_kept(row, it)).collect()
        }
        Some(DocumentKind::Payment | DocumentKind::Refund) => {
            let rows = envelope.payments.unwrap_or_default().into_iter();
            rows.zip(documents()).filter_map(|(row, it)| of_payment(row, it)).collect()
        }
        Some(DocumentKind::CreditAllocation) => {
            let rows = envelope.allocations.unwrap_or_default().into_iter();
            rows.zip(documents()).filter_map(|(row, it)| of_allocation(row, it)).collect()
        }
        Some(DocumentKind::Journal) => {
            let rows = envelope.manual_journals.unwrap_or_default().into_iter();
            rows.zip(documents()).filter_map(|(row, it)| of_journal(row, it)).collect()
        }
        Some(DocumentKind::Removal | DocumentKind::Attachment) | None => Vec::new(),
    }
}

fn of_contact(row: wire::Contact, document: &ExportDocument) -> Element {
    Element {
        is_ours: row.contact_number.as_deref() == Some(document.reference()),
        external: Ok(transform::contact_ref(&row)),
        status: row.status_attribute_string,
        errors: row.validation_errors,
    }
}

fn of_sales(row: wire::Sales, document: &ExportDocument) -> Option<Element> {
    let (ExportDocument::Invoice(ours) | ExportDocument::CreditNote(ours)) = document else {
        return None;
    };
    let number = row.invoice_number.as_ref().or(row.credit_note_number.as_ref());
    Some(Element {
        is_ours: number == Some(&ours.number),
        external: transform::sales_ref(&row, ours.currency),
        status: row.status_attribute_string,
        errors: row.validation_errors,
    })
}

fn of_payment(row: wire::Payment, document: &ExportDocument) -> Option<Element> {
    let (reference, amount) = match document {
        ExportDocument::Payment(ours) => (&ours.reference, ours.amount),
        ExportDocument::Refund(ours) => (&ours.reference, ours.amount),
        _ => return None,
    };
    let currency = amount.currency();
    Some(Element {
        is_ours: row.reference.as_ref() == Some(reference),
        external: transform::amount_ref(&row.payment_id, reference, row.amount, currency),
        status: row.status_attribute_string,
        errors: row.validation_errors,
    })
}

fn of_kept(row: BankTransaction, document: &ExportDocument) -> Option<Element> {
    let ExportDocument::OnAccount(ours) = document else { return None };
    Some(Element {
        is_ours: kept::is_answered(&row, ours),
        external: kept::made(&row, ours.amount.currency()),
        status: row.status_attribute_string,
        errors: row.validation_errors,
    })
}

fn of_allocation(row: wire::Allocation, document: &ExportDocument) -> Option<Element> {
    let ExportDocument::CreditAllocation(ours) = document else { return None };
    let invoice = row.invoice.as_ref().map(|invoice| invoice.invoice_id.as_str());
    // Xero gave allocations ids only lately; the credit note's id stands in where there is none.
    let id = Some(&row.allocation_id).filter(|id| !id.is_empty()).unwrap_or(&ours.credit_note);
    Some(Element {
        is_ours: invoice == Some(ours.invoice.as_str()),
        external: transform::amount_ref(id, "", row.amount, ours.amount.currency()),
        status: row.status_attribute_string,
        errors: row.validation_errors,
    })
}

fn of_journal(row: ManualJournal, document: &ExportDocument) -> Option<Element> {
    let ExportDocument::Journal(ours) = document else { return None };
    Some(Element {
        is_ours: journals::is_ours(&row, ours),
        external: journals::journal_ref(&row, ours),
        status: row.status_attribute_string,
        errors: row.validation_errors,
    })
}
