//! Rates of other currencies.
//!
//! Never fetches one: it is typed, or read from a file.

use crate::answer::Answer;
use crate::ask::Asker;
use crate::show::Table;
use clap::{Args, Subcommand};
use office::Fault;
use office::wire::exchange::{
    ExchangeRateRow, ExchangeRates, ExchangeRatesImported, ImportExchangeRates, SetExchangeRate,
};
use std::path::PathBuf;

/// What is asked about rates.
#[derive(Subcommand)]
pub enum Rates {
    /// List every rate that was set
    List,
    /// Set the rate of a currency from a day on
    Set(Set),
    /// Set the rates of a CSV file with the columns currency, rate and date
    Import {
        /// The file
        file: PathBuf,
        /// Where the rates come from
        #[arg(long, default_value = "")]
        source: String,
    },
}

/// A rate.
#[derive(Args)]
pub struct Set {
    /// Its currency, for example EUR
    currency: String,
    /// Units of the currency of the books for one unit of it
    rate: String,
    /// The first day it holds [default: today]
    #[arg(long, value_name = "DAY")]
    on: Option<String>,
    /// Where it comes from
    #[arg(long, default_value = "")]
    source: String,
}

/// Answers about rates.
///
/// # Errors
/// What the office refuses, or a file that cannot be read.
pub async fn answer(asker: &Asker, command: Rates) -> Result<Answer, Fault> {
    match command {
        Rates::List => list(&asker.ask("exchange_rates", serde_json::json!({})).await?),
        Rates::Set(Set { currency, rate, on, source }) => {
            let on = match on {
                Some(on) => on,
                None => super::today(asker).await?,
            };
            let wish = SetExchangeRate { currency, rate, on, source };
            list(&asker.ask("set_exchange_rate", wish).await?)
        }
        Rates::Import { file, source } => {
            let csv =
                std::fs::read_to_string(file).map_err(|error| office::files::fault(&error))?;
            let wish = ImportExchangeRates { csv, source };
            let done: ExchangeRatesImported = asker.ask("import_exchange_rates", wish).await?;
            let text = format!("{} set, {} known already.", done.set, done.same);
            Answer::new(&done, text)
        }
    }
}

fn list(view: &ExchangeRates) -> Result<Answer, Fault> {
    let headings = ["Currency", "Day", &format!(">{} for one", view.base), "Source", "Holds"];
    let table = Table::new(headings).rows(&view.rates, |row: &ExchangeRateRow| {
        vec![
            row.currency.clone(),
            row.on.clone(),
            row.rate.clone(),
            row.source.clone(),
            if row.in_force { "today" } else { "" }.to_owned(),
        ]
    });
    Answer::new(view, table.text())
}
