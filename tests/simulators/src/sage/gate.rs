//! What stands before the API: the token, the business, the limits and the memory of keys, in this
//! order. Nothing gets past it uncounted or unlogged.

use std::collections::HashMap;
use std::sync::Arc;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State as Extract};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use serde_json::{Value, json};
use url::form_urlencoded;

use super::api::{self, ApiRequest};
use super::books::Books;
use super::identity::FULL_ACCESS;
use super::listing::{self, Query};
use super::refusal::{Answer, Refusal};
use super::render::base;
use super::rows::Row;
use super::state::{Kept, RequestRecord, Shared, State};

/// Where the API lives.
pub const API_ROOT: &str = "/v3.1/";

const MAX_BODY_BYTES: usize = 10 * 1024 * 1024;
const BUSINESS_HEADER: &str = "x-business";
const LOGGED_HEADERS: [&str; 4] = [BUSINESS_HEADER, "content-type", "accept", "user-agent"];

/// Answers one call.
pub async fn accounting(Extract(shared): Extract<Arc<Shared>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, MAX_BODY_BYTES).await.unwrap_or_default();
    let place = log_request(&shared, &parts, &body);
    if !shared.latency.is_zero() {
        tokio::time::sleep(shared.latency).await;
    }
    let mut headers = HeaderMap::new();
    let answer = carry_out(&shared, &parts, &body, &mut headers);
    let answer = answer.unwrap_or_else(|refusal| refusal.answer());
    let business = header_text(&headers, BUSINESS_HEADER).map(str::to_owned);
    log_answer(&shared, place, answer.status, business);
    respond(answer, headers)
}

/// Logs a request and returns its place in the log.
pub fn log_request(shared: &Shared, parts: &Parts, body: &Bytes) -> usize {
    let headers = LOGGED_HEADERS.iter().filter_map(|name| {
        Some(((*name).to_owned(), header_text(&parts.headers, name)?.to_owned()))
    });
    let record = RequestRecord {
        at: shared.clock.now(),
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: headers.collect(),
        body: Value::Null,
        status: 0,
        business: None,
    };
    let mut state = shared.lock();
    state.requests.push(Kept { record, raw: body.clone() });
    state.requests.len() - 1
}

/// Completes a logged request.
pub fn log_answer(shared: &Shared, place: usize, status: u16, business: Option<String>) {
    if let Some(kept) = shared.lock().requests.get_mut(place) {
        kept.record.status = status;
        kept.record.business = business;
    }
}

fn carry_out(
    shared: &Shared,
    parts: &Parts,
    body: &Bytes,
    headers: &mut HeaderMap,
) -> Result<Answer, Refusal> {
    let now = shared.clock.now();
    let mut state = shared.lock();
    let bearer = header_text(&parts.headers, header::AUTHORIZATION.as_str())
        .and_then(|value| value.strip_prefix("Bearer "))
        .unwrap_or_default();
    let scope = state.identity.scope_of(bearer, now).ok_or_else(Refusal::unauthorised)?;
    if scope != FULL_ACCESS && parts.method != "GET" {
        return Err(Refusal::forbidden());
    }
    let path = parts.uri.path().strip_prefix(API_ROOT).unwrap_or_default();
    if let Some(answer) = businesses(&mut state, parts.method.as_str(), path) {
        return answer;
    }
    // Without the header it is the lead business, whoever that is ("Multi business" guide).
    let named = header_text(&parts.headers, BUSINESS_HEADER).map(str::to_owned);
    let books = state.business(named.as_deref()).ok_or_else(Refusal::forbidden)?;
    let id = books.id.clone();
    if let Ok(value) = HeaderValue::from_str(&id) {
        headers.insert(BUSINESS_HEADER, value);
    }
    if !books.subscribed {
        return Err(Refusal::no_subscription());
    }
    if let Some(limits) = shared.limits {
        books.quota.enter(limits, now).map_err(|wait_s| {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(wait_s));
            Refusal::too_many()
        })?;
    }
    let request = ApiRequest {
        method: parts.method.as_str(),
        path,
        query: query(parts),
        body: read_body(parts, body)?,
        now,
        amounts: shared.amounts,
    };
    let answer = remembered(books, &request, shared.remembers_keys);
    state.settle(&id);
    answer
}

/// An `idempotency_id` in the body's namespace makes the same call again give the same answer
/// ("Idempotency" guide); how long it is remembered is said nowhere.
fn remembered(
    books: &mut super::books::Books,
    request: &ApiRequest<'_>,
    remembers: bool,
) -> Result<Answer, Refusal> {
    let name = api::namespace(request.path.trim_matches('/')).unwrap_or_default();
    let key = request.body[name]["idempotency_id"].as_str().map(str::to_owned);
    let Some(key) = key.filter(|_| remembers && request.method == "POST") else {
        return api::answer(books, request);
    };
    if key.len() != 32 || !key.chars().all(|digit| digit.is_ascii_hexdigit()) {
        return Err(Refusal::invalid("idempotency_id", "must be a GUID without hyphens"));
    }
    match books.memory.get(&key) {
        Some((body, answer)) if *body == request.body => return Ok(answer.clone()),
        Some(_) => return Err(Refusal::invalid("idempotency_id", "has already been used")),
        None => {}
    }
    let answer = api::answer(books, request)?;
    books.memory.insert(key, (request.body.clone(), answer.clone()));
    Ok(answer)
}

/// The businesses belong to the sign-in and not to a business.
fn businesses(state: &mut State, method: &str, path: &str) -> Option<Result<Answer, Refusal>> {
    let rest = path.strip_prefix("businesses")?;
    if method != "GET" {
        return Some(Err(Refusal::wrong_verb()));
    }
    let answer = match rest.trim_matches('/') {
        "" => {
            let rows = state.businesses.iter();
            let rows = rows.map(|it| Row::plain(&it.id, move || business(it))).collect();
            let query = Query::from([("items_per_page".to_owned(), "200".to_owned())]);
            Ok(listing::page("businesses", rows, &query))
        }
        "lead" => state.business(None).map(|it| business(it)).ok_or_else(Refusal::not_found),
        id => state.business(Some(id)).map(|it| business(it)).ok_or_else(Refusal::not_found),
    };
    Some(answer.map(|body| Answer::json(200, body)))
}

fn business(books: &Books) -> Value {
    let mut row = base("businesses", &books.id, &books.name);
    row["name"] = json!(books.name);
    row
}

fn query(parts: &Parts) -> Query {
    let text = parts.uri.query().unwrap_or_default();
    form_urlencoded::parse(text.as_bytes()).into_owned().collect::<HashMap<_, _>>()
}

fn read_body(parts: &Parts, body: &Bytes) -> Result<Value, Refusal> {
    if body.is_empty() {
        return Ok(Value::Null);
    }
    let kind = header_text(&parts.headers, "content-type").unwrap_or_default();
    if !kind.starts_with("application/json") {
        return Err(Refusal::no_json());
    }
    serde_json::from_slice(body).map_err(|_| Refusal::unreadable())
}

fn header_text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim)
}

/// Turns an answer into an HTTP response.
pub fn respond(answer: Answer, headers: HeaderMap) -> Response {
    let body = answer.body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
    let mut response = Response::new(body);
    if let Ok(status) = answer.status.try_into() {
        *response.status_mut() = status;
    }
    *response.headers_mut() = headers;
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    response
}
