use super::layout::{any_text, inside_and_apart, runs};
use super::{FONTS, sample};
use crate::layout::letter;
use crate::paper::Language;
use crate::{Letter, LetterItem, render};
use chrono::{Days, NaiveDate};
use finance::reminder::Level;
use finance::{Currency, Money};
use proptest::prelude::*;

fn nok(minor: i64) -> Money {
    Money::from_minor(minor, Currency::NOK)
}

fn item(number: u64, reference: &str) -> LetterItem {
    let issued: NaiveDate = "2026-01-05".parse().unwrap();
    LetterItem {
        number: format!("A-{number}"),
        instalment: None,
        issue_date: issued,
        due_date: issued + Days::new(14),
        gross: nok(79_000),
        open: nok(70_000),
        payment_reference: reference.to_owned(),
    }
}

fn reminder(level: Level, items: Vec<LetterItem>, fee: Option<Money>) -> Letter {
    let paper = sample::paper(1, Language::Nb);
    let total = Money::sum(Currency::NOK, items.iter().map(|item| item.open)).unwrap();
    Letter {
        level,
        language: Language::Nb,
        seller: paper.seller,
        person: paper.person,
        student_number: "1001".into(),
        made_on: "2026-02-03".parse().unwrap(),
        deadline: "2026-02-17".parse().unwrap(),
        items,
        total,
        fee,
        interest: None,
        to_pay: fee.map_or(total, |fee| total.plus(fee).unwrap()),
    }
}

fn texts(paper: &Letter) -> Vec<String> {
    let pages = letter(paper, &FONTS);
    pages.iter().flat_map(|page| runs(page).into_iter().map(|run| run.text.clone())).collect()
}

#[test]
fn a_reminder_says_what_is_owed_by_when_and_how_to_pay() {
    let one = reminder(Level::First, vec![item(1, "100317800104846")], Some(nok(3_500)));
    let texts = texts(&one);
    for wanted in [
        "Betalingspåminnelse",
        "A-1",
        "100317800104846",
        "Purregebyr, uten merverdiavgift",
        "735,00",
        "kr\u{a0}735,00",
        "17.02.2026",
        "1506 72 40418",
    ] {
        assert!(texts.iter().any(|text| text == wanted), "{wanted} is missing");
    }
    assert!(texts.iter().any(|text| text.contains("17. februar 2026")));
}

#[test]
fn the_last_notice_in_norway_is_the_one_the_law_names() {
    let mut last = reminder(Level::Final, vec![item(1, "1"), item(2, "2")], None);
    assert_eq!(last.title(), "Inkassovarsel");
    assert!(last.lead().contains("inkassoloven § 9"));
    let shown = texts(&last);
    assert!(shown.iter().any(|text| text == "Se hver faktura over"));
    assert!(!shown.iter().any(|text| text.starts_with("Purregebyr")));
    last.seller.address.country = "DE".into();
    last.language = Language::En;
    assert_eq!(last.title(), "Final notice");
    assert!(!last.lead().contains("Norwegian"));
}

#[test]
fn a_letter_with_many_invoices_goes_on_over_further_pages() {
    let many = reminder(Level::Second, (1..=90).map(|n| item(n, "77")).collect(), None);
    assert!(letter(&many, &FONTS).len() > 2);
    let texts = texts(&many);
    assert!((1..=90).all(|n| texts.contains(&format!("A-{n}"))));
    assert!(render(&many, &FONTS).unwrap().starts_with(b"%PDF-"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 4, ..ProptestConfig::default() })]

    #[test]
    fn nothing_of_a_letter_lies_on_anything_else(
        count in 1_u64..60,
        level in prop::sample::select(Level::ALL.to_vec()),
        name in any_text(12),
        reference in any_text(20),
        minor in 1_i64..900_000_000_000,
        fee in prop::option::of(1_i64..900_000),
    ) {
        let mut items: Vec<LetterItem> = (1..=count).map(|n| item(n, &reference)).collect();
        items[0].open = nok(minor);
        items[0].gross = nok(minor);
        let mut paper = reminder(level, items, fee.map(nok));
        paper.person.name.clone_from(&name);
        paper.seller.bank_account = name;
        inside_and_apart(&letter(&paper, &FONTS))?;
    }
}
