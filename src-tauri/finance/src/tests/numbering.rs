use super::*;
use crate::numbering::choose;
use crate::numbering::{Choice, DocumentKind, NumberSeries, SeriesRejection, SeriesRule, Standing};

fn rule(prefix: &str, yearly: bool, restart: bool) -> SeriesRule {
    SeriesRule {
        school_id: SchoolId(Uuid::from_u128(1)),
        kind: DocumentKind::Invoice,
        desk: "A".into(),
        prefix: prefix.into(),
        yearly,
        restart,
    }
}

fn open(year: Option<i32>, next: u64) -> Standing {
    let series = NumberSeries {
        id: SeriesId(Uuid::from_u128(3)),
        school_id: SchoolId(Uuid::from_u128(1)),
        kind: DocumentKind::Invoice,
        desk: "A".into(),
        prefix: "A-".into(),
        first: 1,
        year,
    };
    Standing { series, next }
}

fn chosen(rule: &SeriesRule, standing: &[Standing], year: i32) -> String {
    match choose(Some(rule), standing, year, SeriesId(Uuid::from_u128(9))).unwrap() {
        Choice::Open(place) => place.to_string(),
        Choice::New(series) => format!("{}{}", series.prefix, series.first),
    }
}

#[test]
fn a_new_year_opens_its_series_and_begins_again_or_goes_on() {
    let standing = [open(None, 40), open(Some(2026), 55)];
    assert_eq!(chosen(&rule("{year}-", true, true), &standing, 2027), "2027-1");
    assert_eq!(chosen(&rule("A{yy}-", true, false), &standing, 2027), "A27-55");
    assert_eq!(chosen(&rule("A{yy}-", true, false), &standing[..1], 2026), "A26-40");
}

#[test]
fn what_is_dated_back_takes_a_number_that_no_other_has() {
    let standing = [open(None, 40), open(Some(2026), 55)];
    assert_eq!(chosen(&rule("{year}-", true, true), &standing, 2025), "2025-1");
    assert_eq!(chosen(&rule("{year}-", true, false), &standing, 2025), "1");
}

#[test]
fn without_a_yearly_rule_the_series_opened_last_goes_on() {
    let standing = [open(None, 40), open(None, 3)];
    assert_eq!(chosen(&rule("B-", false, false), &standing, 2030), "1");
    let id = SeriesId(Uuid::from_u128(9));
    assert_eq!(choose(None, &standing, 2030, id), Some(Choice::Open(1)));
    assert_eq!(choose(None, &[], 2030, id), None);
}

#[test]
fn a_rule_whose_numbers_could_come_twice_is_refused() {
    for (prefix, yearly, restart, in_kid, expected) in [
        ("{year}-", true, true, false, Ok(())),
        ("{yy}/", true, false, true, Ok(())),
        ("A-", false, false, true, Ok(())),
        ("{year}-", true, true, true, Err(SeriesRejection::RestartWithKid)),
        ("A-", true, false, false, Err(SeriesRejection::NoYear)),
        ("A-", false, true, false, Err(SeriesRejection::RestartWithoutYear)),
        ("{year}", true, true, false, Err(SeriesRejection::Prefix)),
        ("A {yy}-", true, true, false, Err(SeriesRejection::Prefix)),
        ("ib-{yy}-", true, false, false, Err(SeriesRejection::Reserved)),
        ("IB-A", false, false, false, Err(SeriesRejection::Reserved)),
        ("{yy}-", false, false, false, Err(SeriesRejection::Prefix)),
    ] {
        assert_eq!(rule(prefix, yearly, restart).check(in_kid), expected, "{prefix}");
    }
}
