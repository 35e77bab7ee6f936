//! Other currencies there: amounts in the document's own, and each rate the other way round.

use super::{map_all_but, settled};
use crate::connecting::{connect, desk, ports, xero};
use office::wire::reconcile::Reconciliation;
use rust_decimal::Decimal;
use serde_json::json;
use support::{draft, id, line, payment};

fn dec(text: &str) -> Decimal {
    text.parse().expect("a number")
}

#[tokio::test]
async fn what_is_in_euros_arrives_in_euros_and_its_rate_the_other_way_round() {
    let ports = ports().await;
    let xero = xero().await;
    let desk = desk(&xero).await;
    let today = desk.clock.day().to_string();
    let rate = json!({ "currency": "EUR", "rate": "11.5", "on": today, "source": "Norges Bank" });
    desk.call("set_exchange_rate", rate).await.expect("a rate");
    let mut lessons = line("KT-B", 3, "33.33", "3");
    lessons["service_id"] = json!(id(1));
    let mut euros = draft(50, 1, &today, &[lessons]);
    euros["currency"] = json!("EUR");
    desk.call("issue_invoice", json!({ "draft": euros })).await.expect("an invoice");
    let mut money = payment(60, &today, "60.00", &[(&id(50), "60.00")]);
    money["foreign"] = json!({ "currency": "EUR", "base_amount": "702.60", "rate": null });
    desk.call("record_payment", money).await.expect("a payment");
    let order = json!({
        "id": id(70), "invoice_id": id(50), "issue_date": today, "reason": "Avlyst",
        "lines": [{ "line": 0, "gross": "39.99" }],
    });
    desk.call("credit_invoice", order).await.expect("a note");
    let connection = connect(&desk, &ports).await;
    map_all_but(&desk, &connection, "").await;
    let sent = settled(&desk, &connection).await;
    assert_eq!(sent.counts["sent"], sent.counts["all"], "{:?}", sent.rows);

    let [invoice] = &xero.invoices()[..] else { panic!("one invoice") };
    assert_eq!((invoice.currency_code.as_str(), invoice.currency_rate), ("EUR", dec("0.086957")));
    let sums = [invoice.sub_total, invoice.total_tax, invoice.total];
    assert_eq!(sums, [dec("79.99"), dec("20.00"), dec("99.99")]);
    let settled = [invoice.amount_paid, invoice.amount_credited, invoice.open_amount()];
    assert_eq!(settled, [dec("60.00"), dec("39.99"), dec("0")]);
    let [note] = &xero.credit_notes()[..] else { panic!("one credit note") };
    assert_eq!((note.currency_code.as_str(), note.currency_rate), ("EUR", dec("0.086957")));
    let sums = [note.sub_total, note.total_tax, note.total, note.open_amount()];
    assert_eq!(sums, [dec("31.99"), dec("8.00"), dec("39.99"), dec("0")]);
    let [paid] = &xero.payments()[..] else { panic!("one payment") };
    // 60.00 euros for 702.60 kroner.
    assert_eq!((paid.amount, paid.currency_rate), (dec("60.00"), dec("0.085397")));

    let period = json!({ "connection_id": connection, "from": today, "to": today });
    let compared: Reconciliation =
        desk.ask("read_reconciliation", period).await.expect("both sides");
    assert_eq!(compared.differences.len(), 0, "{compared:?}");
}
