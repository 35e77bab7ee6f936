use super::Book;
use super::book::{Facts, SCHOOL, invoice_id, person, school, student_id};
use crate::{StoreError, Subject, VerifyReport};
use finance::erasure::{Erasure, ErasureGround};
use finance::fact::{Fact, FactBody};
use finance::ids::SchoolId;
use finance::party::{Person, School};

async fn recorded() -> (Book, Facts, Vec<Fact>) {
    let (book, mut facts) = Book::begun().await;
    let made = vec![
        facts.student(1, "Kari Nordmann"),
        facts.invoice(1, 1, 100_000, "2026-01-01"),
        facts.invoice(2, 1, 50_000, "2026-02-01"),
        facts.payment(1, 1, 60_000, "2026-02-10"),
    ];
    book.record(&made).await.expect("recorded");
    (book, facts, made)
}

async fn verify(book: &Book) -> VerifyReport {
    book.store.verify().await.expect("verified")
}

/// Changes the file as someone with the key and a database tool could.
async fn tamper(book: &Book, sql: &'static str) {
    let mut conn = book.store.write_connection().await.expect("the writer");
    sqlx::raw_sql(
        "DROP TRIGGER fact_is_never_changed; DROP TRIGGER fact_is_never_deleted;
        PRAGMA foreign_keys = OFF",
    )
    .execute(&mut *conn)
    .await
    .expect("unlocked");
    sqlx::raw_sql(sql).execute(&mut *conn).await.expect("changed");
}

#[tokio::test]
async fn an_untouched_book_verifies() {
    let (book, _, made) = recorded().await;
    let report = verify(&book).await;
    assert!(report.chain_holds && report.tables_agree && report.file_sound, "{report:?}");
    assert_eq!(report.facts as usize, made.len() + 7);
}

#[tokio::test]
async fn a_fact_recorded_twice_is_one_fact() {
    let (book, _, made) = recorded().await;
    assert_eq!(book.record(&made).await.expect("again"), 0);
    assert_eq!(book.record(&[made[0].clone(), made[0].clone()]).await.expect("again"), 0);
    let report = verify(&book).await;
    assert!(report.chain_holds && report.tables_agree, "{report:?}");
    assert_eq!(report.facts as usize, made.len() + 7);
}

#[tokio::test]
async fn facts_come_back_as_they_were_recorded() {
    let (book, _, made) = recorded().await;
    let mut view = book.store.read().await.expect("a view");
    let history = view.history_of(Subject::Invoice(invoice_id(1))).await.expect("a history");
    assert_eq!(history, [made[1].clone()]);
    let history = view.history_of(Subject::Student(student_id(1))).await.expect("a history");
    assert_eq!(history, made, "a student's history holds their documents and money");
    let last = view.last_clock("1").await.expect("a clock");
    assert_eq!(last.as_ref(), made.last().map(|fact| &fact.clock));
}

#[tokio::test]
async fn the_log_refuses_change_and_deletion() {
    let (book, ..) = recorded().await;
    let mut conn = book.store.write_connection().await.expect("the writer");
    for sql in [
        "DELETE FROM fact WHERE place = 3",
        "UPDATE fact SET body = '{}' WHERE place = 3",
        "UPDATE fact SET personal = '{}' WHERE place = 8",
        "UPDATE fact SET salt = NULL, personal = NULL, actor = 'x' WHERE place = 8",
    ] {
        assert!(sqlx::query(sql).execute(&mut *conn).await.is_err(), "{sql}");
    }
}

#[tokio::test]
async fn an_edited_body_breaks_the_chain() {
    let (book, ..) = recorded().await;
    tamper(&book, "UPDATE fact SET body = replace(body, '2026-01-', '2026-03-') WHERE place = 9")
        .await;
    let report = verify(&book).await;
    assert!(!report.chain_holds && report.file_sound, "{report:?}");
}

#[tokio::test]
async fn edited_personal_data_breaks_the_chain() {
    let (book, ..) = recorded().await;
    tamper(&book, "UPDATE fact SET personal = replace(personal, 'Kari', 'Mari') WHERE place = 8")
        .await;
    assert!(!verify(&book).await.chain_holds);
}

#[tokio::test]
async fn a_deleted_fact_breaks_the_chain() {
    for sql in ["DELETE FROM fact WHERE place = 9", "DELETE FROM fact WHERE place = 11"] {
        let (book, ..) = recorded().await;
        tamper(&book, sql).await;
        let report = verify(&book).await;
        assert!(!report.chain_holds && !report.tables_agree, "{report:?}");
    }
}

#[tokio::test]
async fn a_reordered_chain_is_found() {
    let (book, ..) = recorded().await;
    tamper(
        &book,
        "UPDATE fact SET seq = 99 WHERE place = 9; UPDATE fact SET seq = 9 WHERE place = 10;
         UPDATE fact SET seq = 10 WHERE place = 9",
    )
    .await;
    assert!(!verify(&book).await.chain_holds);
}

#[tokio::test]
async fn an_inserted_fact_is_found() {
    let (book, ..) = recorded().await;
    tamper(
        &book,
        "INSERT INTO fact SELECT 12, 'd0000000-0000-0000-0000-000000000001', desk, seq + 1, clock,
            actor, version, kind, subject, body, salt, personal, personal_digest, hash, hash
         FROM fact WHERE place = 11",
    )
    .await;
    assert!(!verify(&book).await.chain_holds);
}

#[tokio::test]
async fn an_edited_derived_row_is_found() {
    for sql in [
        "UPDATE document SET open_minor = open_minor - 1 WHERE number = 'A1-1'",
        "UPDATE student SET credit_minor = 0",
        "UPDATE payment SET received_on = '2026-02-11'",
        "UPDATE number_series SET next = 9",
        "DELETE FROM payment_method",
        "INSERT INTO document_text (rowid, number, payment_reference, reference)
         VALUES (1, 'forged', '', '')",
    ] {
        let (book, ..) = recorded().await;
        tamper(&book, sql).await;
        let report = verify(&book).await;
        assert!(report.chain_holds && !report.tables_agree, "{sql}: {report:?}");
        assert!(!report.findings.is_empty());
    }
}

#[tokio::test]
async fn personal_data_stands_apart_and_erasing_it_leaves_chain_and_amounts() {
    let (book, mut facts, _) = recorded().await;
    let changed = facts.fact(FactBody::StudentChanged {
        student_id: student_id(1),
        person: person("Kari Hansen"),
    });
    book.record(&[changed]).await.expect("changed");
    let mut view = book.store.read().await.expect("a view");
    let bodies: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM fact WHERE body LIKE '%Kari%' OR body LIKE '%Student 1%'",
    )
    .fetch_one(view.conn())
    .await
    .expect("counted");
    assert_eq!(bodies, 0);
    drop(view);

    let erased = facts.fact(FactBody::PersonErased(Erasure {
        student_id: student_id(1),
        payers: Vec::new(),
        ground: ErasureGround::Asked,
        erased_on: super::day("2026-06-01"),
        kept_from: None,
        kept_until: None,
    }));
    book.record(&[erased]).await.expect("erased");
    let report = verify(&book).await;
    assert!(report.chain_holds && report.tables_agree, "{report:?}");
    let mut view = book.store.read().await.expect("a view");
    let invoice = view.find_invoice(invoice_id(1)).await.expect("read").expect("an invoice");
    assert_eq!(invoice.invoice.person, Person::default());
    assert_eq!(invoice.invoice.totals.gross.minor(), 100_000);
    let left: i64 = sqlx::query_scalar("SELECT count(*) FROM fact WHERE personal IS NOT NULL")
        .fetch_one(view.conn())
        .await
        .expect("counted");
    assert_eq!(left, 0);
}

#[tokio::test]
async fn a_fact_of_another_school_is_refused() {
    let (book, mut facts, _) = recorded().await;
    let mut stranger = facts.student(2, "Ola");
    stranger.school_id = SchoolId(super::book::uuid(99, 1));
    assert!(matches!(book.record(&[stranger]).await, Err(StoreError::WrongSchool)));
    assert_ne!(SCHOOL, SchoolId(super::book::uuid(99, 1)));
}

#[tokio::test]
async fn a_fact_before_its_cause_is_refused() {
    let (book, mut facts, _) = recorded().await;
    let invoice = facts.invoice(3, 9, 100, "2026-01-01");
    assert!(matches!(book.record(&[invoice]).await, Err(StoreError::CauseMissing)));
    let unknown = FactBody::StudentChanged { student_id: student_id(9), person: person("X") };
    let change = facts.fact(unknown);
    assert!(matches!(book.record(&[change]).await, Err(StoreError::CauseMissing)));
}

#[tokio::test]
async fn a_transaction_that_is_dropped_leaves_no_trace() {
    let (book, mut facts, _) = recorded().await;
    let mut tx = book.store.begin().await.expect("a transaction");
    tx.record(&[facts.student(2, "Ola")]).await.expect("recorded");
    drop(tx);
    let mut view = book.store.read().await.expect("a view");
    let found = view.find_student(student_id(2), super::day("2026-01-01")).await.expect("read");
    assert_eq!(found, None);
}

#[tokio::test]
async fn a_school_that_was_not_committed_is_no_owner_of_the_book() {
    let book = Book::new().await;
    let mut facts = Facts::of("1");
    let id = SchoolId(super::book::uuid(99, 1));
    let mut other = facts.fact(FactBody::SchoolSet(School { id, ..school() }));
    other.school_id = id;
    let student = facts.student(1, "Ola");
    let mut tx = book.store.begin().await.expect("a transaction");
    tx.record(&[other]).await.expect("recorded");
    let refused = tx.record(std::slice::from_ref(&student)).await;
    assert!(matches!(refused, Err(StoreError::WrongSchool)));
    drop(tx);
    book.record(&facts.beginning()).await.expect("the school that has the book");
    book.record(&[student]).await.expect("its student");
}
