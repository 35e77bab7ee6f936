use super::*;
use crate::catalogue::ServiceItem;
use crate::charge::{
    Bill, BookingEvent, ChargeEffect, ChargeRule, EventKind, RecordedEvent, bills,
};
use crate::holding::Coverage;
use crate::ids::{ChargeId, DepartmentId, EventId, ServiceId};
use crate::pricing::price;
use std::collections::BTreeSet;

const SCHOOL: SchoolId = SchoolId(Uuid::from_u128(1));

fn service(number: u128, price: Decimal) -> ServiceItem {
    ServiceItem {
        id: ServiceId(Uuid::from_u128(number)),
        school_id: SCHOOL,
        code: format!("S{number}"),
        name: "Kjøretime".into(),
        kind: ServiceKind::Lesson,
        unit_price: price,
        tax_code: "3".into(),
        income_account: "3000".into(),
        active: true,
        package: None,
    }
}

fn event(number: u128, kind: EventKind, on: &str) -> BookingEvent {
    BookingEvent {
        id: EventId(Uuid::from_u128(number)),
        school_id: SCHOOL,
        key: format!("booking-{number}"),
        kind,
        student_id: StudentId(Uuid::from_u128(number % 3)),
        department_id: number.is_multiple_of(2).then_some(DepartmentId(Uuid::from_u128(9))),
        service_id: ServiceId(Uuid::from_u128(1)),
        quantity: Decimal::ONE,
        happened_on: day(on),
        booking: String::new(),
    }
}

fn rule(event: EventKind, service: Option<u128>, from: &str, effect: ChargeEffect) -> ChargeRule {
    ChargeRule {
        school_id: SCHOOL,
        event,
        service_id: service.map(|number| ServiceId(Uuid::from_u128(number))),
        valid_from: day(from),
        effect,
    }
}

fn charged(rules: &[ChargeRule], event: &BookingEvent) -> Option<Money> {
    let charge = event.charge(rules, &service(1, dec("790")), "x".into(), Currency::NOK);
    charge.unwrap().map(|charge| charge.amount)
}

#[test]
fn without_a_rule_only_what_was_cancelled_in_time_is_free() {
    for kind in EventKind::ALL {
        let expected = (kind != EventKind::CancelledInTime).then(|| nok("790"));
        assert_eq!(charged(&[], &event(1, kind, "2026-03-10")), expected, "{kind:?}");
    }
}

#[test]
fn the_rule_of_the_day_counts_and_the_services_own_comes_first() {
    let half = ChargeEffect::Percent { percent: dec("50") };
    let fee = ChargeEffect::Fee { fee: dec("300") };
    let rules = [
        rule(EventKind::NoShow, None, "2026-01-01", half),
        rule(EventKind::NoShow, None, "2026-04-01", fee),
        rule(EventKind::NoShow, Some(2), "2026-01-01", ChargeEffect::Nothing),
    ];
    let no_show = |on| event(1, EventKind::NoShow, on);
    assert_eq!(charged(&rules, &no_show("2025-12-31")), Some(nok("790")));
    assert_eq!(charged(&rules, &no_show("2026-03-31")), Some(nok("395")));
    assert_eq!(charged(&rules, &no_show("2026-04-01")), Some(nok("300")));
    let own = BookingEvent { service_id: ServiceId(Uuid::from_u128(2)), ..no_show("2026-04-01") };
    assert_eq!(charged(&rules, &own), None);
}

#[test]
fn a_fee_is_taken_once_however_many_lessons_were_booked() {
    let fee = ChargeEffect::Fee { fee: dec("300") };
    let rules = [rule(EventKind::CancelledLate, None, "2026-01-01", fee)];
    let mut late = event(1, EventKind::CancelledLate, "2026-03-10");
    late.quantity = dec("2");
    assert_eq!(charged(&rules, &late), Some(nok("300")));
}

#[test]
fn a_part_of_nothing_or_of_more_than_all_is_no_rule() {
    for (percent, sound) in [("0", false), ("50", true), ("100", true), ("100.01", false)] {
        assert_eq!(ChargeEffect::Percent { percent: dec(percent) }.is_sound(), sound, "{percent}");
    }
    assert!(!ChargeEffect::Percent { percent: dec("33.333") }.is_sound());
    assert!(!ChargeEffect::Fee { fee: dec("0") }.is_sound());
}

fn any_effect() -> impl Strategy<Value = ChargeEffect> {
    prop_oneof![
        Just(ChargeEffect::Full),
        Just(ChargeEffect::Nothing),
        (1_i64..=10_000)
            .prop_map(|percent| ChargeEffect::Percent { percent: Decimal::new(percent, 2) }),
        (1_i64..10_000_000).prop_map(|fee| ChargeEffect::Fee { fee: Decimal::new(fee, 4) }),
    ]
}

fn any_kind() -> impl Strategy<Value = EventKind> {
    prop::sample::select(EventKind::ALL.to_vec())
}

fn pool() -> impl Strategy<Value = Vec<RecordedEvent>> {
    prop::collection::vec((0_u128..400, any_kind(), any::<bool>()), 0..120).prop_map(|made| {
        // A book has each event once.
        let mut told = BTreeSet::new();
        let once: Vec<_> = made.into_iter().filter(|(number, ..)| told.insert(*number)).collect();
        let recorded = once.into_iter().map(|(number, kind, outside)| {
            let event = event(number, kind, "2026-03-10");
            let mut item = service(1, dec("790"));
            if outside {
                item.tax_code = "O".into();
            }
            let charge = event.charge(&[], &item, "x".into(), Currency::NOK).unwrap();
            RecordedEvent { event, charge, coverage: Coverage::default() }
        });
        recorded.collect()
    })
}

fn charges_of(bill: &Bill) -> impl Iterator<Item = ChargeId> {
    bill.charges.iter().filter_map(|recorded| recorded.charge.as_ref()).map(|charge| charge.id)
}

proptest! {
    #[test]
    fn a_charge_is_what_its_line_will_come_to(
        (price_minor, quantity, kind) in (0_i64..90_000_000, 1_i64..200_000, any_kind()),
        (effect, tax, basis) in (any_effect(), any_tax(), any_basis()),
        currency in any_currency(),
    ) {
        let rules = [rule(kind, None, "2026-01-01", effect)];
        let item = service(1, Decimal::new(price_minor, 4));
        let mut told = event(1, kind, "2026-03-10");
        told.quantity = Decimal::new(quantity, 4);
        let charge = told.charge(&rules, &item, "Kjøretime".into(), currency).unwrap();
        prop_assert_eq!(charge.is_none(), effect == ChargeEffect::Nothing);
        if let Some(charge) = charge {
            let totals = price(vec![charge.line(item.id, tax)], basis, currency).unwrap();
            let line = if basis == PriceBasis::Gross { totals.gross } else { totals.net };
            prop_assert_eq!(line, charge.amount);
        }
    }

    #[test]
    fn the_same_event_twice_is_one_charge(
        kind in any_kind(), effect in any_effect(), number in 1_u128..1_000,
    ) {
        let rules = [rule(kind, None, "2026-01-01", effect)];
        let item = service(1, dec("790"));
        let told = event(number, kind, "2026-03-10");
        let once = told.charge(&rules, &item, "x".into(), Currency::NOK).unwrap();
        let twice = told.charge(&rules, &item, "x".into(), Currency::NOK).unwrap();
        prop_assert_eq!(&once, &twice);
        let recorded = |charge| RecordedEvent { event: told.clone(), charge, coverage: Coverage::default() };
        let made = bills(vec![recorded(once.clone()), recorded(twice)], |_| false);
        prop_assert_eq!(made.iter().flat_map(charges_of).count(), usize::from(once.is_some()));
    }

    #[test]
    fn every_charge_of_a_pool_stands_on_exactly_one_bill(pool in pool()) {
        let expected: BTreeSet<ChargeId> = pool
            .iter()
            .filter_map(|recorded| recorded.charge.as_ref())
            .map(|charge| charge.id)
            .collect();
        let made = bills(pool, |code| code == "O");
        let billed: Vec<ChargeId> = made.iter().flat_map(charges_of).collect();
        prop_assert_eq!(billed.len(), expected.len());
        for bill in &made {
            for recorded in &bill.charges {
                prop_assert_eq!(recorded.event.student_id, bill.student_id);
                prop_assert_eq!(recorded.event.department_id, bill.department_id);
                let code = recorded.charge.as_ref().map(|charge| charge.tax_code.as_str());
                prop_assert_eq!(code == Some("O"), bill.out_of_scope);
            }
        }
        prop_assert_eq!(billed.into_iter().collect::<BTreeSet<_>>(), expected);
    }
}

#[test]
fn a_pool_that_no_document_can_hold_goes_onto_several() {
    let item = service(1, dec("790"));
    let recorded = (0..1_500).map(|number| {
        let mut told = event(3 * number * 2, EventKind::Attended, "2026-03-10");
        told.student_id = StudentId(Uuid::from_u128(1));
        let charge = told.charge(&[], &item, "x".into(), Currency::NOK).unwrap();
        RecordedEvent { event: told, charge, coverage: Coverage::default() }
    });
    let made = bills(recorded.collect(), |_| false);
    let sizes: Vec<(u32, usize)> =
        made.iter().map(|bill| (bill.part, bill.charges.len())).collect();
    assert_eq!(sizes, [(0, 1_000), (1, 500)]);
}
