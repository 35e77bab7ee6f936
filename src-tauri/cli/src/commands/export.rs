//! What goes to accounting systems, and the accountant's files.
//!
//! Never decides about a record that waits for a person: it says so and ends with a code.

use super::folder;
use crate::answer::Answer;
use crate::ask::Asker;
use crate::exit::Exit;
use crate::show::{self, Table};
use clap::{Args, Subcommand};
use office::wire::connections::{ConnectionView, ConnectionsView};
use office::wire::exports::{CauseView, CausesView, ExportStatus, StartExport};
use office::wire::imports::{ExportCsv, ExportCsvView};
use office::{Desk, Fault};
use serde_json::json;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// How often the engine is asked how far it is.
const LOOK_EVERY: Duration = Duration::from_millis(300);
/// How often the office is asked whether something is due.
const TICK: Duration = Duration::from_secs(1);

/// What is asked about exports.
#[derive(Subcommand)]
pub enum Export {
    /// Send until nothing is left to do without a person
    Run(Run),
    /// Say how many records wait, were sent, or need a person
    Status,
    /// Say why records wait
    Causes,
    /// Write the accountant's CSV files
    Csv(Csv),
}

/// How to send.
#[derive(Args)]
pub struct Run {
    /// Id of one connection, which then begins to send [default: all that have begun]
    #[arg(long)]
    connection: Option<String>,
    /// Give up waiting after so many minutes; what waits then is sent by a later run
    #[arg(long, value_name = "MINUTES", default_value_t = 60)]
    at_most: u32,
}

/// Which days.
#[derive(Args)]
pub struct Csv {
    /// First day, YYYY-MM-DD [default: from the beginning]
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// Last day, YYYY-MM-DD [default: to the end]
    #[arg(long, value_name = "DAY")]
    to: Option<String>,
    /// Folder [default: the desk's own for papers]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Answers about exports.
///
/// # Errors
/// What the office refuses.
pub async fn answer(asker: &Asker, command: Export) -> Result<Answer, Fault> {
    match command {
        Export::Run(wish) => run(asker, wish).await,
        Export::Status => {
            let status = status(asker).await?;
            Ok(shown(&status)?.ending(attention(&status)))
        }
        Export::Causes => causes(asker).await,
        Export::Csv(wish) => csv(asker, wish).await,
    }
}

async fn run(asker: &Asker, wish: Run) -> Result<Answer, Fault> {
    let request = StartExport { connection_id: wish.connection };
    asker.ask::<ExportStatus>("start_export", request).await?;
    // It ends with the runtime: until the book is closed a run under way must not be cut in half.
    drop(tokio::spawn(ticking(asker.desk().clone())));
    let patience = Duration::from_secs(u64::from(wish.at_most) * 60);
    let stopped = tokio::select! {
        settled = tokio::time::timeout(patience, settle(asker)) => {
            // What is still waiting when the time is up shows in the status.
            settled.unwrap_or(Ok(()))?;
            false
        }
        interrupted = tokio::signal::ctrl_c() => interrupted.is_ok(),
    };
    let status = status(asker).await?;
    let exit = if stopped { Exit::Stopped } else { left_over(&status) };
    Ok(shown(&status)?.ending(exit))
}

async fn ticking(desk: Arc<Desk>) {
    loop {
        desk.tick().await;
        tokio::time::sleep(TICK).await;
    }
}

/// Waits until nothing moves without a person.
async fn settle(asker: &Asker) -> Result<(), Fault> {
    loop {
        let status = status(asker).await?;
        let at_rest = !status.running && status.sending == 0;
        if at_rest && (status.waiting == 0 && status.checking == 0 || !moves(asker).await?) {
            return Ok(());
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// Whether any connection can go on by itself: one that is signed in, with more waiting than what
/// depends on a record that waits for a person.
async fn moves(asker: &Asker) -> Result<bool, Fault> {
    let view: ConnectionsView = asker.ask("connections", json!({})).await?;
    let causes: CausesView = asker.ask("export_causes", json!({})).await?;
    let held = |connection: &ConnectionView| -> u32 {
        let own = causes.waiting.iter().filter(|cause| cause.connection_id == connection.id);
        own.filter(|cause| cause.class == "depends").map(|cause| cause.documents).sum()
    };
    let mut ready = view.connections.iter().filter(|connection| connection.state == "ready");
    Ok(ready.any(|one| one.checking > 0 || one.waiting > held(one)))
}

async fn status(asker: &Asker) -> Result<ExportStatus, Fault> {
    asker.ask("export_status", json!({})).await
}

fn attention(status: &ExportStatus) -> Exit {
    if status.attention > 0 { Exit::Attention } else { Exit::Done }
}

/// After a run also what could not be sent needs attention.
fn left_over(status: &ExportStatus) -> Exit {
    let waits = status.waiting > 0 || status.checking > 0 || status.sending > 0;
    if waits { Exit::Attention } else { attention(status) }
}

fn shown(status: &ExportStatus) -> Result<Answer, Fault> {
    let run = status.run.as_ref();
    let of_run =
        |part: fn(&office::wire::exports::RunView) -> String| run.map(part).unwrap_or_default();
    let text = show::facts(&[
        ("Running", if status.running { "yes" } else { "no" }.to_owned()),
        ("Sent", status.sent.to_string()),
        ("Waiting", status.waiting.to_string()),
        ("Sending", status.sending.to_string()),
        ("Checking", status.checking.to_string()),
        ("Need a person", status.attention.to_string()),
        ("Last run began", of_run(|run| run.started_at.clone())),
        ("Sent by it", of_run(|run| run.sent.to_string())),
        ("Calls made", of_run(|run| run.calls.to_string())),
        ("Duplicates prevented", of_run(|run| run.duplicates_prevented.to_string())),
    ]);
    Answer::new(status, text)
}

async fn causes(asker: &Asker) -> Result<Answer, Fault> {
    let view: CausesView = asker.ask("export_causes", json!({})).await?;
    let exit = if view.causes.is_empty() { Exit::Done } else { Exit::Attention };
    let groups = [
        ("needs a person", &view.causes),
        ("is being checked", &view.checking),
        ("waits", &view.waiting),
    ];
    let rows: Vec<(&str, &CauseView)> = groups
        .into_iter()
        .flat_map(|(group, causes)| causes.iter().map(move |cause| (group, cause)))
        .collect();
    if rows.is_empty() {
        return Answer::new(&view, "Nothing waits.");
    }
    let headings = ["System", "State", "Cause", ">Records", ">Amount", "Since", "About"];
    let table = Table::new(headings).rows(&rows, |(group, cause)| {
        let about: Vec<String> =
            cause.params.iter().map(|(name, value)| format!("{name}={value}")).collect();
        vec![
            cause.system.clone(),
            (*group).to_owned(),
            cause.class.clone(),
            cause.documents.to_string(),
            cause.amount.as_ref().map(show::money).unwrap_or_default(),
            cause.since.clone(),
            about.join(" "),
        ]
    });
    Ok(Answer::new(&view, table.text())?.ending(exit))
}

async fn csv(asker: &Asker, wish: Csv) -> Result<Answer, Fault> {
    let request = ExportCsv { from: wish.from, to: wish.to, folder: folder(wish.out)? };
    let view: ExportCsvView = asker.ask("export_csv", request).await?;
    let table = Table::new(["File", ">Rows", "SHA-256"]).rows(&view.files, |file| {
        vec![file.name.clone(), file.rows.to_string(), file.hash.clone()]
    });
    let text = format!("{}\n\nin {}", table.text(), view.folder);
    Answer::new(&view, text)
}
