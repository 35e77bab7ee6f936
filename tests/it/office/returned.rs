//! What becomes of money: reversed, released, paid back, written off; each a further fact.

use office::{Actor, Code, Role};
use serde_json::{Value, json};
use support::{TestDesk, id, payment};

const TODAY: &str = "2026-03-10";

/// An invoice of 790 that 1 000 was received for: 210 is credit.
async fn overpaid() -> (TestDesk, String) {
    let desk = TestDesk::with_student().await;
    let invoice = desk.issue(50, 1).await;
    let money = payment(60, TODAY, "1000.00", &[(&invoice, "790.00")]);
    desk.call("record_payment", money).await.expect("a payment");
    (desk, invoice)
}

async fn account(desk: &TestDesk) -> Value {
    desk.call("student_account", json!({ "student_id": id(1) })).await.expect("an account")
}

async fn rule(desk: &TestDesk, name: &str, request: Value) -> String {
    let fault = desk.call(name, request).await.expect_err(name);
    fault.rule.unwrap_or_default()
}

fn reversal(amount: &str) -> Value {
    json!({ "payment_id": id(60), "amount": amount, "on": TODAY, "reason": "Returned by bank" })
}

fn refund(number: u128, amount: &str) -> Value {
    json!({
        "id": id(number), "student_id": id(1), "method": "bank", "paid_on": TODAY,
        "amount": amount, "sources": [], "reference": "", "reason": "Paid too much",
    })
}

fn write_off(number: u128, invoice: &str, amount: &str) -> Value {
    json!({
        "id": id(number), "invoice_id": invoice, "amount": amount, "on": TODAY,
        "reason": "Moved abroad",
    })
}

#[tokio::test]
async fn a_reversed_payment_opens_its_invoice_and_both_stand_in_the_account() {
    let (desk, invoice) = overpaid().await;
    let once = desk.call("reverse_payment", reversal("1000")).await.expect("reversed");
    assert_eq!(once["state"], "reversed");
    assert_eq!(desk.call("reverse_payment", reversal("1000")).await.expect("the same"), once);
    let shown = desk.call("find_invoice", json!({ "id": invoice })).await.expect("an invoice");
    assert_eq!((&shown["status"], &shown["open"]["amount"]), (&json!("open"), &json!("790.00")));
    assert_eq!(shown["settlements"][0]["reversed"], true);
    assert_eq!(shown["settlements"][0]["ended_on"], TODAY);
    assert_eq!(shown["history"].as_array().expect("rows").last().expect("one")["what"], "reversed");
    let account = account(&desk).await;
    let kinds: Vec<&str> = account["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .filter_map(|r| r["kind"].as_str())
        .collect();
    assert_eq!(kinds, ["invoice", "payment", "reversal"]);
    assert_eq!(account["balance"]["amount"], "790.00");
    let report = desk.call("verify_book", json!({})).await.expect("checked");
    assert_eq!(report["tables_agree"], true);
}

#[tokio::test]
async fn a_reversal_is_confirmed_by_its_amount_and_says_why() {
    let (desk, _) = overpaid().await;
    assert_eq!(rule(&desk, "reverse_payment", reversal("790")).await, "not_the_amount");
    let mut silent = reversal("1000");
    silent["reason"] = json!(" ");
    assert_eq!(rule(&desk, "reverse_payment", silent).await, "missing");
    for (on, expected) in [("2026-04-01", "not_yet"), ("2026-03-09", "too_early")] {
        let mut other = reversal("1000");
        other["on"] = json!(on);
        assert_eq!(rule(&desk, "reverse_payment", other).await, expected);
    }
    desk.call("pay_refund", refund(70, "10")).await.expect("paid back");
    assert_eq!(rule(&desk, "reverse_payment", reversal("1000")).await, "paid_back");
}

#[tokio::test]
async fn credit_is_paid_back_once_and_never_more_than_is_unused() {
    let (desk, _) = overpaid().await;
    let form = json!({ "student_id": id(1), "amount": "300", "on": TODAY, "sources": [] });
    let shown = desk.call("refund_form", form).await.expect("a form");
    assert_eq!(shown["problem"], "more_than_unused");
    assert_eq!(shown["unused"]["amount"], "210.00");
    assert_eq!(rule(&desk, "pay_refund", refund(70, "210.01")).await, "more_than_unused");
    let once = desk.call("pay_refund", refund(70, "200")).await.expect("paid back");
    assert_eq!(once["parts"][0]["source_id"], json!(id(60)));
    assert_eq!(desk.call("pay_refund", refund(70, "200")).await.expect("the same"), once);
    assert_eq!(desk.call("find_refund", json!({ "id": id(70) })).await.expect("one"), once);
    let account = account(&desk).await;
    assert_eq!(
        (&account["credit"]["amount"], account["rows"][2]["kind"].as_str()),
        (&json!("10.00"), Some("refund"))
    );
    let paid = desk.call("find_payment", json!({ "id": id(60) })).await.expect("a payment");
    assert_eq!(paid["refunds"][0]["amount"]["amount"], "200.00");
    let mut named = refund(71, "5");
    named["sources"] = json!([{ "source": "payment", "source_id": id(99) }]);
    assert_eq!(rule(&desk, "pay_refund", named).await, "used_up");
}

#[tokio::test]
async fn a_rest_is_written_off_as_the_person_saw_it_and_can_be_asked_for_again() {
    let desk = TestDesk::with_student().await;
    let invoice = desk.issue(50, 1).await;
    let stale = write_off(80, &invoice, "700");
    assert_eq!(rule(&desk, "write_off_invoice", stale).await, "open_changed");
    let given = write_off(80, &invoice, "790");
    let shown = desk.call("write_off_invoice", &given).await.expect("written off");
    assert_eq!(shown["open"]["amount"], "0.00");
    assert_eq!(shown["written_off"]["amount"], "790.00");
    assert_eq!(shown["paid"]["amount"], "0.00");
    assert_eq!(desk.call("write_off_invoice", &given).await.expect("the same"), shown);
    assert_eq!(
        rule(&desk, "write_off_invoice", write_off(81, &invoice, "790")).await,
        "nothing_open"
    );
    let release =
        json!({ "allocation_id": id(80), "on": TODAY, "reason": "The money came after all" });
    let account = desk.call("release_allocation", release).await.expect("released");
    assert_eq!(account["balance"]["amount"], "790.00");
}

#[tokio::test]
async fn released_money_is_credit_for_another_invoice() {
    let (desk, invoice) = overpaid().await;
    let shown = desk.call("find_payment", json!({ "id": id(60) })).await.expect("a payment");
    let request = json!({
        "allocation_id": shown["allocations"][0]["id"], "on": TODAY, "reason": "Wrong invoice",
    });
    let account = desk.call("release_allocation", &request).await.expect("released");
    assert_eq!(account["credit"]["amount"], "1000.00");
    assert_eq!(desk.call("release_allocation", &request).await.expect("the same"), account);
    let shown = desk.call("find_invoice", json!({ "id": invoice })).await.expect("an invoice");
    assert_eq!(
        (&shown["status"], &shown["settlements"][0]["reversed"]),
        (&json!("open"), &json!(false))
    );
}

#[tokio::test]
async fn the_same_money_is_asked_about_and_recorded_when_a_person_says_it_is_other_money() {
    let (desk, _) = overpaid().await;
    let mut again = payment(61, TODAY, "1000.00", &[]);
    again["is_another"] = json!(false);
    let fault = desk.call("record_payment", &again).await.expect_err("a twin");
    assert_eq!((fault.code, fault.rule.as_deref()), (Code::CannotPay, Some("duplicate")));
    assert_eq!(fault.params["payment_id"], id(60));
    again["is_another"] = json!(true);
    desk.call("record_payment", &again).await.expect("another");
    assert_eq!(account(&desk).await["credit"]["amount"], "1210.00");
}

#[tokio::test]
async fn an_event_told_twice_is_one_payment_and_never_another_amount() {
    let desk = TestDesk::with_student().await;
    let mut event = payment(60, TODAY, "500", &[]);
    event["event"] = json!("stripe/evt_1");
    let once = desk.call("record_payment", &event).await.expect("a payment");
    event["id"] = json!(id(61));
    assert_eq!(desk.call("record_payment", &event).await.expect("the same"), once);
    assert_eq!(once["event"], "stripe/evt_1");
    event["amount"] = json!("600");
    assert_eq!(rule(&desk, "record_payment", event).await, "event_differs");
    assert_eq!(account(&desk).await["credit"]["amount"], "500.00");
}

#[tokio::test]
async fn announced_money_counts_when_it_is_confirmed_and_never_when_it_fails() {
    let desk = TestDesk::with_student().await;
    let mut announced = payment(60, TODAY, "500", &[]);
    announced["pending"] = json!(true);
    let shown = desk.call("record_payment", announced).await.expect("announced");
    assert_eq!(shown["state"], "pending");
    assert_eq!(account(&desk).await["balance"]["amount"], "0.00");
    let turn = |outcome: &str| json!({ "payment_id": id(60), "outcome": outcome, "on": TODAY, "reason": "" });
    let failed = desk.call("turn_payment", turn("failed")).await.expect("failed");
    assert_eq!(failed["state"], "failed");
    let came = desk.call("turn_payment", turn("confirmed")).await.expect("confirmed");
    assert_eq!(
        (&came["state"], &came["unallocated"]["amount"]),
        (&json!("confirmed"), &json!("500.00"))
    );
    assert_eq!(rule(&desk, "turn_payment", turn("failed")).await, "payment_state");
    let mut page = json!({
        "query": "", "unallocated": false, "state": "reversed", "window": { "offset": 0, "limit": 9 },
    });
    assert_eq!(desk.call("list_payments", &page).await.expect("a page")["total"], 0);
    page["state"] = json!("confirmed");
    assert_eq!(desk.call("list_payments", page).await.expect("a page")["total"], 1);
}

#[tokio::test]
async fn a_small_rest_is_offered_and_let_go_with_the_payment_that_leaves_it() {
    let desk = TestDesk::with_student().await;
    let invoice = desk.issue(50, 1).await;
    let shares = json!({
        "student_id": id(1), "amount": "789",
        "shares": [{ "invoice_id": invoice, "amount": "789" }],
    });
    let offered = desk.call("check_shares", &shares).await.expect("checked");
    assert_eq!(offered["small_rests"], json!([]));
    let mut money = payment(60, TODAY, "789", &[(&invoice, "789")]);
    money["write_off"] = json!([invoice]);
    assert_eq!(rule(&desk, "record_payment", money.clone()).await, "not_small");
    let tables = desk.call("save_small_difference", json!({ "amount": "1" })).await.expect("set");
    assert_eq!(tables["small_difference"]["amount"], "1.00");
    let offered = desk.call("check_shares", &shares).await.expect("checked");
    assert_eq!(offered["small_rests"][0]["rest"]["amount"], "1.00");
    desk.call("record_payment", money).await.expect("recorded");
    let shown = desk.call("find_invoice", json!({ "id": invoice })).await.expect("an invoice");
    assert_eq!(
        (&shown["open"]["amount"], &shown["written_off"]["amount"]),
        (&json!("0.00"), &json!("1.00"))
    );
    assert_eq!(shown["settlements"][1]["source"], "small_difference");
}

#[tokio::test]
async fn a_reference_finds_its_invoice_as_it_was_pasted() {
    let desk = TestDesk::with_student().await;
    let invoice = desk.issue(50, 1).await;
    let shown = desk.call("find_invoice", json!({ "id": invoice })).await.expect("an invoice");
    let kid = shown["payment_reference"].as_str().expect("a reference").to_owned();
    let (head, tail) = kid.split_at(3);
    let number = shown["number"].as_str().expect("a number").to_lowercase();
    for text in [kid.clone(), format!(" {head} {tail} "), number] {
        let found = desk.call("find_by_reference", json!({ "text": text })).await.expect("hits");
        assert_eq!(found["hits"][0]["invoice_id"], json!(invoice), "{text}");
    }
    let none = desk.call("find_by_reference", json!({ "text": "999" })).await.expect("none");
    assert_eq!(none["hits"], json!([]));
    let other = desk.issue(51, 2).await;
    let shown = desk.call("find_invoice", json!({ "id": other })).await.expect("an invoice");
    let number = shown["number"].as_str().expect("a number");
    let line = format!("20.03.2026 KID {head} {tail}, {number}. 1 234,00 fra 1503.20.12345");
    let found = desk.call("find_by_reference", json!({ "text": line })).await.expect("hits");
    let hits = found["hits"].as_array().expect("hits");
    let references: Vec<&Value> = hits.iter().map(|hit| &hit["reference"]).collect();
    assert_eq!(references, [&json!(kid), &json!(number)], "{line}");
    let asked = json!({ "student_id": id(1), "amount": "1000", "invoice_id": null,
        "referred": [other] });
    let form = desk.call("payment_form", asked).await.expect("a form");
    let shares = form["shares"].as_array().expect("shares");
    let of = |id: &str| shares.iter().find(|share| share["invoice_id"] == id).expect("a share");
    assert_eq!(of(&other)["amount"], "1000.00", "what the reference names comes before the oldest");
    assert_eq!(of(&invoice)["amount"], "0.00");
}

#[tokio::test]
async fn staff_reverse_but_only_owners_give_money_up() {
    let (desk, invoice) = overpaid().await;
    let staff = Actor { role: Role::Staff, ..Actor::owner() };
    let ask = |name: &'static str, request: Value| {
        let (desk, staff) = (&desk.desk, &staff);
        async move { office::rpc::dispatch(desk, staff, name, request).await }
    };
    for (name, request) in
        [("pay_refund", refund(70, "10")), ("write_off_invoice", write_off(80, &invoice, "1"))]
    {
        assert_eq!(ask(name, request).await.expect_err(name).code, Code::Forbidden);
    }
    desk.register(2, "Iver Moen").await;
    ask("reverse_payment", reversal("1000")).await.expect("reversed");
    desk.call("write_off_invoice", write_off(80, &invoice, "790")).await.expect("written off");
    let release = json!({ "allocation_id": id(80), "on": TODAY, "reason": "Asked again" });
    let refused = ask("release_allocation", release).await.expect_err("given up by an owner");
    assert_eq!(refused.code, Code::Forbidden);
}
