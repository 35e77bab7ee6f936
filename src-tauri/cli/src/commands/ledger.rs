//! The journal, the trial balance and the chart of accounts.
//!
//! Never posts anything: documents and money do.

use crate::answer::Answer;
use crate::args::Part;
use crate::ask::Asker;
use crate::show::{self, Table};
use clap::{Args, Subcommand};
use office::Fault;
use office::wire::common::{FileWish, MadeFile};
use office::wire::ledger::{
    ChartView, ExportLedger, JournalEntry, JournalPage, JournalRequest, LedgerAccountView,
    SaveAccount, TrialBalanceRequest, TrialBalanceView, TrialRow,
};
use std::path::PathBuf;

/// What is asked of the ledger.
#[derive(Subcommand)]
pub enum Ledger {
    /// List entries, oldest first
    Journal(Journal),
    /// Show what every account comes to
    TrialBalance(Balance),
    /// List the chart of accounts
    Accounts,
    /// Name an account, or add one
    SetAccount(SetAccount),
}

/// From which day to which.
#[derive(Args)]
pub struct Period {
    /// First day
    #[arg(long, value_name = "YYYY-MM-DD")]
    from: Option<String>,
    /// Last day
    #[arg(long, value_name = "YYYY-MM-DD")]
    to: Option<String>,
}

/// Whether a file is wanted.
#[derive(Args)]
pub struct File {
    /// Write a CSV file instead
    #[arg(long)]
    csv: bool,
    /// Folder of the file [default: the desk's own for papers]
    #[arg(long, value_name = "DIR", requires = "csv")]
    out: Option<PathBuf>,
}

/// A part of the journal.
#[derive(Args)]
pub struct Journal {
    #[command(flatten)]
    period: Period,
    /// Only entries with a line on this account
    #[arg(long)]
    account: Option<String>,
    #[command(flatten)]
    part: Part,
    #[command(flatten)]
    file: File,
}

/// A trial balance.
#[derive(Args)]
pub struct Balance {
    #[command(flatten)]
    period: Period,
    #[command(flatten)]
    file: File,
}

/// An account.
#[derive(Args)]
pub struct SetAccount {
    /// Its number
    number: String,
    /// Its name
    name: String,
    /// What it holds
    #[arg(long, value_parser = ["asset", "liability", "equity", "income", "expense"])]
    kind: String,
    /// No longer offer it; what stands on it stays
    #[arg(long)]
    inactive: bool,
}

/// Answers about the ledger.
///
/// # Errors
/// What the office refuses.
pub async fn answer(asker: &Asker, command: Ledger) -> Result<Answer, Fault> {
    match command {
        Ledger::Journal(wish) => journal(asker, wish).await,
        Ledger::TrialBalance(wish) => balance(asker, wish).await,
        Ledger::Accounts => accounts(&asker.ask("ledger_chart", serde_json::json!({})).await?),
        Ledger::SetAccount(SetAccount { number, name, kind, inactive }) => {
            let account = SaveAccount { number, name, kind, active: !inactive };
            accounts(&asker.ask("save_ledger_account", account).await?)
        }
    }
}

/// What of the ledger goes into a file.
struct Wanted {
    what: &'static str,
    period: Period,
    account: Option<String>,
    out: Option<PathBuf>,
}

async fn file(asker: &Asker, wanted: Wanted) -> Result<Answer, Fault> {
    let wish = FileWish { inline: false, folder: super::folder(wanted.out)? };
    let (what, account) = (wanted.what.to_owned(), wanted.account);
    let Period { from, to } = wanted.period;
    let request = ExportLedger { what, from, to, account, wish };
    let file: MadeFile = asker.ask("export_ledger", request).await?;
    let text = file.path.clone();
    Answer::new(&file, text)
}

async fn journal(asker: &Asker, wish: Journal) -> Result<Answer, Fault> {
    let Journal { period, account, part, file: File { csv, out } } = wish;
    if csv {
        return file(asker, Wanted { what: "journal", period, account, out }).await;
    }
    let Period { from, to } = period;
    let request = JournalRequest { from, to, account, window: (&part).into() };
    let page: JournalPage = asker.ask("list_journal", request).await?;
    let headings = ["Day", "What", "Label", "Student", "Account", "Name", ">Debit", ">Credit"];
    let table = page.rows.iter().fold(Table::new(headings), entry);
    let text = format!("{}\n{}", table.text(), show::shown(page.rows.len(), page.total));
    Answer::new(&page, text)
}

/// An entry has a row for each line; only the first says what it is about.
fn entry(table: Table, entry: &JournalEntry) -> Table {
    entry.postings.iter().enumerate().fold(table, |table, (place, posting)| {
        let once = |text: &str| if place == 0 { text.to_owned() } else { String::new() };
        table.row(vec![
            once(&entry.on),
            once(&entry.cause),
            once(&entry.label),
            once(&entry.student),
            posting.account.clone(),
            posting.account_name.clone(),
            posting.debit.as_ref().map(show::money).unwrap_or_default(),
            posting.credit.as_ref().map(show::money).unwrap_or_default(),
        ])
    })
}

async fn balance(asker: &Asker, wish: Balance) -> Result<Answer, Fault> {
    let Balance { period, file: File { csv, out } } = wish;
    if csv {
        let account = None;
        return file(asker, Wanted { what: "trial_balance", period, account, out }).await;
    }
    let Period { from, to } = period;
    let view: TrialBalanceView =
        asker.ask("trial_balance", TrialBalanceRequest { from, to }).await?;
    let headings = ["Account", "Name", ">Opening", ">Debit", ">Credit", ">Closing"];
    let table = Table::new(headings).rows(&view.rows, |row: &TrialRow| {
        vec![
            row.account.clone(),
            row.name.clone(),
            show::money(&row.opening),
            show::money(&row.debit),
            show::money(&row.credit),
            show::money(&row.closing),
        ]
    });
    let table = table.row(vec![
        String::new(),
        "Sum".to_owned(),
        show::money(&view.opening),
        show::money(&view.debit),
        show::money(&view.credit),
        show::money(&view.closing),
    ]);
    let text = table.text();
    Answer::new(&view, text)
}

fn accounts(chart: &ChartView) -> Result<Answer, Fault> {
    let headings = ["Account", "Name", "Kind", "Used", "Offered"];
    let table = Table::new(headings).rows(&chart.accounts, |account: &LedgerAccountView| {
        let mark = |on: bool| if on { "yes" } else { "" }.to_owned();
        vec![
            account.number.clone(),
            account.name.clone(),
            account.kind.clone(),
            mark(account.used),
            mark(account.active),
        ]
    });
    let text = format!("{}\n{} ({})", table.text(), chart.template, chart.source);
    Answer::new(chart, text)
}
