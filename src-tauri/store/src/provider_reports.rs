//! Reports that accounting systems gave of their books, as they stood when they were read, and what
//! of ours is in those books.
//!
//! Never changes one: each reading is kept beside those before it.

use crate::decode::{currency, date, id, money, optional_id};
use crate::error::StoreError;
use crate::tx::Tx;
use crate::view::View;
use chrono::NaiveDate;
use finance::ids::{ConnectionId, DepartmentId};
use finance::mapping::MappedKind;
use finance::{Currency, Money};
use serde_json::json;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

/// A report that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportSnapshot {
    /// Its identity at this desk; nothing yet where it is to be kept.
    pub id: i64,
    /// The connection.
    pub connection: ConnectionId,
    /// Which report, by the office's word.
    pub kind: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// When it was read, in milliseconds since 1970-01-01 UTC.
    pub read_at_ms: i64,
    /// The currency of their books.
    pub currency: Currency,
}

/// A line of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportLine {
    /// The heading it stands under.
    pub section: String,
    /// What it says.
    pub name: String,
    /// Codes under which mappings name what is booked there.
    pub codes: Vec<String>,
    /// How much.
    pub amount: Money,
    /// A sum of lines before it.
    pub is_sum: bool,
}

/// What of ours is in their books, by what is mapped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookedThere {
    /// Our key; of lines outside the price list their account, or empty where a document has
    /// several.
    pub key: String,
    /// The department it was booked on.
    pub department: Option<DepartmentId>,
    /// Of sales the net amount, credit notes taken off; of payments what they came to.
    pub amount: Money,
}

const OF_CONNECTION: &str = "SELECT id, connection_id, kind, from_day, to_day, read_at, currency
    FROM report_snapshot WHERE connection_id = ?1 ORDER BY id DESC";

const ONE: &str = "SELECT id, connection_id, kind, from_day, to_day, read_at, currency
    FROM report_snapshot WHERE id = ?1";

// What was released or voided there again is no longer in their books.
const SOLD: &str =
    "SELECT CASE WHEN s.service_id <> '' THEN s.service_id ELSE coalesce('account:' ||
            (SELECT iif(min(p.account) = max(p.account), min(p.account), NULL)
             FROM document_part p WHERE p.fact = d.fact), '') END AS key,
        s.department_id AS department, s.currency, sum(s.net_minor) AS amount
    FROM export_record r JOIN document d ON d.id = r.document_id
    JOIN sale s ON s.issue_date = d.issue_date AND s.document_id = d.id
    WHERE r.connection_id = ?1 AND r.state = 'exported' AND r.operation = 'create'
        AND r.kind IN ('invoice', 'credit_note') AND r.date BETWEEN ?2 AND ?3 AND r.changed_at <= ?4
        AND NOT EXISTS (SELECT 1 FROM export_record u WHERE u.connection_id = r.connection_id
            AND u.kind = r.kind AND u.document_id = r.document_id AND u.operation = 'undo'
            AND u.state = 'exported' AND u.changed_at <= ?4)
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3";

// Money for an invoice, and money on account by what it was worth that day.
const PAID: &str = "SELECT p.method AS key,
        coalesce(p.department_id, d.department_id, '') AS department,
        coalesce(d.currency, p.currency) AS currency,
        sum(coalesce(a.amount_minor,
            h.amount_minor * p.amount_minor / coalesce(p.foreign_minor, p.amount_minor))) AS amount
    FROM export_record r LEFT JOIN allocation a ON a.id = r.document_id
    LEFT JOIN kept_credit h ON h.id = r.document_id
    JOIN payment p ON p.id = coalesce(a.payment_id, h.payment_id)
    LEFT JOIN document d ON d.id = a.invoice_id
    WHERE r.connection_id = ?1 AND r.state = 'exported' AND r.operation = 'create'
        AND r.kind IN ('payment', 'on_account') AND r.date BETWEEN ?2 AND ?3
        AND r.changed_at <= ?4
        AND NOT EXISTS (SELECT 1 FROM export_record u WHERE u.connection_id = r.connection_id
            AND u.kind = r.kind AND u.document_id = r.document_id AND u.operation = 'undo'
            AND u.state = 'exported' AND u.changed_at <= ?4)
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3";

impl View {
    /// The reports of a connection that were read, the newest first.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn report_snapshots(
        &mut self,
        connection: ConnectionId,
    ) -> Result<Vec<ReportSnapshot>, StoreError> {
        let query = sqlx::query(OF_CONNECTION).bind(connection.to_string());
        query.fetch_all(self.conn()).await?.iter().map(head).collect()
    }

    /// One of them with its lines.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn find_report_snapshot(
        &mut self,
        snapshot: i64,
    ) -> Result<Option<(ReportSnapshot, Vec<ReportLine>)>, StoreError> {
        let query = sqlx::query(ONE).bind(snapshot);
        let Some(row) = query.fetch_optional(self.conn()).await? else { return Ok(None) };
        let head = head(&row)?;
        let rows = sqlx::query(
            "SELECT section, name, codes, amount_minor, is_sum FROM report_line
            WHERE snapshot_id = ?1 ORDER BY place",
        )
        .bind(snapshot)
        .fetch_all(self.conn())
        .await?;
        let lines = rows.iter().map(|row| line(row, head.currency)).collect::<Result<_, _>>()?;
        Ok(Some((head, lines)))
    }

    /// What of ours stood in their books at a moment (milliseconds since 1970-01-01 UTC), dated in
    /// the span: sales by service, or payments by method. Nothing of any other kind.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn booked_there(
        &mut self,
        connection: ConnectionId,
        kind: MappedKind,
        (from, to): (NaiveDate, NaiveDate),
        at_ms: i64,
    ) -> Result<Vec<BookedThere>, StoreError> {
        let sql = match kind {
            MappedKind::Service => SOLD,
            MappedKind::PaymentMethod => PAID,
            MappedKind::TaxCode
            | MappedKind::Department
            | MappedKind::Customer
            | MappedKind::Currency
            | MappedKind::CustomField
            | MappedKind::LedgerAccount => return Ok(Vec::new()),
        };
        let query = sqlx::query(sql).bind(connection.to_string());
        let query = query.bind(from.to_string()).bind(to.to_string()).bind(at_ms);
        query.fetch_all(self.conn()).await?.iter().map(booked).collect()
    }
}

impl Tx {
    /// Keeps a report as it was read. Returns its id.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn keep_report_snapshot(
        &mut self,
        head: &ReportSnapshot,
        lines: &[ReportLine],
    ) -> Result<i64, StoreError> {
        let id: i64 = sqlx::query_scalar(
            "INSERT INTO report_snapshot (connection_id, kind, from_day, to_day, read_at, currency)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING id",
        )
        .bind(head.connection.to_string())
        .bind(&head.kind)
        .bind(head.from.to_string())
        .bind(head.to.to_string())
        .bind(head.read_at_ms)
        .bind(head.currency.code())
        .fetch_one(self.view.conn())
        .await?;
        let rows: Vec<_> = lines
            .iter()
            .map(|line| {
                json!({
                    "section": line.section,
                    "name": line.name,
                    "codes": line.codes,
                    "amount": line.amount.minor(),
                    "is_sum": u8::from(line.is_sum),
                })
            })
            .collect();
        sqlx::query(
            "INSERT INTO report_line (snapshot_id, place, section, name, codes, amount_minor, is_sum)
            SELECT ?1, key, value ->> 'section', value ->> 'name', value -> 'codes',
                value ->> 'amount', value ->> 'is_sum' FROM json_each(?2)",
        )
        .bind(id)
        .bind(serde_json::to_string(&rows)?)
        .execute(self.view.conn())
        .await?;
        Ok(id)
    }
}

fn head(row: &SqliteRow) -> Result<ReportSnapshot, StoreError> {
    Ok(ReportSnapshot {
        id: row.try_get("id")?,
        connection: id(row.try_get("connection_id")?)?,
        kind: row.try_get("kind")?,
        from: date(row.try_get("from_day")?)?,
        to: date(row.try_get("to_day")?)?,
        read_at_ms: row.try_get("read_at")?,
        currency: currency(row.try_get("currency")?)?,
    })
}

fn line(row: &SqliteRow, own: Currency) -> Result<ReportLine, StoreError> {
    Ok(ReportLine {
        section: row.try_get("section")?,
        name: row.try_get("name")?,
        codes: serde_json::from_str(row.try_get("codes")?)?,
        amount: Money::from_minor(row.try_get("amount_minor")?, own),
        is_sum: row.try_get("is_sum")?,
    })
}

fn booked(row: &SqliteRow) -> Result<BookedThere, StoreError> {
    let department: &str = row.try_get("department")?;
    Ok(BookedThere {
        key: row.try_get("key")?,
        department: optional_id(Some(department).filter(|id| !id.is_empty()))?,
        amount: money(row.try_get("amount")?, row.try_get("currency")?)?,
    })
}
