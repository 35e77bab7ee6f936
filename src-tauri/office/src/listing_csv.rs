//! A list as a CSV file: just the rows that are narrowed or marked on the screen.
//!
//! Never a row twice, also where the book changes while it is read page by page.

use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::common::{MadeFile, Money, Window};
use crate::wire::exchange::RowBase;
use crate::wire::invoices::{InvoiceRow, ListInvoices};
use crate::wire::lists::{ListCsv, ListedRows};
use crate::wire::packages::{ListPackages, PackageRow};
use crate::wire::payments::{ListPayments, PaymentRow};
use crate::wire::students::{ListStudents, StudentRow};
use crate::{invoices, packages, papers, payments, students};
use documents::csv_out::{Cell, table};
use finance::Currency;
use std::borrow::Cow;
use std::collections::BTreeSet;

const PAGE: u32 = 500;

type Cells = Vec<Cell<'static>>;

fn text(text: String) -> Cell<'static> {
    Cell::Text(Cow::Owned(text))
}

fn amount(money: Money) -> Cell<'static> {
    Cell::Amount(money.0.amount())
}

const INVOICES: &[&str] = &[
    "number",
    "kind",
    "student",
    "issue_date",
    "due_date",
    "status",
    "currency",
    "gross",
    "open",
    "base_currency",
    "base_gross",
    "base_open",
];
const STUDENTS: &[&str] = &[
    "number",
    "name",
    "email",
    "phone",
    "department",
    "oldest_due",
    "currency",
    "overdue",
    "balance",
];
const PAYMENTS: &[&str] = &[
    "received_on",
    "student",
    "method",
    "reference",
    "state",
    "invoices",
    "currency",
    "amount",
    "unallocated",
    "base_currency",
    "base_amount",
    "base_unallocated",
];

const PACKAGES: &[&str] = &[
    "student_number",
    "student",
    "department",
    "package",
    "invoice",
    "bought_on",
    "valid_until",
    "state",
    "lessons_left",
    "currency",
    "amount_left",
    "worth",
];

/// What a row is worth in the books; a draft in another currency may have no rate yet.
fn worth(money: Option<Money>) -> Cell<'static> {
    money.map_or(Cell::Text(Cow::Borrowed("")), amount)
}

fn invoice(row: InvoiceRow, books: Currency) -> (String, Cells) {
    let currency = text(row.gross.0.currency().to_string());
    let words = [row.number, row.kind, row.student, row.issue_date, row.due_date, row.status];
    let own = RowBase { gross: row.gross, open: row.open };
    let base = row.base.or_else(|| (row.gross.0.currency() == books).then_some(own));
    let amounts = [
        currency,
        amount(row.gross),
        amount(row.open),
        text(books.to_string()),
        worth(base.as_ref().map(|base| base.gross)),
        worth(base.map(|base| base.open)),
    ];
    (row.id, words.map(text).into_iter().chain(amounts).collect())
}

fn student(row: StudentRow) -> (String, Cells) {
    let currency = text(row.balance.0.currency().to_string());
    let oldest = row.oldest_due.unwrap_or_default();
    let words = [row.number, row.name, row.email, row.phone, row.department, oldest];
    let amounts = [currency, amount(row.overdue), amount(row.balance)];
    (row.id, words.map(text).into_iter().chain(amounts).collect())
}

fn payment(row: PaymentRow) -> (String, Cells) {
    let currency = text(row.amount.0.currency().to_string());
    let settles = row.invoices.join(" ");
    let words = [row.received_on, row.student, row.method_name, row.reference, row.state, settles];
    let (worth, unused) = match row.base {
        Some(base) => (base.amount, base.unallocated.unwrap_or(row.unallocated)),
        None => (row.amount, row.unallocated),
    };
    let in_base = text(worth.0.currency().to_string());
    let amounts = [
        currency,
        amount(row.amount),
        amount(row.unallocated),
        in_base,
        amount(worth),
        amount(unused),
    ];
    (row.id, words.map(text).into_iter().chain(amounts).collect())
}

fn package(row: PackageRow) -> (String, Cells) {
    let currency = text(row.worth.0.currency().to_string());
    let until = row.valid_until.unwrap_or_default();
    let words = [
        row.student_number,
        row.student,
        row.department,
        row.name,
        row.invoice_number,
        row.opened_on,
        until,
        row.state,
        row.lessons_left,
    ];
    let left = row.amount_left.map_or_else(|| text(String::new()), amount);
    let amounts = [currency, left, amount(row.worth)];
    (row.id, words.map(text).into_iter().chain(amounts).collect())
}

/// The list's name in a file, its head, and a page of its rows with how many match in all.
struct Part {
    name: &'static str,
    header: &'static [&'static str],
    rows: Vec<(String, Cells)>,
    total: u32,
}

async fn part(
    office: &Office,
    actor: &Actor,
    rows: &ListedRows,
    window: Window,
) -> Result<Part, Fault> {
    Ok(match rows.clone() {
        ListedRows::Invoices(filter) => {
            let request = ListInvoices { filter, order: None, window };
            let page = invoices::list_invoices(office, actor, request).await?;
            let books = office.school.currency;
            let rows = page.rows.into_iter().map(|row| invoice(row, books)).collect();
            Part { name: "invoices", header: INVOICES, rows, total: page.total }
        }
        ListedRows::Students(request) => {
            let request = ListStudents { window, ..request };
            let page = students::list_students(office, actor, request).await?;
            let rows = page.rows.into_iter().map(student).collect();
            Part { name: "students", header: STUDENTS, rows, total: page.total }
        }
        ListedRows::Payments(request) => {
            let request = ListPayments { window, ..request };
            let page = payments::list_payments(office, actor, request).await?;
            let rows = page.rows.into_iter().map(payment).collect();
            Part { name: "payments", header: PAYMENTS, rows, total: page.total }
        }
        ListedRows::Packages(request) => {
            let request = ListPackages { window, ..request };
            let page = packages::list_packages(office, actor, request).await?;
            let rows = page.rows.into_iter().map(package).collect();
            Part { name: "packages", header: PACKAGES, rows, total: page.total }
        }
    })
}

/// Writes the rows of a list into a file of their own.
pub async fn list_csv(office: &Office, actor: &Actor, request: ListCsv) -> Result<MadeFile, Fault> {
    let only: BTreeSet<&str> = request.ids.iter().map(String::as_str).collect();
    let except: BTreeSet<&str> = request.except.iter().map(String::as_str).collect();
    let wanted = |id: &str| (only.is_empty() || only.contains(id)) && !except.contains(id);
    let (mut seen, mut cells) = (BTreeSet::new(), Vec::new());
    let mut offset = 0;
    let last = loop {
        let part = part(office, actor, &request.rows, Window { offset, limit: PAGE }).await?;
        offset += PAGE;
        let is_last = offset >= part.total || part.rows.is_empty();
        office.events.progress("list_csv", offset.min(part.total), part.total);
        for (id, row) in &part.rows {
            if wanted(id) && seen.insert(id.clone()) {
                cells.push(row.clone());
            }
        }
        if is_last {
            break part;
        }
    };
    let file = table(last.header, cells, true)
        .map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
    let name = format!("{}-{}.csv", last.name, office.today());
    papers::give(office, &request.wish, &name, &file.bytes)
}
