//! Other currencies: the school's rates, and what prices and amounts come to by them.
//!
//! Never fetches a rate: it is typed or imported. Never changes what was issued: a document keeps
//! the rate it was issued by.

use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::common::Nothing;
use crate::wire::exchange::{
    DocumentExchange, ExchangePrice, ExchangeRateRow, ExchangeRates, ExchangeRatesImported,
    ExchangedPrice, ForeignMoney, ImportExchangeRates, SetExchangeRate,
};
use crate::{show, typed};
use chrono::NaiveDate;
use documents::csv_in::{self, DecimalMark};
use finance::exchange::{self, Conversion, ExchangeRate, Left, RateRejection, RateUsed, Worth};
use finance::fact::FactBody;
use finance::ids::ServiceId;
use finance::line::Totals;
use finance::{Currency, Money};
use rust_decimal::Decimal;
use std::collections::BTreeSet;
use store::View;

/// The most rates of one table: a day of all currencies for a year.
const MOST_RATES: usize = 20_000;

/// All rates that were set.
pub async fn exchange_rates(
    office: &Office,
    _: &Actor,
    _: Nothing,
) -> Result<ExchangeRates, Fault> {
    let rates = office.store.read().await?.exchange_rates().await?;
    let (base, today) = (office.school.currency, office.today());
    let holds = |currency| ExchangeRate::in_force(&rates, currency, today);
    let known = known(&rates, today);
    Ok(ExchangeRates {
        base: base.to_string(),
        currencies: std::iter::once(base).chain(known).map(|it| it.to_string()).collect(),
        rates: rates
            .iter()
            .map(|rate| ExchangeRateRow {
                currency: rate.currency.to_string(),
                rate: show::number(rate.rate),
                on: rate.on.to_string(),
                source: rate.source.clone(),
                in_force: holds(rate.currency) == Some(rate),
            })
            .collect(),
    })
}

/// Currencies with a rate that holds on a day.
fn known(rates: &[ExchangeRate], day: NaiveDate) -> BTreeSet<Currency> {
    rates.iter().filter(|rate| rate.on <= day).map(|rate| rate.currency).collect()
}

/// Currencies with a rate that holds on a day.
///
/// # Errors
/// What the database reports.
pub(crate) async fn known_on(view: &mut View, day: NaiveDate) -> Result<BTreeSet<Currency>, Fault> {
    Ok(known(&view.exchange_rates().await?, day))
}

/// Sets the rate of a currency from a day on; set again as it stands, nothing is recorded.
pub async fn set_exchange_rate(
    office: &Office,
    actor: &Actor,
    request: SetExchangeRate,
) -> Result<ExchangeRates, Fault> {
    let rate = ExchangeRate {
        school_id: office.school.id,
        currency: currency("currency", &request.currency)?,
        rate: typed::decimal("rate", &request.rate)?,
        on: typed::date("on", &request.on)?,
        source: typed::text("source", &request.source, typed::SHORT)?,
    };
    rate.check(office.school.currency).map_err(refused)?;
    record(office, actor, vec![rate]).await?;
    exchange_rates(office, actor, Nothing {}).await
}

/// Sets all rates of a table, or none where one of them cannot be read.
pub async fn import_exchange_rates(
    office: &Office,
    actor: &Actor,
    request: ImportExchangeRates,
) -> Result<ExchangeRatesImported, Fault> {
    let source = typed::text("source", &request.source, typed::SHORT)?;
    let rates = read_table(office, &request.csv, &source)?;
    let all = u32::try_from(rates.len()).unwrap_or(u32::MAX);
    let set = record(office, actor, rates).await?;
    Ok(ExchangeRatesImported { set, same: all.saturating_sub(set) })
}

/// Records those that are not set as they stand; returns how many.
async fn record(office: &Office, actor: &Actor, rates: Vec<ExchangeRate>) -> Result<u32, Fault> {
    let mut tx = office.store.begin().await?;
    let known = tx.exchange_rates().await?;
    let mut new: Vec<ExchangeRate> = Vec::new();
    for rate in rates {
        if !known.contains(&rate) && !new.contains(&rate) {
            new.push(rate);
        }
    }
    let count = u32::try_from(new.len()).unwrap_or(u32::MAX);
    if new.is_empty() {
        drop(tx);
    } else {
        office.record(&mut tx, actor, new.into_iter().map(FactBody::ExchangeRateSet)).await?;
        tx.commit().await?;
    }
    Ok(count)
}

fn refused(rejection: RateRejection) -> Fault {
    let (rule, field) = match rejection {
        RateRejection::Rate => ("exchange_rate", "rate"),
        RateRejection::OwnCurrency => ("own_currency", "currency"),
    };
    Fault::new(Code::Invalid, rejection.to_string()).rule(rule).at(field)
}

/// Rates as a table with the headings `currency`, `rate` and `date`.
fn read_table(office: &Office, csv: &str, source: &str) -> Result<Vec<ExchangeRate>, Fault> {
    let wrong = |line: u64, what: String| {
        let message = format!("Line {line}: {what}");
        let fault = Fault::new(Code::Invalid, message).at("csv").rule("rate_table");
        fault.with("line", line.to_string()).with("what", what)
    };
    let sheet = csv_in::sheet(csv.as_bytes(), &csv_in::Reading::default())
        .map_err(|problem| wrong(1, problem.to_string()))?;
    if sheet.rows.len() > MOST_RATES {
        return Err(wrong(1, format!("there are more than {MOST_RATES} rates.")));
    }
    let place = |wanted: &str| {
        let found = sheet.headings.iter().position(|it| it.trim().eq_ignore_ascii_case(wanted));
        found.ok_or_else(|| wrong(sheet.heading_line, format!("there is no column {wanted:?}.")))
    };
    let [code, number, day] = [place("currency")?, place("rate")?, place("date")?];
    let cells = sheet.rows.iter().filter_map(|row| row.cells.get(number));
    let comma = cells.clone().any(|cell| cell.contains(',') && !cell.contains('.'));
    let mark = if comma { DecimalMark::Comma } else { DecimalMark::Point };
    let read = |row: &csv_in::RawRow| {
        let cell = |place: usize| row.cells.get(place).map_or("", |cell| cell.trim());
        let rate = ExchangeRate {
            school_id: office.school.id,
            currency: cell(code)
                .parse()
                .map_err(|_| wrong(row.line, format!("{:?} is no currency.", cell(code))))?,
            rate: csv_in::decimal(cell(number), Some(mark))
                .map_err(|problem| wrong(row.line, problem.to_string()))?,
            on: csv_in::date(cell(day), None)
                .map_err(|problem| wrong(row.line, problem.to_string()))?,
            source: source.to_owned(),
        };
        let checked = rate.check(office.school.currency);
        checked.map_err(|rejection| wrong(row.line, format!("{rejection}.")))?;
        Ok(rate)
    };
    sheet.rows.iter().map(read).collect()
}

/// The price of a service in another currency, by the rate of a day.
pub async fn exchange_price(
    office: &Office,
    _: &Actor,
    request: ExchangePrice,
) -> Result<ExchangedPrice, Fault> {
    let currency = currency("currency", &request.currency)?;
    let day = typed::date("on", &request.on)?;
    let id: ServiceId = typed::id("service_id", &request.service_id)?;
    let mut view = office.store.read().await?;
    let missing = || Fault::new(Code::NotFound, "There is no such service.").rule("service");
    let service = view.find_service(id).await?.ok_or_else(missing)?;
    let rate = rate_on(office, &mut view, currency, day).await?;
    let rate = rate.ok_or_else(|| no_rate(Code::Invalid, currency, day).at("currency"))?;
    let price = rate.price(service.unit_price, currency)?;
    Ok(ExchangedPrice {
        unit_price: price.plain(),
        currency: currency.to_string(),
        rate: show::number(rate.rate),
        on: rate.on.to_string(),
    })
}

/// A currency code.
///
/// # Errors
/// [`Code::Invalid`] at `field`.
pub(crate) fn currency(field: &str, text: &str) -> Result<Currency, Fault> {
    text.trim().parse().map_err(|_| {
        let fault = Fault::new(Code::Invalid, "This is not a currency code of three letters.");
        fault.at(field).rule("currency")
    })
}

/// A currency that may be left out: that of the books.
///
/// # Errors
/// As [`currency`].
pub(crate) fn optional_currency(office: &Office, text: Option<&str>) -> Result<Currency, Fault> {
    match text.map(str::trim).filter(|text| !text.is_empty()) {
        None => Ok(office.school.currency),
        Some(text) => currency("currency", text),
    }
}

/// No rate is known for a currency on a day.
pub(crate) fn no_rate(code: Code, currency: Currency, day: NaiveDate) -> Fault {
    let fault = Fault::new(code, format!("No rate of {currency} is known on {day}."));
    fault.rule("no_rate").with("currency", currency.to_string()).with("on", day.to_string())
}

/// The rate that holds on a day; nothing where none is known or none is needed.
///
/// # Errors
/// What the database reports.
pub(crate) async fn rate_on(
    office: &Office,
    view: &mut View,
    currency: Currency,
    day: NaiveDate,
) -> Result<Option<RateUsed>, Fault> {
    if currency == office.school.currency {
        return Ok(None);
    }
    let rates = view.exchange_rates().await?;
    let rate = ExchangeRate::in_force(&rates, currency, day);
    Ok(rate.map(|rate| rate.used(office.school.currency)))
}

/// What currency money is in.
///
/// # Errors
/// As [`currency`].
pub(crate) fn currency_of(
    office: &Office,
    foreign: Option<&ForeignMoney>,
) -> Result<Currency, Fault> {
    optional_currency(office, foreign.map(|foreign| foreign.currency.as_str()))
}

/// What money is worth in the books, as a person says it.
pub(crate) struct Said<'a> {
    /// As an amount in the currency of the books, or by a rate.
    pub foreign: Option<&'a ForeignMoney>,
    /// The day whose rate counts where neither is said.
    pub on: NaiveDate,
}

impl Said<'_> {
    /// What an amount is worth; nothing in the currency of the books.
    ///
    /// # Errors
    /// [`Code::CannotPay`], rule `no_rate`, where nothing is said and no rate is known;
    /// [`Code::Invalid`] for what cannot be read.
    pub(crate) async fn worth(
        &self,
        office: &Office,
        view: &mut View,
        amount: Money,
    ) -> Result<Option<Money>, Fault> {
        let base = office.school.currency;
        if amount.currency() == base {
            return Ok(None);
        }
        let said = |of: fn(&ForeignMoney) -> Option<&str>| {
            self.foreign.and_then(of).filter(|text| !text.trim().is_empty())
        };
        let worth = if let Some(text) = said(|it| it.base_amount.as_deref()) {
            typed::money("base_amount", text, base)?
        } else if let Some(text) = said(|it| it.rate.as_deref()) {
            let rate: Decimal = typed::decimal("rate", text)?;
            exchange::check_rate(rate).map_err(refused)?;
            RateUsed { rate, on: self.on, base }.worth(amount)?
        } else {
            let rate = rate_on(office, view, amount.currency(), self.on).await?;
            let none = || no_rate(Code::CannotPay, amount.currency(), self.on).at("base_amount");
            rate.ok_or_else(none)?.worth(amount)?
        };
        if worth.is_positive() {
            return Ok(Some(worth));
        }
        let fault = Fault::new(Code::CannotPay, "It must be worth more than nothing.");
        Err(fault.rule("not_positive").at("base_amount"))
    }
}

/// What shares of one source move, in their order: each takes from its invoice and from what the
/// source has left.
pub(crate) struct Taking {
    /// The source; nothing where it is in the currency of the books.
    source: Option<Left>,
}

impl Taking {
    /// From a source with something left.
    pub(crate) fn from(own: Money, base: Option<Money>) -> Self {
        Self { source: base.map(|base| Left { own, base }) }
    }

    /// What the next share moves.
    ///
    /// # Errors
    /// [`Code::Invalid`] where the currencies differ.
    pub(crate) fn take(
        &mut self,
        share: Money,
        invoice: Option<Left>,
    ) -> Result<Option<Worth>, Fault> {
        let (Some(source), Some(invoice)) = (self.source, invoice) else { return Ok(None) };
        let (left, source_base) = source.after(share)?;
        self.source = Some(left);
        Ok(Some(Worth { invoice_base: invoice.take(share)?, source_base }))
    }
}

/// What an issued document is worth, as screens show it.
pub(crate) fn document(
    conversion: Option<&Conversion>,
    own: &Totals,
    left: Option<Money>,
) -> Option<DocumentExchange> {
    conversion.zip(left).map(|(conversion, left)| DocumentExchange {
        rate: show::number(conversion.rate.rate),
        on: conversion.rate.on.to_string(),
        totals: show::totals(&conversion.totals(own)),
        left: left.into(),
    })
}
