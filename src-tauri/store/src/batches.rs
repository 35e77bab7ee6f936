//! Many rows written by few statements.
//!
//! Never lets the database's thread wait for a statement: the next is made while it writes.

use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

/// Rows per statement: few sizes, so that prepared statements are used again, and few statements
/// for the lines of one document.
const SIZES: [usize; 5] = [64, 8, 4, 2, 1];

/// Cuts rows into batches of few sizes.
pub(crate) fn batches<T>(mut rows: &[T]) -> Vec<&[T]> {
    let mut batches = Vec::new();
    for size in SIZES {
        while rows.len() >= size {
            let (batch, rest) = rows.split_at(size);
            batches.push(batch);
            rows = rest;
        }
    }
    batches
}

/// Writes rows in their order, a statement for each batch.
///
/// # Errors
/// What a statement cannot be made for, and what the database reports.
pub(crate) async fn write<T, E: From<sqlx::Error>>(
    conn: &mut SqliteConnection,
    rows: &[T],
    mut statement: impl FnMut(&[T]) -> Result<QueryBuilder<Sqlite>, E>,
) -> Result<(), E> {
    let mut batches = batches(rows).into_iter();
    let mut next = batches.next().map(&mut statement).transpose()?;
    while let Some(mut made) = next {
        let (written, following) = tokio::join!(made.build().execute(&mut *conn), async {
            batches.next().map(&mut statement).transpose()
        });
        written?;
        next = following?;
    }
    Ok(())
}
