//! Reports of accounting systems: read when somebody asks, kept with their day, set beside ours.
//!
//! Never corrects either side: it shows where both tell of one account and differ.

mod beside;
mod files;

pub use files::provider_report_file;

use crate::actor::Actor;
use crate::connecting::{self, Question};
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::provider_reports::{
    ProviderReportHead, ProviderReportRequest, ProviderReportView, ProviderReports,
    ProviderReportsRequest, ReadProviderReport,
};
use crate::{show, typed};
use chrono::{Datelike, NaiveDate};
use providers::document::Period;
use providers::registry::Provider;
use providers::report::ReportKind;
use store::{ReportLine, ReportSnapshot};

/// Days of the longest report: a year that has one more.
const MOST_DAYS: i64 = 366;

/// Days of the longest general ledger: it has a line for each posting, and nobody reads thousands.
const MOST_LEDGER_DAYS: i64 = 31;

/// What a connection can be asked for, and what was read.
pub async fn provider_reports(
    office: &Office,
    _: &Actor,
    request: ProviderReportsRequest,
) -> Result<ProviderReports, Fault> {
    let mut view = office.store.read().await?;
    let row = connecting::find(&mut view, "connection_id", &request.connection_id).await?;
    let system = Provider::from_key(&row.provider).filter(|_| !row.closed);
    let kinds: &[ReportKind] = match system {
        Some(system) => system.capabilities().reports,
        None => &[],
    };
    let read = view.report_snapshots(row.id).await?;
    Ok(ProviderReports {
        kinds: kinds.iter().map(|kind| kind.word().to_owned()).collect(),
        read: read.iter().map(head).collect(),
    })
}

/// One of those that were read, beside ours as ours stands now.
pub async fn provider_report(
    office: &Office,
    _: &Actor,
    request: ProviderReportRequest,
) -> Result<ProviderReportView, Fault> {
    let id: i64 = typed::id("id", &request.id)?;
    shown(office, id).await
}

/// Reads a report anew and keeps it beside those before it.
pub async fn read_provider_report(
    office: &Office,
    _: &Actor,
    request: ReadProviderReport,
) -> Result<ProviderReportView, Fault> {
    let kinds: Vec<_> = ReportKind::ALL.iter().map(|kind| (kind.word(), *kind)).collect();
    let kind = typed::one_of("kind", &request.kind, &kinds)?;
    let period = period(kind, &request)?;
    let mut view = office.store.read().await?;
    let row = connecting::find_open(&mut view, "connection_id", &request.connection_id).await?;
    drop(view);
    let question = Question::to(office, &row).await?;
    let answer = question.adapter.fetch_report(&question.session, kind, period).await;
    let report = question.heard(office, answer).await?;
    let lines: Vec<ReportLine> = report
        .rows
        .into_iter()
        .map(|row| ReportLine {
            section: row.section,
            name: row.name,
            codes: row.codes,
            amount: row.amount,
            is_sum: row.is_sum,
        })
        .collect();
    let head = ReportSnapshot {
        id: 0,
        connection: row.id,
        kind: kind.word().to_owned(),
        from: report.from,
        to: period.to,
        read_at_ms: office.clock.now().timestamp_millis(),
        currency: report.currency,
    };
    let mut tx = office.store.begin().await?;
    let id = tx.keep_report_snapshot(&head, &lines).await?;
    tx.commit().await?;
    shown(office, id).await
}

/// The days of a report: one that tells of all until a day begins with the day's year.
fn period(kind: ReportKind, request: &ReadProviderReport) -> Result<Period, Fault> {
    let to = typed::date("to", &request.to)?;
    let year = NaiveDate::from_ymd_opt(to.year(), 1, 1).unwrap_or(to);
    let from = if kind.is_of_days() { typed::date("from", &request.from)? } else { year };
    let refused = |rule: &str, text: &str| Fault::new(Code::Invalid, text).at("to").rule(rule);
    if to < from {
        return Err(refused("before_from", "The period ends before it begins."));
    }
    let days = (to - from).num_days();
    if days >= MOST_DAYS {
        return Err(refused("span_too_long", "At most a year is compared at once."));
    }
    if kind == ReportKind::GeneralLedger && days >= MOST_LEDGER_DAYS {
        return Err(refused("ledger_too_long", "A general ledger is read for at most a month."));
    }
    Ok(Period { from, to })
}

async fn shown(office: &Office, id: i64) -> Result<ProviderReportView, Fault> {
    let mut view = office.store.read().await?;
    let found = view.find_report_snapshot(id).await?;
    let (snapshot, lines) =
        found.ok_or_else(|| Fault::new(Code::NotFound, "There is no such report."))?;
    let connection = view.find_connection(snapshot.connection).await?;
    let system = connection.map(|row| connecting::system_name(office, &row.provider));
    beside::set(office, &mut view, &snapshot, &lines, system.unwrap_or_default()).await
}

fn head(of: &ReportSnapshot) -> ProviderReportHead {
    ProviderReportHead {
        id: of.id.to_string(),
        connection_id: of.connection.to_string(),
        kind: of.kind.clone(),
        from: of.from.to_string(),
        to: of.to.to_string(),
        read_at: show::moment(of.read_at_ms),
    }
}
