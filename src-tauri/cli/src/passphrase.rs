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
    given().map_or_else(|| prompted("Passphrase: "), Ok)
}

/// The passphrase of a new book; at a terminal it is asked for twice.
///
/// # Errors
/// As [`of_book`], and [`Code::Invalid`] where the two differ.
pub fn of_new_book() -> Result<String, Fault> {
    if let Some(passphrase) = given() {
        return Ok(passphrase);
    }
    let first = prompted("New passphrase: ")?;
    if first == prompted("Once more: ")? {
        return Ok(first);
    }
    let fault = Fault::new(Code::Invalid, "The two passphrases differ.");
    Err(fault.at("passphrase").rule("differs"))
}

fn prompted(question: &str) -> Result<String, Fault> {
    if !std::io::stdin().is_terminal() {
        let message = format!("The book needs its passphrase: set {VARIABLE}.");
        return Err(Fault::new(Code::Locked, message));
    }
    rpassword::prompt_password(question).map_err(|error| {
        Fault::new(Code::Locked, "The passphrase could not be read.").detail(error.to_string())
    })
}
