//! Mappings of columns that are kept under a name, and found again by the same heading row.
//!
//! Never applies one to a file whose headings differ.

use super::file::{self, DATES, DECIMALS, ENCODINGS, KINDS, Read};
use super::report;
use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::common::Nothing;
use crate::wire::imports::{
    FileReading, ForgetImportMapping, ImportCsv, ImportMappingRow, ImportMappings,
};
use crate::{show, typed};
use documents::csv_in::{Field, FileKind, Reading};
use store::{ImportMapping, Tx, View};

/// A mapping that was kept.
pub(super) struct Kept {
    pub kind: FileKind,
    pub name: String,
    pub headings: Vec<String>,
    pub columns: Vec<Option<Field>>,
    pub reading: Reading,
}

/// All of them, the last used first. One whose words this program does not know any more is left
/// out: the columns are then suggested anew.
///
/// # Errors
/// What the book reports.
pub(super) async fn all(view: &mut View) -> Result<Vec<Kept>, Fault> {
    let rows = view.import_mappings().await?;
    Ok(rows.iter().filter_map(read).collect())
}

fn read(row: &ImportMapping) -> Option<Kept> {
    let (_, kind) = KINDS.iter().find(|(name, _)| *name == row.kind)?;
    let headings: Vec<String> = serde_json::from_str(&row.headings).ok()?;
    let names: Vec<Option<String>> = serde_json::from_str(&row.columns).ok()?;
    let reading: FileReading = serde_json::from_str(&row.reading).ok()?;
    let field = |name: &Option<String>| match name {
        None => Some(None),
        Some(name) => {
            let held = kind.fields().iter().find(|held| report::name(held.field) == name)?;
            Some(Some(held.field))
        }
    };
    Some(Kept {
        kind: *kind,
        name: row.name.clone(),
        headings,
        columns: names.iter().map(field).collect::<Option<_>>()?,
        reading: file::reading(Some(&reading)).ok()?,
    })
}

/// Keeps how a file was read, where a person gave that a name.
///
/// # Errors
/// [`Code::Invalid`] at `keep_as`, or what the book reports.
pub(super) async fn keep(
    office: &Office,
    tx: &mut Tx,
    request: &ImportCsv,
    read: &Read,
) -> Result<(), Fault> {
    let name = typed::text("keep_as", request.keep_as.as_deref().unwrap_or_default(), 60)?;
    if name.is_empty() {
        return Ok(());
    }
    let written = |value: serde_json::Result<String>| {
        value.map_err(|error| Fault::new(Code::Internal, error.to_string()))
    };
    let columns: Vec<Option<&str>> =
        read.columns.iter().map(|field| field.map(report::name)).collect();
    let table = &read.table;
    let reading = FileReading {
        encoding: Some(show::name_of(&table.encoding, ENCODINGS)),
        delimiter: Some(table.delimiter.to_string()),
        decimal: table.decimal.map(|mark| show::name_of(&mark, DECIMALS)),
        dates: table.dates.map(|order| show::name_of(&order, DATES)),
    };
    let mapping = ImportMapping {
        kind: request.kind.clone(),
        name,
        headings: written(serde_json::to_string(&read.headings))?,
        columns: written(serde_json::to_string(&columns))?,
        reading: written(serde_json::to_string(&reading))?,
        used_at: office.clock.now().timestamp_millis(),
    };
    Ok(tx.keep_import_mapping(&mapping).await?)
}

/// The mappings that are kept.
pub async fn import_mappings(
    office: &Office,
    _: &Actor,
    _: Nothing,
) -> Result<ImportMappings, Fault> {
    let kept = all(&mut office.store.read().await?).await?;
    let rows = kept.into_iter().map(|kept| ImportMappingRow {
        kind: show::name_of(&kept.kind, KINDS),
        name: kept.name,
        headings: kept.headings,
    });
    Ok(ImportMappings { rows: rows.collect() })
}

/// Forgets one.
pub async fn forget_import_mapping(
    office: &Office,
    _: &Actor,
    request: ForgetImportMapping,
) -> Result<Nothing, Fault> {
    let mut tx = office.store.begin().await?;
    let there = tx.forget_import_mapping(&request.kind, &request.name).await?;
    tx.commit().await?;
    if there {
        return Ok(Nothing {});
    }
    let missing = Fault::new(Code::NotFound, "There is no mapping of this name.");
    Err(missing.rule("import_mapping"))
}
