mod extending;

use super::*;
use crate::catalogue::ServiceItem;
use crate::charge::{BookingEvent, Charge, ChargeEffect, ChargeRule, EventKind, RecordedEvent};
use crate::holding::{DrawRejection, Drawn, Holding, HoldingState, Moved, Movement, Told, settle};
use crate::ids::{CreditNoteId, DrawId, EntitlementId, EventId, ServiceId};
use crate::package::{
    Closing, Draw, Entitlement, Holds, PackageContents, PackageItem, PackageTerms, RefundRule,
    Sale, SoldShare, Taken, TermsRejection,
};

const DRIVE: ServiceId = ServiceId(Uuid::from_u128(1));
const THEORY: ServiceId = ServiceId(Uuid::from_u128(2));
const PACKAGE: ServiceId = ServiceId(Uuid::from_u128(3));

fn service(id: ServiceId, price: &str, package: Option<PackageTerms>) -> ServiceItem {
    ServiceItem {
        id,
        school_id: SchoolId(Uuid::from_u128(1)),
        code: format!("S{}", id.0.as_u128()),
        name: "Kjøretime".into(),
        kind: if package.is_some() { ServiceKind::Package } else { ServiceKind::Lesson },
        unit_price: dec(price),
        tax_code: "3".into(),
        income_account: "3000".into(),
        active: true,
        package,
    }
}

fn lessons(items: &[(ServiceId, &str)]) -> PackageContents {
    let items = items.iter().map(|(id, n)| PackageItem { service_id: *id, quantity: dec(n) });
    PackageContents::Lessons { items: items.collect() }
}

/// A package of these contents, sold for a price on 2026-11-20.
fn sold(number: u128, contents: PackageContents, price: &str, months: Option<u32>) -> Holding {
    let terms = PackageTerms { contents, valid_months: months, refund: RefundRule::ProRata };
    let catalogue = [
        service(DRIVE, "800", None),
        service(THEORY, "400", None),
        service(PACKAGE, price, Some(terms)),
    ];
    let mut line = line("1", price, standard("25"));
    line.service_id = Some(PACKAGE);
    let number_text = crate::numbering::DocumentNumber {
        series_id: SeriesId(Uuid::from_u128(4)),
        sequence: 1,
        text: "A-1".into(),
    };
    let draft = draft(vec![line], PriceBasis::Gross, Currency::NOK);
    let id = InvoiceId(Uuid::from_u128(number));
    let invoice = draft.issue(id, number_text, String::new()).unwrap();
    let find = |id| catalogue.iter().find(|service| service.id == id);
    let sale = Sale { invoices: vec![invoice], unsplit: Vec::new() };
    let entitlement =
        Entitlement::opened(EntitlementId(Uuid::from_u128(number)), &sale, 0, find).unwrap();
    Holding::sold(entitlement)
}

fn ten() -> Holding {
    sold(1, lessons(&[(DRIVE, "10")]), "7500", Some(12))
}

fn event(number: u128, kind: EventKind, quantity: &str) -> BookingEvent {
    BookingEvent {
        id: EventId(Uuid::from_u128(number)),
        school_id: SchoolId(Uuid::from_u128(1)),
        key: format!("b{number}"),
        kind,
        student_id: StudentId(Uuid::from_u128(2)),
        department_id: None,
        service_id: DRIVE,
        quantity: dec(quantity),
        happened_on: day("2026-12-01"),
        booking: String::new(),
    }
}

fn told(event: BookingEvent, rules: &[ChargeRule]) -> Told {
    let drive = service(DRIVE, "800", None);
    let charge = event.charge(rules, &drive, "Kjøretime".into(), Currency::NOK).unwrap();
    let effect = ChargeRule::effect(rules, event.kind, event.service_id, event.happened_on);
    Told { event, charge, effect }
}

fn settled(holdings: &mut [Holding], event: BookingEvent) -> RecordedEvent {
    with_rules(holdings, event, &[])
}

fn with_rules(
    holdings: &mut [Holding],
    event: BookingEvent,
    rules: &[ChargeRule],
) -> RecordedEvent {
    let at = event.id.0.as_u128() * 10;
    let id = |place: u32| DrawId(Uuid::from_u128(at + u128::from(place)));
    settle(holdings, told(event, rules), id).unwrap()
}

fn amount(charge: &Option<Charge>) -> Option<Money> {
    charge.as_ref().map(|charge| charge.amount)
}

#[test]
fn a_lesson_is_drawn_instead_of_charged() {
    let mut held = [ten()];
    let recorded = settled(&mut held, event(1, EventKind::Attended, "1"));
    assert_eq!((recorded.charge, recorded.coverage.whole), (None, true));
    assert_eq!(held[0].lessons(), (dec("10"), dec("9")));
    assert_eq!(held[0].worth(RefundRule::ProRata, day("2026-12-01")), Ok(nok("6750")));
    assert_eq!(held[0].worth(RefundRule::LessListPrice, day("2026-12-01")), Ok(nok("6700")));
    assert_eq!(held[0].worth(RefundRule::Nothing, day("2026-12-01")), Ok(nok("0")));
}

#[test]
fn what_a_package_cannot_cover_is_charged() {
    let mut held = [sold(1, lessons(&[(DRIVE, "1.5")]), "1200", None)];
    let recorded = settled(&mut held, event(1, EventKind::Attended, "2"));
    assert_eq!(amount(&recorded.charge), Some(nok("400")));
    assert!(!recorded.coverage.whole);
    assert_eq!(held[0].state(day("2026-12-01")), HoldingState::UsedUp);
    let next = settled(&mut held, event(2, EventKind::Attended, "1"));
    assert_eq!((amount(&next.charge), next.coverage.is_none()), (Some(nok("800")), true));
}

#[test]
fn lessons_go_before_money_and_what_ends_first_goes_first() {
    let money = PackageContents::Amount { amount: nok("1000") };
    let mut held = [
        sold(1, money, "900", Some(1)),
        sold(2, lessons(&[(DRIVE, "1")]), "700", None),
        sold(3, lessons(&[(DRIVE, "1")]), "700", Some(6)),
    ];
    let taken = settled(&mut held, event(1, EventKind::Attended, "3")).coverage.draws;
    let order: Vec<u128> = taken.iter().map(|d| d.entitlement_id.0.as_u128()).collect();
    assert_eq!(order, [3, 2, 1]);
    assert_eq!(taken[2].taken, Taken::Amount { amount: nok("800") });
    let next = settled(&mut held, event(2, EventKind::Attended, "1"));
    assert_eq!(amount(&next.charge), Some(nok("600")));
}

#[test]
fn an_amount_pays_only_for_what_bears_its_vat_code_and_never_for_a_package() {
    let money = || [sold(1, PackageContents::Amount { amount: nok("5000") }, "5000", None)];
    let mut other = told(event(1, EventKind::Attended, "1"), &[]);
    if let Some(charge) = &mut other.charge {
        charge.tax_code = "6".into();
    }
    let id = |_| DrawId(Uuid::from_u128(1));
    assert!(settle(&mut money(), other, id).unwrap().coverage.is_none());
    let changed = settled(&mut money(), event(2, EventKind::PackageChanged, "1"));
    assert_eq!((amount(&changed.charge), changed.coverage.is_none()), (Some(nok("800")), true));
}

#[test]
fn a_cancelled_in_time_lesson_gives_its_draw_back() {
    let mut held = [ten()];
    let drawn = settled(&mut held, event(1, EventKind::Attended, "1")).coverage.draws[0].id;
    let mut cancelled = event(2, EventKind::CancelledInTime, "1");
    cancelled.booking = "b1".into();
    let recorded = settled(&mut held, cancelled);
    assert_eq!((recorded.charge, recorded.coverage.returns), (None, vec![drawn]));
    assert_eq!(held[0].lessons().1, dec("10"));
}

#[test]
fn a_lesson_drawn_when_it_was_booked_is_not_drawn_again_when_it_is_held() {
    let mut held = [ten()];
    let draw = Draw {
        id: DrawId(Uuid::from_u128(77)),
        entitlement_id: held[0].entitlement.id,
        service_id: DRIVE,
        taken: Taken::Lessons { quantity: dec("1") },
    };
    let drawn = Drawn {
        draw,
        on: day("2026-11-25"),
        booking: "b1".into(),
        event: None,
        note: String::new(),
        returned: None,
    };
    held[0].draws.push(drawn);
    let recorded = settled(&mut held, event(1, EventKind::Attended, "1"));
    assert_eq!((recorded.charge, recorded.coverage.whole), (None, true));
    assert_eq!(held[0].lessons().1, dec("9"));
}

#[test]
fn a_late_cancellation_draws_or_charges_by_the_rule() {
    let rule = |effect| ChargeRule {
        school_id: SchoolId(Uuid::from_u128(1)),
        event: EventKind::CancelledLate,
        service_id: None,
        valid_from: day("2026-01-01"),
        effect,
    };
    let late = || event(1, EventKind::CancelledLate, "1");
    let mut held = [ten()];
    assert!(settled(&mut held, late()).coverage.whole);
    let half = [rule(ChargeEffect::Percent { percent: dec("50") })];
    let fee = [rule(ChargeEffect::Fee { fee: dec("300") })];
    for (rules, expected) in [(half, "400"), (fee, "300")] {
        let mut held = [ten()];
        let recorded = with_rules(&mut held, late(), &rules);
        assert_eq!(
            (amount(&recorded.charge), held[0].lessons().1),
            (Some(nok(expected)), dec("10"))
        );
    }
}

#[test]
fn nothing_is_drawn_before_the_first_day_after_the_last_or_once_closed() {
    let on =
        |text: &str| BookingEvent { happened_on: day(text), ..event(1, EventKind::Attended, "1") };
    for (text, covered) in
        [("2026-11-19", false), ("2026-11-20", true), ("2027-11-20", true), ("2027-11-21", false)]
    {
        assert_eq!(settled(&mut [ten()], on(text)).coverage.whole, covered, "{text}");
    }
    let mut closed = ten();
    closed.closed = Some(Closing {
        school_id: closed.entitlement.school_id,
        student_id: closed.entitlement.student_id,
        entitlement_id: closed.entitlement.id,
        credit_note_id: CreditNoteId(Uuid::from_u128(9)),
        on: day("2026-12-01"),
        reason: "Moved".into(),
    });
    assert!(settled(&mut [closed.clone()], on("2026-11-30")).coverage.whole);
    assert!(!settled(&mut [closed], on("2026-12-01")).coverage.whole);
    assert_eq!(ten().state(day("2027-11-21")), HoldingState::Expired);
    assert_eq!(ten().worth(RefundRule::ProRata, day("2027-11-21")), Ok(nok("0")));
}

#[test]
fn the_rows_of_a_package_end_at_what_is_left() {
    let mut held = [ten()];
    settled(&mut held, event(1, EventKind::Attended, "1"));
    let mut cancelled = event(2, EventKind::CancelledInTime, "1");
    cancelled.booking = "b1".into();
    settled(&mut held, cancelled);
    settled(&mut held, event(3, EventKind::Attended, "2"));
    let row = |m: &Movement| (m.moved, m.lessons.to_string(), m.left.to_string());
    let rows = held[0].movements(day("2027-11-21")).unwrap();
    let told: Vec<_> = rows.iter().map(row).collect();
    let expected = [
        (Moved::Opened, "10", "10"),
        (Moved::Drawn, "-1", "9"),
        (Moved::Drawn, "-2", "7"),
        (Moved::Returned, "1", "8"),
        (Moved::Expired, "-8", "0"),
    ];
    assert_eq!(told, expected.map(|(moved, by, left)| (moved, by.to_owned(), left.to_owned())));
    assert_eq!(held[0].movements(day("2027-11-20")).unwrap().len(), 4);
}

#[test]
fn a_draw_by_hand_is_looked_at() {
    let held = ten();
    let draw = |service_id, quantity: &str| Draw {
        id: DrawId(Uuid::from_u128(1)),
        entitlement_id: held.entitlement.id,
        service_id,
        taken: Taken::Lessons { quantity: dec(quantity) },
    };
    let check = |draw: &Draw, on: &str| held.check(draw, "3", day(on));
    assert_eq!(check(&draw(DRIVE, "10"), "2027-11-20"), Ok(()));
    let left = "10".to_owned();
    assert_eq!(
        check(&draw(DRIVE, "10.5"), "2026-12-01"),
        Err(DrawRejection::MoreThanLeft { left })
    );
    assert_eq!(check(&draw(THEORY, "1"), "2026-12-01"), Err(DrawRejection::NotHeld));
    assert_eq!(check(&draw(DRIVE, "0"), "2026-12-01"), Err(DrawRejection::NotPositive));
    let until = day("2027-11-20");
    assert_eq!(check(&draw(DRIVE, "1"), "2027-11-21"), Err(DrawRejection::Expired { until }));
}

#[test]
fn terms_lie_within_bounds() {
    let check = |contents, months| {
        let refund = RefundRule::ProRata;
        PackageTerms { contents, valid_months: months, refund }.check()
    };
    assert_eq!(check(lessons(&[(DRIVE, "10")]), Some(12)), Ok(()));
    assert_eq!(check(lessons(&[]), None), Err(TermsRejection::ItemCount));
    assert_eq!(check(lessons(&[(DRIVE, "0")]), None), Err(TermsRejection::Quantity { item: 1 }));
    let twice = lessons(&[(DRIVE, "1"), (DRIVE, "2")]);
    assert_eq!(check(twice, None), Err(TermsRejection::Twice { item: 2 }));
    let nothing = PackageContents::Amount { amount: nok("0") };
    assert_eq!(check(nothing, None), Err(TermsRejection::NotPositive));
    assert_eq!(check(lessons(&[(DRIVE, "1")]), Some(0)), Err(TermsRejection::Months));
}

/// Kind of event and how many quarters of a lesson.
fn bookings() -> impl Strategy<Value = Vec<(usize, u32)>> {
    prop::collection::vec((0..EventKind::ALL.len(), 1_u32..12), 0..25)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None,
        ..ProptestConfig::default() })]

    #[test]
    fn what_is_drawn_and_what_is_left_are_what_is_held(
        quarters in 1_u32..60, minor in 0_i64..5_000_000, bookings in bookings(),
        is_money in any::<bool>(),
    ) {
        let price = Money::from_minor(minor, Currency::NOK);
        let quantity = Decimal::new(i64::from(quarters) * 25, 2).to_string();
        let contents = if is_money {
            PackageContents::Amount { amount: Money::from_minor(i64::from(quarters) * 9_999, Currency::NOK) }
        } else {
            lessons(&[(DRIVE, &quantity), (THEORY, "3")])
        };
        let mut held = [sold(1, contents, &price.amount().to_string(), None)];
        let today = day("2026-12-01");
        let mut worth = price;
        for (number, (kind, quarters)) in (1..).zip(bookings) {
            let quantity = Decimal::new(i64::from(quarters) * 25, 2).to_string();
            let told_event = event(number, EventKind::ALL[kind], &quantity);
            let whole = amount(&told(told_event.clone(), &[]).charge);
            let recorded = settled(&mut held, told_event);
            let lessons = held[0].lessons().1;
            prop_assert!(lessons >= Decimal::ZERO);
            let left = held[0].left_amount().unwrap();
            prop_assert!(left.is_none_or(|left| !left.is_negative()));
            // Money drawn and money charged are what it costs without a package.
            if let (Some(whole), true) = (whole, is_money) {
                let drawn = recorded.coverage.draws.iter().map(|draw| match draw.taken {
                    Taken::Amount { amount } => amount,
                    Taken::Lessons { .. } => nok("0"),
                });
                let drawn = Money::sum(Currency::NOK, drawn).unwrap();
                let charged = amount(&recorded.charge).unwrap_or(nok("0"));
                prop_assert_eq!(drawn.plus(charged).unwrap(), whole);
            }
            // Drawing never makes a rest worth more, and a rest is never worth more than was paid.
            let now = held[0].worth(RefundRule::ProRata, today).unwrap();
            prop_assert!(now.minor() <= worth.minor() && !now.is_negative());
            worth = now;
        }
        let rows = held[0].movements(today).unwrap();
        let last = rows.last().unwrap();
        prop_assert_eq!(last.left, held[0].lessons().1);
        prop_assert_eq!(last.left_amount, held[0].left_amount().unwrap());
        for drawn in &mut held[0].draws {
            drawn.returned = Some((today, "Given back".into()));
        }
        prop_assert_eq!(held[0].worth(RefundRule::ProRata, today).unwrap(), price);
        prop_assert_eq!(held[0].worth(RefundRule::LessListPrice, today).unwrap(), price);
        let Holds::Lessons { items } = held[0].entitlement.holds.clone() else { return Ok(()) };
        for item in items {
            prop_assert_eq!(held[0].left_of(&item), item.quantity.normalize());
        }
    }
}

proptest! {
    #[test]
    fn every_payer_gets_back_its_share_and_all_together_the_rest(
        shares in proptest::collection::vec(1_i64..2_000_000, 1..6),
        part in 0_u32..=1_000,
    ) {
        let whole: i64 = shares.iter().sum();
        let rest = Money::from_minor(whole * i64::from(part) / 1_000, Currency::NOK);
        let mut sold = ten().entitlement;
        let shared = (1..).zip(&shares).map(|(number, minor)| SoldShare {
            invoice_id: InvoiceId(Uuid::from_u128(number)),
            gross: Money::from_minor(*minor, Currency::NOK),
        });
        sold.shares = shared.collect();
        let given = sold.given_back(rest).unwrap();
        let sum = Money::sum(Currency::NOK, given.iter().map(|share| share.gross)).unwrap();
        prop_assert_eq!(sum, rest);
        for back in &given {
            let paid = sold.shares.iter().find(|share| share.invoice_id == back.invoice_id);
            prop_assert!(back.gross.is_positive() && back.gross.minor() <= paid.unwrap().gross.minor());
        }
    }
}
