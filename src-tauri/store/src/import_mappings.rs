//! How columns of people's files were mapped, kept for the next file alike.
//!
//! Never facts: they are this desk's own, and forgetting one loses nothing that happened.

use crate::error::StoreError;
use crate::tx::Tx;
use crate::view::View;

/// A mapping under its name. Texts are the office's own spelling.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ImportMapping {
    /// What the file holds.
    pub kind: String,
    /// What the person calls it; one of each kind.
    pub name: String,
    /// The heading row, as JSON.
    pub headings: String,
    /// What each column holds, as JSON.
    pub columns: String,
    /// How letters, numbers and days are read, as JSON.
    pub reading: String,
    /// Milliseconds since 1970-01-01 UTC.
    pub used_at: i64,
}

impl View {
    /// All that are kept, the last used first.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn import_mappings(&mut self) -> Result<Vec<ImportMapping>, StoreError> {
        let rows = sqlx::query_as(
            "SELECT kind, name, headings, columns, reading, used_at FROM import_mapping
             ORDER BY used_at DESC, kind, name",
        );
        Ok(rows.fetch_all(self.conn()).await?)
    }
}

impl Tx {
    /// Keeps a mapping under its name, in the place of an earlier one.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn keep_import_mapping(&mut self, mapping: &ImportMapping) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO import_mapping (kind, name, headings, columns, reading, used_at)
             VALUES (?, ?, ?, ?, ?, ?)
             ON CONFLICT (kind, name) DO UPDATE SET headings = excluded.headings,
                columns = excluded.columns, reading = excluded.reading, used_at = excluded.used_at",
        )
        .bind(&mapping.kind)
        .bind(&mapping.name)
        .bind(&mapping.headings)
        .bind(&mapping.columns)
        .bind(&mapping.reading)
        .bind(mapping.used_at)
        .execute(self.view.conn())
        .await?;
        Ok(())
    }

    /// Forgets a mapping; says whether there was one.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn forget_import_mapping(
        &mut self,
        kind: &str,
        name: &str,
    ) -> Result<bool, StoreError> {
        let done = sqlx::query("DELETE FROM import_mapping WHERE kind = ? AND name = ?")
            .bind(kind)
            .bind(name)
            .execute(self.view.conn())
            .await?;
        Ok(done.rows_affected() > 0)
    }
}
