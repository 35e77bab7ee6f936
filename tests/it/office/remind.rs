//! Reminders: a dry run tells what a run makes, each message is made once and leaves once.

use office::Code;
use serde_json::{Value, json};
use support::mail::{MailServer, Mood, USER};
use support::{TestDesk, id, payment, person};

/// Ada owes two invoices since 24 and 29 March; it is the 14th day after the later one.
pub(super) async fn late() -> TestDesk {
    let desk = TestDesk::with_student().await;
    let mut ada = person("Ada Berg");
    ada["email"] = json!("ada@example.no");
    desk.call("change_student", json!({ "id": id(1), "person": ada })).await.expect("changed");
    desk.issue(50, 1).await;
    desk.clock.advance_days(5);
    desk.issue(51, 2).await;
    desk.clock.advance_days(28);
    desk
}

pub(super) async fn plan(desk: &TestDesk) -> Value {
    desk.call("reminder_plan", json!({})).await.expect("a plan")
}

fn chosen(channel: &str) -> Value {
    json!({ "student_id": id(1), "level": "first", "channel": channel })
}

pub(super) async fn send(desk: &TestDesk, number: u128, channel: &str) -> Value {
    let request = json!({ "id": id(number), "messages": [chosen(channel)] });
    desk.call("send_reminders", request).await.expect("made")
}

pub(super) async fn made(desk: &TestDesk) -> Vec<Value> {
    let request = json!({
        "student_id": null, "invoice_id": null, "unsent": false,
        "window": { "offset": 0, "limit": 10 },
    });
    let page = desk.call("list_reminders", request).await.expect("a page");
    page["rows"].as_array().expect("rows").clone()
}

pub(super) async fn state(desk: &TestDesk) -> String {
    made(desk).await[0]["state"].as_str().expect("a state").to_owned()
}

pub(super) fn account(port: u16, password: &str) -> Value {
    json!({
        "host": "127.0.0.1",
        "port": port,
        "security": "none",
        "username": USER.0,
        "from_name": "Testby Trafikkskole",
        "from_address": USER.0,
        "authority": "",
        "password": password,
    })
}

/// One e-mail in the outbox of a desk whose mail server is in a mood.
async fn queued(mood: Mood) -> (TestDesk, MailServer) {
    let (desk, server) = (late().await, MailServer::start(mood).await);
    desk.call("save_mail_settings", account(server.port, USER.1)).await.expect("an account");
    send(&desk, 80, "email").await;
    (desk, server)
}

#[tokio::test]
async fn one_message_names_all_overdue_invoices_of_a_payer_and_is_made_once() {
    let desk = late().await;
    let plan = plan(&desk).await;
    assert_eq!(plan["messages"].as_array().map(Vec::len), Some(1));
    let message = &plan["messages"][0];
    assert_eq!(message["invoices"].as_array().map(Vec::len), Some(2));
    assert_eq!(message["total"]["amount"], "2370.00");
    assert_eq!(message["deadline"], "2026-04-26");
    assert_eq!(message["fee"], Value::Null);
    let sent = send(&desk, 80, "letter").await;
    assert_eq!(send(&desk, 80, "letter").await, sent);
    assert_eq!(made(&desk).await.len(), 1);
    let next = self::plan(&desk).await;
    assert!(next["messages"].as_array().is_some_and(Vec::is_empty));
    assert_eq!(next["left_out"][0]["why"], "waiting");
    assert_eq!(next["left_out"][0]["until"], "2026-04-27");
    assert_eq!(next["left_out"][0]["level"], "final");
    let invoice = desk.call("find_invoice", json!({ "id": id(50) })).await.expect("an invoice");
    let history = invoice["history"].as_array().expect("a history");
    assert!(history.iter().any(|entry| entry["what"] == "reminded"));
    assert_eq!(invoice["open"]["amount"], "790.00");
}

#[tokio::test]
async fn a_fee_is_asked_for_on_the_letter_and_changes_no_balance() {
    let desk = late().await;
    let settings = json!({
        "steps": [
            { "level": "first", "days": 14, "ways": ["email"] },
            { "level": "final", "days": 1, "ways": ["email"] },
        ],
        "deadline_days": 14, "with_fees": true, "with_interest": false, "own_rates": [],
        "least": "50",
    });
    desk.call("save_reminder_settings", settings).await.expect("settings");
    let plan = plan(&desk).await;
    assert_eq!(plan["messages"][0]["fee"]["amount"], "35.00");
    assert_eq!(plan["messages"][0]["to_pay"]["amount"], "2405.00");
    send(&desk, 80, "letter").await;
    assert_eq!(made(&desk).await[0]["fee"]["amount"], "35.00");
    let student = desk.call("find_student", json!({ "id": id(1) })).await.expect("a student");
    assert_eq!(student["balance"]["amount"], "2370.00");
    let report = desk.call("verify_book", json!({})).await.expect("a report");
    assert_eq!((&report["tables_agree"], &report["chain_holds"]), (&json!(true), &json!(true)));
}

#[tokio::test]
async fn interest_is_a_claim_of_its_own_and_only_where_the_school_asks_for_it() {
    let desk = late().await;
    assert_eq!(plan(&desk).await["messages"][0]["interest"], Value::Null);
    let settings = |from: &str, rate: &str| {
        json!({
            "steps": [{ "level": "first", "days": 14, "ways": ["email"] }], "deadline_days": 14,
            "with_fees": false, "with_interest": true, "own_rates": [{ "from": from, "rate": rate }], "least": "0",
        })
    };
    let saved = desk.call("save_reminder_settings", settings("2025-07-01", "12,25")).await;
    let saved = saved.expect("settings");
    assert_eq!((&saved["interest_from"], &saved["interest_today"]), (&json!("all"), &json!("12")));
    assert_eq!(
        saved["rates"][1],
        json!({ "from": "2025-07-01", "rate": "12.25", "is_law": false })
    );
    // What the law says stands.
    let again = desk.call("save_reminder_settings", settings("2026-01-01", "40")).await;
    assert_eq!(again.expect("settings")["interest_today"], "12");
    for (from, wrong) in
        [("2025-07-01", "51"), ("2025-07-01", "12,345"), ("2025-07-01", "x"), ("2025-08-01", "12")]
    {
        let fault = desk.call("save_reminder_settings", settings(from, wrong)).await;
        assert_eq!(fault.expect_err(wrong).field.as_deref(), Some("own_rates"));
    }
    // 3 days on 790.00 and none on 1,580.00, whose demand is not 30 days old: 12 percent.
    let message = &plan(&desk).await["messages"][0];
    assert_eq!(message["interest"]["amount"], "0.78");
    assert_eq!(message["to_pay"]["amount"], "2370.78");
    send(&desk, 80, "letter").await;
    assert_eq!(made(&desk).await[0]["interest"]["amount"], "0.78");
    let student = desk.call("find_student", json!({ "id": id(1) })).await.expect("a student");
    assert_eq!(student["balance"]["amount"], "2370.00");
}

#[tokio::test]
async fn what_was_paid_or_held_since_the_dry_run_is_not_sent() {
    let desk = late().await;
    let hold = |kind: &str, until: Value, active: bool| {
        json!({
            "held": "student", "held_id": id(1), "kind": kind, "until": until,
            "note": "Ringte", "active": active,
        })
    };
    let held = desk.call("set_reminder_hold", hold("paused", json!(null), true)).await;
    assert_eq!(held.expect("held")["holds"][0]["kind"], "paused");
    assert_eq!(send(&desk, 80, "letter").await["no_longer_due"], 1);
    assert_eq!(plan(&desk).await["left_out"][1]["why"], "paused");
    desk.call("set_reminder_hold", hold("paused", json!(null), false)).await.expect("released");
    desk.call("set_reminder_hold", hold("promised", json!("2026-04-20"), true))
        .await
        .expect("held");
    assert_eq!(plan(&desk).await["left_out"][0]["why"], "promised");
    desk.clock.advance_days(9);
    assert_eq!(plan(&desk).await["messages"].as_array().map(Vec::len), Some(1));
    let money = payment(60, "2026-04-12", "2370", &[(&id(50), "790"), (&id(51), "1580")]);
    desk.call("record_payment", money).await.expect("a payment");
    assert_eq!(send(&desk, 81, "letter").await["no_longer_due"], 1);
    for (wrong, rule) in [
        (hold("disputed", json!(null), true), "dispute_of_student"),
        (hold("promised", json!(null), true), "missing"),
        (hold("paused", json!("2026-04-01"), true), "in_past"),
    ] {
        let fault = desk.call("set_reminder_hold", wrong).await.expect_err(rule);
        assert_eq!(fault.rule.as_deref(), Some(rule));
    }
}

#[tokio::test]
async fn credit_that_is_not_used_keeps_reminders_back() {
    let desk = late().await;
    desk.call("record_payment", payment(60, "2026-04-12", "100", &[])).await.expect("money");
    let plan = plan(&desk).await;
    assert!(plan["messages"].as_array().is_some_and(Vec::is_empty));
    assert_eq!(plan["left_out"][0]["why"], "credit");
}

#[tokio::test]
async fn a_letter_can_be_looked_at_before_and_printed_after() {
    let desk = late().await;
    let wish = json!({ "inline": true, "folder": null });
    let planned = json!({
        "ids": [], "planned": { "student_id": id(1), "level": "first" }, "wish": wish,
    });
    let preview = desk.call("reminder_paper", planned.clone()).await.expect("a letter");
    assert_eq!(preview["name"], "Betalingspåminnelse-1001.pdf");
    let sent = send(&desk, 80, "letter").await;
    let printed = json!({ "ids": sent["letter_ids"], "planned": null, "wish": wish });
    let printed = desk.call("reminder_paper", printed).await.expect("a letter");
    assert_eq!(printed["content"], preview["content"]);
    let fault = desk.call("reminder_paper", planned).await.expect_err("not due any more");
    assert_eq!(fault.rule.as_deref(), Some("no_longer_due"));
}

#[tokio::test]
async fn an_e_mail_leaves_with_the_letter_attached_and_only_once() {
    let (desk, server) = queued(Mood::Willing).await;
    assert_eq!(state(&desk).await, "waiting");
    desk.desk.tick().await;
    desk.desk.tick().await;
    assert_eq!(state(&desk).await, "sent");
    let taken = server.taken();
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0].to, ["ada@example.no"]);
    assert_eq!(taken[0].from, USER.0);
    for wanted in ["Content-Type: application/pdf", "Message-ID: <", "Date: Sun, 12 Apr 2026"] {
        assert!(taken[0].content.contains(wanted), "{wanted} is missing");
    }
    desk.call("check_mail", json!({})).await.expect("the account works");
}

#[tokio::test]
async fn an_e_mail_waits_while_the_server_is_away_and_leaves_when_it_is_back() {
    let desk = late().await;
    desk.call("save_mail_settings", account(1, USER.1)).await.expect("an account");
    send(&desk, 80, "email").await;
    desk.desk.tick().await;
    assert_eq!(state(&desk).await, "waiting");
    let fault = desk.call("check_mail", json!({})).await.expect_err("nobody there");
    assert_eq!(fault.code, Code::MailUnavailable);
    let server = MailServer::start(Mood::Willing).await;
    let desk = desk.restarted().await;
    desk.call("save_mail_settings", account(server.port, USER.1)).await.expect("an account");
    desk.desk.tick().await;
    assert_eq!((state(&desk).await.as_str(), server.taken().len()), ("sent", 1));
}

#[tokio::test]
async fn a_server_that_fails_is_left_alone_for_a_while() {
    let (desk, server) = queued(Mood::Willing).await;
    let password = json!("wrong");
    let mut wrong = account(server.port, "");
    wrong["password"] = password;
    desk.call("save_mail_settings", wrong).await.expect("an account");
    desk.desk.tick().await;
    desk.desk.tick().await;
    assert_eq!((state(&desk).await.as_str(), server.visits()), ("waiting", 1));
    desk.call("save_mail_settings", account(server.port, USER.1)).await.expect("an account");
    desk.clock.advance_seconds(61);
    desk.desk.tick().await;
    assert_eq!((state(&desk).await.as_str(), server.taken().len()), ("sent", 1));
}

#[tokio::test]
async fn a_lost_answer_waits_for_a_person_and_is_never_sent_again_by_itself() {
    let (desk, server) = queued(Mood::LosesAnswer).await;
    desk.desk.tick().await;
    assert_eq!(state(&desk).await, "unknown");
    server.becomes(Mood::Willing);
    desk.clock.advance_seconds(7_200);
    desk.desk.tick().await;
    let desk = desk.restarted().await;
    desk.desk.tick().await;
    assert_eq!(server.taken().len(), 1);
    let reminder = made(&desk).await[0]["id"].clone();
    let settle = |outcome: &str| json!({ "id": reminder, "outcome": outcome, "reason": "" });
    let settled = desk.call("settle_reminder", settle("arrived")).await.expect("settled");
    assert_eq!(settled["state"], "sent");
    let fault = desk.call("settle_reminder", settle("again")).await.expect_err("sent already");
    assert_eq!(fault.code, Code::WrongState);
}

#[tokio::test]
async fn a_line_that_breaks_before_the_message_is_tried_again() {
    for mood in [Mood::HangsUpEarly, Mood::Busy] {
        let (desk, server) = queued(mood).await;
        desk.desk.tick().await;
        assert_eq!(state(&desk).await, "waiting", "{mood:?}");
        server.becomes(Mood::Willing);
        desk.desk.tick().await;
        assert_eq!(server.taken().len(), 0, "{mood:?}: too early");
        desk.clock.advance_seconds(301);
        desk.desk.tick().await;
        assert_eq!((state(&desk).await.as_str(), server.taken().len()), ("sent", 1), "{mood:?}");
    }
}

#[tokio::test]
async fn a_refused_e_mail_is_withdrawn_and_the_invoice_is_due_for_a_letter() {
    for mood in [Mood::KnowsNobody, Mood::Picky] {
        let (desk, _server) = queued(mood).await;
        desk.desk.tick().await;
        assert_eq!(state(&desk).await, "refused", "{mood:?}");
        let reminder = made(&desk).await[0]["id"].clone();
        let withdraw = json!({ "id": reminder, "outcome": "withdraw", "reason": "Feil adresse" });
        let missing = json!({ "id": reminder, "outcome": "withdraw", "reason": " " });
        let fault = desk.call("settle_reminder", missing).await.expect_err("a reason");
        assert_eq!(fault.field.as_deref(), Some("reason"));
        desk.call("settle_reminder", &withdraw).await.expect("withdrawn");
        desk.call("settle_reminder", &withdraw).await.expect("nothing more");
        assert_eq!(state(&desk).await, "withdrawn");
        send(&desk, 81, "letter").await;
        assert_eq!(state(&desk).await, "letter");
    }
}

#[tokio::test]
async fn what_no_longer_holds_when_its_turn_comes_is_not_sent() {
    let (desk, server) = queued(Mood::Willing).await;
    let money = payment(60, "2026-04-12", "790", &[(&id(50), "790")]);
    desk.call("record_payment", money).await.expect("a payment");
    desk.desk.tick().await;
    assert_eq!((state(&desk).await.as_str(), server.taken().len()), ("stale", 0));
    let (desk, server) = queued(Mood::Willing).await;
    desk.clock.advance_days(4);
    desk.desk.tick().await;
    assert_eq!((state(&desk).await.as_str(), server.taken().len()), ("stale", 0));
}

#[tokio::test]
async fn e_mail_needs_an_account_an_address_and_a_private_line() {
    let desk = late().await;
    let request = json!({ "id": id(80), "messages": [chosen("email")] });
    let fault = desk.call("send_reminders", &request).await.expect_err("no account");
    assert_eq!(fault.rule.as_deref(), Some("no_mail"));
    let mut open = account(25, USER.1);
    open["host"] = json!("mail.example.no");
    let fault = desk.call("save_mail_settings", open).await.expect_err("an open line");
    assert_eq!(fault.rule.as_deref(), Some("unprotected"));
    let kept = desk.call("save_mail_settings", account(25, USER.1)).await.expect("an account");
    assert_eq!(kept["has_password"], true);
    assert!(!kept.to_string().contains(USER.1));
    let ada = json!({ "id": id(1), "person": person("Ada Berg") });
    desk.call("change_student", ada).await.expect("changed");
    let fault = desk.call("send_reminders", &request).await.expect_err("no address");
    assert_eq!(fault.rule.as_deref(), Some("no_address"));
    assert!(made(&desk).await.is_empty());
}

#[tokio::test]
async fn a_schedule_shorter_than_the_law_is_refused() {
    let desk = TestDesk::with_school().await;
    let now = desk.call("reminder_settings", json!({})).await.expect("settings");
    assert_eq!((&now["country"], &now["deadline_days"]), (&json!("NO"), &json!(14)));
    assert_eq!(now["fee"]["amount"], "35.00");
    let short = json!({
        "steps": [], "deadline_days": 13, "with_fees": false, "with_interest": false,
        "own_rates": [], "least": "0",
    });
    let fault = desk.call("save_reminder_settings", short).await.expect_err("too short");
    assert_eq!(fault.rule.as_deref(), Some("deadline_too_short"));
}

#[tokio::test]
async fn money_that_did_not_stay_is_followed_up_until_the_payer_is_told() {
    let desk = late().await;
    let follow_ups = async || plan(&desk).await["follow_ups"].clone();
    let mut announced = payment(60, "2026-04-01", "790", &[]);
    announced["pending"] = json!(true);
    announced["event"] = Value::Null;
    announced["write_off"] = Value::Null;
    desk.call("record_payment", announced).await.expect("announced");
    assert_eq!(follow_ups().await, json!([]));
    let failed = json!({
        "payment_id": id(60), "outcome": "failed", "on": "2026-04-08", "reason": "No cover",
    });
    desk.call("turn_payment", failed).await.expect("failed");
    let found = follow_ups().await;
    assert_eq!(
        (&found[0]["outcome"], &found[0]["student"]),
        (&json!("failed"), &json!("Ada Berg"))
    );
    assert_eq!(found[0]["open"]["amount"], "2370.00");
    send(&desk, 80, "letter").await;
    assert_eq!(follow_ups().await, json!([]));
}
