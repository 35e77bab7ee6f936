//! What waits for a person, shown three ways: as both sides last agreed, as it is here, as it is
//! there.
//!
//! Never says who is right.

use super::deciding::{asks_student, choices};
use crate::actor::Actor;
use crate::export::files;
use crate::fault::Fault;
use crate::office::Office;
use crate::show;
use crate::wire::common::Nothing;
use crate::wire::incoming::{ConflictField, ConflictView, ConflictsView, ReadingView};
use std::collections::{BTreeMap, HashMap};
use store::exports::ExportKind;
use store::{Conflict, ConnectionRow};

/// The fields in the order a person reads them.
const ORDER: [&str; 14] = [
    "number",
    "name",
    "tax_number",
    "email",
    "phone",
    "address",
    "vat",
    "amount",
    "refunded",
    "date",
    "due_date",
    "reference",
    "state",
    "refused",
];

/// What others changed at accounting systems and a person must decide.
pub async fn conflicts(office: &Office, _: &Actor, _: Nothing) -> Result<ConflictsView, Fault> {
    shown(office).await
}

pub(super) async fn shown(office: &Office) -> Result<ConflictsView, Fault> {
    let mut view = office.store.read().await?;
    let connections = view.connections().await?;
    let rows = view.conflicts().await?;
    let mut readings = Vec::new();
    for row in connections.iter().filter(|row| !row.closed && row.provider != files::PROVIDER) {
        let cursor = view.incoming_cursor(row.id).await?;
        readings.push(ReadingView {
            connection_id: row.id.to_string(),
            system: row.provider.clone(),
            company: row.remote_company_name.clone(),
            read_at: cursor.map(|(_, at)| show::moment(at)),
        });
    }
    let by_id: HashMap<_, _> = connections.iter().map(|row| (row.id, row)).collect();
    let one =
        |row: Conflict| by_id.get(&row.connection).map(|connection| conflict(row, connection));
    Ok(ConflictsView { conflicts: rows.into_iter().filter_map(one).collect(), readings })
}

fn conflict(row: Conflict, connection: &ConnectionRow) -> ConflictView {
    let is_document = matches!(row.kind, ExportKind::Invoice | ExportKind::CreditNote);
    ConflictView {
        id: row.id.to_string(),
        connection_id: row.connection.to_string(),
        system: connection.provider.clone(),
        company: connection.remote_company_name.clone(),
        kind: row.kind.word().to_owned(),
        choices: choices(&row).into_iter().map(str::to_owned).collect(),
        asks_student: asks_student(&row.cause),
        cause: row.cause,
        automatic: row.automatic,
        student_id: row.student.map(|id| id.to_string()),
        student: row.student_name,
        document_id: row.ours_id.filter(|_| is_document).map(|id| id.to_string()),
        label: row.label,
        seen_at: show::moment(row.seen_at_ms),
        shown: row.seen_hash,
        fields: fields(&row.sides),
    }
}

fn fields(sides: &[String; 3]) -> Vec<ConflictField> {
    let read = |text: &String| -> BTreeMap<String, String> {
        serde_json::from_str(text).unwrap_or_default()
    };
    let [agreed, ours, theirs] = [&sides[0], &sides[1], &sides[2]].map(read);
    let known = |field: &&&str| [&agreed, &ours, &theirs].iter().any(|it| it.contains_key(**field));
    let of = |side: &BTreeMap<String, String>, field: &str| side.get(field).cloned();
    ORDER
        .iter()
        .filter(known)
        .map(|field| ConflictField {
            field: (*field).to_owned(),
            agreed: of(&agreed, field),
            ours: of(&ours, field),
            theirs: of(&theirs, field),
            // A side that says nothing of it contradicts nobody.
            differs: ours
                .get(*field)
                .zip(theirs.get(*field))
                .is_some_and(|(ours, theirs)| ours != theirs),
        })
        .collect()
}
