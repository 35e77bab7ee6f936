//! What stands before the accounting API: the token, the tenant, the rate limits and the
//! idempotency memory, in this order. Nothing gets past it uncounted or unlogged.

use std::sync::Arc;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State as Extract};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::response::Response;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::api::{self, ApiRequest};
use super::books::Call;
use super::idempotency::fingerprint;
use super::identity::Standing;
use super::query::Query;
use super::quota::{Exceeded, Limits};
use super::refusal::{Answer, Refusal};
use super::state::{Kept, RequestRecord, Shared, State};
use crate::faults::{CrashInstead, When};

/// Where the accounting API lives.
pub const API_ROOT: &str = "/api.xro/2.0/";

/// Xero refuses bodies above 10 MB.
const MAX_BODY_BYTES: usize = 10 * 1024 * 1024;

const LOGGED_HEADERS: [&str; 6] = [
    "xero-tenant-id",
    "idempotency-key",
    "if-modified-since",
    "content-type",
    "accept",
    "user-agent",
];

/// Answers one call to the accounting API.
pub async fn accounting(Extract(shared): Extract<Arc<Shared>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MAX_BODY_BYTES).await else {
        return respond(Answer::text(413, "The request is too large"), HeaderMap::new());
    };
    let record = log_request(&shared, &parts, &body);
    let (answer, headers, replayed) = match admit(&shared, &parts) {
        Err(turned_away) => (turned_away.answer, turned_away.headers, false),
        Ok(tenant_id) => {
            let _seat = Seat { shared: Arc::clone(&shared), tenant_id };
            if !shared.latency.is_zero() {
                tokio::time::sleep(shared.latency).await;
            }
            let (answer, replayed) = carry_out(&shared, tenant_id, &parts, &body);
            (answer, remaining(&mut shared.lock(), shared.limits, tenant_id), replayed)
        }
    };
    log_answer(&shared, record, answer.status, replayed);
    respond(answer, headers)
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

struct TurnedAway {
    answer: Answer,
    headers: HeaderMap,
}

impl From<Refusal> for Box<TurnedAway> {
    fn from(refusal: Refusal) -> Self {
        Self::new(TurnedAway { answer: refusal.answer(), headers: HeaderMap::new() })
    }
}

/// Checks token, tenant and limits; a caller that is let in holds a seat until it is answered.
fn admit(shared: &Shared, parts: &Parts) -> Result<Uuid, Box<TurnedAway>> {
    let now = shared.clock.now();
    let mut state = shared.lock();
    check_token(&state, &parts.headers, now)?;
    check_scope(&state, parts)?;
    let tenant_id: Uuid = header_text(&parts.headers, "xero-tenant-id")
        .and_then(|id| id.parse().ok())
        .filter(|id| state.identity.is_connected(*id))
        .ok_or(Refusal::Forbidden)?;
    let Some(limits) = shared.limits else {
        return state.tenant(tenant_id).map(|_| tenant_id).ok_or(Refusal::Forbidden.into());
    };
    let app = Limits { at_once: usize::MAX, per_day: usize::MAX, ..limits };
    let app = Limits { per_minute: limits.per_minute_for_app, ..app };
    state.app_quota.enter(app, now).map_err(|_| too_many(APP_MINUTE, HeaderMap::new()))?;
    let entered = state.tenant(tenant_id).ok_or(Refusal::Forbidden)?.quota.enter(limits, now);
    match entered {
        Ok(()) => Ok(tenant_id),
        Err(exceeded) => {
            let headers = remaining(&mut state, shared.limits, tenant_id);
            Err(too_many(exceeded, headers))
        }
    }
}

const APP_MINUTE: Exceeded = Exceeded { problem: "appminute", retry_after_s: Some(60) };

/// Checks the bearer token.
///
/// # Errors
/// No token, an unknown one or an expired one.
pub fn check_token(state: &State, headers: &HeaderMap, now: DateTime<Utc>) -> Result<(), Refusal> {
    match state.identity.standing(bearer(headers), now) {
        Standing::Valid => Ok(()),
        Standing::Unknown => Err(Refusal::Unauthorised("AuthenticationUnsuccessful".to_owned())),
        Standing::ExpiredAt(at) => Err(Refusal::Unauthorised(format!(
            "TokenExpired: token expired at {}",
            at.format("%m/%d/%Y %H:%M:%S")
        ))),
    }
}

/// The granular scope behind each address, those of applications made since 2 March 2026
/// (developer.xero.com/documentation/guides/oauth2/scopes).
fn scope_of(path: &str) -> &'static str {
    if path.contains("/Attachments") {
        return "accounting.attachments";
    }
    match path.strip_prefix(API_ROOT).unwrap_or_default().split('/').next().unwrap_or_default() {
        "Contacts" => "accounting.contacts",
        "Payments" => "accounting.payments",
        "BankTransactions" => "accounting.banktransactions",
        "ManualJournals" => "accounting.manualjournals",
        "Organisation" | "Accounts" | "TaxRates" | "TrackingCategories" | "Currencies" => {
            "accounting.settings"
        }
        _ => "accounting.invoices",
    }
}

fn check_scope(state: &State, parts: &Parts) -> Result<(), Refusal> {
    let (scope, reads) = (scope_of(parts.uri.path()), parts.method == Method::GET);
    let token = bearer(&parts.headers);
    if state.identity.is_scoped(token, scope, reads) {
        return Ok(());
    }
    Err(Refusal::Unauthorised("AuthorizationUnsuccessful".to_owned()))
}

fn bearer(headers: &HeaderMap) -> &str {
    header_text(headers, header::AUTHORIZATION.as_str())
        .and_then(|value| value.strip_prefix("Bearer "))
        .unwrap_or_default()
}

fn carry_out(shared: &Shared, tenant_id: Uuid, parts: &Parts, body: &Bytes) -> (Answer, bool) {
    let now = shared.clock.now();
    let crash = parts.extensions.get::<CrashInstead>().map(|crash| crash.0);
    let writes = parts.method != Method::GET && parts.method != Method::DELETE;
    let key = header_text(&parts.headers, "idempotency-key").filter(|_| writes);
    let target = parts.uri.path_and_query().map_or("", |it| it.as_str());
    let print =
        key.map(|_| fingerprint([parts.method.as_str().as_bytes(), target.as_bytes(), body]));
    let mut state = shared.lock();
    let Some(tenant) = state.tenant(tenant_id) else {
        return (Refusal::Forbidden.answer(), false);
    };
    if let Some((key, print)) = key.zip(print) {
        match tenant.memory.recall(key, print, now) {
            Ok(None) => {}
            Ok(Some(answer)) => return (answer, true),
            Err(refusal) => return (refusal.answer(), false),
        }
    }
    let answer = match crash {
        Some(When::BeforeCommit) => Answer::text(500, "An error occurred"),
        Some(When::AfterCommit) => {
            run(shared, tenant, parts, body, now);
            Answer::text(500, "An error occurred")
        }
        None => run(shared, tenant, parts, body, now),
    };
    if let Some((key, print)) = key.zip(print) {
        tenant.memory.keep(key, print, now, answer.clone());
    }
    state.settle(tenant_id);
    (answer, false)
}

fn run(
    shared: &Shared,
    tenant: &mut super::state::Tenant,
    parts: &Parts,
    body: &Bytes,
    now: DateTime<Utc>,
) -> Answer {
    let query = Query::parse(parts.uri.query().unwrap_or_default());
    let may_update = parts.method == Method::POST;
    let request = ApiRequest {
        method: parts.method.as_str(),
        path: parts.uri.path().strip_prefix(API_ROOT).unwrap_or_default(),
        modified_since: header_text(&parts.headers, "if-modified-since"),
        content_type: header_text(&parts.headers, "content-type"),
        body,
        call: Call { now, may_update, target: None, unit_dp: query.unit_dp() },
        query,
        max_batch: shared.max_batch,
    };
    api::answer(&mut tenant.books, &request).unwrap_or_else(|refusal| refusal.answer())
}

/// A place among the calls at once; given back however the call ends.
struct Seat {
    shared: Arc<Shared>,
    tenant_id: Uuid,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut state = self.shared.lock();
        state.app_quota.leave();
        if let Some(tenant) = state.tenant(self.tenant_id) {
            tenant.quota.leave();
        }
    }
}

fn remaining(state: &mut State, limits: Option<Limits>, tenant_id: Uuid) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let Some(limits) = limits else { return headers };
    let app = Limits { per_minute: limits.per_minute_for_app, ..limits };
    let app_minute = state.app_quota.remaining(app).0;
    if let Some(tenant) = state.tenant(tenant_id) {
        let (minute, day) = tenant.quota.remaining(limits);
        headers.insert("x-minlimit-remaining", HeaderValue::from(minute));
        headers.insert("x-daylimit-remaining", HeaderValue::from(day));
        headers.insert("x-appminlimit-remaining", HeaderValue::from(app_minute));
    }
    headers
}

fn too_many(exceeded: Exceeded, mut headers: HeaderMap) -> Box<TurnedAway> {
    headers.insert("x-rate-limit-problem", HeaderValue::from_static(exceeded.problem));
    if let Some(seconds) = exceeded.retry_after_s {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    Box::new(TurnedAway { answer: Answer::empty(429), headers })
}

fn header_text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim)
}

/// Turns an answer into an HTTP response.
pub fn respond(answer: Answer, headers: HeaderMap) -> Response {
    let mut response = Response::new(Body::from(answer.body));
    if let Ok(status) = answer.status.try_into() {
        *response.status_mut() = status;
    }
    *response.headers_mut() = headers;
    let content_type = HeaderValue::from_static(answer.content_type);
    response.headers_mut().insert(header::CONTENT_TYPE, content_type);
    response
}
