//! Packages sold, what was taken of them and given back, and milestones.

use super::holdings::{self, DRAWN_BY, SOLD_BY};
use crate::batches::batches;
use crate::error::StoreError;
use crate::facts::append::Placed;
use finance::fact::FactBody;
use finance::holding::Extension;
use finance::ids::EntitlementId;
use finance::milestone::{Milestone, MilestoneOverride};
use finance::package::{Closing, DrawReturn, Entitlement, HandDraw};
use sqlx::SqliteConnection;
use std::collections::BTreeSet;

pub(super) async fn apply(
    conn: &mut SqliteConnection,
    placed: &[Placed<'_>],
) -> Result<(), StoreError> {
    let mut events: Vec<String> = Vec::new();
    let (mut moved, mut credited) = (BTreeSet::new(), BTreeSet::new());
    for placed in placed {
        let clock = &placed.clock;
        match &placed.fact.body {
            FactBody::EntitlementOpened(sold) => open(conn, placed.place, sold).await?,
            FactBody::PackageDrawn(drawn) => draw(conn, drawn).await?,
            FactBody::DrawReturned(given) => give_back(conn, given, clock).await?,
            FactBody::EntitlementClosed(closing) => close(conn, closing, clock).await?,
            FactBody::EntitlementExtended(later) => extend(conn, later, clock).await?,
            FactBody::MilestoneSet(milestone) => set(conn, milestone, clock).await?,
            FactBody::MilestoneOverridden(waived) => waive(conn, waived, clock).await?,
            FactBody::EventRecorded(recorded) => events.push(recorded.event.id.to_string()),
            FactBody::CreditNoteIssued(note) => {
                credited.insert(note.invoice_id.to_string());
            }
            _ => {}
        }
        moved.extend(about(&placed.fact.body).map(|id| id.to_string()));
    }
    for batch in batches(&events) {
        let batch = serde_json::to_string(batch)?;
        // What an event no longer draws has changed as well.
        moved.extend(holdings::found(conn, DRAWN_BY, &batch).await?);
        follow(conn, &batch).await?;
        moved.extend(holdings::found(conn, DRAWN_BY, &batch).await?);
    }
    if !credited.is_empty() {
        moved.extend(holdings::found(conn, SOLD_BY, &super::list(&credited)?).await?);
    }
    holdings::settle(conn, &moved).await
}

/// The entitlement that a fact by itself is about.
fn about(body: &FactBody) -> Option<EntitlementId> {
    match body {
        FactBody::EntitlementOpened(sold) => Some(sold.id),
        FactBody::PackageDrawn(drawn) => Some(drawn.draw.entitlement_id),
        FactBody::DrawReturned(given) => Some(given.entitlement_id),
        FactBody::EntitlementClosed(closing) => Some(closing.entitlement_id),
        FactBody::EntitlementExtended(later) => Some(later.entitlement_id),
        _ => None,
    }
}

async fn open(
    conn: &mut SqliteConnection,
    place: i64,
    sold: &Entitlement,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO entitlement
            (id, fact, student_id, department_id, invoice_id, name, opened_on, body)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
    )
    .bind(sold.id.to_string())
    .bind(place)
    .bind(sold.student_id.to_string())
    .bind(sold.department_id.map(|id| id.to_string()))
    .bind(sold.invoice_id.to_string())
    .bind(&sold.name)
    .bind(sold.opened_on.to_string())
    .bind(serde_json::to_string(sold)?)
    .execute(conn)
    .await?;
    Ok(())
}

async fn draw(conn: &mut SqliteConnection, drawn: &HandDraw) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO entitlement_draw
            (id, entitlement_id, student_id, event_id, booking, on_day, note, body)
         VALUES (?, ?, ?, NULL, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
    )
    .bind(drawn.draw.id.to_string())
    .bind(drawn.draw.entitlement_id.to_string())
    .bind(drawn.student_id.to_string())
    .bind(&drawn.booking)
    .bind(drawn.on.to_string())
    .bind(&drawn.note)
    .bind(serde_json::to_string(&drawn.draw)?)
    .execute(conn)
    .await?;
    Ok(())
}

async fn give_back(
    conn: &mut SqliteConnection,
    given: &DrawReturn,
    clock: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO draw_return (draw_id, event_id, student_id, on_day, reason, clock)
         VALUES (?, '', ?, ?, ?, ?)
         ON CONFLICT (draw_id, event_id) DO UPDATE SET student_id = excluded.student_id,
            on_day = excluded.on_day, reason = excluded.reason, clock = excluded.clock
         WHERE excluded.clock < draw_return.clock",
    )
    .bind(given.draw_id.to_string())
    .bind(given.student_id.to_string())
    .bind(given.on.to_string())
    .bind(&given.reason)
    .bind(clock)
    .execute(conn)
    .await?;
    Ok(())
}

async fn close(
    conn: &mut SqliteConnection,
    closing: &Closing,
    clock: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO entitlement_closing (entitlement_id, student_id, body, clock)
         VALUES (?, ?, ?, ?)
         ON CONFLICT (entitlement_id) DO UPDATE SET student_id = excluded.student_id,
            body = excluded.body, clock = excluded.clock
         WHERE excluded.clock < entitlement_closing.clock",
    )
    .bind(closing.entitlement_id.to_string())
    .bind(closing.student_id.to_string())
    .bind(serde_json::to_string(closing)?)
    .bind(clock)
    .execute(conn)
    .await?;
    Ok(())
}

/// Told twice under one id, the earlier clock holds; of several the latest day does, which is found
/// when they are read.
async fn extend(
    conn: &mut SqliteConnection,
    later: &Extension,
    clock: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO entitlement_extension
            (id, entitlement_id, student_id, before_day, until_day, on_day, reason, clock)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET before_day = excluded.before_day,
            until_day = excluded.until_day, on_day = excluded.on_day, reason = excluded.reason,
            clock = excluded.clock
         WHERE excluded.clock < entitlement_extension.clock",
    )
    .bind(later.id.to_string())
    .bind(later.entitlement_id.to_string())
    .bind(later.student_id.to_string())
    .bind(later.before.to_string())
    .bind(later.until.to_string())
    .bind(later.on.to_string())
    .bind(&later.reason)
    .bind(clock)
    .execute(conn)
    .await?;
    Ok(())
}

async fn set(
    conn: &mut SqliteConnection,
    milestone: &Milestone,
    clock: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO milestone (id, body, clock) VALUES (?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET body = excluded.body, clock = excluded.clock
         WHERE excluded.clock > milestone.clock",
    )
    .bind(milestone.id.to_string())
    .bind(serde_json::to_string(milestone)?)
    .bind(clock)
    .execute(conn)
    .await?;
    Ok(())
}

async fn waive(
    conn: &mut SqliteConnection,
    waived: &MilestoneOverride,
    clock: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO milestone_override (milestone_id, student_id, body, clock)
         VALUES (?, ?, ?, ?)
         ON CONFLICT (milestone_id, student_id) DO UPDATE SET
            body = excluded.body, clock = excluded.clock
         WHERE excluded.clock > milestone_override.clock",
    )
    .bind(waived.milestone_id.to_string())
    .bind(waived.student_id.to_string())
    .bind(serde_json::to_string(waived)?)
    .bind(clock)
    .execute(conn)
    .await?;
    Ok(())
}

/// Works out what events take and give back from the rows of their charges, which hold what counts
/// whoever told an event first.
async fn follow(conn: &mut SqliteConnection, events: &str) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM entitlement_draw WHERE event_id IN (SELECT value FROM json_each(?1))",
        "DELETE FROM draw_return WHERE event_id IN (SELECT value FROM json_each(?1))",
        "INSERT INTO entitlement_draw
            (id, entitlement_id, student_id, event_id, booking, on_day, note, body)
         SELECT json_extract(d.value, '$.id'), json_extract(d.value, '$.entitlement_id'),
            c.student_id, c.id, coalesce(json_extract(c.body, '$.event.booking'), c.key),
            c.happened_on, '', d.value
         FROM charge c, json_each(c.body, '$.coverage.draws') d
         WHERE c.id IN (SELECT value FROM json_each(?1))",
        "INSERT INTO draw_return (draw_id, event_id, student_id, on_day, reason, clock)
         SELECT r.value, c.id, c.student_id, c.happened_on, '', c.clock
         FROM charge c, json_each(c.body, '$.coverage.returns') r
         WHERE c.id IN (SELECT value FROM json_each(?1))",
    ] {
        sqlx::query(sql).bind(events).execute(&mut *conn).await?;
    }
    Ok(())
}
