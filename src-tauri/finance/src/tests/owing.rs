//! Statements and the debt gate.

use super::{day, nok};
use crate::ageing::{Buckets, age};
use crate::gate::{Exposure, GateOverride, GateRejection, GateRule, Light, Limits, Passed};
use crate::ids::{SchoolId, StudentId};
use crate::money::{Currency, Money};
use crate::statement::{Movement, state};
use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use uuid::Uuid;

fn minor(minor: i64) -> Money {
    Money::from_minor(minor, Currency::NOK)
}

fn rule() -> GateRule {
    GateRule::usual(SchoolId(Uuid::from_u128(1)), Currency::NOK)
}

fn owing(debts: &[(&str, &str)], credit: &str, test: Option<&str>) -> Exposure {
    Exposure {
        debts: debts.iter().map(|(due, open)| (day(due), nok(open))).collect(),
        credit: nok(credit),
        test_on: test.map(day),
    }
}

fn light(exposure: &Exposure, on: &str) -> Light {
    rule().judge(exposure, day(on)).unwrap().light
}

#[test]
fn the_light_turns_with_the_days_that_pass() {
    let one = owing(&[("2026-01-31", "790")], "0", None);
    assert_eq!(light(&one, "2026-01-31"), Light::Clear);
    assert_eq!(light(&one, "2026-02-01"), Light::Watch);
    assert_eq!(light(&one, "2026-03-02"), Light::Watch);
    assert_eq!(light(&one, "2026-03-03"), Light::Blocked);
    let usual = rule();
    let from = one.blocked_from(|_| &usual, day("2026-01-31")).unwrap();
    assert_eq!(from, Some(day("2026-03-03")));
}

#[test]
fn everything_is_to_be_paid_some_days_before_the_driving_test() {
    let one = owing(&[("2026-12-31", "790")], "0", Some("2026-03-20"));
    assert_eq!(light(&one, "2026-03-05"), Light::Clear);
    assert_eq!(light(&one, "2026-03-06"), Light::Watch);
    assert_eq!(light(&one, "2026-03-17"), Light::Blocked);
    let told = rule().judge(&one, day("2026-03-20")).unwrap();
    assert_eq!((told.light, told.passed), (Light::Blocked, vec![Passed::Test(0, 3)]));
    assert_eq!(light(&one, "2026-03-21"), Light::Clear, "the test has been");
    let paid = owing(&[("2026-12-31", "790")], "790", Some("2026-03-20"));
    assert_eq!(light(&paid, "2026-03-20"), Light::Clear);
}

#[test]
fn credit_covers_the_oldest_debt_first() {
    let debts = [("2026-01-10", "500"), ("2026-02-10", "300")];
    let told = rule().judge(&owing(&debts, "500", None), day("2026-02-20")).unwrap();
    assert_eq!((told.balance, told.overdue, told.days_overdue), (nok("300"), nok("300"), 10));
    assert_eq!(told.light, Light::Watch);
    let told = rule().judge(&owing(&debts, "900", None), day("2026-02-20")).unwrap();
    assert_eq!((told.balance, told.overdue, told.days_overdue), (nok("-100"), nok("0"), 0));
    assert_eq!(told.light, Light::Clear);
}

#[test]
fn a_credit_limit_blocks_what_is_not_even_due_and_a_trifle_never_does() {
    let limits = Limits { balance: Some(nok("10000")), ..Limits::default() };
    let strict = GateRule { blocked: limits, least: Some(nok("100")), ..rule() };
    let much = owing(&[("2026-05-01", "10000.01")], "0", None);
    let told = strict.judge(&much, day("2026-02-01")).unwrap();
    assert_eq!(told.passed, [Passed::Balance(nok("10000.01"), nok("10000"))]);
    let trifle = owing(&[("2020-01-01", "100")], "0", None);
    assert_eq!(strict.judge(&trifle, day("2026-02-01")).unwrap().light, Light::Clear);
}

#[test]
fn a_rule_holds_from_its_day_until_the_next() {
    let first = GateRule { valid_from: day("2026-01-01"), ..rule() };
    let second = GateRule { valid_from: day("2026-06-01"), ..rule() };
    let rules = [second.clone(), first.clone()];
    assert_eq!(GateRule::on(&rules, day("2025-12-31")), None);
    assert_eq!(GateRule::on(&rules, day("2026-05-31")), Some(&first));
    assert_eq!(GateRule::on(&rules, day("2026-06-01")), Some(&second));
}

#[test]
fn blocking_never_comes_before_watching() {
    assert_eq!(rule().check(), Ok(()));
    let limits = |amount: &str, days, lead| Limits {
        overdue: Some(nok(amount)),
        days_overdue: Some(days),
        balance: None,
        test_lead_days: Some(lead),
    };
    let with = |watch, blocked| GateRule { watch, blocked, ..rule() }.check();
    assert_eq!(with(limits("10", 5, 9), limits("10", 5, 9)), Ok(()));
    let (low, soon, long) = (limits("9", 5, 9), limits("10", 4, 9), limits("10", 5, 10));
    for wrong in [low, soon, long] {
        assert_eq!(with(limits("10", 5, 9), wrong), Err(GateRejection::OutOfOrder));
    }
    assert_eq!(with(limits("-1", 5, 9), limits("10", 5, 9)), Err(GateRejection::Negative));
    assert_eq!(with(limits("1", 5, 9), limits("10", 3_651, 9)), Err(GateRejection::TooLong));
}

#[test]
fn an_override_ends_by_itself() {
    let student_id = StudentId(Uuid::from_u128(7));
    let until = day("2026-03-10");
    let by = GateOverride { student_id, until, reason: "Pays on Friday".into(), active: true };
    assert!(by.holds_on(until) && !by.holds_on(day("2026-03-11")));
    assert!(!GateOverride { active: false, ..by }.holds_on(until));
}

fn date(days: u64) -> NaiveDate {
    day("2026-01-01") + Days::new(days)
}

proptest! {
    #[test]
    fn opening_and_movements_are_the_closing_balance_for_every_cut(
        moved in prop::collection::vec((0_u64..120, -900_000_i64..900_000), 0..40),
        from in prop::option::of(0_u64..130),
        length in 0_u64..130,
    ) {
        let movements = || moved.iter().enumerate().map(|(what, (days, amount))| Movement {
            date: date(*days),
            amount: minor(*amount),
            what,
        });
        let to = from.unwrap_or(0) + length;
        let told = state(movements(), Currency::NOK, from.map(date), date(to)).unwrap();
        let until = |day: u64| {
            let counted = moved.iter().filter(|(days, _)| *days < day);
            counted.map(|(_, amount)| amount).sum::<i64>()
        };
        prop_assert_eq!(told.opening.minor(), until(from.unwrap_or(0)));
        prop_assert_eq!(told.closing.minor(), until(to + 1));
        let moved = told.charged.minor() - told.taken.minor();
        prop_assert_eq!(told.opening.minor() + moved, told.closing.minor());
        prop_assert_eq!(told.lines.last().map_or(told.opening, |line| line.balance), told.closing);
        let places: Vec<_> =
            told.lines.iter().map(|line| (line.movement.date, line.movement.what)).collect();
        prop_assert!(places.is_sorted(), "oldest first, and in their order within a day");
        // What closes one period opens the next.
        let next = state(movements(), Currency::NOK, Some(date(to + 1)), date(500)).unwrap();
        prop_assert_eq!(next.opening, told.closing);
    }

    #[test]
    fn the_ageing_of_what_a_statement_leaves_open_is_its_balance(
        debts in prop::collection::vec((0_u64..400, 1_i64..900_000, 0_i64..900_000), 0..20),
        paid in prop::collection::vec(1_i64..900_000, 0..6),
    ) {
        // Each invoice may be settled in part; payments that settle nothing are credit.
        let mut movements = Vec::new();
        let mut open = Vec::new();
        for (days, amount, settled) in &debts {
            let settled = settled.min(amount);
            movements.push(Movement { date: date(*days), amount: minor(*amount), what: () });
            movements.push(Movement { date: date(*days), amount: minor(-settled), what: () });
            open.push((date(*days), minor(amount - settled)));
        }
        movements.extend(paid.iter().map(|p| Movement { date: date(9), amount: minor(-p), what: () }));
        let told = state(movements, Currency::NOK, None, date(400)).unwrap();
        let aged = age(&open, minor(paid.iter().sum()), &Buckets::default(), date(400)).unwrap();
        prop_assert_eq!(aged.balance, told.closing);
    }

    #[test]
    fn a_debt_stands_in_the_one_column_whose_span_holds_its_date(
        ends in prop::collection::btree_set(1_u16..400, 2..=6),
        days in 0_u64..800,
    ) {
        let buckets = Buckets::new(ends.into_iter().collect()).unwrap();
        let (from, as_of) = (date(days), date(400));
        for column in 0..buckets.columns() {
            let span = buckets.span(column, as_of).unwrap();
            prop_assert_eq!(span.holds(from), buckets.column(from, as_of) == column);
        }
        prop_assert_eq!(buckets.span(buckets.columns(), as_of), None);
    }

    #[test]
    fn owing_more_or_longer_never_makes_the_light_milder(
        debts in prop::collection::vec((0_u64..100, 1_i64..900_000), 1..8),
        credit in 0_i64..900_000,
        more in 1_i64..900_000,
        test in prop::option::of(0_u64..140),
    ) {
        let rule = GateRule {
            blocked: Limits { balance: Some(minor(500_000)), ..rule().blocked },
            ..rule()
        };
        let debts: Vec<_> = debts.iter().map(|(days, m)| (date(*days), minor(*m))).collect();
        let one = Exposure { debts, credit: minor(credit), test_on: test.map(date) };
        let today = date(60);
        let now = rule.judge(&one, today).unwrap();
        let mut deeper = one.clone();
        deeper.debts[0].1 = deeper.debts[0].1.plus(minor(more)).unwrap();
        prop_assert!(rule.judge(&deeper, today).unwrap().light >= now.light);
        let sum: i64 = one.debts.iter().map(|(_, open)| open.minor()).sum();
        prop_assert_eq!(now.balance.minor(), sum - credit);
        prop_assert!(now.overdue.minor() >= 0 && now.overdue.minor() <= now.balance.minor().max(0));
    }
}
