//! Reports of an organisation, posted from its documents and payments.
//!
//! Shapes as the OpenAPI description and Xero's examples of `ReportWithRows` show them.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use std::collections::BTreeMap;

use super::books::Books;
use super::model::{Document, Kind, Status};
use super::query::Query;
use super::reference::Account;
use super::refusal::Refusal;

/// The report with this name.
///
/// # Errors
/// A name that there is no report of, or a day that is none.
pub fn report(
    books: &Books,
    name: &str,
    query: &Query,
    today: NaiveDate,
) -> Result<Value, Refusal> {
    let day = |name: &str, usual: NaiveDate| match query.get(name) {
        Some(text) => text.parse().map_err(|_| Refusal::invalid(format!("{name} is no date"))),
        None => Ok(usual),
    };
    let (rows, date) = match name {
        "TrialBalance" => {
            let date = day("date", today)?;
            (trial_balance(books, date), date)
        }
        "ProfitAndLoss" => {
            let to = day("toDate", today)?;
            let from = day("fromDate", to.with_day(1).unwrap_or(to))?;
            (profit_and_loss(books, from, to), to)
        }
        "BalanceSheet" => {
            let date = day("date", today)?;
            (balance_sheet(books, date), date)
        }
        _ => return Err(Refusal::NotFound),
    };
    let title = format!("{} {}", books.organisation.name, date.format("%-d %B %Y"));
    Ok(json!({
        "ReportID": name,
        "ReportName": name,
        "ReportType": name,
        "ReportTitles": [name, books.organisation.name, title],
        "ReportDate": date.format("%-d %B %Y").to_string(),
        "Rows": rows,
    }))
}

/// What each account comes to over some days, debits above nothing.
fn turnover(books: &Books, from: NaiveDate, to: NaiveDate) -> BTreeMap<String, Decimal> {
    let mut sums = BTreeMap::new();
    let mut post = |code: &str, amount: Decimal| {
        *sums.entry(code.to_owned()).or_insert(Decimal::ZERO) += amount;
    };
    let within = |date: NaiveDate| (from..=to).contains(&date);
    let system = |name: &'static str| {
        let found = books.accounts.iter().find(|it| it.system_account.as_deref() == Some(name));
        found.map_or(name, |account| account.code.as_str())
    };
    let (debtors, tax) = (system("DEBTORS"), system("GST"));
    let counts = |it: &&Document| {
        matches!(it.kind, Kind::AccRec | Kind::AccRecCredit)
            && matches!(it.status, Status::Authorised | Status::Paid)
            && within(it.date)
    };
    for document in books.documents.iter().filter(counts) {
        let sign = if document.kind == Kind::AccRec { Decimal::ONE } else { -Decimal::ONE };
        let worth = |amount: Decimal| sign * amount / document.currency_rate;
        post(debtors, worth(document.total));
        post(tax, -worth(document.total_tax));
        let inclusive = document.line_amount_types == super::model::LineAmountTypes::Inclusive;
        for line in &document.lines {
            let net = line.line_amount - if inclusive { line.tax_amount } else { Decimal::ZERO };
            post(line.account_code.as_deref().unwrap_or_default(), -worth(net));
        }
    }
    for journal in books.journals.iter().filter(|it| it.status == "POSTED" && within(it.date)) {
        for line in &journal.lines {
            post(line.account_code.as_deref().unwrap_or_default(), line.line_amount);
        }
    }
    for payment in books.payments.iter().filter(|it| !it.deleted && within(it.date)) {
        let sign = if payment.document_kind == Kind::AccRec { Decimal::ONE } else { -Decimal::ONE };
        let worth = sign * payment.amount / payment.currency_rate;
        post(&payment.account_code, worth);
        post(debtors, -worth);
    }
    sums
}

fn is_result(account: &Account) -> bool {
    matches!(account.class.as_str(), "REVENUE" | "EXPENSE")
}

/// The organisation's years end on 31 March, as its particulars say.
fn year_begin(date: NaiveDate) -> NaiveDate {
    let april = |year| NaiveDate::from_ymd_opt(year, 4, 1).unwrap_or(date);
    if date.month() < 4 { april(date.year() - 1) } else { april(date.year()) }
}

/// Accounts with what they stand at: those of income and cost since the year began.
fn standing(books: &Books, date: NaiveDate) -> Vec<(&Account, Decimal)> {
    let (all, since) =
        (turnover(books, NaiveDate::MIN, date), turnover(books, year_begin(date), date));
    let of = |account: &Account| {
        let sums = if is_result(account) { &since } else { &all };
        sums.get(&account.code).copied().unwrap_or_default()
    };
    let with = books.accounts.iter().map(|account| (account, of(account)));
    with.filter(|(_, amount)| !amount.is_zero()).collect()
}

fn trial_balance(books: &Books, date: NaiveDate) -> Vec<Value> {
    let month = date.with_day(1).unwrap_or(date);
    let moved = turnover(books, month, date);
    let mut rows = vec![header(&["Account", "Debit", "Credit", "YTD Debit", "YTD Credit"])];
    let classes = [
        ("Revenue", "REVENUE"),
        ("Expenses", "EXPENSE"),
        ("Assets", "ASSET"),
        ("Liabilities", "LIABILITY"),
        ("Equity", "EQUITY"),
    ];
    let standing = standing(books, date);
    for (title, class) in classes {
        let lines = standing.iter().filter(|(account, _)| account.class == class);
        let lines: Vec<Value> = lines
            .map(|(account, year)| {
                let month = moved.get(&account.code).copied().unwrap_or_default();
                let sides = |amount: Decimal| {
                    let zero = Decimal::ZERO;
                    [text(amount.max(zero)), text((-amount).max(zero))]
                };
                line(account, &[sides(month), sides(*year)].concat())
            })
            .collect();
        rows.push(json!({"RowType": "Section", "Title": title, "Rows": lines}));
    }
    rows.extend(retained(&standing));
    rows
}

/// What earlier years brought: it stands in no account of the chart.
fn retained(standing: &[(&Account, Decimal)]) -> Option<Value> {
    let sum: Decimal = standing.iter().map(|(_, amount)| *amount).sum();
    let side = |amount: Decimal| json!({"Value": text(amount.max(Decimal::ZERO))});
    let cells = json!([{"Value": "Retained Earnings"}, {"Value": ""}, {"Value": ""},
        side(-sum), side(sum)]);
    let line = json!({"RowType": "Row", "Cells": cells});
    (!sum.is_zero()).then(|| json!({"RowType": "Section", "Title": "Equity", "Rows": [line]}))
}

fn profit_and_loss(books: &Books, from: NaiveDate, to: NaiveDate) -> Vec<Value> {
    let sums = turnover(books, from, to);
    let mut rows = vec![header(&["", "Amount"])];
    for (title, class, sign) in
        [("Income", "REVENUE", -Decimal::ONE), ("Less Operating Expenses", "EXPENSE", Decimal::ONE)]
    {
        let accounts = books.accounts.iter().filter(|it| it.class == class);
        let found = accounts.filter_map(|it| Some((it, sign * *sums.get(&it.code)?)));
        rows.push(section(title, found.filter(|(_, amount)| !amount.is_zero()).collect()));
    }
    rows
}

fn balance_sheet(books: &Books, date: NaiveDate) -> Vec<Value> {
    let standing = standing(books, date);
    let mut rows = vec![header(&["", &date.to_string()])];
    for (title, class, sign) in [
        ("Assets", "ASSET", Decimal::ONE),
        ("Liabilities", "LIABILITY", -Decimal::ONE),
        ("Equity", "EQUITY", -Decimal::ONE),
    ] {
        let found = standing.iter().filter(|(account, _)| account.class == class);
        rows.push(section(title, found.map(|(it, amount)| (*it, sign * *amount)).collect()));
    }
    rows
}

fn section(title: &str, found: Vec<(&Account, Decimal)>) -> Value {
    let total: Decimal = found.iter().map(|(_, amount)| *amount).sum();
    let mut lines: Vec<Value> =
        found.iter().map(|(account, amount)| line(account, &[text(*amount)])).collect();
    lines.push(json!({
        "RowType": "SummaryRow",
        "Cells": [{"Value": format!("Total {title}")}, {"Value": text(total)}],
    }));
    json!({"RowType": "Section", "Title": title, "Rows": lines})
}

fn header(names: &[&str]) -> Value {
    let cells: Vec<Value> = names.iter().map(|name| json!({"Value": name})).collect();
    json!({"RowType": "Header", "Cells": cells})
}

fn line(account: &Account, figures: &[String]) -> Value {
    let of = json!([{"Id": "account", "Value": account.id}]);
    let name = format!("{} ({})", account.name, account.code);
    let mut cells = vec![json!({"Value": name, "Attributes": of})];
    cells.extend(figures.iter().map(|figure| json!({"Value": figure, "Attributes": of})));
    json!({"RowType": "Row", "Cells": cells})
}

/// Two decimals, or nothing where there is nothing.
fn text(amount: Decimal) -> String {
    if amount.is_zero() { String::new() } else { format!("{amount:.2}") }
}
