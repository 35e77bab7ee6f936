//! Statements of account, and what the debt gate says.
//!
//! Never adds up and never judges: both are the office's.

use super::payers::payer;
use super::{folder, today};
use crate::answer::Answer;
use crate::ask::Asker;
use crate::find;
use crate::show::{self, Table};
use clap::Args;
use office::Fault;
use office::wire::common::{FileWish, MadeFile};
use office::wire::gates::{DebtGate, DebtGateView, OverrideDebtGate, SetDrivingTest};
use office::wire::statements::{
    PayerStatementRequest, StatementFile, StatementRequest, StatementView,
};
use std::path::PathBuf;

/// Which statements, and where they go.
#[derive(Args)]
pub struct Statement {
    /// Students by number or id; none: everybody who owes something, which needs --file
    students: Vec<String>,
    /// The statement of this payer, by number or id, instead: all it was asked for
    #[arg(long, value_name = "PAYER", conflicts_with = "students")]
    payer: Option<String>,
    /// The first day, YYYY-MM-DD [default: from the beginning of the account]
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// The last day [default: today]
    #[arg(long, value_name = "DAY")]
    to: Option<String>,
    /// Only what is open on the last day
    #[arg(long)]
    open: bool,
    /// Write a file instead of showing it
    #[arg(long, value_parser = ["pdf", "csv"])]
    file: Option<String>,
    /// Folder for the file [default: the desk's own]
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// A student's statement on the screen, or statements of one or many in a file.
///
/// # Errors
/// What the office refuses.
pub async fn statement(asker: &Asker, wish: Statement) -> Result<Answer, Fault> {
    let to = match wish.to {
        Some(day) => day,
        None => today(asker).await?,
    };
    let style = if wish.open { "open" } else { "activity" }.to_owned();
    let mut ids = Vec::with_capacity(wish.students.len());
    for student in &wish.students {
        ids.push(find::student(asker, student).await?);
    }
    let payer_id = match wish.payer {
        Some(wanted) => Some(payer(asker, &wanted).await?),
        None => None,
    };
    let from = wish.from;
    if let (None, Some(payer_id)) = (&wish.file, &payer_id) {
        let request = PayerStatementRequest { payer_id: payer_id.clone(), from, to, style };
        let view: StatementView = asker.ask("payer_statement", request).await?;
        return Answer::new(&view, shown(&view));
    }
    let (format, only) = match (wish.file, ids.as_slice()) {
        (None, [only]) => (None, only.clone()),
        (format, _) => (Some(format.unwrap_or_else(|| "pdf".to_owned())), String::new()),
    };
    let Some(format) = format else {
        let request = StatementRequest { student_id: only, from, to, style };
        let view: StatementView = asker.ask("statement", request).await?;
        return Answer::new(&view, shown(&view));
    };
    let request = StatementFile {
        payer_id,
        student_ids: ids,
        department_id: None,
        from,
        to,
        style,
        format,
        wish: FileWish { inline: false, folder: folder(wish.folder)? },
    };
    let file: MadeFile = asker.ask("statement_file", request).await?;
    let path = file.path.clone();
    Answer::new(&file, path)
}

fn shown(view: &StatementView) -> String {
    let is_open = view.style == "open";
    let headings = ["Date", "What", "", "Due", ">Amount", ">Open", ">Balance"];
    let opening = vec![String::new(), "opening balance".to_owned(), String::new(), String::new()];
    let opening = [opening, vec![String::new(), String::new(), view.opening.0.plain()]].concat();
    let mut table = Table::new(headings);
    if !is_open {
        table = table.row(opening);
    }
    let table = table.rows(&view.rows, |row| {
        vec![
            row.date.clone(),
            row.kind.replace('_', " "),
            [row.label.as_str(), row.student.as_str()].join(" ").trim_end().to_owned(),
            row.due_date.clone().unwrap_or_default(),
            row.amount.0.plain(),
            if is_open { row.left.0.plain() } else { String::new() },
            row.running.0.plain(),
        ]
    });
    let closing = show::money(&view.closing);
    format!("{} {}\n\n{}\n\nBalance {closing} on {}", view.number, view.name, table.text(), view.to)
}

/// What the debt gate is asked, or told.
#[derive(Args)]
pub struct Gate {
    /// The student, by number or id
    student: String,
    /// For this later day, if nothing is paid until then
    #[arg(long, value_name = "DAY", conflicts_with_all = ["let_through", "block_again", "test"])]
    on: Option<String>,
    /// Let the student through until this day; needs --reason
    #[arg(long, value_name = "DAY", requires = "reason")]
    let_through: Option<String>,
    /// Take back that the student was let through; needs --reason
    #[arg(long, requires = "reason", conflicts_with = "let_through")]
    block_again: bool,
    /// Why
    #[arg(long)]
    reason: Option<String>,
    /// Set the day of the driving test; `none` takes it away
    #[arg(long, value_name = "DAY", conflicts_with_all = ["let_through", "block_again"])]
    test: Option<String>,
}

/// What the debt gate says of a student.
///
/// # Errors
/// What the office refuses.
pub async fn gate(asker: &Asker, wish: Gate) -> Result<Answer, Fault> {
    let student_id = find::student(asker, &wish.student).await?;
    let reason = wish.reason.unwrap_or_default();
    let view: DebtGateView = if let Some(test) = wish.test {
        let on = Some(test).filter(|day| day != "none");
        asker.ask("set_driving_test", SetDrivingTest { student_id, on }).await?
    } else if wish.let_through.is_some() || wish.block_again {
        let active = !wish.block_again;
        let until = wish.let_through;
        let request = OverrideDebtGate { student_id, until, reason, active };
        asker.ask("override_debt_gate", request).await?
    } else {
        let request = DebtGate { student_id: Some(student_id), number: None, on: wish.on };
        asker.ask("debt_gate", request).await?
    };
    let passed: Vec<String> = view.passed.iter().map(|one| one.what.replace('_', " ")).collect();
    let pass = view.pass.as_ref().filter(|pass| pass.holds);
    let facts = show::facts(&[
        ("Student", format!("{} {}", view.number, view.name)),
        ("On", view.on.clone()),
        ("Light", view.light.clone()),
        ("May book", if view.allowed { "yes" } else { "no" }.to_owned()),
        ("Because of", passed.join(", ")),
        ("Balance", show::money(&view.balance)),
        ("Overdue", show::money(&view.overdue)),
        ("Driving test", view.test_on.clone().unwrap_or_default()),
        ("Blocked from", view.blocked_from.clone().unwrap_or_default()),
        ("Let through until", pass.map(|pass| pass.until.clone()).unwrap_or_default()),
        ("Because", pass.map(|pass| pass.reason.clone()).unwrap_or_default()),
    ]);
    Answer::new(&view, facts)
}
