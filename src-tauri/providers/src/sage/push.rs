//! Records on their way to Sage, one at a time, and what its answers mean for each.
//!
//! Never calls a record done by guess, and never leaves a document in the accounts whose sums are
//! not ours: an invoice or credit note goes as a draft, is held against ours, and is released only
//! then. After a call that got no answer nothing more of the batch is sent.

use super::client;
use super::release::{release, released};
use super::{journals, kept, removal, transform, wire};
use crate::adapter::{Composed, ItemOutcome, PushAnswer};
use crate::document::{
    AllocationDocument, CustomerDocument, DocumentKind, ExportDocument, HeldAs, OnAccountDocument,
    PaymentDocument, PushItem, RefundDocument, SalesDocument,
};
use crate::error::ProviderError;
use crate::http::{Effect, HttpClient, Reply, unclear};
use crate::lookup::gone;
use crate::session::Session;
use finance::money::{Money, MoneyError};
use reqwest::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// Where sales invoices or sales credit notes live.
pub const fn collection(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Customer => "contacts",
        DocumentKind::Invoice => "sales_invoices",
        DocumentKind::CreditNote => "sales_credit_notes",
        DocumentKind::OnAccount | DocumentKind::Payment | DocumentKind::Refund => {
            "contact_payments"
        }
        DocumentKind::CreditAllocation | DocumentKind::Removal => "contact_allocations",
        DocumentKind::Attachment => "attachments",
        DocumentKind::Journal => "journals",
    }
}

/// The name a body of this kind is wrapped in.
const fn namespace(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Customer => "contact",
        DocumentKind::Invoice => "sales_invoice",
        DocumentKind::CreditNote => "sales_credit_note",
        DocumentKind::OnAccount | DocumentKind::Payment | DocumentKind::Refund => "contact_payment",
        DocumentKind::CreditAllocation | DocumentKind::Removal => "contact_allocation",
        DocumentKind::Attachment => "attachment",
        DocumentKind::Journal => "journal",
    }
}

/// Sends records one after the other. What stands in the way of all of them ends the batch: the
/// rest is not sent, and is told the same.
pub async fn push(http: &HttpClient, session: &Session, items: &[PushItem]) -> PushAnswer {
    let told =
        PushAnswer { outcomes: Vec::new(), status: None, request_id: None, excerpt: String::new() };
    let mut sending =
        Sending { http, session, contacts: BTreeMap::new(), halted: None, answer: told };
    for item in items {
        let outcome = match &sending.halted {
            Some(error) => Err(error.clone()),
            None => sending.send(item).await,
        };
        sending.answer.outcomes.push(outcome);
    }
    sending.answer
}

/// The request of an invoice or credit note, without sending it. What sets money against a document
/// names a contact that only an answer tells.
pub fn compose(item: &PushItem) -> Result<Composed, ProviderError> {
    let (kind, key) = (item.document.kind(), key(&item.idempotency_key));
    let body = match &item.document {
        ExportDocument::Customer(it) => wrapped(kind, &transform::contact(it, key)?)?,
        ExportDocument::Invoice(it) | ExportDocument::CreditNote(it) => {
            wrapped(kind, &transform::sales(kind, it, key)?)?
        }
        ExportDocument::Removal(it) => {
            return Ok(Composed { path: removal::path(it)?, body: String::new() });
        }
        ExportDocument::Journal(it) => wrapped(kind, &journals::journal(it, key)?)?,
        ExportDocument::OnAccount(_)
        | ExportDocument::Payment(_)
        | ExportDocument::CreditAllocation(_)
        | ExportDocument::Refund(_)
        | ExportDocument::Attachment(_) => return Err(ProviderError::Unsupported),
    };
    Ok(Composed { path: collection(kind).to_owned(), body })
}

/// A batch on its way.
pub struct Sending<'a> {
    http: &'a HttpClient,
    session: &'a Session,
    /// The customers of the documents that were asked for, by the documents' ids.
    contacts: BTreeMap<String, String>,
    /// Why nothing more is sent.
    halted: Option<ProviderError>,
    answer: PushAnswer,
}

impl Sending<'_> {
    async fn send(&mut self, item: &PushItem) -> ItemOutcome {
        let key = key(&item.idempotency_key);
        match &item.document {
            ExportDocument::Customer(document) => self.customer(document, key).await,
            ExportDocument::Invoice(document) | ExportDocument::CreditNote(document) => {
                self.sale(item.document.kind(), document, key).await
            }
            ExportDocument::Payment(document) => self.payment(document, key).await,
            ExportDocument::Refund(document) => self.refund(document, key).await,
            ExportDocument::CreditAllocation(document) => self.allocation(document, key).await,
            ExportDocument::OnAccount(document) => self.kept(document, key).await,
            ExportDocument::Journal(document) => journals::send(self, document, key).await,
            ExportDocument::Attachment(_) => Err(ProviderError::Unsupported),
            ExportDocument::Removal(document) => {
                let reply = removal::send(self.http, self.session, &removal::path(document)?).await;
                if removal::is_gone(&reply) {
                    self.keep(&reply);
                    return Ok(gone(document));
                }
                self.note(&reply);
                Err(removal::refused(&reply))
            }
        }
    }

    async fn customer(&mut self, document: &CustomerDocument, key: Option<String>) -> ItemOutcome {
        let kind = DocumentKind::Customer;
        let body = wrapped(kind, &transform::contact(document, key)?)?;
        let (contact, is_ours): (wire::Contact, bool) = if document.existing.is_empty() {
            let made: wire::Contact =
                self.write(kind, Method::POST, collection(kind), body).await?;
            let is_ours = !made.id.is_empty() && carries(&made.notes, &document.reference);
            (made, is_ours)
        } else {
            let path = format!("{}/{}", collection(kind), document.existing);
            let changed: wire::Contact = self.write(kind, Method::PUT, &path, body).await?;
            let is_ours = changed.id == document.existing;
            (changed, is_ours)
        };
        if is_ours { Ok(transform::contact_ref(&contact)) } else { Err(another()) }
    }

    async fn sale(
        &mut self,
        kind: DocumentKind,
        document: &SalesDocument,
        key: Option<String>,
    ) -> ItemOutcome {
        let body = wrapped(kind, &transform::sales(kind, document, key)?)?;
        let draft: wire::Sales = self.write(kind, Method::POST, collection(kind), body).await?;
        if draft.id.is_empty() || !carries(&draft.notes, &document.reference) {
            return Err(another());
        }
        if let Err(text) = transform::agreed(&draft, document) {
            return Err(self.withdraw(kind, &draft.id, refusal(text)).await);
        }
        match self.release(kind, &draft.id).await {
            Ok(released) => transform::sales_ref(&released, document.currency).map_err(unusable),
            Err(error) if is_definite(&error) => Err(self.withdraw(kind, &draft.id, error).await),
            // The draft is there: only a look-up may go on from here.
            Err(error) => {
                Err(unclear(Effect::Write, format!("a draft that is not released: {error}")))
            }
        }
    }

    async fn release(
        &mut self,
        kind: DocumentKind,
        id: &str,
    ) -> Result<wire::Sales, ProviderError> {
        let reply = release(self.http, self.session, kind, id).await;
        self.note(&reply);
        released(&reply, kind, id)
    }

    /// Takes back a draft that must not be released; it never was in the accounts. Where that
    /// cannot be seen to work, a look-up says what is there.
    async fn withdraw(
        &mut self,
        kind: DocumentKind,
        id: &str,
        why: ProviderError,
    ) -> ProviderError {
        let path = format!("{}/{id}", collection(kind));
        let call = (Method::DELETE, path.as_str());
        let reply = client::write(self.http, self.session, call, String::new()).await;
        self.note(&reply);
        let is_gone = match &reply.answer {
            Ok(answer) => (200..300).contains(&answer.status),
            Err(_) => reply.status == Some(204),
        };
        if is_gone {
            return why;
        }
        unclear(Effect::Write, format!("a draft that could not be taken back: {why}"))
    }

    async fn payment(&mut self, document: &PaymentDocument, key: Option<String>) -> ItemOutcome {
        let kind = DocumentKind::Payment;
        let contact = self.contact_of(DocumentKind::Invoice, &document.invoice).await?;
        let body = wrapped(kind, &transform::payment(document, &contact, key)?)?;
        let payment: wire::Payment = self.write(kind, Method::POST, collection(kind), body).await?;
        moved(&payment, &document.reference, document.amount)
    }

    async fn kept(&mut self, document: &OnAccountDocument, key: Option<String>) -> ItemOutcome {
        let kind = DocumentKind::OnAccount;
        let body = wrapped(kind, &kept::received(document, key)?)?;
        let payment: wire::Payment = self.write(kind, Method::POST, collection(kind), body).await?;
        moved(&payment, &document.reference, document.amount)
    }

    async fn refund(&mut self, document: &RefundDocument, key: Option<String>) -> ItemOutcome {
        let kind = DocumentKind::Refund;
        let holder = self.holder(&document.credit_note, document.held_as).await?;
        let document = &kept::paying_back(document, &holder);
        let body = wrapped(kind, &transform::refund(document, &holder.contact, key)?)?;
        let payment: wire::Payment = self.write(kind, Method::POST, collection(kind), body).await?;
        moved(&payment, &document.reference, document.amount)
    }

    async fn allocation(
        &mut self,
        document: &AllocationDocument,
        key: Option<String>,
    ) -> ItemOutcome {
        let kind = DocumentKind::CreditAllocation;
        let holder = self.holder(&document.credit_note, document.held_as).await?;
        let document = &kept::naming(document, &holder);
        let body = wrapped(kind, &transform::allocation(document, &holder.contact, key)?)?;
        let allocation: wire::Allocation =
            self.write(kind, Method::POST, collection(kind), body).await?;
        if allocation.id.is_empty() || !transform::is_our_allocation(&allocation, document) {
            return Err(another());
        }
        Ok(transform::allocation_ref(&allocation, document))
    }

    /// Whose credit it is, and what names it there.
    async fn holder(&mut self, id: &str, held_as: HeldAs) -> Result<kept::Holder, ProviderError> {
        if held_as == HeldAs::CreditNote {
            let contact = self.contact_of(DocumentKind::CreditNote, id).await?;
            return Ok(kept::Holder { contact, artefact: id.to_owned() });
        }
        let asked = kept::holder(self.http, self.session, id).await;
        if let Err(error) = &asked {
            self.halt(error);
        }
        asked
    }

    /// The customer of a document: Sage wants it named with the money as well.
    async fn contact_of(&mut self, kind: DocumentKind, id: &str) -> Result<String, ProviderError> {
        if let Some(contact) = self.contacts.get(id) {
            return Ok(contact.clone());
        }
        let asked = contact_of(self.http, self.session, kind, id).await;
        if let Err(error) = &asked {
            self.halt(error);
        }
        let contact = asked?;
        self.contacts.insert(id.to_owned(), contact.clone());
        Ok(contact)
    }

    /// Writes one record and reads what was made of it.
    pub async fn write<T: DeserializeOwned>(
        &mut self,
        kind: DocumentKind,
        method: Method,
        path: &str,
        body: String,
    ) -> Result<T, ProviderError> {
        let reply = client::write(self.http, self.session, (method, path), body).await;
        self.note(&reply);
        let answer = reply.answer?;
        if answer.status >= 400 {
            return Err(client::refused(&answer, kind));
        }
        let read = client::read(&answer, Effect::Write);
        if let Err(error) = &read {
            self.halt(error);
        }
        read
    }

    /// Keeps what the attempt history needs of a call.
    fn keep(&mut self, reply: &Reply) {
        self.answer.status = reply.status;
        self.answer.request_id.clone_from(&reply.request_id);
        self.answer.excerpt.clone_from(&reply.excerpt);
    }

    /// Keeps a call, and learns from it.
    fn note(&mut self, reply: &Reply) {
        self.keep(reply);
        if let Err(error) = &reply.answer {
            self.halt(error);
        }
    }

    fn halt(&mut self, error: &ProviderError) {
        let why = match error {
            ProviderError::RateLimited { .. }
            | ProviderError::SignInNeeded
            | ProviderError::PlanLimit { .. }
            | ProviderError::NotReached
            | ProviderError::Unavailable => error.clone(),
            // The next record would be sent into the dark too; it is not, so nothing of it is there.
            ProviderError::OutcomeUnknown { .. } => ProviderError::NotReached,
            _ => return,
        };
        self.halted.get_or_insert(why);
    }
}

/// Money that an answer says has moved, received or paid back.
fn moved(payment: &wire::Payment, reference: &str, amount: Money) -> ItemOutcome {
    if payment.id.is_empty() || payment.reference.as_deref() != Some(reference) {
        return Err(another());
    }
    transform::payment_ref(payment, amount.currency()).map_err(unusable)
}

/// The customer that a document belongs to.
///
/// # Errors
/// The document is not there, or what the call brought.
pub async fn contact_of(
    http: &HttpClient,
    session: &Session,
    kind: DocumentKind,
    id: &str,
) -> Result<String, ProviderError> {
    let path = format!("{}/{id}", collection(kind));
    let answer = client::get(http, session, &path, &client::Query::new()).await?;
    if answer.status >= 400 {
        return Err(client::refused(&answer, DocumentKind::Payment));
    }
    let sale: wire::Sales = client::read(&answer, Effect::Read)?;
    let contact = sale.contact.filter(|_| sale.id == id).map(|contact| contact.id);
    contact.ok_or_else(|| unclear(Effect::Read, "a document without its customer"))
}

/// Whether nothing was applied, and nothing but another document will be taken.
pub const fn is_definite(error: &ProviderError) -> bool {
    matches!(
        error,
        ProviderError::NotPermitted { .. }
            | ProviderError::Duplicate { .. }
            | ProviderError::MissingReference { .. }
            | ProviderError::PeriodLocked { .. }
            | ProviderError::Conflict { .. }
            | ProviderError::Rejected { .. }
    )
}

/// Whether a text holds our machine reference; a person may have written beside it.
pub fn carries(notes: &Option<String>, reference: &str) -> bool {
    notes.as_deref().is_some_and(|notes| !reference.is_empty() && notes.contains(reference))
}

/// A body under its name.
///
/// # Errors
/// It cannot be written; nothing was sent yet, so that is a refusal and not a doubt.
pub fn wrapped<T: Serialize>(kind: DocumentKind, content: &T) -> Result<String, ProviderError> {
    serde_json::to_string(&BTreeMap::from([(namespace(kind), content)]))
        .map_err(|error| refusal(error.to_string()))
}

/// Sage takes GUIDs without hyphens as keys ("Idempotency" guide).
fn key(key: &str) -> Option<String> {
    let is_guid = key.len() == 32 && key.chars().all(|digit| digit.is_ascii_hexdigit());
    is_guid.then(|| key.to_owned())
}

const fn refusal(text: String) -> ProviderError {
    ProviderError::Rejected { field: None, text }
}

/// An answer that is not about what was sent.
pub fn another() -> ProviderError {
    unclear(Effect::Write, "an answer about another record")
}

/// What an amount that cannot be one means for a record that was sent.
pub fn unusable(error: MoneyError) -> ProviderError {
    unclear(Effect::Write, format!("an unusable amount: {error}"))
}
