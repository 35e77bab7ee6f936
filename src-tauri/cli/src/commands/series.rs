//! Number series and the proof that they have no gap.
//!
//! Never gives a number: issuing does.

use crate::answer::Answer;
use crate::ask::Asker;
use crate::show::Table;
use clap::{Args, Subcommand};
use office::Fault;
use office::wire::common::{FileWish, MadeFile};
use office::wire::series::{ExportSeries, SaveSeriesRule, SeriesRow, SeriesView};
use std::path::PathBuf;

/// What is asked about number series.
#[derive(Subcommand)]
pub enum Series {
    /// List every series, and which numbers no document bears
    List,
    /// Set how this desk numbers a kind of document
    Set(Set),
    /// Write the proof to a CSV file
    Export {
        /// Folder of the file [default: the desk's own for papers]
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
}

/// A rule.
#[derive(Args)]
pub struct Set {
    /// What is numbered
    #[arg(value_parser = ["invoice", "credit_note"])]
    kind: String,
    /// Text before the digits; `{year}` and `{yy}` stand for the year
    prefix: String,
    /// A series of its own for every year
    #[arg(long)]
    yearly: bool,
    /// Every year begins at 1 again
    #[arg(long, requires = "yearly")]
    restart: bool,
}

/// Answers about number series.
///
/// # Errors
/// What the office refuses.
pub async fn answer(asker: &Asker, command: Series) -> Result<Answer, Fault> {
    match command {
        Series::List => list(&asker.ask("number_series", serde_json::json!({})).await?),
        Series::Set(Set { kind, prefix, yearly, restart }) => {
            let rule = SaveSeriesRule { kind, prefix, yearly, restart };
            list(&asker.ask("save_series_rule", rule).await?)
        }
        Series::Export { out } => {
            let wish = FileWish { inline: false, folder: super::folder(out)? };
            let file: MadeFile = asker.ask("export_series", ExportSeries { wish }).await?;
            let text = file.path.clone();
            Answer::new(&file, text)
        }
    }
}

fn list(view: &SeriesView) -> Result<Answer, Fault> {
    let headings = ["Desk", "Kind", "Year", "First", "Last", "Next", ">Issued", "Missing"];
    let table = Table::new(headings).rows(&view.series, |row: &SeriesRow| {
        let missing = row.missing.iter();
        let missing = missing.map(|gap| format!("{}–{} ({})", gap.first, gap.last, gap.why));
        vec![
            row.desk.clone(),
            row.kind.clone(),
            row.year.map(|year| year.to_string()).unwrap_or_default(),
            row.first.clone(),
            row.last.clone().unwrap_or_default(),
            row.next.clone(),
            row.issued.to_string(),
            missing.collect::<Vec<_>>().join(", "),
        ]
    });
    let verdict = if view.gapless { "No number is missing." } else { "Numbers are missing." };
    let text = format!("{}\n{verdict}", table.text());
    Answer::new(view, text)
}
