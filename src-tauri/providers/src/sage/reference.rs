//! What mapping needs to know of a business: settings, accounts offered for sales and journals, banks
//! and tax rates, in five calls or six. Pure but for the asking.
//!
//! Never offers an account that Sage refuses on such a line.

use super::client::{self, Query};
use super::journals::LEDGER;
use super::wire;
use crate::document::{AccountClass, ReferenceData, RemoteAccount, RemoteCurrency, RemoteTaxCode};
use crate::error::ProviderError;
use crate::http::{Effect, HttpClient, unclear};
use crate::reference;
use crate::session::Session;
use chrono::{DateTime, NaiveDate};

const ACCOUNTS: &str = "ledger_account_group,is_control_account,tax_rate,visible_in_sales,\
                        visible_in_journals";

/// Asks for all of it.
pub async fn fetch(http: &HttpClient, session: &Session) -> Result<ReferenceData, ProviderError> {
    let company_name = business_name(http, session).await?;
    let answer = client::get(http, session, "financial_settings", &Query::new()).await?;
    let settings: wire::FinancialSettings = client::read(&answer, Effect::Read)?;
    let query = vec![("attributes", ACCOUNTS.to_owned())];
    let accounts: Vec<wire::LedgerAccount> =
        client::get_all(http, session, "ledger_accounts", &query, 1).await?;
    let query = vec![("attributes", "is_active,currency".to_owned())];
    let banks: Vec<wire::BankAccount> =
        client::get_all(http, session, "bank_accounts", &query, 1).await?;
    let query = with("name,percentage,is_visible", ("usage", "sales"));
    let rates: Vec<wire::TaxRate> = client::get_all(http, session, "tax_rates", &query, 1).await?;

    let currency = settings.base_currency.as_ref();
    let currency = currency.ok_or_else(|| unclear(Effect::Read, "books without a currency"))?;
    let base_currency =
        currency.id.parse().map_err(|_| unclear(Effect::Read, "books in an unknown currency"))?;
    // Sage lists every currency there is: whether documents may be in them is a setting.
    let coins: Vec<wire::Currency> = match settings.multi_currency_enabled {
        Some(true) => client::get_all(http, session, "currencies", &Query::new(), 1).await?,
        _ => Vec::new(),
    };
    let own = accounts.iter().filter_map(sold_on);
    let posted = accounts.iter().filter_map(posted_on);
    Ok(ReferenceData {
        company_name,
        base_currency,
        locked_until: locked_until(&settings),
        accounts: own.chain(banks.iter().map(bank)).chain(posted).collect(),
        tax_codes: rates.iter().filter_map(tax_code).collect(),
        tracking: Vec::new(),
        fields: Vec::new(),
        currencies: reference::currencies(base_currency, coins.into_iter().map(coin)),
        // By Sage's clock; without one the data counts as old, and is read again soon.
        fetched_at: answer.date.unwrap_or(DateTime::UNIX_EPOCH),
    })
}

/// The name of the session's business.
pub async fn business_name(http: &HttpClient, session: &Session) -> Result<String, ProviderError> {
    let path = format!("businesses/{}", session.company);
    let answer = client::get(http, session, &path, &Query::new()).await?;
    let business: wire::Business = client::read(&answer, Effect::Read)?;
    if business.id != session.company {
        return Err(unclear(Effect::Read, "an answer about another business"));
    }
    Ok(named(business))
}

/// The name that people know a business by.
pub fn named(business: wire::Business) -> String {
    business.name.or(business.displayed_as).unwrap_or_default()
}

fn with(attributes: &str, (name, value): (&'static str, &str)) -> Query {
    vec![("attributes", attributes.to_owned()), (name, value.to_owned())]
}

/// Sage takes nothing up to the lockdown day, and nothing before the accounts begin.
fn locked_until(settings: &wire::FinancialSettings) -> Option<NaiveDate> {
    let before = settings.accounts_start_date.and_then(|day| day.pred_opt());
    settings.year_end_lockdown_date.max(before)
}

/// Documents name accounts by Sage's id; the name shown carries the nominal code.
fn sold_on(theirs: &wire::LedgerAccount) -> Option<RemoteAccount> {
    if theirs.is_control_account == Some(true) || theirs.visible_in_sales != Some(true) {
        return None;
    }
    let class = match theirs.ledger_account_group.as_ref()?.id.as_str() {
        "INCOME" => AccountClass::Income,
        "EXPENSE" => AccountClass::Expense,
        "ASSET" => AccountClass::Asset,
        "LIABILITY" => AccountClass::Liability,
        "EQUITY" => AccountClass::Equity,
        _ => return None,
    };
    Some(RemoteAccount {
        id: theirs.id.clone(),
        code: theirs.id.clone(),
        name: theirs.displayed_as.clone().unwrap_or_default(),
        class,
        default_tax_code: theirs.tax_rate.as_ref().map(|rate| rate.id.clone()),
        currency: None,
        active: true,
    })
}

/// What journals name, the accounts of banks and of control too ("Journals" guide, 2026-11).
fn posted_on(theirs: &wire::LedgerAccount) -> Option<RemoteAccount> {
    (theirs.visible_in_journals == Some(true)).then(|| RemoteAccount {
        id: theirs.id.clone(),
        code: format!("{LEDGER}{}", theirs.id),
        name: theirs.displayed_as.clone().unwrap_or_default(),
        class: AccountClass::Ledger,
        default_tax_code: None,
        currency: None,
        active: true,
    })
}

fn bank(theirs: &wire::BankAccount) -> RemoteAccount {
    RemoteAccount {
        id: theirs.id.clone(),
        code: theirs.id.clone(),
        name: theirs.displayed_as.clone().unwrap_or_default(),
        class: AccountClass::Bank,
        default_tax_code: None,
        currency: theirs.currency.as_ref().map(|it| it.id.clone()),
        active: theirs.is_active.unwrap_or(true),
    }
}

fn coin(theirs: wire::Currency) -> RemoteCurrency {
    let name = theirs.displayed_as.unwrap_or_else(|| theirs.id.clone());
    RemoteCurrency { code: theirs.id, name, active: true }
}

fn tax_code(theirs: &wire::TaxRate) -> Option<RemoteTaxCode> {
    Some(RemoteTaxCode {
        code: theirs.id.clone(),
        name: theirs.name.clone().or_else(|| theirs.displayed_as.clone()).unwrap_or_default(),
        rate: Some(theirs.percentage?.0),
        for_sales: true,
        active: theirs.is_visible.unwrap_or(true),
    })
}
