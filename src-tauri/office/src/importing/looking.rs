//! A look at a file: what it seems to be, how it is read, and what its columns seem to hold.
//!
//! Never records anything, and never hides what it was not sure of.

use super::file::{self, DATES, DECIMALS, ENCODINGS, KINDS, SOURCES};
use super::{keeping, report};
use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::imports::{ColumnLook, FieldChoice, FileLook, FileReading, LookAtFile};
use crate::{show, typed};
use documents::csv_in::{Field, FileKind, Foreign, Reading, Sheet};
use keeping::Kept;

/// Cells shown of each column, and rows looked through for them.
const SAMPLES: usize = 3;
const LOOKED_THROUGH: usize = 50;

/// Looks at a file.
pub async fn look_at_file(
    office: &Office,
    _: &Actor,
    request: LookAtFile,
) -> Result<FileLook, Fault> {
    typed::text("file_name", &request.file_name, 255)?;
    let kept = keeping::all(&mut office.store.read().await?).await?;
    tokio::task::spawn_blocking(move || look(&request, &kept))
        .await
        .map_err(|lost| Fault::new(Code::Internal, lost.to_string()))?
}

fn look(request: &LookAtFile, kept: &[Kept]) -> Result<FileLook, Fault> {
    let said = file::reading(request.reading.as_ref())?;
    let wanted = request.kind.as_deref().filter(|kind| !kind.is_empty());
    let wanted = wanted.map(|kind| typed::one_of("kind", kind, KINDS)).transpose()?;
    let first = file::sheet(&request.content, &said)?;
    let fits = |kept: &&Kept| {
        kept.headings == first.headings && wanted.is_none_or(|kind| kind == kept.kind)
    };
    let recalled = kept.iter().find(fits).filter(|_| request.mapping.is_none());
    // What a person says of this file holds before what was kept of an earlier one.
    let (sheet, reading) = match recalled {
        Some(kept) if request.reading.is_none() => {
            (file::sheet(&request.content, &kept.reading)?, kept.reading)
        }
        _ => (first, said),
    };
    let foreign = sheet.foreign();
    let kind = wanted
        .or_else(|| recalled.map(|kept| kept.kind))
        .or_else(|| foreign.as_ref().map(|foreign| foreign.kind))
        .or_else(|| FileKind::of(&sheet.headings));
    let foreign = foreign.filter(|foreign| Some(foreign.kind) == kind);
    let columns = match (kind, &request.mapping, recalled, &foreign) {
        (None, ..) => vec![None; sheet.headings.len()],
        (Some(kind), Some(said), ..) => file::columns(said, kind, &sheet)?,
        (_, None, Some(kept), _) => kept.columns.clone(),
        (_, None, None, Some(foreign)) => foreign.columns.clone(),
        (Some(kind), None, None, None) => sheet.suggested(kind),
    };
    let reading = file::foreign_reading(reading, foreign.as_ref());
    let recalled = recalled.map_or_else(String::new, |kept| kept.name.clone());
    Ok(view(&sheet, (kind, foreign.as_ref()), (&columns, &reading), recalled))
}

fn view(
    sheet: &Sheet,
    (kind, foreign): (Option<FileKind>, Option<&Foreign>),
    (columns, reading): (&[Option<Field>], &Reading),
    recalled: String,
) -> FileLook {
    let (decimal, dates) = sheet.marks(columns);
    let choices = kind.map_or(&[][..], FileKind::fields).iter();
    FileLook {
        kind: kind.map(|kind| show::name_of(&kind, KINDS)),
        source: foreign.map_or_else(String::new, |foreign| show::name_of(&foreign.source, SOURCES)),
        reading: FileReading {
            encoding: Some(show::name_of(&sheet.encoding, ENCODINGS)),
            delimiter: Some(sheet.delimiter.to_string()),
            decimal: reading.decimal.or(decimal).map(|mark| show::name_of(&mark, DECIMALS)),
            dates: reading.dates.or(dates).map(|order| show::name_of(&order, DATES)),
        },
        columns: (0..sheet.headings.len()).map(|place| column(sheet, columns, place)).collect(),
        choices: choices
            .map(|held| FieldChoice {
                field: report::name(held.field).to_owned(),
                group: held.group.to_owned(),
            })
            .collect(),
        recalled,
        rows: u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX),
        missing: kind
            .and_then(|kind| kind.missing(columns))
            .map(|field| report::name(field).to_owned()),
    }
}

fn column(sheet: &Sheet, columns: &[Option<Field>], place: usize) -> ColumnLook {
    let cells = sheet.rows.iter().take(LOOKED_THROUGH).filter_map(|row| row.cells.get(place));
    let samples = cells.filter(|cell| !cell.is_empty()).take(SAMPLES);
    ColumnLook {
        heading: report::shown(sheet.headings.get(place).map_or("", String::as_str)),
        samples: samples.map(|cell| report::shown(cell)).collect(),
        field: columns.get(place).copied().flatten().map(|field| report::name(field).to_owned()),
    }
}
