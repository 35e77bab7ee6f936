//! A department that is mapped otherwise than the school, and what tells it apart there.

use super::{map_all_but, page, settled};
use crate::connecting::{change, connect, desk, ports, save, xero};
use office::Fault;
use office::wire::exports::CausesView;
use office::wire::mapping::{MappingSaved, MappingView};
use serde_json::{Value, json};
use simulators::xero::XeroSimulator;
use support::{TestDesk, draft, id, line, payment};

const OSLO: u128 = 700;
const BERGEN: u128 = 701;

/// A desk with two departments and a connection on which the school is mapped.
async fn two_departments(xero: &XeroSimulator) -> (TestDesk, String) {
    let ports = ports().await;
    let desk = desk(xero).await;
    for (department, name) in [(OSLO, "Oslo"), (BERGEN, "Bergen")] {
        let form = json!({ "id": id(department), "name": name });
        desk.call("save_department", form).await.expect("a department");
    }
    let connection = connect(&desk, &ports).await;
    map_all_but(&desk, &connection, &id(OSLO)).await;
    (desk, connection)
}

async fn issue(desk: &TestDesk, number: u128, department: Option<u128>) {
    let today = desk.clock.day().to_string();
    let mut lesson = line("KT-B", 1, "790.00", "3");
    lesson["service_id"] = json!(id(1));
    let mut form = draft(number, 1, &today, &[lesson]);
    form["department_id"] = json!(department.map(id));
    desk.call("issue_invoice", json!({ "draft": form })).await.expect("an invoice");
    let money = payment(number + 100, &today, "790.00", &[(&id(number), "790.00")]);
    desk.call("record_payment", money).await.expect("a payment");
}

async fn view(desk: &TestDesk, connection: &str, department: Option<u128>) -> MappingView {
    let request = json!({ "connection_id": connection, "department_id": department.map(id) });
    desk.ask("mapping", request).await.expect("a mapping")
}

async fn save_at(
    desk: &TestDesk,
    connection: &str,
    department: u128,
    changes: &[Value],
) -> Result<MappingSaved, Fault> {
    let department = id(department);
    let request =
        json!({ "connection_id": connection, "department_id": department, "changes": changes });
    desk.ask("save_mapping", request).await
}

fn lesson(code: Option<&str>) -> Value {
    change("service", &id(1), code)
}

#[tokio::test]
async fn documents_of_a_department_take_its_mapping_and_others_the_schools() {
    let xero = xero().await;
    let (desk, connection) = two_departments(&xero).await;
    save(&desk, &connection, &[lesson(Some("3000"))]).await.expect("the school's");
    let bank = change("payment_method", "bank", Some("1925"));
    save_at(&desk, &connection, OSLO, &[lesson(Some("3020")), bank]).await.expect("its own");
    for (number, department) in [(50, None), (51, Some(BERGEN)), (52, Some(OSLO))] {
        issue(&desk, number, department).await;
    }
    let sent = settled(&desk, &connection).await;
    assert_eq!(sent.counts["sent"], sent.counts["all"], "{:?}", sent.rows);

    let accounts = xero.invoices().into_iter().map(|it| it.lines[0].account_code.clone());
    let accounts: Vec<Option<String>> = accounts.collect();
    assert_eq!(accounts, ["3000", "3000", "3020"].map(|code| Some(code.to_owned())));
    let mut paid: Vec<String> = xero.payments().into_iter().map(|it| it.account_code).collect();
    paid.sort();
    assert_eq!(paid, ["1920", "1920", "1925"]);
    let told = |it: &simulators::xero::Document| it.lines[0].tracking.clone();
    let told: Vec<Vec<Value>> = xero.invoices().iter().map(told).collect();
    let bergen = view(&desk, &connection, None).await;
    let bergen = bergen.rows.into_iter().find(|row| row.local_key == id(BERGEN)).expect("Bergen");
    let code = bergen.remote_code.expect("mapped by its name");
    let (category, option) = code.split_once('/').expect("both ids");
    let named = json!({ "TrackingCategoryID": category, "TrackingOptionID": option });
    assert_eq!(told, [vec![], vec![named], vec![]], "Oslo was left open, and so goes without");
}

#[tokio::test]
async fn what_a_department_inherits_is_shown_as_the_schools_until_it_has_its_own() {
    let xero = xero().await;
    let (desk, connection) = two_departments(&xero).await;
    save(&desk, &connection, &[lesson(Some("3000"))]).await.expect("the school's");
    let row = |view: &MappingView| {
        let row = view.rows.iter().find(|row| row.local_key == id(1)).expect("lessons");
        (row.remote_code.clone(), row.is_inherited, row.school_code.clone())
    };
    let code = |code: &str| Some(code.to_owned());
    assert_eq!(row(&view(&desk, &connection, None).await), (code("3000"), false, None));
    let inherited = (code("3000"), true, code("3000"));
    assert_eq!(row(&view(&desk, &connection, Some(OSLO)).await), inherited);

    let own = save_at(&desk, &connection, OSLO, &[lesson(Some("3020"))]).await.expect("saved");
    assert_eq!(row(&own.view), (code("3020"), false, code("3000")));
    let counts: Vec<u32> = own.view.departments.iter().map(|it| it.own).collect();
    assert_eq!(counts.iter().sum::<u32>(), 1);
    assert_eq!(row(&view(&desk, &connection, Some(BERGEN)).await), inherited);
    let back = save_at(&desk, &connection, OSLO, &[lesson(None)]).await.expect("taken away");
    assert_eq!(row(&back.view), inherited);

    assert!(own.view.rows.iter().all(|row| row.kind != "department"), "that is the school's");
    let refused = change("department", &id(OSLO), None);
    let fault = save_at(&desk, &connection, OSLO, &[refused]).await.expect_err("not there");
    assert_eq!(fault.rule.as_deref(), Some("not_there"));
    let nowhere = json!({ "connection_id": connection, "department_id": id(999) });
    let fault = desk.call("mapping", nowhere).await.expect_err("no such department");
    assert_eq!(fault.rule.as_deref(), Some("not_there"));
}

#[tokio::test]
async fn a_department_whose_option_is_archived_waits_and_goes_on_with_another() {
    let xero = xero().await;
    let (desk, connection) = two_departments(&xero).await;
    xero.set_option_archived("Bergen", true);
    let request = json!({ "id": connection });
    let read: MappingView = desk.ask("refresh_reference_data", request).await.expect("read");
    let row = read.rows.iter().find(|row| row.local_key == id(BERGEN)).expect("Bergen");
    assert_eq!((row.state.as_str(), row.remote_name.as_deref()), ("gone", Some("Bergen")));
    issue(&desk, 50, Some(BERGEN)).await;
    let held = settled(&desk, &connection).await;
    assert_eq!(held.counts["attention"], 1, "{:?}", held.rows);
    let causes: CausesView = desk.ask("export_causes", json!({})).await.expect("causes");
    assert_eq!(causes.causes[0].class, "reference_gone");
    let mended = change("department", &id(BERGEN), None);
    let saved = save(&desk, &connection, &[mended]).await.expect("taken away");
    assert_eq!(saved.released, 1);
    settled(&desk, &connection).await;
    let sent = page(&desk, "sent").await;
    assert_eq!(sent.total, 3, "{:?}", sent.rows);
}
