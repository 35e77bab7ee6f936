//! Files of money: open invoices of another system, and what came in.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value, json};
use support::TestDesk;

fn file(kind: &str, content: &str, change: Value) -> Value {
    let mut request = json!({
        "kind": kind,
        "content": BASE64.encode(content),
        "file_name": "file.csv",
        "dry_run": false,
        "skip_refused": true,
    });
    for (name, value) in change.as_object().expect("fields") {
        request[name] = value.clone();
    }
    request
}

async fn read(desk: &TestDesk, kind: &str, content: &str) -> Value {
    let command = if kind == "payments" { "import_payments" } else { "import_csv" };
    desk.call(command, file(kind, content, json!({}))).await.expect("a report")
}

/// Outcome and code of each row, in the order of the file.
fn outcomes(report: &Value) -> Vec<(u64, String)> {
    let mut rows: Vec<(u64, String)> = report["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| {
            let code = row["code"].as_str().or(row["outcome"].as_str()).expect("a code");
            (row["line"].as_u64().expect("a line"), code.to_owned())
        })
        .collect();
    rows.sort();
    rows
}

fn codes(report: &Value) -> Vec<String> {
    outcomes(report).into_iter().map(|(_, code)| code).collect()
}

async fn balance(desk: &TestDesk) -> Value {
    let student = json!({ "id": support::id(1) });
    desk.call("find_student", student).await.expect("a student")["balance"]["amount"].clone()
}

async fn invoices(desk: &TestDesk) -> Vec<Value> {
    let request = json!({
        "filter": { "view": "all", "query": "" },
        "order": null,
        "window": { "offset": 0, "limit": 50 },
    });
    let page = desk.call("list_invoices", request).await.expect("invoices");
    page["rows"].as_array().expect("rows").clone()
}

const OPEN: &str = "Fakturanr;Kundenr;Kunde;Fakturadato;Forfall;Bel\u{f8}p;Herav mva;Rest;KID\n\
    10023;1001;Ada Berg;15.01.2026;29.01.2026;1.580,00;316,00;1.580,00;0001002319\n\
    10024;;ada berg;02.02.2026;16.02.2026;790,00;158,00;90,50;\n\
    10025;1001;Ada Berg;02.02.2026;16.02.2026;790,00;;0,00;\n";

#[tokio::test]
async fn open_invoices_come_in_once_under_their_own_number_and_are_owed() {
    let desk = TestDesk::with_student().await;
    let first = read(&desk, "invoices", OPEN).await;
    assert_eq!(codes(&first), ["accepted", "accepted", "nothing_open"]);
    assert_eq!((&first["accepted"], &first["left_out"]), (&json!(2), &json!(1)));
    assert_eq!(balance(&desk).await, "1670.50");
    let window = json!({ "offset": 0, "limit": 10 });
    let sales = json!({ "from": "2026-01-01", "to": "2026-03-31", "window": window });
    let sales = desk.call("list_sales", sales).await.expect("sales");
    assert_eq!(sales["rows"], json!([]), "what another system sold is no sale here");
    let again = read(&desk, "invoices", OPEN).await;
    assert_eq!(codes(&again), ["unchanged", "unchanged", "nothing_open"]);
    assert_eq!(balance(&desk).await, "1670.50");
    let rows = invoices(&desk).await;
    let row = rows.iter().find(|row| row["number"] == "IB-10023").expect("an invoice");
    assert_eq!((&row["status"], &row["due_date"]), (&json!("overdue"), &json!("2026-01-29")));
    let shown = desk.call("find_invoice", json!({ "id": row["id"] })).await.expect("an invoice");
    assert_eq!(shown["opening"]["number"], "10023");
    assert_eq!(shown["opening"]["vat"]["amount"], "316.00");
    assert_eq!(shown["totals"]["vat"]["amount"], "0.00");
    let own = desk.issue(50, 1).await;
    let own = desk.call("find_invoice", json!({ "id": own })).await.expect("an invoice");
    assert_eq!(own["number"], "A-1");
    let verified = desk.call("verify_book", json!({})).await.expect("a report");
    assert_eq!(verified["findings"], json!([]));
}

#[tokio::test]
async fn an_opening_invoice_is_paid_and_reminded_but_neither_printed_nor_credited() {
    let desk = TestDesk::with_student().await;
    read(&desk, "invoices", OPEN).await;
    let rows = invoices(&desk).await;
    let row = rows.iter().find(|row| row["number"] == "IB-10023").expect("an invoice");
    let id = row["id"].as_str().expect("an id").to_owned();
    let wish = json!({ "inline": true, "folder": null });
    let paper = json!({ "kind": "invoice", "id": id, "draft": null, "wish": wish });
    let fault = desk.call("paper", paper).await.expect_err("no paper");
    assert_eq!(fault.rule.as_deref(), Some("paper"));
    let credit = json!({
        "id": support::id(70), "invoice_id": id, "issue_date": "2026-03-10", "reason": "x",
        "lines": [],
    });
    let fault = desk.call("credit_invoice", credit).await.expect_err("no credit note");
    assert_eq!(fault.rule.as_deref(), Some("opening"));
    let plan = desk.call("reminder_plan", json!({})).await.expect("a plan");
    assert!(plan.to_string().contains("IB-10023"), "{plan}");
    let money = support::payment(60, "2026-03-10", "1580", &[(&id, "1580")]);
    desk.call("record_payment", money).await.expect("a payment");
    assert_eq!(balance(&desk).await, "90.50");
    let status = desk.call("find_invoice", json!({ "id": id })).await.expect("an invoice");
    assert_eq!(status["status"], "paid");
    // The file read again still tells the same invoice.
    assert_eq!(codes(&read(&desk, "invoices", OPEN).await)[0], "unchanged");
}

#[tokio::test]
async fn an_opening_that_cannot_be_is_refused_with_its_column() {
    let desk = TestDesk::with_student().await;
    desk.register(2, "Bo Vik").await;
    desk.register(3, "bo vik").await;
    read(&desk, "invoices", OPEN).await;
    let content = "Fakturanr;Kundenr;Kunde;Dato;Forfall;Total;Mva;Rest\n\
        10023;1001;;15.01.2026;29.01.2026;1580,00;316,00;1500,00\n\
        1;1001;;15.01.2026;14.01.2026;10,00;;10,00\n\
        2;9999;;15.01.2026;;10,00;;10,00\n\
        3;;Bo Vik;15.01.2026;;10,00;;10,00\n\
        4;;Nobody;15.01.2026;;10,00;;10,00\n\
        5;1001;;15.01.2027;;10,00;;10,00\n\
        6;1001;;15.01.2026;;10,00;;10,01\n\
        7;1001;;15.01.2026;;10,00;11,00;10,00\n\
        8;1001;;15.01.2026;;10,00;;-10,00\n\
        9;1001;;15.01.2026;;10,00;;10,00\n\
        9;1001;;15.01.2026;;10,00;;10,00\n";
    let report = read(&desk, "invoices", content).await;
    assert_eq!(
        codes(&report),
        [
            "invoice_differs",
            "due_before_issue",
            "no_student",
            "several_students",
            "no_student_named",
            "in_future",
            "more_than_total",
            "vat_out_of_range",
            "negative",
            "accepted",
            "twice_in_file",
        ]
    );
    let row = &report["rows"][1];
    assert_eq!((&row["column"], &row["value"]), (&json!("due_date"), &json!("14.01.2026")));
}

#[tokio::test]
async fn no_accounting_system_is_told_of_an_opening_invoice_or_its_payments() {
    let desk = TestDesk::with_student().await;
    let folder = desk.folder().join("out");
    std::fs::create_dir_all(&folder).expect("a folder");
    let connect = json!({ "folder": folder, "export_from": null });
    read(&desk, "invoices", OPEN).await;
    desk.call("connect_folder", connect).await.expect("a connection");
    let more = OPEN.replace("10023", "20023").replace("10024", "20024");
    read(&desk, "invoices", &more).await;
    read(&desk, "payments", "Dato;Bel\u{f8}p;KID\n01.03.2026;1580,00;0001002319\n").await;
    let request = json!({
        "connection_id": null, "view": "all", "query": "", "order": null,
        "window": { "offset": 0, "limit": 50 },
    });
    let none = desk.call("list_exports", request).await.expect("exports");
    assert_eq!(none["total"], 0);
}

const BANK: &str = "Bokf\u{f8}rt dato;Melding;Inn p\u{e5} konto;Arkivreferanse\n\
    01.03.2026;0001002319;1.000,00;b-1\n\
    02.03.2026;Faktura 10024 fra Ada;100,00;b-2\n\
    03.03.2026;Hei;50,00;b-3\n\
    04.03.2026;Str\u{f8}m;;b-4\n\
    05.03.2026;0001002319;1.000,00;b-5\n";

#[tokio::test]
async fn money_finds_its_invoice_and_the_rest_is_credit_however_often_the_file_is_read() {
    let desk = TestDesk::with_student().await;
    read(&desk, "invoices", OPEN).await;
    let report = read(&desk, "payments", BANK).await;
    assert_eq!(codes(&report), ["accepted", "accepted", "no_match", "outgoing", "accepted"]);
    // 1,580.00 + 90.50 were open; 2,100.00 came in.
    assert_eq!(balance(&desk).await, "-429.50");
    for row in invoices(&desk).await {
        assert_eq!(row["open"]["amount"], "0.00", "{row}");
    }
    let again = read(&desk, "payments", BANK).await;
    assert_eq!(codes(&again), ["unchanged", "unchanged", "no_match", "outgoing", "unchanged"]);
    assert_eq!(balance(&desk).await, "-429.50");
    let other = BANK.replace("100,00;b-2", "120,00;b-2");
    assert_eq!(codes(&read(&desk, "payments", &other).await)[1], "payment_differs");
}

#[tokio::test]
async fn rows_without_a_key_are_told_apart_by_what_they_say_and_how_often() {
    let desk = TestDesk::with_student().await;
    let content = "Dato,Navn,Bel\u{f8}p\n2026-03-01,Ada Berg,500.00\n2026-03-01,Ada Berg,500.00\n";
    assert_eq!(codes(&read(&desk, "payments", content).await), ["accepted", "accepted"]);
    assert_eq!(balance(&desk).await, "-1000.00");
    let longer = format!("{content}2026-03-02,Ada Berg,500.00\n");
    let again = read(&desk, "payments", &longer).await;
    assert_eq!(codes(&again), ["unchanged", "unchanged", "accepted"]);
    assert_eq!(balance(&desk).await, "-1500.00");
}

#[tokio::test]
async fn money_recorded_by_hand_is_not_brought_in_again() {
    let desk = TestDesk::with_student().await;
    desk.call("record_payment", support::payment(60, "2026-03-01", "500", &[])).await.expect("it");
    let content = "Dato;Elevnr;Bel\u{f8}p\n01.03.2026;1001;500,00\n01.03.2026;1001;501,00\n";
    assert_eq!(codes(&read(&desk, "payments", content).await), ["payment_twin", "accepted"]);
}

#[tokio::test]
async fn a_look_finds_out_what_a_file_is_and_a_person_may_say_otherwise() {
    let desk = TestDesk::with_student().await;
    let look = |content: &str, change: Value| {
        let mut request = json!({
            "content": BASE64.encode(content), "file_name": "file.csv",
            "kind": null, "reading": null, "mapping": null,
        });
        for (name, value) in change.as_object().expect("fields") {
            request[name] = value.clone();
        }
        request
    };
    let found = desk.call("look_at_file", look(OPEN, json!({}))).await.expect("a look");
    assert_eq!((&found["kind"], &found["missing"]), (&json!("invoices"), &Value::Null));
    assert_eq!(found["reading"]["decimal"], "comma");
    assert_eq!(found["reading"]["dates"], "day_first");
    assert_eq!(found["columns"][7]["field"], "open");
    assert_eq!(found["columns"][7]["samples"][1], "90,50");
    let other = "A;B;C;D;E\n10.01.2026;1001;R-1;5,00;x\n";
    let unknown = desk.call("look_at_file", look(other, json!({}))).await.expect("a look");
    assert_eq!((&unknown["kind"], &unknown["choices"]), (&Value::Null, &json!([])));
    let kind = json!({ "kind": "invoices" });
    let lacking = desk.call("look_at_file", look(other, kind)).await.expect("a look");
    assert_eq!(lacking["missing"], "invoice_number");
    let mapping = json!(["date", "number", "invoice_number", "open", null]);
    let keep = json!({ "mapping": mapping, "keep_as": "Old system" });
    let report = desk.call("import_csv", file("invoices", other, keep)).await.expect("a report");
    assert_eq!(codes(&report), ["accepted"]);
    assert_eq!(report["ignored_columns"], json!(["E"]));
    let next = other.replace("R-1", "R-2");
    let recalled = desk.call("look_at_file", look(&next, json!({}))).await.expect("a look");
    assert_eq!(
        (&recalled["recalled"], &recalled["kind"]),
        (&json!("Old system"), &json!("invoices"))
    );
    let fields: Vec<&Value> =
        recalled["columns"].as_array().expect("columns").iter().map(|c| &c["field"]).collect();
    assert_eq!(json!(fields), mapping);
    let name = json!({ "kind": "invoices", "name": "Old system" });
    desk.call("forget_import_mapping", name).await.expect("forgotten");
    let forgotten = desk.call("look_at_file", look(&next, json!({}))).await.expect("a look");
    assert_eq!(forgotten["recalled"], "");
    let twice = json!({ "mapping": ["date", "date", null, null, null] });
    let fault = desk.call("import_csv", file("invoices", other, twice)).await.expect_err("twice");
    assert_eq!(fault.rule.as_deref(), Some("mapping_twice"));
}

#[tokio::test]
async fn the_refused_rows_are_a_file_that_can_be_mended_and_read_again() {
    let desk = TestDesk::with_student().await;
    let content = "Fakturanr;Kundenr;Dato;Rest\n1;9999;15.01.2026;10,00\n2;1001;15.01.2026;=2+5\n\
        3;1001;15.01.2026;10,00\n";
    let request = json!({
        "file": file("invoices", content, json!({ "dry_run": true })),
        "reasons": { "no_student": "No such student" },
        "wish": { "inline": true, "folder": null },
    });
    let made = desk.call("refused_rows", request).await.expect("a file");
    assert_eq!(made["name"], "file-refused.csv");
    let bytes = BASE64.decode(made["content"].as_str().expect("content")).expect("bytes");
    let text = String::from_utf8(bytes).expect("text");
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(
        lines,
        [
            "Fakturanr;Kundenr;Dato;Rest;kontor_line;kontor_column;kontor_why",
            "1;9999;15.01.2026;10,00;2;number;No such student",
            "2;1001;15.01.2026;'=2+5;3;open;number",
        ]
    );
    let mended = text.replace("9999", "1001").replace("'=2+5", "7,00");
    assert_eq!(codes(&read(&desk, "invoices", &mended).await), ["accepted", "accepted"]);
}
