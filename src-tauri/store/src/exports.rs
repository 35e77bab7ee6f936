//! What is to be sent to accounting systems: queued in the transaction that records the fact.
//!
//! Never talks to a system; never decides what may be recorded.

use crate::error::StoreError;
use finance::fact::Fact;
use sqlx::SqliteConnection;

/// Condition on a row `d` of `document`: its export needs a person.
pub(crate) const NEEDS_PERSON: &str = "0";

/// Queues what follows from newly recorded facts.
///
/// # Errors
/// What the database reports.
pub(crate) async fn enqueue(
    _conn: &mut SqliteConnection,
    _facts: &[Fact],
) -> Result<(), StoreError> {
    Ok(())
}
