use super::*;
use crate::allocation::CreditSource;
use crate::ids::PaymentId;
use crate::payment::PaymentOutcome::{Confirmed, Failed, Reversed};
use crate::payment::{
    Payment, PaymentOutcome, PaymentStanding, PaymentState, PaymentTurn, TurnRejection,
};
use crate::refund::{Credit, RefundRejection, take};
use crate::release::Span;
use crate::write_off::is_small;
use chrono::Days;

fn payment(pending: bool) -> Payment {
    Payment {
        base: None,
        id: PaymentId(Uuid::from_u128(5)),
        school_id: SchoolId(Uuid::from_u128(1)),
        department_id: None,
        student_id: StudentId(Uuid::from_u128(2)),
        method: "bank".into(),
        received_on: day("2026-02-01"),
        amount: nok("100"),
        reference: String::new(),
        note: String::new(),
        pending,
        event: None,
    }
}

fn turn(outcome: PaymentOutcome, on: &str) -> PaymentTurn {
    let (school_id, reason) = (SchoolId(Uuid::from_u128(1)), "The bank took it back".to_owned());
    PaymentTurn { school_id, payment_id: payment(false).id, outcome, on: day(on), reason }
}

#[test]
fn a_payment_counts_from_its_day_until_it_is_reversed() {
    let standing = PaymentStanding::of(&payment(false), &[(Reversed, day("2026-02-10"))]);
    assert_eq!(standing.state, PaymentState::Reversed);
    let days = ["2026-01-31", "2026-02-01", "2026-02-09", "2026-02-10"];
    assert_eq!(days.map(|on| standing.counts(day(on))), [false, true, true, false]);
}

#[test]
fn announced_money_counts_from_the_day_it_is_confirmed() {
    let standing = |turns: &[_]| PaymentStanding::of(&payment(true), turns);
    assert_eq!(standing(&[]).state, PaymentState::Pending);
    assert!(!standing(&[]).counts(day("2026-05-01")));
    let failed = (Failed, day("2026-02-02"));
    assert_eq!(standing(&[failed]).state, PaymentState::Failed);
    let arrived = standing(&[failed, (Confirmed, day("2026-02-03"))]);
    assert_eq!((arrived.state, arrived.from), (PaymentState::Confirmed, Some(day("2026-02-03"))));
}

#[test]
fn a_turn_is_refused_where_it_cannot_happen() {
    let check = |pending, turns: &[_], next: PaymentTurn| {
        let payment = payment(pending);
        PaymentStanding::of(&payment, turns).check(&next, &payment)
    };
    assert_eq!(check(false, &[], turn(Reversed, "2026-02-01")), Ok(()));
    assert_eq!(check(true, &[], turn(Failed, "2026-02-01")), Ok(()));
    let wrong = Err(TurnRejection::WrongState);
    assert_eq!(check(true, &[], turn(Reversed, "2026-02-01")), wrong);
    assert_eq!(check(false, &[], turn(Confirmed, "2026-02-01")), wrong);
    let reversed = [(Reversed, day("2026-02-04"))];
    assert_eq!(check(false, &reversed, turn(Reversed, "2026-02-05")), wrong);
    assert_eq!(check(false, &[], turn(Reversed, "2026-01-31")), Err(TurnRejection::TooEarly));
    let silent = PaymentTurn { reason: " ".into(), ..turn(Reversed, "2026-02-01") };
    assert_eq!(check(false, &[], silent), Err(TurnRejection::NoReason));
}

#[test]
fn a_payment_without_turns_is_written_as_it_always_was() {
    let written = serde_json::to_value(payment(false)).unwrap();
    assert!(written.get("pending").is_none() && written.get("event").is_none());
    assert_eq!(serde_json::from_value::<Payment>(written).unwrap(), payment(false));
}

#[test]
fn a_small_difference_is_above_nothing_and_within_the_limit() {
    let small = |open: &str| is_small(nok(open), nok("5"));
    assert_eq!(["0", "0.01", "5", "5.01", "-1"].map(small), [false, true, true, false, false]);
    assert!(!is_small(nok("0.01"), nok("0")));
    assert!(!is_small(nok("1"), Money::from_minor(500, Currency::EUR)));
}

fn credit(number: u128, unused: i64) -> Credit {
    Credit {
        base: None,
        source: CreditSource::Payment(PaymentId(Uuid::from_u128(number))),
        since: day("2026-02-01"),
        unused: Money::from_minor(unused, Currency::NOK),
    }
}

#[test]
fn a_refund_needs_money_that_is_there_that_day() {
    let credits = [credit(1, 1_000), credit(2, 500)];
    let refused = |amount: &str, on: &str| take(nok(amount), day(on), &credits).unwrap_err();
    assert_eq!(refused("0", "2026-02-01"), RefundRejection::NotPositive);
    assert_eq!(refused("1", "2026-01-31"), RefundRejection::TooEarly);
    let most = RefundRejection::MoreThanUnused { unused: nok("15") };
    assert_eq!(refused("15.01", "2026-02-01"), most);
    let euro = Money::from_minor(1, Currency::EUR);
    assert_eq!(take(euro, day("2026-02-01"), &credits), Err(RefundRejection::WrongCredit));
}

fn any_turns() -> impl Strategy<Value = Vec<(PaymentOutcome, chrono::NaiveDate)>> {
    let outcome = prop::sample::select(vec![Failed, Confirmed, Reversed]);
    let on = (0_u64..60).prop_map(|days| day("2026-02-01") + Days::new(days));
    prop::collection::vec((outcome, on), 0..6)
}

proptest! {
    #[test]
    fn order_and_repeats_of_turns_do_not_matter(turns in any_turns(), pending: bool, by: usize) {
        let straight = PaymentStanding::of(&payment(pending), &turns);
        let mut mixed = turns.clone();
        mixed.reverse();
        mixed.extend(turns.get(by % (turns.len() + 1)..).unwrap_or_default());
        prop_assert_eq!(PaymentStanding::of(&payment(pending), &mixed), straight);
    }

    #[test]
    fn a_reversal_changes_no_day_before_it(turns in any_turns(), pending: bool, at in 0_u64..60) {
        let on = day("2026-02-01") + Days::new(at);
        let before = PaymentStanding::of(&payment(pending), &turns);
        let mut more = turns;
        more.push((Reversed, on));
        let after = PaymentStanding::of(&payment(pending), &more);
        for days in 0..60 {
            let on_day = day("2026-02-01") + Days::new(days);
            let expected = before.counts(on_day) && on_day < on;
            prop_assert_eq!(after.counts(on_day), expected);
        }
    }

    #[test]
    fn an_end_takes_back_exactly_the_days_after_it(
        causes in prop::collection::vec(0_u64..40, 1..4),
        ends in prop::collection::vec(0_u64..40, 0..4),
    ) {
        let days = |offsets: &[u64]| -> Vec<chrono::NaiveDate> {
            offsets.iter().map(|offset| day("2026-02-01") + Days::new(*offset)).collect()
        };
        let span = Span::of(&days(&causes), &days(&ends)).unwrap();
        for offset in 0..40_u64 {
            let on = day("2026-02-01") + Days::new(offset);
            let expected = causes.iter().all(|c| *c <= offset) && ends.iter().all(|e| offset < *e);
            prop_assert_eq!(span.covers(on), expected);
        }
    }

    #[test]
    fn a_refund_takes_exactly_its_amount_and_never_more_than_is_unused(
        unused in prop::collection::vec(1_i64..100_000, 0..8),
        amount in 1_i64..400_000,
    ) {
        let credits: Vec<Credit> =
            (1..).zip(&unused).map(|(number, minor)| credit(number, *minor)).collect();
        let wanted = Money::from_minor(amount, Currency::NOK);
        let there: i64 = unused.iter().sum();
        match take(wanted, day("2026-03-01"), &credits) {
            Err(rejection) => {
                prop_assert!(amount > there, "{rejection}");
            }
            Ok(parts) => {
                prop_assert_eq!(parts.iter().map(|part| part.amount.minor()).sum::<i64>(), amount);
                for part in parts {
                    let of = credits.iter().find(|credit| credit.source == part.source).unwrap();
                    prop_assert!(part.amount.is_positive());
                    prop_assert!(part.amount.minor() <= of.unused.minor());
                }
            }
        }
    }
}
