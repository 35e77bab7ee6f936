//! What a person keeps of the lists.

use super::users::{PASSWORD, ask, sign_in, user};
use office::{Code, Fault};
use serde_json::{Value, json};
use support::{TestDesk, id, payment};

fn view(number: u128, name: &str, is_shared: bool) -> Value {
    json!({
        "id": id(number), "list": "invoices", "name": name,
        "address": r#"{"view":"overdue","amount_from":"1000.00"}"#, "is_shared": is_shared,
    })
}

fn names(desk: &Value) -> Vec<&str> {
    desk["views"].as_array().expect("views").iter().filter_map(|v| v["name"].as_str()).collect()
}

/// `ida` leads and sits at `main`, `tor` is staff at `second`.
async fn two_people() -> TestDesk {
    let desk = TestDesk::with_student().await;
    ask(&desk, "main", "save_user", user(900, "ida", "owner")).await.expect("the first user");
    ask(&desk, "main", "save_user", user(901, "tor", "staff")).await.expect("a second user");
    ask(&desk, "second", "sign_in", sign_in("tor", PASSWORD)).await.expect("signed in");
    desk
}

#[tokio::test]
async fn a_view_is_kept_for_its_owner_and_changed_by_its_id() {
    let desk = TestDesk::with_school().await;
    for _ in 0..2 {
        let kept = desk.call("save_view", view(5, "Large", false)).await.expect("kept");
        assert_eq!(names(&kept), ["Large"]);
    }
    let kept = desk.call("save_view", view(5, "Larger", false)).await.expect("changed");
    assert_eq!(names(&kept), ["Larger"]);
    let same = desk.call("save_view", view(6, "larger", false)).await.expect_err("refused");
    assert_eq!((same.code, same.rule.as_deref()), (Code::AlreadyExists, Some("view_name")));
    let kept = desk.call("delete_view", json!({ "id": id(5) })).await.expect("gone");
    assert_eq!(names(&kept), Vec::<&str>::new());
}

#[tokio::test]
async fn only_shared_views_are_seen_by_others_and_only_their_owner_changes_them() {
    let desk = two_people().await;
    ask(&desk, "main", "save_view", view(5, "Mine", false)).await.expect("kept");
    ask(&desk, "main", "save_view", view(6, "Ours", true)).await.expect("kept");
    let seen = ask(&desk, "second", "list_desk", json!({})).await.expect("a desk");
    assert_eq!(names(&seen), ["Ours"]);
    assert_eq!(seen["views"][0]["is_mine"], false);
    for number in [5, 6] {
        let fault = ask(&desk, "second", "save_view", view(number, "Taken", false)).await;
        assert_eq!(fault.expect_err("refused").code, Code::Forbidden);
        let fault = ask(&desk, "second", "delete_view", json!({ "id": id(number) })).await;
        assert_eq!(fault.expect_err("refused").code, Code::Forbidden);
    }
    // Two people may each have a view of one name, and who leads takes down what others share.
    ask(&desk, "second", "save_view", view(7, "Ours", true)).await.expect("kept");
    let left = ask(&desk, "main", "delete_view", json!({ "id": id(7) })).await.expect("gone");
    assert_eq!(names(&left), ["Mine", "Ours"]);
}

#[tokio::test]
async fn what_was_kept_before_anybody_signed_in_is_the_first_users() {
    let desk = TestDesk::with_student().await;
    ask(&desk, "main", "save_view", view(5, "Large", false)).await.expect("kept");
    ask(&desk, "main", "save_user", user(900, "ida", "owner")).await.expect("the first user");
    let seen = ask(&desk, "main", "list_desk", json!({})).await.expect("a desk");
    assert_eq!(names(&seen), ["Large"]);
    assert_eq!(seen["views"][0]["is_mine"], true);
}

#[tokio::test]
async fn a_list_opens_with_a_view_until_that_is_thrown_away() {
    let desk = TestDesk::with_school().await;
    let column = json!({ "id": "due_date", "width_px": 200, "is_hidden": false });
    let setup = json!({ "list": "invoices", "columns": [column], "default_view": id(5) });
    let fault = desk.call("set_list", setup.clone()).await.expect_err("no such view");
    assert_eq!(fault.rule.as_deref(), Some("view"));
    desk.call("save_view", view(5, "Large", false)).await.expect("kept");
    let kept = desk.call("set_list", setup).await.expect("set up");
    assert_eq!(kept["setups"][0]["default_view"], id(5));
    assert_eq!(kept["setups"][0]["columns"][0]["width_px"], 200);
    let left = desk.call("delete_view", json!({ "id": id(5) })).await.expect("gone");
    assert_eq!(left["setups"][0]["default_view"], Value::Null);
}

#[tokio::test]
async fn nonsense_is_refused() {
    let desk = TestDesk::with_school().await;
    for address in ["", "[]", r#"{"a":[1]}"#, "view=overdue"] {
        let mut wrong = view(5, "Large", false);
        wrong["address"] = json!(address);
        let fault = desk.call("save_view", wrong).await.expect_err(address);
        assert_eq!(fault.rule.as_deref(), Some("address"), "{address}");
    }
    let column = |width: u32| json!({ "id": "a", "width_px": width, "is_hidden": false });
    for columns in [vec![column(1)], vec![column(90), column(90)]] {
        let setup = json!({ "list": "invoices", "columns": columns, "default_view": null });
        let fault = desk.call("set_list", setup).await.expect_err("refused");
        assert_eq!(fault.rule.as_deref(), Some("columns"));
    }
}

async fn read(desk: &TestDesk, text: &str) -> Result<String, Fault> {
    let request = json!({
        "text": text, "currency": "NOK", "decimals": null, "allow_negative": false,
    });
    let read = desk.call("read_amount", request).await?;
    Ok(read["amount"].as_str().expect("an amount").to_owned())
}

#[tokio::test]
async fn an_amount_may_be_typed_as_a_sum() {
    let desk = TestDesk::with_school().await;
    for (text, amount) in [
        ("1,5k", "1500.00"),
        ("100+25", "125.00"),
        ("=3*450", "1350.00"),
        ("1 234,50 + 25 - 0,5", "1259.00"),
        ("2 x (100 + 25)", "250.00"),
        ("100/8", "12.50"),
        ("-5 + 10", "5.00"),
    ] {
        assert_eq!(read(&desk, text).await.expect(text), amount, "{text}");
    }
    for (text, rule) in [
        ("100/3", "too_many_decimals"),
        ("1/0", "number"),
        ("5 - 10", "negative"),
        ("100+", "number"),
        ("((100)", "number"),
        ("9999k * 9999k", "too_large"),
        ("a+1", "number"),
    ] {
        let fault = read(&desk, text).await.expect_err(text);
        assert_eq!(fault.rule.as_deref(), Some(rule), "{text}");
    }
}

#[tokio::test]
async fn a_list_is_read_out_as_it_is_narrowed_and_marked() {
    let desk = TestDesk::with_student().await;
    desk.register(7, "Iver Moen").await;
    desk.register(8, "Siri Moen").await;
    let students = json!({
        "query": "Moen", "department_id": null, "owing": false, "order": null,
        "window": { "offset": 0, "limit": 0 },
    });
    let request = |except: Value| {
        json!({
            "rows": { "students": students }, "ids": [], "except": except,
            "wish": { "inline": false, "folder": null },
        })
    };
    for (except, rows) in [(json!([]), 2), (json!([id(8)]), 1)] {
        let made = desk.call("list_csv", request(except)).await.expect("a file");
        let path = made["path"].as_str().expect("a path");
        let text = std::fs::read_to_string(path).expect("the file");
        assert_eq!(text.lines().count(), rows + 1, "{text}");
        assert!(text.contains("Iver Moen"));
    }
}

#[tokio::test]
async fn a_list_is_printed_as_it_is_narrowed_with_the_sums_of_its_rows() {
    let desk = TestDesk::with_student().await;
    desk.register(2, "Bo Foss").await;
    let invoice = desk.issue(50, 1).await;
    let money = payment(60, "2026-03-10", "1000", &[(&invoice, "790")]);
    desk.call("record_payment", money).await.expect("a payment");
    let window = json!({ "offset": 0, "limit": 1 });
    let students = json!({ "students": { "query": "", "department_id": null, "owing": false,
        "order": null, "window": window } });
    let payments = json!({ "payments": { "query": "Ada", "student_id": null, "unallocated": true,
        "from": "2026-03-01", "order": null, "window": window } });
    let nothing = json!({ "payments": { "query": "nobody", "student_id": null,
        "unallocated": false, "order": null, "window": window } });
    for (rows, name) in
        [(students, "Elever"), (payments, "Innbetalinger"), (nothing, "Innbetalinger")]
    {
        let wish = json!({ "inline": true, "folder": null });
        let request = json!({ "rows": rows, "wish": wish });
        let made = desk.call("print_list", request).await.expect("a file");
        let title = made["name"].as_str().expect("a name");
        assert!(title.starts_with(name) && title.ends_with(".pdf"), "{title}");
        assert!(made["content"].as_str().expect("content").starts_with("JVBERi"));
    }
}
