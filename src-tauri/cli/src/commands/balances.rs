//! Who owes how much for how long.
//!
//! Never adds up: sums come from the office.

use super::{reports, today};
use crate::answer::Answer;
use crate::ask::Asker;
use crate::show::Table;
use clap::Args;
use office::Fault;
use office::wire::balances::{AgeingByPayer, AgeingRequest, AgeingView};
use office::wire::common::Money;
use office::wire::reports::{AgeingFile, ReportWish};
use std::path::PathBuf;

/// The question of the ageing.
#[derive(Args)]
pub struct Ageing {
    /// The day it is asked for, YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DAY")]
    as_of: Option<String>,
    /// Days are counted from the due date or the issue date, and there is a row for each student,
    /// department, or payer: whoever is asked to pay; two may be given, such as issue,payer
    /// [default: due,student]
    #[arg(long, value_delimiter = ',', value_parser = ["due", "issue", "student", "department", "payer"])]
    by: Vec<String>,
    /// Last days of the columns, two to six [default: the school's]
    #[arg(long, value_delimiter = ',')]
    buckets: Vec<u16>,
    /// Id of the department [default: all]
    #[arg(long)]
    department: Option<String>,
    /// Write it as a file instead
    #[arg(long, value_parser = ["csv", "pdf"])]
    file: Option<String>,
    /// With --file: the folder it is written to [default: the desk's own]
    #[arg(long, value_name = "FOLDER", requires = "file")]
    out: Option<PathBuf>,
}

/// One of the wanted words that is in the list, or its first.
fn chosen(wanted: &[String], of: &[&str]) -> String {
    let found = of.iter().find(|word| wanted.iter().any(|known| known == *word));
    found.or(of.first()).map_or_else(String::new, |word| (*word).to_owned())
}

/// Everybody with debt or credit on a day, by age.
///
/// # Errors
/// What the office refuses.
pub async fn ageing(asker: &Asker, wish: Ageing) -> Result<Answer, Fault> {
    let request = AgeingRequest {
        as_of: match wish.as_of {
            Some(day) => day,
            None => today(asker).await?,
        },
        by: chosen(&wish.by, &["due", "issue"]),
        buckets: wish.buckets,
        department_id: wish.department,
        page: None,
    };
    let group = chosen(&wish.by, &["student", "department", "payer"]);
    if let Some(format) = wish.file {
        let wanted = AgeingFile { asked: request, group };
        return reports::made(asker, ReportWish::Ageing(wanted), (format, wish.out)).await;
    }
    if group == "payer" {
        let view: AgeingByPayer = asker.ask("ageing_by_payer", request).await?;
        let rows = view.rows.iter().map(|row| {
            let names = [row.number.clone(), row.name.clone()];
            (names, amounts(&row.columns, &row.credit, &row.balance))
        });
        let sums = amounts(&view.columns, &view.credit, &view.balance);
        let text = text(["Number", "Name"], &view.buckets, rows.collect(), sums);
        return Answer::new(&view, format!("{text} on {}", view.as_of));
    }
    let view: AgeingView = asker.ask("ageing", request).await?;
    let sums = amounts(&view.columns, &view.credit, &view.balance);
    let text = if group == "department" {
        let rows = view.departments.iter().map(|row| {
            let names = [row.name.clone(), row.students.to_string()];
            (names, amounts(&row.columns, &row.credit, &row.balance))
        });
        text(["Department", "Students"], &view.buckets, rows.collect(), sums)
    } else {
        let rows = view.rows.iter().map(|row| {
            let names = [row.number.clone(), row.name.clone()];
            (names, amounts(&row.columns, &row.credit, &row.balance))
        });
        text(["Number", "Name"], &view.buckets, rows.collect(), sums)
    };
    Answer::new(&view, format!("{text} on {}", view.as_of))
}

fn amounts(columns: &[Money], credit: &Money, balance: &Money) -> Vec<String> {
    columns.iter().chain([credit, balance]).map(|money| money.0.plain()).collect()
}

type Row = ([String; 2], Vec<String>);

/// The rows with their sums, and the balance once more.
fn text(lead: [&str; 2], buckets: &[u16], rows: Vec<Row>, sums: Vec<String>) -> String {
    let balance = sums.last().cloned().unwrap_or_default();
    let table = Table::new(headings(lead, buckets))
        .rows(&rows, |(names, amounts)| [names.as_slice(), amounts].concat())
        .row([vec![String::new(), "All".to_owned()], sums].concat());
    format!("{}\n\nBalance {balance}", table.text())
}

/// `Not due`, `1-30`, `31-60`, …, `Over 90`.
fn headings(lead: [&str; 2], buckets: &[u16]) -> Vec<String> {
    let mut headings: Vec<String> = lead.into_iter().map(str::to_owned).collect();
    headings.push(">Not due".to_owned());
    let mut first = 1;
    for &last in buckets {
        headings.push(format!(">{first}-{last}"));
        first = last.saturating_add(1);
    }
    headings.push(format!(">Over {}", first.saturating_sub(1)));
    headings.extend([">Credit".to_owned(), ">Balance".to_owned()]);
    headings
}
