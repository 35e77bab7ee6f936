//! Money on account: a payment without a line, which is given one as invoices take of it.

use super::desk::{Desk, customer, desk, gbp, invoice, on};
use providers::document::{ExportDocument, HeldAs, RemovalDocument, Removed};
use providers::{Found, ProviderError};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use simulators::qbo::{Entity, QboSimulator, Row};
use support::adapter;
use support::system::System;

pub fn on_account(reference: &str, customer: &str, minor: i64) -> ExportDocument {
    adapter::on_account(&QboSimulator::codes(), reference, customer, minor)
}

pub use support::adapter::used;

/// What is set against an invoice out of the money, no longer.
pub fn taken_back(reference: &str, (money, id): (&str, &str), minor: i64) -> ExportDocument {
    ExportDocument::Removal(RemovalDocument {
        reference: reference.to_owned(),
        existing: id.to_owned(),
        removed: Removed::CreditAllocation {
            credit_note: money.to_owned(),
            held_as: HeldAs::OnAccount,
            amount: gbp(minor),
        },
    })
}

/// The money itself went back.
fn gone(reference: &str, money: &str, minor: i64) -> ExportDocument {
    ExportDocument::Removal(RemovalDocument {
        reference: reference.to_owned(),
        existing: money.to_owned(),
        removed: Removed::OnAccount {
            account: QboSimulator::codes().bank,
            date: on("2026-11-20"),
            amount: gbp(minor),
        },
    })
}

fn money_there(desk: &Desk) -> Row {
    desk.sim.living(Entity::Payment).remove(0)
}

/// What is unused of it, and what each line gives, in minor units.
fn standing(desk: &Desk) -> (Decimal, Vec<Value>) {
    let row = money_there(desk);
    let lines = row.body["Line"].as_array().expect("lines");
    (row.decimal("UnappliedAmt"), lines.iter().map(|line| line["Amount"].clone()).collect())
}

fn pounds(pounds: i64) -> Decimal {
    Decimal::from(pounds)
}

#[tokio::test]
async fn money_on_account_is_found_used_and_taken_back() {
    let desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    let one = desk.create(&invoice("A-1", &ann)).await;
    let two = desk.create(&invoice("A-2", &ann)).await;
    let kept = on_account("K-o1", &ann, 10_000);
    assert_eq!(desk.find(&kept).await, Found::Absent);
    let there = desk.push(std::slice::from_ref(&kept)).await.remove(0).expect("made");
    assert_eq!((there.gross, money_there(&desk).id), (Some(gbp(10_000)), there.id.clone()));
    assert!(matches!(desk.find(&kept).await, Found::Ours(it) if it == there));

    // Three uses in one batch, two of them for the same invoice.
    let uses =
        [used(&there.id, &one, 1_000), used(&there.id, &two, 2_000), used(&there.id, &one, 500)];
    let outcomes = desk.push(&uses).await;
    let ids: Vec<String> = outcomes.into_iter().map(|it| it.expect("used").id).collect();
    assert_eq!(standing(&desk), (pounds(65), vec![json!(15), json!(20)]));
    for (ours, id) in uses.iter().zip(&ids) {
        let Found::Ours(found) = desk.find(ours).await else { panic!("{ours:?}") };
        assert_eq!(&found.id, id);
    }
    assert!(matches!(desk.find(&kept).await, Found::Ours(_)), "its note still says whose it is");

    let back = [
        taken_back("K-u1000", (&there.id, &ids[0]), 1_000),
        taken_back("K-u2000", (&there.id, &ids[1]), 2_000),
    ];
    assert_eq!(desk.find(&back[0]).await, Found::Absent);
    assert!(desk.push(&back).await.iter().all(Result::is_ok));
    assert_eq!(standing(&desk), (pounds(95), vec![json!(5)]));
    assert!(matches!(desk.find(&back[0]).await, Found::Ours(_)));
    assert_eq!(desk.find(&uses[0]).await, Found::Absent);
    assert!(matches!(desk.find(&uses[2]).await, Found::Ours(_)));
}

/// Its line has no mark of ours, and it is taken back once all the same.
#[tokio::test]
async fn what_was_set_there_by_hand_is_taken_back_once() {
    let desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    let one = desk.create(&invoice("A-1", &ann)).await;
    let money = desk.create(&on_account("K-o1", &ann, 5_000)).await;
    desk.create(&used(&money, &one, 300)).await;
    let row = money_there(&desk);
    let line = json!([{"Amount": 10, "LinkedTxn": [{"TxnId": one, "TxnType": "Invoice"}]}]);
    let by_hand = json!({"Id": money, "SyncToken": row.sync_token.to_string(), "sparse": true,
        "PaymentRefNum": "Slip 7", "CustomerRef": {"value": ann}, "TotalAmt": 50, "Line": line});
    desk.raw("payment", &by_hand).await;
    let back = taken_back("K-u700", (&money, &format!("{money}/{one}/somebody")), 700);
    desk.create(&back).await;
    assert_eq!(standing(&desk), (pounds(47), vec![json!(3)]));
    assert!(matches!(desk.find(&back).await, Found::Ours(_)));
    // What people wrote on it stays.
    assert_eq!(money_there(&desk).body["PaymentRefNum"], "Slip 7");
}

#[tokio::test]
async fn money_that_went_back_is_deleted_unless_a_part_went_back_before() {
    let desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    let money = desk.create(&on_account("K-o1", &ann, 5_000)).await;
    let part = gone("K-o1", &money, 4_000);
    let refused = desk.push(std::slice::from_ref(&part)).await.remove(0);
    assert!(matches!(refused, Err(ProviderError::Rejected { .. })), "{refused:?}");
    let whole = gone("K-o1", &money, 5_000);
    assert_eq!(desk.find(&whole).await, Found::Absent);
    desk.create(&whole).await;
    assert!(desk.sim.living(Entity::Payment).is_empty());
    assert!(matches!(desk.find(&whole).await, Found::Ours(_)));
}

#[tokio::test]
async fn more_than_is_left_of_it_is_refused() {
    let desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    let one = desk.create(&invoice("A-1", &ann)).await;
    let money = desk.create(&on_account("K-o1", &ann, 1_000)).await;
    let outcomes = desk.push(&[used(&money, &one, 800), used(&money, &one, 300)]).await;
    assert!(outcomes[0].is_ok() && outcomes[1].is_err(), "{outcomes:?}");
    assert_eq!(standing(&desk), (pounds(2), vec![json!(8)]));
}
