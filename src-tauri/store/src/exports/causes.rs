//! Causes and the records they hold up.
//!
//! Never mends anything: it opens causes, joins records to them and lets the records go.

use super::settle::CauseDraft;
use crate::error::StoreError;
use crate::tx::Tx;
use finance::ids::{ConnectionId, UserId};
use sqlx::SqliteConnection;

// CROSS JOIN keeps the order: few subjects are asked for, and many causes may be open.
pub(super) const OPEN: &str = "SELECT c.id FROM json_each(?3) j CROSS JOIN export_cause c
    ON c.connection_id = ?1 AND c.class = ?2 AND c.subject = j.value AND c.resolved_at IS NULL";

impl Tx {
    /// Joins a record to an open cause, opening it where there is none.
    pub(super) async fn join_cause(
        &mut self,
        connection: ConnectionId,
        record: i64,
        cause: &CauseDraft,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO export_cause (connection_id, class, subject, params, opened_at)
            VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (connection_id, class, subject) WHERE resolved_at IS NULL DO NOTHING",
        )
        .bind(connection.to_string())
        .bind(&cause.class)
        .bind(&cause.subject)
        .bind(&cause.params)
        .bind(now_ms)
        .execute(self.view.conn())
        .await?;
        sqlx::query(
            "INSERT OR IGNORE INTO export_cause_record (cause_id, record_id)
            SELECT id, ?4 FROM export_cause
            WHERE connection_id = ?1 AND class = ?2 AND subject = ?3 AND resolved_at IS NULL",
        )
        .bind(connection.to_string())
        .bind(&cause.class)
        .bind(&cause.subject)
        .bind(record)
        .execute(self.view.conn())
        .await?;
        Ok(())
    }

    /// Resolves causes by class and subject. Records that no other cause holds up go back into
    /// the queue. Returns how many did.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn resolve_causes(
        &mut self,
        connection: ConnectionId,
        class: &str,
        subjects: &[String],
        now_ms: i64,
    ) -> Result<u32, StoreError> {
        let causes: Vec<i64> = sqlx::query_scalar(OPEN)
            .bind(connection.to_string())
            .bind(class)
            .bind(serde_json::to_string(subjects)?)
            .fetch_all(self.view.conn())
            .await?;
        self.resolve(&causes, now_ms).await
    }

    /// Resolves one cause, as [`Tx::resolve_causes`] does. Nothing happens to one that is
    /// resolved already.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn resolve_cause(&mut self, cause: i64, now_ms: i64) -> Result<u32, StoreError> {
        let open: Vec<i64> =
            sqlx::query_scalar("SELECT id FROM export_cause WHERE id = ?1 AND resolved_at IS NULL")
                .bind(cause)
                .fetch_all(self.view.conn())
                .await?;
        self.resolve(&open, now_ms).await
    }

    /// Says who sees to an open cause; nothing: nobody in particular.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn give_cause(&mut self, cause: i64, to: Option<UserId>) -> Result<(), StoreError> {
        sqlx::query("UPDATE export_cause SET given_to = ?2 WHERE id = ?1 AND resolved_at IS NULL")
            .bind(cause)
            .bind(to.map(|user| user.to_string()))
            .execute(self.view.conn())
            .await?;
        Ok(())
    }

    /// Takes records away from whatever holds them up and puts them back into the queue, with all
    /// their tries before them; those that were ever sent are looked up first. Returns how many
    /// were waiting for a person.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn release_exports(
        &mut self,
        records: &[i64],
        now_ms: i64,
    ) -> Result<u32, StoreError> {
        self.leave_causes(records, now_ms).await?;
        self.requeue(records, now_ms).await
    }

    /// Takes records away from their causes; causes that hold up nothing any more are resolved.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn leave_causes(&mut self, records: &[i64], now_ms: i64) -> Result<(), StoreError> {
        leave(self.view.conn(), records, now_ms).await
    }

    /// Lets go what waited for these records to be there.
    pub(super) async fn release_dependants(
        &mut self,
        connection: ConnectionId,
        there: &[i64],
        now_ms: i64,
    ) -> Result<u32, StoreError> {
        let subjects: Vec<String> = there.iter().map(i64::to_string).collect();
        self.resolve_causes(connection, "depends", &subjects, now_ms).await
    }

    async fn resolve(&mut self, causes: &[i64], now_ms: i64) -> Result<u32, StoreError> {
        if causes.is_empty() {
            return Ok(0);
        }
        let causes = serde_json::to_string(causes)?;
        sqlx::query(
            "UPDATE export_cause SET resolved_at = ?2
            WHERE id IN (SELECT value FROM json_each(?1))",
        )
        .bind(&causes)
        .bind(now_ms)
        .execute(self.view.conn())
        .await?;
        let mut records: Vec<i64> = sqlx::query_scalar(
            "DELETE FROM export_cause_record
            WHERE cause_id IN (SELECT value FROM json_each(?1)) RETURNING record_id",
        )
        .bind(&causes)
        .fetch_all(self.view.conn())
        .await?;
        records.sort_unstable();
        records.dedup();
        self.requeue(&records, now_ms).await
    }

    /// Back into the queue, unless another cause holds them up or they do not wait for a person.
    async fn requeue(&mut self, records: &[i64], now_ms: i64) -> Result<u32, StoreError> {
        let done = sqlx::query(
            "UPDATE export_record SET attempts = 0, next_attempt_at = ?2,
                state = CASE state WHEN 'retry_wait' THEN state ELSE 'pending' END,
                look_first = (look_first OR sent_at IS NOT NULL), doubt = NULL, doubt_since = NULL,
                changed_at = ?2
            WHERE id IN (SELECT value FROM json_each(?1))
                AND state IN ('needs_review', 'blocked', 'retry_wait')
                AND NOT EXISTS (SELECT 1 FROM export_cause_record l WHERE l.record_id = id)",
        )
        .bind(serde_json::to_string(records)?)
        .bind(now_ms)
        .execute(self.view.conn())
        .await?;
        Ok(u32::try_from(done.rows_affected()).unwrap_or(u32::MAX))
    }
}

/// Takes records away from their causes, as [`Tx::leave_causes`] does.
pub(super) async fn leave(
    conn: &mut SqliteConnection,
    records: &[i64],
    now_ms: i64,
) -> Result<(), StoreError> {
    let records = serde_json::to_string(records)?;
    let causes: Vec<i64> = sqlx::query_scalar(
        "DELETE FROM export_cause_record
        WHERE record_id IN (SELECT value FROM json_each(?1)) RETURNING cause_id",
    )
    .bind(&records)
    .fetch_all(&mut *conn)
    .await?;
    sqlx::query(
        "UPDATE export_cause SET resolved_at = ?2
        WHERE id IN (SELECT value FROM json_each(?1)) AND resolved_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM export_cause_record l WHERE l.cause_id = id)",
    )
    .bind(serde_json::to_string(&causes)?)
    .bind(now_ms)
    .execute(conn)
    .await?;
    Ok(())
}
