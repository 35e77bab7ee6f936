use super::*;
use crate::hlc::Hlc;
use crate::invoice::InvoiceRejection;
use crate::numbering::{DocumentKind, NumberSeries};

fn lesson() -> DraftInvoice {
    draft(vec![line("1", "790", standard("25"))], PriceBasis::Gross, Currency::NOK)
}

#[test]
fn the_tax_entry_in_force_is_the_latest_that_began() {
    let entry = |from: &str, rate: &str| TaxCode { valid_from: day(from), ..standard(rate) };
    let table = [entry("2027-01-01", "26"), entry("2020-01-01", "24"), entry("2025-01-01", "25")];
    let rate = |date: &str| TaxCode::in_force(&table, "3", day(date)).map(|entry| entry.rate);
    assert_eq!(rate("2019-12-31"), None);
    assert_eq!(rate("2020-01-01"), Some(dec("24")));
    assert_eq!(rate("2024-12-31"), Some(dec("24")));
    assert_eq!(rate("2026-06-01"), Some(dec("25")));
    assert_eq!(rate("2027-01-01"), Some(dec("26")));
    assert_eq!(TaxCode::in_force(&table, "31", day("2026-01-01")), None);
}

#[test]
fn an_invoice_keeps_what_the_draft_came_to() {
    let totals = lesson().totals().unwrap();
    let invoice = issued(lesson());
    assert_eq!(invoice.totals, totals);
    assert_eq!(invoice.number.text, "A-10461");
    let json = serde_json::to_string(&invoice).unwrap();
    assert_eq!(serde_json::from_str::<Invoice>(&json).unwrap(), invoice);
}

#[test]
fn a_draft_that_breaks_a_rule_is_not_issued() {
    let refused = |change: fn(&mut DraftInvoice)| {
        let mut draft = lesson();
        change(&mut draft);
        draft.check().unwrap_err()
    };
    assert_eq!(refused(|d| d.person.name = " ".into()), InvoiceRejection::NoBuyer);
    assert_eq!(refused(|d| d.seller.name = String::new()), InvoiceRejection::NoSeller);
    let early = refused(|d| d.due_date = day("2026-11-19"));
    assert_eq!(early, InvoiceRejection::DueBeforeIssue);
    let negative = refused(|d| d.lines[0].unit_price = dec("-1"));
    assert_eq!(negative, InvoiceRejection::NegativeTotal);
    let unregistered = refused(|d| d.seller.vat_number = String::new());
    assert_eq!(unregistered, InvoiceRejection::VatWithoutNumber);
    assert!(matches!(refused(|d| d.lines.clear()), InvoiceRejection::Line(_)));
}

#[test]
fn an_unregistered_seller_may_issue_what_bears_no_vat() {
    let mut draft = lesson();
    draft.seller.vat_number = String::new();
    draft.lines[0].tax = tax("6", VatCategory::E, "0");
    assert!(draft.check().is_ok());
}

#[test]
fn a_number_is_the_prefix_and_the_digits() {
    let series = NumberSeries {
        id: SeriesId(Uuid::from_u128(1)),
        school_id: SchoolId(Uuid::from_u128(2)),
        kind: DocumentKind::Invoice,
        desk: "A".into(),
        prefix: "A-".into(),
        first: 1,
        year: None,
    };
    assert_eq!(series.number(10461).text, "A-10461");
}

#[test]
fn a_full_counter_goes_on_into_the_next_millisecond() {
    let full = Hlc { millis: 5, counter: u32::MAX, desk: "A".into() };
    assert_eq!(full.next(1), Hlc { millis: 6, counter: 0, desk: "A".into() });
}

proptest! {
    #[test]
    fn the_clock_of_a_desk_always_goes_on_even_where_the_wall_clock_does_not(
        walls in prop::collection::vec(0_i64..5_000, 1..60),
    ) {
        let mut clock = Hlc::start("A");
        for wall in walls {
            let next = clock.next(wall);
            prop_assert!(next > clock);
            prop_assert!(next.sortable() > clock.sortable());
            prop_assert!(next.millis >= wall);
            clock = next;
        }
    }

    #[test]
    fn the_text_of_a_clock_sorts_as_the_clock_does(
        a in (0_i64..3, 0_u32..=u32::MAX, "[AB]"),
        b in (0_i64..3, 0_u32..=u32::MAX, "[AB]"),
    ) {
        let clock = |(millis, counter, desk)| Hlc { millis, counter, desk };
        let (a, b) = (clock(a), clock(b));
        prop_assert_eq!(a.cmp(&b), a.sortable().cmp(&b.sortable()));
    }
}
