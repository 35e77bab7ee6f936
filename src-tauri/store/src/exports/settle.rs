//! Writing down what became of records.
//!
//! Never chooses a state: it moves a record from the state it is known to be in to the one it is
//! told, and leaves it alone where it stands elsewhere meanwhile.

use super::claim::doubted_since;
use super::state::{Doubt, ExportKind, ExportState};
use crate::error::StoreError;
use crate::tx::Tx;
use finance::ids::ConnectionId;
use serde_json::{Value, json};

/// A record as it is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct External {
    /// Its id there.
    pub id: String,
    /// Its number or name there.
    pub number: String,
    /// Where a person can see it.
    pub url: Option<String>,
    /// Its total with VAT there.
    pub gross_minor: Option<i64>,
}

/// What becomes of one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordChange {
    /// Which.
    pub record: i64,
    /// The state it is in.
    pub from: ExportState,
    /// The state it goes to.
    pub to: ExportState,
    /// Its revision from now on; another one drops the key of the old.
    pub revision: u32,
    /// Sends that really failed so far.
    pub attempts: u32,
    /// It is looked up before it is sent again.
    pub look_first: bool,
    /// Not taken up before this moment.
    pub next_attempt_at_ms: i64,
    /// Why it is in doubt, if it is.
    pub doubt: Option<Doubt>,
    /// What is there.
    pub external: Option<External>,
    /// Why a person must look at it.
    pub causes: Vec<CauseDraft>,
}

/// A cause to be opened, or joined where it is open already.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CauseDraft {
    /// Its class, by the office's word.
    pub class: String,
    /// What must be mended.
    pub subject: String,
    /// What its text needs, as a JSON object of strings.
    pub params: String,
}

/// A call that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallNote {
    /// `push` or `find`.
    pub call: &'static str,
    /// When it began.
    pub started_at_ms: i64,
    /// When it ended.
    pub ended_at_ms: i64,
    /// HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// The provider's id of the request.
    pub request_id: Option<String>,
    /// The answer, shortened and without secrets.
    pub excerpt: String,
    /// What it brought for each record.
    pub attempts: Vec<AttemptNote>,
}

/// What a call brought for one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttemptNote {
    /// Which record.
    pub record: i64,
    /// Its revision then.
    pub revision: u32,
    /// `exported`, `found`, `refused`, `not_sent`, `unknown`, `waited` or `absent`.
    pub outcome: &'static str,
    /// Class of the failure.
    pub class: Option<String>,
    /// What the provider said about it.
    pub text: String,
}

impl Tx {
    /// Moves records. Returns how many were in the state they were thought to be in.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn change_exports(
        &mut self,
        connection: ConnectionId,
        changes: &[RecordChange],
        now_ms: i64,
    ) -> Result<u64, StoreError> {
        let rows: Vec<Value> = changes.iter().map(change_json).collect();
        let done = sqlx::query(CHANGE)
            .bind(serde_json::to_string(&rows)?)
            .bind(now_ms)
            .execute(self.view.conn())
            .await?;
        for change in changes {
            for cause in &change.causes {
                self.join_cause(connection, change.record, cause, now_ms).await?;
            }
        }
        let there: Vec<i64> = changes
            .iter()
            .filter(|change| change.to == ExportState::Exported)
            .map(|change| change.record)
            .collect();
        if !there.is_empty() {
            self.release_dependants(connection, &there, now_ms).await?;
        }
        Ok(done.rows_affected())
    }

    /// Writes a call into the history.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn note_call(
        &mut self,
        connection: ConnectionId,
        call: &CallNote,
    ) -> Result<(), StoreError> {
        let id: i64 = sqlx::query_scalar(
            "INSERT INTO export_call
                (connection_id, call, started_at, ended_at, status, request_id, excerpt)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING id",
        )
        .bind(connection.to_string())
        .bind(call.call)
        .bind(call.started_at_ms)
        .bind(call.ended_at_ms)
        .bind(call.status)
        .bind(&call.request_id)
        .bind(&call.excerpt)
        .fetch_one(self.view.conn())
        .await?;
        let attempts: Vec<Value> = call.attempts.iter().map(attempt_json).collect();
        sqlx::query(
            "INSERT INTO export_attempt (record_id, call_id, revision, outcome, class, text)
            SELECT value ->> 'record', ?1, value ->> 'revision', value ->> 'outcome',
                value ->> 'class', value ->> 'text' FROM json_each(?2)",
        )
        .bind(id)
        .bind(serde_json::to_string(&attempts)?)
        .execute(self.view.conn())
        .await?;
        Ok(())
    }

    /// Which of these ids there already belong to another record of ours.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn taken_external_ids(
        &mut self,
        connection: ConnectionId,
        kind: ExportKind,
        wanted: &[(i64, &str)],
    ) -> Result<Vec<i64>, StoreError> {
        let wanted: Vec<Value> =
            wanted.iter().map(|(record, id)| json!({ "record": record, "id": id })).collect();
        let taken = sqlx::query_scalar(TAKEN)
            .bind(connection.to_string())
            .bind(kind.word())
            .bind(serde_json::to_string(&wanted)?)
            .fetch_all(self.view.conn())
            .await?;
        Ok(taken)
    }
}

// CROSS JOIN keeps the order: the few that were answered lead, and each is one look into the index.
// Left to itself SQLite walks through everything that was ever sent, for each batch again.
pub(super) const TAKEN: &str = "SELECT j.value ->> 'record' FROM json_each(?3) j
    CROSS JOIN export_record r
        ON r.connection_id = ?1 AND r.kind = ?2 AND r.external_id = j.value ->> 'id'
        AND r.external_id IS NOT NULL AND r.state <> 'superseded'
    WHERE r.id <> j.value ->> 'record'";

// What is there is left only because it is gone: then what is known of it is of no use.
const CHANGE: &str = concat!(
    "UPDATE export_record SET
        state = j.value ->> 'to',
        idempotency_key = CASE WHEN revision = j.value ->> 'revision' THEN idempotency_key END,
        body_hash = CASE WHEN revision = j.value ->> 'revision' THEN body_hash END,
        revision = j.value ->> 'revision',
        attempts = j.value ->> 'attempts',
        look_first = j.value ->> 'look_first',
        next_attempt_at = j.value ->> 'next',
        doubt = j.value ->> 'doubt',
        doubt_since = CASE WHEN j.value ->> 'doubt' IS NOT NULL
            THEN coalesce(",
    doubted_since!("", "?2"),
    ", ?2) END,
        external_id = coalesce(j.value ->> 'external_id', iif(state = 'exported', NULL, external_id)),
        external_number = coalesce(j.value ->> 'external_number',
            iif(state = 'exported', NULL, external_number)),
        external_url = coalesce(j.value ->> 'external_url',
            iif(state = 'exported', NULL, external_url)),
        remote_gross_minor = coalesce(j.value ->> 'gross',
            iif(state = 'exported', NULL, remote_gross_minor)),
        exported_at = CASE WHEN j.value ->> 'to' = 'exported' THEN ?2
            WHEN state <> 'exported' THEN exported_at END,
        changed_at = ?2
    FROM json_each(?1) j
    WHERE export_record.id = j.value ->> 'id' AND export_record.state = j.value ->> 'from'"
);

fn change_json(change: &RecordChange) -> Value {
    let external = change.external.as_ref();
    json!({
        "id": change.record,
        "from": change.from.word(),
        "to": change.to.word(),
        "revision": change.revision,
        "attempts": change.attempts,
        "look_first": u8::from(change.look_first),
        "next": change.next_attempt_at_ms,
        "doubt": change.doubt.map(Doubt::word),
        "external_id": external.map(|there| &there.id),
        "external_number": external.map(|there| &there.number),
        "external_url": external.and_then(|there| there.url.as_ref()),
        "gross": external.and_then(|there| there.gross_minor),
    })
}

fn attempt_json(attempt: &AttemptNote) -> Value {
    json!({
        "record": attempt.record,
        "revision": attempt.revision,
        "outcome": attempt.outcome,
        "class": attempt.class,
        "text": attempt.text,
    })
}
