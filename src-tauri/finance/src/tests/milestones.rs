use super::*;
use crate::ids::{MilestoneId, ServiceId};
use crate::milestone::{Before, Had, Milestone, MilestoneState, Progress};

const DRIVE: ServiceId = ServiceId(Uuid::from_u128(1));
const TEST: ServiceId = ServiceId(Uuid::from_u128(2));

fn milestone(before: Before) -> Milestone {
    Milestone {
        id: MilestoneId(Uuid::from_u128(1)),
        school_id: SchoolId(Uuid::from_u128(1)),
        name: "First half".into(),
        before,
        amount: nok("10000"),
        active: true,
    }
}

fn progress(lessons: &str, paid: &str) -> Progress {
    let had = Had { service_id: DRIVE, kind: ServiceKind::Lesson, quantity: dec(lessons) };
    let fee = Had { service_id: TEST, kind: ServiceKind::Fee, quantity: dec("40") };
    Progress { had: vec![had, fee], paid: nok(paid) }
}

fn state(
    before: Before,
    progress: &Progress,
    booking: Option<(ServiceId, ServiceKind)>,
    waived: bool,
) -> (MilestoneState, Money) {
    let checked = milestone(before).check(progress, booking, waived).unwrap();
    (checked.state, checked.missing)
}

#[test]
fn before_a_lesson_it_is_needed_when_that_lesson_is_next() {
    let before = Before::Lesson { number: 5, service_id: None };
    for (had, expected) in [
        ("3", MilestoneState::Ahead),
        ("3.5", MilestoneState::Ahead),
        ("4", MilestoneState::Missing),
        ("9", MilestoneState::Missing),
    ] {
        let found = state(before, &progress(had, "6000"), None, false);
        assert_eq!(found, (expected, nok("4000")), "{had}");
    }
    assert_eq!(state(before, &progress("9", "10000"), None, false).0, MilestoneState::Met);
    assert_eq!(
        state(before, &progress("9", "12000"), None, false),
        (MilestoneState::Met, nok("0"))
    );
}

#[test]
fn before_a_service_it_is_needed_when_that_service_is_booked() {
    let before = Before::Service { service_id: TEST };
    let asked = |booking, waived| state(before, &progress("30", "0"), booking, waived).0;
    assert_eq!(asked(None, false), MilestoneState::Ahead);
    assert_eq!(asked(Some((DRIVE, ServiceKind::Lesson)), false), MilestoneState::Ahead);
    assert_eq!(asked(Some((TEST, ServiceKind::Fee)), false), MilestoneState::Missing);
    assert_eq!(asked(Some((TEST, ServiceKind::Fee)), true), MilestoneState::Overridden);
}

#[test]
fn lessons_of_another_service_do_not_count_and_are_not_held_up() {
    let before = Before::Lesson { number: 2, service_id: Some(TEST) };
    let asked = |booking| state(before, &progress("30", "0"), booking, false).0;
    assert_eq!(asked(Some((DRIVE, ServiceKind::Lesson))), MilestoneState::Ahead);
    assert_eq!(asked(Some((TEST, ServiceKind::Fee))), MilestoneState::Missing);
    let all = Before::Lesson { number: 31, service_id: None };
    let found = milestone(all).check(&progress("30", "0"), None, false).unwrap();
    assert_eq!((found.state, found.had), (MilestoneState::Missing, Some(dec("30"))));
    let fee = Some((TEST, ServiceKind::Fee));
    assert_eq!(state(all, &progress("30", "0"), fee, false).0, MilestoneState::Ahead);
}
