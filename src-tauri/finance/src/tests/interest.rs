use super::*;
use crate::reminder::interest::{HalfYear, InterestRules, LateClaim};
use crate::reminder::rules::Debtor;
use chrono::Days;

fn claim(minor: i64, currency: &str, due: &str, reminded: Option<&str>) -> LateClaim {
    LateClaim {
        open: Money::from_minor(minor, currency.parse().unwrap()),
        issue_date: day(due) - Days::new(14),
        due_date: day(due),
        reminded_on: reminded.map(day),
    }
}

fn interest(country: &str, debtor: Debtor, claim: &LateClaim, on: &str) -> Option<i64> {
    let rules = InterestRules::of(country).unwrap();
    rules.interest(debtor, claim, (day(on), &[])).unwrap().map(Money::minor)
}

#[test]
fn norway_counts_days_by_the_rate_of_each_half_year() {
    // Due 1 May 2023, issued 17 April: from 18 May on. 44 days at 10.75 and 10 at 11.75 of 365.
    let claim = claim(1_000_000, "NOK", "2023-05-01", None);
    let expected = (10_000 * (44 * 1_075 + 10 * 1_175)) / 365;
    assert_eq!(interest("NO", Debtor::Consumer, &claim, "2023-07-10"), Some((expected + 50) / 100));
    assert_eq!(interest("NO", Debtor::Consumer, &claim, "2023-05-17"), None);
    // A leap year has a day more.
    let leap = LateClaim { due_date: day("2023-12-31"), issue_date: day("2023-11-01"), ..claim };
    assert_eq!(interest("NO", Debtor::Consumer, &leap, "2024-06-30"), Some(62_158));
}

#[test]
fn germany_counts_from_the_first_reminder_and_asks_businesses_for_more() {
    let silent = claim(100_000, "EUR", "2025-01-15", None);
    assert_eq!(interest("DE", Debtor::Consumer, &silent, "2025-06-30"), None);
    let reminded = claim(100_000, "EUR", "2025-01-15", Some("2025-01-31"));
    // 150 days at 7.27 and at 11.27 percent.
    assert_eq!(interest("DE", Debtor::Consumer, &reminded, "2025-06-30"), Some(2_988));
    assert_eq!(interest("DE", Debtor::Business, &reminded, "2025-06-30"), Some(4_632));
}

#[test]
fn britain_fixes_the_rate_when_the_debt_is_late_and_asks_no_consumer() {
    let claim = claim(100_000, "GBP", "2025-06-20", None);
    assert_eq!(interest("GB", Debtor::Consumer, &claim, "2025-12-31"), None);
    // 194 days at 12.75, though the rate fell in July.
    assert_eq!(interest("GB", Debtor::Business, &claim, "2025-12-31"), Some(6_777));
}

#[test]
fn days_without_a_known_rate_are_free_until_the_school_enters_one() {
    let rules = InterestRules::of("NO").unwrap();
    let late = claim(1_000_000, "NOK", "2030-01-01", None);
    let half = |half, hundredths| HalfYear { year: 2030, half, hundredths };
    let asked = |own: &[HalfYear]| {
        let interest = rules.interest(Debtor::Consumer, &late, (day("2030-12-31"), own)).unwrap();
        interest.map(Money::minor)
    };
    assert!(!rules.knows(day("2030-01-01")));
    assert_eq!(asked(&[]), None);
    // 364 days less the 17 that the demand must be old.
    assert_eq!(asked(&[half(1, 1_000), half(2, 1_000)]), Some(95_342));
    // The other half of the year stays free.
    assert_eq!(asked(&[half(2, 1_000)]), Some(50_411));
    assert!(InterestRules::of("SE").is_none());
    let foreign = claim(1_000_000, "EUR", "2025-01-01", None);
    assert_eq!(interest("NO", Debtor::Consumer, &foreign, "2025-12-31"), None);
}

#[test]
fn a_rate_of_the_law_is_not_replaced_by_one_that_was_entered() {
    let rules = InterestRules::of("DE").unwrap();
    let own = [HalfYear { year: 2025, half: 1, hundredths: 4_000 }];
    assert_eq!(rules.rate_on(Debtor::Consumer, day("2025-03-01"), &own), Some(727));
    let shown = rules.half_years(day("2026-11-21"));
    assert_eq!(shown.first(), Some(&day("2026-07-01")));
    assert_eq!(shown.last(), Some(&day("2023-07-01")));
}

proptest! {
    #[test]
    fn more_days_and_more_debt_never_bear_less(
        minor in 1_i64..100_000_000, days in 0_u64..700, more in 0_u64..200,
        start in 0_u64..500,
    ) {
        let rules = InterestRules::of("NO").unwrap();
        let due = day("2020-01-01") + Days::new(start);
        let of = |minor, days| {
            let claim = LateClaim {
                open: Money::from_minor(minor, Currency::NOK),
                issue_date: due - Days::new(40),
                due_date: due,
                reminded_on: None,
            };
            let on = due + Days::new(days);
            let interest = rules.interest(Debtor::Consumer, &claim, (on, &[])).unwrap();
            interest.map_or(0, Money::minor)
        };
        prop_assert!(of(minor, days + more) >= of(minor, days));
        prop_assert!(of(minor * 2, days) >= of(minor, days));
        // Never above the highest rate over a year of 365 days.
        let most = i128::from(minor) * 1_250 * i128::from(days) / 3_650_000 + 1;
        prop_assert!(i128::from(of(minor, days)) <= most);
    }
}
