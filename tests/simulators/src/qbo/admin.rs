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

use super::USUAL_APP;
use super::identity::Login;
use super::model::Entity;
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
        .route("/__sim/lock-date", post(lock_date))
        .route("/__sim/tokens", post(tokens))
        .route("/__sim/expire", post(expire))
        .route("/__sim/revoke", post(revoke))
        .with_state(Admin { shared, faults })
}

async fn ledger(Extract(admin): Extract<Admin>) -> Json<Value> {
    let state = admin.shared.lock();
    let kinds = [
        Entity::Customer,
        Entity::Invoice,
        Entity::CreditMemo,
        Entity::Payment,
        Entity::RefundReceipt,
        Entity::JournalEntry,
    ];
    let companies = state.companies.iter().map(|company| {
        let mut shown = json!({"realm": company.books.realm, "name": company.books.name});
        for kind in kinds {
            shown[kind.name()] = json!(company.books.all(kind).collect::<Vec<_>>());
        }
        shown
    });
    let companies: Vec<Value> = companies.collect();
    Json(json!({"companies": companies, "duplicates": oracle::duplicates(&state)}))
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

/// A company, or the first one; and for a lock the day.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfCompany {
    realm: Option<String>,
    closed_until: Option<NaiveDate>,
}

async fn lock_date(Extract(admin): Extract<Admin>, Json(lock): Json<OfCompany>) -> StatusCode {
    let mut state = admin.shared.lock();
    let realm = lock.realm.unwrap_or_else(|| state.chosen_realm.clone());
    match state.company(&realm) {
        Some(company) => {
            company.books.close(lock.closed_until);
            StatusCode::NO_CONTENT
        }
        None => StatusCode::NOT_FOUND,
    }
}

async fn tokens(Extract(admin): Extract<Admin>, Json(of): Json<OfCompany>) -> Response {
    let mut state = admin.shared.lock();
    let realm = of.realm.unwrap_or_else(|| state.chosen_realm.clone());
    let login = Login { realm, app: USUAL_APP.to_owned() };
    Json(state.identity.issue(login, admin.shared.clock.now())).into_response()
}

async fn expire(Extract(admin): Extract<Admin>) -> StatusCode {
    admin.shared.lock().identity.expire_access(admin.shared.clock.now());
    StatusCode::NO_CONTENT
}

async fn revoke(Extract(admin): Extract<Admin>) -> StatusCode {
    admin.shared.lock().identity.revoke();
    StatusCode::NO_CONTENT
}
