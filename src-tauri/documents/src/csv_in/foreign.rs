//! Files that other programs export, known by their heading rows.
//!
//! Never takes what was settled there for money: what a payment was set against in the other system
//! is left out, because the open invoices that come from there are less by it already.
//!
//! Headings: Frappe Books, `src/utils/export.ts` and `schemas/app` (commit 10ec6eb, read
//! 2026-11-21): a row of labels and below it a row of `Schema.field`. Invoice Ninja 5,
//! `app/Export/CSV/BaseExport.php` with `lang/en/texts.php` (read 2026-11-21): labels, since 2023
//! with the entity before them.

use super::Sheet;
use super::header::{Field, plain};
use super::kinds::FileKind;
use super::values::decimal;
use rust_decimal::Decimal;

/// A program whose files are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Frappe Books.
    FrappeBooks,
    /// Invoice Ninja.
    InvoiceNinja,
}

/// A file of another program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreign {
    /// Which program.
    pub source: Source,
    /// What it holds.
    pub kind: FileKind,
    /// What each column holds.
    pub columns: Vec<Option<Field>>,
}

type Names = &'static [(&'static str, Field)];

const FRAPPE: &[(&str, FileKind, Names)] = &[
    (
        "Party",
        FileKind::Students,
        &[
            ("Party.name", Field::Name),
            ("Party.email", Field::Email),
            ("Party.phone", Field::Phone),
            ("Party.role", Field::State),
        ],
    ),
    (
        "Item",
        FileKind::Services,
        &[
            ("Item.name", Field::Code),
            ("Item.description", Field::Name),
            ("Item.itemType", Field::Kind),
            ("Item.tax", Field::Vat),
            ("Item.rate", Field::Price),
        ],
    ),
    (
        "SalesInvoice",
        FileKind::Invoices,
        &[
            ("SalesInvoice.name", Field::InvoiceNumber),
            ("SalesInvoice.party", Field::Name),
            ("SalesInvoice.date", Field::Date),
            ("SalesInvoice.baseGrandTotal", Field::Total),
            ("SalesInvoice.outstandingAmount", Field::Open),
            ("SalesInvoice.submitted", Field::State),
            ("SalesInvoice.cancelled", Field::Void),
        ],
    ),
    (
        "Payment",
        FileKind::Payments,
        &[
            ("Payment.name", Field::Key),
            ("Payment.party", Field::Name),
            ("Payment.date", Field::Date),
            ("Payment.paymentType", Field::Kind),
            ("Payment.paymentMethod", Field::Method),
            ("Payment.referenceId", Field::Reference),
            ("Payment.amount", Field::Amount),
            ("Payment.submitted", Field::State),
            ("Payment.cancelled", Field::Void),
            ("PaymentFor.amount", Field::Applied),
        ],
    ),
];

/// What must be there to know the file, the kind, and what its headings mean, all in plain letters
/// and without the entity before them.
const NINJA: &[(&[&str], FileKind, Names)] = &[
    (
        &["balance", "duedate", "paidtodate", "ponumber"],
        FileKind::Invoices,
        &[
            ("invoicenumber", Field::InvoiceNumber),
            ("number", Field::InvoiceNumber),
            ("client", Field::Name),
            ("name", Field::Name),
            ("date", Field::Date),
            ("duedate", Field::DueDate),
            ("amount", Field::Total),
            ("balance", Field::Open),
            ("taxamount", Field::VatAmount),
            ("totaltaxes", Field::VatAmount),
            ("status", Field::State),
        ],
    ),
    (
        &["applied", "refunded", "transactionreference"],
        FileKind::Payments,
        &[
            ("client", Field::Name),
            ("name", Field::Name),
            ("date", Field::Date),
            ("amount", Field::Amount),
            ("applied", Field::Applied),
            ("refunded", Field::Refunded),
            ("transactionreference", Field::Reference),
            ("number", Field::Key),
            ("method", Field::Method),
            ("type", Field::Method),
            ("status", Field::State),
        ],
    ),
    (
        &["aptsuite", "paidtodate", "vatnumber"],
        FileKind::Students,
        &[
            ("name", Field::Name),
            ("firstname", Field::FirstName),
            ("lastname", Field::LastName),
            ("email", Field::Email),
            ("phone", Field::Phone),
            ("street", Field::Address),
            ("aptsuite", Field::Address2),
            ("postalcode", Field::PostalCode),
            ("city", Field::City),
        ],
    ),
    (
        &["product", "cost", "taxname1", "taxrate1"],
        FileKind::Services,
        &[
            ("product", Field::Code),
            ("notes", Field::Name),
            ("price", Field::Price),
            ("taxrate1", Field::Vat),
        ],
    ),
];

/// Entities that stand before a heading.
const ENTITIES: &[&str] = &["client", "contact", "invoice", "payment"];

/// The file of another program, if its headings say so.
pub fn recognised(headings: &[String]) -> Option<Foreign> {
    frappe(headings).or_else(|| ninja(headings))
}

fn frappe(headings: &[String]) -> Option<Foreign> {
    let (schema, _) = headings.first().filter(|_| is_keys(headings))?.split_once('.')?;
    let (_, kind, names) = FRAPPE.iter().find(|(known, ..)| *known == schema)?;
    let field =
        |heading: &String| names.iter().find(|(name, _)| name == heading).map(|(_, field)| *field);
    let columns = once_each(headings.iter().map(field));
    Some(Foreign { source: Source::FrappeBooks, kind: *kind, columns })
}

fn ninja(headings: &[String]) -> Option<Foreign> {
    let names: Vec<String> = headings.iter().map(|heading| bare(heading)).collect();
    let there = |name: &&str| names.iter().any(|own| own == name);
    let (_, kind, meanings) = NINJA.iter().find(|(signs, ..)| signs.iter().all(&there))?;
    let field =
        |name: &String| meanings.iter().find(|(known, _)| known == name).map(|(_, field)| *field);
    let columns = once_each(names.iter().map(field));
    Some(Foreign { source: Source::InvoiceNinja, kind: *kind, columns })
}

/// A heading in plain letters without the entity before it.
fn bare(heading: &str) -> String {
    let whole = plain(heading);
    let after = |entity: &str| {
        let words = heading.to_lowercase();
        let rest = words.strip_prefix(entity)?.strip_prefix(' ')?;
        Some(plain(rest))
    };
    match ENTITIES.iter().find_map(|entity| after(entity)) {
        // The invoice's number and date bear their entity in the older files too.
        Some(rest) if !rest.is_empty() => rest,
        _ => whole,
    }
}

/// Each meaning once: the first column that has it.
fn once_each(fields: impl Iterator<Item = Option<Field>>) -> Vec<Option<Field>> {
    let mut columns: Vec<Option<Field>> = Vec::new();
    for field in fields {
        columns.push(field.filter(|field| !columns.contains(&Some(*field))));
    }
    columns
}

/// A row of `Schema.field`, which Frappe Books writes below its labels.
pub(super) fn is_keys(cells: &[String]) -> bool {
    let is_key = |cell: &String| {
        cell.split_once('.').is_some_and(|(schema, field)| {
            let plain = |part: &str| part.chars().all(|c| c.is_ascii_alphanumeric());
            schema.starts_with(|c: char| c.is_ascii_uppercase())
                && field.starts_with(|c: char| c.is_ascii_lowercase())
                && plain(schema)
                && plain(field)
        })
    };
    !cells.is_empty() && cells.iter().all(is_key)
}

/// Frappe Books repeats a document for each of its lines: it is read once, with what its lines
/// were applied for as one sum.
pub(super) fn folded(sheet: Sheet, foreign: &Foreign) -> Sheet {
    let key = match foreign.kind {
        FileKind::Invoices => Field::InvoiceNumber,
        FileKind::Payments => Field::Key,
        _ => return sheet,
    };
    let place = |field| foreign.columns.iter().position(|column| *column == Some(field));
    let (Some(key), applied) = (place(key), place(Field::Applied)) else { return sheet };
    let mut rows: Vec<super::RawRow> = Vec::with_capacity(sheet.rows.len());
    for row in sheet.rows {
        match rows.last_mut().filter(|last| last.cells.get(key) == row.cells.get(key)) {
            None => rows.push(row),
            Some(last) => {
                let Some(applied) = applied else { continue };
                let cell = |row: &super::RawRow| -> Option<Decimal> {
                    decimal(row.cells.get(applied)?, Some(super::DecimalMark::Point)).ok()
                };
                if let (Some(before), Some(more)) = (cell(last), cell(&row))
                    && let Some(sum) = last.cells.get_mut(applied)
                {
                    *sum = (before + more).to_string();
                }
            }
        }
    }
    Sheet { rows, ..sheet }
}
