//! The rows that make what is left of an entitlement.
//!
//! Never a row without a fact behind it, except its end, which follows from its last day.

use super::{Drawn, Extension, Holding};
use crate::money::{Money, MoneyError};
use crate::package::{Holds, Taken};
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// What moved what is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Moved {
    /// It was sold.
    Opened,
    /// Something was taken.
    Drawn,
    /// Something was given back.
    Returned,
    /// It got a later last day.
    Extended,
    /// The rest was closed.
    Closed,
    /// The rest ran out of time.
    Expired,
}

/// One row, with what is left after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movement<'a> {
    /// What moved it.
    pub moved: Moved,
    /// The day; of an expiry the last day on which it was valid.
    pub on: NaiveDate,
    /// The draw that was made or given back.
    pub drawn: Option<&'a Drawn>,
    /// The later last day it got.
    pub extension: Option<&'a Extension>,
    /// Lessons, below 0 where they were taken.
    pub lessons: Decimal,
    /// Money, below nothing where it was taken; nothing where it holds lessons.
    pub amount: Option<Money>,
    /// Lessons left after it.
    pub left: Decimal,
    /// Money left after it; nothing where it holds lessons.
    pub left_amount: Option<Money>,
}

impl Holding {
    /// Everything that moved it until a day, oldest first: the last row's rest is what is left.
    ///
    /// # Errors
    /// [`MoneyError`] where a sum does not fit.
    pub fn movements(&self, today: NaiveDate) -> Result<Vec<Movement<'_>>, MoneyError> {
        let mut moves = self.moves();
        let (mut left, mut left_amount) = (Decimal::ZERO, None::<Money>);
        let mut rows = Vec::with_capacity(moves.len() + 2);
        moves.sort_by_key(|(moved, on, about, ..)| {
            let first = *moved != Moved::Opened;
            (first, *on, *moved, about.id())
        });
        for (moved, on, about, lessons, amount) in moves {
            let (drawn, extension) = (about.drawn(), about.extension());
            left += lessons;
            left_amount = match (left_amount, amount) {
                (Some(before), Some(amount)) => Some(before.plus(amount)?),
                (before, amount) => before.or(amount),
            };
            let left = left.normalize();
            rows.push(Movement { moved, on, drawn, extension, lessons, amount, left, left_amount });
        }
        rows.extend(self.end(today, left, left_amount));
        Ok(rows)
    }

    /// The row that takes the rest away, where its time is over.
    fn end(&self, today: NaiveDate, left: Decimal, amount: Option<Money>) -> Option<Movement<'_>> {
        let nothing_left = left <= Decimal::ZERO && !amount.is_some_and(Money::is_positive);
        if nothing_left {
            return None;
        }
        let expired = self.valid_until().filter(|until| *until < today);
        let (moved, on) = match (&self.closed, expired) {
            (Some(closing), _) => (Moved::Closed, closing.on),
            (None, Some(until)) => (Moved::Expired, until),
            (None, None) => return None,
        };
        Some(Movement {
            moved,
            on,
            drawn: None,
            extension: None,
            lessons: -left,
            amount: amount.map(Money::negated),
            left: Decimal::ZERO,
            left_amount: amount.map(|amount| Money::zero(amount.currency())),
        })
    }

    fn moves(&self) -> Vec<Move<'_>> {
        let (whole, amount) = match &self.entitlement.holds {
            Holds::Lessons { .. } => (self.lessons().0, None),
            Holds::Amount { amount } => (Decimal::ZERO, Some(*amount)),
        };
        let opened_on = self.entitlement.opened_on;
        let mut moves = vec![(Moved::Opened, opened_on, About::Whole, whole, amount)];
        let nothing = amount.map(|amount| Money::zero(amount.currency()));
        for given in &self.extensions {
            let about = About::Extension(given);
            moves.push((Moved::Extended, given.on, about, Decimal::ZERO, nothing));
        }
        for drawn in &self.draws {
            let (lessons, amount) = match drawn.draw.taken {
                Taken::Lessons { quantity } => (quantity, None),
                Taken::Amount { amount } => (Decimal::ZERO, Some(amount)),
            };
            let about = About::Draw(drawn);
            moves.push((Moved::Drawn, drawn.on, about, -lessons, amount.map(Money::negated)));
            if let Some((on, _)) = &drawn.returned {
                moves.push((Moved::Returned, *on, about, lessons, amount));
            }
        }
        moves
    }
}

/// What a row is about.
#[derive(Clone, Copy)]
enum About<'a> {
    Whole,
    Draw(&'a Drawn),
    Extension(&'a Extension),
}

impl<'a> About<'a> {
    fn drawn(self) -> Option<&'a Drawn> {
        if let Self::Draw(drawn) = self { Some(drawn) } else { None }
    }

    fn extension(self) -> Option<&'a Extension> {
        if let Self::Extension(extension) = self { Some(extension) } else { None }
    }

    /// Keeps rows of one day in one order.
    fn id(self) -> Option<uuid::Uuid> {
        match self {
            Self::Whole => None,
            Self::Draw(drawn) => Some(drawn.draw.id.0),
            Self::Extension(extension) => Some(extension.id.0),
        }
    }
}

/// What moved it, when, what the row is about, and by how many lessons or how much money.
type Move<'a> = (Moved, NaiveDate, About<'a>, Decimal, Option<Money>);
