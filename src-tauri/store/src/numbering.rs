//! Number series: the rules they open by, and the proof that they have no gap.
//!
//! Never gives a number: that happens in the transaction that issues the document.

use crate::decode;
use crate::error::StoreError;
use crate::school::kind_name;
use crate::view::View;
use finance::numbering::{DocumentKind, NumberSeries, SeriesRule, Standing};
use std::collections::BTreeMap;

/// A series and what was issued from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeriesProof {
    /// The series.
    pub series: NumberSeries,
    /// Its next number.
    pub next: u64,
    /// Documents that bear one of its numbers.
    pub issued: u32,
    /// Of these, invoices that were taken back entirely.
    pub taken_back: u32,
    /// The largest number issued.
    pub last: Option<u64>,
    /// Numbers below the largest one that no document bears, as first and last of each run.
    pub missing: Vec<(u64, u64)>,
}

#[derive(sqlx::FromRow)]
struct Stored {
    body: String,
    next: i64,
    issued: i64,
    taken_back: i64,
    last: Option<i64>,
}

fn number(stored: i64) -> u64 {
    u64::try_from(stored).unwrap_or_default()
}

/// Runs of numbers that no document bears, between the first of a series and its largest.
const MISSING: &str = "
    SELECT series_id, before + 1, sequence - 1 FROM (
        SELECT d.series_id, d.sequence,
            lag(d.sequence, 1, CAST(json_extract(s.body, '$.first') AS INTEGER) - 1)
                OVER (PARTITION BY d.series_id ORDER BY d.sequence) AS before
        FROM document d JOIN number_series s ON s.id = d.series_id)
    WHERE sequence > before + 1 ORDER BY series_id, sequence";

impl View {
    /// The rule a desk numbers such documents by, where it set one, and the series it has for them,
    /// the one opened last at the end.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn series_of(
        &mut self,
        kind: DocumentKind,
        desk: &str,
    ) -> Result<(Option<SeriesRule>, Vec<Standing>), StoreError> {
        let rows: Vec<(String, Option<i64>)> = sqlx::query_as(
            "SELECT body, next FROM (
                SELECT body, NULL AS next, '' AS clock, '' AS id FROM series_rule
                    WHERE kind = ?1 AND desk = ?2
                UNION ALL SELECT body, next, clock, id FROM number_series
                    WHERE kind = ?1 AND desk = ?2)
             ORDER BY clock, id",
        )
        .bind(kind_name(kind))
        .bind(desk)
        .fetch_all(self.conn())
        .await?;
        let (mut rule, mut open) = (None, Vec::new());
        for (body, next) in rows {
            match next {
                None => rule = Some(decode::json(&body)?),
                Some(next) => {
                    open.push(Standing { series: decode::json(&body)?, next: number(next) })
                }
            }
        }
        Ok((rule, open))
    }

    /// All rules.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn series_rules(&mut self) -> Result<Vec<SeriesRule>, StoreError> {
        self.bodies("SELECT body FROM series_rule ORDER BY desk, kind DESC").await
    }

    /// Every series with what was issued from it, the one opened last at the end. No number is
    /// there twice: the table of documents refuses it.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn series_proofs(&mut self) -> Result<Vec<SeriesProof>, StoreError> {
        let rows: Vec<Stored> = sqlx::query_as(
            "SELECT s.body, s.next, count(d.id) AS issued, max(d.sequence) AS last,
                count(d.id) FILTER (WHERE d.kind = 'invoice' AND d.gross_minor > 0
                    AND d.credited_minor = d.gross_minor) AS taken_back
             FROM number_series s LEFT JOIN document d ON d.series_id = s.id
             GROUP BY s.id ORDER BY s.desk, s.kind DESC, s.clock, s.id",
        )
        .fetch_all(self.conn())
        .await?;
        let found: Vec<(String, i64, i64)> = sqlx::query_as(MISSING).fetch_all(self.conn()).await?;
        let mut missing: BTreeMap<String, Vec<(u64, u64)>> = BTreeMap::new();
        for (series, first, last) in found {
            missing.entry(series).or_default().push((number(first), number(last)));
        }
        rows.into_iter()
            .map(|row| {
                let series: NumberSeries = decode::json(&row.body)?;
                Ok(SeriesProof {
                    missing: missing.remove(&series.id.to_string()).unwrap_or_default(),
                    series,
                    next: number(row.next),
                    issued: decode::count(row.issued),
                    taken_back: decode::count(row.taken_back),
                    last: row.last.map(number),
                })
            })
            .collect()
    }

    /// Whether the log holds a document that bears a number, which no table shows.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn is_number_in_log(&mut self, text: &str) -> Result<bool, StoreError> {
        Ok(sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM fact
                WHERE kind IN ('invoice_issued', 'credit_note_issued')
                AND json_extract(body, '$.number.text') = ?)",
        )
        .bind(text)
        .fetch_one(self.conn())
        .await?)
    }
}
