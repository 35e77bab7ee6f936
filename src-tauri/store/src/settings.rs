//! Settings of this desk: not facts, not shared with other desks.

use crate::error::StoreError;
use crate::tx::Tx;
use crate::view::View;

impl View {
    /// A setting, where it was made.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn setting(&mut self, key: &str) -> Result<Option<String>, StoreError> {
        Ok(sqlx::query_scalar("SELECT value FROM setting WHERE key = ?")
            .bind(key)
            .fetch_optional(self.conn())
            .await?)
    }
}

impl Tx {
    /// Makes a setting.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn set_setting(&mut self, key: &str, value: &str) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO setting (key, value) VALUES (?, ?)
             ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        )
        .bind(key)
        .bind(value)
        .execute(self.conn())
        .await?;
        Ok(())
    }
}
