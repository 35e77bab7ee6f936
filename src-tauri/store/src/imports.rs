//! Files that were read in: what each brought, and how far it was taken back.
//!
//! Never a fact: what a file brought in are the facts that were recorded, and so is what took them
//! back.

mod items;
mod standing;

use crate::apply::taken_back::named;
use crate::audit::AuditRow;
use crate::batches::write;
use crate::decode;
use crate::error::{StoreError, breaks_uniqueness};
use crate::tx::Tx;
use crate::view::View;
use finance::fact::Fact;
use finance::hlc::Hlc;
use finance::ids::{FactId, ImportId, InvoiceId};
use finance::taken_back::BroughtIn;
use sqlx::{QueryBuilder, Sqlite};
use std::collections::BTreeSet;

pub use items::ImportItem;
pub use standing::ImportStanding;

/// How a file that was read in stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ImportState {
    /// What it brought in is there.
    There,
    /// It is being taken back, or that was cut short.
    TakingBack,
    /// It was taken back, except for what had to stay.
    TakenBack,
}

const STATES: [(&str, ImportState); 3] = [
    ("there", ImportState::There),
    ("taking_back", ImportState::TakingBack),
    ("taken_back", ImportState::TakenBack),
];

/// A file as it was read in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportBegun {
    /// Its identity.
    pub id: ImportId,
    /// What it held, in the office's spelling.
    pub kind: String,
    /// Its name.
    pub file_name: String,
    /// Milliseconds since 1970-01-01 UTC.
    pub read_at: i64,
    /// Who read it.
    pub actor: String,
}

/// What a row of it brought in or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brought {
    /// Its line in the file, from 1.
    pub line: u64,
    /// What it is.
    pub row: BroughtIn,
    /// It was there before, and the file changed it.
    pub changed: bool,
    /// Clock of the last fact of the row.
    pub clock: Hlc,
}

/// That a file was taken back, or is being.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportEnd {
    /// Why.
    pub reason: String,
    /// Milliseconds since 1970-01-01 UTC.
    pub at: i64,
    /// Who did it.
    pub actor: String,
}

/// A file and how it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRow {
    /// The file.
    pub begun: ImportBegun,
    /// How it stands.
    pub state: ImportState,
    /// Rows that brought in or changed something.
    pub brought: u32,
    /// Of these, taken back.
    pub taken_back: u32,
    /// Of these, left as they are.
    pub stays: u32,
    /// Where it was taken back, or is being.
    pub end: Option<ImportEnd>,
}

#[derive(sqlx::FromRow)]
struct StoredRun {
    id: String,
    kind: String,
    file_name: String,
    read_at: i64,
    actor: String,
    state: String,
    reason: String,
    ended_at: Option<i64>,
    ended_by: String,
    brought: i64,
    taken_back: i64,
    stays: i64,
}

impl StoredRun {
    fn row(self) -> Result<ImportRow, StoreError> {
        let state = STATES.iter().find(|(word, _)| *word == self.state).map(|(_, state)| *state);
        let unknown = || StoreError::Damaged(format!("{:?} is no state of an import", self.state));
        let (reason, actor) = (self.reason, self.ended_by);
        Ok(ImportRow {
            state: state.ok_or_else(unknown)?,
            begun: ImportBegun {
                id: decode::id(&self.id)?,
                kind: self.kind,
                file_name: self.file_name,
                read_at: self.read_at,
                actor: self.actor,
            },
            brought: decode::count(self.brought),
            taken_back: decode::count(self.taken_back),
            stays: decode::count(self.stays),
            end: self.ended_at.map(|at| ImportEnd { reason, at, actor }),
        })
    }
}

const RUNS: &str = "SELECT r.id, r.kind, r.file_name, r.read_at, r.actor, r.state, r.reason,
        r.ended_at, r.ended_by, count(i.place) AS brought,
        count(i.place) FILTER (WHERE i.outcome = 'taken_back') AS taken_back,
        count(i.place) FILTER (WHERE i.outcome = 'stays') AS stays
    FROM import_run r LEFT JOIN import_run_item i ON i.run_id = r.id ";

impl View {
    /// The files read in last, newest first.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn list_imports(&mut self, limit: u32) -> Result<Vec<ImportRow>, StoreError> {
        let mut query = QueryBuilder::<Sqlite>::new(RUNS);
        query.push("GROUP BY r.id ORDER BY r.read_at DESC, r.id DESC LIMIT ").push_bind(limit);
        let rows: Vec<StoredRun> = query.build_query_as().fetch_all(self.conn()).await?;
        rows.into_iter().map(StoredRun::row).collect()
    }

    /// One of them.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn find_import(&mut self, id: ImportId) -> Result<Option<ImportRow>, StoreError> {
        let mut query = QueryBuilder::<Sqlite>::new(RUNS);
        query.push("WHERE r.id = ").push_bind(id.to_string()).push(" GROUP BY r.id");
        let row: Option<StoredRun> = query.build_query_as().fetch_optional(self.conn()).await?;
        row.map(StoredRun::row).transpose()
    }

    /// Which of some ids were taken back once: a file may bring what they named in again.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn taken_back(&mut self, ids: &[String]) -> Result<BTreeSet<String>, StoreError> {
        let ids: Vec<String> = sqlx::query_scalar(
            "SELECT DISTINCT item_id FROM taken_back
             WHERE item_id IN (SELECT value FROM json_each(?))",
        )
        .bind(serde_json::to_string(ids)?)
        .fetch_all(self.conn())
        .await?;
        Ok(ids.into_iter().collect())
    }

    /// The invoice that bears a number, taken back or not.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn invoice_numbered(
        &mut self,
        number: &str,
    ) -> Result<Option<InvoiceId>, StoreError> {
        let id: Option<String> =
            sqlx::query_scalar("SELECT id FROM document WHERE number = ? AND kind = 'invoice'")
                .bind(number)
                .fetch_optional(self.conn())
                .await?;
        decode::optional_id(id.as_deref())
    }

    /// What was true of a student or service before the fact of a clock set it.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn set_before(&mut self, clock: &Hlc) -> Result<Option<Fact>, StoreError> {
        let id: Option<String> = sqlx::query_scalar("SELECT id FROM fact WHERE clock = ?")
            .bind(clock.sortable())
            .fetch_optional(self.conn())
            .await?;
        let Some(id) = decode::optional_id::<FactId>(id.as_deref())? else { return Ok(None) };
        let row: Option<AuditRow> = self.find_fact(id).await?;
        match row {
            Some(row) => self.fact_before(&row).await,
            None => Ok(None),
        }
    }
}

impl Tx {
    /// Keeps what a file brought in, in the transaction that recorded it.
    ///
    /// # Errors
    /// [`StoreError::CodeTaken`] where it is kept already, or what the database reports.
    pub async fn keep_import(
        &mut self,
        begun: &ImportBegun,
        brought: &[Brought],
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO import_run (id, kind, file_name, read_at, actor) VALUES (?, ?, ?, ?, ?)",
        )
        .bind(begun.id.to_string())
        .bind(&begun.kind)
        .bind(&begun.file_name)
        .bind(begun.read_at)
        .bind(&begun.actor)
        .execute(self.conn())
        .await
        .map_err(|error| match breaks_uniqueness(&error) {
            true => StoreError::CodeTaken,
            false => error.into(),
        })?;
        let rows: Vec<(u32, &Brought)> = (0..).zip(brought).collect();
        write(self.conn(), &rows, |query, batch| {
            query.push(
                "INSERT INTO import_run_item (run_id, place, line, what, item_id, changed, clock) ",
            );
            query.push_values(batch, |mut row, (place, brought)| {
                let (what, id) = named(brought.row);
                row.push_bind(begun.id.to_string())
                    .push_bind(place)
                    .push_bind(i64::try_from(brought.line).unwrap_or(i64::MAX))
                    .push_bind(what)
                    .push_bind(id)
                    .push_bind(brought.changed)
                    .push_bind(brought.clock.sortable());
            });
            Ok(())
        })
        .await
    }

    /// Says that a file is being taken back.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn begin_taking_back(
        &mut self,
        id: ImportId,
        end: &ImportEnd,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE import_run SET state = 'taking_back', reason = ?2, ended_at = ?3, ended_by = ?4
             WHERE id = ?1 AND state = 'there'",
        )
        .bind(id.to_string())
        .bind(&end.reason)
        .bind(end.at)
        .bind(&end.actor)
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Notes what became of a row that was to be taken back: it was, or it stays for a reason.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn settle_import_item(
        &mut self,
        id: ImportId,
        place: u32,
        stays: Option<&str>,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE import_run_item SET outcome = ?3, reason = ?4 WHERE run_id = ?1 AND place = ?2",
        )
        .bind(id.to_string())
        .bind(place)
        .bind(if stays.is_some() { "stays" } else { "taken_back" })
        .bind(stays.unwrap_or_default())
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Says that taking a file back has come to its end.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn end_taking_back(&mut self, id: ImportId) -> Result<(), StoreError> {
        sqlx::query("UPDATE import_run SET state = 'taken_back' WHERE id = ?")
            .bind(id.to_string())
            .execute(self.conn())
            .await?;
        Ok(())
    }
}
