//! Counts and sums of both sides, and how old what is open is on each. Pure.
//!
//! Never counts what a side does not have in its books.

use super::differing::net;
use super::pairing::{Outcome, Pair, is_live};
use chrono::NaiveDate;
use finance::ageing::Buckets;
use finance::money::{Currency, Money, MoneyError};
use std::collections::BTreeMap;
use store::exports::ExportKind;

/// How many, and what they come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sum {
    /// How many.
    pub count: u32,
    /// Without VAT.
    pub net: Money,
    /// VAT.
    pub vat: Money,
    /// With VAT.
    pub gross: Money,
}

impl Sum {
    const fn nothing(currency: Currency) -> Self {
        let zero = Money::zero(currency);
        Self { count: 0, net: zero, vat: zero, gross: zero }
    }

    fn add(&mut self, gross: Money, vat: Option<Money>) -> Result<(), MoneyError> {
        self.count += 1;
        self.gross = self.gross.plus(gross)?;
        self.net = self.net.plus(net(gross, vat).unwrap_or(gross))?;
        if let Some(vat) = vat {
            self.vat = self.vat.plus(vat)?;
        }
        Ok(())
    }
}

/// Both sides of a kind in a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SumRow {
    /// The kind.
    pub kind: ExportKind,
    /// Ours.
    pub ours: Sum,
    /// Theirs.
    pub theirs: Sum,
}

/// The kinds that both sides have in common, in the order they are shown.
pub const KINDS: [ExportKind; 5] = [
    ExportKind::Invoice,
    ExportKind::CreditNote,
    ExportKind::Payment,
    ExportKind::OnAccount,
    ExportKind::Journal,
];

/// Sums by kind and currency; the book's own currency always, others where a side has them. Money on
/// account only where there is any: not every system is told of it. A company that has journal entries
/// has nothing else.
///
/// # Errors
/// A sum beyond what money can hold.
pub fn sums(pairs: &[Pair], own: Currency) -> Result<Vec<SumRow>, MoneyError> {
    let mut rows = Vec::new();
    let is_any = |kind| pairs.iter().any(|pair| pair.kind() == Some(kind));
    let entries = is_any(ExportKind::Journal);
    let is_always = |kind| !entries && !matches!(kind, ExportKind::OnAccount | ExportKind::Journal);
    for kind in KINDS.into_iter().filter(|kind| is_always(*kind) || is_any(*kind)) {
        let nothing = |currency| (Sum::nothing(currency), Sum::nothing(currency));
        let mut found = BTreeMap::from([(own, nothing(own))]);
        for pair in pairs.iter().filter(|pair| pair.kind() == Some(kind)) {
            if let Some(ours) = pair.ours.as_ref().filter(|ours| !ours.ended) {
                let both = found.entry(ours.currency).or_insert_with(|| nothing(ours.currency));
                both.0.add(ours.gross, ours.vat)?;
            }
            if let Some(theirs) = pair.theirs.as_ref().filter(|theirs| is_live(theirs)) {
                let both = found.entry(theirs.currency).or_insert_with(|| nothing(theirs.currency));
                both.1.add(theirs.gross, theirs.vat)?;
            }
        }
        rows.extend(found.into_values().map(|(ours, theirs)| SumRow { kind, ours, theirs }));
    }
    Ok(rows)
}

/// What is open of the span's invoices, by how long it is overdue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aged {
    /// The currency of the amounts.
    pub currency: Currency,
    /// Ours, by column of the usual buckets.
    pub ours: Vec<Money>,
    /// Theirs.
    pub theirs: Vec<Money>,
}

/// Ages what both sides have open of the invoices, by due date; nothing where there are none but journal
/// entries.
///
/// # Errors
/// A sum beyond what money can hold.
pub fn aged(pairs: &[Pair], today: NaiveDate, own: Currency) -> Result<Vec<Aged>, MoneyError> {
    let buckets = Buckets::default();
    let mut found: BTreeMap<Currency, Aged> = BTreeMap::new();
    let empty = |currency| {
        let columns = vec![Money::zero(currency); buckets.columns()];
        Aged { currency, ours: columns.clone(), theirs: columns }
    };
    if !pairs.iter().any(|pair| pair.kind() == Some(ExportKind::Journal)) {
        found.insert(own, empty(own));
    }
    for pair in pairs.iter().filter(|pair| pair.kind() == Some(ExportKind::Invoice)) {
        if let Some(ours) = pair.ours.as_ref().filter(|ours| !ours.ended) {
            let aged = found.entry(ours.currency).or_insert_with(|| empty(ours.currency));
            let column = buckets.column(ours.due_date.unwrap_or(ours.date), today);
            add(&mut aged.ours, column, ours.open)?;
        }
        if let Some(theirs) = pair.theirs.as_ref().filter(|theirs| is_live(theirs)) {
            let aged = found.entry(theirs.currency).or_insert_with(|| empty(theirs.currency));
            let column = buckets.column(theirs.due_date.unwrap_or(theirs.date), today);
            add(&mut aged.theirs, column, theirs.open)?;
        }
    }
    Ok(found.into_values().collect())
}

fn add(columns: &mut [Money], column: usize, open: Option<Money>) -> Result<(), MoneyError> {
    if let (Some(sum), Some(open)) = (columns.get_mut(column), open) {
        *sum = sum.plus(open)?;
    }
    Ok(())
}

/// How many pairs came to an outcome.
pub fn count(pairs: &[Pair], outcome: Outcome) -> u32 {
    let many = pairs.iter().filter(|pair| pair.outcome == outcome).count();
    u32::try_from(many).unwrap_or(u32::MAX)
}
