//! Payment plans: what is open of one or several invoices, paid in parts with days of their own.
//!
//! Never changes an invoice and never says which invoice money settles: allocations do. What is
//! open of the planned invoices, taken together, settles the instalments, the oldest first.

use crate::allocation::OpenItem;
use crate::exchange::Left;
use crate::ids::{InvoiceId, PlanId, SchoolId, StudentId};
use crate::money::{Money, MoneyError};
use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The most instalments of a plan.
pub const MOST_INSTALMENTS: usize = 120;
/// The most invoices of a plan.
pub const MOST_INVOICES: usize = 200;
/// The most days an instalment may be missed before the plan is broken.
pub const MOST_GRACE_DAYS: u16 = 365;

/// What of one invoice is planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedInvoice {
    /// The invoice.
    pub invoice_id: InvoiceId,
    /// What was open of it; above nothing.
    pub amount: Money,
}

/// One part of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instalment {
    /// Last day to pay it.
    pub due_date: NaiveDate,
    /// How much; above nothing.
    pub amount: Money,
}

/// A plan as agreed with the payer, in the currency of its invoices. A later plan about any of its invoices takes its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentPlan {
    /// Its identity.
    pub id: PlanId,
    /// The school.
    pub school_id: SchoolId,
    /// Who owes.
    pub student_id: StudentId,
    /// The day it was agreed.
    pub agreed_on: NaiveDate,
    /// The invoices, oldest due date first: the order in which instalments are spread over them.
    pub invoices: Vec<PlannedInvoice>,
    /// The parts, earliest first.
    pub instalments: Vec<Instalment>,
    /// Days an instalment may be missed; after them the invoices are due by their own dates again.
    pub grace_days: u16,
    /// The plan it changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<PlanId>,
    /// A note, or empty.
    pub note: String,
}

/// A plan no longer holds: its invoices are due by their own dates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanEnd {
    /// The school.
    pub school_id: SchoolId,
    /// Which plan.
    pub plan_id: PlanId,
    /// The first day it no longer holds.
    pub ended_on: NaiveDate,
    /// Why.
    pub reason: String,
}

/// One instalment of a plan, as what is owed refers to it; counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct InstalmentRef {
    /// The plan.
    pub plan_id: PlanId,
    /// Its place in the plan, from 1.
    pub place: u16,
}

/// What is open of one instalment and belongs to one invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenPart {
    /// Place of the instalment, from 1.
    pub place: u16,
    /// The invoice.
    pub invoice_id: InvoiceId,
    /// Last day to pay the instalment.
    pub due_date: NaiveDate,
    /// Still open; above nothing.
    pub open: Money,
}

/// Where a plan stands on a day, as long as it was neither ended nor replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlanState {
    /// Nothing is open.
    Paid,
    /// No instalment is missed.
    Kept,
    /// An instalment is missed, within the days of grace.
    Late,
    /// An instalment was missed for too long: the plan no longer protects.
    Broken,
}

/// What follows from a plan and what is open of its invoices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanStanding {
    /// What is open, earliest instalment first.
    pub parts: Vec<OpenPart>,
    /// The last day on which the plan holds as things stand; nothing where all is paid.
    pub until: Option<NaiveDate>,
}

impl PlanStanding {
    /// The state on a day.
    pub fn state(&self, day: NaiveDate) -> PlanState {
        match (self.parts.first(), self.until) {
            (Some(_), Some(until)) if until < day => PlanState::Broken,
            (Some(first), _) if first.due_date < day => PlanState::Late,
            (Some(_), _) => PlanState::Kept,
            (None, _) => PlanState::Paid,
        }
    }

    /// What is open of an instalment.
    ///
    /// # Errors
    /// [`MoneyError::TooLarge`].
    pub fn open_of(&self, place: u16, zero: Money) -> Result<Money, MoneyError> {
        let parts = self.parts.iter().filter(|part| part.place == place);
        Money::sum(zero.currency(), parts.map(|part| part.open))
    }

    /// What each part is worth in the books, in the order of the parts. `left` is what the invoices
    /// have open, in their own currency and in the books; the parts of an invoice that is planned in
    /// full come to its worth exactly. An invoice that `left` does not name is in the currency of
    /// the books.
    ///
    /// # Errors
    /// [`MoneyError`] where a currency differs or an amount does not fit.
    pub fn worth(&self, left: &BTreeMap<InvoiceId, Left>) -> Result<Vec<Money>, MoneyError> {
        let mut left = left.clone();
        let worth = |part: &OpenPart| match left.get_mut(&part.invoice_id) {
            None => Ok(part.open),
            Some(rest) => {
                let (after, worth) = rest.after(part.open)?;
                *rest = after;
                Ok(worth)
            }
        };
        self.parts.iter().map(worth).collect()
    }
}

/// The day a part of a plan is due by, on a day: by its instalment while the plan holds, and once
/// it is broken by its invoice, unless the instalment came first.
pub fn due_by(
    instalment: NaiveDate,
    invoice: NaiveDate,
    until: NaiveDate,
    day: NaiveDate,
) -> NaiveDate {
    if until < day { instalment.min(invoice) } else { instalment }
}

/// The last day on which such a part is not overdue. One day, though whether the plan is broken
/// depends on the day asked about: lists can be narrowed by it.
pub fn late_after(instalment: NaiveDate, invoice: NaiveDate, until: NaiveDate) -> NaiveDate {
    instalment.min(invoice.max(until))
}

/// Why a plan is refused. Places count from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanRejection {
    /// It names no invoice, or too many.
    #[error("a plan is about 1 to {MOST_INVOICES} invoices")]
    Invoices,
    /// An invoice of another payer, one with nothing open, or one named twice.
    #[error("{invoice} cannot be planned")]
    WrongInvoice { invoice: String },
    /// Invoices of several currencies.
    #[error("the invoices of a plan are in one currency")]
    Currencies,
    /// What is planned of an invoice is not what is open of it.
    #[error("{invoice} has {open} open")]
    NotTheOpen { invoice: String, open: Money },
    /// It has no instalment, or too many.
    #[error("a plan has 1 to {MOST_INSTALMENTS} instalments")]
    Instalments,
    /// An instalment of nothing or less.
    #[error("instalment {place} must be above 0")]
    NotPositive { place: usize },
    /// An instalment due before the plan is agreed.
    #[error("instalment {place} is due before the plan begins")]
    TooEarly { place: usize },
    /// An instalment that is not due after the one before it.
    #[error("instalment {place} must be due after the one before it")]
    NotRising { place: usize },
    /// The instalments do not come to what is planned.
    #[error("the instalments come to {instalments}, and {open} is open")]
    WrongSum { instalments: Money, open: Money },
    /// More days of grace than a year.
    #[error("more than {MOST_GRACE_DAYS} days of grace")]
    Grace,
    /// Sums beyond what money can be.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl PaymentPlan {
    /// What is planned in all.
    ///
    /// # Errors
    /// [`MoneyError`] where currencies mix, or there is no invoice to say which.
    pub fn total(&self) -> Result<Money, MoneyError> {
        let first = self.invoices.first().ok_or(MoneyError::TooLarge)?.amount;
        Money::sum(first.currency(), self.invoices.iter().map(|invoice| invoice.amount))
    }

    /// Checks a plan against what its payer has open.
    ///
    /// # Errors
    /// [`PlanRejection`] for the first rule broken.
    pub fn check(&self, items: &[OpenItem]) -> Result<(), PlanRejection> {
        if self.invoices.is_empty() || self.invoices.len() > MOST_INVOICES {
            return Err(PlanRejection::Invoices);
        }
        let mut seen = BTreeSet::new();
        for planned in &self.invoices {
            let item = items.iter().find(|item| item.invoice_id == planned.invoice_id);
            let name =
                item.map_or_else(|| planned.invoice_id.to_string(), |item| item.number.clone());
            let new = seen.insert(planned.invoice_id);
            let item = item.filter(|_| new);
            let item = item.ok_or(PlanRejection::WrongInvoice { invoice: name })?;
            if item.open != planned.amount {
                let (invoice, open) = (item.number.clone(), item.open);
                return Err(PlanRejection::NotTheOpen { invoice, open });
            }
        }
        if self.grace_days > MOST_GRACE_DAYS {
            return Err(PlanRejection::Grace);
        }
        let currency = |planned: &PlannedInvoice| planned.amount.currency();
        if self.invoices.iter().any(|planned| currency(planned) != currency(&self.invoices[0])) {
            return Err(PlanRejection::Currencies);
        }
        check_instalments(&self.instalments, self.total()?, self.agreed_on)
    }

    /// What is open of each instalment, given what is open of the invoices. Taken together the
    /// invoices settle the oldest instalment first; what an invoice has open beyond the plan is
    /// no part of it.
    ///
    /// # Errors
    /// [`MoneyError`] where currencies mix.
    pub fn standing(&self, open: &BTreeMap<InvoiceId, Money>) -> Result<PlanStanding, MoneyError> {
        let total = self.total()?;
        let zero = Money::zero(total.currency());
        let mut owed = Vec::with_capacity(self.invoices.len());
        for planned in &self.invoices {
            let open = open.get(&planned.invoice_id).copied().unwrap_or(zero);
            let open = if open.is_negative() { zero } else { open };
            owed.push((planned.invoice_id, open.smaller(planned.amount)?));
        }
        let still = Money::sum(total.currency(), owed.iter().map(|(_, open)| *open))?;
        let mut settled = total.minus(still)?;
        let mut parts = Vec::new();
        let mut owed = owed.into_iter().filter(|(_, open)| open.is_positive());
        let mut current = owed.next();
        for (place, instalment) in (1_u16..).zip(&self.instalments) {
            let taken = settled.smaller(instalment.amount)?;
            settled = settled.minus(taken)?;
            let mut left = instalment.amount.minus(taken)?;
            while let (true, Some((invoice_id, rest))) = (left.is_positive(), current) {
                let part = left.smaller(rest)?;
                let due_date = instalment.due_date;
                parts.push(OpenPart { place, invoice_id, due_date, open: part });
                left = left.minus(part)?;
                let rest = rest.minus(part)?;
                current = if rest.is_positive() { Some((invoice_id, rest)) } else { owed.next() };
            }
        }
        let until = parts.first().map(|part| later(part.due_date, self.grace_days));
        Ok(PlanStanding { parts, until })
    }
}

fn check_instalments(
    instalments: &[Instalment],
    total: Money,
    from: NaiveDate,
) -> Result<(), PlanRejection> {
    if instalments.is_empty() || instalments.len() > MOST_INSTALMENTS {
        return Err(PlanRejection::Instalments);
    }
    let mut before = None;
    for (place, instalment) in (1..).zip(instalments) {
        if !instalment.amount.is_positive() {
            return Err(PlanRejection::NotPositive { place });
        }
        if instalment.due_date < from {
            return Err(PlanRejection::TooEarly { place });
        }
        if before.is_some_and(|before| instalment.due_date <= before) {
            return Err(PlanRejection::NotRising { place });
        }
        before = Some(instalment.due_date);
    }
    let sum = Money::sum(total.currency(), instalments.iter().map(|one| one.amount))?;
    if sum == total {
        Ok(())
    } else {
        Err(PlanRejection::WrongSum { instalments: sum, open: total })
    }
}

fn later(day: NaiveDate, days: u16) -> NaiveDate {
    day.checked_add_days(Days::new(days.into())).unwrap_or(NaiveDate::MAX)
}

/// How far apart instalments are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rhythm {
    /// Every seven days.
    Weekly,
    /// Every fourteen days.
    Fortnightly,
    /// The same day of each month, or its last day where the month is shorter.
    Monthly,
}

/// The instalment that takes the minor units left over by an even split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remainder {
    /// The first is the largest.
    First,
    /// The last is the largest.
    Last,
}

/// Days of `count` instalments from the first on; none beyond the calendar.
pub fn due_dates(first: NaiveDate, count: u16, rhythm: Rhythm) -> Vec<NaiveDate> {
    let nth = |number: u16| match rhythm {
        Rhythm::Weekly => first.checked_add_days(Days::new(7 * u64::from(number))),
        Rhythm::Fortnightly => first.checked_add_days(Days::new(14 * u64::from(number))),
        Rhythm::Monthly => first.checked_add_months(Months::new(number.into())),
    };
    (0..count).map_while(nth).collect()
}

/// Splits an amount into `count` equal parts that come to it exactly; what does not divide goes to
/// the first or the last. No part where `count` is nothing.
///
/// # Errors
/// [`MoneyError::TooLarge`].
pub fn split_evenly(
    total: Money,
    count: u16,
    remainder: Remainder,
) -> Result<Vec<Money>, MoneyError> {
    if count == 0 {
        return Ok(Vec::new());
    }
    let each = Money::from_minor(total.minor() / i64::from(count), total.currency());
    let mut parts = vec![each; count.into()];
    let left = total.minus(Money::sum(total.currency(), parts.iter().copied())?)?;
    let largest = match remainder {
        Remainder::First => parts.first_mut(),
        Remainder::Last => parts.last_mut(),
    };
    if let Some(part) = largest {
        *part = part.plus(left)?;
    }
    Ok(parts)
}
