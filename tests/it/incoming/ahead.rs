//! Money that a bookkeeper records in advance, with its VAT, comes here as money.

use super::{conflicts, gbp, held, invoice_there, open, open_after, payments, read, sent, there};
use reqwest::Method;
use serde_json::{Value, json};
use simulators::xero::XeroSimulator;
use store::exports::ExportKind;
use support::engine::Bench;
use support::exporting::day;
use support::system::System;

/// What somebody does in Xero.
async fn by_hand(bench: &Bench<XeroSimulator>, path: &str, body: &Value) -> Value {
    let url = format!("{}/api.xro/2.0/{path}", bench.sim.base_url());
    let call = reqwest::Client::new().request(Method::PUT, url).json(body);
    let call = call.bearer_auth(bench.sim.issue_tokens().access_token);
    let call = call.header("xero-tenant-id", bench.sim.company());
    let answer = call.header("accept", "application/json").send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
    answer.json().await.expect("json")
}

/// A bookkeeper records 120 pounds of our customer in advance.
async fn prepaid() -> (Bench<XeroSimulator>, String) {
    let bench = sent::<XeroSimulator>().await;
    let contact = there(&bench, ExportKind::Customer).await.into_values().next();
    let line = json!({"Description": "Ten lessons", "Quantity": 1, "UnitAmount": 120,
        "AccountCode": "200", "TaxType": "OUTPUT2"});
    let ahead = json!({"Type": "RECEIVE-PREPAYMENT", "Contact": {"ContactID": contact},
        "BankAccount": {"Code": "090"}, "Date": day().to_string(),
        "LineAmountTypes": "Inclusive", "LineItems": [line]});
    let made = by_hand(&bench, "BankTransactions", &ahead).await;
    let id = made["BankTransactions"][0]["PrepaymentID"].as_str().expect("its id").to_owned();
    read(&bench).await;
    (bench, id)
}

#[tokio::test]
async fn a_prepayment_recorded_in_xero_comes_once_with_what_it_pays() {
    let (bench, id) = prepaid().await;
    let taken = payments(&bench).await;
    assert_eq!(taken.len(), 1, "{:?}", conflicts(&bench).await);
    assert_eq!((taken[0].payment.amount, taken[0].unallocated), (gbp(12_000), gbp(12_000)));

    let invoice = invoice_there(&bench, 0).await;
    let used = json!({"Amount": 50, "Date": day().to_string(), "Invoice": {"InvoiceID": invoice}});
    by_hand(&bench, &format!("Prepayments/{id}/Allocations"), &used).await;
    let before = bench.sim.ledger();
    for _ in 0..2 {
        read(&bench).await;
    }
    assert_eq!(open(&bench, 0).await, open_after(0, 5_000), "{:?}", conflicts(&bench).await);
    let taken = payments(&bench).await;
    assert_eq!((taken.len(), taken[0].unallocated), (1, gbp(7_000)));
    assert!(conflicts(&bench).await.is_empty());
    bench.run_until_quiet().await;
    assert_eq!(bench.sim.ledger(), before, "nothing goes back");
    assert_eq!(bench.counts().await.attention, 0, "{:?}", bench.causes().await);
}

#[tokio::test]
async fn a_prepayment_recorded_in_xero_is_used_and_paid_back_from_here() {
    let (bench, _) = prepaid().await;
    held::use_here(&bench, 1, 0, 3_000).await;
    held::expect(&bench, [12_000, 9_000, 3_000]).await;
    held::both_sides_agree(&bench).await;
    held::pay_back(&bench, 2_000).await;
    held::expect(&bench, [10_000, 7_000, 3_000]).await;
    held::tell(&bench, held::released(held::allocation_id(1))).await;
    held::expect(&bench, [10_000, 10_000, 0]).await;
}
