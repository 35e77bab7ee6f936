//! Tax of a sale: by the code of each line outside the United States, by QuickBooks' own engine
//! inside, which honours an amount that is sent along (Intuit's blog of 11 December 2017) unless it is
//! told not to. Each rate is taken of the sum of its lines and rounded once.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::books::Books;
use super::company::US_RATE;
use super::fault::Fault;
use super::json::{self, Body, cents};
use super::model::Entity;

/// A line that is sold.
#[derive(Clone, Debug)]
pub struct Sold {
    pub amount: Decimal,
    /// Amount with tax, where the document's amounts contain it.
    pub inclusive: Option<Decimal>,
    pub tax_code: String,
}

/// What the tax of a document comes to.
#[derive(Clone, Debug)]
pub struct Taxed {
    /// `TxnTaxDetail`.
    pub detail: Value,
    pub total: Decimal,
}

/// The sums of one rate.
#[derive(Clone, Debug, Default)]
struct OfRate {
    percent: Decimal,
    net: Decimal,
    tax: Decimal,
}

/// Computes the tax of the lines.
///
/// # Errors
/// A code that does not belong here, or amounts of the client's that are not these rates'.
pub fn of(books: &Books, body: &Body, sold: &[Sold]) -> Result<Taxed, Fault> {
    if books.is_us() { automatic(books, body, sold) } else { by_code(books, body, sold) }
}

fn automatic(books: &Books, body: &Body, sold: &[Sold]) -> Result<Taxed, Fault> {
    if let Some(wrong) = sold.iter().find(|it| !matches!(it.tax_code.as_str(), "TAX" | "NON")) {
        return Err(Fault::us_tax_code(&wrong.tax_code));
    }
    let net: Decimal = sold.iter().filter(|it| it.tax_code == "TAX").map(|it| it.amount).sum();
    let stated = body.get("TxnTaxDetail").and_then(Value::as_object);
    let stated = stated.and_then(|it| json::decimal(it, "TotalTax")).map(cents);
    let stated = stated.filter(|_| !net.is_zero() && !books.settings.replaces_tax);
    let tax = stated.unwrap_or_else(|| cents(net * US_RATE / Decimal::ONE_HUNDRED));
    let rate = OfRate { percent: US_RATE, net, tax };
    let mut detail = detail(&BTreeMap::from([("1".to_owned(), rate)]), tax);
    if net.is_zero() {
        detail["TaxLine"] = json!([]);
    }
    Ok(Taxed { detail, total: tax })
}

fn by_code(books: &Books, body: &Body, sold: &[Sold]) -> Result<Taxed, Fault> {
    let mut rates: BTreeMap<String, OfRate> = BTreeMap::new();
    let mut by_code: BTreeMap<&str, (Decimal, Option<Decimal>)> = BTreeMap::new();
    for line in sold {
        let sums = by_code.entry(&line.tax_code).or_default();
        sums.0 += line.amount;
        sums.1 = line.inclusive.map(|amount| amount + sums.1.unwrap_or_default()).or(sums.1);
    }
    for (code, (net, inclusive)) in by_code {
        let of_code = rates_of(books, code)?;
        let whole: Decimal = of_code.iter().map(|(_, percent)| *percent).sum();
        for (id, percent) in of_code {
            let base = inclusive.map_or(net * percent / Decimal::ONE_HUNDRED, |gross| {
                gross * percent / (Decimal::ONE_HUNDRED + whole)
            });
            let sums = rates.entry(id).or_default();
            sums.percent = percent;
            sums.net += net;
            sums.tax += base;
        }
    }
    for sums in rates.values_mut() {
        sums.tax = cents(sums.tax);
    }
    overridden(body, &mut rates)?;
    let total = rates.values().map(|sums| sums.tax).sum();
    Ok(Taxed { detail: detail(&rates, total), total })
}

/// A client may bring its own amounts, each within cents of the rate's.
fn overridden(body: &Body, rates: &mut BTreeMap<String, OfRate>) -> Result<(), Fault> {
    let given = body.get("TxnTaxDetail").and_then(Value::as_object);
    let Some(given) = given else { return Ok(()) };
    for line in json::list(given, "TaxLine") {
        let of = line.get("TaxLineDetail").and_then(Value::as_object);
        let rate = of.and_then(|of| json::reference(of, "TaxRateRef")).unwrap_or_default();
        let amount =
            json::decimal(line, "Amount").ok_or_else(|| Fault::number("TaxLine.Amount"))?;
        let sums = rates.get_mut(rate);
        let sums = sums.ok_or_else(|| Fault::reference("TaxRate", rate))?;
        if (sums.tax - amount).abs() > Decimal::new(50, 2) {
            return Err(Fault::business("The tax amount doesn't match the tax rate."));
        }
        sums.tax = amount;
    }
    Ok(())
}

/// The rates behind a code of a line.
fn rates_of(books: &Books, code: &str) -> Result<Vec<(String, Decimal)>, Fault> {
    let missing = "Make sure all your transactions have a VAT rate before you save.";
    if code.is_empty() {
        return Err(Fault::business(missing));
    }
    let code = books.get(Entity::TaxCode, code).filter(|code| code.is_active());
    let code = code.ok_or_else(|| Fault::business(missing))?;
    let rates = code.body.get("SalesTaxRateList").and_then(Value::as_object);
    let rates = rates.map(|rates| json::list(rates, "TaxRateDetail")).unwrap_or_default();
    let found = rates.into_iter().filter_map(|detail| {
        let id = json::reference(detail, "TaxRateRef")?;
        Some((id.to_owned(), books.get(Entity::TaxRate, id)?.decimal("RateValue")))
    });
    Ok(found.collect())
}

fn detail(rates: &BTreeMap<String, OfRate>, total: Decimal) -> Value {
    let lines: Vec<Value> = rates
        .iter()
        .map(|(id, sums)| {
            json!({
                "Amount": json::number(sums.tax),
                "DetailType": "TaxLineDetail",
                "TaxLineDetail": {
                    "TaxRateRef": {"value": id},
                    "PercentBased": true,
                    "TaxPercent": json::number(sums.percent),
                    "NetAmountTaxable": json::number(sums.net),
                },
            })
        })
        .collect();
    json!({"TotalTax": json::number(total), "TaxLine": lines})
}
