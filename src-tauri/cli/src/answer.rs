//! What a command has to say, for a person or as JSON.
//!
//! Never panics where the reader has gone away: a closed pipe ends the output quietly.

use crate::exit::Exit;
use crate::show;
use office::{Code, Fault};
use serde::Serialize;
use serde_json::Value;
use std::io::{ErrorKind, Write};

/// The answer of a command.
pub struct Answer {
    value: Value,
    text: String,
    exit: Exit,
}

impl Answer {
    /// An answer in both forms; the text ends without a line break.
    ///
    /// # Errors
    /// [`Code::Internal`] where the value cannot be written as JSON.
    pub fn new(value: &impl Serialize, text: impl Into<String>) -> Result<Self, Fault> {
        Ok(Self { value: written(value)?, text: text.into(), exit: Exit::Done })
    }

    /// An answer that is shown as JSON either way.
    pub fn plain(value: Value) -> Self {
        Self { text: pretty(&value), value, exit: Exit::Done }
    }

    /// Ends the program with another code than 0.
    #[must_use]
    pub fn ending(mut self, exit: Exit) -> Self {
        self.exit = exit;
        self
    }

    /// Prints it and says how the program ends.
    pub fn print(&self, json: bool) -> Exit {
        let text = if json { &pretty(&self.value) } else { &self.text };
        match write(&mut std::io::stdout().lock(), text) {
            Ok(()) => self.exit,
            Err(error) => complain(&office::files::fault(&error), json),
        }
    }
}

/// Prints a fault to standard error and says how the program ends.
pub fn complain(fault: &Fault, json: bool) -> Exit {
    let text = match serde_json::to_string_pretty(fault) {
        Ok(text) if json => text,
        Ok(_) | Err(_) => show::fault(fault),
    };
    // Where not even standard error takes it, the exit code says what there is to say.
    drop(write(&mut std::io::stderr().lock(), &text));
    fault.code.into()
}

fn write(out: &mut impl Write, text: &str) -> std::io::Result<()> {
    match writeln!(out, "{text}").and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        outcome => outcome,
    }
}

fn written(value: &impl Serialize) -> Result<Value, Fault> {
    serde_json::to_value(value).map_err(|error| Fault::new(Code::Internal, error.to_string()))
}

fn pretty(value: &Value) -> String {
    format!("{value:#}")
}
