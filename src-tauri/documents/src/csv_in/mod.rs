//! Reads a table from a person's CSV file.
//!
//! Never guesses a value: what is ambiguous or impossible is a problem with its line and column.

mod decode;
mod foreign;
mod header;
mod kinds;
mod values;

pub use decode::Encoding;
pub use foreign::{Foreign, Source};
pub use header::Field;
pub use kinds::{FileKind, Held};
pub use values::{DateOrder, DecimalMark, ValueProblem, date, decimal};

use csv::ReaderBuilder;

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 50 * 1024 * 1024;

/// A column that is read: what it is, what the person called it, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What it holds.
    pub field: Field,
    /// Its heading in the file.
    pub heading: String,
    /// Its place in a row, from 0.
    pub place: usize,
}

/// A row as it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawRow {
    /// The line of the file it begins on, from 1.
    pub line: u64,
    /// One cell per column of its sheet or table, in that order, trimmed.
    pub cells: Vec<String>,
}

/// How a file is to be read; what is left open is found out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// How its letters were written.
    pub encoding: Option<Encoding>,
    /// What stands between cells.
    pub delimiter: Option<char>,
    /// What stands before decimals.
    pub decimal: Option<DecimalMark>,
    /// How days are written.
    pub dates: Option<DateOrder>,
}

/// A file cut into cells, before anybody says what they hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// What stood between cells.
    pub delimiter: char,
    /// How its letters were written.
    pub encoding: Encoding,
    /// The line of the heading row, from 1.
    pub heading_line: u64,
    /// The heading row.
    pub headings: Vec<String>,
    /// The rows, each as long as the heading row; empty lines are left out.
    pub rows: Vec<RawRow>,
}

impl Sheet {
    /// The file of another program, if its headings say so.
    pub fn foreign(&self) -> Option<Foreign> {
        foreign::recognised(&self.headings)
    }

    /// The same, each document once where the other program repeats it for its lines.
    #[must_use]
    pub fn folded(self, foreign: &Foreign) -> Self {
        foreign::folded(self, foreign)
    }

    /// What the headings say of the columns of a kind of file; one of them may be left open.
    pub fn suggested(&self, kind: FileKind) -> Vec<Option<Field>> {
        header::suggested(kind, &self.headings)
    }

    /// The same where no person is asked.
    ///
    /// # Errors
    /// [`TableProblem::NoHeading`], [`TableProblem::TwiceNamed`].
    pub fn plain_columns(&self, kind: FileKind) -> Result<Vec<Option<Field>>, TableProblem> {
        let line = self.heading_line;
        if let Some(place) = header::twice(kind, &self.headings) {
            let heading = self.headings[place].clone();
            return Err(TableProblem::TwiceNamed { line, column: place + 1, heading });
        }
        let columns = self.suggested(kind);
        let any = columns.iter().any(Option::is_some);
        any.then_some(columns).ok_or(TableProblem::NoHeading { line })
    }

    /// How the numbers and days in these columns are written, as far as they tell.
    pub fn marks(&self, columns: &[Option<Field>]) -> (Option<DecimalMark>, Option<DateOrder>) {
        let cells = |wanted: fn(Field) -> bool| {
            let places: Vec<usize> =
                (0..columns.len()).filter(|place| columns[*place].is_some_and(wanted)).collect();
            self.rows.iter().flat_map(move |row| {
                places.clone().into_iter().filter_map(|at| row.cells.get(at).map(String::as_str))
            })
        };
        (values::decimal_mark(cells(Field::is_number)), values::date_order(cells(Field::is_date)))
    }

    /// The table of what the columns hold; one entry per heading.
    pub fn table(self, columns: &[Option<Field>], reading: &Reading) -> Table {
        let (decimal, dates) = self.marks(columns);
        let named = self.headings.into_iter().zip(columns).enumerate();
        let (mut held, mut ignored) = (Vec::new(), Vec::new());
        for (place, (heading, field)) in named {
            match field {
                Some(field) => held.push(Column { field: *field, heading, place }),
                None => ignored.push(heading),
            }
        }
        let chosen = |row: RawRow| {
            let cells = held.iter().filter_map(|column| row.cells.get(column.place).cloned());
            RawRow { line: row.line, cells: cells.collect() }
        };
        let rows = self.rows.into_iter().map(chosen).collect();
        Table {
            delimiter: self.delimiter,
            encoding: self.encoding,
            decimal: reading.decimal.or(decimal),
            dates: reading.dates.or(dates),
            columns: held,
            ignored,
            rows,
        }
    }
}

/// A table that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What stood between cells.
    pub delimiter: char,
    /// How its letters were written.
    pub encoding: Encoding,
    /// What stands before decimals; nothing: each number says it itself.
    pub decimal: Option<DecimalMark>,
    /// How days are written; nothing: each says it itself.
    pub dates: Option<DateOrder>,
    /// The columns that were recognised, in the order of the file.
    pub columns: Vec<Column>,
    /// Headings that were not recognised.
    pub ignored: Vec<String>,
    /// The rows; empty lines are left out.
    pub rows: Vec<RawRow>,
}

impl Table {
    /// The cell of a field in a row; nothing where the file has no such column.
    pub fn cell<'a>(&self, row: &'a RawRow, field: Field) -> Option<&'a str> {
        let place = self.columns.iter().position(|column| column.field == field)?;
        row.cells.get(place).map(String::as_str)
    }
}

/// Why a file cannot be read. Lines and columns count from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TableProblem {
    /// Nothing in it, or only empty lines.
    #[error("the file is empty")]
    Empty,
    /// Larger than [`MAX_BYTES`].
    #[error("the file is larger than 50 MB")]
    TooLarge,
    /// Not a text: a spreadsheet, a picture, an archive.
    #[error("line {line}, column {column}: this is not a text file; save it as CSV first")]
    NotText {
        /// Where the first such byte stands.
        line: u64,
        /// Which byte of the line.
        column: u64,
    },
    /// The first line names no column that is known.
    #[error("line {line}: no known column heading was found")]
    NoHeading {
        /// The line that was taken for the heading.
        line: u64,
    },
    /// Two columns mean the same.
    #[error("line {line}, column {column}: {heading:?} means the same as an earlier column")]
    TwiceNamed {
        /// The line of the heading.
        line: u64,
        /// The later column.
        column: usize,
        /// Its heading.
        heading: String,
    },
    /// More than a thousand columns.
    #[error("line {line}, column {column}: there are too many columns")]
    TooManyColumns {
        /// The line of the heading.
        line: u64,
        /// The first column too many.
        column: usize,
    },
    /// A row with more or fewer cells than the heading.
    #[error("line {line}, column {column}: the row has {cells} cells, the heading {headings}")]
    Ragged {
        /// The line of the row.
        line: u64,
        /// The first cell that is missing or too many.
        column: usize,
        /// Cells in the row.
        cells: usize,
        /// Cells in the heading.
        headings: usize,
    },
    /// A quoted cell that never ends.
    #[error("line {line}, column {column}: the quotation mark is never closed")]
    OpenQuote {
        /// The line on which the row begins.
        line: u64,
        /// The cell that was opened.
        column: usize,
    },
}

const MAX_COLUMNS: usize = 1_000;

/// Cuts a file into cells; its first line names the columns.
///
/// # Errors
/// [`TableProblem`] for the first thing wrong.
pub fn sheet(bytes: &[u8], reading: &Reading) -> Result<Sheet, TableProblem> {
    if bytes.len() > MAX_BYTES {
        return Err(TableProblem::TooLarge);
    }
    let (text, encoding) = decode::decode(bytes, reading.encoding)?;
    let first = text.lines().position(|line| !line.trim().is_empty()).ok_or(TableProblem::Empty)?;
    let heading_line = text.lines().nth(first).unwrap_or_default();
    let delimiter = reading.delimiter.unwrap_or_else(|| header::delimiter(heading_line));
    let mut records = ReaderBuilder::new()
        .delimiter(u8::try_from(delimiter).unwrap_or(b','))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
        .into_records();
    if let Some((line, column)) = open_quote(&text, delimiter) {
        return Err(TableProblem::OpenQuote { line, column });
    }
    let mut place = Place::default();
    let mut read: Vec<(u64, Vec<String>)> = Vec::new();
    for record in &mut records {
        // The text is UTF-8 and rows may be ragged, so the reader has nothing left to refuse.
        let Ok(record) = record else { return Err(TableProblem::NotText { line: 1, column: 1 }) };
        let begin = record.position().map_or(0, csv::Position::byte);
        let line = place.line_at(&text, usize::try_from(begin).unwrap_or(text.len()));
        read.push((line, record.iter().map(|cell| cell.trim().to_owned()).collect()));
    }
    read.retain(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()));
    cut(read, delimiter, encoding)
}

/// Counts lines up to where a row begins; the reader's own count stops before empty lines.
#[derive(Default)]
struct Place {
    byte: usize,
    breaks: u64,
}

impl Place {
    fn line_at(&mut self, text: &str, begin: usize) -> u64 {
        let bytes = text.as_bytes();
        while let Some(byte) = bytes.get(self.byte) {
            if self.byte >= begin && !matches!(byte, b'\n' | b'\r') {
                break;
            }
            self.breaks += u64::from(*byte == b'\n');
            self.byte += 1;
        }
        self.breaks + 1
    }
}

fn cut(
    read: Vec<(u64, Vec<String>)>,
    delimiter: char,
    encoding: Encoding,
) -> Result<Sheet, TableProblem> {
    let mut read = read.into_iter().peekable();
    let (heading_line, mut headings) = read.next().ok_or(TableProblem::Empty)?;
    if headings.len() > MAX_COLUMNS {
        let column = MAX_COLUMNS + 1;
        return Err(TableProblem::TooManyColumns { line: heading_line, column });
    }
    let keys = read.next_if(|(_, cells)| cells.len() == headings.len() && foreign::is_keys(cells));
    if let Some((_, keys)) = keys {
        headings = keys;
    }
    let mut rows = Vec::new();
    for (line, cells) in read {
        if cells.len() != headings.len() {
            let column = cells.len().min(headings.len()) + 1;
            let (cells, headings) = (cells.len(), headings.len());
            return Err(TableProblem::Ragged { line, column, cells, headings });
        }
        rows.push(RawRow { line, cells });
    }
    Ok(Sheet { delimiter, encoding, heading_line, headings, rows })
}

/// Where a quoted cell begins that never ends, as line of its row and column.
fn open_quote(text: &str, delimiter: char) -> Option<(u64, usize)> {
    let (mut line, mut column, mut quoted, mut at_start) = (1, 1, false, true);
    let mut opened = (1, 1);
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
            }
            '"' if quoted => quoted = false,
            '"' if at_start => {
                (quoted, opened) = (true, (line, column));
            }
            '\n' if !quoted => column = 1,
            c if c == delimiter && !quoted => column += 1,
            _ => {}
        }
        line += u64::from(c == '\n');
        at_start = !quoted && (c == '\n' || c == delimiter);
    }
    quoted.then_some(opened)
}
