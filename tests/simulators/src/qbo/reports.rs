//! Reports of a company, posted from its transactions.
//!
//! Shapes as Report.xsd has them and as Intuit's examples of each report show them.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::api::Parameters;
use super::books::Books;
use super::fault::Fault;
use super::json;
use super::ledger::{Posting, postings};
use super::model::{Entity, Row};

/// The days of a report.
type Days = (NaiveDate, NaiveDate);

/// The report with this name.
///
/// # Errors
/// A name that there is no report of, or a day that is none.
pub fn report(
    books: &Books,
    name: &str,
    parameters: &Parameters,
    today: NaiveDate,
) -> Result<Value, Fault> {
    let day = |name: &str, usual: NaiveDate| match parameters.get(name) {
        Some(text) => text.parse().map_err(|_| Fault::property(name, "Report")),
        None => Ok(usual),
    };
    let to = day("end_date", today)?;
    let from = day("start_date", NaiveDate::from_ymd_opt(to.year(), 1, 1).unwrap_or(to))?;
    let ledger = Ledger { books, postings: postings(books) };
    let one = [("", "Account", ""), ("Total", "Money", "total")];
    let (columns, rows) = match name {
        "TrialBalance" => {
            let sides =
                [("", "Account", ""), ("Debit", "Money", "debit"), ("Credit", "Money", "credit")];
            (columns(&sides), ledger.trial_balance((from, to)))
        }
        "ProfitAndLoss" => (columns(&one), ledger.profit_and_loss((from, to))),
        "BalanceSheet" => (columns(&one), ledger.balance_sheet(to)),
        "CashFlow" => (columns(&one), ledger.cash_flow((from, to))),
        "GeneralLedger" => {
            let asked = parameters.get("columns").map_or(USUAL, String::as_str);
            (ledger_columns(books, asked)?, ledger.general_ledger((from, to), asked))
        }
        _ => return Err(Fault::unsupported(name)),
    };
    let none = rows.is_empty();
    Ok(json!({
        "Header": {
            "ReportName": name, "ReportBasis": "Accrual", "Currency": books.settings.currency,
            "StartPeriod": from.to_string(), "EndPeriod": to.to_string(),
            "SummarizeColumnsBy": "Total",
            "Option": [{"Name": "NoReportData", "Value": none.to_string()}],
        },
        "Columns": {"Column": columns},
        "Rows": {"Row": rows},
    }))
}

/// What a general ledger shows unless it is asked for other columns.
const USUAL: &str = "tx_date,txn_type,doc_num,name,memo,split_acc,subt_nat_amount,rbal_nat_amount";

fn columns(named: &[(&str, &str, &str)]) -> Vec<Value> {
    let column = |(title, kind, key): &(&str, &str, &str)| {
        let keys = json!([{"Name": "ColKey", "Value": key}]);
        json!({"ColTitle": title, "ColType": kind, "MetaData": keys})
    };
    named.iter().map(column).collect()
}

/// Amounts in the currency of the books are a column of companies with several only.
fn ledger_columns(books: &Books, asked: &str) -> Result<Vec<Value>, Fault> {
    let mut named = Vec::new();
    for key in asked.split(',') {
        let kind = match key {
            "tx_date" => "Date",
            "subt_nat_amount" | "rbal_nat_amount" => "Money",
            "subt_nat_home_amount" if books.settings.multi_currency => "Money",
            "txn_type" | "doc_num" | "name" | "memo" | "split_acc" => "String",
            _ => return Err(Fault::property(key, "GeneralLedger")),
        };
        named.push((key, kind, key));
    }
    Ok(columns(&named))
}

struct Ledger<'a> {
    books: &'a Books,
    postings: Vec<Posting>,
}

impl Ledger<'_> {
    /// What each account comes to over some days, debits above nothing.
    fn turnover(&self, (from, to): Days) -> BTreeMap<&str, Decimal> {
        let mut sums: BTreeMap<&str, Decimal> = BTreeMap::new();
        for it in self.postings.iter().filter(|it| (from..=to).contains(&it.date)) {
            *sums.entry(&it.account).or_default() += it.home;
        }
        sums
    }

    fn accounts(&self, classes: &[&str]) -> impl Iterator<Item = &Row> {
        let rows: Vec<&Row> = self.books.all(Entity::Account).collect();
        let classes: Vec<String> = classes.iter().map(|class| (*class).to_owned()).collect();
        rows.into_iter()
            .filter(move |row| classes.iter().any(|it| it == row.text("Classification")))
    }

    /// What accounts stand at on a day: those of income and cost since the year began.
    fn standing(&self, (year, to): Days) -> BTreeMap<&str, Decimal> {
        let mut all = self.turnover((NaiveDate::MIN, to));
        let since = self.turnover((year, to));
        for row in self.accounts(&["Revenue", "Expense"]) {
            let amount = since.get(row.id.as_str()).copied().unwrap_or_default();
            all.insert(&row.id, amount);
        }
        all
    }

    fn trial_balance(&self, days: Days) -> Vec<Value> {
        let standing = self.standing(days);
        let (mut rows, mut debits, mut credits) = (Vec::new(), Decimal::ZERO, Decimal::ZERO);
        for account in self.accounts(&["Asset", "Liability", "Equity", "Revenue", "Expense"]) {
            let amount = standing.get(account.id.as_str()).copied().unwrap_or_default();
            if amount.is_zero() {
                continue;
            }
            let (debit, credit) = (amount.max(Decimal::ZERO), (-amount).max(Decimal::ZERO));
            debits += debit;
            credits += credit;
            rows.push(data(account, &[filled(debit), filled(credit)]));
        }
        // What earlier years brought stands in no account of its own here.
        let earlier = credits - debits;
        if !earlier.is_zero() {
            let sides = [filled(earlier.max(Decimal::ZERO)), filled((-earlier).max(Decimal::ZERO))];
            let cells = [vec![json!({"value": "Retained Earnings"})], sides.map(value).to_vec()];
            rows.push(json!({"ColData": cells.concat()}));
            debits = debits.max(credits);
        }
        if !rows.is_empty() {
            rows.push(total("TOTAL", "GrandTotal", &[filled(debits), filled(debits)]));
        }
        rows
    }

    fn profit_and_loss(&self, days: Days) -> Vec<Value> {
        let sums = self.turnover(days);
        let income = self.section("Income", ("Income", &["Revenue"]), (&sums, -Decimal::ONE));
        let costs = self.section("Expenses", ("Expenses", &["Expense"]), (&sums, Decimal::ONE));
        let net = income.1 - costs.1;
        let mut rows: Vec<Value> = [income.0, costs.0].into_iter().flatten().collect();
        if !rows.is_empty() {
            rows.push(total("Net Income", "NetIncome", &[text(net)]));
        }
        rows
    }

    fn balance_sheet(&self, to: NaiveDate) -> Vec<Value> {
        let sums = self.turnover((NaiveDate::MIN, to));
        let one = Decimal::ONE;
        let assets = self.section("Current Assets", ("CurrentAssets", &["Asset"]), (&sums, one));
        let debts = self.section(
            "Current Liabilities",
            ("CurrentLiabilities", &["Liability"]),
            (&sums, -one),
        );
        let result = self.accounts(&["Revenue", "Expense"]).map(|it| sums.get(it.id.as_str()));
        let result: Decimal = -result.flatten().sum::<Decimal>();
        let net =
            json!({"ColData": [{"value": "Net Income"}, {"value": text(result)}], "type": "Data"});
        let equity = section("Equity", "Equity", vec![net], result);
        let owned = assets.0.into_iter().collect();
        let owed = debts.0.into_iter().chain([equity]).collect();
        vec![
            section("ASSETS", "TotalAssets", owned, assets.1),
            section("LIABILITIES AND EQUITY", "TotalLiabilitiesAndEquity", owed, debts.1 + result),
        ]
    }

    /// By the indirect way: the result, and what changed beside the banks.
    fn cash_flow(&self, days: Days) -> Vec<Value> {
        let sums = self.turnover(days);
        let of = |row: &Row| sums.get(row.id.as_str()).copied().unwrap_or_default();
        let result: Decimal = -self.accounts(&["Revenue", "Expense"]).map(of).sum::<Decimal>();
        let is_bank = |row: &Row| row.text("AccountType") == "Bank";
        let mut rows = vec![
            json!({"ColData": [{"value": "Net Income"}, {"value": text(result)}], "type": "Data"}),
        ];
        let mut sum = result;
        for row in self.accounts(&["Asset", "Liability", "Equity"]).filter(|row| !is_bank(row)) {
            if !of(row).is_zero() {
                sum -= of(row);
                rows.push(data(row, &[text(-of(row))]));
            }
        }
        let net = total("Net cash increase for period", "CashIncrease", &[text(sum)]);
        vec![section("OPERATING ACTIVITIES", "OperatingActivities", rows, sum), net]
    }

    fn general_ledger(&self, days: Days, asked: &str) -> Vec<Value> {
        let keys: Vec<&str> = asked.split(',').collect();
        let accounts = self.accounts(&["Asset", "Liability", "Equity", "Revenue", "Expense"]);
        accounts.filter_map(|account| self.ledger_section(account, days, &keys)).collect()
    }

    /// What was posted on an account, after what stood there; nothing where nothing ever did.
    fn ledger_section(&self, account: &Row, (from, to): Days, keys: &[&str]) -> Option<Value> {
        let turned = is_turned(account);
        let natural = |amount: Decimal| if turned { -amount } else { amount };
        let of = self.postings.iter().filter(|it| it.account == account.id && it.date <= to);
        let (before, within): (Vec<&Posting>, Vec<&Posting>) = of.partition(|it| it.date < from);
        let mut balance: Decimal = before.iter().map(|it| natural(it.home)).sum();
        let mut rows = Vec::new();
        if !before.is_empty() {
            let stood = cells(keys, json!({"value": "Beginning Balance"}), |key| match key {
                "rbal_nat_amount" => text(balance),
                _ => String::new(),
            });
            rows.push(json!({"ColData": stood, "type": "Data"}));
        }
        for it in &within {
            balance += natural(it.home);
            let amounts = (natural(it.home), natural(it.own));
            let cells: Vec<Value> = keys.iter().map(|key| it.cell(key, amounts, balance)).collect();
            rows.push(json!({"ColData": cells, "type": "Data"}));
        }
        let (name, sum) = (account.text("Name"), within.iter().map(|it| natural(it.home)).sum());
        let sums = cells(keys, value(format!("Total for {name}")), |key| match key {
            "subt_nat_amount" | "subt_nat_home_amount" => text(sum),
            _ => String::new(),
        });
        let head = cells(keys, json!({"value": name, "id": account.id}), |_| String::new());
        (!rows.is_empty()).then(|| {
            json!({
                "Header": {"ColData": head}, "Rows": {"Row": rows}, "Summary": {"ColData": sums},
                "type": "Section",
            })
        })
    }

    /// Accounts of some classes that something stands on, and what they come to; nothing where
    /// nothing stands on any.
    fn section(
        &self,
        title: &str,
        (group, classes): (&str, &[&str]),
        (sums, sign): (&BTreeMap<&str, Decimal>, Decimal),
    ) -> (Option<Value>, Decimal) {
        let of = |row: &Row| sign * sums.get(row.id.as_str()).copied().unwrap_or_default();
        let found: Vec<&Row> = self.accounts(classes).filter(|row| !of(row).is_zero()).collect();
        let sum = found.iter().map(|row| of(row)).sum();
        let rows: Vec<Value> = found.iter().map(|row| data(row, &[text(of(row))])).collect();
        ((!rows.is_empty()).then(|| section(title, group, rows, sum)), sum)
    }
}

/// Debts, equity and income are shown above nothing.
fn is_turned(account: &Row) -> bool {
    matches!(account.text("Classification"), "Liability" | "Equity" | "Revenue")
}

impl Posting {
    fn cell(&self, key: &str, (home, own): (Decimal, Decimal), balance: Decimal) -> Value {
        match key {
            "tx_date" => json!({"value": self.date.to_string()}),
            "txn_type" => json!({"value": self.kind, "id": self.transaction}),
            "doc_num" => json!({"value": self.number}),
            "name" => json!({"value": self.customer_name, "id": self.customer}),
            "subt_nat_amount" => json!({"value": text(own)}),
            "subt_nat_home_amount" => json!({"value": text(home)}),
            "rbal_nat_amount" => json!({"value": text(balance)}),
            _ => json!({"value": ""}),
        }
    }
}

/// The first cell, and one for each further column.
fn cells(keys: &[&str], first: Value, of: impl Fn(&str) -> String) -> Vec<Value> {
    let further = keys.iter().skip(1).map(|key| value(of(key)));
    std::iter::once(first).chain(further).collect()
}

fn section(title: &str, group: &str, rows: Vec<Value>, sum: Decimal) -> Value {
    json!({
        "Header": {"ColData": [{"value": title}, {"value": ""}]},
        "Rows": {"Row": rows},
        "Summary": {"ColData": [{"value": format!("Total {title}")}, {"value": text(sum)}]},
        "type": "Section",
        "group": group,
    })
}

fn total(title: &str, group: &str, figures: &[String]) -> Value {
    let cells = [vec![json!({"value": title})], figures.iter().cloned().map(value).collect()];
    json!({"Summary": {"ColData": cells.concat()}, "type": "Section", "group": group})
}

fn data(account: &Row, figures: &[String]) -> Value {
    let named = match json::text(&account.body, "AcctNum") {
        Some(number) => format!("{number} {}", account.text("Name")),
        None => account.text("Name").to_owned(),
    };
    let cells = [
        vec![json!({"value": named, "id": account.id})],
        figures.iter().cloned().map(value).collect(),
    ];
    json!({"ColData": cells.concat(), "type": "Data"})
}

fn value(text: String) -> Value {
    json!({"value": text})
}

fn text(amount: Decimal) -> String {
    format!("{amount:.2}")
}

/// Nothing where there is nothing.
fn filled(amount: Decimal) -> String {
    if amount.is_zero() { String::new() } else { text(amount) }
}
