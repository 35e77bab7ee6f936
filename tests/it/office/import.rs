//! Files of people: whole or not at all, told row by row, and the same file once.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value, json};
use support::TestDesk;

fn file(kind: &str, content: &[u8], dry_run: bool, skip_refused: bool) -> Value {
    json!({
        "kind": kind,
        "content": BASE64.encode(content),
        "file_name": "file.csv",
        "dry_run": dry_run,
        "skip_refused": skip_refused,
    })
}

async fn read(desk: &TestDesk, kind: &str, content: &str) -> Value {
    desk.call("import_csv", file(kind, content.as_bytes(), false, false)).await.expect("a report")
}

async fn students(desk: &TestDesk) -> Value {
    let request = json!({
        "query": "", "owing": false, "department_id": null, "window": { "offset": 0, "limit": 50 },
    });
    desk.call("list_students", request).await.expect("students")["total"].clone()
}

const STUDENTS: &str = "Elevnr;Navn;E-post;Telefon;Adresse;Postnr;Poststed;Kommentar\n\
    2001;Ada Berg;ada@example.no;;Havnegata 1;9990;Testby;x\n\
    2002;Åse Ødegård;;;;;;\n\
    ;Iver Moen;iver@example.no;;;;;\n";

#[tokio::test]
async fn a_file_is_recorded_once_however_often_it_is_read() {
    let desk = TestDesk::with_school().await;
    let first = read(&desk, "students", STUDENTS).await;
    assert_eq!((&first["accepted"], &first["recorded"]), (&json!(3), &json!(true)));
    assert_eq!(first["ignored_columns"], json!(["Kommentar"]));
    assert_eq!(first["delimiter"], ";");
    let second = read(&desk, "students", STUDENTS).await;
    assert_eq!((&second["accepted"], &second["unchanged"]), (&json!(0), &json!(3)));
    assert_eq!(students(&desk).await, 3);
}

#[tokio::test]
async fn a_dry_run_records_nothing() {
    let desk = TestDesk::with_school().await;
    let request = file("students", STUDENTS.as_bytes(), true, false);
    let report = desk.call("import_csv", request).await.expect("a report");
    assert_eq!((&report["accepted"], &report["recorded"]), (&json!(3), &json!(false)));
    assert_eq!(students(&desk).await, 0);
}

#[tokio::test]
async fn one_refused_row_keeps_the_file_out_unless_it_may_be_left_out() {
    let desk = TestDesk::with_school().await;
    let content = "Nummer,Navn,E-post\n2001,Ada Berg,ada@example.no\n2002,,\n2003,Bo Vik,bo(at)x\n\
        2001,Ada Berg,ada@example.no\n0012,Cato Lie,\n";
    let report = read(&desk, "students", content).await;
    assert_eq!(report["recorded"], false);
    assert_eq!(students(&desk).await, 0);
    let codes: Vec<&str> = report["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .filter(|row| row["outcome"] == "refused")
        .map(|row| row["code"].as_str().expect("a code"))
        .collect();
    assert_eq!(codes, ["missing", "email", "twice_in_file", "student_number"]);
    assert_eq!(report["rows"][1]["line"], 4);
    assert_eq!(report["rows"][1]["value"], "bo(at)x");
    let request = file("students", content.as_bytes(), false, true);
    let report = desk.call("import_csv", request).await.expect("a report");
    assert_eq!((&report["recorded"], &report["refused"]), (&json!(true), &json!(4)));
    assert_eq!(students(&desk).await, 1);
}

#[tokio::test]
async fn a_number_does_not_become_someone_elses() {
    let desk = TestDesk::with_school().await;
    read(&desk, "students", STUDENTS).await;
    let other = read(&desk, "students", "Elevnr;Navn\n2001;Bo Vik\n").await;
    assert_eq!(other["rows"][0]["code"], "number_taken");
    let moved = read(&desk, "students", "Elevnr;Navn;Adresse\n2001;Ada Berg;Ny gate 2\n").await;
    assert_eq!(moved["accepted"], 1);
    assert_eq!(students(&desk).await, 3);
}

#[tokio::test]
async fn old_spreadsheets_are_read_and_other_files_refused() {
    let desk = TestDesk::with_school().await;
    let windows = b"Elevnr;Navn\n2001;\xc5se \xd8deg\xe5rd\n";
    let report = desk.call("import_csv", file("students", windows, false, false)).await;
    assert_eq!(report.expect("a report")["encoding"], "windows-1252");
    let cases: [(&[u8], &str); 6] = [
        (b"", "empty"),
        (b"PK\x03\x04\x00\x00", "not_text"),
        (b"foo;bar\n1;2\n", "no_heading"),
        (b"Elevnr;Adresse\n1;2\n", "missing_column"),
        (b"Navn;Elevnr\nAda\n", "ragged"),
        (b"Navn;Elevnr\n\"Ada;1\n", "open_quote"),
    ];
    for (content, rule) in cases {
        let fault = desk.call("import_csv", file("students", content, false, false)).await;
        assert_eq!(fault.expect_err(rule).rule.as_deref(), Some(rule));
    }
}

#[tokio::test]
async fn a_price_that_can_be_read_in_two_ways_is_refused() {
    let desk = TestDesk::with_school().await;
    let content = "Kode;Navn;Pris;MVA;Type\n\
        KT-B;Kjøretime;790,00;3;\n\
        TK-01;Grunnkurs;2 450,00;Unntatt;kurs\n\
        SV-01;Veg;6900;25 %;kurs\n\
        A;Tvetydig;1.234;3;\n\
        B;Negativ;-5;3;\n\
        C;For fin;1,23456;3;\n\
        D;Ukjent;10.50;17 %;\n\
        E;Flere;10;0 %;\n\
        F;Art;10;3;dings\n\
        G;Tom;;3;\n";
    let request = file("services", content.as_bytes(), false, true);
    let report = desk.call("import_csv", request).await.expect("a report");
    let refused = |row: &&Value| row["outcome"] == "refused";
    let codes: Vec<&Value> = report["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .filter(refused)
        .map(|row| &row["code"])
        .collect();
    assert_eq!(
        codes,
        ["ambiguous_number", "negative", "too_many_decimals", "tax_code", "kind", "missing"]
    );
    assert_eq!(report["accepted"], 4);
    let list = json!({ "query": "", "include_inactive": false });
    let list = desk.call("list_services", list).await.expect("a price list");
    let prices: Vec<&Value> =
        list["rows"].as_array().expect("rows").iter().map(|row| &row["unit_price"]).collect();
    assert_eq!(prices, ["10.00", "790.00", "6900.00", "2450.00"]);
    let again = desk.call("import_csv", file("services", content.as_bytes(), false, true)).await;
    assert_eq!(again.expect("a report")["unchanged"], 4);
}

#[tokio::test]
async fn the_accountants_files_agree_with_the_book() {
    let desk = TestDesk::with_student().await;
    let invoice = desk.issue(50, 2).await;
    let money = support::payment(60, "2026-03-10", "2000", &[(&invoice, "1580")]);
    desk.call("record_payment", money).await.expect("a payment");
    let request = json!({ "from": null, "to": null, "folder": null });
    let made = desk.call("export_csv", &request).await.expect("files");
    let files = made["files"].as_array().expect("files");
    let rows: Vec<&Value> = files.iter().map(|file| &file["rows"]).collect();
    assert_eq!(rows, [1, 1, 0, 1, 1, 0, 0, 1]);
    let path = files[0]["path"].as_str().expect("a path");
    let text = std::fs::read_to_string(path).expect("a file");
    assert!(
        text.contains("A-1,2026-03-10,2026-03-24,1001,Ada Berg,1001,NOK,1264.00,316.00,1580.00")
    );
    assert!(desk.desk.made(std::path::Path::new(path)));
    let again = desk.call("export_csv", &request).await.expect("files");
    assert_eq!(made["files"], again["files"]);
    let none = json!({ "from": "2026-04-01", "to": "2026-04-30", "folder": null });
    let none = desk.call("export_csv", none).await.expect("files");
    assert_eq!(none["files"][0]["rows"], 0);
}
