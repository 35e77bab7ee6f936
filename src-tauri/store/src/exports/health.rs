//! How a connection does: what waits longest, what its calls brought, how long records took.
//!
//! Never judges: it counts what stands in the queue and in the history of calls.

use crate::decode::count;
use crate::error::StoreError;
use crate::exports::ExportKind;
use crate::view::View;
use finance::ids::ConnectionId;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

/// Records whose time from queue to system is looked at: the last that arrived.
const ARRIVALS: u32 = 1_000;

/// A span of time, its end not included, in milliseconds since 1970-01-01 UTC.
pub type Span = (i64, i64);

/// What the calls of a span brought, attempt by attempt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcomes {
    /// Records that are there and agree.
    pub arrived: u32,
    /// Records that a person must look at because of the answer.
    pub refused: u32,
    /// Attempts after which it was not known whether the record is there.
    pub doubted: u32,
}

/// How a connection does. Moments are milliseconds since 1970-01-01 UTC.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportHealth {
    /// When the oldest record was queued that goes by itself.
    pub oldest_waiting_ms: Option<i64>,
    /// Since when the oldest record is in doubt.
    pub oldest_doubt_ms: Option<i64>,
    /// What the calls of each span brought, in the order of the spans.
    pub spans: Vec<Outcomes>,
    /// Milliseconds from queue to system of the records that arrived last, at most a thousand,
    /// shortest first.
    pub took_ms: Vec<i64>,
    /// How many records of each kind wait that go by themselves.
    pub waiting: Vec<(ExportKind, u32)>,
    /// Records that were found there before they would have been sent a second time, ever.
    pub duplicates_prevented: u32,
}

// The first of each kind by id was queued first; each is one look into the queue's index.
pub(super) const OLDEST: &str = "SELECT min(first) FROM (SELECT (SELECT r.created_at
        FROM export_record r WHERE r.connection_id = ?1 AND r.kind = k.value
            AND r.state IN ('pending', 'retry_wait') ORDER BY r.id LIMIT 1) AS first
    FROM json_each(?2) k)";

// From the queue's index alone.
pub(super) const WAITING: &str = "SELECT kind, count(*) FROM export_record
    WHERE connection_id = ?1 AND state IN ('pending', 'retry_wait') GROUP BY kind";

const OLDEST_DOUBT: &str = "SELECT min(coalesce(doubt_since, changed_at)) FROM export_record
    WHERE connection_id = ?1 AND state = 'unknown'";

// CROSS JOIN keeps the order: the few spans lead into the calls by time. A refusal as a duplicate is
// looked up, and the look-up says what it was.
pub(super) const OUTCOMES: &str = "SELECT s.key AS place,
        count(*) FILTER (WHERE a.outcome IN ('exported', 'found') AND a.class IS NULL) AS arrived,
        count(*) FILTER (WHERE a.class IS NOT NULL AND (a.outcome IN ('exported', 'found', 'absent')
            OR (a.outcome = 'refused' AND a.class <> 'duplicate'))) AS refused,
        count(*) FILTER (WHERE a.outcome = 'unknown') AS doubted
    FROM json_each(?2) s
    CROSS JOIN export_call c ON c.connection_id = ?1
        AND c.started_at >= s.value ->> 0 AND c.started_at < s.value ->> 1
    CROSS JOIN export_attempt a ON a.call_id = c.id
    GROUP BY s.key";

pub(super) const TOOK: &str = "SELECT took FROM (SELECT max(r.changed_at - r.created_at, 0) AS took
        FROM export_record r WHERE r.connection_id = ?1 AND r.state = 'exported'
        ORDER BY r.changed_at DESC LIMIT ?2) ORDER BY took";

// CROSS JOIN keeps the order: the few that were found lead, from an index that holds no others.
pub(super) const PREVENTED: &str = "SELECT count(*) FROM export_attempt a
    CROSS JOIN export_call c ON c.id = a.call_id
    WHERE a.outcome = 'found' AND a.class IS NULL AND c.connection_id = ?1";

impl View {
    /// How much credit a system set against invoices by itself since a moment, as far as it says so.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn applied_by_itself(
        &mut self,
        connection: ConnectionId,
        since_ms: i64,
    ) -> Result<u32, StoreError> {
        let count: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM incoming WHERE connection_id = ?1 AND kind = 'credit_allocation'
                AND automatic = 1 AND seen_at >= ?2",
        )
        .bind(connection.to_string())
        .bind(since_ms)
        .fetch_one(self.conn())
        .await?;
        Ok(crate::decode::count(count))
    }

    /// How a connection does, with what its calls brought in each of these spans.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn export_health(
        &mut self,
        connection: ConnectionId,
        spans: &[Span],
    ) -> Result<ExportHealth, StoreError> {
        let id = connection.to_string();
        let kinds: Vec<&str> = ExportKind::ALL.iter().map(|kind| kind.word()).collect();
        let oldest_waiting_ms = sqlx::query_scalar(OLDEST)
            .bind(&id)
            .bind(serde_json::to_string(&kinds)?)
            .fetch_one(self.conn())
            .await?;
        let oldest_doubt_ms =
            sqlx::query_scalar(OLDEST_DOUBT).bind(&id).fetch_one(self.conn()).await?;
        let took_ms =
            sqlx::query_scalar(TOOK).bind(&id).bind(ARRIVALS).fetch_all(self.conn()).await?;
        let waiting: Vec<(String, i64)> =
            sqlx::query_as(WAITING).bind(&id).fetch_all(self.conn()).await?;
        let waiting = waiting.iter().map(|(kind, many)| Ok((ExportKind::of(kind)?, count(*many))));
        let prevented = sqlx::query_scalar(PREVENTED).bind(&id).fetch_one(self.conn()).await?;
        let rows = sqlx::query(OUTCOMES)
            .bind(&id)
            .bind(serde_json::to_string(spans)?)
            .fetch_all(self.conn())
            .await?;
        let mut found = vec![Outcomes::default(); spans.len()];
        for row in &rows {
            let place = usize::try_from(row.try_get::<i64, _>("place")?).unwrap_or(usize::MAX);
            if let Some(of) = found.get_mut(place) {
                *of = outcomes(row)?;
            }
        }
        Ok(ExportHealth {
            oldest_waiting_ms,
            oldest_doubt_ms,
            spans: found,
            took_ms,
            waiting: waiting.collect::<Result<_, StoreError>>()?,
            duplicates_prevented: count(prevented),
        })
    }
}

fn outcomes(row: &SqliteRow) -> Result<Outcomes, StoreError> {
    Ok(Outcomes {
        arrived: count(row.try_get("arrived")?),
        refused: count(row.try_get("refused")?),
        doubted: count(row.try_get("doubted")?),
    })
}
