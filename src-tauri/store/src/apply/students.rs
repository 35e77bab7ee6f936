//! Students: registered once, changed by the later clock.

use crate::batches::write;
use crate::error::{StoreError, breaks_uniqueness};
use crate::facts::append::Placed;
use crate::reminders::channel_name;
use finance::fact::FactBody;
use finance::ids::StudentId;
use finance::party::{Person, Student};
use sqlx::SqliteConnection;

pub(super) async fn apply(
    conn: &mut SqliteConnection,
    placed: &[Placed<'_>],
) -> Result<(), StoreError> {
    let registered: Vec<(&Student, &str)> = placed
        .iter()
        .filter_map(|placed| match &placed.fact.body {
            FactBody::StudentRegistered(student) => Some((student, placed.clock.as_str())),
            _ => None,
        })
        .collect();
    register(conn, &registered).await?;
    for placed in placed {
        if let FactBody::StudentChanged { student_id, person } = &placed.fact.body {
            change(conn, *student_id, person, &placed.clock).await?;
        }
    }
    Ok(())
}

async fn register(
    conn: &mut SqliteConnection,
    students: &[(&Student, &str)],
) -> Result<(), StoreError> {
    let mut rows = Vec::with_capacity(students.len());
    for (student, clock) in students {
        rows.push((student, clock, serde_json::to_string(&student.person.address)?));
    }
    let written = write(conn, &rows, |query, batch| {
        query.push(
            "INSERT INTO student (id, number, name, email, phone, address, reach_by, department_id,
             clock, person_clock) ",
        );
        query.push_values(batch, |mut row, (student, clock, address)| {
            row.push_bind(student.id.to_string())
                .push_bind(&student.number)
                .push_bind(&student.person.name)
                .push_bind(&student.person.email)
                .push_bind(&student.person.phone)
                .push_bind(address)
                .push_bind(student.person.reach_by.map(channel_name))
                .push_bind(student.department_id.map(|id| id.to_string()))
                .push_bind(*clock)
                .push_bind(*clock);
        });
        query.push(
            " ON CONFLICT (id) DO UPDATE SET
                number = iif(excluded.clock > clock, excluded.number, number),
                department_id = iif(excluded.clock > clock, excluded.department_id, department_id),
                clock = max(excluded.clock, clock),
                name = iif(excluded.person_clock > person_clock, excluded.name, name),
                email = iif(excluded.person_clock > person_clock, excluded.email, email),
                phone = iif(excluded.person_clock > person_clock, excluded.phone, phone),
                address = iif(excluded.person_clock > person_clock, excluded.address, address),
                reach_by = iif(excluded.person_clock > person_clock, excluded.reach_by, reach_by),
                person_clock = max(excluded.person_clock, person_clock)",
        );
        Ok(())
    });
    written.await.map_err(taken)
}

/// Two students with one number.
fn taken(error: sqlx::Error) -> StoreError {
    if breaks_uniqueness(&error) { StoreError::CodeTaken } else { error.into() }
}

async fn change(
    conn: &mut SqliteConnection,
    student: StudentId,
    person: &Person,
    clock: &str,
) -> Result<(), StoreError> {
    let known: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM student WHERE id = ?)")
        .bind(student.to_string())
        .fetch_one(&mut *conn)
        .await?;
    if !known {
        return Err(StoreError::CauseMissing);
    }
    sqlx::query(
        "UPDATE student SET name = ?2, email = ?3, phone = ?4, address = ?5, person_clock = ?6,
            reach_by = ?7
         WHERE id = ?1 AND person_clock < ?6",
    )
    .bind(student.to_string())
    .bind(&person.name)
    .bind(&person.email)
    .bind(&person.phone)
    .bind(serde_json::to_string(&person.address)?)
    .bind(clock)
    .bind(person.reach_by.map(channel_name))
    .execute(conn)
    .await?;
    Ok(())
}
