//! Drafts: pricing while one types, keeping, throwing away.
//!
//! Never stores anything while pricing, and never refuses a draft for being half filled: that is
//! said as a check.

mod assess;
mod buyers;
mod checks;
mod dates;
mod exchanged;
mod lines;
mod tables;

pub(crate) use assess::{Assessed, assess, assess_for, buyer, rejection_code};
pub(crate) use buyers::discount_view;
pub(crate) use tables::Tables;

use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::common::Nothing;
use crate::wire::invoices::{DraftInput, DraftRequest, DraftView};
use crate::{erasing, scheduling, typed};
use finance::ids::InvoiceId;
use store::{DraftRow, View};

/// The most lines a request may bring; a document has fewer.
const MOST_LINES: usize = 1_100;

/// Prices what is typed.
pub async fn price_draft(
    office: &Office,
    _: &Actor,
    request: DraftInput,
) -> Result<DraftView, Fault> {
    let request = bounded(request)?;
    let mut view = office.store.read().await?;
    let mut tables = Tables::read(&mut view, office).await?;
    let saved = match typed::id::<InvoiceId>("id", &request.id) {
        Ok(id) => view.find_draft(id).await?.is_some_and(|row| row.body == body(&request)),
        Err(_) => false,
    };
    let assessed = assess(&mut view, office, &mut tables, &request).await?;
    Ok(assessed.view(request, saved))
}

/// Keeps a draft as it is typed.
pub async fn save_draft(
    office: &Office,
    actor: &Actor,
    request: DraftInput,
) -> Result<DraftView, Fault> {
    let request = bounded(request)?;
    let id: InvoiceId = typed::id("id", &request.id)?;
    let mut tx = office.store.begin().await?;
    if tx.find_invoice(id).await?.is_some() {
        let fault = Fault::new(Code::WrongState, "This draft has been issued.");
        return Err(fault.rule("draft_issued"));
    }
    let mut tables = Tables::read(&mut tx, office).await?;
    let assessed = assess(&mut tx, office, &mut tables, &request).await?;
    erasing::demand_not_erased(&mut tx, assessed.student_id().into_iter()).await?;
    let row = kept_row(office, id, &request, &assessed)?;
    let known = tx.find_draft(id).await?.and_then(|known| known.schedule);
    let schedule = scheduling::read(office, actor, (&request, &assessed), known)?;
    tx.save_draft(&DraftRow { schedule, ..row }).await?;
    tx.commit().await?;
    Ok(assessed.view(request, true))
}

/// A draft as it is kept.
///
/// # Errors
/// [`Code::Invalid`] where the department is none.
pub(crate) fn kept_row(
    office: &Office,
    id: InvoiceId,
    request: &DraftInput,
    assessed: &Assessed,
) -> Result<DraftRow, Fault> {
    let today = office.today();
    let zero = finance::Money::zero(assessed.currency());
    Ok(DraftRow {
        id,
        student_id: assessed.student_id(),
        payer_id: assessed.payer_id(),
        department_id: typed::optional_id("department_id", request.department_id.as_deref())?,
        // A date that is half typed sorts as today until it is whole.
        issue_date: typed::date("issue_date", &request.issue_date).unwrap_or(today),
        due_date: assessed.due_date().unwrap_or(today),
        gross: assessed.totals().map_or(zero, |totals| totals.gross),
        base: assessed.base_gross(),
        body: body(request),
        schedule: None,
        kept_back: false,
    })
}

fn body(request: &DraftInput) -> String {
    serde_json::to_string(request).unwrap_or_default()
}

/// A kept draft, priced as things stand now.
pub async fn find_draft(
    office: &Office,
    _: &Actor,
    request: DraftRequest,
) -> Result<DraftView, Fault> {
    let id: InvoiceId = typed::id("id", &request.id)?;
    let mut view = office.store.read().await?;
    let draft = kept(&mut view, id).await?;
    let mut tables = Tables::read(&mut view, office).await?;
    Ok(assess(&mut view, office, &mut tables, &draft).await?.view(draft, true))
}

/// A kept draft as it was typed.
///
/// # Errors
/// [`Code::NotFound`].
pub(crate) async fn kept(view: &mut View, id: InvoiceId) -> Result<DraftInput, Fault> {
    let missing = || Fault::new(Code::NotFound, "There is no such draft.").rule("draft");
    let row = view.find_draft(id).await?.ok_or_else(missing)?;
    serde_json::from_str(&row.body).map_err(|error| {
        Fault::new(Code::BookDamaged, "The draft cannot be read.").detail(error.to_string())
    })
}

/// Throws a draft away; one that is gone is thrown away already.
pub async fn delete_draft(
    office: &Office,
    _: &Actor,
    request: DraftRequest,
) -> Result<Nothing, Fault> {
    let id: InvoiceId = typed::id("id", &request.id)?;
    let mut tx = office.store.begin().await?;
    tx.delete_draft(id).await?;
    tx.commit().await?;
    Ok(Nothing {})
}

/// Refuses what no person types: texts and lists beyond all bounds.
pub(crate) fn bounded(request: DraftInput) -> Result<DraftInput, Fault> {
    if request.lines.len() > MOST_LINES {
        let fault = Fault::new(Code::Invalid, "A document has at most 1 000 lines.");
        return Err(fault.at("lines").rule("line_count"));
    }
    let short = [&request.id, &request.issue_date, &request.due_date, &request.reference];
    let short = short.into_iter().chain(&request.currency);
    let of_lines = request.lines.iter().flat_map(|line| {
        [
            &line.kind,
            &line.quantity,
            &line.unit_price,
            &line.discount_percent,
            &line.tax_code,
            &line.income_account,
        ]
    });
    for text in short.chain(of_lines) {
        typed::text("draft", text, typed::SHORT)?;
    }
    for (place, line) in request.lines.iter().enumerate() {
        typed::text(&format!("lines.{place}.description"), &line.description, typed::LINE)?;
    }
    typed::note("note", &request.note)?;
    let shares = request.payers.iter().flat_map(|share| [&share.value, &share.reference]);
    for text in shares.chain(request.discount.as_ref().map(|discount| &discount.value)) {
        typed::text("payers", text, typed::SHORT)?;
    }
    if request.payers.len() > finance::split::MOST_PARTS {
        let fault = Fault::new(Code::Invalid, "A document has at most 20 payers.");
        return Err(fault.at("payers").rule("split_count").with("most", "20"));
    }
    if let Some(terms) = &request.terms {
        crate::payers::terms("terms", terms)?;
    }
    Ok(request)
}
