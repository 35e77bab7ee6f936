use super::*;
use crate::ids::RecurringId;
use crate::recurring::{
    Making, Recurring, RecurringLine, RecurringRejection, RecurringState, Rhythm,
};
use crate::terms::PaymentTerms;
use chrono::{Datelike as _, Days};
use std::collections::{BTreeMap, BTreeSet};

fn template(rhythm: Rhythm, from: &str) -> Recurring {
    Recurring {
        id: RecurringId(Uuid::from_u128(1)),
        school_id: SchoolId(Uuid::from_u128(1)),
        desk: "A".into(),
        name: "Leie".into(),
        department_id: None,
        students: vec![StudentId(Uuid::from_u128(2))],
        currency: None,
        lines: vec![RecurringLine {
            service_id: None,
            kind: ServiceKind::Fee,
            description: "Leie av plass".into(),
            quantity: Decimal::ONE,
            unit_price: Decimal::from(100),
            discount_percent: Decimal::ZERO,
            tax_code: "3".into(),
            income_account: String::new(),
        }],
        payers: None,
        discount: None,
        reference: String::new(),
        note: String::new(),
        rhythm,
        from: day(from),
        until: None,
        count: None,
        terms: PaymentTerms::Issue { days: 14 },
        making: Making::Draft,
        state: RecurringState::Active,
        resumed_on: None,
        joined: BTreeMap::new(),
    }
}

fn texts(dates: impl IntoIterator<Item = NaiveDate>) -> Vec<String> {
    dates.into_iter().map(|date| date.to_string()).collect()
}

#[test]
fn the_last_day_of_a_month_is_the_last_of_every_month() {
    let monthly = template(Rhythm::Monthly { every: 1, day: 31 }, "2028-01-31");
    let dates = texts(monthly.dates().take(4));
    assert_eq!(dates, ["2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"]);
}

#[test]
fn a_day_before_the_first_date_waits_for_the_next_month() {
    let mut quarterly = template(Rhythm::Monthly { every: 3, day: 5 }, "2026-01-20");
    assert_eq!(texts(quarterly.dates().take(2)), ["2026-04-05", "2026-07-05"]);
    quarterly.count = Some(2);
    assert_eq!(quarterly.dates().count(), 2);
}

#[test]
fn weeks_keep_their_weekday_until_the_last_date() {
    let mut weekly = template(Rhythm::Weekly { every: 2 }, "2026-03-02");
    weekly.until = Some(day("2026-03-31"));
    assert_eq!(texts(weekly.dates()), ["2026-03-02", "2026-03-16", "2026-03-30"]);
}

#[test]
fn what_was_made_is_not_due_again_and_what_passed_in_a_pause_is_left_out() {
    let mut weekly = template(Rhythm::Weekly { every: 1 }, "2026-03-02");
    let student = weekly.students[0];
    let made = BTreeSet::from([(day("2026-03-02"), student)]);
    let due = |it: &Recurring| texts(it.due(day("2026-03-20"), &made).into_iter().map(|d| d.0));
    assert_eq!(due(&weekly), ["2026-03-09", "2026-03-16"]);
    weekly.resumed_on = Some(day("2026-03-10"));
    assert_eq!(due(&weekly), ["2026-03-16"]);
    weekly.state = RecurringState::Paused;
    assert!(due(&weekly).is_empty());
    assert_eq!(texts(weekly.next_dates(day("2026-03-20"), 1)), ["2026-03-23"]);
}

#[test]
fn a_change_bills_nobody_for_a_past_that_was_billed_otherwise() {
    let known = template(Rhythm::Monthly { every: 1, day: 31 }, "2026-01-31");
    let (old, new) = (known.students[0], StudentId(Uuid::from_u128(9)));
    let today = day("2026-04-20");
    let all = known.due(today, &BTreeSet::new()).into_iter().collect();
    let dates = |it: &Recurring| it.due(day("2026-05-31"), &all);
    let wider = Recurring { students: vec![old, new], ..known.clone() };
    let joined = known.after(wider.clone(), true, today);
    let (april, may) = (day("2026-04-30"), day("2026-05-31"));
    assert_eq!(dates(&joined), [(april, old), (april, new), (may, old), (may, new)]);
    // Out again and in again is in anew; nothing is kept of who is out.
    assert!(joined.after(known.clone(), true, today).joined.is_empty());
    let earlier = Recurring { rhythm: Rhythm::Monthly { every: 1, day: 15 }, ..known.clone() };
    assert_eq!(dates(&known.after(earlier, true, today)), [(day("2026-05-15"), old)]);
    // As long as nothing was made, a template is what was typed last.
    assert_eq!(known.after(wider.clone(), false, today), wider);
}

#[test]
fn a_template_that_cannot_be_kept_is_refused() {
    let good = template(Rhythm::Weekly { every: 1 }, "2026-03-02");
    assert_eq!(good.check(), Ok(()));
    let student = good.students[0];
    for (bad, rejection) in [
        (Recurring { name: " ".into(), ..good.clone() }, RecurringRejection::NoName),
        (
            Recurring { students: vec![student, student], ..good.clone() },
            RecurringRejection::Students,
        ),
        (Recurring { lines: vec![], ..good.clone() }, RecurringRejection::NoLines),
        (
            Recurring { rhythm: Rhythm::Monthly { every: 1, day: 32 }, ..good.clone() },
            RecurringRejection::Rhythm,
        ),
        (Recurring { until: Some(day("2026-03-01")), ..good.clone() }, RecurringRejection::Ends),
        (Recurring { count: Some(0), ..good.clone() }, RecurringRejection::Ends),
    ] {
        assert_eq!(bad.check(), Err(rejection));
    }
}

/// The last day of the month a day lies in.
fn last_of(day: NaiveDate) -> u32 {
    let next = day.with_day(1).and_then(|first| first.checked_add_months(chrono::Months::new(1)));
    next.and_then(|next| next.pred_opt()).map_or(0, |last| last.day())
}

fn month(day: NaiveDate) -> i64 {
    i64::from(day.year()) * 12 + i64::from(day.month0())
}

proptest! {
    #[test]
    fn a_month_has_one_date_on_its_day_or_else_on_its_last(
        every in 1_u8..=24, day_of in 1_u8..=31, offset in 0_u64..20_000,
    ) {
        let from = day("2000-01-01") + Days::new(offset);
        let mut it = template(Rhythm::Monthly { every, day: day_of }, "2026-01-01");
        it.from = from;
        let dates: Vec<NaiveDate> = it.dates().take(30).collect();
        prop_assert_eq!(dates.len(), 30);
        for date in &dates {
            prop_assert!(*date >= from);
            prop_assert_eq!(date.day(), u32::from(day_of).min(last_of(*date)));
        }
        for pair in dates.windows(2) {
            prop_assert_eq!(month(pair[1]) - month(pair[0]), i64::from(every));
        }
        // No earlier date was passed over.
        prop_assert!(month(dates[0]) - month(from) <= i64::from(every));
    }

    #[test]
    fn weeks_keep_their_distance_and_begin_on_the_first_day(
        every in 1_u8..=52, offset in 0_u64..20_000,
    ) {
        let mut it = template(Rhythm::Weekly { every }, "2026-01-01");
        it.from = day("2000-01-01") + Days::new(offset);
        let dates: Vec<NaiveDate> = it.dates().take(20).collect();
        prop_assert_eq!(dates[0], it.from);
        for pair in dates.windows(2) {
            prop_assert_eq!((pair[1] - pair[0]).num_days(), i64::from(every) * 7);
        }
    }

    /// However the days are cut into runs, each date and student is made once, and none is missed.
    #[test]
    fn runs_on_any_days_make_each_date_once(
        mut days in proptest::collection::vec(0_u64..400, 1..12), day_of in 1_u8..=31,
    ) {
        let mut it = template(Rhythm::Monthly { every: 1, day: day_of }, "2026-01-15");
        it.students.push(StudentId(Uuid::from_u128(3)));
        days.sort_unstable();
        let mut made = BTreeSet::new();
        for day in &days {
            for one in it.due(it.from + Days::new(*day), &made) {
                prop_assert!(made.insert(one));
            }
        }
        let last = it.from + Days::new(days[days.len() - 1]);
        let all: BTreeSet<_> = it.due(last, &BTreeSet::new()).into_iter().collect();
        prop_assert_eq!(made, all);
    }
}
