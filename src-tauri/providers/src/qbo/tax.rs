//! What tax QuickBooks takes of a sale, so that a document is sent only where both agree.
//!
//! Outside the United States each line names a tax code, and the tax of the document may be brought
//! along; it is, and it is held against the rates first. Inside, lines are taxed or not, and an engine of
//! QuickBooks' own takes the tax, at a rate that nobody can read before. It honours the amount that a
//! document says (Intuit's blog of 11 December 2017, "Using QuickBooks Online API for automated sales
//! tax"); whether it did is seen in what it answers.

use super::client;
use super::wire::{Exact, RateDetail, Reference, TaxCode, TaxDetail, TaxLine, TaxRate};
use crate::document::SalesDocument;
use crate::error::{ProviderError, ReferenceKind};
use crate::http::{Effect, HttpClient, unclear};
use crate::session::Session;
use finance::money::Money;
use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::BTreeMap;

/// The codes of a line in the United States: taxed by the engine, or not at all.
pub const US_TAXED: &str = "TAX";
pub const US_UNTAXED: &str = "NON";

/// One rate behind a tax code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rate {
    pub id: String,
    pub percent: Decimal,
}

/// The tax codes of a company.
#[derive(Clone, Debug)]
pub enum Taxes {
    /// Computed there, by address.
    UnitedStates,
    /// By code of the line.
    ByCode(BTreeMap<String, Vec<Rate>>),
}

/// Reads them in one call.
pub async fn fetch(http: &HttpClient, session: &Session) -> Result<Taxes, ProviderError> {
    let queries = ["select * from CompanyInfo", "select * from TaxCode", "select * from TaxRate"];
    let mut found = client::ask_together(http, session, &queries).await?.into_iter();
    let (Some(company), Some(codes), Some(rates)) = (found.next(), found.next(), found.next())
    else {
        return Err(unclear(Effect::Read, "an answer without tax codes"));
    };
    let company = company.company_info.into_iter().next();
    let company = company.ok_or_else(|| unclear(Effect::Read, "an answer without a company"))?;
    Ok(of(&company.country, &codes.tax_code, &rates.tax_rate))
}

/// The codes of a company in this country. A code with a tax on a tax is left out: its amounts
/// cannot be told from the net amount alone.
pub fn of(country: &str, codes: &[TaxCode], rates: &[TaxRate]) -> Taxes {
    // Intuit writes countries with two letters or with three (its blog of October 2025).
    if matches!(country, "US" | "USA") {
        return Taxes::UnitedStates;
    }
    let rate_of = |id: &str| {
        let rate = rates.iter().find(|rate| rate.id == id)?;
        Some(Rate { id: id.to_owned(), percent: rate.rate_value?.0 })
    };
    let usable = codes.iter().filter_map(|code| {
        let details = &code.sales_tax_rate_list.tax_rate_detail;
        let plain = details.iter().all(|detail| detail.tax_on_tax_order.unwrap_or(0) == 0);
        let rates: Option<Vec<Rate>> =
            details.iter().map(|detail| rate_of(&detail.tax_rate_ref.value)).collect();
        let rates = rates.filter(|rates| plain && !rates.is_empty())?;
        Some((code.id.clone(), rates))
    });
    Taxes::ByCode(usable.collect())
}

/// Net amount, tax, and lines of one code in a document.
#[derive(Clone, Copy)]
struct OfCode {
    net: Money,
    vat: Money,
    lines: i64,
}

/// The tax to send with a document.
///
/// # Errors
/// [`ProviderError::MissingReference`] for a code that is not there; [`ProviderError::Rejected`]
/// where QuickBooks would not come to the document's own tax.
pub fn detail(document: &SalesDocument, taxes: &Taxes) -> Result<Option<TaxDetail>, ProviderError> {
    check_sums(document)?;
    match taxes {
        Taxes::UnitedStates => stated(document),
        Taxes::ByCode(codes) => by_code(document, codes).map(Some),
    }
}

/// The lines must add up to the document before anything else is looked at.
fn check_sums(document: &SalesDocument) -> Result<(), ProviderError> {
    let sum = |of: fn(&crate::document::SalesLine) -> Money| {
        Money::sum(document.currency, document.lines.iter().map(of))
    };
    let sums = (sum(|line| line.net), sum(|line| line.vat), sum(|line| line.gross));
    match sums {
        (Ok(net), Ok(vat), Ok(gross))
            if (net, vat, gross) == (document.net, document.vat, document.gross) =>
        {
            Ok(())
        }
        _ => Err(refused("Line", "the lines do not add up to the document")),
    }
}

/// The document's own tax, where any line is taxed.
fn stated(document: &SalesDocument) -> Result<Option<TaxDetail>, ProviderError> {
    for line in &document.lines {
        match line.tax_code.as_str() {
            US_TAXED => {}
            US_UNTAXED if line.vat.is_zero() => {}
            US_UNTAXED => {
                let text = "a line with tax cannot go to QuickBooks under NON, which is without";
                return Err(refused("TxnTaxDetail", text));
            }
            other => return Err(unknown(other)),
        }
    }
    let is_taxed = document.lines.iter().any(|line| line.tax_code == US_TAXED);
    let total_tax = Some(Exact(document.vat.amount()));
    Ok(is_taxed.then_some(TaxDetail { total_tax, tax_line: Vec::new() }))
}

fn by_code(
    document: &SalesDocument,
    codes: &BTreeMap<String, Vec<Rate>>,
) -> Result<TaxDetail, ProviderError> {
    let zero = Money::zero(document.currency);
    let mut sums: BTreeMap<&str, OfCode> = BTreeMap::new();
    for line in &document.lines {
        let of = sums.entry(&line.tax_code).or_insert(OfCode { net: zero, vat: zero, lines: 0 });
        let unusable = |_| refused("Amount", "the amounts are too large");
        of.net = of.net.plus(line.net).map_err(unusable)?;
        of.vat = of.vat.plus(line.vat).map_err(unusable)?;
        of.lines += 1;
    }
    let mut lines: BTreeMap<&str, TaxLine> = BTreeMap::new();
    for (code, of) in sums {
        let rates = codes.get(code).ok_or_else(|| unknown(code))?;
        for (rate, amount) in rates.iter().zip(shares(code, of, rates)?) {
            let net = of.net.amount();
            let line = lines.entry(&rate.id).or_insert_with(|| tax_line(rate));
            line.amount.0 += amount;
            line.tax_line_detail.net_amount_taxable.0 += net;
        }
    }
    Ok(TaxDetail {
        total_tax: Some(Exact(document.vat.amount())),
        tax_line: lines.into_values().collect(),
    })
}

/// The tax of a code, by rate: each rate's own, and what rounding left with the last one. Ours and
/// theirs may differ by one minor unit for each line, because we round prices with tax backwards;
/// more than that is another rate.
fn shares(code: &str, of: OfCode, rates: &[Rate]) -> Result<Vec<Decimal>, ProviderError> {
    let net = of.net.amount();
    let unit = Decimal::new(1, of.net.currency().decimals());
    let mut shares: Vec<Decimal> = rates
        .iter()
        .map(|rate| {
            let tax = net.saturating_mul(rate.percent) / Decimal::ONE_HUNDRED;
            tax.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
        })
        .collect();
    let theirs: Decimal = shares.iter().sum();
    let ours = of.vat.amount();
    if (ours - theirs).abs() > unit * Decimal::from(of.lines) {
        let text = format!("tax code {code} makes {theirs} of {net}, the document says {ours}");
        return Err(refused("TxnTaxDetail", &text));
    }
    if let Some(last) = shares.last_mut() {
        *last += ours - theirs;
    }
    Ok(shares)
}

fn tax_line(rate: &Rate) -> TaxLine {
    TaxLine {
        amount: Exact(Decimal::ZERO),
        detail_type: "TaxLineDetail",
        tax_line_detail: RateDetail {
            tax_rate_ref: Reference::to(&rate.id),
            percent_based: true,
            tax_percent: Exact(rate.percent),
            net_amount_taxable: Exact(Decimal::ZERO),
        },
    }
}

fn unknown(code: &str) -> ProviderError {
    ProviderError::MissingReference {
        kind: ReferenceKind::TaxCode,
        name: code.to_owned(),
        text: format!("tax code {code} is not in use there"),
    }
}

fn refused(field: &str, text: &str) -> ProviderError {
    ProviderError::Rejected { field: Some(field.to_owned()), text: text.to_owned() }
}
