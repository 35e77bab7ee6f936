//! Customers of a system that keeps each in one currency for life: what waits in another than the
//! book's goes to a customer of its own.
//!
//! Never moves what may be there, and never makes a customer that nothing needs. Who was sent before
//! stays the customer for the book's currency.

use super::causes::leave;
use super::regroup::{drop_unneeded, follow_refunds};
use crate::error::StoreError;
use crate::tx::Tx;
use finance::ids::ConnectionId;
use serde_json::json;
use sqlx::SqliteConnection;

/// What is not there and waits, of records `r`; `?2` are the only records looked at, or nothing: all.
macro_rules! waits {
    ($kinds:literal) => {
        concat!(
            "r.connection_id = ?1 AND r.operation = 'create' AND r.external_id IS NULL
                AND r.state IN ('pending', 'retry_wait', 'needs_review', 'blocked')
                AND (?2 IS NULL OR r.id IN (SELECT value FROM json_each(?2)))
                AND k.kind = 'customer' AND k.currency IS NULL AND r.kind IN ",
            $kinds
        )
    };
}

/// Foreign documents and money on account whose customer is not kept in their currency: record,
/// customer and currency. A customer that holds documents of that currency there is kept in it, whoever
/// made it so.
const MISPLACED: &str = concat!(
    "WITH waiting AS MATERIALIZED (
        SELECT r.id AS record, k.id AS customer, d.foreign_currency AS currency
        FROM document d CROSS JOIN export_record r ON r.document_id = d.id
        CROSS JOIN export_record k ON k.id = r.depends_on
        WHERE d.foreign_currency IS NOT NULL AND ",
    waits!("('invoice', 'credit_note')"),
    " UNION ALL
        SELECT r.id, k.id, p.foreign_currency
        FROM payment p CROSS JOIN kept_credit h ON h.payment_id = p.id
        CROSS JOIN export_record r ON r.document_id = h.id
        CROSS JOIN export_record k ON k.id = r.depends_on
        WHERE p.foreign_currency IS NOT NULL AND ",
    waits!("('on_account')"),
    "), kept AS (SELECT DISTINCT customer, currency FROM waiting w
        WHERE EXISTS (SELECT 1 FROM export_record t JOIN document e ON e.id = t.document_id
            WHERE t.depends_on = w.customer AND t.state = 'exported'
                AND t.kind IN ('invoice', 'credit_note') AND e.foreign_currency = w.currency))
    SELECT record, customer, currency FROM waiting w WHERE NOT EXISTS (SELECT 1 FROM kept
        WHERE kept.customer = w.customer AND kept.currency = w.currency)"
);

/// Each is made once: `?2` is what [`MISPLACED`] gave, as JSON arrays.
const CUSTOMERS: &str = "INSERT INTO export_record (connection_id, kind, document_id, student_id,
        label, currency, look_first, created_at, changed_at)
    SELECT DISTINCT k.connection_id, 'customer', k.document_id, k.student_id,
        k.label || ' (' || (j.value ->> 2) || ')', j.value ->> 2,
        k.look_first OR EXISTS (SELECT 1 FROM connection b WHERE b.id <> c.id
            AND b.provider = c.provider AND b.remote_company_id = c.remote_company_id), ?3, ?3
    FROM json_each(?2) j JOIN export_record k ON k.id = j.value ->> 1
    JOIN connection c ON c.id = k.connection_id AND c.id = ?1
    WHERE NOT EXISTS (SELECT 1 FROM export_record x WHERE x.connection_id = k.connection_id
        AND x.kind = 'customer' AND x.document_id = k.document_id AND x.operation = 'create'
        AND x.currency = j.value ->> 2)";

/// What the wrong customer held up is free of it. The office's state machine allows it in these states.
const MOVE: &str = "UPDATE export_record SET depends_on = m.k, changed_at = ?3,
        state = iif(state IN ('needs_review', 'blocked'), 'pending', state)
    FROM (SELECT j.value ->> 0 AS r, x.id AS k
        FROM json_each(?2) j JOIN export_record o ON o.id = j.value ->> 1
        JOIN export_record x ON x.connection_id = ?1 AND x.kind = 'customer'
            AND x.document_id = o.document_id AND x.operation = 'create'
            AND x.currency = j.value ->> 2) m
    WHERE id = m.r";

impl Tx {
    /// Gives foreign documents and money on account that wait at a connection a customer in their
    /// currency: `among` these records, or all. Returns the records that were moved; what they need
    /// now may have to be sent first.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn part_customers_by_currency(
        &mut self,
        connection: ConnectionId,
        among: Option<&[i64]>,
        now_ms: i64,
    ) -> Result<Vec<i64>, StoreError> {
        part(self.view.conn(), connection, among, now_ms).await
    }
}

async fn part(
    conn: &mut SqliteConnection,
    connection: ConnectionId,
    among: Option<&[i64]>,
    now_ms: i64,
) -> Result<Vec<i64>, StoreError> {
    let id = connection.to_string();
    let misplaced: Vec<(i64, i64, String)> = sqlx::query_as(MISPLACED)
        .bind(&id)
        .bind(among.map(serde_json::to_string).transpose()?)
        .fetch_all(&mut *conn)
        .await?;
    let moved: Vec<i64> = misplaced.iter().map(|(record, _, _)| *record).collect();
    if moved.is_empty() {
        return Ok(moved);
    }
    let told = json!(misplaced).to_string();
    for sql in [CUSTOMERS, MOVE] {
        sqlx::query(sql).bind(&id).bind(&told).bind(now_ms).execute(&mut *conn).await?;
    }
    leave(conn, &moved, now_ms).await?;
    follow_refunds(conn, connection, now_ms).await?;
    let left: Vec<i64> = misplaced.iter().map(|(_, customer, _)| *customer).collect();
    drop_unneeded(conn, connection, Some(&left), now_ms).await?;
    Ok(moved)
}
