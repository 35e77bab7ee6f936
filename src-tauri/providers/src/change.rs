//! What changed in their books since a moment, whoever changed it.
//!
//! Never says whether a record is one of ours, nor what is to be done about it: the office does.

use crate::document::DocumentKind;
use crate::error::ProviderError;
use crate::record::RemoteRecord;
use chrono::{DateTime, NaiveDate, Utc};
use finance::money::Money;
use finance::party::Address;
use serde::{Deserialize, Serialize};

/// What changed, and up to when that is all of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Each record as it stands now, customers first.
    pub records: Vec<RemoteChange>,
    /// What credit that changed is set against now, where the system tells of nothing that was taken
    /// off again.
    pub credits: Vec<RemoteCredit>,
    /// Their clock when they began to answer; nothing where they tell no time, and what was asked
    /// is asked again.
    pub until: Option<DateTime<Utc>>,
}

/// Credit there, and all that it is set against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoteCredit {
    /// A credit note or money on account.
    pub kind: DocumentKind,
    /// Their id of it.
    pub id: String,
    /// Each setting that holds.
    pub uses: Vec<RemotePart>,
}

/// A record of theirs that was made, changed or taken away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum RemoteChange {
    /// A customer.
    Contact(RemoteContact),
    /// An invoice or credit note, also one that was voided.
    Sale(RemoteRecord),
    /// Money received.
    Payment(RemotePayment),
    /// A credit note set against an invoice.
    Application(RemoteApplication),
    /// A record that no longer counts, of which nothing is known but its id.
    Gone {
        /// What it was.
        kind: DocumentKind,
        /// Their id.
        id: String,
    },
    /// A record whose row cannot be read, such as one in a currency that has no such decimals. It keeps
    /// none of the others from being read.
    Unreadable {
        /// What it is.
        kind: DocumentKind,
        /// Their id.
        id: String,
        /// What is wrong with it.
        text: String,
    },
}

/// A record, or that it cannot be read.
pub(crate) fn told(
    (kind, id): (DocumentKind, &str),
    read: Result<RemoteChange, ProviderError>,
) -> RemoteChange {
    read.unwrap_or_else(|error| RemoteChange::Unreadable {
        kind,
        id: id.to_owned(),
        text: error.to_string(),
    })
}

/// A customer as it stands there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoteContact {
    /// Their id.
    pub id: String,
    /// Name.
    pub name: String,
    /// VAT or organisation number, where they tell it.
    pub tax_number: Option<String>,
    /// E-mail, or empty.
    pub email: String,
    /// Telephone, or empty.
    pub phone: String,
    /// Where letters go.
    pub address: Address,
    /// When it was last changed, by their clock.
    pub modified_at: DateTime<Utc>,
}

/// Money received there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemotePayment {
    /// The record itself; its sum is all the money that came.
    pub record: RemoteRecord,
    /// What it pays; the rest of its sum is unused.
    pub pays: Vec<RemotePart>,
    /// Their code of the account that took it, as mappings name it.
    pub account: Option<String>,
    /// It holds credit of the customer: what it pays is set against invoices out of it, there as well
    /// as from here. A payment that one invoice took whole holds none.
    #[serde(default)]
    pub on_account: bool,
}

/// What money is set against, all of it.
pub(crate) fn kept_credits(records: &[RemoteChange]) -> Vec<RemoteCredit> {
    let kept = |record: &RemoteChange| match record {
        RemoteChange::Payment(RemotePayment { record, pays, .. }) => Some(RemoteCredit {
            kind: DocumentKind::OnAccount,
            id: record.id.clone(),
            uses: pays.clone(),
        }),
        _ => None,
    };
    records.iter().filter_map(kept).collect()
}

/// Whether money that pays this holds credit, where a system has one kind of record for all money.
pub(crate) fn holds_credit(gross: Money, pays: &[RemotePart]) -> bool {
    !matches!(pays, [one] if one.amount == gross)
}

/// What money pays of an invoice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemotePart {
    /// Their id of the invoice.
    pub invoice: String,
    /// How much of it.
    pub amount: Money,
    /// Their id of this setting, where it has one by which it can be taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

/// A credit note set against an invoice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoteApplication {
    /// Their id of the application.
    pub id: String,
    /// The text that carries the machine reference where we made it.
    pub reference: String,
    /// Their id of the credit note.
    pub credit_note: String,
    /// Their id of the invoice.
    pub invoice: String,
    /// The day it counts.
    pub date: NaiveDate,
    /// How much.
    pub amount: Money,
    /// The system made it by itself, as a setting there says.
    pub automatic: bool,
}

impl RemoteChange {
    /// What it is.
    pub fn kind(&self) -> DocumentKind {
        match self {
            Self::Contact(_) => DocumentKind::Customer,
            Self::Sale(record) => record.kind,
            Self::Payment(_) => DocumentKind::Payment,
            Self::Application(_) => DocumentKind::CreditAllocation,
            Self::Gone { kind, .. } | Self::Unreadable { kind, .. } => *kind,
        }
    }

    /// Their id of it.
    pub fn id(&self) -> &str {
        match self {
            Self::Contact(contact) => &contact.id,
            Self::Sale(record) => &record.id,
            Self::Payment(payment) => &payment.record.id,
            Self::Application(application) => &application.id,
            Self::Gone { id, .. } | Self::Unreadable { id, .. } => id,
        }
    }
}
