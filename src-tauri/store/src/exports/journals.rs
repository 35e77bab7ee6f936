//! Journal entries: what of the book stands in none yet, and what stands in each.
//!
//! Never adds anything up and never names an account: `finance` does, by the chart.

use super::content::Content;
use crate::decode::{self, date, id, money, optional_id};
use crate::error::StoreError;
use crate::ledger::{JournalRow, bounds, sources};
use crate::tx::Tx;
use crate::view::View;
use chrono::NaiveDate;
use finance::ids::{ConnectionId, DepartmentId};
use finance::journal::JournalLine;
use finance::ledger::Cause;
use serde_json::json;
use sqlx::SqliteConnection;
use std::collections::HashMap;
use uuid::Uuid;

/// An entry of the book that stands in no journal entry of a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unbooked {
    /// The entry.
    pub row: JournalRow,
    /// The department of the document or payment it is about.
    pub department: Option<DepartmentId>,
}

/// A journal entry to be sent, with what of the book stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewJournal {
    /// Its identity, which follows from what stands in it.
    pub id: Uuid,
    /// The day it counts.
    pub on: NaiveDate,
    /// The day, or the number of the document.
    pub label: String,
    /// Its lines; none where it comes to nothing, and nothing is sent then.
    pub lines: Vec<JournalLine>,
    /// The entries of the book that stand in it.
    pub parts: Vec<(Cause, Uuid)>,
}

/// A journal entry as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalContent {
    /// The day it counts.
    pub on: NaiveDate,
    /// The day, or the number of the document.
    pub label: String,
    /// Its lines.
    pub lines: Vec<JournalLine>,
}

/// What became of a journal entry that was to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JournalStored {
    /// It waits to be sent.
    Queued,
    /// It comes to nothing: nothing is sent, and its parts are done with.
    Nothing,
}

/// Takes what was never sent out of the queue of a connection: it is told otherwise. Nothing happens
/// where anything was sent.
///
/// # Errors
/// What the database reports.
pub(super) async fn empty_queue(
    conn: &mut SqliteConnection,
    connection: ConnectionId,
) -> Result<(), StoreError> {
    let connection = connection.to_string();
    let begun: Option<i64> = sqlx::query_scalar(
        "SELECT 1 FROM export_record WHERE connection_id = ? AND sent_at IS NOT NULL LIMIT 1",
    )
    .bind(&connection)
    .fetch_optional(&mut *conn)
    .await?;
    if begun.is_some() {
        return Ok(());
    }
    for sql in [
        "DELETE FROM export_cause_record WHERE record_id IN
            (SELECT id FROM export_record WHERE connection_id = ?)",
        "DELETE FROM export_cause WHERE connection_id = ?",
        "DELETE FROM export_record WHERE connection_id = ?",
    ] {
        sqlx::query(sql).bind(&connection).execute(&mut *conn).await?;
    }
    Ok(())
}

#[derive(sqlx::FromRow)]
struct StoredLine {
    id: String,
    on_day: String,
    label: String,
    account: String,
    tax_code: Option<String>,
    department_id: Option<String>,
    amount_minor: i64,
    currency: String,
}

impl View {
    /// Whether something was recorded since the book was last gone through for a connection, or
    /// another day is asked for.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn has_unbooked(
        &mut self,
        connection: ConnectionId,
        through: NaiveDate,
    ) -> Result<bool, StoreError> {
        let gone_through: Option<i64> = sqlx::query_scalar(
            "SELECT 1 FROM journal_gathered WHERE connection_id = ? AND through_day = ?
                AND fact = (SELECT coalesce(max(place), 0) FROM fact)",
        )
        .bind(connection.to_string())
        .bind(through.to_string())
        .fetch_optional(self.conn())
        .await?;
        Ok(gone_through.is_none())
    }

    /// Entries of the book through a day that stand in no journal entry of a connection, oldest
    /// first, at most `limit`. What another system issued is in its books. The whole ledger is looked
    /// at for a connection that was never gone through, and what was touched since for any other.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn unbooked(
        &mut self,
        connection: ConnectionId,
        (from, through): (Option<NaiveDate>, NaiveDate),
        limit: u32,
    ) -> Result<Vec<Unbooked>, StoreError> {
        let entries = match self.is_gathered(connection).await? {
            true => sources::touched(),
            false => sources::in_period(false),
        };
        let rows = self.journal_not_in(connection, &entries, (from, through), limit).await?;
        let about: Vec<String> = rows.iter().map(|row| row.about.id().to_string()).collect();
        let departments: Vec<(String, Option<String>)> = sqlx::query_as(
            "SELECT j.value, coalesce(d.department_id, p.department_id) FROM json_each(?) j
             LEFT JOIN document d ON d.id = j.value LEFT JOIN payment p ON p.id = j.value
             ORDER BY j.key",
        )
        .bind(serde_json::to_string(&about)?)
        .fetch_all(self.conn())
        .await?;
        rows.into_iter()
            .zip(departments)
            .map(|(row, (_, department))| {
                Ok(Unbooked { row, department: optional_id(department.as_deref())? })
            })
            .collect()
    }

    /// Whether the book was ever gone through for a connection.
    async fn is_gathered(&mut self, connection: ConnectionId) -> Result<bool, StoreError> {
        let found: Option<i64> =
            sqlx::query_scalar("SELECT 1 FROM journal_gathered WHERE connection_id = ?")
                .bind(connection.to_string())
                .fetch_optional(self.conn())
                .await?;
        Ok(found.is_some())
    }

    /// Journal entries as they are kept.
    ///
    /// # Errors
    /// What the database reports.
    pub(super) async fn journal_contents(
        &mut self,
        entries: &[Uuid],
    ) -> Result<HashMap<Uuid, Content>, StoreError> {
        let rows: Vec<StoredLine> = sqlx::query_as(
            "SELECT e.id, e.on_day, e.label, l.account, l.tax_code, l.department_id,
                l.amount_minor, l.currency
             FROM json_each(?1) j JOIN journal_entry e ON e.id = j.value
             JOIN journal_line l ON l.entry_id = e.id ORDER BY e.id, l.place",
        )
        .bind(serde_json::to_string(entries)?)
        .fetch_all(self.conn())
        .await?;
        let mut found: HashMap<Uuid, JournalContent> = HashMap::new();
        for row in rows {
            let line = JournalLine {
                account: row.account,
                tax_code: row.tax_code,
                department: optional_id(row.department_id.as_deref())?,
                amount: money(row.amount_minor, &row.currency)?,
            };
            let (on, label) = (date(&row.on_day)?, row.label);
            let entry = found.entry(id(&row.id)?);
            entry.or_insert(JournalContent { on, label, lines: Vec::new() }).lines.push(line);
        }
        Ok(found.into_iter().map(|(id, it)| (id, Content::Journal(Box::new(it)))).collect())
    }

    /// The last day of what a connection may have sent; nothing where it sent nothing.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn sent_through(
        &mut self,
        connection: ConnectionId,
    ) -> Result<Option<NaiveDate>, StoreError> {
        let last: Option<String> = sqlx::query_scalar(
            "SELECT max(date) FROM export_record WHERE connection_id = ? AND sent_at IS NOT NULL",
        )
        .bind(connection.to_string())
        .fetch_one(self.conn())
        .await?;
        last.as_deref().map(date).transpose()
    }

    /// How many journal entries of a connection count on a day.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn journals_on(
        &mut self,
        connection: ConnectionId,
        day: NaiveDate,
    ) -> Result<u32, StoreError> {
        let count: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM journal_entry WHERE connection_id = ? AND on_day = ?",
        )
        .bind(connection.to_string())
        .bind(day.to_string())
        .fetch_one(self.conn())
        .await?;
        Ok(decode::count(count))
    }
}

/// What was touched for connection `?4` and holds nothing from `?1` through `?2`.
fn done_with() -> String {
    format!(
        "DELETE FROM journal_touched WHERE connection_id = ?4
            AND source_id NOT IN (SELECT id FROM ({}))",
        sources::touched()
    )
}

/// What holds entries from `?1` through `?2`, for connection `?4`.
fn waiting() -> String {
    format!(
        "INSERT INTO journal_touched (connection_id, source_id) SELECT DISTINCT ?4, id FROM ({})
         WHERE true ON CONFLICT (connection_id, source_id) DO NOTHING",
        sources::in_period(false)
    )
}

/// A company that was connected before has entries of ours already: they are looked up first.
const QUEUE: &str =
    "INSERT INTO export_record (connection_id, kind, document_id, student_id, label,
        date, amount_minor, currency, look_first, created_at, changed_at)
    SELECT c.id, 'journal', ?2, '', ?3, ?4, ?5, ?6,
        EXISTS (SELECT 1 FROM connection o WHERE o.id <> c.id AND o.provider = c.provider
            AND o.remote_company_id = c.remote_company_id), ?7, ?7
    FROM connection c WHERE c.id = ?1";

impl Tx {
    /// Keeps a journal entry, with what of the book stands in it, and queues it. One that an earlier
    /// connection made keeps the lines it was sent with.
    ///
    /// # Errors
    /// What the database reports, also where a part stands in another entry already.
    pub async fn queue_journal(
        &mut self,
        connection: ConnectionId,
        entry: &NewJournal,
        now_ms: i64,
    ) -> Result<JournalStored, StoreError> {
        let connection = connection.to_string();
        let debited = finance::journal::debited(&entry.lines)
            .map_err(|error| StoreError::Damaged(error.to_string()))?;
        let own = entry.id.to_string();
        if let Some(total) = debited {
            sqlx::query(
                "INSERT INTO journal_entry (id, connection_id, on_day, label)
                 VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
            )
            .bind(&own)
            .bind(&connection)
            .bind(entry.on.to_string())
            .bind(&entry.label)
            .execute(self.view.conn())
            .await?;
            self.keep_lines(&own, &entry.lines).await?;
            sqlx::query(QUEUE)
                .bind(&connection)
                .bind(&own)
                .bind(&entry.label)
                .bind(entry.on.to_string())
                .bind(total.minor())
                .bind(total.currency().code())
                .bind(now_ms)
                .execute(self.view.conn())
                .await?;
        }
        let parts: Vec<[String; 2]> = entry
            .parts
            .iter()
            .map(|(cause, source)| [cause.word().to_owned(), source.to_string()])
            .collect();
        sqlx::query(
            "INSERT INTO journal_part (connection_id, cause, source_id, entry_id)
             SELECT ?1, j.value ->> 0, j.value ->> 1, ?3 FROM json_each(?2) j",
        )
        .bind(&connection)
        .bind(serde_json::to_string(&parts)?)
        .bind(debited.map(|_| own))
        .execute(self.view.conn())
        .await?;
        Ok(if debited.is_some() { JournalStored::Queued } else { JournalStored::Nothing })
    }

    async fn keep_lines(&mut self, entry: &str, lines: &[JournalLine]) -> Result<(), StoreError> {
        let lines: Vec<_> = lines
            .iter()
            .map(|line| {
                json!([
                    line.account,
                    line.tax_code,
                    line.department.map(|id| id.to_string()),
                    line.amount.minor(),
                    line.amount.currency().code(),
                ])
            })
            .collect();
        sqlx::query(
            "INSERT INTO journal_line (entry_id, place, account, tax_code, department_id,
                amount_minor, currency)
             SELECT ?1, j.key, j.value ->> 0, j.value ->> 1, j.value ->> 2, j.value ->> 3,
                j.value ->> 4 FROM json_each(?2) j WHERE true
             ON CONFLICT (entry_id, place) DO NOTHING",
        )
        .bind(entry)
        .bind(serde_json::to_string(&lines)?)
        .execute(self.view.conn())
        .await?;
        Ok(())
    }

    /// Notes that the book was gone through up to the present fact and this day. What is dated later
    /// is looked at again; nothing else is, before it is touched.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn note_gathered(
        &mut self,
        connection: ConnectionId,
        through: NaiveDate,
    ) -> Result<(), StoreError> {
        let is_known = self.view.is_gathered(connection).await?;
        let later = bounds(through.succ_opt(), None);
        // Fragments are this room's own; values are bound.
        let sql = match is_known {
            true => done_with(),
            false => waiting(),
        };
        sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(later.0)
            .bind(later.1)
            .bind("[]")
            .bind(connection.to_string())
            .execute(self.view.conn())
            .await?;
        sqlx::query(
            "INSERT INTO journal_gathered (connection_id, fact, through_day)
             VALUES (?1, (SELECT coalesce(max(place), 0) FROM fact), ?2)
             ON CONFLICT (connection_id) DO UPDATE SET fact = excluded.fact,
                through_day = excluded.through_day",
        )
        .bind(connection.to_string())
        .bind(through.to_string())
        .execute(self.view.conn())
        .await?;
        Ok(())
    }
}
