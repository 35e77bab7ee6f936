//! Tenants, idempotency keys and rate limits.

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};
use simulators::faults::{Fault, FaultProfile, Rule};
use simulators::xero::{Limits, XeroConfig};

use super::desk::{Desk, invoice, read, still};

async fn keyed(desk: &Desk, key: &str, body: &Value) -> (u16, Value) {
    let request = desk.request(Method::PUT, "Invoices").header("Idempotency-Key", key);
    read(request.json(body).send().await.unwrap()).await
}

#[tokio::test]
async fn a_missing_or_foreign_tenant_is_forbidden() {
    let desk = Desk::open().await;
    let url = format!("{}/Organisation", desk.sim.api_url());
    let bare = desk.http.get(&url).bearer_auth(&desk.access_token);
    assert_eq!(bare.send().await.unwrap().status(), 403);
    let foreign = desk.http.get(&url).bearer_auth(&desk.access_token);
    let foreign = foreign.header("xero-tenant-id", uuid::Uuid::nil().to_string());
    assert_eq!(foreign.send().await.unwrap().status(), 403);
    assert_eq!(desk.get("Organisation").await.0, 200);
}

#[tokio::test]
async fn a_second_push_with_the_same_key_changes_nothing() {
    let desk = Desk::open().await;
    let ann = desk.contact("Ann Learner").await;
    let mut bill = invoice(&ann, "B-1", "45");
    bill["Type"] = json!("ACCPAY");
    bill["LineItems"][0]["AccountCode"] = json!("449");
    bill["LineItems"][0]["TaxType"] = json!("INPUT2");
    let body = json!({"Invoices": [bill]});
    let first = keyed(&desk, "k1", &body).await;
    assert_eq!(first.0, 200, "{}", first.1);
    assert_eq!(first, keyed(&desk, "k1", &body).await);
    assert!(desk.sim.requests().last().unwrap().replayed);
    assert_eq!(desk.sim.invoices().len(), 1);
    desk.sim.clock().advance(TimeDelta::minutes(6));
    keyed(&desk, "k1", &body).await;
    assert_eq!(desk.sim.invoices().len(), 2, "the key lives six minutes");
}

#[tokio::test]
async fn a_key_belongs_to_one_request() {
    let desk = Desk::open().await;
    let ann = desk.contact("Ann Learner").await;
    keyed(&desk, "k1", &json!({"Invoices": [invoice(&ann, "JD-1", "45")]})).await;
    let other = json!({"Invoices": [invoice(&ann, "JD-2", "45")]});
    let (status, answer) = keyed(&desk, "k1", &other).await;
    assert_eq!(status, 400);
    let message = "Idempotency Key: k1 is used with a different request.";
    assert_eq!(answer["Message"], message);
    let (status, _) = keyed(&desk, &"k".repeat(129), &other).await;
    assert_eq!(status, 400);
}

#[tokio::test]
async fn a_crash_is_remembered_under_its_key() {
    let desk = Desk::open().await;
    let ann = desk.contact("Ann Learner").await;
    let crash = Rule::always(Fault::ServerError).on("PUT", "/api.xro").times(1);
    desk.sim.set_faults(FaultProfile::of([crash]));
    let body = json!({"Invoices": [invoice(&ann, "JD-1", "45")]});
    assert_eq!(keyed(&desk, "k1", &body).await.0, 500);
    assert_eq!(keyed(&desk, "k1", &body).await.0, 500, "the crash is replayed");
    assert_eq!(desk.sim.invoices().len(), 0);
    assert_eq!(keyed(&desk, "k2", &body).await.0, 200);
}

#[tokio::test]
async fn a_crash_after_the_commit_leaves_the_document() {
    let desk = Desk::open().await;
    let ann = desk.contact("Ann Learner").await;
    let crash = Rule::always(Fault::ServerError).on("PUT", "/api.xro").after_commit().times(1);
    desk.sim.set_faults(FaultProfile::of([crash]));
    let body = json!({"Invoices": [invoice(&ann, "JD-1", "45")]});
    assert_eq!(keyed(&desk, "k1", &body).await.0, 500);
    assert_eq!(desk.sim.invoices().len(), 1);
}

fn limited(limits: Limits) -> XeroConfig {
    XeroConfig { limits: Some(limits), ..still() }
}

#[tokio::test]
async fn the_minute_limit_answers_429_with_a_wait_and_counts_down() {
    let desk = Desk::with(limited(Limits { per_minute: 2, ..Limits::default() })).await;
    let first = desk.request(Method::GET, "Accounts").send().await.unwrap();
    assert_eq!(first.headers()["x-minlimit-remaining"], "1");
    assert_eq!(first.headers()["x-daylimit-remaining"], "4999");
    assert_eq!(first.headers()["x-appminlimit-remaining"], "9999");
    desk.sim.clock().advance(TimeDelta::seconds(10));
    desk.get("Accounts").await;
    let third = desk.request(Method::GET, "Accounts").send().await.unwrap();
    assert_eq!(third.status(), 429);
    assert_eq!(third.headers()["retry-after"], "50");
    assert_eq!(third.headers()["x-rate-limit-problem"], "minute");
    desk.sim.clock().advance(TimeDelta::seconds(50));
    assert_eq!(desk.get("Accounts").await.0, 200);
}

#[tokio::test]
async fn the_day_limit_asks_for_hours() {
    let desk = Desk::with(limited(Limits { per_day: 1, ..Limits::default() })).await;
    desk.get("Accounts").await;
    let turned_away = desk.request(Method::GET, "Accounts").send().await.unwrap();
    assert_eq!(turned_away.headers()["x-rate-limit-problem"], "day");
    assert_eq!(turned_away.headers()["retry-after"], "86400");
}

#[tokio::test]
async fn the_sixth_call_at_once_is_turned_away() {
    let latency = std::time::Duration::from_millis(300);
    let desk = Desk::with(XeroConfig { latency, ..limited(Limits::default()) }).await;
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..6 {
        calls.spawn(desk.request(Method::GET, "Accounts").send());
    }
    let answers = calls.join_all().await;
    let refused: Vec<_> =
        answers.iter().filter_map(|it| it.as_ref().ok()).filter(|it| it.status() == 429).collect();
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0].headers()["x-rate-limit-problem"], "concurrent");
}

#[tokio::test]
async fn rate_limits_come_before_the_idempotency_memory() {
    let desk = Desk::with(limited(Limits { per_minute: 2, ..Limits::default() })).await;
    let ann = desk.contact("Ann Learner").await;
    let body = json!({"Invoices": [invoice(&ann, "JD-1", "45")]});
    assert_eq!(keyed(&desk, "k1", &body).await.0, 200);
    assert_eq!(keyed(&desk, "k1", &body).await.0, 429);
}
