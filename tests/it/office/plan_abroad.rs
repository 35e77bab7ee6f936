//! Payment plans of invoices in another currency: agreed and paid in it, and worth in the books what
//! the invoice is worth there.

use office::Code;
use serde_json::{Value, json};
use support::{TestDesk, day, draft, id, line, payment};

const TODAY: &str = "2026-03-10";

/// Ada owes 100.00 euro, worth 1 150.00 kroner, and 790.00 kroner.
async fn owing() -> TestDesk {
    let desk = TestDesk::with_student().await;
    let rate = json!({
        "currency": "EUR", "rate": "11,50", "on": "2026-03-09", "source": "Norges Bank",
    });
    desk.call("set_exchange_rate", rate).await.expect("a rate");
    let mut euros = draft(50, 1, TODAY, &[line("KT-B", 1, "100.00", "3")]);
    euros["currency"] = json!("EUR");
    desk.call("issue_invoice", json!({ "draft": euros })).await.expect("an invoice");
    desk.issue(51, 1).await;
    desk
}

/// What is open of some invoices, in three monthly parts from 1 April on.
fn wish(number: u128, invoices: &[u128]) -> Value {
    json!({
        "id": id(number),
        "student_id": id(1),
        "invoice_ids": invoices.iter().map(|invoice| id(*invoice)).collect::<Vec<_>>(),
        "replaces": null,
        "split": {
            "count": 3, "first_due": "2026-04-01", "rhythm": "monthly", "remainder": "last",
        },
        "instalments": [],
        "grace_days": 30,
        "note": "",
    })
}

async fn overdue(desk: &TestDesk) -> String {
    let home = desk.call("home", json!({})).await.expect("figures");
    let student = desk.call("find_student", json!({ "id": id(1) })).await.expect("a student");
    assert_eq!(home["overdue"], student["overdue"]);
    home["overdue"]["amount"].as_str().expect("an amount").to_owned()
}

async fn plan(desk: &TestDesk) -> Value {
    desk.call("find_plan", json!({ "id": id(70) })).await.expect("a plan")
}

async fn pay_euros(desk: &TestDesk, number: u128, amount: &str) {
    let day = desk.clock.day().to_string();
    let mut money = payment(number, &day, amount, &[(&id(50), amount)]);
    money["foreign"] = json!({ "currency": "EUR", "base_amount": null, "rate": "11.50" });
    desk.call("record_payment", money).await.expect("a payment");
}

/// What the ageing of a day says is not due and is overdue.
async fn aged(desk: &TestDesk, on: &str) -> Vec<String> {
    let question = json!({ "as_of": on, "by": "due", "buckets": [], "department_id": null });
    let found = desk.call("ageing", question).await.expect("an ageing list");
    let totals = found["columns"].as_array().expect("columns");
    totals.iter().map(|it| it["amount"].as_str().expect("money").to_owned()).collect()
}

#[tokio::test]
async fn a_plan_is_agreed_and_kept_in_the_currency_of_its_invoice() {
    let desk = owing().await;
    let preview = desk.call("preview_plan", wish(70, &[50])).await.expect("a preview");
    assert_eq!(preview["total"], json!({ "amount": "100.00", "currency": "EUR" }));
    assert_eq!(preview["open_items"].as_array().map(Vec::len), Some(2));
    assert_eq!(preview["problem"], Value::Null);
    let agreed = desk.call("agree_plan", wish(70, &[50])).await.expect("a plan");
    assert_eq!(agreed["instalments"][2]["amount"], json!({ "amount": "33.34", "currency": "EUR" }));
    pay_euros(&desk, 60, "33.33").await;
    let paid = plan(&desk).await;
    assert_eq!((&paid["paid_count"], &paid["paid_percent"]), (&json!(1), &json!(33)));
    assert_eq!(paid["open"], json!({ "amount": "66.67", "currency": "EUR" }));
    pay_euros(&desk, 61, "66.67").await;
    let paid = plan(&desk).await;
    assert_eq!((&paid["state"], &paid["open"]["amount"]), (&json!("paid"), &json!("0.00")));
    let sound = desk.call("verify_book", json!({})).await.expect("a report");
    assert_eq!(sound["tables_agree"], true, "{sound}");
}

#[tokio::test]
async fn what_it_makes_due_another_day_counts_in_the_books_at_the_worth_of_the_invoice() {
    let desk = owing().await;
    desk.call("agree_plan", wish(70, &[50])).await.expect("a plan");
    // The invoice in kroner was due on 24 March; of the euros the first part was missed.
    desk.clock.advance_days(24);
    assert_eq!(desk.clock.day(), day("2026-04-03"));
    assert_eq!(overdue(&desk).await, "1173.30");
    // 1 150.00 by thirds of 100.00: 383.30, 383.30 and the rest.
    assert_eq!(aged(&desk, "2026-04-03").await[0], "766.70");
    assert_eq!(aged(&desk, "2026-03-25").await[0], "1150.00");
    // Past the days of grace the invoice stands for itself again.
    desk.clock.advance_days(30);
    assert_eq!(plan(&desk).await["state"], "broken");
    assert_eq!(overdue(&desk).await, "1940.00");
    let sound = desk.call("verify_book", json!({})).await.expect("a report");
    assert_eq!(sound["tables_agree"], true, "{sound}");
}

#[tokio::test]
async fn its_missed_part_is_reminded_of_in_its_own_currency_and_its_letter_printed() {
    let desk = owing().await;
    desk.call("agree_plan", wish(70, &[50])).await.expect("a plan");
    let letter = json!({ "id": id(70), "wish": { "inline": true, "folder": null } });
    let letter = desk.call("plan_paper", letter).await.expect("a letter");
    assert!(letter["bytes"].as_u64() > Some(9));
    desk.clock.advance_days(40);
    let reminders = desk.call("reminder_plan", json!({})).await.expect("a plan");
    let messages = reminders["messages"].as_array().expect("messages");
    let euros = messages.iter().find(|it| it["total"]["currency"] == "EUR").expect("a message");
    assert_eq!(euros["total"]["amount"], "33.33");
    let asked = &euros["invoices"][0];
    assert_eq!((&asked["instalment"], &asked["instalments"]), (&json!(1), &json!(3)));
}

#[tokio::test]
async fn invoices_of_two_currencies_are_planned_apart() {
    let desk = owing().await;
    let fault = desk.call("agree_plan", wish(70, &[50, 51])).await.expect_err("two currencies");
    assert_eq!((fault.code, fault.rule.as_deref()), (Code::CannotPlan, Some("currencies")));
    desk.call("agree_plan", wish(70, &[50])).await.expect("of the euros");
    desk.call("agree_plan", wish(71, &[51])).await.expect("of the kroner");
}
