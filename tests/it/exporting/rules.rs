//! Rules of a mapping: what they set is sent, and a test run says the same and names them.

use super::{issue, map_all_but, settled};
use crate::connecting::{change, connect, desk, ports, save, xero};
use office::Fault;
use office::wire::booking_rules::{MappingRulesSaved, MappingRulesView};
use office::wire::health::ExportQuality;
use office::wire::mapping::{MappingRolledBack, MappingVersions, MappingView, RehearsalView};
use serde_json::{Value, json};
use simulators::xero::XeroSimulator;
use std::time::Duration;
use support::{TestDesk, draft, id, line, payer, payment, share};

async fn mapped(xero: &XeroSimulator, left_out: &str) -> (TestDesk, String) {
    let ports = ports().await;
    let desk = desk(xero).await;
    let connection = connect(&desk, &ports).await;
    map_all_but(&desk, &connection, left_out).await;
    save(&desk, &connection, &[change("service", &id(1), Some("3000"))]).await.expect("saved");
    (desk, connection)
}

fn is(of: &str, values: &[&str]) -> Value {
    json!({ "of": of, "values": values, "from": null, "to": null })
}

fn range(of: &str, from: Option<&str>, to: Option<&str>) -> Value {
    json!({ "of": of, "values": [], "from": from, "to": to })
}

fn rule(name: &str, when: &[Value], set: &[(&str, &str)]) -> Value {
    let set: Vec<Value> =
        set.iter().map(|(of, value)| json!({ "of": of, "value": value })).collect();
    json!({ "id": null, "name": name, "on": true, "when": when, "set": set })
}

async fn save_at(
    desk: &TestDesk,
    connection: &str,
    department: Option<u128>,
    rules: &[Value],
) -> Result<MappingRulesSaved, Fault> {
    let department = department.map(id);
    let request =
        json!({ "connection_id": connection, "department_id": department, "rules": rules });
    desk.ask("save_mapping_rules", request).await
}

async fn rules(desk: &TestDesk, connection: &str, rules: &[Value]) -> MappingRulesSaved {
    save_at(desk, connection, None, rules).await.expect("saved")
}

async fn rehearse(desk: &TestDesk, connection: &str, invoice: u128) -> RehearsalView {
    let invoice = desk.call("find_invoice", json!({ "id": id(invoice) })).await.expect("one");
    let request = json!({ "connection_id": connection, "number": invoice["number"] });
    desk.ask("rehearse_mapping", request).await.expect("a test run")
}

#[tokio::test]
async fn the_first_rule_that_holds_decides_and_the_test_run_says_which_and_what_is_sent() {
    let xero = xero().await;
    let (desk, connection) = mapped(&xero, "").await;
    issue(&desk, 50, 1).await;
    issue(&desk, 51, 3).await;
    let dear = range("amount", Some("1000"), None);
    let all = [
        rule("Many lessons", &[dear, is("service", &[&id(1)])], &[("account", "3010")]),
        rule(
            "Every lesson",
            &[is("service_kind", &["lesson"])],
            &[("account", "3020"), ("line_text", "Course:")],
        ),
    ];
    rules(&desk, &connection, &all).await;

    let small = rehearse(&desk, &connection, 50).await;
    let large = rehearse(&desk, &connection, 51).await;
    let account = |it: &RehearsalView| {
        let account = &it.lines[0].account;
        (account.code.clone().expect("a code"), account.rule.clone().expect("a rule"))
    };
    assert_eq!(account(&small), ("3020".to_owned(), "Every lesson".to_owned()));
    assert_eq!(account(&large), ("3010".to_owned(), "Many lessons".to_owned()));
    assert_eq!(large.lines[0].text_rule.as_deref(), Some("Every lesson"), "each on its own");
    assert_eq!(large.lines[0].tax_code.rule, None, "the mapping did");
    assert!(large.lines[0].description.starts_with("Course: "));

    settled(&desk, &connection).await;
    let mut sent: Vec<(Option<String>, Option<String>)> = xero
        .invoices()
        .into_iter()
        .map(|it| (it.lines[0].account_code.clone(), it.lines[0].description.clone()))
        .collect();
    sent.sort();
    let shown = [&large, &small]
        .map(|it| (it.lines[0].account.code.clone(), Some(it.lines[0].description.clone())));
    assert_eq!(sent, shown);
}

#[tokio::test]
async fn a_rule_that_is_off_or_asks_about_another_changes_nothing() {
    let xero = xero().await;
    let (desk, connection) = mapped(&xero, "").await;
    issue(&desk, 50, 1).await;
    let mut off = rule("Off", &[], &[("account", "3010")]);
    off["on"] = json!(false);
    let firms = rule("Firms", &[is("customer", &["business"])], &[("account", "3020")]);
    let day = desk.clock.day();
    let later = day.succ_opt().expect("a day").to_string();
    let dated = rule("Later", &[range("date", Some(&later), None)], &[("account", "3020")]);
    rules(&desk, &connection, &[off, firms, dated]).await;
    let shown = rehearse(&desk, &connection, 50).await;
    assert_eq!(
        (shown.lines[0].account.code.as_deref(), &shown.lines[0].account.rule),
        (Some("3000"), &None)
    );
}

#[tokio::test]
async fn what_a_company_pays_goes_by_its_rule_and_its_money_too() {
    let xero = xero().await;
    let (desk, connection) = mapped(&xero, "").await;
    desk.call("save_payer", payer(70, "NAV Testby")).await.expect("an agency");
    let today = desk.clock.day().to_string();
    let mut lesson = line("KT-B", 1, "790.00", "3");
    lesson["service_id"] = json!(id(1));
    let mut asked = draft(50, 1, &today, &[lesson]);
    asked["payers"] = json!([share(Some(70), "rest", "")]);
    desk.call("issue_invoice", json!({ "draft": asked })).await.expect("an invoice");
    issue(&desk, 51, 1).await;
    for invoice in [50, 51] {
        let paid = payment(invoice + 100, &today, "790.00", &[(&id(invoice), "790.00")]);
        desk.call("record_payment", paid).await.expect("a payment");
    }
    let set = [("account", "3020"), ("payment_account", "1925")];
    let firms = rule("Firms", &[is("customer", &["business"])], &set);
    rules(&desk, &connection, &[firms]).await;
    let sent = settled(&desk, &connection).await;
    assert_eq!(sent.counts["sent"], sent.counts["all"], "{:?}", sent.rows);
    let mut accounts: Vec<Option<String>> =
        xero.invoices().iter().map(|it| it.lines[0].account_code.clone()).collect();
    accounts.sort();
    assert_eq!(accounts, ["3000", "3020"].map(|code| Some(code.to_owned())));
    let mut paid: Vec<String> = xero.payments().into_iter().map(|it| it.account_code).collect();
    paid.sort();
    assert_eq!(paid, ["1920", "1925"]);
}

#[tokio::test]
async fn the_rules_of_a_department_are_asked_before_the_schools() {
    const OSLO: u128 = 700;
    let xero = xero().await;
    let (desk, connection) = mapped(&xero, "").await;
    let form = json!({ "id": id(OSLO), "name": "Oslo" });
    desk.call("save_department", form).await.expect("a department");
    let today = desk.clock.day().to_string();
    let mut lesson = line("KT-B", 1, "790.00", "3");
    lesson["service_id"] = json!(id(1));
    let mut form = draft(50, 1, &today, &[lesson]);
    form["department_id"] = json!(id(OSLO));
    desk.call("issue_invoice", json!({ "draft": form })).await.expect("an invoice");
    issue(&desk, 51, 1).await;
    let school = rule("School", &[], &[("account", "3010"), ("line_text", "All:")]);
    rules(&desk, &connection, &[school]).await;
    let own = rule("Oslo", &[], &[("account", "3020")]);
    let saved = save_at(&desk, &connection, Some(OSLO), &[own]).await.expect("saved");
    assert_eq!((saved.view.rules.len(), saved.view.inherited.len()), (1, 1));
    let oslo = rehearse(&desk, &connection, 50).await;
    assert_eq!(oslo.lines[0].account.rule.as_deref(), Some("Oslo"));
    assert_eq!(oslo.lines[0].text_rule.as_deref(), Some("School"), "what it does not set itself");
    let other = rehearse(&desk, &connection, 51).await;
    assert_eq!(other.lines[0].account.rule.as_deref(), Some("School"));
}

#[tokio::test]
async fn a_rule_that_covers_a_gap_lets_go_what_waited_and_is_no_gap_any_more() {
    let xero = xero().await;
    let (desk, connection) = mapped(&xero, "3").await;
    issue(&desk, 50, 1).await;
    let held = settled(&desk, &connection).await;
    assert_eq!(held.counts["attention"], 1, "{:?}", held.rows);
    let taxed = rule("Ordinary VAT", &[is("tax_code", &["3"])], &[("tax_code", "TAX001")]);
    let saved = rules(&desk, &connection, &[taxed]).await;
    assert_eq!(saved.released, 1);
    let request = json!({ "connection_id": connection });
    let view: MappingView = desk.ask("mapping", request).await.expect("a mapping");
    let row = view.rows.iter().find(|row| row.local_key == "3").expect("the code");
    assert_eq!((row.state.as_str(), row.rule.as_deref()), ("ruled", Some("Ordinary VAT")));
    assert_eq!((view.missing, view.rules), (0, 1));
    issue(&desk, 51, 1).await;
    let quality: ExportQuality = desk.ask("export_quality", json!({})).await.expect("findings");
    assert!(quality.findings.iter().all(|it| it.class != "mapping"), "{:?}", quality.findings);
    let sent = settled(&desk, &connection).await;
    assert_eq!(sent.counts["sent"], sent.counts["all"], "{:?}", sent.rows);
}

#[tokio::test]
async fn rules_are_a_version_of_the_mapping_and_come_back_with_it() {
    let xero = xero().await;
    let (desk, connection) = mapped(&xero, "").await;
    let first = rules(&desk, &connection, &[rule("A", &[], &[("account", "3010")])]).await;
    let kept = serde_json::to_value(&first.view.rules[0]).expect("a rule");
    let text = rule("B", &[], &[("line_text", "B:")]);
    rules(&desk, &connection, &[text, kept]).await;
    let request = json!({ "connection_id": connection });
    let all: MappingVersions = desk.ask("mapping_versions", &request).await.expect("versions");
    let [newest, before, ..] = &all.versions[..] else { panic!("two: {:?}", all.versions) };
    let told: Vec<(&str, Option<&str>, Option<&str>)> = newest
        .changes
        .iter()
        .map(|it| (it.label.as_str(), it.before.as_deref(), it.after.as_deref()))
        .collect();
    assert_eq!(told, [("B", None, Some("1. B:")), ("A", Some("1. 3010"), Some("2. 3010"))]);

    let back = json!({ "connection_id": connection, "version_id": before.id });
    let done: MappingRolledBack = desk.ask("roll_back_mapping", back).await.expect("back");
    assert_eq!((done.changed, done.view.rules), (1, 1));
    let now: MappingRulesView = desk.ask("mapping_rules", &request).await.expect("rules");
    assert_eq!(now.rules, first.view.rules, "with its identity");
}

#[tokio::test]
async fn rules_that_name_what_is_not_there_stay_as_they_are_when_a_version_is_gone_back_to() {
    let xero = xero().await;
    let (desk, connection) = mapped(&xero, "").await;
    rules(&desk, &connection, &[rule("A", &[], &[("account", "3010")])]).await;
    rules(&desk, &connection, &[]).await;
    xero.set_account_archived("3010", true);
    let request = json!({ "id": connection });
    let _: MappingView = desk.ask("refresh_reference_data", request).await.expect("read");
    let request = json!({ "connection_id": connection });
    let all: MappingVersions = desk.ask("mapping_versions", &request).await.expect("versions");
    let back = json!({ "connection_id": connection, "version_id": all.versions[1].id });
    let done: MappingRolledBack = desk.ask("roll_back_mapping", back).await.expect("back");
    assert_eq!((done.changed, done.left[0].label.as_str()), (0, "A"));
}

/// Waits for what is read behind a run.
async fn warned_of_gone(desk: &TestDesk, connection: &str, invoice: u128) {
    let mut shown = rehearse(desk, connection, invoice).await;
    for _ in 0..500 {
        if shown.warnings.iter().any(|it| it.code == "gone") {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
        shown = rehearse(desk, connection, invoice).await;
    }
    panic!("nothing is known as gone: {:?}", shown.warnings);
}

#[tokio::test]
async fn what_was_refused_as_gone_is_read_anew_and_not_sent_a_second_time() {
    let xero = xero().await;
    let (desk, connection) = mapped(&xero, "").await;
    rules(&desk, &connection, &[rule("A", &[], &[("account", "3010")])]).await;
    xero.set_account_archived("3010", true);
    issue(&desk, 50, 1).await;
    let refused = settled(&desk, &connection).await;
    assert_eq!(refused.counts["attention"], 1, "{:?}", refused.rows);
    issue(&desk, 51, 1).await;
    warned_of_gone(&desk, &connection, 51).await;
    let puts = || xero.requests().iter().filter(|it| it.path.ends_with("/Invoices")).count();
    let before = puts();
    let held = settled(&desk, &connection).await;
    assert_eq!((held.counts["attention"], puts()), (2, before), "{:?}", held.rows);
}

#[tokio::test]
async fn a_code_of_a_rule_that_is_gone_there_holds_the_document_and_names_it() {
    let xero = xero().await;
    let (desk, connection) = mapped(&xero, "").await;
    issue(&desk, 50, 1).await;
    rules(&desk, &connection, &[rule("A", &[], &[("account", "3010")])]).await;
    xero.set_account_archived("3010", true);
    let request = json!({ "id": connection });
    let _: MappingView = desk.ask("refresh_reference_data", request).await.expect("read");
    let shown = rehearse(&desk, &connection, 50).await;
    let warned = shown.warnings.iter().find(|it| it.code == "gone").expect("a warning");
    assert_eq!(warned.params["remote_code"], "3010");
    let held = settled(&desk, &connection).await;
    assert_eq!(held.counts["attention"], 1, "{:?}", held.rows);
    let saved = rules(&desk, &connection, &[]).await;
    assert_eq!(saved.released, 1);
    let sent = settled(&desk, &connection).await;
    assert_eq!(sent.counts["sent"], sent.counts["all"], "{:?}", sent.rows);
}

#[tokio::test]
async fn a_rule_that_could_not_hold_or_names_what_is_not_there_is_refused_where_it_stands() {
    let xero = xero().await;
    let (desk, connection) = mapped(&xero, "").await;
    let account = [("account", "3010")];
    let cases = [
        (rule("", &[], &account), "rules.0.name", "missing"),
        (rule("A", &[], &[]), "rules.0.set", "rule_sets_nothing"),
        (rule("A", &[], &[("account", "1920")]), "rules.0.set.0.value", "choice"),
        (rule("A", &[], &[("account", "")]), "rules.0.set.0.value", "missing"),
        (rule("A", &[is("service", &["nothing"])], &account), "rules.0.when.0.values", "choice"),
        (rule("A", &[is("text", &[" "])], &account), "rules.0.when.0.values", "missing"),
        (rule("A", &[is("weather", &["rain"])], &account), "rules.0.when.0.values", "choice"),
        (rule("A", &[range("date", None, None)], &account), "rules.0.when.0.from", "missing"),
        (
            rule("A", &[range("amount", Some("5"), Some("4"))], &account),
            "rules.0.when.0.to",
            "before_from",
        ),
        (rule("A", &[is("payment_method", &["bank"])], &account), "rules.0.set.0", "never_holds"),
        (
            rule("A", &[is("currency", &["NOK"]), is("currency", &["NOK"])], &account),
            "rules.0.when.1.of",
            "twice_in_rule",
        ),
    ];
    for (wrong, field, why) in cases {
        let fault = save_at(&desk, &connection, None, std::slice::from_ref(&wrong)).await;
        let fault = fault.expect_err("refused");
        let told = (fault.field.as_deref(), fault.rule.as_deref());
        assert_eq!(told, (Some(field), Some(why)), "{wrong}");
    }
    let twice = [rule("A", &[], &account), rule("a", &[], &account)];
    let fault = save_at(&desk, &connection, None, &twice).await.expect_err("one name twice");
    assert_eq!(fault.rule.as_deref(), Some("rule_twice"));
    let request = json!({ "connection_id": connection });
    let view: MappingRulesView = desk.ask("mapping_rules", request).await.expect("rules");
    assert!(view.rules.is_empty(), "all of them or none");
}
