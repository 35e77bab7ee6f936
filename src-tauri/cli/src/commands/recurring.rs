//! Invoices that come again.
//!
//! Never makes a date twice: the office remembers what was made.

use super::{call, new_id};
use crate::answer::Answer;
use crate::ask::Asker;
use crate::show::{self, Table};
use clap::Subcommand;
use office::Fault;
use office::wire::common::Money;
use office::wire::recurring::{
    RecurringDue, RecurringList, RecurringMade, RecurringRow, RecurringRun, RecurringView,
    SetRecurringState,
};
use serde_json::{Value, json};
use std::path::PathBuf;

/// What is asked about invoices that come again.
#[derive(Subcommand)]
pub enum Recurring {
    /// List the templates with their next dates, and what has come
    List,
    /// Show a template: what comes next and what was made
    Show {
        /// Its id
        id: String,
    },
    /// Set a template in JSON
    Set {
        /// The template as `save_recurring` takes it; `-` reads standard input. Without an `id` it
        /// gets a new one
        file: PathBuf,
    },
    /// Let a template wait; dates that pass meanwhile are left out
    Pause {
        /// Its id
        id: String,
    },
    /// Let a template go on
    Resume {
        /// Its id
        id: String,
    },
    /// End a template for good
    End {
        /// Its id
        id: String,
    },
    /// Make what has come
    Run,
}

/// Answers about invoices that come again.
///
/// # Errors
/// What the office refuses.
pub async fn answer(asker: &Asker, command: Recurring) -> Result<Answer, Fault> {
    match command {
        Recurring::List => list(&asker.ask("list_recurring", json!({})).await?),
        Recurring::Show { id } => one(&asker.ask("find_recurring", json!({ "id": id })).await?),
        Recurring::Set { file } => set(asker, call::json_of(&file)?).await,
        Recurring::Pause { id } => turn(asker, id, "paused").await,
        Recurring::Resume { id } => turn(asker, id, "active").await,
        Recurring::End { id } => turn(asker, id, "ended").await,
        Recurring::Run => {
            let run: RecurringRun = asker.ask("make_recurring", json!({})).await?;
            let RecurringRun { issued, drafts, kept_back } = run;
            let text = format!("{issued} issued, {drafts} drafts, {kept_back} kept back");
            Answer::new(&run, text)
        }
    }
}

async fn set(asker: &Asker, mut template: Value) -> Result<Answer, Fault> {
    if let Value::Object(fields) = &mut template {
        fields.entry("id").or_insert_with(|| json!(new_id()));
    }
    one(&asker.ask("save_recurring", template).await?)
}

async fn turn(asker: &Asker, id: String, state: &str) -> Result<Answer, Fault> {
    let request = SetRecurringState { id, state: state.to_owned(), here: false };
    one(&asker.ask("set_recurring_state", request).await?)
}

fn gross(of: Option<&Money>) -> String {
    of.map(show::money).unwrap_or_default()
}

fn list(view: &RecurringList) -> Result<Answer, Fault> {
    let headings = ["Name", "State", "Next", ">Gross", ">Students", ">Made", "Id"];
    let table = Table::new(headings).rows(&view.rows, |row: &RecurringRow| {
        vec![
            row.template.name.clone(),
            row.state.clone(),
            row.next.clone().unwrap_or_default(),
            gross(row.gross.as_ref()),
            row.students.len().to_string(),
            row.made.to_string(),
            row.template.id.clone(),
        ]
    });
    let headings = ["Has come", "Name", ">Invoices", ">Gross"];
    let due = Table::new(headings).rows(&view.due, |due: &RecurringDue| {
        vec![
            due.date.clone(),
            due.name.clone(),
            due.invoices.to_string(),
            gross(due.gross.as_ref()),
        ]
    });
    Answer::new(view, format!("{}\n{}", table.text(), due.text()))
}

fn one(view: &RecurringView) -> Result<Answer, Fault> {
    let dates = Table::new(["Date", "Has come", ">Gross"]).rows(&view.dates, |date| {
        let due = if date.due { "yes" } else { "" };
        vec![date.date.clone(), due.to_owned(), gross(date.gross.as_ref())]
    });
    let headings = ["Date", "Student", "Number", ">Gross"];
    let made = Table::new(headings).rows(&view.made, |made: &RecurringMade| {
        vec![
            made.date.clone(),
            made.student.clone(),
            if made.number.is_empty() { made.kind.clone() } else { made.number.clone() },
            gross(made.gross.as_ref()),
        ]
    });
    let head = format!("{} ({})", view.row.template.name, view.row.state);
    Answer::new(view, format!("{head}\n{}\n{}", dates.text(), made.text()))
}
