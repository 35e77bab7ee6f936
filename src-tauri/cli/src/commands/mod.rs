//! One module per subject: its flags, what is asked of the office, and how the answer reads.
//!
//! Never works out what the office could have said.

pub mod audit;
pub mod balances;
pub mod begin;
pub mod call;
pub mod charges;
pub mod export;
pub mod imports;
pub mod invoices;
pub mod ledger;
pub mod money;
pub mod packages;
pub mod past_imports;
pub mod payers;
pub mod payments;
pub mod plans;
pub mod rates;
pub mod recurring;
pub mod reminders;
pub mod reports;
pub mod schools;
pub mod series;
pub mod services;
pub mod statements;
pub mod students;
pub mod users;
mod verify;

use crate::answer::Answer;
use crate::args::Command;
use crate::ask::Asker;
use office::Fault;
use std::path::PathBuf;

/// Answers a command.
///
/// # Errors
/// What the office refuses.
pub async fn answer(asker: &Asker, command: Command) -> Result<Answer, Fault> {
    match command {
        Command::Status => begin::status(asker).await,
        Command::Create(form) => begin::create(asker, *form).await,
        Command::Sample(wish) => begin::sample(asker, wish).await,
        Command::Schools(command) => schools::answer(asker, command).await,
        Command::Students(command) => students::answer(asker, command).await,
        Command::Payers(command) => payers::answer(asker, command).await,
        Command::Services(command) => services::answer(asker, command).await,
        Command::Invoices(command) => invoices::answer(asker, command).await,
        Command::Payments(command) => payments::answer(asker, command).await,
        Command::Plans(command) => plans::answer(asker, command).await,
        Command::Reminders(command) => reminders::answer(asker, command).await,
        Command::Charges(command) => charges::answer(asker, command).await,
        Command::Packages(command) => packages::answer(asker, command).await,
        Command::Run(command) => charges::run(asker, command).await,
        Command::Imports(command) => past_imports::answer(asker, command).await,
        Command::Ageing(wish) => balances::ageing(asker, wish).await,
        Command::Recurring(command) => recurring::answer(asker, command).await,
        Command::Ledger(command) => ledger::answer(asker, command).await,
        Command::Rates(command) => rates::answer(asker, command).await,
        Command::Series(command) => series::answer(asker, command).await,
        Command::Report(command) => reports::answer(asker, command).await,
        Command::Statement(wish) => statements::statement(asker, wish).await,
        Command::Gate(wish) => statements::gate(asker, wish).await,
        Command::Export(command) => export::answer(asker, command).await,
        Command::Users(command) => users::answer(asker, command).await,
        Command::Audit(command) => audit::answer(asker, command).await,
        Command::Verify => verify::verify(asker).await,
        Command::Call(call) => call::call(asker, call).await,
        Command::Commands => call::list(),
    }
}

/// A folder as the office needs it: there, and named from the root.
fn folder(wanted: Option<PathBuf>) -> Result<Option<String>, Fault> {
    let Some(wanted) = wanted else { return Ok(None) };
    let folder = std::path::absolute(wanted).map_err(|error| office::files::fault(&error))?;
    office::files::private_folder(&folder)?;
    Ok(Some(folder.to_string_lossy().into_owned()))
}

/// Today by the desk's calendar.
async fn today(asker: &Asker) -> Result<String, Fault> {
    let status: office::wire::desk::DeskStatus =
        asker.ask("desk_status", serde_json::json!({})).await?;
    Ok(status.today)
}

/// A new identity.
fn new_id() -> String {
    use office::clock::IdSource as _;
    office::clock::SystemIds.new_id().to_string()
}
