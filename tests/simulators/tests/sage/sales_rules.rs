//! Contacts, invoices and credit notes: what is taken, what is refused, and with which words.

use reqwest::Method;
use serde_json::{Value, json};
use simulators::sage::{Amounts, SageConfig, Status, fixed_id};

use super::desk::{Desk, id, line, sale, still};

const INVOICES: (&str, &str) = ("sales_invoices", "sales_invoice");

#[tokio::test]
async fn a_draft_has_no_number_and_is_not_in_the_accounts_until_it_is_released() {
    let desk = Desk::open().await;
    let ann = desk.contact("Ann Learner").await;
    let mut draft = sale(&ann, "JD-1", "invoice_lines");
    draft["status_id"] = json!("DRAFT");
    let made = desk.create(INVOICES.0, INVOICES.1, draft).await;
    assert_eq!(made["invoice_number"], "SI-DRAFT");
    assert_eq!((&made["transaction"], &made["status"]["id"]), (&Value::Null, &json!("DRAFT")));
    let path = format!("sales_invoices/{}/release", id(&made));
    let (status, released) = desk.post(&path, &json!({})).await;
    assert_eq!((status, &released["invoice_number"]), (201, &json!("SI-1")));
    assert_eq!(released["outstanding_amount"], 54.0);
    let (status, again) = desk.post(&path, &json!({})).await;
    assert_eq!((status, &again[0]["$dataCode"]), (422, &json!("RecordInvalid")));
    assert_eq!(desk.sim.invoices().len(), 1);
}

#[tokio::test]
async fn the_client_names_the_tax_of_each_line() {
    let desk = Desk::open().await;
    let ann = desk.contact("Ann Learner").await;
    let with = |line: Value| {
        let mut body = sale(&ann, "JD-1", "invoice_lines");
        body["invoice_lines"] = json!([line]);
        body
    };
    let mut bare = line();
    bare.as_object_mut().unwrap().remove("tax_amount");
    let refused = desk.refusal(INVOICES.0, INVOICES.1, with(bare.clone())).await;
    assert_eq!(refused, (422, "RecordInvalid".into(), "invoice_lines.tax_amount".into()));
    bare["tax_rate_id"] = json!("GB_ZERO");
    let made = desk.create(INVOICES.0, INVOICES.1, with(bare)).await;
    assert_eq!((&made["tax_amount"], &made["total_amount"]), (&json!(0.0), &json!(45.0)));
    let mut odd = line();
    odd["tax_amount"] = json!(9.01);
    let made = desk.create(INVOICES.0, INVOICES.1, with(odd)).await;
    assert_eq!(made["total_amount"], 54.01);
}

#[tokio::test]
async fn what_a_document_names_must_be_there_and_offered_for_sales() {
    let desk = Desk::open().await;
    let ann = desk.contact("Ann Learner").await;
    for (field, wrong) in
        [("ledger_account_id", fixed_id(1, 4900)), ("tax_rate_id", "GB_OLD".to_owned())]
    {
        let mut body = sale(&ann, "JD-1", "invoice_lines");
        body["invoice_lines"][0][field] = json!(wrong);
        let (status, code, source) = desk.refusal(INVOICES.0, INVOICES.1, body).await;
        assert_eq!((status, code.as_str(), source.as_str()), (404, "RecordNotFound", ""));
    }
    let supplier = json!({"name": "Garage", "contact_type_ids": ["VENDOR"]});
    let supplier = id(&desk.create("contacts", "contact", supplier).await);
    let body = json!({INVOICES.1: sale(&supplier, "JD-1", "invoice_lines")});
    let (_, answer) = desk.post(INVOICES.0, &body).await;
    assert_eq!(answer[0]["$message"], "Couldn't find Customer.");
}

#[tokio::test]
async fn a_locked_day_and_a_long_reference_are_refused() {
    let desk = Desk::open().await;
    let ann = desk.contact("Ann Learner").await;
    let long = sale(&ann, &"9".repeat(26), "invoice_lines");
    let refused = desk.refusal(INVOICES.0, INVOICES.1, long).await;
    assert_eq!(refused, (422, "RecordInvalid".into(), "reference".into()));
    desk.sim.lock_down("2026-11-30".parse().ok());
    let refused = desk.refusal(INVOICES.0, INVOICES.1, sale(&ann, "JD-1", "invoice_lines")).await;
    assert_eq!(refused, (422, "RecordInvalid".into(), "date".into()));
    let (_, settings) = desk.get("financial_settings").await;
    assert_eq!(settings["year_end_lockdown_date"], "2026-11-30");
}

#[tokio::test]
async fn a_contact_reference_is_unique_and_has_ten_characters_at_most() {
    let desk = Desk::open().await;
    let with = |reference: &str| json!({"name": "Ann", "contact_type_ids": ["CUSTOMER"], "reference": reference});
    desk.create("contacts", "contact", with("1042")).await;
    for wrong in ["1042", "12345678901"] {
        let refused = desk.refusal("contacts", "contact", with(wrong)).await;
        assert_eq!(refused, (422, "RecordInvalid".into(), "reference".into()));
    }
    let (_, found) = desk.get("contacts?search=1042&attributes=reference").await;
    assert_eq!((&found["$total"], &found["$items"][0]["reference"]), (&json!(1), &json!("1042")));
}

#[tokio::test]
async fn a_posted_invoice_is_voided_with_a_reason_and_a_draft_goes_without_one() {
    let desk = Desk::open().await;
    let ann = desk.contact("Ann Learner").await;
    let posted = desk.invoice(&ann, "JD-1").await;
    assert_eq!(desk.delete(&format!("sales_invoices/{posted}")).await.0, 422);
    let path = format!("sales_invoices/{posted}?void_reason=by%20accident");
    let (status, voided) = desk.delete(&path).await;
    assert_eq!((status, &voided["void_reason"]), (200, &json!("by accident")));
    assert_eq!(desk.sim.invoices()[0].status, Status::Void);
    let mut draft = sale(&ann, "JD-2", "invoice_lines");
    draft["status_id"] = json!("DRAFT");
    let draft = id(&desk.create(INVOICES.0, INVOICES.1, draft).await);
    assert_eq!(desk.delete(&format!("sales_invoices/{draft}")).await.0, 200);
    assert_eq!(desk.sim.invoices().len(), 1);
}

#[tokio::test]
async fn a_deleted_draft_is_in_the_list_of_what_was_deleted_and_nowhere_else() {
    let desk = Desk::open().await;
    let ann = desk.contact("Ann Learner").await;
    let mut draft = sale(&ann, "JD-1", "invoice_lines");
    draft["status_id"] = json!("DRAFT");
    let draft = id(&desk.create(INVOICES.0, INVOICES.1, draft).await);
    let posted = desk.invoice(&ann, "JD-2").await;
    for path in [draft.clone(), format!("{posted}?void_reason=twice")] {
        assert_eq!(desk.delete(&format!("sales_invoices/{path}")).await.0, 200);
    }
    assert_eq!(desk.get(&format!("sales_invoices/{draft}")).await.0, 404);
    let (_, listed) = desk.get("sales_invoices?attributes=status").await;
    assert_eq!((&listed["$total"], &listed["$items"][0]["id"]), (&json!(1), &json!(posted)));
    assert_eq!(listed["$items"][0]["status"]["id"], "VOID");
    let since = |moment| format!("sales_invoices?deleted_since={moment}&attributes=deleted_at");
    let (_, deleted) = desk.get(&since("2026-11-20T11:59:59Z")).await;
    assert_eq!((&deleted["$total"], &deleted["$items"][0]["id"]), (&json!(1), &json!(draft)));
    assert_eq!(deleted["$items"][0]["deleted_at"], "2026-11-20T12:00:00Z");
    let (_, later) = desk.get(&since("2026-11-20T12:00:00Z")).await;
    assert_eq!(later["$total"], 0, "the moment itself does not count");
}

#[tokio::test]
async fn a_foreign_invoice_without_a_rate_counts_one_to_one() {
    let desk = Desk::open().await;
    let ann = desk.contact("Ann Learner").await;
    let mut body = sale(&ann, "JD-1", "invoice_lines");
    body["currency_id"] = json!("EUR");
    let made = desk.create(INVOICES.0, INVOICES.1, body.clone()).await;
    assert_eq!(made["base_currency_total_amount"], 54.0);
    body["exchange_rate"] = json!("1.2");
    let made = desk.create(INVOICES.0, INVOICES.1, body).await;
    assert_eq!(made["base_currency_total_amount"], 45.0);
}

#[tokio::test]
async fn amounts_come_as_numbers_or_as_text() {
    for (amounts, wanted) in [(Amounts::Numbers, json!(54.0)), (Amounts::Texts, json!("54.0"))] {
        let desk = Desk::with(SageConfig { amounts, ..still() }).await;
        let ann = desk.contact("Ann Learner").await;
        let invoice = desk.invoice(&ann, "JD-1").await;
        let (_, shown) = desk.get(&format!("sales_invoices/{invoice}")).await;
        assert_eq!(shown["total_amount"], wanted);
    }
}

#[tokio::test]
async fn only_json_is_taken_and_only_known_verbs() {
    let desk = Desk::open().await;
    let form = desk.request(Method::POST, "contacts").form(&[("name", "Ann")]);
    assert_eq!(form.send().await.unwrap().status(), 415);
    let put = desk.request(Method::PUT, "sales_invoices/x").json(&json!({}));
    assert_eq!(put.send().await.unwrap().status(), 405);
    assert_eq!(desk.get("customers").await.0, 404);
}
