//! The schools of the desk, and which of them the next commands are about.
//!
//! Never opens the book that is turned to: the command that needs it does.

use crate::answer::Answer;
use crate::ask::Asker;
use crate::passphrase;
use crate::show::Table;
use clap::Subcommand;
use office::wire::desk::{ChooseSchool, DeskSchool, DeskSchools, DeskState, DeskStatus};
use office::{Code, Fault};
use serde_json::json;

/// What is asked about the schools of the desk.
#[derive(Subcommand)]
pub enum Schools {
    /// List the schools of the desk
    List,
    /// Turn to another school: from then on every command is about that one
    Use {
        /// Its name or id
        school: String,
    },
    /// Turn to a place for a new school, which `create` then makes
    New,
}

/// Answers about the schools of the desk.
///
/// # Errors
/// [`Code::NotFound`] where none or several bear the name, or what the office refuses.
pub async fn answer(asker: &Asker, command: Schools) -> Result<Answer, Fault> {
    let chosen = match command {
        Schools::List => return list(asker).await,
        Schools::Use { school } => Some(of_name(asker, &school).await?),
        Schools::New => None,
    };
    note_name(asker).await?;
    let _: DeskStatus = asker.ask("choose_school", ChooseSchool { id: chosen }).await?;
    list(asker).await
}

/// Opens the book that is left where that can be done without asking: the school is found again by
/// the name that stands in it.
async fn note_name(asker: &Asker) -> Result<(), Fault> {
    let status: DeskStatus = asker.ask("desk_status", json!({})).await?;
    if status.state == DeskState::Locked && passphrase::given().is_some() {
        asker.unlock(passphrase::of_book()?).await?;
    }
    Ok(())
}

async fn schools(asker: &Asker) -> Result<DeskSchools, Fault> {
    asker.ask("desk_schools", json!({})).await
}

async fn list(asker: &Asker) -> Result<Answer, Fault> {
    let found = schools(asker).await?;
    let table = Table::new(["In use", "School", "Id"]).rows(&found.schools, |school| {
        let in_use = if school.in_use { "yes" } else { "" };
        vec![in_use.to_owned(), school.name.clone(), school.id.clone()]
    });
    Answer::new(&found, table.text())
}

/// The id of the one school that is called so.
async fn of_name(asker: &Asker, wanted: &str) -> Result<String, Fault> {
    let found = schools(asker).await?.schools;
    if let Some(school) = found.iter().find(|school| school.id == wanted) {
        return Ok(school.id.clone());
    }
    let same = |school: &&DeskSchool| school.name.to_lowercase() == wanted.to_lowercase();
    let mut named = found.iter().filter(same);
    match (named.next(), named.next()) {
        (Some(school), None) => Ok(school.id.clone()),
        (first, _) => {
            let several = "Several schools of this desk have this name; give the id.";
            let none = "This desk has no such school.";
            let message = if first.is_some() { several } else { none };
            Err(Fault::new(Code::NotFound, message).rule("school"))
        }
    }
}
