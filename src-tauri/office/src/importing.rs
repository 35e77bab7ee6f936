//! Reading students, price lists, booking events, open invoices and payments from people's files.
//!
//! Never records a part of a file unless the person asked to leave the refused rows out, and never
//! the same file twice: what is there already is said to be unchanged.

mod bookings;
mod cells;
mod file;
mod keeping;
mod looking;
mod openings;
mod past;
mod payers;
mod prices;
mod pupils;
mod receipts;
mod refused;
mod report;
mod taking_back;

use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::typed;
use crate::wire::imports::{ImportCsv, ImportReport};
use documents::csv_in::FileKind;
use finance::fact::Fact;
use report::Outcome;
use store::{Brought, Tx, View};

pub use keeping::{forget_import_mapping, import_mappings};
pub use looking::look_at_file;
pub use past::{find_import, list_imports};
pub use refused::refused_rows;
pub use taking_back::{preview_taking_back, take_back_import};

/// Rows recorded at once.
const BATCH: usize = 1_000;

/// Reads students, prices or open invoices; records them where that was asked for and nothing
/// speaks against it.
pub async fn import_csv(
    office: &Office,
    actor: &Actor,
    request: ImportCsv,
) -> Result<ImportReport, Fault> {
    read_in(office, actor, request, &["students", "services", "invoices"]).await
}

/// Reads booking events; recording them is daily work, so it is a command of its own.
pub async fn import_bookings(
    office: &Office,
    actor: &Actor,
    request: ImportCsv,
) -> Result<ImportReport, Fault> {
    read_in(office, actor, request, &["bookings"]).await
}

/// Reads money that came in, from a bank's list or another; daily work too.
pub async fn import_payments(
    office: &Office,
    actor: &Actor,
    request: ImportCsv,
) -> Result<ImportReport, Fault> {
    read_in(office, actor, request, &["payments"]).await
}

async fn read_in(
    office: &Office,
    actor: &Actor,
    request: ImportCsv,
    kinds: &[&str],
) -> Result<ImportReport, Fault> {
    let file_name = typed::text("file_name", &request.file_name, 255)?;
    let choices: Vec<(&str, FileKind)> =
        file::KINDS.iter().filter(|(name, _)| kinds.contains(name)).copied().collect();
    let kind = typed::one_of("kind", &request.kind, &choices)?;
    let (request, read) = read_file(request, kind).await?;
    let mut tx = office.store.begin().await?;
    let outcomes = if actor.departments.is_empty() {
        outcomes(&mut tx, office, (kind, &request), &read).await?
    } else {
        // Whoever is limited to departments matches against what they see.
        let mut view = office.store.read().await?;
        outcomes(&mut view, office, (kind, &request), &read).await?
    };
    let refused = outcomes.iter().any(|outcome| matches!(outcome, Outcome::Refused { .. }));
    let records = !request.dry_run && (request.skip_refused || !refused);
    let mut report = report::report(&read.table, &outcomes);
    report.kind.clone_from(&request.kind);
    report.source = read.source.to_owned();
    report.file_name = file_name;
    report.recorded = records;
    if records {
        keeping::keep(office, &mut tx, &request, &read).await?;
        let begun = past::begun(office, actor, (&report.kind, &report.file_name));
        let brought = record(office, actor, &mut tx, outcomes).await?;
        if !brought.is_empty() {
            tx.keep_import(&begun, &brought).await?;
            report.import_id = Some(begun.id.to_string());
        }
        tx.commit().await?;
    }
    Ok(report)
}

/// Cuts and reads a file away from the tasks that answer.
async fn read_file(request: ImportCsv, kind: FileKind) -> Result<(ImportCsv, file::Read), Fault> {
    let reading = file::reading(request.reading.as_ref())?;
    tokio::task::spawn_blocking(move || {
        let said = (kind, request.mapping.as_deref());
        let read = file::read(&request.content, reading, said)?;
        Ok((request, read))
    })
    .await
    .map_err(|lost| Fault::new(Code::Internal, lost.to_string()))?
}

/// What would become of each row.
async fn outcomes(
    view: &mut View,
    office: &Office,
    (kind, request): (FileKind, &ImportCsv),
    read: &file::Read,
) -> Result<Vec<Outcome>, Fault> {
    let table = &read.table;
    match kind {
        FileKind::Students => pupils::read(view, office, table).await,
        FileKind::Bookings => bookings::read(view, office, table).await,
        FileKind::Services => prices::read(view, office, table, request.vat.as_deref()).await,
        FileKind::Invoices => openings::read(view, office, table).await,
        FileKind::Payments => receipts::read(view, office, read, request.method.as_deref()).await,
    }
}

/// Records what the rows bring in, and says what each brought.
async fn record(
    office: &Office,
    actor: &Actor,
    tx: &mut Tx,
    outcomes: Vec<Outcome>,
) -> Result<Vec<Brought>, Fault> {
    let mut facts: Vec<Fact> = Vec::new();
    let mut brought = Vec::new();
    for outcome in outcomes {
        if let Outcome::Accepted { line, bodies, .. } = outcome {
            let row = match bodies.first() {
                Some(body) => past::row(tx, body).await?,
                None => None,
            };
            facts.extend(bodies.into_iter().map(|body| office.fact(actor, body)));
            if let Some(((row, changed), last)) = row.zip(facts.last()) {
                brought.push(Brought { line, row, changed, clock: last.clock.clone() });
            }
        }
    }
    let total = u32::try_from(facts.len()).unwrap_or(u32::MAX);
    let mut done = 0;
    for batch in facts.chunks(BATCH) {
        done += u32::try_from(batch.len()).unwrap_or(0);
        office.record_facts(tx, batch).await?;
        office.events.progress("import", done, total);
    }
    Ok(brought)
}
