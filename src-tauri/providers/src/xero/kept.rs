//! Money that no invoice takes: Xero's overpayments, which are made as bank transactions.
//!
//! Never names an account for the line: Xero puts it on receivables itself, without tax. Never deletes
//! one, which Xero documents no way to: money that went back is a payment out of it.

use super::client::{self, Query};
use super::wire::{
    AccountName, Allocation, Contact, Day, Envelope, Exact, Message, Payment, Sales, null_is_none,
};
use super::{CAPABILITIES, transform};
use crate::adapter::ItemOutcome;
use crate::document::{ExternalRef, OnAccountDocument, RemovalDocument};
use crate::error::ProviderError;
use crate::fitting::{cut, unusable};
use crate::http::{Effect, HttpClient, unclear};
use crate::session::Session;
use chrono::{Datelike, NaiveDate};
use finance::money::{Currency, Money, MoneyError};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The kind of bank transaction that leaves an overpayment of a customer behind.
const KIND: &str = "RECEIVE-OVERPAYMENT";

/// Before the ids of prepayments.
const PREPAYMENTS: &str = "Prepayments/";

/// The address of money on account (OpenAPI 16.1.0, `getOverpayment` and `getPrepayment`).
pub fn path(id: &str) -> String {
    if id.starts_with(PREPAYMENTS) { id.to_owned() } else { format!("Overpayments/{id}") }
}

/// What a payment out of it names: an overpayment, or a prepayment.
pub fn named(id: &str) -> (Option<Sales>, Option<Sales>) {
    match id.strip_prefix(PREPAYMENTS) {
        Some(id) => (None, Some(Sales { prepayment_id: id.to_owned(), ..Sales::default() })),
        None => (Some(Sales { overpayment_id: id.to_owned(), ..Sales::default() }), None),
    }
}

/// The id of what a payment goes back out of.
pub fn source(row: &Payment) -> Option<String> {
    let told = |id: &String| Some(id.clone()).filter(|id| !id.is_empty());
    let beyond = row.overpayment.as_ref().and_then(|it| told(&it.overpayment_id));
    let ahead = row.prepayment.as_ref().and_then(|it| told(&it.prepayment_id));
    beyond.or_else(|| ahead.map(|id| format!("{PREPAYMENTS}{id}")))
}

/// A bank transaction (OpenAPI 16.1.0, schema `BankTransaction`).
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct BankTransaction {
    #[serde(rename = "Type")]
    pub kind: String,
    #[serde(rename = "OverpaymentID", skip_serializing)]
    pub overpayment_id: String,
    #[serde(skip_serializing_if = "Option::is_none", skip_deserializing)]
    pub contact: Option<Contact>,
    #[serde(skip_serializing_if = "Option::is_none", skip_deserializing)]
    pub bank_account: Option<AccountName>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line_amount_types: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency_rate: Option<Exact>,
    #[serde(deserialize_with = "null_is_none")]
    pub line_items: Vec<Line>,
    #[serde(skip_serializing)]
    pub total: Option<Exact>,
    #[serde(skip_serializing)]
    pub status_attribute_string: Option<String>,
    #[serde(skip_serializing, deserialize_with = "null_is_none")]
    pub validation_errors: Vec<Message>,
}

/// Its line. The description carries the machine reference: the description of the interface says of
/// `Reference` that overpayments have none.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Line {
    pub description: Option<String>,
    #[serde(skip_deserializing)]
    pub quantity: Option<Exact>,
    #[serde(skip_deserializing)]
    pub unit_amount: Option<Exact>,
}

/// An overpayment, or a prepayment, which others record there in advance and with its VAT (OpenAPI
/// 16.1.0, schemas `Overpayment` and `Prepayment`).
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Overpayment {
    #[serde(rename = "Type")]
    pub kind: String,
    #[serde(rename = "OverpaymentID")]
    pub overpayment_id: String,
    #[serde(rename = "PrepaymentID")]
    pub prepayment_id: String,
    pub contact: Option<Contact>,
    pub date: Option<Day>,
    pub status: Option<String>,
    pub reference: Option<String>,
    pub currency_code: Option<String>,
    #[serde(deserialize_with = "null_is_none")]
    pub line_items: Vec<Line>,
    pub total: Option<Exact>,
    pub remaining_credit: Option<Exact>,
    #[serde(deserialize_with = "null_is_none")]
    pub allocations: Vec<Allocation>,
}

impl Overpayment {
    /// It brings a customer's money.
    pub fn is_received(&self) -> bool {
        let others = ["AROVERPAYMENT", "RECEIVE-PREPAYMENT", "ARPREPAYMENT"];
        self.kind == KIND || others.contains(&self.kind.as_str())
    }

    /// Its id; of a prepayment with its list, which has addresses of its own.
    pub fn id(&self) -> String {
        match self.overpayment_id.is_empty() {
            true => format!("{PREPAYMENTS}{}", self.prepayment_id),
            false => self.overpayment_id.clone(),
        }
    }

    /// It is in the books.
    pub fn counts(&self) -> bool {
        matches!(self.status.as_deref(), Some("AUTHORISED" | "PAID"))
    }

    /// What people and programs wrote on it.
    pub fn text(&self) -> String {
        let lines = self.line_items.iter().filter_map(|line| line.description.as_deref());
        let words: Vec<&str> = self.reference.as_deref().into_iter().chain(lines).collect();
        words.join(" ").trim().to_owned()
    }

    fn is_ours(&self, reference: &str) -> bool {
        self.is_received() && self.counts() && self.text().contains(reference)
    }
}

/// Money on account, received in the bank account of its way to pay.
///
/// # Errors
/// A currency that Xero cannot hold, or a text that is too long.
pub fn received(document: &OnAccountDocument) -> Result<BankTransaction, ProviderError> {
    let amount = document.amount;
    CAPABILITIES.check_currency("CurrencyCode", amount.currency())?;
    let longest = CAPABILITIES.lengths.description;
    Ok(BankTransaction {
        kind: KIND.to_owned(),
        contact: Some(Contact { contact_id: document.customer.clone(), ..Contact::default() }),
        bank_account: Some(AccountName { code: document.account.clone() }),
        date: Some(Day(document.date)),
        reference: Some(transform::reference(&document.reference)?),
        line_amount_types: Some("NoTax".to_owned()),
        currency_code: Some(amount.currency().code().to_owned()),
        currency_rate: document.rate.and_then(|rate| transform::their_rate(Decimal::ONE, rate)),
        line_items: vec![Line {
            description: Some(cut(&format!("Kontor · {}", document.reference), longest)),
            quantity: Some(Exact(Decimal::ONE)),
            unit_amount: Some(Exact(amount.amount())),
        }],
        ..BankTransaction::default()
    })
}

/// Whether an answer is about this money.
pub fn is_answered(theirs: &BankTransaction, ours: &OnAccountDocument) -> bool {
    let mut lines = theirs.line_items.iter().filter_map(|line| line.description.as_deref());
    lines.any(|text| text.contains(&ours.reference))
}

/// The overpayment that a bank transaction left behind.
///
/// # Errors
/// An amount that is none.
pub fn made(theirs: &BankTransaction, currency: Currency) -> Result<ExternalRef, MoneyError> {
    let told = theirs.currency_code.as_deref();
    there(&theirs.overpayment_id, told, theirs.total, currency)
}

fn there(
    id: &str,
    told: Option<&str>,
    total: Option<Exact>,
    currency: Currency,
) -> Result<ExternalRef, MoneyError> {
    // Money in another currency must not pass for the same figures in ours.
    let currency = told.map_or(Ok(currency), str::parse)?;
    transform::amount_ref(id, "", total, currency)
}

/// What of these is there, each with its place.
///
/// # Errors
/// What the calls brought.
pub async fn find(
    http: &HttpClient,
    session: &Session,
    wanted: &[(usize, &OnAccountDocument)],
) -> Result<Vec<(usize, ExternalRef)>, ProviderError> {
    let mut days: Vec<NaiveDate> = wanted.iter().map(|(_, ours)| ours.date).collect();
    days.sort_unstable();
    days.dedup();
    let mut found = Vec::new();
    for day in days {
        let query = vec![("where", dated(day))];
        let rows = client::get_all(http, session, "Overpayments", &query, |it| it.overpayments);
        let rows = rows.await?;
        for (at, ours) in wanted.iter().filter(|(_, ours)| ours.date == day) {
            let Some(row) = rows.iter().find(|row| row.is_ours(&ours.reference)) else { continue };
            let (told, currency) = (row.currency_code.as_deref(), ours.amount.currency());
            let external = there(&row.overpayment_id, told, row.total, currency);
            found.push((*at, external.map_err(unusable)?));
        }
    }
    Ok(found)
}

/// The filter for the overpayments of a day.
fn dated(day: NaiveDate) -> String {
    format!("Date == DateTime({},{:02},{:02})", day.year(), day.month(), day.day())
}

/// Money that goes back out of money on account: a payment of it (OpenAPI 16.1.0, schema Payment).
///
/// # Errors
/// A currency that Xero cannot hold, or a text that is too long.
pub fn paid_back(
    (reference, kept): (&str, &str),
    account: &str,
    (date, amount): (NaiveDate, Money),
) -> Result<Payment, ProviderError> {
    CAPABILITIES.check_currency("CurrencyCode", amount.currency())?;
    let (overpayment, prepayment) = named(kept);
    Ok(Payment {
        overpayment,
        prepayment,
        account: Some(AccountName { code: account.to_owned() }),
        date: Some(Day(date)),
        amount: Some(Exact(amount.amount())),
        reference: Some(transform::reference(reference)?),
        ..Payment::default()
    })
}

/// What an answer says of money that was to go back.
pub fn outcome(rows: &[Payment], ours: &RemovalDocument) -> Option<ItemOutcome> {
    let row = rows.iter().find(|row| row.reference.as_deref() == Some(&ours.reference))?;
    if row.status_attribute_string.as_deref() == Some("ERROR") || !row.validation_errors.is_empty()
    {
        return Some(Err(client::of_messages(&row.validation_errors)));
    }
    Some(Ok(crate::lookup::gone(ours)))
}

/// Whether nothing of money on account is left and nothing of it pays an invoice: then all of it
/// went back, whoever told Xero.
///
/// # Errors
/// What the call brought.
pub async fn went_back(
    http: &HttpClient,
    session: &Session,
    kept: &str,
) -> Result<bool, ProviderError> {
    let answer = client::get(http, session, &path(kept), &Query::new()).await?;
    if answer.status == 404 {
        return Ok(true);
    }
    let envelope: Envelope = client::read(&answer, Effect::Read)?;
    let beyond = envelope.overpayments.unwrap_or_default().into_iter();
    let row = beyond.chain(envelope.prepayments.unwrap_or_default()).next();
    let row = row.ok_or_else(|| unclear(Effect::Read, "an answer without the money"))?;
    let is_used_up = row.remaining_credit.is_some_and(|left| left.0.is_zero());
    Ok(!row.counts() || (is_used_up && row.allocations.iter().all(|it| it.is_deleted)))
}
