//! What a test may ask the simulator: what really arrived, and what arrived twice.

use std::collections::BTreeMap;

use serde::Serialize;

use super::SageSimulator;
use super::books::Books;
use super::model::{Allocation, Artefact, Contact, Journal, Kind, Payment, Status};
use super::state::{Kept, RequestRecord, Shared, State};

/// Records that carry the same mark although each should be there once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Duplicate {
    pub business_id: String,
    /// `contact`, `sales_invoice`, `sales_credit_note`, `contact_payment` or `journal`.
    pub object: &'static str,
    /// `reference` or `notes`.
    pub field: &'static str,
    pub value: String,
    pub ids: Vec<String>,
}

impl SageSimulator {
    /// Every contact, oldest first.
    pub fn contacts(&self) -> Vec<Contact> {
        self.collect(|books| books.contacts.clone())
    }

    /// Every sales invoice, drafts and voided ones too.
    pub fn invoices(&self) -> Vec<Artefact> {
        self.artefacts(Kind::SalesInvoice)
    }

    /// Every sales credit note, drafts and voided ones too.
    pub fn credit_notes(&self) -> Vec<Artefact> {
        self.artefacts(Kind::SalesCreditNote)
    }

    /// Every payment, deleted ones too.
    pub fn payments(&self) -> Vec<Payment> {
        self.collect(|books| books.payments.clone())
    }

    /// Every allocation, deleted ones too.
    pub fn allocations(&self) -> Vec<Allocation> {
        self.collect(|books| books.allocations.clone())
    }

    /// Every journal, deleted ones too.
    pub fn journals(&self) -> Vec<Journal> {
        self.collect(|books| books.journals.clone())
    }

    /// How often each method and path was called. Requests that a fault kept from arriving are
    /// not among them.
    pub fn calls(&self) -> BTreeMap<String, usize> {
        calls(&self.shared)
    }

    /// Every request that arrived, in order.
    pub fn requests(&self) -> Vec<RequestRecord> {
        requests(&self.shared)
    }

    /// Living records that share a mark.
    pub fn duplicates(&self) -> Vec<Duplicate> {
        duplicates(&self.shared.lock())
    }

    fn artefacts(&self, kind: Kind) -> Vec<Artefact> {
        let mut all = self.collect(|books| books.artefacts.clone());
        all.retain(|it| it.kind == kind);
        all
    }

    fn collect<T>(&self, rows: impl Fn(&Books) -> Vec<T>) -> Vec<T> {
        self.shared.lock().businesses.iter().flat_map(rows).collect()
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
    shared.lock().requests.iter().map(Kept::shown).collect()
}

pub(super) fn duplicates(state: &State) -> Vec<Duplicate> {
    type Mark = (String, &'static str, &'static str, String);
    let mut groups: BTreeMap<Mark, Vec<String>> = BTreeMap::new();
    for books in &state.businesses {
        let mut add = |object, field, value: Option<&String>, id: &String| {
            if let Some(value) = value {
                let mark = (books.id.clone(), object, field, value.clone());
                groups.entry(mark).or_default().push(id.clone());
            }
        };
        for row in &books.contacts {
            add("contact", "notes", row.notes.as_ref(), &row.id);
        }
        for row in books.artefacts.iter().filter(|it| it.status != Status::Void) {
            let object = row.kind.namespace();
            add(object, "reference", row.reference.as_ref(), &row.id);
            add(object, "notes", row.notes.as_ref(), &row.id);
        }
        for row in books.payments.iter().filter(|it| it.deleted_at.is_none()) {
            add("contact_payment", "reference", row.reference.as_ref(), &row.id);
        }
        for row in books.journals.iter().filter(|it| it.deleted_at.is_none()) {
            add("journal", "reference", Some(&row.reference), &row.id);
        }
    }
    let repeated = groups.into_iter().filter(|(_, ids)| ids.len() > 1);
    repeated
        .map(|((business_id, object, field, value), ids)| Duplicate {
            business_id,
            object,
            field,
            value,
            ids,
        })
        .collect()
}
