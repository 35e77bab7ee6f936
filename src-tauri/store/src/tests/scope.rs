//! Who is limited to a department sees and writes nothing of another.

use super::book::{Facts, person, student_id};
use super::{Book, day};
use crate::scope::OPEN;
use crate::{
    AgeBy, AgeingQuestion, Among, DocumentFilter, PaymentFilter, StoreError, StudentFilter, Window,
};
use finance::ageing::Buckets;
use finance::fact::FactBody;
use finance::ids::DepartmentId;
use finance::party::{Department, Student};

const OTHER: DepartmentId = DepartmentId(uuid::Uuid::from_u128(99));
const ALL: Window = Window { offset: 0, limit: 500 };

/// Student 1 in the book's first department, student 2 in the other, each with debt and money.
async fn two_departments() -> (Book, Facts) {
    let (book, mut facts) = Book::begun().await;
    let school_id = super::book::school().id;
    let other = Department { id: OTHER, school_id, name: "Voss".to_owned() };
    let first = facts.student(1, "Ada Berg");
    let FactBody::StudentRegistered(ada) = &first.body else { unreachable!("a student") };
    let second = Student {
        id: student_id(2),
        number: "20002".to_owned(),
        department_id: Some(OTHER),
        person: person("Bo Foss"),
        ..ada.clone()
    };
    let mut made = vec![facts.fact(FactBody::DepartmentSet(other)), first];
    made.push(facts.fact(FactBody::StudentRegistered(second)));
    for student in 1..=2 {
        made.push(facts.invoice(student, student, 10_000, "2026-01-05"));
        made.push(facts.payment(student, student, 4_000, "2026-01-09"));
    }
    book.record(&made).await.expect("recorded");
    (book, facts)
}

#[tokio::test]
async fn lists_sums_and_reads_hold_one_department_only() {
    let (book, _) = two_departments().await;
    let store = book.store.seen_from(&[OTHER]);
    let mut whole = book.store.read().await.expect("a view");
    let mut seen = store.read().await.expect("a view");
    let today = day("2026-03-01");
    for (view, rows) in [(&mut whole, 2), (&mut seen, 1)] {
        let students = view.list_students(&StudentFilter::default(), None, ALL, today).await;
        assert_eq!(students.expect("students").total, rows);
        let documents = view.list_documents(&DocumentFilter::default(), None, ALL, today).await;
        assert_eq!(documents.expect("documents").total, rows);
        let payments = view.list_payments(&PaymentFilter::default(), None, ALL).await;
        assert_eq!(payments.expect("payments").total, rows);
        for by in [AgeBy::Due, AgeBy::Issue] {
            let question = AgeingQuestion {
                as_of: today,
                by,
                buckets: Buckets::default(),
                department: Among::All,
            };
            let aged = view.ageing(&question).await.expect("ageing");
            assert_eq!(u32::try_from(aged.len()).expect("few"), rows);
        }
    }
    assert!(seen.find_student(student_id(1), today).await.expect("read").is_none());
    assert!(seen.find_student(student_id(2), today).await.expect("read").is_some());
    assert_eq!(seen.departments().await.expect("departments").len(), 1);
    let ids = |number| vec![student_id(number).to_string()];
    assert!(seen.hides(&ids(1)).await.expect("asked"));
    assert!(!seen.hides(&ids(2)).await.expect("asked"));
    assert!(!whole.hides(&ids(1)).await.expect("asked"));
    drop((whole, seen, store));
}

#[tokio::test]
async fn facts_about_another_department_are_refused() {
    let (book, mut facts) = two_departments().await;
    let store = book.store.seen_from(&[OTHER]);
    let rename = |student| FactBody::StudentChanged { student_id: student, person: person("X") };
    let cases = [
        (facts.fact(rename(student_id(1))), false),
        (facts.fact(rename(student_id(2))), true),
        (facts.payment(3, 1, 100, "2026-01-10"), false),
        (facts.fact(FactBody::SchoolSet(super::book::school())), false),
    ];
    for (fact, allowed) in cases {
        let mut tx = store.begin().await.expect("a transaction");
        match tx.record(&[fact]).await {
            Ok(_) => assert!(allowed),
            Err(error) => assert!(matches!(error, StoreError::OutsideScope) && !allowed),
        }
    }
}

#[tokio::test]
async fn every_table_is_narrowed_or_open_on_purpose() {
    let (book, _) = two_departments().await;
    let store = book.store.seen_from(&[OTHER]);
    let mut view = store.read().await.expect("a view");
    let narrowed: Vec<String> =
        sqlx::query_scalar("SELECT name FROM temp.sqlite_schema WHERE type = 'view'")
            .fetch_all(view.conn())
            .await
            .expect("views");
    for table in &narrowed {
        let sql = format!("SELECT count(*) FROM \"{table}\"");
        let count: Result<i64, _> =
            sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(view.conn()).await;
        assert!(count.is_ok(), "{table}: {count:?}");
    }
    let open: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM main.sqlite_schema WHERE type = 'table' ORDER BY name",
    )
    .fetch_all(view.conn())
    .await
    .expect("tables");
    let open: Vec<String> = open
        .into_iter()
        .filter(|table| !narrowed.contains(table) && !table.contains("_text"))
        .filter(|table| !table.starts_with("sqlite"))
        .collect();
    assert_eq!(open, OPEN, "a table that is open to every department must be listed as open");
}
