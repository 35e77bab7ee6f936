//! What an invoice must carry, how it is numbered, and how its state moves.

use chrono::NaiveDate;
use reqwest::Method;
use serde_json::{Value, json};
use simulators::xero::Status;

use super::desk::{Desk, invoice, line, messages};

#[tokio::test]
async fn a_sales_invoice_number_is_taken_once() {
    let desk = Desk::open().await;
    let ann = desk.contact("Ann Learner").await;
    desk.invoice(&ann, "JD-1", "45").await;
    let errors = desk.refusal(Method::PUT, "Invoices", invoice(&ann, "JD-1", "45")).await;
    assert_eq!(errors, ["Invoice # must be unique."]);
    assert_eq!(desk.sim.invoices().len(), 1);
    assert_eq!(desk.sim.duplicates(), []);
}

#[tokio::test]
async fn a_bill_number_may_come_twice_and_is_reported_as_a_duplicate() {
    let desk = Desk::open().await;
    let garage = desk.contact("Garage").await;
    let mut bill = invoice(&garage, "R-7", "45");
    bill["Type"] = json!("ACCPAY");
    bill["LineItems"][0]["AccountCode"] = json!("449");
    bill["LineItems"][0]["TaxType"] = json!("INPUT2");
    desk.create("Invoices", bill.clone()).await;
    desk.create("Invoices", bill).await;
    let fields: Vec<&str> = desk.sim.duplicates().iter().map(|it| it.field).collect();
    assert_eq!(fields, ["number", "reference"]);
}

#[tokio::test]
async fn posting_a_known_number_overwrites_the_invoice() {
    let desk = Desk::open().await;
    let ann = desk.contact("Ann Learner").await;
    let id = desk.invoice(&ann, "JD-1", "45").await;
    let body = json!({"Invoices": [invoice(&ann, "JD-1", "99")]});
    let (status, answer) = desk.post("Invoices", &body).await;
    assert_eq!((status, answer["Invoices"][0]["InvoiceID"].as_str()), (200, Some(id.as_str())));
    assert_eq!(desk.sim.invoices()[0].total.to_string(), "99.00");
}

#[tokio::test]
async fn one_bad_element_fails_the_whole_call_and_leaves_no_trace() {
    let desk = Desk::open().await;
    let ann = desk.contact("Ann Learner").await;
    let mut bad = invoice(&ann, "JD-2", "45");
    bad["LineItems"][0]["AccountCode"] = json!("999");
    bad["Contact"] = json!({"Name": "Made on the way"});
    let body = json!({"Invoices": [invoice(&ann, "JD-1", "45"), bad]});
    let (status, answer) = desk.put("Invoices", &body).await;
    assert_eq!(
        (status, &answer["ErrorNumber"], &answer["Type"]),
        (400, &json!(10), &json!("ValidationException"))
    );
    let expected = ["Account code '999' is not a valid code for this document."];
    assert_eq!(messages(&answer["Elements"][0]), expected);
    assert_eq!((desk.sim.invoices().len(), desk.sim.contacts().len()), (0, 1));
}

#[tokio::test]
async fn unsummarised_errors_come_per_element_in_a_success() {
    let desk = Desk::open().await;
    let ann = desk.contact("Ann Learner").await;
    let mut bad = invoice(&ann, "JD-2", "45");
    bad["LineItems"][0]["TaxType"] = json!("MOON");
    let body = json!({"Invoices": [invoice(&ann, "JD-1", "45"), bad, invoice(&ann, "JD-3", "1")]});
    let (status, answer) = desk.put("Invoices?summarizeErrors=false", &body).await;
    assert_eq!(status, 200);
    let states: Vec<&Value> = answer["Invoices"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["StatusAttributeString"])
        .collect();
    assert_eq!(states, ["OK", "ERROR", "OK"]);
    assert!(messages(&answer["Invoices"][1])[0].contains("'MOON'"));
    assert_eq!(desk.sim.invoices().len(), 2);
}

#[tokio::test]
async fn a_posted_invoice_needs_lines_due_date_account_and_tax_type() {
    let desk = Desk::open().await;
    let ann = desk.contact("Ann Learner").await;
    let mut empty = invoice(&ann, "JD-1", "45");
    empty["LineItems"] = json!([]);
    empty["DueDate"] = Value::Null;
    let errors = desk.refusal(Method::PUT, "Invoices", empty).await;
    let expected = [
        "One or more line items must be specified",
        "The document DueDate field must be specified",
    ];
    assert_eq!(errors, expected);
    let mut bare = invoice(&ann, "JD-1", "45");
    bare["LineItems"] = json!([{"Description": "x", "UnitAmount": 1}]);
    let errors = desk.refusal(Method::PUT, "Invoices", bare.clone()).await;
    assert_eq!(errors, ["Account code or ID must be specified"]);
    bare["LineItems"][0]["AccountCode"] = json!("200");
    let errors = desk.refusal(Method::PUT, "Invoices", bare.clone()).await;
    assert_eq!(errors, ["TaxType field is mandatory"]);
    bare["Status"] = json!("DRAFT");
    bare["DueDate"] = Value::Null;
    desk.create("Invoices", bare).await;
}

#[tokio::test]
async fn an_archived_account_is_named_in_the_refusal() {
    let desk = Desk::open().await;
    let ann = desk.contact("Ann Learner").await;
    desk.sim.set_account_archived("200", true);
    let errors = desk.refusal(Method::PUT, "Invoices", invoice(&ann, "JD-1", "45")).await;
    assert!(errors[0].contains("'200' has been archived"), "{errors:?}");
}

#[tokio::test]
async fn a_tax_type_of_the_other_side_is_refused() {
    let desk = Desk::open().await;
    let ann = desk.contact("Ann Learner").await;
    let mut body = invoice(&ann, "JD-1", "45");
    body["LineItems"] = json!([line("45", "INPUT2")]);
    let errors = desk.refusal(Method::PUT, "Invoices", body).await;
    assert!(errors[0].starts_with("The TaxType code 'INPUT2'"), "{errors:?}");
}

#[tokio::test]
async fn contact_names_are_unique_among_active_contacts() {
    let desk = Desk::open().await;
    let id = desk.contact("Ann Learner").await;
    let errors = desk.refusal(Method::PUT, "Contacts", json!({"Name": "ann learner"})).await;
    assert!(errors[0].contains("is already assigned to another contact"), "{errors:?}");
    let archive = json!({"Contacts": [{"ContactID": id, "ContactStatus": "ARCHIVED"}]});
    assert_eq!(desk.post("Contacts", &archive).await.0, 200);
    desk.contact("Ann Learner").await;
    let errors = desk.refusal(Method::PUT, "Invoices", invoice(&id, "JD-1", "45")).await;
    assert!(errors[0].contains("archived"), "{errors:?}");
}

#[tokio::test]
async fn a_name_beside_the_contact_id_renames_the_contact() {
    let desk = Desk::open().await;
    let ann = desk.contact("Ann Learner").await;
    let mut body = invoice(&ann, "JD-1", "45");
    body["Contact"]["Name"] = json!("Ann Renamed");
    desk.create("Invoices", body).await;
    assert_eq!(desk.sim.contacts()[0].name, "Ann Renamed");
}

#[tokio::test]
async fn a_locked_period_refuses_posting_paying_and_voiding() {
    let desk = Desk::open().await;
    let ann = desk.contact("Ann Learner").await;
    let id = desk.invoice(&ann, "JD-1", "45").await;
    desk.sim.lock_period(NaiveDate::from_ymd_opt(2026, 11, 20));
    let sentence = "date cannot be before the period lock date, currently set at 20-Nov-2026";
    let errors = desk.refusal(Method::PUT, "Invoices", invoice(&ann, "JD-2", "45")).await;
    assert_eq!(errors, [format!("The document {sentence}")]);
    let void = json!({"InvoiceID": id, "Status": "VOIDED"});
    let errors = desk.refusal(Method::POST, "Invoices", void).await;
    assert_eq!(errors, [format!("The document {sentence}")]);
    let payment = json!({
        "Invoice": {"InvoiceID": id}, "Account": {"Code": "090"}, "Date": "2026-11-19",
        "Amount": 45,
    });
    let errors = desk.refusal(Method::PUT, "Payments", payment).await;
    assert_eq!(errors, [format!("The payment {sentence}")]);
}

#[tokio::test]
async fn states_move_only_forward() {
    let desk = Desk::open().await;
    let ann = desk.contact("Ann Learner").await;
    let id = desk.invoice(&ann, "JD-1", "45").await;
    let wrong = ["Invoice not of valid status for modification"];
    for status in ["DRAFT", "SUBMITTED", "DELETED", "PAID"] {
        let body = json!({"InvoiceID": id, "Status": status});
        assert_eq!(desk.refusal(Method::POST, "Invoices", body).await, wrong, "{status}");
    }
    let void = json!({"Invoices": [{"InvoiceID": id, "Status": "VOIDED"}]});
    assert_eq!(desk.post("Invoices", &void).await.0, 200);
    assert_eq!(desk.sim.invoices()[0].status, Status::Voided);
    let again = invoice(&ann, "JD-1", "50");
    assert_eq!(desk.refusal(Method::POST, "Invoices", again).await, wrong);
}

#[tokio::test]
async fn a_missing_number_is_drawn_and_an_empty_batch_is_refused() {
    let desk = Desk::open().await;
    let ann = desk.contact("Ann Learner").await;
    let mut body = invoice(&ann, "", "45");
    body["Reference"] = json!("");
    let made = desk.create("Invoices", body).await;
    assert_eq!(made["InvoiceNumber"], "INV-0001");
    let (status, answer) = desk.put("Invoices", &json!({"Invoices": []})).await;
    assert_eq!((status, &answer["Type"]), (400, &json!("NoDataProcessedException")));
    let many: Vec<Value> = (0..51).map(|it| invoice(&ann, &format!("X{it}"), "1")).collect();
    let (status, answer) = desk.put("Invoices", &json!({"Invoices": many})).await;
    assert_eq!((status, &answer["Type"]), (400, &json!("ValidationException")));
}

#[tokio::test]
async fn lists_filter_by_where_numbers_and_change_date_and_come_in_pages() {
    let desk = Desk::open().await;
    let ann = desk.contact("Ann Learner").await;
    for number in ["JD-1", "JD-2", "JD-3"] {
        desk.invoice(&ann, number, "45").await;
    }
    let numbers = async |query: &str| -> Vec<String> {
        let (status, answer) = desk.get(&format!("Invoices?{query}")).await;
        assert_eq!(status, 200, "{answer}");
        let rows = answer["Invoices"].as_array().unwrap();
        rows.iter().map(|it| it["InvoiceNumber"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(numbers("where=InvoiceNumber%3D%3D%22JD-2%22").await, ["JD-2"]);
    let both = "where=Type%3D%3D%22ACCREC%22%20AND%20Reference%3D%3D%22key-JD-3%22";
    assert_eq!(numbers(both).await, ["JD-3"]);
    assert_eq!(numbers("where=Date%3E%3DDateTime(2026,11,21)").await, [""; 0]);
    assert_eq!(numbers("InvoiceNumbers=JD-3,JD-1,NONE").await, ["JD-1", "JD-3"]);
    assert_eq!(numbers("page=2&pageSize=2&order=InvoiceNumber%20DESC").await, ["JD-1"]);
    let (_, page) = desk.get("Invoices?page=1&pageSize=2").await;
    assert_eq!(page["pagination"]["itemCount"], 3);
    assert_eq!(page["Invoices"][0]["LineItems"].as_array().unwrap().len(), 1);
    assert_eq!(desk.get("Invoices?pageSize=1001").await.0, 400);
    assert_eq!(desk.get("Invoices?where=Nonsense%3D%3D1").await.0, 400);
    desk.sim.clock().advance(chrono::TimeDelta::minutes(1));
    desk.invoice(&ann, "JD-4", "45").await;
    let recent = desk
        .request(Method::GET, "Invoices")
        .header("If-Modified-Since", "2026-11-20T12:00:30")
        .send();
    let (_, answer) = super::desk::read(recent.await.unwrap()).await;
    assert_eq!(answer["Invoices"].as_array().unwrap().len(), 1);
}
