//! Money that no invoice takes: contact payments that leave something on account.
//!
//! Never takes the payment for what it leaves: the two have ids of their own there. Ours is the
//! payment's, which can be taken back; what is used names the other.

use super::client::{self, Query};
use super::{push, transform, wire};
use crate::document::{
    AllocationDocument, DocumentKind, HeldAs, OnAccountDocument, PaymentDocument, RefundDocument,
};
use crate::error::{ProviderError, ReferenceKind};
use crate::http::{Effect, HttpClient, unclear};
use crate::session::Session;
use std::collections::BTreeMap;

/// Money received of a customer, without anything that it pays.
///
/// # Errors
/// What Sage cannot hold.
pub fn received(
    document: &OnAccountDocument,
    key: Option<String>,
) -> Result<wire::PaymentBody, ProviderError> {
    let paid = PaymentDocument {
        reference: document.reference.clone(),
        invoice: String::new(),
        account: document.account.clone(),
        date: document.date,
        amount: document.amount,
        base: None,
    };
    let rate = document.rate.and_then(transform::one_at);
    let body = transform::payment(&paid, &document.customer, key)?;
    let currency = document.amount.currency().code().to_owned();
    Ok(wire::PaymentBody {
        allocated_artefacts: Vec::new(),
        currency_id: rate.map(|_| currency),
        exchange_rate: rate,
        ..body
    })
}

/// Who paid, and the id of what is on account.
#[derive(Clone, Debug)]
pub struct Holder {
    pub contact: String,
    pub artefact: String,
}

/// What a payment of ours left on account.
///
/// # Errors
/// It is not there, or what the call brought.
pub async fn holder(
    http: &HttpClient,
    session: &Session,
    payment: &str,
) -> Result<Holder, ProviderError> {
    let path = format!("{}/{payment}", push::collection(DocumentKind::OnAccount));
    let answer = client::get(http, session, &path, &Query::new()).await?;
    if answer.status >= 400 {
        return Err(client::refused(&answer, DocumentKind::Payment));
    }
    let row: wire::Payment = client::read(&answer, Effect::Read)?;
    if row.id != payment {
        return Err(unclear(Effect::Read, "an answer about another record"));
    }
    let contact = row.contact.map(|it| it.id);
    let contact = contact.ok_or_else(|| unclear(Effect::Read, "a payment without its customer"))?;
    let left = row.payment_on_account.map(|it| it.id);
    let artefact = left.ok_or_else(|| ProviderError::MissingReference {
        kind: ReferenceKind::Document,
        name: payment.to_owned(),
        text: format!("{payment} has nothing on account"),
    })?;
    Ok(Holder { contact, artefact })
}

/// The same allocation, naming what is on account.
pub fn naming(ours: &AllocationDocument, holder: &Holder) -> AllocationDocument {
    AllocationDocument {
        credit_note: holder.artefact.clone(),
        held_as: HeldAs::CreditNote,
        ..ours.clone()
    }
}

/// The same refund, naming what is on account.
pub fn paying_back(ours: &RefundDocument, holder: &Holder) -> RefundDocument {
    RefundDocument {
        credit_note: holder.artefact.clone(),
        held_as: HeldAs::CreditNote,
        ..ours.clone()
    }
}

/// Of a customer's payments, the payment's id by the id of what it left on account.
///
/// # Errors
/// What the calls brought.
pub async fn of_customer(
    http: &HttpClient,
    session: &Session,
    contact: &str,
) -> Result<BTreeMap<String, String>, ProviderError> {
    let query = vec![
        ("contact_id", contact.to_owned()),
        ("transaction_type_id", "CUSTOMER_RECEIPT".to_owned()),
        ("attributes", "payment_on_account".to_owned()),
    ];
    let path = push::collection(DocumentKind::OnAccount);
    let rows: Vec<wire::Payment> = client::get_all(http, session, path, &query, 1).await?;
    let kept = rows.into_iter().filter_map(|row| Some((row.payment_on_account?.id, row.id)));
    Ok(kept.collect())
}
