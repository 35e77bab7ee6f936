//! All students as one customer: nothing of a student is sent as a contact, lines say whom a
//! document is about, and what is changed of that customer there stays there.

use super::{issue, map_all_but, page, settled};
use crate::connecting::{change, connect, desk, ports, save, xero};
use office::wire::exports::{CausesView, Released};
use office::wire::mapping::{MappingRolledBack, MappingVersions, MappingView, RehearsalView};
use serde_json::json;
use simulators::xero::XeroSimulator;
use support::{TestDesk, draft, id, line, payer, share};

async fn grouped(xero: &XeroSimulator) -> (TestDesk, String) {
    let ports = ports().await;
    let desk = desk(xero).await;
    issue(&desk, 49, 1).await;
    let connection = connect(&desk, &ports).await;
    map_all_but(&desk, &connection, "").await;
    let choice = change("customer", "students", Some("grouped"));
    save(&desk, &connection, &[choice]).await.expect("grouped");
    (desk, connection)
}

#[tokio::test]
async fn students_stand_there_as_one_and_a_company_as_itself() {
    let xero = xero().await;
    let (desk, connection) = grouped(&xero).await;
    issue(&desk, 50, 1).await;
    let agency = payer(70, "NAV Testby");
    desk.call("save_payer", agency).await.expect("an agency");
    let lines = [line("Kjøretime", 1, "849.99", "3")];
    let mut asked = draft(51, 1, &desk.clock.day().to_string(), &lines);
    asked["payers"] = json!([share(Some(70), "rest", "")]);
    desk.call("issue_invoice", json!({ "draft": asked })).await.expect("an invoice");

    let invoice = desk.call("find_invoice", json!({ "id": id(50) })).await.expect("an invoice");
    let request = json!({ "connection_id": connection, "number": invoice["number"] });
    let shown: RehearsalView = desk.ask("rehearse_mapping", request).await.expect("a test run");
    assert_eq!(shown.customer, "Elever");

    let view: MappingView =
        desk.ask("mapping", json!({ "connection_id": connection })).await.expect("a mapping");
    for row in view.rows.iter().filter(|row| row.state == "missing") {
        let first = view.accounts.iter().find(|it| it.fits.contains(&row.kind)).expect("one");
        let wanted = change(&row.kind, &row.local_key, Some(&first.code));
        save(&desk, &connection, &[wanted]).await.expect("saved");
    }
    let sent = settled(&desk, &connection).await;
    assert_eq!(sent.counts["sent"], sent.counts["all"], "{:?}", sent.rows);

    let contacts = xero.contacts();
    let mut names: Vec<&str> = contacts.iter().map(|it| it.name.as_str()).collect();
    names.sort_unstable();
    let [students, agency] = names[..] else { panic!("two: {names:?}") };
    assert_eq!(students, "Elever");
    assert!(agency.starts_with("NAV Testby ("), "{agency}");
    let student = desk.call("find_student", json!({ "id": id(1) })).await.expect("a student");
    let (name, number) = (&student["person"]["name"], &student["number"]);
    let (name, number) = (name.as_str().expect("a name"), number.as_str().expect("a number"));
    let texts: Vec<Option<String>> =
        xero.invoices().into_iter().map(|it| it.lines[0].description.clone()).collect();
    let about = format!("{number} {name}");
    let told = texts.iter().flatten().filter(|text| text.ends_with(&about));
    assert_eq!(told.count(), 2, "{texts:?}");
    assert!(shown.lines[0].description.ends_with(&about), "{:?}", shown.lines);
    assert!(contacts.iter().all(|it| it.name == agency || it.profile.is_empty()), "{contacts:?}");
}

#[tokio::test]
async fn the_grouped_customer_archived_there_is_one_cause_and_revived_it_goes_on() {
    let xero = xero().await;
    let (desk, connection) = grouped(&xero).await;
    settled(&desk, &connection).await;
    xero.set_contact_archived("Elever", true);
    issue(&desk, 50, 1).await;
    issue(&desk, 51, 1).await;
    let held = settled(&desk, &connection).await;
    assert_eq!(held.counts["attention"], 2, "{:?}", held.rows);
    let causes: CausesView = desk.ask("export_causes", json!({})).await.expect("causes");
    let [cause] = &causes.causes[..] else { panic!("one cause: {:?}", causes.causes) };
    assert_eq!((cause.class.as_str(), cause.documents), ("reference_gone", 2), "{cause:?}");

    xero.set_contact_archived("Elever", false);
    let request = json!({ "cause_id": cause.id, "record_ids": [] });
    let released: Released = desk.ask("retry_exports", request).await.expect("released");
    assert_eq!(released.records, 2);
    let sent = settled(&desk, &connection).await;
    assert_eq!(sent.counts["sent"], sent.counts["all"], "{:?}", sent.rows);
    assert_eq!((xero.contacts().len(), xero.invoices().len()), (1, 3));
}

#[tokio::test]
async fn grouped_is_a_version_and_going_back_from_it_is_told_as_each() {
    let xero = xero().await;
    let (desk, connection) = grouped(&xero).await;
    let request = json!({ "connection_id": connection });
    let all: MappingVersions = desk.ask("mapping_versions", request).await.expect("versions");
    let [change] = &all.versions[0].changes[..] else { panic!("one: {:?}", all.versions[0]) };
    let told = (change.kind.as_str(), change.before.as_deref(), change.after.as_deref());
    assert_eq!(told, ("customer", None, Some("grouped")));
    let waiting = page(&desk, "all").await;
    let customers = waiting.rows.iter().filter(|row| row.kind == "customer");
    assert_eq!(customers.map(|row| row.label.as_str()).collect::<Vec<_>>(), ["Elever"]);

    let back = json!({ "connection_id": connection, "version_id": all.versions[1].id });
    let done: MappingRolledBack = desk.ask("roll_back_mapping", back).await.expect("rolled back");
    assert_eq!((done.changed, done.left.len()), (1, 0));
    let sent = settled(&desk, &connection).await;
    assert_eq!(sent.counts["sent"], sent.counts["all"], "{:?}", sent.rows);
    let contacts = xero.contacts();
    assert!(contacts.iter().all(|it| it.name != "Elever"), "{contacts:?}");
}

#[tokio::test]
async fn a_company_connected_anew_finds_its_grouped_customer() {
    let xero = xero().await;
    let (desk, connection) = grouped(&xero).await;
    settled(&desk, &connection).await;
    desk.call("disconnect", json!({ "id": connection })).await.expect("disconnected");
    let again = connect(&desk, &ports().await).await;
    map_all_but(&desk, &again, "").await;
    let choice = change("customer", "students", Some("grouped"));
    save(&desk, &again, &[choice]).await.expect("grouped");
    issue(&desk, 50, 1).await;
    let sent = settled(&desk, &again).await;
    assert_eq!(sent.counts["sent"], sent.counts["all"], "{:?}", sent.rows);
    assert_eq!((xero.contacts().len(), xero.invoices().len()), (1, 2));
}

#[tokio::test]
async fn how_students_are_grouped_is_offered_neither_for_files_nor_for_journal_entries() {
    let xero = xero().await;
    let (desk, connection) = grouped(&xero).await;
    let home = tempfile::tempdir().expect("a folder");
    let wish = json!({ "folder": home.path(), "export_from": null });
    let files = desk.call("connect_folder", wish).await.expect("a connection");
    let files = files["id"].as_str().expect("an id").to_owned();
    let journal = json!({ "id": connection, "booking": "journal_per_document" });
    desk.call("choose_booking", journal).await.expect("chosen");
    for id in [files, connection] {
        let view: MappingView =
            desk.ask("mapping", json!({ "connection_id": id })).await.expect("a mapping");
        assert!(view.customers.is_empty(), "{:?}", view.customers);
        assert!(view.rows.iter().all(|row| row.kind != "customer"), "{:?}", view.rows);
        let choice = change("customer", "students", Some("grouped"));
        let refused = save(&desk, &id, &[choice]).await.expect_err("no such choice");
        assert_eq!(refused.rule.as_deref(), Some("not_there"));
    }
}
