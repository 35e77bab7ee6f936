//! Reminding payers of what they owe: levels, their schedule, what holds a reminder back.
//!
//! Never sends anything and never changes an invoice. A fee is compensation for what a late
//! payment costs, not the price of a service: it carries no VAT (altinn.no, "Purring og inkasso",
//! read November 2026; for Germany damages for default under §§ 280, 286 BGB). It is asked for on
//! the letter and kept with the reminder, and is no part of what the invoices come to. The same
//! holds for interest, which is asked for as a claim of its own.

pub mod interest;
mod planning;
pub mod rules;

pub use planning::{Debt, DebtKey, LeftOut, Message, Plan, Question, Why, plan};

use crate::ids::{InvoiceId, PayerId, ReminderId, SchoolId, StudentId};
use crate::instalments::InstalmentRef;
use crate::money::Money;
use chrono::NaiveDate;
use interest::HalfYear;
use rules::Rules;
use serde::{Deserialize, Serialize};

/// How serious a reminder is, mildest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// A friendly note before the due date; never with a fee.
    Upcoming,
    /// The first reminder after the due date.
    First,
    /// The second reminder.
    Second,
    /// The last one before the claim is handed on: in Norway the collection notice of
    /// inkassoloven § 9.
    Final,
}

impl Level {
    /// Every level, mildest first.
    pub const ALL: [Self; 4] = [Self::Upcoming, Self::First, Self::Second, Self::Final];
}

/// When a level is reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The level.
    pub level: Level,
    /// Days: before the due date for [`Level::Upcoming`], after it for the first step behind the
    /// due date, and after the deadline of the reminder before for every later one.
    pub days: u16,
    /// The ways its message may go, the wished one first. A letter always may.
    #[serde(default)]
    pub ways: Vec<Channel>,
}

impl Step {
    /// A step that goes the usual ways: by e-mail, and a mild one by text message too.
    pub fn usual(level: Level, days: u16) -> Self {
        let mut ways = vec![Channel::Email];
        if level < Level::Final {
            ways.push(Channel::Sms);
        }
        Self { level, days, ways }
    }
}

/// A school's schedule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// The levels it uses, mildest first, each once.
    pub steps: Vec<Step>,
    /// Days a reminded payer gets to pay.
    pub deadline_days: u16,
    /// Whether fees are asked for where the law allows them.
    pub with_fees: bool,
    /// Whether statutory interest is asked for, where the law has it.
    #[serde(default)]
    pub with_interest: bool,
    /// Rates the school has entered for half-years whose rate is not known here.
    #[serde(default)]
    pub own_rates: Vec<HalfYear>,
    /// Messages over less than this are not worth sending; minor units.
    pub least_minor: i64,
}

/// Why a schedule cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScheduleRejection {
    /// Levels out of order, or twice.
    #[error("the levels must stand in their order, each once")]
    Order,
    /// A first reminder on the due date itself would come before the payer is late.
    #[error("a reminder must wait at least a day")]
    NoWait,
    /// Further apart than a year.
    #[error("more than 365 days")]
    TooLong,
    /// The law gives the payer longer.
    #[error("the payer must get at least {least} days")]
    DeadlineTooShort {
        /// Days the law asks for.
        least: u16,
    },
    /// A least amount below nothing.
    #[error("the least amount lies below nothing")]
    Least,
}

impl Schedule {
    /// What is proposed to a school: a fortnight after the due date, so that a fee may be asked
    /// for in Norway, and a collection notice the day after a further fortnight has passed.
    pub fn proposed(rules: &Rules) -> Self {
        Self {
            steps: vec![
                Step::usual(Level::First, rules.fee_wait_days.max(7)),
                Step::usual(Level::Final, 1),
            ],
            deadline_days: rules.least_deadline_days.max(14),
            with_fees: false,
            with_interest: false,
            own_rates: vec![],
            least_minor: 0,
        }
    }

    /// Checks a schedule against a country's rules.
    ///
    /// # Errors
    /// [`ScheduleRejection`] for the first rule broken.
    pub fn check(&self, rules: &Rules) -> Result<(), ScheduleRejection> {
        if self.steps.windows(2).any(|pair| pair[0].level >= pair[1].level) {
            return Err(ScheduleRejection::Order);
        }
        if self.steps.iter().any(|step| step.level > Level::Upcoming && step.days == 0) {
            return Err(ScheduleRejection::NoWait);
        }
        if self.deadline_days > 365 || self.steps.iter().any(|step| step.days > 365) {
            return Err(ScheduleRejection::TooLong);
        }
        let least = rules.least_deadline_days.max(1);
        if self.deadline_days < least {
            return Err(ScheduleRejection::DeadlineTooShort { least });
        }
        if self.least_minor < 0 { Err(ScheduleRejection::Least) } else { Ok(()) }
    }

    /// The first step above a level; nothing: the first step behind the due date.
    fn step_after(&self, reached: Option<Level>) -> Option<&Step> {
        let above = reached.unwrap_or(Level::Upcoming).max(Level::Upcoming);
        self.steps.iter().find(|step| step.level > above)
    }

    /// The step of a level, where it is used.
    pub fn step(&self, level: Level) -> Option<&Step> {
        self.steps.iter().find(|step| step.level == level)
    }
}

/// How a reminder leaves the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// A letter that the office prints.
    Letter,
    /// A message to the payer's e-mail address, with the letter attached.
    Email,
    /// A text message to the payer's telephone.
    Sms,
}

/// One invoice in a reminder, or what an instalment has open of it, as it stood that day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemindedItem {
    /// The invoice.
    pub invoice_id: InvoiceId,
    /// The instalment; nothing: the invoice by its own due date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instalment: Option<InstalmentRef>,
    /// Open that day; above nothing.
    pub open: Money,
}

/// A reminder that was made: one message to one payer about the invoices of one level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminder {
    /// Its identity.
    pub id: ReminderId,
    /// The school.
    pub school_id: SchoolId,
    /// Whose invoices they are.
    pub student_id: StudentId,
    /// Who is reminded, where that is not the student.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payer_id: Option<PayerId>,
    /// How serious it is.
    pub level: Level,
    /// The way it goes.
    pub channel: Channel,
    /// The invoices; at least one.
    pub items: Vec<RemindedItem>,
    /// The fee asked for, where there is one.
    pub fee: Option<Money>,
    /// The interest asked for, through the day it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interest: Option<Money>,
    /// The day it was made.
    pub made_on: NaiveDate,
    /// The new last day to pay; for a note before the due date the due date that comes first.
    pub deadline: NaiveDate,
}

/// What a hold is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    /// Everything a student owes.
    Student(StudentId),
    /// One invoice.
    Invoice(InvoiceId),
}

/// Why nothing is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoldKind {
    /// The office waits.
    Paused,
    /// The payer says it is not owed. A disputed claim is not to be collected as if it were not
    /// (inkassoloven §§ 8 and 9).
    Disputed,
    /// The payer said when it will be paid.
    Promised,
}

/// What keeps reminders back. The later clock wins for the same thing and kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// What it is about.
    pub held: Held,
    /// Why.
    pub kind: HoldKind,
    /// The last day it holds; nothing: until it is taken away.
    pub until: Option<NaiveDate>,
    /// What staff wrote, or empty.
    pub note: String,
    /// False once it was taken away.
    pub active: bool,
}

impl Hold {
    /// Whether it holds on a day.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.active && self.until.is_none_or(|until| day <= until)
    }
}

/// Why a hold cannot be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HoldRejection {
    /// Only one invoice can be disputed.
    #[error("a dispute is about an invoice")]
    DisputeOfStudent,
    /// A promise without its day is none.
    #[error("a promise needs its day")]
    PromiseWithoutDay,
    /// A hold that has already ended holds nothing.
    #[error("the last day lies in the past")]
    Past,
}

impl Hold {
    /// Checks a hold that begins on a day.
    ///
    /// # Errors
    /// [`HoldRejection`] for the first rule broken.
    pub fn check(&self, today: NaiveDate) -> Result<(), HoldRejection> {
        if self.kind == HoldKind::Disputed && matches!(self.held, Held::Student(_)) {
            return Err(HoldRejection::DisputeOfStudent);
        }
        if self.kind == HoldKind::Promised && self.until.is_none() {
            return Err(HoldRejection::PromiseWithoutDay);
        }
        match self.until {
            Some(until) if self.active && until < today => Err(HoldRejection::Past),
            _ => Ok(()),
        }
    }
}
