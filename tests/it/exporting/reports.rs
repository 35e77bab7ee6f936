//! Reports of Xero beside ours: equal where everything went there, marked where it did not.

use super::{issue, map_all_but, settled};
use crate::connecting::{connect, desk, ports, xero};
use office::Code;
use office::wire::common::MadeFile;
use office::wire::provider_reports::{ProviderReportRow, ProviderReportView, ProviderReports};
use serde_json::{Value, json};
use simulators::tampering::Tampering;
use simulators::xero::XeroSimulator;
use support::{TestDesk, id, payment};

/// A desk whose two invoices and one payment are in Xero.
async fn sent(xero: &XeroSimulator) -> (TestDesk, String) {
    let ports = ports().await;
    let desk = desk(xero).await;
    issue(&desk, 50, 2).await;
    issue(&desk, 51, 1).await;
    let paid = payment(60, &desk.clock.day().to_string(), "1580.00", &[(&id(50), "1580.00")]);
    desk.call("record_payment", paid).await.expect("a payment");
    let connection = connect(&desk, &ports).await;
    map_all_but(&desk, &connection, "none").await;
    let sent = settled(&desk, &connection).await;
    assert_eq!(sent.counts["sent"], 4, "{:?}", sent.rows);
    (desk, connection)
}

fn wish(desk: &TestDesk, connection: &str, kind: &str) -> Value {
    let day = desk.clock.day();
    json!({
        "connection_id": connection, "kind": kind,
        "from": day.format("%Y-%m-01").to_string(), "to": day.to_string(),
    })
}

async fn read(desk: &TestDesk, connection: &str, kind: &str) -> ProviderReportView {
    let wish = wish(desk, connection, kind);
    desk.ask("read_provider_report", wish).await.expect("a report")
}

fn compared(view: &ProviderReportView) -> Vec<&ProviderReportRow> {
    view.rows.iter().filter(|row| row.ours.is_some()).collect()
}

#[tokio::test]
async fn a_trial_balance_agrees_with_what_was_sent_and_comes_to_nothing() {
    let xero = xero().await;
    let (desk, connection) = sent(&xero).await;
    let view = read(&desk, &connection, "trial_balance").await;
    assert_eq!((view.compared, view.differing, view.unplaced.is_none()), (2, 0, true), "{view:?}");
    // The organisation's year ends on 31 March.
    assert!(view.head.from.ends_with("-04-01"), "{:?}", view.head);
    let amounts: Vec<String> = view
        .rows
        .iter()
        .filter_map(|row| row.theirs.as_ref())
        .map(|theirs| theirs.0.plain())
        .collect();
    // Sales with VAT of 2370.00: income, VAT, what is still owed, and the bank.
    assert_eq!(amounts.len(), 4, "{:?}", view.rows);
    let sum: i64 =
        view.rows.iter().filter_map(|row| row.theirs.as_ref()).map(|it| it.0.minor()).sum();
    assert_eq!(sum, 0, "debits are credits: {amounts:?}");
    let bank = compared(&view).into_iter().find(|row| row.section == "Assets").expect("a bank");
    assert_eq!(bank.ours.as_ref().map(|it| it.0.plain()).as_deref(), Some("1580.00"));
}

#[tokio::test]
async fn profit_and_loss_marks_what_was_booked_there_behind_our_back() {
    let xero = xero().await;
    let (desk, connection) = sent(&xero).await;
    let view = read(&desk, &connection, "profit_and_loss").await;
    assert_eq!((view.compared, view.differing), (1, 0), "{view:?}");
    let income = compared(&view)[0].clone();
    assert!(!income.is_sum && view.rows.iter().any(|row| row.is_sum), "{view:?}");

    let invoice = xero.invoices().into_iter().next().expect("an invoice");
    xero.tamper(invoice.number.as_deref().expect("a number"), Tampering::Voided);
    let after = read(&desk, &connection, "profit_and_loss").await;
    assert_eq!((after.compared, after.differing), (1, 1), "{after:?}");
    assert_eq!(compared(&after)[0].ours, income.ours, "ours did not change");

    // Both stand as they were read, the newest first.
    let list = json!({ "connection_id": connection });
    let list: ProviderReports = desk.ask("provider_reports", list).await.expect("a list");
    assert_eq!(list.kinds, ["trial_balance", "profit_and_loss", "balance_sheet"]);
    let ids: Vec<&str> = list.read.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, [after.head.id.as_str(), view.head.id.as_str()]);
    let again: ProviderReportView =
        desk.ask("provider_report", json!({ "id": view.head.id })).await.expect("as it was");
    assert_eq!(again.rows, view.rows);
}

#[tokio::test]
async fn what_is_sent_after_a_report_was_read_stands_in_the_next_one_only() {
    let xero = xero().await;
    let (desk, connection) = sent(&xero).await;
    let before = read(&desk, &connection, "profit_and_loss").await;
    desk.clock.advance_days(1);
    issue(&desk, 52, 1).await;
    settled(&desk, &connection).await;
    let again: ProviderReportView =
        desk.ask("provider_report", json!({ "id": before.head.id })).await.expect("as it was");
    assert_eq!((again.differing, &again.rows), (0, &before.rows));
    let next = read(&desk, &connection, "profit_and_loss").await;
    assert_eq!(next.differing, 0, "{next:?}");
    assert_ne!(compared(&next)[0].ours, compared(&before)[0].ours);
}

#[tokio::test]
async fn a_report_is_written_to_a_file_with_both_sides() {
    let xero = xero().await;
    let (desk, connection) = sent(&xero).await;
    let view = read(&desk, &connection, "balance_sheet").await;
    assert_eq!((view.compared, view.differing), (1, 0), "{view:?}");
    let wish = json!({ "id": view.head.id, "wish": { "inline": false, "folder": null } });
    let made: MadeFile = desk.ask("provider_report_file", wish).await.expect("a file");
    let text = std::fs::read_to_string(&made.path).expect("the file");
    let line = text.lines().find(|line| line.contains("1580")).expect("the bank");
    assert_eq!(line.matches("1580").count(), 2, "{line}");
}

#[tokio::test]
async fn a_period_that_is_none_is_refused_before_anybody_is_asked() {
    let xero = xero().await;
    let ports = ports().await;
    let desk = desk(&xero).await;
    let connection = connect(&desk, &ports).await;
    let calls = xero.requests().len();
    for (field, day) in [("to", "2020-01-01"), ("from", "2020-01-01")] {
        let mut wish = wish(&desk, &connection, "profit_and_loss");
        wish[field] = json!(day);
        let fault = desk.call("read_provider_report", wish).await.expect_err("refused");
        assert_eq!((fault.code, fault.field.as_deref()), (Code::Invalid, Some("to")));
    }
    let mut wish = wish(&desk, &connection, "general_ledger");
    wish["from"] = json!((desk.clock.day() - chrono::TimeDelta::days(31)).to_string());
    let fault = desk.call("read_provider_report", wish).await.expect_err("more than a month");
    assert_eq!(fault.rule.as_deref(), Some("ledger_too_long"));
    assert_eq!(xero.requests().len(), calls);
}
