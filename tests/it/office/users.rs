//! Users: a desk without any works as before; with one, nobody acts without signing in.

use office::rpc::answer;
use office::{Code, Fault};
use serde_json::{Value, json};
use support::{TestDesk, id, student};

pub const PASSWORD: &str = "a password for tests";

/// Asks as the window of a name does.
pub async fn ask(
    desk: &TestDesk,
    window: &str,
    name: &str,
    request: Value,
) -> Result<Value, Fault> {
    let answer = answer(&desk.desk, window, name, request).await?;
    Ok(serde_json::from_str(answer.get()).expect("an answer in JSON"))
}

pub fn user(number: u128, login: &str, role: &str) -> Value {
    json!({
        "id": id(number),
        "login": login,
        "name": format!("{login} Berg"),
        "role": role,
        "departments": [],
        "active": true,
        "password": PASSWORD,
    })
}

pub fn sign_in(login: &str, password: &str) -> Value {
    json!({ "login": login, "password": password })
}

async fn code(desk: &TestDesk, window: &str, name: &str, request: Value) -> Code {
    ask(desk, window, name, request).await.expect_err("refused").code
}

/// A school led by `ida`, signed in at the window `main`, with staff `tor`.
async fn with_users() -> TestDesk {
    let desk = TestDesk::with_student().await;
    ask(&desk, "main", "save_user", user(900, "ida", "owner")).await.expect("the first user");
    ask(&desk, "main", "save_user", user(901, "tor", "staff")).await.expect("a second user");
    desk
}

#[tokio::test]
async fn a_book_without_users_is_the_owners() {
    let desk = TestDesk::with_student().await;
    ask(&desk, "main", "home", json!({})).await.expect("figures");
    let status = ask(&desk, "main", "desk_status", json!({})).await.expect("a status");
    assert_eq!(status["session"]["needed"], false);
}

#[tokio::test]
async fn the_first_user_must_lead_and_is_signed_in() {
    let desk = TestDesk::with_student().await;
    let fault = ask(&desk, "main", "save_user", user(900, "ida", "staff")).await;
    assert_eq!(fault.expect_err("refused").rule.as_deref(), Some("last_owner"));
    ask(&desk, "main", "save_user", user(900, "ida", "owner")).await.expect("a user");
    let status = ask(&desk, "main", "desk_status", json!({})).await.expect("a status");
    assert_eq!(status["session"]["user"]["login"], "ida");
    assert_eq!(code(&desk, "other", "home", json!({})).await, Code::NotSignedIn);
}

#[tokio::test]
async fn each_window_has_a_session_of_its_own_and_the_log_knows_who_it_was() {
    let desk = with_users().await;
    ask(&desk, "second", "sign_in", sign_in("Tor", PASSWORD)).await.expect("signed in");
    ask(&desk, "second", "register_student", student(7, "Iver Moen")).await.expect("a student");
    assert_eq!(code(&desk, "second", "list_users", json!({})).await, Code::Forbidden);
    ask(&desk, "main", "list_users", json!({})).await.expect("users");
    let office = desk.desk.office().await.expect("open");
    let mut view = office.store.read().await.expect("a view");
    let student = store::Subject::Student(support::id(7).parse().expect("an id"));
    let facts = view.history_of(student).await.expect("facts");
    assert_eq!(facts[0].actor, "tor");
}

#[tokio::test]
async fn a_locked_window_answers_nothing_until_the_password_is_given() {
    let desk = with_users().await;
    let status = ask(&desk, "main", "lock_session", json!({})).await.expect("locked");
    assert_eq!(status["session"]["locked"], true);
    assert_eq!(status["session"]["user"]["login"], "ida");
    assert_eq!(code(&desk, "main", "home", json!({})).await, Code::NotSignedIn);
    assert_eq!(
        code(&desk, "main", "save_user", user(902, "eva", "owner")).await,
        Code::NotSignedIn
    );
    ask(&desk, "main", "sign_in", sign_in("ida", PASSWORD)).await.expect("signed in");
    ask(&desk, "main", "home", json!({})).await.expect("figures");
    ask(&desk, "main", "sign_out", json!({})).await.expect("signed out");
    assert_eq!(code(&desk, "main", "home", json!({})).await, Code::NotSignedIn);
}

#[tokio::test]
async fn sessions_end_with_the_program() {
    let desk = with_users().await.restarted().await;
    assert_eq!(code(&desk, "main", "home", json!({})).await, Code::NotSignedIn);
}

#[tokio::test]
async fn wrong_passwords_are_slowed_down_one_user_at_a_time() {
    let desk = with_users().await;
    for login in ["tor", "nobody"] {
        for _ in 0..5 {
            let wrong = sign_in(login, "not the password");
            assert_eq!(code(&desk, "second", "sign_in", wrong).await, Code::WrongPassword);
        }
    }
    ask(&desk, "third", "sign_in", sign_in("ida", PASSWORD)).await.expect("another user");
    let right = sign_in("tor", PASSWORD);
    assert_eq!(code(&desk, "second", "sign_in", right.clone()).await, Code::TooManyTries);
    let desk = desk.restarted().await;
    assert_eq!(code(&desk, "second", "sign_in", right.clone()).await, Code::TooManyTries);
    desk.clock.advance_seconds(11);
    ask(&desk, "second", "sign_in", right).await.expect("signed in");
}

#[tokio::test]
async fn who_is_deactivated_or_given_another_password_is_out_at_once() {
    let desk = with_users().await;
    ask(&desk, "second", "sign_in", sign_in("tor", PASSWORD)).await.expect("signed in");
    let reset = json!({ "id": id(901), "password": "another password" });
    ask(&desk, "main", "reset_password", reset).await.expect("reset");
    assert_eq!(code(&desk, "second", "home", json!({})).await, Code::NotSignedIn);
    let old = sign_in("tor", PASSWORD);
    assert_eq!(code(&desk, "second", "sign_in", old).await, Code::WrongPassword);
    let new = sign_in("tor", "another password");
    ask(&desk, "second", "sign_in", new.clone()).await.expect("signed in");
    let mut gone = user(901, "tor", "staff");
    gone["active"] = json!(false);
    ask(&desk, "main", "save_user", gone).await.expect("deactivated");
    assert_eq!(code(&desk, "second", "home", json!({})).await, Code::NotSignedIn);
    assert_eq!(code(&desk, "second", "sign_in", new).await, Code::WrongPassword);
}

#[tokio::test]
async fn one_who_leads_always_stays_and_names_are_never_given_twice() {
    let desk = with_users().await;
    let cases = [
        (json!({ "active": false }), "active", "last_owner"),
        (json!({ "role": "staff" }), "role", "last_owner"),
        (json!({ "login": "ida.berg" }), "login", "login_stays"),
        (json!({ "id": id(903) }), "login", "login"),
        (json!({ "id": id(903), "login": "owner" }), "login", "login"),
        (json!({ "id": id(903), "login": "Eva" }), "login", "login"),
        (json!({ "id": id(903), "login": "eva", "password": null }), "password", "missing"),
        (
            json!({ "id": id(903), "login": "eva", "password": "short" }),
            "password",
            "password_length",
        ),
        (json!({ "departments": [id(77)] }), "departments", ""),
    ];
    for (change, field, rule) in cases {
        let mut form = user(900, "ida", "owner");
        for (name, value) in change.as_object().expect("fields") {
            form[name] = value.clone();
        }
        let fault = ask(&desk, "main", "save_user", form).await.expect_err(rule);
        assert_eq!(fault.field.as_deref(), Some(field), "{change}");
        assert_eq!(fault.rule.unwrap_or_default(), rule, "{change}");
    }
}

#[tokio::test]
async fn ones_own_password_needs_the_present_one() {
    let desk = with_users().await;
    let change = |current: &str| json!({ "current": current, "password": "my new password" });
    let refused = ask(&desk, "main", "change_password", change("wrong")).await;
    assert_eq!(refused.expect_err("refused").field.as_deref(), Some("current"));
    ask(&desk, "main", "change_password", change(PASSWORD)).await.expect("changed");
    ask(&desk, "main", "home", json!({})).await.expect("still signed in");
    let new = sign_in("ida", "my new password");
    ask(&desk, "second", "sign_in", new).await.expect("signed in");
}

#[tokio::test]
async fn no_fact_holds_a_password_or_what_it_is_checked_against() {
    let desk = with_users().await;
    let office = desk.desk.office().await.expect("open");
    let mut view = office.store.read().await.expect("a view");
    for number in [900, 901] {
        let user = store::Subject::User(id(number).parse().expect("an id"));
        for fact in view.history_of(user).await.expect("facts") {
            let text = serde_json::to_string(&fact.body).expect("json");
            assert!(!text.contains("argon2") && !text.contains(PASSWORD), "{text}");
        }
    }
    drop(view);
    let users = ask(&desk, "main", "list_users", json!({})).await.expect("users").to_string();
    assert!(!users.contains("argon2"));
    let report = ask(&desk, "main", "verify_book", json!({})).await.expect("a report");
    assert_eq!(report["findings"], json!([]));
}

#[tokio::test]
async fn the_idle_lock_is_set_for_the_desk() {
    let desk = with_users().await;
    let status = ask(&desk, "main", "set_idle_lock", json!({ "minutes": 5 })).await;
    assert_eq!(status.expect("a status")["session"]["idle_minutes"], 5);
    assert_eq!(
        code(&desk, "main", "set_idle_lock", json!({ "minutes": 241 })).await,
        Code::Invalid
    );
}
