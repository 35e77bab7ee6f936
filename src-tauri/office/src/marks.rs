//! Where documents stand in the accounting systems, as lists and pages show it.
//!
//! Never changes a record: the export engine does.

use crate::fault::Fault;
use crate::show;
use crate::wire::common::HistoryEntry;
use crate::wire::invoices::{ExportMark, ExportView};
use std::collections::{BTreeMap, HashMap};
use store::View;
use store::exports::{ExportRow, ExportState};
use uuid::Uuid;

/// Records of some documents, and the connections that are open.
pub(crate) struct Marks {
    connections: Vec<finance::ids::ConnectionId>,
    records: HashMap<Uuid, Vec<ExportRow>>,
}

impl Marks {
    /// Reads what there is about some documents.
    ///
    /// # Errors
    /// What the database reports.
    pub(crate) async fn read(view: &mut View, documents: &[Uuid]) -> Result<Self, Fault> {
        let open = view.connections().await?.into_iter().filter(|row| !row.closed);
        let connections: Vec<_> = open.map(|row| row.id).collect();
        let records = match connections.is_empty() {
            true => HashMap::new(),
            false => view.exports_of(documents).await?,
        };
        Ok(Self { connections, records })
    }

    /// One mark per connection; of several documents the one that most needs to be seen.
    pub(crate) fn of(&self, documents: &[Uuid]) -> Vec<ExportMark> {
        let mark = |connection: &finance::ids::ConnectionId| {
            let states = documents
                .iter()
                .filter_map(|document| self.records.get(document))
                .flatten()
                .filter(|row| row.connection == *connection)
                .map(|row| mark(row.state));
            ExportMark {
                connection_id: connection.to_string(),
                state: states.max_by_key(|state| urgency(state)).unwrap_or("none").to_owned(),
            }
        };
        self.connections.iter().map(mark).collect()
    }

    /// Every record of some documents, in full.
    pub(crate) fn views(&self, documents: &[Uuid]) -> Vec<ExportView> {
        let records = documents.iter().filter_map(|document| self.records.get(document));
        records.flatten().map(view).collect()
    }

    /// What became of them, for a history.
    pub(crate) fn history(&self, documents: &[Uuid]) -> Vec<HistoryEntry> {
        let records = documents.iter().filter_map(|document| self.records.get(document));
        records.flatten().filter_map(entry).collect()
    }
}

/// The mark of a state.
pub(crate) fn mark(state: ExportState) -> &'static str {
    match state {
        ExportState::Pending | ExportState::RetryWait | ExportState::Blocked => "waiting",
        ExportState::InFlight => "sending",
        ExportState::Unknown => "checking",
        ExportState::Exported => "sent",
        ExportState::NeedsReview => "attention",
        ExportState::SettledManually | ExportState::Skipped => "settled",
        ExportState::Cancelled | ExportState::Superseded => "none",
    }
}

/// What most needs to be seen comes last.
fn urgency(state: &str) -> usize {
    let order = ["none", "settled", "sent", "waiting", "sending", "checking", "attention"];
    order.iter().position(|known| *known == state).unwrap_or(0)
}

fn view(row: &ExportRow) -> ExportView {
    let params = row.cause_params.as_deref().and_then(|text| serde_json::from_str(text).ok());
    ExportView {
        record_id: row.id.to_string(),
        connection_id: row.connection.to_string(),
        system: row.provider.clone(),
        state: mark(row.state).to_owned(),
        is_removal: row.undo,
        external_number: row.external_number.clone(),
        url: row.url.clone(),
        since: show::moment(row.changed_at_ms),
        cause: row.cause_class.clone(),
        cause_params: params.unwrap_or_default(),
    }
}

fn entry(row: &ExportRow) -> Option<HistoryEntry> {
    let what = match row.state {
        ExportState::Exported if row.undo => "removed_there",
        ExportState::Exported => "exported",
        ExportState::NeedsReview => "export_failed",
        _ => return None,
    };
    let mut params = BTreeMap::from([("system".to_owned(), row.provider.clone())]);
    let number = row.external_number.clone().or_else(|| row.external_id.clone());
    params.extend(number.map(|number| ("external_id".to_owned(), number)));
    Some(HistoryEntry {
        at: show::moment(row.changed_at_ms),
        actor: row.provider.clone(),
        what: what.to_owned(),
        params,
    })
}
