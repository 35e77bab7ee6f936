//! Money received: proposed oldest first, recorded once, and never more than is open.

use serde_json::{Value, json};
use support::{TestDesk, day, id, payment};

const TODAY: &str = "2026-03-10";

async fn two_invoices() -> (TestDesk, String, String) {
    let desk = TestDesk::with_student().await;
    let first = desk.issue(50, 1).await;
    desk.clock.advance_days(5);
    let second = desk.issue(51, 2).await;
    (desk, first, second)
}

fn form(amount: &str, first: Option<&str>) -> Value {
    json!({ "student_id": id(1), "amount": amount, "invoice_id": first })
}

#[tokio::test]
async fn shares_are_proposed_oldest_first_or_for_the_invoice_one_came_from() {
    let (desk, _, second) = two_invoices().await;
    let oldest = desk.call("payment_form", form("1000", None)).await.expect("a form");
    assert_eq!(oldest["shares"][0]["amount"], "790.00");
    assert_eq!(oldest["shares"][1]["amount"], "210.00");
    assert_eq!(oldest["remaining"]["amount"], "0.00");
    let named = desk.call("payment_form", form("1000", Some(&second))).await.expect("a form");
    assert_eq!(named["shares"][0]["amount"], "0.00");
    assert_eq!(named["shares"][1]["amount"], "1000.00");
}

#[tokio::test]
async fn a_payment_recorded_twice_counts_once() {
    let (desk, first, _) = two_invoices().await;
    let money = payment(60, TODAY, "790.00", &[(&first, "790.00")]);
    let once = desk.call("record_payment", &money).await.expect("a payment");
    let twice = desk.call("record_payment", &money).await.expect("the same");
    assert_eq!(once, twice);
    let student = desk.call("find_student", json!({ "id": id(1) })).await.expect("a student");
    assert_eq!(student["balance"]["amount"], "1580.00");
    let invoice = desk.call("find_invoice", json!({ "id": first })).await.expect("an invoice");
    assert_eq!(invoice["status"], "paid");
    assert_eq!(invoice["settlements"][0]["label"], "Bankoverføring");
}

#[tokio::test]
async fn too_much_money_stays_credit_and_can_be_used_once() {
    let (desk, first, second) = two_invoices().await;
    let money = payment(60, TODAY, "1000.00", &[(&first, "790.00")]);
    let recorded = desk.call("record_payment", money).await.expect("a payment");
    assert_eq!(recorded["unallocated"]["amount"], "210.00");
    let uses = json!({
        "id": id(70),
        "source": "payment",
        "source_id": id(60),
        "shares": [{ "invoice_id": second, "amount": "210.00" }],
        "date": TODAY,
    });
    let account = desk.call("use_credit", &uses).await.expect("an account");
    assert_eq!(account["credit"]["amount"], "0.00");
    assert_eq!(account["balance"]["amount"], "1370.00");
    let again = desk.call("use_credit", &uses).await.expect("nothing more");
    assert_eq!(again, account);
    let mut more = uses.clone();
    more["id"] = json!(id(71));
    let fault = desk.call("use_credit", more).await.expect_err("used up");
    assert_eq!(fault.rule.as_deref(), Some("used_up"));
}

#[tokio::test]
async fn what_cannot_be_paid_so_is_refused_by_name() {
    let (desk, first, _) = two_invoices().await;
    let cases = [
        (payment(60, TODAY, "0", &[]), "not_positive"),
        (payment(60, TODAY, "-5", &[]), "not_positive"),
        (payment(60, TODAY, "100", &[(&first, "200")]), "over_allocated"),
        (payment(60, TODAY, "1000", &[(&first, "791")]), "more_than_open"),
        (payment(60, TODAY, "1000", &[(&first, "1"), (&first, "1")]), "wrong_invoice"),
        (payment(60, "2026-04-01", "1000", &[]), "in_future"),
        (payment(60, TODAY, "1.001", &[]), "too_many_decimals"),
        (payment(60, "2026-02-31", "1000", &[]), "date"),
    ];
    for (money, rule) in cases {
        let fault = desk.call("record_payment", money).await.expect_err(rule);
        assert_eq!(fault.rule.as_deref(), Some(rule));
    }
    let page = json!({
        "query": "", "unallocated": false, "window": { "offset": 0, "limit": 10 },
    });
    assert_eq!(desk.call("list_payments", page).await.expect("a page")["total"], 0);
}

#[tokio::test]
async fn checking_shares_says_the_same_as_recording_would() {
    let (desk, first, _) = two_invoices().await;
    let request = json!({
        "student_id": id(1),
        "amount": "500",
        "shares": [{ "invoice_id": first, "amount": "600" }],
    });
    let checked = desk.call("check_shares", request).await.expect("checked");
    assert_eq!(checked["problem"], "over_allocated");
    assert_eq!(checked["remaining"]["amount"], "-100.00");
    assert_eq!(checked["balance_now"]["amount"], "2370.00");
    assert_eq!(checked["balance_after"]["amount"], "1870.00");
    assert_eq!(checked["open_after"][0]["amount"], "190.00");
}

#[tokio::test]
async fn an_account_runs_from_row_to_row_to_the_balance() {
    let (desk, first, _) = two_invoices().await;
    let today = day(TODAY) + chrono::Days::new(5);
    desk.call("record_payment", payment(60, &today.to_string(), "790", &[(&first, "790")]))
        .await
        .expect("a payment");
    let account =
        desk.call("student_account", json!({ "student_id": id(1) })).await.expect("an account");
    let rows = account["rows"].as_array().expect("rows");
    let running: Vec<&str> =
        rows.iter().map(|row| row["running"]["amount"].as_str().expect("money")).collect();
    assert_eq!(rows.len(), 3);
    assert_eq!(running.last(), Some(&"1580.00"));
    assert_eq!(account["balance"]["amount"], "1580.00");
}
