//! Papers: previews without saving, files where they are wanted, many in one.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value, json};
use support::{TestDesk, draft, line};

fn wish(inline: bool) -> Value {
    json!({ "inline": inline, "folder": null })
}

fn is_pdf(made: &Value) -> bool {
    let content = made["content"].as_str().expect("content");
    BASE64.decode(content).expect("base64").starts_with(b"%PDF-")
}

#[tokio::test]
async fn a_draft_is_previewed_before_anything_is_known_about_the_buyer() {
    let desk = TestDesk::with_student().await;
    let mut typed = draft(50, 1, "2026-03-10", &[line("Kjøretime", 1, "790.00", "3")]);
    for student in [json!(support::id(1)), json!(null)] {
        typed["student_id"] = student;
        let request = json!({ "kind": "draft", "id": "", "draft": typed, "wish": wish(true) });
        assert!(is_pdf(&desk.call("paper", request).await.expect("a preview")));
    }
    typed["lines"] = json!([]);
    let request = json!({ "kind": "draft", "id": "", "draft": typed, "wish": wish(true) });
    let fault = desk.call("paper", request).await.expect_err("nothing to show");
    assert_eq!(fault.rule.as_deref(), Some("nothing_to_print"));
}

#[tokio::test]
async fn a_paper_is_the_same_every_time_and_lies_where_it_is_wanted() {
    let desk = TestDesk::with_student().await;
    let invoice = desk.issue(50, 1).await;
    let request = |wish| json!({ "kind": "invoice", "id": invoice, "draft": null, "wish": wish });
    let first = desk.call("paper", request(wish(true))).await.expect("a preview");
    let second = desk.call("paper", request(wish(true))).await.expect("a preview");
    assert_eq!(first, second);
    let filed = desk.call("paper", request(wish(false))).await.expect("a file");
    let path = std::path::PathBuf::from(filed["path"].as_str().expect("a path"));
    assert!(path.ends_with("papers/Faktura-A-1.pdf"));
    assert!(desk.desk.made(&path));
    let nowhere = json!({ "inline": false, "folder": "no/such/folder" });
    let fault = desk.call("paper", request(nowhere)).await.expect_err("no folder");
    assert_eq!(fault.field.as_deref(), Some("folder"));
}

#[tokio::test]
async fn many_papers_are_merged_or_nothing_is_left_behind() {
    let desk = TestDesk::with_student().await;
    for number in 50..55 {
        desk.issue(number, 1).await;
    }
    let request = |view: &str, ids: Value| {
        json!({
            "filter": { "view": view, "query": "" },
            "ids": ids,
            "except": [],
            "wish": wish(false),
        })
    };
    let all = desk.call("merged_paper", request("all", json!([]))).await.expect("a file");
    let one = request("all", json!([support::id(50)]));
    let one = desk.call("merged_paper", one).await.expect("a file");
    let size = |made: &Value| made["bytes"].as_u64().expect("a size");
    assert!(size(&all) > size(&one));
    let none = desk.call("merged_paper", request("paid", json!([]))).await.expect_err("none");
    assert_eq!(none.rule.as_deref(), Some("nothing_to_print"));
    let left = std::fs::read_dir(desk.folder().join("papers")).expect("a folder").count();
    assert!(left <= 1, "{left} files");
}
