//! Files that were read in: what each brought, and how it stands.
//!
//! Never what a file said: only what was recorded from it.

use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::common::Nothing;
use crate::wire::imports::{
    ImportDetail, ImportList, ImportRequest, ImportedFile, ImportedFileEnd, ImportedRow,
};
use crate::{listing, show, typed};
use finance::fact::FactBody;
use finance::ids::ImportId;
use finance::taken_back::BroughtIn;
use store::{ImportBegun, ImportItem, ImportRow, ImportState, View, Window};

/// Files of the list.
const MOST_FILES: u32 = 50;

const STATES: &[(&str, ImportState)] = &[
    ("there", ImportState::There),
    ("taking_back", ImportState::TakingBack),
    ("taken_back", ImportState::TakenBack),
];

/// A file that is read in now.
pub(super) fn begun(
    office: &Office,
    actor: &Actor,
    (kind, file_name): (&str, &str),
) -> ImportBegun {
    ImportBegun {
        id: ImportId(office.ids.new_id()),
        kind: kind.to_owned(),
        file_name: file_name.to_owned(),
        read_at: office.clock.now().timestamp_millis(),
        actor: actor.name.clone(),
    }
}

/// What the first fact of a row brings in, and whether it changes what is there.
///
/// # Errors
/// What the book reports.
pub(super) async fn row(
    view: &mut View,
    body: &FactBody,
) -> Result<Option<(BroughtIn, bool)>, Fault> {
    Ok(Some(match body {
        FactBody::StudentRegistered(student) => (BroughtIn::Student(student.id), false),
        FactBody::StudentChanged { student_id, .. } => (BroughtIn::Student(*student_id), true),
        FactBody::ServiceSet(service) => {
            let there = view.find_service(service.id).await?.is_some();
            (BroughtIn::Service(service.id), there)
        }
        FactBody::InvoiceIssued(invoice) => (BroughtIn::Invoice(invoice.id), false),
        FactBody::PaymentReceived(payment) => (BroughtIn::Payment(payment.id), false),
        FactBody::EventRecorded(recorded) => (BroughtIn::Booking(recorded.event.id), false),
        _ => return Ok(None),
    }))
}

/// The files read in last.
pub async fn list_imports(office: &Office, _: &Actor, _: Nothing) -> Result<ImportList, Fault> {
    let rows = office.store.read().await?.list_imports(MOST_FILES).await?;
    Ok(ImportList { rows: rows.into_iter().map(file).collect() })
}

/// One of them with what it brought in.
pub async fn find_import(
    office: &Office,
    _: &Actor,
    request: ImportRequest,
) -> Result<ImportDetail, Fault> {
    let window = listing::window(&request.window);
    detail(office, typed::id("id", &request.id)?, window).await
}

/// A file that must be there.
///
/// # Errors
/// [`Code::NotFound`].
pub(super) async fn demand(view: &mut View, id: ImportId) -> Result<ImportRow, Fault> {
    let missing = || Fault::new(Code::NotFound, "There is no such import.").rule("import");
    view.find_import(id).await?.ok_or_else(missing)
}

/// A file with a part of what it brought in.
///
/// # Errors
/// [`Code::NotFound`].
pub(super) async fn detail(
    office: &Office,
    id: ImportId,
    window: Window,
) -> Result<ImportDetail, Fault> {
    let mut view = office.store.read().await?;
    let found = demand(&mut view, id).await?;
    let rows = view.import_items(id, window).await?;
    Ok(ImportDetail { file: file(found), rows: rows.into_iter().map(shown).collect() })
}

fn file(row: ImportRow) -> ImportedFile {
    ImportedFile {
        id: row.begun.id.to_string(),
        kind: row.begun.kind,
        file_name: row.begun.file_name,
        at: show::moment(row.begun.read_at),
        actor: row.begun.actor,
        state: show::name_of(&row.state, STATES),
        brought: row.brought,
        taken_back: row.taken_back,
        stays: row.stays,
        end: row.end.map(|end| ImportedFileEnd {
            reason: end.reason,
            at: show::moment(end.at),
            actor: end.actor,
        }),
    }
}

/// A row as it is shown.
pub(super) fn shown(item: ImportItem) -> ImportedRow {
    ImportedRow {
        line: item.line,
        what: item.what,
        id: item.id,
        student_id: item.student_id.map(|id| id.to_string()),
        number: item.number,
        name: item.name,
        amount: item.amount.map(Into::into),
        changed: item.changed,
        outcome: item.outcome,
        reason: item.reason,
    }
}
