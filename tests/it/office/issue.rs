//! Issuing: numbers without gaps, once per draft, and nothing the rules refuse.

use serde_json::json;
use support::{TestDesk, draft, id, line};

fn today(desk: &TestDesk) -> String {
    desk.clock.day().to_string()
}

#[tokio::test]
async fn issuing_twice_gives_the_same_invoice() {
    let desk = TestDesk::with_student().await;
    let draft = draft(50, 1, &today(&desk), &[line("Kjøretime", 2, "790.00", "3")]);
    let first = desk.call("issue_invoice", json!({ "draft": draft })).await.expect("an invoice");
    let second = desk.call("issue_invoice", json!({ "draft": draft })).await.expect("the same");
    assert_eq!(first, second);
    assert_eq!(first["number"], "A-1");
    assert_eq!(first["totals"]["gross"]["amount"], "1580.00");
    assert_eq!(first["payment_reference"], "010010000015");
    let counts = desk.call("invoice_counts", filter("all")).await.expect("counts");
    assert_eq!(counts["all"], 1);
}

fn filter(view: &str) -> serde_json::Value {
    json!({ "view": view, "query": "" })
}

#[tokio::test]
async fn a_refused_draft_leaves_no_gap_in_the_numbers() {
    let desk = TestDesk::with_student().await;
    desk.issue(50, 1).await;
    let wrong = draft(51, 1, &today(&desk), &[line("", 1, "790.00", "3")]);
    let fault = desk.call("issue_invoice", json!({ "draft": wrong })).await.expect_err("refused");
    assert_eq!(fault.rule.as_deref(), Some("line_description"));
    assert_eq!(fault.field.as_deref(), Some("lines.0.description"));
    desk.issue(52, 1).await;
    let second = desk.call("find_invoice", json!({ "id": id(52) })).await.expect("an invoice");
    assert_eq!(second["number"], "A-2");
}
