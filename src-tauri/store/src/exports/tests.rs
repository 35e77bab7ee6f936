use super::{ExportKind, causes, health, settle};
use crate::tests::Book;
use uuid::Uuid;

/// How SQLite would answer a question.
async fn plan(book: &Book, sql: &str) -> Vec<String> {
    let mut view = book.store.read().await.expect("a view");
    let rows: Vec<(i64, i64, i64, String)> =
        sqlx::query_as(sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}")))
            .fetch_all(view.conn())
            .await
            .expect("a plan");
    rows.into_iter().map(|(.., step)| step).collect()
}

#[tokio::test]
async fn settling_a_batch_looks_into_an_index_and_never_through_all_that_was_sent() {
    let (book, _) = Book::begun().await;
    let questions = [
        (settle::TAKEN, "export_record_external (connection_id=? AND kind=? AND external_id=?)"),
        (causes::OPEN, "export_cause_open (connection_id=? AND class=? AND subject=?)"),
    ];
    for (sql, index) in questions {
        let plan = plan(&book, sql).await;
        assert!(plan[0].contains("VIRTUAL TABLE") && plan[1].contains(index), "{plan:?}");
    }
}

#[tokio::test]
async fn how_a_connection_does_is_counted_from_indexes_and_never_from_all_that_was_sent() {
    let (book, _) = Book::begun().await;
    let questions = [
        (health::OLDEST, "INDEX export_record_queue (connection_id=? AND kind=?)"),
        (health::OUTCOMES, "INDEX export_call_begun (connection_id=? AND started_at>? AND"),
        (health::OUTCOMES, "COVERING INDEX export_attempt_call (call_id=?)"),
        (health::TOOK, "INDEX export_record_state (connection_id=? AND state=?)"),
        (health::PREVENTED, "INDEX export_attempt_found"),
    ];
    for (sql, index) in questions {
        let plan = plan(&book, sql).await;
        assert!(plan.iter().any(|step| step.contains(index)), "{index}: {plan:?}");
        let walks = |step: &&String| step.starts_with("SCAN r") || step.starts_with("SCAN c");
        assert_eq!(plan.iter().find(walks), None, "{plan:?}");
    }
}

/// Three calls of 2023 and one of 2026 (each with an attempt); the second record still waits.
const HISTORY: &[&str] = &[
    "INSERT INTO export_record (id, connection_id, kind, document_id, student_id, label, state,
        created_at, changed_at)
     VALUES (1, 'c', 'invoice', 'd', 's', '1', 'exported', 0, 0),
        (2, 'c', 'invoice', 'e', 's', '2', 'needs_review', 0, 0)",
    "INSERT INTO export_call (id, connection_id, call, started_at, ended_at, excerpt)
     VALUES (1, 'c', 'push', 1698000000000, 1698000000000, ''),
        (2, 'c', 'push', 1698000001000, 1698000001000, ''),
        (3, 'c', 'push', 1698000002000, 1698000002000, ''),
        (4, 'c', 'find', 1795176000000, 1795176000000, '')",
    "INSERT INTO export_attempt (record_id, call_id, revision, outcome, text)
     VALUES (1, 1, 1, 'unknown', ''), (1, 2, 1, 'found', ''), (2, 3, 1, 'refused', ''),
        (1, 4, 1, 'found', '')",
];

#[tokio::test]
async fn old_calls_leave_their_sums_and_those_of_a_record_under_way_stay() {
    let (book, _) = Book::begun().await;
    let mut tx = book.store.begin().await.expect("a transaction");
    for sql in HISTORY {
        sqlx::query(sqlx::AssertSqlSafe(*sql)).execute(tx.view.conn()).await.expect("inserted");
    }
    let gone = sqlx::query("DELETE FROM export_attempt").execute(tx.view.conn()).await;
    assert!(gone.is_err(), "what is kept for its time cannot be deleted");
    assert_eq!(tx.prune_calls(1_700_000_000_000, 1).await.expect("pruned"), 1);
    assert_eq!(tx.prune_calls(1_700_000_000_000, 9).await.expect("pruned"), 1);
    assert_eq!(tx.prune_calls(1_700_000_000_000, 9).await.expect("pruned"), 0);
    let left: Vec<i64> = sqlx::query_scalar("SELECT call_id FROM export_attempt ORDER BY call_id")
        .fetch_all(tx.view.conn())
        .await
        .expect("attempts");
    assert_eq!(left, [3, 4]);
    let sums: (i64, i64, i64, i64) =
        sqlx::query_as("SELECT month, calls, found, unknown FROM export_history")
            .fetch_one(tx.view.conn())
            .await
            .expect("one month");
    assert_eq!(sums, (202_310, 2, 1, 1));
    let back = sqlx::query("UPDATE export_horizon SET before = 0").execute(tx.view.conn()).await;
    assert!(back.is_err(), "the horizon never goes back");
}

#[tokio::test]
async fn one_document_that_cannot_be_read_is_left_out_and_the_others_are_there() {
    let (book, _) = Book::begun().await;
    let mut tx = book.store.begin().await.expect("a transaction");
    let address = r#"{"line1":"","line2":"","postal_code":"","city":"","country":""}"#;
    for (id, number, address) in [(1, "1", address), (2, "2", "{")] {
        sqlx::query(
            "INSERT INTO student (id, number, name, email, phone, address, clock, person_clock)
             VALUES (?, ?, '', '', '', ?, '', '')",
        )
        .bind(Uuid::from_u128(id).to_string())
        .bind(number)
        .bind(address)
        .execute(tx.view.conn())
        .await
        .expect("inserted");
    }
    let both = [1, 2].map(Uuid::from_u128);
    let read = tx.export_contents(ExportKind::Customer, &both).await.expect("contents");
    assert_eq!(read.keys().copied().collect::<Vec<_>>(), both[..1]);
}
