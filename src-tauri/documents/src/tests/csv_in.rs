use crate::csv_in::{
    self, DateOrder, DecimalMark, Encoding, Field, FileKind, MAX_BYTES, Reading, Source, Table,
    TableProblem, ValueProblem, sheet,
};
use proptest::prelude::*;

/// A file of students, read without asking anybody.
fn read(bytes: &[u8]) -> Result<Table, TableProblem> {
    let sheet = sheet(bytes, &Reading::default())?;
    let columns = sheet.plain_columns(FileKind::Students)?;
    Ok(sheet.table(&columns, &Reading::default()))
}

fn decimal(cell: &str) -> Result<rust_decimal::Decimal, ValueProblem> {
    csv_in::decimal(cell, None)
}

fn date(cell: &str) -> Result<chrono::NaiveDate, ValueProblem> {
    csv_in::date(cell, None)
}

#[test]
fn delimiters_and_headings_in_both_languages_are_found() {
    for (text, delimiter) in [
        ("Elevnr;Navn;E-post\n1;Jonas, Lindås;j@x.no\n", ';'),
        ("Number,Name,Email\n1,\"Jonas, Lindås\",j@x.no\n", ','),
        ("Elevnr\tNAVN\te-post\n1\tJonas, Lindås\tj@x.no\n", '\t'),
    ] {
        let table = read(text.as_bytes()).unwrap();
        assert_eq!(table.delimiter, delimiter);
        let row = &table.rows[0];
        assert_eq!(table.cell(row, Field::Name), Some("Jonas, Lindås"));
        assert_eq!(table.cell(row, Field::Number), Some("1"));
        assert_eq!(table.cell(row, Field::Email), Some("j@x.no"));
        assert_eq!(table.cell(row, Field::Phone), None);
        assert_eq!(row.line, 2);
    }
}

#[test]
fn unknown_columns_are_named_and_left_out() {
    let table = read(b"Navn;Sko;Tlf.\nA;42;99\n").unwrap();
    assert_eq!(table.ignored, ["Sko"]);
    assert_eq!(table.rows[0].cells, ["A", "99"]);
}

#[test]
fn old_and_new_encodings_are_read() {
    let text = "Navn;By\nJonas Lindås;Ås\n";
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    for (bytes, encoding) in [
        (text.as_bytes().to_vec(), Encoding::Utf8),
        (marked, Encoding::Utf8),
        (utf16, Encoding::Utf16),
        (latin, Encoding::Windows1252),
    ] {
        let table = read(&bytes).unwrap();
        assert_eq!((table.encoding, table.rows[0].cells[0].as_str()), (encoding, "Jonas Lindås"));
    }
}

#[test]
fn lines_are_counted_as_a_person_counts_them() {
    let text = "\r\nNavn;By\r\n\r\n\"A\r\nB\";x\r\nC;y\r\n;\r\nD;z";
    let table = read(text.as_bytes()).unwrap();
    let lines: Vec<u64> = table.rows.iter().map(|row| row.line).collect();
    assert_eq!(lines, [4, 6, 8]);
}

#[test]
fn bad_files_are_refused_with_their_place() {
    let many = "Navn;".repeat(1_001);
    let cases: Vec<(&[u8], TableProblem)> = vec![
        (b"", TableProblem::Empty),
        (b"\xef\xbb\xbf", TableProblem::Empty),
        (b"\n \r\n\n", TableProblem::Empty),
        (b"a;b\n1;2\n", TableProblem::NoHeading { line: 1 }),
        (b"PK\x03\x04\x14", TableProblem::NotText { line: 1, column: 3 }),
        (b"Navn\nA\0B\n", TableProblem::NotText { line: 2, column: 2 }),
        (b"Navn;By\nA;B;C\n", TableProblem::Ragged { line: 2, column: 3, cells: 3, headings: 2 }),
        (b"Navn;By\nA;B\nA\n", TableProblem::Ragged { line: 3, column: 2, cells: 1, headings: 2 }),
        (b"Navn;By\nA;\"B\nC;D\n", TableProblem::OpenQuote { line: 2, column: 2 }),
        (
            b"Navn;Name\nA;B\n",
            TableProblem::TwiceNamed { line: 1, column: 2, heading: "Name".into() },
        ),
        (many.as_bytes(), TableProblem::TooManyColumns { line: 1, column: 1_001 }),
    ];
    for (bytes, problem) in cases {
        assert_eq!(read(bytes), Err(problem), "{:?}", String::from_utf8_lossy(bytes));
    }
    assert_eq!(read(&vec![b'a'; MAX_BYTES + 1]), Err(TableProblem::TooLarge));
}

#[test]
fn numbers_are_read_as_people_write_them() {
    for (text, value) in [
        ("1 234,50", "1234.50"),
        ("1\u{a0}234,50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1'234.50", "1234.50"),
        ("1.234.567", "1234567"),
        ("12,5", "12.5"),
        ("0,125", "0.125"),
        ("1 234,500", "1234.500"),
        ("1234,567", "1234.567"),
        ("-790", "-790"),
        ("\u{2212}5,00", "-5.00"),
        ("100", "100"),
    ] {
        assert_eq!(decimal(text), Ok(value.parse().unwrap()), "{text}");
    }
}

#[test]
fn ambiguous_and_impossible_numbers_are_refused() {
    assert_eq!(decimal(" "), Err(ValueProblem::Empty));
    for text in ["1,234", "1.234", "12.345", "-1,234"] {
        assert_eq!(decimal(text), Err(ValueProblem::Ambiguous(text.into())));
    }
    for text in [
        "abc",
        "1,2,3",
        "1.2.3",
        "1 23",
        "12 34,5",
        "1,",
        ",5",
        "--1",
        "1e3",
        "kr 5",
        "NaN",
        "1,23,456.00",
        "1.234,5.6",
        "99999999999999999999999999999999",
    ] {
        assert_eq!(decimal(text), Err(ValueProblem::NotNumber(text.into())), "{text}");
    }
}

#[test]
fn dates_are_read_and_impossible_ones_refused() {
    let day = |text: &str| date(text).map(|day| day.to_string());
    for (text, iso) in [
        ("2026-11-20", "2026-11-20"),
        ("20.11.2026", "2026-11-20"),
        ("1.2.2026", "2026-02-01"),
        ("20/11/2026", "2026-11-20"),
        ("20-11-2026", "2026-11-20"),
        ("29.02.2028", "2028-02-29"),
    ] {
        assert_eq!(day(text).as_deref(), Ok(iso));
    }
    for text in ["31.02.2026", "29.02.2026", "20.11.26", "2026-13-01", "20-11-26", "x", "1.1"] {
        assert_eq!(date(text), Err(ValueProblem::NotDate(text.into())), "{text}");
    }
    assert_eq!(date("04/05/2026"), Err(ValueProblem::Ambiguous("04/05/2026".into())));
}

proptest! {
    #[test]
    fn no_bytes_make_reading_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes);
    }

    #[test]
    fn no_text_makes_reading_panic(text in "(Navn|By|[;,\t\"\n]|[a-zæøå0-9 .,-]){0,60}") {
        let _ = read(text.as_bytes());
        let _ = decimal(&text);
        let _ = date(&text);
    }
}

#[test]
fn a_file_that_says_how_it_writes_numbers_and_days_is_read_that_way() {
    let text = "Fakturanr;Kunde;Dato;Forfall;Rest\n1;Ada;03/04/2026;17/04/2026;1.250,50\n\
        2;Bo;05/04/2026;19/04/2026;1.250\n";
    let sheet = sheet(text.as_bytes(), &Reading::default()).unwrap();
    assert_eq!(FileKind::of(&sheet.headings), Some(FileKind::Invoices));
    let columns = sheet.suggested(FileKind::Invoices);
    let marks = sheet.marks(&columns);
    assert_eq!(marks, (Some(DecimalMark::Comma), Some(DateOrder::DayFirst)));
    let table = sheet.table(&columns, &Reading::default());
    let cell = |field| table.cell(&table.rows[1], field).unwrap();
    let open = csv_in::decimal(cell(Field::Open), table.decimal).unwrap();
    assert_eq!(open.to_string(), "1250");
    let due = csv_in::date(cell(Field::Date), table.dates).unwrap();
    assert_eq!(due.to_string(), "2026-04-05");
}

#[test]
fn a_person_may_say_otherwise() {
    assert_eq!(csv_in::decimal("1.250", Some(DecimalMark::Point)).unwrap().to_string(), "1.250");
    assert_eq!(csv_in::decimal("1.250", Some(DecimalMark::Comma)).unwrap().to_string(), "1250");
    assert!(csv_in::decimal("1.250,50", Some(DecimalMark::Point)).is_err());
    let american = csv_in::date("03/04/2026", Some(DateOrder::MonthFirst)).unwrap();
    assert_eq!(american.to_string(), "2026-03-04");
    let moment = csv_in::date("2026-03-04T23:30:00.000Z", None).unwrap();
    assert_eq!(moment.to_string(), "2026-03-04");
    let text = "Navn\n\u{c5}se\n";
    let wrong = Reading { encoding: Some(Encoding::Windows1252), ..Reading::default() };
    let sheet = sheet(text.as_bytes(), &wrong).unwrap();
    assert_ne!(sheet.rows[0].cells[0], "\u{c5}se");
}

#[test]
fn the_kinds_of_files_are_known_by_their_headings_in_three_languages() {
    let cases = [
        ("Elevnr;Navn;E-post", FileKind::Students),
        ("Kundennr;Vorname;Nachname;PLZ;Ort", FileKind::Students),
        ("Kode;Navn;Pris;MVA", FileKind::Services),
        ("Rechnungsnummer;Kunde;Rechnungsdatum;F\u{e4}llig am;Offen", FileKind::Invoices),
        ("Invoice no;Customer no;Invoice date;Due date;Outstanding", FileKind::Invoices),
        ("Bokf\u{f8}rt;Melding;Inn p\u{e5} konto;Arkivreferanse", FileKind::Payments),
        ("Buchungstag;Verwendungszweck;Betrag", FileKind::Payments),
    ];
    for (headings, kind) in cases {
        let headings: Vec<String> = headings.split(';').map(str::to_owned).collect();
        assert_eq!(FileKind::of(&headings), Some(kind), "{headings:?}");
    }
}

#[test]
fn what_two_columns_mean_alike_is_left_to_a_person() {
    let headings = ["Dato", "Navn", "Kunde"].map(str::to_owned);
    let text = format!("{}\n1;2;3\n", headings.join(";"));
    let sheet = sheet(text.as_bytes(), &Reading::default()).unwrap();
    let columns = sheet.suggested(FileKind::Payments);
    assert_eq!(columns, [Some(Field::Date), Some(Field::Name), None]);
}

#[test]
fn a_document_that_frappe_books_repeats_for_its_lines_is_read_once() {
    let text = "Payment No,Party,Posting Date,Payment Type,Amount,Submitted,Amount\n\
        Payment.name,Payment.party,Payment.date,Payment.paymentType,Payment.amount,\
        Payment.submitted,PaymentFor.amount\n\
        PAY-1001,Ada Berg,2026-01-05T00:00:00.000Z,Receive,900,1,300.5\n\
        PAY-1001,Ada Berg,2026-01-05T00:00:00.000Z,Receive,900,1,400\n";
    let sheet = sheet(text.as_bytes(), &Reading::default()).unwrap();
    let foreign = sheet.foreign().unwrap();
    assert_eq!((foreign.source, foreign.kind), (Source::FrappeBooks, FileKind::Payments));
    let table = sheet.folded(&foreign).table(&foreign.columns, &Reading::default());
    assert_eq!(table.rows.len(), 1);
    assert_eq!(table.cell(&table.rows[0], Field::Applied), Some("700.5"));
    assert_eq!(table.rows[0].line, 3);
}

#[test]
fn invoice_ninja_is_known_with_and_without_the_entity_in_its_headings() {
    let newer = "Client Name,Client Currency,Invoice Invoice Number,Invoice Amount,Invoice Balance,\
        Invoice Paid to Date,Invoice PO Number,Invoice Date,Invoice Due Date,Invoice Status";
    let older = "Amount,Balance,Client,Date,Discount,Due Date,Number,Paid to Date,PO Number,Status";
    for headings in [newer, older] {
        let text = format!("{headings}\n{}\n", ["x"; 10].join(","));
        let sheet = sheet(text.as_bytes(), &Reading::default()).unwrap();
        let foreign = sheet.foreign().unwrap();
        assert_eq!((foreign.source, foreign.kind), (Source::InvoiceNinja, FileKind::Invoices));
        for field in [Field::Name, Field::InvoiceNumber, Field::Open, Field::Date, Field::DueDate] {
            assert!(foreign.columns.contains(&Some(field)), "{field:?} of {headings}");
        }
    }
}
