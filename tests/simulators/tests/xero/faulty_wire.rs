//! What a client sees of each fault, and what the ledger knows.

use std::time::{Duration, Instant};

use reqwest::{Method, Response};
use serde_json::json;
use simulators::faults::{Fault, FaultPlan, FaultProfile, Rule, When};

use super::desk::{Desk, invoice};

/// Sends one invoice into the fault and returns the answer and the number of invoices that arrived.
async fn strike(rule: Rule) -> (Desk, reqwest::Result<Response>, usize) {
    let desk = Desk::open().await;
    let ann = desk.contact("Ann Learner").await;
    desk.sim.set_faults(FaultProfile::of([rule.on("PUT", "/api.xro/2.0/Invoices")]));
    let body = json!({"Invoices": [invoice(&ann, "JD-1", "45")]});
    let answer = desk.request(Method::PUT, "Invoices").json(&body).send().await;
    let arrived = desk.sim.invoices().len();
    (desk, answer, arrived)
}

#[tokio::test]
async fn a_lost_reply_follows_a_commit() {
    let (desk, answer, arrived) = strike(Rule::always(Fault::ConnectionLost).after_commit()).await;
    let error = answer.unwrap_err();
    assert!(error.is_request() && !error.is_connect(), "{error:?}");
    assert_eq!(arrived, 1);
    assert_eq!(desk.sim.fired()[0].when, When::AfterCommit);
}

#[tokio::test]
async fn a_reset_before_the_commit_leaves_no_trace() {
    let (desk, answer, arrived) = strike(Rule::always(Fault::ConnectionLost)).await;
    assert!(answer.is_err());
    assert_eq!(arrived, 0);
    assert_eq!(desk.sim.calls().get("PUT /api.xro/2.0/Invoices"), None);
}

#[tokio::test]
async fn half_a_body_ends_in_an_error_while_reading() {
    let (_desk, answer, arrived) = strike(Rule::always(Fault::CutBody)).await;
    let answer = answer.unwrap();
    assert_eq!(answer.status(), 200);
    assert!(answer.bytes().await.is_err());
    assert_eq!(arrived, 1);
}

#[tokio::test]
async fn spoilt_json_arrives_whole_but_unreadable() {
    for fault in [Fault::TruncatedJson, Fault::MalformedJson] {
        let (_desk, answer, arrived) = strike(Rule::always(fault)).await;
        let answer = answer.unwrap();
        assert!(answer.json::<serde_json::Value>().await.is_err());
        assert_eq!(arrived, 1);
    }
}

#[tokio::test]
async fn statuses_pages_and_redirects_come_as_scripted() {
    let limit = Fault::RateLimited { retry_after_s: Some(7), problem: "minute".to_owned() };
    let redirect = Fault::Redirect { location: "http://localhost:1/elsewhere".to_owned() };
    let cases = [
        (limit, 429, ""),
        (Fault::ServerError, 500, "An error occurred"),
        (Fault::BadRequest, 400, "<html>"),
        (Fault::BadGateway, 502, "<html>"),
        (Fault::GatewayTimeout, 504, "<html>"),
        (Fault::Maintenance, 503, "offline for maintenance"),
        (Fault::SignInPage, 200, "password"),
        (redirect, 302, ""),
    ];
    for (fault, status, text) in cases {
        let (_desk, answer, arrived) = strike(Rule::always(fault)).await;
        let answer = answer.unwrap();
        assert_eq!(answer.status(), status);
        assert_eq!(answer.headers().get("retry-after").is_some(), status == 429);
        assert!(answer.text().await.unwrap().contains(text));
        assert_eq!(arrived, 0);
    }
}

#[tokio::test]
async fn an_empty_or_mislabelled_success_still_committed() {
    let (_desk, answer, arrived) = strike(Rule::always(Fault::EmptyOk)).await;
    assert_eq!((answer.unwrap().text().await.unwrap().len(), arrived), (0, 1));
    let (_desk, answer, arrived) = strike(Rule::always(Fault::WrongContentType)).await;
    assert_eq!(
        (answer.unwrap().headers()["content-type"].as_bytes(), arrived),
        (&b"text/plain"[..], 1)
    );
}

#[tokio::test]
async fn a_slow_body_trickles_and_a_late_answer_waits() {
    let slow = Fault::SlowBody { ms_per_byte: 10, bytes: 20 };
    let start = Instant::now();
    let (_desk, answer, _) = strike(Rule::always(slow)).await;
    answer.unwrap().json::<serde_json::Value>().await.unwrap();
    assert!(start.elapsed() >= Duration::from_millis(200));
    let start = Instant::now();
    let (_desk, answer, _) = strike(Rule::always(Fault::Delay { ms: 100 })).await;
    assert_eq!(answer.unwrap().status(), 200);
    assert!(start.elapsed() >= Duration::from_millis(100));
}

#[tokio::test]
async fn a_huge_body_streams_to_its_end() {
    let bytes = 100 * 1024 * 1024;
    let (_desk, answer, arrived) = strike(Rule::always(Fault::HugeBody { bytes })).await;
    let mut answer = answer.unwrap();
    let mut received = 0;
    while let Some(chunk) = answer.chunk().await.unwrap() {
        received += chunk.len() as u64;
    }
    assert_eq!((received, arrived), (bytes, 0));
}

#[tokio::test]
async fn tokens_expire_in_the_middle_of_a_batch() {
    let (desk, answer, arrived) = strike(Rule::always(Fault::ExpiredToken).nth(1)).await;
    assert_eq!((answer.unwrap().status().as_u16(), arrived), (401, 0));
    assert_eq!(desk.get("Accounts").await.0, 401);
}

#[tokio::test]
async fn a_stopped_simulator_takes_nothing_more() {
    let desk = Desk::open().await;
    desk.contact("Ann Learner").await;
    desk.sim.stop();
    assert!(desk.request(Method::GET, "Accounts").send().await.is_err());
}

#[test]
fn the_same_seed_strikes_the_same_requests() {
    let draw = |seed: u64| -> Vec<bool> {
        let rules = vec![Rule::always(Fault::ConnectionLost).per_mille(200)];
        let mut plan = FaultPlan::new(FaultProfile { seed, rules });
        (0..1000).map(|_| plan.decide("PUT", "/").is_some()).collect()
    };
    assert_eq!(draw(7), draw(7));
    assert_ne!(draw(7), draw(8));
    let struck = draw(7).into_iter().filter(|it| *it).count();
    assert!((150..=250).contains(&struck), "{struck} of 1000");
}

#[test]
fn a_profile_reads_from_json() {
    let text = r#"{"seed": 7, "rules": [
        {"method": "PUT", "path": "/api.xro/2.0/Invoices", "nth": 2, "when": "after_commit",
         "fault": {"kind": "connection_lost"}},
        {"per_mille": 50, "times": 3, "fault": {"kind": "rate_limited", "retry_after_s": 2,
         "problem": "minute"}}]}"#;
    let profile: FaultProfile = serde_json::from_str(text).unwrap();
    assert_eq!(profile.rules[0].moment(), When::AfterCommit);
    let mut plan =
        FaultPlan::new(FaultProfile { rules: vec![profile.rules[0].clone()], ..profile });
    let path = "/api.xro/2.0/Invoices";
    assert_eq!(plan.decide("PUT", path), None);
    assert_eq!(plan.decide("PUT", path), Some((Fault::ConnectionLost, When::AfterCommit)));
    assert_eq!(plan.decide("PUT", path), None);
}
