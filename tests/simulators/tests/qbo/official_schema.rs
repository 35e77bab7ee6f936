//! Answers checked against Intuit's own XML schemas, where a copy of them is at hand.

use std::path::PathBuf;

use serde_json::{Value, json};
use simulators::xsd::Schema;

use super::desk::{Desk, id, line, payment};

/// The schemas beside the repository, when they are there.
fn schema() -> Option<Schema> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/specs/qbo");
    let folder = PathBuf::from(root);
    if !folder.exists() {
        eprintln!("skipped: {} is not there", folder.display());
        return None;
    }
    Some(Schema::read(&folder).unwrap())
}

fn check(schema: &Schema, name: &str, row: &Value) {
    assert_eq!(schema.breaches(name, row), [""; 0], "{row}");
}

#[tokio::test]
async fn every_kind_of_object_fits_the_official_schema() {
    let Some(schema) = schema() else { return };
    let desk = Desk::open().await;
    let ann = desk.customer("Ann").await;
    let mut sale = desk.sale(&ann, "A-1", "45");
    sale["GlobalTaxCalculation"] = json!("TaxExcluded");
    let bill = desk.create("Invoice", sale).await;
    let memo = desk.create("CreditMemo", desk.sale(&ann, "C-1", "45")).await;
    let links = [("Invoice", id(&bill), "45"), ("CreditMemo", id(&memo), "45")];
    desk.create("Payment", payment(&ann, "0", &links)).await;
    let refund = json!({"CustomerRef": {"value": ann}, "Line": [line("20", "2")],
        "DepositToAccountRef": {"value": "4"}});
    desk.create("RefundReceipt", refund).await;
    for name in [
        "Customer",
        "Invoice",
        "CreditMemo",
        "Payment",
        "RefundReceipt",
        "Account",
        "Item",
        "TaxCode",
        "TaxRate",
        "CompanyInfo",
        "Preferences",
    ] {
        let answer = desk.query(&format!("select * from {name}")).await.1;
        let rows = answer["QueryResponse"][name].as_array().cloned().unwrap_or_default();
        assert!(!rows.is_empty(), "{name}");
        rows.iter().for_each(|row| check(&schema, name, row));
    }
}

#[tokio::test]
async fn refusals_fit_the_official_schema() {
    let Some(schema) = schema() else { return };
    let desk = Desk::open().await;
    let mut fault = desk.post("invoice", &json!({"Line": []})).await.1["Fault"].take();
    // The schema says these as attributes, in the words of XML.
    fault.as_object_mut().unwrap().remove("type");
    for error in fault["Error"].as_array_mut().unwrap() {
        assert_eq!(error.as_object_mut().unwrap().remove("code"), Some(json!("2020")));
        error.as_object_mut().unwrap().remove("element");
    }
    check(&schema, "Fault", &fault);
}

#[test]
fn the_judge_itself_refuses_wrong_bodies() {
    let Some(schema) = schema() else { return };
    let wrong = json!({"TotalAmt": "12", "TxnDate": "20.11.2026", "CustomerRef": "1",
        "Elephant": 1, "GlobalTaxCalculation": "Sometimes",
        "Line": {"Amount": 1}});
    assert_eq!(schema.breaches("Invoice", &wrong).len(), 6);
}
