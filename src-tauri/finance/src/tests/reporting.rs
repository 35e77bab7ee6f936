use crate::period::{Every, Period};
use crate::scale::{Scale, WHOLE, share};
use chrono::{Datelike, Days, NaiveDate, Weekday};
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn period(from: &str, to: &str) -> Period {
    Period::new(day(from), day(to)).expect("a period")
}

const ALL: [Every; 7] = [
    Every::Day,
    Every::Week,
    Every::Month,
    Every::TwoMonths,
    Every::Quarter,
    Every::Year,
    Every::Whole,
];

fn any_period() -> impl Strategy<Value = Period> {
    (0_u64..30_000, 0_u64..800).prop_map(|(start, length)| {
        let from = day("1950-01-01") + Days::new(start);
        Period { from, to: from + Days::new(length) }
    })
}

#[test]
fn months_two_months_and_quarters_begin_where_the_calendar_says() {
    let year = period("2026-01-15", "2026-12-31");
    let starts = |every| {
        let parts = year.parts(every).into_iter();
        parts.map(|part| part.from.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(starts(Every::Month).len(), 12);
    assert_eq!(starts(Every::TwoMonths)[..2], ["2026-01-15", "2026-03-01"]);
    assert_eq!(starts(Every::Quarter), ["2026-01-15", "2026-04-01", "2026-07-01", "2026-10-01"]);
    assert_eq!(starts(Every::Year), ["2026-01-15"]);
    assert_eq!(year.parts(Every::Week)[1].from.weekday(), Weekday::Mon);
}

#[test]
fn what_comes_before_whole_months_is_whole_months() {
    assert_eq!(
        period("2026-03-01", "2026-03-31").before(),
        Some(period("2026-02-01", "2026-02-28"))
    );
    assert_eq!(
        period("2026-01-01", "2026-12-31").before(),
        Some(period("2025-01-01", "2025-12-31"))
    );
    assert_eq!(
        period("2026-03-08", "2026-03-14").before(),
        Some(period("2026-03-01", "2026-03-07"))
    );
    let february = period("2025-02-01", "2025-02-28");
    assert_eq!(february.year_before(), Some(period("2024-02-01", "2024-02-29")));
    let begun = period("2024-02-01", "2024-02-29");
    assert_eq!(begun.year_before(), Some(period("2023-02-01", "2023-02-28")));
}

#[test]
fn an_axis_has_round_ends() {
    assert_eq!(
        Scale::over([412_380, 90_000]).ticks(),
        [0, 100_000, 200_000, 300_000, 400_000, 500_000]
    );
    assert_eq!(Scale::over([]).ticks(), [0, 1]);
    let below = Scale::over([-30, 100]);
    assert_eq!(below.ticks(), [-50, 0, 50, 100]);
    assert_eq!((below.at(-50), below.at(25), below.at(100)), (0, 500, 1000));
}

#[test]
fn shares_are_rounded_half_away_from_nothing() {
    assert_eq!([share(1, 3), share(2, 3), share(1, 2_000), share(0, 0)], [333, 667, 1, 0]);
    assert_eq!([share(-1, 3), share(1, -2_000), share(-5, -5)], [-333, -1, 1_000]);
}

proptest! {
    #[test]
    fn the_parts_make_the_period(period in any_period()) {
        for every in ALL {
            let parts = period.parts(every);
            prop_assert_eq!(parts[0].from, period.from);
            prop_assert_eq!(parts[parts.len() - 1].to, period.to);
            prop_assert_eq!(parts.iter().map(|part| part.days()).sum::<u64>(), period.days());
            for pair in parts.windows(2) {
                prop_assert_eq!(pair[0].to.succ_opt(), Some(pair[1].from));
            }
        }
    }

    #[test]
    fn the_period_before_ends_where_this_one_begins(period in any_period()) {
        let before = period.before().expect("within the calendar");
        prop_assert_eq!(before.to.succ_opt(), Some(period.from));
        let year = period.year_before().expect("within the calendar");
        prop_assert_eq!(year.from.year(), period.from.year() - 1);
        prop_assert!(year.to < period.to);
    }

    #[test]
    fn every_amount_has_its_place_on_the_axis(
        amounts in prop::collection::vec(any::<i64>(), 0..9),
        small in prop::collection::vec(-5_000_i64..90_000, 1..9),
    ) {
        for amounts in [amounts, small] {
            let scale = Scale::over(amounts.iter().copied());
            let ticks = scale.ticks();
            prop_assert!(ticks.contains(&0) && ticks.len() <= 8, "{ticks:?}");
            let mut sorted = amounts.clone();
            sorted.sort_unstable();
            let places: Vec<i32> = sorted.iter().map(|amount| scale.at(*amount)).collect();
            prop_assert!(places.is_sorted());
            let bounds = 0..=i32::try_from(WHOLE).expect("small");
            prop_assert!(places.iter().all(|place| bounds.contains(place)));
        }
    }

    #[test]
    fn shares_of_a_whole_come_to_the_whole_but_for_rounding(
        parts in prop::collection::vec(0_i64..1_000_000, 1..20)
    ) {
        let whole: i64 = parts.iter().sum();
        prop_assume!(whole > 0);
        let sum: i64 = parts.iter().map(|part| i64::from(share(*part, whole))).sum();
        let rounding = i64::try_from(parts.len()).expect("few");
        prop_assert!((sum - WHOLE).abs() <= rounding);
    }
}
