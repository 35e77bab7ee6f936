//! Students, price lists and booking events out of CSV files.
//!
//! Never records half a file without being told to: see `--skip-refused`.

use crate::answer::Answer;
use crate::args::Import;
use crate::ask::Asker;
use crate::exit::Exit;
use crate::show::{self, Table};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use clap::Args;
use office::Fault;
use office::wire::imports::{ImportCsv, ImportReport, ImportRow};

/// What becomes of the rows.
#[derive(Args)]
pub struct Wish {
    /// Only report; record nothing
    #[arg(long)]
    dry_run: bool,
    /// Record the good rows and leave the refused ones out
    #[arg(long)]
    skip_refused: bool,
}

/// Reads a file in; ends with [`Exit::Refused`] where rows were refused and none left out on
/// purpose.
///
/// # Errors
/// What the disk reports, or what the office refuses.
pub async fn import(asker: &Asker, kind: &str, import: Import) -> Result<Answer, Fault> {
    import_by(asker, "import_csv", kind, import).await
}

/// The same, by another command of the office.
///
/// # Errors
/// As [`import`].
pub async fn import_by(
    asker: &Asker,
    command: &str,
    kind: &str,
    import: Import,
) -> Result<Answer, Fault> {
    let bytes = std::fs::read(&import.file).map_err(|error| office::files::fault(&error))?;
    let name = import.file.file_name().unwrap_or_default();
    let request = ImportCsv {
        kind: kind.to_owned(),
        content: BASE64.encode(bytes),
        file_name: name.to_string_lossy().into_owned(),
        dry_run: import.wish.dry_run,
        skip_refused: import.wish.skip_refused,
    };
    let report: ImportReport = asker.ask(command, request).await?;
    let refused = report.refused > 0 && !import.wish.skip_refused;
    let exit = if refused { Exit::Refused } else { Exit::Done };
    Ok(Answer::new(&report, text(&report))?.ending(exit))
}

fn text(report: &ImportReport) -> String {
    let facts = show::facts(&[
        ("File", report.file_name.clone()),
        ("Encoding", report.encoding.clone()),
        ("Columns", report.columns.join(", ")),
        ("Not known", report.ignored_columns.join(", ")),
        ("Rows read", report.read.to_string()),
        ("Accepted", report.accepted.to_string()),
        ("Unchanged", report.unchanged.to_string()),
        ("Refused", report.refused.to_string()),
        ("Recorded", if report.recorded { "yes" } else { "no" }.to_owned()),
    ]);
    let refused: Vec<&ImportRow> =
        report.rows.iter().filter(|row| row.outcome == "refused").collect();
    if refused.is_empty() {
        return facts;
    }
    let said = |text: &Option<String>| text.clone().unwrap_or_default();
    let table =
        Table::new([">Line", "Row", "Refused for", "Column", "Value"]).rows(&refused, |row| {
            let line = row.line.to_string();
            vec![line, row.label.clone(), said(&row.code), said(&row.column), said(&row.value)]
        });
    format!("{facts}\n\n{}", table.text())
}
