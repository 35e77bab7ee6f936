//! The questions that screens ask about exports.
//!
//! Never of a closed connection, unless it is asked for by name: its records stay, but nothing
//! waits for them.

use super::shapes::{
    AttemptRow, CauseRow, ExportColumn, ExportCounts, ExportFilter, ExportKeys, ExportPage,
    ExportRow, ExportView,
};
use super::shared;
use super::state::{ExportKind, ExportState};
use crate::decode::{date, id, money, optional_id};
use crate::error::StoreError;
use crate::view::{Order, View, Window};
use finance::Money;
use finance::ids::ConnectionId;
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row, Sqlite};
use std::collections::HashMap;
use uuid::Uuid;

const ROWS: &str = "SELECT r.id, r.connection_id, c.provider, r.kind, r.operation = 'undo' AS undo,
        r.document_id, r.label,
        coalesce(s.name, p.name, '') AS student, r.amount_minor, r.currency, r.date, r.state, r.attempts,
        r.next_attempt_at, r.external_id, r.external_number, r.external_url, r.changed_at,
        k.id AS cause, k.class AS cause_class, k.params AS cause_params";

const JOINS: &str = " FROM export_record r JOIN connection c ON c.id = r.connection_id
    LEFT JOIN student s ON s.id = r.student_id
    LEFT JOIN payer p ON r.kind = 'customer' AND p.id = r.document_id
    LEFT JOIN export_cause k ON k.id = (SELECT min(l.cause_id) FROM export_cause_record l
        WHERE l.record_id = r.id) WHERE ";

fn narrow(query: &mut QueryBuilder<Sqlite>, filter: &ExportFilter) {
    match filter.connection {
        Some(connection) => {
            query.push("r.connection_id = ").push_bind(connection.to_string());
        }
        None => {
            query.push("c.closed = 0");
        }
    }
    if filter.view != ExportView::All {
        query.push(" AND r.state IN (");
        let mut words = query.separated(", ");
        for state in filter.view.states() {
            words.push_bind(state.word());
        }
        query.push(")");
    }
    let typed = filter.query.trim();
    if !typed.is_empty() {
        let pattern = format!("%{}%", typed.replace(['%', '_'], " "));
        query.push(" AND (r.label LIKE ").push_bind(pattern.clone());
        query.push(" OR s.name LIKE ").push_bind(pattern.clone());
        query.push(" OR p.name LIKE ").push_bind(pattern.clone());
        query.push(" OR r.external_number LIKE ").push_bind(pattern).push(")");
    }
    if let Some(kind) = filter.kind {
        query.push(" AND r.kind = ").push_bind(kind.word());
    }
    for (condition, day) in [(" AND r.date >= ", filter.from), (" AND r.date <= ", filter.to)] {
        if let Some(day) = day {
            query.push(condition).push_bind(day.to_string());
        }
    }
    if let Some(cause) = filter.cause {
        query.push(" AND r.id IN (SELECT record_id FROM export_cause_record WHERE cause_id = ");
        query.push_bind(cause).push(")");
    }
    if let Some(document) = filter.document {
        query.push(" AND r.document_id = ").push_bind(document.to_string());
    }
}

impl View {
    /// A page of records. Without an order: the last changed first.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn list_exports(
        &mut self,
        filter: &ExportFilter,
        order: Option<Order<ExportColumn>>,
        window: Window,
    ) -> Result<ExportPage, StoreError> {
        let mut query = QueryBuilder::new("SELECT count(*)");
        query.push(JOINS);
        narrow(&mut query, filter);
        let total: i64 = query.build_query_scalar().fetch_one(self.conn()).await?;
        let mut query = QueryBuilder::new(ROWS);
        query.push(JOINS);
        narrow(&mut query, filter);
        let order = order.unwrap_or(Order { by: ExportColumn::ChangedAt, descending: true });
        query.push(" ORDER BY ").push(order.by.sql());
        query.push(if order.descending { " DESC, r.id DESC" } else { ", r.id" });
        query.push(" LIMIT ").push_bind(window.limit);
        query.push(" OFFSET ").push_bind(window.offset);
        let rows = query.build().fetch_all(self.conn()).await?;
        let mut rows = rows.iter().map(export_row).collect::<Result<Vec<_>, _>>()?;
        self.find_pages(&mut rows).await?;
        Ok(ExportPage { rows, total: crate::decode::count(total) })
    }

    /// One record, of a closed connection too.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn find_export(
        &mut self,
        record: i64,
    ) -> Result<Option<(ExportRow, ExportKeys)>, StoreError> {
        let mut query = QueryBuilder::new(ROWS);
        query.push(", r.revision, r.idempotency_key").push(JOINS);
        query.push("r.id = ").push_bind(record);
        let row = query.build().fetch_optional(self.conn()).await?;
        let Some(row) = row else { return Ok(None) };
        let keys = ExportKeys {
            revision: row.try_get("revision")?,
            idempotency_key: row.try_get("idempotency_key")?,
        };
        let mut found = [export_row(&row)?];
        self.find_pages(&mut found).await?;
        let [found] = found;
        Ok(Some((found, keys)))
    }

    /// The records of some documents, by document, in the order of the connections.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn exports_of(
        &mut self,
        documents: &[Uuid],
    ) -> Result<HashMap<Uuid, Vec<ExportRow>>, StoreError> {
        let mut query = QueryBuilder::new(ROWS);
        query.push(JOINS);
        query.push("c.closed = 0 AND r.document_id IN (SELECT value FROM json_each(");
        query.push_bind(serde_json::to_string(documents)?);
        query.push(")) ORDER BY c.opened, c.id, r.id");
        let rows = query.build().fetch_all(self.conn()).await?;
        let mut found: HashMap<Uuid, Vec<ExportRow>> = HashMap::new();
        for row in &rows {
            let row = export_row(row)?;
            found.entry(row.document_id).or_default().push(row);
        }
        Ok(found)
    }

    /// How many records stand where, of one connection or of every open one.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn export_counts(
        &mut self,
        connection: Option<ConnectionId>,
    ) -> Result<ExportCounts, StoreError> {
        let mut query = QueryBuilder::new("SELECT state, count(*) FROM export_record WHERE ");
        match connection {
            Some(connection) => query.push("connection_id = ").push_bind(connection.to_string()),
            None => query.push("connection_id IN (SELECT id FROM connection WHERE closed = 0)"),
        };
        query.push(" GROUP BY state");
        let rows: Vec<(String, i64)> = query.build_query_as().fetch_all(self.conn()).await?;
        let mut counts = ExportCounts::default();
        for (state, count) in rows {
            let state = ExportState::of(&state)?;
            let count = crate::decode::count(count);
            let place = [
                (ExportView::Waiting, &mut counts.waiting),
                (ExportView::Sending, &mut counts.sending),
                (ExportView::Checking, &mut counts.checking),
                (ExportView::Sent, &mut counts.sent),
                (ExportView::Attention, &mut counts.attention),
                (ExportView::Settled, &mut counts.settled),
            ];
            for (view, sum) in place {
                if view.states().contains(&state) {
                    *sum += count;
                }
            }
        }
        Ok(counts)
    }

    /// Records that arrived since a moment, and when the last one did.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn exported_since(
        &mut self,
        since_ms: i64,
    ) -> Result<(u32, Option<i64>), StoreError> {
        let (count, last): (i64, Option<i64>) = sqlx::query_as(
            "SELECT count(*) FILTER (WHERE exported_at >= ?1), max(exported_at)
            FROM export_record WHERE state = 'exported'
                AND connection_id IN (SELECT id FROM connection WHERE closed = 0)",
        )
        .bind(since_ms)
        .fetch_one(self.conn())
        .await?;
        Ok((crate::decode::count(count), last))
    }

    /// Everything that was tried with a record, oldest first.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn export_attempts(&mut self, record: i64) -> Result<Vec<AttemptRow>, StoreError> {
        let rows = sqlx::query(
            "SELECT l.started_at, l.ended_at, l.call, l.status, l.request_id, l.excerpt,
                a.outcome, a.class, a.text
            FROM export_attempt a JOIN export_call l ON l.id = a.call_id
            WHERE a.record_id = ?1 ORDER BY a.id",
        )
        .bind(record)
        .fetch_all(self.conn())
        .await?;
        rows.iter().map(attempt_row).collect()
    }

    /// Open causes, oldest first: of one connection, or of every open one.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn open_causes(
        &mut self,
        connection: Option<ConnectionId>,
    ) -> Result<Vec<CauseRow>, StoreError> {
        let rows = sqlx::query(
            "SELECT k.id, k.connection_id, c.provider, k.class, k.subject, k.params, k.opened_at,
                k.given_to, count(r.id) AS records,
                iif(min(r.currency) = max(r.currency), sum(r.amount_minor), NULL) AS amount_minor,
                max(r.currency) AS currency
            FROM export_cause k JOIN connection c ON c.id = k.connection_id
            LEFT JOIN export_cause_record l ON l.cause_id = k.id
            LEFT JOIN export_record r ON r.id = l.record_id
            WHERE k.resolved_at IS NULL AND c.closed = 0 AND (?1 IS NULL OR k.connection_id = ?1)
            GROUP BY k.id ORDER BY k.opened_at, k.id",
        )
        .bind(connection.map(|connection| connection.to_string()))
        .fetch_all(self.conn())
        .await?;
        rows.iter().map(cause_row).collect()
    }
}

fn export_row(row: &SqliteRow) -> Result<ExportRow, StoreError> {
    Ok(ExportRow {
        id: row.try_get("id")?,
        connection: id(row.try_get("connection_id")?)?,
        provider: row.try_get("provider")?,
        kind: ExportKind::of(row.try_get("kind")?)?,
        undo: row.try_get("undo")?,
        document_id: id(row.try_get("document_id")?)?,
        label: row.try_get("label")?,
        student: row.try_get("student")?,
        page: None,
        amount: optional_money(row)?,
        date: row.try_get::<Option<&str>, _>("date")?.map(date).transpose()?,
        state: ExportState::of(row.try_get("state")?)?,
        attempts: row.try_get("attempts")?,
        next_attempt_at_ms: row.try_get("next_attempt_at")?,
        external_id: row
            .try_get::<Option<&str>, _>("external_id")?
            .map(|it| shared::whole(it).to_owned()),
        external_number: row.try_get("external_number")?,
        url: row.try_get("external_url")?,
        changed_at_ms: row.try_get("changed_at")?,
        cause: row.try_get("cause")?,
        cause_class: row.try_get("cause_class")?,
        cause_params: row.try_get("cause_params")?,
    })
}

fn optional_money(row: &SqliteRow) -> Result<Option<Money>, StoreError> {
    let minor: Option<i64> = row.try_get("amount_minor")?;
    let currency: Option<&str> = row.try_get("currency")?;
    minor.zip(currency).map(|(minor, currency)| money(minor, currency)).transpose()
}

fn attempt_row(row: &SqliteRow) -> Result<AttemptRow, StoreError> {
    Ok(AttemptRow {
        began_at_ms: row.try_get("started_at")?,
        ended_at_ms: row.try_get("ended_at")?,
        call: row.try_get("call")?,
        status: row.try_get("status")?,
        request_id: row.try_get("request_id")?,
        excerpt: row.try_get("excerpt")?,
        outcome: row.try_get("outcome")?,
        class: row.try_get("class")?,
        text: row.try_get("text")?,
    })
}

fn cause_row(row: &SqliteRow) -> Result<CauseRow, StoreError> {
    Ok(CauseRow {
        id: row.try_get("id")?,
        connection: id(row.try_get("connection_id")?)?,
        provider: row.try_get("provider")?,
        class: row.try_get("class")?,
        subject: row.try_get("subject")?,
        params: row.try_get("params")?,
        opened_at_ms: row.try_get("opened_at")?,
        records: crate::decode::count(row.try_get("records")?),
        amount: optional_money(row)?,
        given_to: optional_id(row.try_get("given_to")?)?,
    })
}
