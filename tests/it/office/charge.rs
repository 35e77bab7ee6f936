//! Bookings become charges once, by the rules of their day; a run bills what a person saw, once.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value, json};
use std::fmt::Write as _;
use support::{TestDesk, id};

fn csv(kind: &str, content: &str) -> Value {
    json!({
        "kind": kind,
        "content": BASE64.encode(content),
        "file_name": "file.csv",
        "dry_run": false,
        "skip_refused": true,
    })
}

const HEAD: &str = "Booking-ID;Hendelse;Dato;Elevnr;Kode;Antall\n";

pub(super) async fn told(desk: &TestDesk, rows: &str) -> Value {
    let file = csv("bookings", &format!("{HEAD}{rows}"));
    desk.call("import_bookings", file).await.expect("a report")
}

fn nobody() -> Value {
    json!({ "query": "", "kinds": [] })
}

async fn charges(desk: &TestDesk, state: &str) -> Value {
    let window = json!({ "offset": 0, "limit": 100 });
    let request = json!({ "filter": nobody(), "state": state, "window": window });
    desk.call("list_charges", request).await.expect("charges")
}

pub(super) fn wish(run: u128) -> Value {
    json!({
        "id": id(run),
        "filter": nobody(),
        "issue_date": "2026-03-10",
        "due_date": "2026-03-24",
        "overdue_days": null,
        "except": [],
    })
}

async fn previewed(desk: &TestDesk, wish: &Value) -> Value {
    desk.call("preview_run", wish).await.expect("a preview")
}

/// The request that issues what the preview shows.
pub(super) async fn seen(desk: &TestDesk, wish: Value) -> Value {
    let preview = previewed(desk, &wish).await;
    let gross = &preview["gross"]["amount"];
    json!({ "wish": wish, "invoices": preview["invoices"], "gross": gross })
}

fn skips(preview: &Value) -> Vec<(&str, &str)> {
    let rows = preview["rows"].as_array().expect("rows").iter();
    rows.filter_map(|row| Some((row["student"].as_str()?, row["skipped"].as_str()?))).collect()
}

async fn issued(desk: &TestDesk) -> u64 {
    let filter = json!({ "view": "all", "query": "" });
    let counts = desk.call("invoice_counts", filter).await.expect("counts");
    counts["all"].as_u64().expect("a count")
}

async fn sound(desk: &TestDesk) {
    let report = desk.call("verify_book", json!({})).await.expect("a report");
    assert_eq!(report["findings"], json!([]));
}

#[tokio::test]
async fn an_event_told_twice_is_charged_once_and_a_key_tells_one_story() {
    let desk = TestDesk::with_student().await;
    let rows = "b1;Møtt;2026-03-02;1001;KT-B;\nb2;Avbestilt i tide;2026-03-03;1001;KT-B;\n\
        b3;Ikke møtt;04.03.2026;1001;kt-b;2\nb3;Ikke møtt;04.03.2026;1001;KT-B;2\n";
    let first = told(&desk, rows).await;
    assert_eq!((&first["accepted"], &first["unchanged"]), (&json!(3), &json!(1)));
    let second = told(&desk, rows).await;
    assert_eq!((&second["accepted"], &second["unchanged"]), (&json!(0), &json!(4)));
    let pool = charges(&desk, "unbilled").await;
    assert_eq!((&pool["total"], &pool["amount"]["amount"]), (&json!(2), &json!("2370.00")));
    assert_eq!(pool["rows"][0]["description"], "Tjeneste KT-B, 04.03.2026, ikke møtt");
    assert_eq!(charges(&desk, "free").await["total"], 1);
    let other = told(&desk, "b1;Møtt;2026-03-02;1001;TK-01;\n").await;
    assert_eq!(other["rows"][0]["code"], "event_differs");
    sound(&desk).await;
}

#[tokio::test]
async fn a_row_that_cannot_be_charged_says_why() {
    let desk = TestDesk::with_student().await;
    let rows = "b1;Avbestilt;2026-03-02;1001;KT-B;\nb2;Møtt;2026-03-11;1001;KT-B;\n\
        b3;Møtt;2026-03-02;1099;KT-B;\nb4;Møtt;2026-03-02;1001;XX;\n\
        b5;Møtt;2026-03-02;1001;KT-B;0\n;Møtt;2026-03-02;1001;KT-B;\n\
        b6;Møtt;31.02.2026;1001;KT-B;\n";
    let report = told(&desk, rows).await;
    let rows = report["rows"].as_array().expect("rows").iter();
    let codes: Vec<&str> = rows.filter_map(|row| row["code"].as_str()).collect();
    let expected =
        ["event", "in_future", "no_student", "no_service", "negative", "missing", "date"];
    assert_eq!(codes, expected);
    assert_eq!(charges(&desk, "all").await["total"], 0);
}

#[tokio::test]
async fn a_rule_counts_for_events_of_its_days_and_leaves_old_charges_alone() {
    let desk = TestDesk::with_student().await;
    told(&desk, "b1;Ikke møtt;2026-03-02;1001;KT-B;\n").await;
    let rule = |from: &str, effect: &str, percent: &str, fee: &str| {
        json!({ "event": "no_show", "service_id": null, "valid_from": from, "effect": effect,
            "percent": percent, "fee": fee })
    };
    for rule in [rule("2026-03-01", "percent", "50", ""), rule("2026-03-05", "fee", "", "300")] {
        desk.call("save_charge_rule", rule).await.expect("a rule");
    }
    told(&desk, "b2;Ikke møtt;2026-03-02;1001;KT-B;\nb3;Ikke møtt;2026-03-06;1001;KT-B;\n").await;
    let pool = charges(&desk, "unbilled").await;
    let amounts: Vec<&str> = pool["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| row["amount"]["amount"].as_str().expect("an amount"))
        .collect();
    assert_eq!(amounts, ["300.00", "395.00", "790.00"]);
    let rules = desk.call("charge_rules", json!({})).await.expect("rules");
    let in_force: Vec<(&str, &str)> = rules["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .filter(|row| row["event"] == "no_show" && row["in_force"] == true)
        .map(|row| (row["event"].as_str().expect("x"), row["effect"].as_str().expect("x")))
        .collect();
    assert_eq!(in_force, [("no_show", "fee")]);
    for (wrong, rule_code) in [
        (rule("2026-03-01", "percent", "101", ""), "percent_bounds"),
        (rule("2026-03-01", "fee", "", "0"), "fee_bounds"),
        (rule("2026-03-01", "half", "", ""), "choice"),
    ] {
        let fault = desk.call("save_charge_rule", wrong).await.expect_err("refused");
        assert_eq!(fault.rule.as_deref(), Some(rule_code));
    }
}

#[tokio::test]
async fn a_voided_charge_leaves_the_pool_and_a_billed_one_stays() {
    let desk = TestDesk::with_student().await;
    told(&desk, "b1;Møtt;2026-03-02;1001;KT-B;\nb2;Møtt;2026-03-03;1001;KT-B;\n").await;
    let pool = charges(&desk, "unbilled").await;
    let later = pool["rows"][0]["id"].clone();
    let void = |charge: &Value, reason: &str| json!({ "ids": [charge], "reason": reason });
    let fault = desk.call("void_charges", void(&later, " ")).await.expect_err("no reason");
    assert_eq!((fault.field.as_deref(), fault.rule.as_deref()), (Some("reason"), Some("missing")));
    let done = desk.call("void_charges", void(&later, "Feil elev")).await.expect("voided");
    assert_eq!(done, json!({ "voided": 1, "already": 0 }));
    let again = desk.call("void_charges", void(&later, "Again")).await.expect("nothing new");
    assert_eq!(again, json!({ "voided": 0, "already": 1 }));
    assert_eq!(charges(&desk, "voided").await["rows"][0]["void_reason"], "Feil elev");
    desk.call("issue_run", seen(&desk, wish(90)).await).await.expect("a run");
    let billed = charges(&desk, "billed").await;
    assert_eq!(
        (&billed["total"], &billed["rows"][0]["invoice_number"]),
        (&json!(1), &json!("A-1"))
    );
    let fault = desk.call("void_charges", void(&billed["rows"][0]["id"], "Too late")).await;
    assert_eq!(fault.expect_err("billed").rule.as_deref(), Some("charge_not_unbilled"));
    sound(&desk).await;
}

#[tokio::test]
async fn a_preview_says_who_is_left_out_and_why_and_issuing_does_as_it_says() {
    let desk = TestDesk::with_student().await;
    desk.call("save_service", support::service(3, "GRATIS", "0", "3")).await.expect("a service");
    desk.register(2, "Bo Vik").await;
    let mut homeless = support::student(3, "Cato Lie");
    homeless["person"]["address"]["line1"] = json!("");
    desk.call("register_student", homeless).await.expect("a student");
    desk.register(4, "Dina Moe").await;
    told(
        &desk,
        "b1;Møtt;2026-03-02;1001;KT-B;\nb2;Møtt;2026-03-03;1001;TK-01;\n\
         b3;Møtt;2026-03-02;1002;GRATIS;\nb4;Møtt;2026-03-02;1003;KT-B;\n\
         b5;Møtt;2026-03-02;1004;KT-B;\n",
    )
    .await;
    let mut wish = wish(90);
    let preview = previewed(&desk, &wish).await;
    assert_eq!(skips(&preview), [("Bo Vik", "no_price"), ("Cato Lie", "no_address")]);
    assert_eq!((&preview["invoices"], &preview["charges"]), (&json!(2), &json!(3)));
    assert_eq!(preview["gross"]["amount"], "4030.00");
    assert_eq!(preview["rows"][0]["lines"][1]["amount"]["amount"], "2450.00");
    let dina =
        preview["rows"].as_array().expect("rows").iter().find(|r| r["student"] == "Dina Moe");
    wish["except"] = json!([dina.expect("a row")["id"]]);
    let narrowed = seen(&desk, wish).await;
    assert_eq!((&narrowed["invoices"], &narrowed["gross"]), (&json!(1), &json!("3240.00")));
    let run = desk.call("issue_run", narrowed).await.expect("a run");
    assert_eq!((&run["run"]["issued"], &run["run"]["state"]), (&json!(1), &json!("finished")));
    assert_eq!(run["run"]["gross"]["amount"], "3240.00");
    let left: Vec<(&Value, &Value)> = run["left_out"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| (&row["student"], &row["reason"]))
        .collect();
    let expected = [("Bo Vik", "no_price"), ("Cato Lie", "no_address"), ("Dina Moe", "left_out")];
    assert_eq!(
        left,
        expected.map(|(who, why)| (json!(who), json!(why))).each_ref().map(|(a, b)| (a, b))
    );
    let list = json!({
        "filter": { "view": "all", "query": "", "run_id": id(90) },
        "order": null,
        "window": { "offset": 0, "limit": 9 },
    });
    let list = desk.call("list_invoices", list).await.expect("its invoices");
    assert_eq!((&list["total"], &list["rows"][0]["student"]), (&json!(1), &json!("Ada Berg")));
    assert_eq!(list["sums"][0]["gross"], run["run"]["gross"]);
    assert_eq!(charges(&desk, "unbilled").await["total"], 3);
    assert_eq!(issued(&desk).await, 1);
    sound(&desk).await;
}

#[tokio::test]
async fn who_is_long_overdue_is_left_out_where_that_is_wished() {
    let desk = TestDesk::with_student().await;
    desk.issue(50, 1).await; // Due on 24 March.
    desk.clock.advance_days(24);
    told(&desk, "b1;Møtt;2026-03-02;1001;KT-B;\n").await;
    let mut wish = wish(90);
    for (days, left_out) in [(9, true), (10, false)] {
        wish["overdue_days"] = json!(days);
        let preview = previewed(&desk, &wish).await;
        assert_eq!(skips(&preview).contains(&("Ada Berg", "overdue")), left_out, "{days}");
    }
}

#[tokio::test]
async fn who_is_behind_a_red_light_is_told_of_and_left_out_only_where_that_is_wished() {
    let desk = TestDesk::with_student().await;
    desk.issue(50, 1).await;
    let none = json!({});
    let limit = json!({ "balance": "500" });
    let rule =
        json!({ "valid_from": "2026-03-01", "watch": none, "blocked": limit, "least": null });
    desk.call("save_gate_rule", rule).await.expect("set");
    told(&desk, "b1;Møtt;2026-03-02;1001;KT-B;\n").await;
    let mut wish = wish(90);
    let preview = previewed(&desk, &wish).await;
    let row = &preview["rows"][0];
    assert_eq!((&row["skipped"], &row["blocked"][0]["what"]), (&Value::Null, &json!("balance")));
    assert_eq!(row["blocked"][0]["limit"]["amount"], "500.00");
    wish["leave_out_blocked"] = json!(true);
    let preview = previewed(&desk, &wish).await;
    assert_eq!(skips(&preview), [("Ada Berg", "blocked")]);
    assert_eq!(preview["invoices"], 0);
    let pass = json!({ "student_id": id(1), "until": "2026-03-31", "reason": "Pays on Friday",
        "active": true });
    desk.call("override_debt_gate", pass).await.expect("let through");
    let preview = previewed(&desk, &wish).await;
    assert_eq!((&preview["invoices"], &preview["rows"][0]["blocked"]), (&json!(1), &json!([])));
}

#[tokio::test]
async fn a_pool_that_changed_since_the_preview_is_not_issued() {
    let desk = TestDesk::with_student().await;
    told(&desk, "b1;Møtt;2026-03-02;1001;KT-B;\n").await;
    let request = seen(&desk, wish(90)).await;
    told(&desk, "b2;Møtt;2026-03-03;1001;KT-B;\n").await;
    let fault = desk.call("issue_run", request).await.expect_err("changed");
    assert_eq!(fault.rule.as_deref(), Some("run_changed"));
    let empty = json!({ "query": "nobody at all", "kinds": [] });
    let mut wish = wish(91);
    wish["filter"] = empty;
    let fault = desk.call("issue_run", seen(&desk, wish).await).await.expect_err("empty");
    assert_eq!(fault.rule.as_deref(), Some("run_empty"));
    assert_eq!(issued(&desk).await, 0);
}

#[tokio::test]
async fn a_run_asked_for_again_issues_nothing_more() {
    let desk = TestDesk::with_student().await;
    told(&desk, "b1;Møtt;2026-03-02;1001;KT-B;\n").await;
    let request = seen(&desk, wish(90)).await;
    let first = desk.call("issue_run", &request).await.expect("a run");
    told(&desk, "b2;Møtt;2026-03-03;1001;KT-B;\n").await;
    let second = desk.call("issue_run", &request).await.expect("the same run");
    assert_eq!(first, second);
    let third = desk.call("continue_run", json!({ "id": id(90) })).await.expect("the same run");
    assert_eq!(first, third);
    assert_eq!((issued(&desk).await, &charges(&desk, "unbilled").await["total"]), (1, &json!(1)));
    let paper = json!({ "id": id(90), "wish": { "inline": false, "folder": null } });
    let made = desk.call("run_paper", paper).await.expect("a file");
    let bytes = std::fs::read(made["path"].as_str().expect("a path")).expect("a file");
    assert!(bytes.starts_with(b"%PDF"));
}

/// A school with so many students that a run takes several batches, each with one lesson.
async fn crowd(students: u32) -> TestDesk {
    let desk = TestDesk::with_student().await;
    let (mut names, mut bookings) = ("Elevnr;Navn;Adresse\n".to_owned(), String::new());
    for number in 2_001..2_001 + students {
        writeln!(names, "{number};Elev {number};Gata 1").expect("written");
        writeln!(bookings, "b{number};Møtt;2026-03-02;{number};KT-B;").expect("written");
    }
    desk.call("import_csv", csv("students", &names)).await.expect("students");
    told(&desk, &bookings).await;
    desk
}

/// Begins a run and lets it come to the end of its first batch.
async fn begun(desk: &TestDesk) -> tokio::task::JoinHandle<()> {
    let request = seen(desk, wish(90)).await;
    let (inner, actor) = (desk.desk.clone(), desk.actor.clone());
    let mut events = desk.desk.events();
    let running = tokio::spawn(async move {
        drop(office::rpc::dispatch(&inner, &actor, "issue_run", request).await);
    });
    loop {
        let event = serde_json::to_value(events.recv().await.expect("an event")).expect("json");
        if event["job"] == "run" {
            assert_eq!(event["state"], "running");
            return running;
        }
    }
}

async fn run(desk: &TestDesk) -> Value {
    desk.call("find_run", json!({ "id": id(90) })).await.expect("a run")["run"].clone()
}

#[tokio::test]
async fn a_run_that_is_cut_short_goes_on_after_a_restart_without_a_double() {
    let desk = crowd(600).await;
    let running = begun(&desk).await;
    running.abort();
    drop(running.await);
    let desk = desk.restarted().await;
    let cut = run(&desk).await;
    assert_eq!(cut["state"], "running");
    let (done, waiting) = (cut["issued"].as_u64().expect("x"), cut["waiting"].as_u64().expect("x"));
    assert!((250..600).contains(&done), "{done}");
    assert_eq!(done + waiting, 600);
    assert_eq!(issued(&desk).await, done);
    told(&desk, "late;Møtt;2026-03-03;2001;KT-B;\n").await;
    let whole = desk.call("continue_run", json!({ "id": id(90) })).await.expect("the rest");
    assert_eq!(
        (&whole["run"]["issued"], &whole["run"]["state"]),
        (&json!(600), &json!("finished"))
    );
    assert_eq!(issued(&desk).await, 600);
    assert_eq!(charges(&desk, "billed").await["total"], 600);
    assert_eq!(charges(&desk, "unbilled").await["total"], 1);
    sound(&desk).await;
}

#[tokio::test]
async fn a_run_that_is_cancelled_stops_between_batches_and_can_go_on() {
    let desk = crowd(600).await;
    let running = begun(&desk).await;
    desk.call("cancel_run", json!({ "id": id(90) })).await.expect("cancelled");
    running.await.expect("an end");
    let stopped = run(&desk).await;
    assert_eq!(stopped["state"], "cancelled");
    let done = stopped["issued"].as_u64().expect("a count");
    assert!(done < 600, "{done}");
    assert_eq!((issued(&desk).await, done % 250), (done, 0));
    let first = charges(&desk, "unbilled").await["rows"][0]["id"].clone();
    let void = json!({ "ids": [first], "reason": "Feil elev" });
    desk.call("void_charges", void).await.expect("voided");
    let whole = desk.call("continue_run", json!({ "id": id(90) })).await.expect("the rest");
    assert_eq!((&whole["run"]["issued"], &whole["run"]["skipped"]), (&json!(599), &json!(1)));
    assert_eq!(whole["left_out"][0]["reason"], "changed");
    assert_eq!(issued(&desk).await, 599);
    let list = desk.call("list_runs", json!({})).await.expect("runs");
    assert_eq!(list["rows"][0]["state"], "finished");
}
