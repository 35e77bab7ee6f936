//! Who owes how much for how long.
//!
//! Never adds up: sums come from the office.

use super::{reports, today};
use crate::answer::Answer;
use crate::ask::Asker;
use crate::show::{self, Table};
use clap::Args;
use office::Fault;
use office::wire::balances::{AgeingRequest, AgeingView};
use office::wire::common::Money;
use office::wire::reports::{AgeingFile, ReportWish};
use std::path::PathBuf;

/// The question of the ageing.
#[derive(Args)]
pub struct Ageing {
    /// The day it is asked for, YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DAY")]
    as_of: Option<String>,
    /// Days are counted from the due date or the issue date
    #[arg(long, value_parser = ["due", "issue"], default_value = "due")]
    by: String,
    /// Last days of the columns, two to six [default: the school's]
    #[arg(long, value_delimiter = ',')]
    buckets: Vec<u16>,
    /// Id of the department [default: all]
    #[arg(long)]
    department: Option<String>,
    /// Write it as a file instead
    #[arg(long, value_parser = ["csv", "pdf"])]
    file: Option<String>,
    /// With --file: a row for each department instead of each student
    #[arg(long, requires = "file")]
    by_department: bool,
    /// With --file: the folder it is written to [default: the desk's own]
    #[arg(long, value_name = "FOLDER", requires = "file")]
    out: Option<PathBuf>,
}

/// Every student with debt or credit on a day, by age.
///
/// # Errors
/// What the office refuses.
pub async fn ageing(asker: &Asker, wish: Ageing) -> Result<Answer, Fault> {
    let request = AgeingRequest {
        as_of: match wish.as_of {
            Some(day) => day,
            None => today(asker).await?,
        },
        by: wish.by,
        buckets: wish.buckets,
        department_id: wish.department,
    };
    if let Some(format) = wish.file {
        let wanted = AgeingFile { asked: request, by_department: wish.by_department };
        return reports::made(asker, ReportWish::Ageing(wanted), (format, wish.out)).await;
    }
    let view: AgeingView = asker.ask("ageing", request).await?;
    let amounts = |columns: &[Money], credit: &Money, balance: &Money| {
        let amounts = columns.iter().chain([credit, balance]);
        amounts.map(|money| money.0.plain()).collect::<Vec<_>>()
    };
    let sums = amounts(&view.columns, &view.credit, &view.balance);
    let table = Table::new(headings(&view))
        .rows(&view.rows, |row| {
            let names = vec![row.number.clone(), row.name.clone()];
            [names, amounts(&row.columns, &row.credit, &row.balance)].concat()
        })
        .row([vec![String::new(), "All".to_owned()], sums].concat());
    let balance = show::money(&view.balance);
    let text = format!("{}\n\nBalance {balance} on {}", table.text(), view.as_of);
    Answer::new(&view, text)
}

/// `Not due`, `1-30`, `31-60`, …, `Over 90`.
fn headings(view: &AgeingView) -> Vec<String> {
    let mut headings = vec!["Number".to_owned(), "Name".to_owned(), ">Not due".to_owned()];
    let mut first = 1;
    for &last in &view.buckets {
        headings.push(format!(">{first}-{last}"));
        first = last.saturating_add(1);
    }
    headings.push(format!(">Over {}", first.saturating_sub(1)));
    headings.extend([">Credit".to_owned(), ">Balance".to_owned()]);
    headings
}
