//! When a connection begins to send, and what starts its runs afterwards.

use super::{issue, map_all_but, page, settled};
use crate::connecting::{connect, desk, ports, xero};
use office::Code;
use office::wire::connections::{ConnectionView, ConnectionsView};
use office::wire::exports::CausesView;
use office::wire::mapping::MappingView;
use serde_json::json;
use std::time::Duration;
use support::{TestDesk, draft, line};

pub async fn connection(desk: &TestDesk) -> ConnectionView {
    let view: ConnectionsView = desk.ask("connections", json!({})).await.expect("connections");
    view.connections.into_iter().next().expect("a connection")
}

/// Ticks until something was sent, as the window's timer does.
pub async fn ticked(desk: &TestDesk, sent: u32) {
    for _ in 0..500 {
        desk.desk.tick().await;
        tokio::time::sleep(Duration::from_millis(10)).await;
        if connection(desk).await.sent == sent {
            return;
        }
    }
    panic!("{sent} are never sent: {:?}", connection(desk).await);
}

#[tokio::test]
async fn nothing_is_sent_before_a_person_says_so_and_then_the_timer_starts_the_runs() {
    let ports = ports().await;
    let xero = xero().await;
    let desk = desk(&xero).await;
    issue(&desk, 50, 2).await;
    let id = connect(&desk, &ports).await;
    map_all_but(&desk, &id, "none").await;
    for _ in 0..3 {
        desk.desk.tick().await;
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let all = json!({ "connection_id": null });
    let fault = desk.call("start_export", &all).await.expect_err("nothing has begun");
    assert_eq!((fault.code, fault.rule.as_deref()), (Code::WrongState, Some("not_begun")));
    let standing = connection(&desk).await;
    assert_eq!((standing.state.as_str(), standing.waiting, standing.attention), ("to_map", 2, 0));
    assert_eq!(xero.invoices(), []);
    let causes: CausesView = desk.ask("export_causes", json!({})).await.expect("causes");
    let [cause] = &causes.causes[..] else { panic!("one cause: {causes:?}") };
    assert_eq!((cause.class.as_str(), cause.documents), ("to_map", 2));

    settled(&desk, &id).await;
    assert_eq!(connection(&desk).await.state, "ready");
    assert_eq!(xero.invoices().len(), 1);
    desk.clock.advance_seconds(6);
    issue(&desk, 51, 1).await;
    ticked(&desk, 3).await;
    assert_eq!(xero.invoices().len(), 2);
    desk.call("start_export", &all).await.expect("it has begun");
}

#[tokio::test]
async fn a_line_without_a_service_is_to_be_mapped_as_soon_as_a_document_has_one() {
    let ports = ports().await;
    let xero = xero().await;
    let desk = desk(&xero).await;
    let connection = connect(&desk, &ports).await;
    let request = json!({ "connection_id": connection });
    let keys = async || {
        let view: MappingView = desk.ask("mapping", &request).await.expect("a mapping");
        let rows = view.rows.into_iter().filter(|row| row.local_key.starts_with("account:"));
        rows.map(|row| (row.local_key, row.state)).collect::<Vec<_>>()
    };
    assert_eq!(keys().await, []);
    let mut free = line("Frakt", 1, "99.00", "3");
    free["income_account"] = json!("3999");
    let draft = draft(60, 1, &desk.clock.day().to_string(), &[free]);
    desk.call("issue_invoice", json!({ "draft": draft })).await.expect("an invoice");
    assert_eq!(keys().await, [("account:3999".to_owned(), "missing".to_owned())]);
}

#[tokio::test]
async fn a_folder_is_connected_without_a_sign_in_and_gets_its_files_by_itself() {
    let desk = TestDesk::with_student().await;
    issue(&desk, 50, 2).await;
    let view: ConnectionsView = desk.ask("connections", json!({})).await.expect("systems");
    let offered: Vec<_> =
        view.systems.iter().map(|it| (it.key.as_str(), it.needs.as_str())).collect();
    let signed = ["xero", "qbo", "sage"].map(|key| (key, "sign_in"));
    assert_eq!(offered, [&signed[..], &[("csv_files", "folder")]].concat());

    let home = tempfile::tempdir().expect("a folder");
    let wish = |folder: &str| json!({ "folder": folder, "export_from": null });
    for (folder, rule) in [("", "missing"), ("out", "no_folder"), ("/no/such", "no_folder")] {
        let fault = desk.call("connect_folder", wish(folder)).await.expect_err("refused");
        assert_eq!((fault.field.as_deref(), fault.rule.as_deref()), (Some("folder"), Some(rule)));
    }
    let path = home.path().display().to_string();
    let made: ConnectionView = desk.ask("connect_folder", wish(&path)).await.expect("a connection");
    assert_eq!((made.state.as_str(), made.unmapped, made.needs.as_str()), ("ready", 0, "folder"));
    let again: ConnectionView = desk.ask("connect_folder", wish(&path)).await.expect("the same");
    assert_eq!(again.id, made.id);

    ticked(&desk, 2).await;
    let files = std::fs::read_dir(home.path()).expect("a folder").count();
    assert_eq!(files, 2, "customers and invoices");
    let record = &page(&desk, "sent").await.rows[0].id;
    desk.call("find_export", json!({ "id": record })).await.expect("a record");
    let mapping: MappingView =
        desk.ask("mapping", json!({ "connection_id": made.id })).await.expect("a mapping");
    assert!(mapping.rows.is_empty(), "our own codes stand in files");
    let request = json!({ "id": made.id });
    desk.call("check_connection", &request).await.expect("it is there");
    let fault = desk.call("refresh_reference_data", &request).await.expect_err("no accounts");
    assert_eq!(fault.rule.as_deref(), Some("files_only"));
    drop(home);
    let fault = desk.call("check_connection", &request).await.expect_err("it is gone");
    assert_eq!(fault.rule.as_deref(), Some("folder_gone"));
    let closed = desk.call("disconnect", &request).await.expect("closed");
    assert_eq!(closed["connections"][0]["state"], "closed");
}
