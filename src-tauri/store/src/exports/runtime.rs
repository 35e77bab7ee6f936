//! How a connection stands at this desk: the breaker, the call limits, the last run.
//!
//! Never the connection itself: that follows from its facts.

use crate::error::StoreError;
use crate::tx::Tx;
use crate::view::View;
use chrono::NaiveDate;
use finance::ids::ConnectionId;
use sqlx::Row;

/// How a connection stands. Moments are milliseconds since 1970-01-01 UTC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionRun {
    /// `ready` or `sign_in_needed`.
    pub state: String,
    /// When a person let it begin to send; before that everything waits.
    pub started_at_ms: Option<i64>,
    /// Unanswered calls in a row.
    pub failures: u32,
    /// Until when the connection rests because of them.
    pub resting_until_ms: Option<i64>,
    /// Nothing is sent before this moment: a call limit is used up.
    pub held_until_ms: Option<i64>,
    /// When a record last arrived.
    pub last_success_ms: Option<i64>,
    /// When the connection is looked after next.
    pub next_run_ms: Option<i64>,
    /// Calls of the last day, as the throttle keeps them (JSON).
    pub day_use: String,
    /// Calls left today, as far as is known.
    pub calls_left: Option<u32>,
    /// Currency of the books there.
    pub base_currency: Option<String>,
    /// Nothing dated on or before this day is accepted there.
    pub locked_until: Option<NaiveDate>,
    /// When accounts and tax rates were last read.
    pub reference_data_at_ms: Option<i64>,
    /// The run in progress or the last one (JSON).
    pub last_run: Option<String>,
}

impl Default for ConnectionRun {
    fn default() -> Self {
        Self {
            state: "ready".to_owned(),
            started_at_ms: None,
            failures: 0,
            resting_until_ms: None,
            held_until_ms: None,
            last_success_ms: None,
            next_run_ms: None,
            day_use: "[]".to_owned(),
            calls_left: None,
            base_currency: None,
            locked_until: None,
            reference_data_at_ms: None,
            last_run: None,
        }
    }
}

impl View {
    /// How a connection stands; a new one is ready, but has not begun to send.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn connection_run(
        &mut self,
        connection: ConnectionId,
    ) -> Result<ConnectionRun, StoreError> {
        let row = sqlx::query(
            "SELECT state, started_at, failures, resting_until, held_until, last_success, next_run, day_use,
                calls_left, base_currency, locked_until, reference_data_at, last_run
            FROM connection_run WHERE connection_id = ?1",
        )
        .bind(connection.to_string())
        .fetch_optional(self.conn())
        .await?;
        let Some(row) = row else { return Ok(ConnectionRun::default()) };
        Ok(ConnectionRun {
            state: row.try_get("state")?,
            started_at_ms: row.try_get("started_at")?,
            failures: row.try_get("failures")?,
            resting_until_ms: row.try_get("resting_until")?,
            held_until_ms: row.try_get("held_until")?,
            last_success_ms: row.try_get("last_success")?,
            next_run_ms: row.try_get("next_run")?,
            day_use: row.try_get("day_use")?,
            calls_left: row.try_get("calls_left")?,
            base_currency: row.try_get("base_currency")?,
            locked_until: crate::decode::optional_date(row.try_get("locked_until")?)?,
            reference_data_at_ms: row.try_get("reference_data_at")?,
            last_run: row.try_get("last_run")?,
        })
    }
}

impl Tx {
    /// Keeps how a connection stands.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn keep_connection_run(
        &mut self,
        connection: ConnectionId,
        run: &ConnectionRun,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT OR REPLACE INTO connection_run (connection_id, state, started_at, failures,
                resting_until, held_until, last_success, next_run, day_use, calls_left,
                base_currency, locked_until, reference_data_at, last_run)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )
        .bind(connection.to_string())
        .bind(&run.state)
        .bind(run.started_at_ms)
        .bind(run.failures)
        .bind(run.resting_until_ms)
        .bind(run.held_until_ms)
        .bind(run.last_success_ms)
        .bind(run.next_run_ms)
        .bind(&run.day_use)
        .bind(run.calls_left)
        .bind(&run.base_currency)
        .bind(run.locked_until.map(|day| day.to_string()))
        .bind(run.reference_data_at_ms)
        .bind(&run.last_run)
        .execute(self.view.conn())
        .await?;
        Ok(())
    }

    /// Keeps the calls of the last day, as the throttle counts them, and nothing else.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn keep_day_use(
        &mut self,
        connection: ConnectionId,
        day_use: &str,
        calls_left: u32,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO connection_run (connection_id, day_use, calls_left) VALUES (?1, ?2, ?3)
            ON CONFLICT (connection_id) DO UPDATE
                SET day_use = excluded.day_use, calls_left = excluded.calls_left",
        )
        .bind(connection.to_string())
        .bind(day_use)
        .bind(calls_left)
        .execute(self.view.conn())
        .await?;
        Ok(())
    }
}
