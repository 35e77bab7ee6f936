//! Several schools on one desk: a book for each, and nothing that crosses over.

use office::Code;
use serde_json::{Value, json};
use support::{PASSPHRASE, TestDesk, id, school, school_with_passphrase};

async fn choose(desk: &TestDesk, school: Option<&str>) -> Value {
    desk.call("choose_school", json!({ "id": school })).await.expect("a status")
}

/// Names of the desk's schools, the one in use marked, and their ids.
async fn schools(desk: &TestDesk) -> (Vec<String>, Vec<String>) {
    let view = desk.call("desk_schools", json!({})).await.expect("schools");
    let rows = view["schools"].as_array().expect("rows").clone();
    let text = |row: &Value, name: &str| row[name].as_str().expect("text").to_owned();
    let marked = rows.iter().map(|row| match row["in_use"] == true {
        true => format!("{} *", text(row, "name")),
        false => text(row, "name"),
    });
    (marked.collect(), rows.iter().map(|row| text(row, "id")).collect())
}

fn another(name: &str, mut form: Value) -> Value {
    form["name"] = json!(name);
    form
}

#[tokio::test]
async fn a_desk_turns_between_schools_and_each_has_a_book_of_its_own() {
    let desk = TestDesk::with_student().await;
    assert_eq!(choose(&desk, None).await["state"], "empty");
    desk.call("create_school", another("Nordby", school())).await.expect("another school");
    let (names, ids) = schools(&desk).await;
    assert_eq!(names, ["Testby Trafikkskole", "Nordby *"]);
    let fault = desk.call("find_student", json!({ "id": id(1) })).await.expect_err("unknown");
    assert_eq!(fault.code, Code::NotFound);
    desk.register(1, "Ola Nord").await;
    let status = choose(&desk, Some(&ids[0])).await;
    assert_eq!(status["school"]["name"], "Testby Trafikkskole");
    let student = desk.call("find_student", json!({ "id": id(1) })).await.expect("a student");
    assert_eq!(student["person"]["name"], "Ada Berg");
    let desk = desk.restarted().await;
    choose(&desk, Some(&ids[1])).await;
    let desk = desk.restarted().await;
    assert_eq!(schools(&desk).await.0, ["Testby Trafikkskole", "Nordby *"], "found again");
    let student = desk.call("find_student", json!({ "id": id(1) })).await.expect("a student");
    assert_eq!(student["person"]["name"], "Ola Nord");
}

#[tokio::test]
async fn a_place_for_a_new_school_is_made_once_and_left_without_a_trace() {
    let desk = TestDesk::with_school().await;
    choose(&desk, None).await;
    choose(&desk, None).await;
    let (names, ids) = schools(&desk).await;
    assert_eq!((names.as_slice(), ids.len()), (&["Testby Trafikkskole".to_owned()][..], 1));
    assert_eq!(choose(&desk, Some(&ids[0])).await["state"], "ready");
    choose(&desk, None).await;
    let places = std::fs::read_dir(desk.folder().join("schools")).expect("places").count();
    assert_eq!(places, 1, "a place without a book is taken again");
}

#[tokio::test]
async fn a_school_behind_a_passphrase_stays_locked_beside_one_that_is_open() {
    let desk = TestDesk::with_school().await;
    choose(&desk, None).await;
    let form = another("Nordby", school_with_passphrase());
    desk.call("create_school", form).await.expect("another school");
    let (_, ids) = schools(&desk).await;
    assert_eq!(choose(&desk, Some(&ids[0])).await["state"], "ready");
    assert_eq!(choose(&desk, Some(&ids[1])).await["state"], "locked");
    let right = json!({ "passphrase": PASSPHRASE });
    let status = desk.call("unlock_book", right).await.expect("open");
    assert_eq!(status["school"]["name"], "Nordby");
}

#[tokio::test]
async fn the_school_that_is_removed_gives_way_to_another() {
    let desk = TestDesk::with_school().await;
    choose(&desk, None).await;
    let sample = json!({ "protection": "keychain", "passphrase": null, "language": "nb" });
    desk.call("open_sample_school", sample).await.expect("the invented school");
    let status = desk.call("remove_sample_school", json!({})).await.expect("removed");
    assert_eq!(status["school"]["name"], "Testby Trafikkskole");
    assert_eq!(schools(&desk).await.0, ["Testby Trafikkskole *"]);
    let places = std::fs::read_dir(desk.folder().join("schools")).expect("places").count();
    assert_eq!(places, 0, "its folder is gone");
}

#[tokio::test]
async fn what_was_made_for_one_school_is_not_opened_for_another() {
    let desk = TestDesk::with_student().await;
    desk.issue(20, 1).await;
    let wish = json!({ "inline": false, "folder": null });
    let request = json!({ "kind": "invoice", "id": id(20), "draft": null, "wish": wish });
    let made = desk.call("paper", request).await.expect("a paper");
    let path = std::path::PathBuf::from(made["path"].as_str().expect("a path"));
    assert!(desk.desk.made(&path));
    choose(&desk, None).await;
    assert!(!desk.desk.made(&path));
}

#[tokio::test]
async fn an_unknown_school_is_refused_and_a_damaged_list_is_left_as_it_is() {
    let desk = TestDesk::with_school().await;
    let fault = desk.call("choose_school", json!({ "id": "../elsewhere" })).await;
    assert_eq!(fault.expect_err("refused").code, Code::NotFound);
    let list = desk.folder().join("schools.json");
    let led_away = r#"{ "in_use": "../x", "places": [{ "id": "../x", "name": "X" }] }"#;
    std::fs::write(&list, led_away).expect("written");
    let fault = desk.call("desk_schools", json!({})).await.expect_err("damaged");
    assert_eq!((fault.code, fault.rule.as_deref()), (Code::BookDamaged, Some("schools")));
    assert_eq!(std::fs::read_to_string(&list).expect("read"), led_away);
}
