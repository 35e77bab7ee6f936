//! Currencies in the mapping: each stands for itself where it is switched on there, and stops its
//! documents before anything is sent where it is not.

use super::{issue, map_all_but, settled};
use crate::connecting::{change, connect, desk, ports, save, xero};
use crate::signing_in::{self, Secretive};
use office::wire::exports::{CauseView, CausesView};
use office::wire::mapping::{MappingRow, MappingView, RehearsalView};
use serde_json::json;
use simulators::qbo::QboSimulator;
use simulators::sage::SageSimulator;
use support::system::System as _;
use support::{TestDesk, draft, id, line, payment};

/// Issues an invoice over a hundred euros.
async fn issue_in_euros(desk: &TestDesk, number: u128) {
    let today = desk.clock.day().to_string();
    let rate = json!({ "currency": "EUR", "rate": "11.5", "on": today, "source": "Norges Bank" });
    desk.call("set_exchange_rate", rate).await.expect("a rate");
    let mut lesson = line("KT-B", 1, "100.00", "3");
    lesson["service_id"] = json!(id(1));
    let mut euros = draft(number, 1, &today, &[lesson]);
    euros["currency"] = json!("EUR");
    desk.call("issue_invoice", json!({ "draft": euros })).await.expect("an invoice");
}

async fn read_again(desk: &TestDesk, connection: &str) -> MappingView {
    desk.ask("refresh_reference_data", json!({ "id": connection })).await.expect("read")
}

fn euro(view: &MappingView) -> &MappingRow {
    let mut rows = view.rows.iter().filter(|row| row.kind == "currency");
    let row = rows.next().expect("a currency");
    assert_eq!((row.local_key.as_str(), rows.next()), ("EUR", None));
    row
}

async fn only_cause(desk: &TestDesk) -> CauseView {
    let mut view: CausesView = desk.ask("export_causes", json!({})).await.expect("causes");
    assert_eq!(view.causes.len(), 1, "{:?}", view.causes);
    view.causes.remove(0)
}

/// What the cause is about, whether the company takes its own currency only, and for how many.
fn told(cause: &CauseView) -> (&str, Option<&str>, Option<&str>, u32) {
    let param = |name: &str| cause.params.get(name).map(String::as_str);
    assert!(cause.mapping.is_none(), "nothing can be chosen here: {cause:?}");
    assert_eq!((param("kind"), param("local_key")), (Some("currency"), Some("EUR")));
    (cause.class.as_str(), param("single"), Some(cause.in_the_books.as_str()), cause.documents)
}

#[tokio::test]
async fn a_currency_that_is_off_in_xero_stops_its_documents_and_no_others() {
    let ports = ports().await;
    let xero = xero().await;
    xero.set_currency("EUR", false);
    xero.set_currency("USD", true);
    let desk = desk(&xero).await;
    issue(&desk, 50, 1).await;
    issue_in_euros(&desk, 51).await;
    issue_in_euros(&desk, 52).await;
    let connection = connect(&desk, &ports).await;
    map_all_but(&desk, &connection, "").await;
    let view: MappingView =
        desk.ask("mapping", json!({ "connection_id": connection })).await.expect("a mapping");
    assert_eq!((euro(&view).state.as_str(), view.missing), ("missing", 1));
    let mapped_by_hand = save(&desk, &connection, &[change("currency", "EUR", Some("USD"))]).await;
    assert_eq!(mapped_by_hand.expect_err("nobody chooses it").rule.as_deref(), Some("choice"));

    let quality = desk.call("export_quality", json!({})).await.expect("what is missing");
    let found = quality["findings"].as_array().expect("findings");
    let off = found.iter().find(|it| it["kind"] == "currency").expect("the currency");
    assert_eq!((&off["class"], &off["documents"]), (&json!("mapping"), &json!(2)));
    let invoice = desk.call("find_invoice", json!({ "id": id(51) })).await.expect("an invoice");
    let request = json!({ "connection_id": connection, "number": invoice["number"] });
    let shown: RehearsalView = desk.ask("rehearse_mapping", request).await.expect("a test run");
    assert!(shown.warnings.iter().any(|it| it.code == "currency_off"), "{:?}", shown.warnings);

    let held = settled(&desk, &connection).await;
    assert_eq!((held.counts["sent"], held.counts["attention"]), (2, 2), "{:?}", held.rows);
    let cause = only_cause(&desk).await;
    assert_eq!(told(&cause), ("mapping_missing", None, Some("no"), 2));
    let there = xero.invoices();
    assert_eq!(there.iter().map(|it| it.currency_code.as_str()).collect::<Vec<_>>(), ["NOK"]);

    // Read again while it is still off, nothing goes on; switched on, all does by itself.
    assert_eq!(euro(&read_again(&desk, &connection).await).waiting, 2);
    xero.set_currency("EUR", true);
    let view = read_again(&desk, &connection).await;
    let row = euro(&view);
    assert_eq!((row.state.as_str(), row.remote_code.as_deref()), ("mapped", Some("EUR")));
    assert_eq!((row.waiting, view.missing), (0, 0));
    let sent = settled(&desk, &connection).await;
    assert_eq!(sent.counts["sent"], sent.counts["all"], "{:?}", sent.rows);
    assert_eq!(xero.invoices().len(), 3);
}

#[tokio::test]
async fn a_currency_switched_off_after_it_was_read_is_told_and_goes_on_when_it_is_back() {
    let ports = ports().await;
    let xero = xero().await;
    let desk = desk(&xero).await;
    issue_in_euros(&desk, 50).await;
    let connection = connect(&desk, &ports).await;
    map_all_but(&desk, &connection, "").await;
    xero.set_currency("EUR", false);
    let held = settled(&desk, &connection).await;
    assert_eq!((held.counts["sent"], held.counts["attention"]), (1, 1), "{:?}", held.rows);
    let cause = only_cause(&desk).await;
    let param = |name: &str| cause.params.get(name).map(String::as_str);
    assert_eq!(cause.class, "reference_gone");
    assert_eq!((param("reference"), param("name")), (Some("currency"), Some("EUR")));
    assert!(cause.mapping.is_none(), "{cause:?}");

    assert_eq!(euro(&read_again(&desk, &connection).await).state, "missing");
    assert_eq!(only_cause(&desk).await.class, "reference_gone");
    xero.set_currency("EUR", true);
    read_again(&desk, &connection).await;
    let sent = settled(&desk, &connection).await;
    assert_eq!(sent.counts["sent"], sent.counts["all"], "{:?}", sent.rows);
}

#[tokio::test]
async fn euros_never_go_to_an_account_in_dollars_and_kroner_may() {
    let ports = ports().await;
    let xero = xero().await;
    xero.set_currency("USD", true);
    xero.open_bank("1950", "USD");
    let desk = desk(&xero).await;
    let today = desk.clock.day().to_string();
    issue(&desk, 50, 1).await;
    issue_in_euros(&desk, 51).await;
    let kroner = payment(60, &today, "790.00", &[(&id(50), "790.00")]);
    desk.call("record_payment", kroner).await.expect("a payment");
    let mut euros = payment(61, &today, "100.00", &[(&id(51), "100.00")]);
    euros["foreign"] = json!({ "currency": "EUR", "base_amount": "1150", "rate": null });
    let method = euros["method"].as_str().expect("a method").to_owned();
    desk.call("record_payment", euros).await.expect("a payment");
    let connection = connect(&desk, &ports).await;
    map_all_but(&desk, &connection, "").await;
    let dollars = change("payment_method", &method, Some("1950"));
    save(&desk, &connection, &[dollars]).await.expect("saved");

    let held = settled(&desk, &connection).await;
    assert_eq!(held.counts["attention"], 1, "{:?}", held.rows);
    let cause = only_cause(&desk).await;
    let param = |name: &str| cause.params.get(name).map(String::as_str);
    assert_eq!(cause.class, "account_currency");
    let named = (param("name"), param("held"), param("currency"));
    assert_eq!(named, (Some("1950"), Some("USD"), Some("EUR")));
    let mending = cause.mapping.expect("another account mends it");
    assert_eq!(
        (mending.kind.as_str(), mending.remote_code.as_deref()),
        ("payment_method", Some("1950"))
    );
    let refused = xero.requests().iter().filter(|call| call.status == 400).count();
    assert_eq!((refused, xero.payments().len()), (0, 1), "it was never sent");

    let kroner = change("payment_method", &method, Some("1920"));
    let saved = save(&desk, &connection, &[kroner]).await.expect("saved");
    assert_eq!(saved.released, 1);
    let sent = settled(&desk, &connection).await;
    assert_eq!(sent.counts["sent"], sent.counts["all"], "{:?}", sent.rows);
}

/// A company that takes kroner only, and then euros too; gives the desk and the connection, read again.
async fn kroner_only_and_then_euros<S: Secretive>(sim: &S) -> (TestDesk, String) {
    sim.take_euros(false);
    let desk = signing_in::desk(sim).await;
    issue(&desk, 50, 1).await;
    issue_in_euros(&desk, 51).await;
    let connection = signing_in::connect::<S>(&desk).await;
    map_all_but(&desk, &connection, "").await;
    let held = settled(&desk, &connection).await;
    assert_eq!((held.counts["sent"], held.counts["attention"]), (2, 1), "{:?}", held.rows);
    assert_eq!(told(&only_cause(&desk).await), ("mapping_missing", Some("yes"), Some("no"), 1));
    assert_eq!(sim.ledger().invoices, 1);

    sim.take_euros(true);
    assert_eq!(euro(&read_again(&desk, &connection).await).state, "mapped");
    let causes: CausesView = desk.ask("export_causes", json!({})).await.expect("causes");
    assert!(causes.causes.is_empty(), "{:?}", causes.causes);
    (desk, connection)
}

#[tokio::test]
async fn sage_with_several_currencies_switched_on_takes_the_document_that_waited() {
    let sage = SageSimulator::norwegian().await;
    let (desk, connection) = kroner_only_and_then_euros(&sage).await;
    let sent = settled(&desk, &connection).await;
    assert_eq!(sent.counts["sent"], sent.counts["all"], "{:?}", sent.rows);
    assert_eq!(sage.ledger().invoices, 2);
}

/// A customer of QuickBooks has one currency, and this one was made in kroner.
#[tokio::test]
async fn quickbooks_with_multicurrency_takes_the_document_that_waited_with_a_customer_in_euros() {
    let qbo = QboSimulator::norwegian().await;
    let (desk, connection) = kroner_only_and_then_euros(&qbo).await;
    let sent = settled(&desk, &connection).await;
    assert_eq!(sent.counts["sent"], sent.counts["all"], "{:?}", sent.rows);
    assert_eq!((qbo.ledger().customers, qbo.ledger().invoices), (2, 2));
}
