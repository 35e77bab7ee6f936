//! What of ours a record is about: many are about a part of something, which has no page of its own.
//!
//! Never guesses: an entry in a journal, and whoever stands for all students, have none.

use super::shapes::ExportRow;
use super::state::PageKind;
use crate::decode::id;
use crate::error::StoreError;
use crate::view::View;
use sqlx::Row;
use std::collections::HashMap;

const PAGES: &str = "SELECT r.id,
        CASE r.kind
            WHEN 'customer' THEN iif(p.id IS NULL, iif(s.id IS NULL, NULL, 'student'), 'payer')
            WHEN 'attachment' THEN d.kind
            WHEN 'on_account' THEN iif(h.id IS NULL, NULL, 'payment')
            WHEN 'credit_allocation' THEN iif(a.credit_note_id IS NULL, 'payment', 'credit_note')
            WHEN 'write_off' THEN 'invoice'
            WHEN 'journal' THEN NULL
            ELSE r.kind END AS page,
        coalesce(a.credit_note_id, a.payment_id, a.invoice_id, h.payment_id, r.document_id) AS about
    FROM json_each(?1) j JOIN export_record r ON r.id = j.value
    LEFT JOIN student s ON r.kind = 'customer' AND s.id = r.document_id
    LEFT JOIN payer p ON r.kind = 'customer' AND p.id = r.document_id
    LEFT JOIN document d ON r.kind = 'attachment' AND d.id = r.document_id
    LEFT JOIN allocation a ON r.kind IN ('payment', 'credit_allocation', 'write_off')
        AND a.id = r.document_id
    LEFT JOIN kept_credit h ON r.kind = 'on_account' AND h.id = r.document_id";

impl View {
    /// Says of each row what it is about.
    ///
    /// # Errors
    /// What the database reports.
    pub(super) async fn find_pages(&mut self, rows: &mut [ExportRow]) -> Result<(), StoreError> {
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let found =
            sqlx::query(PAGES).bind(serde_json::to_string(&ids)?).fetch_all(self.conn()).await?;
        let mut pages = HashMap::new();
        for row in &found {
            if let Some(page) = row.try_get::<Option<&str>, _>("page")? {
                let about = id(row.try_get("about")?)?;
                pages.insert(row.try_get::<i64, _>("id")?, (PageKind::of(page)?, about));
            }
        }
        for row in rows {
            row.page = pages.remove(&row.id);
        }
        Ok(())
    }
}
