//! What is gone there goes once more, when a person says so, and only then.

use super::deciding::{asked, read};
use crate::connecting::{connect, desk, ports, xero};
use office::export::FixedToken;
use office::wire::reconcile::{PairView, Reconciliation};
use providers::ProviderAdapter as _;
use providers::document::{
    DocumentKind, ExportDocument, Period, PushItem, RemovalDocument, Removed,
};
use providers::session::{Secret, Session};
use serde_json::{Value, json};
use simulators::tampering::Tampering;
use simulators::xero::XeroSimulator;
use std::sync::Arc;
use support::engine::adapter;
use support::system::System as _;
use support::wrapped::Unwatched;
use support::{TestDesk, draft, id, line, payment};

/// A desk with a sent invoice and its payment.
async fn sent() -> (XeroSimulator, TestDesk, String) {
    let ports = ports().await;
    let xero = xero().await;
    let desk = desk(&xero).await;
    let today = desk.clock.day().to_string();
    let mut lesson = line("KT-B", 2, "790.00", "3");
    lesson["service_id"] = json!(id(1));
    let draft = draft(50, 1, &today, &[lesson]);
    desk.call("issue_invoice", json!({ "draft": draft })).await.expect("an invoice");
    let paid = payment(60, &today, "1580.00", &[(&id(50), "1580.00")]);
    desk.call("record_payment", paid).await.expect("a payment");
    let connection = connect(&desk, &ports).await;
    crate::exporting::map_all_but(&desk, &connection, "").await;
    let page = crate::exporting::settled(&desk, &connection).await;
    assert_eq!(page.counts["sent"], page.counts["all"], "{:?}", page.rows);
    (xero, desk, connection)
}

/// Somebody takes the payment out of Xero.
async fn somebody_deletes_the_payment(xero: &XeroSimulator, desk: &TestDesk) {
    let session = Session {
        endpoints: xero.endpoints(),
        company: xero.company(),
        tokens: Arc::new(FixedToken(Secret::new(xero.access_token("")))),
        watch: Arc::new(Unwatched),
    };
    let adapter = adapter::<XeroSimulator>();
    let period = Period { from: desk.clock.day(), to: desk.clock.day() };
    let theirs = adapter.fetch_records(&session, period).await.expect("records");
    let paid = theirs.iter().find(|it| it.kind == DocumentKind::Payment).expect("a payment");
    let removal = RemovalDocument {
        reference: "K-somebody".to_owned(),
        existing: paid.id.clone(),
        removed: Removed::Payment,
    };
    let document = ExportDocument::Removal(removal);
    let item = PushItem { document, idempotency_key: "5".repeat(32) };
    adapter.push(&session, &[item]).await.outcomes.remove(0).expect("deleted");
    assert_eq!(xero.ledger().payments, 0);
}

async fn send_again(
    desk: &TestDesk,
    connection: &str,
    pair: &PairView,
    reason: &str,
) -> Result<Value, office::Fault> {
    let said = json!({ "key": pair.key, "shown": pair.shown, "reason": reason });
    desk.call("send_again", asked(connection, said)).await
}

#[tokio::test]
async fn a_payment_that_somebody_deleted_goes_once_more_and_both_sides_agree() {
    let (xero, desk, connection) = sent().await;
    somebody_deletes_the_payment(&xero, &desk).await;
    let gone = read(&desk, &connection).await;
    let missing: Vec<&PairView> =
        gone.differences.iter().filter(|it| it.outcome == "missing_there").collect();
    let [pair] = missing[..] else { panic!("one is gone: {:?}", gone.differences) };
    assert!(pair.can_send_again);
    let refused = send_again(&desk, &connection, pair, " ").await.expect_err("no reason");
    assert_eq!(refused.field.as_deref(), Some("reason"));

    send_again(&desk, &connection, pair, "Deleted by mistake.").await.expect("sent again");
    crate::exporting::settled(&desk, &connection).await;
    assert_eq!(xero.ledger().payments, 1);
    let clean = read(&desk, &connection).await;
    assert_eq!((clean.agreed, clean.differences.len()), (2, 0), "{:?}", clean.differences);
    send_again(&desk, &connection, pair, "Once more.").await.expect_err("it is there");
    assert!(xero.duplicates().is_empty(), "{:?}", xero.duplicates());
    let asked =
        json!({ "filter": { "kind": "export_settled" }, "window": { "offset": 0, "limit": 5 } });
    let log = desk.call("list_audit", asked).await.expect("the log");
    assert_eq!(log["total"], 1, "{log}");
}

#[tokio::test]
async fn what_is_voided_there_is_not_sent_again() {
    let (xero, desk, connection) = sent().await;
    somebody_deletes_the_payment(&xero, &desk).await;
    let number = xero.invoices()[0].number.clone().expect("a number");
    xero.tamper(&number, Tampering::Voided);
    let both = read(&desk, &connection).await;
    let voided = both.differences.iter().find(|it| it.kind == "invoice").expect("the invoice");
    assert_eq!((voided.outcome.as_str(), voided.can_send_again), ("missing_there", false));
    let refused = send_again(&desk, &connection, voided, "Again.").await.expect_err("it is void");
    assert_eq!(refused.rule.as_deref(), Some("not_gone"));
}

#[tokio::test]
async fn what_is_there_after_all_is_found_and_not_made_twice() {
    let (xero, desk, connection) = sent().await;
    somebody_deletes_the_payment(&xero, &desk).await;
    let gone = read(&desk, &connection).await;
    let paid = gone.differences.iter().find(|it| it.can_send_again).expect("the payment").clone();
    send_again(&desk, &connection, &paid, "Deleted by mistake.").await.expect("sent again");
    crate::exporting::settled(&desk, &connection).await;
    // The comparison still shows what was read before it went.
    let request = asked(&connection, json!({}));
    let stale: Reconciliation = desk.ask("reconciliation", request).await.expect("as it was read");
    let again = stale.differences.iter().find(|it| it.can_send_again).expect("as it was read");
    send_again(&desk, &connection, again, "Once more.").await.expect("sent again");
    crate::exporting::settled(&desk, &connection).await;
    assert_eq!(xero.ledger().payments, 1);
    assert!(xero.duplicates().is_empty(), "{:?}", xero.duplicates());
}
