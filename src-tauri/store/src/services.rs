//! The price list.

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
        todo!()
    }

    /// One entry.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn find_service(&mut self, id: ServiceId) -> Result<Option<ServiceItem>, StoreError> {
        todo!()
    }
}
