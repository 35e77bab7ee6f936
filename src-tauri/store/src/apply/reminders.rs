//! Reminders, and what keeps them back.

use crate::error::StoreError;
use crate::facts::append::Placed;
use crate::reminders::{channel_name, held_key, instalment_key, kind_name, level_name};
use finance::fact::FactBody;
use finance::reminder::{Hold, Reminder};
use sqlx::SqliteConnection;

pub(super) async fn apply(
    conn: &mut SqliteConnection,
    placed: &[Placed<'_>],
) -> Result<(), StoreError> {
    for Placed { place, clock, fact } in placed {
        match &fact.body {
            FactBody::ReminderMade(reminder) => make(conn, reminder, *place).await?,
            FactBody::ReminderHoldSet(hold) => set_hold(conn, hold, clock).await?,
            _ => {}
        }
    }
    for placed in placed {
        if let FactBody::ReminderWithdrawn { reminder_id, .. } = &placed.fact.body {
            withdraw(conn, &reminder_id.to_string()).await?;
        }
    }
    Ok(())
}

async fn make(
    conn: &mut SqliteConnection,
    reminder: &Reminder,
    place: i64,
) -> Result<(), StoreError> {
    let first = reminder.items.first().ok_or(StoreError::CauseMissing)?;
    let total: i64 = reminder.items.iter().map(|item| item.open.minor()).sum();
    sqlx::query(
        "INSERT INTO reminder (id, fact, student_id, payer_id, level, channel, made_on, deadline,
            currency, total_minor, fee_minor, interest_minor) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO NOTHING",
    )
    .bind(reminder.id.to_string())
    .bind(place)
    .bind(reminder.student_id.to_string())
    .bind(reminder.payer_id.map(|id| id.to_string()))
    .bind(level_name(reminder.level))
    .bind(channel_name(reminder.channel))
    .bind(reminder.made_on.to_string())
    .bind(reminder.deadline.to_string())
    .bind(first.open.currency().to_string())
    .bind(total)
    .bind(reminder.fee.map(finance::Money::minor))
    .bind(reminder.interest.map(finance::Money::minor))
    .execute(&mut *conn)
    .await?;
    for item in &reminder.items {
        let known = sqlx::query(
            "INSERT INTO reminder_item (reminder_id, instalment, invoice_id, open_minor)
             SELECT ?, ?, id, ? FROM document WHERE id = ? AND kind = 'invoice'
             ON CONFLICT (reminder_id, invoice_id, instalment)
                DO UPDATE SET open_minor = open_minor",
        )
        .bind(reminder.id.to_string())
        .bind(instalment_key(item.instalment))
        .bind(item.open.minor())
        .bind(item.invoice_id.to_string())
        .execute(&mut *conn)
        .await?;
        if known.rows_affected() == 0 {
            return Err(StoreError::CauseMissing);
        }
    }
    Ok(())
}

async fn withdraw(conn: &mut SqliteConnection, reminder: &str) -> Result<(), StoreError> {
    let withdrawn = sqlx::query("UPDATE reminder SET withdrawn = 1 WHERE id = ?")
        .bind(reminder)
        .execute(conn)
        .await?;
    if withdrawn.rows_affected() == 0 { Err(StoreError::CauseMissing) } else { Ok(()) }
}

async fn set_hold(conn: &mut SqliteConnection, hold: &Hold, clock: &str) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO reminder_hold (held, kind, until, note, active, clock)
         VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (held, kind) DO UPDATE SET until = excluded.until, note = excluded.note,
            active = excluded.active, clock = excluded.clock
         WHERE excluded.clock > reminder_hold.clock",
    )
    .bind(held_key(hold.held))
    .bind(kind_name(hold.kind))
    .bind(hold.until.map(|day| day.to_string()))
    .bind(&hold.note)
    .bind(hold.active)
    .bind(clock)
    .execute(conn)
    .await?;
    Ok(())
}
