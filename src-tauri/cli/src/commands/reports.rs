//! What was invoiced, owed, taxed and taken.
//!
//! Never adds up: sums come from the office.

use super::today;
use crate::answer::Answer;
use crate::ask::Asker;
use crate::show::{self, Table};
use clap::{Args, Subcommand};
use office::Fault;
use office::wire::common::{FileWish, MadeFile, Money};
use office::wire::reports::{
    DebtPart, DebtRequest, DebtView, ReportFile, ReportWish, RevenuePart, RevenueRequest,
    RevenueView, TakingsPart, TakingsRequest, TakingsSums, TakingsView, VatPart, VatReport,
    VatRequest,
};
use std::path::PathBuf;

/// A report, by date of the document or of the money.
#[derive(Subcommand)]
pub enum Report {
    /// What was invoiced, less what was credited
    Revenue(Revenue),
    /// What was open and overdue at the end of each day, week, month …
    Debt(Debt),
    /// Turnover and VAT by code
    Vat(Vat),
    /// What was taken by each method; with --by-desk the cash-up of a day
    Takings(Takings),
}

/// Which days, and where a file of the report goes.
#[derive(Args)]
pub struct Span {
    /// First day [default: the first of this year]
    #[arg(long, value_name = "YYYY-MM-DD")]
    from: Option<String>,
    /// Last day [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    to: Option<String>,
    /// Write a file instead
    #[arg(long, value_parser = ["csv", "pdf"])]
    file: Option<String>,
    /// Folder of the file [default: the desk's own for papers]
    #[arg(long, value_name = "DIR", requires = "file")]
    out: Option<PathBuf>,
}

/// What was invoiced.
#[derive(Args)]
pub struct Revenue {
    #[command(flatten)]
    span: Span,
    /// What the rows are
    #[arg(long, default_value = "month",
        value_parser = ["service", "department", "day", "week", "month", "quarter", "year"])]
    by: String,
    /// Id of the department [default: all]
    #[arg(long)]
    department: Option<String>,
    /// Compare with the period before, or the same days a year before
    #[arg(long, default_value = "none", value_parser = ["none", "before", "year_before"])]
    compare: String,
}

/// Debt over time.
#[derive(Args)]
pub struct Debt {
    #[command(flatten)]
    span: Span,
    /// How far apart the days are
    #[arg(long, default_value = "month", value_parser = ["day", "week", "month", "quarter", "year"])]
    every: String,
}

/// VAT.
#[derive(Args)]
pub struct Vat {
    #[command(flatten)]
    span: Span,
    /// How long a term is
    #[arg(long, default_value = "whole",
        value_parser = ["whole", "month", "two_months", "quarter", "year"])]
    every: String,
    /// Id of the department [default: all]
    #[arg(long)]
    department: Option<String>,
}

/// Takings.
#[derive(Args)]
pub struct Takings {
    #[command(flatten)]
    span: Span,
    /// How long a part is
    #[arg(long, default_value = "whole",
        value_parser = ["whole", "day", "week", "month", "quarter", "year"])]
    every: String,
    /// Keep desks apart
    #[arg(long)]
    by_desk: bool,
}

/// Answers a report.
///
/// # Errors
/// What the office refuses.
pub async fn answer(asker: &Asker, command: Report) -> Result<Answer, Fault> {
    match command {
        Report::Revenue(wish) => {
            let (from, to) = days(asker, &wish.span).await?;
            let (by, department_id, compare) = (wish.by, wish.department, wish.compare);
            let request = RevenueRequest { from, to, by, department_id, compare };
            match file(asker, wish.span, ReportWish::Revenue(request.clone())).await? {
                Some(answer) => Ok(answer),
                None => revenue(asker, request).await,
            }
        }
        Report::Debt(wish) => {
            let (from, to) = days(asker, &wish.span).await?;
            let request = DebtRequest { from, to, every: wish.every };
            match file(asker, wish.span, ReportWish::Debt(request.clone())).await? {
                Some(answer) => Ok(answer),
                None => debt(asker, request).await,
            }
        }
        Report::Vat(wish) => {
            let (from, to) = days(asker, &wish.span).await?;
            let (every, department_id) = (wish.every, wish.department);
            let request = VatRequest { from, to, every, department_id };
            match file(asker, wish.span, ReportWish::Vat(request.clone())).await? {
                Some(answer) => Ok(answer),
                None => vat(asker, request).await,
            }
        }
        Report::Takings(wish) => {
            let (from, to) = days(asker, &wish.span).await?;
            let (every, by_desk) = (wish.every, wish.by_desk);
            let request = TakingsRequest { from, to, every, by_desk };
            match file(asker, wish.span, ReportWish::Takings(request.clone())).await? {
                Some(answer) => Ok(answer),
                None => takings(asker, request).await,
            }
        }
    }
}

async fn days(asker: &Asker, span: &Span) -> Result<(String, String), Fault> {
    let to = match &span.to {
        Some(day) => day.clone(),
        None => today(asker).await?,
    };
    let from = match &span.from {
        Some(day) => day.clone(),
        None => format!("{}-01-01", to.get(..4).unwrap_or_default()),
    };
    Ok((from, to))
}

async fn file(asker: &Asker, span: Span, report: ReportWish) -> Result<Option<Answer>, Fault> {
    let Some(format) = span.file else { return Ok(None) };
    made(asker, report, (format, span.out)).await.map(Some)
}

/// A report as a file, in a folder or the desk's own.
///
/// # Errors
/// What the office refuses.
pub(super) async fn made(
    asker: &Asker,
    report: ReportWish,
    (format, out): (String, Option<PathBuf>),
) -> Result<Answer, Fault> {
    let wish = FileWish { inline: false, folder: super::folder(out)? };
    let file: MadeFile = asker.ask("report_file", ReportFile { report, format, wish }).await?;
    let text = file.path.clone();
    Answer::new(&file, text)
}

/// The tables of all currencies, one after the other.
fn told<Part>(
    parts: &[Part],
    currency: fn(&Part) -> &str,
    text: impl Fn(&Part) -> String,
) -> String {
    let told = parts.iter().map(|part| format!("{}\n{}", currency(part), text(part)));
    told.collect::<Vec<_>>().join("\n\n")
}

fn plain(money: &Money) -> String {
    money.0.plain()
}

fn span(from: &str, to: &str) -> String {
    if from == to { from.to_owned() } else { format!("{from} to {to}") }
}

async fn revenue(asker: &Asker, request: RevenueRequest) -> Result<Answer, Fault> {
    let view: RevenueView = asker.ask("revenue", request).await?;
    let of_times = !matches!(view.by.as_str(), "service" | "department");
    let text = told(&view.parts, |part| &part.currency, |part| revenue_text(part, of_times));
    Answer::new(&view, text)
}

fn revenue_text(part: &RevenuePart, of_times: bool) -> String {
    let compared = |before: &Option<Money>, change: &Option<Money>| {
        [before, change].map(|money| money.as_ref().map(plain).unwrap_or_default()).to_vec()
    };
    Table::new(["", ">Net", ">VAT", ">Gross", ">Net before", ">Change"])
        .rows(&part.rows, |row| {
            let name = match (row.code.as_str(), row.name.as_str()) {
                _ if of_times => span(&row.from, &row.to),
                ("", "") => "(none)".to_owned(),
                ("", name) => name.to_owned(),
                (code, name) => format!("{code} {name}"),
            };
            let sums = [&row.net, &row.vat, &row.gross].map(plain).to_vec();
            [vec![name], sums, compared(&row.net_before, &row.change)].concat()
        })
        .row(
            [
                vec!["All".to_owned()],
                [&part.net, &part.vat, &part.gross].map(plain).to_vec(),
                compared(&part.net_before, &part.change),
            ]
            .concat(),
        )
        .text()
}

async fn debt(asker: &Asker, request: DebtRequest) -> Result<Answer, Fault> {
    let view: DebtView = asker.ask("debt_over_time", request).await?;
    let text = told(
        &view.parts,
        |part: &DebtPart| &part.currency,
        |part| {
            Table::new(["Day", ">Open", ">Overdue"])
                .rows(&part.points, |point| {
                    vec![point.day.clone(), plain(&point.open), plain(&point.overdue)]
                })
                .text()
        },
    );
    Answer::new(&view, text)
}

async fn vat(asker: &Asker, request: VatRequest) -> Result<Answer, Fault> {
    let view: VatReport = asker.ask("vat_summary", request).await?;
    let text = told(&view.parts, |part| &part.currency, vat_text);
    Answer::new(&view, text)
}

fn vat_text(part: &VatPart) -> String {
    let mut table = Table::new(["Period", "Code", "Name", ">Rate", ">Net", ">VAT", ">Gross"]);
    for period in &part.periods {
        table = table.rows(&period.codes, |row| {
            let period = span(&period.from, &period.to);
            let names = vec![period, row.code.clone(), row.name.clone(), row.rate.clone()];
            [names, [&row.net, &row.vat, &row.gross].map(plain).to_vec()].concat()
        });
    }
    let sums = [&part.net, &part.vat, &part.gross].map(plain).to_vec();
    let names = ["All", "", "", ""].map(str::to_owned).to_vec();
    table.row([names, sums].concat()).text()
}

async fn takings(asker: &Asker, request: TakingsRequest) -> Result<Answer, Fault> {
    let view: TakingsView = asker.ask("takings", request).await?;
    let text = told(&view.parts, |part| &part.currency, takings_text);
    Answer::new(&view, text)
}

fn takings_text(part: &TakingsPart) -> String {
    let headings =
        ["Period", "Method", "Desk", ">Count", ">Received", ">Reversed", ">Paid back", ">Taken"];
    let sums = |sums: &TakingsSums| {
        let amounts = [&sums.received, &sums.reversed, &sums.refunded, &sums.taken].map(plain);
        [vec![sums.count.to_string()], amounts.to_vec()].concat()
    };
    let mut table = Table::new(headings);
    for period in &part.periods {
        table = table.rows(&period.rows, |row| {
            let desk = row.desk.clone().unwrap_or_default();
            let names = vec![span(&period.from, &period.to), row.name.clone(), desk];
            [names, sums(&row.sums)].concat()
        });
    }
    let names = ["All", "", ""].map(str::to_owned).to_vec();
    let taken = show::money(&part.sums.taken);
    format!("{}\n\nTaken {taken}", table.row([names, sums(&part.sums)].concat()).text())
}
