//! Sums of QuickBooks' records in a period, for reconciliation.
//!
//! Never counts what was voided, nor payments over nothing: those carry credit and no money.

use super::wire::{Exact, Sales};
use super::{client, transform};
use crate::document::{DocumentKind, Period, RemoteTotals};
use crate::error::ProviderError;
use crate::fitting::unusable;
use crate::http::{Effect, HttpClient, unclear};
use crate::session::Session;
use crate::sums::Sums;
use finance::money::Currency;
use rust_decimal::Decimal;

/// One sum per kind and currency that has records in the period.
pub async fn fetch(
    http: &HttpClient,
    session: &Session,
    period: Period,
) -> Result<Vec<RemoteTotals>, ProviderError> {
    let (page, _) = client::ask(http, session, "select * from Preferences").await?;
    let home = page.preferences.first().map(|it| it.currency_prefs.home_currency.value.parse());
    let home: Currency = match home {
        Some(Ok(home)) => home,
        _ => return Err(unclear(Effect::Read, "a company without a currency")),
    };
    let of = |name: &str| {
        format!(
            "select * from {name} where TxnDate >= '{}' and TxnDate <= '{}'",
            period.from, period.to
        )
    };
    let invoices = client::all(http, session, &of("Invoice"), |rows| rows.invoice).await?;
    let memos = client::all(http, session, &of("CreditMemo"), |rows| rows.credit_memo).await?;
    let payments = client::all(http, session, &of("Payment"), |rows| rows.payment).await?;

    let mut paid = Sums::default();
    for row in payments.iter().filter(|row| !is_nothing(row.total_amt)) {
        let currency = transform::currency(row.currency_ref.as_ref(), home).map_err(unusable)?;
        paid.add(currency, row.total_amt, None)?;
    }
    let invoices = sold(&invoices, home)?.totals(DocumentKind::Invoice);
    let memos = sold(&memos, home)?.totals(DocumentKind::CreditNote);
    Ok(invoices.chain(memos).chain(paid.totals(DocumentKind::Payment)).collect())
}

fn sold(rows: &[Sales], home: Currency) -> Result<Sums, ProviderError> {
    let mut sums = Sums::default();
    let voided = |row: &&Sales| {
        is_nothing(row.total_amt) && transform::carries(row.private_note.as_deref(), "Voided")
    };
    for row in rows.iter().filter(|row| !voided(row)) {
        let tax = row.txn_tax_detail.as_ref().and_then(|detail| detail.total_tax);
        let currency = transform::currency(row.currency_ref.as_ref(), home).map_err(unusable)?;
        sums.add(currency, row.total_amt, tax)?;
    }
    Ok(sums)
}

fn is_nothing(amount: Option<Exact>) -> bool {
    amount.is_none_or(|Exact(amount)| amount == Decimal::ZERO)
}
