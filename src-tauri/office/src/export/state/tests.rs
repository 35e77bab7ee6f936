use super::{Event, after};
use std::collections::BTreeSet;
use store::exports::ExportState;

fn reachable(from: ExportState) -> BTreeSet<ExportState> {
    Event::ALL.iter().filter_map(|event| after(from, *event)).collect()
}

#[test]
fn settled_states_are_left_by_nothing() {
    use ExportState::{Cancelled, SettledManually, Skipped, Superseded};
    for state in [SettledManually, Skipped, Cancelled, Superseded] {
        assert!(reachable(state).is_empty(), "{state:?}");
    }
}

#[test]
fn what_is_there_is_left_only_by_a_person_who_saw_that_it_is_gone() {
    for event in Event::ALL {
        let next = after(ExportState::Exported, *event);
        assert_eq!(next, (*event == Event::Vanish).then_some(ExportState::Pending), "{event:?}");
    }
}

#[test]
fn only_a_claim_puts_a_record_in_flight() {
    for state in ExportState::ALL {
        for event in Event::ALL {
            if after(*state, *event) == Some(ExportState::InFlight) {
                assert_eq!(*event, Event::Claim);
                assert!(matches!(state, ExportState::Pending | ExportState::RetryWait));
            }
        }
    }
}

#[test]
fn a_record_that_may_be_there_is_never_sent_again_without_a_look_up() {
    for event in Event::ALL {
        let next = after(ExportState::Unknown, *event);
        if next == Some(ExportState::Pending) {
            assert_eq!(*event, Event::ProveAbsent);
        }
        assert_ne!(next, Some(ExportState::InFlight));
        assert_ne!(next, Some(ExportState::RetryWait));
        assert_ne!(after(ExportState::InFlight, *event), Some(ExportState::Pending));
    }
}

#[test]
fn a_record_that_may_be_there_is_never_left_out_or_taken_back() {
    for state in [ExportState::InFlight, ExportState::Unknown] {
        for event in [Event::Skip, Event::Cancel, Event::SettleByHand, Event::Supersede] {
            assert_eq!(after(state, event), None);
        }
    }
}

#[test]
fn walks_of_random_events_stay_on_the_drawn_paths() {
    // The paths of the design, drawn as edges; a walk may take no other.
    use ExportState::{
        Blocked, Cancelled, Exported, InFlight, NeedsReview, Pending, RetryWait, SettledManually,
        Skipped, Superseded, Unknown,
    };
    let drawn: BTreeSet<(ExportState, ExportState)> = [
        (Pending, InFlight),
        (RetryWait, InFlight),
        (InFlight, Exported),
        (InFlight, RetryWait),
        (InFlight, Unknown),
        (InFlight, NeedsReview),
        (InFlight, Blocked),
        (Exported, Pending),
        (Unknown, Exported),
        (Unknown, Pending),
        (Unknown, NeedsReview),
        (Pending, NeedsReview),
        (RetryWait, NeedsReview),
        (Pending, Blocked),
        (RetryWait, Blocked),
        (Blocked, Pending),
        (NeedsReview, Pending),
        (NeedsReview, Exported),
        (NeedsReview, SettledManually),
        (Blocked, SettledManually),
        (NeedsReview, Skipped),
        (Blocked, Skipped),
        (Pending, Skipped),
        (RetryWait, Skipped),
        (NeedsReview, Cancelled),
        (Blocked, Cancelled),
        (Pending, Cancelled),
        (RetryWait, Cancelled),
        (Pending, Superseded),
        (RetryWait, Superseded),
        (NeedsReview, Superseded),
        (Blocked, Superseded),
    ]
    .into();
    let mut dice: u64 = 42;
    let mut taken = BTreeSet::new();
    for _ in 0..5_000 {
        let mut state = Pending;
        for _ in 0..40 {
            dice = dice
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let event = Event::ALL[usize::try_from(dice >> 33).unwrap() % Event::ALL.len()];
            if let Some(next) = after(state, event) {
                assert!(drawn.contains(&(state, next)), "{state:?} -{event:?}-> {next:?}");
                taken.insert((state, next));
                state = next;
            }
        }
    }
    assert_eq!(taken, drawn, "every drawn path is walked");
}
