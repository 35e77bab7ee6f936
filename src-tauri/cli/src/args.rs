//! The command line.
//!
//! Never interpreted here: each command's module says what its flags mean.

use crate::commands::{audit, balances, begin, call, charges, export, imports, invoices};
use crate::commands::{ledger, packages, past_imports, payers, payments, plans, rates};
use crate::commands::{
    recurring, reminders, reports, schools, series, services, statements, students, users,
};
use crate::exit;
use clap::{Args, Parser, Subcommand};
use office::wire::common::Window;
use std::path::PathBuf;

/// The finance desk of a driving school, from a terminal.
#[derive(Parser)]
#[command(name = "kontor", version, about, after_help = exit::HELP)]
pub struct Arguments {
    /// Folder of the book [default: the desktop's own]
    #[arg(long, global = true, env = "KONTOR_DATA", hide_env_values = true, value_name = "DIR")]
    #[arg(help_heading = "With every command")]
    pub data: Option<PathBuf>,
    /// Answer as JSON on standard output, faults as JSON on standard error
    #[arg(long, global = true, help_heading = "With every command")]
    pub json: bool,
    #[command(subcommand)]
    pub command: Command,
}

/// What is asked for.
#[derive(Subcommand)]
pub enum Command {
    /// Say what state the desk is in; ends with the code any other command would end with
    Status,
    /// Make the book of a new school
    Create(Box<begin::Create>),
    /// Make the book of an invented school, to look around in
    Sample(begin::Sample),
    /// The schools of this desk, and which one is in use
    #[command(subcommand)]
    Schools(schools::Schools),
    /// Students
    #[command(subcommand)]
    Students(students::Students),
    /// The price list
    #[command(subcommand)]
    Services(services::PriceList),
    /// Who pays where that is not the student
    #[command(subcommand)]
    Payers(payers::Payers),
    /// Invoices and credit notes
    #[command(subcommand)]
    Invoices(invoices::Invoices),
    /// Money received
    #[command(subcommand)]
    Payments(payments::Payments),
    /// Payment plans: what is open, paid in instalments
    #[command(subcommand)]
    Plans(plans::Plans),
    /// Reminders of overdue invoices
    #[command(subcommand)]
    Reminders(reminders::Reminders),
    /// What bookings come to, before it is billed
    #[command(subcommand)]
    Charges(charges::Charges),
    /// Bill many charges at once
    #[command(subcommand)]
    Run(charges::Run),
    /// What students bought ahead, and what must be paid before booking
    #[command(subcommand)]
    Packages(packages::Packages),
    /// Files that were read in, and taking one back
    #[command(subcommand)]
    Imports(past_imports::Imports),
    /// Who owes how much for how long
    Ageing(balances::Ageing),
    /// Invoices that come again
    #[command(subcommand)]
    Recurring(recurring::Recurring),
    /// Journal, trial balance and chart of accounts
    #[command(subcommand)]
    Ledger(ledger::Ledger),
    /// Rates of other currencies
    #[command(subcommand)]
    Rates(rates::Rates),
    /// Number series, and the proof that they have no gap
    #[command(subcommand)]
    Series(series::Series),
    /// What was invoiced, owed, taxed and taken
    #[command(subcommand)]
    Report(reports::Report),
    /// What happened on an account and how it stands, on the screen or as a file
    Statement(statements::Statement),
    /// Whether a student who owes may book on, and letting one through
    Gate(statements::Gate),
    /// What goes to accounting systems and to the accountant
    #[command(subcommand)]
    Export(export::Export),
    /// Who signs in, and as what
    #[command(subcommand)]
    Users(users::Users),
    /// What was recorded, by whom and when
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Prove that the book is what its facts say
    Verify,
    /// Send any command of the office with a JSON request
    Call(call::Call),
    /// List the commands that `call` sends
    Commands,
}

/// Which part of a long list.
#[derive(Args)]
pub struct Part {
    /// Rows to show, at most 500
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=500))]
    limit: u32,
    /// Rows to leave out first
    #[arg(long, default_value_t = 0)]
    offset: u32,
}

impl From<&Part> for Window {
    fn from(part: &Part) -> Self {
        Self { offset: part.offset, limit: part.limit }
    }
}

/// A file to read in.
#[derive(Args)]
pub struct Import {
    /// CSV file
    pub file: PathBuf,
    #[command(flatten)]
    pub wish: imports::Wish,
}
