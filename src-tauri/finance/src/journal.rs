//! Journal entries instead of documents: what a school that keeps its students out of the accounting
//! system sends there.
//!
//! Never posts anything of its own: lines are the postings of the book, added up.

use crate::ids::DepartmentId;
use crate::ledger::{Entry, EntryRejection};
use crate::money::{Money, MoneyError};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a connection is told. It is chosen before anything is sent: what is there as one would be
/// booked a second time as the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Booking {
    /// Customers, invoices, credit notes, payments and what is set against what.
    #[default]
    Documents,
    /// A journal entry for each entry of the book, and nothing else.
    JournalPerDocument,
    /// A journal entry for each day that is over, and nothing else.
    JournalPerDay,
}

impl Booking {
    /// Every choice, the usual one first.
    pub const ALL: [Self; 3] = [Self::Documents, Self::JournalPerDocument, Self::JournalPerDay];

    /// The word it is kept and told under.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Documents => "documents",
            Self::JournalPerDocument => "journal_per_document",
            Self::JournalPerDay => "journal_per_day",
        }
    }

    /// The choice behind a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|booking| booking.word() == word)
    }

    /// Nothing but journal entries is sent.
    pub const fn is_journal(self) -> bool {
        !matches!(self, Self::Documents)
    }
}

/// A line of a journal entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalLine {
    /// Number of our account.
    pub account: String,
    /// Code of the VAT, on the lines of VAT and of income.
    pub tax_code: Option<String>,
    /// The department it is booked on, where there is one.
    pub department: Option<DepartmentId>,
    /// Above nothing: debit. Below: credit. Never nothing.
    pub amount: Money,
}

/// Entries as one: the sums by account, VAT code, department and side, in that order. They come to
/// nothing, as each of the entries does.
///
/// # Errors
/// [`EntryRejection`] where a sum does not fit or the lines do not come to nothing.
pub fn summed<'e>(
    entries: impl IntoIterator<Item = (Option<DepartmentId>, &'e Entry)>,
) -> Result<Vec<JournalLine>, EntryRejection> {
    let mut sums: BTreeMap<_, Money> = BTreeMap::new();
    for (department, entry) in entries {
        for posting in entry.postings() {
            let key = (
                posting.account.clone(),
                posting.tax_code.clone(),
                department,
                posting.amount.is_negative(),
            );
            match sums.get_mut(&key) {
                Some(sum) => *sum = sum.plus(posting.amount)?,
                None => {
                    sums.insert(key, posting.amount);
                }
            }
        }
    }
    let lines = sums.into_iter().map(|((account, tax_code, department, _), amount)| JournalLine {
        account,
        tax_code,
        department,
        amount,
    });
    let lines: Vec<JournalLine> = lines.collect();
    if let Some(first) = lines.first() {
        let currency = first.amount.currency();
        let sum = Money::sum(currency, lines.iter().map(|line| line.amount))?;
        if !sum.is_zero() {
            return Err(EntryRejection::Unbalanced(sum));
        }
    }
    Ok(lines)
}

/// What the lines of an entry are debited with, which is what they are credited with. Nothing where
/// there are none.
///
/// # Errors
/// [`MoneyError`] where the sum does not fit.
pub fn debited<'l>(
    lines: impl IntoIterator<Item = &'l JournalLine>,
) -> Result<Option<Money>, MoneyError> {
    let mut total: Option<Money> = None;
    for line in lines.into_iter().filter(|line| line.amount.is_positive()) {
        total = Some(match total {
            Some(sum) => sum.plus(line.amount)?,
            None => line.amount,
        });
    }
    Ok(total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Posting;
    use proptest::prelude::*;

    fn nok(minor: i64) -> Money {
        Money::from_minor(minor, "NOK".parse().expect("a currency"))
    }

    fn posting(account: &str, tax_code: Option<&str>, minor: i64) -> Posting {
        let (account, tax_code) = (account.to_owned(), tax_code.map(str::to_owned));
        Posting { account, tax_code, amount: nok(minor) }
    }

    fn entry(postings: Vec<Posting>) -> Entry {
        Entry::checked(postings).expect("balanced")
    }

    #[test]
    fn a_day_is_the_sum_by_account_vat_code_and_department_with_both_sides_kept_apart() {
        let here = Some(DepartmentId(uuid::Uuid::from_u128(7)));
        let sold = entry(vec![posting("1500", None, 1250), posting("3000", Some("3"), -1250)]);
        let more = entry(vec![posting("1500", None, 500), posting("3000", Some("5"), -500)]);
        let paid = entry(vec![posting("1920", None, 300), posting("1500", None, -300)]);
        let lines = summed([(None, &sold), (None, &more), (here, &sold), (None, &paid)]);
        let lines = lines.expect("lines");
        let shown: Vec<(&str, Option<&str>, bool, i64)> = lines
            .iter()
            .map(|it| {
                let of = it.department.is_some();
                (it.account.as_str(), it.tax_code.as_deref(), of, it.amount.minor())
            })
            .collect();
        assert_eq!(
            shown,
            [
                ("1500", None, false, 1750),
                ("1500", None, false, -300),
                ("1500", None, true, 1250),
                ("1920", None, false, 300),
                ("3000", Some("3"), false, -1250),
                ("3000", Some("3"), true, -1250),
                ("3000", Some("5"), false, -500),
            ]
        );
        assert_eq!(debited(&lines).expect("a sum"), Some(nok(3300)));
    }

    #[test]
    fn nothing_posted_is_no_line() {
        assert_eq!(summed([]).expect("nothing"), []);
        assert_eq!(debited(&[]).expect("nothing"), None);
    }

    proptest! {
        #[test]
        fn what_is_summed_comes_to_the_postings_account_by_account(
            amounts in prop::collection::vec((0..4_usize, 0..4_usize, 1..1_000_000_i64), 0..60)
        ) {
            let accounts = ["1500", "1920", "2900", "3000"];
            let entries: Vec<Entry> = amounts
                .iter()
                .map(|(debit, credit, minor)| entry(vec![
                    posting(accounts[*debit], None, *minor),
                    posting(accounts[*credit], Some("3"), -*minor),
                ]))
                .collect();
            let lines = summed(entries.iter().map(|it| (None, it))).expect("balanced");
            for account in accounts {
                let of_lines = lines.iter().filter(|it| it.account == account);
                let of_book = entries.iter().flat_map(Entry::postings);
                let of_book = of_book.filter(|it| it.account == account);
                let summed: i64 = of_lines.map(|it| it.amount.minor()).sum();
                prop_assert_eq!(summed, of_book.map(|it| it.amount.minor()).sum::<i64>());
            }
        }
    }
}
