//! The journal: a balanced entry behind every document and every movement of money.
//!
//! Never stores a posting: postings follow from what happened and from the chart, so they cannot
//! disagree with the documents. A correction is a further movement with an entry of its own.
//!
//! What customers owe and what they are owed stand on two accounts. An invoice raises the first,
//! money and credit notes raise the second, and setting one against the other moves the amount
//! from the second to the first. So on every day the first is what the open invoices come to, and
//! the second is what is unused.

mod chart;
pub mod charts;
mod movement;

pub use chart::{AccountKind, AccountRejection, Chart, ChartEntry, LedgerAccount};
pub use movement::{Cause, Movement, Part};

use crate::money::{Money, MoneyError};

/// One line of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    /// Number of the account.
    pub account: String,
    /// Code of the VAT, on the lines of VAT and of income.
    pub tax_code: Option<String>,
    /// Above nothing: debit. Below: credit. Never nothing.
    pub amount: Money,
}

/// Postings that come to nothing together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry(Vec<Posting>);

/// Why postings are no entry.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EntryRejection {
    /// Debits and credits differ.
    #[error("debits and credits differ by {0}")]
    Unbalanced(Money),
    /// Sums do not fit or currencies mix.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl Entry {
    /// The entry of movements that belong together, by a chart.
    ///
    /// # Errors
    /// [`EntryRejection`] where they do not come to nothing.
    pub fn of(movements: &[Movement], chart: &Chart) -> Result<Self, EntryRejection> {
        let mut postings = Vec::new();
        for movement in movements {
            for posting in movement.postings(chart)? {
                join(&mut postings, posting)?;
            }
        }
        Self::checked(postings)
    }

    /// Postings as an entry, lines over nothing left out.
    ///
    /// # Errors
    /// [`EntryRejection::Unbalanced`].
    pub fn checked(postings: Vec<Posting>) -> Result<Self, EntryRejection> {
        let postings: Vec<Posting> =
            postings.into_iter().filter(|posting| !posting.amount.is_zero()).collect();
        if let Some(first) = postings.first() {
            let amounts = postings.iter().map(|posting| posting.amount);
            let sum = Money::sum(first.amount.currency(), amounts)?;
            if !sum.is_zero() {
                return Err(EntryRejection::Unbalanced(sum));
            }
        }
        Ok(Self(postings))
    }

    /// Its lines: what customers owe or are owed first, then the rest as on the document.
    pub fn postings(&self) -> &[Posting] {
        &self.0
    }
}

/// Adds a posting to the one with the same account, VAT code and side.
fn join(postings: &mut Vec<Posting>, posting: Posting) -> Result<(), MoneyError> {
    let same = |other: &&mut Posting| {
        other.account == posting.account
            && other.tax_code == posting.tax_code
            && other.amount.is_negative() == posting.amount.is_negative()
    };
    match postings.iter_mut().find(same) {
        Some(other) => other.amount = other.amount.plus(posting.amount)?,
        None => postings.push(posting),
    }
    Ok(())
}
