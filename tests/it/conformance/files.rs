//! The PDF of each document goes beside it, once, and holds up nothing else.

use super::{release_all, session};
use finance::fact::FactBody;
use office::export::{Driver, PushDriver, RunOutcome, Tally};
use providers::document::{AttachedTo, AttachmentDocument, ExportDocument, PushItem};
use providers::{ProviderAdapter as _, ProviderError};
use simulators::faults::{Fault, FaultProfile, Rule};
use simulators::qbo::QboSimulator;
use simulators::tampering::Tampering;
use simulators::xero::XeroSimulator;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use store::exports::ExportView;
use support::engine::{Bench, HERE, adapter};
use support::exporting::{self, Wish};
use support::filing::Files;
use support::system::Ledger;
use support::wrapped::{Moment, Wrapped};
use tokio::sync::Notify;

/// Runs every story about files against a system that takes them, and those that hold for it alone.
macro_rules! files_go_to {
    ($system:ident: $simulator:ty $(, $own:ident)*) => {
        mod $system {
            use super::*;

            files_go_to!(@ $simulator,
                each_document_gets_its_file_once_and_files_are_counted_apart,
                a_lost_reply_puts_no_file_there_twice,
                a_program_killed_before_it_wrote_the_answer_down_puts_no_file_there_twice,
                another_desk_that_finds_the_documents_finds_their_files,
                what_was_there_before_the_switch_gets_no_file,
                a_file_that_is_too_large_is_refused_before_it_is_sent,
                files_that_fail_hold_up_no_document,
                $($own,)*
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

files_go_to!(xero: XeroSimulator, a_document_voided_there_gets_no_file_and_a_person_is_told);
// What QuickBooks says of a file for a voided invoice was not seen; a deleted one is `qbo_adapter`'s.
files_go_to!(qbo: QboSimulator);

const WISH: Wish = Wish { students: 2, paid_every: 2, credited_every: 3, ..Wish::of(6) };

/// Six invoices and two credit notes.
const NAMES: [&str; 8] =
    ["A-1.pdf", "A-2.pdf", "A-3.pdf", "A-4.pdf", "A-5.pdf", "A-6.pdf", "AC-3.pdf", "AC-6.pdf"];

async fn switch<S: Files>(bench: &Bench<S>, on: bool) {
    let set = FactBody::ConnectionAttachmentsSet { connection_id: HERE, on };
    exporting::record(&bench.store, &bench.facts, vec![set]).await;
}

/// A bench whose documents are to have their files.
async fn bench<S: Files>() -> Bench<S> {
    let bench = Bench::<S>::of(WISH).await;
    switch(&bench, true).await;
    bench
}

fn names<S: Files>(bench: &Bench<S>) -> Vec<String> {
    bench.sim.files().into_iter().map(|file| file.name).collect()
}

/// Documents and money are there once, and each document's file.
async fn expect_all<S: Files>(bench: &Bench<S>) {
    assert_eq!(names(bench), NAMES, "{:?}", bench.causes().await);
    assert!(bench.sim.files().iter().all(|file| file.begins == b"%PDF-"));
    assert_eq!(bench.sim.duplicates(), Vec::<String>::new());
    bench.expect_ledger(&WISH);
    assert_eq!(bench.counts().await.sent as usize, WISH.records() + NAMES.len());
}

async fn each_document_gets_its_file_once_and_files_are_counted_apart<S: Files>() {
    let bench = bench::<S>().await;
    let RunOutcome::Ran(tally, None) = bench.run().await else { panic!("a whole run") };
    let Tally { sent, attached, attention, .. } = tally;
    assert_eq!((sent as usize, attached as usize, attention), (WISH.records(), NAMES.len(), 0));
    expect_all(&bench).await;
    let calls = bench.sim.calls();
    bench.run_until_quiet().await;
    assert_eq!(bench.sim.calls(), calls);
}

async fn a_lost_reply_puts_no_file_there_twice<S: Files>() {
    let bench = bench::<S>().await;
    let lost = Rule::always(Fault::ConnectionLost).on(S::PUTS.0, S::PUTS.1).after_commit();
    let never = Rule::always(Fault::ConnectionLost).on(S::PUTS.0, S::PUTS.1);
    bench.sim.set_faults(FaultProfile::of([lost.nth(2), never.nth(4)]));
    bench.run_until_quiet().await;
    assert_eq!(bench.sim.fired().len(), 2);
    expect_all(&bench).await;
}

async fn a_program_killed_before_it_wrote_the_answer_down_puts_no_file_there_twice<S: Files>() {
    // The answers before are those of customers, documents and money.
    for file in 1..=2 {
        let bench = bench::<S>().await;
        let (sim, files) = (bench.sim.clone(), Arc::new(AtomicUsize::new(0)));
        let killed = Arc::new(Notify::new());
        let gone = killed.clone();
        let strike = move |moment: Moment| {
            let there = sim.files().len();
            if moment == Moment::AfterPush
                && files.swap(there, Ordering::SeqCst) != there
                && there >= file
            {
                gone.notify_one();
            }
        };
        let Driver::Push(push) = bench.driver.clone() else { panic!("a pushing driver") };
        let capabilities = S::PROVIDER.capabilities();
        let adapter =
            Arc::new(Wrapped { inner: adapter::<S>(), capabilities, strike, poison: None });
        let dying = Driver::Push(PushDriver { adapter, ..push });
        tokio::select! {
            biased;
            () = killed.notified() => {}
            _ = bench.engine.run(HERE, dying) => panic!("it is killed"),
        }
        let bench = bench.killed().await;
        bench.run_until_quiet().await;
        expect_all(&bench).await;
    }
}

async fn another_desk_that_finds_the_documents_finds_their_files<S: Files>() {
    let one = bench::<S>().await;
    let other = one.twin(WISH).await;
    switch(&other, true).await;
    one.run_until_quiet().await;
    other.run_until_quiet().await;
    expect_all(&one).await;
    expect_all(&other).await;
}

async fn what_was_there_before_the_switch_gets_no_file<S: Files>() {
    let bench = Bench::<S>::of(WISH).await;
    bench.run_until_quiet().await;
    switch(&bench, true).await;
    bench.run_until_quiet().await;
    assert_eq!(names(&bench), Vec::<String>::new());
    bench.expect_exactly_once(&WISH).await;
    switch(&bench, false).await;
    bench.run_until_quiet().await;
    assert_eq!(names(&bench), Vec::<String>::new());
}

/// Nothing is put there for now, and the queue waits.
async fn until_files_wait<S: Files>(bench: &Bench<S>) {
    let problem = "minute".to_owned();
    let busy = Fault::RateLimited { retry_after_s: Some(50_000), problem };
    bench.sim.set_faults(FaultProfile::of([Rule::always(busy).on(S::PUTS.0, S::PUTS.1)]));
    bench.run().await;
    bench.calm();
}

async fn a_document_voided_there_gets_no_file_and_a_person_is_told<S: Files>() {
    let bench = bench::<S>().await;
    until_files_wait(&bench).await;
    bench.sim.tamper("A-6", Tampering::Voided);
    bench.time.0.advance(chrono::TimeDelta::seconds(50_001));
    bench.run_until_quiet().await;
    let there = names(&bench);
    assert!(!there.contains(&"A-6.pdf".to_owned()), "{there:?}");
    assert_eq!(there.len(), NAMES.len() - 1, "{:?}", bench.causes().await);
    let rows = bench.rows(ExportView::Attention).await;
    let odd: Vec<_> = rows.iter().map(|row| (row.kind.word(), row.label.as_str())).collect();
    assert_eq!(odd, [("attachment", "A-6")]);
}

async fn a_file_that_is_too_large_is_refused_before_it_is_sent<S: Files>() {
    let bench = Bench::<S>::of(WISH).await;
    let calls = bench.sim.calls();
    let document = ExportDocument::Attachment(AttachmentDocument {
        reference: "K-file".to_owned(),
        attached_to: AttachedTo::Invoice,
        document: "1".to_owned(),
        file_name: "A-1.pdf".to_owned(),
        content: vec![b'%'; S::PROVIDER.capabilities().attachment_bytes + 1],
    });
    let items = [PushItem { document, idempotency_key: "7".repeat(32) }];
    let outcome = adapter::<S>().push(&session(&bench), &items).await.outcomes.remove(0);
    let Err(ProviderError::Rejected { field, text }) = outcome else { panic!("{outcome:?}") };
    assert_eq!(field.as_deref(), Some("file"));
    assert!(text.contains("MB"), "{text}");
    assert_eq!(bench.sim.calls(), calls);
}

async fn files_that_fail_hold_up_no_document<S: Files>() {
    let bench = bench::<S>().await;
    let broken = Rule::always(Fault::ServerError).on(S::PUTS.0, S::PUTS.1);
    bench.sim.set_faults(FaultProfile::of([broken]));
    bench.run_until_quiet().await;
    assert_eq!(bench.sim.ledger(), Ledger { ..WISH.ledger() });
    let rows = bench.rows(ExportView::Attention).await;
    assert!(!rows.is_empty() && rows.iter().all(|row| row.kind.word() == "attachment"), "{rows:?}");
    bench.calm();
    release_all(&bench).await;
    bench.run_until_quiet().await;
    expect_all(&bench).await;
}
