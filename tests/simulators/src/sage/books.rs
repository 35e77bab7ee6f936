//! One business's books: settings and ledger together, and what its callers used up.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::model::{Allocation, Artefact, Contact, Journal, Kind, OnAccount, Payment};
use super::quota::Quota;
use super::reference::{self, BankAccount, LedgerAccount, Settings, TaxRate};
use super::refusal::{Answer, Refusal};

/// A business with everything in it.
#[derive(Debug)]
pub struct Books {
    pub id: String,
    pub name: String,
    pub settings: Settings,
    /// False when its subscription has ended.
    pub subscribed: bool,
    pub accounts: Vec<LedgerAccount>,
    pub banks: Vec<BankAccount>,
    pub tax_rates: Vec<TaxRate>,
    pub contacts: Vec<Contact>,
    pub artefacts: Vec<Artefact>,
    /// Artefacts that are in no list but that of what was deleted.
    pub deleted: Vec<Artefact>,
    pub payments: Vec<Payment>,
    pub allocations: Vec<Allocation>,
    pub journals: Vec<Journal>,
    pub quota: Quota,
    /// Bodies and answers by `idempotency_id`.
    pub memory: HashMap<String, (Value, Answer)>,
    last_number: HashMap<Kind, u32>,
    touched: Vec<Value>,
}

impl Books {
    /// Empty books with the usual settings, or with Norwegian ones.
    pub fn new(id: &str, name: &str, norwegian: bool) -> Self {
        Self {
            id: id.to_owned(),
            name: name.to_owned(),
            settings: Settings::of(norwegian),
            subscribed: true,
            accounts: reference::ledger_accounts(norwegian),
            banks: reference::bank_accounts(),
            tax_rates: reference::tax_rates(norwegian),
            contacts: Vec::new(),
            artefacts: Vec::new(),
            deleted: Vec::new(),
            payments: Vec::new(),
            allocations: Vec::new(),
            journals: Vec::new(),
            quota: Quota::default(),
            memory: HashMap::new(),
            last_number: HashMap::new(),
            touched: Vec::new(),
        }
    }

    /// The contact with this identifier.
    pub fn contact(&self, id: &str) -> Option<&Contact> {
        one(&self.contacts, id, |it| &it.id)
    }

    /// The artefact with this identifier.
    pub fn artefact(&self, id: &str) -> Option<&Artefact> {
        one(&self.artefacts, id, |it| &it.id)
    }

    /// The artefact with this identifier, to be changed.
    pub fn artefact_mut(&mut self, id: &str) -> Option<&mut Artefact> {
        let place = place(&self.artefacts, id, |it| &it.id)?;
        self.artefacts.get_mut(place)
    }

    /// What a payment left on account, and the payment's contact.
    pub fn on_account_mut(&mut self, id: &str) -> Option<(&str, &mut OnAccount)> {
        let payments = self.payments.iter_mut().filter(|it| it.deleted_at.is_none());
        payments
            .filter_map(|it| Some((it.contact_id.as_str(), it.on_account.as_mut()?)))
            .find(|(_, left)| left.id == id)
    }

    /// The next number of this kind, such as `SI-1`.
    pub fn next_number(&mut self, kind: Kind) -> String {
        let last = self.last_number.entry(kind).or_default();
        *last += 1;
        format!("{}-{last}", kind.fields().2)
    }

    /// Refuses a day that the books do not take. The sentences are ours; the rule is Sage's.
    ///
    /// # Errors
    /// The day is locked, or lies before the accounts begin.
    pub fn check_open(&self, date: NaiveDate) -> Result<(), Refusal> {
        if let Some(lock) = self.settings.lockdown.filter(|lock| date <= *lock) {
            let shown = lock.format("%d/%m/%Y");
            let text = format!("The date must be after the year end lockdown date of {shown}.");
            return Err(Refusal::invalid("date", text));
        }
        if date < self.settings.accounts_start {
            let text = "The date cannot be before the accounts start date.";
            return Err(Refusal::invalid("date", text));
        }
        Ok(())
    }

    /// Notes that a row changed, for the ledger file.
    pub fn touch(&mut self, table: &str, row: &impl Serialize) {
        self.touched.push(json!({"table": table, "row": row}));
    }

    /// The rows changed since the last time.
    pub fn take_touched(&mut self) -> Vec<Value> {
        std::mem::take(&mut self.touched)
    }
}

fn one<'a, T>(rows: &'a [T], id: &str, id_of: impl Fn(&T) -> &str) -> Option<&'a T> {
    rows.get(place(rows, id, id_of)?)
}

/// Identifiers are made in order, so the row is where it belongs; or else anywhere, as rows of a test.
fn place<T>(rows: &[T], id: &str, id_of: impl Fn(&T) -> &str) -> Option<usize> {
    let found = rows.binary_search_by(|row| id_of(row).cmp(id)).ok();
    found.or_else(|| rows.iter().position(|row| id_of(row) == id))
}

/// The circumstances of a write.
#[derive(Clone, Copy, Debug)]
pub struct Call {
    pub now: DateTime<Utc>,
}

/// A new identifier: 32 hex digits without hyphens.
pub fn new_id() -> String {
    Uuid::now_v7().simple().to_string()
}
