//! The rows of a QuickBooks company. A row is its JSON, as it was sent and as QuickBooks completed
//! it; what a client may not set stands beside it.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::{Value, json};

use super::json::{self, Body};

/// The kinds of objects this simulator keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub enum Entity {
    CompanyInfo,
    Preferences,
    Account,
    Item,
    Class,
    CompanyCurrency,
    TaxCode,
    TaxRate,
    Customer,
    Vendor,
    Employee,
    Invoice,
    CreditMemo,
    Payment,
    RefundReceipt,
    JournalEntry,
    Attachable,
}

impl Entity {
    const ALL: [(Self, &'static str); 17] = [
        (Self::CompanyInfo, "CompanyInfo"),
        (Self::Preferences, "Preferences"),
        (Self::Account, "Account"),
        (Self::Item, "Item"),
        (Self::Class, "Class"),
        (Self::CompanyCurrency, "CompanyCurrency"),
        (Self::TaxCode, "TaxCode"),
        (Self::TaxRate, "TaxRate"),
        (Self::Customer, "Customer"),
        (Self::Vendor, "Vendor"),
        (Self::Employee, "Employee"),
        (Self::Invoice, "Invoice"),
        (Self::CreditMemo, "CreditMemo"),
        (Self::Payment, "Payment"),
        (Self::RefundReceipt, "RefundReceipt"),
        (Self::JournalEntry, "JournalEntry"),
        (Self::Attachable, "Attachable"),
    ];

    /// Intuit's name of the kind.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(entity, _)| *entity == self).map_or("", |(_, name)| name)
    }

    /// The kind with this name; addresses write it in lower case.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, it)| it.eq_ignore_ascii_case(name)).map(|(entity, _)| *entity)
    }

    /// Customers, vendors and employees share one space of names.
    pub fn is_person(self) -> bool {
        matches!(self, Self::Customer | Self::Vendor | Self::Employee)
    }

    /// Has an amount, a date and perhaps a balance.
    pub fn is_transaction(self) -> bool {
        matches!(
            self,
            Self::Invoice
                | Self::CreditMemo
                | Self::Payment
                | Self::RefundReceipt
                | Self::JournalEntry
        )
    }

    /// Is deactivated rather than deleted.
    pub fn has_active(self) -> bool {
        self.is_person() || matches!(self, Self::Account | Self::Item | Self::Class | Self::TaxCode)
    }
}

/// Whether an object still counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Life {
    Alive,
    Voided,
    Deleted,
}

/// One object.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    pub realm: String,
    pub entity: Entity,
    pub id: String,
    pub sync_token: u32,
    pub life: Life,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// Its fields, without those above.
    pub body: Body,
}

impl Row {
    /// A decimal field; zero when absent.
    pub fn decimal(&self, name: &str) -> Decimal {
        json::decimal(&self.body, name).unwrap_or_default()
    }

    /// Sets a decimal field.
    pub fn set(&mut self, name: &str, value: Decimal) {
        self.body.insert(name.to_owned(), json::number(value));
    }

    /// A text field; empty when absent.
    pub fn text(&self, name: &str) -> &str {
        json::text(&self.body, name).unwrap_or_default()
    }

    /// The identifier a reference names; empty when absent.
    pub fn reference(&self, name: &str) -> &str {
        json::reference(&self.body, name).unwrap_or_default()
    }

    /// The day of a transaction.
    pub fn day(&self) -> Option<NaiveDate> {
        json::day(&self.body, "TxnDate")
    }

    /// Neither deactivated nor deleted.
    pub fn is_active(&self) -> bool {
        self.life != Life::Deleted && self.body.get("Active") != Some(&Value::Bool(false))
    }

    /// What of an invoice or credit memo is not applied yet.
    pub fn open(&self) -> Decimal {
        self.decimal("Balance")
    }

    /// Sets what is open; a credit memo tells it under two names.
    pub fn set_open(&mut self, open: Decimal) {
        self.set("Balance", open);
        if self.entity == Entity::CreditMemo {
            self.set("RemainingCredit", open);
        }
    }

    /// The object as the API shows it.
    pub fn shown(&self) -> Value {
        let mut shown = self.body.clone();
        let stamps = json!({
            "CreateTime": json::moment(self.created_at),
            "LastUpdatedTime": json::moment(self.updated_at),
        });
        shown.insert("domain".to_owned(), json!("QBO"));
        shown.insert("sparse".to_owned(), json!(false));
        shown.insert("Id".to_owned(), json!(self.id));
        shown.insert("SyncToken".to_owned(), json!(self.sync_token.to_string()));
        shown.insert("MetaData".to_owned(), stamps);
        Value::Object(shown)
    }

    /// The little that is left of a deleted object.
    pub fn shown_deleted(&self) -> Value {
        let stamps = json!({"LastUpdatedTime": json::moment(self.updated_at)});
        json!({"domain": "QBO", "status": "Deleted", "Id": self.id, "MetaData": stamps})
    }
}
