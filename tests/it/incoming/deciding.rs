//! What a person decides about what was voided or recorded there.

use super::{THREE, conflicts, gbp, office, open, pay_there, payments, read, sent};
use finance::ids::StudentId;
use office::Fault;
use office::actor::Actor;
use office::incoming::decide_conflict;
use office::wire::incoming::{ConflictView, DecideConflict};
use providers::change::RemoteChange;
use providers::document::DocumentKind;
use simulators::qbo::QboSimulator;
use simulators::sage::SageSimulator;
use simulators::tampering::Tampering;
use simulators::xero::XeroSimulator;
use support::engine::Bench;
use support::exporting::{self, student_id};
use support::system::System;

pub async fn decide<S: System>(
    bench: &Bench<S>,
    conflict: &ConflictView,
    choice: &str,
) -> Result<(), Fault> {
    decide_for(bench, conflict, (choice, None)).await
}

/// The same, with whose it is.
pub async fn decide_for<S: System>(
    bench: &Bench<S>,
    conflict: &ConflictView,
    (choice, student): (&str, Option<StudentId>),
) -> Result<(), Fault> {
    let request = DecideConflict {
        id: conflict.id.clone(),
        choice: choice.to_owned(),
        shown: conflict.shown.clone(),
        reason: "As agreed with the bookkeeper.".to_owned(),
        student_id: student.map(|id| id.to_string()),
    };
    decide_conflict(&office(bench).await, &Actor::owner(), request).await.map(|_| ())
}

async fn what_is_voided_there_waits_for_a_person<S: System>() {
    let bench = sent::<S>().await;
    read(&bench).await;
    let number = exporting::invoice(0, THREE.students).number.text;
    bench.time.0.advance(chrono::TimeDelta::minutes(5));
    bench.sim.tamper(&number, Tampering::Voided);
    for _ in 0..2 {
        read(&bench).await;
    }
    let found = conflicts(&bench).await;
    let [conflict] = &found[..] else { panic!("one conflict: {found:?}") };
    assert_eq!((conflict.cause.as_str(), &conflict.label), ("voided_there", &number));
    let state = conflict.fields.iter().find(|field| field.field == "state").expect("a state");
    let sides = [&state.agreed, &state.ours, &state.theirs].map(|it| it.as_deref());
    assert_eq!(sides, [Some("live"), Some("live"), Some("voided")]);
    assert_eq!(open(&bench, 0).await, super::gross(0), "nothing is voided here by itself");

    let refused = decide(&bench, conflict, "take").await.expect_err("no choice of this cause");
    assert_eq!(refused.field.as_deref(), Some("choice"));
    decide(&bench, conflict, "credit").await.expect("a credit note");
    assert_eq!(open(&bench, 0).await, gbp(0));
    assert!(conflicts(&bench).await.is_empty());
    read(&bench).await;
    assert!(conflicts(&bench).await.is_empty(), "it was decided");
    let before = bench.sim.ledger();
    bench.run_until_quiet().await;
    assert_eq!(bench.sim.ledger(), before, "it is void there already");
    assert_eq!((bench.causes().await, bench.counts().await.waiting), (Vec::new(), 0));
}

#[tokio::test]
async fn what_is_voided_in_xero_waits_for_a_person() {
    what_is_voided_there_waits_for_a_person::<XeroSimulator>().await;
}

#[tokio::test]
async fn what_is_voided_in_quickbooks_waits_for_a_person() {
    what_is_voided_there_waits_for_a_person::<QboSimulator>().await;
}

#[tokio::test]
async fn what_is_voided_in_sage_waits_for_a_person() {
    what_is_voided_there_waits_for_a_person::<SageSimulator>().await;
}

#[tokio::test]
async fn money_that_looks_like_ours_waits_until_a_person_says_that_it_is_other_money() {
    let bench = sent::<XeroSimulator>().await;
    let mut by_hand = exporting::documents(1, &exporting::Wish { paid_every: 1, ..THREE });
    by_hand.retain(|body| matches!(body, finance::fact::FactBody::PaymentReceived(_)));
    exporting::record(&bench.store, &bench.facts, by_hand).await;
    pay_there(&bench, 1, gbp(5_001)).await;
    read(&bench).await;
    let found = conflicts(&bench).await;
    let [conflict] = &found[..] else { panic!("one conflict: {found:?}") };
    assert_eq!(conflict.cause, "maybe_twice");
    assert_eq!(conflict.student_id, Some(student_id(0).to_string()));
    assert_eq!(payments(&bench).await.len(), 1);

    let stale = ConflictView { shown: "something else".to_owned(), ..conflict.clone() };
    let refused = decide(&bench, &stale, "take").await.expect_err("not what was shown");
    assert_eq!(refused.rule.as_deref(), Some("comparison_changed"));
    decide(&bench, conflict, "take").await.expect("taken");
    assert_eq!((payments(&bench).await.len(), conflicts(&bench).await.len()), (2, 0));
    let gone = decide(&bench, conflict, "take").await.expect_err("decided before");
    assert_eq!(gone.rule.as_deref(), Some("conflict"));
}

/// One row that cannot be read, of ours or of anybody, keeps none of the others from being read.
#[tokio::test]
async fn what_cannot_be_read_is_told_and_holds_nothing_up() {
    let bench = sent::<XeroSimulator>().await;
    bench.time.0.advance(chrono::TimeDelta::minutes(5));
    pay_there(&bench, 1, gbp(100)).await;
    let mut all = super::changes(&bench, exporting::noon()).await;
    let ours = super::invoice_there(&bench, 0).await;
    all.records.retain(|it| it.id() != ours);
    for id in [ours, "somebody else's".to_owned()] {
        let (kind, text) = (DocumentKind::Invoice, "an amount of a third".to_owned());
        all.records.insert(0, RemoteChange::Unreadable { kind, id, text });
    }
    super::take(&bench, &all).await;
    assert_eq!(payments(&bench).await.len(), 1);
    let found = conflicts(&bench).await;
    let [conflict] = &found[..] else { panic!("one conflict: {found:?}") };
    assert_eq!(
        (conflict.cause.as_str(), &conflict.choices[..]),
        ("unreadable", &["leave".to_owned()][..])
    );
}

/// Nothing is open of it that was not before, and it is not the document that was sent.
async fn what_is_altered_there_with_the_same_total_waits_for_a_person<S: System>() {
    for (tampering, field) in
        [(Tampering::Date, "date"), (Tampering::Due, "due_date"), (Tampering::Tax, "vat")]
    {
        let bench = sent::<S>().await;
        read(&bench).await;
        assert!(conflicts(&bench).await.is_empty(), "{:?}", conflicts(&bench).await);
        let number = exporting::invoice(0, THREE.students).number.text;
        bench.time.0.advance(chrono::TimeDelta::minutes(5));
        bench.sim.tamper(&number, tampering);
        for _ in 0..2 {
            read(&bench).await;
        }
        let found = conflicts(&bench).await;
        let [conflict] = &found[..] else { panic!("one conflict of {tampering:?}: {found:?}") };
        assert_eq!((conflict.cause.as_str(), &conflict.label), ("altered_there", &number));
        let differs = conflict.fields.iter().filter(|it| it.differs);
        assert_eq!(differs.map(|it| it.field.as_str()).collect::<Vec<_>>(), [field]);
        decide(&bench, conflict, "leave").await.expect("it may stand");
        // Money for it says nothing new of the document.
        pay_there(&bench, 0, gbp(100)).await;
        read(&bench).await;
        assert!(conflicts(&bench).await.is_empty(), "it was decided");
    }
}

#[tokio::test]
async fn what_is_altered_in_xero_with_the_same_total_waits_for_a_person() {
    what_is_altered_there_with_the_same_total_waits_for_a_person::<XeroSimulator>().await;
}

#[tokio::test]
async fn what_is_altered_in_quickbooks_with_the_same_total_waits_for_a_person() {
    what_is_altered_there_with_the_same_total_waits_for_a_person::<QboSimulator>().await;
}

#[tokio::test]
async fn what_is_altered_in_sage_with_the_same_total_waits_for_a_person() {
    what_is_altered_there_with_the_same_total_waits_for_a_person::<SageSimulator>().await;
}
