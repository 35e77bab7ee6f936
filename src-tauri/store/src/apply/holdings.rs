//! What lists ask about packages, worked out anew from all that happened to each.
//!
//! Never adds to a number: whoever told first, the same rows make the same numbers. Never asks for
//! the day: what changes by itself at midnight follows from the last day beside the rest.

use crate::error::StoreError;
use crate::holdings;
use finance::holding::Holding;
use finance::package::{Holds, RefundRule};
use rust_decimal::Decimal;
use sqlx::SqliteConnection;
use std::collections::BTreeSet;

/// The last day of what is valid without end.
pub(crate) const ENDLESS: &str = "9999-12-31";
/// Lessons are kept in millionths: a quantity of a line times a quantity of its package.
pub(crate) const LESSON_SCALE: u32 = 6;

/// Entitlements that what some events draw or give back belongs to.
pub(super) const DRAWN_BY: &str = "
    SELECT entitlement_id FROM entitlement_draw
        WHERE event_id IN (SELECT value FROM json_each(?1))
    UNION SELECT d.entitlement_id FROM draw_return r JOIN entitlement_draw d ON d.id = r.draw_id
        WHERE r.event_id IN (SELECT value FROM json_each(?1)) AND r.event_id <> ''";

/// Entitlements that some invoices sold, each alone or with those of other payers.
pub(super) const SOLD_BY: &str = "
    SELECT e.id FROM document d JOIN entitlement e ON e.invoice_id = coalesce(d.split_first, d.id)
    WHERE d.id IN (SELECT value FROM json_each(?1))";

/// Entitlements by one of these questions about ids.
pub(super) async fn found(
    conn: &mut SqliteConnection,
    question: &'static str,
    ids: &str,
) -> Result<Vec<String>, StoreError> {
    Ok(sqlx::query_scalar(question).bind(ids).fetch_all(conn).await?)
}

/// Works out where entitlements stand.
pub(super) async fn settle(
    conn: &mut SqliteConnection,
    ids: &BTreeSet<String>,
) -> Result<(), StoreError> {
    if ids.is_empty() {
        return Ok(());
    }
    for row in holdings::of_ids(conn, &super::list(ids)?).await? {
        let holding = row.holding;
        let (is_amount, held, left) = units(&holding)?;
        // Of what is closed nothing can be drawn any more.
        let left = if holding.closed.is_some() { 0 } else { left };
        let worth = |rule| holding.rest(rule).map_err(too_large);
        sqlx::query(
            "UPDATE entitlement SET valid_until = ?2, stage = ?3, is_amount = ?4, held_units = ?5,
                left_units = ?6, worth_minor = ?7, refund_minor = ?8 WHERE id = ?1",
        )
        .bind(holding.entitlement.id.to_string())
        .bind(holding.valid_until().map_or_else(|| ENDLESS.to_owned(), |day| day.to_string()))
        .bind(stage(&holding))
        .bind(is_amount)
        .bind(held)
        .bind(left)
        .bind(worth(RefundRule::ProRata)?.minor())
        .bind(worth(holding.entitlement.refund)?.minor())
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

fn stage(holding: &Holding) -> i64 {
    match (&holding.closed, holding.has_rest()) {
        (Some(_), _) => 2,
        (None, false) => 1,
        (None, true) => 0,
    }
}

/// Whether it holds an amount; what it held and what is left, in minor units or millionths.
fn units(holding: &Holding) -> Result<(bool, i64, i64), StoreError> {
    if let Holds::Amount { amount } = &holding.entitlement.holds {
        let left = holding.left_amount().map_err(too_large)?.unwrap_or(*amount);
        return Ok((true, amount.minor(), left.minor()));
    }
    let (held, left) = holding.lessons();
    Ok((false, millionths(held)?, millionths(left)?))
}

fn millionths(count: Decimal) -> Result<i64, StoreError> {
    let scaled = count.checked_mul(Decimal::from(1_000_000)).and_then(|it| {
        let whole: Result<i64, _> = it.trunc().try_into();
        whole.ok()
    });
    scaled.ok_or_else(|| too_large(count))
}

fn too_large(what: impl std::fmt::Display) -> StoreError {
    StoreError::Damaged(format!("a package is too large: {what}"))
}
