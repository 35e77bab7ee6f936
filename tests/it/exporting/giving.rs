//! Who sees to a cause, what a record is about, and what may be told to whoever helps.

use super::settling::paid_invoice;
use super::{map_all_but, settled};
use crate::connecting::{connect, desk, ports, xero};
use crate::office::users::{ask, user};
use office::Code;
use office::wire::exports::{CauseView, CausesView, SupportReport};
use serde_json::{Value, json};
use simulators::xero::XeroSimulator;
use support::{TestDesk, id};

async fn causes(desk: &TestDesk) -> CausesView {
    desk.ask("export_causes", json!({})).await.expect("causes")
}

/// A VAT code without a counterpart holds an invoice and its payment up.
async fn held() -> (XeroSimulator, TestDesk, CauseView) {
    let ports = ports().await;
    let xero = xero().await;
    let desk = desk(&xero).await;
    paid_invoice(&desk).await;
    let connection = connect(&desk, &ports).await;
    map_all_but(&desk, &connection, "3").await;
    settled(&desk, &connection).await;
    let [cause] = &causes(&desk).await.causes[..] else { panic!("one cause") };
    let cause = cause.clone();
    (xero, desk, cause)
}

async fn told_in_the_log(desk: &TestDesk) -> Value {
    let asked =
        json!({ "filter": { "kind": "cause_given" }, "window": { "offset": 0, "limit": 5 } });
    desk.call("list_audit", asked).await.expect("the log")["total"].clone()
}

#[tokio::test]
async fn a_cause_is_given_to_whoever_may_mend_it_and_the_log_says_so_once() {
    let (_xero, desk, cause) = held().await;
    assert!(causes(&desk).await.people.is_empty(), "nobody signs in here");
    ask(&desk, "main", "save_user", user(900, "ida", "owner")).await.expect("the first user");
    ask(&desk, "main", "save_user", user(901, "tor", "staff")).await.expect("a second user");
    let view = ask(&desk, "main", "export_causes", json!({})).await.expect("causes");
    let people: Vec<&Value> = ["/people/0/name", "/people/1/name", "/me"]
        .into_iter()
        .filter_map(|place| view.pointer(place))
        .collect();
    assert_eq!(people, ["ida Berg", "tor Berg", &id(900)]);

    let give = |to: Option<String>| json!({ "cause_id": cause.id, "user_id": to });
    for _ in 0..2 {
        desk.call("give_cause", give(Some(id(901)))).await.expect("given");
    }
    assert_eq!(causes(&desk).await.causes[0].given_to, Some(id(901)));
    assert_eq!(told_in_the_log(&desk).await, 1);

    desk.call("give_cause", give(None)).await.expect("nobody's again");
    assert_eq!(causes(&desk).await.causes[0].given_to, None);
    assert_eq!(told_in_the_log(&desk).await, 2);
}

#[tokio::test]
async fn nobody_is_given_what_they_may_not_mend_nor_what_is_mended() {
    let (_xero, desk, cause) = held().await;
    desk.call("save_user", user(900, "ida", "owner")).await.expect("the first user");
    let mut gone = user(901, "tor", "staff");
    gone["active"] = json!(false);
    desk.call("save_user", gone).await.expect("a user who left");
    for stranger in [id(901), id(999)] {
        let give = json!({ "cause_id": cause.id, "user_id": stranger });
        let fault = desk.call("give_cause", give).await.expect_err("refused");
        let expected = (Code::Invalid, Some("user_id"));
        assert_eq!((fault.code, fault.field.as_deref()), expected);
    }
    let give = json!({ "cause_id": "12345", "user_id": id(900) });
    let fault = desk.call("give_cause", give).await.expect_err("refused");
    assert_eq!(fault.code, Code::NotFound);
    let give = json!({ "cause_id": format!("sign_in:{}", cause.connection_id), "user_id": null });
    let fault = desk.call("give_cause", give).await.expect_err("refused");
    assert_eq!(fault.code, Code::Invalid);
    assert_eq!(told_in_the_log(&desk).await, 0);
}

#[tokio::test]
async fn every_record_leads_to_the_page_of_what_it_is_about() {
    let ports = ports().await;
    let xero = xero().await;
    let desk = desk(&xero).await;
    paid_invoice(&desk).await;
    let connection = connect(&desk, &ports).await;
    map_all_but(&desk, &connection, "none").await;
    let sent = settled(&desk, &connection).await;
    let mut pages: Vec<(&str, &str, &str)> = Vec::new();
    for row in &sent.rows {
        let page = row.page.as_ref().expect("a page");
        pages.push((&row.kind, &page.kind, &page.id));
    }
    pages.sort_unstable();
    let (student, invoice, payment) = (id(1), id(50), id(70));
    let expected = [
        ("customer", "student", student.as_str()),
        ("invoice", "invoice", invoice.as_str()),
        ("payment", "payment", payment.as_str()),
    ];
    assert_eq!(pages, expected);
}

#[tokio::test]
async fn a_report_for_whoever_helps_names_no_customer() {
    let (xero, desk, _) = held().await;
    let view = causes(&desk).await;
    let student = desk.call("find_student", json!({ "id": id(1) })).await.expect("a student");
    let name = student["person"]["name"].as_str().expect("a name").to_lowercase();
    let wanted = json!({ "cause_id": view.causes[0].id, "record_id": null });
    let of_cause: SupportReport = desk.ask("support_report", wanted).await.expect("a report");
    let sent = super::page(&desk, "all").await;
    let customer = sent.rows.iter().find(|row| row.kind == "customer").expect("a customer");
    let wanted = json!({ "cause_id": null, "record_id": customer.id });
    let of_record: SupportReport = desk.ask("support_report", wanted).await.expect("a report");
    assert!(of_cause.text.contains("mapping_missing"), "{}", of_cause.text);
    assert!(of_record.text.contains("push exported 200"), "{}", of_record.text);
    for text in [of_cause.text, of_record.text] {
        let text = text.to_lowercase();
        for part in name.split(' ') {
            assert!(!text.contains(part), "{part} is in {text}");
        }
    }
    drop(xero);
}
