//! Answers checked against Xero's own OpenAPI description, where a copy of it is at hand.

use std::fs;

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

use super::desk::{Desk, invoice, shared};

/// Reads a description as a JSON schema document: OpenAPI 3.0 ignores what stands beside a `$ref`
/// and writes null as `nullable`.
fn description(file: &str) -> Option<Value> {
    let path = shared("specs/xero")?.join(file);
    let yaml = fs::read_to_string(path).unwrap();
    let mut document: Value = serde_norway::from_str(&yaml).unwrap();
    let schemas = document["components"]["schemas"].take();
    let mut root = json!({"components": {"schemas": schemas}});
    as_json_schema(&mut root);
    Some(root)
}

fn as_json_schema(node: &mut Value) {
    match node {
        Value::Object(fields) => {
            if let Some(Value::String(_)) = fields.get("$ref") {
                fields.retain(|name, _| name == "$ref");
                return;
            }
            allow_null(fields);
            fields.values_mut().for_each(as_json_schema);
        }
        Value::Array(items) => items.iter_mut().for_each(as_json_schema),
        _ => {}
    }
}

fn allow_null(fields: &mut Map<String, Value>) {
    if fields.remove("nullable") == Some(json!(true)) {
        let kind = fields["type"].take();
        fields["type"] = json!([kind, "null"]);
    }
}

/// The validator of one named schema. A UUID is checked although Draft 4 knows no such format.
fn validator(root: &Value, schema: Value) -> Validator {
    let mut document = root.clone();
    document.as_object_mut().unwrap().extend(schema.as_object().unwrap().clone());
    jsonschema::options()
        .with_draft(Draft::Draft4)
        .with_format("uuid", |text: &str| text.parse::<uuid::Uuid>().is_ok())
        .should_validate_formats(true)
        .build(&document)
        .unwrap()
}

fn named(root: &Value, name: &str) -> Validator {
    validator(root, json!({"allOf": [{"$ref": format!("#/components/schemas/{name}")}]}))
}

fn check(root: &Value, name: &str, answer: &Value) {
    let broken: Vec<String> = named(root, name)
        .iter_errors(answer)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert_eq!(broken, [""; 0], "{name}: {answer}");
    // Almost nothing is required in the official schemas, so unknown names are checked here.
    let known = &root["components"]["schemas"];
    let row_schema = known[name]["properties"][name]["items"]["$ref"].as_str();
    let Some(row_schema) = row_schema.and_then(|it| it.rsplit('/').next()) else { return };
    let properties = known[row_schema]["properties"].as_object().unwrap();
    for field in answer[name][0].as_object().unwrap().keys() {
        let extra = ["DateString", "DueDateString", "ID", "HasValidationErrors"];
        assert!(
            properties.contains_key(field) || extra.contains(&field.as_str()),
            "{row_schema} has no {field}"
        );
    }
}

#[tokio::test]
async fn every_kind_of_answer_fits_the_official_schema() {
    let Some(root) = description("xero_accounting.yaml") else { return };
    let desk = Desk::open().await;
    let ann = desk.contact("Ann Learner").await;
    let invoice_id = desk.invoice(&ann, "JD-1", "45").await;
    let mut note = invoice(&ann, "unused", "50");
    note["Type"] = json!("ACCRECCREDIT");
    let note = desk.create("CreditNotes", note).await;
    let allocate = format!("CreditNotes/{}/Allocations", note["CreditNoteID"].as_str().unwrap());
    let part = json!({"Amount": 5, "Date": "2026-11-20", "Invoice": {"InvoiceID": invoice_id}});
    let allocation = desk.put(&allocate, &json!({"Allocations": [part]})).await.1;
    check(&root, "Allocations", &allocation);
    let surplus = json!({
        "Type": "RECEIVE-OVERPAYMENT", "Contact": {"ContactID": ann},
        "BankAccount": {"Code": "090"}, "Date": "2026-11-20",
        "LineItems": [{"Description": "Overpaid", "LineAmount": 30}],
    });
    let made = desk.put("BankTransactions", &json!({"BankTransactions": [surplus]})).await.1;
    check(&root, "BankTransactions", &made);
    let payment = json!({
        "Invoice": {"InvoiceID": invoice_id}, "Account": {"Code": "090"}, "Amount": 40,
    });
    let paid = desk.put("Payments", &json!({"Payments": [payment]})).await.1;
    check(&root, "Payments", &paid);
    let order = json!({
        "Contact": {"ContactID": ann}, "PurchaseOrderNumber": "PO-1", "Status": "AUTHORISED",
        "LineItems": [{"Description": "Tyres", "LineAmount": 30, "AccountCode": "449"}],
    });
    let ordered = desk.put("PurchaseOrders", &json!({"PurchaseOrders": [order]})).await.1;
    check(&root, "PurchaseOrders", &ordered);
    check(&root, "PurchaseOrders", &desk.get("PurchaseOrders?page=1").await.1);
    for name in ["Contacts", "Invoices", "CreditNotes", "Overpayments", "Payments"] {
        check(&root, name, &desk.get(&format!("{name}?page=1")).await.1);
    }
    for name in ["Accounts", "TaxRates", "BankTransactions"] {
        check(&root, name, &desk.get(name).await.1);
    }
    check(&root, "Organisations", &desk.get("Organisation").await.1);
}

#[tokio::test]
async fn refusals_fit_the_official_schema() {
    let Some(root) = description("xero_accounting.yaml") else { return };
    let desk = Desk::open().await;
    let bad = json!({"Invoices": [{"Type": "ACCREC", "Contact": {"Name": "Ann"}, "Status": "AUTHORISED"}]});
    let (status, refused) = desk.put("Invoices", &bad).await;
    assert_eq!(status, 400);
    check(&root, "Error", &refused);
    let (status, listed) = desk.put("Invoices?summarizeErrors=false", &bad).await;
    assert_eq!(status, 200);
    check(&root, "Invoices", &listed);
}

#[tokio::test]
async fn connections_fit_the_official_schema() {
    let Some(root) = description("xero-identity.yaml") else { return };
    let desk = Desk::open().await;
    let url = format!("{}/connections", desk.sim.base_url());
    let listed = desk.http.get(url).bearer_auth(&desk.access_token).send().await.unwrap();
    let listed: Value = listed.json().await.unwrap();
    let list = json!({"type": "array", "items": {"$ref": "#/components/schemas/Connection"}});
    let validator = validator(&root, list);
    let broken: Vec<_> = validator.iter_errors(&listed).map(|error| error.to_string()).collect();
    assert_eq!(broken, [""; 0]);
}

#[test]
fn the_validator_itself_refuses_wrong_bodies() {
    let Some(root) = description("xero_accounting.yaml") else { return };
    let invoices = named(&root, "Invoices");
    let bad = json!({"Invoices": [{"Type": "SALE", "InvoiceID": "no-uuid",
        "LineItems": [{"Quantity": "one"}]}]});
    assert_eq!(invoices.iter_errors(&bad).count(), 3);
}
