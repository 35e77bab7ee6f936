//! Records of a kind that a company refuses altogether.
//!
//! Never what a person let go again: that is tried once more.

use crate::error::StoreError;
use crate::view::View;

/// New ones were never to be tried before a moment, what was let go is tried since then.
const BARRED: &str = "SELECT r.id, min(k.class) FROM json_each(?1) j
    JOIN export_record r ON r.id = j.value
    JOIN export_cause k ON k.connection_id = r.connection_id AND k.resolved_at IS NULL
        AND k.class IN (SELECT value FROM json_each(?2)) AND r.next_attempt_at < k.opened_at
    WHERE EXISTS (SELECT 1 FROM export_cause_record l JOIN export_record o ON o.id = l.record_id
        WHERE l.cause_id = k.id AND o.kind = r.kind
            AND (o.operation = 'undo') = (r.operation = 'undo'))
    GROUP BY r.id";

impl View {
    /// Which of these records are of a kind that is held up by an open cause of these classes, and by
    /// which class.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn barred_exports(
        &mut self,
        records: &[i64],
        classes: &[&str],
    ) -> Result<Vec<(i64, String)>, StoreError> {
        let barred = sqlx::query_as(BARRED)
            .bind(serde_json::to_string(records)?)
            .bind(serde_json::to_string(classes)?)
            .fetch_all(self.conn())
            .await?;
        Ok(barred)
    }
}
