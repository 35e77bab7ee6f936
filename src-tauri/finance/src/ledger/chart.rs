//! The chart of accounts, and which account each amount goes to.
//!
//! Never loses an account: a template's accounts and the school's own stay, whether in use or not.

use super::charts::Template;
use super::movement::Part;
use crate::ids::SchoolId;
use crate::opening::OPENING_TAX;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What an account holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    /// What the school has and is owed.
    Asset,
    /// What it owes.
    Liability,
    /// What belongs to its owners.
    Equity,
    /// What it earns.
    Income,
    /// What it spends and loses.
    Expense,
}

/// An account that the school named or added; of two with one number the later clock wins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerAccount {
    /// The school.
    pub school_id: SchoolId,
    /// Its number, one to ten digits.
    pub number: String,
    /// What staff read.
    pub name: String,
    /// What it holds.
    pub kind: AccountKind,
    /// False hides it where one is chosen; what is posted on it stays.
    pub active: bool,
}

/// Why an account cannot be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccountRejection {
    /// Numbers of a chart are digits.
    #[error("an account number has one to ten digits")]
    Number,
    /// No name.
    #[error("an account needs a name")]
    NoName,
    /// The posting rules name it: what it holds is fixed and it stays in use.
    #[error("the posting rules name this account")]
    Ruled,
}

/// An account as it stands in the chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartEntry {
    /// Its number.
    pub number: String,
    /// Its name: the school's, or the template's.
    pub name: String,
    /// What it holds.
    pub kind: AccountKind,
    /// Whether it is offered.
    pub active: bool,
    /// The posting rules name it.
    pub ruled: bool,
}

/// A template with what the school changed, and the accounts of its payment methods.
#[derive(Clone, Debug)]
pub struct Chart {
    template: &'static Template,
    own: BTreeMap<String, LedgerAccount>,
    methods: BTreeMap<String, String>,
}

impl Chart {
    /// A country's template with the school's accounts, and its payment methods by code.
    pub fn new(
        template: &'static Template,
        own: impl IntoIterator<Item = LedgerAccount>,
        methods: impl IntoIterator<Item = (String, String)>,
    ) -> Self {
        let own = own.into_iter().map(|account| (account.number.clone(), account)).collect();
        Self { template, own, methods: methods.into_iter().collect() }
    }

    /// The template.
    pub const fn template(&self) -> &'static Template {
        self.template
    }

    /// Every account, by number.
    pub fn entries(&self) -> Vec<ChartEntry> {
        let mut entries: BTreeMap<&str, ChartEntry> = BTreeMap::new();
        for (number, name, kind) in self.template.accounts {
            let ruled = self.rules(number);
            let (own, name) = ((*number).to_owned(), (*name).to_owned());
            let entry = ChartEntry { number: own, name, kind: *kind, active: true, ruled };
            entries.insert(number, entry);
        }
        for (number, own) in &self.own {
            let ruled = self.rules(number);
            let LedgerAccount { name, kind, active, .. } = own.clone();
            let entry = ChartEntry { number: number.clone(), name, kind, active, ruled };
            entries.insert(number, entry);
        }
        entries.into_values().collect()
    }

    /// One account; nothing where the chart does not hold it.
    pub fn find(&self, number: &str) -> Option<ChartEntry> {
        self.entries().into_iter().find(|entry| entry.number == number)
    }

    /// Whether the template's posting rules or a payment method name the account.
    fn rules(&self, number: &str) -> bool {
        self.template.rules().any(|named| named == number)
            || self.methods.values().any(|named| named == number)
    }

    /// Checks an account that a person sets.
    ///
    /// # Errors
    /// [`AccountRejection`] for the first rule broken.
    pub fn check(&self, account: &LedgerAccount) -> Result<(), AccountRejection> {
        let digits = account.number.chars().all(|c| c.is_ascii_digit());
        if !digits || account.number.is_empty() || account.number.len() > 10 {
            return Err(AccountRejection::Number);
        }
        if account.name.trim().is_empty() {
            return Err(AccountRejection::NoName);
        }
        match self.find(&account.number) {
            Some(known) if known.ruled && (known.kind != account.kind || !account.active) => {
                Err(AccountRejection::Ruled)
            }
            _ => Ok(()),
        }
    }

    /// What customers owe on invoices.
    pub const fn receivables(&self) -> &'static str {
        self.template.receivables
    }

    /// Money and credit notes of customers that are not set against an invoice.
    pub const fn credit(&self) -> &'static str {
        self.template.credit
    }

    /// Where the money of a payment method lies.
    pub fn money(&self, method: &str) -> &str {
        let account = self.methods.get(method).map(|account| account.trim());
        account.filter(|account| !account.is_empty()).unwrap_or(self.template.money)
    }

    /// Where a part of a document is earned, or held until it is passed on.
    pub fn income<'a>(&'a self, part: &'a Part) -> &'a str {
        if part.tax_code == OPENING_TAX {
            return self.template.opening;
        }
        if !part.account.is_empty() {
            return &part.account;
        }
        if part.pass_through { self.template.pass_through } else { self.sales(&part.tax_code) }
    }

    fn sales(&self, tax_code: &str) -> &'static str {
        by_code(self.template.sales, tax_code)
    }

    /// Where VAT of a code is owed.
    pub fn vat(&self, tax_code: &str) -> &'static str {
        by_code(self.template.vat, tax_code)
    }

    /// Where rests are lost.
    pub const fn given_up(&self, small: bool) -> &'static str {
        if small { self.template.small_differences } else { self.template.bad_debts }
    }

    /// Where exchange is gained or lost.
    pub const fn exchanged(&self, gained: bool) -> &'static str {
        if gained { self.template.exchange_gain } else { self.template.exchange_loss }
    }

    /// What payers owe for reminders.
    pub const fn fees_due(&self) -> &'static str {
        self.template.fees_due
    }

    /// Where fees of reminders are earned.
    pub const fn fee_income(&self) -> &'static str {
        self.template.fee_income
    }
}

/// The account of a VAT code; the empty code stands for every other one.
fn by_code(table: &'static [(&'static str, &'static str)], code: &str) -> &'static str {
    let find = |wanted: &str| table.iter().find(|(known, _)| *known == wanted);
    find(code).or_else(|| find("")).map_or("", |(_, account)| account)
}
