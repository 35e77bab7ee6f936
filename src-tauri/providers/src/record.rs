//! A record of theirs as it stands in their books, for comparing it with ours.
//!
//! Never says whether it is one of ours: it tells what the system shows, and the office pairs.

use crate::document::DocumentKind;
use chrono::NaiveDate;
use finance::money::{Currency, Money};
use serde::{Deserialize, Serialize};

/// How a record stands at the provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RemoteState {
    /// In their books.
    Live,
    /// Written, and not in their books yet.
    Draft,
    /// Taken out of their books; its number stays used.
    Voided,
    /// Deleted, and still listed.
    Deleted,
}

/// An invoice, a credit note, a payment or a journal entry of theirs, whoever made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoteRecord {
    /// Its kind; never a customer or an allocation.
    pub kind: DocumentKind,
    /// Their id.
    pub id: String,
    /// The number that people know it by, as we would have sent it; empty where it has none.
    pub number: String,
    /// The text that carries the machine reference where the record is ours; people may have
    /// written around it, or anything else.
    pub reference: String,
    /// Its date.
    pub date: NaiveDate,
    /// Last day to pay, of an invoice.
    pub due_date: Option<NaiveDate>,
    /// Their id of the customer, where the record names one.
    pub contact: Option<String>,
    /// Currency of all its amounts.
    pub currency: Currency,
    /// Sum with VAT, how much was paid, or what an entry is debited with.
    pub gross: Money,
    /// VAT; nothing for payments and entries.
    pub vat: Option<Money>,
    /// What is still open of it, or unused; nothing for payments that hold no credit.
    pub open: Option<Money>,
    /// How it stands.
    pub state: RemoteState,
}

impl RemoteRecord {
    /// Whether it counts in their books.
    pub fn is_live(&self) -> bool {
        self.state == RemoteState::Live
    }
}
