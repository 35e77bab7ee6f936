//! The accountant's CSV files.
//!
//! Never half a file: each is written whole under its name, with its hash in the answer.

mod given;
mod rows;

use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::files;
use crate::office::Office;
use crate::papers;
use crate::typed;
use crate::wire::imports::{ExportCsv, ExportCsvView, ExportedFile};
use chrono::NaiveDate;
use documents::csv_out::{self, CsvError, CsvFile};
use sha2::{Digest, Sha256};
use std::path::Path;

/// From the first to the last day, both counted.
#[derive(Clone, Copy)]
struct Period {
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

impl Period {
    fn holds(self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| day >= from) && self.to.is_none_or(|to| day <= to)
    }
}

/// Writes one file per kind of record into a folder of its own.
pub async fn export_csv(
    office: &Office,
    _: &Actor,
    request: ExportCsv,
) -> Result<ExportCsvView, Fault> {
    let period = Period {
        from: typed::optional_date("from", request.from.as_deref())?,
        to: typed::optional_date("to", request.to.as_deref())?,
    };
    if let (Some(from), Some(to)) = (period.from, period.to)
        && to < from
    {
        let fault = Fault::new(Code::Invalid, "The period ends before it begins.");
        return Err(fault.at("to").rule("period"));
    }
    let folder = papers::folder(office, request.folder.as_deref())?;
    let folder = folder.join(format!("Kontor-CSV-{}", office.today()));
    let rows = rows::read(office, period).await?;
    let given = given::Given::read(&mut office.store.read().await?, period).await?;
    let target = folder.clone();
    let files = tokio::task::spawn_blocking(move || write_all(&target, &rows, &given))
        .await
        .map_err(|lost| Fault::new(Code::Internal, lost.to_string()))??;
    for file in &files {
        office.note_made(Path::new(&file.path));
    }
    Ok(ExportCsvView { folder: folder.display().to_string(), files })
}

type Make<'a> = (&'static str, Box<dyn Fn() -> Result<CsvFile, CsvError> + 'a>);

fn write_all(
    folder: &Path,
    rows: &rows::Rows,
    given: &given::Given,
) -> Result<Vec<ExportedFile>, Fault> {
    let files: [Make<'_>; 8] = [
        ("invoices.csv", Box::new(|| csv_out::invoices(&rows.invoices, true))),
        ("lines.csv", Box::new(|| csv_out::lines(&rows.lines, true))),
        ("credit-notes.csv", Box::new(|| csv_out::credit_notes(&rows.credit_notes, true))),
        ("payments.csv", Box::new(|| csv_out::payments(&rows.payments, true))),
        ("allocations.csv", Box::new(|| csv_out::allocations(&rows.allocations, true))),
        ("refunds.csv", Box::new(|| given.refunds())),
        ("write-offs.csv", Box::new(|| given.write_offs())),
        ("customers.csv", Box::new(|| csv_out::customers(&rows.customers, true))),
    ];
    files.into_iter().map(|(name, make)| write(folder, name, make())).collect()
}

fn write(
    folder: &Path,
    name: &str,
    made: Result<CsvFile, CsvError>,
) -> Result<ExportedFile, Fault> {
    let file = made.map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
    let path = folder.join(name);
    files::write_whole(&path, &file.bytes)?;
    let hash: String =
        Sha256::digest(&file.bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(ExportedFile {
        path: path.display().to_string(),
        name: name.to_owned(),
        rows: u32::try_from(file.rows).unwrap_or(u32::MAX),
        hash,
    })
}
