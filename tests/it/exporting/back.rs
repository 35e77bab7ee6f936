//! Money that is gone again is taken back in the accounting system, and every page says so.

use super::settling::paid_invoice;
use super::{map_all_but, settled};
use crate::connecting::{connect, desk, ports, xero};
use serde_json::{Value, json};
use support::id;

#[tokio::test]
async fn a_reversed_payment_is_taken_back_there_and_told_so_on_its_pages() {
    let ports = ports().await;
    let xero = xero().await;
    let desk = desk(&xero).await;
    paid_invoice(&desk).await;
    let connection = connect(&desk, &ports).await;
    map_all_but(&desk, &connection, "none").await;
    settled(&desk, &connection).await;
    assert!(xero.payments().iter().all(|it| !it.deleted));

    let gone = json!({
        "payment_id": id(70), "amount": "500.00",
        "on": desk.clock.day().to_string(), "reason": "Returned by the bank",
    });
    desk.call("reverse_payment", gone).await.expect("reversed");
    let page = settled(&desk, &connection).await;
    let removal = page.rows.iter().find(|row| row.kind == "removal").expect("a removal");
    assert_eq!((removal.state.as_str(), &removal.cause), ("sent", &None));
    assert_eq!(xero.payments().iter().filter(|it| it.deleted).count(), 1);
    let detail = desk.call("find_export", json!({ "id": removal.id })).await.expect("a record");
    let taken: Vec<&Value> = detail["content"].as_array().into_iter().flatten().collect();
    assert!(taken.iter().any(|line| line["label"] == "taken_back"), "{detail}");
    let payment = desk.call("find_payment", json!({ "id": id(70) })).await.expect("a payment");
    let told: Vec<(&Value, &Value)> = payment["exports"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|mark| (&mark["state"], &mark["is_removal"]))
        .collect();
    assert_eq!(told, [(&json!("sent"), &json!(false)), (&json!("sent"), &json!(true))]);
}
