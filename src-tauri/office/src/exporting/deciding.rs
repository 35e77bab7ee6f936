//! What a person decides about records: try again, done elsewhere, left out.
//!
//! Never sends: what was ever sent is looked up before it goes again.

use super::causes::{self, Meant, Standing, meant};
use super::record_id;
use crate::actor::Actor;
use crate::connecting::runs;
use crate::export::Reach;
use crate::export::cause::Class;
use crate::export::files;
use crate::export::state::{Event, after};
use crate::export::verdict::change;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::typed;
use crate::wire::exports::{Released, RetryExports, SettleExport};
use finance::fact::FactBody;
use finance::ids::ConnectionId;
use providers::registry::Provider;
use std::collections::{BTreeMap, BTreeSet};
use store::Tx;
use store::exports::{DueExport, ExportKind, ExportRow, External, RecordChange};
use uuid::Uuid;

/// Puts a cause's records, or some records, back into the queue, and starts the runs.
pub async fn retry_exports(
    office: &Office,
    _: &Actor,
    request: RetryExports,
) -> Result<Released, Fault> {
    let now_ms = office.clock.now().timestamp_millis();
    let mut tx = office.store.begin().await?;
    let mut connections = BTreeSet::new();
    let mut records = 0;
    if let Some(id) = request.cause_id.as_deref().filter(|id| !id.is_empty()) {
        match meant("cause_id", id)? {
            Meant::Records(cause) => {
                let open = tx.open_causes(None).await?;
                let found = open.into_iter().find(|it| it.id == cause).ok_or_else(|| {
                    Fault::new(Code::NotFound, "There is no such cause any more.")
                })?;
                connections.insert(found.connection);
                records += tx.resolve_cause(cause, now_ms).await?;
            }
            Meant::Connection(standing, connection) => {
                connections.insert(connection);
                records += wake(&mut tx, standing, connection).await?;
            }
        }
    }
    let mut ids = Vec::new();
    for (place, id) in request.record_ids.iter().enumerate() {
        let id = record_id(&format!("record_ids.{place}"), id)?;
        connections.insert(causes::find(&mut tx, id).await?.0.connection);
        ids.push(id);
    }
    if !ids.is_empty() {
        records += tx.release_exports(&ids, now_ms).await?;
    }
    tx.commit().await?;
    start(office, connections).await?;
    Ok(Released { records })
}

/// Ends the rest of a connection that did not answer: a person wants to know now. A used-up call
/// limit and a missing sign-in do not go away by trying.
async fn wake(tx: &mut Tx, standing: Standing, connection: ConnectionId) -> Result<u32, Fault> {
    if standing != Standing::Unavailable {
        return Ok(0);
    }
    let mut run = tx.connection_run(connection).await?;
    run.resting_until_ms = None;
    tx.keep_connection_run(connection, &run).await?;
    Ok(tx.export_counts(Some(connection)).await?.waiting)
}

async fn start(
    office: &Office,
    connections: impl IntoIterator<Item = ConnectionId>,
) -> Result<(), Fault> {
    let mut view = office.store.read().await?;
    for connection in connections {
        if let Some(row) = view.find_connection(connection).await?.filter(|row| !row.closed) {
            runs::start(office, &row, Reach::All)?;
        }
    }
    Ok(())
}

/// Starts a run over one connection.
///
/// # Errors
/// What the database reports.
pub(super) async fn start_one(office: &Office, connection: ConnectionId) -> Result<(), Fault> {
    start(office, [connection]).await
}

const OUTCOMES: &[(&str, Event)] =
    &[("done_elsewhere", Event::SettleByHand), ("skipped", Event::Skip)];

/// Settles records without sending them, all or none.
pub async fn settle_exports(
    office: &Office,
    actor: &Actor,
    request: SettleExport,
) -> Result<Released, Fault> {
    let event = typed::one_of("outcome", &request.outcome, OUTCOMES)?;
    let reason = typed::required("reason", &request.reason, typed::LINE)?;
    let given = request.external_reference.as_deref().unwrap_or_default();
    let reference = match event {
        Event::SettleByHand => typed::required("external_reference", given, typed::SHORT)?,
        _ => String::new(),
    };
    let now = office.clock.now();
    let mut tx = office.store.begin().await?;
    let mut changes: BTreeMap<ConnectionId, Vec<RecordChange>> = BTreeMap::new();
    let mut facts = Vec::new();
    for (place, id) in request.ids.iter().enumerate() {
        let id = record_id(&format!("ids.{place}"), id)?;
        let (record, _) = causes::find(&mut tx, id).await?;
        let due = tx.export_as_due(id).await?.ok_or_else(super::no_record)?;
        if after(due.state, event).is_none() {
            return Err(wrong_state(&due.label));
        }
        if request.ids.len() > 1 && id_there(&record.provider, &reference).is_some() {
            let fault = Fault::new(Code::Invalid, "An id of theirs belongs to one record.");
            return Err(fault.at("external_reference").rule("one_record"));
        }
        let mut change = change(&due, event, now);
        change.external = named(&record, &due, &reference);
        changes.entry(record.connection).or_default().push(change);
        facts.push(FactBody::ExportSettled {
            connection_id: record.connection,
            document: format!("{}/{}", due.kind.word(), due.document_id),
            outcome: request.outcome.clone(),
            external_id: Some(reference.clone()).filter(|it| !it.is_empty()),
            reason: reason.clone(),
        });
    }
    office.record(&mut tx, actor, facts).await?;
    let mut records = 0;
    let connections: Vec<ConnectionId> = changes.keys().copied().collect();
    for (connection, changes) in changes {
        records += carry_out(&mut tx, connection, &changes, now.timestamp_millis()).await?;
    }
    tx.commit().await?;
    start(office, connections).await?;
    Ok(Released { records })
}

async fn carry_out(
    tx: &mut Tx,
    connection: ConnectionId,
    changes: &[RecordChange],
    now_ms: i64,
) -> Result<u32, Fault> {
    let ids: Vec<i64> = changes.iter().map(|change| change.record).collect();
    tx.leave_causes(&ids, now_ms).await?;
    let done = tx.change_exports(connection, changes, now_ms).await?;
    // What needs such a record goes where it can be named there now, and else is shown to the
    // person with a cause of its own: nothing will bring that record there any more.
    let settled: Vec<String> = ids.iter().map(i64::to_string).collect();
    tx.resolve_causes(connection, Class::Depends.word(), &settled, now_ms).await?;
    Ok(u32::try_from(done).unwrap_or(u32::MAX))
}

/// What records that depend on a settled one can name: its id there, or in files our own number.
/// A change of a customer goes by the customer's own.
fn named(record: &ExportRow, due: &DueExport, reference: &str) -> Option<External> {
    let is_needed =
        matches!(due.kind, ExportKind::Customer | ExportKind::Invoice | ExportKind::CreditNote);
    let id = match record.provider == files::PROVIDER {
        true => Some(due.label.as_str()),
        false => id_there(&record.provider, reference),
    };
    let is_known = !reference.is_empty() && is_needed && !due.is_update();
    let id = id.filter(|_| is_known)?;
    let is_address = id != reference && record.provider != files::PROVIDER;
    Some(External {
        id: id.to_owned(),
        number: if is_address { id } else { reference }.to_owned(),
        url: is_address.then(|| reference.to_owned()),
        gross_minor: None,
    })
}

/// Their id in what a person gave: as it is, or in the address of the record there. Digits alone may as
/// well be a number.
fn id_there<'r>(provider: &str, reference: &'r str) -> Option<&'r str> {
    let is_id = reference.parse::<Uuid>().is_ok();
    let in_address = || Provider::from_key(provider)?.id_in(reference);
    is_id.then_some(reference).or_else(in_address)
}

/// A record that stands where this cannot be done.
pub(super) fn wrong_state(label: &str) -> Fault {
    Fault::new(Code::WrongState, format!("{label} is not waiting for a decision."))
        .rule("export_state")
        .with("label", label)
}
