//! The accounting side: mapping, running, mending, comparing.

use crate::ask::{Asker, Outcome};
use crate::figures::Said;
use crate::sign_in::Connection;
use office::Desk;
use office::wire::common::{Nothing, Window};
use office::wire::connections::ConnectionRequest;
use office::wire::desk::{DeskStatus, VerifyReport};
use office::wire::exports::{CausesView, ExportPage, ListExports, StartExport};
use office::wire::mapping::{MappingChange, MappingSaved, MappingView, RemoteChoice, SaveMapping};
use office::wire::reconcile::{Reconciliation, ReconciliationRequest};
use std::time::{Duration, Instant};

/// How long a run with faults may take before the demo gives up.
const PATIENCE: Duration = Duration::from_secs(300);

/// The VAT code left out on purpose, and what it would be mapped to.
pub struct LeftOut {
    change: MappingChange,
    mapped: usize,
}

impl Said for LeftOut {
    fn said(&self) -> String {
        format!("{} mapped, VAT code {} left out", self.mapped, self.change.local_key)
    }
}

/// Accepts every suggestion but that of the last VAT code that has one; what has no suggestion is
/// chosen as a person would: the first account or rate that fits.
pub async fn map_all_but_one(asker: &Asker, connection: &Connection) -> Outcome<LeftOut> {
    let request = ConnectionRequest { id: connection.id.clone() };
    let view: MappingView = asker.ask("refresh_reference_data", request).await?;
    let mut changes: Vec<MappingChange> = Vec::new();
    for row in view.rows.iter().filter(|row| row.state != "mapped") {
        let choices = if row.kind == "tax_code" { &view.tax_codes } else { &view.accounts };
        let usual = if row.kind == "service" { "income" } else { "bank" };
        let fits = |choice: &&RemoteChoice| choice.fits.contains(&row.kind);
        let fitting = choices
            .iter()
            .filter(fits)
            .find(|choice| choice.detail == usual)
            .or_else(|| choices.iter().find(fits));
        let suggested = row.suggestion.as_ref().map(|suggestion| suggestion.remote_code.clone());
        let from_suggestion = suggested.is_some();
        let remote_code = suggested.or_else(|| fitting.map(|choice| choice.code.clone()));
        changes.push(MappingChange {
            kind: row.kind.clone(),
            local_key: row.local_key.clone(),
            remote_code,
            from_suggestion,
        });
    }
    let last =
        changes.iter().rposition(|change| change.kind == "tax_code" && change.local_key == "3");
    let left = changes.remove(last.ok_or("VAT code 3 is not there to be left out")?);
    let mapped = changes.len();
    let request =
        SaveMapping { connection_id: connection.id.clone(), department_id: None, changes };
    let _: MappingSaved = asker.ask("save_mapping", request).await?;
    Ok(LeftOut { change: left, mapped })
}

/// Lets the connection send, and waits until nothing is left to do without a person.
pub async fn run(asker: &Asker, desk: &Desk, connection: &Connection) -> Outcome<String> {
    let begun = Instant::now();
    let request = StartExport { connection_id: Some(connection.id.clone()) };
    let _: office::wire::exports::ExportStatus = asker.ask("start_export", request).await?;
    loop {
        desk.tick().await;
        let page = page(asker, connection).await?;
        let count = |state: &str| page.counts.get(state).copied().unwrap_or(0);
        if count("waiting") + count("sending") + count("checking") <= held_up(asker).await? {
            return Ok(format!("{} sent, {} need a person", count("sent"), count("attention")));
        }
        if begun.elapsed() > PATIENCE {
            let causes: CausesView = asker.ask("export_causes", Nothing {}).await?;
            let why =
                (page.counts, causes.waiting.len(), causes.checking.len(), causes.causes.len());
            return Err(format!("still under way after {PATIENCE:?}: {why:?}").into());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Records that wait for another which needs a person.
async fn held_up(asker: &Asker) -> Outcome<u32> {
    let causes: CausesView = asker.ask("export_causes", Nothing {}).await?;
    let depends = causes.waiting.iter().chain(&causes.causes).filter(|c| c.class == "depends");
    Ok(depends.map(|cause| cause.documents).sum())
}

async fn page(asker: &Asker, connection: &Connection) -> Outcome<ExportPage> {
    let request = ListExports {
        connection_id: Some(connection.id.clone()),
        view: "all".into(),
        query: String::new(),
        kind: None,
        from: None,
        to: None,
        order: None,
        window: Window { offset: 0, limit: 1 },
    };
    asker.ask("list_exports", request).await
}

/// Finds the missing VAT code among the causes, and maps it.
pub async fn mend(asker: &Asker, connection: &Connection, left: &LeftOut) -> Outcome<String> {
    let causes: CausesView = asker.ask("export_causes", Nothing {}).await?;
    let cause = causes
        .causes
        .iter()
        .find(|cause| cause.mapping.as_ref().is_some_and(|m| m.local_key == left.change.local_key))
        .ok_or_else(|| {
            format!("the missing VAT code is not among the causes: {:?}", causes.causes)
        })?;
    let held = cause.documents;
    let others = causes.causes.len() - 1;
    let request = SaveMapping {
        connection_id: connection.id.clone(),
        department_id: None,
        changes: vec![left.change.clone()],
    };
    let saved: MappingSaved = asker.ask("save_mapping", request).await?;
    Ok(format!(
        "one cause held {held} documents ({others} other causes), {} released",
        saved.released
    ))
}

/// Compares both sides record by record, for the year of the desk's day.
pub async fn reconcile(asker: &Asker, connection: &Connection) -> Outcome<String> {
    let status: DeskStatus = asker.ask("desk_status", Nothing {}).await?;
    let year = status.today.get(..4).unwrap_or_default();
    let request = ReconciliationRequest {
        connection_id: connection.id.clone(),
        from: format!("{year}-01-01"),
        to: format!("{year}-12-31"),
    };
    let view: Reconciliation = asker.ask("read_reconciliation", request).await?;
    let causes: CausesView = asker.ask("export_causes", Nothing {}).await?;
    if !view.differences.is_empty() || !causes.causes.is_empty() {
        return Err(format!("it does not agree: {:?} {:?}", view.differences, causes.causes).into());
    }
    let row = |kind: &str| {
        view.sums.iter().find(|row| row.kind == kind).map_or_else(String::new, |row| {
            format!("{} {kind}s {}", row.ours.count, row.ours.gross.0)
        })
    };
    Ok(format!("{}; {}; {}", row("invoice"), row("credit_note"), row("payment")))
}

/// Replays the facts and compares every derived row.
pub async fn verify(asker: &Asker) -> Outcome<String> {
    let report: VerifyReport = asker.ask("verify_book", Nothing {}).await?;
    if report.chain_holds && report.tables_agree && report.file_sound {
        Ok(format!("{} facts, chain holds, tables agree", report.facts))
    } else {
        Err(format!("{:?}", report.findings).into())
    }
}
