//! Drafts that are issued by themselves: once, on their day or the first the desk is open after it.

use serde_json::{Value, json};
use support::{TestDesk, draft, id, line};

fn scheduled(on: &str) -> Value {
    let mut draft = draft(500, 1, "2026-03-10", &[line("KT-B", 1, "790.00", "3")]);
    draft["scheduled_on"] = json!(on);
    draft
}

async fn rows(desk: &TestDesk) -> Value {
    let filter = json!({
        "view": "all", "query": "", "student_id": null, "department_id": null,
        "issued_from": null, "issued_to": null, "due_from": null, "due_to": null,
        "amount_from": null, "amount_to": null,
    });
    let window = json!({ "offset": 0, "limit": 10 });
    let page = json!({ "filter": filter, "order": null, "window": window });
    desk.call("list_invoices", page).await.expect("a page")["rows"].clone()
}

async fn waits(on: &str) -> TestDesk {
    let desk = TestDesk::with_student().await;
    desk.call("save_draft", scheduled(on)).await.expect("kept");
    let rows = rows(&desk).await;
    assert_eq!((&rows[0]["status"], &rows[0]["scheduled_on"]), (&json!("scheduled"), &json!(on)));
    desk
}

#[tokio::test]
async fn a_draft_is_issued_once_on_the_first_day_the_desk_is_open_after_its_day() {
    let desk = waits("2026-03-14").await;
    desk.desk.tick().await;
    assert_eq!(rows(&desk).await[0]["kind"], "draft");
    desk.clock.advance_days(6);
    desk.desk.tick().await;
    desk.desk.tick().await;
    let rows = rows(&desk).await;
    assert_eq!(rows.as_array().map(Vec::len), Some(1));
    let issued = &rows[0];
    assert_eq!((&issued["kind"], &issued["number"]), (&json!("invoice"), &json!("A-1")));
    // Dated the day it is issued; the due date keeps its fourteen days.
    assert_eq!(
        (&issued["issue_date"], &issued["due_date"]),
        (&json!("2026-03-16"), &json!("2026-03-30"))
    );
}

#[tokio::test]
async fn what_is_taken_back_is_not_issued() {
    let desk = waits("2026-03-14").await;
    let mut back = scheduled("2026-03-14");
    back["scheduled_on"] = json!(null);
    desk.call("save_draft", back).await.expect("kept");
    desk.clock.advance_days(6);
    desk.desk.tick().await;
    assert_eq!(rows(&desk).await[0]["status"], "draft");
}

#[tokio::test]
async fn the_day_lies_ahead_and_the_draft_could_be_issued() {
    let desk = TestDesk::with_student().await;
    let fault = desk.call("save_draft", scheduled("2026-03-10")).await.expect_err("refused");
    assert_eq!(fault.rule.as_deref(), Some("not_ahead"));
    let mut empty = scheduled("2026-03-14");
    empty["lines"] = json!([]);
    desk.call("save_draft", empty).await.expect_err("refused");
}

#[tokio::test]
async fn what_a_rule_stands_against_on_its_day_stays_a_draft_and_says_so() {
    let desk = waits("2026-03-14").await;
    // Already scheduled, it may be half written for a while.
    let mut broken = scheduled("2026-03-14");
    broken["lines"][0]["tax_code"] = json!("99");
    desk.call("save_draft", broken).await.expect("kept");
    desk.clock.advance_days(4);
    desk.desk.tick().await;
    assert_eq!(rows(&desk).await[0]["status"], "kept_back");
    desk.call("save_draft", scheduled("2026-03-14")).await.expect("mended");
    assert_eq!(rows(&desk).await[0]["status"], "scheduled");
    desk.desk.tick().await;
    assert_eq!(rows(&desk).await[0]["kind"], "draft");
    desk.clock.advance_days(1);
    desk.desk.tick().await;
    assert_eq!(rows(&desk).await[0]["number"], "A-1");
}

#[tokio::test]
async fn who_said_so_stands_in_the_log() {
    let desk = waits("2026-03-14").await;
    desk.clock.advance_days(4);
    desk.desk.tick().await;
    let request = json!({ "id": id(500) });
    let invoice = desk.call("find_invoice", request).await.expect("an invoice");
    assert_eq!(invoice["history"][0]["actor"], "owner");
    let report = desk.call("verify_book", json!({})).await.expect("checked");
    assert_eq!(report["tables_agree"], true);
}
