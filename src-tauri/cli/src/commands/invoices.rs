//! Invoices and credit notes.
//!
//! Never issues twice: the draft's identity is the invoice's.

use super::{call, folder, imports, money, new_id};
use crate::answer::Answer;
use crate::args::{Import, Part};
use crate::ask::Asker;
use crate::find;
use crate::show::{self, Table};
use clap::{Args, Subcommand};
use office::Fault;
use office::wire::common::{FileWish, MadeFile};
use office::wire::credits::CreditNoteView;
use office::wire::invoices::{
    InvoicePage, InvoiceView, ListInvoices, MergedPaperRequest, PaperRequest,
};
use serde_json::{Value, json};
use std::path::PathBuf;

/// What is asked about invoices.
#[derive(Subcommand)]
pub enum Invoices {
    /// List drafts, invoices and credit notes
    List {
        #[command(flatten)]
        filter: Filter,
        #[command(flatten)]
        part: Part,
    },
    /// Show an invoice or a credit note
    Show {
        /// Number or id
        document: String,
    },
    /// Bring in the open invoices of another system, each once
    Import(Import),
    /// Give up all that an invoice has open
    WriteOff(money::WriteOff),
    /// Issue the invoice of a draft in JSON
    Issue {
        /// The draft as `price_draft` takes it; `-` reads standard input. Without an `id` it gets
        /// a new one; issued twice with the same one, it is one invoice
        file: PathBuf,
    },
    /// Write the PDF of an invoice or a credit note
    Pdf {
        /// Number or id
        document: String,
        #[command(flatten)]
        target: Target,
    },
    /// Write one PDF of all matching invoices, in number order
    Merged {
        #[command(flatten)]
        filter: Filter,
        #[command(flatten)]
        target: Target,
    },
}

/// Which documents.
#[derive(Args)]
pub struct Filter {
    /// all, draft, open, overdue, part_paid, paid, credited or export_failed
    #[arg(long, default_value = "all")]
    view: String,
    /// Number, student, reference, KID or amount
    #[arg(long, default_value = "", hide_default_value = true)]
    query: String,
}

/// Where a file goes.
#[derive(Args)]
pub struct Target {
    /// Folder [default: the desk's own for papers]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl Target {
    fn wish(self) -> Result<FileWish, Fault> {
        Ok(FileWish { inline: false, folder: folder(self.out)? })
    }
}

/// Answers about invoices.
///
/// # Errors
/// What the office refuses.
pub async fn answer(asker: &Asker, command: Invoices) -> Result<Answer, Fault> {
    match command {
        Invoices::List { filter, part } => list(asker, filter, part).await,
        Invoices::Show { document } => show(asker, &document).await,
        Invoices::Import(import) => imports::import(asker, "invoices", import).await,
        Invoices::WriteOff(form) => money::write_off(asker, form).await,
        Invoices::Issue { file } => issue(asker, call::json_of(&file)?).await,
        Invoices::Pdf { document, target } => pdf(asker, &document, target).await,
        Invoices::Merged { filter, target } => merged(asker, filter, target).await,
    }
}

async fn list(asker: &Asker, filter: Filter, part: Part) -> Result<Answer, Fault> {
    let request = ListInvoices {
        filter: find::filter(&filter.view, &filter.query),
        order: None,
        window: (&part).into(),
    };
    let found: InvoicePage = asker.ask("list_invoices", request).await?;
    Answer::new(&found, page(&found))
}

/// A page of invoices with the sums of all that match.
pub fn page(page: &InvoicePage) -> String {
    let headings =
        ["Number", "Student", "Issued", "Due", ">Gross", ">Open", "Currency", "Status", "Exports"];
    let table = Table::new(headings).rows(&page.rows, |row| {
        let exports: Vec<&str> = row.exports.iter().map(|mark| mark.state.as_str()).collect();
        vec![
            row.number.clone(),
            row.student.clone(),
            row.issue_date.clone(),
            row.due_date.clone(),
            row.gross.0.plain(),
            row.open.0.plain(),
            row.gross.0.currency().to_string(),
            row.status.clone(),
            exports.join(" "),
        ]
    });
    let mut text = format!("{}\n\n{}", table.text(), show::shown(page.rows.len(), page.total));
    for sum in &page.sums {
        text += &format!(", {} of {} open", show::money(&sum.open), show::money(&sum.gross));
    }
    text
}

async fn show(asker: &Asker, wanted: &str) -> Result<Answer, Fault> {
    let document = find::document(asker, wanted).await?;
    let request = json!({ "id": document.id });
    if document.kind == "credit_note" {
        let note: CreditNoteView = asker.ask("find_credit_note", request).await?;
        return Answer::new(&note, note_text(&note));
    }
    shown(&asker.ask("find_invoice", request).await?)
}

fn shown(invoice: &InvoiceView) -> Result<Answer, Fault> {
    let facts = show::facts(&[
        ("Invoice", invoice.number.clone()),
        ("Student", format!("{} {}", invoice.student_number, invoice.buyer.name)),
        ("Issued", invoice.issue_date.clone()),
        ("Due", invoice.due_date.clone()),
        ("KID", invoice.payment_reference.clone()),
        ("Reference", invoice.reference.clone()),
        ("Status", invoice.status.clone()),
        ("Id", invoice.id.clone()),
    ]);
    let lines = Table::new(["Description", ">Quantity", ">Price", "VAT", ">Gross"]).rows(
        &invoice.lines,
        |line| {
            vec![
                line.description.clone(),
                line.quantity.clone(),
                line.unit_price.clone(),
                line.tax_name.clone(),
                line.gross.0.plain(),
            ]
        },
    );
    let totals = &invoice.totals;
    let sums = [
        ("Net", &totals.net),
        ("VAT", &totals.vat),
        ("Total", &totals.gross),
        ("Paid", &invoice.paid),
        ("Credited", &invoice.credited),
        ("Open", &invoice.open),
    ];
    let sums = Table::new(["", &format!(">{}", totals.gross.0.currency())])
        .rows(&sums, |(name, money)| vec![(*name).to_owned(), money.0.plain()]);
    let mut text = format!("{facts}\n\n{}\n\n{}", lines.text(), sums.text());
    if !invoice.exports.is_empty() {
        let exports = Table::new(["System", "State", "Number there", "Cause"]).rows(
            &invoice.exports,
            |export| {
                let number = export.external_number.clone().unwrap_or_default();
                let cause = export.cause.clone().unwrap_or_default();
                vec![export.system.clone(), export.state.clone(), number, cause]
            },
        );
        text += &format!("\n\n{}", exports.text());
    }
    Answer::new(invoice, text)
}

fn note_text(note: &CreditNoteView) -> String {
    show::facts(&[
        ("Credit note", note.number.clone()),
        ("Of invoice", note.invoice_number.clone()),
        ("Student", note.student.clone()),
        ("Issued", note.issue_date.clone()),
        ("Reason", note.reason.clone()),
        ("Net", show::money(&note.totals.net)),
        ("VAT", show::money(&note.totals.vat)),
        ("Total", show::money(&note.totals.gross)),
        ("Unused", show::money(&note.unused)),
        ("Id", note.id.clone()),
    ])
}

async fn issue(asker: &Asker, mut draft: Value) -> Result<Answer, Fault> {
    if let Some(fields) = draft.as_object_mut() {
        fields.entry("id").or_insert_with(|| new_id().into());
    }
    shown(&asker.ask("issue_invoice", json!({ "draft": draft })).await?)
}

async fn pdf(asker: &Asker, wanted: &str, target: Target) -> Result<Answer, Fault> {
    let document = find::document(asker, wanted).await?;
    let (kind, id) = (document.kind, document.id);
    let request = PaperRequest { kind, id, draft: None, wish: target.wish()? };
    made(&asker.ask("paper", request).await?)
}

async fn merged(asker: &Asker, filter: Filter, target: Target) -> Result<Answer, Fault> {
    let request = MergedPaperRequest {
        filter: find::filter(&filter.view, &filter.query),
        ids: Vec::new(),
        except: Vec::new(),
        wish: target.wish()?,
    };
    made(&asker.ask("merged_paper", request).await?)
}

fn made(file: &MadeFile) -> Result<Answer, Fault> {
    Answer::new(file, &file.path)
}
