//! What a test may ask the simulator: what really arrived, and what arrived twice.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::XeroSimulator;
use super::attachments::Attachment;
use super::journals::ManualJournal;
use super::model::{Allocation, BankTransaction, Contact, Document, Kind, Payment, Status};
use super::orders::PurchaseOrder;
use super::state::{RequestRecord, Shared, State};

/// Objects that carry the same number or reference although each should be there once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Duplicate {
    pub tenant_id: Uuid,
    /// `invoice`, `bill`, `credit_note`, `overpayment`, `payment`, `manual_journal`,
    /// `purchase_order` or `bank_transaction`.
    pub object: String,
    /// `number` or `reference`.
    pub field: &'static str,
    pub value: String,
    pub ids: Vec<Uuid>,
}

impl XeroSimulator {
    /// Every contact of both tenants, oldest first.
    pub fn contacts(&self) -> Vec<Contact> {
        self.collect(|books| books.contacts.iter().cloned().collect())
    }

    /// Every invoice and bill, in any state.
    pub fn invoices(&self) -> Vec<Document> {
        self.documents(Kind::is_invoice)
    }

    /// Every credit note, in any state.
    pub fn credit_notes(&self) -> Vec<Document> {
        self.documents(Kind::is_credit_note)
    }

    /// Every overpayment.
    pub fn overpayments(&self) -> Vec<Document> {
        self.documents(Kind::is_overpayment)
    }

    /// Every prepayment.
    pub fn prepayments(&self) -> Vec<Document> {
        self.documents(Kind::is_prepayment)
    }

    /// Every payment, deleted ones too.
    pub fn payments(&self) -> Vec<Payment> {
        self.collect(|books| books.payments.iter().cloned().collect())
    }

    /// Every allocation, deleted ones too.
    pub fn allocations(&self) -> Vec<Allocation> {
        self.collect(|books| books.allocations.iter().cloned().collect())
    }

    /// Every file beside a document.
    pub fn attachments(&self) -> Vec<Attachment> {
        self.collect(|books| books.attachments.clone())
    }

    /// Every manual journal.
    pub fn manual_journals(&self) -> Vec<ManualJournal> {
        self.collect(|books| books.journals.iter().cloned().collect())
    }

    /// Every bank transaction.
    pub fn bank_transactions(&self) -> Vec<BankTransaction> {
        self.collect(|books| books.bank_transactions.iter().cloned().collect())
    }

    /// Every purchase order, deleted ones too.
    pub fn purchase_orders(&self) -> Vec<PurchaseOrder> {
        self.collect(|books| books.orders.iter().cloned().collect())
    }

    /// How often each method and path was called, such as `PUT /api.xro/2.0/Invoices`. Requests
    /// that a fault kept from arriving are not among them.
    pub fn calls(&self) -> BTreeMap<String, usize> {
        calls(&self.shared)
    }

    /// Every request that arrived, in order.
    pub fn requests(&self) -> Vec<RequestRecord> {
        requests(&self.shared)
    }

    /// Living objects that share a number or a reference.
    pub fn duplicates(&self) -> Vec<Duplicate> {
        duplicates(&self.shared.lock())
    }

    fn documents(&self, fits: fn(Kind) -> bool) -> Vec<Document> {
        self.collect(|books| books.documents.iter().filter(|it| fits(it.kind)).cloned().collect())
    }

    fn collect<T>(&self, rows: impl Fn(&super::books::Books) -> Vec<T>) -> Vec<T> {
        self.shared.lock().tenants.iter().flat_map(|tenant| rows(&tenant.books)).collect()
    }
}

pub(super) fn calls(shared: &Shared) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for kept in &shared.lock().requests {
        *counts.entry(format!("{} {}", kept.record.method, kept.record.path)).or_default() += 1;
    }
    counts
}

pub(super) fn requests(shared: &Shared) -> Vec<RequestRecord> {
    let state = shared.lock();
    let records = state.requests.iter().map(|kept| {
        let mut record = kept.record.clone();
        record.body = match kept.raw.is_empty() {
            true => Value::Null,
            false => serde_json::from_slice(&kept.raw)
                .unwrap_or_else(|_| json!(String::from_utf8_lossy(&kept.raw))),
        };
        record
    });
    records.collect()
}

pub(super) fn duplicates(state: &State) -> Vec<Duplicate> {
    let mut groups: BTreeMap<(Uuid, String, &'static str, String), Vec<Uuid>> = BTreeMap::new();
    for tenant in &state.tenants {
        let books = &tenant.books;
        let mut add = |object: String, field, value: Option<&String>, id| {
            if let Some(value) = value {
                let key = (books.tenant_id, object, field, value.clone());
                groups.entry(key).or_default().push(id);
            }
        };
        let living = |it: &&Document| !matches!(it.status, Status::Deleted | Status::Voided);
        for document in books.documents.iter().filter(living) {
            let object = object_name(document.kind);
            add(object.to_owned(), "number", document.number.as_ref(), document.id);
            add(object.to_owned(), "reference", document.reference.as_ref(), document.id);
        }
        for payment in books.payments.iter().filter(|it| !it.deleted) {
            add("payment".to_owned(), "reference", payment.reference.as_ref(), payment.id);
        }
        for journal in books.journals.iter().filter(|it| it.status == "POSTED") {
            add("manual_journal".to_owned(), "reference", Some(&journal.narration), journal.id);
        }
        for row in books.orders.iter().filter(|it| it.status != "DELETED") {
            add("purchase_order".to_owned(), "reference", row.reference.as_ref(), row.id);
        }
        for row in books.bank_transactions.iter().filter(|it| !it.deleted) {
            add("bank_transaction".to_owned(), "reference", row.reference.as_ref(), row.id);
            // An overpayment has no reference: its line says what it is.
            let described = row.lines.first().and_then(|line| line.description.as_ref());
            if row.overpayment_id.is_some() {
                add("overpayment".to_owned(), "description", described, row.id);
            }
        }
    }
    let repeated = groups.into_iter().filter(|(_, ids)| ids.len() > 1);
    let found = repeated.map(|((tenant_id, object, field, value), ids)| Duplicate {
        tenant_id,
        object,
        field,
        value,
        ids,
    });
    found.collect()
}

fn object_name(kind: Kind) -> &'static str {
    match kind {
        Kind::AccRec => "invoice",
        Kind::AccPay => "bill",
        Kind::AccRecCredit | Kind::AccPayCredit => "credit_note",
        Kind::ReceiveOverpayment | Kind::SpendOverpayment => "overpayment",
        Kind::ReceivePrepayment | Kind::SpendPrepayment => "prepayment",
    }
}
