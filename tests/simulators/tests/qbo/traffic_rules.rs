//! Batches, call limits, and what a client sees of a fault.

use std::time::Duration;

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};
use simulators::faults::{Fault, FaultProfile, Rule};
use simulators::qbo::{Entity, Limits, QboConfig, REALMS};
use tokio::task::JoinSet;

use super::desk::{Desk, still};

fn item(id: &str, name: &str, body: Value) -> Value {
    json!({"bId": id, "operation": "create", name: body})
}

#[tokio::test]
async fn each_item_of_a_batch_stands_alone_inside_a_good_answer() {
    let desk = Desk::open().await;
    let ann = desk.customer("Ann").await;
    let items = json!({"BatchItemRequest": [
        item("1", "Invoice", desk.sale(&ann, "A-1", "10")),
        item("2", "Invoice", desk.sale("77", "A-2", "10")),
        {"bId": "3", "Query": "select count(*) from Invoice"},
    ]});
    let (status, answer) = desk.post("batch?requestid=b-1", &items).await;
    assert_eq!(status, 200);
    let parts = &answer["BatchItemResponse"];
    assert_eq!((&parts[0]["bId"], &parts[0]["Invoice"]["DocNumber"]), (&json!("1"), &json!("A-1")));
    assert_eq!(parts[1]["Fault"]["Error"][0]["code"], "2500");
    assert_eq!(parts[2]["QueryResponse"]["totalCount"], 1);
    let again = desk.post("batch?requestid=b-1", &items).await.1;
    assert_eq!(again["BatchItemResponse"][0], parts[0]);
    assert_eq!(desk.sim.living(Entity::Invoice).len(), 1);
    assert!(desk.sim.requests().last().unwrap().replayed);
}

#[tokio::test]
async fn a_batch_has_thirty_items_at_most_and_one_at_least() {
    let desk = Desk::open().await;
    let many: Vec<Value> = (0..31)
        .map(|at| item(&at.to_string(), "Customer", json!({"DisplayName": format!("L {at}")})))
        .collect();
    assert_eq!(desk.refusal("batch", &json!({"BatchItemRequest": many})).await, "1040");
    assert_eq!(desk.refusal("batch", &json!({"BatchItemRequest": []})).await, "2020");
    assert!(desk.sim.rows(Entity::Customer).is_empty());
}

#[tokio::test]
async fn limits_turn_calls_away_until_a_minute_has_gone() {
    let limits = Some(Limits { per_minute: 3, batches_per_minute: 1, ..Limits::default() });
    let desk = Desk::at(REALMS[0].0, QboConfig { limits, ..still() }).await;
    let batch = json!({"BatchItemRequest": [{"bId": "1", "Query": "select * from Item"}]});
    assert_eq!(desk.post("batch", &batch).await.0, 200);
    let (status, answer) = desk.post("batch", &batch).await;
    assert_eq!((status, &answer["Fault"]["Error"][0]["code"]), (429, &json!("3001")));
    assert_eq!(desk.get("companyinfo/1").await.0, 200);
    assert_eq!(desk.get("companyinfo/1").await.0, 200);
    assert_eq!(desk.get("companyinfo/1").await.0, 429);
    desk.sim.clock().advance(TimeDelta::seconds(61));
    assert_eq!(desk.get("companyinfo/1").await.0, 200);
}

#[tokio::test]
async fn an_application_has_forty_batches_a_minute_and_the_company_120_from_all() {
    let limits = Some(Limits::default());
    let mut desk = Desk::at(REALMS[0].0, QboConfig { limits, ..still() }).await;
    let batch = json!({"BatchItemRequest": [{"bId": "1", "Query": "select * from Item"}]});
    for app in ["one", "two", "three"] {
        desk.access_token = desk.sim.issue_tokens_to(desk.realm, app).access_token;
        for nth in 0..40 {
            assert_eq!(desk.post("batch", &batch).await.0, 200, "batch {nth} of {app}");
        }
        assert_eq!(desk.post("batch", &batch).await.0, 429, "{app} has had its own");
        assert_eq!(desk.get("companyinfo/1").await.0, 200, "what is no batch still goes");
    }
    desk.access_token = desk.sim.issue_tokens_to(desk.realm, "four").access_token;
    assert_eq!(desk.post("batch", &batch).await.0, 429, "the company has had its own");
    desk.sim.clock().advance(TimeDelta::seconds(60));
    assert_eq!(desk.post("batch", &batch).await.0, 200);
}

#[tokio::test]
async fn a_company_takes_500_calls_a_minute_from_all_applications_together() {
    let limits = Some(Limits::default());
    let mut desk = Desk::at(REALMS[0].0, QboConfig { limits, ..still() }).await;
    for nth in 0..500 {
        if nth == 250 {
            desk.access_token = desk.sim.issue_tokens_to(desk.realm, "other").access_token;
        }
        assert_eq!(desk.get("companyinfo/1").await.0, 200, "call {nth}");
    }
    assert_eq!(desk.get("companyinfo/1").await.0, 429);
}

#[tokio::test]
async fn an_application_has_ten_calls_at_once_and_another_has_ten_of_its_own() {
    let (limits, latency) = (Some(Limits::default()), Duration::from_millis(500));
    let mut desk = Desk::at(REALMS[0].0, QboConfig { limits, latency, ..still() }).await;
    let (mut own, mut others) = (JoinSet::new(), JoinSet::new());
    for _ in 0..11 {
        own.spawn(desk.request(Method::GET, "companyinfo/1").send());
    }
    desk.access_token = desk.sim.issue_tokens_to(desk.realm, "other").access_token;
    for _ in 0..10 {
        others.spawn(desk.request(Method::GET, "companyinfo/1").send());
    }
    let refused = |answers: Vec<reqwest::Result<reqwest::Response>>| {
        answers.into_iter().filter(|it| it.as_ref().unwrap().status() == 429).count()
    };
    let (own, others) = tokio::join!(own.join_all(), others.join_all());
    assert_eq!((refused(own), refused(others)), (1, 0));
}

#[tokio::test]
async fn a_lost_reply_follows_a_commit_and_every_answer_has_an_id() {
    let desk = Desk::open().await;
    let answer = desk.request(Method::GET, "preferences").send().await.unwrap();
    assert!(answer.headers().contains_key("intuit_tid"));
    let ann = desk.customer("Ann").await;
    let rule =
        Rule::always(Fault::ConnectionLost).after_commit().on("POST", "/v3/company").times(1);
    desk.sim.set_faults(FaultProfile::of([rule]));
    let sale = desk.sale(&ann, "A-1", "10");
    let lost = desk.request(Method::POST, "invoice?requestid=r-1").json(&sale).send().await;
    assert!(lost.is_err());
    assert_eq!(desk.sim.living(Entity::Invoice).len(), 1);
    assert_eq!(desk.post("invoice?requestid=r-1", &sale).await.0, 200);
    assert_eq!((desk.sim.living(Entity::Invoice).len(), desk.sim.duplicates().len()), (1, 0));
}

#[tokio::test]
async fn committed_rows_reach_the_ledger_file_before_the_answer() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger");
    let config = QboConfig { ledger_file: Some(path.clone()), ..still() };
    let desk = Desk::at(REALMS[0].0, config).await;
    let ann = desk.customer("Ann").await;
    desk.refusal("invoice", &desk.sale("77", "A-1", "10")).await;
    desk.invoice(&ann, "A-1", "10").await;
    let text = std::fs::read_to_string(path).unwrap();
    let kinds: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["entity"].clone())
        .collect();
    assert_eq!(kinds, ["Customer", "Invoice"]);
}
