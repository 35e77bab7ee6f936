//! Money that no invoice takes: payments without a line, which are given one as invoices take of them.
//!
//! Never changes a version that was not read first, and never leaves out a line that stands there: a
//! change replaces all of them (developer pages of Payment, "Update a payment", 2026-11).

use super::wire::{Exact, Payment, PaymentLine, Reference};
use super::{CAPABILITIES, transform};
use crate::document::{
    AllocationDocument, ExternalRef, HeldAs, OnAccountDocument, RemovalDocument, Removed,
};
use crate::error::ProviderError;
use crate::fitting::money;
use finance::money::{Money, MoneyError};
use rust_decimal::Decimal;
use serde::Serialize;

/// Stands in the note of such a payment, and tells it from one that was received for an invoice.
const MARK: &str = "(on account)";

/// A payment whose lines or note change; what it does not name stays.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Change {
    pub id: String,
    pub sync_token: String,
    #[serde(rename = "sparse")]
    pub sparse: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_ref: Option<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_amt: Option<Exact>,
    pub private_note: String,
    pub line: Vec<PaymentLine>,
}

/// Money received of a customer, without anything that it pays.
///
/// # Errors
/// What QuickBooks cannot hold.
pub fn received(document: &OnAccountDocument) -> Result<Payment, ProviderError> {
    let amount = document.amount;
    CAPABILITIES.check_currency("CurrencyRef", amount.currency())?;
    Ok(Payment {
        txn_date: Some(document.date),
        currency_ref: Some(Reference::to(amount.currency().code())),
        exchange_rate: document.rate.and_then(transform::exchange_rate),
        private_note: Some(transform::note(&format!("{} {MARK}", document.reference))?),
        customer_ref: Some(Reference::to(&document.customer)),
        deposit_to_account_ref: Some(Reference::to(transform::account(&document.account)?)),
        total_amt: Some(Exact(amount.amount())),
        ..Payment::default()
    })
}

/// Whether a payment of theirs is money on account: it was told as such, or it pays nothing.
pub fn is_on_account(row: &Payment) -> bool {
    transform::carries(row.private_note.as_deref(), MARK)
        || (row.line.is_empty() && !total(row).is_zero())
}

/// The payment that was made.
///
/// # Errors
/// A currency or an amount that is none.
pub fn made(row: &Payment, ours: &OnAccountDocument) -> Result<ExternalRef, MoneyError> {
    let currency = transform::currency(row.currency_ref.as_ref(), ours.amount.currency())?;
    Ok(ExternalRef {
        id: row.id.clone(),
        number: ours.reference.clone(),
        url: Some(transform::payment_page(&row.id)),
        gross: money(row.total_amt, currency)?,
        vat: None,
    })
}

/// Whether this payment is the money that was told.
pub fn is_ours(row: &Payment, ours: &OnAccountDocument) -> bool {
    transform::carries(row.private_note.as_deref(), &ours.reference) && !total(row).is_zero()
}

/// What is set against an invoice has no id there: it is named by the payment, the invoice, and what
/// it is called here.
pub struct Use<'a> {
    pub payment: &'a str,
    invoice: &'a str,
}

impl<'a> Use<'a> {
    /// What an id names, where it names one.
    pub fn named(id: &'a str) -> Option<Self> {
        let (payment, rest) = id.split_once('/')?;
        let (invoice, _) = rest.split_once('/')?;
        Some(Self { payment, invoice })
    }
}

/// The payment with that much more set against the invoice, under our reference.
///
/// # Errors
/// A note that is too long, and what is set there already.
pub fn set_against(row: &Payment, ours: &AllocationDocument) -> Result<Change, ProviderError> {
    CAPABILITIES.check_currency("CurrencyRef", ours.amount.currency())?;
    if carries(row, &told(&ours.reference)) && !transform::given_to(row, &ours.invoice).is_zero() {
        // Whoever set it there, a second time would take twice as much of the money.
        let text = format!("{} is set against the invoice already", ours.reference);
        return Err(ProviderError::Duplicate { text });
    }
    let amount = ours.amount.amount();
    let mut line = row.line.clone();
    match line.iter_mut().find(|line| pays(line, &ours.invoice)) {
        Some(there) => there.amount = Some(Exact(of(there) + amount)),
        None => line.push(transform::linked("Invoice", &ours.invoice, amount)),
    }
    let note = row.private_note.as_deref().unwrap_or_default();
    changed(row, line, &format!("{note} {}", told(&ours.reference)))
}

/// The same amount there, if the payment has it.
///
/// # Errors
/// A currency or an amount that is none.
pub fn found(row: &Payment, ours: &AllocationDocument) -> Result<Option<ExternalRef>, MoneyError> {
    let given = transform::given_to(row, &ours.invoice);
    if !carries(row, &told(&ours.reference)) || given.is_zero() {
        return Ok(None);
    }
    let currency = transform::currency(row.currency_ref.as_ref(), ours.amount.currency())?;
    // An invoice may take of it more than once.
    let given = given.min(ours.amount.amount());
    Ok(Some(ExternalRef {
        id: format!("{}/{}/{}", row.id, ours.invoice, ours.reference),
        number: ours.reference.clone(),
        url: Some(transform::payment_page(&row.id)),
        gross: money(Some(Exact(given)), currency)?,
        vat: None,
    }))
}

/// Of what is taken back: the amount that was set against an invoice, and where it stands.
pub fn used(ours: &RemovalDocument) -> Option<(Use<'_>, Money)> {
    match &ours.removed {
        Removed::CreditAllocation { held_as: HeldAs::OnAccount, amount, .. } => {
            Some((Use::named(&ours.existing)?, *amount))
        }
        _ => None,
    }
}

/// The payment with so much less set against the invoice.
///
/// # Errors
/// A note that is too long.
pub fn taken_back(
    row: &Payment,
    (used, amount): (&Use<'_>, Money),
    reference: &str,
) -> Result<Change, ProviderError> {
    let mut line = row.line.clone();
    if let Some(there) = line.iter_mut().find(|line| pays(line, used.invoice)) {
        let left = of(there) - amount.amount();
        there.amount = Some(Exact(left.max(Decimal::ZERO)));
    }
    line.retain(|line| !of(line).is_zero());
    let note = row.private_note.as_deref().unwrap_or_default();
    // What was set there by hand has no mark of ours; either way the note says that it went.
    let note = note.replace(&told(reference), "");
    changed(row, line, &format!("{} {}", note.trim_end(), went(reference)))
}

/// Whether the amount is still set against its invoice.
pub fn stands(row: &Payment, used: &Use<'_>, reference: &str) -> bool {
    !transform::given_to(row, used.invoice).is_zero() && !carries(row, &went(reference))
}

fn told(reference: &str) -> String {
    format!("+{reference}")
}

fn went(reference: &str) -> String {
    format!("-{reference}")
}

fn carries(row: &Payment, word: &str) -> bool {
    transform::carries(row.private_note.as_deref(), word)
}

fn changed(row: &Payment, line: Vec<PaymentLine>, note: &str) -> Result<Change, ProviderError> {
    Ok(Change {
        id: row.id.clone(),
        sync_token: row.sync_token.clone(),
        sparse: true,
        customer_ref: row.customer_ref.clone(),
        total_amt: row.total_amt,
        private_note: transform::note(note.trim())?,
        line,
    })
}

fn pays(line: &PaymentLine, invoice: &str) -> bool {
    line.linked_txn.iter().any(|tie| tie.txn_type == "Invoice" && tie.txn_id == invoice)
}

fn of(line: &PaymentLine) -> Decimal {
    line.amount.map_or(Decimal::ZERO, |Exact(amount)| amount)
}

fn total(row: &Payment) -> Decimal {
    row.total_amt.map_or(Decimal::ZERO, |Exact(amount)| amount)
}
