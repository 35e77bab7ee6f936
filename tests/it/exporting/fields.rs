//! Fields of the school's own on sales documents: filled with what was chosen for them, where the
//! system has any.

use super::{issue, map_all_but, settled};
use crate::connecting::{change, save};
use crate::signing_in::{self, Secretive as _};
use office::wire::mapping::MappingView;
use office::wire::reconcile::Reconciliation;
use serde_json::{Value, json};
use simulators::qbo::{Entity, QboSimulator};
use simulators::sage::SageSimulator;
use support::{TestDesk, id};

fn rows(view: &MappingView) -> Vec<(&str, &str)> {
    let of = view.rows.iter().filter(|row| row.kind == "custom_field");
    of.map(|row| (row.local_key.as_str(), row.state.as_str())).collect()
}

async fn read(desk: &TestDesk, connection: &str) -> MappingView {
    desk.ask("refresh_reference_data", json!({ "id": connection })).await.expect("read")
}

#[tokio::test]
async fn an_invoice_in_quickbooks_says_in_a_field_what_was_chosen_for_it() {
    let qbo = QboSimulator::norwegian().await;
    let desk = signing_in::desk(&qbo).await;
    issue(&desk, 50, 1).await;
    let connection = signing_in::connect::<QboSimulator>(&desk).await;
    map_all_but(&desk, &connection, "").await;
    let view = read(&desk, &connection).await;
    let open = ["student_number", "department", "payment_reference", "reference"];
    assert_eq!(rows(&view), open.map(|key| (key, "open")));
    let theirs: Vec<(&str, &str)> =
        view.fields.iter().map(|it| (it.code.as_str(), it.name.as_str())).collect();
    assert_eq!(theirs, [("1", "Pupil"), ("2", "Branch")], "one is switched off");

    let twice = [
        change("custom_field", "student_number", Some("1")),
        change("custom_field", "reference", Some("1")),
    ];
    let fault = save(&desk, &connection, &twice).await.expect_err("one would write over the other");
    assert_eq!(fault.rule.as_deref(), Some("field_taken"));
    let chosen = [
        change("custom_field", "student_number", Some("1")),
        change("custom_field", "payment_reference", Some("2")),
    ];
    save(&desk, &connection, &chosen).await.expect("saved");
    let sent = settled(&desk, &connection).await;
    assert_eq!(sent.counts["sent"], sent.counts["all"], "{:?}", sent.rows);

    let invoice = desk.call("find_invoice", json!({ "id": id(50) })).await.expect("an invoice");
    let student = desk.call("find_student", json!({ "id": id(1) })).await.expect("a student");
    let made = qbo.living(Entity::Invoice);
    let told = made[0].body["CustomField"].as_array().expect("fields");
    let told: Vec<(&Value, &Value)> =
        told.iter().map(|it| (&it["DefinitionId"], &it["StringValue"])).collect();
    let (pupil, reference) = (json!("1"), json!("2"));
    assert_eq!(told, [(&pupil, &student["number"]), (&reference, &invoice["payment_reference"])],);
    let today = desk.clock.day().to_string();
    let period = json!({ "connection_id": connection, "from": today, "to": today });
    let compared: Reconciliation =
        desk.ask("read_reconciliation", period).await.expect("both sides");
    assert_eq!(compared.differences.len(), 0, "{compared:?}");
}

#[tokio::test]
async fn a_system_without_such_fields_is_offered_none() {
    let sage = SageSimulator::norwegian().await;
    let desk = signing_in::desk(&sage).await;
    let connection = signing_in::connect::<SageSimulator>(&desk).await;
    let view = read(&desk, &connection).await;
    assert_eq!((rows(&view), view.fields.len()), (Vec::new(), 0));
    let wanted = change("custom_field", "reference", Some("1"));
    let fault = save(&desk, &connection, &[wanted]).await.expect_err("there is no such row");
    assert_eq!(fault.rule.as_deref(), Some("not_there"));
}
