//! The hidden routes under `/__sim/`, by which another process looks into a simulator and moves it.
//! They need no token, and no fault ever meets them.

use std::sync::Arc;

use axum::extract::{Query, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::{NaiveDate, TimeDelta};
use serde::Deserialize;
use serde_json::{Value, json};

use super::api::{self, ApiRequest};
use super::oracle;
use super::state::Shared;
use crate::faults::{FaultLayer, FaultProfile};

#[derive(Clone)]
struct Admin {
    shared: Arc<Shared>,
    faults: FaultLayer,
}

/// The routes.
pub fn routes(shared: Arc<Shared>, faults: FaultLayer) -> Router {
    Router::new()
        .route("/__sim/ledger", get(ledger))
        .route("/__sim/requests", get(requests))
        .route("/__sim/calls", get(calls))
        .route("/__sim/faults", get(fired).post(set_faults))
        .route("/__sim/clock", get(clock).post(advance))
        .route("/__sim/seed", post(seed))
        .route("/__sim/lock-date", post(lock_date))
        .route("/__sim/tokens", post(tokens))
        .route("/__sim/expire", post(expire))
        .route("/__sim/revoke", post(revoke))
        .with_state(Admin { shared, faults })
}

async fn ledger(Extract(admin): Extract<Admin>) -> Json<Value> {
    let state = admin.shared.lock();
    let shown = state.businesses.iter().map(|books| {
        json!({
            "business_id": books.id,
            "settings": books.settings,
            "contacts": books.contacts,
            "artefacts": books.artefacts,
            "payments": books.payments,
            "allocations": books.allocations,
            "journals": books.journals,
        })
    });
    let businesses: Vec<Value> = shown.collect();
    Json(json!({"businesses": businesses, "duplicates": oracle::duplicates(&state)}))
}

async fn requests(Extract(admin): Extract<Admin>) -> Json<Value> {
    Json(json!(oracle::requests(&admin.shared)))
}

async fn calls(Extract(admin): Extract<Admin>) -> Json<Value> {
    Json(json!(oracle::calls(&admin.shared)))
}

async fn fired(Extract(admin): Extract<Admin>) -> Json<Value> {
    Json(json!(admin.faults.fired()))
}

#[derive(Deserialize)]
struct Named {
    named: Option<String>,
}

async fn set_faults(
    Extract(admin): Extract<Admin>,
    Query(query): Query<Named>,
    body: String,
) -> Response {
    let profile = match query.named {
        Some(name) => FaultProfile::named(&name).ok_or_else(|| format!("no profile {name}")),
        None => serde_json::from_str(&body).map_err(|error| error.to_string()),
    };
    match profile {
        Ok(profile) => {
            admin.faults.set(profile);
            StatusCode::NO_CONTENT.into_response()
        }
        Err(error) => (StatusCode::BAD_REQUEST, error).into_response(),
    }
}

async fn clock(Extract(admin): Extract<Admin>) -> Json<Value> {
    Json(json!({"now": admin.shared.clock.now()}))
}

#[derive(Deserialize)]
struct Step {
    advance_ms: i64,
}

async fn advance(Extract(admin): Extract<Admin>, Json(step): Json<Step>) -> Json<Value> {
    admin.shared.clock.advance(TimeDelta::milliseconds(step.advance_ms));
    clock(Extract(admin)).await
}

/// Bodies in the API's own words, by collection, for the lead business; a refused one is reported
/// and not kept.
async fn seed(Extract(admin): Extract<Admin>, Json(seed): Json<Vec<(String, Value)>>) -> Response {
    let mut state = admin.shared.lock();
    let Some(books) = state.business(None) else { return StatusCode::NOT_FOUND.into_response() };
    let business = books.id.clone();
    let mut made = Vec::new();
    for (collection, content) in seed {
        let name = api::namespace(&collection).unwrap_or_default();
        let request = ApiRequest {
            method: "POST",
            path: &collection,
            query: super::listing::Query::new(),
            body: json!({name: content}),
            now: admin.shared.clock.now(),
            amounts: admin.shared.amounts,
        };
        match api::answer(books, &request) {
            Ok(answer) => made.push(answer.body.unwrap_or_default()["id"].clone()),
            Err(refusal) => {
                let body = refusal.answer().body.unwrap_or_default();
                return (StatusCode::BAD_REQUEST, Json(body)).into_response();
            }
        }
    }
    state.settle(&business);
    Json(Value::Array(made)).into_response()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lock {
    until: Option<NaiveDate>,
}

async fn lock_date(Extract(admin): Extract<Admin>, Json(lock): Json<Lock>) -> StatusCode {
    match admin.shared.lock().business(None) {
        Some(books) => {
            books.settings.lockdown = lock.until;
            StatusCode::NO_CONTENT
        }
        None => StatusCode::NOT_FOUND,
    }
}

async fn tokens(Extract(admin): Extract<Admin>) -> Response {
    Json(admin.shared.lock().issue_tokens(admin.shared.clock.now())).into_response()
}

async fn expire(Extract(admin): Extract<Admin>) -> StatusCode {
    admin.shared.lock().identity.expire_access(admin.shared.clock.now());
    StatusCode::NO_CONTENT
}

async fn revoke(Extract(admin): Extract<Admin>) -> StatusCode {
    admin.shared.lock().identity.disconnect();
    StatusCode::NO_CONTENT
}
