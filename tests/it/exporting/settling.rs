//! What a person settles: linked to what is there, done elsewhere, and what then becomes of the
//! records that need it.

use super::{issue, map_all_but, page, settled};
use crate::connecting::{connect, desk, ports, xero};
use office::Code;
use office::wire::exports::{
    Candidates, CauseRecords, CausesView, ExportDetail, ExportRow, Released,
};
use serde_json::{Value, json};
use simulators::xero::XeroSimulator;
use support::{TestDesk, id, payment};

/// Writes an invoice into Xero as a bookkeeper would by hand.
async fn by_hand(xero: &XeroSimulator, number: &str, total: &str) {
    let invoice = json!({
        "Type": "ACCREC", "InvoiceNumber": number, "Contact": { "Name": "Ada Berg, by hand" },
        "Date": "2026-03-10", "DueDate": "2026-03-24", "LineAmountTypes": "Inclusive",
        "Reference": "by hand", "Status": "AUTHORISED", "CurrencyCode": "NOK",
        "LineItems": [{
            "Description": "Lessons", "Quantity": 1, "UnitAmount": total,
            "AccountCode": "3000", "TaxType": "TAX001",
        }],
    });
    let tenant = xero.tenant_ids()[0].to_string();
    let answer = reqwest::Client::new()
        .put(format!("{}/Invoices", xero.api_url()))
        .bearer_auth(xero.issue_tokens().access_token)
        .header("xero-tenant-id", tenant)
        .header("accept", "application/json")
        .header("content-type", "application/json")
        .body(json!({ "Invoices": [invoice] }).to_string())
        .send()
        .await
        .expect("an answer");
    let status = answer.status();
    assert!(status.is_success(), "{status}: {}", answer.text().await.expect("a text"));
}

/// An issued and half paid invoice, and its number.
pub async fn paid_invoice(desk: &TestDesk) -> String {
    issue(desk, 50, 2).await;
    let paid = payment(70, &desk.clock.day().to_string(), "500.00", &[(&id(50), "500.00")]);
    desk.call("record_payment", paid).await.expect("a payment");
    let found = desk.call("find_invoice", json!({ "id": id(50) })).await.expect("an invoice");
    found["number"].as_str().expect("a number").to_owned()
}

fn of(rows: &[ExportRow], kind: &str) -> ExportRow {
    rows.iter().find(|row| row.kind == kind).expect("a record").clone()
}

fn settle(row: &ExportRow, outcome: &str, reference: Option<&str>) -> Value {
    json!({
        "ids": [row.id], "outcome": outcome, "external_reference": reference,
        "reason": "Booked by hand",
    })
}

#[tokio::test]
async fn a_record_is_linked_to_what_is_there_with_equal_totals_and_its_payment_follows() {
    let ports = ports().await;
    let xero = xero().await;
    let desk = desk(&xero).await;
    let number = paid_invoice(&desk).await;
    by_hand(&xero, &number, "1580.00").await;
    let connection = connect(&desk, &ports).await;
    map_all_but(&desk, &connection, "none").await;
    let held = settled(&desk, &connection).await;
    let invoice = of(&held.rows, "invoice");
    assert_eq!(invoice.state, "attention");
    let causes: CausesView = desk.ask("export_causes", json!({})).await.expect("causes");
    assert_eq!(causes.causes.iter().map(|it| it.class.as_str()).collect::<Vec<_>>(), ["duplicate"]);
    // What waits for it is one cause that opens to the documents.
    let [needs] = &causes.waiting[..] else { panic!("one cause: {:?}", causes.waiting) };
    assert_eq!((needs.class.as_str(), needs.documents), ("depends", 1));
    assert_eq!(needs.params["label"], number);
    assert_eq!(of(&held.rows, "payment").cause.as_ref(), Some(&needs.id));
    let records = json!({ "id": needs.id, "window": { "offset": 0, "limit": 10 } });
    let records: CauseRecords = desk.ask("cause_records", records).await.expect("records");
    assert_eq!((records.total, records.rows[0].kind.as_str()), (1, "payment"));

    let request = json!({ "id": invoice.id });
    let detail: ExportDetail = desk.ask("find_export", &request).await.expect("a record");
    let asked = detail.attempts.iter().find(|attempt| attempt.call == "find").expect("a look-up");
    assert_eq!(asked.status, Some(200), "the history tells what was answered");
    let there: Candidates = desk.ask("export_candidates", &request).await.expect("candidates");
    let [there] = &there.rows[..] else { panic!("one candidate: {:?}", there.rows) };
    assert!(there.agrees);
    let link = json!({ "id": invoice.id, "external_id": there.external_id });
    let linked: ExportDetail = desk.ask("link_export", link).await.expect("linked");
    assert_eq!(linked.row.external_number.as_deref(), Some(number.as_str()));
    let sent = settled(&desk, &connection).await;
    assert_eq!((sent.counts["sent"], sent.counts["all"]), (3, 3), "{:?}", sent.rows);
    assert_eq!((xero.invoices().len(), xero.payments().len()), (1, 1));
}

#[tokio::test]
async fn other_totals_are_never_linked() {
    let ports = ports().await;
    let xero = xero().await;
    let desk = desk(&xero).await;
    let number = paid_invoice(&desk).await;
    by_hand(&xero, &number, "1580.01").await;
    let connection = connect(&desk, &ports).await;
    map_all_but(&desk, &connection, "none").await;
    let invoice = of(&settled(&desk, &connection).await.rows, "invoice");
    let request = json!({ "id": invoice.id });
    let there: Candidates = desk.ask("export_candidates", &request).await.expect("candidates");
    assert!(!there.rows[0].agrees);
    let link = json!({ "id": invoice.id, "external_id": there.rows[0].external_id });
    let fault = desk.call("link_export", link).await.expect_err("refused");
    assert_eq!((fault.code, fault.rule.as_deref()), (Code::WrongState, Some("totals_differ")));
}

#[tokio::test]
async fn what_needs_a_record_that_was_settled_without_its_id_asks_for_a_decision_of_its_own() {
    for (outcome, reference) in [("done_elsewhere", Some("voucher 17")), ("skipped", None)] {
        let ports = ports().await;
        let xero = xero().await;
        let desk = desk(&xero).await;
        let number = paid_invoice(&desk).await;
        let connection = connect(&desk, &ports).await;
        map_all_but(&desk, &connection, "3").await;
        let held = settled(&desk, &connection).await;
        assert_eq!(of(&held.rows, "payment").state, "waiting");
        let done = settle(&of(&held.rows, "invoice"), outcome, reference);
        let released: Released = desk.ask("settle_exports", done).await.expect("settled");
        assert_eq!(released.records, 1);
        let held = settled(&desk, &connection).await;
        let causes: CausesView = desk.ask("export_causes", json!({})).await.expect("causes");
        let [cause] = &causes.causes[..] else { panic!("one cause: {:?}", causes.causes) };
        assert_eq!((cause.class.as_str(), cause.documents), ("need_left_out", 1));
        assert_eq!(cause.params["label"], number);
        assert!(causes.waiting.is_empty(), "{:?}", causes.waiting);
        let skip = settle(&of(&held.rows, "payment"), "skipped", None);
        desk.call("settle_exports", skip).await.expect("skipped");
        let causes: CausesView = desk.ask("export_causes", json!({})).await.expect("causes");
        assert!(causes.causes.is_empty(), "{:?}", causes.causes);
        assert_eq!(page(&desk, "settled").await.total, 2);
        assert_eq!(xero.payments(), []);
    }
}

/// Digits may be a number as well as an id: the address of the record there says which it is.
#[tokio::test]
async fn an_address_of_the_record_there_names_it_and_its_payment_follows() {
    let ports = ports().await;
    let xero = xero().await;
    let desk = desk(&xero).await;
    let number = paid_invoice(&desk).await;
    by_hand(&xero, &number, "1580.00").await;
    let connection = connect(&desk, &ports).await;
    map_all_but(&desk, &connection, "none").await;
    let invoice = of(&settled(&desk, &connection).await.rows, "invoice");
    let id = xero.invoices()[0].id;
    let address = format!("https://go.xero.com/AccountsReceivable/View.aspx?InvoiceID={id}");
    let done = settle(&invoice, "done_elsewhere", Some(&address));
    desk.call("settle_exports", done).await.expect("settled");
    let sent = settled(&desk, &connection).await;
    assert_eq!(of(&sent.rows, "payment").state, "sent", "{:?}", sent.rows);
    let invoice = of(&sent.rows, "invoice");
    assert_eq!(invoice.url.as_deref(), Some(&*address));
    assert_eq!(xero.payments().len(), 1);
}
