//! Sums of Sage's records in a period, for reconciliation.
//!
//! Never counts drafts, pro forma invoices or voided documents: they are not in the accounts.

use super::client::{self, Query};
use super::push::{self, is_posted};
use super::wire;
use crate::document::{DocumentKind, Period, RemoteTotals};
use crate::error::ProviderError;
use crate::fitting::unusable;
use crate::http::{Effect, HttpClient, unclear};
use crate::session::Session;
use crate::sums::Sums;
use chrono::NaiveDate;
use finance::money::Currency;
use wire::Named;

/// One sum per kind and currency that has records in the period.
pub async fn fetch(
    http: &HttpClient,
    session: &Session,
    period: Period,
) -> Result<Vec<RemoteTotals>, ProviderError> {
    let mut totals = Vec::new();
    for kind in [DocumentKind::Invoice, DocumentKind::CreditNote] {
        let query = dated(period, "date,status,currency,tax_amount,total_amount");
        let path = push::collection(kind);
        let rows: Vec<wire::Sales> = client::get_all(http, session, path, &query, 1).await?;
        totals.extend(sum_sales(&rows, period)?.totals(kind));
    }
    let mut query = dated(period, "date,currency,total_amount");
    query.push(("transaction_type_id", "CUSTOMER_RECEIPT".to_owned()));
    let path = push::collection(DocumentKind::Payment);
    let rows: Vec<wire::Payment> = client::get_all(http, session, path, &query, 1).await?;
    totals.extend(sum_payments(&rows, period)?.totals(DocumentKind::Payment));
    Ok(totals)
}

/// Asked for with one day more on either side, and cut here: whether Sage counts the days
/// themselves is said nowhere.
fn dated(period: Period, attributes: &str) -> Query {
    let from = period.from.pred_opt().unwrap_or(period.from);
    let to = period.to.succ_opt().unwrap_or(period.to);
    vec![
        ("from_date", from.to_string()),
        ("to_date", to.to_string()),
        ("attributes", attributes.to_owned()),
    ]
}

fn is_in(period: Period, date: Option<NaiveDate>) -> bool {
    date.is_some_and(|date| (period.from..=period.to).contains(&date))
}

fn sum_sales(rows: &[wire::Sales], period: Period) -> Result<Sums, ProviderError> {
    let mut sums = Sums::default();
    let counts = |row: &&wire::Sales| {
        is_in(period, row.date) && row.status.as_ref().is_some_and(|it| is_posted(&it.id))
    };
    for row in rows.iter().filter(counts) {
        let currency = currency(row.currency.as_ref())?;
        sums.add(currency, row.total_amount, row.tax_amount)?;
    }
    Ok(sums)
}

fn sum_payments(rows: &[wire::Payment], period: Period) -> Result<Sums, ProviderError> {
    let mut sums = Sums::default();
    for row in rows.iter().filter(|row| is_in(period, row.date)) {
        let currency = currency(row.currency.as_ref())?;
        sums.add(currency, row.total_amount, None)?;
    }
    Ok(sums)
}

fn currency(named: Option<&Named>) -> Result<Currency, ProviderError> {
    let named = named.ok_or_else(|| unclear(Effect::Read, "a record without a currency"))?;
    named.id.parse().map_err(unusable)
}
