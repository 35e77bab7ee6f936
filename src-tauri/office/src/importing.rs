//! Reading students, price lists and booking events from a person's CSV file.
//!
//! Never records a part of a file unless the person asked to leave the refused rows out, and never
//! the same file twice: what is there already is said to be unchanged.

mod bookings;
mod prices;
mod pupils;
mod report;

use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::typed;
use crate::wire::imports::{ImportCsv, ImportReport};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use documents::csv_in::{self, Field, RawRow, Table, TableProblem};
use finance::fact::FactBody;
use report::{Outcome, Refusal};
use store::Tx;

/// Rows recorded at once.
const BATCH: usize = 1_000;

/// Reads a file; records it where that was asked for and nothing speaks against it.
pub async fn import_csv(
    office: &Office,
    actor: &Actor,
    request: ImportCsv,
) -> Result<ImportReport, Fault> {
    let kinds = [("students", Kind::Students), ("services", Kind::Services)];
    let kind = typed::one_of("kind", &request.kind, &kinds)?;
    read_in(office, actor, request, kind).await
}

/// Reads booking events; recording them is daily work, so it is a command of its own.
pub async fn import_bookings(
    office: &Office,
    actor: &Actor,
    request: ImportCsv,
) -> Result<ImportReport, Fault> {
    let kind = typed::one_of("kind", &request.kind, &[("bookings", Kind::Bookings)])?;
    read_in(office, actor, request, kind).await
}

async fn read_in(
    office: &Office,
    actor: &Actor,
    request: ImportCsv,
    kind: Kind,
) -> Result<ImportReport, Fault> {
    let file_name = typed::text("file_name", &request.file_name, 255)?;
    let table = tokio::task::spawn_blocking(move || table(&request.content))
        .await
        .map_err(|lost| Fault::new(Code::Internal, lost.to_string()))??;
    let mut tx = office.store.begin().await?;
    let outcomes = match kind {
        Kind::Students => pupils::read(&mut tx, office, &table).await?,
        Kind::Bookings => bookings::read(&mut tx, office, &table).await?,
        Kind::Services => prices::read(&mut tx, office, &table).await?,
    };
    let refused = outcomes.iter().any(|outcome| matches!(outcome, Outcome::Refused { .. }));
    let records = !request.dry_run && (request.skip_refused || !refused);
    let mut report = report::report(&table, &outcomes);
    report.kind = request.kind;
    report.file_name = file_name;
    report.recorded = records;
    if records {
        record(office, actor, tx, outcomes).await?;
    }
    Ok(report)
}

#[derive(Clone, Copy)]
enum Kind {
    Bookings,
    Students,
    Services,
}

async fn record(
    office: &Office,
    actor: &Actor,
    mut tx: Tx,
    outcomes: Vec<Outcome>,
) -> Result<(), Fault> {
    let mut bodies: Vec<FactBody> = Vec::new();
    for outcome in outcomes {
        if let Outcome::Accepted { body, .. } = outcome {
            bodies.push(*body);
        }
    }
    let total = u32::try_from(bodies.len()).unwrap_or(u32::MAX);
    let mut done = 0;
    let mut bodies = bodies.into_iter().peekable();
    while bodies.peek().is_some() {
        let batch: Vec<FactBody> = bodies.by_ref().take(BATCH).collect();
        done += u32::try_from(batch.len()).unwrap_or(0);
        office.record(&mut tx, actor, batch).await?;
        office.events.progress("import", done, total);
    }
    tx.commit().await?;
    Ok(())
}

fn table(content: &str) -> Result<Table, Fault> {
    // Base64 takes four letters for three bytes.
    if content.len() / 4 * 3 > csv_in::MAX_BYTES + 3 {
        return Err(unreadable(&TableProblem::TooLarge));
    }
    let bytes = BASE64.decode(content).map_err(|error| {
        Fault::new(Code::BadRequest, "The file did not arrive whole.").detail(error.to_string())
    })?;
    csv_in::read(&bytes).map_err(|problem| unreadable(&problem))
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

/// Refuses a file without a column it needs.
fn demand_column(table: &Table, needed: &[Field]) -> Result<(), Fault> {
    if table.columns.iter().any(|column| needed.contains(&column.field)) {
        return Ok(());
    }
    let name = needed.first().map_or("", |field| report::name(*field));
    Err(Fault::new(Code::ImportRefused, format!("The column {name} is missing."))
        .rule("missing_column")
        .with("column", name))
}

/// The cells of one row.
struct Cells<'a> {
    table: &'a Table,
    row: &'a RawRow,
}

impl Cells<'_> {
    fn raw(&self, field: Field) -> &str {
        self.table.cell(self.row, field).unwrap_or_default()
    }

    fn refusal(&self, code: &str, field: Field) -> Refusal {
        Refusal {
            code: code.to_owned(),
            column: Some(report::name(field)),
            value: Some(self.raw(field).to_owned()),
        }
    }

    /// A text that may be empty.
    fn text(&self, field: Field, most: usize) -> Result<String, Refusal> {
        typed::text("cell", self.raw(field), most)
            .map_err(|fault| self.refusal(fault.rule.as_deref().unwrap_or("invalid"), field))
    }

    /// A text that must not be empty.
    fn required(&self, field: Field, most: usize) -> Result<String, Refusal> {
        let text = self.text(field, most)?;
        if text.is_empty() { Err(self.refusal("missing", field)) } else { Ok(text) }
    }
}
