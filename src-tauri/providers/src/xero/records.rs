//! Xero's invoices, credit notes, payments, overpayments, prepayments and manual journals of a period,
//! for reconciliation.
//!
//! Never leaves out what was voided or deleted: Xero lists it, and it is told apart by its state.

use super::client::{self, Query};
use super::journals::ManualJournal;
use super::kept::Overpayment;
use super::wire;
use crate::document::{DocumentKind, Period};
use crate::error::ProviderError;
use crate::fitting::unusable;
use crate::http::{Effect, HttpClient, unclear};
use crate::record::{RemoteRecord, RemoteState};
use crate::session::Session;
use crate::sums::Row;
use chrono::{Datelike, NaiveDate};
use finance::money::Currency;

/// Every record of the period, kind by kind.
pub async fn fetch(
    http: &HttpClient,
    session: &Session,
    period: Period,
) -> Result<Vec<RemoteRecord>, ProviderError> {
    let sold = |kind: &str| vec![("where", format!("Type==\"{kind}\" AND {}", dated(period)))];
    let invoices =
        client::get_all(http, session, "Invoices", &sold("ACCREC"), |it| it.invoices).await?;
    let query = sold("ACCRECCREDIT");
    let notes = client::get_all(http, session, "CreditNotes", &query, |it| it.credit_notes).await?;
    let query: Query = vec![("where", dated(period))];
    let payments = client::get_all(http, session, "Payments", &query, |it| it.payments).await?;
    let beyond = client::get_all(http, session, "Overpayments", &query, |it| it.overpayments);
    let beyond = beyond.await?;
    let ahead = client::get_all(http, session, "Prepayments", &query, |it| it.prepayments).await?;

    let invoices = invoices.iter().map(|row| sale(row, DocumentKind::Invoice));
    let notes = notes.iter().map(|row| sale(row, DocumentKind::CreditNote));
    // What was refunded or paid to suppliers is not of this kind.
    let taken = |row: &&wire::Payment| row.payment_type.as_deref() == Some("ACCRECPAYMENT");
    let payments = payments.iter().filter(taken).map(payment);
    let received = beyond.iter().chain(&ahead).filter(|row| row.is_received());
    let received = received.map(|row| kept(row, DocumentKind::OnAccount));
    invoices.chain(notes).chain(payments).chain(received).collect()
}

/// Every manual journal of the period. Xero's own journals, which follow from documents, are none.
pub async fn entries(
    http: &HttpClient,
    session: &Session,
    period: Period,
) -> Result<Vec<RemoteRecord>, ProviderError> {
    let company = client::get(http, session, "Organisation", &Query::new()).await?;
    let company: wire::Envelope = client::read(&company, Effect::Read)?;
    let company = company.organisations.and_then(|them| them.into_iter().next());
    let home = currency(company.as_ref().map(|it| it.base_currency.as_str()))?;
    let query: Query = vec![("where", dated(period))];
    let rows = client::get_all(http, session, "ManualJournals", &query, |it| it.manual_journals);
    rows.await?.iter().map(|row| entry(row, home)).collect()
}

fn entry(row: &ManualJournal, home: Currency) -> Result<RemoteRecord, ProviderError> {
    Row {
        kind: DocumentKind::Journal,
        id: &row.id,
        number: Some(&row.narration),
        reference: Some(&row.narration),
        date: row.date.map(|day| day.0),
        due_date: None,
        contact: None,
        currency: home,
        gross: Some(row.debited()),
        vat: None,
        open: None,
        state: match row.status.as_deref() {
            Some("POSTED") => RemoteState::Live,
            Some("VOIDED") => RemoteState::Voided,
            Some("DELETED") => RemoteState::Deleted,
            _ => RemoteState::Draft,
        },
    }
    .read()
}

fn dated(period: Period) -> String {
    let day = |date: NaiveDate| {
        format!("DateTime({},{:02},{:02})", date.year(), date.month(), date.day())
    };
    format!("Date >= {} AND Date <= {}", day(period.from), day(period.to))
}

pub(super) fn sale(row: &wire::Sales, kind: DocumentKind) -> Result<RemoteRecord, ProviderError> {
    let is_invoice = kind == DocumentKind::Invoice;
    let (id, number, open) = match is_invoice {
        true => (&row.invoice_id, &row.invoice_number, row.amount_due),
        false => (&row.credit_note_id, &row.credit_note_number, row.remaining_credit),
    };
    Row {
        kind,
        id,
        number: number.as_deref(),
        reference: row.reference.as_deref(),
        date: row.date.map(|day| day.0),
        due_date: row.due_date.map(|day| day.0).filter(|_| is_invoice),
        contact: contact(row),
        currency: currency(row.currency_code.as_deref())?,
        gross: row.total,
        vat: row.total_tax,
        open,
        state: match row.status.as_deref() {
            Some("AUTHORISED" | "PAID") => RemoteState::Live,
            Some("VOIDED") => RemoteState::Voided,
            Some("DELETED") => RemoteState::Deleted,
            _ => RemoteState::Draft,
        },
    }
    .read()
}

pub(super) fn payment(row: &wire::Payment) -> Result<RemoteRecord, ProviderError> {
    let invoice = row.invoice.as_ref();
    Row {
        kind: DocumentKind::Payment,
        id: &row.payment_id,
        number: None,
        reference: row.reference.as_deref(),
        date: row.date.map(|day| day.0),
        due_date: None,
        contact: invoice.and_then(contact),
        currency: currency(invoice.and_then(|it| it.currency_code.as_deref()))?,
        gross: row.amount,
        vat: None,
        open: None,
        state: match row.status.as_deref() {
            Some("AUTHORISED") => RemoteState::Live,
            _ => RemoteState::Deleted,
        },
    }
    .read()
}

/// Money beyond what an invoice had open, in advance, or without one.
pub(super) fn kept(row: &Overpayment, kind: DocumentKind) -> Result<RemoteRecord, ProviderError> {
    let contact = row.contact.as_ref().map(|it| it.contact_id.as_str());
    Row {
        kind,
        id: &row.id(),
        number: None,
        reference: Some(&row.text()),
        date: row.date.map(|day| day.0),
        due_date: None,
        contact: contact.filter(|id| !id.is_empty()),
        currency: currency(row.currency_code.as_deref())?,
        gross: row.total,
        vat: None,
        open: row.remaining_credit,
        state: if row.counts() { RemoteState::Live } else { RemoteState::Voided },
    }
    .read()
}

pub(super) fn contact(row: &wire::Sales) -> Option<&str> {
    row.contact.as_ref().map(|it| it.contact_id.as_str()).filter(|id| !id.is_empty())
}

pub(super) fn currency(code: Option<&str>) -> Result<Currency, ProviderError> {
    let code = code.ok_or_else(|| unclear(Effect::Read, "a record without a currency"))?;
    code.parse().map_err(unusable)
}
