//! Whether the file that is opened is the one that was last open at this place, or a copy of it.
//!
//! Never refuses a copy: what waits in it may have been sent since it was made, so it is looked up
//! before it is sent. Taking a file for a copy that is none costs look-ups and nothing else.

use crate::error::StoreError;
use crate::exports;
use sqlx::{Connection, SqliteConnection};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::time::UNIX_EPOCH;

/// The setting that counts how often a book was opened. The lock file beside the book holds the same
/// count and when the file was made: a copy at another place has another moment or no lock file, and
/// one that was put back in place has an older count.
const OPENINGS: &str = "openings";

/// What stands instead of the count in a copy that this program made.
const COPY: &str = "copy";

/// Counts an opening, and has everything looked up first where the file is a copy.
///
/// # Errors
/// What the database or the disk reports.
pub(crate) async fn note_opening(
    conn: &mut SqliteConnection,
    path: &Path,
    mut lock: &File,
) -> Result<(), StoreError> {
    let disk = |_| StoreError::DiskError;
    let made_ms = made_ms(path)?;
    let mark = |openings: &str| format!("{openings} {made_ms}");
    let mut known = String::new();
    lock.seek(SeekFrom::Start(0)).and_then(|_| lock.read_to_string(&mut known)).map_err(disk)?;
    let mut tx = conn.begin_with("BEGIN IMMEDIATE").await?;
    let before: Option<String> = sqlx::query_scalar("SELECT value FROM setting WHERE key = ?")
        .bind(OPENINGS)
        .fetch_optional(&mut *tx)
        .await?;
    if before.as_deref().is_some_and(|openings| known != mark(openings)) {
        exports::look_up_first(&mut tx, None).await?;
    }
    let openings = before.and_then(|openings| openings.parse().ok()).unwrap_or(0_u64) + 1;
    set(&mut tx, &openings.to_string()).await?;
    tx.commit().await?;
    // Cut short here, the next opening takes the book for a copy.
    lock.set_len(0)
        .and_then(|()| lock.seek(SeekFrom::Start(0)))
        .and_then(|_| lock.write_all(mark(&openings.to_string()).as_bytes()))
        .map_err(disk)
}

/// Marks a copy that was just made.
///
/// # Errors
/// What the database reports.
pub(crate) async fn mark_copy(conn: &mut SqliteConnection) -> Result<(), StoreError> {
    set(conn, COPY).await
}

async fn set(conn: &mut SqliteConnection, value: &str) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO setting (key, value) VALUES (?, ?)
        ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    )
    .bind(OPENINGS)
    .bind(value)
    .execute(conn)
    .await?;
    Ok(())
}

/// When the file was made, in milliseconds; 0 where the file system does not keep it.
fn made_ms(path: &Path) -> Result<u128, StoreError> {
    let known = std::fs::metadata(path).map_err(|_| StoreError::DiskError)?;
    let made = known.created().ok().and_then(|made| made.duration_since(UNIX_EPOCH).ok());
    Ok(made.map_or(0, |since| since.as_millis()))
}
