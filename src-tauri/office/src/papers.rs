//! Printed documents: one for a preview or a file, or many in one file.
//!
//! Never keeps many documents in memory: a merged file is painted while it is read.

use crate::actor::Actor;
use crate::drafts::{Tables, assess, bounded};
use crate::fault::{Code, Fault};
use crate::files::{self, Growing};
use crate::office::Office;
use crate::wire::charges::RunPaper;
use crate::wire::common::{FileWish, MadeFile};
use crate::wire::invoices::{DraftInput, MergedPaperRequest, PaperRequest};
use crate::{invoices, typed};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use chrono::NaiveDate;
use documents::{Fonts, Language, Paper, PaperError, Printed};
use finance::ids::{InvoiceId, RunId};
use std::collections::BTreeSet;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use store::{DocumentColumn, DocumentFilter, DocumentRow, Order, RowKind, View, Window};
use tokio::sync::mpsc;
use uuid::Uuid;

static FONTS: OnceLock<Fonts> = OnceLock::new();

/// The faces, read once.
fn fonts() -> Result<&'static Fonts, Fault> {
    if let Some(fonts) = FONTS.get() {
        return Ok(fonts);
    }
    let loaded = Fonts::load().map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
    Ok(FONTS.get_or_init(|| loaded))
}

fn unpainted(error: PaperError) -> Fault {
    match error {
        PaperError::Write(error) => files::fault(&error),
        PaperError::Nothing => {
            Fault::new(Code::NotFound, "There is nothing to print.").rule("nothing_to_print")
        }
        PaperError::Paint(detail) => {
            Fault::new(Code::Internal, "The document could not be painted.").detail(detail)
        }
    }
}

fn lost(error: tokio::task::JoinError) -> Fault {
    Fault::new(Code::Internal, "Painting was cut short.").detail(error.to_string())
}

pub(crate) fn language(office: &Office) -> Language {
    Language::from_tag(&office.school.language)
}

/// One document.
pub async fn paper(office: &Office, _: &Actor, request: PaperRequest) -> Result<MadeFile, Fault> {
    let mut view = office.store.read().await?;
    let paper = match request.kind.as_str() {
        "draft" => draft(&mut view, office, request.draft, &request.id).await?,
        "invoice" | "credit_note" => {
            let kind = match request.kind.as_str() {
                "invoice" => RowKind::Invoice,
                _ => RowKind::CreditNote,
            };
            let found = issued(&mut view, office, kind, typed::id("id", &request.id)?).await?;
            let missing = || Fault::new(Code::NotFound, "There is no paper of this document.");
            found.ok_or_else(|| missing().rule("paper"))?
        }
        _ => {
            let choices = [("draft", ()), ("invoice", ()), ("credit_note", ())];
            return Err(typed::one_of("kind", &request.kind, &choices)
                .err()
                .unwrap_or_else(|| Fault::new(Code::Invalid, "No such kind.")));
        }
    };
    drop(view);
    let name = format!("{}.pdf", files::safe_name(&title(&paper, office)));
    give(office, &request.wish, &name, &painted(paper).await?)
}

fn title(paper: &Paper, office: &Office) -> String {
    let norwegian = office.school.language == "nb";
    let kind = match (&paper.kind, norwegian) {
        (documents::paper::PaperKind::Invoice, true) => "Faktura",
        (documents::paper::PaperKind::Invoice, false) => "Invoice",
        (documents::paper::PaperKind::Draft, true) => "Utkast",
        (documents::paper::PaperKind::Draft, false) => "Draft",
        (documents::paper::PaperKind::CreditNote { .. }, true) => "Kreditnota",
        (documents::paper::PaperKind::CreditNote { .. }, false) => "Credit-note",
    };
    if paper.number.is_empty() { kind.to_owned() } else { format!("{kind}-{}", paper.number) }
}

async fn draft(
    view: &mut View,
    office: &Office,
    typed_draft: Option<DraftInput>,
    id: &str,
) -> Result<Paper, Fault> {
    let draft = match typed_draft {
        Some(draft) => bounded(draft)?,
        None => crate::drafts::kept(view, typed::id("id", id)?).await?,
    };
    let mut tables = Tables::read(view, office).await?;
    let assessed = assess(view, office, &mut tables, &draft).await?;
    let paper = match assessed.first_part() {
        Some(part) => Ok(Paper::part(part, language(office))),
        None => Paper::draft(assessed.sketch(), language(office)),
    };
    let mut paper = paper.map_err(|rejection| {
        Fault::new(Code::Invalid, rejection.to_string()).rule("nothing_to_print").at("lines")
    })?;
    paper.student_number = assessed.student_number().to_owned();
    Ok(paper)
}

/// An issued invoice as it is printed.
///
/// # Errors
/// What the book reports.
pub(crate) async fn of_invoice(
    view: &mut View,
    office: &Office,
    id: InvoiceId,
) -> Result<Option<Paper>, Fault> {
    issued(view, office, RowKind::Invoice, id.0).await
}

/// An issued document with what the student's card adds; nothing where there is none.
pub(crate) async fn issued(
    view: &mut View,
    office: &Office,
    kind: RowKind,
    id: Uuid,
) -> Result<Option<Paper>, Fault> {
    printed(view, (language(office), office.today()), kind, id).await
}

/// The same in a language, as of a day.
///
/// # Errors
/// What the database reports.
pub(crate) async fn printed(
    view: &mut View,
    (language, today): (Language, NaiveDate),
    kind: RowKind,
    id: Uuid,
) -> Result<Option<Paper>, Fault> {
    let (mut paper, student_id) = match kind {
        RowKind::Draft => return Ok(None),
        RowKind::Invoice => {
            let id = finance::ids::InvoiceId(id);
            let Some(record) = view.find_invoice(id).await? else { return Ok(None) };
            if record.invoice.opening.is_some() {
                // Its paper is the other system's.
                return Ok(None);
            }
            (Paper::invoice(&record.invoice, language), record.invoice.student_id)
        }
        RowKind::CreditNote => {
            let id = finance::ids::CreditNoteId(id);
            let Some(record) = view.find_credit_note(id).await? else { return Ok(None) };
            let note = record.credit_note;
            if note.opening {
                return Ok(None);
            }
            (Paper::credit_note(&note, language), note.student_id)
        }
    };
    if let Some(row) = view.find_student(student_id, today).await? {
        paper.student_number = row.student.number;
        paper.department = row.department;
    }
    Ok(Some(paper))
}

/// One thing painted, for a message it travels with.
///
/// # Errors
/// What the painter refuses.
pub(crate) async fn painted(paper: impl Printed + Send + 'static) -> Result<Vec<u8>, Fault> {
    let bytes =
        tokio::task::spawn_blocking(move || documents::render(&paper, fonts()?).map_err(unpainted));
    bytes.await.map_err(lost)?
}

/// Many things in one file, given back or written; `name` without its ending.
///
/// # Errors
/// What the painter or the disk refuses.
pub(crate) async fn give_all(
    office: &Office,
    wish: &FileWish,
    name: &str,
    papers: Vec<impl Printed + Send + 'static>,
) -> Result<MadeFile, Fault> {
    let bytes = tokio::task::spawn_blocking(move || {
        let mut bytes = Vec::new();
        documents::render_merged(papers, fonts()?, &mut bytes).map_err(unpainted)?;
        Ok::<_, Fault>(bytes)
    });
    let bytes = bytes.await.map_err(lost)??;
    give(office, wish, &format!("{}.pdf", files::safe_name(name)), &bytes)
}

/// Gives a file back, or writes it where the person wants it.
///
/// # Errors
/// [`Code::Invalid`] where that is no folder, or what the disk reports.
pub(crate) fn give(
    office: &Office,
    wish: &FileWish,
    name: &str,
    bytes: &[u8],
) -> Result<MadeFile, Fault> {
    let size = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    if wish.inline {
        return Ok(MadeFile {
            path: String::new(),
            name: name.to_owned(),
            bytes: size,
            content: Some(BASE64.encode(bytes)),
        });
    }
    let path = folder(office, wish.folder.as_deref())?.join(name);
    files::write_whole(&path, bytes)?;
    Ok(made(office, &path, name, size))
}

fn made(office: &Office, path: &Path, name: &str, bytes: u32) -> MadeFile {
    office.note_made(path);
    MadeFile { path: path.display().to_string(), name: name.to_owned(), bytes, content: None }
}

/// The folder a person chose, or the desk's own.
///
/// # Errors
/// [`Code::Invalid`] where it is no folder.
pub(crate) fn folder(office: &Office, chosen: Option<&str>) -> Result<PathBuf, Fault> {
    let Some(chosen) = chosen.filter(|folder| !folder.is_empty()) else {
        return Ok(office.papers.clone());
    };
    let folder = PathBuf::from(chosen);
    if folder.is_absolute() && folder.is_dir() {
        return Ok(folder);
    }
    Err(Fault::new(Code::Invalid, "This is not a folder.").at("folder").rule("folder"))
}

/// Documents read at once while a merged file is painted.
const AHEAD: usize = 64;
const PAGE: u32 = 200;

/// Many documents in one file, in the order of their numbers. Drafts are left out.
pub async fn merged_paper(
    office: &Office,
    _: &Actor,
    request: MergedPaperRequest,
) -> Result<MadeFile, Fault> {
    let chosen = Chosen {
        filter: invoices::filter(office, &request.filter)?,
        only: ids("ids", &request.ids)?,
        except: ids("except", &request.except)?,
    };
    let name = format!("{}-{}.pdf", invoices_word(office), office.today());
    merge(office, &request.wish, &name, Source::Chosen(chosen)).await
}

/// All invoices of a run in one file, in the order of the run.
pub async fn run_paper(office: &Office, _: &Actor, request: RunPaper) -> Result<MadeFile, Fault> {
    let id: RunId = typed::id("id", &request.id)?;
    let mut view = office.store.read().await?;
    let run = crate::runs::demand(&mut view, id).await?;
    let invoices = view.issued_of_run(id).await?;
    drop(view);
    // Two runs of one day are two files.
    let mark: String = id.to_string().chars().rev().take(6).collect();
    let name = format!("{}-{}-{mark}.pdf", invoices_word(office), run.plan.issue_date);
    merge(office, &request.wish, &name, Source::Listed(invoices)).await
}

fn invoices_word(office: &Office) -> &'static str {
    if office.school.language == "nb" { "Fakturaer" } else { "Invoices" }
}

async fn merge(
    office: &Office,
    wish: &FileWish,
    name: &str,
    source: Source,
) -> Result<MadeFile, Fault> {
    let path = match wish.inline {
        true => office.papers.join(format!("preview-{}", office.ids.new_id())),
        false => folder(office, wish.folder.as_deref())?.join(name),
    };
    let (send, receive) = mpsc::channel(AHEAD);
    let target = path.clone();
    let painting = tokio::task::spawn_blocking(move || paint(receive, &target));
    let read = match &source {
        Source::Chosen(chosen) => read(office, chosen, send).await,
        Source::Listed(invoices) => read_listed(office, invoices, send).await,
    };
    let painted = painting.await.map_err(lost)?;
    if let Err(fault) = read.and(painted) {
        // What was painted before the fault is not what was asked for.
        drop(std::fs::remove_file(&path));
        return Err(fault);
    }
    if wish.inline {
        let bytes = std::fs::read(&path).map_err(|error| files::fault(&error))?;
        std::fs::remove_file(&path).map_err(|error| files::fault(&error))?;
        return give(office, wish, name, &bytes);
    }
    let size = std::fs::metadata(&path).map_err(|error| files::fault(&error))?.len();
    Ok(made(office, &path, name, u32::try_from(size).unwrap_or(u32::MAX)))
}

fn ids(field: &str, texts: &[String]) -> Result<BTreeSet<Uuid>, Fault> {
    texts.iter().map(|text| typed::id(field, text)).collect()
}

/// What is merged.
enum Source {
    Chosen(Chosen),
    Listed(Vec<InvoiceId>),
}

/// Which documents are merged.
struct Chosen {
    filter: DocumentFilter,
    only: BTreeSet<Uuid>,
    except: BTreeSet<Uuid>,
}

impl Chosen {
    fn takes(&self, row: &DocumentRow) -> bool {
        row.kind != RowKind::Draft
            && (self.only.is_empty() || self.only.contains(&row.id))
            && !self.except.contains(&row.id)
    }
}

fn paint(mut receive: mpsc::Receiver<Paper>, path: &Path) -> Result<(), Fault> {
    let fonts = fonts()?;
    let mut out = BufWriter::new(Growing::begin(path)?);
    let papers = std::iter::from_fn(|| receive.blocking_recv());
    documents::render_merged(papers, fonts, &mut out).map_err(unpainted)?;
    let growing = out.into_inner().map_err(|error| files::fault(error.error()))?;
    growing.finish()
}

async fn read(office: &Office, chosen: &Chosen, send: mpsc::Sender<Paper>) -> Result<(), Fault> {
    let mut view = office.store.read().await?;
    let order = Some(Order { by: DocumentColumn::Number, descending: false });
    let mut offset = 0;
    loop {
        let window = Window { offset, limit: PAGE };
        let page = view.list_documents(&chosen.filter, order, window, office.today()).await?;
        if page.rows.is_empty() {
            return Ok(());
        }
        for row in page.rows.iter().filter(|row| chosen.takes(row)) {
            if let Some(paper) = issued(&mut view, office, row.kind, row.id).await?
                && send.send(paper).await.is_err()
            {
                // The painter stopped; it says why.
                return Ok(());
            }
        }
        offset += PAGE;
        office.events.progress("paper", offset.min(page.total), page.total);
    }
}

async fn read_listed(
    office: &Office,
    invoices: &[InvoiceId],
    send: mpsc::Sender<Paper>,
) -> Result<(), Fault> {
    let mut view = office.store.read().await?;
    let total = u32::try_from(invoices.len()).unwrap_or(u32::MAX);
    for (done, id) in (1..).zip(invoices) {
        if let Some(paper) = issued(&mut view, office, RowKind::Invoice, id.0).await?
            && send.send(paper).await.is_err()
        {
            // The painter stopped; it says why.
            return Ok(());
        }
        if done % PAGE == 0 || done == total {
            office.events.progress("paper", done, total);
        }
    }
    Ok(())
}
