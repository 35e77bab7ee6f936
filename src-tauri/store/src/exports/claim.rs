//! Taking records out of the queue.
//!
//! Never decides whether a record may be sent: it gives what is due and writes down what was
//! taken, before anything leaves the desk.

use super::shared;
use super::state::{Doubt, ExportKind, ExportState};
use crate::decode::id;
use crate::error::StoreError;
use crate::tx::Tx;
use crate::view::View;
use finance::Currency;
use finance::ids::ConnectionId;
use serde::Serialize;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};
use uuid::Uuid;

/// Which part of a queue.
#[derive(Clone, Copy, Debug)]
pub struct DueQuestion {
    /// Of this connection.
    pub connection: ConnectionId,
    /// Of this kind.
    pub kind: ExportKind,
    /// Only what is taken back, or all but that; nothing: both.
    pub undo: Option<bool>,
    /// Only records after this one.
    pub after: i64,
    /// The present moment, in milliseconds since 1970-01-01 UTC.
    pub now_ms: i64,
    /// At most so many.
    pub limit: u32,
    /// Only records that were sent before.
    pub begun: bool,
}

/// A record that another needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// That record.
    pub record: i64,
    /// Where it stands.
    pub state: ExportState,
    /// Its id there, once it is there.
    pub external_id: Option<String>,
    /// It is one student's share of what is there, see [`shared`].
    pub is_share: bool,
    /// Its number, or what it is in words.
    pub label: String,
    /// Its kind.
    pub kind: ExportKind,
}

/// A record as the engine takes it up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueExport {
    /// Its identity at this desk.
    pub id: i64,
    /// Its kind.
    pub kind: ExportKind,
    /// Where it stands.
    pub state: ExportState,
    /// Our document.
    pub document_id: Uuid,
    /// Number, or what it is in words.
    pub label: String,
    /// What is done with it: `create`, `update-N` or `undo`.
    pub operation: String,
    /// Which revision.
    pub revision: u32,
    /// Hash of what was made ready under the present key.
    pub body_hash: Option<String>,
    /// It is looked up before it is sent.
    pub look_first: bool,
    /// Sends that really failed.
    pub attempts: u32,
    /// When it was last taken for sending.
    pub sent_at_ms: Option<i64>,
    /// Why it is not known whether it was applied.
    pub doubt: Option<Doubt>,
    /// Since when that is not known.
    pub doubt_since_ms: Option<i64>,
    /// What must be there first: the customer, the invoice, the credit note.
    pub needs: [Option<Dependency>; 2],
    /// The customer it needs stands for all students.
    pub grouped: bool,
    /// Of a customer that is kept in one currency other than the book's: which.
    pub currency: Option<Currency>,
}

impl DueExport {
    /// It changes what is there already.
    pub fn is_update(&self) -> bool {
        self.operation != "create"
    }

    /// What was sent no longer counts here: it is to be taken back there.
    pub fn is_undo(&self) -> bool {
        self.operation == "undo"
    }
}

/// A record that is written down as under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClaimedExport {
    /// Which.
    pub id: i64,
    /// Its revision.
    pub revision: u32,
    /// The key it is sent under.
    pub key: String,
    /// Hash of what is sent under it.
    pub body_hash: String,
}

/// Since when a record is in doubt, as far as it was asked about: an hour without a look-up counts as
/// time in which nobody could know (the program was closed, the line was dead). With the prefix of the
/// record's columns and the present moment.
macro_rules! doubted_since {
    ($of:literal, $now:literal) => {
        concat!("(", $of, "doubt_since + max(0, ", $now, " - ", $of, "changed_at - 3600000))")
    };
}
pub(super) use doubted_since;

const DUE: &str = "SELECT r.id, r.kind, r.state, r.document_id, r.label, r.operation, r.revision,
        r.body_hash, r.look_first, r.attempts, r.sent_at, r.doubt, r.doubt_since,
        a.id AS a_id, a.state AS a_state, a.external_id AS a_external, a.label AS a_label,
        a.kind AS a_kind, b.kind AS b_kind,
        b.id AS b_id, b.state AS b_state, b.external_id AS b_external, b.label AS b_label,
        coalesce(a.document_id = r.connection_id, 0) AS grouped,
        iif(r.kind = 'customer', r.currency, NULL) AS own_currency
    FROM export_record r
    LEFT JOIN export_record a ON a.id = r.depends_on
    LEFT JOIN export_record b ON b.id = r.depends_also_on
    WHERE r.connection_id = ?1 AND r.kind = ?2 AND r.id > ?3 AND r.next_attempt_at <= ?4
        AND r.state IN ('pending', 'retry_wait') AND (?6 = 0 OR r.sent_at IS NOT NULL)
        AND (?7 IS NULL OR (r.operation = 'undo') = ?7)
        AND (a.id IS NULL OR a.state NOT IN ('pending', 'in_flight', 'retry_wait', 'unknown'))
        AND (b.id IS NULL OR b.state NOT IN ('pending', 'in_flight', 'retry_wait', 'unknown'))
    ORDER BY r.id LIMIT ?5";

const DOUBTFUL: &str = concat!(
    "SELECT r.id, r.kind, r.state, r.document_id, r.label, r.operation,
        r.revision, r.body_hash, r.look_first, r.attempts, r.sent_at, r.doubt, ",
    doubted_since!("r.", "?4"),
    " AS doubt_since,
        a.id AS a_id, a.state AS a_state, a.external_id AS a_external, a.label AS a_label,
        a.kind AS a_kind, b.kind AS b_kind,
        b.id AS b_id, b.state AS b_state, b.external_id AS b_external, b.label AS b_label,
        coalesce(a.document_id = r.connection_id, 0) AS grouped,
        iif(r.kind = 'customer', r.currency, NULL) AS own_currency
    FROM export_record r
    LEFT JOIN export_record a ON a.id = r.depends_on
    LEFT JOIN export_record b ON b.id = r.depends_also_on
    WHERE r.connection_id = ?1 AND r.kind = ?2 AND r.id > ?3 AND r.next_attempt_at <= ?4
        AND r.state = 'unknown' AND (?6 = 0 OR r.sent_at IS NOT NULL)
        AND (?7 IS NULL OR (r.operation = 'undo') = ?7)
    ORDER BY r.id LIMIT ?5"
);

const ONE: &str = "SELECT r.id, r.kind, r.state, r.document_id, r.label, r.operation,
        r.revision, r.body_hash, r.look_first, r.attempts, r.sent_at, r.doubt, r.doubt_since,
        a.id AS a_id, a.state AS a_state, a.external_id AS a_external, a.label AS a_label,
        a.kind AS a_kind, b.kind AS b_kind,
        b.id AS b_id, b.state AS b_state, b.external_id AS b_external, b.label AS b_label,
        coalesce(a.document_id = r.connection_id, 0) AS grouped,
        iif(r.kind = 'customer', r.currency, NULL) AS own_currency
    FROM export_record r
    LEFT JOIN export_record a ON a.id = r.depends_on
    LEFT JOIN export_record b ON b.id = r.depends_also_on
    WHERE r.id = ?1";

impl View {
    /// Records that may be sent now, in the order they were queued: those whose time has come and
    /// whose dependencies are not on their way any more, whatever became of these.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn due_exports(&mut self, which: DueQuestion) -> Result<Vec<DueExport>, StoreError> {
        self.queue(DUE, which).await
    }

    /// Records in doubt whose look-up is due.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn doubtful_exports(
        &mut self,
        which: DueQuestion,
    ) -> Result<Vec<DueExport>, StoreError> {
        self.queue(DOUBTFUL, which).await
    }

    /// One record as the engine would take it up, whatever its state.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn export_as_due(&mut self, record: i64) -> Result<Option<DueExport>, StoreError> {
        let row = sqlx::query(ONE).bind(record).fetch_optional(self.conn()).await?;
        row.as_ref().map(due).transpose()
    }

    async fn queue(
        &mut self,
        sql: &'static str,
        which: DueQuestion,
    ) -> Result<Vec<DueExport>, StoreError> {
        let rows = sqlx::query(sql)
            .bind(which.connection.to_string())
            .bind(which.kind.word())
            .bind(which.after)
            .bind(which.now_ms)
            .bind(which.limit)
            .bind(which.begun)
            .bind(which.undo)
            .fetch_all(self.conn())
            .await?;
        rows.iter().map(due).collect()
    }

    /// The moment at which the next record of a connection is due, if any waits for a moment;
    /// asked for those that were begun, the next that was sent before.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn next_export_at(
        &mut self,
        connection: ConnectionId,
        begun: bool,
    ) -> Result<Option<i64>, StoreError> {
        let next = sqlx::query_scalar(
            "SELECT MIN(r.next_attempt_at) FROM export_record r
                LEFT JOIN export_record a ON a.id = r.depends_on
                LEFT JOIN export_record b ON b.id = r.depends_also_on
            WHERE r.connection_id = ?1 AND r.state IN ('pending', 'retry_wait', 'unknown')
                AND (?2 = 0 OR r.sent_at IS NOT NULL)
                AND (r.state = 'unknown'
                    OR ((a.id IS NULL OR a.state NOT IN
                            ('pending', 'in_flight', 'retry_wait', 'unknown'))
                        AND (b.id IS NULL OR b.state NOT IN
                            ('pending', 'in_flight', 'retry_wait', 'unknown'))))",
        )
        .bind(connection.to_string())
        .bind(begun)
        .fetch_one(self.conn())
        .await?;
        Ok(next)
    }
}

impl Tx {
    /// Writes records down as under way. Returns how many were still to be had.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn claim_exports(
        &mut self,
        claimed: &[ClaimedExport],
        now_ms: i64,
    ) -> Result<u64, StoreError> {
        let done = sqlx::query(
            "UPDATE export_record SET state = 'in_flight', sent_at = ?2, changed_at = ?2,
                revision = j.value ->> 'revision', idempotency_key = j.value ->> 'key',
                body_hash = j.value ->> 'body_hash'
            FROM json_each(?1) j
            WHERE export_record.id = j.value ->> 'id' AND state IN ('pending', 'retry_wait')",
        )
        .bind(serde_json::to_string(claimed)?)
        .bind(now_ms)
        .execute(self.view.conn())
        .await?;
        Ok(done.rows_affected())
    }

    /// Gives records under way another revision with its own key, before anything of it is sent.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn revise_exports(
        &mut self,
        revised: &[ClaimedExport],
        now_ms: i64,
    ) -> Result<u64, StoreError> {
        let done = sqlx::query(
            "UPDATE export_record SET sent_at = ?2, changed_at = ?2,
                revision = j.value ->> 'revision', idempotency_key = j.value ->> 'key',
                body_hash = j.value ->> 'body_hash'
            FROM json_each(?1) j
            WHERE export_record.id = j.value ->> 'id' AND state = 'in_flight'",
        )
        .bind(serde_json::to_string(revised)?)
        .bind(now_ms)
        .execute(self.view.conn())
        .await?;
        Ok(done.rows_affected())
    }

    /// Has everything that waits at a connection looked up before it is sent: somebody else sends the
    /// same documents there. Returns how many records.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn look_up_first(&mut self, connection: ConnectionId) -> Result<u64, StoreError> {
        look_up_first(self.view.conn(), Some(connection)).await
    }

    /// After a restart: whatever was under way on a connection is in doubt. Returns how many.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn doubt_interrupted(
        &mut self,
        connection: ConnectionId,
        now_ms: i64,
    ) -> Result<u64, StoreError> {
        let done = sqlx::query(
            "UPDATE export_record SET state = 'unknown', doubt = 'interrupted', look_first = 1,
                doubt_since = coalesce(doubt_since, ?1), next_attempt_at = ?1, changed_at = ?1
            WHERE state = 'in_flight' AND connection_id = ?2",
        )
        .bind(now_ms)
        .bind(connection.to_string())
        .execute(self.view.conn())
        .await?;
        Ok(done.rows_affected())
    }
}

/// Has everything that waits looked up before it is sent, at one connection or at all: somebody else
/// may have sent it. A change cannot be looked up; it is made again.
///
/// # Errors
/// What the database reports.
pub(crate) async fn look_up_first(
    conn: &mut SqliteConnection,
    connection: Option<ConnectionId>,
) -> Result<u64, StoreError> {
    let done = sqlx::query(
        "UPDATE export_record SET look_first = 1
        WHERE operation = 'create' AND look_first = 0
            AND state IN ('pending', 'retry_wait', 'needs_review', 'blocked')
            AND (?1 IS NULL OR connection_id = ?1)",
    )
    .bind(connection.map(|id| id.to_string()))
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// The currency that a customer is kept in.
///
/// # Errors
/// [`StoreError::Damaged`] where it is none.
pub(crate) fn own_currency(row: &SqliteRow) -> Result<Option<Currency>, StoreError> {
    row.try_get::<Option<&str>, _>("own_currency")?.map(crate::decode::currency).transpose()
}

fn due(row: &SqliteRow) -> Result<DueExport, StoreError> {
    Ok(DueExport {
        id: row.try_get("id")?,
        kind: ExportKind::of(row.try_get("kind")?)?,
        state: ExportState::of(row.try_get("state")?)?,
        document_id: id(row.try_get("document_id")?)?,
        label: row.try_get("label")?,
        operation: row.try_get("operation")?,
        revision: row.try_get("revision")?,
        body_hash: row.try_get("body_hash")?,
        look_first: row.try_get("look_first")?,
        attempts: row.try_get("attempts")?,
        sent_at_ms: row.try_get("sent_at")?,
        doubt: row.try_get::<Option<&str>, _>("doubt")?.map(Doubt::of).transpose()?,
        doubt_since_ms: row.try_get("doubt_since")?,
        needs: [
            dependency(row, ["a_id", "a_state", "a_external", "a_label", "a_kind"])?,
            dependency(row, ["b_id", "b_state", "b_external", "b_label", "b_kind"])?,
        ],
        grouped: row.try_get("grouped")?,
        currency: own_currency(row)?,
    })
}

fn dependency(row: &SqliteRow, columns: [&str; 5]) -> Result<Option<Dependency>, StoreError> {
    let [record, state, external, label, kind] = columns;
    let Some(record) = row.try_get::<Option<i64>, _>(record)? else { return Ok(None) };
    let known_as: Option<&str> = row.try_get(external)?;
    Ok(Some(Dependency {
        record,
        state: ExportState::of(row.try_get(state)?)?,
        is_share: known_as.is_some_and(shared::is_share),
        external_id: known_as.map(|it| shared::whole(it).to_owned()),
        label: row.try_get(label)?,
        kind: ExportKind::of(row.try_get(kind)?)?,
    }))
}
