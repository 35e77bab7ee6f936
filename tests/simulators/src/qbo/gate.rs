//! What stands before a company's books: the token, the company, the call limits. Nothing gets past
//! it uncounted or unlogged, and every answer carries an `intuit_tid`.

use std::sync::Arc;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State as Extract};
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use url::form_urlencoded;
use uuid::Uuid;

use super::api::{self, ApiRequest};
use super::fault::{Answer, Fault};
use super::identity::{Login, Standing};
use super::state::{Kept, RequestRecord, Shared};

/// Where the companies live.
pub const API_ROOT: &str = "/v3/company/";

const MAX_BODY_BYTES: usize = 10 * 1024 * 1024;

const LOGGED_HEADERS: [&str; 4] = ["content-type", "accept", "user-agent", "request-id"];

/// Answers one call to a company.
pub async fn accounting(Extract(shared): Extract<Arc<Shared>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, MAX_BODY_BYTES).await.unwrap_or_default();
    let place = log_request(&shared, &parts, &body);
    let (answer, replayed) = match admit(&shared, &parts) {
        Err(answer) => (answer, false),
        Ok(seat) => {
            if !shared.latency.is_zero() {
                tokio::time::sleep(shared.latency).await;
            }
            carry_out(&seat, &parts, &body)
        }
    };
    log_answer(&shared, place, answer.status, replayed);
    respond(&answer)
}

/// Logs a request and returns its place in the log.
pub fn log_request(shared: &Shared, parts: &Parts, body: &Bytes) -> usize {
    let headers = LOGGED_HEADERS.iter().filter_map(|name| {
        Some(((*name).to_owned(), parts.headers.get(*name)?.to_str().ok()?.to_owned()))
    });
    let record = RequestRecord {
        at: shared.clock.now(),
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: headers.collect(),
        body: serde_json::Value::Null,
        status: 0,
        replayed: false,
    };
    let mut state = shared.lock();
    state.requests.push(Kept { record, raw: body.clone() });
    state.requests.len() - 1
}

/// Completes a logged request.
pub fn log_answer(shared: &Shared, place: usize, status: u16, replayed: bool) {
    if let Some(kept) = shared.lock().requests.get_mut(place) {
        kept.record.status = status;
        kept.record.replayed = replayed;
    }
}

/// Company and rest of an address.
fn target(parts: &Parts) -> (&str, &str) {
    let below = parts.uri.path().strip_prefix(API_ROOT).unwrap_or_default();
    below.split_once('/').unwrap_or((below, ""))
}

/// Checks token, company and limits; a caller that is let in holds a seat until it is answered.
fn admit(shared: &Arc<Shared>, parts: &Parts) -> Result<Seat, Answer> {
    let now = shared.clock.now();
    let (realm, path) = target(parts);
    let bearer = parts
        .headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "))
        .unwrap_or_default();
    let mut state = shared.lock();
    let known = match state.identity.standing(bearer, now) {
        Standing::Valid(login) => login,
        Standing::Expired => {
            return Err(Answer::turned_away(401, "3200", "Token expired", now));
        }
        Standing::Unknown => {
            return Err(Answer::turned_away(401, "3200", "Token invalid", now));
        }
    };
    let company = state.company(realm).filter(|_| known.realm == realm);
    let Some(company) = company else {
        return Err(Answer::turned_away(403, "3100", "Not authorized for this company", now));
    };
    if let Some(limits) = shared.limits
        && !company.quota.enter(limits, (&known.app, path.starts_with("batch")), now)
    {
        return Err(Fault::throttled().answer(now));
    }
    Ok(Seat { shared: Arc::clone(shared), login: known })
}

fn carry_out(seat: &Seat, parts: &Parts, body: &Bytes) -> (Answer, bool) {
    let shared = &seat.shared;
    let pairs = form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes());
    let request = ApiRequest {
        method: parts.method.as_str(),
        path: target(parts).1,
        parameters: pairs.map(|(name, value)| (name.to_lowercase(), value.into_owned())).collect(),
        body,
        content_type: parts
            .headers
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default(),
        now: shared.clock.now(),
    };
    let mut state = shared.lock();
    let Some(company) = state.company(&seat.login.realm) else {
        return (Fault::gone().answer(request.now), false);
    };
    let answered = api::answer(&mut company.books, &mut company.memory, &request);
    state.settle(&seat.login.realm);
    answered
}

/// A place among the calls at once; given back however the call ends.
struct Seat {
    shared: Arc<Shared>,
    login: Login,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut state = self.shared.lock();
        let limited = self.shared.limits.is_some();
        if let Some(company) = state.company(&self.login.realm).filter(|_| limited) {
            company.quota.leave(&self.login.app);
        }
    }
}

fn respond(answer: &Answer) -> Response {
    let mut response = Response::new(Body::from(answer.body.to_string()));
    if let Ok(status) = answer.status.try_into() {
        *response.status_mut() = status;
    }
    let headers = response.headers_mut();
    let json = HeaderValue::from_static("application/json;charset=UTF-8");
    headers.insert(header::CONTENT_TYPE, json);
    if let Ok(tid) = HeaderValue::from_str(&Uuid::now_v7().to_string()) {
        headers.insert("intuit_tid", tid);
    }
    response
}
