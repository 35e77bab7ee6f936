use super::layout::{inside_and_apart, runs};
use super::{FONTS, sample};
use crate::layout::agreement;
use crate::paper::Language;
use crate::{AgreedInstalment, AgreedInvoice, Agreement, render};
use chrono::{Days, NaiveDate};
use finance::{Currency, Money};
use proptest::prelude::*;

fn nok(minor: i64) -> Money {
    Money::from_minor(minor, Currency::NOK)
}

fn plan(invoices: u64, instalments: u64, language: Language, minor: i64) -> Agreement {
    let paper = sample::paper(1, language);
    let day: NaiveDate = "2026-01-05".parse().unwrap();
    let invoice = |number| AgreedInvoice {
        number: format!("A-{number}"),
        due_date: day + Days::new(14),
        planned: nok(minor),
        payment_reference: format!("10031780010{number:04}"),
    };
    let instalment = |place: u64| AgreedInstalment {
        due_date: day + Days::new(30 * place),
        amount: nok(minor),
        open: if place == 1 { nok(0) } else { nok(minor) },
    };
    Agreement {
        language,
        seller: paper.seller,
        person: paper.person,
        student_number: "1001".into(),
        agreed_on: day,
        invoices: (1..=invoices).map(invoice).collect(),
        instalments: (1..=instalments).map(instalment).collect(),
        total: nok(minor),
        open: nok(minor),
        grace_days: 7,
    }
}

#[test]
fn a_plan_says_what_is_to_be_paid_when_and_what_follows_when_it_is_not() {
    let pages = agreement(&plan(1, 3, Language::Nb, 79_000), &FONTS);
    let texts: Vec<String> = pages.iter().flat_map(runs).map(|run| run.text.clone()).collect();
    for wanted in ["Betalingsplan", "A-1", "100317800100001", "Avdrag", "05.04.2026", "790,00"] {
        assert!(texts.iter().any(|text| text.contains(wanted)), "{wanted}: {texts:?}");
    }
    assert!(texts.join(" ").contains("7 dager etter forfall"));
    // The pay box asks for the first instalment that is open.
    assert!(texts.iter().any(|text| text == "06.03.2026"));
    assert!(render(&plan(1, 3, Language::En, 79_000), &FONTS).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn nothing_of_a_plan_lies_on_anything_else(
        invoices in 1_u64..60, instalments in 1_u64..120, minor in 1_i64..1_000_000_000_000,
        norwegian in any::<bool>(),
    ) {
        let language = if norwegian { Language::Nb } else { Language::En };
        inside_and_apart(&agreement(&plan(invoices, instalments, language, minor), &FONTS))?;
    }
}
