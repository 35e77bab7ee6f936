//! One organisation's books: settings and ledger together.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use super::attachments::Attachment;
use super::journals::ManualJournal;
use super::model::{Allocation, BankTransaction, Contact, Document, Kind, Payment, Status};
use super::orders::PurchaseOrder;
use super::reference::{Account, Company, Organisation, TaxRate, TrackingCategory};
use super::rows::number_key;
use super::table::Table;

/// What a write either becomes or is refused for, in Xero's words.
pub type Written = Result<Uuid, Vec<String>>;

/// The circumstances of one write call.
#[derive(Clone, Copy, Debug)]
pub struct Call {
    pub now: DateTime<Utc>,
    /// POST may change what exists; PUT only creates.
    pub may_update: bool,
    /// The object named in the path.
    pub target: Option<Uuid>,
    /// Decimal places of unit amounts, 2 or 4.
    pub unit_dp: u32,
}

impl Call {
    /// The day omitted dates default to.
    pub fn today(&self) -> NaiveDate {
        self.now.date_naive()
    }
}

/// An organisation with everything in it.
#[derive(Debug)]
pub struct Books {
    pub tenant_id: Uuid,
    pub organisation: Organisation,
    pub accounts: Vec<Account>,
    pub tax_rates: Vec<TaxRate>,
    pub tracking: Vec<TrackingCategory>,
    /// Those the organisation is subscribed to.
    pub currencies: Vec<String>,
    pub contacts: Table<Contact>,
    pub documents: Table<Document>,
    pub payments: Table<Payment>,
    pub allocations: Table<Allocation>,
    pub bank_transactions: Table<BankTransaction>,
    /// Files beside documents.
    pub attachments: Vec<Attachment>,
    pub journals: Table<ManualJournal>,
    /// They are in no ledger.
    pub orders: Table<PurchaseOrder>,
    last_number: u64,
}

/// A point to roll back to.
#[derive(Clone, Copy, Debug)]
pub struct Mark([usize; 7]);

impl Books {
    /// Empty books with the seeded settings.
    pub fn new(tenant_id: Uuid, name: &str, company: Company) -> Self {
        Self {
            tenant_id,
            organisation: company.organisation(name),
            accounts: company.accounts(),
            tax_rates: company.tax_rates(),
            tracking: company.tracking(),
            currencies: company.currencies(),
            contacts: Table::default(),
            documents: Table::default(),
            payments: Table::default(),
            allocations: Table::default(),
            bank_transactions: Table::default(),
            attachments: Vec::new(),
            journals: Table::default(),
            orders: Table::default(),
            last_number: 0,
        }
    }

    /// Refuses a currency that the organisation is not subscribed to.
    ///
    /// # Errors
    /// Xero's sentence about it.
    pub fn check_currency(&self, currency: &str) -> Result<(), String> {
        match self.currencies.iter().any(|it| it == currency) {
            true => Ok(()),
            false => Err(format!("Organisation is not subscribed to currency {currency}")),
        }
    }

    /// Refuses money between two foreign currencies: one of the two must be the organisation's.
    ///
    /// # Errors
    /// A sentence about it; Xero's own is not recorded.
    pub fn check_exchange(&self, account: &Account, money: &str) -> Result<(), String> {
        let base = self.organisation.base_currency.as_str();
        let held = account.currency.as_deref().unwrap_or(base);
        match held == money || held == base || money == base {
            true => Ok(()),
            false => Err(format!(
                "The payment account holds {held}; money in {money} can only go to an account in \
                 {money} or {base}."
            )),
        }
    }

    /// The account with this code.
    pub fn account(&self, code: &str) -> Option<&Account> {
        self.accounts.iter().find(|account| account.code == code)
    }

    /// The account a body names by `Code` or `AccountID`.
    pub fn named_account(&self, body: &Value) -> Option<&Account> {
        let id = super::json::id(body, "AccountID");
        let code = super::json::filled(body, "Code");
        self.accounts.iter().find(|account| {
            id.map_or_else(|| code == Some(account.code.as_str()), |id| account.id == id)
        })
    }

    /// The tax rate with this type.
    pub fn tax_rate(&self, tax_type: &str) -> Option<&TaxRate> {
        self.tax_rates.iter().find(|rate| rate.tax_type == tax_type)
    }

    /// The document of this kind and number; one that is still alive comes first.
    pub fn numbered(&self, kind: Kind, number: &str) -> Option<&Document> {
        let key = number_key(kind, number);
        let alive = self.documents.with_key(&key).rfind(|it| it.status != Status::Deleted);
        alive.or_else(|| self.documents.with_key(&key).next_back())
    }

    /// The next automatic number with this prefix that no document of the kind has.
    pub fn next_number(&mut self, kind: Kind, prefix: &str) -> String {
        loop {
            self.last_number += 1;
            let number = format!("{prefix}-{:04}", self.last_number);
            if self.numbered(kind, &number).is_none() {
                return number;
            }
        }
    }

    /// Refuses a day that is locked.
    ///
    /// # Errors
    /// Xero's sentence about the lock that stands in the way.
    pub fn check_open(&self, what: &str, date: NaiveDate) -> Result<(), String> {
        let locks = [
            ("end of year lock date", self.organisation.end_of_year_lock_date),
            ("period lock date", self.organisation.period_lock_date),
        ];
        for (name, lock) in locks {
            if let Some(lock) = lock.filter(|lock| date <= *lock) {
                let shown = lock.format("%d-%b-%Y");
                return Err(format!(
                    "The {what} date cannot be before the {name}, currently set at {shown}"
                ));
            }
        }
        Ok(())
    }

    /// The point to roll back to if what follows is refused.
    pub fn mark(&self) -> Mark {
        Mark([
            self.contacts.mark(),
            self.documents.mark(),
            self.payments.mark(),
            self.allocations.mark(),
            self.bank_transactions.mark(),
            self.journals.mark(),
            self.orders.mark(),
        ])
    }

    /// Undoes everything since the mark.
    pub fn roll_back(&mut self, mark: Mark) {
        let [contacts, documents, payments, allocations, bank_transactions, journals, orders] =
            mark.0;
        self.contacts.roll_back(contacts);
        self.documents.roll_back(documents);
        self.payments.roll_back(payments);
        self.allocations.roll_back(allocations);
        self.bank_transactions.roll_back(bank_transactions);
        self.journals.roll_back(journals);
        self.orders.roll_back(orders);
    }

    /// Makes the running call final. With `record`, returns each touched row for the ledger file.
    pub fn settle(&mut self, record: bool) -> Vec<Value> {
        let contacts = self.contacts.settle();
        let documents = self.documents.settle();
        let payments = self.payments.settle();
        let allocations = self.allocations.settle();
        let bank_transactions = self.bank_transactions.settle();
        let journals = self.journals.settle();
        let orders = self.orders.settle();
        if !record {
            return Vec::new();
        }
        let mut rows = Vec::new();
        rows.extend(contacts.iter().map(|row| json!({"table": "contact", "row": row})));
        rows.extend(documents.iter().map(|row| json!({"table": "document", "row": row})));
        rows.extend(payments.iter().map(|row| json!({"table": "payment", "row": row})));
        rows.extend(allocations.iter().map(|row| json!({"table": "allocation", "row": row})));
        rows.extend(
            bank_transactions.iter().map(|row| json!({"table": "bank_transaction", "row": row})),
        );
        rows.extend(journals.iter().map(|row| json!({"table": "manual_journal", "row": row})));
        rows.extend(orders.iter().map(|row| json!({"table": "purchase_order", "row": row})));
        rows
    }
}
