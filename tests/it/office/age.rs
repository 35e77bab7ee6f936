//! How old the debt is, on any day, with credit apart.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use support::{TestDesk, draft, id, line, payment, student};

async fn aged(desk: &TestDesk, as_of: &str, by: &str, buckets: Value) -> Value {
    let request = json!({ "as_of": as_of, "by": by, "buckets": buckets, "department_id": null });
    desk.call("ageing", request).await.expect("an ageing list")
}

fn amounts(view: &Value) -> Vec<String> {
    let columns = view["columns"].as_array().expect("columns");
    columns.iter().map(|money| money["amount"].as_str().expect("money").to_owned()).collect()
}

#[tokio::test]
async fn a_debt_wanders_through_the_columns() {
    let desk = TestDesk::with_student().await;
    desk.issue(50, 1).await; // Due on 24 March.
    for (day, place) in [
        ("2026-03-24", 0),
        ("2026-03-25", 1),
        ("2026-04-23", 1),
        ("2026-04-24", 2),
        ("2026-06-22", 3),
        ("2026-06-23", 4),
    ] {
        let view = aged(&desk, day, "due", json!([])).await;
        let mut expected = vec!["0.00"; 5];
        expected[place] = "790.00";
        assert_eq!(amounts(&view), expected, "{day}");
        assert_eq!(view["balance"]["amount"], "790.00");
    }
}

#[tokio::test]
async fn by_issue_and_with_other_buckets() {
    let desk = TestDesk::with_student().await;
    desk.issue(50, 1).await;
    let view = aged(&desk, "2026-03-24", "issue", json!([7, 14])).await;
    assert_eq!(amounts(&view), ["0.00", "0.00", "790.00", "0.00"]);
    let wrong = json!({ "as_of": "2026-03-24", "by": "due", "buckets": [30, 30] });
    let fault = desk.call("ageing", wrong).await.expect_err("not rising");
    assert_eq!(fault.rule.as_deref(), Some("buckets"));
}

#[tokio::test]
async fn what_came_later_does_not_count_yet() {
    let desk = TestDesk::with_student().await;
    let invoice = desk.issue(50, 1).await;
    desk.clock.advance_days(20);
    let money = payment(60, "2026-03-30", "1000", &[(&invoice, "790")]);
    desk.call("record_payment", money).await.expect("a payment");
    let before = aged(&desk, "2026-03-29", "due", json!([])).await;
    assert_eq!(before["balance"]["amount"], "790.00");
    let after = aged(&desk, "2026-03-30", "due", json!([])).await;
    assert_eq!(after["credit"]["amount"], "210.00");
    assert_eq!(after["balance"]["amount"], "-210.00");
    assert_eq!(after["rows"][0]["student_id"], id(1));
}

#[tokio::test]
async fn the_list_is_a_file_with_the_same_columns_and_sums() {
    let desk = TestDesk::with_student().await;
    let invoice = desk.issue(50, 1).await;
    desk.clock.advance_days(20);
    let money = payment(60, "2026-03-30", "1000", &[(&invoice, "100")]);
    desk.call("record_payment", money).await.expect("a payment");
    let file = |format: &str, group: &str| {
        let asked = json!({
            "as_of": "2026-03-30", "by": "due", "buckets": [14, 60], "department_id": null,
        });
        json!({
            "report": { "ageing": { "asked": asked, "group": group } },
            "format": format, "wish": { "inline": true },
        })
    };
    let text = async |group: &str| {
        let made = desk.call("report_file", file("csv", group)).await.expect("a file");
        let bytes = STANDARD.decode(made["content"].as_str().expect("content")).expect("base64");
        String::from_utf8(bytes).expect("UTF-8")
    };
    let students = text("student").await;
    let lines: Vec<&str> = students.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(
        lines,
        [
            "currency,number,student,not_due,days_1_14,days_15_60,over_60,credit,balance",
            "NOK,1001,Ada Berg,0.00,690.00,0.00,0.00,900.00,-210.00",
        ]
    );
    let payers = text("payer").await;
    assert!(payers.contains(",payer,") && payers.contains("1001,Ada Berg,0.00,690.00"), "{payers}");
    let departments = text("department").await;
    let of_none = "NOK,Without department,1,0.00,690.00,0.00,0.00,900.00,-210.00";
    assert!(departments.contains(of_none), "{departments}");
    let made = desk.call("report_file", file("pdf", "payer")).await.expect("a file");
    assert!(made["content"].as_str().expect("content").starts_with("JVBERi"));
}

#[tokio::test]
async fn a_page_is_part_of_the_rows_and_its_sums_are_of_all() {
    let desk = TestDesk::with_student().await;
    for (at, name) in [(2, "Bo Foss"), (3, "Åse Berg"), (4, "Cato Foss")] {
        desk.call("register_student", student(at, name)).await.expect("a student");
    }
    for (at, whose) in [(50, 2), (51, 3), (52, 3), (53, 4), (54, 4), (55, 4)] {
        let form = draft(at, whose, "2026-03-10", &[line("KT-B", 1, "790.00", "3")]);
        desk.call("issue_invoice", json!({ "draft": form })).await.expect("an invoice");
    }
    let ask = async |query: &str, by: &str, descending: bool, offset: u32, limit: u32| {
        let page = json!({
            "query": query,
            "order": { "by": by, "descending": descending },
            "window": { "offset": offset, "limit": limit },
        });
        let request = json!({
            "as_of": "2026-04-01", "by": "due", "buckets": [], "department_id": null, "page": page,
        });
        desk.call("ageing", request).await
    };
    let names = |view: &Value| -> Vec<String> {
        let rows = view["rows"].as_array().expect("rows");
        rows.iter().map(|row| row["name"].as_str().expect("a name").to_owned()).collect()
    };
    let most = ask("", "balance", true, 0, 2).await.expect("a page");
    assert_eq!(names(&most), ["Cato Foss", "Åse Berg"]);
    assert_eq!((&most["total"], &most["people"]), (&json!(3), &json!(3)));
    let rest = ask("", "age1", true, 2, 2).await.expect("a page");
    assert_eq!(names(&rest), ["Bo Foss"]);
    assert_eq!(rest["balance"], most["balance"]);
    let typed = ask(" foss", "name", false, 0, 100).await.expect("a page");
    assert_eq!(names(&typed), ["Bo Foss", "Cato Foss"]);
    assert_eq!((&typed["total"], &typed["people"]), (&json!(2), &json!(3)));
    assert_eq!(typed["balance"], most["balance"]);
    let fault = ask("", "age5", true, 0, 2).await.expect_err("no such column");
    assert_eq!(fault.field.as_deref(), Some("order.by"));
}
