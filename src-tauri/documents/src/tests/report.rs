use super::layout::{any_text, inside_and_apart, runs};
use super::{FONTS, sample};
use crate::layout::report;
use crate::paper::Language;
use crate::{Heading, Report, ReportCell, ReportKind, ReportTable, render};
use finance::{Currency, Money};
use proptest::prelude::*;

fn nok(minor: i64) -> ReportCell {
    ReportCell::Amount(Money::from_minor(minor, Currency::NOK))
}

fn revenue(names: &[String], language: Language) -> Report {
    let row = |(at, name): (i64, &String)| {
        vec![ReportCell::Text(name.clone()), nok(at * 80_000), nok(at * 20_000), nok(at * 100_000)]
    };
    Report {
        kind: ReportKind::Revenue,
        language,
        seller: sample::paper(1, language).seller,
        made_on: "2026-03-10".parse().unwrap(),
        period: ("2026-01-01".parse().unwrap(), "2026-02-28".parse().unwrap()),
        narrowed: String::new(),
        columns: vec![Heading::Service, Heading::Net, Heading::Vat, Heading::Gross],
        tables: vec![ReportTable {
            currency: "NOK".to_owned(),
            rows: (-1..).zip(names).map(row).collect(),
            sums: vec![ReportCell::Empty, nok(240_000), nok(60_000), nok(300_000)],
        }],
    }
}

fn texts(of: &Report) -> Vec<String> {
    let pages = report(of, &FONTS);
    pages.iter().flat_map(|page| runs(page).into_iter().map(|run| run.text.clone())).collect()
}

#[test]
fn a_report_says_its_period_its_rows_and_its_sums() {
    let names = ["Kjøretime".to_owned(), "Teori".to_owned(), "Bok".to_owned()];
    let texts = texts(&revenue(&names, Language::Nb));
    for wanted in
        ["Omsetning", "01.01.2026 – 28.02.2026", "Kjøretime", "\u{2212}1\u{a0}000,00", "Sum"]
    {
        assert!(texts.iter().any(|text| text == wanted), "{wanted} in {texts:?}");
    }
    assert!(render(&revenue(&names, Language::En), &FONTS).unwrap().starts_with(b"%PDF"));
}

#[test]
fn a_report_as_a_file_names_the_currency_of_each_row_and_leaves_the_sums_out() {
    let file = revenue(&["Kjøretime".to_owned()], Language::Nb).csv().unwrap();
    let text = String::from_utf8(file.bytes).unwrap();
    let expected =
        "\u{feff}currency,service,net,vat,gross\r\nNOK,Kjøretime,-800.00,-200.00,-1000.00\r\n";
    assert_eq!((text.as_str(), file.rows), (expected, 1));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None,
        ..ProptestConfig::default() })]

    #[test]
    fn every_row_is_on_a_page_and_nothing_lies_on_anything_else(
        names in prop::collection::vec(any_text(60), 0..120),
    ) {
        let report_of = revenue(&names, Language::En);
        inside_and_apart(&report(&report_of, &FONTS))?;
        let texts = texts(&report_of);
        for at in 0..names.len() {
            let at = i64::try_from(at).unwrap() - 1;
            let gross = nok(at * 100_000).printed(Language::En);
            prop_assert!(texts.contains(&gross), "{gross}");
        }
    }
}
