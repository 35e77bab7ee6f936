//! The debt gate: its rules, who was let through, and when driving tests are.

use crate::error::StoreError;
use crate::facts::append::Placed;
use chrono::NaiveDate;
use finance::fact::FactBody;
use finance::gate::{GateOverride, GateRule};
use finance::ids::StudentId;
use sqlx::SqliteConnection;

pub(super) async fn apply(
    conn: &mut SqliteConnection,
    placed: &[Placed<'_>],
) -> Result<(), StoreError> {
    for Placed { clock, fact, .. } in placed {
        match &fact.body {
            FactBody::GateRuleSet(rule) => set_rule(conn, rule, clock).await?,
            FactBody::GateOverridden(by) => set_override(conn, by, clock).await?,
            FactBody::DrivingTestSet { student_id, on } => {
                set_test(conn, *student_id, *on, clock).await?;
            }
            _ => {}
        }
    }
    Ok(())
}

async fn set_rule(
    conn: &mut SqliteConnection,
    rule: &GateRule,
    clock: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO gate_rule (valid_from, body, clock) VALUES (?, ?, ?)
         ON CONFLICT (valid_from) DO UPDATE SET body = excluded.body, clock = excluded.clock
         WHERE excluded.clock > gate_rule.clock",
    )
    .bind(rule.valid_from.to_string())
    .bind(serde_json::to_string(rule)?)
    .bind(clock)
    .execute(conn)
    .await?;
    Ok(())
}

async fn set_override(
    conn: &mut SqliteConnection,
    by: &GateOverride,
    clock: &str,
) -> Result<(), StoreError> {
    let known = sqlx::query(
        "INSERT INTO gate_override (student_id, until, reason, active, clock)
         SELECT id, ?2, ?3, ?4, ?5 FROM student WHERE id = ?1
         ON CONFLICT (student_id) DO UPDATE SET
            until = iif(excluded.clock > clock, excluded.until, until),
            reason = iif(excluded.clock > clock, excluded.reason, reason),
            active = iif(excluded.clock > clock, excluded.active, active),
            clock = max(excluded.clock, clock)",
    )
    .bind(by.student_id.to_string())
    .bind(by.until.to_string())
    .bind(&by.reason)
    .bind(by.active)
    .bind(clock)
    .execute(conn)
    .await?;
    if known.rows_affected() == 0 { Err(StoreError::CauseMissing) } else { Ok(()) }
}

async fn set_test(
    conn: &mut SqliteConnection,
    student: StudentId,
    on: Option<NaiveDate>,
    clock: &str,
) -> Result<(), StoreError> {
    let known = sqlx::query(
        "UPDATE student SET test_on = iif(?3 > test_clock, ?2, test_on),
            test_clock = max(?3, test_clock) WHERE id = ?1",
    )
    .bind(student.to_string())
    .bind(on.map(|day| day.to_string()))
    .bind(clock)
    .execute(conn)
    .await?;
    if known.rows_affected() == 0 { Err(StoreError::CauseMissing) } else { Ok(()) }
}
