//! All students as one customer, told to every system.

use super::*;
use finance::mapping::{GROUPED, MappedKind, STUDENTS};
use support::system::Ledger;

macro_rules! grouped_holds_for {
    ($system:ident: $simulator:ty) => {
        mod $system {
            use super::*;

            #[tokio::test]
            async fn grouped_students_are_one_customer_and_everything_follows_it() {
                super::grouped_students_are_one_customer_and_everything_follows_it::<$simulator>()
                    .await;
            }

            #[tokio::test]
            async fn what_was_sent_before_the_choice_keeps_its_customer_and_what_follows_it_too() {
                super::what_was_sent_before_the_choice_keeps_its_customer_and_what_follows_it_too::<
                                            $simulator,
                                        >()
                                        .await;
            }
        }
    };
}

grouped_holds_for!(xero: XeroSimulator);
grouped_holds_for!(qbo: QboSimulator);
grouped_holds_for!(sage: SageSimulator);

async fn choose<S: System>(bench: &Bench<S>) {
    let choice = exporting::mapping(MappedKind::Customer, STUDENTS, GROUPED);
    exporting::record(&bench.store, &bench.facts, vec![choice]).await;
}

async fn grouped_students_are_one_customer_and_everything_follows_it<S: System>() {
    let wish = Wish { students: 4, ..Wish::of(20) };
    let bench = Bench::<S>::of(wish).await;
    choose(&bench).await;
    bench.run_until_quiet().await;
    assert_eq!(bench.sim.ledger(), Ledger { customers: 1, ..wish.ledger() });
    assert_eq!(bench.causes().await, []);
}

async fn what_was_sent_before_the_choice_keeps_its_customer_and_what_follows_it_too<S: System>() {
    // The second half is issued after the choice; the first half is sent, and paid later.
    let wish = Wish { students: 2, paid_every: 100, credited_every: 100, ..Wish::of(4) };
    let bench = Bench::<S>::of(wish).await;
    bench.run_until_quiet().await;
    assert_eq!(bench.sim.ledger().customers, 2);
    choose(&bench).await;
    let whole = Wish { students: 2, paid_every: 2, credited_every: 4, ..Wish::of(8) };
    let later = (0..8).flat_map(|place| {
        // The first half is known already but for its money and its credit.
        let known = usize::from(place < 4);
        exporting::documents(place, &whole).into_iter().skip(known)
    });
    exporting::record(&bench.store, &bench.facts, later.collect()).await;
    bench.run_until_quiet().await;
    assert_eq!(bench.sim.ledger(), Ledger { customers: 3, ..whole.ledger() });
    assert_eq!(bench.causes().await, []);
}
