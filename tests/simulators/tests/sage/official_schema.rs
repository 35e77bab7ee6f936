//! Answers checked against Sage's own Swagger description, where a copy of it is at hand. It
//! describes a list as a bare array, while Sage's guides and answers wrap it in `$items`; so the
//! rows are checked. Null stands for absent, which Swagger 2.0 cannot say.

use std::fs;

use jsonschema::{Draft, Validator};
use serde_json::{Value, json};

use super::desk::{Desk, id, receipt, sale, shared};

fn description(file: &str) -> Option<Value> {
    let text = fs::read_to_string(shared("specs/sage")?.join(file)).unwrap();
    let mut document: Value = serde_json::from_str(&text).unwrap();
    let mut root = json!({"definitions": document["definitions"].take()});
    make_strict(&mut root);
    Some(root)
}

/// Closes each object, so that a misspelt field is found, and drops what stands beside a `$ref`.
fn make_strict(node: &mut Value) {
    match node {
        Value::Object(fields) => {
            if fields.get("$ref").is_some_and(Value::is_string) {
                fields.retain(|name, _| name == "$ref");
            } else if fields.get("properties").is_some_and(Value::is_object) {
                fields.insert("additionalProperties".to_owned(), json!(false));
            }
            fields.values_mut().for_each(make_strict);
        }
        Value::Array(items) => items.iter_mut().for_each(make_strict),
        _ => {}
    }
}

fn named(root: &Value, name: &str) -> Validator {
    let mut document = root.clone();
    document["allOf"] = json!([{"$ref": format!("#/definitions/{name}")}]);
    jsonschema::options()
        .with_draft(Draft::Draft4)
        .should_validate_formats(true)
        .build(&document)
        .unwrap()
}

fn without_nulls(node: &mut Value) {
    match node {
        Value::Object(fields) => {
            fields.retain(|_, value| !value.is_null());
            fields.values_mut().for_each(without_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(without_nulls),
        _ => {}
    }
}

fn check(root: &Value, name: &str, answer: &Value) {
    let mut answer = answer.clone();
    without_nulls(&mut answer);
    let broken: Vec<String> = named(root, name)
        .iter_errors(&answer)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert_eq!(broken, [""; 0], "{name}: {answer}");
}

#[tokio::test]
async fn every_kind_of_answer_fits_the_official_schema() {
    let Some(root) = description("sage-accounting-v3.1-swagger.json") else { return };
    let desk = Desk::open().await;
    let person = json!({
        "name": "Ann Learner", "contact_type_ids": ["CUSTOMER"], "reference": "1042",
        "main_address": {"address_line_1": "High St 1", "city": "Leeds", "country_id": "GB"},
        "main_contact_person": {"name": "Ann", "email": "ann@example.org"},
    });
    let ann = desk.create("contacts", "contact", person).await;
    check(&root, "Contact", &ann);
    let ann = ann["id"].as_str().unwrap().to_owned();
    let (invoice, note) = (desk.invoice(&ann, "JD-1").await, desk.credit_note(&ann, "CN-1").await);
    let paid = receipt(&ann, "50.00", &[(&invoice, "30.00")]);
    check(&root, "ContactPayment", &desk.create("contact_payments", "contact_payment", paid).await);
    let allocation = json!({
        "transaction_type_id": "CUSTOMER_ALLOCATION", "contact_id": ann,
        "allocated_artefacts": [
            {"artefact_id": invoice, "amount": 5}, {"artefact_id": note, "amount": -5}],
    });
    let set = desk.create("contact_allocations", "contact_allocation", allocation).await;
    check(&root, "ContactAllocation", &set);
    for (collection, name) in [
        ("contacts", "Contact"),
        ("sales_invoices", "SalesInvoice"),
        ("sales_credit_notes", "SalesCreditNote"),
        ("contact_payments", "ContactPayment"),
        ("contact_allocations", "ContactAllocation"),
        ("ledger_accounts", "LedgerAccount"),
        ("ledger_entries", "LedgerEntry"),
        ("bank_accounts", "BankAccount"),
        ("tax_rates", "TaxRate"),
        ("contact_types", "Base"),
        ("payment_methods", "Base"),
    ] {
        let path = format!("{collection}?attributes=all&show_payments_allocations=true");
        let (_, listed) = desk.get(&path).await;
        let rows = listed["$items"].as_array().unwrap();
        assert!(!rows.is_empty(), "{collection}");
        rows.iter().for_each(|row| check(&root, name, row));
    }
    let mut draft = sale(&ann, "JD-2", "invoice_lines");
    draft["status_id"] = json!("DRAFT");
    let draft = id(&desk.create("sales_invoices", "sales_invoice", draft).await);
    desk.delete(&format!("sales_invoices/{draft}")).await;
    let path = "sales_invoices?attributes=all&deleted_since=2026-01-01T00:00:00Z";
    let (_, deleted) = desk.get(path).await;
    assert_eq!(deleted["$total"], 1);
    check(&root, "SalesInvoice", &deleted["$items"][0]);
    check(&root, "FinancialSettings", &desk.get("financial_settings").await.1);
}

#[tokio::test]
async fn businesses_fit_the_official_schema() {
    let Some(root) = description("sage-accounting-v3.1-user-business-swagger.json") else { return };
    let desk = Desk::open().await;
    let (_, mut lead) = desk.get("businesses/lead").await;
    // The guide's answers carry the path; the description forgets it.
    assert!(lead.as_object_mut().unwrap().remove("$path").is_some());
    check(&root, "Business", &lead);
}

#[test]
fn the_validator_itself_refuses_wrong_answers() {
    let Some(root) = description("sage-accounting-v3.1-swagger.json") else { return };
    let bad = json!({"id": 1, "nonsense": true, "invoice_lines": [{"quantity": "one"}]});
    assert_eq!(named(&root, "SalesInvoice").iter_errors(&bad).count(), 3);
}
