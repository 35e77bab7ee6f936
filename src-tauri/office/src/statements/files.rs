//! Statements as files: one PDF or one CSV for one student or many.
//!
//! Never leaves a student out that was asked for.

use super::{ITEMS, KINDS, Stated, Style, Tables, Wanted, Whose, entry_label, item_label};
use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::files::safe_name;
use crate::office::Office;
use crate::show::name_of;
use crate::wire::common::MadeFile;
use crate::wire::statements::StatementFile;
use crate::{papers, reports, typed};
use chrono::NaiveDate;
use documents::StatementPaper;
use documents::csv_out::{self, StatementRow};
use documents::statement::{ActivityLine, Listed, Moved, OpenLine};
use finance::Money;
use finance::ids::DepartmentId;
use finance::money::MoneyError;
use rust_decimal::Decimal;
use store::{AccountKind, AgeBy, AgeingQuestion, Among, ItemKind, View};

/// The most statements of one file.
const MOST: usize = 5_000;
/// How often progress is told.
const STRIDE: u32 = 50;

#[derive(Clone, Copy)]
enum Format {
    Pdf,
    Csv,
}

/// Statements of one student, of some, of everybody who owes something, or of a payer.
pub async fn statement_file(
    office: &Office,
    _: &Actor,
    request: StatementFile,
) -> Result<MadeFile, Fault> {
    let wanted = Wanted::typed(request.from.as_deref(), &request.to, &request.style)?;
    let formats = [("pdf", Format::Pdf), ("csv", Format::Csv)];
    let format = typed::one_of("format", &request.format, &formats)?;
    let department = reports::among("department_id", request.department_id.as_deref())?;
    let mut view = office.store.read().await?;
    let tables = Tables::read(&mut view).await?;
    let payer = typed::optional_id("payer_id", request.payer_id.as_deref())?;
    let parties: Vec<Whose> = if let Some(payer) = payer {
        vec![Whose::Payer(payer)]
    } else if request.student_ids.is_empty() {
        owing(&mut view, &tables, wanted.to, department).await?
    } else {
        request
            .student_ids
            .iter()
            .map(|id| typed::id("student_ids", id).map(Whose::Student))
            .collect::<Result<_, _>>()?
    };
    if parties.len() > MOST {
        let fault = Fault::new(Code::Invalid, "Too many statements at once.");
        return Err(fault.at("student_ids").rule("too_many"));
    }
    let total = u32::try_from(parties.len()).unwrap_or(u32::MAX);
    let mut stated = Vec::with_capacity(parties.len());
    for (done, whose) in (1..).zip(&parties) {
        stated.push(Stated::read(&mut view, office, &tables, (*whose, &wanted)).await?);
        if done % STRIDE == 0 || done == total {
            office.events.progress("paper", done, total);
        }
    }
    drop(view);
    let name = file_name(office, &stated, &wanted);
    match format {
        Format::Pdf => {
            let papers = stated.into_iter().map(|one| paper(office, one, &tables)).collect();
            papers::give_all(office, &request.wish, &name, papers).await
        }
        Format::Csv => {
            let rows: Vec<Vec<StatementRow>> =
                stated.iter().map(|one| csv_rows(one, &tables)).collect::<Result<_, _>>()?;
            let rows: Vec<StatementRow> = rows.into_iter().flatten().collect();
            let file = csv_out::statements(&rows, true)
                .map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
            let name = format!("{}.csv", safe_name(&name));
            papers::give(office, &request.wish, &name, &file.bytes)
        }
    }
}

fn file_name(office: &Office, stated: &[Stated], wanted: &Wanted) -> String {
    let norwegian = office.school.language == "nb";
    match stated {
        [one] if norwegian => format!("Kontoutskrift-{}-{}", one.party.number, wanted.to),
        [one] => format!("Statement-{}-{}", one.party.number, wanted.to),
        _ if norwegian => format!("Kontoutskrifter-{}", wanted.to),
        _ => format!("Statements-{}", wanted.to),
    }
}

/// Everybody who owed something in all on the day, by name.
async fn owing(
    view: &mut View,
    tables: &Tables,
    as_of: NaiveDate,
    department: Among<DepartmentId>,
) -> Result<Vec<Whose>, Fault> {
    let buckets = tables.buckets.clone();
    let question = AgeingQuestion { as_of, by: AgeBy::Due, buckets, department };
    let aged = view.ageing(&question).await?;
    let owing = aged.into_iter().filter(|student| student.amounts.balance.is_positive());
    Ok(owing.map(|student| Whose::Student(student.student_id)).collect())
}

fn moved(kind: AccountKind) -> Moved {
    match kind {
        AccountKind::Invoice => Moved::Invoice,
        AccountKind::CreditNote => Moved::CreditNote,
        AccountKind::Payment => Moved::Payment,
        AccountKind::Reversal => Moved::Reversal,
        AccountKind::Refund => Moved::Refund,
        AccountKind::WriteOff => Moved::WriteOff,
        AccountKind::WriteOffReleased => Moved::WriteOffReleased,
        AccountKind::Released => Moved::Released,
        AccountKind::Exchange => Moved::Exchange,
    }
}

fn paper(office: &Office, stated: Stated, tables: &Tables) -> StatementPaper {
    // Instalments of one invoice are paid with its reference.
    let mut references: Vec<&str> = stated.debts.iter().map(|d| d.reference.as_str()).collect();
    references.dedup();
    let payment_reference = match references.as_slice() {
        [only] => (*only).to_owned(),
        _ => String::new(),
    };
    let listed = match stated.wanted.style {
        Style::Activity => activity(&stated, tables),
        Style::Open => open(&stated, tables),
    };
    let party = stated.party;
    StatementPaper {
        language: papers::language(office),
        seller: office.school.seller.clone(),
        person: party.person,
        number: party.number,
        is_payer: matches!(party.whose, Whose::Payer(_)),
        department: party.department,
        made_on: office.today(),
        from: stated.wanted.from,
        to: stated.wanted.to,
        listed,
        closing: stated.statement.closing,
        buckets: stated.buckets,
        ageing: stated.ageing,
        payment_reference,
    }
}

/// A row's label with the student it is about, where a statement is about several.
fn of_student(label: String, student: &str) -> String {
    if student.is_empty() { label } else { format!("{label}, {student}") }
}

fn activity(stated: &Stated, tables: &Tables) -> Listed {
    let lines = stated.statement.lines.iter().map(|line| {
        let entry = &line.movement.what;
        ActivityLine {
            date: entry.date,
            moved: moved(entry.kind),
            label: of_student(entry_label(entry, &tables.methods), stated.student(&entry.student)),
            due_date: entry.due_date,
            amount: entry.amount,
            foreign: entry.foreign,
            balance: line.balance,
        }
    });
    Listed::Activity { opening: stated.statement.opening, lines: lines.collect() }
}

fn open(stated: &Stated, tables: &Tables) -> Listed {
    let lines = stated.open().map(|(item, amount, left)| OpenLine {
        moved: match item.kind {
            ItemKind::Invoice => Moved::Invoice,
            ItemKind::CreditNote => Moved::CreditNote,
            ItemKind::Payment => Moved::Payment,
        },
        label: of_student(item_label(item, &tables.methods), stated.student(&item.student)),
        date: item.date,
        due_date: item.due_date,
        reference: item.reference.clone(),
        amount,
        foreign: item.foreign(amount),
        left,
    });
    Listed::OpenItems(lines.collect())
}

/// One customer's rows: the opening balance, what is listed, and the closing balance.
fn csv_rows(stated: &Stated, tables: &Tables) -> Result<Vec<StatementRow>, MoneyError> {
    let party = &stated.party;
    let zero = Money::zero(stated.statement.closing.currency());
    let blank = |kind: &str, balance: Money| StatementRow {
        customer_number: party.number.clone(),
        line: Decimal::ZERO,
        customer_name: party.person.name.clone(),
        date: stated.wanted.to,
        kind: kind.to_owned(),
        number: String::new(),
        due_date: String::new(),
        reference: String::new(),
        currency: zero.currency().to_string(),
        amount: zero,
        open: zero,
        balance,
        own_currency: zero.currency().to_string(),
        own_amount: zero,
    };
    let own = |foreign: Option<Money>, amount: Money| foreign.unwrap_or(amount);
    let mut rows = Vec::new();
    let due = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
    match stated.wanted.style {
        Style::Activity => {
            let date = stated.wanted.from.unwrap_or(stated.wanted.to);
            rows.push(StatementRow { date, ..blank("opening", stated.statement.opening) });
            rows.extend(stated.statement.lines.iter().map(|line| {
                let entry = &line.movement.what;
                StatementRow {
                    date: entry.date,
                    number: entry_label(entry, &tables.methods),
                    due_date: due(entry.due_date),
                    reference: entry.reference.clone(),
                    amount: entry.amount,
                    own_currency: own(entry.foreign, entry.amount).currency().to_string(),
                    own_amount: own(entry.foreign, entry.amount),
                    ..blank(&name_of(&entry.kind, KINDS), line.balance)
                }
            }));
        }
        Style::Open => {
            let mut running = zero;
            for (item, amount, left) in stated.open() {
                running = running.plus(left)?;
                rows.push(StatementRow {
                    date: item.date,
                    number: item_label(item, &tables.methods),
                    due_date: due(item.due_date),
                    reference: item.reference.clone(),
                    amount,
                    open: left,
                    own_currency: own(item.foreign(amount), amount).currency().to_string(),
                    own_amount: own(item.foreign(amount), amount),
                    ..blank(&name_of(&item.kind, ITEMS), running)
                });
            }
        }
    }
    rows.push(blank("closing", stated.statement.closing));
    for (place, row) in (0_u32..).zip(&mut rows) {
        row.line = Decimal::from(place);
    }
    Ok(rows)
}
