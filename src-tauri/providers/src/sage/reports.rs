//! Sage's trial balance, profit and loss, balance sheet and general ledger, from its ledger accounts and
//! their entries: Sage has no report to ask for (Swagger description 3.1, `ledger_accounts`, 2026-11).
//!
//! Never counts an account's side by a word: debits and credits come apart.

use super::client::{self, Query};
use super::ledger;
use super::wire::{BankAccount, FinancialSettings, LedgerAccount};
use crate::document::Period;
use crate::error::ProviderError;
use crate::exact::Exact;
use crate::fitting;
use crate::http::{Effect, HttpClient, unclear};
use crate::report::{RemoteReport, ReportKind, ReportRow, year_of};
use crate::session::Session;
use chrono::{Datelike, NaiveDate};
use finance::money::{Currency, Money};

/// Groups of accounts with the heading they stand under.
pub(super) const GROUPS: [(&str, &str); 5] = [
    ("INCOME", "Income"),
    ("EXPENSE", "Expenses"),
    ("ASSET", "Assets"),
    ("LIABILITY", "Liabilities"),
    ("EQUITY", "Equity"),
];

/// A report of a period; what stands on an account is counted since the accounts began.
pub async fn fetch(
    http: &HttpClient,
    session: &Session,
    kind: ReportKind,
    period: Period,
) -> Result<RemoteReport, ProviderError> {
    let answer = client::get(http, session, "financial_settings", &Query::new()).await?;
    let settings: FinancialSettings = client::read(&answer, Effect::Read)?;
    let currency = settings.base_currency.as_ref().and_then(|it| it.id.parse().ok());
    let currency = currency.ok_or_else(|| unclear(Effect::Read, "books without a currency"))?;
    let from = match kind {
        ReportKind::TrialBalance => {
            year_of(period.to, settings.year_end_date.map(|end| (end.month(), end.day())))
        }
        _ => period.from,
    };
    let begun = settings.accounts_start_date.unwrap_or(from).min(from);
    let query = vec![("attributes", "ledger_account".to_owned())];
    let banks: Vec<BankAccount> =
        client::get_all(http, session, "bank_accounts", &query, 1).await?;
    let reading = Reading { kind, currency, banks };
    if kind == ReportKind::GeneralLedger {
        let entries = ledger::entries(http, session, period).await?;
        let accounts = balances(http, session, from, period.to).await?;
        let rows = ledger::rows(&accounts, entries, &reading)?;
        return Ok(RemoteReport { from, currency, rows });
    }
    let mut rows = Vec::new();
    if kind != ReportKind::BalanceSheet {
        let accounts = balances(http, session, from, period.to).await?;
        rows.extend(reading.rows(&accounts, &GROUPS[..2])?);
    }
    if kind != ReportKind::ProfitAndLoss {
        let accounts = balances(http, session, begun, period.to).await?;
        rows.extend(reading.rows(&accounts, &GROUPS[2..])?);
    }
    Ok(RemoteReport { from, currency, rows })
}

/// What stands on each account. Sage keeps deleted entries and has a parameter to leave them out, so they
/// may be counted without it.
async fn balances(
    http: &HttpClient,
    session: &Session,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<LedgerAccount>, ProviderError> {
    let query = vec![
        ("attributes", "ledger_account_group,balance_details".to_owned()),
        ("show_balance_details", "true".to_owned()),
        ("exclude_deleted_entries", "true".to_owned()),
        ("from_date", from.to_string()),
        ("to_date", to.to_string()),
    ];
    client::get_all(http, session, "ledger_accounts", &query, 1).await
}

/// How the rows of a report are read.
pub(super) struct Reading {
    pub kind: ReportKind,
    pub currency: Currency,
    pub banks: Vec<BankAccount>,
}

impl Reading {
    /// Accounts of these groups that something stands on.
    fn rows(
        &self,
        accounts: &[LedgerAccount],
        groups: &[(&str, &str)],
    ) -> Result<Vec<ReportRow>, ProviderError> {
        let mut rows = Vec::new();
        for (group, section) in groups {
            let is_in = |it: &&LedgerAccount| {
                it.ledger_account_group.as_ref().is_some_and(|of| of.id == *group)
            };
            for account in accounts.iter().filter(is_in) {
                let amount = self.amount(account, group)?;
                if !amount.is_zero() {
                    rows.push(ReportRow {
                        section: (*section).to_owned(),
                        name: account.displayed_as.clone().unwrap_or_default(),
                        codes: self.codes(account),
                        amount,
                        is_sum: false,
                    });
                }
            }
        }
        Ok(rows)
    }

    /// Documents name the account itself, payments the bank that it is the account of.
    pub fn codes(&self, account: &LedgerAccount) -> Vec<String> {
        let is_its = |bank: &&BankAccount| {
            bank.ledger_account.as_ref().is_some_and(|of| of.id == account.id)
        };
        let banks = self.banks.iter().filter(is_its).map(|bank| bank.id.clone());
        std::iter::once(account.id.clone()).chain(banks).collect()
    }

    /// What stands on an account of a group.
    ///
    /// # Errors
    /// [`ProviderError::Protocol`] for an account without a balance, or an amount that is none.
    pub fn amount(&self, account: &LedgerAccount, group: &str) -> Result<Money, ProviderError> {
        let Some(balance) = &account.balance_details else {
            return Err(unclear(Effect::Read, "an account without its balance"));
        };
        self.signed((balance.debits, balance.credits), group)
    }

    /// Debits less credits; outside a trial balance income and debts are shown above nothing.
    ///
    /// # Errors
    /// [`ProviderError::Protocol`] for an amount that is none.
    pub fn signed(
        &self,
        (debits, credits): (Option<Exact>, Option<Exact>),
        group: &str,
    ) -> Result<Money, ProviderError> {
        let zero = Money::zero(self.currency);
        let money = |of| fitting::money(of, self.currency).map(|it| it.unwrap_or(zero));
        let debits = money(debits).map_err(fitting::unusable)?;
        let credits = money(credits).map_err(fitting::unusable)?;
        let amount = debits.minus(credits).map_err(fitting::unusable)?;
        let is_turned = self.kind != ReportKind::TrialBalance
            && matches!(group, "INCOME" | "LIABILITY" | "EQUITY");
        Ok(if is_turned { amount.negated() } else { amount })
    }
}
