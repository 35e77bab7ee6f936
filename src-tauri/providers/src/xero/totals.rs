//! Sums of Xero's records in a period, for reconciliation.
//!
//! Never counts drafts, voided or deleted records: they are not in the books.

use super::client::{self, Query};
use super::{transform, wire};
use crate::document::{DocumentKind, Period, RemoteTotals};
use crate::error::ProviderError;
use crate::http::{Effect, HttpClient, unclear};
use crate::session::Session;
use chrono::{Datelike, NaiveDate};
use finance::money::{Currency, MoneyError};
use transform::Sums;
use wire::Exact;

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

    let mut totals = totals_of(DocumentKind::Invoice, &sum_sales(&invoices)?);
    totals.extend(totals_of(DocumentKind::CreditNote, &sum_sales(&notes)?));
    totals.extend(totals_of(DocumentKind::Payment, &sum_payments(&payments)?));
    Ok(totals)
}

fn dated(period: Period) -> String {
    let day = |date: NaiveDate| {
        format!("DateTime({},{:02},{:02})", date.year(), date.month(), date.day())
    };
    format!("Date >= {} AND Date <= {}", day(period.from), day(period.to))
}

fn sum_sales(rows: &[wire::Sales]) -> Result<Sums, ProviderError> {
    let mut sums = Sums::new();
    let in_books = |row: &&wire::Sales| {
        row.status.as_deref().is_some_and(|status| matches!(status, "AUTHORISED" | "PAID"))
    };
    for row in rows.iter().filter(in_books) {
        let currency = currency(row.currency_code.as_deref())?;
        transform::add(&mut sums, currency, row.total, row.total_tax).map_err(unusable)?;
    }
    Ok(sums)
}

/// Payments of sales invoices; what was refunded or paid to suppliers is not of this kind.
fn sum_payments(rows: &[wire::Payment]) -> Result<Sums, ProviderError> {
    let mut sums = Sums::new();
    let in_books = |row: &&wire::Payment| {
        row.status.as_deref() == Some("AUTHORISED")
            && row.payment_type.as_deref() == Some("ACCRECPAYMENT")
    };
    for row in rows.iter().filter(in_books) {
        let invoice = row.invoice.as_ref();
        let currency = currency(invoice.and_then(|it| it.currency_code.as_deref()))?;
        let none: Option<Exact> = None;
        transform::add(&mut sums, currency, row.amount, none).map_err(unusable)?;
    }
    Ok(sums)
}

fn currency(code: Option<&str>) -> Result<Currency, ProviderError> {
    let code = code.ok_or_else(|| unclear(Effect::Read, "a record without a currency"))?;
    code.parse().map_err(unusable)
}

fn unusable(error: MoneyError) -> ProviderError {
    unclear(Effect::Read, format!("an unusable amount: {error}"))
}

fn totals_of(kind: DocumentKind, sums: &Sums) -> Vec<RemoteTotals> {
    let per_currency = sums.values();
    per_currency
        .map(|(count, gross, vat)| RemoteTotals { kind, count: *count, gross: *gross, vat: *vat })
        .collect()
}
