//! What is known of rare things is never less than what the book holds.

use super::book::{Book, DEPARTMENT, Facts, day, student_id};
use crate::{Store, key::Key};
use finance::erasure::{Erasure, ErasureGround};
use finance::fact::{Fact, FactBody};
use finance::ids::ConnectionId;
use uuid::Uuid;

fn erased(facts: &mut Facts) -> Fact {
    facts.fact(FactBody::PersonErased(Erasure {
        student_id: student_id(1),
        payers: Vec::new(),
        ground: ErasureGround::Asked,
        erased_on: day("2026-06-01"),
        kept_from: None,
        kept_until: None,
    }))
}

async fn shows_erased(store: &Store) -> bool {
    let mut view = store.read().await.expect("a view");
    view.any_erased(&[student_id(1)]).await.expect("asked")
}

#[tokio::test]
async fn an_erasure_counts_at_once_and_no_longer_when_it_was_undone() {
    let (book, mut facts) = Book::begun().await;
    book.record(&[facts.student(1, "Kari")]).await.expect("recorded");
    assert!(!shows_erased(&book.store).await);
    let erasure = erased(&mut facts);
    let mut tx = book.store.begin().await.expect("a transaction");
    tx.record(std::slice::from_ref(&erasure)).await.expect("erased");
    assert!(tx.any_erased(&[student_id(1)]).await.expect("asked"));
    drop(tx);
    assert!(!shows_erased(&book.store).await);
    book.record(&[erasure]).await.expect("erased");
    assert!(shows_erased(&book.store).await);
}

#[tokio::test]
async fn an_older_picture_asked_later_does_not_hide_what_is_new() {
    let (book, mut facts) = Book::begun().await;
    let (student, erasure) = (facts.student(1, "Kari"), erased(&mut facts));
    book.record(&[student]).await.expect("recorded");
    let Book { folder, store } = book;
    store.close().await;
    // Opened anew, nobody has asked yet.
    let store = Store::open(&folder.path().join("book"), &Key::new([7; 32])).await.expect("a book");
    let mut older = store.read().await.expect("a view");
    older.find_student(student_id(1), day("2026-06-01")).await.expect("read");
    let mut tx = store.begin().await.expect("a transaction");
    tx.record(&[erasure]).await.expect("erased");
    tx.commit().await.expect("kept");
    assert!(!older.any_erased(&[student_id(1)]).await.expect("asked"));
    drop(older);
    assert!(shows_erased(&store).await);
}

#[tokio::test]
async fn somebody_limited_to_departments_does_not_hide_a_connection_from_others() {
    let (book, mut facts) = Book::begun().await;
    let narrowed = book.store.seen_from(&[DEPARTMENT]);
    for expected in [0, 1] {
        for store in [&narrowed, &book.store] {
            let mut view = store.read().await.expect("a view");
            assert_eq!(view.connections().await.expect("read").len(), expected);
        }
        let opened = facts.fact(FactBody::ConnectionOpened {
            connection_id: ConnectionId(Uuid::from_u128(0xC0)),
            provider: "xero".to_owned(),
            remote_company_id: "1".to_owned(),
            remote_company_name: "Theirs".to_owned(),
            export_from: None,
        });
        book.record(&[opened]).await.expect("opened");
    }
}
