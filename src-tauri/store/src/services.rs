//! The price list.

use crate::decode;
use crate::error::StoreError;
use crate::view::View;
use finance::catalogue::ServiceItem;
use finance::ids::ServiceId;

impl View {
    /// Entries whose code or name holds the query, by code.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn list_services(
        &mut self,
        query: &str,
        include_inactive: bool,
    ) -> Result<Vec<ServiceItem>, StoreError> {
        let rows: Vec<String> = sqlx::query_scalar(
            "SELECT body FROM service
             WHERE (active OR ?2) AND (instr(lower(code), ?1) > 0 OR instr(lower(name), ?1) > 0)
             ORDER BY code COLLATE NOCASE, id",
        )
        .bind(query.trim().to_lowercase())
        .bind(include_inactive)
        .fetch_all(self.conn())
        .await?;
        rows.iter().map(|body| decode::json(body)).collect()
    }

    /// One entry.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn find_service(&mut self, id: ServiceId) -> Result<Option<ServiceItem>, StoreError> {
        let body: Option<String> = sqlx::query_scalar("SELECT body FROM service WHERE id = ?")
            .bind(id.to_string())
            .fetch_optional(self.conn())
            .await?;
        body.as_deref().map(decode::json).transpose()
    }
}
