//! Why records wait: for a person, for an answer, or for another time.
//!
//! Never makes up a cause: those of records are the engine's, those of connections follow from
//! how the connection stands.

use super::giving::people;
use super::{no_record, open_connections, row};
use crate::actor::Actor;
use crate::export::cause::Class;
use crate::export::codes::{RemoteSide, kind_of, kind_word};
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::common::Nothing;
use crate::wire::exports::{CauseMapping, CauseRecords, CauseRequest, CauseView, CausesView};
use crate::{listing, show, typed};
use chrono::TimeDelta;
use finance::Money;
use finance::ids::ConnectionId;
use finance::mapping::{MappedKind, Mapping};
use std::collections::BTreeMap;
use store::exports::{CauseRow, ConnectionRun, ExportCounts, ExportFilter, ExportView};
use store::{ConnectionRow, View};

/// Causes that follow from how a connection stands, by the word in front of their ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    SignIn,
    /// Nobody has let it begin to send.
    ToMap,
    Quota,
    Unavailable,
    Checking,
    /// Records that wait for others, which need a person.
    Depends,
}

impl Standing {
    const ALL: &'static [(&'static str, Self)] = &[
        ("sign_in", Self::SignIn),
        ("to_map", Self::ToMap),
        ("quota", Self::Quota),
        ("unavailable", Self::Unavailable),
        ("unknown_outcome", Self::Checking),
        ("depends", Self::Depends),
    ];

    pub(super) fn word(self) -> &'static str {
        let found = Self::ALL.iter().find(|(_, standing)| *standing == self);
        found.map_or("", |(word, _)| word)
    }

    /// The records it holds up.
    const fn records(self) -> ExportView {
        match self {
            Self::Checking => ExportView::Checking,
            Self::Depends => ExportView::Blocked,
            Self::SignIn | Self::ToMap | Self::Quota | Self::Unavailable => ExportView::Waiting,
        }
    }

    fn id(self, connection: ConnectionId) -> String {
        format!("{}:{connection}", self.word())
    }
}

/// Which cause is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meant {
    /// One of records, by its number at this desk.
    Records(i64),
    /// One of a connection.
    Connection(Standing, ConnectionId),
}

/// Reads the id of a cause.
///
/// # Errors
/// [`Code::Invalid`] at `field`.
pub(super) fn meant(field: &str, id: &str) -> Result<Meant, Fault> {
    match id.split_once(':') {
        None => Ok(Meant::Records(typed::id(field, id)?)),
        Some((word, connection)) => {
            let standing = typed::one_of(field, word, Standing::ALL)?;
            Ok(Meant::Connection(standing, typed::id(field, connection)?))
        }
    }
}

/// Everything that waits, by cause.
pub async fn export_causes(
    office: &Office,
    actor: &Actor,
    _: Nothing,
) -> Result<CausesView, Fault> {
    let mut view = office.store.read().await?;
    let (causes, waiting, checking) = all(office, &mut view).await?;
    let people = people(&mut view, &causes).await?;
    let day = office.clock.now() - TimeDelta::hours(24);
    let midnight = office.today().and_time(chrono::NaiveTime::MIN).and_utc();
    let since = midnight.max(day);
    let (sent_today, last) = view.exported_since(since.timestamp_millis()).await?;
    Ok(CausesView {
        causes,
        checking,
        waiting,
        sent_today,
        last_sent_at: last.map(show::moment),
        people,
        me: actor.user.map(|user| user.to_string()),
    })
}

type Sorted = (Vec<CauseView>, Vec<CauseView>, Vec<CauseView>);

/// For a person, for another time, for an answer.
async fn all(office: &Office, view: &mut View) -> Result<Sorted, Fault> {
    let (mut causes, mut waiting, mut checking) = (Vec::new(), Vec::new(), Vec::new());
    for connection in open_connections(view).await? {
        let mappings = view.mappings(connection.id).await?;
        let run = view.connection_run(connection.id).await?;
        let counts = view.export_counts(Some(connection.id)).await?;
        let now_ms = office.clock.now().timestamp_millis();
        for standing in standings(&run, &counts, now_ms) {
            let list = match standing {
                Standing::SignIn | Standing::ToMap => &mut causes,
                Standing::Checking => &mut checking,
                _ => &mut waiting,
            };
            list.push(of_connection(standing, &connection, &run, &counts, now_ms));
        }
        // What waits for another record needs no decision of its own.
        let open = view.open_causes(Some(connection.id)).await?;
        let (needs, own): (Vec<_>, Vec<_>) = open.into_iter().partition(is_need);
        causes.extend(own.iter().map(|cause| of_records(cause, &mappings)));
        waiting.extend(of_needs(&needs));
    }
    Ok((causes, waiting, checking))
}

fn standings(run: &ConnectionRun, counts: &ExportCounts, now_ms: i64) -> Vec<Standing> {
    let later = |until: Option<i64>| until.is_some_and(|until| until > now_ms);
    let waits = counts.waiting > 0;
    let all = [
        (Standing::SignIn, run.state == "sign_in_needed"),
        (Standing::ToMap, waits && run.started_at_ms.is_none()),
        (Standing::Quota, waits && later(run.held_until_ms)),
        (Standing::Unavailable, waits && later(run.resting_until_ms)),
        (Standing::Checking, counts.checking > 0),
    ];
    all.into_iter().filter(|(_, holds)| *holds).map(|(standing, _)| standing).collect()
}

fn of_connection(
    standing: Standing,
    connection: &ConnectionRow,
    run: &ConnectionRun,
    counts: &ExportCounts,
    now_ms: i64,
) -> CauseView {
    let last = run.last_run.as_deref();
    let last = last.and_then(|it| serde_json::from_str::<crate::export::tally::Tally>(it).ok());
    let since = last.and_then(|it| it.ended_at_ms).unwrap_or(now_ms);
    let next = match standing {
        Standing::SignIn | Standing::ToMap | Standing::Depends => None,
        Standing::Quota => run.held_until_ms,
        Standing::Unavailable => run.resting_until_ms,
        Standing::Checking => run.next_run_ms,
    };
    let checking = standing == Standing::Checking;
    CauseView {
        id: standing.id(connection.id),
        connection_id: connection.id.to_string(),
        system: connection.provider.clone(),
        class: standing.word().to_owned(),
        params: BTreeMap::new(),
        documents: if checking { counts.checking } else { counts.waiting },
        amount: None,
        since: show::moment(since),
        next_attempt_at: next.map(show::moment),
        in_the_books: if checking { "unknown" } else { "no" }.to_owned(),
        mapping: None,
        given_to: None,
    }
}

fn is_need(cause: &CauseRow) -> bool {
    cause.class == Class::Depends.word()
}

/// The id under which screens know the cause of a record.
pub(super) fn id_of(record: &store::exports::ExportRow) -> Option<String> {
    let depends = record.cause_class.as_deref() == Some(Class::Depends.word());
    match depends {
        true => Some(Standing::Depends.id(record.connection)),
        false => record.cause.map(|cause| cause.to_string()),
    }
}

/// How many needed records are named before the rest is a number.
const NAMED: usize = 3;

/// Everything of one connection that waits for other records, as one cause: the decisions are to
/// be made there. Nothing where nothing waits.
fn of_needs(needs: &[CauseRow]) -> Option<CauseView> {
    let first = needs.first()?;
    let label = |need: &CauseRow| {
        let params: BTreeMap<String, String> =
            serde_json::from_str(&need.params).unwrap_or_default();
        params.get("label").cloned().unwrap_or_default()
    };
    let mut labels = needs.iter().take(NAMED).map(label).collect::<Vec<_>>().join(", ");
    if needs.len() > NAMED {
        labels = format!("{labels} +{}", needs.len() - NAMED);
    }
    let params = [("label".to_owned(), labels), ("needs".to_owned(), needs.len().to_string())];
    Some(CauseView {
        id: Standing::Depends.id(first.connection),
        params: params.into(),
        documents: needs.iter().map(|need| need.records).sum(),
        amount: sum(needs).map(Into::into),
        given_to: None,
        ..of_records(first, &[])
    })
}

/// What all of it comes to; nothing where it is in several currencies.
fn sum(needs: &[CauseRow]) -> Option<Money> {
    let mut amounts = needs.iter().map(|need| need.amount);
    let first = amounts.next()??;
    amounts.try_fold(first, |sum, more| sum.plus(more?).ok())
}

pub(super) fn of_records(cause: &CauseRow, mappings: &[Mapping]) -> CauseView {
    // Parameters that cannot be read leave the words without them.
    let params: BTreeMap<String, String> = serde_json::from_str(&cause.params).unwrap_or_default();
    let in_the_books = Class::of(&cause.class).map_or("unknown", Class::in_the_books);
    CauseView {
        id: cause.id.to_string(),
        connection_id: cause.connection.to_string(),
        system: cause.provider.clone(),
        class: cause.class.clone(),
        mapping: mapping(&cause.class, &params, mappings),
        params,
        documents: cause.records,
        amount: cause.amount.map(Into::into),
        since: show::moment(cause.opened_at_ms),
        next_attempt_at: None,
        in_the_books: in_the_books.to_owned(),
        given_to: cause.given_to.map(|user| user.to_string()),
    }
}

/// The mapping that would mend a cause: the one it names, or the one onto the code that is gone.
fn mapping(
    class: &str,
    params: &BTreeMap<String, String>,
    mappings: &[Mapping],
) -> Option<CauseMapping> {
    let class = Class::of(class);
    if !matches!(class, Some(Class::MappingMissing | Class::ReferenceGone | Class::AccountCurrency))
    {
        return None;
    }
    if let (Some(kind), Some(key)) = (params.get("kind"), params.get("local_key")) {
        // A currency is switched on there, and not chosen here.
        let known = kind_of(kind).filter(|kind| *kind != MappedKind::Currency)?;
        let department = params.get("department_id");
        let now = mappings.iter().find(|it| {
            it.kind == known
                && it.local_key == *key
                && it.department_id.map(|id| id.to_string()).as_ref() == department
        });
        return Some(CauseMapping {
            kind: kind.clone(),
            local_key: key.clone(),
            label: params.get("label").cloned().unwrap_or_else(|| key.clone()),
            remote_code: now.and_then(|it| it.remote_code.clone()),
            department_id: department.cloned(),
        });
    }
    let (side, code) = (params.get("reference")?, params.get("name")?);
    let gone = mappings.iter().find(|it| {
        RemoteSide::of(it.kind).word() == side && it.remote_code.as_ref() == Some(code)
    })?;
    Some(CauseMapping {
        kind: kind_word(gone.kind).to_owned(),
        local_key: gone.local_key.clone(),
        label: code.clone(),
        remote_code: gone.remote_code.clone(),
        department_id: gone.department_id.map(|id| id.to_string()),
    })
}

/// A cause with the records it holds up.
pub async fn cause_records(
    office: &Office,
    _: &Actor,
    request: CauseRequest,
) -> Result<CauseRecords, Fault> {
    let filter = match meant("id", &request.id)? {
        Meant::Records(cause) => ExportFilter { cause: Some(cause), ..ExportFilter::default() },
        Meant::Connection(standing, connection) => ExportFilter {
            connection: Some(connection),
            view: standing.records(),
            ..ExportFilter::default()
        },
    };
    let window = listing::window(&request.window);
    let mut view = office.store.read().await?;
    let (causes, waiting, checking) = all(office, &mut view).await?;
    let mut known = causes.into_iter().chain(waiting).chain(checking);
    let cause = known.find(|cause| cause.id == request.id);
    let cause = cause.ok_or_else(|| Fault::new(Code::NotFound, "There is no such cause."))?;
    let page = view.list_exports(&filter, None, window).await?;
    Ok(CauseRecords { cause, rows: page.rows.iter().map(row).collect(), total: page.total })
}

/// The open cause of a record, as it is shown.
///
/// # Errors
/// What the database reports.
pub(super) async fn of_record(
    view: &mut View,
    record: &store::exports::ExportRow,
) -> Result<Option<CauseView>, Fault> {
    let Some(id) = record.cause else { return Ok(None) };
    let mappings = view.mappings(record.connection).await?;
    let open = view.open_causes(Some(record.connection)).await?;
    let (needs, own): (Vec<_>, Vec<_>) = open.into_iter().partition(is_need);
    if needs.iter().any(|need| need.id == id) {
        return Ok(of_needs(&needs));
    }
    Ok(own.iter().find(|cause| cause.id == id).map(|cause| of_records(cause, &mappings)))
}

/// The record of an id.
///
/// # Errors
/// [`Code::NotFound`].
pub(super) async fn find(
    view: &mut View,
    id: i64,
) -> Result<(store::exports::ExportRow, store::exports::ExportKeys), Fault> {
    view.find_export(id).await?.ok_or_else(no_record)
}
