use super::book::{
    Facts, credit_note_id, invoice, invoice_id, nok, payment_id, series_id, student_id,
};
use super::{Book, day};
use crate::{AgeBy, AgeingQuestion, Among, Figure, StoreError};
use finance::ageing::Buckets;
use finance::allocation::CreditSource;
use finance::fact::FactBody;
use finance::numbering::DocumentKind;
use finance::{Currency, Money};

const PAID: CreditSource =
    CreditSource::Payment(finance::ids::PaymentId(uuid::Uuid::from_u128((13 << 64) | 1)));

/// One student with an invoice of 1 000 due on 15 January and 700 received on 1 February.
async fn owing() -> (Book, Facts) {
    let (book, mut facts) = Book::begun().await;
    let made = [
        facts.student(1, "Kari"),
        facts.invoice(1, 1, 100_000, "2026-01-01"),
        facts.payment(1, 1, 70_000, "2026-02-01"),
    ];
    book.record(&made).await.expect("recorded");
    (book, facts)
}

#[tokio::test]
async fn balances_follow_from_documents_payments_and_allocations() {
    let (book, mut facts) = owing().await;
    book.record(&[facts.allocation(1, PAID, 1, (60_000, "2026-02-01"))]).await.expect("set");
    let mut view = book.store.read().await.expect("a view");
    let row =
        view.find_student(student_id(1), day("2026-03-01")).await.expect("read").expect("one");
    assert_eq!((row.open, row.credit, row.balance), (nok(40_000), nok(10_000), nok(30_000)));
    assert_eq!((row.overdue, row.oldest_due), (nok(40_000), Some(day("2026-01-15"))));
    let items = view.open_items(student_id(1), day("2026-02-01")).await.expect("read");
    assert_eq!((items.len(), items[0].open), (1, nok(40_000)));
    let credits = view.unused_credits(student_id(1)).await.expect("read");
    assert_eq!((credits.len(), credits[0].source, credits[0].unused), (1, PAID, nok(10_000)));
    let payment = view.find_payment(payment_id(1)).await.expect("read").expect("one");
    assert_eq!((payment.unallocated, payment.invoices), (nok(10_000), vec!["A1-1".to_owned()]));
    let set = view.allocations_of_invoice(invoice_id(1)).await.expect("read");
    assert_eq!(set, view.allocations_of_payment(payment_id(1)).await.expect("read"));
    assert_eq!(set[0].source_reference, "REF1");
    let account = view.student_account(student_id(1)).await.expect("read");
    let amounts: Vec<_> = account.iter().map(|row| (row.amount, row.left)).collect();
    assert_eq!(amounts, [(nok(100_000), nok(40_000)), (nok(-70_000), nok(10_000))]);
}

#[tokio::test]
async fn more_than_is_open_or_received_is_refused() {
    let (book, mut facts) = owing().await;
    let much = facts.allocation(1, PAID, 1, (70_001, "2026-02-01"));
    let refused = book.record(&[much]).await;
    assert!(
        matches!(&refused, Err(StoreError::OverAllocated { what, by })
            if what == "REF1" && *by == nok(1)),
        "{refused:?}"
    );
    let other = [
        facts.payment(2, 1, 100_000, "2026-02-02"),
        facts.allocation(2, PAID, 1, (70_000, "2026-02-02")),
        facts.allocation(3, CreditSource::Payment(payment_id(2)), 1, (30_001, "2026-02-02")),
    ];
    let refused = book.record(&other).await;
    assert!(
        matches!(&refused, Err(StoreError::OverAllocated { what, .. }) if what == "A1-1"),
        "{refused:?}"
    );
    let mut view = book.store.read().await.expect("a view");
    assert_eq!(view.find_payment(payment_id(2)).await.expect("read"), None);
}

#[tokio::test]
async fn a_credit_note_is_credit_until_it_is_set_against_an_invoice() {
    let (book, mut facts) = owing().await;
    let note = facts.credit_note(1, &invoice("1", 1, 1, 100_000, "2026-01-01"), "2026-02-03");
    book.record(&[note]).await.expect("credited");
    let mut view = book.store.read().await.expect("a view");
    let row =
        view.find_student(student_id(1), day("2026-03-01")).await.expect("read").expect("one");
    assert_eq!((row.open, row.credit, row.balance), (nok(100_000), nok(170_000), nok(-70_000)));
    drop(view);
    let source = CreditSource::CreditNote(credit_note_id(1));
    book.record(&[facts.allocation(1, source, 1, (100_000, "2026-02-03"))]).await.expect("set");
    let mut view = book.store.read().await.expect("a view");
    let found = view.find_invoice(invoice_id(1)).await.expect("read").expect("one");
    assert_eq!((found.open, found.credited), (nok(0), nok(100_000)));
    let notes = view.credit_notes_of(invoice_id(1)).await.expect("read");
    assert_eq!((notes.len(), notes[0].unused), (1, nok(0)));
    let note = view.find_credit_note(credit_note_id(1)).await.expect("read").expect("one");
    assert_eq!(note, notes[0]);
    assert_eq!(view.allocations_of_credit_note(credit_note_id(1)).await.expect("read").len(), 1);
    drop(view);
    let again = facts.credit_note(2, &invoice("1", 1, 1, 100_000, "2026-01-01"), "2026-02-04");
    assert!(matches!(book.record(&[again]).await, Err(StoreError::OverAllocated { .. })));
}

#[tokio::test]
async fn a_number_is_given_once_and_without_gaps() {
    let (book, mut facts) = owing().await;
    let series = series_id("1", DocumentKind::Invoice);
    let mut view = book.store.read().await.expect("a view");
    let found = view.series_for(DocumentKind::Invoice, "1").await.expect("read").expect("one");
    assert_eq!(found.id, series);
    assert_eq!(view.peek_next_number(series).await.expect("read"), 2);
    drop(view);
    let mut tx = book.store.begin().await.expect("a transaction");
    assert_eq!(tx.next_sequence(series).await.expect("taken"), 2);
    assert_eq!(tx.next_sequence(series).await.expect("taken"), 3);
    drop(tx);
    let mut twin = invoice("1", 1, 1, 5_000, "2026-01-02");
    twin.id = invoice_id(77);
    let twin = facts.fact(FactBody::InvoiceIssued(Box::new(twin)));
    let refused = book.record(&[twin]).await;
    assert!(matches!(&refused, Err(StoreError::NumberTaken(number)) if number == "A1-1"));
    let mut view = book.store.read().await.expect("a view");
    assert_eq!(view.peek_next_number(series).await.expect("read"), 2);
}

#[tokio::test]
async fn an_amount_in_another_currency_is_refused() {
    let (book, mut facts) = owing().await;
    let mut payment = facts.payment(5, 1, 1, "2026-02-02");
    if let FactBody::PaymentReceived(payment) = &mut payment.body {
        payment.amount = Money::from_minor(1, Currency::EUR);
    }
    assert!(matches!(book.record(&[payment]).await, Err(StoreError::WrongCurrency)));
}

#[tokio::test]
async fn a_name_that_changed_is_not_shown_from_memory() {
    let (book, mut facts) = owing().await;
    let question = AgeingQuestion {
        as_of: day("2026-03-01"),
        by: AgeBy::Due,
        buckets: Buckets::default(),
        department: Among::All,
    };
    for name in ["Kari", "Kari Berg", "Kari Dahl"] {
        if name != "Kari" {
            let person = super::book::person(name);
            book.record(&[
                facts.fact(FactBody::StudentChanged { student_id: student_id(1), person })
            ])
            .await
            .expect("renamed");
        }
        // Asked twice: the second time from memory.
        for _ in 0..2 {
            let mut view = book.store.read().await.expect("a view");
            let aged = view.ageing(&question).await.expect("aged");
            let asked = view.ageing_by_asked(&question).await.expect("aged");
            assert_eq!((aged[0].name.as_ref(), asked[0].name.as_ref()), (name, name));
        }
    }
}

async fn aged(book: &Book, as_of: &str, by: AgeBy) -> Vec<(Vec<i64>, i64, i64)> {
    let question = AgeingQuestion {
        as_of: day(as_of),
        by,
        buckets: Buckets::default(),
        department: Among::All,
    };
    let mut view = book.store.read().await.expect("a view");
    let rows = view.ageing(&question).await.expect("aged");
    rows.into_iter()
        .map(|row| {
            let amounts = row.amounts;
            let columns = amounts.columns.iter().map(|money| money.minor()).collect();
            (columns, amounts.credit.minor(), amounts.balance.minor())
        })
        .collect()
}

#[tokio::test]
async fn ageing_on_a_past_day_forgets_what_came_after_it() {
    let (book, mut facts) = owing().await;
    let note = facts.credit_note(1, &invoice("1", 1, 1, 100_000, "2026-01-01"), "2026-03-01");
    let source = CreditSource::CreditNote(credit_note_id(1));
    let made = [
        facts.allocation(1, PAID, 1, (60_000, "2026-02-05")),
        note,
        facts.allocation(2, source, 1, (40_000, "2026-03-01")),
    ];
    book.record(&made).await.expect("recorded");
    assert_eq!(aged(&book, "2025-12-31", AgeBy::Due).await, []);
    let none = vec![100_000, 0, 0, 0, 0];
    assert_eq!(aged(&book, "2026-01-15", AgeBy::Due).await, [(none, 0, 100_000)]);
    let old = vec![0, 100_000, 0, 0, 0];
    assert_eq!(aged(&book, "2026-01-31", AgeBy::Due).await, [(old.clone(), 0, 100_000)]);
    assert_eq!(aged(&book, "2026-02-01", AgeBy::Due).await, [(old, 70_000, 30_000)]);
    let rest = vec![0, 0, 40_000, 0, 0];
    assert_eq!(aged(&book, "2026-02-16", AgeBy::Due).await, [(rest, 10_000, 30_000)]);
    let issued = vec![0, 0, 40_000, 0, 0];
    assert_eq!(aged(&book, "2026-02-06", AgeBy::Issue).await, [(issued, 10_000, 30_000)]);
    let after = vec![0; 5];
    assert_eq!(aged(&book, "2026-03-01", AgeBy::Due).await, [(after, 70_000, -70_000)]);
}

#[tokio::test]
async fn an_allocation_dated_before_its_money_counts_from_the_money() {
    let (book, mut facts) = owing().await;
    book.record(&[facts.allocation(1, PAID, 1, (60_000, "2026-01-02"))]).await.expect("set");
    let open = vec![0, 100_000, 0, 0, 0];
    assert_eq!(aged(&book, "2026-01-31", AgeBy::Due).await, [(open, 0, 100_000)]);
}

#[tokio::test]
async fn the_home_figures_add_up() {
    let (book, mut facts) = owing().await;
    let made =
        [facts.invoice(2, 1, 30_000, "2026-01-25"), facts.invoice(3, 1, 20_000, "2026-02-20")];
    book.record(&made).await.expect("recorded");
    let mut view = book.store.read().await.expect("a view");
    let figures = view.home_figures(day("2026-02-08")).await.expect("figures");
    let figure = |minor, count| Figure { amount: nok(minor), count };
    assert_eq!(figures.overdue, figure(100_000, 1));
    assert_eq!(figures.due_this_week, figure(30_000, 1));
    assert_eq!(figures.received_this_month, figure(70_000, 1));
    assert_eq!(figures.unallocated, figure(70_000, 1));
    assert_eq!(figures.drafts, 0);
}
