//! Parts of payments that a company is not to be told after all.
//!
//! Never withdraws a part that may be there, and never loses what was to come out of it: an
//! allocation becomes money received again, a refund names nothing.

use crate::decode::id;
use crate::error::StoreError;
use crate::exports::causes::leave;
use crate::tx::Tx;
use crate::view::View;
use finance::ids::ConnectionId;
use sqlx::SqliteConnection;
use uuid::Uuid;

/// One that is to be looked up before it is sent may be there, until it was refused.
const WAITING: &str = concat!(
    "SELECT o.id, o.document_id FROM export_record o JOIN kept_credit h ON h.id = o.document_id
    WHERE o.connection_id = ?1 AND o.kind = 'on_account' AND o.operation = 'create'
        AND o.state IN ('pending', 'retry_wait', 'needs_review', 'blocked')
        AND (o.look_first = 0 OR o.sent_at IS NOT NULL) AND ",
    not_there!(),
    " AND NOT EXISTS (SELECT 1 FROM export_record t WHERE t.depends_also_on = o.id
        AND t.sent_at IS NOT NULL AND t.state NOT IN ('cancelled', 'superseded'))
    ORDER BY o.id"
);

/// What was to come out of the parts. The office's state machine allows it in these states.
const FREE: &str = "UPDATE export_record SET depends_also_on = NULL, changed_at = ?2,
        kind = iif(kind = 'credit_allocation', 'payment', kind),
        state = iif(state IN ('needs_review', 'blocked'), 'pending', state)
    WHERE depends_also_on IN (SELECT value FROM json_each(?1)) AND operation = 'create'
        AND state NOT IN ('cancelled', 'superseded')
    RETURNING id";

const EMPTY: &str = "UPDATE kept_credit SET amount_minor = 0 WHERE id IN (SELECT o.document_id
    FROM export_record o JOIN json_each(?1) j ON j.value = o.id)";

/// Nobody is needed there because of it: see [`super::GROWN`] for when it comes back.
const CANCEL: &str = "UPDATE export_record SET state = 'cancelled', amount_minor = 0,
        depends_on = NULL, changed_at = ?2 WHERE id IN (SELECT value FROM json_each(?1))";

/// There is nothing to take back of a part that is not there.
const LET_BE: &str = "UPDATE export_record SET state = 'cancelled', changed_at = ?2
    WHERE depends_on IN (SELECT value FROM json_each(?1)) AND kind = 'on_account'
        AND operation = 'undo' AND state IN ('pending', 'retry_wait', 'needs_review', 'blocked')
    RETURNING id";

impl View {
    /// Parts that a connection was not told yet and that are not there: record and part.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn kept_not_there(
        &mut self,
        connection: ConnectionId,
    ) -> Result<Vec<(i64, Uuid)>, StoreError> {
        let rows: Vec<(i64, String)> =
            sqlx::query_as(WAITING).bind(connection.to_string()).fetch_all(self.conn()).await?;
        rows.into_iter().map(|(record, part)| Ok((record, id(&part)?))).collect()
    }
}

impl Tx {
    /// Takes parts that are not there out of the queue, see [`View::kept_not_there`]. Their money is
    /// told when an invoice takes it.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn withdraw_kept(&mut self, records: &[i64], now_ms: i64) -> Result<(), StoreError> {
        withdraw(self.view.conn(), records, now_ms).await
    }
}

/// Takes all parts that are not there out of the queue of a connection.
pub(in crate::exports) async fn withdraw_all(
    conn: &mut SqliteConnection,
    connection: &str,
    at_ms: i64,
) -> Result<(), StoreError> {
    let rows: Vec<(i64, String)> =
        sqlx::query_as(WAITING).bind(connection).fetch_all(&mut *conn).await?;
    let records: Vec<i64> = rows.into_iter().map(|(record, _)| record).collect();
    withdraw(conn, &records, at_ms).await
}

async fn withdraw(
    conn: &mut SqliteConnection,
    records: &[i64],
    now_ms: i64,
) -> Result<(), StoreError> {
    let parts = serde_json::to_string(records)?;
    let mut moved: Vec<i64> =
        sqlx::query_scalar(FREE).bind(&parts).bind(now_ms).fetch_all(&mut *conn).await?;
    let undone: Vec<i64> =
        sqlx::query_scalar(LET_BE).bind(&parts).bind(now_ms).fetch_all(&mut *conn).await?;
    moved.extend(undone);
    sqlx::query(EMPTY).bind(&parts).execute(&mut *conn).await?;
    sqlx::query(CANCEL).bind(&parts).bind(now_ms).execute(&mut *conn).await?;
    moved.extend_from_slice(records);
    leave(conn, &moved, now_ms).await
}
