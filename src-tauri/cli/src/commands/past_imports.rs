//! Files that were read in, and taking one back.
//!
//! Never takes more back than its preview said: what changed between the two is refused.

use crate::answer::Answer;
use crate::args::Part;
use crate::ask::Asker;
use crate::exit::Exit;
use crate::show::{self, Table};
use clap::Subcommand;
use office::Fault;
use office::wire::imports::{
    ImportDetail, ImportList, ImportRequest, ImportedFile, ImportedRow, PreviewTakingBack,
    TakeBackImport, TakingBack,
};
use serde_json::json;

/// What is asked about files that were read in.
#[derive(Subcommand)]
pub enum Imports {
    /// List the files read in last
    List,
    /// Show what a file brought in, and what became of it
    Show {
        /// Id of the import
        id: String,
        #[command(flatten)]
        part: Part,
    },
    /// Take back what a file brought in by mistake; what was used since stays
    Back {
        /// Id of the import
        id: String,
        /// Why
        #[arg(long)]
        reason: String,
        /// Only say what would be taken back and what stays
        #[arg(long)]
        dry_run: bool,
    },
}

/// Answers about files that were read in.
///
/// # Errors
/// What the office refuses.
pub async fn answer(asker: &Asker, command: Imports) -> Result<Answer, Fault> {
    match command {
        Imports::List => {
            let list: ImportList = asker.ask("list_imports", json!({})).await?;
            Answer::new(&list, files(&list.rows))
        }
        Imports::Show { id, part } => {
            let request = ImportRequest { id, window: (&part).into() };
            let found: ImportDetail = asker.ask("find_import", request).await?;
            Answer::new(&found, detail(&found))
        }
        Imports::Back { id, reason, dry_run } => back(asker, (id, reason), dry_run).await,
    }
}

/// Takes a file back; ends with [`Exit::Refused`] where something of it stays.
async fn back(
    asker: &Asker,
    (id, reason): (String, String),
    dry_run: bool,
) -> Result<Answer, Fault> {
    let request = PreviewTakingBack { id: id.clone() };
    let preview: TakingBack = asker.ask("preview_taking_back", request).await?;
    let ending = |stays| if stays { Exit::Refused } else { Exit::Done };
    if dry_run {
        let facts = show::facts(&[("Would be taken back", preview.rows.to_string())]);
        let text = format!("{facts}\n\n{}", rows(&preview.staying));
        return Ok(Answer::new(&preview, text)?.ending(ending(!preview.stays.is_empty())));
    }
    let request = TakeBackImport { id, reason, rows: preview.rows };
    let done: ImportDetail = asker.ask("take_back_import", request).await?;
    let text = detail(&done);
    Ok(Answer::new(&done, text)?.ending(ending(done.file.stays > 0)))
}

fn detail(found: &ImportDetail) -> String {
    let file = files(std::slice::from_ref(&found.file));
    let end = found.file.end.as_ref().map(|end| {
        show::facts(&[
            ("Taken back", end.at.clone()),
            ("By", end.actor.clone()),
            ("Because", end.reason.clone()),
        ])
    });
    let parts = [Some(file), end, Some(rows(&found.rows))];
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n")
}

fn files(files: &[ImportedFile]) -> String {
    let headings = ["Read", "Kind", "File", "By", "State", ">Rows", ">Taken back", ">Stays", "Id"];
    let table = Table::new(headings).rows(files, |file| {
        vec![
            file.at.clone(),
            file.kind.clone(),
            file.file_name.clone(),
            file.actor.clone(),
            file.state.clone(),
            file.brought.to_string(),
            file.taken_back.to_string(),
            file.stays.to_string(),
            file.id.clone(),
        ]
    });
    table.text()
}

fn rows(rows: &[ImportedRow]) -> String {
    let headings = [">Line", "What", "Number", "Name", ">Amount", "Outcome", "Because"];
    let table = Table::new(headings).rows(rows, |row| {
        vec![
            row.line.to_string(),
            row.what.clone(),
            row.number.clone(),
            row.name.clone(),
            row.amount.as_ref().map(|money| money.0.plain()).unwrap_or_default(),
            row.outcome.clone(),
            row.reason.clone(),
        ]
    });
    table.text()
}
