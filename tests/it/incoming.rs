//! What others do at an accounting system comes back: once, without an echo, and never over the head
//! of a person. Each story holds for each system.

mod again;
mod ahead;
mod by_currency;
mod deciding;
mod grouped;
mod held;
mod kept;
mod paid_back;
mod people;
mod shared;
mod taken_off;

use chrono::{DateTime, TimeDelta, Utc};
use finance::fact::FactBody;
use finance::money::Money;
use office::DeskSetup;
use office::actor::Actor;
use office::events::Events;
use office::health::export_health;
use office::incoming::take_over;
use office::office::{Begun, Office};
use office::secrets::MemorySecrets;
use office::wire::common::Nothing;
use office::wire::incoming::{ConflictView, ConflictsView};
use providers::ProviderAdapter as _;
use providers::change::{Changes, RemoteChange};
use providers::document::{AllocationDocument, ExportDocument, HeldAs, PaymentDocument, PushItem};
use providers::registry::Provider;
use providers::session::Session;
use simulators::qbo::QboSimulator;
use simulators::sage::SageSimulator;
use simulators::xero::XeroSimulator;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::exports::{ExportFilter, ExportKind, ExportView};
use store::{ConnectionRow, PaymentFilter, PaymentRow};
use support::engine::{Bench, HERE, adapter};
use support::exporting::{self, Wish, day, invoice_id};
use support::system::System;
use support::wrapped::Unwatched;

/// Three invoices of one student, sent.
const THREE: Wish = Wish { paid_every: usize::MAX, credited_every: usize::MAX, ..Wish::of(3) };

async fn sent<S: System>() -> Bench<S> {
    let bench = Bench::<S>::of(THREE).await;
    bench.run_until_quiet().await;
    bench.time.0.advance(TimeDelta::minutes(5));
    bench
}

/// An office over the bench's book.
async fn office<S: System>(bench: &Bench<S>) -> Office {
    let mut view = bench.store.read().await.expect("a view");
    let school = view.find_school().await.expect("a school").expect("a school");
    let last_clock = view.last_clock("A").await.expect("a clock").expect("a clock");
    let papers = std::env::temp_dir();
    let setup = DeskSetup {
        clock: Arc::new(bench.time.clone()),
        keychain: Arc::new(MemorySecrets::default()),
        ..DeskSetup::for_this_machine(papers.clone())
    };
    let begun = Begun { school, desk: "A".to_owned(), last_clock, papers };
    Office::over(bench.store.clone(), &setup, begun, Events::default()).expect("an office")
}

async fn connection<S: System>(bench: &Bench<S>) -> ConnectionRow {
    let mut view = bench.store.read().await.expect("a view");
    view.find_connection(HERE).await.expect("a connection").expect("a connection")
}

fn session<S: System>(bench: &Bench<S>) -> Session {
    Session {
        endpoints: bench.sim.endpoints(),
        company: bench.sim.company(),
        tokens: bench.tokens.clone(),
        watch: Arc::new(Unwatched),
    }
}

fn bookkeeper() -> Actor {
    Actor { name: "there".to_owned(), ..Actor::owner() }
}

async fn changes<S: System>(bench: &Bench<S>, since: DateTime<Utc>) -> Changes {
    adapter::<S>().fetch_changes(&session(bench), since).await.expect("changes")
}

async fn take<S: System>(bench: &Bench<S>, changes: &Changes) {
    let (office, connection) = (office(bench).await, connection(bench).await);
    let asked_ms = bench.time.0.now().timestamp_millis();
    take_over(&office, &connection, bookkeeper(), (changes, asked_ms)).await.expect("taken over");
}

/// Reads all that changed since the bench began.
async fn read<S: System>(bench: &Bench<S>) {
    let all = changes(bench, exporting::noon() - TimeDelta::minutes(10)).await;
    take(bench, &all).await;
}

async fn conflicts<S: System>(bench: &Bench<S>) -> Vec<ConflictView> {
    let office = office(bench).await;
    let view = office::incoming::conflicts(&office, &Actor::owner(), Nothing {}).await;
    let ConflictsView { conflicts, .. } = view.expect("conflicts");
    conflicts
}

async fn payments<S: System>(bench: &Bench<S>) -> Vec<PaymentRow> {
    let window = store::Window { offset: 0, limit: 100 };
    let mut view = bench.store.read().await.expect("a view");
    let page = view.list_payments(&PaymentFilter::default(), None, window).await;
    page.expect("payments").rows
}

async fn open<S: System>(bench: &Bench<S>, place: usize) -> Money {
    let mut view = bench.store.read().await.expect("a view");
    let record = view.find_invoice(invoice_id(place)).await.expect("an invoice");
    record.expect("an invoice").open
}

fn gross(place: usize) -> Money {
    exporting::invoice(place, THREE.students).totals.gross
}

fn gbp(minor: i64) -> Money {
    Money::from_minor(minor, "GBP".parse().expect("a currency"))
}

/// Ids of ours over there, by number.
async fn there<S: System>(bench: &Bench<S>, kind: ExportKind) -> BTreeMap<String, String> {
    let filter = ExportFilter {
        connection: Some(HERE),
        view: ExportView::Sent,
        kind: Some(kind),
        ..Default::default()
    };
    let window = store::Window { offset: 0, limit: 1_000 };
    let mut view = bench.store.read().await.expect("a view");
    let rows = view.list_exports(&filter, None, window).await.expect("rows").rows;
    rows.into_iter().filter_map(|row| Some((row.label, row.external_id?))).collect()
}

async fn invoice_there<S: System>(bench: &Bench<S>, place: usize) -> String {
    let number = exporting::invoice(place, THREE.students).number.text;
    there(bench, ExportKind::Invoice).await[&number].clone()
}

/// Somebody writes a record over there.
async fn write<S: System>(bench: &Bench<S>, key: u32, document: ExportDocument) {
    let item = PushItem { idempotency_key: format!("{key:032x}"), document };
    let answer = adapter::<S>().push(&session(bench), &[item]).await;
    assert!(answer.outcomes.iter().all(Result::is_ok), "{:?}", answer.outcomes);
}

async fn pay_there<S: System>(bench: &Bench<S>, place: usize, amount: Money) {
    let payment = PaymentDocument {
        reference: format!("BANK {place}"),
        invoice: invoice_there(bench, place).await,
        account: S::codes().bank,
        date: day(),
        amount,
        base: None,
    };
    write(bench, 100 + u32::try_from(place).expect("few"), ExportDocument::Payment(payment)).await;
}

async fn money_comes_once_and_is_not_echoed<S: System>() {
    let bench = sent::<S>().await;
    pay_there(&bench, 0, gross(0)).await;
    pay_there(&bench, 1, gbp(100)).await;
    let all = changes(&bench, exporting::noon() - TimeDelta::minutes(10)).await;

    // The program dies in the middle, and sees all of it again.
    let last = all.records.iter().rposition(|it| matches!(it, RemoteChange::Payment(_)));
    let first = last.expect("a payment");
    let half =
        Changes { records: all.records[..first].to_vec(), until: all.until, ..Changes::default() };
    take(&bench, &half).await;
    assert_eq!(payments(&bench).await.len(), 1);
    let bench = bench.killed().await;
    take(&bench, &all).await;
    read(&bench).await;

    let taken = payments(&bench).await;
    assert_eq!(taken.len(), 2, "{:?}", conflicts(&bench).await);
    assert!(taken.iter().all(|row| row.payment.method == "bank" && row.payment.event.is_some()));
    assert_eq!((open(&bench, 0).await, open(&bench, 1).await), (gbp(0), open_after(1, 100)));
    assert!(conflicts(&bench).await.is_empty(), "{:?}", conflicts(&bench).await);

    let before = bench.sim.ledger();
    bench.run_until_quiet().await;
    assert_eq!(bench.sim.ledger(), before, "nothing goes back");
    assert_eq!(before.payments, 2);
    let counts = bench.counts().await;
    assert_eq!((counts.attention, counts.waiting), (0, 0), "{:?}", bench.causes().await);
    assert_eq!(there(&bench, ExportKind::Payment).await.len(), 2, "each is there under its id");
}

fn open_after(place: usize, paid: i64) -> Money {
    gross(place).minus(gbp(paid)).expect("one currency")
}

#[tokio::test]
async fn money_taken_in_xero_comes_once_and_is_not_echoed() {
    money_comes_once_and_is_not_echoed::<XeroSimulator>().await;
}

#[tokio::test]
async fn money_taken_in_quickbooks_comes_once_and_is_not_echoed() {
    money_comes_once_and_is_not_echoed::<QboSimulator>().await;
}

#[tokio::test]
async fn money_taken_in_sage_comes_once_and_is_not_echoed() {
    money_comes_once_and_is_not_echoed::<SageSimulator>().await;
}

/// A credit note of ours whose credit is unused, sent with its invoice.
async fn with_credit<S: System>() -> Bench<S> {
    let bench = sent::<S>().await;
    let wish = Wish { credited_every: 1, ..THREE };
    let notes = exporting::documents(0, &wish).into_iter();
    let note = notes.filter(|body| matches!(body, FactBody::CreditNoteIssued(_)));
    exporting::record(&bench.store, &bench.facts, note.collect()).await;
    bench.run_until_quiet().await;
    bench
}

async fn applied_credit_comes_once_and_is_not_echoed<S: System>() {
    let bench = with_credit::<S>().await;
    let notes = there(&bench, ExportKind::CreditNote).await;
    let applied = AllocationDocument {
        reference: "Created by QB Online to link credits to charges.".to_owned(),
        credit_note: notes.into_values().next().expect("a credit note"),
        held_as: HeldAs::CreditNote,
        invoice: invoice_there(&bench, 0).await,
        date: day(),
        amount: gbp(3_333),
    };
    write(&bench, 300, ExportDocument::CreditAllocation(applied)).await;
    let before = bench.sim.ledger();
    assert_eq!(before.allocations, 1);
    for _ in 0..2 {
        read(&bench).await;
    }
    assert_eq!(open(&bench, 0).await, open_after(0, 3_333), "{:?}", conflicts(&bench).await);
    assert!(conflicts(&bench).await.is_empty());
    bench.run_until_quiet().await;
    assert_eq!(bench.sim.ledger(), before, "nothing goes back");
    assert_eq!(bench.counts().await.attention, 0, "{:?}", bench.causes().await);
    // Only QuickBooks says that it did it by itself.
    let by_itself = u32::from(S::PROVIDER == Provider::Qbo);
    let health = export_health(&office(&bench).await, &bookkeeper(), Nothing {}).await;
    assert_eq!(health.expect("health").connections[0].applied_there, by_itself);
}

#[tokio::test]
async fn credit_applied_in_xero_comes_once_and_is_not_echoed() {
    applied_credit_comes_once_and_is_not_echoed::<XeroSimulator>().await;
}

#[tokio::test]
async fn credit_that_quickbooks_applies_by_itself_comes_once_and_is_not_echoed() {
    applied_credit_comes_once_and_is_not_echoed::<QboSimulator>().await;
}

#[tokio::test]
async fn credit_applied_in_sage_comes_once_and_is_not_echoed() {
    applied_credit_comes_once_and_is_not_echoed::<SageSimulator>().await;
}
