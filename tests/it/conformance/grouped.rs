//! All students as one customer, told to every system.

use super::*;
use crate::reconciling::{compared, outcomes};
use finance::mapping::{EACH, GROUPED, MappedKind, STUDENTS};
use office::reconcile::Outcome;
use std::collections::BTreeMap;
use store::exports::ExportKind;
use support::system::Ledger;

macro_rules! grouped_holds_for {
    ($system:ident: $simulator:ty) => {
        mod $system {
            use super::*;

            grouped_holds_for!(@ $simulator,
                grouped_students_are_one_customer_and_everything_follows_it,
                what_was_sent_before_grouped_was_chosen_keeps_its_customer_and_so_does_what_follows_it,
                what_waits_follows_the_choice_of_grouped_and_back,
                what_each_student_was_sent_stays_when_grouped_is_taken_back,
                a_fifth_of_the_replies_lost_makes_no_second_grouped_customer,
            );
        }
    };
    (@ $simulator:ty, $($story:ident,)*) => {
        $(#[tokio::test]
        async fn $story() {
            super::$story::<$simulator>().await;
        })*
    };
}

grouped_holds_for!(xero: XeroSimulator);
grouped_holds_for!(qbo: QboSimulator);
grouped_holds_for!(sage: SageSimulator);

async fn choose<S: System>(bench: &Bench<S>, form: &str) {
    let choice = exporting::mapping(MappedKind::Customer, STUDENTS, form);
    exporting::record(&bench.store, &bench.facts, vec![choice]).await;
}

/// Names and numbers of the customers that are queued or sent.
async fn customers<S: System>(bench: &Bench<S>) -> Vec<String> {
    let rows = bench.rows(ExportView::All).await;
    let mut labels: Vec<String> = rows
        .into_iter()
        .filter(|row| row.kind == ExportKind::Customer)
        .map(|row| row.label)
        .collect();
    labels.sort_unstable();
    labels
}

/// Both sides name the same customer on every document, and the same sums.
async fn expect_agreed<S: System>(bench: &Bench<S>, wish: &Wish) {
    let ledger = wish.ledger();
    let records = ledger.invoices + ledger.notes + ledger.payments;
    let pairs = compared(bench).await;
    assert_eq!(outcomes(&pairs), BTreeMap::from([(Outcome::Agreed, records)]), "{pairs:?}");
}

async fn grouped_students_are_one_customer_and_everything_follows_it<S: System>() {
    let wish = Wish { students: 4, ..Wish::of(20) };
    let bench = Bench::<S>::of(wish).await;
    choose(&bench, GROUPED).await;
    assert_eq!(customers(&bench).await, ["Students"]);
    bench.run_until_quiet().await;
    assert_eq!(bench.sim.ledger(), Ledger { customers: 1, ..wish.ledger() });
    assert_eq!(bench.causes().await, []);
    expect_agreed(&bench, &wish).await;
}

const HALF: Wish = Wish { students: 2, paid_every: 100, credited_every: 100, ..Wish::of(4) };
const WHOLE: Wish = Wish { students: 2, paid_every: 2, credited_every: 4, ..Wish::of(8) };

/// The second half is issued now; the first half is known, and paid and credited now.
async fn go_on<S: System>(bench: &Bench<S>) {
    let later = (0..WHOLE.invoices).flat_map(|place| {
        let known = usize::from(place < HALF.invoices);
        exporting::documents(place, &WHOLE).into_iter().skip(known)
    });
    exporting::record(&bench.store, &bench.facts, later.collect()).await;
    bench.run_until_quiet().await;
    assert_eq!(bench.causes().await, []);
}

async fn what_was_sent_before_grouped_was_chosen_keeps_its_customer_and_so_does_what_follows_it<
    S: System,
>() {
    let bench = Bench::<S>::of(HALF).await;
    bench.run_until_quiet().await;
    assert_eq!(bench.sim.ledger().customers, 2);
    choose(&bench, GROUPED).await;
    assert_eq!(customers(&bench).await, ["1001", "1002"], "nothing needs another yet");
    go_on(&bench).await;
    assert_eq!(bench.sim.ledger(), Ledger { customers: 3, ..WHOLE.ledger() });
    expect_agreed(&bench, &WHOLE).await;
}

async fn what_each_student_was_sent_stays_when_grouped_is_taken_back<S: System>() {
    let bench = Bench::<S>::of(HALF).await;
    choose(&bench, GROUPED).await;
    bench.run_until_quiet().await;
    assert_eq!(bench.sim.ledger().customers, 1);
    choose(&bench, EACH).await;
    assert_eq!(customers(&bench).await, ["Students"], "no student is sent without need");
    go_on(&bench).await;
    assert_eq!(bench.sim.ledger(), Ledger { customers: 3, ..WHOLE.ledger() });
    expect_agreed(&bench, &WHOLE).await;
}

async fn what_waits_follows_the_choice_of_grouped_and_back<S: System>() {
    let wish = Wish { students: 3, mapped: false, ..Wish::of(20) };
    let bench = Bench::<S>::of(wish).await;
    choose(&bench, GROUPED).await;
    choose(&bench, EACH).await;
    assert_eq!(customers(&bench).await, ["1001", "1002", "1003"]);
    choose(&bench, GROUPED).await;
    // The customer is there, and its documents are held up for want of mappings.
    bench.run_until_quiet().await;
    assert_eq!(bench.sim.ledger(), Ledger { customers: 1, ..Ledger::default() });
    assert!(!bench.causes().await.is_empty());
    choose(&bench, EACH).await;
    choose(&bench, GROUPED).await;
    assert_eq!(customers(&bench).await, ["Students"]);
    let mapped = exporting::mappings_onto(&S::codes());
    exporting::record(&bench.store, &bench.facts, mapped).await;
    release_all(&bench).await;
    bench.run_until_quiet().await;
    assert_eq!(bench.sim.ledger(), Ledger { customers: 1, ..wish.ledger() });
    assert_eq!(bench.causes().await, []);
    expect_agreed(&bench, &wish).await;
}

async fn a_fifth_of_the_replies_lost_makes_no_second_grouped_customer<S: System>() {
    let wish = Wish { students: 6, ..Wish::of(40) };
    let bench = Bench::<S>::of(wish).await;
    choose(&bench, GROUPED).await;
    let lossy = FaultProfile::named("lossy").expect("a profile");
    bench.sim.set_faults(FaultProfile { seed: 11, ..lossy });
    bench.run_until_quiet().await;
    assert!(!bench.sim.fired().is_empty());
    release_all(&bench).await;
    bench.calm();
    bench.run_until_quiet().await;
    assert_eq!(bench.sim.duplicates(), Vec::<String>::new());
    assert_eq!(bench.sim.ledger(), Ledger { customers: 1, ..wish.ledger() });
}
