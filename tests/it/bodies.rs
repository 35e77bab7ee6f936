//! Every body that goes to Xero and to Sage fits the system's own description, where a copy of it is
//! at hand. QuickBooks' bodies are judged in `qbo_adapter`.

use jsonschema::Draft;
use providers::ProviderAdapter as _;
use providers::document::{
    CustomerDocument, ExportDocument, HeldAs, RefundDocument, RemovalDocument, Removed,
};
use providers::purchase::{Purchase, RemovedPurchase};
use serde_json::{Value, json};
use simulators::sage::SageSimulator;
use simulators::xero::XeroSimulator;
use std::fs;
use support::adapter::{
    AdapterDesk, allocation, customer, entry, gbp, items, noon, on, on_account, payment, sale, used,
};
use support::journals::accounts;
use support::purchases::{BANK, bought, spent, supplier, taken_back};
use support::system::System;

/// A description as text; nothing where there is no copy of it.
fn description(file: &str) -> Option<String> {
    let path = format!("{}/../../shared/specs/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(&path).ok();
    if text.is_none() {
        eprintln!("skipped: {path} is not there");
    }
    text
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
        Value::Array(rows) => rows.iter_mut().for_each(make_strict),
        _ => {}
    }
}

/// What is wrong with a body, by the schema at a place of the description.
fn breaches(root: &Value, place: &str, body: &Value) -> Vec<String> {
    let mut document = root.clone();
    document["allOf"] = json!([{ "$ref": place }]);
    let schema = jsonschema::options().with_draft(Draft::Draft4).build(&document);
    let schema = schema.expect("a schema");
    schema.iter_errors(body).map(|it| format!("{}: {it}", it.instance_path())).collect()
}

/// Sends one document of every kind that the system takes.
async fn send_each<S: System>(desk: &AdapterDesk<S>) {
    let codes = S::codes();
    let named = accounts(S::PROVIDER);
    let accounts = [named[0].1.as_str(), named[4].1.as_str()];
    desk.create(&ExportDocument::Journal(entry("K-j1", accounts))).await;
    let ann = desk.create(&customer("1", "Ann")).await;
    let ExportDocument::Customer(it) = customer("1", "Ann Other") else { panic!("a customer") };
    let other = CustomerDocument { existing: ann.clone(), ..it };
    let mut changed = items(&[ExportDocument::Customer(other)]);
    changed[0].idempotency_key = "7".repeat(32);
    desk.adapter.push(&desk.session, &changed).await.outcomes.remove(0).expect("changed");
    let bill = desk.create(&ExportDocument::Invoice(sale(&codes, "A-1", &ann))).await;
    let note = desk.create(&ExportDocument::CreditNote(sale(&codes, "CN-1", &ann))).await;
    let paid = desk.create(&payment(&codes, "K-p1", &bill, 2000)).await;
    desk.create(&allocation(&note, &bill, 1000)).await;
    desk.create(&ExportDocument::Refund(RefundDocument {
        reference: "K-r1".to_owned(),
        credit_note: note,
        held_as: HeldAs::CreditNote,
        account: codes.bank,
        date: on("2026-11-20"),
        amount: gbp(500),
        base: None,
    }))
    .await;
    desk.create(&ExportDocument::Removal(RemovalDocument {
        reference: "K-gone".to_owned(),
        existing: paid,
        removed: Removed::Payment,
    }))
    .await;
}

/// Sends money on account, and everything that can become of it.
async fn with_credit<S: System>(desk: &AdapterDesk<S>) {
    let codes = S::codes();
    let bob = desk.create(&customer("2", "Bob")).await;
    let bill = desk.create(&ExportDocument::Invoice(sale(&codes, "A-2", &bob))).await;
    let kept = desk.create(&on_account(&codes, "K-o1", &bob, 5000)).await;
    desk.create(&used(&kept, &bill, 2000)).await;
    let back = RefundDocument {
        reference: "K-r2".to_owned(),
        credit_note: kept.clone(),
        held_as: HeldAs::OnAccount,
        account: codes.bank.clone(),
        date: on("2026-11-20"),
        amount: gbp(500),
        base: None,
    };
    desk.create(&ExportDocument::Refund(back)).await;
    // Nothing of this was used, so that it may go wherever it is deleted.
    let other = desk.create(&on_account(&codes, "K-o2", &bob, 700)).await;
    let (account, date, amount) = (codes.bank, on("2026-11-20"), gbp(700));
    desk.create(&ExportDocument::Removal(RemovalDocument {
        reference: "K-o2".to_owned(),
        existing: other,
        removed: Removed::OnAccount { account, date, amount },
    }))
    .await;
}

#[tokio::test]
async fn every_body_for_xero_fits_its_description() {
    let Some(text) = description("xero/xero_accounting.yaml") else { return };
    let mut root: Value = serde_norway::from_str(&text).expect("a description");
    root = json!({ "components": { "schemas": root["components"]["schemas"].take() } });
    make_strict(&mut root);
    let sim = <XeroSimulator as System>::start(noon(), false).await;
    let company = sim.company();
    let desk = AdapterDesk::around(sim, &company, false);
    send_each(&desk).await;
    with_credit(&desk).await;
    let requests = desk.sim.requests();
    let sent: Vec<_> = requests.iter().filter(|it| it.body.is_object()).collect();
    assert_eq!(sent.len(), 16);
    for request in sent {
        let named = request.body.as_object().and_then(|body| body.keys().next());
        let name = named.filter(|name| *name != "Status").map_or("PaymentDelete", String::as_str);
        let place = format!("#/components/schemas/{name}");
        assert_eq!(breaches(&root, &place, &request.body), [""; 0], "{}", request.body);
    }
    // Prepayments are made by people; what goes back out of one is ours.
    let id = "7c0b3c9e-6b07-4c4e-9d3a-0f5f2d1f7a11";
    let back = RefundDocument {
        reference: "K-r3".to_owned(),
        credit_note: format!("Prepayments/{id}"),
        held_as: HeldAs::OnAccount,
        account: XeroSimulator::codes().bank,
        date: on("2026-11-20"),
        amount: gbp(500),
        base: None,
    };
    let back = items(&[ExportDocument::Refund(back)]).remove(0);
    let composed = desk.adapter.compose(&desk.session, &back).await.expect("a body");
    let body: Value = serde_json::from_str(&composed.body).expect("json");
    assert_eq!(body["Payments"][0]["Prepayment"], json!({ "PrepaymentID": id }));
    assert_eq!(breaches(&root, "#/components/schemas/Payments", &body), [""; 0], "{body}");
}

#[tokio::test]
async fn every_body_of_purchases_for_xero_fits_its_description() {
    let Some(text) = description("xero/xero_accounting.yaml") else { return };
    let mut root: Value = serde_norway::from_str(&text).expect("a description");
    root = json!({ "components": { "schemas": root["components"]["schemas"].take() } });
    make_strict(&mut root);
    let sim = <XeroSimulator as System>::start(noon(), false).await;
    let company = sim.company();
    let desk = AdapterDesk::around(sim, &company, false);
    let garage = desk.buy_one(&supplier("1", "Garage")).await;
    for (purchase, removed) in [
        (Purchase::Bill(bought("K-b1", "R-7", &garage)), RemovedPurchase::Bill),
        (spent("K-s1", &garage), RemovedPurchase::Spent { account: BANK.to_owned() }),
        (Purchase::Order(bought("K-o1", "PO-7", &garage)), RemovedPurchase::Order),
    ] {
        let id = desk.buy_one(&purchase).await;
        desk.buy_one(&taken_back(purchase.reference(), &id, removed)).await;
    }
    let requests = desk.sim.requests();
    let sent: Vec<_> = requests.iter().filter(|it| it.body.is_object()).collect();
    assert_eq!(sent.len(), 7);
    for request in sent {
        let name = request.body.as_object().and_then(|body| body.keys().next()).expect("a name");
        let place = format!("#/components/schemas/{name}");
        assert_eq!(breaches(&root, &place, &request.body), [""; 0], "{}", request.body);
    }
}

/// The schema of a body, by method and collection.
fn schema_of(method: &str, collection: &str) -> String {
    let words = collection.split('_').map(|word| {
        let (first, rest) = word.split_at(1);
        format!("{}{rest}", first.to_uppercase())
    });
    format!("{}{}", method.to_lowercase(), words.collect::<String>())
}

#[tokio::test]
async fn every_body_for_sage_fits_its_description() {
    let Some(text) = description("sage/sage-accounting-v3.1-swagger.json") else { return };
    let mut root: Value = serde_json::from_str(&text).expect("a description");
    root = json!({ "definitions": root["definitions"].take() });
    make_strict(&mut root);
    let sim = <SageSimulator as System>::start(noon(), false).await;
    let company = sim.company();
    let desk = AdapterDesk::around(sim, &company, false);
    send_each(&desk).await;
    with_credit(&desk).await;
    let mut judged = 0;
    for request in desk.sim.requests() {
        let mut body = request.body.clone();
        let path = request.path.trim_start_matches("/v3.1/");
        let collection = path.split('/').next().unwrap_or_default();
        let Some(content) = body.as_object_mut().and_then(|it| it.values_mut().next()) else {
            continue;
        };
        // The guide of keys puts it there; the description does not know it.
        content.as_object_mut().expect("fields").remove("idempotency_id");
        let place = format!("#/definitions/{}", schema_of(&request.method, collection));
        assert_eq!(breaches(&root, &place, &body), [""; 0], "{body}");
        judged += 1;
    }
    assert_eq!(judged, 14);
}
