//! The router: every command knows who may use it, and takes no request it does not understand.

use finance::ids::{DepartmentId, SchoolId};
use office::rpc::{Effect, commands, dispatch};
use office::{Act, Actor, Code, Role};
use serde_json::{Value, json};
use support::{TestDesk, draft, id, line, payer, payment, student};

/// How a command answers somebody who is limited to departments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Limited {
    /// Not at all.
    Never,
    /// It is about the desk itself and holds no records.
    Desk,
    /// It answers about what is named by an id.
    Named,
    /// It answers about everything that is seen; [`whole`] knows its request.
    Whole,
}
use Limited::{Desk as OfDesk, Named, Never, Whole};

/// What is expected of every command: who may use it (admin, owner, staff, accountant), and what it
/// answers to staff limited to a department. A new command stands here, or the test fails.
#[rustfmt::skip]
const EXPECTED: &[(&str, &str, Limited)] = &[
    ("desk_status", "aosc", OfDesk),
    ("desk_schools", "aosc", OfDesk),
    ("choose_school", "aosc", OfDesk),
    ("country_defaults", "aosc", OfDesk),
    ("create_school", "ao", Never),
    ("open_sample_school", "ao", Never),
    ("unlock_book", "aosc", OfDesk),
    ("lock_book", "aosc", OfDesk),
    ("remove_sample_school", "ao", Never),
    ("sign_in", "aosc", OfDesk),
    ("sign_out", "aosc", OfDesk),
    ("lock_session", "aosc", OfDesk),
    ("set_idle_lock", "ao", Never),
    ("change_password", "aosc", OfDesk),
    ("list_users", "ao", Never),
    ("save_user", "ao", Never),
    ("reset_password", "ao", Never),
    ("save_department", "ao", Never),
    ("school_tables", "aosc", Whole),
    ("verify_book", "aoc", Never),
    ("list_audit", "aoc", Never),
    ("find_audit_entry", "aoc", Never),
    ("audit_choices", "aoc", Never),
    ("export_audit", "aoc", Never),
    ("home", "aosc", Whole),
    ("search", "aosc", Whole),
    ("list_desk", "aosc", Whole),
    ("save_view", "aosc", Named),
    ("delete_view", "aosc", Named),
    ("set_list", "aosc", Named),
    ("notice_settings", "aosc", OfDesk),
    ("save_notice_settings", "aosc", OfDesk),
    ("list_csv", "aosc", Never),
    ("print_list", "aosc", Never),
    ("read_amount", "aosc", OfDesk),
    ("list_students", "aosc", Whole),
    ("find_student", "aosc", Named),
    ("register_student", "aos", Named),
    ("change_student", "aos", Named),
    ("list_payers", "aosc", Whole),
    ("find_payer", "aosc", Named),
    ("save_payer", "aos", Named),
    ("student_payers", "aosc", Named),
    ("save_student_payers", "aos", Named),
    ("save_terms", "ao", Never),
    ("student_erasure", "ao", Never),
    ("erase_person", "ao", Never),
    ("export_person", "aosc", Never),
    ("student_account", "aosc", Named),
    ("list_services", "aosc", Whole),
    ("save_service", "ao", Never),
    ("exchange_rates", "aosc", Whole),
    ("set_exchange_rate", "ao", Never),
    ("import_exchange_rates", "ao", Never),
    ("exchange_price", "aosc", Named),
    ("look_at_file", "aos", OfDesk),
    ("import_csv", "ao", Never),
    ("import_payments", "aos", Named),
    ("refused_rows", "aos", Named),
    ("import_mappings", "aos", OfDesk),
    ("forget_import_mapping", "ao", Never),
    ("list_imports", "aosc", Whole),
    ("find_import", "aosc", Named),
    ("preview_taking_back", "aosc", Named),
    ("take_back_import", "ao", Never),
    ("list_charges", "aosc", Whole),
    ("void_charges", "aos", Named),
    ("charge_rules", "aosc", Whole),
    ("save_charge_rule", "ao", Never),
    ("import_bookings", "aos", Named),
    ("preview_run", "aosc", Whole),
    ("issue_run", "aos", Named),
    ("continue_run", "aos", Named),
    ("cancel_run", "aos", Named),
    ("list_runs", "aosc", Whole),
    ("find_run", "aosc", Named),
    ("run_paper", "aosc", Named),
    ("email_run", "aos", Named),
    ("settle_invoice_mail", "aos", Named),
    ("student_packages", "aosc", Named),
    ("draw_package", "aos", Named),
    ("return_draw", "aos", Named),
    ("refund_package", "aos", Named),
    ("extend_package", "ao", Never),
    ("extend_packages", "ao", Never),
    ("list_packages", "aosc", Whole),
    ("list_milestones", "aosc", Whole),
    ("save_milestone", "ao", Never),
    ("milestones", "aosc", Named),
    ("override_milestone", "ao", Never),
    ("list_invoices", "aosc", Whole),
    ("invoice_counts", "aosc", Whole),
    ("price_draft", "aosc", Named),
    ("save_draft", "aos", Named),
    ("find_draft", "aosc", Named),
    ("delete_draft", "aos", Named),
    ("issue_invoice", "aos", Named),
    ("list_recurring", "aosc", Whole),
    ("find_recurring", "aosc", Named),
    ("preview_recurring", "aosc", Named),
    ("save_recurring", "aos", Named),
    ("set_recurring_state", "aos", Named),
    ("make_recurring", "aos", Named),
    ("find_invoice", "aosc", Named),
    ("preview_credit", "aosc", Named),
    ("credit_invoice", "aos", Named),
    ("find_credit_note", "aosc", Named),
    ("paper", "aosc", Named),
    ("merged_paper", "aosc", Named),
    ("list_payments", "aosc", Whole),
    ("find_payment", "aosc", Named),
    ("payment_form", "aosc", Named),
    ("check_shares", "aosc", Named),
    ("record_payment", "aos", Named),
    ("use_credit", "aos", Named),
    ("find_by_reference", "aosc", Whole),
    ("turn_payment", "aos", Named),
    ("reverse_payment", "aos", Named),
    ("release_allocation", "aos", Named),
    ("refund_form", "aosc", Named),
    ("pay_refund", "ao", Never),
    ("find_refund", "aosc", Named),
    ("write_off_invoice", "ao", Never),
    ("save_small_difference", "ao", Never),
    ("save_payment_method", "ao", Never),
    ("list_plans", "aosc", Whole),
    ("find_plan", "aosc", Named),
    ("preview_plan", "aosc", Named),
    ("agree_plan", "aos", Named),
    ("end_plan", "aos", Named),
    ("plan_paper", "aosc", Named),
    ("reminder_plan", "aosc", Whole),
    ("send_reminders", "aos", Named),
    ("reminder_paper", "aosc", Named),
    ("reminder_text", "aosc", Named),
    ("list_reminders", "aosc", Whole),
    ("settle_reminder", "aos", Named),
    ("reminder_holds", "aosc", Named),
    ("set_reminder_hold", "aos", Named),
    ("reminder_settings", "aosc", Whole),
    ("save_reminder_settings", "ao", Never),
    ("mail_settings", "aosc", Whole),
    ("save_mail_settings", "ao", Never),
    ("check_mail", "ao", Never),
    ("sms_settings", "aosc", Whole),
    ("save_sms_settings", "ao", Never),
    ("try_sms", "ao", Never),
    ("ageing", "aosc", Whole),
    ("ledger_chart", "aosc", Whole),
    ("save_ledger_account", "aoc", Never),
    ("list_journal", "aosc", Whole),
    ("journal_of", "aosc", Named),
    ("trial_balance", "aosc", Whole),
    ("export_ledger", "aosc", Never),
    ("number_series", "aoc", Never),
    ("save_series_rule", "ao", Never),
    ("export_series", "aoc", Never),
    ("save_tax_code", "aoc", Never),
    ("revenue", "aosc", Whole),
    ("debt_over_time", "aosc", Whole),
    ("vat_summary", "aosc", Whole),
    ("takings", "aosc", Whole),
    ("list_sales", "aosc", Whole),
    ("list_takings", "aosc", Whole),
    ("report_file", "aosc", Whole),
    ("recent_activity", "aosc", Whole),
    ("ageing_items", "aosc", Whole),
    ("ageing_by_payer", "aosc", Whole),
    ("save_ageing_buckets", "ao", Never),
    ("statement", "aosc", Named),
    ("payer_statement", "aosc", Named),
    ("statement_file", "aosc", Named),
    ("debt_gate", "aosc", Named),
    ("override_debt_gate", "ao", Never),
    ("set_driving_test", "aos", Named),
    ("gate_rules", "aosc", Whole),
    ("save_gate_rule", "ao", Never),
    ("export_csv", "aosc", Never),
    ("connections", "aosc", Whole),
    ("start_sign_in", "aoc", Never),
    ("sign_in_status", "aoc", Never),
    ("finish_sign_in", "aoc", Never),
    ("choose_company", "aoc", Never),
    ("cancel_sign_in", "aoc", Never),
    ("check_connection", "aoc", Never),
    ("connect_folder", "aoc", Never),
    ("disconnect", "aoc", Never),
    ("choose_booking", "aoc", Never),
    ("connection_schedule", "aosc", Named),
    ("save_connection_schedule", "aoc", Never),
    ("connection_attachments", "aosc", Named),
    ("save_connection_attachments", "aoc", Never),
    ("refresh_reference_data", "aoc", Never),
    ("mapping", "aosc", Named),
    ("save_mapping", "aoc", Never),
    ("mapping_rules", "aoc", Never),
    ("save_mapping_rules", "aoc", Never),
    ("mapping_versions", "aoc", Never),
    ("roll_back_mapping", "aoc", Never),
    ("rehearse_mapping", "aoc", Never),
    ("export_status", "aosc", Whole),
    ("export_health", "aosc", Never),
    ("export_quality", "aosc", Never),
    ("start_export", "aosc", Never),
    ("list_exports", "aosc", Whole),
    ("find_export", "aosc", Named),
    ("export_causes", "aosc", Whole),
    ("cause_records", "aosc", Named),
    ("support_report", "aosc", Never),
    ("give_cause", "aosc", Never),
    ("retry_exports", "aosc", Never),
    ("export_candidates", "aoc", Never),
    ("link_export", "aoc", Never),
    ("settle_exports", "aoc", Never),
    ("reconciliation", "aoc", Never),
    ("read_reconciliation", "aoc", Never),
    ("accept_difference", "aoc", Never),
    ("send_again", "aoc", Never),
    ("sign_off_period", "aoc", Never),
    ("conflicts", "aosc", Whole),
    ("read_changes", "aoc", Never),
    ("decide_conflict", "aoc", Never),
    ("provider_reports", "aoc", Never),
    ("provider_report", "aoc", Never),
    ("read_provider_report", "aoc", Never),
    ("provider_report_file", "aoc", Never),
];

/// Requests for everything there is.
fn whole(name: &str) -> Value {
    let window = json!({ "offset": 0, "limit": 500 });
    let filter = json!({
        "view": "all", "query": "", "student_id": null, "department_id": null,
        "issued_from": null, "issued_to": null, "due_from": null, "due_to": null,
        "amount_from": null, "amount_to": null,
    });
    let charges = json!({
        "query": "", "student_id": null, "department_id": null, "from": null, "to": null,
        "kinds": [],
    });
    match name {
        "list_charges" => json!({
            "filter": charges, "state": "all", "order": null, "window": window,
        }),
        "preview_run" => json!({
            "id": id(990), "filter": charges, "issue_date": "2026-03-10",
            "due_date": "2026-03-24", "overdue_days": null, "except": [],
        }),
        "search" => json!({ "query": "Foss", "limit": 20 }),
        // The number of the foreign invoice.
        "find_by_reference" => json!({ "text": "A-2" }),
        "list_students" => json!({
            "query": "", "department_id": null, "owing": false, "order": null, "window": window,
        }),
        "list_invoices" => json!({ "filter": filter, "order": null, "window": window }),
        "invoice_counts" => filter,
        "list_payments" => json!({
            "query": "", "student_id": null, "unallocated": false, "order": null, "window": window,
        }),
        "ageing" | "ageing_by_payer" => json!({
            "as_of": "2026-03-10", "by": "due", "buckets": [], "department_id": null,
        }),
        "ageing_items" => json!({
            "as_of": "2026-03-10", "by": "due", "buckets": [], "column": null, "credit": false,
            "student_id": null, "department_id": null, "window": window,
        }),
        "list_exports" => json!({
            "connection_id": null, "view": "all", "query": "", "order": null, "window": window,
        }),
        "list_reminders" => json!({
            "student_id": null, "invoice_id": null, "unsent": false, "window": window,
        }),
        "list_packages" => json!({
            "shelf": "all", "query": "", "department_id": null, "within_days": 30, "order": null,
            "window": window,
        }),
        "list_plans" => json!({
            "shelf": "all", "query": "", "student_id": null, "invoice_id": null, "window": window,
        }),
        "list_journal" => json!({
            "from": null, "to": null, "account": null, "window": window,
        }),
        "trial_balance" => json!({ "from": null, "to": null }),
        "list_payers" => json!({ "query": "", "with_inactive": true, "window": window }),
        "list_services" => json!({ "query": "", "include_inactive": true }),
        _ => reported(name),
    }
}

/// Requests for whole reports.
fn reported(name: &str) -> Value {
    let window = json!({ "offset": 0, "limit": 500 });
    match name {
        "revenue" => json!({
            "from": "2026-01-01", "to": "2026-03-31", "by": "department", "compare": "before",
        }),
        "debt_over_time" | "vat_summary" => json!({
            "from": "2026-01-01", "to": "2026-03-31", "every": "month",
        }),
        "takings" => json!({
            "from": "2026-01-01", "to": "2026-03-31", "every": "month", "by_desk": true,
        }),
        "list_sales" | "list_takings" => json!({
            "from": "2026-01-01", "to": "2026-03-31", "window": window,
        }),
        "report_file" => json!({
            "report": { "revenue": reported("revenue") }, "format": "csv",
            "wish": { "inline": true, "folder": null },
        }),
        _ => json!({}),
    }
}

fn letter(role: Role) -> char {
    match role {
        Role::Admin => 'a',
        Role::Owner => 'o',
        Role::Staff => 's',
        Role::Accountant => 'c',
    }
}

#[tokio::test]
async fn every_command_is_for_the_roles_that_are_expected() {
    let desk = TestDesk::with_student().await;
    let names: Vec<&str> = commands().map(|entry| entry.name).collect();
    let expected: Vec<&str> = EXPECTED.iter().map(|(name, ..)| *name).collect();
    assert_eq!(names, expected, "every command stands in the table, in the order of the list");
    for (entry, (name, roles, _)) in commands().zip(EXPECTED) {
        for role in Role::ALL {
            let actor = Actor { role, ..Actor::owner() };
            let allowed = roles.contains(letter(role));
            assert_eq!(actor.may(entry.act), allowed, "{name} as {role:?}");
            if !allowed {
                let answer = dispatch(&desk.desk, &actor, name, json!({})).await;
                assert_eq!(answer.expect_err(name).code, Code::Forbidden, "{name} as {role:?}");
            }
        }
    }
}

#[tokio::test]
async fn every_command_on_a_book_refuses_every_role_of_another_school() {
    let desk = TestDesk::with_student().await;
    let school = Some(SchoolId(uuid::Uuid::from_u128(999)));
    for entry in commands().filter(|entry| entry.needs_book) {
        for role in Role::ALL {
            let stranger = Actor { school, role, ..Actor::owner() };
            let answer = dispatch(&desk.desk, &stranger, entry.name, whole(entry.name)).await;
            assert_eq!(answer.expect_err(entry.name).code, Code::Forbidden, "{}", entry.name);
        }
    }
}

/// A department of one's own with Ada Berg, and another with Bo Foss, each with an invoice, a draft
/// and money.
async fn two_departments() -> (TestDesk, DepartmentId) {
    let desk = TestDesk::with_student().await;
    for (number, name) in [(700, "Own"), (701, "Foreign")] {
        let department = json!({ "id": id(number), "name": name });
        desk.call("save_department", department).await.expect("a department");
        let mut form = payer(60 + number, &format!("Payer {name}"));
        form["department_id"] = json!(id(number));
        desk.call("save_payer", form).await.expect("a payer");
    }
    for (number, name, department) in [(11, "Ada Holm", 700), (12, "Bo Foss", 701)] {
        let mut form = student(number, name);
        form["department_id"] = json!(id(department));
        desk.call("register_student", form).await.expect("a student");
        let lines = [line("KT-B", 1, "790.00", "3")];
        let invoice = draft(20 + number, number, "2026-03-10", &lines);
        desk.call("issue_invoice", json!({ "draft": invoice })).await.expect("an invoice");
        let kept = draft(30 + number, number, "2026-03-10", &lines);
        desk.call("save_draft", kept).await.expect("a draft");
        let mut money = payment(40 + number, "2026-03-10", "100.00", &[]);
        money["student_id"] = json!(id(number));
        desk.call("record_payment", money).await.expect("a payment");
    }
    (desk, DepartmentId(uuid::Uuid::from_u128(700)))
}

#[tokio::test]
async fn no_command_shows_or_changes_anything_of_another_department() {
    let (desk, own) = two_departments().await;
    let limited = |role| Actor { role, departments: vec![own], ..Actor::owner() };
    // The foreign department, its student, invoice, draft, payment and payer.
    let foreign = [701, 12, 32, 42, 52, 761].map(id);
    for (name, roles, answers) in EXPECTED {
        for role in [Role::Staff, Role::Accountant] {
            let actor = limited(role);
            let ask = async |request| dispatch(&desk.desk, &actor, name, request).await;
            if *answers == Never || !roles.contains(letter(role)) {
                assert_eq!(ask(json!({})).await.expect_err(name).code, Code::Forbidden, "{name}");
                continue;
            }
            if *answers == OfDesk {
                continue;
            }
            for foreign in &foreign {
                let deep = json!({ "rows": [{ "about": format!("invoice/{foreign}") }] });
                for request in [json!({ "id": foreign }), deep] {
                    let fault = ask(request).await.expect_err(name);
                    assert_eq!(fault.rule.as_deref(), Some("outside_scope"), "{name}");
                }
            }
            if *answers == Whole {
                let text = ask(whole(name)).await.expect(name).get().to_owned();
                assert!(!text.contains("Foss") && !text.contains("Foreign"), "{name}: {text}");
                for id in &foreign {
                    assert!(!text.contains(id.as_str()), "{name} shows {id}: {text}");
                }
            }
        }
    }
}

#[tokio::test]
async fn no_command_shows_anything_of_another_school_of_the_desk() {
    let (desk, _) = two_departments().await;
    desk.call("choose_school", json!({ "id": null })).await.expect("a place");
    desk.call("create_school", support::school()).await.expect("another school");
    let foreign = [701, 11, 12, 21, 22, 31, 32, 41, 42, 760, 761].map(id);
    for entry in commands().filter(|entry| entry.needs_book) {
        let mut requests = vec![whole(entry.name)];
        requests.extend(foreign.iter().map(|foreign| json!({ "id": foreign })));
        for request in requests {
            let answer = dispatch(&desk.desk, &desk.actor, entry.name, request.clone()).await;
            let text = answer.map_or_else(|_| String::new(), |answer| answer.get().to_owned());
            for name in ["Foss", "Holm", "Foreign", "Ada Berg"] {
                assert!(!text.contains(name), "{} to {request}: {text}", entry.name);
            }
        }
    }
}

#[tokio::test]
async fn sums_of_limited_staff_are_sums_of_their_department() {
    let (desk, own) = two_departments().await;
    let actor = Actor { role: Role::Staff, departments: vec![own], ..Actor::owner() };
    let answer = dispatch(&desk.desk, &actor, "list_students", whole("list_students")).await;
    let page: Value = serde_json::from_str(answer.expect("students").get()).expect("json");
    assert_eq!((&page["total"], &page["balance"]["amount"]), (&json!(1), &json!("690.00")));
    let mut unplaced = student(13, "Una Lie");
    unplaced["department_id"] = Value::Null;
    let answer = dispatch(&desk.desk, &actor, "register_student", unplaced).await;
    let view: Value = serde_json::from_str(answer.expect("a student").get()).expect("json");
    assert_eq!(view["department"], "Own");
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
    assert_eq!(told, json!({ "tags": ["students", "audit"] }));
    assert!(commands().any(|entry| entry.effect == Effect::Write));
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
