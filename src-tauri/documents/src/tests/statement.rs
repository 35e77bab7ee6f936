use super::layout::{any_text, inside_and_apart, runs};
use super::{FONTS, sample};
use crate::boxes::Page;
use crate::layout::statement;
use crate::paper::Language;
use crate::render;
use crate::statement::{ActivityLine, Listed, Moved, OpenLine, StatementPaper};
use chrono::{Days, NaiveDate};
use finance::ageing::{Buckets, age};
use finance::{Currency, Money};
use proptest::prelude::*;

fn nok(minor: i64) -> Money {
    Money::from_minor(minor, Currency::NOK)
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn paper(language: Language, listed: Listed, closing: Money) -> StatementPaper {
    let invoice = sample::paper(1, language);
    let to = day("2026-11-20");
    let buckets = Buckets::default();
    let ageing = age(&[(day("2026-10-01"), closing)], nok(0), &buckets, to).unwrap();
    StatementPaper {
        language,
        seller: invoice.seller,
        person: invoice.person,
        number: "1001".into(),
        is_payer: false,
        department: "Sentrum".into(),
        made_on: to,
        from: Some(day("2026-01-01")),
        to,
        listed,
        closing,
        buckets,
        ageing,
        payment_reference: String::new(),
    }
}

/// `count` invoices of 790, one a day, after an opening balance of 100.
fn activity(language: Language, count: u64) -> StatementPaper {
    let lines = (1..=count).map(|n| ActivityLine {
        date: day("2026-01-01") + Days::new(n / 8),
        moved: Moved::Invoice,
        label: format!("A-{n}"),
        due_date: Some(day("2026-01-15") + Days::new(n / 8)),
        amount: nok(79_000),
        foreign: None,
        balance: nok(10_000 + 79_000 * i64::try_from(n).unwrap()),
    });
    let lines: Vec<_> = lines.collect();
    let closing = lines.last().map_or(nok(10_000), |line| line.balance);
    paper(language, Listed::Activity { opening: nok(10_000), lines }, closing)
}

fn open(count: u64, reference: &str) -> StatementPaper {
    let line = |n| OpenLine {
        moved: if n % 5 == 0 { Moved::Payment } else { Moved::Invoice },
        label: format!("A-{n}"),
        date: day("2026-01-05"),
        due_date: (n % 5 > 0).then(|| day("2026-01-19")),
        reference: reference.to_owned(),
        amount: nok(79_000),
        foreign: None,
        left: nok(70_000),
    };
    let closing = nok(70_000 * i64::try_from(count).unwrap());
    paper(Language::Nb, Listed::OpenItems((1..=count).map(line).collect()), closing)
}

fn texts(pages: &[Page]) -> Vec<String> {
    pages.iter().flat_map(|page| runs(page).into_iter().map(|run| run.text.clone())).collect()
}

#[test]
fn a_statement_says_how_it_stood_what_happened_and_how_it_stands() {
    let nb = texts(&statement(&activity(Language::Nb, 1), &FONTS));
    for wanted in [
        "Kontoutskrift",
        "Saldo per 20. november 2026",
        "01.01.2026 – 20.11.2026",
        "Inngående saldo",
        "Faktura A-1",
        "790,00",
        "890,00",
        "Utgående saldo",
        "31–60 dager",
        "Bruk KID fra hver faktura",
        "kr\u{a0}890,00",
    ] {
        assert!(nb.iter().any(|text| text == wanted), "{wanted} is missing in {nb:?}");
    }
    let en = texts(&statement(&activity(Language::En, 0), &FONTS));
    assert!(en.iter().any(|text| text == "Opening balance"));
    assert!(en.iter().any(|text| text == "Over 90 days"));
}

#[test]
fn what_is_in_another_currency_says_so_beside_what_it_is_worth() {
    let euros = |minor| Some(Money::from_minor(minor, Currency::EUR));
    let mut moved = activity(Language::Nb, 2);
    let plain = texts(&statement(&moved, &FONTS));
    assert!(!plain.iter().any(|text| text == "I valuta"));
    if let Listed::Activity { lines, .. } = &mut moved.listed {
        lines[1].foreign = euros(6_822);
    }
    let mut owed = open(2, "");
    if let Listed::OpenItems(lines) = &mut owed.listed {
        lines[0].foreign = euros(6_822);
    }
    for paper in [moved, owed] {
        let pages = statement(&paper, &FONTS);
        inside_and_apart(&pages).unwrap();
        let texts = texts(&pages);
        for wanted in ["I valuta", "EUR\u{a0}68,22", "790,00"] {
            assert!(texts.iter().any(|text| text == wanted), "{wanted} is missing in {texts:?}");
        }
    }
}

#[test]
fn each_page_begins_with_the_balance_the_last_one_ended_with() {
    let paper = activity(Language::Nb, 2_000);
    let pages = statement(&paper, &FONTS);
    assert!(pages.len() > 30, "{} pages", pages.len());
    let mut seen = 0;
    for pair in pages.windows(2) {
        let end = after(&pair[0], "Overført");
        let begin = after(&pair[1], "Fra forrige side");
        if let (Some(end), Some(begin)) = (end, begin) {
            assert_eq!(end, begin);
            seen += 1;
        }
    }
    assert!(seen + 2 >= pages.len(), "{seen} of {}", pages.len());
    let texts = texts(&pages);
    assert!((1..=2_000).all(|n| texts.contains(&format!("Faktura A-{n}"))));
    assert!(render(&activity(Language::En, 300), &FONTS).unwrap().starts_with(b"%PDF-"));
}

/// The text printed next after a label.
fn after(page: &Page, label: &str) -> Option<String> {
    let texts: Vec<_> = runs(page).into_iter().map(|run| run.text.clone()).collect();
    let at = texts.iter().position(|text| text == label)?;
    texts.get(at + 1).cloned()
}

#[test]
fn open_items_name_the_reference_to_pay_each_with() {
    let mut paper = open(3, "100317800104846");
    let shown = texts(&statement(&paper, &FONTS));
    let named = shown.iter().filter(|text| *text == "100317800104846").count();
    assert_eq!(named, 3, "{shown:?}");
    assert!(shown.iter().any(|text| text == "Se hver faktura over"));
    paper.payment_reference = "77".into();
    assert!(texts(&statement(&paper, &FONTS)).iter().any(|text| text == "77"));
    paper.closing = nok(-100);
    assert!(!texts(&statement(&paper, &FONTS)).iter().any(|text| text == "Kontonummer"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 8, ..ProptestConfig::default() })]

    #[test]
    fn nothing_of_a_statement_lies_on_anything_else(
        count in 0_u64..70,
        is_open in any::<bool>(),
        name in any_text(12),
        label in any_text(30),
        minor in 0_i64..900_000_000_000_000,
        ends in prop::collection::btree_set(1_u16..3_000, 2..=6),
    ) {
        let mut paper = if is_open { open(count, &label) } else { activity(Language::Nb, count) };
        if let Listed::Activity { lines, .. } = &mut paper.listed {
            for line in lines {
                line.label.clone_from(&label);
                line.balance = nok(minor);
            }
        }
        paper.buckets = Buckets::new(ends.into_iter().collect()).unwrap();
        let owed = [(day("2026-01-01"), nok(minor)), (day("2026-12-01"), nok(1))];
        paper.ageing = age(&owed, nok(minor), &paper.buckets, paper.to).unwrap();
        paper.person.name.clone_from(&name);
        paper.department = name;
        inside_and_apart(&statement(&paper, &FONTS))?;
    }
}
