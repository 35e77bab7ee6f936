//! Sage's invoices, credit notes, payments and journals of a period, for reconciliation.
//!
//! Never shows what was deleted: a list of days leaves it out, and `changes.rs` asks for it. What was
//! voided is listed.

use super::client::{self, Query};
use super::journals::Journal;
use super::lookup::MARGIN;
use super::push;
use super::release::is_posted;
use super::wire;
use crate::document::{DocumentKind, Period};
use crate::error::ProviderError;
use crate::fitting::unusable;
use crate::http::{Effect, HttpClient, unclear};
use crate::record::{RemoteRecord, RemoteState};
use crate::session::Session;
use crate::sums::Row;
use finance::money::Currency;
use wire::Named;

pub(super) const SALES: &str = "reference,notes,contact,date,due_date,status,currency,tax_amount,\
                     total_amount,outstanding_amount";
const JOURNALS: &str = "reference,description,date,total,deleted_at";
const PAYMENTS: &str =
    "reference,contact,date,currency,total_amount,allocated_artefacts,payment_on_account";

/// Every record of the period, kind by kind.
pub async fn fetch(
    http: &HttpClient,
    session: &Session,
    period: Period,
) -> Result<Vec<RemoteRecord>, ProviderError> {
    let mut records = Vec::new();
    for kind in [DocumentKind::Invoice, DocumentKind::CreditNote] {
        let path = push::collection(kind);
        let query = dated(period, SALES);
        let rows: Vec<wire::Sales> = client::get_all(http, session, path, &query, 1).await?;
        for row in &rows {
            records.push(sale(row, kind)?);
        }
    }
    let mut query = dated(period, PAYMENTS);
    query.push(("transaction_type_id", "CUSTOMER_RECEIPT".to_owned()));
    let path = push::collection(DocumentKind::Payment);
    let rows: Vec<wire::Payment> = client::get_all(http, session, path, &query, 1).await?;
    for row in &rows {
        records.push(payment(row)?);
    }
    records.retain(|record| (period.from..=period.to).contains(&record.date));
    Ok(records)
}

/// Every journal of the period. Sage lists journals by when they were made or changed, and not by day;
/// a list tells none of the lines, and what they come to beside them.
pub async fn entries(
    http: &HttpClient,
    session: &Session,
    period: Period,
) -> Result<Vec<RemoteRecord>, ProviderError> {
    let settings = client::get(http, session, "financial_settings", &Query::new()).await?;
    let settings: wire::FinancialSettings = client::read(&settings, Effect::Read)?;
    let home = currency(settings.base_currency.as_ref())?;
    let since = period.from.checked_sub_signed(MARGIN).unwrap_or(period.from);
    let query = vec![
        ("updated_or_created_since", format!("{since}T00:00:00Z")),
        ("attributes", JOURNALS.to_owned()),
    ];
    let path = push::collection(DocumentKind::Journal);
    let rows: Vec<Journal> = client::get_all(http, session, path, &query, 1).await?;
    let records: Result<Vec<_>, _> = rows.iter().map(|row| entry(row, home)).collect();
    let is_of = |it: &RemoteRecord| (period.from..=period.to).contains(&it.date);
    Ok(records?.into_iter().filter(is_of).collect())
}

fn entry(row: &Journal, home: Currency) -> Result<RemoteRecord, ProviderError> {
    Row {
        kind: DocumentKind::Journal,
        id: &row.id,
        number: row.description.as_deref(),
        reference: row.reference.as_deref(),
        date: row.date,
        due_date: None,
        contact: None,
        currency: home,
        gross: row.total,
        vat: None,
        open: None,
        state: if row.deleted_at.is_some() { RemoteState::Deleted } else { RemoteState::Live },
    }
    .read()
}

/// Asked for with one day more on either side, and cut here: whether Sage counts the days
/// themselves is said nowhere.
pub(super) fn dated(period: Period, attributes: &str) -> Query {
    let from = period.from.pred_opt().unwrap_or(period.from);
    let to = period.to.succ_opt().unwrap_or(period.to);
    vec![
        ("from_date", from.to_string()),
        ("to_date", to.to_string()),
        ("attributes", attributes.to_owned()),
    ]
}

pub(super) fn sale(row: &wire::Sales, kind: DocumentKind) -> Result<RemoteRecord, ProviderError> {
    Row {
        kind,
        id: &row.id,
        // Sage numbers by itself; ours is the reference.
        number: row.reference.as_deref(),
        reference: row.notes.as_deref(),
        date: row.date,
        due_date: row.due_date.filter(|_| kind == DocumentKind::Invoice),
        contact: row.contact.as_ref().map(|it| it.id.as_str()),
        currency: currency(row.currency.as_ref())?,
        gross: row.total_amount,
        vat: row.tax_amount,
        open: row.outstanding_amount,
        state: match row.status.as_ref().map(|it| it.id.as_str()) {
            Some(status) if is_posted(status) => RemoteState::Live,
            Some("VOID") => RemoteState::Voided,
            _ => RemoteState::Draft,
        },
    }
    .read()
}

pub(super) fn payment(row: &wire::Payment) -> Result<RemoteRecord, ProviderError> {
    let is_kept = row.payment_on_account.is_some() && row.allocated_artefacts.is_empty();
    Row {
        kind: if is_kept { DocumentKind::OnAccount } else { DocumentKind::Payment },
        id: &row.id,
        number: None,
        reference: row.reference.as_deref(),
        date: row.date,
        due_date: None,
        contact: row.contact.as_ref().map(|it| it.id.as_str()),
        currency: currency(row.currency.as_ref())?,
        gross: row.total_amount,
        vat: None,
        open: row.payment_on_account.as_ref().and_then(|left| left.outstanding_amount),
        state: RemoteState::Live,
    }
    .read()
}

fn currency(named: Option<&Named>) -> Result<Currency, ProviderError> {
    let named = named.ok_or_else(|| unclear(Effect::Read, "a record without a currency"))?;
    named.id.parse().map_err(unusable)
}
