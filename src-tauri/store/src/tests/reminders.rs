//! Reminders follow from their facts; e-mails leave the outbox once.

use super::Book;
use super::book::{day, invoice_id, reminder_id, student_id};
use crate::{Errand, MailState, OutgoingMail, ReminderFilter, StoreError, Window};
use finance::fact::FactBody;
use finance::reminder::{Channel, Held};

const ALL: Window = Window { offset: 0, limit: 100 };

async fn reminded() -> (Book, super::book::Facts) {
    let (book, mut facts) = Book::begun().await;
    let facts_made = [
        facts.student(1, "Ada Berg"),
        facts.invoice(1, 1, 79_000, "2026-01-05"),
        facts.reminder(1, 1, 1),
    ];
    book.record(&facts_made).await.expect("recorded");
    (book, facts)
}

#[tokio::test]
async fn a_reminder_counts_until_it_is_withdrawn_and_stays_in_the_history() {
    let (book, mut facts) = reminded().await;
    let mut view = book.store.read().await.expect("a view");
    assert_eq!(view.reminders_of_open_invoices().await.expect("read").len(), 1);
    let debts = view.debts_due(day("2026-01-19"), day("2026-01-19")).await.expect("read");
    assert_eq!((debts.len(), debts[0].number.as_str()), (1, "A1-1"));
    assert!(view.debts_due(day("2026-01-18"), day("2026-01-18")).await.expect("read").is_empty());
    let body = FactBody::ReminderWithdrawn { reminder_id: reminder_id(1), reason: "x".into() };
    book.record(&[facts.fact(body)]).await.expect("recorded");
    let mut view = book.store.read().await.expect("a view");
    assert!(view.reminders_of_open_invoices().await.expect("read").is_empty());
    let filter = ReminderFilter { invoice_id: Some(invoice_id(1)), ..ReminderFilter::default() };
    let page = view.list_reminders(filter, ALL).await.expect("read");
    assert!(page.rows[0].withdrawn && page.rows[0].numbers == ["A1-1"]);
    let about = view.history_of(crate::Subject::Invoice(invoice_id(1))).await.expect("read");
    assert_eq!(about.len(), 3);
}

#[tokio::test]
async fn a_reminder_of_an_invoice_that_is_not_there_is_refused() {
    let (book, mut facts) = reminded().await;
    let stray = facts.reminder(2, 1, 99);
    assert!(matches!(book.record(&[stray]).await, Err(StoreError::CauseMissing)));
}

#[tokio::test]
async fn the_later_hold_wins_and_one_taken_away_holds_nothing() {
    let (book, mut facts) = reminded().await;
    let held = Held::Student(student_id(1));
    let (earlier, later) = (facts.hold(held, None, true), facts.hold(held, None, false));
    book.record(&[later]).await.expect("recorded");
    book.record(&[earlier]).await.expect("recorded");
    let mut view = book.store.read().await.expect("a view");
    assert!(view.reminder_holds().await.expect("read").is_empty());
}

#[tokio::test]
async fn an_e_mail_is_claimed_once_and_in_doubt_after_a_crash() {
    let (book, _) = reminded().await;
    let mut tx = book.store.begin().await.expect("a transaction");
    let errand = Errand::Reminder(reminder_id(1));
    let email = Channel::Email;
    tx.queue_mail(errand, email, 5).await.expect("queued");
    tx.queue_mail(errand, Channel::Sms, 6).await.expect("once");
    assert_eq!(tx.claim_mail(Channel::Sms, 7).await.expect("read"), None);
    let mail = tx.claim_mail(email, 7).await.expect("read").expect("due");
    assert_eq!(tx.claim_mail(email, 7).await.expect("read"), None);
    let waits = OutgoingMail { state: MailState::Waiting, said: "offline".into(), ..mail };
    tx.settle_mail(&waits, (7, 100)).await.expect("settled");
    assert_eq!(tx.claim_mail(email, 99).await.expect("read"), None);
    assert!(tx.claim_mail(email, 100).await.expect("read").is_some());
    assert_eq!(tx.doubt_mail(Channel::Sms, false, 101).await.expect("doubted"), 0);
    assert_eq!(tx.doubt_mail(email, true, 101).await.expect("doubted"), 1);
    assert!(tx.claim_mail(email, 102).await.expect("read").is_some());
    assert_eq!(tx.doubt_mail(email, false, 103).await.expect("doubted"), 1);
    tx.queue_mail(errand, email, 104).await.expect("nothing");
    assert_eq!(tx.claim_mail(email, 200).await.expect("read"), None);
    let row = tx.find_reminder(reminder_id(1)).await.expect("read").expect("a reminder");
    assert_eq!((row.mail, row.said.as_str()), (Some(MailState::Unknown), "offline"));
}
