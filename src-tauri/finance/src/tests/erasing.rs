use super::*;
use crate::erasure::Retention;

fn until(country: &str, on: &str, issued: &str) -> String {
    Retention::of(country, day(on)).last_day(day(issued)).to_string()
}

#[test]
fn documents_are_kept_as_long_as_their_country_says() {
    assert_eq!(until("NO", "2026-03-10", "2021-05-01"), "2026-12-31");
    assert_eq!(until("DE", "2024-12-31", "2016-05-01"), "2026-12-31");
    assert_eq!(until("DE", "2025-01-01", "2016-05-01"), "2024-12-31");
    assert_eq!(until("GB", "2026-03-10", "2020-05-01"), "2027-05-01");
    assert_eq!(until("FR", "2026-03-10", "2020-05-01"), "2030-12-31");
}

proptest! {
    #[test]
    fn what_is_younger_is_kept_at_least_as_long(
        first in 0_i64..20_000, more in 0_i64..5_000, today in 0_i64..30_000,
        country in prop::sample::select(vec!["NO", "DE", "GB", ""]),
    ) {
        let at = |days: i64| day("1990-01-01") + chrono::Duration::days(days);
        let rule = Retention::of(country, at(today));
        prop_assert!(rule.last_day(at(first)) <= rule.last_day(at(first + more)));
        if rule.keeps(at(first), at(today)) {
            prop_assert!(rule.keeps(at(first + more), at(today)));
        }
    }
}
