//! Charges for bookings, and runs that bill them.
//!
//! Never issues what was not looked at: a run is previewed first, and what it issues is that.

use super::{folder, imports, invoices, new_id, today};
use crate::answer::Answer;
use crate::args::{Import, Part};
use crate::ask::Asker;
use crate::exit::Exit;
use crate::find;
use crate::show::{self, Table};
use clap::{Args, Subcommand};
use office::wire::charges::{
    BillingRun, ChargeFilter, ChargePage, ChargeRules, ChargesVoided, IssueRun, ListCharges,
    RunDetail, RunLeftOut, RunList, RunPaper, RunPreview, RunPreviewRow, RunRequest, RunWish,
    VoidCharges,
};
use office::wire::common::{FileWish, MadeFile};
use office::wire::invoices::{InvoiceFilter, InvoicePage, ListInvoices};
use office::{Code, Fault};
use serde_json::json;
use std::path::PathBuf;

/// What is asked about charges.
#[derive(Subcommand)]
pub enum Charges {
    /// List charges
    List {
        /// all, unbilled, billed, voided or free (the rules charge nothing)
        #[arg(long, default_value = "unbilled")]
        state: String,
        #[command(flatten)]
        filter: Filter,
        #[command(flatten)]
        part: Part,
    },
    /// Read booking events in from a CSV file; each becomes a charge by the rules of its day
    Import(Import),
    /// Take charges out of the pool
    Void {
        /// Ids of charges
        #[arg(required = true)]
        ids: Vec<String>,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// List the rules that charges follow from
    Rules,
}

/// What is asked about runs.
#[derive(Subcommand)]
pub enum Run {
    /// Say what a run would issue and what it would skip
    Preview(Wish),
    /// Issue what the preview says, in batches
    Issue(Wish),
    /// Go on with a run that was cut short or stopped
    Continue {
        /// Id of the run
        id: String,
    },
    /// Stop a run before its next batch
    Cancel {
        /// Id of the run
        id: String,
    },
    /// List the newest runs
    List,
    /// Show what a run issued, and what it left out
    Show {
        /// Id of the run
        id: String,
        #[command(flatten)]
        part: Part,
    },
    /// Write all invoices of a run into one PDF
    Pdf {
        /// Id of the run
        id: String,
        /// Folder [default: the desk's own for papers]
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
}

/// Which charges.
#[derive(Args)]
pub struct Filter {
    /// Student, key of the booking event, or amount
    #[arg(long, default_value = "", hide_default_value = true)]
    query: String,
    /// Number or id of a student
    #[arg(long)]
    student: Option<String>,
    /// Id of a department
    #[arg(long)]
    department: Option<String>,
    /// Of events from this day on
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// Of events up to this day
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    /// attended, cancelled_in_time, cancelled_late, no_show or package_changed; may be repeated
    #[arg(long = "kind")]
    kinds: Vec<String>,
}

impl Filter {
    async fn wire(self, asker: &Asker) -> Result<ChargeFilter, Fault> {
        let student_id = match self.student {
            Some(wanted) => Some(find::student(asker, &wanted).await?),
            None => None,
        };
        Ok(ChargeFilter {
            query: self.query,
            student_id,
            department_id: self.department,
            from: self.from,
            to: self.to,
            kinds: self.kinds,
        })
    }
}

/// What a run is to bill.
#[derive(Args)]
pub struct Wish {
    #[command(flatten)]
    filter: Filter,
    /// Date of the invoices [default: today]
    #[arg(long, value_name = "DATE")]
    issue_date: Option<String>,
    /// Last day to pay
    #[arg(long, value_name = "DATE")]
    due_date: String,
    /// Leave out who has had something overdue for more than so many days
    #[arg(long, value_name = "DAYS")]
    overdue_days: Option<u32>,
    /// Leave out who is behind a red light of the debt gate
    #[arg(long)]
    leave_out_blocked: bool,
    /// Identity of the run: issued twice with the same one, it is one run
    #[arg(long, value_name = "UUID")]
    id: Option<String>,
}

impl Wish {
    async fn wire(self, asker: &Asker) -> Result<RunWish, Fault> {
        let issue_date = match self.issue_date {
            Some(day) => day,
            None => today(asker).await?,
        };
        Ok(RunWish {
            id: self.id.unwrap_or_else(new_id),
            filter: self.filter.wire(asker).await?,
            issue_date,
            due_date: self.due_date,
            overdue_days: self.overdue_days,
            leave_out_blocked: self.leave_out_blocked,
            except: Vec::new(),
        })
    }
}

/// Answers about charges.
///
/// # Errors
/// What the office refuses.
pub async fn answer(asker: &Asker, command: Charges) -> Result<Answer, Fault> {
    match command {
        Charges::List { state, filter, part } => list(asker, state, filter, part).await,
        Charges::Import(file) => {
            imports::import_by(asker, "import_bookings", "bookings", file).await
        }
        Charges::Void { ids, reason } => {
            let done: ChargesVoided =
                asker.ask("void_charges", VoidCharges { ids, reason }).await?;
            let text = format!("{} voided, {} voided before", done.voided, done.already);
            Answer::new(&done, text)
        }
        Charges::Rules => rules(asker).await,
    }
}

async fn list(asker: &Asker, state: String, filter: Filter, part: Part) -> Result<Answer, Fault> {
    let filter = filter.wire(asker).await?;
    let request = ListCharges { filter, state, order: None, window: (&part).into() };
    let page: ChargePage = asker.ask("list_charges", request).await?;
    let headings = ["Date", "Student", "Event", "Description", ">Amount", "State", "Invoice", "Id"];
    let table = Table::new(headings).rows(&page.rows, |row| {
        vec![
            row.happened_on.clone(),
            row.student.clone(),
            row.kind.clone(),
            row.description.clone(),
            row.amount.as_ref().map(|money| money.0.plain()).unwrap_or_default(),
            row.state.clone(),
            row.invoice_number.clone().unwrap_or_default(),
            row.id.clone(),
        ]
    });
    let shown = show::shown(page.rows.len(), page.total);
    let text = format!("{}\n\n{shown}, {}", table.text(), show::money(&page.amount));
    Answer::new(&page, text)
}

async fn rules(asker: &Asker) -> Result<Answer, Fault> {
    let rules: ChargeRules = asker.ask("charge_rules", json!({})).await?;
    let table = Table::new(["Event", "Service", "From", "Effect", ">Value", "In force"]).rows(
        &rules.rows,
        |row| {
            let percent = row.percent.as_ref().map(|percent| format!("{percent} %"));
            let fee = row.fee.as_ref().map(show::money);
            vec![
                row.event.clone(),
                row.service.clone(),
                row.valid_from.clone().unwrap_or_else(|| "usual".to_owned()),
                row.effect.clone(),
                percent.or(fee).unwrap_or_default(),
                if row.in_force { "yes" } else { "no" }.to_owned(),
            ]
        },
    );
    Answer::new(&rules, table.text())
}

/// Answers about runs.
///
/// # Errors
/// What the office refuses.
pub async fn run(asker: &Asker, command: Run) -> Result<Answer, Fault> {
    match command {
        Run::Preview(wish) => {
            let wish = wish.wire(asker).await?;
            let preview: RunPreview = asker.ask("preview_run", wish).await?;
            Answer::new(&preview, preview_text(&preview))
        }
        Run::Issue(wish) => issue(asker, wish).await,
        Run::Continue { id } => detail(&asker.ask("continue_run", RunRequest { id }).await?),
        Run::Cancel { id } => detail(&asker.ask("cancel_run", RunRequest { id }).await?),
        Run::List => {
            let list: RunList = asker.ask("list_runs", json!({})).await?;
            Answer::new(&list, runs_text(&list.rows))
        }
        Run::Show { id, part } => shown(asker, id, part).await,
        Run::Pdf { id, out } => {
            let wish = FileWish { inline: false, folder: folder(out)? };
            let file: MadeFile = asker.ask("run_paper", RunPaper { id, wish }).await?;
            Answer::new(&file, &file.path)
        }
    }
}

/// Issues what a preview says; a run that began under the same id goes on instead.
async fn issue(asker: &Asker, wish: Wish) -> Result<Answer, Fault> {
    if let Some(id) = wish.id.clone() {
        match asker.call("find_run", json!({ "id": &id })).await {
            Ok(_) => return detail(&asker.ask("continue_run", RunRequest { id }).await?),
            Err(fault) if fault.code == Code::NotFound => {}
            Err(fault) => return Err(fault),
        }
    }
    let wish = wish.wire(asker).await?;
    let seen: RunPreview = asker.ask("preview_run", wish.clone()).await?;
    let request = IssueRun { wish, invoices: seen.invoices, gross: seen.gross.0.plain() };
    detail(&asker.ask("issue_run", request).await?)
}

fn detail(detail: &RunDetail) -> Result<Answer, Fault> {
    Ok(Answer::new(detail, detail_text(detail))?.ending(ending(detail)))
}

fn detail_text(detail: &RunDetail) -> String {
    let mut text = runs_text(std::slice::from_ref(&detail.run));
    if !detail.left_out.is_empty() {
        let table = Table::new(["Left out", ">Total", "Why"]).rows(&detail.left_out, |row| {
            vec![row.student.clone(), gross(row), row.reason.clone()]
        });
        text += &format!("\n\n{}", table.text());
    }
    text
}

/// What the preview had said is no refusal; what changed since is.
fn ending(detail: &RunDetail) -> Exit {
    if detail.run.skipped == 0 { Exit::Done } else { Exit::Refused }
}

/// A run with a part of the invoices it issued.
#[derive(serde::Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    detail: &'a RunDetail,
    invoices: &'a InvoicePage,
}

async fn shown(asker: &Asker, id: String, part: Part) -> Result<Answer, Fault> {
    let found: RunDetail = asker.ask("find_run", RunRequest { id: id.clone() }).await?;
    let filter = InvoiceFilter { run_id: Some(id), ..find::filter("all", "") };
    let request = ListInvoices { filter, order: find::by_number(), window: (&part).into() };
    let page: InvoicePage = asker.ask("list_invoices", request).await?;
    let text = format!("{}\n\n{}", detail_text(&found), invoices::page(&page));
    Answer::new(&Shown { detail: &found, invoices: &page }, text)
}

fn gross(row: &RunLeftOut) -> String {
    row.gross.as_ref().map(|money| money.0.plain()).unwrap_or_default()
}

fn preview_text(preview: &RunPreview) -> String {
    let table = Table::new(["Number", "Student", "Department", ">Lines", ">Total", "Skipped for"])
        .rows(&preview.rows, |row: &RunPreviewRow| {
            vec![
                row.student_number.clone(),
                row.student.clone(),
                row.department.clone(),
                row.lines.len().to_string(),
                row.gross.as_ref().map(|money| money.0.plain()).unwrap_or_default(),
                row.skipped.clone().unwrap_or_default(),
            ]
        });
    let facts = show::facts(&[
        ("Invoices", preview.invoices.to_string()),
        ("Charges", preview.charges.to_string()),
        ("Total", show::money(&preview.gross)),
        ("Skipped", preview.skipped.to_string()),
    ]);
    format!("{}\n\n{facts}", table.text())
}

fn runs_text(runs: &[BillingRun]) -> String {
    let headings = [
        "Begun",
        "State",
        "Issue date",
        ">Planned",
        ">Issued",
        ">Skipped",
        ">Waiting",
        ">Total",
        "Id",
    ];
    let table = Table::new(headings).rows(runs, |run| {
        vec![
            run.begun_at.clone(),
            run.state.clone(),
            run.issue_date.clone(),
            run.planned.to_string(),
            run.issued.to_string(),
            run.skipped.to_string(),
            run.waiting.to_string(),
            run.gross.0.plain(),
            run.id.clone(),
        ]
    });
    table.text()
}
