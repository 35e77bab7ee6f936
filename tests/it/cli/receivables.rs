//! What a student bought ahead, what stands on the account, and whether a lesson may be booked.

use super::Terminal;
use serde_json::{Value, json};
use std::path::Path;

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().expect("text")
}

/// A package that holds lessons of which some are left, as the list shows it.
fn package(terminal: &Terminal) -> Value {
    let page = terminal.answers(&["packages", "all", "--limit", "100"]);
    let rows = page["rows"].as_array().expect("packages");
    let has_lessons = |row: &&Value| row["amount_left"].is_null() && row["lessons_left"] != "0";
    rows.iter().find(has_lessons).expect("somebody has lessons left").clone()
}

#[test]
fn a_lesson_is_drawn_by_hand_once_and_given_back() {
    let terminal = Terminal::with_sample();
    let row = package(&terminal);
    let (id, number) = (text(&row, "id"), text(&row, "student_number"));
    let list = terminal.answers(&["packages", "list", number]);
    let packages = list["entitlements"].as_array().expect("packages");
    let held = packages.iter().find(|one| one["id"] == id).expect("the package");
    let items = held["items"].as_array().expect("items");
    let item = items.iter().find(|item| item["left"] != "0").expect("a service that is left");
    let code = text(item, "service").split(' ').next().expect("a code");
    let draw_id = support::id(1);
    let draw = ["packages", "draw", id, "--service", code, "--quantity", "0.5", "--id", &draw_id];
    let drawn = terminal.answers(&draw);
    assert_ne!(drawn["lessons_left"], list["lessons_left"]);
    assert_eq!(terminal.answers(&draw), drawn, "sent twice, drawn once");
    let much = ["packages", "draw", id, "--service", code, "--quantity", "1000"];
    assert_eq!(terminal.refuses(&much, 3), "invalid");
    let none = ["packages", "draw", id, "--service", "NONE", "--quantity", "1"];
    assert_eq!(terminal.refuses(&none, 4), "not_found");
    let back = ["packages", "return", &draw_id, "--reason", "The car broke down"];
    assert_eq!(terminal.run(&back[..3]).status.code(), Some(2), "a reason is needed");
    let given = terminal.answers(&back);
    assert_eq!(given["lessons_left"], list["lessons_left"]);
    assert_eq!(terminal.answers(&back), given);
    let said = String::from_utf8(terminal.run(&["packages", "list", number]).stdout);
    assert!(said.expect("words").contains("The car broke down"));
    assert_eq!(terminal.answers(&["verify"])["tables_agree"], true);
}

#[test]
fn what_must_be_paid_before_a_lesson_is_said() {
    let terminal = Terminal::with_sample();
    let row = package(&terminal);
    let milestone = json!({
        "id": support::id(1), "name": "First half", "before": "lesson", "lesson": 1,
        "service_id": null, "amount": "900000", "active": true,
    });
    terminal.answers(&["call", "save_milestone", &milestone.to_string()]);
    let asked = ["packages", "milestones", text(&row, "student_number")];
    let check = terminal.answers(&asked);
    let states = check["rows"].as_array().expect("milestones").iter();
    let missing: Vec<&Value> = states.filter(|row| row["state"] == "missing").collect();
    assert_eq!((check["clear"].clone(), missing.len()), (json!(false), 1), "{check}");
    assert_eq!(missing[0]["milestone"]["name"], "First half");
    let unknown = [&asked[..], &["--service", "NONE"]].concat();
    assert_eq!(terminal.refuses(&unknown, 4), "not_found");
}

#[test]
fn a_statement_is_shown_and_those_of_all_who_owe_are_written_as_a_file() {
    let terminal = Terminal::with_sample();
    let page = terminal.answers(&["students", "list", "--owing", "--limit", "1"]);
    let row = &page["rows"][0];
    let number = text(row, "number");
    let all = terminal.answers(&["statement", number]);
    assert_eq!(all["closing"], row["balance"]);
    let open = terminal.answers(&["statement", number, "--open"]);
    assert_eq!((&open["style"], &open["closing"]), (&json!("open"), &row["balance"]));
    assert_eq!(terminal.refuses(&["statement", "999999"], 4), "not_found");
    let backwards = ["statement", number, "--from", "2026-02-01", "--to", "2026-01-01"];
    assert_eq!(terminal.refuses(&backwards, 3), "invalid");
    let folder = terminal.folder.join("statements");
    let folder = folder.to_str().expect("a path");
    let file = terminal.answers(&["statement", "--file", "csv", "--folder", folder]);
    let written = std::fs::read_to_string(text(&file, "path")).expect("a file");
    assert!(written.contains(number), "{written}");
    let paper = terminal.answers(&["statement", number, "--file", "pdf", "--folder", folder]);
    let paper = Path::new(text(&paper, "path"));
    assert!(std::fs::read(paper).expect("a file").starts_with(b"%PDF-"));
}

#[test]
fn a_payers_statement_is_named_by_the_payer() {
    let terminal = Terminal::with_sample();
    let register = ["payers", "register", "--name", "NAV Testby", "--kind", "agency"];
    let payer = terminal.answers(&register);
    let number = payer["row"]["number"].as_str().expect("a number");
    let statement = terminal.answers(&["statement", "--payer", number]);
    assert_eq!(
        (&statement["name"], &statement["student_id"]),
        (&json!("NAV Testby"), &Value::Null)
    );
    assert_eq!(statement["closing"]["amount"], "0.00");
    let both = ["statement", "1001", "--payer", number];
    assert_eq!(terminal.run(&both).status.code(), Some(2), "whose?");
}

#[test]
fn the_debt_gate_is_asked_and_somebody_is_let_through_for_a_reason() {
    let terminal = Terminal::with_sample();
    let page = terminal.answers(&["students", "list", "--owing", "--limit", "500"]);
    let rows = page["rows"].as_array().expect("students");
    let row = rows.iter().find(|row| row["light"] == "blocked").expect("somebody is blocked");
    let gate = ["gate", text(row, "number")];
    let with = |more: &[&str]| terminal.answers(&[&gate[..], more].concat());
    let before = with(&[]);
    assert_eq!((&before["light"], &before["allowed"]), (&json!("blocked"), &json!(false)));
    assert_eq!(before["balance"], row["balance"]);
    let today = text(&before, "on").to_owned();
    let through = ["--let-through", &today, "--reason", "Pays on Friday"];
    let silent = terminal.run(&[&gate[..], &through[..2]].concat());
    assert_eq!(silent.status.code(), Some(2), "a reason is needed");
    let passed = with(&through);
    assert_eq!((&passed["light"], &passed["allowed"]), (&json!("blocked"), &json!(true)));
    assert_eq!((&passed["pass"]["reason"], with(&[])), (&json!("Pays on Friday"), passed.clone()));
    let said = String::from_utf8(terminal.run(&gate).stdout).expect("words");
    assert!(said.contains("Pays on Friday"), "{said}");
    let blocked = with(&["--block-again", "--reason", "Did not pay"]);
    assert_eq!(blocked["allowed"], false);
    assert_eq!(with(&["--test", "2099-01-01"])["test_on"], "2099-01-01");
    assert_eq!(with(&["--test", "none"])["test_on"], Value::Null);
    let past = [&gate[..], &["--let-through", "2020-01-01", "--reason", "x"]].concat();
    assert_eq!(terminal.refuses(&past, 3), "invalid");
}
