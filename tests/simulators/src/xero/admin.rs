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
use uuid::Uuid;

use super::api::{self, ApiRequest};
use super::books::Call;
use super::oracle;
use super::query;
use super::reference::{Account, TaxRate};
use super::state::{Shared, State};
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
    let tenants: Vec<Value> = state
        .tenants
        .iter()
        .map(|tenant| {
            let books = &tenant.books;
            json!({
                "tenant_id": books.tenant_id,
                "organisation": books.organisation,
                "contacts": books.contacts.iter().collect::<Vec<_>>(),
                "documents": books.documents.iter().collect::<Vec<_>>(),
                "payments": books.payments.iter().collect::<Vec<_>>(),
                "allocations": books.allocations.iter().collect::<Vec<_>>(),
                "manual_journals": books.journals.iter().collect::<Vec<_>>(),
                "bank_transactions": books.bank_transactions.iter().collect::<Vec<_>>(),
                "purchase_orders": books.orders.iter().collect::<Vec<_>>(),
            })
        })
        .collect();
    Json(json!({"tenants": tenants, "duplicates": oracle::duplicates(&state)}))
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

/// Rows in the API's own words, plus settings; everything goes to one tenant.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Seed {
    tenant_id: Option<Uuid>,
    #[serde(default)]
    accounts: Vec<Account>,
    #[serde(default)]
    tax_rates: Vec<TaxRate>,
    #[serde(default, rename = "Contacts")]
    contacts: Vec<Value>,
    #[serde(default, rename = "Invoices")]
    invoices: Vec<Value>,
    #[serde(default, rename = "CreditNotes")]
    credit_notes: Vec<Value>,
    #[serde(default, rename = "BankTransactions")]
    bank_transactions: Vec<Value>,
    #[serde(default, rename = "Payments")]
    payments: Vec<Value>,
}

async fn seed(Extract(admin): Extract<Admin>, Json(seed): Json<Seed>) -> Response {
    let mut state = admin.shared.lock();
    let Some(tenant_id) = chosen_tenant(&state, seed.tenant_id) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let tables = [
        ("Contacts", seed.contacts),
        ("Invoices", seed.invoices),
        ("CreditNotes", seed.credit_notes),
        ("BankTransactions", seed.bank_transactions),
        ("Payments", seed.payments),
    ];
    if let Some(tenant) = state.tenant(tenant_id) {
        let books = &mut tenant.books;
        books.accounts.retain(|old| seed.accounts.iter().all(|new| new.code != old.code));
        books.accounts.extend(seed.accounts);
        books.tax_rates.retain(|old| seed.tax_rates.iter().all(|new| new.tax_type != old.tax_type));
        books.tax_rates.extend(seed.tax_rates);
    }
    for (name, rows) in tables.into_iter().filter(|(_, rows)| !rows.is_empty()) {
        if let Err(error) = put_rows(&admin.shared, &mut state, tenant_id, (name, rows)) {
            return (StatusCode::BAD_REQUEST, error).into_response();
        }
    }
    StatusCode::NO_CONTENT.into_response()
}

/// Seeded rows pass the same rules as rows from a client; a refused row is reported, not kept.
fn put_rows(
    shared: &Shared,
    state: &mut State,
    tenant_id: Uuid,
    (name, rows): (&str, Vec<Value>),
) -> Result<(), String> {
    let max_batch = rows.len();
    let body = json!({name: rows}).to_string();
    let request = ApiRequest {
        method: "PUT",
        path: name,
        query: query::Query::parse("unitdp=4"),
        modified_since: None,
        content_type: Some("application/json"),
        body: body.as_bytes(),
        call: Call { now: shared.clock.now(), may_update: false, target: None, unit_dp: 4 },
        max_batch,
    };
    let Some(tenant) = state.tenant(tenant_id) else { return Err("no such tenant".to_owned()) };
    let outcome = api::answer(&mut tenant.books, &request);
    state.settle(tenant_id);
    match outcome {
        Ok(_) => Ok(()),
        Err(refusal) => Err(String::from_utf8_lossy(&refusal.answer().body).into_owned()),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Locks {
    tenant_id: Option<Uuid>,
    period: Option<NaiveDate>,
    end_of_year: Option<NaiveDate>,
}

async fn lock_date(Extract(admin): Extract<Admin>, Json(locks): Json<Locks>) -> StatusCode {
    let mut state = admin.shared.lock();
    let chosen = chosen_tenant(&state, locks.tenant_id);
    let Some(tenant) = chosen.and_then(|id| state.tenant(id)) else {
        return StatusCode::NOT_FOUND;
    };
    tenant.books.organisation.period_lock_date = locks.period;
    tenant.books.organisation.end_of_year_lock_date = locks.end_of_year;
    StatusCode::NO_CONTENT
}

async fn tokens(Extract(admin): Extract<Admin>) -> Response {
    Json(admin.shared.lock().issue_tokens(admin.shared.clock.now())).into_response()
}

async fn expire(Extract(admin): Extract<Admin>) -> StatusCode {
    admin.shared.lock().identity.expire_access(admin.shared.clock.now());
    StatusCode::NO_CONTENT
}

async fn revoke(Extract(admin): Extract<Admin>) -> StatusCode {
    admin.shared.lock().identity.revoke();
    StatusCode::NO_CONTENT
}

/// The named tenant, or the first.
fn chosen_tenant(state: &State, id: Option<Uuid>) -> Option<Uuid> {
    let ids = state.tenant_ids();
    match id {
        Some(id) => ids.into_iter().find(|it| *it == id),
        None => ids.into_iter().next(),
    }
}
