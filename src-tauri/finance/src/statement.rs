//! What changed what somebody owes, over a period.
//!
//! Never leaves a movement out: what lies before the period is its opening balance, and what lies
//! after it does not count yet.

use crate::money::{Currency, Money, MoneyError};
use chrono::NaiveDate;

/// Something that changed a balance, with whatever the caller knows about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movement<T> {
    /// The day it counts from.
    pub date: NaiveDate,
    /// Above nothing: owed more. Below: owed less.
    pub amount: Money,
    /// What it was.
    pub what: T,
}

/// A movement within the period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementLine<T> {
    /// What moved.
    pub movement: Movement<T>,
    /// The balance after it.
    pub balance: Money,
}

/// A statement of account: opening + charged − taken = closing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement<T> {
    /// The balance at the end of the day before the period.
    pub opening: Money,
    /// The movements of the period, oldest first.
    pub lines: Vec<StatementLine<T>>,
    /// Sum of what raised the balance within the period.
    pub charged: Money,
    /// Sum of what lowered it, above nothing.
    pub taken: Money,
    /// The balance at the end of the last day.
    pub closing: Money,
}

/// States an account from `from` (nothing: from its beginning) to the end of `to`. Movements of
/// one day keep the order they come in.
///
/// # Errors
/// [`MoneyError`] where currencies mix.
pub fn state<T>(
    movements: impl IntoIterator<Item = Movement<T>>,
    currency: Currency,
    from: Option<NaiveDate>,
    to: NaiveDate,
) -> Result<Statement<T>, MoneyError> {
    let zero = Money::zero(currency);
    let mut all: Vec<Movement<T>> = movements.into_iter().collect();
    all.sort_by_key(|movement| movement.date);
    let (mut opening, mut charged, mut taken, mut balance) = (zero, zero, zero, zero);
    let mut lines = Vec::with_capacity(all.len());
    for movement in all.into_iter().filter(|movement| movement.date <= to) {
        balance = balance.plus(movement.amount)?;
        if from.is_some_and(|from| movement.date < from) {
            opening = balance;
            continue;
        }
        if movement.amount.is_negative() {
            taken = taken.minus(movement.amount)?;
        } else {
            charged = charged.plus(movement.amount)?;
        }
        lines.push(StatementLine { movement, balance });
    }
    Ok(Statement { opening, lines, charged, taken, closing: balance })
}
