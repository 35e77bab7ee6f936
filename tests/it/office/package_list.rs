//! Every package of the school in one list, later last days, and rests of which something was
//! credited by hand before.

use super::package::{bought, bought_by_two, credited, packages, rule, sell, sound};
use office::Code;
use serde_json::{Value, json};
use support::{TestDesk, id};

const TODAY: &str = "2026-03-10";

fn extension(number: u128, entitlement: &str, until: &str) -> Value {
    json!({
        "id": id(number), "entitlement_id": entitlement, "until": until, "reason": "Was ill",
    })
}

fn listed(shelf: &str) -> Value {
    json!({
        "shelf": shelf, "query": "", "department_id": null, "within_days": 30, "order": null,
        "window": { "offset": 0, "limit": 100 },
    })
}

async fn list(desk: &TestDesk, shelf: &str) -> Value {
    desk.call("list_packages", listed(shelf)).await.expect("packages")
}

#[tokio::test]
async fn an_extension_is_given_once_with_its_reason_and_its_old_and_new_day() {
    let (desk, entitlement) = bought().await;
    let form = extension(60, &entitlement, "2027-09-30");
    let first = desk.call("extend_package", &form).await.expect("extended");
    let one = &first["entitlements"][0];
    assert_eq!((&one["valid_until"], &one["extensible"]), (&json!("2027-09-30"), &json!(true)));
    let row = &one["rows"][1];
    assert_eq!((&row["kind"], &row["note"]), (&json!("extended"), &json!("Was ill")));
    assert_eq!(
        (&row["extended_from"], &row["extended_to"]),
        (&json!("2027-03-10"), &json!("2027-09-30"))
    );
    assert_eq!((&row["lessons"], &row["left"]), (&json!(""), &json!("10")));
    assert_eq!(desk.call("extend_package", form).await.expect("the same"), first);
    let filter = json!({
        "actor": "", "kind": "entitlement_extended", "from": null, "to": null, "about": null,
    });
    let window = json!({ "offset": 0, "limit": 10 });
    let told = desk.call("list_audit", json!({ "filter": filter, "window": window })).await;
    let told = told.expect("the log");
    assert_eq!((&told["total"], &told["rows"][0]["reason"]), (&json!(1), &json!("Was ill")));
    let entry = json!({ "id": told["rows"][0]["id"] });
    let entry = desk.call("find_audit_entry", entry).await.expect("an entry");
    let until = json!({ "field": "until", "old": "2027-03-10", "new": "2027-09-30" });
    assert!(entry["changes"].as_array().expect("changes").contains(&until), "{entry}");
    sound(&desk).await;
}

#[tokio::test]
async fn an_extension_is_later_has_a_reason_and_something_to_extend() {
    let (desk, entitlement) = bought().await;
    let earlier = extension(60, &entitlement, "2027-03-10");
    let refused = rule(&desk, "extend_package", earlier).await;
    assert_eq!(refused, (Code::Invalid, "extension_not_later".to_owned()));
    let far = extension(60, &entitlement, "2036-03-11");
    assert_eq!(rule(&desk, "extend_package", far).await.1, "extension_too_far");
    let mut silent = extension(60, &entitlement, "2027-09-30");
    silent["reason"] = json!(" ");
    assert_eq!(rule(&desk, "extend_package", silent).await.1, "missing");
    let missing = extension(60, &id(999), "2027-09-30");
    assert_eq!(rule(&desk, "extend_package", missing).await.1, "entitlement");
    let credit = json!({
        "id": id(70), "invoice_id": id(50), "issue_date": TODAY, "reason": "A mistake", "lines": [],
    });
    desk.call("credit_invoice", credit).await.expect("credited");
    let closed = extension(60, &entitlement, "2027-09-30");
    assert_eq!(rule(&desk, "extend_package", closed).await.1, "extension_closed");
    sound(&desk).await;
}

#[tokio::test]
async fn many_are_extended_for_one_reason_and_what_cannot_be_is_told() {
    let (desk, first) = bought().await;
    sell(&desk, 51, 3, "7000.00").await;
    let all = packages(&desk).await;
    let ids: Vec<Value> = all["entitlements"]
        .as_array()
        .expect("packages")
        .iter()
        .map(|one| one["id"].clone())
        .collect();
    desk.call("extend_package", extension(60, &first, "2028-01-01")).await.expect("extended");
    let many = json!({
        "id": id(61), "entitlement_ids": ids, "until": "2027-09-30", "reason": "Closed for winter",
    });
    let made = desk.call("extend_packages", &many).await.expect("extended");
    assert_eq!(made["extended"], 1);
    let refused = &made["refused"][0];
    assert_eq!((&refused["id"], &refused["rule"]), (&json!(first), &json!("extension_not_later")));
    assert_eq!(refused["params"]["until"], "2028-01-01");
    assert_eq!(desk.call("extend_packages", many).await.expect("the same"), made);
    let rows = list(&desk, "active").await;
    let days: Vec<&Value> =
        rows["rows"].as_array().expect("rows").iter().map(|row| &row["valid_until"]).collect();
    assert_eq!(days, ["2027-09-30", "2028-01-01"]);
    let none = json!({ "id": id(62), "entitlement_ids": [], "until": "2029-01-01", "reason": "x" });
    assert_eq!(rule(&desk, "extend_packages", none).await.1, "package_count");
    sound(&desk).await;
}

#[tokio::test]
async fn the_list_says_what_is_owed_to_students_in_lessons() {
    let (desk, entitlement) = bought().await;
    sell(&desk, 51, 3, "7000.00").await;
    let draw = json!({
        "id": id(60), "entitlement_id": entitlement, "service_id": id(1), "quantity": "4",
        "amount": "", "on": TODAY, "booking": "", "note": "",
    });
    desk.call("draw_package", draw).await.expect("drawn");
    let found = list(&desk, "active").await;
    assert_eq!((&found["total"], &found["owed"]["amount"]), (&json!(2), &json!("11200.00")));
    let mut by_left = listed("all");
    by_left["order"] = json!({ "by": "left", "descending": false });
    let found = desk.call("list_packages", by_left).await.expect("packages");
    let row = &found["rows"][0];
    assert_eq!((&row["lessons_left"], &row["lessons_total"]), (&json!("6"), &json!("10")));
    assert_eq!((&row["worth"]["amount"], &row["student"]), (&json!("4200.00"), &json!("Ada Berg")));
    assert_eq!(found["counts"]["expiring"], 0);
    let mut soon = listed("expiring");
    soon["within_days"] = json!(365);
    assert_eq!(desk.call("list_packages", soon).await.expect("packages")["total"], 2);
    let wish = json!({ "inline": false, "folder": null });
    let rows = json!({ "packages": listed("all") });
    let request = json!({ "rows": rows, "ids": [], "except": [], "wish": wish });
    let made = desk.call("list_csv", request).await.expect("a file");
    let text = std::fs::read_to_string(made["path"].as_str().expect("a path")).expect("the file");
    assert_eq!(text.lines().count(), 3, "{text}");
    assert!(text.contains("4200.00") || text.contains("4200,00"), "{text}");
    let made = desk.call("print_list", json!({ "rows": rows, "wish": wish })).await;
    assert!(made.expect("a file")["name"].as_str().expect("a name").starts_with("Pakker"));
}

#[tokio::test]
async fn what_was_credited_by_hand_is_not_paid_back_again() {
    let (desk, entitlement) = bought().await;
    let credit = json!({
        "id": id(71), "invoice_id": id(50), "issue_date": TODAY, "reason": "A discount",
        "lines": [{ "line": 0, "gross": "1000" }],
    });
    desk.call("credit_invoice", credit).await.expect("credited");
    let shown = packages(&desk).await;
    let one = &shown["entitlements"][0];
    assert_eq!(
        (&one["state"], &one["refundable"]["amount"]),
        (&json!("active"), &json!("6000.00"))
    );
    assert_eq!(one["credited"]["amount"], "1000.00");
    let form = |amount: &str| {
        json!({
            "id": id(72), "entitlement_id": entitlement, "amount": amount, "on": TODAY,
            "reason": "Moves away",
        })
    };
    assert_eq!(rule(&desk, "refund_package", form("7000")).await.1, "package_changed");
    let made = desk.call("refund_package", form("6000")).await.expect("a credit note");
    assert_eq!(credited(&made), ["6000.00"]);
    assert_eq!(packages(&desk).await["entitlements"][0]["state"], "closed");
    sound(&desk).await;
}

#[tokio::test]
async fn a_payer_whose_share_was_credited_by_hand_gets_only_what_is_left_of_it() {
    let (desk, first) = bought_by_two().await;
    let second = &first["split"]["parts"][1]["id"];
    let credit = json!({
        "id": id(71), "invoice_id": second, "issue_date": TODAY, "reason": "A mistake",
        "lines": [{ "line": 0, "gross": "5000" }],
    });
    desk.call("credit_invoice", credit).await.expect("credited");
    let shown = packages(&desk).await;
    let one = &shown["entitlements"][0];
    assert_eq!(one["refundable"]["amount"], "9000.00");
    let form = json!({
        "id": id(72), "entitlement_id": one["id"], "amount": "9000", "on": TODAY,
        "reason": "Moves away",
    });
    let made = desk.call("refund_package", &form).await.expect("credit notes");
    assert_eq!(credited(&made), ["8400.00", "600.00"]);
    assert_eq!(desk.call("refund_package", form).await.expect("the same"), made);
    assert_eq!(list(&desk, "closed").await["total"], 1);
    sound(&desk).await;
}
