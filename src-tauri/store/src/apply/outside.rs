//! Connections to accounting systems and mappings, as far as facts tell.

use crate::connections::{mapped_kind_name, origin_name};
use crate::error::StoreError;
use crate::facts::append::Placed;
use finance::booking_rule::BookingRules;
use finance::fact::FactBody;
use finance::journal::Booking;
use finance::mapping::Mapping;
use sqlx::SqliteConnection;

pub(super) async fn apply(
    conn: &mut SqliteConnection,
    placed: &[Placed<'_>],
) -> Result<(), StoreError> {
    for Placed { clock, fact, .. } in placed {
        if let FactBody::ConnectionOpened { .. } = &fact.body {
            open(conn, &fact.body, clock).await?;
        }
    }
    for Placed { clock, fact, .. } in placed {
        match &fact.body {
            FactBody::ConnectionClosed { connection_id } => {
                close(conn, &connection_id.to_string()).await?;
            }
            FactBody::ConnectionAttachmentsSet { connection_id, on } => {
                set_attachments(conn, &connection_id.to_string(), *on, clock).await?;
            }
            FactBody::BookingChosen { connection_id, booking } => {
                choose(conn, &connection_id.to_string(), *booking, clock).await?;
            }
            FactBody::MappingSet(mapping) => set_mapping(conn, mapping, clock).await?,
            FactBody::BookingRulesSet(rules) => set_rules(conn, rules, clock).await?,
            _ => {}
        }
    }
    Ok(())
}

async fn open(conn: &mut SqliteConnection, body: &FactBody, clock: &str) -> Result<(), StoreError> {
    let FactBody::ConnectionOpened {
        connection_id,
        provider,
        remote_company_id,
        remote_company_name,
        export_from,
    } = body
    else {
        return Ok(());
    };
    sqlx::query(
        "INSERT INTO connection (id, provider, remote_company_id, remote_company_name,
            export_from, opened) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
    )
    .bind(connection_id.to_string())
    .bind(provider)
    .bind(remote_company_id)
    .bind(remote_company_name)
    .bind(export_from.map(|day| day.to_string()))
    .bind(clock)
    .execute(conn)
    .await?;
    Ok(())
}

async fn close(conn: &mut SqliteConnection, connection: &str) -> Result<(), StoreError> {
    let closed = sqlx::query("UPDATE connection SET closed = 1 WHERE id = ?")
        .bind(connection)
        .execute(conn)
        .await?;
    if closed.rows_affected() == 0 { Err(StoreError::CauseMissing) } else { Ok(()) }
}

async fn set_attachments(
    conn: &mut SqliteConnection,
    connection: &str,
    on: bool,
    clock: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE connection SET attach_pdf = iif(attach_clock < ?3, ?2, attach_pdf),
            attach_clock = max(attach_clock, ?3) WHERE id = ?1 RETURNING id",
    )
    .bind(connection)
    .bind(on)
    .bind(clock)
    .fetch_optional(conn)
    .await?
    .map_or(Err(StoreError::CauseMissing), |_| Ok(()))
}

async fn choose(
    conn: &mut SqliteConnection,
    connection: &str,
    booking: Booking,
    clock: &str,
) -> Result<(), StoreError> {
    let known: Option<i64> = sqlx::query_scalar("SELECT 1 FROM connection WHERE id = ?")
        .bind(connection)
        .fetch_optional(&mut *conn)
        .await?;
    if known.is_none() {
        return Err(StoreError::CauseMissing);
    }
    sqlx::query(
        "UPDATE connection SET booking = ?2, booking_clock = ?3
         WHERE id = ?1 AND booking_clock < ?3",
    )
    .bind(connection)
    .bind(booking.word())
    .bind(clock)
    .execute(conn)
    .await?;
    Ok(())
}

async fn set_mapping(
    conn: &mut SqliteConnection,
    mapping: &Mapping,
    clock: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO mapping (connection_id, department, kind, local_key, remote_code, origin,
            clock)
         VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (connection_id, department, kind, local_key) DO UPDATE SET
            remote_code = excluded.remote_code, origin = excluded.origin, clock = excluded.clock
         WHERE excluded.clock > mapping.clock",
    )
    .bind(mapping.connection_id.to_string())
    .bind(mapping.department_id.map(|id| id.to_string()).unwrap_or_default())
    .bind(mapped_kind_name(mapping.kind))
    .bind(&mapping.local_key)
    .bind(&mapping.remote_code)
    .bind(origin_name(mapping.origin))
    .bind(clock)
    .execute(conn)
    .await?;
    Ok(())
}

async fn set_rules(
    conn: &mut SqliteConnection,
    rules: &BookingRules,
    clock: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO booking_rules (connection_id, department, body, clock) VALUES (?, ?, ?, ?)
         ON CONFLICT (connection_id, department) DO UPDATE SET
            body = excluded.body, clock = excluded.clock
         WHERE excluded.clock > booking_rules.clock",
    )
    .bind(rules.connection_id.to_string())
    .bind(rules.department_id.map(|id| id.to_string()).unwrap_or_default())
    .bind(serde_json::to_string(&rules.rules)?)
    .bind(clock)
    .execute(conn)
    .await?;
    Ok(())
}
