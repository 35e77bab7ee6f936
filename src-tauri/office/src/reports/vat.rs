//! Turnover and VAT by code and period, as the VAT return asks for them.

use super::{EVERY, currencies, parts, period, place};
use crate::actor::Actor;
use crate::fault::Fault;
use crate::office::Office;
use crate::wire::reports::{VatCodeRow, VatPart, VatPeriod, VatReport, VatRequest};
use crate::{show, typed};
use finance::period::Period;
use finance::tax::{TaxCode, VatCategory};
use finance::{Currency, Money};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use store::{Among, SaleFilter, VatDay};

/// Code, rate and category.
type Key = (String, Decimal, VatCategory);
/// Net, VAT and gross in minor units.
type Sums = [i64; 3];
type Codes = BTreeMap<Key, Sums>;

/// Turnover and VAT of a period.
pub async fn vat_summary(
    office: &Office,
    _: &Actor,
    request: VatRequest,
) -> Result<VatReport, Fault> {
    let asked = period(&request.from, &request.to)?;
    let every = typed::one_of("every", &request.every, EVERY)?;
    let parts = parts(asked, every)?;
    let department = typed::optional_id("department_id", request.department_id.as_deref())?;
    let filter = SaleFilter {
        department: department.map_or(Among::All, Among::One),
        ..SaleFilter::of(asked)
    };
    let mut view = office.store.read().await?;
    let days = view.vat_days(&filter).await?;
    let table = view.tax_codes().await?;
    let shown = currencies(office, days.iter().map(|day| day.sums.net.currency()));
    let part = |currency| of_currency(currency, &parts, &days, &table);
    Ok(VatReport {
        from: asked.from.to_string(),
        to: asked.to.to_string(),
        every: request.every,
        parts: shown.into_iter().map(part).collect(),
    })
}

fn of_currency(
    currency: Currency,
    parts: &[Period],
    days: &[VatDay],
    table: &[TaxCode],
) -> VatPart {
    let mut whole = Codes::new();
    let mut periods = vec![Codes::new(); parts.len()];
    for day in days.iter().filter(|day| day.sums.net.currency() == currency) {
        let Some(at) = place(parts, day.day) else { continue };
        for codes in [&mut whole, &mut periods[at]] {
            let sums = codes.entry((day.code.clone(), day.rate, day.category)).or_default();
            let added = [day.sums.net, day.sums.vat, day.sums.gross];
            for (sum, part) in sums.iter_mut().zip(added) {
                *sum += part.minor();
            }
        }
    }
    let money = |minor| Money::from_minor(minor, currency).into();
    let periods = parts.iter().zip(&periods).map(|(part, codes)| {
        let [net, vat, gross] = added(codes);
        VatPeriod {
            from: part.from.to_string(),
            to: part.to.to_string(),
            codes: rows(codes, currency, table),
            net: money(net),
            vat: money(vat),
            gross: money(gross),
        }
    });
    let [net, vat, gross] = added(&whole);
    VatPart {
        currency: currency.to_string(),
        periods: periods.collect(),
        codes: rows(&whole, currency, table),
        net: money(net),
        vat: money(vat),
        gross: money(gross),
    }
}

fn added(codes: &Codes) -> Sums {
    codes.values().fold([0; 3], |sums, row| [0, 1, 2].map(|at| sums[at] + row[at]))
}

fn rows(codes: &Codes, currency: Currency, table: &[TaxCode]) -> Vec<VatCodeRow> {
    let money = |minor| Money::from_minor(minor, currency).into();
    let row = |((code, rate, category), [net, vat, gross]): (&Key, &Sums)| {
        let entries = table.iter().filter(|tax| tax.code == *code && tax.rate == *rate);
        let name = entries.max_by_key(|tax| tax.valid_from);
        VatCodeRow {
            code: code.clone(),
            name: name.map_or_else(String::new, |tax| tax.name.clone()),
            category: show::category(*category),
            rate: show::number(*rate),
            net: money(*net),
            vat: money(*vat),
            gross: money(*gross),
        }
    };
    codes.iter().map(row).collect()
}
