//! Looking at what goes to accounting systems, and deciding what needs a person.
//!
//! Never sends anything itself: it changes what the engine finds, and starts its runs.

mod again;
mod causes;
mod deciding;
mod giving;
mod linking;
mod report;
mod showing;

pub(crate) use again::send_again;
pub use causes::{cause_records, export_causes};
pub use deciding::{retry_exports, settle_exports};
pub use giving::give_cause;
pub use linking::{export_candidates, link_export};
pub use report::support_report;
pub use showing::find_export;

use crate::actor::Actor;
use crate::connecting::{self, runs};
use crate::export::Reach;
use crate::export::tally::Tally;
use crate::fault::{Code, Fault};
use crate::marks::mark;
use crate::office::Office;
use crate::wire::common::Nothing;
use crate::wire::exports::{
    ExportPage, ExportRow, ExportStatus, ListExports, PageOf, RunView, StartExport,
};
use crate::{listing, show, typed};
use std::collections::BTreeMap;
use store::exports::{
    ExportColumn, ExportCounts, ExportFilter, ExportKind, ExportState, ExportView,
};
use store::{ConnectionRow, View};

const VIEWS: &[(&str, ExportView)] = &[
    ("all", ExportView::All),
    ("waiting", ExportView::Waiting),
    ("sending", ExportView::Sending),
    ("checking", ExportView::Checking),
    ("sent", ExportView::Sent),
    ("attention", ExportView::Attention),
    ("settled", ExportView::Settled),
];

const COLUMNS: &[(&str, ExportColumn)] = &[
    ("label", ExportColumn::Label),
    ("student", ExportColumn::Student),
    ("date", ExportColumn::Date),
    ("amount", ExportColumn::Amount),
    ("state", ExportColumn::State),
    ("changed_at", ExportColumn::ChangedAt),
];

/// What the engine is doing, over all open connections.
pub async fn export_status(office: &Office, _: &Actor, _: Nothing) -> Result<ExportStatus, Fault> {
    status(office).await
}

async fn status(office: &Office) -> Result<ExportStatus, Fault> {
    let mut view = office.store.read().await?;
    let counts = view.export_counts(None).await?;
    let mut runs = Vec::new();
    let mut running = false;
    for row in open_connections(&mut view).await? {
        if let Some(tally) = office.engine.running(row.id) {
            running = true;
            runs.push(tally);
        } else {
            runs.extend(last_run(&mut view, &row).await?);
        }
    }
    // What goes on is told before what is over.
    let latest = runs.into_iter().max_by_key(|it| (it.ended_at_ms.is_none(), it.started_at_ms));
    Ok(ExportStatus {
        running,
        waiting: counts.waiting,
        sending: counts.sending,
        checking: counts.checking,
        sent: counts.sent,
        attention: counts.attention,
        run: latest.map(|tally| run_view(&tally)),
    })
}

async fn open_connections(view: &mut View) -> Result<Vec<ConnectionRow>, Fault> {
    Ok(view.connections().await?.into_iter().filter(|row| !row.closed).collect())
}

/// Connections that have begun to send.
///
/// # Errors
/// [`Code::WrongState`] where there are connections, but none has.
async fn begun(view: &mut View) -> Result<Vec<ConnectionRow>, Fault> {
    let open = open_connections(view).await?;
    let mut begun = Vec::new();
    for row in &open {
        if view.connection_run(row.id).await?.started_at_ms.is_some() {
            begun.push(row.clone());
        }
    }
    if begun.is_empty() && !open.is_empty() {
        let fault = Fault::new(Code::WrongState, "No connection has begun to send yet.");
        return Err(fault.rule("not_begun"));
    }
    Ok(begun)
}

/// The figures of the last run of a connection; nothing where they cannot be read any more.
async fn last_run(view: &mut View, row: &ConnectionRow) -> Result<Option<Tally>, Fault> {
    let run = view.connection_run(row.id).await?;
    Ok(run.last_run.and_then(|last| serde_json::from_str(&last).ok()))
}

fn run_view(tally: &Tally) -> RunView {
    RunView {
        started_at: show::moment(tally.started_at_ms),
        ended_at: tally.ended_at_ms.map(show::moment),
        done: tally.done().min(tally.total),
        total: tally.total,
        sent: tally.sent,
        attached: tally.attached,
        attention: tally.attention,
        waiting: tally.waiting,
        calls: tally.calls,
        duplicates_prevented: tally.duplicates_prevented,
    }
}

/// Starts a run over one connection or all; the runs go on in the background. Naming a connection
/// lets it begin to send; asked for all, those that have not begun are left alone.
pub async fn start_export(
    office: &Office,
    _: &Actor,
    request: StartExport,
) -> Result<ExportStatus, Fault> {
    let mut tx = office.store.begin().await?;
    let wanted = match request.connection_id.as_deref().filter(|id| !id.is_empty()) {
        Some(id) => {
            let row = connecting::find_open(&mut tx, "connection_id", id).await?;
            runs::let_begin(office, &mut tx, row.id).await?;
            vec![row]
        }
        None => begun(&mut tx).await?,
    };
    tx.commit().await?;
    for row in &wanted {
        runs::start(office, row, Reach::All)?;
    }
    // Lets the runs begin, so that the answer shows them.
    tokio::task::yield_now().await;
    status(office).await
}

/// A page of records.
pub async fn list_exports(
    office: &Office,
    _: &Actor,
    request: ListExports,
) -> Result<ExportPage, Fault> {
    let filter = ExportFilter {
        connection: typed::optional_id("connection_id", request.connection_id.as_deref())?,
        view: typed::one_of("view", &request.view, VIEWS)?,
        query: typed::text("query", &request.query, typed::SHORT)?,
        kind: kind(request.kind.as_deref().unwrap_or_default())?,
        from: typed::optional_date("from", request.from.as_deref())?,
        to: typed::optional_date("to", request.to.as_deref())?,
        ..ExportFilter::default()
    };
    let order = listing::order(request.order.as_ref(), COLUMNS)?;
    let window = listing::window(&request.window);
    let mut view = office.store.read().await?;
    let page = view.list_exports(&filter, order, window).await?;
    let counts = view.export_counts(filter.connection).await?;
    Ok(ExportPage {
        rows: page.rows.iter().map(row).collect(),
        total: page.total,
        counts: named(&counts),
    })
}

fn kind(word: &str) -> Result<Option<ExportKind>, Fault> {
    let names: Vec<_> = ExportKind::ALL.iter().map(|kind| (kind.word(), *kind)).collect();
    if word.is_empty() { Ok(None) } else { typed::one_of("kind", word, &names).map(Some) }
}

fn named(counts: &ExportCounts) -> BTreeMap<String, u32> {
    let parts = [
        ("waiting", counts.waiting),
        ("sending", counts.sending),
        ("checking", counts.checking),
        ("sent", counts.sent),
        ("attention", counts.attention),
        ("settled", counts.settled),
    ];
    let all = parts.iter().fold(0_u32, |sum, (_, count)| sum.saturating_add(*count));
    let named = parts.into_iter().chain([("all", all)]);
    named.map(|(name, count)| (name.to_owned(), count)).collect()
}

/// A record as lists show it.
fn row(row: &store::exports::ExportRow) -> ExportRow {
    let waits =
        matches!(row.state, ExportState::Pending | ExportState::RetryWait | ExportState::Unknown);
    let next = Some(row.next_attempt_at_ms).filter(|next| waits && *next > 0);
    ExportRow {
        id: row.id.to_string(),
        connection_id: row.connection.to_string(),
        system: row.provider.clone(),
        kind: if row.undo { "removal" } else { row.kind.word() }.to_owned(),
        document_id: row.document_id.to_string(),
        label: row.label.clone(),
        student: row.student.clone(),
        page: row
            .page
            .map(|(kind, id)| PageOf { kind: kind.word().to_owned(), id: id.to_string() }),
        amount: row.amount.map(Into::into),
        date: row.date.map_or_else(String::new, |date| date.to_string()),
        state: mark(row.state).to_owned(),
        attempts: row.attempts,
        next_attempt_at: next.map(show::moment),
        external_number: row.external_number.clone(),
        url: row.url.clone(),
        changed_at: show::moment(row.changed_at_ms),
        cause: causes::id_of(row),
    }
}

/// The number of a record.
///
/// # Errors
/// [`Code::Invalid`] at `field`.
fn record_id(field: &str, text: &str) -> Result<i64, Fault> {
    typed::id(field, text)
}

fn no_record() -> Fault {
    Fault::new(Code::NotFound, "There is no such record.")
}
