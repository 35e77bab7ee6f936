//! The settings of an organisation: its identity, chart of accounts and tax rates.
//!
//! The seed is a small English driving school: the default chart of a UK organisation, cut down to
//! what documents, payments and their refusals need.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a test may change about an organisation.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Organisation {
    pub id: Uuid,
    pub name: String,
    pub base_currency: String,
    pub country_code: String,
    /// Documents dated on or before this day are refused.
    pub period_lock_date: Option<NaiveDate>,
    pub end_of_year_lock_date: Option<NaiveDate>,
}

/// One account of the chart.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Account {
    pub id: Uuid,
    pub code: String,
    pub name: String,
    /// `AccountType`, such as REVENUE or BANK.
    pub kind: String,
    /// `AccountClassType`, such as REVENUE or ASSET.
    pub class: String,
    pub tax_type: String,
    pub archived: bool,
    /// A payment may be made to this account although it is no bank account.
    pub takes_payments: bool,
    pub system_account: Option<String>,
}

impl Account {
    fn new(code: &str, name: &str, kind: &str, class: &str, tax_type: &str) -> Self {
        Self {
            id: Uuid::now_v7(),
            code: code.to_owned(),
            name: name.to_owned(),
            kind: kind.to_owned(),
            class: class.to_owned(),
            tax_type: tax_type.to_owned(),
            archived: false,
            takes_payments: false,
            system_account: None,
        }
    }

    fn system(mut self, name: &str) -> Self {
        self.system_account = Some(name.to_owned());
        self
    }

    /// A bank account, which takes payments but no lines.
    pub fn is_bank(&self) -> bool {
        self.kind == "BANK"
    }
}

/// One tax rate.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TaxRate {
    pub name: String,
    pub tax_type: String,
    pub report_tax_type: String,
    /// Per cent.
    pub rate: Decimal,
    pub for_revenue: bool,
    pub for_expenses: bool,
    pub active: bool,
}

impl TaxRate {
    fn new(name: &str, tax_type: &str, rate_percent: u32, sides: (bool, bool)) -> Self {
        let (for_revenue, for_expenses) = sides;
        let report = match tax_type {
            "INPUT2" | "RRINPUT" => "INPUT",
            "OUTPUT2" | "RROUTPUT" => "OUTPUT",
            "NONE" => "NONE",
            "EXEMPTOUTPUT" => "EXEMPTOUTPUT",
            _ => "ZERORATEDOUTPUT",
        };
        Self {
            name: name.to_owned(),
            tax_type: tax_type.to_owned(),
            report_tax_type: report.to_owned(),
            rate: Decimal::from(rate_percent),
            for_revenue,
            for_expenses,
            active: true,
        }
    }

    /// Whether the rate may stand on a line of this account.
    pub fn fits(&self, account: &Account) -> bool {
        match account.class.as_str() {
            "REVENUE" => self.for_revenue,
            "EXPENSE" => self.for_expenses,
            _ => true,
        }
    }
}

/// The organisation every tenant starts as.
pub fn seed_organisation(name: &str) -> Organisation {
    Organisation {
        id: Uuid::now_v7(),
        name: name.to_owned(),
        base_currency: "GBP".to_owned(),
        country_code: "GB".to_owned(),
        period_lock_date: None,
        end_of_year_lock_date: None,
    }
}

/// The chart every tenant starts with; account 299 is archived, 970 takes payments.
pub fn seed_accounts() -> Vec<Account> {
    let mut archived = Account::new("299", "Old sales", "REVENUE", "REVENUE", "OUTPUT2");
    archived.archived = true;
    let mut funds = Account::new("970", "Owner A Funds Introduced", "EQUITY", "EQUITY", "NONE");
    funds.takes_payments = true;
    vec![
        Account::new("090", "Business Bank Account", "BANK", "ASSET", "NONE"),
        Account::new("091", "Business Savings Account", "BANK", "ASSET", "NONE"),
        Account::new("200", "Sales", "REVENUE", "REVENUE", "OUTPUT2"),
        Account::new("260", "Other Revenue", "REVENUE", "REVENUE", "OUTPUT2"),
        archived,
        Account::new("310", "Cost of Goods Sold", "DIRECTCOSTS", "EXPENSE", "INPUT2"),
        Account::new("400", "Advertising & Marketing", "OVERHEADS", "EXPENSE", "INPUT2"),
        Account::new("449", "Motor Vehicle Expenses", "OVERHEADS", "EXPENSE", "INPUT2"),
        Account::new("610", "Accounts Receivable", "CURRENT", "ASSET", "NONE").system("DEBTORS"),
        Account::new("800", "Accounts Payable", "CURRLIAB", "LIABILITY", "NONE")
            .system("CREDITORS"),
        Account::new("820", "VAT", "CURRLIAB", "LIABILITY", "NONE").system("GST"),
        Account::new("860", "Rounding", "OVERHEADS", "EXPENSE", "NONE").system("ROUNDING"),
        funds,
    ]
}

/// The tax rates every tenant starts with; TAX015 is the 15 % of Xero's rounding example.
pub fn seed_tax_rates() -> Vec<TaxRate> {
    let (sales, costs, both) = ((true, false), (false, true), (true, true));
    vec![
        TaxRate::new("20% (VAT on Income)", "OUTPUT2", 20, sales),
        TaxRate::new("20% (VAT on Expenses)", "INPUT2", 20, costs),
        TaxRate::new("5% (VAT on Income)", "RROUTPUT", 5, sales),
        TaxRate::new("15% (Example)", "TAX015", 15, both),
        TaxRate::new("Zero Rated Income", "ZERORATEDOUTPUT", 0, sales),
        TaxRate::new("Exempt Income", "EXEMPTOUTPUT", 0, sales),
        TaxRate::new("No VAT", "NONE", 0, both),
    ]
}
