//! Another customer is chosen for students: what was never sent follows the choice.
//!
//! Never moves what was sent, and never lets a customer be sent whom nothing needs any more.

use super::causes::leave;
use super::kept;
use super::queue_book::queue_customers;
use crate::error::StoreError;
use finance::ids::ConnectionId;
use sqlx::SqliteConnection;

/// A document that a customer held up is free of it.
const DOCUMENTS: &str = concat!(
    "UPDATE export_record SET depends_on = m.k, changed_at = ?2,
        state = iif(state IN ('needs_review', 'blocked'), 'pending', state)
    FROM (SELECT r.id AS r, k.id AS k FROM export_record r
        JOIN connection c ON c.id = r.connection_id AND c.closed = 0 AND c.booking = 'documents'
        JOIN document d ON d.id = r.document_id
        CROSS JOIN export_record k ON ",
    k_is_its_customer!(),
    " WHERE r.connection_id = ?1 AND r.kind IN ('invoice', 'credit_note')
            AND r.operation = 'create' AND r.depends_on <> k.id AND NOT ",
    was_sent!("r"),
    ") m
    WHERE id = m.r RETURNING id"
);

const REFUNDS: &str = concat!(
    "UPDATE export_record SET depends_on = m.k, changed_at = ?2,
        state = iif(state IN ('needs_review', 'blocked'), 'pending', state)
    FROM (SELECT r.id AS r, k.id AS k FROM export_record r
        JOIN connection c ON c.id = r.connection_id AND c.closed = 0 AND c.booking = 'documents'
        JOIN refund f ON f.id = r.document_id
        CROSS JOIN export_record k ON ",
    k_knows_the_student!(),
    " WHERE r.connection_id = ?1 AND r.kind = 'refund'
            AND r.operation = 'create' AND r.depends_on <> k.id AND NOT ",
    was_sent!("r"),
    ") m
    WHERE id = m.r RETURNING id"
);

/// Whether one customer stands for students anywhere.
const GROUPS: &str = "SELECT EXISTS (SELECT 1 FROM mapping WHERE connection_id = ?1
    AND kind = 'customer' AND local_key = 'students' AND remote_code = 'grouped')";

/// Customers that were never tried, and that nothing needs.
const UNNEEDED: &str = concat!(
    "SELECT r.id FROM export_record r
    WHERE r.connection_id = ?1 AND r.kind = 'customer' AND r.operation = 'create'
        AND (?2 IS NULL OR r.id IN (SELECT value FROM json_each(?2)))
        AND r.state IN ('pending', 'retry_wait', 'needs_review', 'blocked')
        AND NOT EXISTS (SELECT 1 FROM export_record x WHERE x.depends_on = r.id)
        AND NOT EXISTS (SELECT 1 FROM export_record x WHERE x.depends_also_on = r.id)
        AND NOT EXISTS (SELECT 1 FROM export_attempt a WHERE a.record_id = r.id) AND NOT ",
    was_sent!("r")
);

/// Has what was never sent follow the choice of how students stand there.
///
/// # Errors
/// What the database reports.
pub(super) async fn follow_choice(
    conn: &mut SqliteConnection,
    connection: ConnectionId,
    at_ms: i64,
) -> Result<(), StoreError> {
    queue_customers(conn, connection, at_ms).await?;
    let id = connection.to_string();
    move_over(conn, DOCUMENTS, connection, at_ms).await?;
    follow_refunds(conn, connection, at_ms).await?;
    // Credit of a customer that stands for all students would be anybody's: it is not told.
    if sqlx::query_scalar(GROUPS).bind(&id).fetch_one(&mut *conn).await? {
        kept::withdraw_all(conn, &id, at_ms).await?;
    }
    drop_unneeded(conn, connection, None, at_ms).await
}

/// Has refunds that were never sent follow the customer under which the system knows the student.
///
/// # Errors
/// What the database reports.
pub(super) async fn follow_refunds(
    conn: &mut SqliteConnection,
    connection: ConnectionId,
    at_ms: i64,
) -> Result<(), StoreError> {
    move_over(conn, REFUNDS, connection, at_ms).await
}

async fn move_over(
    conn: &mut SqliteConnection,
    sql: &'static str,
    connection: ConnectionId,
    at_ms: i64,
) -> Result<(), StoreError> {
    let moved: Vec<i64> = sqlx::query_scalar(sql)
        .bind(connection.to_string())
        .bind(at_ms)
        .fetch_all(&mut *conn)
        .await?;
    leave(conn, &moved, at_ms).await
}

/// Takes customers out of the queue that were never tried and that nothing needs: among these, or all.
///
/// # Errors
/// What the database reports.
pub(super) async fn drop_unneeded(
    conn: &mut SqliteConnection,
    connection: ConnectionId,
    among: Option<&[i64]>,
    at_ms: i64,
) -> Result<(), StoreError> {
    let unneeded: Vec<i64> = sqlx::query_scalar(UNNEEDED)
        .bind(connection.to_string())
        .bind(among.map(serde_json::to_string).transpose()?)
        .fetch_all(&mut *conn)
        .await?;
    leave(conn, &unneeded, at_ms).await?;
    sqlx::query("DELETE FROM export_record WHERE id IN (SELECT value FROM json_each(?1))")
        .bind(serde_json::to_string(&unneeded)?)
        .execute(conn)
        .await?;
    Ok(())
}
