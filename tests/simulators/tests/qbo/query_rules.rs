//! The query language, pages, counts and changes.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::desk::{Desk, id, noon};

fn ids(answer: &Value, name: &str) -> Vec<String> {
    let rows = answer["QueryResponse"][name].as_array().cloned().unwrap_or_default();
    rows.iter().map(|row| id(row).to_owned()).collect()
}

#[tokio::test]
async fn texts_are_quoted_and_lists_are_asked_for_at_once() {
    let desk = Desk::open().await;
    let brien = desk.customer("Ann O'Brien").await;
    let bob = desk.customer("Bob \u{2019}t Hart").await;
    desk.customer("Cid").await;
    let named =
        "select * from Customer where DisplayName in ('ann o\\'brien', 'Bob \u{2019}t Hart')";
    assert_eq!(ids(&desk.query(named).await.1, "Customer"), [brien.clone(), bob]);
    let like = "SELECT Id FROM Customer WHERE DisplayName LIKE '%brien'";
    assert_eq!(ids(&desk.query(like).await.1, "Customer"), [brien]);
    let count = desk.query("select count(*) from Customer").await.1;
    assert_eq!(count["QueryResponse"], json!({"totalCount": 3}));
    let none = desk.query("select * from Customer where DisplayName = 'Nobody'").await.1;
    assert_eq!(none["QueryResponse"], json!({}));
}

#[tokio::test]
async fn what_cannot_be_asked_is_said_by_code() {
    let desk = Desk::open().await;
    for (text, code) in [
        ("select * from Invoice where PrivateNote = 'x'", "4001"),
        ("select * from Invoice where DocNumber = 'x' or DocNumber = 'y'", "4000"),
        ("select * from Invoice where DocNumber = 'O'Brien'", "4000"),
        ("select * from Elephant", "4000"),
        ("select * from Invoice where DocNumber = \u{2019}x\u{2019}", "4000"),
    ] {
        let (status, answer) = desk.query(text).await;
        assert_eq!((status, &answer["Fault"]["Error"][0]["code"]), (400, &json!(code)), "{text}");
    }
}

#[tokio::test]
async fn a_list_comes_in_pages_and_leaves_out_what_is_inactive() {
    let desk = Desk::open().await;
    for at in 1..=5 {
        desk.customer(&format!("Learner {at}")).await;
    }
    let gone = json!({"Id": "3", "SyncToken": "0", "sparse": true, "Active": false});
    desk.create("Customer", gone).await;
    let page = |start: usize| {
        format!(
            "select * from Customer orderby DisplayName desc startposition {start} maxresults 2"
        )
    };
    assert_eq!(ids(&desk.query(&page(1)).await.1, "Customer"), ["5", "4"]);
    assert_eq!(ids(&desk.query(&page(3)).await.1, "Customer"), ["2", "1"]);
    let all = "select * from Customer where Active in (true, false)";
    assert_eq!(ids(&desk.query(all).await.1, "Customer").len(), 5);
}

#[tokio::test]
async fn days_are_compared_and_changes_are_told_with_deletions() {
    let desk = Desk::open().await;
    let ann = desk.customer("Ann").await;
    let bill = desk.invoice(&ann, "A-1", "10").await;
    desk.invoice(&ann, "A-2", "20").await;
    let within = "select * from Invoice where TxnDate >= '2026-11-01' and TxnDate <= '2026-11-30' \
                  and TotalAmt > '15'";
    assert_eq!(ids(&desk.query(within).await.1, "Invoice").len(), 1);
    desk.sim.clock().advance(TimeDelta::minutes(30));
    desk.post("invoice?operation=delete", &bill).await;
    let since = (noon() + TimeDelta::minutes(1)).to_rfc3339().replace('+', "%2B");
    let path = format!("cdc?entities=Invoice,Customer&changedSince={since}");
    let changes = desk.get(&path).await.1["CDCResponse"][0]["QueryResponse"].take();
    assert_eq!(changes[0]["Invoice"][0]["status"], "Deleted");
    assert_eq!(changes[1], json!({}));
    let long_ago = desk.get("cdc?entities=Invoice&changedSince=2026-01-01").await;
    assert_eq!(long_ago.0, 400);
}
