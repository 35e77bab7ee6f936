//! The forms a book has had, and how one becomes the next.
//!
//! Never goes back: a book newer than the program is refused. Never changes a book that has rows
//! without a checked copy beside it.

use crate::error::StoreError;
use sqlx::{Connection, SqliteConnection};

/// `application_id` of a book (SQLite file format, offset 68): "Kont".
pub(crate) const APPLICATION_ID: i32 = 0x4b6f_6e74;

/// The steps, oldest first. A book's form is the number of steps it has been through.
const STEPS: &[&str] = &[
    include_str!("../../../migrations/0001_book.sql"),
    include_str!("../../../migrations/0002_exports.sql"),
    include_str!("../../../migrations/0003_charges.sql"),
    include_str!("../../../migrations/0004_reminders.sql"),
    include_str!("../../../migrations/0005_payments.sql"),
    include_str!("../../../migrations/0006_users.sql"),
    include_str!("../../../migrations/0007_payers.sql"),
    include_str!("../../../migrations/0008_ledger.sql"),
    include_str!("../../../migrations/0009_plans.sql"),
    include_str!("../../../migrations/0010_reports.sql"),
    include_str!("../../../migrations/0011_views.sql"),
    include_str!("../../../migrations/0012_balances.sql"),
    include_str!("../../../migrations/0013_packages.sql"),
    include_str!("../../../migrations/0014_imports.sql"),
    include_str!("../../../migrations/0015_recurring.sql"),
    include_str!("../../../migrations/0016_exchange.sql"),
    include_str!("../../../migrations/0017_extensions.sql"),
    include_str!("../../../migrations/0018_taken_back.sql"),
    include_str!("../../../migrations/0019_plans_abroad.sql"),
    include_str!("../../../migrations/0020_reconciling.sql"),
    include_str!("../../../migrations/0021_mapping_levels.sql"),
    include_str!("../../../migrations/0022_incoming.sql"),
    include_str!("../../../migrations/0023_health_and_reports.sql"),
    include_str!("../../../migrations/0024_schedules.sql"),
];

/// The newest form this program knows.
pub(crate) fn known() -> u32 {
    u32::try_from(STEPS.len()).unwrap_or(u32::MAX)
}

/// Form of the open file: nothing where it is empty.
///
/// # Errors
/// [`StoreError::Foreign`], [`StoreError::Newer`], or what the database reports.
pub(crate) async fn form(conn: &mut SqliteConnection) -> Result<u32, StoreError> {
    let application: i32 =
        sqlx::query_scalar("PRAGMA application_id").fetch_one(&mut *conn).await?;
    let found: u32 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut *conn).await?;
    let tables: u32 =
        sqlx::query_scalar("SELECT count(*) FROM sqlite_schema").fetch_one(&mut *conn).await?;
    if application != APPLICATION_ID && tables > 0 {
        return Err(StoreError::Foreign);
    }
    if found > known() {
        return Err(StoreError::Newer { found, known: known() });
    }
    Ok(found)
}

/// Brings the file from a form to the newest, in one transaction.
///
/// # Errors
/// What the database reports; then nothing has changed.
pub(crate) async fn advance(conn: &mut SqliteConnection, from: u32) -> Result<(), StoreError> {
    let mut tx = conn.begin_with("BEGIN IMMEDIATE").await?;
    for (step, script) in (1_u32..).zip(STEPS).filter(|(step, _)| *step > from) {
        sqlx::raw_sql(*script).execute(&mut *tx).await?;
        // A pragma takes no bound value; both are integers of this program.
        let marks =
            format!("PRAGMA user_version = {step}; PRAGMA application_id = {APPLICATION_ID}");
        sqlx::raw_sql(sqlx::AssertSqlSafe(marks)).execute(&mut *tx).await?;
    }
    tx.commit().await?;
    Ok(())
}
