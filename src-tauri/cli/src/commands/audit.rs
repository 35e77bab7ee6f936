//! What was recorded, by whom and when.
//!
//! Never changes anything.

use crate::answer::Answer;
use crate::args::Part;
use crate::ask::Asker;
use crate::show::{self, Table};
use clap::{Args, Subcommand};
use office::Fault;
use office::wire::audit::{AuditFilter, AuditPage, AuditRow, AuditSubject, ExportAudit, ListAudit};
use office::wire::common::{FileWish, MadeFile};
use std::path::PathBuf;

/// What is asked about the log. That nothing of it was changed, `kontor verify` proves.
#[derive(Subcommand)]
pub enum Audit {
    /// List entries, newest first
    List(List),
    /// Write entries to a CSV file, each with its hash
    Export(Export),
}

/// Which entries.
#[derive(Args)]
pub struct Wanted {
    /// Who, by sign-in name
    #[arg(long)]
    user: Option<String>,
    /// What happened, for example `invoice_issued`
    #[arg(long)]
    kind: Option<String>,
    /// About what, as `invoice/ID`, `student/ID`, `user/ID` … or `school`
    #[arg(long, value_name = "KIND/ID")]
    about: Option<String>,
    /// First day
    #[arg(long, value_name = "YYYY-MM-DD")]
    from: Option<String>,
    /// Last day
    #[arg(long, value_name = "YYYY-MM-DD")]
    to: Option<String>,
}

/// A list of them.
#[derive(Args)]
pub struct List {
    #[command(flatten)]
    wanted: Wanted,
    #[command(flatten)]
    part: Part,
}

/// A file of them.
#[derive(Args)]
pub struct Export {
    #[command(flatten)]
    wanted: Wanted,
    /// Folder of the file [default: the desk's own for papers]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl From<Wanted> for AuditFilter {
    fn from(wanted: Wanted) -> Self {
        let about = wanted.about.map(|about| {
            let (kind, id) = about.split_once('/').unwrap_or((&about, ""));
            AuditSubject { kind: kind.to_owned(), id: id.to_owned() }
        });
        Self { actor: wanted.user, kind: wanted.kind, about, from: wanted.from, to: wanted.to }
    }
}

/// Answers about the log.
///
/// # Errors
/// What the office refuses.
pub async fn answer(asker: &Asker, command: Audit) -> Result<Answer, Fault> {
    match command {
        Audit::List(wish) => list(asker, wish).await,
        Audit::Export(wish) => export(asker, wish).await,
    }
}

async fn list(asker: &Asker, wish: List) -> Result<Answer, Fault> {
    let request = ListAudit { filter: wish.wanted.into(), window: (&wish.part).into() };
    let page: AuditPage = asker.ask("list_audit", request).await?;
    let headings = ["When", "Desk", "Who", "What", "About", ">Amount", "Reason"];
    let table = Table::new(headings).rows(&page.rows, |row: &AuditRow| {
        vec![
            row.at.clone(),
            row.desk.clone(),
            row.actor.clone(),
            row.kind.clone(),
            row.label.clone(),
            row.amount.as_ref().map(show::money).unwrap_or_default(),
            row.reason.clone(),
        ]
    });
    let text = format!("{}\n{}", table.text(), show::shown(page.rows.len(), page.total));
    Answer::new(&page, text)
}

async fn export(asker: &Asker, wish: Export) -> Result<Answer, Fault> {
    let folder = super::folder(wish.out)?;
    let file = FileWish { inline: false, folder };
    let request = ExportAudit { filter: wish.wanted.into(), wish: file };
    let file: MadeFile = asker.ask("export_audit", request).await?;
    let text = file.path.clone();
    Answer::new(&file, text)
}
