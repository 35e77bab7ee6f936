//! All students as one customer: nothing of a student is sent as a contact, lines say whom a
//! document is about, and what is changed of that customer there stays there.

use super::{issue, map_all_but, settled};
use crate::connecting::{change, connect, desk, ports, save, xero};
use office::wire::mapping::{MappingView, RehearsalView};
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
    assert_eq!(shown.lines[0].description.ends_with(&about), true);
}
