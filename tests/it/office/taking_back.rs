//! A file that was read in by mistake is taken back: what nothing was built on, once, with a reason,
//! and a corrected file brings it in again.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value, json};
use std::fmt::Write as _;
use support::{TestDesk, id};

fn file(kind: &str, content: &str) -> Value {
    json!({
        "kind": kind,
        "content": BASE64.encode(content),
        "file_name": "wrong.csv",
        "dry_run": false,
        "skip_refused": false,
    })
}

async fn read(desk: &TestDesk, kind: &str, content: &str) -> Value {
    let command = match kind {
        "payments" => "import_payments",
        "bookings" => "import_bookings",
        _ => "import_csv",
    };
    let report = desk.call(command, file(kind, content)).await.expect("a report");
    assert_eq!((&report["refused"], &report["recorded"]), (&json!(0), &json!(true)), "{report}");
    report
}

/// Reads a file that brings something in, and gives the id of that.
async fn bring(desk: &TestDesk, kind: &str, content: &str) -> Value {
    read(desk, kind, content).await["import_id"].clone()
}

async fn preview(desk: &TestDesk, import: &Value) -> Value {
    desk.call("preview_taking_back", json!({ "id": import })).await.expect("a preview")
}

async fn detail(desk: &TestDesk, import: &Value) -> Value {
    let window = json!({ "offset": 0, "limit": 9 });
    desk.call("find_import", json!({ "id": import, "window": window })).await.expect("an import")
}

/// Takes back what the preview says.
async fn back(desk: &TestDesk, import: &Value) -> Value {
    let rows = preview(desk, import).await["rows"].clone();
    let request = json!({ "id": import, "reason": "The wrong file", "rows": rows });
    desk.call("take_back_import", request).await.expect("taken back")["file"].clone()
}

async fn sound(desk: &TestDesk) {
    let verified = desk.call("verify_book", json!({})).await.expect("a report");
    assert_eq!(verified["findings"], json!([]));
}

async fn students(desk: &TestDesk) -> Value {
    let window = json!({ "offset": 0, "limit": 50 });
    let request = json!({ "query": "", "owing": false, "window": window });
    desk.call("list_students", request).await.expect("students")
}

async fn balance(desk: &TestDesk) -> Value {
    let student = json!({ "id": id(1) });
    desk.call("find_student", student).await.expect("a student")["balance"]["amount"].clone()
}

async fn charges(desk: &TestDesk, state: &str) -> Value {
    let window = json!({ "offset": 0, "limit": 100 });
    let filter = json!({ "query": "", "kinds": [] });
    let request = json!({ "filter": filter, "state": state, "window": window });
    desk.call("list_charges", request).await.expect("charges")["total"].clone()
}

const STUDENTS: &str = "Elevnr;Navn;Adresse\n2001;Ada Vik;Gata 1\n2002;Bo Vik;Gata 2\n\
    1001;Ada Berg;Ny gate 9\n";

#[tokio::test]
async fn students_nothing_is_known_of_since_leave_every_list_and_changes_are_set_back() {
    let desk = TestDesk::with_student().await;
    let before = desk.call("find_student", json!({ "id": id(1) })).await.expect("a student");
    let import = bring(&desk, "students", STUDENTS).await;
    let seen = preview(&desk, &import).await;
    assert_eq!((&seen["rows"], &seen["stays"]), (&json!(3), &json!([])));
    let done = back(&desk, &import).await;
    assert_eq!((&done["state"], &done["taken_back"]), (&json!("taken_back"), &json!(3)));
    assert_eq!((&done["end"]["reason"], &done["stays"]), (&json!("The wrong file"), &json!(0)));
    assert_eq!(students(&desk).await["total"], 1);
    let found = desk.call("search", json!({ "query": "Vik", "limit": 9 })).await.expect("hits");
    assert!(!found.to_string().contains("Vik"), "{found}");
    let after = desk.call("find_student", json!({ "id": id(1) })).await.expect("a student");
    assert_eq!(after, before, "what the file changed is as it was");
    // The corrected file brings them in again, under their numbers.
    let again = read(&desk, "students", &STUDENTS.replace("Bo Vik", "Bo Dahl")).await;
    assert_eq!((&again["accepted"], &again["unchanged"]), (&json!(3), &json!(0)));
    let rows = students(&desk).await;
    assert!(rows.to_string().contains("Bo Dahl") && !rows.to_string().contains("Bo Vik"));
    assert_eq!(rows["total"], 3);
    sound(&desk).await;
}

#[tokio::test]
async fn what_was_used_since_stays_and_is_named_before_anything_is_done() {
    let desk = TestDesk::with_school().await;
    let import = bring(&desk, "students", "Elevnr;Navn\n2001;Ada Vik\n2002;Bo Vik\n").await;
    let ada = students(&desk).await["rows"][0]["id"].clone();
    let mut draft = support::draft(20, 1, "2026-03-10", &[]);
    draft["student_id"] = ada.clone();
    desk.call("save_draft", draft).await.expect("a draft");
    let seen = preview(&desk, &import).await;
    assert_eq!(seen["rows"], 1);
    assert_eq!(seen["stays"], json!([{ "reason": "used", "rows": 1 }]));
    assert_eq!(
        (&seen["staying"][0]["name"], &seen["staying"][0]["line"]),
        (&json!("Ada Vik"), &json!(2))
    );
    let wrong = json!({ "id": import, "reason": "The wrong file", "rows": 2 });
    let fault = desk.call("take_back_import", wrong).await.expect_err("not as it was seen");
    assert_eq!(fault.rule.as_deref(), Some("import_changed"));
    let silent = json!({ "id": import, "reason": " ", "rows": 1 });
    let fault = desk.call("take_back_import", silent).await.expect_err("no reason");
    assert_eq!(fault.field.as_deref(), Some("reason"));
    let done = back(&desk, &import).await;
    assert_eq!((&done["taken_back"], &done["stays"]), (&json!(1), &json!(1)));
    let rows = students(&desk).await;
    assert_eq!((&rows["total"], &rows["rows"][0]["id"]), (&json!(1), &ada));
    let first = detail(&desk, &import).await["rows"][0].clone();
    assert_eq!((&first["outcome"], &first["reason"]), (&json!("stays"), &json!("used")));
    sound(&desk).await;
}

#[tokio::test]
async fn prices_are_hidden_or_set_back_and_come_again() {
    let desk = TestDesk::with_student().await;
    let content = "Kode;Navn;Pris;Mva\nKT-B;Kj\u{f8}retime;900,00;3\nNY;Ny vare;100,00;3\n";
    let import = bring(&desk, "services", content).await;
    back(&desk, &import).await;
    let list = json!({ "query": "", "include_inactive": true });
    let rows = desk.call("list_services", list).await.expect("prices")["rows"].clone();
    let of = |code: &str| {
        rows.as_array().expect("rows").iter().find(|row| row["code"] == code).cloned().expect(code)
    };
    assert_eq!(of("KT-B")["unit_price"], "790.00", "as it was before the file");
    assert_eq!(of("NY")["active"], false);
    let again = read(&desk, "services", &content.replace("900", "910")).await;
    assert_eq!(again["accepted"], 2);
    sound(&desk).await;
}

const OPEN: &str = "Fakturanr;Kundenr;Kunde;Fakturadato;Forfall;Bel\u{f8}p;Rest;KID\n\
    10023;1001;Ada Berg;15.01.2026;29.01.2026;1580,00;1580,00;0001002319\n\
    10024;1001;Ada Berg;02.02.2026;16.02.2026;790,00;90,50;\n";

#[tokio::test]
async fn open_invoices_are_credited_whole_and_come_again_under_a_number_of_their_own() {
    let desk = TestDesk::with_student().await;
    let import = bring(&desk, "invoices", OPEN).await;
    assert_eq!(balance(&desk).await, "1670.50");
    let done = back(&desk, &import).await;
    assert_eq!((&done["taken_back"], balance(&desk).await), (&json!(2), json!("0.00")));
    let sales =
        json!({ "from": "2026-01-01", "to": "2026-03-31", "window": { "offset": 0, "limit": 9 } });
    let sales = desk.call("list_sales", sales).await.expect("sales");
    assert_eq!(sales["rows"], json!([]), "what was never sold here is not given back here");
    let trial = desk.call("trial_balance", json!({ "from": null, "to": null })).await;
    for row in trial.expect("a balance")["rows"].as_array().expect("rows") {
        assert_eq!(row["closing"]["amount"], "0.00", "{row}");
    }
    // The same file is not what it was: it brings its invoices in once more.
    let again = read(&desk, "invoices", OPEN).await;
    assert_eq!((&again["accepted"], balance(&desk).await), (&json!(2), json!("1670.50")));
    let third = read(&desk, "invoices", OPEN).await;
    assert_eq!((&third["unchanged"], &third["import_id"]), (&json!(2), &Value::Null));
    // Money with their KID settles the one that is open.
    let money = "Dato;Bel\u{f8}p;KID\n10.03.2026;1580,00;0001002319\n";
    read(&desk, "payments", money).await;
    assert_eq!(balance(&desk).await, "90.50");
    let seen = preview(&desk, &again["import_id"]).await;
    assert_eq!((&seen["rows"], &seen["stays"][0]["reason"]), (&json!(1), &json!("settled")));
    sound(&desk).await;
}

#[tokio::test]
async fn money_is_gone_again_with_all_it_settled_and_the_row_may_come_again() {
    let desk = TestDesk::with_student().await;
    let invoice = desk.issue(50, 2).await;
    let money = "Dato;Bel\u{f8}p;Kundenr;Fakturanr\n09.03.2026;1580,00;1001;A-1\n\
        09.03.2026;50,00;1001;\n";
    let import = bring(&desk, "payments", money).await;
    assert_eq!(balance(&desk).await, "-50.00");
    let done = back(&desk, &import).await;
    assert_eq!((&done["taken_back"], balance(&desk).await), (&json!(2), json!("1580.00")));
    let shown = desk.call("find_invoice", json!({ "id": invoice })).await.expect("an invoice");
    assert_eq!(shown["open"]["amount"], "1580.00");
    assert_eq!(read(&desk, "payments", money).await["accepted"], 2);
    let third = read(&desk, "payments", money).await;
    assert_eq!((&third["unchanged"], balance(&desk).await), (&json!(2), json!("-50.00")));
    sound(&desk).await;
}

#[tokio::test]
async fn credit_that_was_used_since_stays() {
    let desk = TestDesk::with_student().await;
    let import =
        bring(&desk, "payments", "Dato;Bel\u{f8}p;Kundenr\n09.03.2026;790,00;1001\n").await;
    desk.issue(50, 1).await;
    let payment = detail(&desk, &import).await["rows"][0]["id"].clone();
    let credit = json!({
        "id": id(60), "source": "payment", "source_id": payment, "date": "2026-03-10",
        "shares": [{ "invoice_id": id(50), "amount": "790.00" }],
    });
    desk.call("use_credit", credit).await.expect("used");
    let seen = preview(&desk, &import).await;
    assert_eq!((&seen["rows"], &seen["stays"][0]["reason"]), (&json!(0), &json!("used")));
    let request = json!({ "id": import, "reason": "x", "rows": 0 });
    let fault = desk.call("take_back_import", request).await.expect_err("nothing to do");
    assert_eq!(fault.rule.as_deref(), Some("nothing_to_take_back"));
}

const BOOKINGS: &str = "Booking-ID;Hendelse;Dato;Elevnr;Kode;Antall\n\
    b1;M\u{f8}tt;2026-03-02;1001;KT-B;\nb2;M\u{f8}tt;2026-03-03;1001;KT-B;\n";

#[tokio::test]
async fn charges_that_were_not_billed_are_withdrawn_and_their_keys_may_come_again() {
    let desk = TestDesk::with_student().await;
    let import = bring(&desk, "bookings", BOOKINGS).await;
    back(&desk, &import).await;
    assert_eq!(
        (charges(&desk, "unbilled").await, charges(&desk, "voided").await),
        (json!(0), json!(2))
    );
    // A key that told something else the first time.
    let corrected = BOOKINGS.replace("b2;M\u{f8}tt", "b2;Ikke m\u{f8}tt");
    let again = bring(&desk, "bookings", &corrected).await;
    assert_eq!(charges(&desk, "unbilled").await, json!(2));
    assert_eq!(read(&desk, "bookings", &corrected).await["unchanged"], 2);
    // Taken back a second time, it may come a third time.
    back(&desk, &again).await;
    read(&desk, "bookings", BOOKINGS).await;
    assert_eq!(charges(&desk, "unbilled").await, json!(2));
    sound(&desk).await;
}

const RIDES: &str = "Booking-ID;Gjelder;Hendelse;Dato;Elevnr;Kode;Antall\n\
    b1;;M\u{f8}tt;2026-03-10;1001;KT-B;8\nb2;;M\u{f8}tt;2026-03-10;1001;KT-B;3\n\
    b3;;M\u{f8}tt;2026-03-10;1001;TK-01;1\n";

async fn lessons(desk: &TestDesk) -> Value {
    super::package::packages(desk).await["lessons_left"].clone()
}

#[tokio::test]
async fn what_bookings_drew_goes_back_to_its_package_and_is_drawn_again_by_the_right_file() {
    let (desk, _) = super::package::bought().await;
    let import = bring(&desk, "bookings", RIDES).await;
    assert_eq!(lessons(&desk).await, "0");
    let seen = preview(&desk, &import).await;
    assert_eq!((&seen["rows"], &seen["stays"]), (&json!(3), &json!([])));
    back(&desk, &import).await;
    assert_eq!(lessons(&desk).await, "10");
    assert_eq!(
        (charges(&desk, "unbilled").await, charges(&desk, "drawn").await),
        (json!(0), json!(0))
    );
    let rows = super::package::packages(&desk).await["entitlements"][0]["rows"].clone();
    let back_again = rows.as_array().expect("rows").iter().filter(|row| row["kind"] == "returned");
    assert_eq!(
        back_again.map(|row| row["note"].clone()).collect::<Vec<_>>(),
        ["The wrong file"; 2]
    );
    sound(&desk).await;
    let again = bring(&desk, "bookings", &RIDES.replace(";KT-B;8", ";KT-B;4")).await;
    assert_eq!(lessons(&desk).await, "3");
    back(&desk, &again).await;
    assert_eq!(lessons(&desk).await, "10");
    sound(&desk).await;
}

#[tokio::test]
async fn a_booking_that_was_taken_back_is_no_lesson_that_was_had() {
    let (desk, _) = super::package::bought().await;
    let milestone = super::package::milestone("5000");
    desk.call("save_milestone", milestone).await.expect("a milestone");
    let import = bring(&desk, "bookings", RIDES).await;
    let row = super::package::check(&desk, None).await["rows"][0].clone();
    assert_eq!(row["state"], "missing");
    back(&desk, &import).await;
    let row = super::package::check(&desk, None).await["rows"][0].clone();
    assert_eq!((&row["state"], &row["had"]), (&json!("ahead"), &json!("0")));
}

#[tokio::test]
async fn a_booking_that_gave_a_lesson_back_goes_only_with_the_one_that_drew_it() {
    let (desk, _) = super::package::bought().await;
    let head = RIDES.lines().next().expect("a head");
    let held = "b1;;M\u{f8}tt;2026-03-10;1001;KT-B;1";
    let off = "b1x;b1;Avbestilt i tide;2026-03-10;1001;KT-B;1";
    bring(&desk, "bookings", &format!("{head}\n{held}\n")).await;
    let later = bring(&desk, "bookings", &format!("{head}\n{off}\n")).await;
    let seen = preview(&desk, &later).await;
    assert_eq!((&seen["rows"], &seen["stays"][0]["reason"]), (&json!(0), &json!("given_back")));
    let both = format!("{head}\n{}\n{}\n", held.replace("b1", "b7"), off.replace("b1", "b7"));
    let both = bring(&desk, "bookings", &both).await;
    assert_eq!(back(&desk, &both).await["taken_back"], 2);
    assert_eq!(lessons(&desk).await, "10");
    sound(&desk).await;
}

#[tokio::test]
async fn a_booking_drawn_from_a_package_that_was_paid_out_stays() {
    let (desk, entitlement) = super::package::bought().await;
    let one = RIDES.lines().take(2).collect::<Vec<_>>().join("\n");
    let import = bring(&desk, "bookings", &one).await;
    let refund = json!({
        "id": id(70), "entitlement_id": entitlement, "amount": "1400", "on": "2026-03-10",
        "reason": "Moves away",
    });
    desk.call("refund_package", refund).await.expect("a credit note");
    let seen = preview(&desk, &import).await;
    assert_eq!((&seen["rows"], &seen["stays"][0]["reason"]), (&json!(0), &json!("package_closed")));
    sound(&desk).await;
}

#[tokio::test]
async fn students_may_go_once_their_invoices_and_bookings_are_taken_back() {
    let desk = TestDesk::with_student().await;
    let pupils = bring(&desk, "students", "Elevnr;Navn\n2001;Ada Vik\n").await;
    let opened = bring(&desk, "invoices", &OPEN.replace("1001;Ada Berg", "2001;Ada Vik")).await;
    assert_eq!(preview(&desk, &pupils).await["rows"], 0);
    back(&desk, &opened).await;
    back(&desk, &pupils).await;
    assert_eq!(students(&desk).await["total"], 1);
    let refused =
        desk.call("import_csv", file("invoices", &OPEN.replace("1001;Ada Berg", "2001;Ada Vik")));
    let refused = refused.await.expect("a report");
    assert_eq!(refused["rows"][0]["code"], "no_student", "who was taken back is not there");
    sound(&desk).await;
}

/// Begins to take back 600 students and lets it come to the end of its first batch.
async fn begun(desk: &TestDesk) -> (Value, tokio::task::JoinHandle<()>) {
    let mut names = String::from("Elevnr;Navn\n");
    for number in 2_001..2_601 {
        writeln!(names, "{number};Elev {number}").expect("written");
    }
    let import = bring(desk, "students", &names).await;
    let request = json!({ "id": import, "reason": "The wrong file", "rows": 600 });
    let (inner, actor) = (desk.desk.clone(), desk.actor.clone());
    let mut events = desk.desk.events();
    let running = tokio::spawn(async move {
        drop(office::rpc::dispatch(&inner, &actor, "take_back_import", request).await);
    });
    loop {
        let event = serde_json::to_value(events.recv().await.expect("an event")).expect("json");
        if event["job"] == "taking_back" {
            assert_eq!(event["state"], "running");
            return (import, running);
        }
    }
}

#[tokio::test]
async fn taking_back_that_is_cut_short_goes_on_after_a_restart_and_is_asked_twice_once() {
    let desk = TestDesk::with_student().await;
    let (import, running) = begun(&desk).await;
    running.abort();
    drop(running.await);
    let desk = desk.restarted().await;
    let files = desk.call("list_imports", json!({})).await.expect("files");
    let cut = files["rows"][0].clone();
    assert_eq!((&cut["state"], &cut["brought"]), (&json!("taking_back"), &json!(600)));
    let done = cut["taken_back"].as_u64().expect("a count");
    assert!((250..600).contains(&done), "{done}");
    assert_eq!(students(&desk).await["total"], 601 - done);
    let request = json!({ "id": import, "reason": "Another reason", "rows": 0 });
    let whole = desk.call("take_back_import", request.clone()).await.expect("the rest");
    assert_eq!(
        (&whole["file"]["state"], &whole["file"]["taken_back"]),
        (&json!("taken_back"), &json!(600))
    );
    assert_eq!(whole["file"]["end"]["reason"], "The wrong file", "the reason given first");
    let facts =
        json!({ "filter": { "kind": "import_taken_back" }, "window": { "offset": 0, "limit": 9 } });
    let told = desk.call("list_audit", facts.clone()).await.expect("the audit");
    assert_eq!(told["total"], 3, "one for each batch");
    assert_eq!(told["rows"][0]["reason"], "The wrong file");
    desk.call("take_back_import", request).await.expect("nothing more");
    assert_eq!(desk.call("list_audit", facts).await.expect("the audit")["total"], 3);
    assert_eq!(students(&desk).await["total"], 1);
    sound(&desk).await;
}
