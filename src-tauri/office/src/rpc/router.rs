//! The router that serves window, terminal and test alike.
//!
//! Never knows a command by name: it serves what the list holds.

use super::commands;
use crate::actor::{Act, Actor};
use crate::desk::Desk;
use crate::fault::{Code, Fault};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::RawValue;
use std::pin::Pin;

/// What a command does to the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Reads: its answer goes stale with its tags.
    Read,
    /// Writes: answers under its tags are stale afterwards.
    Write,
}

/// An answer as JSON text, written once and handed on as it is: a list of ten thousand students is
/// not built a second time as a tree.
pub type Answer = Box<RawValue>;

pub(super) type Serving<'a> = Pin<Box<dyn Future<Output = Result<Answer, Fault>> + Send + 'a>>;

/// One line of the list.
pub struct Entry {
    /// Its name.
    pub name: &'static str,
    /// What it does to the book.
    pub effect: Effect,
    /// Tags of what it reads, or of what is stale after it wrote.
    pub tags: &'static [&'static str],
    /// What the actor must be allowed.
    pub act: Act,
    /// Whether a book must be open.
    pub needs_book: bool,
    pub(super) serve: for<'a> fn(&'a Desk, &'a Actor, Value) -> Serving<'a>,
}

fn entry(name: &str) -> Result<&'static Entry, Fault> {
    commands()
        .find(|entry| entry.name == name)
        .ok_or_else(|| Fault::new(Code::UnknownCommand, format!("There is no command {name:?}.")))
}

/// Answers one request of a window or terminal: as whoever signed in there. `seat` names the window
/// or terminal; whoever carries the request knows it, and the request itself cannot say it.
///
/// # Errors
/// [`Code::NotSignedIn`] where the book has users and nobody is signed in, and as [`dispatch`].
pub async fn answer(desk: &Desk, seat: &str, name: &str, request: Value) -> Result<Answer, Fault> {
    let actor = desk.actor(seat, entry(name)?.act).await?;
    dispatch(desk, &actor, name, request).await
}

/// Answers one request of an actor who is known, by the command's name.
///
/// # Errors
/// [`Code::UnknownCommand`], [`Code::Forbidden`], [`Code::BadRequest`] where the request has a
/// field too many, too few or of another type, and whatever the use case refuses.
pub async fn dispatch(
    desk: &Desk,
    actor: &Actor,
    name: &str,
    request: Value,
) -> Result<Answer, Fault> {
    let entry = entry(name)?;
    actor.demand(entry.act)?;
    let answer = (entry.serve)(desk, actor, request).await?;
    if entry.effect == Effect::Write {
        // Whatever is written stands in the log.
        desk.told().changed(&[entry.tags, &["audit"]].concat());
    }
    Ok(answer)
}

pub(super) fn read<Request: DeserializeOwned>(request: Value) -> Result<Request, Fault> {
    // A command that asks for nothing may be called with nothing.
    let request = if request.is_null() { Value::Object(serde_json::Map::new()) } else { request };
    serde_json::from_value(request).map_err(|error| {
        Fault::new(Code::BadRequest, "The request is not well formed.").detail(error.to_string())
    })
}

pub(super) fn written(answer: &impl Serialize) -> Result<Answer, Fault> {
    serde_json::value::to_raw_value(answer)
        .map_err(|error| Fault::new(Code::Internal, error.to_string()))
}

/// Says how a line is served: with the desk alone, or with the open book.
macro_rules! serve {
    (desk, $request:ty, $use_case:path) => {
        |desk, actor, request| {
            Box::pin(async move {
                let request = $crate::rpc::router::read::<$request>(request)?;
                $crate::rpc::router::written(&$use_case(desk, actor, request).await?)
            })
        }
    };
    (book, $request:ty, $use_case:path) => {
        |desk, actor, request| {
            Box::pin(async move {
                let office = desk.office().await?;
                actor.demand_school(office.school.id)?;
                let office = office.seen_by(actor);
                $crate::rpc::scope::demand(&office, actor, &request).await?;
                let request = $crate::rpc::router::read::<$request>(request)?;
                $crate::rpc::router::written(&$use_case(&office, actor, request).await?)
            })
        }
    };
}

macro_rules! needs_book {
    (desk) => {
        false
    };
    (book) => {
        true
    };
}

/// Lists commands with their requests and answers, and how they are served:
/// `name: Request => Answer, Effect Act [tags], desk or book, use case;`
macro_rules! commands {
    ($($name:ident: $request:ty => $answer:ty,
        $effect:ident $act:ident [$($tag:ident)*], $needs:ident $use_case:path;)+) => {
        use $crate::actor::Act;
        use $crate::rpc::router::{Command, Effect, Entry};

        /// The requests and answers of this table.
        #[derive(ts_rs::TS)]
        #[allow(dead_code)]
        pub struct Schema {
            $($name: Command<$request, $answer>,)+
        }

        /// The commands of this table.
        pub const ROWS: &[Entry] = &[$(Entry {
            name: stringify!($name),
            effect: Effect::$effect,
            tags: &[$(stringify!($tag)),*],
            act: Act::$act,
            needs_book: needs_book!($needs),
            serve: serve!($needs, $request, $use_case),
        }),+];
    };
}

/// A command's two sides.
#[derive(ts_rs::TS)]
#[ts(export)]
#[allow(dead_code)]
pub struct Command<Request, Response> {
    request: Request,
    response: Response,
}
