//! What is done there to the one customer that stands for all students.

use super::{conflicts, gbp, open, pay_there, payments, read, there, write};
use chrono::TimeDelta;
use finance::mapping::{GROUPED, MappedKind, STUDENTS};
use finance::party::Address;
use providers::document::{CustomerDocument, ExportDocument};
use simulators::qbo::QboSimulator;
use simulators::sage::SageSimulator;
use simulators::xero::XeroSimulator;
use store::exports::ExportKind;
use support::engine::Bench;
use support::exporting::{self, Wish, day, student_id};
use support::system::System;

/// Three invoices of three students.
const WISH: Wish =
    Wish { students: 3, paid_every: usize::MAX, credited_every: usize::MAX, ..Wish::of(3) };

async fn grouped<S: System>() -> Bench<S> {
    let bench = Bench::<S>::of(WISH).await;
    let choice = exporting::mapping(MappedKind::Customer, STUDENTS, GROUPED);
    exporting::record(&bench.store, &bench.facts, vec![choice]).await;
    bench.run_until_quiet().await;
    bench.time.0.advance(TimeDelta::minutes(5));
    bench
}

async fn money_finds_its_student_and_a_change_is_nobodys<S: System>() {
    let bench = grouped::<S>().await;
    read(&bench).await;
    pay_there(&bench, 1, gbp(100)).await;
    let customers = there(&bench, ExportKind::Customer).await;
    assert_eq!(customers.len(), 1, "{customers:?}");
    let changed = CustomerDocument {
        reference: "CHANGE".to_owned(),
        existing: customers["Students"].clone(),
        number: String::new(),
        tax_number: "123".to_owned(),
        name: "All learners".to_owned(),
        email: "office@example.org".to_owned(),
        phone: String::new(),
        address: Address::default(),
        currency: None,
    };
    write(&bench, 400, ExportDocument::Customer(changed)).await;
    for _ in 0..2 {
        read(&bench).await;
    }
    let taken = payments(&bench).await;
    let [paid] = &taken[..] else { panic!("one payment: {:?}", conflicts(&bench).await) };
    assert_eq!(paid.payment.student_id, student_id(1));
    let whole = exporting::invoice(1, WISH.students).totals.gross;
    assert_eq!(open(&bench, 1).await, whole.minus(gbp(100)).expect("one currency"));
    assert!(conflicts(&bench).await.is_empty(), "{:?}", conflicts(&bench).await);
    let mut view = bench.store.read().await.expect("a view");
    for place in 0..WISH.students {
        let row = view.find_student(student_id(place), day()).await.expect("a student");
        let person = row.expect("a student").student.person;
        assert!(person.name.starts_with("Ann Learner") && person.email.is_empty(), "{person:?}");
    }
    drop(view);
    let writes = bench.sim.calls().0;
    bench.run_until_quiet().await;
    assert_eq!(bench.sim.calls().0, writes, "nothing is told back");
}

#[tokio::test]
async fn money_of_the_grouped_customer_in_xero_finds_its_student_and_a_change_is_nobodys() {
    money_finds_its_student_and_a_change_is_nobodys::<XeroSimulator>().await;
}

#[tokio::test]
async fn money_of_the_grouped_customer_in_quickbooks_finds_its_student_and_a_change_is_nobodys() {
    money_finds_its_student_and_a_change_is_nobodys::<QboSimulator>().await;
}

#[tokio::test]
async fn money_of_the_grouped_customer_in_sage_finds_its_student_and_a_change_is_nobodys() {
    money_finds_its_student_and_a_change_is_nobodys::<SageSimulator>().await;
}
