//! A later last day, and what is paid back where something was credited before.

use super::*;
use crate::holding::{Extension, ExtensionRejection};
use crate::ids::ExtensionId;

/// The last day of [`ten`].
const LAST: &str = "2027-11-20";

fn extension(number: u128, before: &str, until: &str) -> Extension {
    Extension {
        id: ExtensionId(Uuid::from_u128(number)),
        school_id: SchoolId(Uuid::from_u128(1)),
        student_id: StudentId(Uuid::from_u128(2)),
        entitlement_id: EntitlementId(Uuid::from_u128(1)),
        before: day(before),
        until: day(until),
        on: day("2027-06-01"),
        reason: "Was ill".into(),
    }
}

fn closing(of: &Holding, on: &str) -> Closing {
    Closing {
        school_id: of.entitlement.school_id,
        student_id: of.entitlement.student_id,
        entitlement_id: of.entitlement.id,
        credit_note_id: CreditNoteId(Uuid::from_u128(9)),
        on: day(on),
        reason: "Moved".into(),
    }
}

#[test]
fn an_extension_is_later_than_the_last_day_and_not_over() {
    let held = ten();
    let check = |until: &str, today: &str| held.extensible(day(until), day(today));
    let until = day(LAST);
    assert_eq!(check("2028-05-20", "2027-06-01"), Ok(until));
    assert_eq!(check("2028-05-20", "2027-12-24"), Ok(until), "also one that has expired");
    assert_eq!(check(LAST, "2027-06-01"), Err(ExtensionRejection::NotLater { until }));
    assert_eq!(check("2027-12-01", "2027-12-24"), Err(ExtensionRejection::Past));
    let last = day("2037-06-01");
    assert_eq!(check("2037-06-02", "2027-06-01"), Err(ExtensionRejection::TooFar { last }));
    assert_eq!(check("2037-06-01", "2027-06-01"), Ok(until));
}

#[test]
fn what_is_closed_used_up_or_without_end_is_not_extended() {
    let on = day("2026-12-01");
    let later = day("2030-01-01");
    let mut closed = ten();
    closed.closed = Some(closing(&closed, "2026-12-24"));
    assert_eq!(closed.extensible(later, on), Err(ExtensionRejection::Closed));
    let mut used = [sold(1, lessons(&[(DRIVE, "1")]), "700", Some(6))];
    settled(&mut used, event(1, EventKind::Attended, "1"));
    assert_eq!(used[0].extensible(later, on), Err(ExtensionRejection::UsedUp));
    let endless = sold(1, lessons(&[(DRIVE, "1")]), "700", None);
    assert_eq!(endless.extensible(later, on), Err(ExtensionRejection::Endless));
}

#[test]
fn an_extended_package_is_drawn_on_again_and_worth_what_it_was() {
    let after = day("2027-12-24");
    let mut held = ten();
    assert_eq!(held.state(after), HoldingState::Expired);
    assert_eq!(held.worth(RefundRule::ProRata, after), Ok(nok("0")));
    assert_eq!(held.rest(RefundRule::ProRata), Ok(nok("7500")), "what lapsed");
    held.extensions.push(extension(1, LAST, "2028-05-20"));
    assert_eq!(held.state(after), HoldingState::Active);
    assert_eq!(held.worth(RefundRule::ProRata, after), Ok(nok("7500")));
    let lesson = BookingEvent { happened_on: after, ..event(1, EventKind::Attended, "1") };
    let mut held = [held];
    assert!(settled(&mut held, lesson).coverage.whole);
    let rows = held[0].movements(day("2028-05-21")).unwrap();
    let told: Vec<_> = rows.iter().map(|row| (row.moved, row.left.to_string())).collect();
    let expected = [
        (Moved::Opened, "10"),
        (Moved::Extended, "10"),
        (Moved::Drawn, "9"),
        (Moved::Expired, "0"),
    ];
    assert_eq!(told, expected.map(|(moved, left)| (moved, left.to_owned())));
    assert_eq!(rows[1].extension.map(|it| it.until), Some(day("2028-05-20")));
    assert_eq!(rows[3].on, day("2028-05-20"));
}

#[test]
fn once_closed_a_rest_is_worth_nothing_on_any_day() {
    let mut held = ten();
    held.closed = Some(closing(&held, "2026-12-24"));
    for on in ["2026-12-01", "2026-12-24"] {
        assert_eq!(held.state(day(on)), HoldingState::Closed);
        assert_eq!(held.worth(RefundRule::ProRata, day(on)), Ok(nok("0")));
    }
}

#[test]
fn what_was_credited_before_is_taken_off_the_rest_of_the_payer_who_got_it() {
    let mut held = ten();
    let share = |number: u128, amount: &str| SoldShare {
        invoice_id: InvoiceId(Uuid::from_u128(number)),
        gross: nok(amount),
    };
    held.entitlement.shares = vec![share(1, "4500"), share(2, "3000")];
    let rest = |held: &Holding| held.shares_of_rest(RefundRule::ProRata).unwrap();
    held.credited = vec![share(2, "1000")];
    assert_eq!(rest(&held), [share(1, "4500"), share(2, "2000")]);
    assert_eq!(held.worth(RefundRule::ProRata, day("2026-12-01")), Ok(nok("6500")));
    let mut drawn = [held];
    settled(&mut drawn, event(1, EventKind::Attended, "8"));
    let [held] = drawn;
    assert_eq!(rest(&held), [share(1, "900")], "600 less 1 000 is nothing, not less");
    assert_eq!(held.worth(RefundRule::ProRata, day("2026-12-01")), Ok(nok("900")));
}

proptest! {
    #[test]
    fn extensions_in_any_order_make_the_latest_day_and_change_nothing_that_is_left(
        days in prop::collection::vec(1_u64..2_000, 1..8),
        turn in any::<prop::sample::Index>(),
        quarters in 1_u32..40,
    ) {
        let mut held = [ten()];
        let quantity = Decimal::new(i64::from(quarters) * 25, 2).to_string();
        settled(&mut held, event(1, EventKind::Attended, &quantity));
        let [mut held] = held;
        let (left, rest) = (held.lessons(), held.rest(RefundRule::ProRata).unwrap());
        let last = day(LAST);
        let later = |days: u64| last + chrono::Days::new(days);
        held.extensions = (1..)
            .zip(&days)
            .map(|(number, days)| extension(number, LAST, &later(*days).to_string()))
            .collect();
        let expected = later(days.iter().copied().max().unwrap_or_default());
        let by = turn.index(held.extensions.len());
        held.extensions.rotate_left(by);
        prop_assert_eq!(held.valid_until(), Some(expected));
        // The same one twice is the same.
        held.extensions.push(held.extensions[0].clone());
        prop_assert_eq!(held.valid_until(), Some(expected));
        prop_assert_eq!((held.lessons(), held.rest(RefundRule::ProRata).unwrap()), (left, rest));
        let state = held.state(expected);
        prop_assert_eq!(state == HoldingState::Active, held.has_rest());
        let rows = held.movements(last).unwrap();
        prop_assert_eq!(rows.last().unwrap().left, left.1);
    }

    #[test]
    fn no_payer_gets_back_more_than_it_bore_whatever_was_credited_before(
        shares in prop::collection::vec((1_i64..2_000_000, 0_i64..=1_000), 1..6),
        used in 0_u32..=40,
    ) {
        let mut held = [ten()];
        let quantity = Decimal::new(i64::from(used) * 25, 2).to_string();
        if used > 0 {
            settled(&mut held, event(1, EventKind::Attended, &quantity));
        }
        let [mut held] = held;
        let minor = |minor: i64| Money::from_minor(minor, Currency::NOK);
        let whole: i64 = shares.iter().map(|(gross, _)| gross).sum();
        let share = |number: u128, minor_units: i64| SoldShare {
            invoice_id: InvoiceId(Uuid::from_u128(number)),
            gross: minor(minor_units),
        };
        held.entitlement.gross = minor(whole);
        held.entitlement.price = minor(whole);
        held.entitlement.shares = (1..).zip(&shares).map(|(n, (gross, _))| share(n, *gross)).collect();
        let untouched = held.worth(RefundRule::ProRata, day("2026-12-01")).unwrap();
        held.credited = (1..)
            .zip(&shares)
            .map(|(n, (gross, part))| share(n, gross * part / 1_000))
            .collect();
        let back = held.shares_of_rest(RefundRule::ProRata).unwrap();
        for given in &back {
            let by = |list: &[SoldShare]| {
                let it = list.iter().find(|share| share.invoice_id == given.invoice_id);
                it.map_or(0, |share| share.gross.minor())
            };
            let left = by(&held.entitlement.shares) - by(&held.credited);
            prop_assert!(given.gross.is_positive() && given.gross.minor() <= left);
        }
        let sum = Money::sum(Currency::NOK, back.iter().map(|share| share.gross)).unwrap();
        let worth = held.worth(RefundRule::ProRata, day("2026-12-01")).unwrap();
        prop_assert_eq!(sum, worth);
        prop_assert!(worth.minor() <= untouched.minor());
    }
}
