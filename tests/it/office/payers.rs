//! Who pays: one payer, several with a share each, by default or for one invoice.

use serde_json::{Value, json};
use support::{TestDesk, draft, id, line, payer, payment, share};

const AGENCY: u128 = 70;
const GUARDIAN: u128 = 71;

/// A desk with a student, an agency and a guardian.
async fn with_payers() -> TestDesk {
    let desk = TestDesk::with_student().await;
    desk.call("save_payer", payer(AGENCY, "NAV Testby")).await.expect("an agency");
    let mut guardian = payer(GUARDIAN, "Grete Berg");
    guardian["kind"] = json!("guardian");
    guardian["org_number"] = json!("");
    guardian["reference"] = json!("");
    desk.call("save_payer", guardian).await.expect("a guardian");
    desk
}

fn lesson(desk: &TestDesk, number: u128, payers: &[Value]) -> Value {
    let today = desk.clock.day().to_string();
    let lines = [line("Kjøretime", 2, "849.99", "3"), line("Lærebok", 1, "333.33", "5")];
    let mut draft = draft(number, 1, &today, &lines);
    draft["payers"] = json!(payers);
    draft
}

async fn issue(desk: &TestDesk, draft: Value) -> Value {
    desk.call("issue_invoice", json!({ "draft": draft })).await.expect("an invoice")
}

fn amount(value: &Value) -> &str {
    value["amount"].as_str().expect("an amount")
}

#[tokio::test]
async fn an_invoice_to_a_payer_names_it_and_stays_on_the_students_account() {
    let desk = with_payers().await;
    let invoice = issue(&desk, lesson(&desk, 50, &[share(Some(AGENCY), "rest", "")])).await;
    assert_eq!(invoice["buyer"]["name"], "NAV Testby");
    assert_eq!(invoice["student"], "Ada Berg");
    assert_eq!(invoice["payer"]["org_number"], "889 640 782");
    assert_eq!(invoice["reference"], "PO 77");
    assert_eq!(invoice["split"], Value::Null);
    let student = desk.call("find_student", json!({ "id": id(1) })).await.expect("a student");
    assert_eq!(student["balance"], invoice["open"]);
    let payer = desk.call("find_payer", json!({ "id": id(AGENCY) })).await.expect("a payer");
    assert_eq!(payer["row"]["open"], invoice["open"]);
    let filter = json!({ "view": "all", "query": "", "payer_id": id(AGENCY) });
    let window = json!({ "offset": 0, "limit": 10 });
    let asked = json!({ "filter": filter, "order": null, "window": window });
    let page = desk.call("list_invoices", asked).await.expect("a page");
    assert_eq!((&page["total"], &page["rows"][0]["payer"]), (&json!(1), &json!("NAV Testby")));
}

#[tokio::test]
async fn a_split_makes_one_invoice_for_each_payer_that_add_up_to_the_draft() {
    let desk = with_payers().await;
    let shares = [
        share(Some(AGENCY), "amount", "1000.00"),
        share(Some(GUARDIAN), "percent", "33.33"),
        share(None, "rest", ""),
    ];
    let typed = lesson(&desk, 50, &shares);
    let view = desk.call("price_draft", typed.clone()).await.expect("priced");
    let whole = view["totals"]["gross"].clone();
    assert_eq!(amount(&whole), "2033.31");
    let names: Vec<&Value> = view["parts"].as_array().expect("parts").iter().collect();
    assert_eq!(names.len(), 3);
    assert_eq!((&names[0]["number"], &names[2]["number"]), (&json!("A-1"), &json!("A-3")));
    let first = issue(&desk, typed.clone()).await;
    let again = issue(&desk, typed).await;
    assert_eq!(first, again, "asked twice, split once");
    let parts = first["split"]["parts"].as_array().expect("parts");
    let amounts: Vec<&str> = parts.iter().map(|part| amount(&part["gross"])).collect();
    assert_eq!(amounts, ["1000.00", "677.70", "355.61"]);
    assert_eq!(first["split"]["whole"], whole);
    let buyers: Vec<&Value> = parts.iter().map(|part| &part["buyer"]).collect();
    assert_eq!(buyers, ["NAV Testby", "Grete Berg", "Ada Berg"]);
    let third = desk.call("find_invoice", json!({ "id": parts[2]["id"] })).await.expect("third");
    assert_eq!((&third["number"], &third["split"]["place"]), (&json!("A-3"), &json!(3)));
    assert_eq!(third["payer"], Value::Null);
    let student = desk.call("find_student", json!({ "id": id(1) })).await.expect("a student");
    assert_eq!(student["balance"], whole);
    let report = desk.call("verify_book", json!({})).await.expect("checked");
    assert_eq!(report["tables_agree"], true, "{report}");
}

#[tokio::test]
async fn a_split_that_does_not_add_up_is_refused_with_what_is_left() {
    let desk = with_payers().await;
    let shares = [share(Some(AGENCY), "percent", "50"), share(None, "percent", "40")];
    let fault = desk
        .call("issue_invoice", json!({ "draft": lesson(&desk, 50, &shares) }))
        .await
        .expect_err("refused");
    assert_eq!(fault.rule.as_deref(), Some("split_left"));
    assert_eq!(fault.params["left"], "203.33");
    let shares = [share(Some(AGENCY), "rest", ""), share(Some(AGENCY), "percent", "10")];
    let fault = desk
        .call("issue_invoice", json!({ "draft": lesson(&desk, 51, &shares) }))
        .await
        .expect_err("refused");
    assert_eq!(fault.rule.as_deref(), Some("payer_twice"));
    let invoice = issue(&desk, lesson(&desk, 52, &[])).await;
    assert_eq!(invoice["number"], "A-1", "what is refused takes no number");
}

#[tokio::test]
async fn a_credit_note_for_a_part_goes_to_its_payer() {
    let desk = with_payers().await;
    let shares = [share(Some(AGENCY), "percent", "50"), share(None, "rest", "")];
    let first = issue(&desk, lesson(&desk, 50, &shares)).await;
    let wish = json!({
        "id": id(80), "invoice_id": first["id"], "issue_date": first["issue_date"],
        "reason": "Fell through", "lines": [],
    });
    let note = desk.call("credit_invoice", wish).await.expect("a credit note");
    assert_eq!(note["student"], "Ada Berg");
    assert_eq!(note["totals"]["vat"], first["totals"]["vat"]);
    let after = desk.call("find_invoice", json!({ "id": id(50) })).await.expect("an invoice");
    assert_eq!(after["status"], "credited");
}

#[tokio::test]
async fn default_payers_are_checked_for_invoices_of_any_size() {
    let desk = with_payers().await;
    let save = async |shares: &[Value]| {
        let wish = json!({ "student_id": id(1), "shares": shares });
        desk.call("save_student_payers", wish).await
    };
    let rule = |fault: office::Fault| fault.rule.unwrap_or_default();
    let no_rest = [share(Some(AGENCY), "amount", "500")];
    assert_eq!(rule(save(&no_rest).await.expect_err("refused")), "split_needs_rest");
    let half = [share(Some(AGENCY), "percent", "50")];
    assert_eq!(rule(save(&half).await.expect_err("refused")), "split_not_all");
    let unknown = [share(Some(999), "rest", "")];
    assert_eq!(rule(save(&unknown).await.expect_err("refused")), "payer");
    let both = [share(Some(AGENCY), "percent", "60"), share(None, "rest", "")];
    let saved = save(&both).await.expect("saved");
    assert_eq!(saved["shares"][0]["name"], "NAV Testby");
    let view = desk.call("price_draft", lesson(&desk, 50, &[])).await.expect("priced");
    assert_eq!(view["default_payers"], saved["shares"]);
    let payer = desk.call("find_payer", json!({ "id": id(AGENCY) })).await.expect("a payer");
    assert_eq!(payer["students"][0]["name"], "Ada Berg");
    assert_eq!(save(&[share(None, "rest", "")]).await.expect("saved")["shares"], json!([]));
}

#[tokio::test]
async fn saving_a_payer_twice_changes_nothing_and_gives_it_one_number() {
    let desk = TestDesk::with_student().await;
    let first = desk.call("save_payer", payer(AGENCY, "NAV Testby")).await.expect("a payer");
    let second = desk.call("save_payer", payer(AGENCY, "NAV Testby")).await.expect("the same");
    assert_eq!(first, second);
    assert_eq!(first["row"]["number"], "P1001");
    let renamed = desk.call("save_payer", payer(AGENCY, "NAV")).await.expect("renamed");
    assert_eq!(renamed["row"]["number"], "P1001");
    let report = desk.call("verify_book", json!({})).await.expect("checked");
    assert_eq!(report["tables_agree"], true, "{report}");
}

#[tokio::test]
async fn a_discount_of_the_document_comes_off_before_vat() {
    let desk = TestDesk::with_student().await;
    let mut draft = lesson(&desk, 50, &[]);
    draft["discount"] = json!({ "kind": "percent", "value": "10" });
    let invoice = issue(&desk, draft).await;
    assert_eq!(amount(&invoice["totals"]["discount"]), "203.33");
    assert_eq!(amount(&invoice["totals"]["gross"]), "1829.98");
    assert_eq!(amount(&invoice["lines"][0]["amount"]), "1699.98");
    assert_eq!(invoice["discount"], json!({ "kind": "percent", "value": "10" }));
    let mut too_much = lesson(&desk, 51, &[]);
    too_much["discount"] = json!({ "kind": "amount", "value": "3000" });
    let wish = json!({ "draft": too_much });
    let fault = desk.call("issue_invoice", wish).await.expect_err("refused");
    assert_eq!(fault.rule.as_deref(), Some("document_discount"));
    assert_eq!(fault.field.as_deref(), Some("discount"));
}

#[tokio::test]
async fn the_due_date_follows_from_terms() {
    let desk = TestDesk::with_student().await;
    let terms = json!({ "from": "end_of_month", "days": 15 });
    let tables = desk.call("save_terms", json!({ "terms": terms })).await.expect("tables");
    assert_eq!(tables["terms"], terms);
    let mut draft = lesson(&desk, 50, &[]);
    draft["issue_date"] = json!("2026-02-03");
    draft["terms"] = terms.clone();
    let invoice = issue(&desk, draft).await;
    assert_eq!(invoice["due_date"], "2026-03-15");
    assert_eq!(invoice["terms"], terms);
}

#[tokio::test]
async fn a_reminder_goes_to_who_was_asked_to_pay() {
    let desk = with_payers().await;
    issue(&desk, lesson(&desk, 50, &[share(Some(AGENCY), "rest", "")])).await;
    issue(&desk, lesson(&desk, 51, &[])).await;
    desk.clock.advance_days(40);
    let plan = desk.call("reminder_plan", json!({})).await.expect("a plan");
    let messages = plan["messages"].as_array().expect("messages");
    let payers: Vec<&Value> = messages.iter().map(|message| &message["payer"]).collect();
    assert_eq!(payers, ["", "NAV Testby"]);
    let chosen = json!({
        "student_id": id(1), "payer_id": id(AGENCY), "level": "first", "channel": "letter",
    });
    let request = json!({ "id": id(90), "messages": [chosen] });
    desk.call("send_reminders", request).await.expect("made");
    let asked = json!({
        "student_id": null, "invoice_id": null, "unsent": false,
        "window": { "offset": 0, "limit": 10 },
    });
    let page = desk.call("list_reminders", asked).await.expect("a page");
    assert_eq!(page["rows"][0]["payer"], "NAV Testby");
    assert_eq!(page["rows"][0]["numbers"], json!(["A-1"]));
    let report = desk.call("verify_book", json!({})).await.expect("checked");
    assert_eq!(report["tables_agree"], true, "{report}");
}

async fn by_payer(desk: &TestDesk, as_of: &str) -> Value {
    let asked = json!({ "as_of": as_of, "by": "due", "buckets": [] });
    desk.call("ageing_by_payer", asked).await.expect("an ageing list")
}

async fn stated(desk: &TestDesk, to: &str, style: &str) -> Value {
    let asked = json!({ "payer_id": id(AGENCY), "from": null, "to": to, "style": style });
    desk.call("payer_statement", asked).await.expect("a statement")
}

#[tokio::test]
async fn what_is_owed_stands_at_who_is_asked_for_it_and_opens_to_its_rows() {
    let desk = with_payers().await;
    let billed = issue(&desk, lesson(&desk, 50, &[share(Some(AGENCY), "rest", "")])).await;
    let own = desk.issue(51, 1).await;
    desk.clock.advance_days(20);
    let billed = billed["id"].as_str().expect("an id");
    let money = payment(60, "2026-03-30", "1400", &[(billed, "500"), (&own, "790")]);
    desk.call("record_payment", money).await.expect("a payment");
    let view = by_payer(&desk, "2026-03-30").await;
    let rows = view["rows"].as_array().expect("rows");
    assert_eq!(rows.len(), 2, "{view}");
    assert_eq!((&rows[0]["kind"], &rows[0]["student_id"]), (&json!("student"), &json!(id(1))));
    assert_eq!((amount(&rows[0]["credit"]), amount(&rows[0]["balance"])), ("110.00", "-110.00"));
    assert_eq!((&rows[1]["kind"], &rows[1]["payer_id"]), (&json!("agency"), &json!(id(AGENCY))));
    assert_eq!((&rows[1]["name"], &rows[1]["students"]), (&json!("NAV Testby"), &json!(1)));
    assert_eq!(amount(&rows[1]["balance"]), "1533.31");
    let asked = json!({ "as_of": "2026-03-30", "by": "due", "buckets": [] });
    let students = desk.call("ageing", asked).await.expect("an ageing list");
    for sum in ["columns", "credit", "balance"] {
        assert_eq!(view[sum], students[sum], "the same {sum}");
    }
    let before = by_payer(&desk, "2026-03-29").await;
    assert_eq!(amount(&before["rows"][1]["balance"]), "2033.31");
    let items = async |payer: &str| {
        let window = json!({ "offset": 0, "limit": 10 });
        let cell = json!({ "as_of": "2026-03-29", "by": "due", "buckets": [], "column": null,
            "credit": false, "payer_id": payer, "window": window });
        desk.call("ageing_items", cell).await.expect("items")
    };
    let of_agency = items(&id(AGENCY)).await;
    assert_eq!((amount(&of_agency["left"]), &of_agency["total"]), ("2033.31", &json!(1)));
    let themselves = items("").await;
    assert_eq!(
        (amount(&themselves["left"]), &themselves["rows"][0]["id"]),
        ("790.00", &json!(own))
    );
}

#[tokio::test]
async fn the_statement_of_a_payer_tells_what_it_was_asked_for_and_what_was_set_against_it() {
    let desk = with_payers().await;
    let billed = issue(&desk, lesson(&desk, 50, &[share(Some(AGENCY), "rest", "")])).await;
    desk.issue(51, 1).await;
    desk.clock.advance_days(20);
    let billed = billed["id"].as_str().expect("an id");
    let money = payment(60, "2026-03-30", "700", &[(billed, "500")]);
    desk.call("record_payment", money).await.expect("a payment");
    let view = stated(&desk, "2026-03-30", "activity").await;
    let kinds: Vec<&Value> =
        view["rows"].as_array().expect("rows").iter().map(|r| &r["kind"]).collect();
    assert_eq!(kinds, ["invoice", "payment"]);
    assert_eq!(view["rows"][1]["student"], "Ada Berg");
    assert_eq!(
        (amount(&view["rows"][1]["amount"]), amount(&view["closing"])),
        ("-500.00", "1533.31")
    );
    assert_eq!(view["ageing"]["balance"], view["closing"]);
    let reversed = json!({ "payment_id": id(60), "amount": "700", "on": "2026-03-30",
        "reason": "Wrong account" });
    desk.call("reverse_payment", reversed).await.expect("taken back");
    let view = stated(&desk, "2026-03-30", "activity").await;
    assert_eq!(
        (&view["rows"][2]["kind"], amount(&view["closing"])),
        (&json!("released"), "2033.31")
    );
    let open = stated(&desk, "2026-03-30", "open").await;
    assert_eq!(
        (amount(&open["rows"][0]["left"]), &open["rows"][0]["student"]),
        ("2033.31", &json!("Ada Berg"))
    );
    for format in ["pdf", "csv"] {
        let wanted = json!({ "payer_id": id(AGENCY), "student_ids": [], "from": null,
            "to": "2026-03-30", "style": "activity", "format": format, "wish": { "inline": true } });
        let file = desk.call("statement_file", wanted).await.expect("a file");
        let name = file["name"].as_str().expect("a name");
        assert!(name.ends_with(format) && name.contains("P1"), "{name}");
    }
}
