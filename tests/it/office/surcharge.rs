//! What a way to pay costs on top: seen, taken and invoiced together.

use office::Code;
use serde_json::{Value, json};
use support::{TestDesk, draft, id, line, payment, service};

const TODAY: &str = "2026-03-10";

/// A desk whose cards cost 1.5 % and 2,00, sold as a fee; with one open invoice over 790,00.
async fn with_cards() -> (TestDesk, String) {
    let desk = TestDesk::with_student().await;
    let mut fee = service(9, "GEB-K", "0", "3");
    fee["kind"] = json!("fee");
    fee["name"] = json!("Kortgebyr");
    desk.call("save_service", fee).await.expect("a fee");
    desk.call("save_payment_method", card("1.5", "2")).await.expect("a method");
    let invoice = desk.issue(50, 1).await;
    (desk, invoice)
}

fn card(percent: &str, fixed: &str) -> Value {
    json!({
        "code": "card", "name": "Kort", "account": "1925", "active": true, "is_new": false,
        "surcharge": { "percent": percent, "fixed": fixed, "service_id": id(9) },
    })
}

fn by_card(number: u128, invoice: &str, surcharge: &str) -> Value {
    let mut money = payment(number, TODAY, "790.00", &[(invoice, "790.00")]);
    money["method"] = json!("card");
    money["surcharge"] = json!(surcharge);
    money
}

async fn checked(desk: &TestDesk, method: &str) -> Value {
    let request = json!({
        "student_id": id(1), "amount": "790.00", "shares": [], "method": method,
    });
    desk.call("check_shares", request).await.expect("checked")
}

async fn rule(desk: &TestDesk, name: &str, request: Value) -> (Code, String) {
    let fault = desk.call(name, request).await.expect_err(name);
    (fault.code, fault.rule.unwrap_or_default())
}

#[tokio::test]
async fn a_surcharge_is_shown_before_it_is_taken_and_then_invoiced_and_paid() {
    let (desk, invoice) = with_cards().await;
    assert_eq!(checked(&desk, "bank").await["surcharge"], Value::Null);
    let seen = checked(&desk, "card").await["surcharge"].clone();
    // 1.5 % of 790,00 is 11,85, and 2,00 on top.
    assert_eq!(seen["gross"]["amount"], "13.85");
    assert_eq!((&seen["total"]["amount"], &seen["name"]), (&json!("803.85"), &json!("Kortgebyr")));
    let paid = desk.call("record_payment", by_card(60, &invoice, "13.85")).await.expect("paid");
    assert_eq!(
        (&paid["amount"]["amount"], &paid["unallocated"]["amount"]),
        (&json!("803.85"), &json!("0.00"))
    );
    let again = desk.call("record_payment", by_card(60, &invoice, "13.85")).await;
    assert_eq!(again.expect("the same"), paid);
    let settled = paid["allocations"].as_array().expect("allocations");
    let fee = settled.iter().find(|share| share["amount"]["amount"] == "13.85").expect("the fee");
    let fee = desk.call("find_invoice", json!({ "id": fee["invoice_id"] })).await.expect("a fee");
    assert_eq!((&fee["status"], &fee["number"]), (&json!("paid"), &json!("A-2")));
    assert_eq!(fee["totals"]["vat"]["amount"], "2.77");
    assert_eq!(fee["lines"][0]["description"], "Kortgebyr");
    let student = desk.call("find_student", json!({ "id": id(1) })).await.expect("a student");
    assert_eq!(student["balance"]["amount"], "0.00");
    let report = desk.call("verify_book", json!({})).await.expect("a report");
    assert_eq!(report["findings"], json!([]));
}

#[tokio::test]
async fn a_surcharge_on_euros_is_invoiced_in_euros_and_paid_by_the_same_money() {
    let (desk, _) = with_cards().await;
    let rate = json!({ "currency": "EUR", "rate": "11.5", "on": "2026-03-09", "source": "" });
    desk.call("set_exchange_rate", rate).await.expect("a rate");
    let mut euros = draft(51, 1, TODAY, &[line("Kjøretime", 1, "100.00", "3")]);
    euros["currency"] = json!("EUR");
    desk.call("issue_invoice", json!({ "draft": euros })).await.expect("an invoice");
    let foreign = json!({ "currency": "EUR", "base_amount": "1160", "rate": null });
    let check = json!({
        "student_id": id(1), "amount": "100.00", "shares": [], "method": "card",
        "foreign": foreign,
    });
    let seen = desk.call("check_shares", check).await.expect("checked")["surcharge"].clone();
    // 1.5 % of 100,00, and 2,00 kroner at 11.5.
    assert_eq!(seen["gross"], json!({ "amount": "1.67", "currency": "EUR" }));
    let mut money = payment(60, TODAY, "100.00", &[(&id(51), "100.00")]);
    money["method"] = json!("card");
    money["surcharge"] = json!("1.67");
    money["foreign"] = foreign;
    let paid = desk.call("record_payment", &money).await.expect("paid");
    assert_eq!(paid["amount"], json!({ "amount": "101.67", "currency": "EUR" }));
    assert_eq!(paid["base"]["amount"]["amount"], "1179.37", "worth as much more");
    assert_eq!(paid["unallocated"]["amount"], "0.00");
    assert_eq!(desk.call("record_payment", money).await.expect("the same"), paid);
    let settled = paid["allocations"].as_array().expect("allocations");
    let fee = settled.iter().find(|share| share["amount"]["amount"] == "1.67").expect("the fee");
    let fee = desk.call("find_invoice", json!({ "id": fee["invoice_id"] })).await.expect("a fee");
    assert_eq!(
        (&fee["status"], &fee["totals"]["gross"]["currency"]),
        (&json!("paid"), &json!("EUR"))
    );
    let student = desk.call("find_student", json!({ "id": id(1) })).await.expect("a student");
    assert_eq!(student["balance"]["amount"], "790.00", "only what is open in kroner");
    let report = desk.call("verify_book", json!({})).await.expect("a report");
    assert_eq!(report["findings"], json!([]));
}

#[tokio::test]
async fn what_was_not_seen_is_not_taken() {
    let (desk, invoice) = with_cards().await;
    let changed = (Code::CannotPay, "surcharge_changed".to_owned());
    assert_eq!(rule(&desk, "record_payment", by_card(60, &invoice, "13.84")).await, changed);
    let mut bank = by_card(60, &invoice, "13.85");
    bank["method"] = json!("bank");
    assert_eq!(rule(&desk, "record_payment", bank).await, changed);
    let mut ahead = by_card(60, &invoice, "13.85");
    ahead["pending"] = json!(true);
    ahead["shares"] = json!([]);
    assert_eq!(rule(&desk, "record_payment", ahead).await.1, "pending_surcharge");
    let page = json!({
        "filter": { "view": "all", "query": "" }, "order": null,
        "window": { "offset": 0, "limit": 10 },
    });
    let page = desk.call("list_invoices", page).await.expect("a page");
    assert_eq!(page["total"], 1, "no invoice of a surcharge is left behind");
    let let_go = desk.call("record_payment", by_card(60, &invoice, "")).await.expect("paid");
    assert_eq!(let_go["amount"]["amount"], "790.00");
}

#[tokio::test]
async fn a_surcharge_is_a_sound_rule_sold_as_a_fee() {
    let (desk, _) = with_cards().await;
    let cases = [
        (card("", ""), "surcharge_nothing"),
        (card("101", ""), "percent"),
        (card("1", "-2"), "negative"),
    ];
    for (form, expected) in cases {
        assert_eq!(rule(&desk, "save_payment_method", form).await.1, expected);
    }
    let mut lesson = card("1", "");
    lesson["surcharge"]["service_id"] = json!(id(1));
    assert_eq!(rule(&desk, "save_payment_method", lesson).await.1, "surcharge_fee");
}

#[tokio::test]
async fn ways_to_pay_are_added_once_renamed_and_hidden_but_never_all_of_them() {
    let (desk, _) = with_cards().await;
    let form = |code: &str, active: bool, is_new: bool| {
        json!({
            "code": code, "name": "Gavekort", "account": "", "active": active,
            "is_new": is_new, "surcharge": null,
        })
    };
    let saved = desk.call("save_payment_method", form("gift", true, true)).await.expect("saved");
    let again = desk.call("save_payment_method", form("gift", true, true)).await;
    assert_eq!(again.expect("the same"), saved);
    let taken = rule(&desk, "save_payment_method", form("bank", true, true)).await;
    assert_eq!(taken, (Code::AlreadyExists, "code_taken".to_owned()));
    assert_eq!(rule(&desk, "save_payment_method", form("Gift", true, true)).await.1, "plain_code");
    let methods = saved["payment_methods"].as_array().expect("methods");
    let others = methods.iter().filter_map(|method| method["code"].as_str());
    for code in others.filter(|code| *code != "gift") {
        desk.call("save_payment_method", form(code, false, false)).await.expect("hidden");
    }
    let last = rule(&desk, "save_payment_method", form("gift", false, false)).await;
    assert_eq!(last, (Code::Invalid, "last_method".to_owned()));
    let hidden = payment(60, TODAY, "100", &[]);
    assert_eq!(rule(&desk, "record_payment", hidden).await.1, "method");
}
