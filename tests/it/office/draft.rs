//! Drafts: priced while one types, kept half filled, and checked without being refused.

use serde_json::{Value, json};
use support::{TestDesk, draft, id, line};

fn codes(view: &Value, outcome: &str) -> Vec<String> {
    let checks = view["checks"].as_array().expect("checks");
    checks
        .iter()
        .filter(|check| check["outcome"] == outcome)
        .map(|check| check["code"].as_str().expect("a code").to_owned())
        .collect()
}

async fn priced(desk: &TestDesk, draft: &Value) -> Value {
    desk.call("price_draft", draft).await.expect("a priced draft")
}

#[tokio::test]
async fn pricing_stores_nothing_and_says_the_next_number() {
    let desk = TestDesk::with_student().await;
    let view = priced(&desk, &draft(50, 1, "2026-03-10", &[line("A", 1, "790.00", "3")])).await;
    assert_eq!(view["next_number"], "A-1");
    assert_eq!(view["can_issue"], true);
    assert_eq!(view["saved"], false);
    assert_eq!(codes(&view, "error"), Vec::<String>::new());
    let missing = desk.call("find_draft", json!({ "id": id(50) })).await;
    assert_eq!(missing.expect_err("not kept").rule.as_deref(), Some("draft"));
}

#[tokio::test]
async fn half_filled_lines_are_priced_as_far_as_they_go() {
    let desk = TestDesk::with_student().await;
    let mut half = line("Kjøretime", 1, "", "3");
    half["quantity"] = json!("");
    let mut empty = line("", 1, "", "3");
    empty["description"] = json!("");
    let lines = [line("Kjøretime", 2, "790,00", "3"), half, empty];
    let view = priced(&desk, &draft(50, 1, "2026-03-10", &lines)).await;
    assert_eq!(view["lines"][0]["gross"]["amount"], "1580.00");
    assert_eq!(view["lines"][1], Value::Null);
    assert_eq!(view["lines"][2], Value::Null);
    assert_eq!(view["totals"]["gross"]["amount"], "1580.00");
    assert_eq!(codes(&view, "error"), ["line_quantity"]);
    assert_eq!(view["can_issue"], false);
}

#[tokio::test]
async fn every_obstacle_has_a_code_and_a_place() {
    let desk = TestDesk::with_student().await;
    let cases = [
        (json!({ "quantity": "0" }), "line_quantity"),
        (json!({ "quantity": "-1" }), "line_quantity"),
        (json!({ "quantity": "1000001" }), "line_quantity"),
        (json!({ "quantity": "1.00001" }), "line_decimals"),
        (json!({ "unit_price": "1.23456" }), "line_price"),
        (json!({ "unit_price": "12,34,5" }), "line_price"),
        (json!({ "unit_price": "-790" }), "negative_total"),
        (json!({ "discount_percent": "101" }), "line_discount"),
        (json!({ "tax_code": "99" }), "line_tax_code"),
        (json!({ "description": "" }), "line_description"),
    ];
    for (change, code) in cases {
        let mut wrong = line("Kjøretime", 1, "790.00", "3");
        for (field, value) in change.as_object().expect("fields") {
            wrong[field] = value.clone();
        }
        let view = priced(&desk, &draft(50, 1, "2026-03-10", &[wrong])).await;
        assert_eq!(codes(&view, "error"), [code], "{change}");
        assert_eq!(view["can_issue"], false);
    }
}

#[tokio::test]
async fn dates_and_parties_are_checked() {
    let desk = TestDesk::with_student().await;
    let good = draft(50, 1, "2026-03-10", &[line("A", 1, "790.00", "3")]);
    let cases = [
        ("issue_date", json!("2026-02-30"), "bad_date"),
        ("due_date", json!("2026-03-01"), "due_before_issue"),
        ("student_id", json!(null), "no_student"),
        ("lines", json!([]), "no_lines"),
    ];
    for (field, value, code) in cases {
        let mut wrong = good.clone();
        wrong[field] = value;
        let view = priced(&desk, &wrong).await;
        assert_eq!(codes(&view, "error"), [code]);
        assert_eq!(view["can_issue"], false, "{code}");
    }
}

#[tokio::test]
async fn a_kept_draft_is_listed_found_issued_and_gone() {
    let desk = TestDesk::with_student().await;
    let typed = draft(50, 1, "2026-03-10", &[line("A", 1, "790.00", "3")]);
    let view = desk.call("save_draft", &typed).await.expect("kept");
    assert_eq!(view["saved"], true);
    let counts = json!({ "view": "all", "query": "" });
    let before = desk.call("invoice_counts", &counts).await.expect("counts");
    assert_eq!(before["draft"], 1);
    let found = desk.call("find_draft", json!({ "id": id(50) })).await.expect("a draft");
    assert_eq!(found["draft"]["lines"][0]["description"], "A");
    desk.call("issue_invoice", json!({ "draft": typed })).await.expect("an invoice");
    let after = desk.call("invoice_counts", &counts).await.expect("counts");
    assert_eq!((&after["draft"], &after["open"]), (&json!(0), &json!(1)));
    let again = desk.call("save_draft", &typed).await.expect_err("issued already");
    assert_eq!(again.rule.as_deref(), Some("draft_issued"));
}

#[tokio::test]
async fn a_deleted_draft_is_gone_and_deleting_it_again_is_fine() {
    let desk = TestDesk::with_student().await;
    desk.call("save_draft", draft(50, 1, "2026-03-10", &[])).await.expect("kept");
    desk.call("delete_draft", json!({ "id": id(50) })).await.expect("gone");
    desk.call("delete_draft", json!({ "id": id(50) })).await.expect("still gone");
    assert!(desk.call("find_draft", json!({ "id": id(50) })).await.is_err());
}

#[tokio::test]
async fn the_rate_of_the_documents_day_is_used() {
    let desk = TestDesk::with_student().await;
    let line = [line("Mat", 1, "112.00", "33")];
    let now = priced(&desk, &draft(50, 1, "2026-03-10", &line)).await;
    assert_eq!(now["totals"]["vat"]["amount"], "12.00");
    let mut old = draft(50, 1, "2020-06-01", &line);
    old["lines"][0]["unit_price"] = json!("106.00");
    assert_eq!(priced(&desk, &old).await["totals"]["vat"]["amount"], "6.00");
}
