//! What a test may ask the simulator: what really arrived, and what arrived twice.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::QboSimulator;
use super::api;
use super::model::{Entity, Life, Row};
use super::state::{RequestRecord, Shared, State};

/// Objects that carry the same number, name or note although each should be there once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Duplicate {
    pub realm: String,
    pub entity: Entity,
    pub field: &'static str,
    pub value: String,
    pub ids: Vec<String>,
}

impl QboSimulator {
    /// Every object of a kind in both companies, oldest first, deleted ones too.
    pub fn rows(&self, entity: Entity) -> Vec<Row> {
        let state = self.shared.lock();
        state.companies.iter().flat_map(|company| api::rows(&company.books, entity)).collect()
    }

    /// Every object of a kind that still counts.
    pub fn living(&self, entity: Entity) -> Vec<Row> {
        self.rows(entity).into_iter().filter(|row| row.life == Life::Alive).collect()
    }

    /// Every file beside a document, by its name, oldest first.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        let state = self.shared.lock();
        let of = |company: &super::state::Company| {
            let books = &company.books;
            let living = books.all(Entity::Attachable).filter(|row| row.life == Life::Alive);
            let file = |row: &Row| {
                Some((row.text("FileName").to_owned(), books.files.get(&row.id)?.clone()))
            };
            living.filter_map(file).collect::<Vec<_>>()
        };
        state.companies.iter().flat_map(of).collect()
    }

    /// How often each method and path was called, such as `POST /v3/company/…/invoice`. Requests
    /// that a fault kept from arriving are not among them.
    pub fn calls(&self) -> BTreeMap<String, usize> {
        calls(&self.shared)
    }

    /// Every request that arrived, in order.
    pub fn requests(&self) -> Vec<RequestRecord> {
        requests(&self.shared)
    }

    /// Living objects that share a number, a name or a note.
    pub fn duplicates(&self) -> Vec<Duplicate> {
        duplicates(&self.shared.lock())
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
    const FIELDS: [&str; 4] = ["DocNumber", "PrivateNote", "DisplayName", "Notes"];
    let kinds = [
        Entity::Customer,
        Entity::Invoice,
        Entity::CreditMemo,
        Entity::Payment,
        Entity::RefundReceipt,
        Entity::JournalEntry,
    ];
    let mut groups: BTreeMap<(String, Entity, &'static str, String), Vec<String>> = BTreeMap::new();
    for company in &state.companies {
        for entity in kinds {
            for row in company.books.all(entity).filter(|row| row.life == Life::Alive) {
                for field in FIELDS.into_iter().filter(|field| !row.text(field).is_empty()) {
                    let key = (row.realm.clone(), entity, field, row.text(field).to_owned());
                    groups.entry(key).or_default().push(row.id.clone());
                }
            }
        }
    }
    let repeated = groups.into_iter().filter(|(_, ids)| ids.len() > 1);
    let found = repeated.map(|((realm, entity, field, value), ids)| Duplicate {
        realm,
        entity,
        field,
        value,
        ids,
    });
    found.collect()
}
