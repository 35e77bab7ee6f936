//! Payment plans, and what they make of the due dates of their invoices.
//!
//! Never keeps what a plan left open before: it is worked out anew from the plan and from what is
//! open of its invoices (`finance::instalments`).

use super::{Touched, list};
use crate::decode;
use crate::error::StoreError;
use crate::facts::append::Placed;
use crate::facts::read;
use finance::Money;
use finance::exchange::Left;
use finance::fact::FactBody;
use finance::ids::InvoiceId;
use finance::instalments::{PaymentPlan, PlanEnd, PlanStanding};
use finance::money::MoneyError;
use sqlx::SqliteConnection;
use std::collections::BTreeMap;

pub(super) async fn apply(
    conn: &mut SqliteConnection,
    placed: &[Placed<'_>],
    touched: &mut Touched,
) -> Result<(), StoreError> {
    for Placed { place, clock, fact } in placed {
        if let FactBody::PlanAgreed(plan) = &fact.body {
            agree(conn, plan, (*place, clock)).await?;
            touched.plans.insert(plan.id.to_string());
        }
    }
    for Placed { clock, fact, .. } in placed {
        if let FactBody::PlanEnded(end) = &fact.body {
            end_plan(conn, end, clock).await?;
            touched.plans.insert(end.plan_id.to_string());
        }
    }
    Ok(())
}

async fn agree(
    conn: &mut SqliteConnection,
    plan: &PaymentPlan,
    (place, clock): (i64, &str),
) -> Result<(), StoreError> {
    let total = plan.total().map_err(|_| StoreError::CauseMissing)?;
    sqlx::query(
        "INSERT INTO payment_plan (id, fact, student_id, agreed_on, total_minor, replaces, clock)
         VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
    )
    .bind(plan.id.to_string())
    .bind(place)
    .bind(plan.student_id.to_string())
    .bind(plan.agreed_on.to_string())
    .bind(total.minor())
    .bind(plan.replaces.map(|id| id.to_string()))
    .bind(clock)
    .execute(&mut *conn)
    .await?;
    for planned in &plan.invoices {
        let currency: Option<String> = sqlx::query_scalar(
            "SELECT coalesce(foreign_currency, currency) FROM document
             WHERE id = ? AND kind = 'invoice'",
        )
        .bind(planned.invoice_id.to_string())
        .fetch_optional(&mut *conn)
        .await?;
        if currency.ok_or(StoreError::CauseMissing)? != total.currency().code() {
            return Err(StoreError::WrongCurrency);
        }
        sqlx::query(
            "INSERT INTO plan_invoice (plan_id, invoice_id, amount_minor) VALUES (?, ?, ?)
             ON CONFLICT (plan_id, invoice_id) DO NOTHING",
        )
        .bind(plan.id.to_string())
        .bind(planned.invoice_id.to_string())
        .bind(planned.amount.minor())
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// Of two who end a plan the earlier clock gave the reason.
async fn end_plan(
    conn: &mut SqliteConnection,
    end: &PlanEnd,
    clock: &str,
) -> Result<(), StoreError> {
    let known = sqlx::query(
        "UPDATE payment_plan SET
            end_reason = iif(coalesce(end_clock <= ?4, FALSE), end_reason, ?3),
            end_clock = min(coalesce(end_clock, ?4), ?4),
            ended_on = min(coalesce(ended_on, ?2), ?2)
         WHERE id = ?1",
    )
    .bind(end.plan_id.to_string())
    .bind(end.ended_on.to_string())
    .bind(&end.reason)
    .bind(clock)
    .execute(conn)
    .await?;
    if known.rows_affected() == 0 { Err(StoreError::CauseMissing) } else { Ok(()) }
}

/// Plans that were touched, those that share an invoice with one of them or are replaced by one,
/// and those that hold and have an invoice that was touched.
const CONCERNED: &str = "
    SELECT value FROM json_each(?1)
    UNION SELECT other.plan_id FROM plan_invoice own
        JOIN plan_invoice other ON other.invoice_id = own.invoice_id
        WHERE own.plan_id IN (SELECT value FROM json_each(?1))
    UNION SELECT replaces FROM payment_plan
        WHERE id IN (SELECT value FROM json_each(?1)) AND replaces IS NOT NULL
    UNION SELECT i.plan_id FROM plan_invoice i JOIN payment_plan p ON p.id = i.plan_id
        WHERE i.invoice_id IN (SELECT value FROM json_each(?2)) AND p.until_day IS NULL";

/// A plan holds until it is ended, or until a later one names it or one of its invoices.
const ENDS: &str = "
    UPDATE payment_plan SET replaced_by = later.id,
        until_day = nullif(min(coalesce(ended_on, '~'), coalesce(later.agreed_on, '~')), '~')
    FROM (
        SELECT p.id AS plan_id, q.id, q.agreed_on, min(q.clock)
        FROM payment_plan p LEFT JOIN payment_plan q ON q.clock > p.clock AND q.id IN (
            SELECT other.plan_id FROM plan_invoice own
                JOIN plan_invoice other ON other.invoice_id = own.invoice_id
                WHERE own.plan_id = p.id
            UNION SELECT r.id FROM payment_plan r WHERE r.replaces = p.id)
        WHERE p.id IN (SELECT value FROM json_each(?1))
        GROUP BY p.id) later
    WHERE payment_plan.id = later.plan_id";

/// Works out what is open of each instalment, and what that makes of the invoices' due dates.
/// Returns whose invoices they are.
pub(super) async fn settle(
    conn: &mut SqliteConnection,
    touched: &Touched,
) -> Result<Vec<String>, StoreError> {
    if touched.plans.is_empty() && touched.documents.is_empty() {
        return Ok(Vec::new());
    }
    let plans: Vec<String> = sqlx::query_scalar(CONCERNED)
        .bind(list(&touched.plans)?)
        .bind(list(&touched.documents)?)
        .fetch_all(&mut *conn)
        .await?;
    if plans.is_empty() {
        return Ok(Vec::new());
    }
    let ids = serde_json::to_string(&plans)?;
    sqlx::query(ENDS).bind(&ids).execute(&mut *conn).await?;
    for plan in &plans {
        settle_plan(conn, plan).await?;
    }
    let students = sqlx::query_scalar(
        "UPDATE document SET (planned_minor, plan_due, plan_until) = (
            SELECT coalesce(sum(open_minor), 0), min(due_date), max(holds_until)
            FROM plan_part WHERE invoice_id = document.id)
         WHERE id IN (SELECT invoice_id FROM plan_invoice
            WHERE plan_id IN (SELECT value FROM json_each(?)))
         RETURNING student_id",
    )
    .bind(ids)
    .fetch_all(conn)
    .await?;
    Ok(students)
}

async fn settle_plan(conn: &mut SqliteConnection, id: &str) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM plan_part WHERE plan_id = ?").bind(id).execute(&mut *conn).await?;
    let (body, personal, holds): (String, Option<String>, bool) = sqlx::query_as(
        "SELECT f.body, f.personal, p.until_day IS NULL
         FROM payment_plan p JOIN fact f ON f.place = p.fact WHERE p.id = ?",
    )
    .bind(id)
    .fetch_one(&mut *conn)
    .await?;
    let plan = agreed(&body, personal.as_deref())?;
    let standing = if holds {
        let owed = owed(conn, &plan).await?;
        let standing = plan.standing(&owed.open).map_err(damaged)?;
        insert_parts(conn, &plan, (&standing, &owed.abroad)).await?;
        Some(standing)
    } else {
        None
    };
    let first = standing.as_ref().and_then(|standing| standing.parts.first());
    sqlx::query(
        "UPDATE payment_plan SET next_due = ?2, holds_until = ?3,
            open_minor = iif(?4, (SELECT coalesce(sum(coalesce(foreign_minor, open_minor)), 0)
                FROM plan_part WHERE plan_id = ?1), NULL)
         WHERE id = ?1",
    )
    .bind(id)
    .bind(first.map(|part| part.due_date.to_string()))
    .bind(standing.as_ref().and_then(|standing| standing.until).map(|day| day.to_string()))
    .bind(holds)
    .execute(conn)
    .await?;
    Ok(())
}

/// A plan from the body of its fact.
pub(crate) fn agreed(body: &str, personal: Option<&str>) -> Result<PaymentPlan, StoreError> {
    match read::body(body, personal)? {
        FactBody::PlanAgreed(plan) => Ok(plan),
        _ => Err(StoreError::Damaged("a payment plan points to another fact".to_owned())),
    }
}

pub(crate) fn damaged(error: MoneyError) -> StoreError {
    StoreError::Damaged(error.to_string())
}

/// What the invoices of a plan have open.
#[derive(Default)]
pub(crate) struct Owed {
    /// In their own currency.
    pub open: BTreeMap<InvoiceId, Money>,
    /// Of those in another currency than the books, with what that is worth.
    pub abroad: BTreeMap<InvoiceId, Left>,
}

impl Owed {
    /// Adds an invoice: what is open of it in the books, and in its own currency where that is
    /// another one.
    pub(crate) fn add(
        &mut self,
        id: InvoiceId,
        base: Money,
        foreign: Option<(i64, &str)>,
    ) -> Result<(), StoreError> {
        let own = match foreign {
            Some((minor, currency)) => decode::money(minor, currency)?,
            None => base,
        };
        if foreign.is_some() {
            self.abroad.insert(id, Left { own, base });
        }
        self.open.insert(id, own);
        Ok(())
    }
}

/// An invoice: id, what is open in the books and their currency, and the same of its own.
type OpenRow = (String, i64, String, Option<i64>, Option<String>);

async fn owed(conn: &mut SqliteConnection, plan: &PaymentPlan) -> Result<Owed, StoreError> {
    let rows: Vec<OpenRow> = sqlx::query_as(
        "SELECT d.id, d.open_minor, d.currency, d.foreign_open_minor, d.foreign_currency
         FROM plan_invoice i JOIN document d ON d.id = i.invoice_id WHERE i.plan_id = ?",
    )
    .bind(plan.id.to_string())
    .fetch_all(conn)
    .await?;
    let mut owed = Owed::default();
    for (id, minor, currency, foreign_minor, foreign) in rows {
        let base = decode::money(minor, &currency)?;
        owed.add(decode::id(&id)?, base, foreign_minor.zip(foreign.as_deref()))?;
    }
    Ok(owed)
}

async fn insert_parts(
    conn: &mut SqliteConnection,
    plan: &PaymentPlan,
    (standing, abroad): (&PlanStanding, &BTreeMap<InvoiceId, Left>),
) -> Result<(), StoreError> {
    let worth = standing.worth(abroad).map_err(damaged)?;
    for (part, worth) in standing.parts.iter().zip(worth) {
        let own = abroad.contains_key(&part.invoice_id).then(|| part.open.minor());
        sqlx::query(
            "INSERT INTO plan_part (plan_id, place, invoice_id, student_id, due_date, own_due,
                holds_until, open_minor, foreign_minor)
             SELECT ?, ?, id, student_id, ?, due_date, ?, ?, ? FROM document WHERE id = ?",
        )
        .bind(plan.id.to_string())
        .bind(part.place)
        .bind(part.due_date.to_string())
        .bind(standing.until.map(|day| day.to_string()))
        .bind(worth.minor())
        .bind(own)
        .bind(part.invoice_id.to_string())
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}
