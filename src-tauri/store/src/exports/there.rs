//! What is there already because it came from there.
//!
//! Never lets money that a system told of go back to that company: not when it is recorded, not when
//! what is left of it is used later, and not when the company is connected anew.

use super::causes::leave;
use super::state::ExportKind;
use crate::error::StoreError;
use crate::tx::Tx;
use finance::ids::{AllocationId, ConnectionId};
use serde_json::{Value, json};
use sqlx::SqliteConnection;
use uuid::Uuid;

/// Queued money of a payment that the connection's own company told of: an event is named
/// `system/company/id there`. What holds credit there is a part of its own, and its uses are not of
/// this kind. `?1` are allocations, `?3` is a connection; nothing: any.
macro_rules! told {
    ($columns:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            $columns,
            ", substr(p.event, length(c.provider) + length(c.remote_company_id) + 3) AS there
            FROM export_record r
            JOIN connection c ON c.id = r.connection_id
            JOIN allocation a ON a.id = r.document_id
            JOIN payment p ON p.id = a.payment_id
            WHERE r.kind = 'payment' AND r.operation = 'create' AND r.state = 'pending'
                AND (?1 IS NULL OR r.document_id IN (SELECT value FROM json_each(?1)))
                AND (?3 IS NULL OR r.connection_id = ?3)
                AND instr(p.event, c.provider || '/' || c.remote_company_id || '/') = 1
                AND NOT EXISTS (SELECT 1 FROM kept_credit h JOIN export_record o
                    ON o.document_id = h.id AND o.connection_id = c.id
                    WHERE h.payment_id = p.id) ",
            $rest
        )
    };
}

/// The first part of a payment bears the id there.
const FIRST: &str = concat!(
    "UPDATE export_record SET state = 'exported', external_id = t.there, external_number = '',
        exported_at = ?2, changed_at = ?2
    FROM (",
    told!("min(r.id) AS first, r.connection_id AS connection", "GROUP BY r.connection_id, p.id"),
    ") t WHERE export_record.id = t.first AND NOT EXISTS (SELECT 1 FROM export_record o
        WHERE o.connection_id = t.connection AND o.kind = 'payment'
            AND o.external_id = t.there AND o.state <> 'superseded')"
);

/// Further parts are told by it as well, and one id there belongs to one record.
const REST: &str = concat!(
    "UPDATE export_record SET state = 'settled_manually', external_reference = t.there,
        changed_at = ?2
    FROM (",
    told!("r.id AS one", ""),
    ") t WHERE export_record.id = t.one"
);

/// For allocations that were just queued.
pub(super) async fn note_new(
    conn: &mut SqliteConnection,
    allocations: &str,
    at_ms: i64,
) -> Result<(), StoreError> {
    note(conn, Some(allocations), None, at_ms).await
}

/// What holds credit there, at a connection that knows it from an earlier one.
const HELD: &str = "UPDATE export_record SET state = 'exported', external_number = '',
        external_id = substr(p.event, length(c.provider) + length(c.remote_company_id) + 3),
        exported_at = ?2, changed_at = ?2
    FROM kept_credit h JOIN payment p ON p.id = h.payment_id JOIN connection c ON c.id = ?1
    WHERE export_record.connection_id = c.id AND export_record.kind = 'on_account'
        AND export_record.document_id = h.id AND export_record.state = 'pending'
        AND instr(p.event, c.provider || '/' || c.remote_company_id || '/') = 1";

/// A use that was made there has no reference of ours to be looked up by: the earlier connection
/// knows its id, which ends with the name it has here.
const USED: &str = "UPDATE export_record SET state = 'exported', external_id = t.external_id,
        exported_at = ?2, changed_at = ?2
    FROM connection c JOIN connection b ON b.id <> c.id AND b.provider = c.provider
        AND b.remote_company_id = c.remote_company_id
    JOIN export_record t ON t.connection_id = b.id AND t.kind = 'credit_allocation'
        AND t.operation = 'create' AND t.state = 'exported'
        AND substr(t.external_id, -length(t.document_id) - 1) = '/' || t.document_id
    WHERE c.id = ?1 AND export_record.connection_id = c.id
        AND export_record.kind = 'credit_allocation' AND export_record.operation = 'create'
        AND export_record.document_id = t.document_id AND export_record.state = 'pending'";

/// For a connection that was just opened.
pub(super) async fn note_book(
    conn: &mut SqliteConnection,
    connection: ConnectionId,
    at_ms: i64,
) -> Result<(), StoreError> {
    for sql in [HELD, USED] {
        sqlx::query(sql).bind(connection.to_string()).bind(at_ms).execute(&mut *conn).await?;
    }
    note(conn, None, Some(connection.to_string()), at_ms).await
}

async fn note(
    conn: &mut SqliteConnection,
    allocations: Option<&str>,
    connection: Option<String>,
    at_ms: i64,
) -> Result<(), StoreError> {
    for sql in [FIRST, REST] {
        sqlx::query(sql)
            .bind(allocations)
            .bind(at_ms)
            .bind(&connection)
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

/// Not sent, and there is no doubt about it. The office's state machine allows it in these states.
const NOTE: &str = "UPDATE export_record SET
        state = iif(t.taken, 'settled_manually', 'exported'),
        external_id = iif(t.taken, external_id, ?3),
        external_reference = iif(t.taken, ?3, external_reference),
        exported_at = ?4, changed_at = ?4
    FROM (SELECT EXISTS (SELECT 1 FROM export_record o WHERE o.connection_id = ?1
        AND o.kind = 'credit_allocation' AND o.external_id = ?3
        AND o.state <> 'superseded') AS taken) t
    WHERE connection_id = ?1 AND document_id = ?2 AND kind = 'credit_allocation'
        AND operation = 'create' AND state IN ('pending', 'retry_wait', 'needs_review', 'blocked')
    RETURNING id";

/// What it says stands there already, by another record.
const SAID: &str = "UPDATE export_record SET state = 'settled_manually', external_reference = ?3,
        changed_at = ?4
    FROM json_each(?2) j
    WHERE connection_id = ?1 AND kind = j.value ->> 'kind' AND document_id = j.value ->> 'id'
        AND operation = 'create' AND state IN ('pending', 'retry_wait', 'needs_review', 'blocked')
    RETURNING id";

/// A change that says nothing but what came from there.
const DROP: &str = "UPDATE export_record SET state = 'superseded', changed_at = ?2
    WHERE depends_on = ?1 AND kind = 'customer' AND operation <> 'create' AND state = 'pending'
    RETURNING id";

impl Tx {
    /// Notes that credit was applied there already: it is not sent.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn note_applied_there(
        &mut self,
        connection: ConnectionId,
        allocation: AllocationId,
        external_id: &str,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let noted: Vec<i64> = sqlx::query_scalar(NOTE)
            .bind(connection.to_string())
            .bind(allocation.to_string())
            .bind(external_id)
            .bind(now_ms)
            .fetch_all(self.view.conn())
            .await?;
        leave(self.view.conn(), &noted, now_ms).await
    }

    /// Notes that documents say what stands there already, by a record of theirs: they are not sent.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn note_said_there(
        &mut self,
        connection: ConnectionId,
        documents: &[(ExportKind, Uuid)],
        (external_id, now_ms): (&str, i64),
    ) -> Result<(), StoreError> {
        let named = documents.iter().map(|(kind, id)| json!({"kind": kind.word(), "id": id}));
        let noted: Vec<i64> = sqlx::query_scalar(SAID)
            .bind(connection.to_string())
            .bind(named.collect::<Value>().to_string())
            .bind(external_id)
            .bind(now_ms)
            .fetch_all(self.view.conn())
            .await?;
        leave(self.view.conn(), &noted, now_ms).await
    }

    /// Takes the queued change of a customer, by its record, back where it would only repeat what came
    /// from there.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn drop_customer_change(
        &mut self,
        customer: i64,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let dropped: Vec<i64> = sqlx::query_scalar(DROP)
            .bind(customer)
            .bind(now_ms)
            .fetch_all(self.view.conn())
            .await?;
        leave(self.view.conn(), &dropped, now_ms).await
    }
}
