//! Accounting systems the school is connected to, and what of ours is what of theirs.

use crate::error::StoreError;
use crate::view::View;
use chrono::NaiveDate;
use finance::ids::ConnectionId;
use finance::mapping::Mapping;

/// A connection as its facts tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionRow {
    /// Its identity.
    pub id: ConnectionId,
    /// Which system, by its registry key.
    pub provider: String,
    /// The company file, by its id there.
    pub remote_company_id: String,
    /// The company file, by its name there.
    pub remote_company_name: String,
    /// Only documents from this day on are exported.
    pub export_from: Option<NaiveDate>,
    /// No longer in use.
    pub closed: bool,
}

impl View {
    /// All connections, oldest first, closed ones too.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn connections(&mut self) -> Result<Vec<ConnectionRow>, StoreError> {
        todo!()
    }

    /// One connection.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn find_connection(
        &mut self,
        id: ConnectionId,
    ) -> Result<Option<ConnectionRow>, StoreError> {
        todo!()
    }

    /// The mappings of a connection that name something of theirs.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn mappings(&mut self, connection: ConnectionId) -> Result<Vec<Mapping>, StoreError> {
        todo!()
    }
}
