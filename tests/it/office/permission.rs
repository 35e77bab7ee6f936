//! The router: every command knows who may use it, and takes no request it does not understand.

use finance::ids::SchoolId;
use office::rpc::{COMMANDS, Effect, dispatch};
use office::{Act, Actor, Code, Role};
use serde_json::{Value, json};
use support::TestDesk;

#[tokio::test]
async fn every_command_refuses_every_role_that_lacks_its_act() {
    let desk = TestDesk::with_student().await;
    for entry in COMMANDS {
        for role in Role::ALL {
            let actor = Actor { role, ..Actor::owner() };
            if actor.may(entry.act) {
                continue;
            }
            let answer = dispatch(&desk.desk, &actor, entry.name, json!({})).await;
            let fault = answer.expect_err(entry.name);
            assert_eq!(fault.code, Code::Forbidden, "{} as {role:?}", entry.name);
        }
    }
}

#[tokio::test]
async fn every_command_on_a_book_refuses_an_actor_of_another_school() {
    let desk = TestDesk::with_student().await;
    let school = Some(SchoolId(uuid::Uuid::from_u128(999)));
    let stranger = Actor { school, ..Actor::owner() };
    for entry in COMMANDS.iter().filter(|entry| entry.needs_book) {
        let answer = dispatch(&desk.desk, &stranger, entry.name, json!({})).await;
        let code = answer.expect_err(entry.name).code;
        assert!(matches!(code, Code::Forbidden | Code::BadRequest), "{}", entry.name);
    }
}

#[tokio::test]
async fn accountants_read_and_staff_do_not_connect() {
    let may = |role, act| Actor { role, ..Actor::owner() }.may(act);
    assert!(may(Role::Accountant, Act::See) && !may(Role::Accountant, Act::Work));
    assert!(may(Role::Staff, Act::Work) && !may(Role::Staff, Act::Connect));
}

#[tokio::test]
async fn a_field_too_many_too_few_or_of_another_type_is_refused() {
    let desk = TestDesk::with_student().await;
    let cases: [(&str, Value); 5] = [
        ("find_student", json!({ "id": support::id(1), "more": 1 })),
        ("find_student", json!({})),
        ("find_student", json!({ "id": 1 })),
        ("find_student", json!([])),
        ("home", json!({ "more": true })),
    ];
    for (name, request) in cases {
        let fault = desk.call(name, request.clone()).await.expect_err("refused");
        assert_eq!(fault.code, Code::BadRequest, "{name} {request}");
    }
    let fault = desk.call("drop_tables", json!({})).await.expect_err("unknown");
    assert_eq!(fault.code, Code::UnknownCommand);
}

#[tokio::test]
async fn a_write_tells_what_went_stale_and_a_read_tells_nothing() {
    let desk = TestDesk::with_student().await;
    let mut events = desk.desk.events();
    desk.call("home", json!({})).await.expect("figures");
    assert!(events.try_recv().is_err());
    desk.register(7, "Iver Moen").await;
    let event = events.try_recv().expect("an event");
    assert_eq!(event.name(), "changed");
    let told = serde_json::to_value(&event).expect("json");
    assert_eq!(told, json!({ "tags": ["students"] }));
    assert!(COMMANDS.iter().any(|entry| entry.effect == Effect::Write));
}

#[tokio::test]
async fn hidden_characters_and_endless_texts_are_refused() {
    let desk = TestDesk::with_school().await;
    for (name, rule) in [
        ("Ada\u{202e}greB", "hidden_characters"),
        ("Ada\u{0}", "hidden_characters"),
        (&*"x".repeat(121), "too_long"),
        ("  ", "missing"),
    ] {
        let fault = desk.call("register_student", support::student(1, name)).await;
        let fault = fault.expect_err(rule);
        assert_eq!(fault.rule.as_deref(), Some(rule));
        assert_eq!(fault.field.as_deref(), Some("person.name"));
    }
}
