//! Reading facts back from the log.

use super::personal;
use crate::decode;
use crate::error::StoreError;
use finance::fact::{Fact, FactBody};
use finance::ids::SchoolId;

/// The columns of a fact, as read.
#[derive(sqlx::FromRow)]
pub(crate) struct FactRow {
    pub id: String,
    pub clock: String,
    pub actor: String,
    pub version: u16,
    pub body: String,
    pub personal: Option<String>,
}

impl FactRow {
    pub fn fact(self, school_id: SchoolId) -> Result<Fact, StoreError> {
        Ok(Fact {
            id: decode::id(&self.id)?,
            school_id,
            actor: self.actor,
            clock: decode::clock(&self.clock)?,
            version: self.version,
            body: body(&self.body, self.personal.as_deref())?,
        })
    }
}

/// A body with its personal data.
pub(crate) fn body(body: &str, personal: Option<&str>) -> Result<FactBody, StoreError> {
    let mut value = serde_json::from_str(body)?;
    personal::join(&mut value, personal)?;
    Ok(serde_json::from_value(value)?)
}
