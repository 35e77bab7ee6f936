//! Students, price lists, booking events, open invoices and payments out of CSV files.
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
use office::wire::imports::{
    FileLook, FileReading, ImportCsv, ImportReport, ImportRow, LookAtFile,
};

/// What becomes of the rows.
#[derive(Args)]
pub struct Wish {
    /// Only report; record nothing
    #[arg(long)]
    dry_run: bool,
    /// Record the good rows and leave the refused ones out
    #[arg(long)]
    skip_refused: bool,
    /// How letters are written: utf-8, utf-16 or windows-1252; found out where it is not said
    #[arg(long)]
    encoding: Option<String>,
    /// What stands between cells: ; or , or a tab; found out where it is not said
    #[arg(long)]
    delimiter: Option<String>,
    /// What stands before decimals: comma or point; found out where it is not said
    #[arg(long)]
    decimal: Option<String>,
    /// How days are written: year_first, day_first or month_first; found out where it is not said
    #[arg(long)]
    dates: Option<String>,
    /// What each column holds, in the order of the file, as in number,name,,email; a column that
    /// is not read stays empty. As kept or found out where it is not said
    #[arg(long, value_delimiter = ',')]
    columns: Vec<String>,
    /// Keep how the file was read under this name: a file with the same headings is then read alike
    #[arg(long)]
    keep_as: Option<String>,
    /// Payments: code of the payment method where the file names none
    #[arg(long)]
    method: Option<String>,
    /// Prices: VAT code where the file names none
    #[arg(long)]
    vat: Option<String>,
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
    let skips = import.wish.skip_refused;
    let mut request = ImportCsv {
        kind: kind.to_owned(),
        content: BASE64.encode(bytes),
        file_name: name.to_string_lossy().into_owned(),
        dry_run: import.wish.dry_run,
        skip_refused: import.wish.skip_refused,
        reading: import.wish.reading(),
        mapping: import.wish.mapping(),
        keep_as: import.wish.keep_as,
        method: import.wish.method,
        vat: import.wish.vat,
    };
    if request.mapping.is_none() {
        recall(asker, &mut request).await?;
    }
    let report: ImportReport = asker.ask(command, request).await?;
    let refused = report.refused > 0 && !skips;
    let exit = if refused { Exit::Refused } else { Exit::Done };
    Ok(Answer::new(&report, text(&report))?.ending(exit))
}

impl Wish {
    fn reading(&self) -> Option<FileReading> {
        let said = [&self.encoding, &self.delimiter, &self.decimal, &self.dates];
        said.iter().any(|word| word.is_some()).then(|| FileReading {
            encoding: self.encoding.clone(),
            delimiter: self.delimiter.clone(),
            decimal: self.decimal.clone(),
            dates: self.dates.clone(),
        })
    }

    fn mapping(&self) -> Option<Vec<Option<String>>> {
        let said = |name: &String| (!name.is_empty()).then(|| name.clone());
        (!self.columns.is_empty()).then(|| self.columns.iter().map(said).collect())
    }
}

/// Reads a file as one with the same headings was kept to be read.
async fn recall(asker: &Asker, request: &mut ImportCsv) -> Result<(), Fault> {
    let look = LookAtFile {
        content: request.content.clone(),
        file_name: request.file_name.clone(),
        kind: Some(request.kind.clone()),
        reading: request.reading.clone(),
        mapping: None,
    };
    let found: FileLook = asker.ask("look_at_file", look).await?;
    if !found.recalled.is_empty() {
        request.reading = request.reading.take().or(Some(found.reading));
        request.mapping = Some(found.columns.into_iter().map(|column| column.field).collect());
    }
    Ok(())
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
        ("Left out", report.left_out.to_string()),
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
