//! What files brought in and was taken back, and students who are shown in no list because of it.
//!
//! Never undoes anything itself: what was booked is put right by facts of its own.

use super::list;
use crate::error::StoreError;
use crate::facts::append::Placed;
use finance::fact::FactBody;
use finance::taken_back::BroughtIn;
use sqlx::SqliteConnection;
use std::collections::BTreeSet;

/// What a row brought in, by its word and its id.
pub(crate) fn named(row: BroughtIn) -> (&'static str, String) {
    match row {
        BroughtIn::Student(id) => ("student", id.to_string()),
        BroughtIn::Service(id) => ("service", id.to_string()),
        BroughtIn::Invoice(id) => ("invoice", id.to_string()),
        BroughtIn::Payment(id) => ("payment", id.to_string()),
        BroughtIn::Booking(id) => ("booking", id.to_string()),
    }
}

pub(super) async fn apply(
    conn: &mut SqliteConnection,
    placed: &[Placed<'_>],
) -> Result<(), StoreError> {
    let mut students = BTreeSet::new();
    for Placed { place, clock, fact } in placed {
        match &fact.body {
            FactBody::StudentRegistered(student) => {
                students.insert(student.id.to_string());
            }
            FactBody::ImportTakenBack(taken) => {
                for (what, id) in taken.rows.iter().copied().map(named) {
                    sqlx::query(
                        "INSERT INTO taken_back (item_id, fact, what, clock) VALUES (?, ?, ?, ?)
                         ON CONFLICT (item_id, fact) DO NOTHING",
                    )
                    .bind(&id)
                    .bind(place)
                    .bind(what)
                    .bind(clock)
                    .execute(&mut *conn)
                    .await?;
                    if what == "student" {
                        students.insert(id);
                    }
                }
            }
            _ => {}
        }
    }
    settle(conn, &students).await
}

/// Whoever was taken back later than they were registered last is away.
async fn settle(
    conn: &mut SqliteConnection,
    students: &BTreeSet<String>,
) -> Result<(), StoreError> {
    if students.is_empty() {
        return Ok(());
    }
    let any: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM taken_back)")
        .fetch_one(&mut *conn)
        .await?;
    if !any {
        return Ok(());
    }
    sqlx::query(
        "UPDATE student SET away = EXISTS (SELECT 1 FROM taken_back t
            WHERE t.item_id = student.id AND t.clock > student.clock)
         WHERE id IN (SELECT value FROM json_each(?))",
    )
    .bind(list(students)?)
    .execute(conn)
    .await?;
    Ok(())
}
