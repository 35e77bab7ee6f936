//! Number series: one for each kind, desk and year, without a gap.

use serde_json::{Value, json};
use support::{TestDesk, draft, id, line};

fn rule(kind: &str, prefix: &str, yearly: bool, restart: bool) -> Value {
    json!({ "kind": kind, "prefix": prefix, "yearly": yearly, "restart": restart })
}

async fn issue_on(desk: &TestDesk, number: u128, day: &str) -> String {
    let draft = draft(number, 1, day, &[line("KT-B", 1, "790.00", "3")]);
    let shown = desk.call("issue_invoice", json!({ "draft": draft })).await.expect("an invoice");
    shown["number"].as_str().expect("a number").to_owned()
}

#[tokio::test]
async fn a_new_year_opens_its_series_with_its_first_document() {
    let desk = TestDesk::with_student().await;
    assert_eq!(issue_on(&desk, 50, "2026-03-10").await, "A-1");
    desk.call("save_series_rule", rule("invoice", "F{yy}-", true, false)).await.expect("a rule");
    let priced = draft(51, 1, "2026-03-10", &[line("KT-B", 1, "790.00", "3")]);
    let priced = desk.call("price_draft", priced).await.expect("priced");
    assert_eq!(priced["next_number"], "F26-2");
    assert_eq!(issue_on(&desk, 51, "2026-03-10").await, "F26-2");
    desk.clock.advance_days(310);
    assert_eq!(issue_on(&desk, 52, "2027-01-14").await, "F27-3");
    assert_eq!(issue_on(&desk, 53, "2026-12-30").await, "F27-4");
    let view = desk.call("number_series", json!({})).await.expect("series");
    assert_eq!(view["gapless"], true);
    let of_invoices: Vec<(Value, Value, Value)> = view["series"]
        .as_array()
        .expect("series")
        .iter()
        .filter(|row| row["kind"] == "invoice")
        .map(|row| (row["year"].clone(), row["next"].clone(), row["current"].clone()))
        .collect();
    assert_eq!(
        of_invoices,
        [
            (Value::Null, json!("A-2"), json!(false)),
            (json!(2026), json!("F26-3"), json!(false)),
            (json!(2027), json!("F27-5"), json!(true)),
        ]
    );
    let report = desk.call("verify_book", json!({})).await.expect("checked");
    assert_eq!(report["tables_agree"], true);
}

#[tokio::test]
async fn credit_notes_may_begin_again_where_no_reference_holds_their_number() {
    let desk = TestDesk::with_student().await;
    let yearly = rule("credit_note", "K{year}-", true, true);
    desk.call("save_series_rule", yearly).await.expect("a rule");
    for (number, days, expected) in [(50, 0, "K2026-1"), (51, 310, "K2027-1")] {
        desk.clock.advance_days(days);
        let invoice = desk.issue(number, 1).await;
        let credit = json!({
            "id": id(number + 20), "invoice_id": invoice, "reason": "Avlyst",
            "issue_date": desk.clock.day().to_string(),
            "lines": [],
        });
        let note = desk.call("credit_invoice", credit).await.expect("credited");
        assert_eq!(note["number"], expected);
    }
}

#[tokio::test]
async fn a_prefix_that_changes_goes_on_counting_and_never_comes_back() {
    let desk = TestDesk::with_student().await;
    assert_eq!(issue_on(&desk, 50, "2026-03-10").await, "A-1");
    desk.call("save_series_rule", rule("invoice", "B-", false, false)).await.expect("a rule");
    assert_eq!(issue_on(&desk, 51, "2026-03-10").await, "B-2");
    for (prefix, expected) in [("A-", "series_prefix"), ("AK-", "series_prefix"), ("B", "")] {
        let answer = desk.call("save_series_rule", rule("invoice", prefix, false, false)).await;
        let told = answer.err().and_then(|fault| fault.rule).unwrap_or_default();
        assert_eq!(told, expected, "{prefix}");
    }
    for (refused, expected) in [
        (rule("invoice", "F{yy}-", true, true), "restart_with_kid"),
        (rule("invoice", "F-", true, false), "prefix_without_year"),
        (rule("invoice", "F2", false, false), "prefix"),
        (rule("invoice", "ib-", false, false), "prefix_reserved"),
    ] {
        let fault = desk.call("save_series_rule", refused).await.expect_err("refused");
        assert_eq!(fault.rule.as_deref(), Some(expected));
    }
}

#[tokio::test]
async fn the_proof_is_written_as_a_file() {
    let desk = TestDesk::with_student().await;
    desk.issue(50, 1).await;
    let wish = json!({ "inline": false, "folder": desk.folder() });
    let file = desk.call("export_series", json!({ "wish": wish })).await.expect("a file");
    let text = std::fs::read_to_string(file["path"].as_str().expect("a path")).expect("text");
    assert_eq!(text.lines().count(), 3, "{text}");
    assert!(text.contains("A,invoice,,A-,A-1,A-1,A-2,1,0,0,,,"), "{text}");
}
