//! A company's lists as the mapping wants them: what is sold, where money goes, how it is taxed.
//!
//! Never offers what a document could not name.

use super::fields;
use super::tax::{self, Taxes, US_TAXED, US_UNTAXED};
use super::transform::{ACCOUNT, ITEM};
use super::wire;
use crate::document::{
    AccountClass, ReferenceData, RemoteAccount, RemoteCurrency, RemoteTaxCode, RemoteTracking,
};
use crate::error::ProviderError;
use crate::http::{Effect, unclear};
use crate::reference;
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde::Deserialize;

/// A currency besides that of the books.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct CompanyCurrency {
    pub code: String,
    pub name: String,
    pub active: Option<bool>,
}

/// What a company told of itself.
pub struct Company {
    pub info: Vec<wire::CompanyInfo>,
    pub preferences: Vec<wire::Preferences>,
    pub accounts: Vec<wire::Account>,
    pub items: Vec<wire::Item>,
    pub codes: Vec<wire::TaxCode>,
    pub rates: Vec<wire::TaxRate>,
    pub classes: Vec<wire::Class>,
    /// Those besides its own; none without multicurrency.
    pub currencies: Vec<CompanyCurrency>,
}

/// What mapping needs to know.
pub fn data(there: &Company, fetched_at: DateTime<Utc>) -> Result<ReferenceData, ProviderError> {
    let (Some(info), Some(preferences)) = (there.info.first(), there.preferences.first()) else {
        return Err(unclear(Effect::Read, "an answer without a company or its settings"));
    };
    let home = preferences.currency_prefs.home_currency.value.parse();
    let home = home.map_err(|_| unclear(Effect::Read, "a company without a currency"))?;
    let items = there.items.iter().filter_map(|item| sold(item, &there.accounts));
    let paid = there.accounts.iter().filter_map(taking_payments);
    let posted = there.accounts.iter().filter_map(taking_entries);
    Ok(ReferenceData {
        company_name: info.company_name.clone(),
        base_currency: home,
        locked_until: preferences.accounting_info_prefs.book_close_date,
        accounts: items.chain(paid).chain(posted).collect(),
        tax_codes: tax_codes(there, &info.country),
        tracking: there.classes.iter().map(class).collect(),
        fields: fields::listed(&preferences.sales_forms_prefs),
        currencies: reference::currencies(home, there.currencies.iter().map(coin)),
        fetched_at,
    })
}

/// What is sold stands for the account its sales go to: a line of QuickBooks names no account.
fn sold(item: &wire::Item, accounts: &[wire::Account]) -> Option<RemoteAccount> {
    if matches!(item.kind.as_str(), "Category" | "Group") {
        return None;
    }
    let account = item.income_account_ref.as_ref()?;
    let account = accounts.iter().find(|it| it.id == account.value)?;
    let class = match account.classification.as_str() {
        "Revenue" => AccountClass::Income,
        "Liability" => AccountClass::Liability,
        _ => return None,
    };
    Some(RemoteAccount {
        id: item.id.clone(),
        code: format!("{ITEM}{}", item.id),
        name: format!("{} ({})", item.name, account_name(account)),
        class,
        currency: None,
        default_tax_code: item.sales_tax_code_ref.as_ref().map(|code| code.value.clone()),
        active: item.active != Some(false) && account.active != Some(false),
    })
}

fn coin(theirs: &CompanyCurrency) -> RemoteCurrency {
    RemoteCurrency {
        code: theirs.code.clone(),
        name: theirs.name.clone(),
        active: theirs.active != Some(false),
    }
}

/// A class, named as a line names it: by its id.
fn class(theirs: &wire::Class) -> RemoteTracking {
    let whole = theirs.fully_qualified_name.clone().filter(|name| !name.is_empty());
    RemoteTracking {
        code: theirs.id.clone(),
        name: whole.unwrap_or_else(|| theirs.name.clone()),
        group: String::new(),
        active: theirs.active != Some(false),
    }
}

/// Banks, and the account where money waits for its deposit.
fn taking_payments(account: &wire::Account) -> Option<RemoteAccount> {
    let waits = account.account_sub_type.as_deref() == Some("UndepositedFunds");
    if account.account_type != "Bank" && !waits {
        return None;
    }
    Some(own(account, AccountClass::Bank))
}

/// What journal entries name besides. A line on receivables or payables must name a customer or a
/// supplier ("Create a journal entry", community.intuit.com/articles/1532894, 2026-11), and nobody
/// is told of those where journal entries are sent.
fn taking_entries(account: &wire::Account) -> Option<RemoteAccount> {
    let is_left_out = matches!(
        account.account_type.as_str(),
        "Accounts Receivable" | "Accounts Payable" | "Non-Posting"
    );
    let is_other = !is_left_out && taking_payments(account).is_none();
    is_other.then(|| own(account, AccountClass::Ledger))
}

fn own(account: &wire::Account, class: AccountClass) -> RemoteAccount {
    RemoteAccount {
        id: account.id.clone(),
        code: format!("{ACCOUNT}{}", account.id),
        name: account_name(account),
        class,
        default_tax_code: None,
        currency: account.currency_ref.as_ref().map(|it| it.value.clone()),
        active: account.active != Some(false),
    }
}

fn account_name(account: &wire::Account) -> String {
    match account.acct_num.as_deref().filter(|number| !number.is_empty()) {
        Some(number) => format!("{number} {}", account.name),
        None => account.name.clone(),
    }
}

fn tax_codes(there: &Company, country: &str) -> Vec<RemoteTaxCode> {
    let shown = |code: &str, name: &str, rate: Option<Decimal>, active: bool| RemoteTaxCode {
        code: code.to_owned(),
        name: name.to_owned(),
        rate,
        for_sales: true,
        active,
    };
    match tax::of(country, &there.codes, &there.rates) {
        Taxes::UnitedStates => vec![
            shown(US_TAXED, "Taxable", None, true),
            shown(US_UNTAXED, "Not taxable", Some(Decimal::ZERO), true),
        ],
        Taxes::ByCode(usable) => {
            let codes = there.codes.iter().filter_map(|code| {
                let rate = usable.get(&code.id)?.iter().map(|rate| rate.percent).sum();
                Some(shown(&code.id, &code.name, Some(rate), code.active != Some(false)))
            });
            codes.collect()
        }
    }
}
