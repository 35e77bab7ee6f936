//! Reminders as text messages: each leaves once, and what is in doubt waits for a person.

use super::remind::{late, made, plan, state};
use office::Code;
use providers::sms::{Gateway, Outcome, Sms};
use serde_json::{Value, json};
use std::time::Duration;
use support::sms::{GatewayMood, SmsGateway};
use support::{TestDesk, id, person};

const SECRET: &str = "Bearer a secret for tests";

fn gateway(url: &str, knows_keys: bool) -> Value {
    json!({
        "url": url,
        "verb": "post",
        "format": "json",
        "template": "{\"to\":\"{to}\",\"message\":{\"text\":\"{text}\",\"from\":\"{sender}\"}}",
        "secret_header": "Authorization",
        "key_header": "Idempotency-Key",
        "sender": "Testby",
        "knows_keys": knows_keys,
        "secret": SECRET,
    })
}

/// Ada, who is late, can be reached by telephone.
async fn with_phone() -> TestDesk {
    let desk = late().await;
    let mut ada = person("Ada Berg");
    ada["phone"] = json!("400 12 345");
    desk.call("change_student", json!({ "id": id(1), "person": ada })).await.expect("changed");
    desk
}

fn chosen() -> Value {
    let message = json!({ "student_id": id(1), "level": "first", "channel": "sms" });
    json!({ "id": id(80), "messages": [message] })
}

/// One text message in the outbox of a desk whose gateway is in a mood.
async fn queued(mood: GatewayMood, knows_keys: bool) -> (TestDesk, SmsGateway) {
    let (desk, server) = (with_phone().await, SmsGateway::start(mood).await);
    desk.call("save_sms_settings", gateway(&server.url, knows_keys)).await.expect("a gateway");
    let sent = desk.call("send_reminders", chosen()).await.expect("made");
    assert_eq!(sent["texts"], 1);
    (desk, server)
}

async fn tick_later(desk: &TestDesk, seconds: i64) {
    desk.clock.advance_seconds(seconds);
    desk.desk.tick().await;
}

#[tokio::test]
async fn a_text_message_leaves_once_with_its_key_and_the_secret() {
    let (desk, server) = queued(GatewayMood::Says(202), false).await;
    assert_eq!(state(&desk).await, "waiting");
    desk.desk.tick().await;
    desk.desk.tick().await;
    assert_eq!(state(&desk).await, "sent");
    let asked = server.asked();
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].line, "POST /send");
    assert_eq!(asked[0].headers["authorization"], SECRET);
    let reminder = made(&desk).await[0]["id"].clone();
    assert_eq!(json!(asked[0].headers["idempotency-key"]), reminder);
    let body: Value = serde_json::from_str(&asked[0].body).expect("JSON");
    assert_eq!((&body["to"], &body["message"]["from"]), (&json!("+4740012345"), &json!("Testby")));
    let text = body["message"]["text"].as_str().expect("a text");
    for wanted in ["Testby Trafikkskole", "2 370,00", "26.04.2026"] {
        assert!(text.contains(wanted), "{wanted} is missing in {text}");
    }
    let kept = desk.call("sms_settings", json!({})).await.expect("settings");
    assert_eq!(kept["has_secret"], true);
    assert!(!kept.to_string().contains("a secret for tests"));
}

#[tokio::test]
async fn what_it_says_and_how_many_it_is_sent_as_is_seen_before() {
    let (desk, _server) = (with_phone().await, ());
    assert_eq!(plan(&desk).await["messages"][0]["ways"], json!(["letter"]));
    desk.call("save_sms_settings", gateway("http://127.0.0.1:1/", false)).await.expect("set up");
    let planned = plan(&desk).await;
    assert_eq!(planned["sms_ready"], true);
    assert_eq!(planned["messages"][0]["ways"], json!(["sms", "letter"]));
    let request = json!({ "student_id": id(1), "payer_id": null, "level": "first" });
    let look = desk.call("reminder_text", request).await.expect("a look");
    let text = look["text"].as_str().expect("a text");
    let units = text.chars().count();
    assert_eq!((&look["is_unicode"], &look["units"]), (&json!(false), &json!(units)));
    assert_eq!(look["segments"], if units <= 160 { 1 } else { 2 });
}

#[tokio::test]
async fn a_refusal_waits_for_a_person_and_goes_again_under_a_new_key() {
    let (desk, server) = queued(GatewayMood::Says(422), false).await;
    desk.desk.tick().await;
    assert_eq!(state(&desk).await, "refused");
    tick_later(&desk, 7_200).await;
    assert_eq!(server.asked().len(), 1);
    server.becomes(GatewayMood::Says(200));
    let reminder = made(&desk).await[0]["id"].clone();
    let again = json!({ "id": reminder, "outcome": "again", "reason": "" });
    desk.call("settle_reminder", again).await.expect("again");
    desk.desk.tick().await;
    assert_eq!(state(&desk).await, "sent");
    let keys: Vec<String> =
        server.asked().iter().map(|asked| asked.headers["idempotency-key"].clone()).collect();
    assert_eq!(json!(keys[0]), reminder);
    assert_eq!(keys[1], format!("{}-1", keys[0]));
}

#[tokio::test]
async fn what_the_gateway_did_not_take_now_is_tried_again() {
    for (status, early) in [(429, 29), (503, 29), (401, 59), (404, 59), (302, 59)] {
        let (desk, server) = queued(GatewayMood::Says(status), false).await;
        desk.desk.tick().await;
        assert_eq!(state(&desk).await, "waiting", "{status}");
        server.becomes(GatewayMood::Says(200));
        tick_later(&desk, early).await;
        assert_eq!(server.asked().len(), 1, "{status}: too early");
        tick_later(&desk, 2).await;
        assert_eq!((state(&desk).await.as_str(), server.asked().len()), ("sent", 2), "{status}");
    }
    let desk = with_phone().await;
    desk.call("save_sms_settings", gateway("http://127.0.0.1:1/", false)).await.expect("set up");
    desk.call("send_reminders", chosen()).await.expect("made");
    desk.desk.tick().await;
    assert_eq!(state(&desk).await, "waiting", "nobody is there");
}

#[tokio::test]
async fn an_answer_that_is_lost_or_says_nothing_waits_for_a_person() {
    for mood in [GatewayMood::LosesAnswer, GatewayMood::Says(500), GatewayMood::Says(409)] {
        let (desk, server) = queued(mood, false).await;
        desk.desk.tick().await;
        assert_eq!(state(&desk).await, "unknown", "{mood:?}");
        server.becomes(GatewayMood::Says(200));
        tick_later(&desk, 7_200).await;
        let desk = desk.restarted().await;
        desk.desk.tick().await;
        assert_eq!(server.asked().len(), 1, "{mood:?}");
        let reminder = made(&desk).await[0]["id"].clone();
        let again = json!({ "id": reminder, "outcome": "again", "reason": "" });
        desk.call("settle_reminder", again).await.expect("again");
        desk.desk.tick().await;
        let keys: Vec<String> =
            server.asked().iter().map(|asked| asked.headers["idempotency-key"].clone()).collect();
        assert_eq!(keys, [keys[0].clone(), keys[0].clone()], "{mood:?}: the same message");
    }
}

#[tokio::test]
async fn a_gateway_that_knows_keys_is_asked_again_with_the_same_one() {
    let (desk, server) = queued(GatewayMood::LosesAnswer, true).await;
    desk.desk.tick().await;
    assert_eq!(state(&desk).await, "waiting");
    server.becomes(GatewayMood::Says(200));
    tick_later(&desk, 61).await;
    assert_eq!(state(&desk).await, "sent");
    let asked = server.asked();
    assert_eq!(asked.len(), 2);
    assert_eq!(asked[0], asked[1]);
}

#[tokio::test]
async fn a_gateway_that_does_not_answer_in_time_leaves_it_open() {
    let server = SmsGateway::start(GatewayMood::Hangs).await;
    let gateway: Gateway = serde_json::from_value(gateway(&server.url, false)).expect("a gateway");
    let message = Sms { to: "+4740012345", text: "Hei", key: "k" };
    let outcome = gateway.send(None, message, Duration::from_millis(200)).await;
    assert_eq!(outcome, Outcome::Lost("no answer in time".to_owned()));
    assert_eq!(server.asked().len(), 1);
}

#[tokio::test]
async fn a_form_goes_as_a_body_or_as_a_query() {
    for (verb, line) in [("post", "POST /send"), ("get", "GET /send?to=%2B4740012345&msg=")] {
        let (desk, server) = (with_phone().await, SmsGateway::start(GatewayMood::Says(200)).await);
        let mut settings = gateway(&server.url, false);
        settings["verb"] = json!(verb);
        settings["format"] = json!("form");
        settings["template"] = json!("to={to}\nmsg={text}");
        desk.call("save_sms_settings", settings).await.expect("a gateway");
        desk.call("send_reminders", chosen()).await.expect("made");
        desk.desk.tick().await;
        let asked = server.asked();
        assert!(asked[0].line.starts_with(line), "{}", asked[0].line);
        assert_eq!(asked[0].body.starts_with("to=%2B4740012345&msg="), verb == "post");
    }
}

#[tokio::test]
async fn a_gateway_is_described_so_that_nobody_reads_its_secret() {
    let desk = with_phone().await;
    let fault = desk.call("send_reminders", chosen()).await.expect_err("no gateway");
    assert_eq!(fault.rule.as_deref(), Some("no_sms"));
    let with = |field: &str, value: &str| {
        let mut settings = gateway("https://sms.example.no/", false);
        settings[field] = json!(value);
        settings
    };
    for (field, value, rule) in [
        ("url", "http://sms.example.no/", "gateway_address"),
        ("template", "{to}", "template_json"),
        ("template", "{\"to\":\"{to}\"}", "template_places"),
        ("verb", "get", "get_takes_form"),
        ("secret_header", "a b", "header_name"),
        ("secret", "a\nb", "header_value"),
    ] {
        let fault = desk.call("save_sms_settings", with(field, value)).await.expect_err(rule);
        assert_eq!(fault.rule.as_deref(), Some(rule));
    }
    desk.call("save_sms_settings", with("sender", "Testby")).await.expect("a gateway");
    let ada = json!({ "id": id(1), "person": person("Ada Berg") });
    desk.call("change_student", ada).await.expect("changed");
    let fault = desk.call("send_reminders", chosen()).await.expect_err("no telephone");
    assert_eq!(fault.rule.as_deref(), Some("no_phone"));
    let schedule = json!({
        "steps": [{ "level": "first", "days": 14, "ways": ["email"] }], "deadline_days": 14,
        "with_fees": false, "with_interest": false, "own_rates": [], "least": "0",
    });
    desk.call("save_reminder_settings", schedule).await.expect("settings");
    let fault = desk.call("send_reminders", chosen()).await.expect_err("not this way");
    assert_eq!(fault.rule.as_deref(), Some("way_not_allowed"));
}

#[tokio::test]
async fn a_test_message_says_what_the_gateway_said() {
    let (desk, server) = (late().await, SmsGateway::start(GatewayMood::Says(200)).await);
    desk.call("save_sms_settings", gateway(&server.url, false)).await.expect("a gateway");
    let to = |number: &str| json!({ "id": id(90), "to": number });
    let tried = desk.call("try_sms", to("400 12 345")).await.expect("taken");
    assert_eq!(tried["to"], "+4740012345");
    let fault = desk.call("try_sms", to("ring")).await.expect_err("no number");
    assert_eq!(fault.field.as_deref(), Some("to"));
    for (status, rule) in [(400, "sms_refused"), (401, "sms_away"), (500, "sms_unknown")] {
        server.becomes(GatewayMood::Says(status));
        let fault = desk.call("try_sms", to("40012345")).await.expect_err(rule);
        assert_eq!((fault.code, fault.rule.as_deref()), (Code::MailUnavailable, Some(rule)));
    }
}
