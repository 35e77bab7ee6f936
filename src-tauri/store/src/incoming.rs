//! What comes back from accounting systems: how far it was read, what became of it, and what waits
//! for a person.
//!
//! Never decides who is right: the office does, and what enters the book is recorded as facts.

use crate::decode::{clock, count, id, money, optional_id};
use crate::error::StoreError;
use crate::exports::{ExportKind, ExportState, own_currency};
use crate::tx::Tx;
use crate::view::View;
use finance::ids::ConnectionId;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;

mod shapes;

pub use shapes::{AgreedCustomer, Conflict, IncomingRow, OurSide};

const OUR_SIDE: &str = "SELECT r.id, r.kind, r.document_id, r.label, r.state, r.exported_at,
        coalesce(d.student_id, a.student_id, p.student_id, s.id) AS student_id,
        coalesce(abs(d.foreign_gross_minor), a.foreign_minor, r.amount_minor) AS amount_minor,
        coalesce(d.foreign_currency, iif(a.foreign_minor IS NULL, NULL, i.foreign_currency),
            r.currency) AS currency,
        iif(r.kind = 'customer', r.currency, NULL) AS own_currency,
        a.ended_on IS NOT NULL OR p.counts_until IS NOT NULL OR r.state = 'cancelled' AS ended
    FROM export_record r
    LEFT JOIN document d ON d.id = r.document_id
    LEFT JOIN allocation a ON a.id = r.document_id
    LEFT JOIN document i ON i.id = a.invoice_id
    LEFT JOIN student s ON s.id = r.document_id
    LEFT JOIN kept_credit h ON h.id = r.document_id
    LEFT JOIN payment p ON p.id = h.payment_id
    WHERE r.connection_id = ?1 AND r.kind = ?2 AND r.operation = 'create'
        AND r.state <> 'superseded' AND (r.external_id = ?3 OR r.external_reference = ?3)
    ORDER BY r.external_id IS NULL, r.id LIMIT 1";

macro_rules! conflict {
    ($rest:literal) => {
        concat!(
            "SELECT n.id, n.connection_id, n.kind, n.remote_id, n.seen_hash, n.seen_at,
        coalesce(n.cause, '') AS cause, n.automatic, n.student_id,
        coalesce(s.name, '') AS student_name, n.ours_id, n.label,
        coalesce(n.agreed, '{}') AS agreed, coalesce(n.ours, '{}') AS ours,
        coalesce(n.theirs, '{}') AS theirs, coalesce(n.told, '') AS told,
        (SELECT r.id FROM export_record r WHERE r.connection_id = n.connection_id
            AND r.external_id = n.remote_id AND r.document_id = n.ours_id
            AND r.operation = 'create' AND r.state = 'exported') AS sent
    FROM incoming n LEFT JOIN student s ON s.id = n.student_id
    WHERE n.outcome = 'conflict' ",
            $rest
        )
    };
}

impl View {
    /// Up to when a system's changes were read, by its own clock and by this desk's.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn incoming_cursor(
        &mut self,
        connection: ConnectionId,
    ) -> Result<Option<(i64, i64)>, StoreError> {
        let found = sqlx::query_as(
            "SELECT read_until, read_at FROM incoming_cursor WHERE connection_id = ?1",
        )
        .bind(connection.to_string())
        .fetch_optional(self.conn())
        .await?;
        Ok(found)
    }

    /// What of ours is there under an id.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn our_side(
        &mut self,
        connection: ConnectionId,
        kind: ExportKind,
        remote_id: &str,
    ) -> Result<Option<OurSide>, StoreError> {
        let row = sqlx::query(OUR_SIDE)
            .bind(connection.to_string())
            .bind(kind.word())
            .bind(remote_id)
            .fetch_optional(self.conn())
            .await?;
        row.as_ref().map(our_side).transpose()
    }

    /// Digest and outcome of what a record said when it was told last.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn incoming_seen(
        &mut self,
        connection: ConnectionId,
        kind: ExportKind,
        remote_id: &str,
    ) -> Result<Option<(String, String)>, StoreError> {
        let seen = sqlx::query_as(
            "SELECT seen_hash, outcome FROM incoming
            WHERE connection_id = ?1 AND kind = ?2 AND remote_id = ?3",
        )
        .bind(connection.to_string())
        .bind(kind.word())
        .bind(remote_id)
        .fetch_optional(self.conn())
        .await?;
        Ok(seen)
    }

    /// What waits for a person, oldest first.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn conflicts(&mut self) -> Result<Vec<Conflict>, StoreError> {
        let rows = sqlx::query(conflict!("ORDER BY n.cause, n.id")).fetch_all(self.conn()).await?;
        rows.iter().map(conflict).collect()
    }

    /// One that waits for a person.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn find_conflict(&mut self, id: i64) -> Result<Option<Conflict>, StoreError> {
        let row =
            sqlx::query(conflict!("AND n.id = ?1")).bind(id).fetch_optional(self.conn()).await?;
        row.as_ref().map(conflict).transpose()
    }

    /// How many wait for a person.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn open_conflicts(&mut self) -> Result<u32, StoreError> {
        let rows: i64 =
            sqlx::query_scalar("SELECT count(*) FROM incoming WHERE outcome = 'conflict'")
                .fetch_one(self.conn())
                .await?;
        Ok(count(rows))
    }

    /// A customer as both sides last agreed on it.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn agreed_customer(
        &mut self,
        connection: ConnectionId,
        remote_id: &str,
    ) -> Result<Option<AgreedCustomer>, StoreError> {
        let row = sqlx::query(
            "SELECT customer_id, student_id, here, there FROM agreed_customer
            WHERE connection_id = ?1 AND remote_id = ?2",
        )
        .bind(connection.to_string())
        .bind(remote_id)
        .fetch_optional(self.conn())
        .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(AgreedCustomer {
            customer: id(row.try_get("customer_id")?)?,
            student: optional_id(row.try_get("student_id")?)?,
            here: row.try_get("here")?,
            there: row.try_get("there")?,
        }))
    }

    /// When a change of a customer was last told, by the customer's own record; nothing where none ever
    /// was or one waits to be told.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn customer_told_at(&mut self, record: i64) -> Result<Option<i64>, StoreError> {
        let told = sqlx::query_scalar(
            "SELECT iif(count(exported_at) = count(*), max(exported_at), NULL) FROM export_record
            WHERE depends_on = ?1 AND kind = 'customer' AND operation <> 'create'
                AND state NOT IN ('superseded', 'skipped', 'settled_manually', 'cancelled')",
        )
        .bind(record)
        .fetch_one(self.conn())
        .await?;
        Ok(told)
    }

    /// When the details of a student or payer were changed last, in milliseconds.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn customer_changed_at(&mut self, customer: Uuid) -> Result<i64, StoreError> {
        let last: Option<String> = sqlx::query_scalar(
            "SELECT max(clock) FROM fact WHERE subject IN ('student/' || ?1, 'payer/' || ?1)
                AND kind IN ('student_registered', 'student_changed', 'payer_set')",
        )
        .bind(customer.to_string())
        .fetch_one(self.conn())
        .await?;
        last.map_or(Ok(0), |last| Ok(clock(&last)?.millis))
    }
}

impl Tx {
    /// Notes up to when a system's changes were read.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn keep_incoming_cursor(
        &mut self,
        connection: ConnectionId,
        read_until_ms: i64,
        read_at_ms: i64,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT OR REPLACE INTO incoming_cursor (connection_id, read_until, read_at)
            VALUES (?1, ?2, ?3)",
        )
        .bind(connection.to_string())
        .bind(read_until_ms)
        .bind(read_at_ms)
        .execute(self.view.conn())
        .await?;
        Ok(())
    }

    /// Notes what became of a record, instead of what was noted of it before.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn keep_incoming(&mut self, row: &IncomingRow) -> Result<(), StoreError> {
        let (cause, sides) = match &row.conflict {
            Some((cause, sides)) => (Some(cause), Some(sides)),
            None => (None, None),
        };
        sqlx::query(
            "INSERT INTO incoming (connection_id, kind, remote_id, seen_hash, seen_at, outcome,
                cause, automatic, student_id, ours_id, label, agreed, ours, theirs, told)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
            ON CONFLICT (connection_id, kind, remote_id) DO UPDATE SET
                seen_hash = excluded.seen_hash, seen_at = excluded.seen_at,
                outcome = excluded.outcome, cause = excluded.cause,
                automatic = excluded.automatic, student_id = excluded.student_id,
                ours_id = excluded.ours_id, label = excluded.label, agreed = excluded.agreed,
                ours = excluded.ours, theirs = excluded.theirs, told = excluded.told,
                choice = NULL, reason = NULL, decided_at = NULL",
        )
        .bind(row.connection.to_string())
        .bind(row.kind.word())
        .bind(&row.remote_id)
        .bind(&row.seen_hash)
        .bind(row.seen_at_ms)
        .bind(row.outcome)
        .bind(cause)
        .bind(row.automatic)
        .bind(row.student.map(|id| id.to_string()))
        .bind(row.ours_id.map(|id| id.to_string()))
        .bind(&row.label)
        .bind(sides.map(|sides| &sides[0]))
        .bind(sides.map(|sides| &sides[1]))
        .bind(sides.map(|sides| &sides[2]))
        .bind(&row.told)
        .execute(self.view.conn())
        .await?;
        Ok(())
    }

    /// Notes what a person decided.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn decide_incoming(
        &mut self,
        id: i64,
        choice: &str,
        reason: &str,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE incoming SET outcome = 'decided', choice = ?2, reason = ?3, decided_at = ?4
            WHERE id = ?1 AND outcome = 'conflict'",
        )
        .bind(id)
        .bind(choice)
        .bind(reason)
        .bind(now_ms)
        .execute(self.view.conn())
        .await?;
        Ok(())
    }

    /// Keeps what both sides now agree on of a customer.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn keep_agreed_customer(
        &mut self,
        connection: ConnectionId,
        remote_id: &str,
        agreed: &AgreedCustomer,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT OR REPLACE INTO agreed_customer (connection_id, remote_id, customer_id,
                student_id, here, there) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )
        .bind(connection.to_string())
        .bind(remote_id)
        .bind(agreed.customer.to_string())
        .bind(agreed.student.map(|id| id.to_string()))
        .bind(&agreed.here)
        .bind(&agreed.there)
        .execute(self.view.conn())
        .await?;
        Ok(())
    }
}

fn our_side(row: &SqliteRow) -> Result<OurSide, StoreError> {
    let minor: Option<i64> = row.try_get("amount_minor")?;
    let code: Option<&str> = row.try_get("currency")?;
    Ok(OurSide {
        record: row.try_get("id")?,
        kind: ExportKind::of(row.try_get("kind")?)?,
        document_id: id(row.try_get("document_id")?)?,
        student: optional_id(row.try_get("student_id")?)?,
        label: row.try_get("label")?,
        state: ExportState::of(row.try_get("state")?)?,
        amount: minor.zip(code).map(|(minor, code)| money(minor, code)).transpose()?,
        exported_at_ms: row.try_get("exported_at")?,
        ended: row.try_get("ended")?,
        own_currency: own_currency(row)?,
    })
}

fn conflict(row: &SqliteRow) -> Result<Conflict, StoreError> {
    Ok(Conflict {
        id: row.try_get("id")?,
        connection: id(row.try_get("connection_id")?)?,
        kind: ExportKind::of(row.try_get("kind")?)?,
        remote_id: row.try_get("remote_id")?,
        seen_hash: row.try_get("seen_hash")?,
        seen_at_ms: row.try_get("seen_at")?,
        cause: row.try_get("cause")?,
        automatic: row.try_get("automatic")?,
        student: optional_id(row.try_get("student_id")?)?,
        student_name: row.try_get("student_name")?,
        ours_id: optional_id(row.try_get("ours_id")?)?,
        sent: row.try_get("sent")?,
        label: row.try_get("label")?,
        sides: [row.try_get("agreed")?, row.try_get("ours")?, row.try_get("theirs")?],
        told: row.try_get("told")?,
    })
}
