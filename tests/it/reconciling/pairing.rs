//! The rules of pairing, over sides made up by chance.

use super::gbp;
use chrono::{NaiveDate, TimeDelta};
use office::reconcile::{Field, Outcome, pair};
use proptest::prelude::*;
use store::exports::{ExportKind, ExportState};
use store::{OurRecord, TheirRecord};
use uuid::Uuid;

fn on() -> NaiveDate {
    "2026-11-20".parse().expect("a day")
}

fn ours(place: u8, state: ExportState, ended: bool) -> OurRecord {
    OurRecord {
        id: i64::from(place),
        kind: ExportKind::Invoice,
        document_id: Uuid::from_u128(place.into()),
        label: format!("A-{place}"),
        student: "Ann".to_owned(),
        state,
        ended,
        external_id: (state == ExportState::Exported).then(|| format!("id-{place}")),
        contact: Some("c".to_owned()),
        date: on(),
        due_date: Some(on()),
        currency: gbp(0).currency(),
        gross: gbp(1_200),
        vat: Some(gbp(200)),
        open: Some(gbp(1_200)),
    }
}

fn theirs(id: &str, number: &str, gross: i64, state: &str) -> TheirRecord {
    TheirRecord {
        kind: ExportKind::Invoice,
        id: id.to_owned(),
        number: number.to_owned(),
        reference: String::new(),
        date: on(),
        due_date: Some(on()),
        contact: Some("c".to_owned()),
        currency: gbp(0).currency(),
        gross: gbp(gross),
        vat: Some(gbp(200)),
        open: Some(gbp(gross)),
        state: state.to_owned(),
    }
}

fn told(ours_side: Vec<OurRecord>, theirs_side: Vec<TheirRecord>) -> Vec<(Outcome, Vec<Field>)> {
    pair(ours_side, theirs_side).into_iter().map(|it| (it.outcome, it.fields)).collect()
}

#[test]
fn every_field_that_differs_is_named() {
    let mut there = theirs("id-1", "a-1 ", 1_201, "live");
    there.date += TimeDelta::days(1);
    there.due_date = Some(on() + TimeDelta::days(2));
    there.contact = Some("somebody else".to_owned());
    let mine = ours(1, ExportState::Exported, false);
    let fields =
        vec![Field::Date, Field::DueDate, Field::Contact, Field::Net, Field::Gross, Field::Open];
    assert_eq!(told(vec![mine], vec![there]), [(Outcome::Differing, fields)]);
}

#[test]
fn the_same_document_with_another_rest_is_a_balance_that_differs() {
    let there = TheirRecord { open: Some(gbp(0)), ..theirs("id-1", "A-1", 1_200, "live") };
    let mine = ours(1, ExportState::Exported, false);
    assert_eq!(told(vec![mine], vec![there]), [(Outcome::Balance, vec![Field::Open])]);
}

#[test]
fn what_was_voided_there_is_missing_there_and_is_shown() {
    let pairs =
        pair(vec![ours(1, ExportState::Exported, false)], vec![theirs("id-1", "A-1", 0, "voided")]);
    assert_eq!(pairs[0].outcome, Outcome::MissingThere);
    assert_eq!(pairs[0].theirs.as_ref().map(|it| it.state.as_str()), Some("voided"));
}

#[test]
fn what_stands_there_and_was_never_sent_is_found_by_number_and_amount_and_is_to_be_linked() {
    let mine = ours(1, ExportState::NeedsReview, false);
    let there = theirs("x", "A-1", 1_200, "live");
    assert_eq!(told(vec![mine], vec![there]), [(Outcome::Differing, vec![Field::Link])]);
    let mine = ours(1, ExportState::NeedsReview, false);
    let other = theirs("x", "A-1", 1_300, "live");
    let expected = [(Outcome::MissingThere, vec![]), (Outcome::MissingHere, vec![])];
    assert_eq!(told(vec![mine], vec![other]), expected);
}

#[test]
fn the_same_number_once_more_is_a_duplicate() {
    let there = vec![theirs("id-1", "A-1", 1_200, "live"), theirs("x", "A-1", 1_200, "live")];
    let mine = ours(1, ExportState::Exported, false);
    let expected = [(Outcome::Agreed, vec![]), (Outcome::Duplicate, vec![])];
    assert_eq!(told(vec![mine], there), expected);
}

#[test]
fn what_counts_no_more_here_and_stands_there_is_missing_here() {
    let mine = ours(1, ExportState::Exported, true);
    let there = theirs("id-1", "A-1", 1_200, "live");
    assert_eq!(told(vec![mine], vec![there]), [(Outcome::MissingHere, vec![])]);
    assert_eq!(told(vec![ours(1, ExportState::Exported, true)], vec![]), []);
}

#[test]
fn what_a_person_settled_by_hand_is_missing_nowhere() {
    assert_eq!(told(vec![ours(1, ExportState::Skipped, false)], vec![]), []);
    assert_eq!(told(vec![ours(2, ExportState::SettledManually, false)], vec![]), []);
}

fn our_side() -> impl Strategy<Value = Vec<OurRecord>> {
    let states = prop::sample::select(vec![
        ExportState::Exported,
        ExportState::Pending,
        ExportState::Skipped,
        ExportState::NeedsReview,
    ]);
    let one = (states, prop::bool::weighted(0.2));
    prop::collection::vec(one, 0..12).prop_map(|all| {
        let place = |place: usize| u8::try_from(place).expect("few");
        all.into_iter()
            .enumerate()
            .map(|(at, (state, ended))| ours(place(at), state, ended))
            .collect()
    })
}

fn their_side() -> impl Strategy<Value = Vec<TheirRecord>> {
    let states = prop::sample::select(vec!["live", "live", "live", "voided", "draft"]);
    let one = (0_u8..14, 0_u8..14, 1_199_i64..1_202, states);
    prop::collection::vec(one, 0..16).prop_map(|all| {
        let mut ids = std::collections::BTreeSet::new();
        let made = all.into_iter().map(|(id, number, gross, state)| {
            theirs(&format!("id-{id}"), &format!("A-{number}"), gross, state)
        });
        made.filter(|it| ids.insert(it.id.clone())).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn pairs_hold_every_record_that_counts_exactly_once(mine in our_side(), there in their_side()) {
        let pairs = pair(mine.clone(), there.clone());
        let mut here: Vec<i64> = pairs.iter().filter_map(|it| Some(it.ours.as_ref()?.id)).collect();
        let mut remote: Vec<&str> =
            pairs.iter().filter_map(|it| Some(it.theirs.as_ref()?.id.as_str())).collect();
        let (own, others) = (here.len(), remote.len());
        here.sort_unstable();
        here.dedup();
        remote.sort_unstable();
        remote.dedup();
        prop_assert_eq!((here.len(), remote.len()), (own, others), "nothing stands twice");
        for live in there.iter().filter(|it| it.state == "live") {
            prop_assert!(remote.contains(&live.id.as_str()), "{} is left out", live.id);
        }
        let settled = |state| matches!(state, ExportState::Skipped | ExportState::SettledManually);
        for counts in mine.iter().filter(|it| !it.ended && !settled(it.state)) {
            prop_assert!(here.contains(&counts.id), "{} is left out", counts.label);
        }
    }
}
