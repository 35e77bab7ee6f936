//! Queueing what no longer counts here and may be there.
//!
//! Never lets a record that was taken back be forgotten: what was never sent is taken out of the
//! queue, and for everything else a record is queued by which it is taken back there, or which a
//! person must see.

use super::causes::leave;
use crate::error::StoreError;
use sqlx::SqliteConnection;

/// What was set against invoices and no longer counts: released, or of a reversed payment.
const ENDED: &str = "SELECT a.id FROM allocation a WHERE a.ended_on IS NOT NULL AND (
        a.id IN (SELECT value FROM json_each(?1))
        OR a.payment_id IN (SELECT value FROM json_each(?2)))";

/// Never sent, and not to be sent any more. The office's state machine allows it in these states.
const CANCEL: &str = "UPDATE export_record SET state = 'cancelled', changed_at = ?2
    WHERE operation = 'create' AND kind IN ('payment', 'credit_allocation', 'write_off')
        AND state IN ('pending', 'retry_wait', 'needs_review', 'blocked') AND sent_at IS NULL
        AND document_id IN (SELECT value FROM json_each(?1))
    RETURNING id";

const UNDO: &str = "INSERT INTO export_record (connection_id, kind, document_id, operation,
        depends_on, depends_also_on, student_id, label, date, amount_minor, currency, created_at, changed_at)
    SELECT o.connection_id, o.kind, o.document_id, 'undo', o.id, o.depends_also_on, o.student_id, o.label,
        max(a.effective_on, a.ended_on), o.amount_minor, o.currency, ?2, ?2
    FROM json_each(?1) j
    JOIN allocation a ON a.id = j.value
    JOIN export_record o ON o.document_id = a.id AND o.operation = 'create'
        AND o.kind IN ('payment', 'credit_allocation', 'write_off')
        AND o.state NOT IN ('cancelled', 'skipped', 'superseded')
    JOIN connection c ON c.id = o.connection_id AND c.closed = 0
    WHERE NOT EXISTS (SELECT 1 FROM export_record u WHERE u.connection_id = o.connection_id
        AND u.kind = o.kind AND u.document_id = o.document_id AND u.operation = 'undo')";

/// Takes back what was never sent, and queues the taking back of what may be there.
///
/// # Errors
/// What the database reports.
pub(super) async fn queue(
    conn: &mut SqliteConnection,
    released: &[String],
    turned: &[String],
    at_ms: i64,
) -> Result<(), StoreError> {
    if released.is_empty() && turned.is_empty() {
        return Ok(());
    }
    let ended: Vec<String> = sqlx::query_scalar(ENDED)
        .bind(serde_json::to_string(released)?)
        .bind(serde_json::to_string(turned)?)
        .fetch_all(&mut *conn)
        .await?;
    let ended = serde_json::to_string(&ended)?;
    let cancelled: Vec<i64> =
        sqlx::query_scalar(CANCEL).bind(&ended).bind(at_ms).fetch_all(&mut *conn).await?;
    leave(conn, &cancelled, at_ms).await?;
    sqlx::query(UNDO).bind(ended).bind(at_ms).execute(conn).await?;
    Ok(())
}
