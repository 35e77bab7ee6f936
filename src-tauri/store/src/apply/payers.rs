//! Payers, and who pays for whom: the later clock wins.

use crate::error::StoreError;
use crate::facts::append::Placed;
use crate::payers::kind_name;
use crate::reminders::channel_name;
use finance::fact::FactBody;
use finance::payer::{Payer, StudentPayers};
use sqlx::SqliteConnection;

pub(super) async fn apply(
    conn: &mut SqliteConnection,
    placed: &[Placed<'_>],
) -> Result<(), StoreError> {
    for Placed { clock, fact, .. } in placed {
        if let FactBody::PayerSet(payer) = &fact.body {
            set(conn, payer, clock).await?;
        }
    }
    for Placed { clock, fact, .. } in placed {
        if let FactBody::StudentPayersSet(payers) = &fact.body {
            set_default(conn, payers, clock).await?;
        }
    }
    Ok(())
}

async fn set(conn: &mut SqliteConnection, payer: &Payer, clock: &str) -> Result<(), StoreError> {
    let terms = payer.terms.map(|terms| serde_json::to_string(&terms)).transpose()?;
    sqlx::query(
        "INSERT INTO payer (id, number, kind, name, email, phone, address, department_id,
            org_number, vat_number, reference, terms, active, clock, reach_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
         ON CONFLICT (id) DO UPDATE SET number = excluded.number, kind = excluded.kind,
            name = excluded.name, email = excluded.email, phone = excluded.phone,
            address = excluded.address, department_id = excluded.department_id,
            org_number = excluded.org_number, vat_number = excluded.vat_number,
            reference = excluded.reference, terms = excluded.terms, active = excluded.active,
            clock = excluded.clock, reach_by = excluded.reach_by
         WHERE excluded.clock > payer.clock",
    )
    .bind(payer.id.to_string())
    .bind(&payer.number)
    .bind(kind_name(payer.kind))
    .bind(&payer.person.name)
    .bind(&payer.person.email)
    .bind(&payer.person.phone)
    .bind(serde_json::to_string(&payer.person.address)?)
    .bind(payer.department_id.map(|id| id.to_string()))
    .bind(&payer.org_number)
    .bind(&payer.vat_number)
    .bind(&payer.reference)
    .bind(terms)
    .bind(payer.active)
    .bind(clock)
    .bind(payer.person.reach_by.map(channel_name))
    .execute(conn)
    .await?;
    Ok(())
}

async fn set_default(
    conn: &mut SqliteConnection,
    payers: &StudentPayers,
    clock: &str,
) -> Result<(), StoreError> {
    for payer in payers.shares.iter().filter_map(|share| share.payer_id) {
        let known: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM payer WHERE id = ?)")
            .bind(payer.to_string())
            .fetch_one(&mut *conn)
            .await?;
        if !known {
            return Err(StoreError::CauseMissing);
        }
    }
    sqlx::query(
        "INSERT INTO student_payers (student_id, shares, clock) VALUES (?, ?, ?)
         ON CONFLICT (student_id) DO UPDATE SET shares = excluded.shares, clock = excluded.clock
         WHERE excluded.clock > student_payers.clock",
    )
    .bind(payers.student_id.to_string())
    .bind(serde_json::to_string(&payers.shares)?)
    .bind(clock)
    .execute(conn)
    .await?;
    Ok(())
}
