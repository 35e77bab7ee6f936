//! The school and its tables: of two facts about one row the later clock wins.

use crate::error::{StoreError, breaks_uniqueness};
use crate::facts::append::Placed;
use finance::catalogue::ServiceItem;
use finance::exchange::ExchangeRate;
use finance::fact::FactBody;
use finance::numbering::{NumberSeries, SeriesRule};
use finance::party::{Department, School};
use finance::payment::PaymentMethod;
use finance::tax::TaxCode;
use finance::user::User;
use sqlx::SqliteConnection;

pub(super) async fn apply(
    conn: &mut SqliteConnection,
    placed: &[Placed<'_>],
) -> Result<(), StoreError> {
    for Placed { clock, fact, .. } in placed {
        match &fact.body {
            FactBody::SchoolSet(school) => set_school(conn, school, clock).await?,
            FactBody::DepartmentSet(department) => set_department(conn, department, clock).await?,
            FactBody::TaxCodeSet(code) => set_tax_code(conn, code, clock).await?,
            FactBody::PaymentMethodSet(method) => set_method(conn, method, clock).await?,
            FactBody::SeriesOpened(series) => open_series(conn, series, clock).await?,
            FactBody::SeriesRuleSet(rule) => set_series_rule(conn, rule, clock).await?,
            FactBody::ServiceSet(service) => set_service(conn, service, clock).await?,
            FactBody::ExchangeRateSet(rate) => set_rate(conn, rate, clock).await?,
            FactBody::UserSet(user) => set_user(conn, user, clock).await?,
            _ => {}
        }
    }
    Ok(())
}

async fn set_school(
    conn: &mut SqliteConnection,
    school: &School,
    clock: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO school (only_row, id, currency, body, clock) VALUES (1, ?, ?, ?, ?)
         ON CONFLICT (only_row) DO UPDATE SET body = excluded.body, clock = excluded.clock
         WHERE excluded.clock > school.clock",
    )
    .bind(school.id.to_string())
    .bind(school.currency.code())
    .bind(serde_json::to_string(school)?)
    .bind(clock)
    .execute(conn)
    .await?;
    Ok(())
}

async fn set_department(
    conn: &mut SqliteConnection,
    department: &Department,
    clock: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO department (id, name, clock) VALUES (?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, clock = excluded.clock
         WHERE excluded.clock > department.clock",
    )
    .bind(department.id.to_string())
    .bind(&department.name)
    .bind(clock)
    .execute(conn)
    .await?;
    Ok(())
}

async fn set_tax_code(
    conn: &mut SqliteConnection,
    code: &TaxCode,
    clock: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO tax_code (code, valid_from, body, clock) VALUES (?, ?, ?, ?)
         ON CONFLICT (code, valid_from) DO UPDATE SET body = excluded.body, clock = excluded.clock
         WHERE excluded.clock > tax_code.clock",
    )
    .bind(&code.code)
    .bind(code.valid_from.to_string())
    .bind(serde_json::to_string(code)?)
    .bind(clock)
    .execute(conn)
    .await?;
    Ok(())
}

async fn set_rate(
    conn: &mut SqliteConnection,
    rate: &ExchangeRate,
    clock: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO exchange_rate (currency, on_day, rate, source, clock) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (currency, on_day) DO UPDATE SET
            rate = excluded.rate, source = excluded.source, clock = excluded.clock
         WHERE excluded.clock > exchange_rate.clock",
    )
    .bind(rate.currency.code())
    .bind(rate.on.to_string())
    .bind(rate.rate.normalize().to_string())
    .bind(&rate.source)
    .bind(clock)
    .execute(conn)
    .await?;
    Ok(())
}

async fn set_method(
    conn: &mut SqliteConnection,
    method: &PaymentMethod,
    clock: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO payment_method (code, name, body, clock) VALUES (?, ?, ?, ?)
         ON CONFLICT (code) DO UPDATE SET
            name = excluded.name, body = excluded.body, clock = excluded.clock
         WHERE excluded.clock > payment_method.clock",
    )
    .bind(&method.code)
    .bind(&method.name)
    .bind(serde_json::to_string(method)?)
    .bind(clock)
    .execute(conn)
    .await?;
    Ok(())
}

async fn open_series(
    conn: &mut SqliteConnection,
    series: &NumberSeries,
    clock: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO number_series (id, kind, desk, prefix, next, body, clock)
         VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
    )
    .bind(series.id.to_string())
    .bind(crate::school::kind_name(series.kind))
    .bind(&series.desk)
    .bind(&series.prefix)
    .bind(i64::try_from(series.first).map_err(|_| StoreError::CodeTaken)?)
    .bind(serde_json::to_string(series)?)
    .bind(clock)
    .execute(conn)
    .await?;
    Ok(())
}

async fn set_series_rule(
    conn: &mut SqliteConnection,
    rule: &SeriesRule,
    clock: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO series_rule (kind, desk, body, clock) VALUES (?, ?, ?, ?)
         ON CONFLICT (kind, desk) DO UPDATE SET body = excluded.body, clock = excluded.clock
         WHERE excluded.clock > series_rule.clock",
    )
    .bind(crate::school::kind_name(rule.kind))
    .bind(&rule.desk)
    .bind(serde_json::to_string(rule)?)
    .bind(clock)
    .execute(conn)
    .await?;
    Ok(())
}

async fn set_service(
    conn: &mut SqliteConnection,
    service: &ServiceItem,
    clock: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO service (id, code, name, active, body, clock) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET code = excluded.code, name = excluded.name,
            active = excluded.active, body = excluded.body, clock = excluded.clock
         WHERE excluded.clock > service.clock",
    )
    .bind(service.id.to_string())
    .bind(&service.code)
    .bind(&service.name)
    .bind(service.active)
    .bind(serde_json::to_string(service)?)
    .bind(clock)
    .execute(conn)
    .await?;
    Ok(())
}

async fn set_user(conn: &mut SqliteConnection, user: &User, clock: &str) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO desk_user (id, login, name, body, clock) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET login = excluded.login, name = excluded.name,
            body = excluded.body, clock = excluded.clock
         WHERE excluded.clock > desk_user.clock",
    )
    .bind(user.id.to_string())
    .bind(&user.login)
    .bind(&user.name)
    .bind(serde_json::to_string(user)?)
    .bind(clock)
    .execute(conn)
    .await
    .map_err(
        |error| {
            if breaks_uniqueness(&error) { StoreError::CodeTaken } else { error.into() }
        },
    )?;
    Ok(())
}
