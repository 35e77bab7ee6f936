//! Who sits at the terminal: from the environment, or asked for.
//!
//! Never takes a password from the command line, where other users of the machine could read it.

use crate::passphrase;
use office::wire::users::SignIn;
use office::{Code, Fault};
use std::io::{IsTerminal, Write};

/// The variables that hold the sign-in name and the password.
const USER: &str = "KONTOR_USER";
const PASSWORD: &str = "KONTOR_PASSWORD";

/// The name and password to sign in with.
///
/// # Errors
/// [`Code::NotSignedIn`] where they are not given and there is no terminal to ask at.
pub fn given() -> Result<SignIn, Fault> {
    let login = variable(USER).map_or_else(|| asked("User: "), Ok)?;
    let password =
        variable(PASSWORD).map_or_else(|| passphrase::prompted("Password: ", needed), Ok)?;
    Ok(SignIn { login, password })
}

/// A password for somebody else: given in the environment, or asked for twice.
///
/// # Errors
/// As [`given`], and [`Code::Invalid`] where the two differ.
pub fn new_password() -> Result<String, Fault> {
    const NEW: &str = "KONTOR_NEW_PASSWORD";
    if let Some(password) = variable(NEW) {
        return Ok(password);
    }
    let missing =
        || Fault::new(Code::Invalid, format!("Give the new password: set {NEW}.")).at("password");
    passphrase::twice("New password: ", missing)
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn needed() -> Fault {
    let message = format!("The book has users: set {USER} and {PASSWORD}.");
    Fault::new(Code::NotSignedIn, message)
}

fn asked(question: &str) -> Result<String, Fault> {
    if !std::io::stdin().is_terminal() {
        return Err(needed());
    }
    let unread =
        |error: std::io::Error| needed().detail(format!("The name could not be read: {error}"));
    let mut error_output = std::io::stderr();
    write!(error_output, "{question}").and_then(|()| error_output.flush()).map_err(unread)?;
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).map_err(unread)?;
    Ok(line.trim().to_owned())
}
