//! Payment plans.
//!
//! Never splits an amount: the office does, and says what each instalment comes to.

use super::{folder, new_id};
use crate::answer::Answer;
use crate::args::Part;
use crate::ask::Asker;
use crate::find;
use crate::show::{self, Table};
use clap::{Args, Subcommand};
use office::Fault;
use office::wire::common::{FileWish, MadeFile};
use office::wire::plans::{
    EndPlan, InstalmentInput, ListPlans, PlanPage, PlanPaper, PlanRequest, PlanView, PlanWish,
    SplitWish,
};
use std::path::PathBuf;

/// What is asked about payment plans.
#[derive(Subcommand)]
pub enum Plans {
    /// List plans, those that need attention first
    List(List),
    /// Show a plan and how it is kept
    Show {
        /// Id of the plan
        plan: String,
    },
    /// Agree a plan over open invoices: in equal parts, or with an --instalment each
    Agree(Agree),
    /// End a plan: its invoices are due by their own dates again
    End {
        /// Id of the plan
        plan: String,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// Print the letter that confirms a plan
    Letter {
        /// Id of the plan
        plan: String,
        /// Folder for the letter [default: the desk's own]
        #[arg(long, value_name = "DIR")]
        folder: Option<PathBuf>,
    },
}

/// Which plans.
#[derive(Args)]
pub struct List {
    /// Name or number of the student
    #[arg(long, default_value = "", hide_default_value = true)]
    query: String,
    /// Which part of the list
    #[arg(long, default_value = "running",
        value_parser = ["all", "running", "late", "broken", "paid", "ended"])]
    shelf: String,
    #[command(flatten)]
    part: Part,
}

/// A plan to be agreed.
#[derive(Args)]
pub struct Agree {
    /// Number or id of the student
    #[arg(long)]
    student: String,
    /// Number or id of an open invoice; may be given more than once
    #[arg(long = "invoice", required = true)]
    invoices: Vec<String>,
    /// Equal instalments
    #[arg(long, value_name = "COUNT", conflicts_with = "instalments", requires = "first_due")]
    split: Option<u16>,
    /// Day the first of the equal instalments is due, YYYY-MM-DD
    #[arg(long, value_name = "DAY")]
    first_due: Option<String>,
    /// How far apart equal instalments are
    #[arg(long, default_value = "monthly", value_parser = ["weekly", "fortnightly", "monthly"])]
    rhythm: String,
    /// Which of the equal instalments takes what does not divide
    #[arg(long, default_value = "last", value_parser = ["first", "last"])]
    remainder: String,
    /// An instalment as DAY=AMOUNT, for example 2026-05-01=750.00; may be given more than once
    #[arg(long = "instalment", value_name = "DAY=AMOUNT", value_parser = instalment)]
    instalments: Vec<(String, String)>,
    /// Days an instalment may be missed before the plan is broken
    #[arg(long, default_value_t = 7)]
    grace_days: u16,
    /// The plan it takes the place of
    #[arg(long, value_name = "UUID")]
    replaces: Option<String>,
    /// A note
    #[arg(long, default_value = "", hide_default_value = true)]
    note: String,
    /// Identity of the plan: agreed twice with the same one, it is agreed once
    #[arg(long, value_name = "UUID")]
    id: Option<String>,
}

fn instalment(text: &str) -> Result<(String, String), String> {
    let (day, amount) = text.split_once('=').ok_or("write it as DAY=AMOUNT")?;
    Ok((day.to_owned(), amount.to_owned()))
}

/// Answers about payment plans.
///
/// # Errors
/// What the office refuses.
pub async fn answer(asker: &Asker, command: Plans) -> Result<Answer, Fault> {
    match command {
        Plans::List(wish) => list(asker, wish).await,
        Plans::Show { plan } => one(&asker.ask("find_plan", PlanRequest { id: plan }).await?),
        Plans::Agree(wish) => agree(asker, wish).await,
        Plans::End { plan, reason } => {
            one(&asker.ask("end_plan", EndPlan { id: plan, reason }).await?)
        }
        Plans::Letter { plan, folder: wanted } => {
            let wish = FileWish { inline: false, folder: folder(wanted)? };
            let file: MadeFile = asker.ask("plan_paper", PlanPaper { id: plan, wish }).await?;
            Answer::new(&file, file.path.clone())
        }
    }
}

async fn list(asker: &Asker, wish: List) -> Result<Answer, Fault> {
    let request = ListPlans {
        shelf: wish.shelf,
        query: wish.query,
        student_id: None,
        invoice_id: None,
        window: (&wish.part).into(),
    };
    let page: PlanPage = asker.ask("list_plans", request).await?;
    let table = Table::new(["Plan", "Student", "State", ">Total", ">Open", ">Missed", "Next due"])
        .rows(&page.rows, |row| {
            let amount = |money: &Option<office::wire::common::Money>| {
                money.as_ref().map(|money| money.0.plain()).unwrap_or_default()
            };
            vec![
                row.id.clone(),
                row.student.clone(),
                row.state.clone(),
                row.total.0.plain(),
                amount(&row.open),
                amount(&row.missed),
                row.next_due.clone().unwrap_or_default(),
            ]
        });
    let shown = show::shown(page.rows.len(), page.total);
    Answer::new(&page, format!("{}\n{shown}", table.text()))
}

async fn agree(asker: &Asker, wish: Agree) -> Result<Answer, Fault> {
    let mut invoice_ids = Vec::with_capacity(wish.invoices.len());
    for invoice in &wish.invoices {
        invoice_ids.push(find::invoice(asker, invoice).await?);
    }
    let split = wish.split.map(|count| SplitWish {
        count,
        first_due: wish.first_due.unwrap_or_default(),
        rhythm: wish.rhythm,
        remainder: wish.remainder,
    });
    let instalments = wish.instalments.into_iter();
    let request = PlanWish {
        id: wish.id.unwrap_or_else(new_id),
        student_id: find::student(asker, &wish.student).await?,
        invoice_ids,
        replaces: wish.replaces,
        split,
        instalments: instalments
            .map(|(due_date, amount)| InstalmentInput { due_date, amount })
            .collect(),
        grace_days: wish.grace_days,
        note: wish.note,
    };
    one(&asker.ask("agree_plan", request).await?)
}

fn one(plan: &PlanView) -> Result<Answer, Fault> {
    let numbers: Vec<&str> = plan.invoices.iter().map(|it| it.number.as_str()).collect();
    let facts = show::facts(&[
        ("Plan", plan.id.clone()),
        ("Student", format!("{} ({})", plan.student, plan.student_number)),
        ("Invoices", numbers.join(", ")),
        ("State", plan.state.clone()),
        ("Agreed", plan.agreed_on.clone()),
        ("Total", show::money(&plan.total)),
        ("Open", plan.open.as_ref().map(show::money).unwrap_or_default()),
        ("Breaks", plan.breaks_on.clone().unwrap_or_default()),
        ("Ended", plan.ended_on.clone().unwrap_or_default()),
        ("Reason", plan.end_reason.clone().unwrap_or_default()),
    ]);
    let table =
        Table::new([">No", "Due", ">Amount", ">Open", "State"]).rows(&plan.instalments, |row| {
            vec![
                row.place.to_string(),
                row.due_date.clone(),
                row.amount.0.plain(),
                row.open.as_ref().map(|open| open.0.plain()).unwrap_or_default(),
                row.state.clone(),
            ]
        });
    Answer::new(plan, format!("{facts}\n\n{}", table.text()))
}
