//! `kontor`: the office from a terminal, through the same router as the window.
//!
//! Never knows a rule of money and never opens the book itself: it asks the office, shows the
//! answer, and ends with a code that scripts can rely on (see [`exit`]).

mod answer;
mod args;
mod ask;
mod commands;
mod exit;
mod find;
mod passphrase;
mod place;
mod progress;
mod show;
mod user;

use answer::Answer;
use args::{Arguments, Command};
use ask::Asker;
use clap::Parser;
use office::Fault;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let json = arguments.json;
    let exit = match answer(arguments).await {
        Ok(answer) => answer.print(json),
        Err(fault) => answer::complain(&fault, json),
    };
    exit.into()
}

async fn answer(arguments: Arguments) -> Result<Answer, Fault> {
    if matches!(arguments.command, Command::Commands) {
        return commands::call::list();
    }
    let asker = Asker::new(place::desk(arguments.data)?);
    let watching = progress::watch(asker.desk());
    let answered = commands::answer(&asker, arguments.command).await;
    drop(watching);
    asker.desk().close().await;
    answered
}
