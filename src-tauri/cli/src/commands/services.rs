//! The price list.
//!
//! Never changes what was charged.

use super::imports;
use crate::answer::Answer;
use crate::args::Import;
use crate::ask::Asker;
use crate::show::Table;
use clap::{Args, Subcommand};
use office::Fault;
use office::wire::services::{ListServices, ServiceList};

/// What is asked about the price list.
#[derive(Subcommand)]
pub enum PriceList {
    /// List what is sold
    List(List),
    /// Read a price list in from a CSV file
    Import(Import),
}

/// Which entries.
#[derive(Args)]
pub struct List {
    /// Part of a code or name
    #[arg(long, default_value = "", hide_default_value = true)]
    query: String,
    /// Also what is no longer sold
    #[arg(long)]
    all: bool,
}

/// Answers about the price list.
///
/// # Errors
/// What the office refuses.
pub async fn answer(asker: &Asker, command: PriceList) -> Result<Answer, Fault> {
    match command {
        PriceList::List(wish) => list(asker, wish).await,
        PriceList::Import(import) => imports::import(asker, "services", import).await,
    }
}

async fn list(asker: &Asker, wish: List) -> Result<Answer, Fault> {
    let request = ListServices { query: wish.query, include_inactive: wish.all };
    let list: ServiceList = asker.ask("list_services", request).await?;
    let headings = ["Code", "Name", "Kind", ">Price", "Currency", "VAT", "Account"];
    let table = Table::new(headings).rows(&list.rows, |row| {
        vec![
            row.code.clone(),
            row.name.clone(),
            row.kind.clone(),
            row.unit_price.clone(),
            row.currency.clone(),
            row.tax_name.clone(),
            row.income_account.clone(),
        ]
    });
    Answer::new(&list, table.text())
}
