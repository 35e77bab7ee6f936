//! Every save of a mapping is a version, and a test run says what a document would look like.

use super::{issue, map_all_but, settled};
use crate::connecting::{change, connect, desk, ports, save, xero};
use office::wire::mapping::{MappingRolledBack, MappingVersions, MappingView, RehearsalView};
use serde_json::{Value, json};
use simulators::xero::XeroSimulator;
use support::{TestDesk, id};

async fn mapped(xero: &XeroSimulator, left_out: &str) -> (TestDesk, String) {
    let ports = ports().await;
    let desk = desk(xero).await;
    let connection = connect(&desk, &ports).await;
    map_all_but(&desk, &connection, left_out).await;
    (desk, connection)
}

async fn versions(desk: &TestDesk, connection: &str) -> MappingVersions {
    let request = json!({ "connection_id": connection });
    desk.ask("mapping_versions", request).await.expect("the versions")
}

async fn back(desk: &TestDesk, connection: &str, version: &str) -> MappingRolledBack {
    let request = json!({ "connection_id": connection, "version_id": version });
    desk.ask("roll_back_mapping", request).await.expect("rolled back")
}

fn lesson_of(view: &MappingView) -> Option<&str> {
    let row = view.rows.iter().find(|row| row.local_key == id(1)).expect("lessons");
    row.remote_code.as_deref()
}

#[tokio::test]
async fn going_back_to_a_version_is_a_save_of_its_own() {
    let xero = xero().await;
    let (desk, connection) = mapped(&xero, "").await;
    let lesson = |code| change("service", &id(1), Some(code));
    save(&desk, &connection, &[lesson("3010")]).await.expect("a second version");
    save(&desk, &connection, &[lesson("3020")]).await.expect("a third version");
    let all = versions(&desk, &connection).await.versions;
    let numbers: Vec<(u32, bool)> = all.iter().map(|it| (it.number, it.is_current)).collect();
    assert_eq!(numbers, [(3, true), (2, false), (1, false)]);
    let [changed] = &all[0].changes[..] else { panic!("one change: {:?}", all[0].changes) };
    let names = (changed.before.as_deref(), changed.after.as_deref());
    let wanted = ["3010 Salg av pakker, avgiftspliktig", "3020 Salg av materiell, avgiftspliktig"];
    assert_eq!(names, (Some(wanted[0]), Some(wanted[1])));

    let done = back(&desk, &connection, &all[1].id).await;
    assert_eq!((done.changed, lesson_of(&done.view)), (1, Some("3010")));
    let after = versions(&desk, &connection).await.versions;
    assert_eq!((after.len(), after[0].number), (4, 4), "nothing was taken out of the history");
    let current: Vec<u32> = after.iter().filter(|it| it.is_current).map(|it| it.number).collect();
    assert_eq!(current, [4, 2]);
}

#[tokio::test]
async fn what_is_no_longer_there_stays_as_it_is_and_is_told() {
    let xero = xero().await;
    let (desk, connection) = mapped(&xero, "").await;
    let bank = |code| change("payment_method", "bank", Some(code));
    save(&desk, &connection, &[bank("1926")]).await.expect("a second version");
    save(&desk, &connection, &[bank("1925")]).await.expect("a third version");
    xero.set_account_archived("1926", true);
    let request = json!({ "id": connection });
    let _: MappingView = desk.ask("refresh_reference_data", request).await.expect("read");
    let all = versions(&desk, &connection).await.versions;
    let done = back(&desk, &connection, &all[1].id).await;
    assert_eq!(done.changed, 0);
    let left: Vec<&str> = done.left.iter().map(|it| it.code.as_str()).collect();
    assert_eq!(left, ["1926"]);
    let request = json!({ "connection_id": connection, "version_id": id(999) });
    let fault = desk.call("roll_back_mapping", request).await.expect_err("no such version");
    assert_eq!(fault.rule.as_deref(), Some("not_there"));
}

async fn rehearse(desk: &TestDesk, connection: &str, number: &str) -> RehearsalView {
    let request = json!({ "connection_id": connection, "number": number });
    desk.ask("rehearse_mapping", request).await.expect("a test run")
}

#[tokio::test]
async fn a_test_run_shows_what_is_then_sent() {
    let xero = xero().await;
    let (desk, connection) = mapped(&xero, "").await;
    issue(&desk, 50, 2).await;
    let invoice = desk.call("find_invoice", json!({ "id": id(50) })).await.expect("an invoice");
    let number = invoice["number"].as_str().expect("a number").to_owned();

    let before = rehearse(&desk, &connection, &number).await;
    let codes: Vec<&str> = before.warnings.iter().map(|it| it.code.as_str()).collect();
    assert_eq!(codes, ["queued", "customer_first"]);
    assert_eq!((before.gross.0.plain(), before.lines.len()), ("1580.00".to_owned(), 1));
    assert_eq!(before.path.as_deref(), Some("Invoices"));
    let body: Value = serde_json::from_str(before.body.as_deref().expect("a body")).expect("JSON");
    let line = &body["Invoices"][0]["LineItems"][0];
    assert!(xero.invoices().is_empty(), "nothing was sent");

    settled(&desk, &connection).await;
    let [sent] = &xero.invoices()[..] else { panic!("one invoice") };
    assert_eq!(line["AccountCode"].as_str(), sent.lines[0].account_code.as_deref());
    assert_eq!(line["TaxType"].as_str(), sent.lines[0].tax_type.as_deref());
    assert_eq!(before.lines[0].account.code, sent.lines[0].account_code);
    let after = rehearse(&desk, &connection, &number).await;
    assert_eq!(after.warnings.len(), 1, "{:?}", after.warnings);
    assert_eq!(after.warnings[0].params["state"], "exported");

    let nowhere = json!({ "connection_id": connection, "number": "X-1" });
    let fault = desk.call("rehearse_mapping", nowhere).await.expect_err("no such number");
    assert_eq!(
        (fault.field.as_deref(), fault.rule.as_deref()),
        (Some("number"), Some("not_there"))
    );
}

#[tokio::test]
async fn a_test_run_names_what_is_not_mapped_and_a_locked_period() {
    let xero = xero().await;
    let (desk, connection) = mapped(&xero, "3").await;
    issue(&desk, 50, 1).await;
    let invoice = desk.call("find_invoice", json!({ "id": id(50) })).await.expect("an invoice");
    let number = invoice["number"].as_str().expect("a number");
    xero.lock_period(Some(desk.clock.day()));
    let request = json!({ "id": connection });
    let _: MappingView = desk.ask("refresh_reference_data", request).await.expect("read");
    let shown = rehearse(&desk, &connection, number).await;
    let codes: Vec<&str> = shown.warnings.iter().map(|it| it.code.as_str()).collect();
    assert_eq!(codes, ["queued", "locked", "customer_first", "not_mapped"]);
    assert_eq!((shown.lines[0].tax_code.code.as_deref(), shown.body), (None, None));
}
