//! A list on paper: the rows as they are narrowed and ordered on the screen, with their sums.
//!
//! Never a row twice, also where the book changes while it is read page by page; never a sum of
//! rows that are not printed.

use crate::actor::Actor;
use crate::fault::Fault;
use crate::office::Office;
use crate::wire::common::{MadeFile, Window};
use crate::wire::lists::{PrintList, PrintedRows};
use crate::wire::packages::{ListPackages, PackageRow};
use crate::wire::payments::{ListPayments, PaymentRow};
use crate::wire::students::{ListStudents, StudentRow};
use crate::{packages, papers, payments, students, typed};
use documents::{Heading, Report, ReportCell, ReportKind, ReportTable};
use finance::{Currency, Money};
use std::collections::{BTreeMap, BTreeSet};
use store::View;

const PAGE: u32 = 500;

const STUDENTS: &[Heading] = &[
    Heading::Number,
    Heading::Student,
    Heading::Phone,
    Heading::Department,
    Heading::OldestDue,
    Heading::Overdue,
    Heading::Balance,
];
const PAYMENTS: &[Heading] = &[
    Heading::ReceivedOn,
    Heading::Student,
    Heading::Method,
    Heading::Reference,
    Heading::State,
    Heading::Amount,
    Heading::Unallocated,
];

const PACKAGES: &[Heading] = &[
    Heading::Number,
    Heading::Student,
    Heading::Package,
    Heading::BoughtOn,
    Heading::ValidUntil,
    Heading::Left,
    Heading::Lapsed,
    Heading::Worth,
];

/// A row: its cells but the last two, and these, which are added up.
struct Row {
    id: String,
    cells: Vec<ReportCell>,
    amounts: [Money; 2],
}

fn text(text: String) -> ReportCell {
    ReportCell::Text(text)
}

fn day(field: &str, day: Option<&str>) -> Result<ReportCell, Fault> {
    let day = typed::optional_date(field, day)?;
    Ok(day.map_or_else(|| text(String::new()), ReportCell::Day))
}

fn student(row: StudentRow) -> Result<Row, Fault> {
    let oldest = day("oldest_due", row.oldest_due.as_deref())?;
    let words = [row.number, row.name, row.phone, row.department].map(text);
    let cells = words.into_iter().chain([oldest]).collect();
    Ok(Row { id: row.id, cells, amounts: [row.overdue.0, row.balance.0] })
}

fn payment(row: PaymentRow) -> Result<Row, Fault> {
    let state = ReportCell::State(typed::one_of("state", &row.state, payments::STATES)?);
    let received = day("received_on", Some(&row.received_on))?;
    let words = [row.student, row.method_name, row.reference].map(text);
    let cells = std::iter::once(received).chain(words).chain([state]).collect();
    Ok(Row { id: row.id, cells, amounts: [row.amount.0, row.unallocated.0] })
}

/// What has lapsed and what is still worth something are never added up together.
fn package(row: PackageRow) -> Result<Row, Fault> {
    let days =
        [day("opened_on", Some(&row.opened_on))?, day("valid_until", row.valid_until.as_deref())?];
    let left = match row.amount_left {
        Some(left) => ReportCell::Amount(left.0),
        None => ReportCell::Lessons(typed::decimal("lessons_left", &row.lessons_left)?),
    };
    let words = [row.student_number, row.student, row.name].map(text);
    let cells = words.into_iter().chain(days).chain([left]).collect();
    let worth = row.worth.0;
    let nothing = Money::zero(worth.currency());
    let amounts = if row.state == "expired" { [worth, nothing] } else { [nothing, worth] };
    Ok(Row { id: row.id, cells, amounts })
}

/// A page of rows, and how many match in all.
async fn page(
    office: &Office,
    actor: &Actor,
    rows: &PrintedRows,
    window: Window,
) -> Result<(Vec<Row>, u32), Fault> {
    Ok(match rows.clone() {
        PrintedRows::Students(request) => {
            let request = ListStudents { window, ..request };
            let page = students::list_students(office, actor, request).await?;
            (page.rows.into_iter().map(student).collect::<Result<_, _>>()?, page.total)
        }
        PrintedRows::Payments(request) => {
            let request = ListPayments { window, ..request };
            let page = payments::list_payments(office, actor, request).await?;
            (page.rows.into_iter().map(payment).collect::<Result<_, _>>()?, page.total)
        }
        PrintedRows::Packages(request) => {
            let request = ListPackages { window, ..request };
            let page = packages::list_packages(office, actor, request).await?;
            (page.rows.into_iter().map(package).collect::<Result<_, _>>()?, page.total)
        }
    })
}

/// What the list is narrowed to, in words.
async fn narrowed(office: &Office, rows: &PrintedRows) -> Result<String, Fault> {
    let mut view = office.store.read().await?;
    let words: Vec<String> = match rows {
        PrintedRows::Students(asked) => {
            let named = department(&mut view, asked.department_id.as_deref()).await?;
            vec![named, asked.query.clone()]
        }
        PrintedRows::Packages(asked) => {
            let named = department(&mut view, asked.department_id.as_deref()).await?;
            vec![named, asked.query.clone()]
        }
        PrintedRows::Payments(asked) => {
            let methods = view.payment_methods().await?;
            let named =
                methods.into_iter().find(|known| Some(&known.code) == asked.method.as_ref());
            let days = [asked.from.clone(), asked.to.clone()].map(Option::unwrap_or_default);
            let days = days.join(" – ");
            let days = Some(days).filter(|days| days != " – ");
            [days, named.map(|known| known.name), Some(asked.query.clone())]
                .into_iter()
                .flatten()
                .collect()
        }
    };
    let words: Vec<String> = words.into_iter().filter(|word| !word.is_empty()).collect();
    Ok(words.join(" · "))
}

/// The name of a department, or empty.
async fn department(view: &mut View, id: Option<&str>) -> Result<String, Fault> {
    let departments = view.departments().await?;
    let named = departments.into_iter().find(|known| Some(&*known.id.to_string()) == id);
    Ok(named.map(|known| known.name).unwrap_or_default())
}

/// One table for each currency, with the sums of its rows.
fn tables(rows: Vec<Row>) -> Result<Vec<ReportTable>, Fault> {
    let mut parts: BTreeMap<Currency, Vec<Row>> = BTreeMap::new();
    for row in rows {
        parts.entry(row.amounts[0].currency()).or_default().push(row);
    }
    let mut tables = Vec::with_capacity(parts.len());
    for (currency, rows) in parts {
        let sum = |at: usize| Money::sum(currency, rows.iter().map(|row| row.amounts[at]));
        let sums = [sum(0)?, sum(1)?].map(ReportCell::Amount);
        let blank = rows.first().map_or(0, |row| row.cells.len());
        let sums = vec![ReportCell::Empty; blank].into_iter().chain(sums).collect();
        let cells =
            |row: Row| row.cells.into_iter().chain(row.amounts.map(ReportCell::Amount)).collect();
        let rows = rows.into_iter().map(cells).collect();
        tables.push(ReportTable { currency: currency.to_string(), rows, sums });
    }
    Ok(tables)
}

/// The rows of a list as a PDF.
pub async fn print_list(
    office: &Office,
    actor: &Actor,
    request: PrintList,
) -> Result<MadeFile, Fault> {
    let (mut seen, mut rows) = (BTreeSet::new(), Vec::new());
    let mut offset = 0;
    loop {
        let window = Window { offset, limit: PAGE };
        let (found, total) = page(office, actor, &request.rows, window).await?;
        offset += PAGE;
        let is_last = offset >= total || found.is_empty();
        rows.extend(found.into_iter().filter(|row| seen.insert(row.id.clone())));
        if is_last {
            break;
        }
    }
    let (kind, columns) = match request.rows {
        PrintedRows::Students(_) => (ReportKind::Students, STUDENTS),
        PrintedRows::Payments(_) => (ReportKind::Payments, PAYMENTS),
        PrintedRows::Packages(_) => (ReportKind::Packages, PACKAGES),
    };
    let today = office.today();
    let report = Report {
        kind,
        language: papers::language(office),
        seller: office.school.seller.clone(),
        made_on: today,
        period: (today, today),
        narrowed: narrowed(office, &request.rows).await?,
        columns: columns.to_vec(),
        tables: tables(rows)?,
    };
    let name = format!("{}-{today}", report.title());
    papers::give_all(office, &request.wish, &name, vec![report]).await
}
