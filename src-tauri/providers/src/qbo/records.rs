//! QuickBooks' invoices, credit memos, payments and journal entries of a period, for reconciliation.
//!
//! Never shows what was deleted, which a query does not find, nor payments over nothing: those carry
//! credit and no money.

use super::journals::JournalEntry;
use super::wire::{Exact, Payment, Sales};
use super::{client, kept, transform};
use crate::document::{DocumentKind, Period};
use crate::error::ProviderError;
use crate::fitting::unusable;
use crate::http::{Effect, HttpClient, unclear};
use crate::record::{RemoteRecord, RemoteState};
use crate::session::Session;
use crate::sums::Row;
use finance::money::Currency;
use rust_decimal::Decimal;

/// Every record of the period, kind by kind.
pub async fn fetch(
    http: &HttpClient,
    session: &Session,
    period: Period,
) -> Result<Vec<RemoteRecord>, ProviderError> {
    let home = home_currency(http, session).await?;
    let of = |name: &str| {
        format!(
            "select * from {name} where TxnDate >= '{}' and TxnDate <= '{}'",
            period.from, period.to
        )
    };
    let invoices = client::all(http, session, &of("Invoice"), |rows| rows.invoice).await?;
    let memos = client::all(http, session, &of("CreditMemo"), |rows| rows.credit_memo).await?;
    let payments = client::all(http, session, &of("Payment"), |rows| rows.payment).await?;

    let invoices = invoices.iter().map(|row| sale(row, DocumentKind::Invoice, home));
    let memos = memos.iter().map(|row| sale(row, DocumentKind::CreditNote, home));
    let brings =
        |row: &&Payment| !is_nothing(row.total_amt) || is_voided(row.private_note.as_deref());
    let payments = payments.iter().filter(brings).map(|row| payment(row, home));
    invoices.chain(memos).chain(payments).collect()
}

/// Every journal entry of the period.
pub async fn entries(
    http: &HttpClient,
    session: &Session,
    period: Period,
) -> Result<Vec<RemoteRecord>, ProviderError> {
    let home = home_currency(http, session).await?;
    let query = format!(
        "select * from JournalEntry where TxnDate >= '{}' and TxnDate <= '{}'",
        period.from, period.to
    );
    let rows = client::all(http, session, &query, |rows| rows.journal_entry).await?;
    rows.iter().map(|row| entry(row, home)).collect()
}

/// Our mark is its number; where somebody numbered it anew, its note still has it.
fn entry(row: &JournalEntry, home: Currency) -> Result<RemoteRecord, ProviderError> {
    let note = row.private_note.as_deref().unwrap_or_default();
    let number = row.doc_number.as_deref().unwrap_or_default();
    Row {
        kind: DocumentKind::Journal,
        id: &row.id,
        number: Some(if note.is_empty() { number } else { note }),
        reference: Some(&format!("{number} {note}")),
        date: row.txn_date,
        due_date: None,
        contact: None,
        currency: transform::currency(row.currency_ref.as_ref(), home).map_err(unusable)?,
        gross: Some(row.debited()),
        vat: None,
        open: None,
        state: state(Some(row.debited()), Some(note)),
    }
    .read()
}

pub(super) async fn home_currency(
    http: &HttpClient,
    session: &Session,
) -> Result<Currency, ProviderError> {
    let (page, _) = client::ask(http, session, "select * from Preferences").await?;
    let home = page.preferences.first().map(|it| it.currency_prefs.home_currency.value.parse());
    match home {
        Some(Ok(home)) => Ok(home),
        _ => Err(unclear(Effect::Read, "a company without a currency")),
    }
}

pub(super) fn sale(
    row: &Sales,
    kind: DocumentKind,
    home: Currency,
) -> Result<RemoteRecord, ProviderError> {
    Row {
        kind,
        id: &row.id,
        number: row.doc_number.as_deref(),
        reference: row.private_note.as_deref(),
        date: row.txn_date,
        due_date: row.due_date.filter(|_| kind == DocumentKind::Invoice),
        contact: row.customer_ref.as_ref().map(|it| it.value.as_str()),
        currency: transform::currency(row.currency_ref.as_ref(), home).map_err(unusable)?,
        gross: row.total_amt,
        vat: row.txn_tax_detail.as_ref().and_then(|detail| detail.total_tax),
        open: row.balance,
        state: state(row.total_amt, row.private_note.as_deref()),
    }
    .read()
}

pub(super) fn payment(row: &Payment, home: Currency) -> Result<RemoteRecord, ProviderError> {
    let on_account = kept::is_on_account(row);
    Row {
        kind: if on_account { DocumentKind::OnAccount } else { DocumentKind::Payment },
        id: &row.id,
        number: None,
        reference: row.private_note.as_deref(),
        date: row.txn_date,
        due_date: None,
        contact: row.customer_ref.as_ref().map(|it| it.value.as_str()),
        currency: transform::currency(row.currency_ref.as_ref(), home).map_err(unusable)?,
        gross: row.total_amt,
        vat: None,
        open: row.unapplied_amt,
        state: state(row.total_amt, row.private_note.as_deref()),
    }
    .read()
}

/// QuickBooks has no field for it: a voided record keeps its number, loses its amounts, and its note
/// says so.
fn state(gross: Option<Exact>, note: Option<&str>) -> RemoteState {
    if is_nothing(gross) && is_voided(note) { RemoteState::Voided } else { RemoteState::Live }
}

fn is_voided(note: Option<&str>) -> bool {
    transform::carries(note, "Voided")
}

fn is_nothing(amount: Option<Exact>) -> bool {
    amount.is_none_or(|Exact(amount)| amount == Decimal::ZERO)
}
