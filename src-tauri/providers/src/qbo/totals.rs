//! Sums of QuickBooks' records in a period, for reconciliation.
//!
//! Never counts what was voided, nor payments over nothing: those carry credit and no money.

use super::wire::{Exact, Reference, Sales};
use super::{client, transform};
use crate::document::{DocumentKind, Period, RemoteTotals};
use crate::error::ProviderError;
use crate::http::{Effect, HttpClient, unclear};
use crate::session::Session;
use finance::money::{Currency, Money, MoneyError};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Count, sum with tax, and tax, per currency.
type Sums = BTreeMap<Currency, (u64, Money, Money)>;

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

    let mut paid = Sums::new();
    for row in payments.iter().filter(|row| !is_nothing(row.total_amt)) {
        add(&mut paid, row.currency_ref.as_ref(), home, (row.total_amt, None)).map_err(unusable)?;
    }
    let mut totals = totals_of(DocumentKind::Invoice, &sold(&invoices, home)?);
    totals.extend(totals_of(DocumentKind::CreditNote, &sold(&memos, home)?));
    totals.extend(totals_of(DocumentKind::Payment, &paid));
    Ok(totals)
}

fn sold(rows: &[Sales], home: Currency) -> Result<Sums, ProviderError> {
    let mut sums = Sums::new();
    let voided = |row: &&Sales| {
        is_nothing(row.total_amt) && transform::carries(row.private_note.as_deref(), "Voided")
    };
    for row in rows.iter().filter(|row| !voided(row)) {
        let tax = row.txn_tax_detail.as_ref().and_then(|detail| detail.total_tax);
        let amounts = (row.total_amt, tax);
        add(&mut sums, row.currency_ref.as_ref(), home, amounts).map_err(unusable)?;
    }
    Ok(sums)
}

fn is_nothing(amount: Option<Exact>) -> bool {
    amount.is_none_or(|Exact(amount)| amount == Decimal::ZERO)
}

fn add(
    sums: &mut Sums,
    named: Option<&Reference>,
    home: Currency,
    (gross, vat): (Option<Exact>, Option<Exact>),
) -> Result<(), MoneyError> {
    let currency = transform::currency(named, home)?;
    let zero = Money::zero(currency);
    let (count, sum, tax) = sums.entry(currency).or_insert((0, zero, zero));
    *count += 1;
    *sum = sum.plus(transform::money(gross, currency)?.unwrap_or(zero))?;
    *tax = tax.plus(transform::money(vat, currency)?.unwrap_or(zero))?;
    Ok(())
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
