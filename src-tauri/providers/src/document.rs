//! What is sent, already mapped, and what comes back.
//!
//! Never holds one of our ids that a provider needs to understand: a document carries numbers,
//! codes and the remote ids found for it.

pub use crate::field::{FieldText, RemoteField};
pub use crate::journal::{EntryLine, JournalDocument};
pub use crate::reference::{
    AccountClass, ReferenceData, RemoteAccount, RemoteCompany, RemoteCurrency, RemoteTaxCode,
    RemoteTracking,
};
use chrono::NaiveDate;
use finance::money::{Currency, Money};
use finance::tax::PriceBasis;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The kinds of records that are pushed, in the order they depend on each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// A customer.
    Customer,
    /// A sales invoice.
    Invoice,
    /// A sales credit note.
    CreditNote,
    /// Money received that no invoice takes.
    OnAccount,
    /// Money received for one invoice.
    Payment,
    /// A credit note, or money on account, set against an invoice.
    CreditAllocation,
    /// Money paid back out of one credit note, or out of money on account.
    Refund,
    /// What was sent and no longer counts here, to be taken back there.
    Removal,
    /// A journal entry.
    Journal,
    /// The PDF of an invoice or credit note that is there.
    Attachment,
}

/// A record ready to be sent. `reference` is the machine reference of section 6 of the design: it
/// travels on the record, so that look-up works after the provider has forgotten the key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ExportDocument {
    /// A customer.
    Customer(CustomerDocument),
    /// A sales invoice.
    Invoice(SalesDocument),
    /// A sales credit note.
    CreditNote(SalesDocument),
    /// Money received that no invoice takes.
    OnAccount(OnAccountDocument),
    /// Money received for one invoice.
    Payment(PaymentDocument),
    /// A credit note, or money on account, set against an invoice.
    CreditAllocation(AllocationDocument),
    /// Money paid back out of one credit note, or out of money on account.
    Refund(RefundDocument),
    /// What was sent and no longer counts here, to be taken back there.
    Removal(RemovalDocument),
    /// A journal entry.
    Journal(JournalDocument),
    /// The PDF of an invoice or credit note that is there.
    Attachment(AttachmentDocument),
}

/// A customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerDocument {
    /// Machine reference, unique per customer.
    pub reference: String,
    /// The remote id of the customer that is brought up to date; empty for a new one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub existing: String,
    /// Our number of the student or payer.
    pub number: String,
    /// VAT number, or else organisation number; empty for a student.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub tax_number: String,
    /// Name as it should stand there.
    pub name: String,
    /// E-mail, or empty.
    pub email: String,
    /// Telephone, or empty.
    pub phone: String,
    /// The one currency it is kept in, where the system asks for one and it is not the book's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// Street, postal code, town, country code; empty where unknown.
    pub address: finance::party::Address,
}

/// An invoice or credit note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SalesDocument {
    /// Machine reference.
    pub reference: String,
    /// Our number, unique there too.
    pub number: String,
    /// The customer's remote id.
    pub customer: String,
    /// Date of the document.
    pub date: NaiveDate,
    /// Last day to pay; the document's date on a credit note.
    pub due_date: NaiveDate,
    /// Currency.
    pub currency: Currency,
    /// Units of the books' currency for one of the document's, where these differ.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<Decimal>,
    /// Whether unit prices contain VAT.
    pub basis: PriceBasis,
    /// Their code for the part of the business it belongs to; empty where it names none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub tracking: String,
    /// What it says in fields of the school's own there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldText>,
    /// Lines.
    pub lines: Vec<SalesLine>,
    /// Sum without VAT.
    pub net: Money,
    /// VAT.
    pub vat: Money,
    /// Sum with VAT.
    pub gross: Money,
}

/// A line, already mapped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SalesLine {
    /// Text.
    pub description: String,
    /// How many.
    #[serde(with = "rust_decimal::serde::str")]
    pub quantity: Decimal,
    /// Price of one, in the document's basis, before discount.
    #[serde(with = "rust_decimal::serde::str")]
    pub unit_price: Decimal,
    /// Percent taken off.
    #[serde(with = "rust_decimal::serde::str")]
    pub discount_percent: Decimal,
    /// The line's part of the document's discount, in the basis of the price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount: Option<Money>,
    /// Their account code.
    pub account: String,
    /// Their tax code.
    pub tax_code: String,
    /// Without VAT.
    pub net: Money,
    /// VAT.
    pub vat: Money,
    /// With VAT.
    pub gross: Money,
}

/// Money received that no invoice takes: it is kept as the customer's credit, and what is used of it
/// later is sent as an allocation out of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnAccountDocument {
    /// Machine reference.
    pub reference: String,
    /// The customer's remote id.
    pub customer: String,
    /// Their bank or clearing account code.
    pub account: String,
    /// The day it counts.
    pub date: NaiveDate,
    /// How much.
    pub amount: Money,
    /// Units of the books' currency for one of the money's, where these differ.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<Decimal>,
}

/// What holds a customer's credit there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeldAs {
    /// A credit note.
    #[default]
    CreditNote,
    /// Money on account.
    OnAccount,
}

impl HeldAs {
    /// A credit note, as everything was before money on account was sent.
    pub fn is_credit_note(&self) -> bool {
        *self == Self::CreditNote
    }
}

/// Money received for one invoice. A payment over several invoices is several documents; what is
/// kept as credit is an [`OnAccountDocument`] where the system is told of it, and is otherwise sent
/// when it is allocated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentDocument {
    /// Machine reference.
    pub reference: String,
    /// The invoice's remote id.
    pub invoice: String,
    /// Their bank or clearing account code.
    pub account: String,
    /// The day it counts.
    pub date: NaiveDate,
    /// How much.
    pub amount: Money,
    /// What it was worth in the books' currency, where that is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Money>,
}

/// A credit note, or money on account, set against an invoice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllocationDocument {
    /// Machine reference. Providers without a place for it are looked up by both ids and amount.
    pub reference: String,
    /// The remote id of the credit note, or of the money on account.
    pub credit_note: String,
    /// Which of the two.
    #[serde(default, skip_serializing_if = "HeldAs::is_credit_note")]
    pub held_as: HeldAs,
    /// The invoice's remote id.
    pub invoice: String,
    /// The day it counts.
    pub date: NaiveDate,
    /// How much.
    pub amount: Money,
}

/// Money paid back out of one credit note, or out of money on account. What was kept as credit and
/// never told there is not told when it goes back either.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundDocument {
    /// Machine reference.
    pub reference: String,
    /// The remote id of the credit note, or of the money on account.
    pub credit_note: String,
    /// Which of the two.
    #[serde(default, skip_serializing_if = "HeldAs::is_credit_note")]
    pub held_as: HeldAs,
    /// Their bank or clearing account code.
    pub account: String,
    /// The day it left.
    pub date: NaiveDate,
    /// How much.
    pub amount: Money,
    /// What it cost in the books' currency, where that is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Money>,
}

/// What was sent and no longer counts here. It is looked up before it is sent: found means that it
/// is gone there, whoever took it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemovalDocument {
    /// Machine reference of what was sent.
    pub reference: String,
    /// Its id there.
    pub existing: String,
    /// What it is.
    pub removed: Removed,
}

/// What can be taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Removed {
    /// Money received for one invoice.
    Payment,
    /// Money on account that went back: what of it was not paid back before.
    OnAccount {
        /// Their bank or clearing account code.
        account: String,
        /// The day it went back.
        date: NaiveDate,
        /// How much.
        amount: Money,
    },
    /// A credit note, or money on account, set against an invoice.
    CreditAllocation {
        /// The remote id of the credit note, or of the money on account.
        credit_note: String,
        /// Which of the two.
        #[serde(default, skip_serializing_if = "HeldAs::is_credit_note")]
        held_as: HeldAs,
        /// How much.
        amount: Money,
    },
}

/// The PDF of an invoice or credit note that is there. It is known by its name beside its document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachmentDocument {
    /// Machine reference.
    pub reference: String,
    /// What it belongs to.
    pub attached_to: AttachedTo,
    /// The remote id of what it belongs to.
    pub document: String,
    /// Name of the file, the same each time: letters, digits, `-`, `_` and its ending.
    pub file_name: String,
    /// The file. Empty until it is sent: it is made then, and is no part of what is kept.
    #[serde(skip)]
    pub content: Vec<u8>,
}

/// What a file can belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttachedTo {
    /// A sales invoice.
    Invoice,
    /// A sales credit note.
    CreditNote,
}

impl ExportDocument {
    /// Its kind.
    pub const fn kind(&self) -> DocumentKind {
        match self {
            Self::Customer(_) => DocumentKind::Customer,
            Self::Invoice(_) => DocumentKind::Invoice,
            Self::CreditNote(_) => DocumentKind::CreditNote,
            Self::OnAccount(_) => DocumentKind::OnAccount,
            Self::Payment(_) => DocumentKind::Payment,
            Self::CreditAllocation(_) => DocumentKind::CreditAllocation,
            Self::Refund(_) => DocumentKind::Refund,
            Self::Removal(_) => DocumentKind::Removal,
            Self::Journal(_) => DocumentKind::Journal,
            Self::Attachment(_) => DocumentKind::Attachment,
        }
    }

    /// Its machine reference.
    pub fn reference(&self) -> &str {
        match self {
            Self::Customer(document) => &document.reference,
            Self::Invoice(document) | Self::CreditNote(document) => &document.reference,
            Self::OnAccount(document) => &document.reference,
            Self::Payment(document) => &document.reference,
            Self::CreditAllocation(document) => &document.reference,
            Self::Refund(document) => &document.reference,
            Self::Removal(document) => &document.reference,
            Self::Journal(document) => &document.reference,
            Self::Attachment(document) => &document.reference,
        }
    }
}

/// One item of a batch: the document and the key that makes sending it twice harmless.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PushItem {
    /// What is sent.
    pub document: ExportDocument,
    /// 32 hex digits, made and stored before sending.
    pub idempotency_key: String,
}

/// A record at the provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExternalRef {
    /// Their id.
    pub id: String,
    /// Their number or name for it, as a person would read it there.
    pub number: String,
    /// Where a person can see it, if the provider has such an address.
    pub url: Option<String>,
    /// Their total with VAT, to compare with ours to the minor unit. Absent for customers.
    pub gross: Option<Money>,
    /// Their VAT, where they tell it.
    pub vat: Option<Money>,
}

/// A span of days, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}
