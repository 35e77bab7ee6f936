//! The PDF of each document goes with it, as a person sets it.

use super::beginning::connection;
use super::{issue, map_all_but, page, settled};
use crate::connecting::{connect, desk, ports, sign_in_again, xero};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use office::Code;
use office::wire::connections::{ConnectionAttachments, ConnectionView};
use serde_json::json;
use support::{TestDesk, id};

const RIGHT: &str = "accounting.attachments";

async fn set(desk: &TestDesk, id: &str, on: bool) -> ConnectionAttachments {
    let wish = json!({ "id": id, "on": on });
    desk.ask("save_connection_attachments", wish).await.expect("set")
}

#[tokio::test]
async fn without_the_right_for_files_documents_arrive_and_a_new_sign_in_sends_the_files() {
    let ports = ports().await;
    let xero = xero().await;
    let desk = desk(&xero).await;
    let connection_id = connect(&desk, &ports).await;
    map_all_but(&desk, &connection_id, "none").await;
    let now = set(&desk, &connection_id, true).await;
    assert_eq!((now.offered, now.on, now.asks_right), (true, true, true));
    issue(&desk, 50, 2).await;
    let sent = settled(&desk, &connection_id).await;
    assert_eq!((xero.invoices().len(), sent.counts["attention"]), (1, 1), "{:?}", sent.rows);
    let odd = page(&desk, "attention").await.rows;
    assert_eq!(
        (odd[0].kind.as_str(), connection(&desk).await.state.as_str()),
        ("attachment", "ready")
    );

    let address = sign_in_again(&desk, &connection_id, &ports).await;
    assert!(address.contains(RIGHT), "{address}");
    settled(&desk, &connection_id).await;
    let files = xero.attachments();
    let request = json!({
        "kind": "invoice", "id": id(50), "draft": null,
        "wish": { "inline": true, "folder": null },
    });
    let paper = desk.call("paper", request).await.expect("a paper");
    let bytes = BASE64.decode(paper["content"].as_str().expect("bytes")).expect("base64");
    assert_eq!(files.len(), 1);
    assert_eq!((files[0].mime_type.as_str(), files[0].content == bytes), ("application/pdf", true));
    assert_eq!(page(&desk, "attention").await.rows, []);
}

#[tokio::test]
async fn the_right_for_files_is_not_asked_for_where_none_are_to_go() {
    let ports = ports().await;
    let xero = xero().await;
    let desk = desk(&xero).await;
    let id = connect(&desk, &ports).await;
    assert!(!sign_in_again(&desk, &id, &ports).await.contains(RIGHT));
    set(&desk, &id, true).await;
    set(&desk, &id, false).await;
    assert!(!sign_in_again(&desk, &id, &ports).await.contains(RIGHT));
}

#[tokio::test]
async fn a_folder_takes_no_files_beside_documents() {
    let desk = TestDesk::with_student().await;
    let home = tempfile::tempdir().expect("a folder");
    let wish = json!({ "folder": home.path(), "export_from": null });
    let made: ConnectionView = desk.ask("connect_folder", wish).await.expect("a connection");
    let now: ConnectionAttachments =
        desk.ask("connection_attachments", json!({ "id": made.id })).await.expect("attachments");
    assert_eq!((now.offered, now.on), (false, false));
    let wish = json!({ "id": made.id, "on": true });
    let refused = desk.call("save_connection_attachments", wish).await.expect_err("none");
    assert_eq!((refused.code, refused.field.as_deref()), (Code::Invalid, Some("on")));
}
