//! When connections send by themselves, and what is left of calls that were kept long enough.
//!
//! Never deletes what has no sum left behind, nor what a record that is not at its end yet went
//! through.

use crate::error::StoreError;
use crate::tx::Tx;
use crate::view::View;
use finance::ids::ConnectionId;
use sqlx::Row;

/// When a connection sends what was never sent. What was begun is always brought to its end as soon
/// as it is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schedule {
    /// As soon as something waits.
    AtOnce,
    /// Every so many minutes.
    Every(u32),
    /// When a person says so.
    ByHand,
}

/// What is left of calls that are no longer kept one by one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PrunedCalls {
    /// The last month there are sums of, as year and month: 202311.
    pub through_month: u32,
    /// Calls.
    pub calls: u64,
    /// Records that arrived by them, also those that were found there.
    pub exported: u64,
    /// Everything else they brought for a record.
    pub others: u64,
}

impl View {
    /// When a connection sends.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn connection_schedule(
        &mut self,
        connection: ConnectionId,
    ) -> Result<Schedule, StoreError> {
        let row =
            sqlx::query("SELECT mode, minutes FROM connection_schedule WHERE connection_id = ?")
                .bind(connection.to_string())
                .fetch_optional(self.conn())
                .await?;
        let Some(row) = row else { return Ok(Schedule::AtOnce) };
        Ok(match row.try_get("mode")? {
            "every" => Schedule::Every(row.try_get("minutes")?),
            "by_hand" => Schedule::ByHand,
            _ => Schedule::AtOnce,
        })
    }

    /// The sums of the calls of a connection that are no longer kept; nothing where all are.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn pruned_calls(
        &mut self,
        connection: ConnectionId,
    ) -> Result<Option<PrunedCalls>, StoreError> {
        let row = sqlx::query(
            "SELECT max(month) AS month, sum(calls) AS calls, sum(exported + found) AS exported,
                sum(refused + not_sent + unknown + waited + absent) AS others
            FROM export_history WHERE connection_id = ? HAVING count(*) > 0",
        )
        .bind(connection.to_string())
        .fetch_optional(self.conn())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let count = |column| row.try_get::<i64, _>(column).map(i64::unsigned_abs);
        Ok(Some(PrunedCalls {
            through_month: row.try_get("month")?,
            calls: count("calls")?,
            exported: count("exported")?,
            others: count("others")?,
        }))
    }
}

const OLD: &str = "SELECT l.id FROM export_call l WHERE l.ended_at < ?1
        AND NOT EXISTS (SELECT 1 FROM export_attempt a JOIN export_record r ON r.id = a.record_id
            WHERE a.call_id = l.id AND r.state IN
                ('pending', 'in_flight', 'retry_wait', 'unknown', 'needs_review', 'blocked'))
    ORDER BY l.id LIMIT ?2";

const SUM_CALLS: &str = "INSERT INTO export_history (connection_id, month, calls)
    SELECT connection_id, CAST(strftime('%Y%m', ended_at / 1000, 'unixepoch') AS INTEGER) AS m,
        count(*)
    FROM export_call WHERE id IN (SELECT value FROM json_each(?1)) GROUP BY connection_id, m
    ON CONFLICT (connection_id, month) DO UPDATE SET calls = calls + excluded.calls";

const SUM_ATTEMPTS: &str = "INSERT INTO export_history (connection_id, month, exported, found,
        refused, not_sent, unknown, waited, absent)
    SELECT l.connection_id,
        CAST(strftime('%Y%m', l.ended_at / 1000, 'unixepoch') AS INTEGER) AS m,
        sum(a.outcome = 'exported'), sum(a.outcome = 'found'), sum(a.outcome = 'refused'),
        sum(a.outcome = 'not_sent'), sum(a.outcome = 'unknown'), sum(a.outcome = 'waited'),
        sum(a.outcome = 'absent')
    FROM export_attempt a JOIN export_call l ON l.id = a.call_id
    WHERE a.call_id IN (SELECT value FROM json_each(?1)) GROUP BY l.connection_id, m
    ON CONFLICT (connection_id, month) DO UPDATE SET exported = exported + excluded.exported,
        found = found + excluded.found, refused = refused + excluded.refused,
        not_sent = not_sent + excluded.not_sent, unknown = unknown + excluded.unknown,
        waited = waited + excluded.waited, absent = absent + excluded.absent";

impl Tx {
    /// Sets when a connection sends, and when its next run is.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn set_connection_schedule(
        &mut self,
        connection: ConnectionId,
        schedule: Schedule,
        next_run_ms: Option<i64>,
    ) -> Result<(), StoreError> {
        let (mode, minutes) = match schedule {
            Schedule::AtOnce => ("at_once", 60),
            Schedule::Every(minutes) => ("every", minutes),
            Schedule::ByHand => ("by_hand", 60),
        };
        sqlx::query(
            "INSERT OR REPLACE INTO connection_schedule (connection_id, mode, minutes)
            VALUES (?1, ?2, ?3)",
        )
        .bind(connection.to_string())
        .bind(mode)
        .bind(minutes)
        .execute(self.view.conn())
        .await?;
        sqlx::query(
            "INSERT INTO connection_run (connection_id, next_run) VALUES (?1, ?2)
            ON CONFLICT (connection_id) DO UPDATE SET next_run = excluded.next_run",
        )
        .bind(connection.to_string())
        .bind(next_run_ms)
        .execute(self.view.conn())
        .await?;
        Ok(())
    }

    /// Takes away calls that ended before a moment, at most so many, and what they brought for each
    /// record; their sums stay. Returns how many calls went.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn prune_calls(&mut self, before_ms: i64, limit: u32) -> Result<usize, StoreError> {
        let old: Vec<i64> =
            sqlx::query_scalar(OLD).bind(before_ms).bind(limit).fetch_all(self.view.conn()).await?;
        if old.is_empty() {
            return Ok(0);
        }
        sqlx::query("UPDATE export_horizon SET before = max(before, ?1)")
            .bind(before_ms)
            .execute(self.view.conn())
            .await?;
        let ids = serde_json::to_string(&old)?;
        let steps = [
            SUM_CALLS,
            SUM_ATTEMPTS,
            "DELETE FROM export_attempt WHERE call_id IN (SELECT value FROM json_each(?1))",
            "DELETE FROM export_call WHERE id IN (SELECT value FROM json_each(?1))",
        ];
        for step in steps {
            sqlx::query(step).bind(&ids).execute(self.view.conn()).await?;
        }
        Ok(old.len())
    }
}
