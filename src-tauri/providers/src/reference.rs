//! What a company keeps there that our codes are mapped into: accounts, tax rates, parts of the
//! business.
//!
//! Never what we send: only what was read.

use crate::field::RemoteField;
use chrono::{DateTime, NaiveDate, Utc};
use finance::money::Currency;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// An account of their chart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoteAccount {
    /// Their id.
    pub id: String,
    /// The code that documents name. Accounts without a code cannot be mapped.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it may be used for.
    pub class: AccountClass,
    /// Their tax code for it by default.
    pub default_tax_code: Option<String>,
    /// Code of the currency of an account that holds money, where the system tells it.
    pub currency: Option<String>,
    /// False when archived there.
    pub active: bool,
}

/// What an account may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountClass {
    /// Sales.
    Income,
    /// Costs.
    Expense,
    /// Takes payments.
    Bank,
    /// Takes payments without being a bank account.
    Clearing,
    /// Other assets; may take payments where the provider says so.
    Asset,
    /// Debts.
    Liability,
    /// Capital.
    Equity,
    /// May be named by journal entries and by nothing else, whatever it holds.
    Ledger,
}

/// A tax rate of theirs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoteTaxCode {
    /// The code that lines name.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Percent; none where the system finds it for each sale by itself.
    #[serde(with = "rust_decimal::serde::str_option")]
    pub rate: Option<Decimal>,
    /// May be used on sales.
    pub for_sales: bool,
    /// False when deleted there.
    pub active: bool,
}

/// What a system tells parts of a business apart by: an option of a tracking category, a class, an
/// analysis type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoteTracking {
    /// The code that documents name.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it is one of, by name; empty where there is one list only.
    pub group: String,
    /// False when archived there.
    pub active: bool,
}

/// A currency that documents of a company may be in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoteCurrency {
    /// ISO 4217 code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// False when switched off there.
    pub active: bool,
}

/// The currencies that a company takes: what it lists, and the one of its books whether it lists it
/// or not.
pub fn currencies(
    base: Currency,
    listed: impl IntoIterator<Item = RemoteCurrency>,
) -> Vec<RemoteCurrency> {
    let (code, name) = (base.code().to_owned(), base.code().to_owned());
    let others = listed.into_iter().filter(|it| !it.code.is_empty() && it.code != base.code());
    std::iter::once(RemoteCurrency { code, name, active: true }).chain(others).collect()
}

/// What mapping needs to know of a company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReferenceData {
    /// The company's name there.
    pub company_name: String,
    /// Currency of its books.
    pub base_currency: Currency,
    /// Nothing dated on or before this day is accepted.
    pub locked_until: Option<NaiveDate>,
    /// Its accounts.
    pub accounts: Vec<RemoteAccount>,
    /// Its tax rates.
    pub tax_codes: Vec<RemoteTaxCode>,
    /// What it tells parts of the business apart by, where it does and it is known how.
    pub tracking: Vec<RemoteTracking>,
    /// The currencies it takes, the one of its books among them.
    pub currencies: Vec<RemoteCurrency>,
    /// Fields of its own on sales documents.
    pub fields: Vec<RemoteField>,
    /// When it was read.
    pub fetched_at: DateTime<Utc>,
}

/// A company file that a sign-in can reach.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoteCompany {
    /// Its id there, sent with every call.
    pub id: String,
    /// Its name there.
    pub name: String,
}
