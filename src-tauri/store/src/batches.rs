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

/// Writes rows in their order, a statement for each batch: the statements of up to `SIZES[0]` rows
/// are one question, because each question is a journey to the database's thread and back.
///
/// # Errors
/// What a statement cannot be made for, and what the database reports.
pub(crate) async fn write<T, E: From<sqlx::Error>>(
    conn: &mut SqliteConnection,
    rows: &[T],
    mut statement: impl FnMut(&mut QueryBuilder<Sqlite>, &[T]) -> Result<(), E>,
) -> Result<(), E> {
    let mut batches = batches(rows).into_iter().peekable();
    let mut bundle = || {
        let mut query = QueryBuilder::new("");
        let mut held = 0;
        while let Some(batch) = batches.next_if(|batch| held + batch.len() <= SIZES[0]) {
            if held > 0 {
                query.push("; ");
            }
            held += batch.len();
            statement(&mut query, batch)?;
        }
        Ok::<_, E>((held > 0).then_some(query))
    };
    let mut next = bundle()?;
    while let Some(mut made) = next {
        let (written, following) =
            tokio::join!(made.build().execute(&mut *conn), async { bundle() });
        written?;
        next = following?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use sqlx::Connection;

    #[tokio::test]
    async fn rows_of_every_number_are_written_once_and_in_their_order() {
        let mut conn = SqliteConnection::connect("sqlite::memory:").await.expect("a database");
        for count in [0_i64, 1, 2, 3, 63, 64, 65, 127, 200] {
            let rows: Vec<i64> = (0..count).collect();
            sqlx::raw_sql("DROP TABLE IF EXISTS t; CREATE TABLE t (at INTEGER PRIMARY KEY, v INT)")
                .execute(&mut conn)
                .await
                .expect("a table");
            write(&mut conn, &rows, |query, batch| {
                query.push("INSERT INTO t (v) ");
                query.push_values(batch, |mut row, value| {
                    row.push_bind(*value);
                });
                Ok::<_, sqlx::Error>(())
            })
            .await
            .expect("written");
            let written: Vec<i64> = sqlx::query_scalar("SELECT v FROM t ORDER BY at")
                .fetch_all(&mut conn)
                .await
                .expect("rows");
            assert_eq!(written, rows);
        }
    }
}
