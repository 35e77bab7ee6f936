//! The routes below one company's address.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::books::{Books, Call};
use super::fault::{Answer, Fault};
use super::json::{self, Body};
use super::model::{Entity, Life, Row};
use super::query::Query;
use super::reports;
use super::writing::{Operation, carry_out};
use super::{attachments, listing};

/// Most items of a batch.
const BATCH_SIZE: usize = 30;

/// Parameters of an address; names are compared without regard to case.
pub type Parameters = HashMap<String, String>;

/// One request, past the gate.
#[derive(Debug)]
pub struct ApiRequest<'a> {
    pub method: &'a str,
    /// The path below the company.
    pub path: &'a str,
    pub parameters: Parameters,
    pub body: &'a [u8],
    pub content_type: &'a str,
    pub now: DateTime<Utc>,
}

/// What a request id was answered with. Only what was carried out is remembered: a refused record
/// was not made.
pub type Memory = HashMap<String, Value>;

/// Carries a request out; true when the answer, or a part of it, was remembered.
pub fn answer(books: &mut Books, memory: &mut Memory, request: &ApiRequest<'_>) -> (Answer, bool) {
    let mut replayed = false;
    let outcome = route(books, memory, request, &mut replayed);
    (outcome.unwrap_or_else(|fault| fault.answer(request.now)), replayed)
}

fn route(
    books: &mut Books,
    memory: &mut Memory,
    request: &ApiRequest<'_>,
    replayed: &mut bool,
) -> Result<Answer, Fault> {
    let segments: Vec<&str> = request.path.split('/').filter(|part| !part.is_empty()).collect();
    match (request.method, &segments[..]) {
        ("GET" | "POST", ["query"]) => {
            let text = String::from_utf8_lossy(request.body);
            let text = request.parameters.get("query").map_or(&*text, String::as_str);
            let found = listing::run(books, &Query::parse(text)?)?;
            Ok(good("QueryResponse", found, request.now))
        }
        ("GET", ["cdc"]) => {
            let entities = request.parameters.get("entities").map_or("", String::as_str);
            let since = request.parameters.get("changedsince").map_or("", String::as_str);
            Ok(Answer::good(listing::changes(books, entities, since, request.now)?))
        }
        ("GET", ["reports", name]) => {
            let today = request.now.date_naive();
            Ok(Answer::good(reports::report(books, name, &request.parameters, today)?))
        }
        ("POST", ["batch"]) => batch(books, memory, request, replayed),
        ("GET", [name, rest @ ..]) => {
            let entity = entity(name)?;
            // A company has one of each of these, whatever the address says.
            let id = match (entity, rest) {
                (Entity::Preferences | Entity::CompanyInfo, _) => "1",
                (_, [id]) => id,
                _ => return Err(Fault::unsupported(request.path)),
            };
            let row = books.get(entity, id).filter(|row| row.life != Life::Deleted);
            let row = row.ok_or_else(Fault::gone)?;
            Ok(good(entity.name(), row.shown(), request.now))
        }
        ("POST", ["upload"]) => Ok(upload(books, memory, request, replayed)),
        ("POST", [name]) => {
            let id = request.parameters.get("requestid");
            let entity = entity(name)?;
            let body = object(request.body)?;
            let (operation, call) = what(request);
            let done = once(memory, id.cloned(), replayed, || {
                carry_out(books, &call, operation, entity, &body)
            })?;
            Ok(good(entity.name(), done, request.now))
        }
        _ => Err(Fault::unsupported(request.path)),
    }
}

/// The outcome of each file stands inside a good answer, a refusal too.
fn upload(
    books: &mut Books,
    memory: &mut Memory,
    request: &ApiRequest<'_>,
    replayed: &mut bool,
) -> Answer {
    let (_, call) = what(request);
    let id = request.parameters.get("requestid").cloned();
    let done = once(memory, id, replayed, || {
        attachments::upload(books, &call, request.content_type, request.body)
    });
    let part = match done {
        Ok(shown) => json!({"Attachable": shown}),
        Err(fault) => json!({"Fault": fault.body()}),
    };
    good("AttachableResponse", json!([part]), request.now)
}

fn good(name: &str, value: Value, now: DateTime<Utc>) -> Answer {
    Answer::good(json!({name: value, "time": json::moment(now)}))
}

fn entity(name: &str) -> Result<Entity, Fault> {
    Entity::parse(name).ok_or_else(|| Fault::unsupported(name))
}

fn object(bytes: &[u8]) -> Result<Body, Fault> {
    let body: Value = serde_json::from_slice(bytes).map_err(|_| Fault::unreadable())?;
    body.as_object().cloned().ok_or_else(Fault::unreadable)
}

/// The operation an address asks for: `operation=delete`, `operation=void`, or, for payments,
/// `operation=update&include=void`.
fn what(request: &ApiRequest<'_>) -> (Operation, Call) {
    let parameter = |name: &str| request.parameters.get(name).map_or("", String::as_str);
    let include = parameter("include");
    let operation = match parameter("operation") {
        "delete" => Operation::Delete,
        "void" => Operation::Void,
        _ if include == "void" => Operation::Void,
        _ => Operation::Write,
    };
    (operation, Call { now: request.now, may_repeat_number: include == "allowduplicatedocnum" })
}

/// Does something once under a request id; later it is only told again.
fn once(
    memory: &mut Memory,
    id: Option<String>,
    replayed: &mut bool,
    act: impl FnOnce() -> Result<Value, Fault>,
) -> Result<Value, Fault> {
    if let Some(kept) = id.as_ref().and_then(|id| memory.get(id)) {
        *replayed = true;
        return Ok(kept.clone());
    }
    let done = act()?;
    if let Some(id) = id {
        memory.insert(id, done.clone());
    }
    Ok(done)
}

fn batch(
    books: &mut Books,
    memory: &mut Memory,
    request: &ApiRequest<'_>,
    replayed: &mut bool,
) -> Result<Answer, Fault> {
    let body = object(request.body)?;
    let items = json::list(&body, "BatchItemRequest");
    if items.is_empty() {
        return Err(Fault::required("BatchItemRequest"));
    }
    if items.len() > BATCH_SIZE {
        return Err(Fault::batch_size(BATCH_SIZE));
    }
    let mut answers = Vec::new();
    for item in items {
        let id = json::text(item, "bId").unwrap_or_default();
        let outcome = batch_item(books, memory, request, (id, item), replayed);
        let (name, value) = outcome.unwrap_or_else(|fault| ("Fault", fault.body()));
        let mut shown = Map::new();
        shown.insert(name.to_owned(), value);
        shown.insert("bId".to_owned(), json!(id));
        answers.push(Value::Object(shown));
    }
    Ok(good("BatchItemResponse", Value::Array(answers), request.now))
}

/// One item; the id of the request and of the item together are the item's own request id.
fn batch_item(
    books: &mut Books,
    memory: &mut Memory,
    request: &ApiRequest<'_>,
    (id, item): (&str, &Body),
    replayed: &mut bool,
) -> Result<(&'static str, Value), Fault> {
    if let Some(query) = json::text(item, "Query") {
        return Ok(("QueryResponse", listing::run(books, &Query::parse(query)?)?));
    }
    let named = item.iter().find_map(|(name, value)| Some((Entity::parse(name)?, value)));
    let (entity, body) = named.ok_or_else(|| Fault::unsupported("batch item"))?;
    let body = body.as_object().ok_or_else(Fault::unreadable)?;
    let options: Vec<&str> = match item.get("optionsData") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let operation = match json::text(item, "operation") {
        Some("delete") => Operation::Delete,
        Some("update") if options.contains(&"void") => Operation::Void,
        Some("create" | "update") => Operation::Write,
        other => return Err(Fault::enumeration("operation", other.unwrap_or_default())),
    };
    let may_repeat_number = options.contains(&"allowduplicatedocnum");
    let call = Call { now: request.now, may_repeat_number };
    let key = request.parameters.get("requestid").map(|request| format!("{request}/{id}"));
    let done = once(memory, key, replayed, || carry_out(books, &call, operation, entity, body))?;
    Ok((entity.name(), done))
}

/// The objects of a kind, oldest first.
pub fn rows(books: &Books, entity: Entity) -> Vec<Row> {
    books.all(entity).cloned().collect()
}
