//! Issuing: numbers without gaps, once per draft, and nothing the rules refuse.

use serde_json::{Value, json};
use support::{TestDesk, draft, id, line};

fn today(desk: &TestDesk) -> String {
    desk.clock.day().to_string()
}

fn filter(view: &str) -> Value {
    json!({ "view": view, "query": "" })
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

#[tokio::test]
async fn two_windows_that_issue_at_once_get_two_numbers() {
    let desk = TestDesk::with_student().await;
    let both = (
        draft(50, 1, &today(&desk), &[line("A", 1, "790.00", "3")]),
        draft(51, 1, &today(&desk), &[line("B", 1, "790.00", "3")]),
    );
    let (first, second) = tokio::join!(
        desk.call("issue_invoice", json!({ "draft": both.0 })),
        desk.call("issue_invoice", json!({ "draft": both.1 })),
    );
    let mut numbers = [first, second].map(|invoice| {
        invoice.expect("an invoice")["number"].as_str().expect("a number").to_owned()
    });
    numbers.sort();
    assert_eq!(numbers, ["A-1", "A-2"]);
}

#[tokio::test]
async fn vat_by_rate_is_what_the_price_contains() {
    let desk = TestDesk::with_student().await;
    let lines =
        [line("Kjøretime", 3, "790.00", "3"), line("Trafikalt grunnkurs", 1, "2450.00", "6")];
    let draft = draft(50, 1, &today(&desk), &lines);
    let invoice = desk.call("issue_invoice", json!({ "draft": draft })).await.expect("an invoice");
    assert_eq!(invoice["totals"]["gross"]["amount"], "4820.00");
    assert_eq!(invoice["totals"]["vat"]["amount"], "474.00");
    assert_eq!(invoice["totals"]["by_code"][1]["vat"]["amount"], "0.00");
    assert_eq!(invoice["status"], "open");
}

#[tokio::test]
async fn a_bulk_run_that_is_repeated_issues_nothing_twice() {
    let desk = TestDesk::with_student().await;
    let drafts: Vec<office::wire::invoices::DraftInput> = (100..140)
        .map(|number| draft(number, 1, &today(&desk), &[line("Kjøretime", 1, "790.00", "3")]))
        .map(|draft| serde_json::from_value(draft).expect("a draft"))
        .collect();
    let office = desk.desk.office().await.expect("an open book");
    let first = office::issue_many(&office, &desk.actor, &drafts[..25]).await.expect("issued");
    assert_eq!((first.issued, first.already), (25, 0));
    let second = office::issue_many(&office, &desk.actor, &drafts).await.expect("issued");
    assert_eq!((second.issued, second.already), (15, 25));
    let last = desk.call("find_invoice", json!({ "id": id(139) })).await.expect("an invoice");
    assert_eq!(last["number"], "A-40");
}

#[tokio::test]
async fn an_invoice_keeps_what_it_was_issued_with() {
    let desk = TestDesk::with_student().await;
    let invoice = desk.issue(50, 1).await;
    let change = json!({ "id": id(1), "person": support::person("Ada Berg Lie") });
    desk.call("change_student", change).await.expect("a change");
    let shown = desk.call("find_invoice", json!({ "id": invoice })).await.expect("an invoice");
    assert_eq!(shown["buyer"]["name"], "Ada Berg");
}

#[tokio::test]
async fn a_list_finds_documents_by_number_name_and_amount() {
    let desk = TestDesk::with_student().await;
    desk.issue(50, 1).await;
    desk.issue(51, 2).await;
    for (query, found) in [("A-2", 1), ("ada", 2), ("1580", 1), ("nobody", 0)] {
        let request = json!({
            "filter": { "view": "all", "query": query },
            "window": { "offset": 0, "limit": 50 },
        });
        let page = desk.call("list_invoices", request).await.expect("a page");
        assert_eq!(page["total"], found, "{query}");
    }
}
