//! Queueing the PDFs of documents that have just arrived.
//!
//! Never queues one for a document that was there before: what a school switches on counts from then.

use crate::error::StoreError;
use crate::tx::Tx;
use crate::view::View;
use serde_json::{Value, json};

/// One file for each document, that may be there already where the document was found there.
const QUEUE: &str = "INSERT INTO export_record (connection_id, kind, document_id, depends_on,
        student_id, label, date, look_first, created_at, changed_at)
    SELECT r.connection_id, 'attachment', r.document_id, r.id, r.student_id, r.label, r.date,
        j.value ->> 'found', ?2, ?2
    FROM json_each(?1) j
    JOIN export_record r ON r.id = j.value ->> 'record' AND r.kind IN ('invoice', 'credit_note')
        AND r.operation = 'create' AND r.state = 'exported' AND r.external_id IS NOT NULL
    JOIN connection c ON c.id = r.connection_id AND c.closed = 0 AND c.attach_pdf = 1
    WHERE NOT EXISTS (SELECT 1 FROM export_record o WHERE o.document_id = r.document_id
        AND o.connection_id = r.connection_id AND o.kind = 'attachment')";

impl View {
    /// The file that went with a document: its record, where it is known as sent.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn sent_beside(&mut self, record: i64) -> Result<Vec<i64>, StoreError> {
        let beside = sqlx::query_scalar(
            "SELECT id FROM export_record
            WHERE depends_on = ? AND kind = 'attachment' AND state = 'exported'",
        )
        .bind(record)
        .fetch_all(self.conn())
        .await?;
        Ok(beside)
    }
}

impl Tx {
    /// Queues the PDFs of documents that arrived now, where their connection is to have them; each
    /// with whether the document was found there instead of sent. Returns how many.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn queue_attachments(
        &mut self,
        arrived: &[(i64, bool)],
        now_ms: i64,
    ) -> Result<u64, StoreError> {
        let rows: Vec<Value> = arrived
            .iter()
            .map(|(record, found)| json!({ "record": record, "found": u8::from(*found) }))
            .collect();
        let done = sqlx::query(QUEUE)
            .bind(serde_json::to_string(&rows)?)
            .bind(now_ms)
            .execute(self.view.conn())
            .await?;
        Ok(done.rows_affected())
    }
}
