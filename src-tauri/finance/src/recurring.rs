//! Invoices that come again: what they bill, when, and for whom.
//!
//! Never makes an invoice and never forgets a date: which dates were made is recorded for each, so
//! that a desk that slept for weeks makes each of them once.

use crate::catalogue::ServiceKind;
use crate::discount::DocumentDiscount;
use crate::ids::{DepartmentId, InvoiceId, PayerId, RecurringId, SchoolId, ServiceId, StudentId};
use crate::money::Currency;
use crate::split::Part;
use crate::terms::PaymentTerms;
use chrono::{Datelike, Days, Months, NaiveDate};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Rhythm {
    /// Every so many weeks, on the weekday of the first date.
    Weekly {
        /// Weeks from one to the next, 1 to 52.
        every: u8,
    },
    /// Every so many months on a day of the month; in a shorter month on its last day.
    Monthly {
        /// Months from one to the next, 1 to 24.
        every: u8,
        /// 1 to 31; 31 is the last day of every month.
        day: u8,
    },
}

/// What becomes of a date that has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Making {
    /// A draft for a person to look at.
    Draft,
    /// An issued invoice.
    Issue,
}

/// Whether it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecurringState {
    /// It goes on.
    Active,
    /// It waits; dates that pass meanwhile are left out.
    Paused,
    /// It is over.
    Ended,
}

/// A line of a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecurringLine {
    /// The entry of the price list it came from.
    pub service_id: Option<ServiceId>,
    /// Its kind.
    pub kind: ServiceKind,
    /// What is printed.
    pub description: String,
    /// How many.
    #[serde(with = "rust_decimal::serde::str")]
    pub quantity: Decimal,
    /// Price of one, in the school's price basis and the template's currency.
    #[serde(with = "rust_decimal::serde::str")]
    pub unit_price: Decimal,
    /// Percent taken off.
    #[serde(with = "rust_decimal::serde::str")]
    pub discount_percent: Decimal,
    /// Code of its VAT; the rate is that of the invoice's date.
    pub tax_code: String,
    /// Account of its income, or empty.
    pub income_account: String,
}

/// Who pays of a template's invoices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecurringPayer {
    /// The payer; nothing: the student.
    pub payer_id: Option<PayerId>,
    /// How much of each.
    pub part: Part,
    /// The payer's reference, or empty.
    pub reference: String,
}

/// A template. Of two that set the same one the later clock wins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recurring {
    /// Its identity.
    pub id: RecurringId,
    /// The school.
    pub school_id: SchoolId,
    /// The desk that makes its invoices, so that no two desks do.
    pub desk: String,
    /// What staff call it.
    pub name: String,
    /// The department.
    pub department_id: Option<DepartmentId>,
    /// For whom; each gets an invoice of their own.
    pub students: Vec<StudentId>,
    /// The currency of prices and amounts, where that is not the school's. What an invoice is worth
    /// follows from the rate of the day it is made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// What is billed.
    pub lines: Vec<RecurringLine>,
    /// Who pays; nothing: whoever pays for the student by default on the day it is made. Nobody
    /// named: the student.
    pub payers: Option<Vec<RecurringPayer>>,
    /// What is taken off the whole of each.
    pub discount: Option<DocumentDiscount>,
    /// The buyer's reference, or empty.
    pub reference: String,
    /// A note printed on each, or empty.
    pub note: String,
    /// How often.
    pub rhythm: Rhythm,
    /// No date lies before it.
    pub from: NaiveDate,
    /// No date lies after it.
    pub until: Option<NaiveDate>,
    /// At most so many dates.
    pub count: Option<u32>,
    /// From the day it is made to its due date.
    pub terms: PaymentTerms,
    /// What becomes of a date.
    pub making: Making,
    /// Whether it goes on.
    pub state: RecurringState,
    /// Dates before it are left out: until then it was paused, or had other dates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resumed_on: Option<NaiveDate>,
    /// Who came later, and since when: dates before are left out for them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub joined: BTreeMap<StudentId, NaiveDate>,
}

/// What became of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// An invoice was issued.
    Issued,
    /// A draft was made, as the template says.
    Draft,
    /// A draft was made because the invoice could not be issued.
    KeptBack,
}

/// An invoice of one date and one student was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RecurringMade {
    /// The template.
    pub recurring_id: RecurringId,
    /// Its date.
    pub period: NaiveDate,
    /// For whom.
    pub student_id: StudentId,
    /// The draft or invoice.
    pub invoice_id: InvoiceId,
    /// The day it was made, which is later where the desk was closed.
    pub made_on: NaiveDate,
    /// What it became.
    pub outcome: Outcome,
}

/// Why a template cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecurringRejection {
    /// No name.
    #[error("the template needs a name")]
    NoName,
    /// Nobody to bill, somebody twice, or more than a thousand.
    #[error("choose between 1 and 1 000 students, each once")]
    Students,
    /// Nothing to bill.
    #[error("the template needs a line")]
    NoLines,
    /// A step of nothing, or a day no month has.
    #[error("the rhythm cannot be kept")]
    Rhythm,
    /// It ends before it begins, or after nothing.
    #[error("the last date lies before the first")]
    Ends,
}

/// The most dates looked at: weekly over nineteen years.
const MOST_DATES: u32 = 1_000;

impl Recurring {
    /// Checks a template.
    ///
    /// # Errors
    /// [`RecurringRejection`] for the first rule broken.
    pub fn check(&self) -> Result<(), RecurringRejection> {
        if self.name.trim().is_empty() {
            return Err(RecurringRejection::NoName);
        }
        let each: BTreeSet<StudentId> = self.students.iter().copied().collect();
        if each.is_empty() || each.len() != self.students.len() || each.len() > 1_000 {
            return Err(RecurringRejection::Students);
        }
        if self.lines.is_empty() {
            return Err(RecurringRejection::NoLines);
        }
        let fits = match self.rhythm {
            Rhythm::Weekly { every } => (1..=52).contains(&every),
            Rhythm::Monthly { every, day } => (1..=24).contains(&every) && (1..=31).contains(&day),
        };
        if !fits {
            return Err(RecurringRejection::Rhythm);
        }
        if self.until.is_some_and(|until| until < self.from) || self.count == Some(0) {
            return Err(RecurringRejection::Ends);
        }
        Ok(())
    }

    /// Its dates, oldest first, up to a thousand.
    pub fn dates(&self) -> impl Iterator<Item = NaiveDate> {
        let most = self.count.unwrap_or(MOST_DATES).min(MOST_DATES);
        // A month whose day lies before the first date gives no date and is not counted.
        (0..=most)
            .map_while(|step| self.date(step))
            .skip_while(|date| *date < self.from)
            .take(most as usize)
            .take_while(|date| self.until.is_none_or(|until| *date <= until))
    }

    fn date(&self, step: u32) -> Option<NaiveDate> {
        match self.rhythm {
            Rhythm::Weekly { every } => {
                self.from.checked_add_days(Days::new(u64::from(step) * 7 * u64::from(every)))
            }
            Rhythm::Monthly { every, day } => {
                let first = self.from.with_day(1)?;
                let month = first.checked_add_months(Months::new(step * u32::from(every)))?;
                let last = month.checked_add_months(Months::new(1))?.pred_opt()?;
                month.with_day(u32::from(day).min(last.day()))
            }
        }
    }

    /// The next dates from a day on, also while it is paused.
    pub fn next_dates(&self, from: NaiveDate, most: usize) -> Vec<NaiveDate> {
        self.dates().filter(|date| *date >= from).take(most).collect()
    }

    /// Dates that have come by a day and whose invoices are to be made. What was made already is
    /// left out for each student.
    pub fn due(
        &self,
        today: NaiveDate,
        made: &BTreeSet<(NaiveDate, StudentId)>,
    ) -> Vec<(NaiveDate, StudentId)> {
        if self.state != RecurringState::Active {
            return Vec::new();
        }
        self.dates()
            .take_while(|date| *date <= today)
            .filter(|date| self.resumed_on.is_none_or(|resumed| *date >= resumed))
            .flat_map(|date| self.students.iter().map(move |student| (date, *student)))
            .filter(|(date, student)| self.joined.get(student).is_none_or(|since| date >= since))
            .filter(|one| !made.contains(one))
            .collect()
    }

    /// The template as it is after a change. Once something was made, who comes in later is billed
    /// from that day on, and other dates hold from that day on: nobody is billed for a past that
    /// was billed otherwise, or was none of theirs.
    #[must_use]
    pub fn after(&self, change: Self, has_made: bool, today: NaiveDate) -> Self {
        let dates = |it: &Self| (it.rhythm, it.from, it.until, it.count);
        let mut next = Self {
            state: self.state,
            desk: self.desk.clone(),
            resumed_on: self.resumed_on,
            joined: self.joined.clone(),
            ..change
        };
        if has_made && dates(self) != dates(&next) {
            next.resumed_on = Some(today);
        }
        for student in next.students.iter().filter(|id| has_made && !self.students.contains(id)) {
            next.joined.insert(*student, today);
        }
        next.joined.retain(|student, _| next.students.contains(student));
        next
    }
}
