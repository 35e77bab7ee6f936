//! Xero's trial balance, profit and loss and balance sheet.
//!
//! Never reads a heading: columns are found by their place, accounts by the id that Xero puts beside
//! their name (developer.xero.com/documentation/api/accounting/reports, 2026-11).

use super::client::{self, Query};
use super::wire::{Account, Envelope};
use crate::document::Period;
use crate::error::ProviderError;
use crate::fitting::unusable;
use crate::http::{Effect, HttpClient, unclear};
use crate::report::{RemoteReport, ReportKind, ReportRow, year_of};
use crate::session::Session;
use finance::money::{Currency, Money};
use rust_decimal::Decimal;
use serde::Deserialize;
use std::collections::HashMap;

/// A report of a period. A trial balance and a balance sheet are of its last day.
pub async fn fetch(
    http: &HttpClient,
    session: &Session,
    kind: ReportKind,
    period: Period,
) -> Result<RemoteReport, ProviderError> {
    let (path, query) = asked(kind, period)?;
    let company = client::get(http, session, "Organisation", &Query::new()).await?;
    let company: Envelope = client::read(&company, Effect::Read)?;
    let accounts = client::get(http, session, "Accounts", &Query::new()).await?;
    let accounts: Envelope = client::read(&accounts, Effect::Read)?;
    let answer = client::get(http, session, path, &query).await?;
    let answer: Answer = client::read(&answer, Effect::Read)?;
    let organisation = company.organisations.and_then(|them| them.into_iter().next());
    let currency = organisation.as_ref().and_then(|it| it.base_currency.parse().ok());
    let currency = currency.ok_or_else(|| unclear(Effect::Read, "a company without a currency"))?;
    let rows = read(kind, currency, &accounts.accounts.unwrap_or_default(), answer)?;
    let end =
        organisation.and_then(|it| it.financial_year_end_month.zip(it.financial_year_end_day));
    let is_trial = kind == ReportKind::TrialBalance;
    let from = if is_trial { year_of(period.to, end) } else { period.from };
    Ok(RemoteReport { from, currency, rows })
}

/// Xero's statement of cash flows is for lenders it has approved, and its general ledger is the list
/// of all journals since the books began, which takes no days (pages "Finance API" and "Journals",
/// 2026-11): neither is offered, see the capabilities.
fn asked(kind: ReportKind, period: Period) -> Result<(&'static str, Query), ProviderError> {
    let (from, to) = (period.from.to_string(), period.to.to_string());
    Ok(match kind {
        ReportKind::TrialBalance => ("Reports/TrialBalance", vec![("date", to)]),
        ReportKind::BalanceSheet => ("Reports/BalanceSheet", vec![("date", to)]),
        ReportKind::ProfitAndLoss => {
            let days = vec![("fromDate", from), ("toDate", to)];
            // As the chart of accounts has it, and not as somebody laid it out for reading.
            ("Reports/ProfitAndLoss", [days, vec![("standardLayout", "true".to_owned())]].concat())
        }
        ReportKind::CashFlow | ReportKind::GeneralLedger => {
            return Err(ProviderError::Unsupported);
        }
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Answer {
    reports: Vec<Report>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Report {
    #[serde(default)]
    rows: Vec<Row>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Row {
    row_type: String,
    title: String,
    cells: Vec<Cell>,
    rows: Vec<Self>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Cell {
    value: String,
    attributes: Vec<Attribute>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Attribute {
    id: String,
    value: String,
}

/// The lines of an answer.
///
/// # Errors
/// [`ProviderError::Protocol`] for an answer without a report, or an amount that is none.
pub(super) fn read(
    kind: ReportKind,
    currency: Currency,
    accounts: &[Account],
    answer: Answer,
) -> Result<Vec<ReportRow>, ProviderError> {
    let report = answer.reports.into_iter().next();
    let report = report.ok_or_else(|| unclear(Effect::Read, "an answer without a report"))?;
    let codes =
        accounts.iter().filter_map(|it| Some((it.account_id.as_str(), it.code.as_deref()?)));
    let reading = Reading { kind, currency, codes: codes.collect() };
    let mut rows = Vec::new();
    for section in report.rows {
        match section.row_type.as_str() {
            "Section" => {
                for row in &section.rows {
                    rows.extend(reading.line(&section.title, row)?);
                }
            }
            "Row" | "SummaryRow" => rows.extend(reading.line("", &section)?),
            _ => {}
        }
    }
    Ok(rows)
}

struct Reading<'a> {
    kind: ReportKind,
    currency: Currency,
    codes: HashMap<&'a str, &'a str>,
}

impl Reading<'_> {
    fn line(&self, section: &str, row: &Row) -> Result<Option<ReportRow>, ProviderError> {
        let Some((name, figures)) = row.cells.split_first() else { return Ok(None) };
        let figure =
            |place: usize| self.amount(figures.get(place).map_or("", |it| it.value.as_str()));
        let amount = match self.kind {
            // Debit and credit of the month, then of the year until the day.
            ReportKind::TrialBalance => figure(2)?.minus(figure(3)?).map_err(unusable)?,
            _ => figure(0)?,
        };
        let account = name.attributes.iter().find(|it| it.id == "account");
        let code = account.and_then(|it| self.codes.get(it.value.as_str()));
        Ok(Some(ReportRow {
            section: section.to_owned(),
            name: name.value.clone(),
            codes: code.map(|code| (*code).to_owned()).into_iter().collect(),
            amount,
            is_sum: row.row_type == "SummaryRow" || account.is_none(),
        }))
    }

    fn amount(&self, text: &str) -> Result<Money, ProviderError> {
        if text.trim().is_empty() {
            return Ok(Money::zero(self.currency));
        }
        let amount = Decimal::from_str_exact(text.trim())
            .map_err(|_| unclear(Effect::Read, "an amount that is no decimal"))?;
        Money::exact(amount, self.currency).map_err(unusable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    /// The example of the OpenAPI description 16.1.0, cut to two lines and the sums.
    fn trial_balance() -> Value {
        let cells = |id: &str, texts: [&str; 5]| {
            let of = json!([{ "Value": id, "Id": "account" }]);
            let cells = texts.map(|text| json!({ "Value": text, "Attributes": of }));
            json!({ "RowType": "Row", "Cells": cells })
        };
        let sums = ["Total", "0.00", "200.00", "95.22", "1020.22"].map(|it| json!({ "Value": it }));
        json!({
            "Id": "0b3ee35e-b97c-4b3c-b7e2-9a465233e329",
            "Status": "OK",
            "Reports": [{
                "ReportName": "Trial Balance",
                "ReportType": "TrialBalance",
                "ReportDate": "24 April 2019",
                "Fields": [],
                "Rows": [
                    { "RowType": "Header", "Cells": [{ "Value": "Account" }] },
                    { "RowType": "Section", "Title": "Revenue", "Rows": [
                        cells("02439bca", ["Sales (400)", "", "200.00", "", "1020.22"]),
                    ] },
                    { "RowType": "Section", "Title": "Assets", "Rows": [
                        cells("5690f1e8", ["Bank", "0.00", "", "95.22", ""]),
                    ] },
                    { "RowType": "Section", "Title": "", "Rows": [
                        { "RowType": "SummaryRow", "Cells": sums },
                    ] },
                ],
            }],
        })
    }

    fn read_of(answer: Value) -> Result<Vec<ReportRow>, ProviderError> {
        let account = |id: &str, code: Option<&str>| -> Account {
            serde_json::from_value(json!({ "AccountID": id, "Code": code, "Name": "An account" }))
                .expect("an account")
        };
        let accounts = [account("02439bca", Some("400")), account("5690f1e8", None)];
        let answer = serde_json::from_value(answer).expect("an answer");
        read(ReportKind::TrialBalance, "USD".parse().expect("a currency"), &accounts, answer)
    }

    #[test]
    fn a_recorded_trial_balance_is_read_by_the_year_with_credits_below_nothing() {
        let report = read_of(trial_balance()).expect("a report");
        let rows: Vec<_> = report
            .iter()
            .map(|row| (row.section.as_str(), row.codes.len(), row.amount.minor(), row.is_sum))
            .collect();
        assert_eq!(
            rows,
            [
                ("Revenue", 1, -102_022, false),
                // A bank without a code is named by no mapping.
                ("Assets", 0, 9_522, false),
                ("", 0, 9_522 - 102_022, true),
            ]
        );
        assert_eq!(report[0].codes, ["400"]);
    }

    #[test]
    fn an_amount_that_is_none_spoils_the_report() {
        let mut answer = trial_balance();
        answer["Reports"][0]["Rows"][1]["Rows"][0]["Cells"][4]["Value"] = json!("1 020,22");
        assert!(read_of(answer).is_err());
        assert!(read_of(json!({ "Reports": [] })).is_err());
    }
}
