//! Templates, of two the later clock wins, and what was made of them, each date and student once.

use crate::error::StoreError;
use crate::facts::append::Placed;
use finance::fact::FactBody;
use finance::recurring::{Recurring, RecurringMade};
use sqlx::SqliteConnection;

pub(super) async fn apply(
    conn: &mut SqliteConnection,
    placed: &[Placed<'_>],
) -> Result<(), StoreError> {
    for Placed { clock, fact, .. } in placed {
        match &fact.body {
            FactBody::RecurringSet(recurring) => {
                set(conn, recurring, (clock, &fact.actor)).await?;
            }
            FactBody::RecurringMade(made) => make(conn, made, clock).await?,
            _ => {}
        }
    }
    Ok(())
}

async fn set(
    conn: &mut SqliteConnection,
    recurring: &Recurring,
    (clock, actor): (&str, &str),
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO recurring (id, name, body, actor, clock) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, body = excluded.body,
            actor = excluded.actor, clock = excluded.clock
         WHERE excluded.clock > recurring.clock",
    )
    .bind(recurring.id.to_string())
    .bind(&recurring.name)
    .bind(serde_json::to_string(recurring)?)
    .bind(actor)
    .bind(clock)
    .execute(conn)
    .await?;
    Ok(())
}

/// Of two that tell the same date and student the earlier clock holds.
async fn make(
    conn: &mut SqliteConnection,
    made: &RecurringMade,
    clock: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO recurring_made (recurring_id, period, student_id, invoice_id, made_on,
            outcome, clock)
         VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (recurring_id, period, student_id) DO UPDATE SET
            invoice_id = excluded.invoice_id, made_on = excluded.made_on,
            outcome = excluded.outcome, clock = excluded.clock
         WHERE excluded.clock < recurring_made.clock",
    )
    .bind(made.recurring_id.to_string())
    .bind(made.period.to_string())
    .bind(made.student_id.to_string())
    .bind(made.invoice_id.to_string())
    .bind(made.made_on.to_string())
    .bind(crate::recurring::outcome_name(made.outcome))
    .bind(clock)
    .execute(conn)
    .await?;
    Ok(())
}
