//! Sums of Xero's records in a period, for reconciliation.
//!
//! Never counts drafts, voided or deleted records: they are not in the books.

use super::client::{self, Query};
use super::wire;
use crate::document::{DocumentKind, Period, RemoteTotals};
use crate::error::ProviderError;
use crate::fitting::unusable;
use crate::http::{Effect, HttpClient, unclear};
use crate::session::Session;
use crate::sums::Sums;
use chrono::{Datelike, NaiveDate};
use finance::money::Currency;

/// One sum per kind and currency that has records in the period.
pub async fn fetch(
    http: &HttpClient,
    session: &Session,
    period: Period,
) -> Result<Vec<RemoteTotals>, ProviderError> {
    let sold = |kind: &str| vec![("where", format!("Type==\"{kind}\" AND {}", dated(period)))];
    let invoices =
        client::get_all(http, session, "Invoices", &sold("ACCREC"), |it| it.invoices).await?;
    let query = sold("ACCRECCREDIT");
    let notes = client::get_all(http, session, "CreditNotes", &query, |it| it.credit_notes).await?;
    let query: Query = vec![("where", dated(period))];
    let payments = client::get_all(http, session, "Payments", &query, |it| it.payments).await?;

    let invoices = sum_sales(&invoices)?.totals(DocumentKind::Invoice);
    let notes = sum_sales(&notes)?.totals(DocumentKind::CreditNote);
    let payments = sum_payments(&payments)?.totals(DocumentKind::Payment);
    Ok(invoices.chain(notes).chain(payments).collect())
}

fn dated(period: Period) -> String {
    let day = |date: NaiveDate| {
        format!("DateTime({},{:02},{:02})", date.year(), date.month(), date.day())
    };
    format!("Date >= {} AND Date <= {}", day(period.from), day(period.to))
}

fn sum_sales(rows: &[wire::Sales]) -> Result<Sums, ProviderError> {
    let mut sums = Sums::default();
    let in_books = |row: &&wire::Sales| {
        row.status.as_deref().is_some_and(|status| matches!(status, "AUTHORISED" | "PAID"))
    };
    for row in rows.iter().filter(in_books) {
        let currency = currency(row.currency_code.as_deref())?;
        sums.add(currency, row.total, row.total_tax)?;
    }
    Ok(sums)
}

/// Payments of sales invoices; what was refunded or paid to suppliers is not of this kind.
fn sum_payments(rows: &[wire::Payment]) -> Result<Sums, ProviderError> {
    let mut sums = Sums::default();
    let in_books = |row: &&wire::Payment| {
        row.status.as_deref() == Some("AUTHORISED")
            && row.payment_type.as_deref() == Some("ACCRECPAYMENT")
    };
    for row in rows.iter().filter(in_books) {
        let invoice = row.invoice.as_ref();
        let currency = currency(invoice.and_then(|it| it.currency_code.as_deref()))?;
        sums.add(currency, row.amount, None)?;
    }
    Ok(sums)
}

fn currency(code: Option<&str>) -> Result<Currency, ProviderError> {
    let code = code.ok_or_else(|| unclear(Effect::Read, "a record without a currency"))?;
    code.parse().map_err(unusable)
}
