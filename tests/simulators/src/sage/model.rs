//! The rows of a Sage business. Amounts are decimals with two places in the document's currency.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::{Map, Value};

/// A customer or supplier.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Contact {
    pub business_id: String,
    pub id: String,
    pub contact_type: String,
    pub name: String,
    pub reference: Option<String>,
    pub notes: Option<String>,
    pub tax_number: Option<String>,
    /// Address and contact person, as they were sent.
    pub profile: Map<String, Value>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Contact {
    /// The address of its contact person.
    pub fn email(&self) -> Option<&str> {
        self.profile.get("main_contact_person")?.get("email")?.as_str()
    }
}

/// What an artefact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    SalesInvoice,
    SalesCreditNote,
}

impl Kind {
    /// The kind that this collection holds.
    pub fn of_collection(name: &str) -> Option<Self> {
        match name {
            "sales_invoices" => Some(Self::SalesInvoice),
            "sales_credit_notes" => Some(Self::SalesCreditNote),
            _ => None,
        }
    }

    /// Its collection.
    pub fn collection(self) -> &'static str {
        match self {
            Self::SalesInvoice => "sales_invoices",
            Self::SalesCreditNote => "sales_credit_notes",
        }
    }

    /// Its transaction type.
    pub fn code(self) -> &'static str {
        match self {
            Self::SalesInvoice => "SALES_INVOICE",
            Self::SalesCreditNote => "SALES_CREDIT_NOTE",
        }
    }

    /// The name that its body is wrapped in.
    pub fn namespace(self) -> &'static str {
        match self {
            Self::SalesInvoice => "sales_invoice",
            Self::SalesCreditNote => "sales_credit_note",
        }
    }

    /// The names of its number and lines, and the letters its numbers begin with.
    pub fn fields(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::SalesInvoice => ("invoice_number", "invoice_lines", "SI"),
            Self::SalesCreditNote => ("credit_note_number", "credit_note_lines", "SCN"),
        }
    }
}

/// The state of an artefact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Status {
    Draft,
    ProForma,
    Unpaid,
    PartPaid,
    Paid,
    Void,
}

impl Status {
    /// Sage's name of it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "DRAFT",
            Self::ProForma => "PRO_FORMA",
            Self::Unpaid => "UNPAID",
            Self::PartPaid => "PART_PAID",
            Self::Paid => "PAID",
            Self::Void => "VOID",
        }
    }

    /// Whether it is in the accounts.
    pub fn is_posted(self) -> bool {
        matches!(self, Self::Unpaid | Self::PartPaid | Self::Paid)
    }
}

/// One line.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    pub id: String,
    pub description: String,
    pub ledger_account_id: String,
    pub tax_rate_id: String,
    pub quantity: Decimal,
    pub unit_price: Decimal,
    pub price_includes_tax: bool,
    pub discount: Decimal,
    pub net: Decimal,
    pub tax: Decimal,
}

/// A sales invoice or sales credit note.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Artefact {
    pub business_id: String,
    pub kind: Kind,
    pub id: String,
    /// `SI-DRAFT` until it is released.
    pub number: String,
    pub reference: Option<String>,
    pub notes: Option<String>,
    pub contact_id: String,
    pub date: NaiveDate,
    pub due_date: Option<NaiveDate>,
    pub lines: Vec<Line>,
    pub currency: String,
    /// Units of its currency for one of the business's.
    pub exchange_rate: Decimal,
    pub net: Decimal,
    pub tax: Decimal,
    pub total: Decimal,
    pub outstanding: Decimal,
    pub status: Status,
    pub void_reason: Option<String>,
    pub deleted_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Artefact {
    /// Takes an amount off what is outstanding (or puts it back), and moves the status along.
    pub fn settle(&mut self, amount: Decimal, now: DateTime<Utc>) {
        self.outstanding -= amount;
        self.status = if self.outstanding.is_zero() {
            Status::Paid
        } else if self.outstanding == self.total {
            Status::Unpaid
        } else {
            Status::PartPaid
        };
        self.updated_at = now;
    }
}

/// A part of a payment or allocation that belongs to one artefact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    pub id: String,
    pub artefact_id: String,
    /// In an allocation negative on the side that gives credit.
    pub amount: Decimal,
}

/// What a payment left over, to be allocated later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OnAccount {
    pub id: String,
    pub total: Decimal,
    pub outstanding: Decimal,
}

/// Money received from or paid back to a contact.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Payment {
    pub business_id: String,
    pub id: String,
    pub transaction_type: String,
    pub contact_id: String,
    pub bank_account_id: String,
    pub payment_method_id: String,
    pub date: NaiveDate,
    pub total: Decimal,
    pub currency: String,
    pub exchange_rate: Decimal,
    pub reference: Option<String>,
    pub parts: Vec<Part>,
    pub on_account: Option<OnAccount>,
    pub deleted_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// One line of a journal; of the two amounts one is nothing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct JournalLine {
    pub id: String,
    pub ledger_account_id: String,
    pub details: Option<String>,
    pub debit: Decimal,
    pub credit: Decimal,
    pub include_on_tax_return: bool,
}

/// A journal.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Journal {
    pub business_id: String,
    pub id: String,
    pub date: NaiveDate,
    pub reference: String,
    pub description: Option<String>,
    pub lines: Vec<JournalLine>,
    pub deleted_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// Credit set against debt.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Allocation {
    pub business_id: String,
    pub id: String,
    pub contact_id: String,
    pub date: NaiveDate,
    pub parts: Vec<Part>,
    pub deleted_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
