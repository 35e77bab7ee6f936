//! Names, numbers and versions: what may be there once only, and who changed it last.

use serde_json::json;

use super::desk::{Desk, id};

#[tokio::test]
async fn customers_vendors_and_employees_share_one_space_of_names() {
    let desk = Desk::open().await;
    desk.create("Vendor", json!({"DisplayName": "Ann Learner"})).await;
    let ann = json!({"DisplayName": "ann learner"});
    assert_eq!(desk.refusal("customer", &ann).await, "6240");
    let bob = desk.create("Customer", json!({"GivenName": "Bob", "FamilyName": "Learner"})).await;
    assert_eq!(bob["DisplayName"], "Bob Learner");
    let gone = json!({"Id": id(&bob), "SyncToken": "0", "sparse": true, "Active": false});
    desk.create("Customer", gone).await;
    let again = json!({"DisplayName": "Bob Learner"});
    assert_eq!(desk.refusal("customer", &again).await, "6240", "who is inactive keeps the name");
    assert_eq!(desk.refusal("customer", &json!({"Notes": "nobody"})).await, "6080");
    assert_eq!(desk.refusal("customer", &json!({"DisplayName": "A:B"})).await, "6000");
}

#[tokio::test]
async fn a_number_is_used_once_unless_the_caller_insists() {
    let desk = Desk::open().await;
    let ann = desk.customer("Ann").await;
    desk.invoice(&ann, "A-1", "45").await;
    let again = desk.sale(&ann, "A-1", "45");
    assert_eq!(desk.refusal("invoice", &again).await, "6140");
    let (status, _) = desk.post("invoice?include=allowduplicatedocnum", &again).await;
    assert_eq!(status, 200);
    assert_eq!(desk.sim.duplicates().len(), 2, "number and note");
    desk.create("CreditMemo", desk.sale(&ann, "A-1", "45")).await;
    let long = desk.sale(&ann, "1234567890123456789012", "45");
    assert_eq!(desk.refusal("invoice", &long).await, "2050");
}

#[tokio::test]
async fn a_change_needs_the_last_version() {
    let desk = Desk::open().await;
    let ann = desk.create("Customer", json!({"DisplayName": "Ann", "Notes": "n"})).await;
    let change = json!({"Id": id(&ann), "SyncToken": "0", "sparse": true, "CompanyName": "Ltd"});
    let changed = desk.create("Customer", change.clone()).await;
    assert_eq!((&changed["SyncToken"], &changed["Notes"]), (&json!("1"), &json!("n")));
    assert_eq!(desk.refusal("customer", &change).await, "5010");
    let whole = json!({"Id": id(&ann), "SyncToken": "1", "DisplayName": "Ann"});
    let whole = desk.create("Customer", whole).await;
    assert_eq!(whole.get("Notes"), None, "a whole update forgets what it does not name");
    let unknown = json!({"Id": "99", "SyncToken": "0", "DisplayName": "X"});
    assert_eq!(desk.refusal("customer", &unknown).await, "610");
}

#[tokio::test]
async fn a_request_id_is_answered_once_and_replayed_even_after_deletion() {
    let desk = Desk::open().await;
    let ann = desk.customer("Ann").await;
    let sale = desk.sale(&ann, "A-1", "45");
    let first = desk.post("invoice?requestid=r-1", &sale).await.1["Invoice"].take();
    let again = desk.post("invoice?requestid=r-1", &sale).await.1["Invoice"].take();
    assert_eq!(first, again);
    desk.post("invoice?operation=delete", &first).await;
    let ghost = desk.post("invoice?requestid=r-1", &sale).await.1["Invoice"].take();
    assert_eq!(id(&ghost), id(&first));
    assert_eq!(desk.get(&format!("invoice/{}", id(&first))).await.0, 400);
    let bad = json!({"CustomerRef": {"value": "77"}, "Line": []});
    assert_eq!(desk.refusal("invoice?requestid=r-2", &bad).await, "2500");
    let good = desk.post("invoice?requestid=r-2", &desk.sale(&ann, "A-2", "1")).await;
    assert_eq!(good.0, 200, "a refusal is not remembered");
}
