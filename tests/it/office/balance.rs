//! Balances that open to their rows, statements of account, and the debt gate.

use office::{Actor, Code, Role};
use serde_json::{Value, json};
use support::{TestDesk, draft, id, line, payment, student};

async fn stated(desk: &TestDesk, from: Option<&str>, to: &str, style: &str) -> Value {
    let request = json!({ "student_id": id(1), "from": from, "to": to, "style": style });
    desk.call("statement", request).await.expect("a statement")
}

fn amount<'a>(view: &'a Value, name: &str) -> &'a str {
    view[name]["amount"].as_str().expect("money")
}

async fn gate(desk: &TestDesk) -> Value {
    let request = json!({ "student_id": id(1), "number": null, "on": null });
    desk.call("debt_gate", request).await.expect("an answer")
}

fn rule(from: &str, blocked: Value) -> Value {
    let none = json!({
        "overdue": null, "days_overdue": null, "balance": null, "test_lead_days": null,
    });
    json!({ "valid_from": from, "watch": none, "blocked": blocked, "least": null })
}

/// An invoice of 790 on 10 March, 500 of it paid on 30 March, 210 more received and unused.
async fn part_paid() -> TestDesk {
    let desk = TestDesk::with_student().await;
    let invoice = desk.issue(50, 1).await;
    desk.clock.advance_days(20);
    let money = payment(60, "2026-03-30", "710", &[(&invoice, "500")]);
    desk.call("record_payment", money).await.expect("a payment");
    desk
}

#[tokio::test]
async fn a_statement_closes_on_the_balance_and_the_next_one_opens_there() {
    let desk = part_paid().await;
    let march = stated(&desk, Some("2026-03-01"), "2026-03-29", "activity").await;
    assert_eq!((amount(&march, "opening"), amount(&march, "closing")), ("0.00", "790.00"));
    assert_eq!(march["rows"].as_array().map(Vec::len), Some(1));
    let later = stated(&desk, Some("2026-03-30"), "2026-03-31", "activity").await;
    assert_eq!((amount(&later, "opening"), amount(&later, "closing")), ("790.00", "80.00"));
    assert_eq!((amount(&later, "charged"), amount(&later, "taken")), ("0.00", "710.00"));
    assert_eq!(later["rows"][0]["kind"], "payment");
    assert_eq!(later["ageing"]["balance"]["amount"], "80.00");
    assert_eq!(later["ageing"]["columns"][1]["amount"], "290.00");
    assert_eq!(later["ageing"]["credit"]["amount"], "210.00");
}

#[tokio::test]
async fn open_items_are_those_of_the_day_and_add_up_to_its_balance() {
    let desk = part_paid().await;
    let before = stated(&desk, None, "2026-03-29", "open").await;
    assert_eq!(before["rows"].as_array().map(Vec::len), Some(1));
    assert_eq!(before["rows"][0]["left"]["amount"], "790.00");
    let after = stated(&desk, None, "2026-03-30", "open").await;
    let left: Vec<_> = after["rows"].as_array().expect("rows").iter().map(|r| &r["left"]).collect();
    assert_eq!((&left[0]["amount"], &left[1]["amount"]), (&json!("290.00"), &json!("-210.00")));
    assert_eq!(after["rows"][1]["running"]["amount"], "80.00");
    assert_eq!(amount(&after, "closing"), "80.00");
}

#[tokio::test]
async fn a_period_ends_after_it_begins() {
    let desk = TestDesk::with_student().await;
    let request = json!({
        "student_id": id(1), "from": "2026-03-02", "to": "2026-03-01", "style": "activity",
    });
    let fault = desk.call("statement", request).await.expect_err("backwards");
    assert_eq!(fault.rule.as_deref(), Some("period"));
}

/// An invoice of 790 to another student, today.
async fn invoiced(desk: &TestDesk, number: u128, student: u128) {
    let today = desk.clock.day().to_string();
    let form = draft(number, student, &today, &[line("KT-B", 1, "790.00", "3")]);
    desk.call("issue_invoice", json!({ "draft": form })).await.expect("an invoice");
}

fn file(students: &[u128], style: &str, format: &str) -> Value {
    let students: Vec<String> = students.iter().map(|one| id(*one)).collect();
    json!({
        "student_ids": students, "department_id": null, "from": null, "to": "2026-03-30",
        "style": style, "format": format, "wish": { "inline": true, "folder": null },
    })
}

#[tokio::test]
async fn statements_are_made_for_one_for_some_and_for_everybody_who_owes() {
    let desk = part_paid().await;
    desk.call("register_student", student(2, "Bo Foss")).await.expect("a student");
    desk.call("register_student", student(3, "Siv Dahl")).await.expect("a student");
    invoiced(&desk, 51, 2).await;
    let one = desk.call("statement_file", file(&[1], "activity", "pdf")).await.expect("a file");
    assert_eq!(one["name"], "Kontoutskrift-1001-2026-03-30.pdf");
    let all = desk.call("statement_file", file(&[], "open", "pdf")).await.expect("a file");
    assert_eq!(all["name"], "Kontoutskrifter-2026-03-30.pdf");
    let csv = desk.call("statement_file", file(&[], "activity", "csv")).await.expect("a file");
    let text = text(&csv);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 1 + 4 + 3, "{text}");
    assert!(lines[1].contains("1001,0,Ada Berg,2026-03-30,opening"), "{text}");
    assert!(lines[4].contains("closing") && lines[4].ends_with(",80.00,NOK,0.00"), "{text}");
    assert!(!text.contains("Siv Dahl"), "who owes nothing gets none");
    let paid = payment(61, "2026-03-31", "80", &[]);
    desk.clock.advance_days(1);
    desk.call("record_payment", paid).await.expect("a payment");
    let then = desk.call("statement_file", file(&[], "activity", "csv")).await.expect("a file");
    assert_eq!(self::text(&then), text, "who owed on the day and has paid since is among them");
    let fault = desk.call("statement_file", file(&[9], "open", "pdf")).await.expect_err("unknown");
    assert_eq!(fault.code, Code::NotFound);
}

fn text(made: &Value) -> String {
    use base64::Engine as _;
    let content = made["content"].as_str().expect("content");
    let bytes = base64::engine::general_purpose::STANDARD.decode(content).expect("base64");
    String::from_utf8(bytes).expect("text")
}

#[tokio::test]
async fn a_cell_of_the_ageing_opens_to_its_rows_as_of_its_day() {
    let desk = part_paid().await;
    let ask = async |as_of: &str, column: Value, credit: bool| {
        let request = json!({
            "as_of": as_of, "by": "due", "buckets": [], "column": column, "credit": credit,
            "student_id": null, "department_id": null, "window": { "offset": 0, "limit": 0 },
        });
        desk.call("ageing_items", request).await
    };
    let now = ask("2026-03-30", json!(1), false).await.expect("rows");
    assert_eq!((&now["total"], amount(&now, "left")), (&json!(1), "290.00"));
    let then = ask("2026-03-29", json!(1), false).await.expect("rows");
    assert_eq!(amount(&then, "left"), "790.00");
    let credit = ask("2026-03-30", Value::Null, true).await.expect("rows");
    assert_eq!(
        (&credit["rows"][0]["kind"], amount(&credit, "left")),
        (&json!("payment"), "210.00")
    );
    assert_eq!(amount(&ask("2026-03-30", json!(0), false).await.expect("rows"), "left"), "0.00");
    let fault = ask("2026-03-30", json!(5), false).await.expect_err("no such column");
    assert_eq!(fault.field.as_deref(), Some("column"));
}

#[tokio::test]
async fn departments_add_up_to_the_school() {
    let desk = part_paid().await;
    desk.call("save_department", json!({ "id": id(700), "name": "Sentrum" })).await.expect("one");
    let mut form = student(2, "Bo Foss");
    form["department_id"] = json!(id(700));
    desk.call("register_student", form).await.expect("a student");
    invoiced(&desk, 51, 2).await;
    let request =
        json!({ "as_of": "2026-03-30", "by": "due", "buckets": [], "department_id": null });
    let view = desk.call("ageing", request).await.expect("an ageing list");
    let of = |at: usize| {
        let one = &view["departments"][at];
        (one["name"].as_str().expect("a name"), amount(one, "balance"), one["students"].as_u64())
    };
    assert_eq!(of(0), ("Sentrum", "790.00", Some(1)));
    assert_eq!(of(1), ("", "80.00", Some(1)));
    assert_eq!(amount(&view, "balance"), "870.00");
}

#[tokio::test]
async fn the_columns_are_the_schools_until_others_are_asked_for() {
    let desk = TestDesk::with_student().await;
    let tables = desk.call("save_ageing_buckets", json!({ "ends": [14, 28] })).await.expect("set");
    assert_eq!(tables["ageing_buckets"], json!([14, 28]));
    let ask = json!({ "as_of": "2026-03-30", "by": "due", "buckets": [], "department_id": null });
    let view = desk.call("ageing", ask).await.expect("an ageing list");
    assert_eq!(view["buckets"], json!([14, 28]));
    for wrong in [json!([30]), json!([30, 30]), json!([0, 30]), json!([1, 2, 3, 4, 5, 6, 7])] {
        let fault = desk.call("save_ageing_buckets", json!({ "ends": wrong })).await;
        assert_eq!(fault.expect_err("refused").rule.as_deref(), Some("buckets"));
    }
}

#[tokio::test]
async fn the_gate_turns_from_clear_over_watch_to_blocked() {
    let desk = TestDesk::with_student().await;
    desk.issue(50, 1).await; // Due on 24 March.
    let clear = gate(&desk).await;
    assert_eq!((&clear["light"], &clear["allowed"]), (&json!("clear"), &json!(true)));
    assert_eq!(clear["blocked_from"], "2026-04-24");
    assert_eq!(clear["rule_from"], Value::Null);
    desk.clock.advance_days(15);
    assert_eq!(gate(&desk).await["light"], "watch");
    desk.clock.advance_days(30);
    let blocked = gate(&desk).await;
    assert_eq!((&blocked["light"], &blocked["allowed"]), (&json!("blocked"), &json!(false)));
    assert_eq!(blocked["passed"][0]["what"], "days_overdue");
    assert_eq!(blocked["passed"][0]["days"], 31);
    let list = json!({
        "query": "", "department_id": null, "owing": false, "order": null,
        "window": { "offset": 0, "limit": 10 },
    });
    let page = desk.call("list_students", list).await.expect("students");
    assert_eq!(page["rows"][0]["light"], "blocked");
}

#[tokio::test]
async fn a_booking_system_asks_by_number_and_for_a_later_day() {
    let desk = TestDesk::with_student().await;
    desk.issue(50, 1).await;
    let ask = async |student: Value, number: Value, on: Value| {
        desk.call("debt_gate", json!({ "student_id": student, "number": number, "on": on })).await
    };
    let later = ask(Value::Null, json!("1001"), json!("2026-04-24")).await.expect("an answer");
    assert_eq!((&later["light"], &later["name"]), (&json!("blocked"), &json!("Ada Berg")));
    for (student, number, on, rule) in [
        (json!(id(1)), Value::Null, json!("2026-03-09"), "in_past"),
        (Value::Null, json!("77"), Value::Null, "student"),
        (Value::Null, Value::Null, Value::Null, "missing"),
    ] {
        let fault = ask(student, number, on).await.expect_err(rule);
        assert_eq!(fault.rule.as_deref(), Some(rule));
    }
}

#[tokio::test]
async fn everything_is_to_be_paid_before_the_driving_test() {
    let desk = TestDesk::with_student().await;
    desk.issue(50, 1).await;
    let set = json!({ "student_id": id(1), "on": "2026-03-13" });
    let view = desk.call("set_driving_test", set.clone()).await.expect("set");
    assert_eq!((&view["light"], &view["test_on"]), (&json!("blocked"), &json!("2026-03-13")));
    assert_eq!(view["passed"][0]["what"], "test");
    let before = audited(&desk).await;
    desk.call("set_driving_test", set).await.expect("the same");
    assert_eq!(audited(&desk).await, before, "asked twice, the second changes nothing");
    let none = json!({ "student_id": id(1), "on": null });
    assert_eq!(desk.call("set_driving_test", none).await.expect("gone")["light"], "clear");
}

/// Facts about the student.
async fn audited(desk: &TestDesk) -> usize {
    let request = json!({
        "filter": {
            "actor": null, "kind": null, "from": null, "to": null,
            "about": { "kind": "student", "id": id(1) },
        },
        "window": { "offset": 0, "limit": 100 },
    });
    let page = desk.call("list_audit", request).await.expect("the audit");
    page["rows"].as_array().expect("rows").len()
}

#[tokio::test]
async fn somebody_is_let_through_with_a_reason_until_a_day_and_the_audit_tells() {
    let desk = TestDesk::with_student().await;
    desk.issue(50, 1).await;
    desk.clock.advance_days(50);
    let through = |until: Value, reason: &str, active: bool| json!({ "student_id": id(1), "until": until, "reason": reason, "active": active });
    for (request, rule) in [
        (through(json!("2026-05-01"), " ", true), "missing"),
        (through(Value::Null, "Pays on Friday", true), "missing"),
        (through(json!("2026-04-28"), "Pays on Friday", true), "in_past"),
        (through(json!("2028-04-28"), "Pays on Friday", true), "too_far"),
    ] {
        let fault = desk.call("override_debt_gate", request).await.expect_err(rule);
        assert_eq!(fault.rule.as_deref(), Some(rule));
    }
    let before = audited(&desk).await;
    let wish = through(json!("2026-05-01"), "Pays on Friday", true);
    let view = desk.call("override_debt_gate", wish.clone()).await.expect("let through");
    assert_eq!((&view["light"], &view["allowed"]), (&json!("blocked"), &json!(true)));
    assert_eq!(view["pass"]["holds"], true);
    desk.call("override_debt_gate", wish).await.expect("the same");
    assert_eq!(audited(&desk).await, before + 1, "asked twice, the second changes nothing");
    let taken = through(Value::Null, "Did not pay", false);
    let view = desk.call("override_debt_gate", taken).await.expect("taken back");
    assert_eq!((&view["allowed"], &view["pass"]), (&json!(false), &Value::Null));
    assert_eq!(audited(&desk).await, before + 2);
    let staff = Actor { role: Role::Staff, ..Actor::owner() };
    let wish = through(json!("2026-05-01"), "Pays on Friday", true);
    let answer = office::rpc::dispatch(&desk.desk, &staff, "override_debt_gate", wish).await;
    assert_eq!(answer.expect_err("not for staff").code, Code::Forbidden);
}

#[tokio::test]
async fn who_was_let_through_is_blocked_again_the_day_after() {
    let desk = TestDesk::with_student().await;
    desk.issue(50, 1).await;
    desk.clock.advance_days(50);
    let wish = json!({
        "student_id": id(1), "until": "2026-05-01", "reason": "Pays on Friday", "active": true,
    });
    desk.call("override_debt_gate", wish).await.expect("let through");
    desk.clock.advance_days(2);
    assert_eq!(gate(&desk).await["allowed"], true);
    desk.clock.advance_days(1);
    let view = gate(&desk).await;
    assert_eq!((&view["allowed"], &view["pass"]["holds"]), (&json!(false), &json!(false)));
}

#[tokio::test]
async fn a_rule_of_the_school_holds_from_its_day() {
    let desk = TestDesk::with_student().await;
    desk.issue(50, 1).await;
    let limit = json!({
        "overdue": null, "days_overdue": null, "balance": "500", "test_lead_days": null,
    });
    let rules = desk.call("save_gate_rule", rule("2026-03-12", limit.clone())).await.expect("set");
    assert_eq!(rules["current"]["valid_from"], Value::Null, "it has not begun");
    assert_eq!(rules["rules"][0]["blocked"]["balance"]["amount"], "500.00");
    let clear = gate(&desk).await;
    assert_eq!((&clear["light"], &clear["blocked_from"]), (&json!("clear"), &json!("2026-03-12")));
    desk.clock.advance_days(2);
    let view = gate(&desk).await;
    assert_eq!((&view["light"], &view["rule_from"]), (&json!("blocked"), &json!("2026-03-12")));
    assert_eq!(view["passed"][0]["what"], "balance");
    let mut wrong = rule("2026-03-12", limit);
    wrong["watch"]["balance"] = json!("600");
    let fault = desk.call("save_gate_rule", wrong).await.expect_err("out of order");
    assert_eq!(fault.rule.as_deref(), Some("gate_order"));
}
