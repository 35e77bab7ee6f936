//! The audit: every fact with who, when and what, and what stood there before.

use super::users::{PASSWORD, ask, sign_in, user};
use office::Code;
use serde_json::{Value, json};
use support::{TestDesk, id, payment, person, service};

fn everything() -> Value {
    json!({ "actor": null, "kind": null, "about": null, "from": null, "to": null })
}

fn list(change: Value) -> Value {
    let mut filter = everything();
    for (name, value) in change.as_object().expect("fields") {
        filter[name] = value.clone();
    }
    json!({ "filter": filter, "window": { "offset": 0, "limit": 500 } })
}

async fn rows(desk: &TestDesk, change: Value) -> Vec<Value> {
    let page = desk.call("list_audit", list(change)).await.expect("a page");
    let rows = page["rows"].as_array().expect("rows").clone();
    assert_eq!(page["total"], rows.len());
    rows
}

/// A student with an invoice that is paid, and a changed address and price.
async fn lived_in() -> TestDesk {
    let desk = TestDesk::with_student().await;
    let invoice = desk.issue(50, 1).await;
    let paid = payment(60, "2026-03-10", "790.00", &[(&invoice, "790.00")]);
    desk.call("record_payment", paid).await.expect("a payment");
    let mut changed = person("Ada Holm");
    changed["email"] = json!("ada@example.no");
    let change = json!({ "id": id(1), "person": changed });
    desk.call("change_student", change).await.expect("changed");
    desk.call("save_service", service(1, "KT-B", "810.00", "3")).await.expect("a price");
    desk
}

#[tokio::test]
async fn every_fact_is_there_newest_first_and_can_be_filtered() {
    let desk = lived_in().await;
    let all = rows(&desk, json!({})).await;
    let report = desk.call("verify_book", json!({})).await.expect("a report");
    assert_eq!(report["facts"], all.len());
    assert_eq!(all[0]["kind"], "service_set");
    let kinds = |rows: &[Value]| -> Vec<String> {
        rows.iter().map(|row| row["kind"].as_str().expect("a kind").to_owned()).collect()
    };
    let of_kind = rows(&desk, json!({ "kind": "payment_received" })).await;
    assert_eq!(of_kind.len(), 1);
    assert_eq!(of_kind[0]["amount"]["amount"], "790.00");
    let of_student = rows(&desk, json!({ "about": { "kind": "student", "id": id(1) } })).await;
    assert_eq!(
        kinds(&of_student),
        [
            "student_changed",
            "money_allocated",
            "payment_received",
            "invoice_issued",
            "student_registered"
        ]
    );
    let of_invoice = rows(&desk, json!({ "about": { "kind": "invoice", "id": id(50) } })).await;
    assert_eq!(kinds(&of_invoice), ["money_allocated", "invoice_issued"]);
    assert_eq!(of_invoice[0]["label"], of_invoice[1]["label"]);
    assert_eq!(rows(&desk, json!({ "actor": "nobody" })).await, Vec::<Value>::new());
    assert_eq!(rows(&desk, json!({ "actor": "owner" })).await.len(), all.len());
    assert_eq!(rows(&desk, json!({ "from": "2026-03-11" })).await.len(), 0);
    let that_day = json!({ "from": "2026-03-10", "to": "2026-03-10" });
    assert_eq!(rows(&desk, that_day).await.len(), all.len());
}

#[tokio::test]
async fn pages_from_either_end_fit_together() {
    let desk = lived_in().await;
    let all = rows(&desk, json!({})).await;
    let mut paged = Vec::new();
    for offset in (0..all.len()).step_by(4) {
        let mut request = list(json!({}));
        request["window"] = json!({ "offset": offset, "limit": 4 });
        let page = desk.call("list_audit", request).await.expect("a page");
        paged.extend(page["rows"].as_array().expect("rows").clone());
    }
    assert_eq!(paged, all);
}

#[tokio::test]
async fn changed_master_data_is_shown_with_old_and_new_values() {
    let desk = lived_in().await;
    let all = rows(&desk, json!({})).await;
    let entry = async |kind: &str| {
        let row = all.iter().find(|row| row["kind"] == kind).expect(kind);
        desk.call("find_audit_entry", json!({ "id": row["id"] })).await.expect("an entry")
    };
    let price = entry("service_set").await;
    assert_eq!(price["replaces"], true);
    assert_eq!(
        price["changes"],
        json!([{ "field": "unit_price", "old": "790.00", "new": "810.00" }])
    );
    let student = entry("student_changed").await;
    assert_eq!(
        student["changes"],
        json!([
            { "field": "person.email", "old": "", "new": "ada@example.no" },
            { "field": "person.name", "old": "Ada Berg", "new": "Ada Holm" },
        ])
    );
    let first = entry("student_registered").await;
    assert_eq!(first["replaces"], false);
    let changes = first["changes"].as_array().expect("fields");
    assert!(changes.contains(&json!({ "field": "person.name", "old": null, "new": "Ada Berg" })));
    assert_eq!(first["hash"].as_str().expect("a hash").len(), 64);
}

#[tokio::test]
async fn the_file_holds_every_entry_with_its_hash_and_no_formula() {
    let desk = lived_in().await;
    let request = json!({ "filter": everything(), "wish": { "inline": false, "folder": null } });
    let file = desk.call("export_audit", request).await.expect("a file");
    let text = std::fs::read_to_string(file["path"].as_str().expect("a path")).expect("read");
    let all = rows(&desk, json!({})).await;
    assert_eq!(text.lines().count(), all.len() + 1);
    assert!(text.contains("unit_price: 790.00 -> 810.00"));
}

#[tokio::test]
async fn people_and_kinds_that_acted_can_be_chosen() {
    let desk = lived_in().await;
    ask(&desk, "main", "save_user", user(900, "ida", "owner")).await.expect("a user");
    ask(&desk, "main", "save_user", user(901, "tor", "staff")).await.expect("a user");
    let choices = ask(&desk, "main", "audit_choices", json!({})).await.expect("choices");
    assert_eq!(
        choices["people"],
        json!([{ "actor": "ida", "name": "ida Berg" }, { "actor": "owner", "name": "owner" }])
    );
    let kinds = choices["kinds"].as_array().expect("kinds");
    assert!(kinds.contains(&json!("user_set")) && kinds.contains(&json!("password_set")));
    ask(&desk, "second", "sign_in", sign_in("tor", PASSWORD)).await.expect("signed in");
    let refused = ask(&desk, "second", "list_audit", list(json!({}))).await;
    assert_eq!(refused.expect_err("refused").code, Code::Forbidden);
}
