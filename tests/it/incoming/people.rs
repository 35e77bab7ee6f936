//! Details of customers that are changed on both sides.

use super::{conflicts, read, sent, there, write};
use chrono::TimeDelta;
use finance::fact::FactBody;
use finance::party::{Address, Person};
use office::actor::Actor;
use providers::change::{Changes, RemoteChange, RemoteContact};
use providers::document::{CustomerDocument, ExportDocument};
use simulators::qbo::QboSimulator;
use simulators::sage::SageSimulator;
use simulators::xero::XeroSimulator;
use store::exports::ExportKind;
use support::engine::Bench;
use support::exporting::{self, day, student_id};
use support::system::System;

const NAME: &str = "Ann Learner 0 (1001)";

/// Somebody changes the customer over there.
async fn change_there<S: System>(bench: &Bench<S>, key: u32, name: &str, email: &str) {
    bench.time.0.advance(TimeDelta::minutes(5));
    let customers = there(bench, ExportKind::Customer).await;
    let customer = CustomerDocument {
        reference: format!("CHANGE-{key}"),
        existing: customers.into_values().next().expect("a customer"),
        number: "1001".to_owned(),
        tax_number: String::new(),
        name: name.to_owned(),
        email: email.to_owned(),
        phone: String::new(),
        address: Address::default(),
        currency: None,
    };
    write(bench, 400 + key, ExportDocument::Customer(customer)).await;
}

async fn change_here<S: System>(bench: &Bench<S>, email: &str) {
    bench.time.0.advance(TimeDelta::minutes(5));
    let office = super::office(bench).await;
    let person = Person { email: email.to_owned(), ..person(bench).await };
    let change = FactBody::StudentChanged { student_id: student_id(0), person };
    office.record_alone(&Actor::owner(), [change]).await.expect("recorded");
}

async fn person<S: System>(bench: &Bench<S>) -> Person {
    let mut view = bench.store.read().await.expect("a view");
    let row = view.find_student(student_id(0), day()).await.expect("a student");
    row.expect("a student").student.person
}

async fn how_somebody_is_reached_goes_by_who_wrote_last<S: System>() {
    let bench = sent::<S>().await;
    read(&bench).await;
    change_there(&bench, 1, NAME, "there@example.org").await;
    for _ in 0..2 {
        read(&bench).await;
    }
    assert_eq!(person(&bench).await.email, "there@example.org", "{:?}", conflicts(&bench).await);
    let writes = bench.sim.calls().0;
    bench.run_until_quiet().await;
    assert_eq!(bench.sim.calls().0, writes, "it is not told back");

    // Both changed it, we last: ours stays, and is told.
    change_there(&bench, 2, NAME, "older@example.org").await;
    change_here(&bench, "newer@example.org").await;
    read(&bench).await;
    assert_eq!(person(&bench).await.email, "newer@example.org");
    bench.run_until_quiet().await;
    read(&bench).await;
    assert_eq!(person(&bench).await.email, "newer@example.org");
    assert!(bench.sim.calls().0 > writes, "ours was told");
    assert!(conflicts(&bench).await.is_empty(), "{:?}", conflicts(&bench).await);
}

#[tokio::test]
async fn how_somebody_is_reached_goes_by_who_wrote_last_in_xero_or_here() {
    how_somebody_is_reached_goes_by_who_wrote_last::<XeroSimulator>().await;
}

#[tokio::test]
async fn how_somebody_is_reached_goes_by_who_wrote_last_in_quickbooks_or_here() {
    how_somebody_is_reached_goes_by_who_wrote_last::<QboSimulator>().await;
}

#[tokio::test]
async fn how_somebody_is_reached_goes_by_who_wrote_last_in_sage_or_here() {
    how_somebody_is_reached_goes_by_who_wrote_last::<SageSimulator>().await;
}

/// A street that is too long for Sage, and is cut there.
async fn what_we_change_does_not_come_back_as_theirs<S: System>() {
    let bench = sent::<S>().await;
    read(&bench).await;
    let street = "Øvre Vollgate and a very long name of a street that goes on, 12";
    let address =
        Address { line1: street.to_owned(), country: "NO".to_owned(), ..Address::default() };
    bench.time.0.advance(TimeDelta::minutes(5));
    let office = super::office(&bench).await;
    let moved = Person { address: address.clone(), ..person(&bench).await };
    let change = FactBody::StudentChanged { student_id: student_id(0), person: moved };
    office.record_alone(&Actor::owner(), [change]).await.expect("recorded");
    bench.time.0.advance(TimeDelta::minutes(5));
    bench.run_until_quiet().await;
    for _ in 0..2 {
        read(&bench).await;
        bench.time.0.advance(TimeDelta::minutes(5));
    }
    assert_eq!(person(&bench).await.address, address);
    assert!(conflicts(&bench).await.is_empty(), "{:?}", conflicts(&bench).await);
    // What somebody there changes afterwards is theirs, and its country may be no code.
    change_there(&bench, 3, NAME, "there@example.org").await;
    read(&bench).await;
    assert_eq!(person(&bench).await.email, "there@example.org");
}

#[tokio::test]
async fn what_we_change_in_xero_does_not_come_back_as_theirs() {
    what_we_change_does_not_come_back_as_theirs::<XeroSimulator>().await;
}

#[tokio::test]
async fn what_we_change_in_quickbooks_does_not_come_back_as_theirs() {
    what_we_change_does_not_come_back_as_theirs::<QboSimulator>().await;
}

#[tokio::test]
async fn what_we_change_in_sage_does_not_come_back_as_theirs() {
    what_we_change_does_not_come_back_as_theirs::<SageSimulator>().await;
}

/// A country in words, and an e-mail that is none: neither goes into the book.
#[tokio::test]
async fn what_comes_back_is_as_sound_as_what_is_typed() {
    let bench = sent::<XeroSimulator>().await;
    read(&bench).await;
    let all = super::changes(&bench, exporting::noon() - TimeDelta::minutes(10)).await;
    let told = all.records.iter().find_map(|it| match it {
        RemoteChange::Contact(told) if told.name == NAME => Some(told.clone()),
        _ => None,
    });
    let told = told.expect("the customer");
    let modified_at = told.modified_at + TimeDelta::hours(1);
    let of = |contact: RemoteContact| Changes {
        records: vec![RemoteChange::Contact(contact)],
        ..Changes::default()
    };
    let address = Address {
        line1: "Storgata 1".to_owned(),
        city: "Oslo".to_owned(),
        country: "Norway".to_owned(),
        ..Address::default()
    };
    let moved = RemoteContact { address, modified_at, ..told };
    super::take(&bench, &of(moved.clone())).await;
    let now = person(&bench).await.address;
    assert_eq!((now.line1.as_str(), now.country.as_str()), ("Storgata 1", ""));
    let odd = RemoteContact { email: "ann at home".to_owned(), ..moved };
    super::take(&bench, &of(odd)).await;
    assert_eq!(person(&bench).await.email, "");
    let causes: Vec<String> = conflicts(&bench).await.into_iter().map(|it| it.cause).collect();
    assert_eq!(causes, ["not_taken"]);
}

async fn another_name_there_is_a_conflict<S: System>() {
    let bench = sent::<S>().await;
    read(&bench).await;
    change_there(&bench, 1, "Anna Learner", "anna@example.org").await;
    read(&bench).await;
    let now = person(&bench).await;
    assert_eq!((now.name.as_str(), now.email.as_str()), ("Ann Learner 0", "anna@example.org"));
    let found = conflicts(&bench).await;
    let [conflict] = &found[..] else { panic!("one conflict: {found:?}") };
    assert_eq!(conflict.cause, "name_differs");
    let name = conflict.fields.iter().find(|field| field.field == "name").expect("a name");
    let sides = [&name.agreed, &name.ours, &name.theirs].map(|it| it.as_deref());
    assert_eq!(sides, [Some(NAME), Some(NAME), Some("Anna Learner")]);
}

#[tokio::test]
async fn another_name_in_xero_is_a_conflict() {
    another_name_there_is_a_conflict::<XeroSimulator>().await;
}

#[tokio::test]
async fn another_name_in_quickbooks_is_a_conflict() {
    another_name_there_is_a_conflict::<QboSimulator>().await;
}

#[tokio::test]
async fn another_name_in_sage_is_a_conflict() {
    another_name_there_is_a_conflict::<SageSimulator>().await;
}
