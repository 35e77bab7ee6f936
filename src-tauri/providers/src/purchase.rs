//! What a school buys, as accounting systems are told of it: suppliers, bills, money spent, orders.
//!
//! A seam of its own beside [`crate::adapter`]: not every system here can be told of purchases, and
//! none of ours need to be matched on for a system that can. Never decides whether something may be
//! bought or was approved.

use crate::adapter::{Composed, Found, PushAnswer};
use crate::document::{CustomerDocument, ExternalRef, SalesLine};
use crate::error::ProviderError;
use crate::record::RemoteState;
use crate::session::Session;
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use finance::money::{Currency, Money};
use finance::tax::PriceBasis;
use rust_decimal::Decimal;

/// The kinds of records of what is bought, in the order they depend on each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PurchaseKind {
    /// A supplier.
    Supplier,
    /// What was ordered. It is in no ledger.
    Order,
    /// A supplier's invoice, to be paid later.
    Bill,
    /// Money that left a bank account for something that was paid at once.
    Spent,
    /// What was sent and no longer counts here, to be taken back there.
    Removal,
}

/// A record of what was bought, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purchase {
    /// A supplier.
    Supplier(CustomerDocument),
    /// What was ordered.
    Order(PurchaseDocument),
    /// A supplier's invoice.
    Bill(PurchaseDocument),
    /// Money spent out of this account.
    Spent {
        /// Their code of the bank account.
        account: String,
        /// What it was spent on. Its currency is that of the account.
        on: PurchaseDocument,
    },
    /// What was sent and no longer counts here. It is looked up before it is sent: found means that
    /// it is gone there, whoever took it back.
    Removal(PurchaseRemoval),
}

/// An order, a bill, or what money was spent on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PurchaseDocument {
    /// Machine reference: it travels on the record, so that a look-up knows it.
    pub reference: String,
    /// A bill's number is the supplier's, and others may have it too; an order's is ours. Empty where
    /// there is none.
    pub number: String,
    /// The supplier's remote id.
    pub supplier: String,
    /// Date of the document.
    pub date: NaiveDate,
    /// Last day to pay a bill, or the day an order is to come; nothing of money spent.
    pub due_date: Option<NaiveDate>,
    /// Currency.
    pub currency: Currency,
    /// Units of the books' currency for one of the document's, where these differ.
    pub rate: Option<Decimal>,
    /// Whether unit prices contain VAT.
    pub basis: PriceBasis,
    /// Their code for the part of the business it belongs to; empty where it names none.
    pub tracking: String,
    /// Lines.
    pub lines: Vec<SalesLine>,
    /// Sum without VAT.
    pub net: Money,
    /// VAT.
    pub vat: Money,
    /// Sum with VAT.
    pub gross: Money,
}

/// What was sent and no longer counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PurchaseRemoval {
    /// Machine reference of what was sent.
    pub reference: String,
    /// Its id there.
    pub existing: String,
    /// What it is.
    pub removed: RemovedPurchase,
}

/// What of the purchases can be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RemovedPurchase {
    /// What was ordered.
    Order,
    /// A supplier's invoice that nothing was paid of.
    Bill,
    /// Money spent.
    Spent {
        /// Their code of the bank account.
        account: String,
    },
}

/// One record of a batch, and the key that makes sending it twice harmless.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PurchaseItem {
    /// What is sent.
    pub purchase: Purchase,
    /// 32 hex digits, made and stored before sending.
    pub idempotency_key: String,
}

impl Purchase {
    /// Its kind.
    pub const fn kind(&self) -> PurchaseKind {
        match self {
            Self::Supplier(_) => PurchaseKind::Supplier,
            Self::Order(_) => PurchaseKind::Order,
            Self::Bill(_) => PurchaseKind::Bill,
            Self::Spent { .. } => PurchaseKind::Spent,
            Self::Removal(_) => PurchaseKind::Removal,
        }
    }

    /// Its machine reference.
    pub fn reference(&self) -> &str {
        match self {
            Self::Supplier(it) => &it.reference,
            Self::Order(it) | Self::Bill(it) | Self::Spent { on: it, .. } => &it.reference,
            Self::Removal(it) => &it.reference,
        }
    }

    /// What was bought; nothing for a supplier and for what is taken back.
    pub const fn document(&self) -> Option<&PurchaseDocument> {
        match self {
            Self::Order(it) | Self::Bill(it) | Self::Spent { on: it, .. } => Some(it),
            Self::Supplier(_) | Self::Removal(_) => None,
        }
    }

    /// Whether a record of theirs comes to the same to the minor unit, with VAT and of VAT. One that
    /// does not is shown to a person, never mended.
    pub fn agrees(&self, there: &ExternalRef) -> bool {
        self.document().is_none_or(|ours| {
            there.gross == Some(ours.gross) && there.vat.is_none_or(|vat| vat == ours.vat)
        })
    }
}

impl PurchaseDocument {
    /// Refuses a document whose lines do not come to its sums.
    ///
    /// # Errors
    /// [`ProviderError::Rejected`], also where a sum is more than money can hold.
    pub fn check_sums(&self) -> Result<(), ProviderError> {
        let sum =
            |of: fn(&SalesLine) -> Money| Money::sum(self.currency, self.lines.iter().map(of));
        let sums = [
            (sum(|line| line.net), self.net),
            (sum(|line| line.vat), self.vat),
            (sum(|line| line.gross), self.gross),
            (self.net.plus(self.vat), self.gross),
        ];
        if sums.into_iter().all(|(found, told)| found == Ok(told)) {
            return Ok(());
        }
        let text = format!("The lines do not come to {}", self.gross.amount());
        Err(ProviderError::Rejected { field: Some("Total".to_owned()), text })
    }
}

/// A purchase of theirs, whoever made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PurchaseRecord {
    /// An order, a bill or money spent.
    pub kind: PurchaseKind,
    /// Their id.
    pub id: String,
    /// Its number, or empty.
    pub number: String,
    /// Where our machine reference stands if it is ours.
    pub reference: String,
    /// The supplier's id there.
    pub supplier: Option<String>,
    /// Date.
    pub date: NaiveDate,
    /// Sum with VAT.
    pub gross: Money,
    /// VAT.
    pub vat: Money,
    /// What is still to be paid of a bill.
    pub open: Option<Money>,
    /// How it stands.
    pub state: RemoteState,
}

/// What changed since a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PurchaseChanges {
    /// What is new or changed, kind by kind.
    pub records: Vec<PurchaseRecord>,
    /// Their clock when the reading began: where the next one begins. Nothing where it told none.
    pub until: Option<DateTime<Utc>>,
}

/// A system that can be told of purchases. No method has a default body.
#[async_trait]
pub trait PurchaseAdapter: Send + Sync {
    /// Records of a kind per call; 0 where the system cannot hold it.
    fn batch_size(&self, kind: PurchaseKind) -> usize;

    /// The request that would make one record, to show it; writes nothing.
    async fn compose(
        &self,
        session: &Session,
        item: &PurchaseItem,
    ) -> Result<Composed, ProviderError>;

    /// Sends records of one kind, at most [`PurchaseAdapter::batch_size`] of them.
    async fn push(&self, session: &Session, items: &[PurchaseItem]) -> PushAnswer;

    /// Looks up records we may have made. One answer for each, in order.
    async fn find(
        &self,
        session: &Session,
        wanted: &[Purchase],
    ) -> Result<Vec<Found>, ProviderError>;

    /// Orders, bills and money spent that changed since a moment by their clock, whoever changed them.
    /// What changed at that very moment is among them.
    async fn fetch_changes(
        &self,
        session: &Session,
        since: DateTime<Utc>,
    ) -> Result<PurchaseChanges, ProviderError>;
}
