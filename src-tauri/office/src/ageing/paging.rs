//! One page of an ageing, as a screen asks for it.
//!
//! Never reads: the whole ageing is worked out for its sums, and a screen needs a hundred rows of it.

use crate::fault::Fault;
use crate::wire::balances::AgeingPage;
use crate::{listing, typed};
use finance::ageing::AgeingRow;
use std::cmp::Reverse;

/// Somebody with amounts by age.
pub trait Aged {
    /// As they are called.
    fn name(&self) -> &str;
    /// By which the office knows them.
    fn number(&self) -> &str;
    /// What they owe.
    fn amounts(&self) -> &AgeingRow;
}

impl Aged for store::AgeingStudent {
    fn name(&self) -> &str {
        &self.name
    }
    fn number(&self) -> &str {
        &self.number
    }
    fn amounts(&self) -> &AgeingRow {
        &self.amounts
    }
}

impl Aged for store::AgeingAsked {
    fn name(&self) -> &str {
        &self.name
    }
    fn number(&self) -> &str {
        &self.number
    }
    fn amounts(&self) -> &AgeingRow {
        &self.amounts
    }
}

/// What rows are ordered by.
#[derive(Clone, Copy)]
enum By {
    Name,
    Age(usize),
    Credit,
    Balance,
}

/// The rows of the page, how many people there are, and how many match what was typed. Rows come
/// in by name; those that are alike stay so. Without a page, all of them.
///
/// # Errors
/// [`crate::Code::Invalid`] where there is no such column to sort by.
pub fn page<Row: Aged>(
    mut rows: Vec<Row>,
    wanted: Option<&AgeingPage>,
    columns: usize,
) -> Result<(Vec<Row>, u32, u32), Fault> {
    let people = count(&rows);
    let Some(wanted) = wanted else { return Ok((rows, people, people)) };
    let typed = wanted.query.trim().to_lowercase();
    if !typed.is_empty() {
        rows.retain(|row| {
            row.number().to_lowercase().starts_with(&typed)
                || row.name().to_lowercase().contains(&typed)
        });
    }
    if let Some(order) = &wanted.order {
        sort(&mut rows, column(&order.by, columns)?, order.descending);
    }
    let total = count(&rows);
    let window = listing::window(&wanted.window);
    let (offset, limit) = (window.offset as usize, window.limit as usize);
    Ok((rows.into_iter().skip(offset).take(limit).collect(), people, total))
}

fn count<Row>(rows: &[Row]) -> u32 {
    u32::try_from(rows.len()).unwrap_or(u32::MAX)
}

/// A column by its name: `name`, `credit`, `balance`, or `age0` (not due) and on.
fn column(name: &str, columns: usize) -> Result<By, Fault> {
    let age = name.strip_prefix("age").and_then(|at| at.parse().ok());
    match age.filter(|at| *at < columns) {
        Some(at) => Ok(By::Age(at)),
        None => typed::one_of("order.by", name, NAMED),
    }
}

const NAMED: &[(&str, By)] =
    &[("name", By::Name), ("credit", By::Credit), ("balance", By::Balance)];

fn sort<Row: Aged>(rows: &mut [Row], by: By, descending: bool) {
    match by {
        // By name they came.
        By::Name if descending => rows.reverse(),
        By::Name => (),
        // By their amounts alone, each taken once: a row is large and would be moved many times.
        _ if descending => rows.sort_by_cached_key(|row| Reverse(amount(row, by))),
        _ => rows.sort_by_cached_key(|row| amount(row, by)),
    }
}

/// Minor units; all rows are in the currency of the books.
fn amount(row: &impl Aged, by: By) -> i64 {
    let amounts = row.amounts();
    let money = match by {
        By::Age(at) => amounts.columns.get(at),
        By::Credit => Some(&amounts.credit),
        By::Balance => Some(&amounts.balance),
        By::Name => None,
    };
    money.map_or(0, |money| money.minor())
}
