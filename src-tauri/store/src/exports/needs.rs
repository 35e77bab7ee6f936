//! What is open at connections that only a person can mend, counted by its class.
//!
//! Never what any of it is about: no student, number or amount.

use crate::decode::id;
use crate::error::StoreError;
use crate::view::View;
use finance::ids::ConnectionId;
use sqlx::Row;

/// What is open at a connection of one class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenNeed {
    /// The connection.
    pub connection: ConnectionId,
    /// Which system, by its registry key.
    pub provider: String,
    /// The class of a cause, `conflict_there` for what was changed there, or `sign_in`.
    pub class: String,
    /// Records it is about; 0 for a sign-in.
    pub records: u32,
}

impl View {
    /// What is open at connections in use, by connection and class. What waits for another record
    /// needs no decision of its own and is not told.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn open_needs(&mut self) -> Result<Vec<OpenNeed>, StoreError> {
        let rows = sqlx::query(
            "SELECT c.id, c.provider, 'sign_in' AS class, 0 AS records
            FROM connection c JOIN connection_run r ON r.connection_id = c.id
            WHERE c.closed = 0 AND r.state = 'sign_in_needed'
            UNION ALL
            SELECT c.id, c.provider, k.class, count(DISTINCT l.record_id)
            FROM connection c JOIN export_cause k ON k.connection_id = c.id
            LEFT JOIN export_cause_record l ON l.cause_id = k.id
            WHERE c.closed = 0 AND k.resolved_at IS NULL AND k.class <> 'depends'
            GROUP BY c.id, k.class
            UNION ALL
            SELECT c.id, c.provider, 'conflict_there', count(*)
            FROM connection c JOIN incoming n ON n.connection_id = c.id
            WHERE c.closed = 0 AND n.outcome = 'conflict' GROUP BY c.id
            ORDER BY 1, 3",
        )
        .fetch_all(self.conn())
        .await?;
        let need = |row: &sqlx::sqlite::SqliteRow| {
            Ok(OpenNeed {
                connection: id(row.try_get("id")?)?,
                provider: row.try_get("provider")?,
                class: row.try_get("class")?,
                records: row.try_get("records")?,
            })
        };
        rows.iter().map(need).collect()
    }
}
