//! The passphrase: from the environment, or asked for at a terminal.
//!
//! Never taken from the command line, where other users of the machine could read it.

use office::{Code, Fault};
use std::io::IsTerminal;

/// The variable that holds it.
const VARIABLE: &str = "KONTOR_PASSPHRASE";

/// The passphrase in the environment.
pub fn given() -> Option<String> {
    std::env::var(VARIABLE).ok().filter(|passphrase| !passphrase.is_empty())
}

/// The passphrase of a book that is there already.
///
/// # Errors
/// [`Code::Locked`] where it is not given and there is no terminal to ask at.
pub fn of_book() -> Result<String, Fault> {
    given().map_or_else(|| prompted("Passphrase: ", needed), Ok)
}

/// The passphrase of a new book; at a terminal it is asked for twice.
///
/// # Errors
/// As [`of_book`], and [`Code::Invalid`] where the two differ.
pub fn of_new_book() -> Result<String, Fault> {
    given().map_or_else(|| twice("New passphrase: ", needed), Ok)
}

/// Asks for a new secret twice.
///
/// # Errors
/// As [`prompted`], and [`Code::Invalid`] where the two differ.
pub fn twice(question: &str, missing: fn() -> Fault) -> Result<String, Fault> {
    let first = prompted(question, missing)?;
    if first == prompted("Once more: ", missing)? {
        return Ok(first);
    }
    let fault = Fault::new(Code::Invalid, "The two differ.");
    Err(fault.at("passphrase").rule("differs"))
}

fn needed() -> Fault {
    Fault::new(Code::Locked, format!("The book needs its passphrase: set {VARIABLE}."))
}

/// Asks at the terminal without showing what is typed.
///
/// # Errors
/// What `missing` says where there is no terminal or nothing could be read.
pub fn prompted(question: &str, missing: fn() -> Fault) -> Result<String, Fault> {
    if !std::io::stdin().is_terminal() {
        return Err(missing());
    }
    rpassword::prompt_password(question)
        .map_err(|error| missing().detail(format!("It could not be read: {error}")))
}
