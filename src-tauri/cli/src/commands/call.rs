//! Any command of the office, for scripts that need more than the commands beside it.
//!
//! Never changes a request on its way.

use crate::answer::Answer;
use crate::ask::Asker;
use crate::show::Table;
use clap::Args;
use office::rpc::{Effect, commands};
use office::{Code, Fault};
use serde_json::{Value, json};
use std::io::Read;
use std::path::Path;

/// A command with its request.
#[derive(Args)]
pub struct Call {
    /// Name of the command, see `kontor commands`
    command: String,
    /// Its request as JSON; `-` reads it from standard input [default: {}]
    request: Option<String>,
}

/// Sends a command.
///
/// # Errors
/// What the office refuses, or [`Code::BadRequest`] where the request is no JSON.
pub async fn call(asker: &Asker, call: Call) -> Result<Answer, Fault> {
    let request = match call.request.as_deref() {
        None => json!({}),
        Some("-") => parsed(&text_of(Path::new("-"))?)?,
        Some(text) => parsed(text)?,
    };
    Ok(Answer::plain(asker.call(&call.command, request).await?))
}

/// The commands there are.
///
/// # Errors
/// [`Code::Internal`] where they cannot be written.
pub fn list() -> Result<Answer, Fault> {
    let effect = |effect| if effect == Effect::Read { "reads" } else { "writes" };
    let entries: Vec<_> = commands().collect();
    let rows: Vec<Value> = entries
        .iter()
        .map(|entry| {
            json!({
                "name": entry.name,
                "effect": effect(entry.effect),
                "needs_book": entry.needs_book,
            })
        })
        .collect();
    let table = Table::new(["Command", "Effect", "Needs"]).rows(&entries, |entry| {
        let needs = if entry.needs_book { "a book" } else { "" };
        [entry.name, effect(entry.effect), needs].map(str::to_owned).to_vec()
    });
    Answer::new(&rows, table.text())
}

/// The JSON in a file, or on standard input for `-`.
///
/// # Errors
/// What the disk reports, or [`Code::BadRequest`].
pub fn json_of(file: &Path) -> Result<Value, Fault> {
    parsed(&text_of(file)?)
}

fn text_of(file: &Path) -> Result<String, Fault> {
    if file == Path::new("-") {
        let mut text = String::new();
        let read = std::io::stdin().lock().read_to_string(&mut text);
        return read.map(|_| text).map_err(|error| office::files::fault(&error));
    }
    std::fs::read_to_string(file).map_err(|error| office::files::fault(&error))
}

fn parsed(text: &str) -> Result<Value, Fault> {
    serde_json::from_str(text).map_err(|error| {
        Fault::new(Code::BadRequest, "The request is no JSON.").detail(error.to_string())
    })
}
