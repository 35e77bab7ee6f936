//! The settings of an organisation: its identity, chart of accounts and tax rates.
//!
//! The seed is a small driving school: English, with the default chart of a UK organisation cut down
//! to what documents, payments and their refusals need, or Norwegian, with accounts of NS 4102.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
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
    /// What a bank account holds; nothing: the currency of the organisation.
    #[serde(default)]
    pub currency: Option<String>,
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
            currency: None,
        }
    }

    /// A bank account in a currency.
    pub fn bank(code: &str, name: &str, currency: &str) -> Self {
        let currency = Some(currency.to_owned());
        Self { currency, ..Self::new(code, name, "BANK", "ASSET", "NONE") }
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

/// A list of parts of a business; lines name at most two of them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TrackingCategory {
    pub id: Uuid,
    pub name: String,
    pub options: Vec<TrackingOption>,
}

impl TrackingCategory {
    /// The category as Xero tells it.
    pub fn shown(&self) -> Value {
        let option = |it: &TrackingOption| {
            let status = if it.archived { "ARCHIVED" } else { "ACTIVE" };
            json!({ "TrackingOptionID": it.id, "Name": it.name, "Status": status })
        };
        json!({
            "TrackingCategoryID": self.id,
            "Name": self.name,
            "Status": "ACTIVE",
            "Options": self.options.iter().map(option).collect::<Vec<_>>(),
        })
    }
}

/// A part of a business.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TrackingOption {
    pub id: Uuid,
    pub name: String,
    pub archived: bool,
}

/// Whose settings the tenants start with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Company {
    /// Pounds and UK VAT.
    #[default]
    English,
    /// Kroner, accounts of NS 4102 and Norwegian VAT as custom tax types, for Xero has no
    /// Norwegian edition.
    Norwegian,
}

impl Company {
    /// The organisation every tenant starts as.
    pub fn organisation(self, name: &str) -> Organisation {
        let (currency, country) = match self {
            Self::English => ("GBP", "GB"),
            Self::Norwegian => ("NOK", "NO"),
        };
        Organisation {
            id: Uuid::now_v7(),
            name: name.to_owned(),
            base_currency: currency.to_owned(),
            country_code: country.to_owned(),
            period_lock_date: None,
            end_of_year_lock_date: None,
        }
    }

    /// The chart every tenant starts with.
    pub fn accounts(self) -> Vec<Account> {
        match self {
            Self::English => english_accounts(),
            Self::Norwegian => norwegian_accounts(),
        }
    }

    /// The currencies every tenant starts with, its own first.
    pub fn currencies(self) -> Vec<String> {
        let own = match self {
            Self::English => "GBP",
            Self::Norwegian => "NOK",
        };
        [own, "EUR"].map(str::to_owned).into()
    }

    /// The tracking category every tenant starts with.
    pub fn tracking(self) -> Vec<TrackingCategory> {
        let (name, options) = match self {
            Self::English => ("Region", ["North", "South"]),
            Self::Norwegian => ("Avdeling", ["Bergen", "Oslo"]),
        };
        let option = |name: &str| TrackingOption {
            id: Uuid::now_v7(),
            name: name.to_owned(),
            archived: false,
        };
        let options = options.into_iter().map(option).collect();
        vec![TrackingCategory { id: Uuid::now_v7(), name: name.to_owned(), options }]
    }

    /// The tax rates every tenant starts with.
    pub fn tax_rates(self) -> Vec<TaxRate> {
        match self {
            Self::English => english_tax_rates(),
            Self::Norwegian => norwegian_tax_rates(),
        }
    }
}

/// Account 299 is archived, 970 takes payments.
fn english_accounts() -> Vec<Account> {
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

/// TAX015 is the 15 % of Xero's rounding example.
fn english_tax_rates() -> Vec<TaxRate> {
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

/// Account 3990 is archived, 1926 and 1925 are clearing accounts that take payments.
fn norwegian_accounts() -> Vec<Account> {
    let income = |code: &str, name: &str, tax_type: &str| {
        Account::new(code, name, "REVENUE", "REVENUE", tax_type)
    };
    let clearing = |code: &str, name: &str| {
        let mut account = Account::new(code, name, "CURRENT", "ASSET", "NONE");
        account.takes_payments = true;
        account
    };
    let mut archived = income("3990", "Annen salgsinntekt (utgått)", "TAX001");
    archived.archived = true;
    vec![
        Account::new("1900", "Kontanter", "BANK", "ASSET", "NONE"),
        Account::new("1920", "Bankinnskudd", "BANK", "ASSET", "NONE"),
        clearing("1925", "Vipps"),
        clearing("1926", "Kortterminal"),
        Account::new("1500", "Kundefordringer", "CURRENT", "ASSET", "NONE").system("DEBTORS"),
        Account::new("2400", "Leverandørgjeld", "CURRLIAB", "LIABILITY", "NONE")
            .system("CREDITORS"),
        Account::new("2700", "Utgående merverdiavgift", "CURRLIAB", "LIABILITY", "NONE")
            .system("GST"),
        Account::new("2990", "Utlegg for elever", "CURRLIAB", "LIABILITY", "NONE"),
        income("3000", "Salgsinntekt, avgiftspliktig", "TAX001"),
        income("3010", "Salg av pakker, avgiftspliktig", "TAX001"),
        income("3020", "Salg av materiell, avgiftspliktig", "TAX001"),
        income("3100", "Salgsinntekt, avgiftsfri", "ZERORATEDOUTPUT"),
        income("3200", "Salgsinntekt, unntatt avgiftsplikt", "EXEMPTOUTPUT"),
        income("3900", "Viderefakturerte utlegg", "EXEMPTOUTPUT"),
        archived,
        Account::new("7770", "Øreavrunding", "OVERHEADS", "EXPENSE", "NONE").system("ROUNDING"),
    ]
}

/// Tax types of one's own are numbered TAX001 and up.
fn norwegian_tax_rates() -> Vec<TaxRate> {
    let (sales, both) = ((true, false), (true, true));
    vec![
        TaxRate::new("Utgående mva. 25 %", "TAX001", 25, sales),
        TaxRate::new("Utgående mva. 15 %", "TAX002", 15, sales),
        TaxRate::new("Utgående mva. 12 %", "TAX003", 12, sales),
        TaxRate::new("Avgiftsfritt salg", "ZERORATEDOUTPUT", 0, sales),
        TaxRate::new("Unntatt avgiftsplikt", "EXEMPTOUTPUT", 0, sales),
        TaxRate::new("Ingen mva.", "NONE", 0, both),
    ]
}
