use crate::csv_in::{Encoding, Field, MAX_BYTES, TableProblem, ValueProblem, date, decimal, read};
use proptest::prelude::*;

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
