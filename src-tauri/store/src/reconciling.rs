//! Both sides of a reconciliation: what was queued for a connection in a span of days, and what its
//! system had there when it was last read.
//!
//! Never pairs the two: the office does. What stands there is a copy that the next reading replaces.

use crate::decode::{count, currency, date, id, optional_date};
use crate::error::StoreError;
use crate::exports::{ExportKind, ExportState, left_of_part, shared};
use crate::tx::Tx;
use crate::view::View;
use chrono::NaiveDate;
use finance::ids::ConnectionId;
use finance::{Currency, Money};
use serde_json::json;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use std::collections::HashMap;
use uuid::Uuid;

/// A span of days of a connection, both days included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReconciledSpan {
    /// The connection.
    pub connection: ConnectionId,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

/// A document, payment or journal entry of ours that the connection is told of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OurRecord {
    /// The export record.
    pub id: i64,
    /// Invoice, credit note, payment, money on account or journal entry.
    pub kind: ExportKind,
    /// Our document, or the allocation that a payment is.
    pub document_id: Uuid,
    /// Number; of a payment its invoice's.
    pub label: String,
    /// The student's present name.
    pub student: String,
    /// Where its export stands.
    pub state: ExportState,
    /// It counts no more: released, or of a reversed payment.
    pub ended: bool,
    /// Its id there, or the reference a person gave for it.
    pub external_id: Option<String>,
    /// The customer's id there.
    pub contact: Option<String>,
    /// Date.
    pub date: NaiveDate,
    /// Last day to pay, of an invoice.
    pub due_date: Option<NaiveDate>,
    /// Currency of the amounts.
    pub currency: Currency,
    /// Sum with VAT, never below nothing.
    pub gross: Money,
    /// VAT; nothing for payments.
    pub vat: Option<Money>,
    /// What is open of it now, or unused; nothing for payments.
    pub open: Option<Money>,
}

/// A record of theirs, as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TheirRecord {
    /// Invoice, credit note, payment, money on account or journal entry.
    pub kind: ExportKind,
    /// Their id.
    pub id: String,
    /// Number for people.
    pub number: String,
    /// Our machine reference, where the record carries one; otherwise empty.
    pub reference: String,
    /// Date.
    pub date: NaiveDate,
    /// Last day to pay, of an invoice.
    pub due_date: Option<NaiveDate>,
    /// The customer's id there.
    pub contact: Option<String>,
    /// Currency of the amounts.
    pub currency: Currency,
    /// Sum with VAT.
    pub gross: Money,
    /// VAT; nothing for payments.
    pub vat: Option<Money>,
    /// What is open of it, or unused.
    pub open: Option<Money>,
    /// `live`, `draft`, `voided` or `deleted`.
    pub state: String,
}

/// What was read, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoteListing {
    /// When it was read.
    pub read_at_ms: i64,
    /// In the order they were read.
    pub records: Vec<TheirRecord>,
}

macro_rules! ours {
    ($rest:literal) => {
        concat!(
            "SELECT r.id, r.kind, r.document_id, r.label, coalesce(s.name, '') AS student,
        r.state, coalesce(r.external_id, r.external_reference) AS external_id,
        k.external_id AS contact, r.date, iif(r.kind = 'invoice', d.due_date, NULL) AS due_date,
        coalesce(d.foreign_currency, iif(a.foreign_minor IS NULL, NULL, i.foreign_currency),
            r.currency) AS own,
        coalesce(abs(d.foreign_gross_minor), a.foreign_minor, r.amount_minor) AS gross_minor,
        abs(coalesce(d.foreign_vat_minor, d.vat_minor)) AS vat_minor,
        iif(r.kind = 'on_account',
            (SELECT ",
            left_of_part!(),
            " FROM kept_credit h JOIN export_record o ON o.id = r.id WHERE h.id = r.document_id),
            abs(coalesce(d.foreign_open_minor, d.open_minor))) AS open_minor,
        EXISTS (SELECT 1 FROM export_record u WHERE u.connection_id = r.connection_id
            AND u.kind = r.kind AND u.document_id = r.document_id AND u.operation = 'undo')
            OR r.state = 'cancelled' AS ended
    FROM export_record r
    LEFT JOIN document d ON d.id = r.document_id
    LEFT JOIN allocation a ON a.id = r.document_id
    LEFT JOIN document i ON i.id = a.invoice_id
    LEFT JOIN student s ON s.id = r.student_id
    LEFT JOIN export_record n ON n.id = r.depends_on AND n.kind = 'invoice'
    LEFT JOIN export_record k ON k.id = coalesce(n.depends_on, r.depends_on)
        AND k.kind = 'customer' AND k.operation = 'create'
    ",
            $rest
        )
    };
}

const OURS: &str = ours!(
    "WHERE r.connection_id = ?1 AND r.operation = 'create' AND r.state <> 'superseded'
        AND r.kind IN ('invoice', 'credit_note', 'payment', 'on_account', 'journal')
        AND r.date BETWEEN ?2 AND ?3
    ORDER BY r.date, r.id"
);

impl View {
    /// What the connection is told of documents and payments dated in the span, by date.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn our_records(
        &mut self,
        span: ReconciledSpan,
    ) -> Result<Vec<OurRecord>, StoreError> {
        let rows = sqlx::query(OURS)
            .bind(span.connection.to_string())
            .bind(span.from.to_string())
            .bind(span.to.to_string())
            .fetch_all(self.conn())
            .await?;
        rows.iter().map(our_record).collect()
    }

    /// The same of one record.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn our_record(&mut self, record: i64) -> Result<Option<OurRecord>, StoreError> {
        let row =
            sqlx::query(ours!("WHERE r.id = ?1")).bind(record).fetch_optional(self.conn()).await?;
        row.as_ref().map(our_record).transpose()
    }

    /// What was read of the span last; nothing where it never was.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn remote_listing(
        &mut self,
        span: ReconciledSpan,
    ) -> Result<Option<RemoteListing>, StoreError> {
        let read_at_ms: Option<i64> = sqlx::query_scalar(
            "SELECT read_at FROM remote_listing
            WHERE connection_id = ?1 AND from_day = ?2 AND to_day = ?3",
        )
        .bind(span.connection.to_string())
        .bind(span.from.to_string())
        .bind(span.to.to_string())
        .fetch_optional(self.conn())
        .await?;
        let Some(read_at_ms) = read_at_ms else { return Ok(None) };
        let rows = sqlx::query(
            "SELECT kind, remote_id, number, reference, date, due_date, contact, currency,
                gross_minor, vat_minor, open_minor, state FROM remote_record
            WHERE connection_id = ?1 AND from_day = ?2 AND to_day = ?3 ORDER BY place",
        )
        .bind(span.connection.to_string())
        .bind(span.from.to_string())
        .bind(span.to.to_string())
        .fetch_all(self.conn())
        .await?;
        let records = rows.iter().map(their_record).collect::<Result<_, _>>()?;
        Ok(Some(RemoteListing { read_at_ms, records }))
    }

    /// Present names of our customers, by their id there.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn customers_there(
        &mut self,
        connection: ConnectionId,
        ids: &[&str],
    ) -> Result<HashMap<String, String>, StoreError> {
        let rows: Vec<(String, String)> = sqlx::query_as(
            "SELECT r.external_id,
                coalesce(s.name, p.name, iif(r.document_id = r.connection_id, r.label, ''))
            FROM export_record r
            LEFT JOIN student s ON s.id = r.document_id LEFT JOIN payer p ON p.id = r.document_id
            WHERE r.connection_id = ?1 AND r.kind = 'customer' AND r.operation = 'create'
                AND r.external_id IN (SELECT value FROM json_each(?2))",
        )
        .bind(connection.to_string())
        .bind(serde_json::to_string(ids)?)
        .fetch_all(self.conn())
        .await?;
        Ok(rows.into_iter().collect())
    }
}

impl Tx {
    /// Keeps what was read of a span instead of what was read of it before.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn keep_remote_listing(
        &mut self,
        span: ReconciledSpan,
        listing: &RemoteListing,
    ) -> Result<u32, StoreError> {
        let (connection, from, to) =
            (span.connection.to_string(), span.from.to_string(), span.to.to_string());
        sqlx::query(
            "DELETE FROM remote_record
            WHERE connection_id = ?1 AND from_day = ?2 AND to_day = ?3",
        )
        .bind(&connection)
        .bind(&from)
        .bind(&to)
        .execute(self.view.conn())
        .await?;
        sqlx::query(
            "INSERT OR REPLACE INTO remote_listing (connection_id, from_day, to_day, read_at)
            VALUES (?1, ?2, ?3, ?4)",
        )
        .bind(&connection)
        .bind(&from)
        .bind(&to)
        .bind(listing.read_at_ms)
        .execute(self.view.conn())
        .await?;
        let rows: Vec<serde_json::Value> = listing.records.iter().map(row_json).collect();
        sqlx::query(
            "INSERT INTO remote_record (connection_id, from_day, to_day, place, kind, remote_id,
                number, reference, date, due_date, contact, currency, gross_minor, vat_minor,
                open_minor, state)
            SELECT ?1, ?2, ?3, key, value ->> 'kind', value ->> 'id', value ->> 'number',
                value ->> 'reference', value ->> 'date', value ->> 'due_date',
                value ->> 'contact', value ->> 'currency', value ->> 'gross', value ->> 'vat',
                value ->> 'open', value ->> 'state' FROM json_each(?4)",
        )
        .bind(&connection)
        .bind(&from)
        .bind(&to)
        .bind(serde_json::to_string(&rows)?)
        .execute(self.view.conn())
        .await?;
        Ok(count(i64::try_from(rows.len()).unwrap_or(i64::MAX)))
    }
}

fn row_json(record: &TheirRecord) -> serde_json::Value {
    json!({
        "kind": record.kind.word(),
        "id": record.id,
        "number": record.number,
        "reference": record.reference,
        "date": record.date.to_string(),
        "due_date": record.due_date.map(|day| day.to_string()),
        "contact": record.contact,
        "currency": record.currency.to_string(),
        "gross": record.gross.minor(),
        "vat": record.vat.map(Money::minor),
        "open": record.open.map(Money::minor),
        "state": record.state,
    })
}

fn our_record(row: &SqliteRow) -> Result<OurRecord, StoreError> {
    let own = currency(row.try_get("own")?)?;
    let (gross, vat, open) = amounts(row, own)?;
    Ok(OurRecord {
        id: row.try_get("id")?,
        kind: ExportKind::of(row.try_get("kind")?)?,
        document_id: id(row.try_get("document_id")?)?,
        label: row.try_get("label")?,
        student: row.try_get("student")?,
        state: ExportState::of(row.try_get("state")?)?,
        ended: row.try_get("ended")?,
        external_id: row
            .try_get::<Option<&str>, _>("external_id")?
            .map(|it| shared::whole(it).to_owned()),
        contact: row.try_get("contact")?,
        date: date(row.try_get("date")?)?,
        due_date: optional_date(row.try_get("due_date")?)?,
        currency: own,
        gross,
        vat,
        open,
    })
}

fn their_record(row: &SqliteRow) -> Result<TheirRecord, StoreError> {
    let own = currency(row.try_get("currency")?)?;
    let (gross, vat, open) = amounts(row, own)?;
    Ok(TheirRecord {
        kind: ExportKind::of(row.try_get("kind")?)?,
        id: row.try_get("remote_id")?,
        number: row.try_get("number")?,
        reference: row.try_get("reference")?,
        date: date(row.try_get("date")?)?,
        due_date: optional_date(row.try_get("due_date")?)?,
        contact: row.try_get("contact")?,
        currency: own,
        gross,
        vat,
        open,
        state: row.try_get("state")?,
    })
}

type Amounts = (Money, Option<Money>, Option<Money>);

fn amounts(row: &SqliteRow, own: Currency) -> Result<Amounts, StoreError> {
    let money = |minor: i64| Money::from_minor(minor, own);
    let vat: Option<i64> = row.try_get("vat_minor")?;
    let open: Option<i64> = row.try_get("open_minor")?;
    Ok((money(row.try_get("gross_minor")?), vat.map(money), open.map(money)))
}
