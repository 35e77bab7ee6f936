//! What every look-up begins and ends with: the wanted records by kind, each with its place, and
//! what was found in those places.
//!
//! Never asks a system for anything; how its lists are asked for is each adapter's own.

use crate::adapter::{Found, Wanted};
use crate::document::{
    AllocationDocument, AttachmentDocument, CustomerDocument, ExportDocument, ExternalRef,
    JournalDocument, OnAccountDocument, PaymentDocument, RefundDocument, RemovalDocument,
    SalesDocument,
};

/// One wanted record of a kind, with its place in the answer.
pub type Place<'a, T> = (usize, &'a T);

/// Wanted records by kind.
#[derive(Default)]
pub struct Sorted<'a> {
    /// New customers.
    pub customers: Vec<Place<'a, CustomerDocument>>,
    /// Invoices.
    pub invoices: Vec<Place<'a, SalesDocument>>,
    /// Credit notes.
    pub notes: Vec<Place<'a, SalesDocument>>,
    /// Money on account.
    pub kept: Vec<Place<'a, OnAccountDocument>>,
    /// Payments.
    pub payments: Vec<Place<'a, PaymentDocument>>,
    /// Allocations.
    pub allocations: Vec<Place<'a, AllocationDocument>>,
    /// Money paid back.
    pub refunds: Vec<Place<'a, RefundDocument>>,
    /// Files beside documents.
    pub attachments: Vec<Place<'a, AttachmentDocument>>,
    /// What is to be gone.
    pub removals: Vec<Place<'a, RemovalDocument>>,
    /// Journal entries.
    pub journals: Vec<Place<'a, JournalDocument>>,
}

impl<'a> Sorted<'a> {
    /// Sorts them. A change of a customer is left out: it cannot be told from what was there before,
    /// so it counts as not made, and making it again does no harm.
    pub fn of(wanted: &'a [Wanted]) -> Self {
        let mut sorted = Self::default();
        for (at, one) in wanted.iter().enumerate() {
            match &one.document {
                ExportDocument::Customer(it) if !it.existing.is_empty() => {}
                ExportDocument::Customer(it) => sorted.customers.push((at, it)),
                ExportDocument::Invoice(it) => sorted.invoices.push((at, it)),
                ExportDocument::CreditNote(it) => sorted.notes.push((at, it)),
                ExportDocument::OnAccount(it) => sorted.kept.push((at, it)),
                ExportDocument::Payment(it) => sorted.payments.push((at, it)),
                ExportDocument::CreditAllocation(it) => sorted.allocations.push((at, it)),
                ExportDocument::Refund(it) => sorted.refunds.push((at, it)),
                ExportDocument::Attachment(it) => sorted.attachments.push((at, it)),
                ExportDocument::Removal(it) => sorted.removals.push((at, it)),
                ExportDocument::Journal(it) => sorted.journals.push((at, it)),
            }
        }
        sorted
    }
}

/// What is known of a place after one more record of theirs: what is ours wins over what is not,
/// and the first over those after it.
pub fn settle(place: &mut Found, is_ours: bool, there: ExternalRef) {
    match (&*place, is_ours) {
        (Found::Ours(_), _) | (Found::Foreign(_), false) => {}
        (_, true) => *place = Found::Ours(there),
        (Found::Absent, false) => *place = Found::Foreign(there),
    }
}

/// What is gone, as a removal wants it.
pub fn gone(ours: &RemovalDocument) -> ExternalRef {
    ExternalRef {
        id: ours.existing.clone(),
        number: ours.reference.clone(),
        url: None,
        gross: None,
        vat: None,
    }
}

/// Values asked for in one call, and their characters: long addresses are cut by gateways.
const CHUNK_ITEMS: usize = 40;
const CHUNK_CHARS: usize = 1500;

/// Splits into calls whose addresses keep a bounded length. `chars` is what one item adds.
pub fn chunks<T>(items: &[T], chars: impl Fn(&T) -> usize) -> Vec<&[T]> {
    let mut parts = Vec::new();
    let (mut start, mut length) = (0, 0);
    for (at, item) in items.iter().enumerate() {
        let own = chars(item);
        if at > start && (at - start == CHUNK_ITEMS || length + own > CHUNK_CHARS) {
            parts.push(&items[start..at]);
            (start, length) = (at, 0);
        }
        length += own;
    }
    if start < items.len() {
        parts.push(&items[start..]);
    }
    parts
}
