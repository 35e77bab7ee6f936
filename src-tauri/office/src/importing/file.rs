//! From a person's bytes to a table: what is said about a file, what is found out, and what was
//! kept of an earlier one.
//!
//! Never overrules a person: what they say about a file holds.

use super::report;
use crate::fault::{Code, Fault};
use crate::typed;
use crate::wire::imports::FileReading;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use documents::csv_in::{
    self, DateOrder, DecimalMark, Encoding, Field, FileKind, Foreign, Reading, Sheet, Source,
    Table, TableProblem,
};

pub(super) const KINDS: &[(&str, FileKind)] = &[
    ("students", FileKind::Students),
    ("services", FileKind::Services),
    ("bookings", FileKind::Bookings),
    ("invoices", FileKind::Invoices),
    ("payments", FileKind::Payments),
];
pub(super) const ENCODINGS: &[(&str, Encoding)] = &[
    ("utf-8", Encoding::Utf8),
    ("utf-16", Encoding::Utf16),
    ("windows-1252", Encoding::Windows1252),
];
const DELIMITERS: &[(&str, char)] = &[(";", ';'), (",", ','), ("\t", '\t')];
pub(super) const DECIMALS: &[(&str, DecimalMark)] =
    &[("comma", DecimalMark::Comma), ("point", DecimalMark::Point)];
pub(super) const DATES: &[(&str, DateOrder)] = &[
    ("year_first", DateOrder::YearFirst),
    ("day_first", DateOrder::DayFirst),
    ("month_first", DateOrder::MonthFirst),
];
pub(super) const SOURCES: &[(&str, Source)] =
    &[("frappe_books", Source::FrappeBooks), ("invoice_ninja", Source::InvoiceNinja)];

/// A file with what its columns hold.
pub(super) struct Read {
    pub table: Table,
    /// The program it comes from, or empty.
    pub source: &'static str,
    /// The heading row, and what each column holds.
    pub headings: Vec<String>,
    pub columns: Vec<Option<Field>>,
}

/// Reads what a person says about a file.
///
/// # Errors
/// [`Code::Invalid`] at the field.
pub(super) fn reading(said: Option<&FileReading>) -> Result<Reading, Fault> {
    let Some(said) = said else { return Ok(Reading::default()) };
    Ok(Reading {
        encoding: chosen("reading.encoding", said.encoding.as_deref(), ENCODINGS)?,
        delimiter: chosen("reading.delimiter", said.delimiter.as_deref(), DELIMITERS)?,
        decimal: chosen("reading.decimal", said.decimal.as_deref(), DECIMALS)?,
        dates: chosen("reading.dates", said.dates.as_deref(), DATES)?,
    })
}

fn chosen<T: Copy>(
    field: &str,
    word: Option<&str>,
    choices: &[(&str, T)],
) -> Result<Option<T>, Fault> {
    word.map(|word| typed::one_of(field, word, choices)).transpose()
}

/// Columns as a person says them.
///
/// # Errors
/// [`Code::Invalid`] at `mapping` where a name is not known, a meaning is given twice, or there
/// are more or fewer than headings.
pub(super) fn columns(
    said: &[Option<String>],
    kind: FileKind,
    sheet: &Sheet,
) -> Result<Vec<Option<Field>>, Fault> {
    let wrong = |rule: &str| {
        let fault = Fault::new(Code::Invalid, "The columns do not fit the file.");
        fault.at("mapping").rule(rule)
    };
    if said.len() != sheet.headings.len() {
        return Err(wrong("mapping_length"));
    }
    let mut columns: Vec<Option<Field>> = Vec::with_capacity(said.len());
    for name in said {
        let field = match name.as_deref() {
            None | Some("") => None,
            Some(name) => {
                let held = kind.fields().iter().find(|held| report::name(held.field) == name);
                Some(held.ok_or_else(|| wrong("mapping_field").with("field", name))?.field)
            }
        };
        if field.is_some() && columns.contains(&field) {
            return Err(wrong("mapping_twice").with("field", name.clone().unwrap_or_default()));
        }
        columns.push(field);
    }
    Ok(columns)
}

/// Bytes cut into cells.
///
/// # Errors
/// [`Code::BadRequest`] where they did not arrive whole, [`Code::ImportRefused`] where they are no
/// such file.
pub(super) fn sheet(content: &str, reading: &Reading) -> Result<Sheet, Fault> {
    // Base64 takes four letters for three bytes.
    if content.len() / 4 * 3 > csv_in::MAX_BYTES + 3 {
        return Err(unreadable(&TableProblem::TooLarge));
    }
    let bytes = BASE64.decode(content).map_err(|error| {
        Fault::new(Code::BadRequest, "The file did not arrive whole.").detail(error.to_string())
    })?;
    csv_in::sheet(&bytes, reading).map_err(|problem| unreadable(&problem))
}

/// The file of another program writes its numbers as that program does.
pub(super) fn foreign_reading(reading: Reading, foreign: Option<&Foreign>) -> Reading {
    match foreign {
        Some(_) => Reading { decimal: reading.decimal.or(Some(DecimalMark::Point)), ..reading },
        None => reading,
    }
}

/// The table of a file whose kind is said.
///
/// # Errors
/// As [`sheet`] and [`columns`]; [`Code::ImportRefused`] where a column it needs is missing.
pub(super) fn read(
    content: &str,
    reading: Reading,
    (kind, said): (FileKind, Option<&[Option<String>]>),
) -> Result<Read, Fault> {
    let sheet = sheet(content, &reading)?;
    let foreign = sheet.foreign().filter(|foreign| foreign.kind == kind);
    let columns = match (said, &foreign) {
        (Some(said), _) => columns(said, kind, &sheet)?,
        (None, Some(foreign)) => foreign.columns.clone(),
        (None, None) => sheet.plain_columns(kind).map_err(|problem| unreadable(&problem))?,
    };
    if let Some(field) = kind.missing(&columns) {
        let name = report::name(field);
        let fault = Fault::new(Code::ImportRefused, format!("The column {name} is missing."));
        return Err(fault.rule("missing_column").with("column", name));
    }
    let reading = foreign_reading(reading, foreign.as_ref());
    let source = foreign.as_ref().and_then(|foreign| {
        SOURCES.iter().find(|(_, source)| *source == foreign.source).map(|(name, _)| *name)
    });
    let headings = sheet.headings.clone();
    let sheet = match foreign {
        Some(foreign) => sheet.folded(&foreign),
        None => sheet,
    };
    let table = sheet.table(&columns, &reading);
    Ok(Read { table, source: source.unwrap_or_default(), headings, columns })
}

/// Why the whole file is refused.
fn unreadable(problem: &TableProblem) -> Fault {
    let fault = Fault::new(Code::ImportRefused, problem.to_string());
    let at = |rule: &str, line: u64| fault.clone().rule(rule).with("line", line.to_string());
    match problem {
        TableProblem::Empty => fault.rule("empty"),
        TableProblem::TooLarge => fault.rule("too_large"),
        TableProblem::NotText { line, column } => {
            at("not_text", *line).with("column", column.to_string())
        }
        TableProblem::NoHeading { line } => at("no_heading", *line),
        TableProblem::TwiceNamed { line, column, heading } => at("twice_named", *line)
            .with("column", column.to_string())
            .with("heading", heading.clone()),
        TableProblem::TooManyColumns { line, .. } => at("too_many_columns", *line),
        TableProblem::Ragged { line, cells, headings, .. } => at("ragged", *line)
            .with("cells", cells.to_string())
            .with("headings", headings.to_string()),
        TableProblem::OpenQuote { line, .. } => at("open_quote", *line),
    }
}
