//! The journal: balanced, and on every day what the other tables say.

use super::Book;
use super::book::{
    Facts, account, credit_note_id, day, invoice, invoice_id, payment_id, reminder_id,
};
use crate::{AgeBy, AgeingQuestion, Among, JournalFilter, JournalRow, Window};
use finance::ageing::Buckets;
use finance::allocation::CreditSource;
use finance::fact::FactBody;
use finance::ledger::charts::template;
use finance::ledger::{Cause, Chart, Entry, Movement};
use finance::payment::PaymentOutcome;
use std::collections::BTreeMap;

fn chart() -> Chart {
    Chart::new(template("NO"), [], [("bank".to_owned(), "1920".to_owned())])
}

/// An invoice paid in part, credited in part, the payment taken back, a rest given up and asked for
/// again, credit paid back, and a reminder with a fee taken back.
async fn eventful() -> Book {
    let (book, mut facts) = Book::begun().await;
    let issued = invoice("1", 2, 1, 40_000, "2026-01-03");
    let note = CreditSource::CreditNote(credit_note_id(1));
    let made = [
        facts.student(1, "Kari"),
        facts.invoice(1, 1, 100_000, "2026-01-01"),
        facts.invoice(2, 1, 40_000, "2026-01-03"),
        facts.payment(1, 1, 70_000, "2026-02-01"),
        facts.payment(2, 1, 5_000, "2026-02-03"),
        facts.allocation(1, CreditSource::Payment(payment_id(1)), 1, (60_000, "2026-02-02")),
        facts.credit_note(1, &issued, "2026-02-05"),
        facts.allocation(2, note, 2, (40_000, "2026-02-05")),
        facts.turn(1, PaymentOutcome::Reversed, "2026-02-10"),
        facts.write_off(3, 1, (30_000, "2026-02-20")),
        facts.release(3, "2026-03-01"),
        facts.refund(1, 1, CreditSource::Payment(payment_id(2)), (2_000, "2026-03-05")),
        facts.reminder(1, 1, 1),
    ];
    book.record(&made).await.expect("recorded");
    let withdrawn = FactBody::ReminderWithdrawn {
        reminder_id: reminder_id(1),
        reason: "Paid in cash".to_owned(),
    };
    book.record(&[facts.fact(withdrawn)]).await.expect("recorded");
    book
}

async fn all(book: &Book, filter: JournalFilter) -> Vec<JournalRow> {
    let mut view = book.store.read().await.expect("a view");
    let page = view.journal(&filter, Window { offset: 0, limit: 100 }).await.expect("read");
    assert_eq!(page.total as usize, page.rows.len());
    page.rows
}

fn through(to: &str) -> JournalFilter {
    JournalFilter { to: Some(day(to)), ..JournalFilter::default() }
}

fn add(sums: &mut BTreeMap<String, i64>, movements: &[Movement]) {
    let entry = Entry::of(movements, &chart()).expect("balanced");
    for posting in entry.postings() {
        *sums.entry(posting.account.clone()).or_default() += posting.amount.minor();
    }
}

#[tokio::test]
async fn on_every_day_receivables_are_what_is_open_and_credit_is_what_is_unused() {
    let book = eventful().await;
    for on in ["2026-01-02", "2026-02-02", "2026-02-06", "2026-02-11", "2026-02-21", "2026-04-01"] {
        let mut listed = BTreeMap::new();
        for row in all(&book, through(on)).await {
            add(&mut listed, &row.movements);
        }
        let mut view = book.store.read().await.expect("a view");
        let mut summed = BTreeMap::new();
        for sum in view.movement_sums(None, Some(day(on))).await.expect("read") {
            add(&mut summed, &[sum.movement]);
        }
        assert_eq!(listed, summed, "{on}");
        let buckets = Buckets::default();
        let question =
            AgeingQuestion { as_of: day(on), by: AgeBy::Due, buckets, department: Among::All };
        let aged = view.ageing(&question).await.expect("aged");
        let open: i64 = aged.iter().flat_map(|row| &row.amounts.columns).map(|it| it.minor()).sum();
        let credit: i64 = aged.iter().map(|row| row.amounts.credit.minor()).sum();
        assert_eq!(summed.get("1500").copied().unwrap_or_default(), open, "{on}");
        assert_eq!(-summed.get("2900").copied().unwrap_or_default(), credit, "{on}");
    }
}

#[tokio::test]
async fn a_document_shows_the_entries_about_it_and_no_others() {
    let book = eventful().await;
    let mut view = book.store.read().await.expect("a view");
    let mut causes = async |id| -> Vec<Cause> {
        let rows = view.journal_of(id).await.expect("read");
        rows.iter().map(|row| row.cause).collect()
    };
    assert_eq!(
        causes(invoice_id(1).0).await,
        [
            Cause::Invoice,
            Cause::Allocation,
            Cause::AllocationEnded,
            Cause::ReminderFee,
            Cause::ReminderFeeWithdrawn,
            Cause::WriteOff,
            Cause::WriteOffEnded,
        ]
    );
    assert_eq!(causes(credit_note_id(1).0).await, [Cause::CreditNote, Cause::Allocation]);
    assert_eq!(causes(payment_id(2).0).await, [Cause::Payment, Cause::Refund]);
}

#[tokio::test]
async fn the_journal_is_narrowed_by_what_decides_its_accounts() {
    let book = eventful().await;
    let keys = |keys: &[&str]| JournalFilter {
        keys: Some(keys.iter().map(|key| (*key).to_owned()).collect()),
        ..JournalFilter::default()
    };
    for (key, expected) in [("payment|bank", 2), ("invoice|3000|0|3", 2), ("write_off|1", 0)] {
        let rows = all(&book, keys(&[key])).await;
        assert_eq!(rows.len(), expected, "{key}");
        assert!(rows.iter().all(|row| row.movements.iter().any(|it| it.key() == key)), "{key}");
    }
    assert!(all(&book, keys(&[])).await.is_empty());
}

#[tokio::test]
async fn of_two_names_for_one_account_the_later_holds() {
    let (book, mut facts) = Book::begun().await;
    let mut other = Facts::of("2");
    let named = |desk: &mut Facts, name: &str| desk.fact(FactBody::LedgerAccountSet(account(name)));
    let (late, early) = (named(&mut facts, "Car hire"), named(&mut other, "Cars"));
    book.record(&[late]).await.expect("recorded");
    book.record(&[early]).await.expect("recorded");
    let accounts = book.store.read().await.expect("a view").ledger_accounts().await.expect("read");
    assert_eq!(accounts.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["Car hire"]);
    assert!(book.store.verify().await.expect("verified").tables_agree);
}
