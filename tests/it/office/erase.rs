//! A person who goes: handed out what is known of them, and erased but for what the law keeps.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use office::Code;
use serde_json::{Value, json};
use support::{TestDesk, draft, line, payer, service, share};

async fn erase(desk: &TestDesk, number: &str) -> Result<Value, office::Fault> {
    let request = json!({ "id": support::id(1), "number": number, "ground": "asked" });
    desk.call("erase_person", request).await
}

/// A student with an invoice that is paid, a draft, and a payment with a note of theirs.
async fn settled() -> (TestDesk, String) {
    let desk = TestDesk::with_student().await;
    let invoice = desk.issue(50, 1).await;
    let mut money = support::payment(60, "2026-03-10", "790", &[(&invoice, "790")]);
    money["note"] = json!("Ada Berg paid at the desk");
    money["reference"] = json!("from Ada Berg");
    desk.call("record_payment", money).await.expect("a payment");
    (desk, invoice)
}

async fn findings(desk: &TestDesk) -> Value {
    desk.call("verify_book", json!({})).await.expect("a report")["findings"].clone()
}

#[tokio::test]
async fn a_person_goes_and_the_law_keeps_the_buyer_of_an_invoice() {
    let (desk, invoice) = settled().await;
    assert_eq!(findings(&desk).await, json!([]));
    let plan = desk.call("student_erasure", json!({ "id": support::id(1) })).await.expect("a plan");
    assert_eq!((&plan["obstacle"], &plan["kept"]), (&Value::Null, &json!(1)));
    assert_eq!(plan["kept_until"], "2031-12-31");
    let done = erase(&desk, "1001").await.expect("erased");
    assert_eq!(done["erased"][0]["kept_until"], "2031-12-31");
    let student = json!({ "id": support::id(1) });
    let student = desk.call("find_student", student).await.expect("a student");
    assert_eq!(student["person"]["name"], "(1001)");
    assert_eq!(student["person"]["address"]["line1"], "");
    let paid = desk.call("find_payment", json!({ "id": support::id(60) })).await.expect("it");
    assert_eq!((&paid["note"], &paid["reference"]), (&json!(""), &json!("")));
    assert_eq!(paid["amount"]["amount"], "790.00");
    let kept = desk.call("find_invoice", json!({ "id": invoice })).await.expect("an invoice");
    assert_eq!(kept["buyer"]["name"], "Ada Berg");
    assert_eq!(findings(&desk).await, json!([]));
    let found = json!({ "query": "Ada", "limit": 10 });
    let found = desk.call("search", found).await.expect("hits");
    assert_eq!(found["hits"], json!([]), "{found}");
}

#[tokio::test]
async fn what_the_law_lets_go_later_goes_when_it_is_asked_again() {
    let (desk, invoice) = settled().await;
    erase(&desk, "1001").await.expect("erased");
    // From the tenth of March 2026 to the first day of 2032.
    desk.clock.advance_days(2_123);
    let plan = desk.call("student_erasure", json!({ "id": support::id(1) })).await.expect("a plan");
    assert_eq!((&plan["kept"], &plan["kept_until"]), (&json!(0), &Value::Null));
    erase(&desk, "1001").await.expect("erased");
    let shown = desk.call("find_invoice", json!({ "id": invoice })).await.expect("an invoice");
    assert_eq!(shown["buyer"]["name"], "");
    assert_eq!((&shown["number"], &shown["status"]), (&json!("A-1"), &json!("paid")));
    assert_eq!(shown["totals"]["gross"]["amount"], "790.00");
    assert_eq!(findings(&desk).await, json!([]));
}

#[tokio::test]
async fn nobody_is_erased_by_a_slip_or_while_money_is_owed() {
    let desk = TestDesk::with_student().await;
    let wrong = erase(&desk, "1002").await.expect_err("the number");
    assert_eq!(wrong.rule.as_deref(), Some("confirm_number"));
    let invoice = desk.issue(50, 1).await;
    let owes = erase(&desk, "1001").await.expect_err("money is owed");
    assert_eq!(owes.rule.as_deref(), Some("owes"));
    let money = support::payment(60, "2026-03-10", "800", &[(&invoice, "790")]);
    desk.call("record_payment", money).await.expect("a payment");
    let credit = erase(&desk, "1001").await.expect_err("credit is left");
    assert_eq!(credit.rule.as_deref(), Some("has_credit"));
}

#[tokio::test]
async fn a_guardian_goes_with_the_student_unless_somebody_else_is_paid_for() {
    let (desk, _) = settled().await;
    desk.register(2, "Bo Vik").await;
    for (number, name) in [(70, "Grete Berg"), (71, "Geir Vik")] {
        let mut guardian = payer(number, name);
        guardian["kind"] = json!("guardian");
        guardian["org_number"] = json!("");
        desk.call("save_payer", guardian).await.expect("a guardian");
    }
    let half = |payer, rest: &str| share(Some(payer), rest, if rest == "rest" { "" } else { "50" });
    for (student, shares) in
        [(1, vec![half(70, "percent"), half(71, "rest")]), (2, vec![half(71, "rest")])]
    {
        let wish = json!({ "student_id": support::id(student), "shares": shares });
        desk.call("save_student_payers", wish).await.expect("payers");
    }
    let plan = desk.call("student_erasure", json!({ "id": support::id(1) })).await.expect("a plan");
    assert_eq!(plan["payers"], json!(["Grete Berg"]));
    erase(&desk, "1001").await.expect("erased");
    let name = async |number| {
        let request = json!({ "id": support::id(number) });
        desk.call("find_payer", request).await.expect("a payer")["row"]["name"].clone()
    };
    assert_eq!(name(70).await, "(P1001)");
    assert_eq!(name(71).await, "Geir Vik");
    let fault = desk.call("save_payer", payer(70, "Grete Berg")).await.expect_err("erased");
    assert_eq!(fault.rule.as_deref(), Some("erased"));
    assert_eq!(findings(&desk).await, json!([]));
}

#[tokio::test]
async fn an_erased_person_is_not_filled_in_again() {
    let (desk, _) = settled().await;
    erase(&desk, "1001").await.expect("erased");
    let change = json!({ "id": support::id(1), "person": support::person("Ada Berg") });
    let fault = desk.call("change_student", change).await.expect_err("erased");
    assert_eq!(fault.rule.as_deref(), Some("erased"));
}

#[tokio::test]
async fn nothing_begins_anew_with_an_erased_person() {
    let (desk, _) = settled().await;
    desk.call("save_service", service(2, "KT", "790.00", "3")).await.expect("a service");
    erase(&desk, "1001").await.expect("erased");
    let facts = desk.call("verify_book", json!({})).await.expect("a report")["facts"].clone();
    let (student_id, day) = (support::id(1), "2026-03-10");
    let typed = draft(80, 1, day, &[line("For Ada", 1, "790", "3")]);
    let payers = json!({ "student_id": student_id, "shares": [] });
    let hold = json!({
        "held": "student", "held_id": student_id, "kind": "paused", "until": null,
        "note": "Ada rang", "active": true,
    });
    for (command, request) in [
        ("save_draft", typed.clone()),
        ("issue_invoice", json!({ "draft": typed })),
        ("save_student_payers", payers),
        ("set_reminder_hold", hold),
        ("set_driving_test", json!({ "student_id": student_id, "on": "2026-04-01" })),
    ] {
        match desk.call(command, request).await {
            Err(fault) => {
                assert_eq!((fault.code, fault.rule.as_deref()), (Code::WrongState, Some("erased")));
            }
            // What would change nothing is not refused.
            Ok(_) => assert_eq!(command, "save_student_payers"),
        }
    }
    let after = desk.call("verify_book", json!({})).await.expect("a report");
    assert_eq!((&after["facts"], &after["findings"]), (&facts, &json!([])));
}

#[tokio::test]
async fn a_row_of_a_file_about_an_erased_person_is_refused() {
    let (desk, _) = settled().await;
    desk.call("save_service", service(2, "KT", "790.00", "3")).await.expect("a service");
    erase(&desk, "1001").await.expect("erased");
    for (command, kind, text) in [
        ("import_csv", "students", "Elevnr;Navn\n1001;(1001)\n"),
        ("import_csv", "students", "Elevnr;Navn\n1001;Ada Berg\n"),
        ("import_csv", "invoices", "Fakturanr;Elevnr;Fakturadato;Restbeløp\nX;1001;2026-01-05;9\n"),
        ("import_payments", "payments", "Dato;Beløp;Elevnr\n2026-01-05;9;1001\n"),
        (
            "import_bookings",
            "bookings",
            "Booking-ID;Hendelse;Dato;Elevnr;Kode\nb1;Møtt;2026-03-09;1001;KT\n",
        ),
    ] {
        let file = json!({
            "kind": kind, "content": BASE64.encode(text), "file_name": "file.csv",
            "dry_run": true, "skip_refused": false,
        });
        let report = desk.call(command, file).await.expect("a report");
        assert_eq!(report["rows"][0]["code"], "erased", "{report}");
    }
}

#[tokio::test]
async fn money_of_an_erased_person_may_still_go_back_and_nobody_is_reminded_of_it() {
    let (desk, _) = settled().await;
    erase(&desk, "1001").await.expect("erased");
    let reversal = json!({
        "payment_id": support::id(60), "amount": "790", "on": "2026-03-10",
        "reason": "Ada Berg asked her bank",
    });
    let turned = desk.call("reverse_payment", reversal).await.expect("reversed");
    assert_eq!(turned["state"], "reversed");
    desk.clock.advance_days(60);
    let plan = desk.call("reminder_plan", json!({})).await.expect("a plan");
    assert_eq!(plan["messages"], json!([]), "{plan}");
    let student = json!({ "id": support::id(1) });
    let shown = desk.call("find_student", student).await.expect("a student");
    assert_eq!((&shown["erased"], &shown["balance"]["amount"]), (&json!(true), &json!("790.00")));
    let history = desk.call("find_payment", json!({ "id": support::id(60) })).await.expect("it");
    assert!(!history.to_string().contains("Ada Berg"), "{history}");
    assert_eq!(findings(&desk).await, json!([]));
}

#[tokio::test]
async fn what_is_left_of_a_package_stands_in_the_way_of_erasing() {
    let desk = TestDesk::with_student().await;
    let mut ten = service(3, "PK-10", "7000.00", "3");
    ten["kind"] = json!("package");
    ten["package"] = json!({
        "holds": "amount", "items": [], "amount": "7000", "valid_months": 12,
        "refund": "pro_rata",
    });
    desk.call("save_service", ten).await.expect("a package");
    let mut sold = line("Ti timer", 1, "7000.00", "3");
    (sold["service_id"], sold["kind"]) = (json!(support::id(3)), json!("package"));
    let sold = json!({ "draft": draft(50, 1, "2026-03-10", &[sold]) });
    desk.call("issue_invoice", sold).await.expect("an invoice");
    let money = support::payment(60, "2026-03-10", "7000", &[(&support::id(50), "7000")]);
    desk.call("record_payment", money).await.expect("a payment");
    let fault = erase(&desk, "1001").await.expect_err("lessons are left");
    assert_eq!(fault.rule.as_deref(), Some("holds_package"));
    desk.clock.advance_days(400);
    erase(&desk, "1001").await.expect("what expired is owed no more");
    let shown = json!({ "student_id": support::id(1) });
    let shown = desk.call("student_packages", shown).await.expect("packages");
    assert_eq!(shown["entitlements"][0]["name"], "Tjeneste PK-10");
    assert_eq!(findings(&desk).await, json!([]));
}

#[tokio::test]
async fn all_that_is_known_of_a_person_is_handed_out() {
    let (desk, _) = settled().await;
    desk.register(2, "Bo Vik").await;
    desk.call("save_service", service(2, "KT", "790.00", "3")).await.expect("a service");
    let lesson = "Booking-ID;Hendelse;Dato;Elevnr;Kode\nb1;Møtt;2026-03-09;1001;KT\n";
    let file = json!({
        "kind": "bookings", "content": BASE64.encode(lesson), "file_name": "file.csv",
        "dry_run": false, "skip_refused": false,
    });
    desk.call("import_bookings", file).await.expect("a report");
    let draft = draft(80, 1, "2026-03-10", &[line("For the spring", 1, "790", "3")]);
    desk.call("save_draft", draft).await.expect("a draft");
    let request = json!({ "id": support::id(1), "folder": null });
    let made = desk.call("export_person", request).await.expect("files");
    assert_eq!(made["files"], json!(["A-1.pdf", "data.json", "index.html"]));
    let folder = std::path::Path::new(made["folder"].as_str().expect("a folder"));
    let data = std::fs::read_to_string(folder.join("data.json")).expect("data");
    let data: Value = serde_json::from_str(&data).expect("JSON");
    assert_eq!(data["student"]["person"]["name"], "Ada Berg");
    let kinds: Vec<&Value> =
        data["facts"].as_array().expect("facts").iter().map(|fact| &fact["what"]["type"]).collect();
    assert_eq!(
        kinds,
        [
            "student_registered",
            "invoice_issued",
            "payment_received",
            "money_allocated",
            "event_recorded"
        ]
    );
    assert_eq!(data["drafts"][0]["lines"][0]["description"], "For the spring");
    assert_eq!(data["told"], json!([]));
    assert!(data.to_string().contains("Ada Berg paid at the desk"));
    assert!(!data.to_string().contains("Bo Vik"));
    let page = std::fs::read_to_string(folder.join("index.html")).expect("a page");
    assert!(page.contains("<a href=\"A-1.pdf\">A-1</a>"), "{page}");
    assert!(std::fs::read(folder.join("A-1.pdf")).expect("a paper").starts_with(b"%PDF"));
}
