//! Invoices that come again: each date once, whatever the desk did meanwhile.

use finance::fact::FactBody;
use finance::recurring::Recurring;
use office::rpc::dispatch;
use office::{Actor, Role};
use serde_json::{Value, json};
use support::{TestDesk, id, line, payer, student};

fn template(issue: bool) -> Value {
    json!({
        "id": id(400), "name": "Parking", "department_id": null, "student_ids": [id(1)],
        "lines": [line("KT-B", 1, "790.00", "3")], "payers": null, "discount": null,
        "reference": "", "note": "",
        "rhythm": "monthly", "every": 1, "day": 31, "from": "2026-03-10", "until": null,
        "count": null, "terms": { "from": "issue", "days": 14 }, "issue": issue,
    })
}

async fn saved(issue: bool) -> TestDesk {
    let desk = TestDesk::with_student().await;
    let view = desk.call("save_recurring", template(issue)).await.expect("saved");
    assert_eq!(view["dates"][0]["date"], "2026-03-31");
    assert_eq!(view["dates"][1]["date"], "2026-04-30");
    assert_eq!(view["row"]["gross"]["amount"], "790.00");
    assert_eq!(view["row"]["due"], 0);
    desk
}

async fn run(desk: &TestDesk) -> (u64, u64) {
    let run = desk.call("make_recurring", json!({})).await.expect("made");
    assert_eq!(run["kept_back"], 0);
    (run["drafts"].as_u64().expect("a count"), run["issued"].as_u64().expect("a count"))
}

async fn list(desk: &TestDesk) -> Value {
    desk.call("list_recurring", json!({})).await.expect("a list")
}

async fn counts(desk: &TestDesk) -> Value {
    let filter = json!({
        "view": "all", "query": "", "student_id": null, "department_id": null,
        "issued_from": null, "issued_to": null, "due_from": null, "due_to": null,
        "amount_from": null, "amount_to": null,
    });
    desk.call("invoice_counts", filter).await.expect("counts")
}

#[tokio::test]
async fn a_desk_that_slept_makes_each_date_once() {
    let desk = saved(true).await;
    assert_eq!(run(&desk).await, (0, 0));
    desk.clock.advance_days(85);
    let due = list(&desk).await["due"].clone();
    let dates: Vec<&str> =
        due.as_array().expect("dates").iter().filter_map(|due| due["date"].as_str()).collect();
    assert_eq!(dates, ["2026-03-31", "2026-04-30", "2026-05-31"]);
    assert_eq!((&due[0]["missed"], &due[0]["gross"]["amount"]), (&json!(true), &json!("790.00")));
    assert_eq!(run(&desk).await, (0, 3));
    assert_eq!(run(&desk).await, (0, 0));
    assert_eq!(counts(&desk).await["open"], 3);
    let list = list(&desk).await;
    assert_eq!((&list["due"], &list["last_on"]), (&json!([]), &json!("2026-06-03")));
    assert_eq!(list["last"].as_array().map(Vec::len), Some(3));
    let row = &list["rows"][0];
    assert_eq!(
        (&row["made"], &row["last"], &row["state"]),
        (&json!(3), &json!("2026-05-31"), &json!("active"))
    );
    let report = desk.call("verify_book", json!({})).await.expect("checked");
    assert_eq!(report["tables_agree"], true);
}

#[tokio::test]
async fn a_draft_that_was_thrown_away_is_not_made_again() {
    let desk = saved(false).await;
    desk.clock.advance_days(21);
    assert_eq!(run(&desk).await, (1, 0));
    let filter = json!({
        "view": "draft", "query": "", "student_id": null, "department_id": null,
        "issued_from": null, "issued_to": null, "due_from": null, "due_to": null,
        "amount_from": null, "amount_to": null,
    });
    let window = json!({ "offset": 0, "limit": 10 });
    let page = json!({ "filter": filter, "order": null, "window": window });
    let page = desk.call("list_invoices", page).await.expect("a page");
    let draft = page["rows"][0]["id"].clone();
    desk.call("delete_draft", json!({ "id": draft })).await.expect("thrown away");
    assert_eq!(run(&desk).await, (0, 0));
    assert_eq!(counts(&desk).await["draft"], 0);
}

#[tokio::test]
async fn what_passes_in_a_pause_is_left_out_and_what_has_ended_stays_so() {
    let desk = saved(true).await;
    let state = |state: &str| json!({ "id": id(400), "state": state });
    desk.call("set_recurring_state", state("paused")).await.expect("paused");
    desk.clock.advance_days(50);
    assert_eq!(run(&desk).await, (0, 0));
    desk.call("set_recurring_state", state("active")).await.expect("goes on");
    assert_eq!(run(&desk).await, (0, 0));
    desk.clock.advance_days(2);
    assert_eq!(run(&desk).await, (0, 1));
    desk.call("set_recurring_state", state("ended")).await.expect("ended");
    let fault = desk.call("set_recurring_state", state("active")).await.expect_err("refused");
    assert_eq!(fault.rule.as_deref(), Some("recurring_ended"));
}

#[tokio::test]
async fn what_cannot_be_issued_becomes_a_draft_and_holds_up_nobody() {
    let desk = TestDesk::with_student().await;
    let mut broken = template(true);
    broken["lines"][0]["tax_code"] = json!("99");
    let view = desk.call("save_recurring", broken).await.expect("saved");
    assert_eq!(view["checks"][0]["outcome"], "error");
    let mut sound = template(true);
    (sound["id"], sound["name"]) = (json!(id(401)), json!("Zone"));
    desk.call("save_recurring", sound).await.expect("saved");
    desk.clock.advance_days(21);
    let run = desk.call("make_recurring", json!({})).await.expect("made");
    assert_eq!(run, json!({ "drafts": 0, "issued": 1, "kept_back": 1 }));
    let last = list(&desk).await["last"].clone();
    assert_eq!((&last[0]["kept_back"], &last[0]["kind"]), (&json!(true), &json!("draft")));
    assert_eq!((&last[1]["kept_back"], &last[1]["kind"]), (&json!(false), &json!("invoice")));
}

#[tokio::test]
async fn a_day_begins_once_and_what_is_set_later_waits_for_the_next() {
    let desk = saved(true).await;
    desk.clock.advance_days(21);
    desk.desk.tick().await;
    assert_eq!(counts(&desk).await["open"], 1);
    let mut late = template(true);
    (late["id"], late["from"], late["day"]) = (json!(id(401)), json!("2026-03-31"), json!(31));
    desk.call("save_recurring", late).await.expect("saved");
    desk.desk.tick().await;
    assert_eq!(counts(&desk).await["open"], 1);
    desk.clock.advance_days(1);
    desk.desk.tick().await;
    assert_eq!(counts(&desk).await["open"], 2);
}

#[tokio::test]
async fn two_who_press_at_once_make_each_date_once() {
    let desk = saved(true).await;
    desk.clock.advance_days(85);
    let (one, other) = tokio::join!(run(&desk), run(&desk));
    assert_eq!(one.1 + other.1, 3);
    assert_eq!(counts(&desk).await["open"], 3);
}

/// Lets another desk have the template.
async fn give_away(desk: &TestDesk) {
    let office = desk.desk.office().await.expect("open");
    let row = office.store.read().await.expect("a view").recurring().await.expect("rows").remove(0);
    let given = Recurring { desk: "B".to_owned(), ..row.recurring };
    let body = FactBody::RecurringSet(Box::new(given));
    office.record_alone(&Actor::owner(), [body]).await.expect("recorded");
}

#[tokio::test]
async fn only_the_desk_that_has_a_template_makes_it_until_another_takes_it() {
    let desk = saved(true).await;
    give_away(&desk).await;
    desk.clock.advance_days(21);
    assert_eq!(run(&desk).await, (0, 0));
    let list = list(&desk).await;
    assert_eq!((&list["rows"][0]["is_here"], &list["due"]), (&json!(false), &json!([])));
    let taken = json!({ "id": id(400), "state": "active", "here": true });
    desk.call("set_recurring_state", taken).await.expect("taken");
    assert_eq!(run(&desk).await, (0, 1));
}

#[tokio::test]
async fn who_pays_by_default_pays_unless_the_template_names_somebody() {
    let desk = saved(true).await;
    for (number, name) in [(800, "Mother Berg"), (801, "Fjord Transport")] {
        desk.call("save_payer", payer(number, name)).await.expect("a payer");
    }
    let rest = |number: u128| json!([{ "payer_id": id(number), "part": "rest", "value": "", "reference": "" }]);
    let shares = json!({ "student_id": id(1), "shares": rest(800) });
    desk.call("save_student_payers", shares).await.expect("set");
    let mut named = template(true);
    (named["id"], named["name"], named["payers"]) = (json!(id(401)), json!("Zone"), rest(801));
    let view = desk.call("save_recurring", named).await.expect("saved");
    assert_eq!(view["row"]["payers"], json!(["Fjord Transport"]));
    desk.clock.advance_days(21);
    assert_eq!(run(&desk).await, (0, 2));
    let last = list(&desk).await["last"].clone();
    let mut buyers = Vec::new();
    for made in last.as_array().expect("rows") {
        let request = json!({ "id": made["document_id"] });
        let invoice = desk.call("find_invoice", request).await.expect("an invoice");
        buyers.push(invoice["buyer"]["name"].clone());
    }
    assert_eq!(buyers, [json!("Mother Berg"), json!("Fjord Transport")]);
}

#[tokio::test]
async fn a_preview_says_what_has_come_what_comes_next_and_what_it_comes_to() {
    let desk = TestDesk::with_student().await;
    desk.call("register_student", student(2, "Bo Foss")).await.expect("a student");
    let mut request = template(false);
    request["student_ids"] = json!([id(1), id(2)]);
    request["from"] = json!("2026-01-31");
    request["count"] = json!(4);
    let preview = desk.call("preview_recurring", request).await.expect("a preview");
    assert_eq!((&preview["due"], &preview["all"]), (&json!(2), &json!(4)));
    let dates: Vec<(&str, bool)> = preview["dates"]
        .as_array()
        .expect("dates")
        .iter()
        .filter_map(|date| Some((date["date"].as_str()?, date["due"].as_bool()?)))
        .collect();
    let expected =
        [("2026-01-31", true), ("2026-02-28", true), ("2026-03-31", false), ("2026-04-30", false)];
    assert_eq!(dates, expected);
    assert_eq!(preview["dates"][0]["gross"]["amount"], "1580.00");
}

#[tokio::test]
async fn who_sees_one_department_sees_and_sets_only_templates_of_its_students() {
    let desk = TestDesk::with_student().await;
    for (number, name) in [(700, "Own"), (701, "Foreign")] {
        let department = json!({ "id": id(number), "name": name });
        desk.call("save_department", department).await.expect("a department");
    }
    for (number, department) in [(11, 700), (12, 701)] {
        let mut form = student(number, "Somebody");
        form["department_id"] = json!(id(department));
        desk.call("register_student", form).await.expect("a student");
        let mut wish = template(true);
        (wish["id"], wish["student_ids"]) = (json!(id(400 + number)), json!([id(number)]));
        desk.call("save_recurring", wish).await.expect("saved");
    }
    let own = finance::ids::DepartmentId(uuid::Uuid::parse_str(&id(700)).expect("an id"));
    let clerk = Actor { role: Role::Staff, departments: vec![own], ..Actor::owner() };
    let seen = dispatch(&desk.desk, &clerk, "list_recurring", json!({})).await.expect("a list");
    let seen: Value = serde_json::from_str(seen.get()).expect("JSON");
    assert_eq!(seen["rows"].as_array().map(Vec::len), Some(1));
    assert_eq!(seen["rows"][0]["template"]["id"], json!(id(411)));
    let mut both = template(true);
    (both["id"], both["student_ids"]) = (json!(id(402)), json!([id(11), id(12)]));
    dispatch(&desk.desk, &clerk, "save_recurring", both).await.expect_err("refused");
    let mut theirs = template(true);
    (theirs["id"], theirs["student_ids"]) = (json!(id(403)), json!([id(11)]));
    dispatch(&desk.desk, &clerk, "save_recurring", theirs).await.expect("saved");
}

async fn euro(desk: &TestDesk, rate: &str, on: &str) {
    let wish = json!({ "currency": "EUR", "rate": rate, "on": on, "source": "" });
    desk.call("set_exchange_rate", wish).await.expect("a rate");
}

#[tokio::test]
async fn a_template_in_euros_is_issued_by_the_rate_of_the_day_and_waits_where_none_is_known() {
    let desk = TestDesk::with_student().await;
    let mut euros = template(true);
    euros["currency"] = json!("EUR");
    euros["lines"] = json!([line("KT-B", 1, "100.00", "3")]);
    let view = desk.call("save_recurring", &euros).await.expect("saved");
    assert_eq!(view["row"]["template"]["currency"], "EUR");
    assert_eq!(view["row"]["gross"], json!({ "amount": "100.00", "currency": "EUR" }));
    assert_eq!(view["checks"][0]["code"], "no_rate");
    desk.clock.advance_days(21);
    let made = desk.call("make_recurring", json!({})).await.expect("made");
    assert_eq!((&made["issued"], &made["kept_back"]), (&json!(0), &json!(1)));
    let held = list(&desk).await["last"][0].clone();
    assert_eq!((&held["kept_back"], &held["gross"]["currency"]), (&json!(true), &json!("EUR")));
    let draft = desk.call("find_draft", json!({ "id": held["document_id"] })).await;
    let draft = draft.expect("a draft");
    assert!(draft["checks"].as_array().expect("checks").iter().any(|it| it["code"] == "no_rate"));

    // The agency pays what 230.00 kroner are in euros that day.
    euro(&desk, "11.5", "2026-04-01").await;
    desk.call("save_payer", payer(800, "NAV Testby")).await.expect("an agency");
    let shares = json!({ "student_id": id(1), "shares": [
        { "payer_id": id(800), "part": "amount", "value": "230", "reference": "" },
        { "payer_id": null, "part": "rest", "value": "", "reference": "" },
    ] });
    desk.call("save_student_payers", shares).await.expect("set");
    desk.clock.advance_days(30);
    assert_eq!(run(&desk).await, (0, 1));
    assert_eq!(run(&desk).await, (0, 0));
    let issued = list(&desk).await["last"][0].clone();
    assert_eq!(issued["gross"], json!({ "amount": "100.00", "currency": "EUR" }));
    let invoice = desk.call("find_invoice", json!({ "id": issued["document_id"] })).await;
    let invoice = invoice.expect("an invoice");
    assert_eq!(invoice["exchange"]["rate"], "11.5");
    assert_eq!(invoice["open"], json!({ "amount": "20.00", "currency": "EUR" }));
}
