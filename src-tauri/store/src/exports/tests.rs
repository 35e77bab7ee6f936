use super::{causes, health, settle};
use crate::tests::Book;

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
