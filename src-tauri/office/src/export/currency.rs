//! Which currencies a company takes, on its documents and on the accounts that hold its money.
//!
//! Never says so before the company was read: then the system has the word.

use finance::Currency;
use std::collections::{BTreeSet, HashMap};
use store::exports::{BOOKS, RemoteRows};

/// The currencies of a company, as last read.
#[derive(Clone, Debug, Default)]
pub struct Currencies {
    /// The one of its books; nothing where they were not read yet.
    base: Option<String>,
    /// The one of our book, which our rates lead to.
    own: Option<Currency>,
    taken: BTreeSet<String>,
    /// Accounts that hold money, by their codes.
    held: HashMap<String, Held>,
}

/// An account that holds money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Its name there.
    pub name: String,
    /// The code of its currency.
    pub currency: String,
}

impl Currencies {
    /// As the last reading tells, for a book in a currency.
    pub fn of(remote: &RemoteRows, own: Option<Currency>) -> Self {
        let base = remote.currencies.iter().find(|it| it.active && it.class == BOOKS);
        let taken = remote.currencies.iter().filter(|it| it.active);
        let held = remote.accounts.iter().filter_map(|it| {
            let currency = it.currency.clone().filter(|currency| !currency.is_empty())?;
            Some((it.code.clone(), Held { name: it.name.clone(), currency }))
        });
        Self {
            base: base.map(|it| it.code.clone()),
            own,
            taken: taken.map(|it| it.code.clone()).collect(),
            held: held.collect(),
        }
    }

    /// Whether it is known that no document may be in this currency.
    pub fn is_off(&self, currency: &str) -> bool {
        self.base.is_some() && !self.taken.contains(currency)
    }

    /// Whether the company takes no currency but that of its books.
    pub fn is_single(&self) -> bool {
        self.base.is_some() && self.taken.len() == 1
    }

    /// The currency of the company's books, where nothing here says what an amount is worth in it: it is
    /// not the one of our book, to which alone our rates lead, and not the amount's. Left without a rate, a
    /// system takes one of its own, or 1.
    pub fn without_rate(&self, currency: &str) -> Option<&str> {
        let (base, own) = (self.base.as_deref()?, self.own?);
        (base != own.code() && base != currency).then_some(base)
    }

    /// What an amount is worth in our book, or its rate to it, as the company is told of it: not where the
    /// amount is in the currency of its books.
    pub fn told<T>(&self, currency: Currency, worth: Option<T>) -> Option<T> {
        worth.filter(|_| self.base.as_deref() != Some(currency.code()))
    }

    /// What an account holds, where that keeps it from taking this money: one transaction has one
    /// foreign currency. In Xero the money or the account must be in the currency of the books ("Reconcile
    /// foreign currency transactions", central.xero.com); QuickBooks says of others that a transaction
    /// can use only one foreign currency (error 6000); Sage keeps a bank account in one currency and says
    /// nothing of others, so the same is held for it (all read 2026-11).
    pub fn held_otherwise(&self, account: &str, money: Currency) -> Option<&Held> {
        let (base, held) = (self.base.as_deref()?, self.held.get(account)?);
        let is_third =
            held.currency != money.code() && held.currency != base && money.code() != base;
        is_third.then_some(held)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use store::exports::RemoteRow;

    fn row(code: &str, class: &str, currency: Option<&str>) -> RemoteRow {
        RemoteRow {
            remote_id: code.to_owned(),
            code: code.to_owned(),
            name: code.to_owned(),
            class: class.to_owned(),
            rate: None,
            default_tax_code: None,
            currency: currency.map(str::to_owned),
            for_sales: true,
            active: true,
        }
    }

    fn euro() -> Currency {
        Currency::EUR
    }

    #[test]
    fn nothing_is_off_before_the_company_was_read() {
        let unread = Currencies::of(&RemoteRows::default(), Some(Currency::NOK));
        assert!(!unread.is_off("EUR") && !unread.is_single());
        assert_eq!(unread.held_otherwise("1930", euro()), None);
    }

    #[test]
    fn a_company_takes_its_own_currency_and_those_that_are_switched_on() {
        let off = RemoteRow { active: false, ..row("USD", "", None) };
        let currencies = vec![row("NOK", BOOKS, None), row("EUR", "", None), off];
        let read = Currencies::of(&RemoteRows { currencies, ..RemoteRows::default() }, None);
        assert_eq!(
            ["NOK", "EUR", "USD", "SEK"].map(|it| read.is_off(it)),
            [false, false, true, true]
        );
        assert!(!read.is_single());
    }

    #[test]
    fn books_in_another_currency_than_ours_take_only_what_is_in_theirs() {
        let currencies = vec![row("EUR", BOOKS, None), row("NOK", "", None), row("USD", "", None)];
        let remote = RemoteRows { currencies, ..RemoteRows::default() };
        let read = Currencies::of(&remote, Some(Currency::NOK));
        let theirs = ["NOK", "USD", "EUR"].map(|it| read.without_rate(it));
        assert_eq!(theirs, [Some("EUR"), Some("EUR"), None]);
        assert_eq!(read.told(euro(), Some(11)), None);
        let same = Currencies::of(&remote, Some(euro()));
        assert_eq!(["NOK", "USD", "EUR"].map(|it| same.without_rate(it)), [None; 3]);
        assert_eq!(same.told(Currency::NOK, Some(11)), Some(11));
    }

    #[test]
    fn an_account_of_a_third_currency_takes_no_foreign_money() {
        let held = |code, currency| row(code, "bank", Some(currency));
        let accounts = vec![held("1920", "NOK"), held("1930", "EUR"), held("1940", "USD")];
        let currencies = vec![row("NOK", BOOKS, None)];
        let remote = RemoteRows { accounts, currencies, ..RemoteRows::default() };
        let read = Currencies::of(&remote, Some(Currency::NOK));
        assert_eq!(read.held_otherwise("1920", euro()), None);
        assert_eq!(read.held_otherwise("1930", euro()), None);
        let third = read.held_otherwise("1940", euro()).map(|held| held.currency.as_str());
        assert_eq!(third, Some("USD"));
        assert_eq!(read.held_otherwise("1940", Currency::NOK), None);
        assert_eq!(read.held_otherwise("3000", euro()), None);
    }
}
