//! QuickBooks' trial balance, profit and loss, balance sheet, cash flow and general ledger.
//!
//! Never reads a heading: accounts are found by the id beside their name, amounts by the place or the
//! key of their column (Report.xsd of 2026-05; the reports of developer.intuit.com, 2026-11).

use super::client;
use super::transform::{ACCOUNT, ITEM};
use super::wire::{Account, Item, Preferences};
use crate::document::Period;
use crate::error::ProviderError;
use crate::fitting::unusable;
use crate::http::{Effect, HttpClient, unclear};
use crate::report::{RemoteReport, ReportKind, ReportRow, year_of};
use crate::session::Session;
use chrono::Month;
use finance::money::{Currency, Money};
use rust_decimal::Decimal;
use serde::Deserialize;

/// What a line of the general ledger says, and how much it is, in the currency of the books.
const POSTING: &str = "tx_date,txn_type,doc_num,name";
const AMOUNT: &str = "subt_nat_amount";
const HOME_AMOUNT: &str = "subt_nat_home_amount";

/// A report of a period. A trial balance and a balance sheet are of its last day.
pub async fn fetch(
    http: &HttpClient,
    session: &Session,
    kind: ReportKind,
    period: Period,
) -> Result<RemoteReport, ProviderError> {
    let (settings, _) = client::ask(http, session, "select * from Preferences").await?;
    let settings = settings.preferences.into_iter().next().unwrap_or_default();
    let every = |name: &str| format!("select * from {name} where Active in (true, false)");
    let accounts = client::all(http, session, &every("Account"), |it| it.account).await?;
    let items = client::all(http, session, &every("Item"), |it| it.item).await?;
    let is_abroad = settings.currency_prefs.multi_currency_enabled;
    let columns = format!("{POSTING},{}", if is_abroad { HOME_AMOUNT } else { AMOUNT });
    let begins = match kind {
        ReportKind::TrialBalance => year_of(period.to, year_end(&settings)),
        _ => period.from,
    };
    let (from, to) = (begins.to_string(), period.to.to_string());
    let mut query =
        vec![("start_date", &*from), ("end_date", &*to), ("accounting_method", "Accrual")];
    if kind == ReportKind::GeneralLedger {
        query.push(("columns", &columns));
    }
    let answer: Answer = client::report(http, session, name_of(kind), &query).await?;
    let currency = answer.header.currency.parse();
    let currency = currency.map_err(|_| unclear(Effect::Read, "a report without a currency"))?;
    let rows = read(kind, currency, &Chart { accounts, items }, &answer)?;
    Ok(RemoteReport { from: begins, currency, rows })
}

/// Month and day that their years end with; nothing where the month is none.
fn year_end(settings: &Preferences) -> Option<(u32, u32)> {
    let first = settings.accounting_info_prefs.first_month_of_fiscal_year.as_deref()?;
    let first = first.parse::<Month>().ok()?;
    Some((first.pred().number_from_month(), 31))
}

const fn name_of(kind: ReportKind) -> &'static str {
    match kind {
        ReportKind::TrialBalance => "TrialBalance",
        ReportKind::ProfitAndLoss => "ProfitAndLoss",
        ReportKind::BalanceSheet => "BalanceSheet",
        ReportKind::CashFlow => "CashFlow",
        ReportKind::GeneralLedger => "GeneralLedger",
    }
}

/// The accounts of a company, and what is sold onto them.
pub(super) struct Chart {
    pub accounts: Vec<Account>,
    pub items: Vec<Item>,
}

impl Chart {
    /// What mappings name an account by: itself, and each item whose sales go to it.
    fn codes(&self, account: &str) -> Vec<String> {
        let goes_to = |item: &&Item| {
            item.income_account_ref.as_ref().is_some_and(|income| income.value == account)
        };
        let items = self.items.iter().filter(goes_to).map(|item| format!("{ITEM}{}", item.id));
        std::iter::once(format!("{ACCOUNT}{account}")).chain(items).collect()
    }

    /// The kind of account: a trial balance has no headings.
    fn heading(&self, account: &str) -> &str {
        let found = self.accounts.iter().find(|it| it.id == account);
        found.map_or("", |it| it.classification.as_str())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Answer {
    header: Header,
    #[serde(default)]
    columns: Columns,
    #[serde(default)]
    rows: Rows,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Header {
    #[serde(default)]
    currency: String,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Columns {
    column: Vec<Column>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Column {
    col_type: String,
    meta_data: Vec<Meta>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Meta {
    name: String,
    value: String,
}

impl Column {
    /// Some companies name a column by its key, others keep the key beside it.
    fn is(&self, key: &str) -> bool {
        self.col_type == key
            || self.meta_data.iter().any(|it| it.name == "ColKey" && it.value == key)
    }
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Rows {
    row: Vec<Row>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Row {
    header: Option<Cells>,
    rows: Option<Rows>,
    summary: Option<Cells>,
    col_data: Option<Vec<Cell>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Cells {
    #[serde(default)]
    col_data: Vec<Cell>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Cell {
    value: String,
    id: String,
}

/// The lines of an answer.
///
/// # Errors
/// [`ProviderError::Protocol`] for an amount that is none, or a ledger without amounts.
pub(super) fn read(
    kind: ReportKind,
    currency: Currency,
    chart: &Chart,
    answer: &Answer,
) -> Result<Vec<ReportRow>, ProviderError> {
    let columns = &answer.columns.column;
    let at = |key: &str| columns.iter().position(|column| column.is(key));
    let amount = match kind {
        ReportKind::GeneralLedger => at(HOME_AMOUNT)
            .or_else(|| at(AMOUNT))
            .or_else(|| columns.iter().position(|column| column.col_type == "Money"))
            .ok_or_else(|| unclear(Effect::Read, "a ledger without amounts"))?,
        _ => 1,
    };
    let mut reading = Reading { kind, currency, chart, amount, rows: Vec::new() };
    reading.all("", &answer.rows)?;
    Ok(reading.rows)
}

struct Reading<'a> {
    kind: ReportKind,
    currency: Currency,
    chart: &'a Chart,
    /// The place of the amount; of a trial balance that of the debit, which the credit follows.
    amount: usize,
    rows: Vec<ReportRow>,
}

impl Reading<'_> {
    fn all(&mut self, section: &str, rows: &Rows) -> Result<(), ProviderError> {
        for row in &rows.row {
            if let Some(cells) = &row.col_data {
                self.line(section, cells)?;
            } else {
                self.part(section, row)?;
            }
        }
        Ok(())
    }

    /// Lines under a heading, which may be an account itself, and their sum.
    fn part(&mut self, above: &str, row: &Row) -> Result<(), ProviderError> {
        let heading = row.header.as_ref().map_or(&[][..], |it| &it.col_data);
        let (section, account) =
            heading.first().map_or((above, ""), |it| (it.value.as_str(), it.id.as_str()));
        if !account.is_empty() && self.figure(heading)?.is_some() {
            self.line(section, heading)?;
        }
        let below = row.rows.as_ref();
        if let Some(rows) = below {
            self.all(section, rows)?;
        }
        let Some(sum) = &row.summary else { return Ok(()) };
        let is_one = below.is_none_or(|it| it.row.iter().all(|row| row.col_data.is_some()));
        let is_account = self.kind == ReportKind::GeneralLedger && !account.is_empty() && is_one;
        let codes = if is_account { self.chart.codes(account) } else { Vec::new() };
        let name = sum.col_data.first().map_or("", |it| it.value.as_str());
        let amount = self.figure(&sum.col_data)?.unwrap_or(Money::zero(self.currency));
        self.push(section, name, codes, (amount, true));
        Ok(())
    }

    fn line(&mut self, section: &str, cells: &[Cell]) -> Result<(), ProviderError> {
        let amount = self.figure(cells)?;
        let Some(first) = cells.first() else { return Ok(()) };
        if self.kind == ReportKind::GeneralLedger {
            // What stood there before has a balance and no amount.
            let Some(amount) = amount else { return Ok(()) };
            let words = cells.iter().take(self.amount).map(|cell| cell.value.as_str());
            let name: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
            self.push(section, &name.join(" "), Vec::new(), (amount, false));
            return Ok(());
        }
        let is_account = !first.id.is_empty();
        let codes = if is_account { self.chart.codes(&first.id) } else { Vec::new() };
        let is_trial = self.kind == ReportKind::TrialBalance;
        let section =
            if is_trial { self.chart.heading(&first.id).to_owned() } else { section.to_owned() };
        let amount = amount.unwrap_or(Money::zero(self.currency));
        self.push(&section, &first.value, codes, (amount, !is_account));
        Ok(())
    }

    fn push(&mut self, section: &str, name: &str, codes: Vec<String>, of: (Money, bool)) {
        let (section, name) = (section.to_owned(), name.to_owned());
        self.rows.push(ReportRow { section, name, codes, amount: of.0, is_sum: of.1 });
    }

    /// What a line comes to; nothing where it has no amount.
    fn figure(&self, cells: &[Cell]) -> Result<Option<Money>, ProviderError> {
        let at = |place: usize| cells.get(place).map_or("", |cell| cell.value.trim());
        let one = self.money(at(self.amount))?;
        if self.kind != ReportKind::TrialBalance {
            return Ok(one);
        }
        let other = self.money(at(self.amount + 1))?;
        let zero = Money::zero(self.currency);
        let amount = one.unwrap_or(zero).minus(other.unwrap_or(zero)).map_err(unusable)?;
        Ok((one.is_some() || other.is_some()).then_some(amount))
    }

    fn money(&self, text: &str) -> Result<Option<Money>, ProviderError> {
        if text.is_empty() {
            return Ok(None);
        }
        let amount = Decimal::from_str_exact(text)
            .map_err(|_| unclear(Effect::Read, "an amount that is no decimal"))?;
        Money::exact(amount, self.currency).map(Some).map_err(unusable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn cells(texts: &[(&str, &str)]) -> Value {
        json!(texts.iter().map(|(value, id)| json!({"value": value, "id": id})).collect::<Vec<_>>())
    }

    fn line(texts: &[(&str, &str)]) -> Value {
        json!({ "ColData": cells(texts), "type": "Data" })
    }

    fn part(title: (&str, &str), rows: &[Value], sum: (&str, &str)) -> Value {
        json!({
            "Header": { "ColData": cells(&[title, ("", "")]) },
            "Rows": { "Row": rows },
            "Summary": { "ColData": cells(&[(sum.0, ""), (sum.1, "")]) },
            "type": "Section",
        })
    }

    fn answer(columns: &Value, rows: &Value) -> Answer {
        let header = json!({ "Currency": "USD", "ReportBasis": "Accrual" });
        serde_json::from_value(json!({
            "Header": header, "Columns": { "Column": columns }, "Rows": { "Row": rows },
        }))
        .expect("an answer")
    }

    fn chart() -> Chart {
        let account = |id: &str, class: &str| {
            serde_json::from_value(
                json!({ "Id": id, "Name": "An account", "Classification": class }),
            )
            .expect("an account")
        };
        let item = json!({ "Id": "9", "Name": "Lesson", "IncomeAccountRef": { "value": "79" } });
        Chart {
            accounts: vec![account("35", "Asset"), account("79", "Revenue")],
            items: vec![serde_json::from_value(item).expect("an item")],
        }
    }

    fn rows(kind: ReportKind, answer: &Answer) -> Vec<(String, String, usize, i64, bool)> {
        let report = read(kind, "USD".parse().expect("a currency"), &chart(), answer);
        let rows = report.expect("a report").into_iter();
        rows.map(|row| (row.section, row.name, row.codes.len(), row.amount.minor(), row.is_sum))
            .collect()
    }

    fn row(of: (&str, &str, usize, i64, bool)) -> (String, String, usize, i64, bool) {
        (of.0.to_owned(), of.1.to_owned(), of.2, of.3, of.4)
    }

    #[test]
    fn lines_of_a_balance_sheet_stand_under_the_nearest_heading_and_an_account_may_be_one() {
        let banks = part(
            ("Bank Accounts", ""),
            &[line(&[("Checking", "35"), ("1350.55", "")])],
            ("Total Bank Accounts", "1350.55"),
        );
        let truck = json!({
            "Header": { "ColData": cells(&[("Truck", "37"), ("100.00", "")]) },
            "Rows": { "Row": [line(&[("Original Cost", "38"), ("13495.00", "")])] },
            "Summary": { "ColData": cells(&[("Total Truck", ""), ("13595.00", "")]) },
        });
        let assets = part(("ASSETS", ""), &[banks, truck], ("TOTAL ASSETS", "14945.55"));
        let answer = answer(&json!([]), &json!([assets]));
        assert_eq!(
            rows(ReportKind::BalanceSheet, &answer),
            [
                row(("Bank Accounts", "Checking", 1, 135_055, false)),
                row(("Bank Accounts", "Total Bank Accounts", 0, 135_055, true)),
                row(("Truck", "Truck", 1, 10_000, false)),
                row(("Truck", "Original Cost", 1, 1_349_500, false)),
                row(("Truck", "Total Truck", 0, 1_359_500, true)),
                row(("ASSETS", "TOTAL ASSETS", 0, 1_494_555, true)),
            ]
        );
    }

    #[test]
    fn a_credit_of_a_trial_balance_is_below_nothing_and_items_name_their_account() {
        let sum = json!({ "Summary": { "ColData": cells(&[("TOTAL", ""), ("95.22", ""), ("95.22", "")]) } });
        let lines = json!([
            line(&[("Checking", "35"), ("95.22", ""), ("", "")]),
            line(&[("Sales", "79"), ("", ""), ("95.22", "")]),
            sum,
        ]);
        assert_eq!(
            rows(ReportKind::TrialBalance, &answer(&json!([]), &lines)),
            [
                row(("Asset", "Checking", 1, 9_522, false)),
                // The account, and the item that is sold onto it.
                row(("Revenue", "Sales", 2, -9_522, false)),
                row(("", "TOTAL", 0, 0, true)),
            ]
        );
    }

    #[test]
    fn the_amount_of_a_ledger_is_found_by_its_key_or_as_the_only_money() {
        let keyed = json!([
            { "ColType": "tx_date" }, { "ColType": "name" }, { "ColType": "subt_nat_amount" },
        ]);
        let plain = json!([{ "ColType": "Date" }, { "ColType": "String" }, { "ColType": "Money" }]);
        let lines = [
            line(&[("Beginning Balance", ""), ("", ""), ("", "")]),
            line(&[("2026-03-01", ""), ("Kari", "1"), ("80.00", "")]),
        ];
        let account = json!({
            "Header": { "ColData": cells(&[("Sales", "79"), ("", ""), ("", "")]) },
            "Rows": { "Row": lines },
            "Summary": { "ColData": cells(&[("Total for Sales", ""), ("", ""), ("80.00", "")]) },
        });
        for columns in [keyed, plain] {
            assert_eq!(
                rows(ReportKind::GeneralLedger, &answer(&columns, &json!([account]))),
                [
                    row(("Sales", "2026-03-01 Kari", 0, 8_000, false)),
                    row(("Sales", "Total for Sales", 2, 8_000, true)),
                ]
            );
        }
    }

    #[test]
    fn a_ledger_without_amounts_and_an_amount_that_is_none_are_no_reports() {
        let usd = "USD".parse().expect("a currency");
        let dates = answer(&json!([{ "ColType": "Date" }]), &json!([]));
        let refused = read(ReportKind::GeneralLedger, usd, &chart(), &dates);
        assert!(matches!(refused, Err(ProviderError::Protocol { .. })), "{refused:?}");
        let words = answer(&json!([]), &json!([line(&[("Sales", "79"), ("many", "")])]));
        let refused = read(ReportKind::ProfitAndLoss, usd, &chart(), &words);
        assert!(matches!(refused, Err(ProviderError::Protocol { .. })), "{refused:?}");
    }
}
