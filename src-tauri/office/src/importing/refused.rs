//! The refused rows of a file as a file of their own.
//!
//! Never changes a cell: each row stands as it stood, with its line and the reason behind it.

use super::file;
use super::report::{self, Outcome};
use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::files;
use crate::office::Office;
use crate::wire::common::MadeFile;
use crate::wire::imports::RefusedRows;
use crate::{papers, typed};
use documents::csv_out;
use std::collections::BTreeMap;

/// Writes them; read again after mending, what is behind the columns of the file is not known and
/// left out.
pub async fn refused_rows(
    office: &Office,
    _: &Actor,
    request: RefusedRows,
) -> Result<MadeFile, Fault> {
    let RefusedRows { file: request, reasons, wish } = request;
    let kind = typed::one_of("kind", &request.kind, file::KINDS)?;
    let name = typed::text("file_name", &request.file_name, 255)?;
    let (request, read) = super::read_file(request, kind).await?;
    let mut view = office.store.read().await?;
    let outcomes = super::outcomes(&mut view, office, (kind, &request), &read).await?;
    drop(view);
    let whole = file::sheet(&request.content, &file::reading(request.reading.as_ref())?)?;
    let cells: BTreeMap<u64, Vec<String>> =
        whole.rows.into_iter().map(|row| (row.line, row.cells)).collect();
    let mut headings = read.headings;
    headings.extend(["kontor_line", "kontor_column", "kontor_why"].map(str::to_owned));
    let refused = outcomes.into_iter().filter_map(|outcome| match outcome {
        Outcome::Refused { line, refusal, .. } => {
            let why = reasons.get(&refusal.code).unwrap_or(&refusal.code);
            let mut row = cells.get(&line).cloned().unwrap_or_default();
            let column = refusal.column.unwrap_or_default();
            row.extend([line.to_string(), column.to_owned(), report::shown(why)]);
            Some(row)
        }
        _ => None,
    });
    let made = csv_out::rows(&headings, refused, read.table.delimiter)
        .map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
    let name = format!("{}-refused.csv", files::safe_name(stem));
    papers::give(office, &wish, &name, &made.bytes)
}
