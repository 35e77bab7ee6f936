//! Booking events, the rules for them, and what became of their charges.

use crate::batches::write;
use crate::charges::kind_name;
use crate::error::StoreError;
use crate::facts::append::Placed;
use finance::charge::{Billing, ChargeRule, RecordedEvent};
use finance::fact::FactBody;
use finance::ids::ChargeId;
use sqlx::SqliteConnection;

pub(super) async fn apply(
    conn: &mut SqliteConnection,
    placed: &[Placed<'_>],
) -> Result<(), StoreError> {
    let mut events: Vec<(i64, &str, &RecordedEvent)> = Vec::new();
    for placed in placed {
        match &placed.fact.body {
            FactBody::ChargeRuleSet(rule) => set_rule(conn, rule, &placed.clock).await?,
            FactBody::EventRecorded(recorded) => {
                events.push((placed.place, &placed.clock, recorded));
            }
            _ => {}
        }
    }
    record(conn, &events).await?;
    for placed in placed {
        match &placed.fact.body {
            FactBody::ChargeVoided { charge_id, reason } => {
                void(conn, *charge_id, reason, &placed.clock).await?;
            }
            FactBody::ChargesBilled(billing) => bill(conn, billing).await?,
            _ => {}
        }
    }
    Ok(())
}

async fn set_rule(
    conn: &mut SqliteConnection,
    rule: &ChargeRule,
    clock: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO charge_rule (event, service_id, valid_from, body, clock)
         VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (event, service_id, valid_from) DO UPDATE SET
            body = excluded.body, clock = excluded.clock
         WHERE excluded.clock > charge_rule.clock",
    )
    .bind(kind_name(rule.event))
    .bind(rule.service_id.map(|id| id.to_string()).unwrap_or_default())
    .bind(rule.valid_from.to_string())
    .bind(serde_json::to_string(rule)?)
    .bind(clock)
    .execute(conn)
    .await?;
    Ok(())
}

async fn record(
    conn: &mut SqliteConnection,
    events: &[(i64, &str, &RecordedEvent)],
) -> Result<(), StoreError> {
    write(conn, events, |query, batch| {
        query.push(
            "INSERT INTO charge (id, fact, key, event, student_id, department_id, service_id,
             happened_on, amount_minor, drawn, body, clock) ",
        );
        let mut bodies = Vec::with_capacity(batch.len());
        for (_, _, recorded) in batch {
            bodies.push(serde_json::to_string(recorded)?);
        }
        query.push_values(batch.iter().zip(bodies), |mut row, ((fact, clock, recorded), body)| {
            let event = &recorded.event;
            row.push_bind(event.id.to_string())
                .push_bind(fact)
                .push_bind(&event.key)
                .push_bind(kind_name(event.kind))
                .push_bind(event.student_id.to_string())
                .push_bind(event.department_id.map(|id| id.to_string()))
                .push_bind(event.service_id.to_string())
                .push_bind(event.happened_on.to_string())
                .push_bind(recorded.charge.as_ref().map(|charge| charge.amount.minor()))
                .push_bind(recorded.coverage.whole)
                .push_bind(body)
                .push_bind(*clock);
        });
        query.push(
            " ON CONFLICT (id) DO UPDATE SET fact = excluded.fact, key = excluded.key,
                event = excluded.event, student_id = excluded.student_id,
                department_id = excluded.department_id, service_id = excluded.service_id,
                happened_on = excluded.happened_on, amount_minor = excluded.amount_minor,
                drawn = excluded.drawn, body = excluded.body, clock = excluded.clock
             WHERE excluded.clock < charge.clock",
        );
        Ok(())
    })
    .await
}

/// Of two who void a charge the earlier clock gave the reason.
async fn void(
    conn: &mut SqliteConnection,
    charge: ChargeId,
    reason: &str,
    clock: &str,
) -> Result<(), StoreError> {
    let known = sqlx::query(
        "UPDATE charge SET
            void_reason = iif(coalesce(void_clock <= ?3, FALSE), void_reason, ?2),
            void_clock = min(coalesce(void_clock, ?3), ?3)
         WHERE id = ?1",
    )
    .bind(charge.to_string())
    .bind(reason)
    .bind(clock)
    .execute(conn)
    .await?;
    if known.rows_affected() == 0 { Err(StoreError::CauseMissing) } else { Ok(()) }
}

/// Binds charges to their invoice; a charge that another invoice billed is refused.
async fn bill(conn: &mut SqliteConnection, billing: &Billing) -> Result<(), StoreError> {
    let charges: Vec<String> = billing.charges.iter().map(ToString::to_string).collect();
    let charges = serde_json::to_string(&charges)?;
    sqlx::query(
        "UPDATE charge SET invoice_id = ?1
         WHERE id IN (SELECT value FROM json_each(?2)) AND invoice_id IS NULL",
    )
    .bind(billing.invoice_id.to_string())
    .bind(&charges)
    .execute(&mut *conn)
    .await?;
    let other: Option<(Option<String>, Option<String>)> = sqlx::query_as(
        "SELECT c.key, d.number FROM json_each(?2) given
         LEFT JOIN charge c ON c.id = given.value
         LEFT JOIN document d ON d.id = c.invoice_id
         WHERE c.invoice_id IS NOT ?1 LIMIT 1",
    )
    .bind(billing.invoice_id.to_string())
    .bind(&charges)
    .fetch_optional(conn)
    .await?;
    match other {
        None => Ok(()),
        Some((Some(key), Some(number))) => Err(StoreError::BilledAlready { key, number }),
        Some(_) => Err(StoreError::CauseMissing),
    }
}
