//! The invented school: whole, sound, the same every time, and the only one that can be removed.

use office::Code;
use serde_json::{Value, json};
use support::TestDesk;

fn wish() -> Value {
    json!({ "protection": "keychain", "passphrase": null, "language": "nb" })
}

async fn counts(desk: &TestDesk) -> Value {
    let filter = json!({ "view": "all", "query": "" });
    desk.call("invoice_counts", filter).await.expect("counts")
}

#[tokio::test]
async fn it_has_a_year_of_everything_and_proves_itself() {
    let desk = TestDesk::on("2026-11-20");
    desk.call("open_sample_school", wish()).await.expect("a school");
    let shown = counts(&desk).await;
    for view in ["draft", "open", "overdue", "part_paid", "paid", "credited"] {
        assert!(shown[view].as_u64().expect("a count") > 0, "{view}: {shown}");
    }
    assert!(shown["all"].as_u64().expect("a count") >= 300);
    let report = desk.call("verify_book", json!({})).await.expect("a report");
    assert_eq!(report["findings"], json!([]));
    let home = desk.call("home", json!({})).await.expect("figures");
    assert_ne!(home["due_this_week_count"], 0);
    assert_ne!(home["unallocated_count"], 0);
}

#[tokio::test]
async fn it_is_the_same_every_time() {
    let (one, two) = (TestDesk::on("2026-11-20"), TestDesk::on("2026-11-20"));
    for desk in [&one, &two] {
        desk.call("open_sample_school", wish()).await.expect("a school");
    }
    let request = json!({
        "filter": { "view": "all", "query": "" }, "window": { "offset": 0, "limit": 500 },
    });
    let first = one.call("list_invoices", &request).await.expect("a page");
    assert_eq!(first, two.call("list_invoices", &request).await.expect("a page"));
}

#[tokio::test]
async fn it_can_be_worked_with_and_removed() {
    let desk = TestDesk::on("2026-11-20");
    desk.call("open_sample_school", wish()).await.expect("a school");
    desk.register(5_000, "Ada Berg").await;
    let gone = desk.call("remove_sample_school", json!({})).await.expect("removed");
    assert_eq!(gone["state"], "empty");
    desk.call("create_school", support::school()).await.expect("a real school");
    let fault = desk.call("remove_sample_school", json!({})).await.expect_err("kept");
    assert_eq!(fault.code, Code::WrongState);
}
