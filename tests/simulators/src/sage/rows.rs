//! The rows of a collection as lists look at them: what they are filtered by, and how each is shown.
//! Showing a row costs more than looking at it, so a list shows those of its page only.

use std::borrow::Cow;
use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;

use super::balances::{self, Entry};
use super::journals;
use super::json::Amounts;
use super::model::{Allocation, Artefact, Contact, Journal, Payment};
use super::reference::{BankAccount, LedgerAccount, TaxRate};
use super::render::{Shower, base, shown_name};

/// A row before it is shown.
pub struct Row<'a> {
    pub id: Cow<'a, str>,
    /// What it belongs to, by the name of the field.
    of: Vec<(&'static str, &'a str)>,
    /// Whether a search for this, in small letters, finds it: by reference or name.
    says: Box<dyn Fn(&str) -> bool + 'a>,
    pub date: Option<NaiveDate>,
    pub updated_at: Option<DateTime<Utc>>,
    pub deleted_at: Option<DateTime<Utc>>,
    show: Box<dyn Fn() -> Value + 'a>,
}

impl fmt::Debug for Row<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Row").field("id", &self.id).finish_non_exhaustive()
    }
}

impl<'a> Row<'a> {
    /// A row that no filter knows.
    pub fn plain(id: impl Into<Cow<'a, str>>, show: impl Fn() -> Value + 'a) -> Self {
        Self {
            id: id.into(),
            of: Vec::new(),
            says: Box::new(|_| false),
            date: None,
            updated_at: None,
            deleted_at: None,
            show: Box::new(show),
        }
    }

    /// A row of a fixed list.
    pub fn fixed(collection: &'a str, (id, name): (&'static str, &'static str)) -> Self {
        Self { says: said([name]), ..Self::plain(id, move || base(collection, id, name)) }
    }

    pub fn contact(show: Shower<'a>, row: &'a Contact) -> Self {
        let email = row.email().map(|email| ("email", email));
        let kind = Some(("contact_type", row.contact_type.as_str()));
        Self {
            of: kind.into_iter().chain(email).collect(),
            says: Box::new(|wanted| is_in(&shown_name(row), wanted)),
            updated_at: Some(row.updated_at),
            ..Self::plain(&row.id, move || show.contact(row))
        }
    }

    /// An invoice or credit note; `with_money` shows what was paid and allocated.
    pub fn artefact(show: Shower<'a>, row: &'a Artefact, with_money: bool) -> Self {
        Self {
            of: vec![
                ("contact", &row.contact_id),
                ("status", row.status.code()),
                ("transaction_type", row.kind.code()),
                ("currency", &row.currency),
            ],
            says: Box::new(move |wanted| {
                let own = [Some(&row.number), row.reference.as_ref()].into_iter().flatten();
                own.into_iter().any(|text| is_in(text, wanted))
                    || show.books.contact(&row.contact_id).is_some_and(|it| is_in(&it.name, wanted))
            }),
            date: Some(row.date),
            updated_at: Some(row.updated_at),
            deleted_at: row.deleted_at,
            ..Self::plain(&row.id, move || show.artefact(row, with_money))
        }
    }

    pub fn payment(show: Shower<'a>, row: &'a Payment) -> Self {
        Self {
            of: vec![
                ("contact", &row.contact_id),
                ("transaction_type", &row.transaction_type),
                ("bank_account", &row.bank_account_id),
                ("currency", &row.currency),
            ],
            says: said(row.reference.as_deref()),
            date: Some(row.date),
            updated_at: Some(row.updated_at),
            deleted_at: row.deleted_at,
            ..Self::plain(&row.id, move || show.payment(row))
        }
    }

    pub fn allocation(show: Shower<'a>, row: &'a Allocation) -> Self {
        Self {
            of: vec![("contact", &row.contact_id), ("transaction_type", "CUSTOMER_ALLOCATION")],
            date: Some(row.date),
            updated_at: Some(row.updated_at),
            deleted_at: row.deleted_at,
            ..Self::plain(&row.id, move || show.allocation(row))
        }
    }

    /// A journal; `listed` as a list shows it.
    pub fn journal(row: &'a Journal, listed: bool, amounts: Amounts) -> Self {
        Self {
            says: said([row.reference.as_str()]),
            date: Some(row.date),
            updated_at: Some(row.updated_at),
            deleted_at: row.deleted_at,
            ..Self::plain(&row.id, move || journals::shown(row, listed, amounts))
        }
    }

    /// A ledger account; its days are those that its balance is counted over.
    pub fn ledger_account(row: &'a LedgerAccount, show: impl Fn() -> Value + 'a) -> Self {
        let sales = row.visible_in_sales.then_some(("visible_in", "sales"));
        let journals = row.visible_in_journals.then_some(("visible_in", "journals"));
        let name = || format!("{} ({})", row.name, row.nominal_code);
        Self {
            of: sales.into_iter().chain(journals).collect(),
            says: Box::new(move |wanted| is_in(&name(), wanted)),
            ..Self::plain(&row.id, show)
        }
    }

    pub fn ledger_entry(show: Shower<'a>, entry: Entry<'a>) -> Self {
        let (id, name, kind) = entry.from;
        let contact = entry.contact.map(|id| ("contact", id));
        let own =
            [("transaction", id), ("transaction_type", kind), ("ledger_account", entry.account)];
        Self {
            of: own.into_iter().chain(contact).collect(),
            says: said([name]),
            date: Some(entry.date),
            updated_at: Some(entry.written.1),
            ..Self::plain(entry.id(), move || balances::shown(&show, &entry))
        }
    }

    pub fn bank_account(show: Shower<'a>, row: &'a BankAccount) -> Self {
        Self {
            of: vec![("ledger_account", &row.ledger_account_id)],
            says: said([row.name.as_str()]),
            ..Self::plain(&row.id, move || show.bank_account(row))
        }
    }

    pub fn tax_rate(show: Shower<'a>, row: &'a TaxRate) -> Self {
        Self { says: said([row.name]), ..Self::plain(row.id, move || show.tax_rate(row)) }
    }

    /// The row as Sage shows it.
    pub fn shown(&self) -> Value {
        (self.show)()
    }

    /// Whether a field of it is this.
    pub fn is_of(&self, field: &str, wanted: &str) -> bool {
        self.of.iter().any(|(name, value)| *name == field && *value == wanted)
    }

    /// Whether a search for this, in small letters, finds it.
    pub fn says(&self, wanted: &str) -> bool {
        (self.says)(wanted)
    }
}

fn is_in(text: &str, wanted: &str) -> bool {
    text.to_lowercase().contains(wanted)
}

fn said<'a>(texts: impl IntoIterator<Item = &'a str>) -> Box<dyn Fn(&str) -> bool + 'a> {
    let texts: Vec<&str> = texts.into_iter().collect();
    Box::new(move |wanted| texts.iter().any(|text| is_in(text, wanted)))
}
