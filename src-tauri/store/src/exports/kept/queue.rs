//! Queueing parts of payments, with the customers that they need.
//!
//! Never decides how much a part is.

use crate::error::StoreError;
use finance::ids::ConnectionId;
use sqlx::SqliteConnection;

/// The customers of parts, where they are not queued: money may come before the first invoice.
const CUSTOMERS: &str = concat!(
    "INSERT INTO export_record (connection_id, kind, document_id, student_id,
        label, look_first, created_at, changed_at)
    SELECT DISTINCT c.id, 'customer', w.id, w.id, w.number,
        EXISTS (SELECT 1 FROM connection b WHERE b.id <> c.id AND b.provider = c.provider
            AND b.remote_company_id = c.remote_company_id), ?3, ?3
    FROM json_each(?2) j JOIN kept_credit h ON h.id = j.value
    JOIN payment p ON p.id = h.payment_id
    JOIN (SELECT id, number FROM student UNION ALL SELECT id, number FROM payer) w
        ON w.id = h.customer_id
    JOIN connection c ON c.id = ?1
    WHERE NOT EXISTS (SELECT 1 FROM export_record r WHERE r.connection_id = c.id
        AND r.kind = 'customer' AND r.document_id = w.id AND ",
    serves!("r", "p.foreign_currency"),
    ")"
);

const PARTS: &str = concat!(
    "INSERT INTO export_record (connection_id, kind, document_id, depends_on,
        student_id, label, date, amount_minor, currency, look_first, created_at, changed_at)
    SELECT c.id, 'on_account', h.id, k.id, p.student_id, k.label,
        coalesce(p.counts_from, p.received_on), h.amount_minor,
        coalesce(p.foreign_currency, p.currency),
        EXISTS (SELECT 1 FROM connection b WHERE b.id <> c.id AND b.provider = c.provider
            AND b.remote_company_id = c.remote_company_id), ?3, ?3
    FROM json_each(?2) j JOIN kept_credit h ON h.id = j.value
    JOIN payment p ON p.id = h.payment_id JOIN connection c ON c.id = ?1
    CROSS JOIN export_record k ON k.id = ",
    customer_of_part!("c.id"),
    " WHERE NOT EXISTS (SELECT 1 FROM export_record r WHERE r.connection_id = c.id
        AND r.kind = 'on_account' AND r.document_id = h.id)"
);

/// Queues the customers of parts, where they are not.
///
/// # Errors
/// What the database reports.
pub(super) async fn queue_customers(
    conn: &mut SqliteConnection,
    connection: ConnectionId,
    parts: &str,
    now_ms: i64,
) -> Result<(), StoreError> {
    let query = sqlx::query(CUSTOMERS).bind(connection.to_string()).bind(parts).bind(now_ms);
    query.execute(conn).await?;
    Ok(())
}

/// Queues parts with their customers.
///
/// # Errors
/// What the database reports.
pub(super) async fn queue_parts(
    conn: &mut SqliteConnection,
    connection: ConnectionId,
    parts: &str,
    now_ms: i64,
) -> Result<(), StoreError> {
    queue_customers(conn, connection, parts, now_ms).await?;
    let query = sqlx::query(PARTS).bind(connection.to_string()).bind(parts).bind(now_ms);
    query.execute(conn).await?;
    Ok(())
}

/// Parts that an earlier connection to the same company was to know.
const BOOK: &str = "SELECT DISTINCT h.id FROM connection c
    JOIN connection b ON b.id <> c.id AND b.provider = c.provider
        AND b.remote_company_id = c.remote_company_id
    JOIN export_record o ON o.connection_id = b.id AND o.kind = 'on_account'
        AND o.operation = 'create' AND o.state NOT IN ('cancelled', 'superseded', 'skipped')
    JOIN kept_credit h ON h.id = o.document_id
    JOIN payment p ON p.id = h.payment_id AND p.state = 'confirmed'
    WHERE c.id = ?1 AND c.closed = 0 AND c.booking = 'documents'";

/// Queues what an earlier connection to the same company was told, to be looked up.
pub(in crate::exports) async fn queue_book(
    conn: &mut SqliteConnection,
    connection: ConnectionId,
    at_ms: i64,
) -> Result<(), StoreError> {
    let parts: Vec<String> =
        sqlx::query_scalar(BOOK).bind(connection.to_string()).fetch_all(&mut *conn).await?;
    if parts.is_empty() {
        return Ok(());
    }
    queue_parts(conn, connection, &serde_json::to_string(&parts)?, at_ms).await
}
