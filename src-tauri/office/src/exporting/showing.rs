//! One record with everything that was tried.
//!
//! Never shows a secret: what is kept of answers has none.

use super::{causes, record_id, row};
use crate::actor::Actor;
use crate::export::build;
use crate::export::engine::codes;
use crate::export::files;
use crate::fault::Fault;
use crate::office::Office;
use crate::show;
use crate::wire::exports::{AttemptView, ContentLine, ExportDetail, ExportRequest};
use providers::document::{EntryLine, ExportDocument, SalesDocument, SalesLine};
use store::View;
use store::exports::{AttemptRow, ExportRow};

/// A record, what is sent, and every try.
pub async fn find_export(
    office: &Office,
    _: &Actor,
    request: ExportRequest,
) -> Result<ExportDetail, Fault> {
    let id = record_id("id", &request.id)?;
    detail(&mut office.store.read().await?, id).await
}

/// A record in full.
///
/// # Errors
/// [`crate::Code::NotFound`].
pub(super) async fn detail(view: &mut View, id: i64) -> Result<ExportDetail, Fault> {
    let (record, keys) = causes::find(view, id).await?;
    let attempts = view.export_attempts(id).await?;
    let document = document(view, &record).await?;
    Ok(ExportDetail {
        row: row(&record),
        cause: causes::of_record(view, &record).await?,
        attempts: attempts.into_iter().map(attempt).collect(),
        content: document.map_or_else(Vec::new, |document| content(&document, &record)),
        revision: keys.revision,
        idempotency_key: keys.idempotency_key.unwrap_or_default(),
    })
}

/// What is sent for a record; what is not mapped stays empty in it.
///
/// # Errors
/// What the database reports.
pub(super) async fn document(
    view: &mut View,
    record: &ExportRow,
) -> Result<Option<ExportDocument>, Fault> {
    let Some(due) = view.export_as_due(record.id).await? else { return Ok(None) };
    let contents = view.export_contents(record.kind, &[record.document_id]).await?;
    let codes = codes(view, record.connection, record.provider == files::PROVIDER).await?;
    let content = contents.get(&record.document_id);
    let built = content.and_then(|content| build::document(&due, content, &codes));
    Ok(built.map(|built| built.document))
}

fn attempt(row: AttemptRow) -> AttemptView {
    AttemptView {
        started_at: show::moment(row.began_at_ms),
        ended_at: Some(show::moment(row.ended_at_ms)),
        outcome: row.outcome,
        call: row.call,
        status: row.status,
        request_id: row.request_id,
        class: row.class,
        excerpt: if row.text.is_empty() { row.excerpt } else { row.text },
    }
}

fn content(document: &ExportDocument, record: &ExportRow) -> Vec<ContentLine> {
    let mut lines: Vec<(&str, String)> = Vec::new();
    match document {
        ExportDocument::Customer(it) => {
            lines.push(("name", it.name.clone()));
            lines.push(("number", it.number.clone()));
            lines.push(("email", it.email.clone()));
        }
        ExportDocument::Invoice(it) | ExportDocument::CreditNote(it) => {
            lines.push(("customer", record.student.clone()));
            lines.extend(sales(it));
        }
        ExportDocument::Payment(it) => {
            lines.push(("customer", record.student.clone()));
            lines.push(("invoice", record.label.clone()));
            lines.push(("date", it.date.to_string()));
            lines.push(("account", it.account.clone()));
            lines.push(("amount", amount(it.amount)));
        }
        ExportDocument::OnAccount(it) => {
            lines.push(("customer", record.student.clone()));
            lines.push(("date", it.date.to_string()));
            lines.push(("account", it.account.clone()));
            lines.push(("amount", amount(it.amount)));
        }
        ExportDocument::CreditAllocation(it) => {
            lines.push(("customer", record.student.clone()));
            lines.push(("invoice", record.label.clone()));
            lines.push(("date", it.date.to_string()));
            lines.push(("amount", amount(it.amount)));
        }
        ExportDocument::Refund(it) => {
            lines.push(("customer", record.student.clone()));
            lines.push(("date", it.date.to_string()));
            lines.push(("account", it.account.clone()));
            lines.push(("amount", amount(it.amount)));
        }
        ExportDocument::Journal(it) => {
            lines.push(("date", it.date.to_string()));
            lines.extend(it.lines.iter().map(|line| ("line", entry_line(line))));
            lines.push(("total", amount(it.total)));
        }
        ExportDocument::Removal(it) => {
            lines.push(("customer", record.student.clone()));
            lines.push(("invoice", record.label.clone()));
            lines.push(("taken_back", it.existing.clone()));
        }
        ExportDocument::Attachment(it) => {
            lines.push(("customer", record.student.clone()));
            lines.push(("file", it.file_name.clone()));
        }
    }
    lines.push(("reference", document.reference().to_owned()));
    let filled = lines.into_iter().filter(|(_, value)| !value.is_empty());
    filled.map(|(label, value)| ContentLine { label: label.to_owned(), value }).collect()
}

fn sales(document: &SalesDocument) -> Vec<(&'static str, String)> {
    let mut lines = vec![
        ("number", document.number.clone()),
        ("date", document.date.to_string()),
        ("due", document.due_date.to_string()),
    ];
    lines.extend(document.lines.iter().map(|line| ("line", sales_line(line))));
    lines.push(("net", amount(document.net)));
    lines.push(("vat", amount(document.vat)));
    lines.push(("gross", amount(document.gross)));
    lines
}

fn sales_line(line: &SalesLine) -> String {
    let quantity = show::number(line.quantity);
    let parts = [
        line.description.clone(),
        format!("{quantity} × {}", show::number(line.unit_price)),
        line.account.clone(),
        line.tax_code.clone(),
        amount(line.gross),
    ];
    let filled: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    filled.join(" · ")
}

/// Our account, theirs, and the amount: credits below nothing.
fn entry_line(line: &EntryLine) -> String {
    let parts = [line.description.clone(), line.account.clone(), amount(line.amount)];
    let filled: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    filled.join(" · ")
}

fn amount(money: finance::Money) -> String {
    format!("{} {}", money.amount(), money.currency())
}
