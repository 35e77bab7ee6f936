//! How the ledger's rows are found: by identifier, by key, and by the field names that `where` and
//! `order` may use.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::Value;
use uuid::Uuid;

use super::contacts::account_key;
use super::model::{Allocation, BankTransaction, Contact, Document, Kind, Payment};
use super::table::Row;

pub fn sortable(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// The index key of a document number.
pub fn number_key(kind: Kind, number: &str) -> String {
    format!("{} {}", kind.code(), number.to_lowercase())
}

impl Row for Contact {
    fn id(&self) -> Uuid {
        self.id
    }

    fn keys(&self) -> Vec<String> {
        let mut keys = Vec::with_capacity(2);
        if !self.archived {
            keys.push(format!("name {}", self.name.to_lowercase()));
        }
        keys.extend(self.contact_number.iter().map(|number| format!("number {number}")));
        keys.extend(self.account_number.iter().map(|number| account_key(number)));
        keys
    }

    fn updated_at(&self) -> DateTime<Utc> {
        self.updated_at
    }

    fn field(&self, name: &str) -> Option<String> {
        let profile = || self.profile.get(name).and_then(Value::as_str).unwrap_or_default();
        Some(match name {
            "ContactID" => self.id.to_string(),
            "Name" => self.name.clone(),
            "ContactNumber" => self.contact_number.clone().unwrap_or_default(),
            "AccountNumber" => self.account_number.clone().unwrap_or_default(),
            "ContactStatus" => if self.archived { "ARCHIVED" } else { "ACTIVE" }.to_owned(),
            "EmailAddress" | "FirstName" | "LastName" => profile().to_owned(),
            "UpdatedDateUTC" => sortable(self.updated_at),
            _ => return None,
        })
    }
}

impl Row for Document {
    fn id(&self) -> Uuid {
        self.id
    }

    fn keys(&self) -> Vec<String> {
        self.number.iter().map(|number| number_key(self.kind, number)).collect()
    }

    fn updated_at(&self) -> DateTime<Utc> {
        self.updated_at
    }

    fn field(&self, name: &str) -> Option<String> {
        Some(match name {
            "InvoiceID" | "CreditNoteID" | "OverpaymentID" | "PrepaymentID" => self.id.to_string(),
            "Type" => self.kind.code().to_owned(),
            "Status" => self.status.code().to_owned(),
            "InvoiceNumber" | "CreditNoteNumber" => self.number.clone().unwrap_or_default(),
            "Reference" => self.reference.clone().unwrap_or_default(),
            "Contact.ContactID" => self.contact_id.to_string(),
            "CurrencyCode" => self.currency_code.clone(),
            "Date" => self.date.to_string(),
            "DueDate" => self.due_date.map(|date| date.to_string()).unwrap_or_default(),
            "Total" => self.total.to_string(),
            "AmountDue" | "RemainingCredit" => self.open_amount().to_string(),
            "AmountPaid" => self.amount_paid.to_string(),
            "UpdatedDateUTC" => sortable(self.updated_at),
            _ => return None,
        })
    }
}

impl Row for Payment {
    fn id(&self) -> Uuid {
        self.id
    }

    fn keys(&self) -> Vec<String> {
        vec![format!("document {}", self.document_id)]
    }

    fn updated_at(&self) -> DateTime<Utc> {
        self.updated_at
    }

    fn field(&self, name: &str) -> Option<String> {
        Some(match name {
            "PaymentID" => self.id.to_string(),
            "Status" => if self.deleted { "DELETED" } else { "AUTHORISED" }.to_owned(),
            "Reference" => self.reference.clone().unwrap_or_default(),
            "Invoice.InvoiceID" => self.document_id.to_string(),
            "Date" => self.date.to_string(),
            "Amount" => self.amount.to_string(),
            "UpdatedDateUTC" => sortable(self.updated_at),
            _ => return None,
        })
    }
}

impl Row for Allocation {
    fn id(&self) -> Uuid {
        self.id
    }

    fn keys(&self) -> Vec<String> {
        vec![format!("source {}", self.source_id), format!("invoice {}", self.invoice_id)]
    }

    fn updated_at(&self) -> DateTime<Utc> {
        self.updated_at
    }

    fn field(&self, _name: &str) -> Option<String> {
        None
    }
}

impl Row for BankTransaction {
    fn id(&self) -> Uuid {
        self.id
    }

    fn keys(&self) -> Vec<String> {
        Vec::new()
    }

    fn updated_at(&self) -> DateTime<Utc> {
        self.updated_at
    }

    fn field(&self, name: &str) -> Option<String> {
        Some(match name {
            "BankTransactionID" => self.id.to_string(),
            "Type" => self.kind.clone(),
            "Status" => if self.deleted { "DELETED" } else { "AUTHORISED" }.to_owned(),
            "Reference" => self.reference.clone().unwrap_or_default(),
            "Contact.ContactID" => self.contact_id.to_string(),
            "Date" => self.date.to_string(),
            "Total" => self.total.to_string(),
            "UpdatedDateUTC" => sortable(self.updated_at),
            _ => return None,
        })
    }
}
