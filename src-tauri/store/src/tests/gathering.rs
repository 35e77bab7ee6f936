//! What stands in no journal entry yet is looked for in what was touched, and that is all of it.

use super::Book;
use super::book::{Facts, credit_note_id, day, invoice, payment_id, reminder_id};
use crate::exports::NewJournal;
use crate::ledger::sources;
use crate::{JournalFilter, Window};
use finance::allocation::CreditSource;
use finance::fact::{Fact, FactBody};
use finance::ids::ConnectionId;
use finance::ledger::Cause;
use finance::payment::PaymentOutcome;
use std::collections::BTreeSet;
use uuid::Uuid;

const CONNECTION: ConnectionId = ConnectionId(Uuid::from_u128(0xC0));

type Part = (Cause, Uuid);

async fn connected() -> (Book, Facts) {
    let (book, mut facts) = Book::begun().await;
    let opened = facts.fact(FactBody::ConnectionOpened {
        connection_id: CONNECTION,
        provider: "xero".to_owned(),
        remote_company_id: "1".to_owned(),
        remote_company_name: "Theirs".to_owned(),
        export_from: None,
    });
    book.record(&[opened, facts.student(1, "Kari")]).await.expect("recorded");
    (book, facts)
}

/// Goes through the book as a run does, and gives what stood in no journal entry.
async fn gather(book: &Book, through: &str) -> Vec<Part> {
    let mut tx = book.store.begin().await.expect("a transaction");
    let found = tx.unbooked(CONNECTION, (None, day(through)), 100).await.expect("found");
    let parts: Vec<Part> = found.iter().map(|it| (it.row.cause, it.row.id)).collect();
    for (cause, id) in &parts {
        let (lines, parts) = (Vec::new(), vec![(*cause, *id)]);
        let label = String::new();
        let entry = NewJournal { id: Uuid::nil(), on: day(through), label, lines, parts };
        tx.queue_journal(CONNECTION, &entry, 0).await.expect("kept");
    }
    tx.note_gathered(CONNECTION, day(through)).await.expect("noted");
    tx.commit().await.expect("committed");
    parts
}

async fn touched(book: &Book) -> i64 {
    let mut view = book.store.read().await.expect("a view");
    let count = sqlx::query_scalar("SELECT count(*) FROM journal_touched");
    count.fetch_one(view.conn()).await.expect("a count")
}

/// Money that is known to be on its way.
fn announced(mut received: Fact) -> Fact {
    let FactBody::PaymentReceived(payment) = &mut received.body else { panic!("{received:?}") };
    payment.pending = true;
    received
}

/// A life of two invoices: paid and taken back, credited, given up and asked for again, paid back,
/// reminded of; and money whose fate was open for a while.
fn events(facts: &mut Facts) -> Vec<Fact> {
    let issued = invoice("1", 2, 1, 40_000, "2026-01-03");
    let note = CreditSource::CreditNote(credit_note_id(1));
    let withdrawn = FactBody::ReminderWithdrawn {
        reminder_id: reminder_id(1),
        reason: "Paid in cash".to_owned(),
    };
    vec![
        facts.invoice(1, 1, 100_000, "2026-01-01"),
        facts.invoice(2, 1, 40_000, "2026-01-03"),
        facts.payment(1, 1, 70_000, "2026-02-01"),
        facts.payment(2, 1, 5_000, "2026-02-03"),
        facts.allocation(1, CreditSource::Payment(payment_id(1)), 1, (60_000, "2026-02-02")),
        facts.credit_note(1, &issued, "2026-02-05"),
        facts.allocation(2, note, 2, (40_000, "2026-02-05")),
        announced(facts.payment(3, 1, 9_000, "2026-02-06")),
        facts.turn(1, PaymentOutcome::Reversed, "2026-02-10"),
        facts.turn(3, PaymentOutcome::Confirmed, "2026-02-12"),
        facts.write_off(3, 1, (30_000, "2026-02-20")),
        facts.release(3, "2026-03-01"),
        facts.refund(1, 1, CreditSource::Payment(payment_id(2)), (2_000, "2026-03-05")),
        facts.reminder(1, 1, 1),
        facts.fact(withdrawn),
    ]
}

#[tokio::test]
async fn whenever_it_is_gone_through_everything_is_found_once() {
    for (step, first) in
        [(1, "2026-01-02"), (2, "2026-02-04"), (4, "2025-12-31"), (15, "2026-06-01")]
    {
        let (book, mut facts) = connected().await;
        let mut found = gather(&book, first).await;
        for part in events(&mut facts).chunks(step) {
            book.record(part).await.expect("recorded");
            found.extend(gather(&book, "2026-02-04").await);
        }
        // Days that were not due come due without anything being recorded.
        found.extend(gather(&book, "2026-02-28").await);
        found.extend(gather(&book, "2998-01-01").await);
        assert_eq!(touched(&book).await, 0);
        let mut view = book.store.read().await.expect("a view");
        let window = Window { offset: 0, limit: 100 };
        let all = view.journal(&JournalFilter::default(), window).await.expect("read");
        let all: BTreeSet<String> =
            all.rows.iter().map(|row| format!("{:?} {}", row.cause, row.id)).collect();
        let once: BTreeSet<String> =
            found.iter().map(|(cause, id)| format!("{cause:?} {id}")).collect();
        assert_eq!((once.len(), &once), (found.len(), &all), "{step}");
        assert_eq!(all.len(), 15);
    }
}

#[tokio::test]
async fn only_what_was_touched_is_looked_at_and_a_closed_connection_collects_nothing() {
    let (book, mut facts) = connected().await;
    book.record(&[facts.invoice(1, 1, 100_000, "2026-01-01")]).await.expect("recorded");
    // Gone through whole the first time, so nothing was collected for it.
    assert_eq!(touched(&book).await, 0);
    assert_eq!(gather(&book, "2026-01-31").await.len(), 1);
    assert_eq!(touched(&book).await, 0);
    let later = [facts.payment(1, 1, 500, "2026-03-01"), facts.payment(2, 1, 500, "2026-01-02")];
    book.record(&later).await.expect("recorded");
    assert_eq!(touched(&book).await, 2);
    assert_eq!(gather(&book, "2026-01-31").await, [(Cause::Payment, payment_id(2).0)]);
    assert_eq!(touched(&book).await, 1);
    let closed = facts.fact(FactBody::ConnectionClosed { connection_id: CONNECTION });
    book.record(&[closed]).await.expect("recorded");
    book.record(&[facts.payment(3, 1, 500, "2026-01-02")]).await.expect("recorded");
    assert_eq!(touched(&book).await, 1);
}

#[tokio::test]
async fn what_was_touched_is_looked_up_by_its_id_and_no_table_is_read_through() {
    let (book, _) = connected().await;
    let mut view = book.store.read().await.expect("a view");
    let sql = format!("EXPLAIN QUERY PLAN {}", sources::touched());
    let plan: Vec<(i64, i64, i64, String)> =
        sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(view.conn()).await.expect("a plan");
    let steps: Vec<&str> = plan.iter().map(|step| step.3.as_str()).collect();
    let by_id = |step: &&&str| step.contains("(id=?)");
    assert!(steps.iter().filter(by_id).count() >= sources::SOURCES.len(), "{steps:?}");
    let through: Vec<_> = steps.iter().filter(|step| step.starts_with("SCAN ")).collect();
    let of_tables = ["SCAN d", "SCAN m", "SCAN a", "SCAN r", "SCAN f"];
    assert!(!through.iter().any(|step| of_tables.contains(&&step[..6])), "{steps:?}");
}
