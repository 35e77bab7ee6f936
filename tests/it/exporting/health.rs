//! How a connection does, and what would be refused before anything is sent.

use super::{issue, map_all_but, settled};
use crate::connecting::{change, connect, desk, ports, save, xero};
use office::wire::health::{ConnectionHealth, ExportHealth, ExportQuality};
use serde_json::json;
use support::{TestDesk, draft, id, line, payer, share};

async fn health(desk: &TestDesk) -> ConnectionHealth {
    let view: ExportHealth = desk.ask("export_health", json!({})).await.expect("health");
    view.connections.into_iter().next().expect("a connection")
}

/// Class, kind and label of each finding, and how many documents it is of.
async fn findings(desk: &TestDesk) -> Vec<(String, String, String, u32)> {
    let view: ExportQuality = desk.ask("export_quality", json!({})).await.expect("findings");
    let rows = view.findings.into_iter();
    rows.map(|it| (it.class, it.kind, it.label, it.documents)).collect()
}

fn told(class: &str, kind: &str, label: &str, documents: u32) -> (String, String, String, u32) {
    (class.to_owned(), kind.to_owned(), label.to_owned(), documents)
}

#[tokio::test]
async fn what_would_be_refused_is_told_before_anything_is_sent_and_goes_when_it_is_mended() {
    let ports = ports().await;
    let xero = xero().await;
    let desk = desk(&xero).await;
    issue(&desk, 50, 2).await;
    let mut agency = payer(70, "NAV Testby");
    agency["org_number"] = json!("");
    desk.call("save_payer", &agency).await.expect("an agency");
    let lines = [line("Kjøretime", 1, "849.99", "3")];
    let mut asked = draft(51, 1, &desk.clock.day().to_string(), &lines);
    asked["payers"] = json!([share(Some(70), "rest", "")]);
    desk.call("issue_invoice", json!({ "draft": asked })).await.expect("an invoice");
    let connection = connect(&desk, &ports).await;
    let locks = json!({ "tenant_id": null, "period": desk.clock.day(), "end_of_year": null });
    let lock = reqwest::Client::new().post(format!("{}/__sim/lock-date", xero.base_url()));
    lock.json(&locks).send().await.expect("a lock");
    map_all_but(&desk, &connection, "3").await;

    let found = findings(&desk).await;
    let labels: Vec<&str> = found.iter().map(|(.., label, _)| label.as_str()).collect();
    assert_eq!(
        found,
        [
            told("mapping", "tax_code", labels[0], 2),
            told("period_locked", "documents", labels[1], 2),
            told("tax_number", "payer", labels[2], 0),
        ]
    );
    assert!(labels[2].starts_with("NAV Testby ("), "{labels:?}");
    assert_eq!(xero.invoices(), [], "nothing was sent to find out");

    save(&desk, &connection, &[change("tax_code", "3", Some("TAX001"))]).await.expect("saved");
    agency["org_number"] = json!("889 640 782");
    desk.call("save_payer", &agency).await.expect("the agency");
    assert_eq!(findings(&desk).await, [told("period_locked", "documents", labels[1], 2)]);
}

#[tokio::test]
async fn a_service_that_no_waiting_document_uses_is_no_finding() {
    let ports = ports().await;
    let xero = xero().await;
    let desk = desk(&xero).await;
    issue(&desk, 50, 2).await;
    let connection = connect(&desk, &ports).await;
    map_all_but(&desk, &connection, "5").await;
    assert_eq!(findings(&desk).await, []);
    settled(&desk, &connection).await;
    let view: ExportQuality = desk.ask("export_quality", json!({})).await.expect("findings");
    assert_eq!((view.waiting, view.findings.len()), (0, 0));
}

#[tokio::test]
async fn once_it_sends_what_the_next_document_may_name_is_told_before_it_is_written() {
    let ports = ports().await;
    let xero = xero().await;
    let desk = desk(&xero).await;
    issue(&desk, 50, 2).await;
    let connection = connect(&desk, &ports).await;
    map_all_but(&desk, &connection, "none").await;
    settled(&desk, &connection).await;
    assert_eq!(findings(&desk).await, []);
    let mut agency = payer(70, "NAV Testby");
    agency["org_number"] = json!("");
    desk.call("save_payer", &agency).await.expect("an agency");
    let none = [change("service", &id(1), None), change("payment_method", "cash", None)];
    save(&desk, &connection, &none).await.expect("saved");
    let found = findings(&desk).await;
    let short: Vec<_> =
        found.iter().map(|(class, kind, _, documents)| (&**class, &**kind, *documents)).collect();
    let expected =
        [("mapping", "service", 0), ("mapping", "payment_method", 0), ("tax_number", "payer", 0)];
    assert_eq!(short, expected, "{found:?}");
}

#[tokio::test]
async fn a_connection_tells_what_waits_what_arrived_and_how_long_it_took() {
    let ports = ports().await;
    let xero = xero().await;
    let desk = desk(&xero).await;
    issue(&desk, 50, 2).await;
    let connection = connect(&desk, &ports).await;
    let before = health(&desk).await;
    assert_eq!((before.connection.state.as_str(), before.connection.waiting), ("to_map", 2));
    assert!(before.oldest_waiting.is_some() && before.oldest_checking.is_none());
    assert_eq!((before.success_permille, before.took_p50_s), (None, None));
    // A customer and an invoice, each a call.
    assert_eq!((before.backlog_calls, before.backlog_s), (2, Some(0)));
    assert_eq!(before.days.len(), 14);

    desk.clock.advance_seconds(90);
    map_all_but(&desk, &connection, "none").await;
    settled(&desk, &connection).await;
    let after = health(&desk).await;
    assert_eq!((after.arrived, after.refused, after.success_permille), (2, 0, Some(1_000)));
    assert_eq!((after.took_p50_s, after.took_p95_s, after.took_of), (Some(90), Some(90), 2));
    assert_eq!((after.oldest_waiting, after.backlog_s), (None, None));
    let today = after.days.last().expect("today");
    assert_eq!((today.day.as_str(), today.arrived), (&*desk.clock.day().to_string(), 2));
    // Sixty days after the last renewal, counted from its beginning.
    let until = after.sign_in_until.expect("a sign-in").parse::<chrono::DateTime<chrono::Utc>>();
    let days = (until.expect("a moment").date_naive() - desk.clock.day()).num_days();
    assert!((59..=60).contains(&days), "{days}");
}
