//! Taking back: whole or in part, never more than is left, the rest stays credit.

use serde_json::{Value, json};
use support::{TestDesk, id, payment};

const TODAY: &str = "2026-03-10";

fn order(number: u128, invoice: &str, lines: Value) -> Value {
    json!({
        "id": id(number),
        "invoice_id": invoice,
        "issue_date": TODAY,
        "reason": "Avlyst time",
        "lines": lines,
    })
}

#[tokio::test]
async fn a_whole_credit_takes_the_invoice_back_and_leaves_nothing() {
    let desk = TestDesk::with_student().await;
    let invoice = desk.issue(50, 2).await;
    let order = order(60, &invoice, json!([]));
    let preview = desk.call("preview_credit", &order).await.expect("a preview");
    assert_eq!(preview["next_number"], "AK-1");
    assert_eq!(preview["open_after"]["amount"], "0.00");
    assert_eq!(preview["becomes_credit"]["amount"], "0.00");
    let note = desk.call("credit_invoice", &order).await.expect("a credit note");
    let again = desk.call("credit_invoice", &order).await.expect("the same");
    assert_eq!(note, again);
    let shown = desk.call("find_invoice", json!({ "id": invoice })).await.expect("an invoice");
    assert_eq!(shown["status"], "credited");
    assert_eq!(shown["totals"]["gross"]["amount"], "1580.00");
    assert_eq!(shown["lines"][0]["creditable"]["amount"], "0.00");
}

#[tokio::test]
async fn parts_add_up_to_the_whole_and_no_further() {
    let desk = TestDesk::with_student().await;
    let invoice = desk.issue(50, 1).await;
    for (number, gross) in [(60, "263.33"), (61, "263.33"), (62, "263.34")] {
        let part = order(number, &invoice, json!([{ "line": 0, "gross": gross }]));
        desk.call("credit_invoice", part).await.expect("a part");
    }
    let shown = desk.call("find_invoice", json!({ "id": invoice })).await.expect("an invoice");
    assert_eq!(shown["credited"]["amount"], "790.00");
    let notes = shown["credit_notes"].as_array().expect("notes");
    assert_eq!(notes.len(), 3);
    let more = order(63, &invoice, json!([{ "line": 0, "gross": "0.01" }]));
    let fault = desk.call("credit_invoice", more).await.expect_err("nothing left");
    assert_eq!(fault.rule.as_deref(), Some("more_than_left"));
}

#[tokio::test]
async fn crediting_a_paid_invoice_leaves_credit() {
    let desk = TestDesk::with_student().await;
    let invoice = desk.issue(50, 1).await;
    let money = payment(60, TODAY, "790", &[(&invoice, "790")]);
    desk.call("record_payment", money).await.expect("a payment");
    let note = desk.call("credit_invoice", order(61, &invoice, json!([]))).await.expect("a note");
    assert_eq!(note["unused"]["amount"], "790.00");
    let student = desk.call("find_student", json!({ "id": id(1) })).await.expect("a student");
    assert_eq!(student["balance"]["amount"], "-790.00");
}

#[tokio::test]
async fn a_wrong_order_is_refused_and_takes_no_number() {
    let desk = TestDesk::with_student().await;
    let invoice = desk.issue(50, 1).await;
    let mut no_reason = order(60, &invoice, json!([]));
    no_reason["reason"] = json!(" ");
    let mut before = order(60, &invoice, json!([]));
    before["issue_date"] = json!("2026-03-09");
    let cases = [
        (no_reason, "no_reason"),
        (before, "before_invoice"),
        (order(60, &invoice, json!([{ "line": 7, "gross": "1" }])), "unknown_line"),
        (order(60, &invoice, json!([{ "line": 0, "gross": "0" }])), "not_positive"),
        (order(60, &invoice, json!([{ "line": 0, "gross": "800" }])), "more_than_left"),
    ];
    for (wrong, rule) in cases {
        let fault = desk.call("credit_invoice", wrong).await.expect_err(rule);
        assert_eq!(fault.rule.as_deref(), Some(rule));
    }
    let note = desk.call("credit_invoice", order(61, &invoice, json!([]))).await.expect("a note");
    assert_eq!(note["number"], "AK-1");
}
