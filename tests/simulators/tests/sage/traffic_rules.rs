//! Limits, businesses, keys and pages.

use reqwest::Method;
use serde_json::{Value, json};
use simulators::faults::{Fault, FaultProfile, Rule};
use simulators::sage::{BUSINESSES, Limits, SageConfig};

use super::desk::{Desk, id, read, sale, still};

#[tokio::test]
async fn the_day_takes_2500_calls_and_tells_how_long_to_wait() {
    let limits = Limits { per_minute: 3, per_day: 4 };
    let desk = Desk::with(SageConfig { limits: Some(limits), ..still() }).await;
    assert_eq!(Limits::default(), Limits { per_minute: 100, per_day: 2500 });
    for _ in 0..3 {
        assert_eq!(desk.get("contact_types").await.0, 200);
    }
    let wait = |answer: &reqwest::Response| {
        answer.headers()["retry-after"].to_str().unwrap().parse::<u64>().unwrap()
    };
    let full = desk.request(Method::GET, "contact_types").send().await.unwrap();
    assert_eq!((full.status().as_u16(), wait(&full)), (429, 60));
    desk.sim.clock().advance(chrono::TimeDelta::seconds(60));
    assert_eq!(desk.get("contact_types").await.0, 200);
    let full = desk.request(Method::GET, "contact_types").send().await.unwrap();
    assert_eq!((full.status().as_u16(), wait(&full)), (429, 24 * 3600 - 60));
    let other = desk.request(Method::GET, "contact_types").header("x-business", BUSINESSES[1].0);
    let mut other = other.build().unwrap();
    other.headers_mut().insert("x-business", BUSINESSES[1].0.parse().unwrap());
    assert_eq!(desk.http.execute(other).await.unwrap().status(), 200);
}

#[tokio::test]
async fn without_the_header_it_is_the_lead_business() {
    let desk = Desk::open().await;
    let url = format!("{}/contacts", desk.sim.api_url());
    let body = json!({"contact": {"name": "Ann", "contact_type_ids": ["CUSTOMER"]}});
    let bare = desk.http.post(&url).bearer_auth(&desk.access_token).json(&body);
    let answer = bare.send().await.unwrap();
    assert_eq!(answer.headers()["x-business"], BUSINESSES[0].0);
    assert_eq!(desk.sim.contacts()[0].business_id, BUSINESSES[0].0);
    let unknown = desk.http.get(&url).bearer_auth(&desk.access_token).header("x-business", "no");
    assert_eq!(unknown.send().await.unwrap().status(), 403);
    let (_, all) = desk.get("businesses").await;
    assert_eq!(all["$total"], 2);
    assert_eq!(desk.get("businesses/lead").await.1["id"], BUSINESSES[0].0);
}

#[tokio::test]
async fn a_business_without_a_subscription_is_told_so() {
    let desk = Desk::open().await;
    desk.sim.set_subscribed(false);
    let (status, answer) = desk.get("contacts").await;
    assert_eq!((status, &answer[0]["$dataCode"]), (401, &json!("AuthorizationFailure")));
}

#[tokio::test]
async fn a_key_in_the_body_makes_the_same_call_again_one_record() {
    let key = "a".repeat(32);
    let body = |reference: &str, contact: &str| {
        let mut content = sale(contact, reference, "invoice_lines");
        content["idempotency_id"] = json!(key);
        json!({"sales_invoice": content})
    };
    for (remembers_keys, records) in [(true, 1), (false, 2)] {
        let desk = Desk::with(SageConfig { remembers_keys, ..still() }).await;
        let ann = desk.contact("Ann Learner").await;
        let first = desk.post("sales_invoices", &body("JD-1", &ann)).await;
        let second = desk.post("sales_invoices", &body("JD-1", &ann)).await;
        assert_eq!((first.0, second.0), (201, 201));
        assert_eq!(first.1["id"] == second.1["id"], remembers_keys);
        assert_eq!(desk.sim.invoices().len(), records);
        assert_eq!(desk.sim.duplicates().is_empty(), remembers_keys);
        if remembers_keys {
            assert_eq!(desk.post("sales_invoices", &body("JD-2", &ann)).await.0, 422);
        }
    }
}

#[tokio::test]
async fn lists_have_pages_a_next_and_only_what_was_asked_for() {
    let desk = Desk::open().await;
    let ann = desk.contact("Ann Learner").await;
    for number in 0..25 {
        desk.invoice(&ann, &format!("JD-{number}")).await;
    }
    let (_, first) = desk.get("sales_invoices").await;
    assert_eq!((&first["$total"], &first["$itemsPerPage"]), (&json!(25), &json!(20)));
    assert_eq!(first["$next"], "/sales_invoices?page=2&items_per_page=20");
    let row = first["$items"][0].as_object().unwrap();
    assert_eq!(row.keys().collect::<Vec<_>>(), ["$path", "displayed_as", "id"]);
    let path = "sales_invoices?page=2&items_per_page=20&attributes=reference,total_amount";
    let (_, second) = desk.get(path).await;
    assert_eq!((second["$items"].as_array().unwrap().len(), &second["$next"]), (5, &Value::Null));
    assert_eq!(second["$items"][0]["reference"], "JD-20");
    let (_, all) = desk.get("sales_invoices?attributes=all&items_per_page=200").await;
    assert_eq!(all["$items"][24]["invoice_lines"][0]["net_amount"], 45.0);
    let (_, none) = desk.get("sales_invoices?from_date=2026-11-21").await;
    assert_eq!(none["$total"], 0);
    desk.sim.clock().advance(chrono::TimeDelta::minutes(4));
    desk.invoice(&ann, "JD-late").await;
    let since = "sales_invoices?updated_or_created_since=2026-11-20T12:02:00Z";
    assert_eq!(desk.get(since).await.1["$total"], 1);
    assert_eq!(desk.get("sales_invoices?search=jd-LATE").await.1["$total"], 1);
}

#[tokio::test]
async fn a_lost_reply_follows_a_commit() {
    let desk = Desk::open().await;
    let rule = Rule::always(Fault::ConnectionLost).after_commit().on("POST", "/v3.1/contacts");
    desk.sim.set_faults(FaultProfile::of([rule]));
    let body = json!({"contact": {"name": "Ann", "contact_type_ids": ["CUSTOMER"]}});
    assert!(desk.request(Method::POST, "contacts").json(&body).send().await.is_err());
    assert_eq!((desk.sim.contacts().len(), desk.sim.fired().len()), (1, 1));
}

#[tokio::test]
async fn another_process_can_seed_it_move_it_and_read_its_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("ledger.jsonl");
    let desk = Desk::with(SageConfig { ledger_file: Some(ledger.clone()), ..still() }).await;
    let base = desk.sim.base_url().to_owned();
    let admin = |path: &str, body: Value| {
        let request = desk.http.post(format!("{base}/__sim/{path}")).json(&body);
        async move { read(request.send().await.unwrap()).await }
    };
    let ann = json!(["contacts", {"name": "Ann", "contact_type_ids": ["CUSTOMER"]}]);
    let (status, made) = admin("seed", json!([ann])).await;
    assert_eq!(status, 200);
    let contact = id(&json!({"id": made[0]}));
    let invoice = json!(["sales_invoices", sale(&contact, "S-1", "invoice_lines")]);
    assert_eq!(admin("seed", json!([invoice])).await.0, 200);
    assert_eq!(admin("lock-date", json!({"until": "2026-11-30"})).await.0, 204);
    assert_eq!(admin("seed", json!([invoice])).await.0, 400);
    assert_eq!(admin("clock", json!({"advance_ms": 3_600_000})).await.0, 200);
    assert_eq!(admin("faults?named=nonsense", json!({})).await.0, 400);
    let (_, tokens) = admin("tokens", json!({})).await;
    assert!(tokens["access_token"].is_string());
    let shown = desk.http.get(format!("{base}/__sim/ledger")).send().await.unwrap();
    let shown = read(shown).await.1;
    assert_eq!(shown["businesses"][0]["artefacts"][0]["total"], "54.00");
    assert_eq!(shown["duplicates"], json!([]));
    let kept = std::fs::read_to_string(&ledger).unwrap();
    let tables: Vec<Value> = kept
        .lines()
        .map(|row| serde_json::from_str::<Value>(row).unwrap()["table"].take())
        .collect();
    assert_eq!(tables, ["contact", "sales_invoice"]);
}
