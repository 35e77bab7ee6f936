//! Payment plans: what is planned is due by its instalments, and only as long as it is kept.

use office::Code;
use serde_json::{Value, json};
use support::{TestDesk, day, id, payment};

/// Ada owes 790 and 1,580, due on 24 March; it is 10 April.
async fn late() -> TestDesk {
    let desk = TestDesk::with_student().await;
    desk.issue(50, 1).await;
    desk.issue(51, 2).await;
    desk.clock.advance_days(31);
    desk
}

/// Both invoices in three monthly parts from 1 May on.
fn wish(number: u128) -> Value {
    json!({
        "id": id(number),
        "student_id": id(1),
        "invoice_ids": [id(50), id(51)],
        "replaces": null,
        "split": {
            "count": 4, "first_due": "2026-05-01", "rhythm": "monthly", "remainder": "last",
        },
        "instalments": [],
        "grace_days": 7,
        "note": "",
    })
}

fn typed(number: u128, instalments: &[(&str, &str)]) -> Value {
    let typed = |(due, amount): &(&str, &str)| json!({ "due_date": due, "amount": amount });
    let mut wish = wish(number);
    wish["split"] = Value::Null;
    wish["instalments"] = instalments.iter().map(typed).collect();
    wish
}

async fn status(desk: &TestDesk, number: u128) -> (Value, Value, Value) {
    let found = desk.call("find_invoice", json!({ "id": id(number) })).await.expect("an invoice");
    (found["status"].clone(), found["due_by"].clone(), found["plan"].clone())
}

async fn overdue(desk: &TestDesk) -> String {
    let home = desk.call("home", json!({})).await.expect("figures");
    let student = desk.call("find_student", json!({ "id": id(1) })).await.expect("a student");
    assert_eq!(home["overdue"], student["overdue"]);
    home["overdue"]["amount"].as_str().expect("an amount").to_owned()
}

#[tokio::test]
async fn a_plan_is_tried_out_before_it_is_agreed_and_agreed_once() {
    let desk = late().await;
    let preview = desk.call("preview_plan", wish(70)).await.expect("a preview");
    let amounts: Vec<&Value> = preview["instalments"]
        .as_array()
        .expect("instalments")
        .iter()
        .map(|one| &one["amount"])
        .collect();
    assert_eq!(amounts, ["592.50", "592.50", "592.50", "592.50"]);
    assert_eq!(
        (&preview["problem"], &preview["missing"]["amount"]),
        (&Value::Null, &json!("0.00"))
    );
    let plan = desk.call("agree_plan", wish(70)).await.expect("a plan");
    assert_eq!(desk.call("agree_plan", wish(70)).await.expect("the same"), plan);
    assert_eq!((&plan["state"], &plan["total"]["amount"]), (&json!("kept"), &json!("2370.00")));
    let again = desk.call("agree_plan", wish(71)).await.expect_err("planned already");
    assert_eq!((again.code, again.rule.as_deref()), (Code::CannotPlan, Some("planned_already")));
    let report = desk.call("verify_book", json!({})).await.expect("a report");
    assert_eq!(report["tables_agree"], true);
}

#[tokio::test]
async fn what_does_not_come_to_the_open_amount_or_to_days_that_rise_is_refused() {
    let desk = late().await;
    for (instalments, rule, field) in [
        (vec![("2026-05-01", "2369.99")], "wrong_sum", "instalments"),
        (vec![("2026-04-09", "2370")], "too_early", "instalments.0.due_date"),
        (
            vec![("2026-05-01", "2000"), ("2026-05-01", "370")],
            "not_rising",
            "instalments.1.due_date",
        ),
        (vec![("2026-05-01", "2370"), ("2026-06-01", "0")], "not_positive", "instalments.1.amount"),
        (vec![("2026-05-01", "many")], "number", "instalments.0.amount"),
        (vec![], "instalments", "instalments"),
    ] {
        let fault = desk.call("agree_plan", typed(70, &instalments)).await.expect_err(rule);
        assert_eq!((fault.rule.as_deref(), fault.field.as_deref()), (Some(rule), Some(field)));
        let preview = desk.call("preview_plan", typed(70, &instalments)).await.expect("a preview");
        assert_eq!((&preview["problem"], &preview["problem_field"]), (&json!(rule), &json!(field)));
    }
    let mut stranger = wish(70);
    stranger["invoice_ids"] = json!([id(99)]);
    let fault = desk.call("agree_plan", stranger).await.expect_err("no such invoice");
    assert_eq!(fault.rule.as_deref(), Some("wrong_invoice"));
}

#[tokio::test]
async fn a_kept_plan_is_not_overdue_and_a_broken_one_falls_back() {
    let desk = late().await;
    assert_eq!(overdue(&desk).await, "2370.00");
    let instalments = [("2026-05-01", "1000"), ("2026-06-01", "1370")];
    desk.call("agree_plan", typed(70, &instalments)).await.expect("a plan");
    assert_eq!(overdue(&desk).await, "0.00");
    let kept = (json!("open"), json!("2026-05-01"), json!("kept"));
    assert_eq!(status(&desk, 50).await, kept);
    // Two days after the first instalment was missed.
    desk.clock.advance_days(23);
    assert_eq!(desk.clock.day(), day("2026-05-03"));
    assert_eq!(overdue(&desk).await, "1000.00");
    let plan = desk.call("find_plan", json!({ "id": id(70) })).await.expect("a plan");
    assert_eq!((&plan["state"], &plan["days_late"]), (&json!("late"), &json!(2)));
    assert_eq!(plan["breaks_on"], "2026-05-09");
    desk.clock.advance_days(6);
    assert_eq!(overdue(&desk).await, "2370.00");
    let broken = (json!("overdue"), json!("2026-03-24"), json!("broken"));
    assert_eq!(status(&desk, 50).await, broken);
    // Money makes it whole again.
    let money = payment(60, "2026-05-08", "1000", &[(&id(50), "790"), (&id(51), "210")]);
    desk.call("record_payment", money).await.expect("a payment");
    assert_eq!(overdue(&desk).await, "0.00");
    let plan = desk.call("find_plan", json!({ "id": id(70) })).await.expect("a plan");
    assert_eq!((&plan["state"], &plan["paid_percent"]), (&json!("kept"), &json!(42)));
    assert_eq!(plan["instalments"][0]["state"], "paid");
}

#[tokio::test]
async fn a_change_is_a_later_plan_and_an_ended_one_leaves_the_invoices_own_dates() {
    let desk = late().await;
    desk.call("agree_plan", wish(70)).await.expect("a plan");
    let mut changed = typed(71, &[("2026-07-01", "2370")]);
    changed["replaces"] = json!(id(70));
    let plan = desk.call("agree_plan", changed).await.expect("a change");
    assert_eq!(plan["replaces"], id(70));
    let old = desk.call("find_plan", json!({ "id": id(70) })).await.expect("the old plan");
    assert_eq!((&old["state"], &old["replaced_by"]), (&json!("replaced"), &json!(id(71))));
    let fault = desk.call("end_plan", json!({ "id": id(70), "reason": "x" })).await;
    assert_eq!(fault.expect_err("replaced").rule.as_deref(), Some("plan_replaced"));
    let fault = desk.call("end_plan", json!({ "id": id(71), "reason": " " })).await;
    assert_eq!(fault.expect_err("no reason").rule.as_deref(), Some("missing"));
    let end = json!({ "id": id(71), "reason": "Betaler alt" });
    let ended = desk.call("end_plan", end.clone()).await.expect("ended");
    assert_eq!((&ended["state"], &ended["open"]), (&json!("ended"), &Value::Null));
    assert_eq!(desk.call("end_plan", end).await.expect("the same"), ended);
    assert_eq!(overdue(&desk).await, "2370.00");
    let invoice = desk.call("find_invoice", json!({ "id": id(50) })).await.expect("an invoice");
    let history = invoice["history"].as_array().expect("a history");
    let told = |what: &str| history.iter().filter(|entry| entry["what"] == what).count();
    assert_eq!((told("plan_agreed"), told("plan_ended")), (2, 1));
}

#[tokio::test]
async fn each_missed_instalment_is_reminded_by_itself() {
    let desk = late().await;
    let instalments = [("2026-05-01", "1000"), ("2026-06-01", "1370")];
    let mut wish = typed(70, &instalments);
    wish["grace_days"] = json!(60);
    desk.call("agree_plan", wish).await.expect("a plan");
    desk.clock.advance_days(35);
    let plan = desk.call("reminder_plan", json!({})).await.expect("a plan");
    let message = &plan["messages"][0];
    assert_eq!(
        (&message["total"]["amount"], &message["level"]),
        (&json!("1000.00"), &json!("first"))
    );
    let invoices = message["invoices"].as_array().expect("invoices");
    assert_eq!(invoices.len(), 2);
    assert!(invoices.iter().all(|one| one["instalment"] == 1 && one["instalments"] == 2));
    let chosen = json!({ "student_id": id(1), "level": "first", "channel": "letter" });
    let sent = desk.call("send_reminders", json!({ "id": id(80), "messages": [chosen] })).await;
    let letter = &sent.expect("sent")["letter_ids"][0];
    let paper = json!({
        "ids": [letter], "planned": null, "wish": { "inline": true, "folder": null },
    });
    assert!(
        desk.call("reminder_paper", paper).await.expect("a letter")["bytes"].as_u64() > Some(9)
    );
    // The second instalment begins with a first reminder of its own.
    desk.clock.advance_days(35);
    let plan = desk.call("reminder_plan", json!({})).await.expect("a plan");
    let levels: Vec<_> = plan["messages"]
        .as_array()
        .expect("messages")
        .iter()
        .map(|message| (&message["level"], &message["invoices"][0]["instalment"]))
        .collect();
    assert_eq!(levels, [(&json!("final"), &json!(1)), (&json!("first"), &json!(2))]);
}

#[tokio::test]
async fn the_letter_of_a_plan_is_printed_while_it_holds() {
    let desk = late().await;
    desk.call("agree_plan", wish(70)).await.expect("a plan");
    let request = json!({ "id": id(70), "wish": { "inline": true, "folder": null } });
    let file = desk.call("plan_paper", request.clone()).await.expect("a letter");
    assert_eq!(file["name"], "Betalingsplan-1001-2026-04-10.pdf");
    desk.call("end_plan", json!({ "id": id(70), "reason": "x" })).await.expect("ended");
    let fault = desk.call("plan_paper", request).await.expect_err("over");
    assert_eq!(fault.rule.as_deref(), Some("plan_over"));
}
