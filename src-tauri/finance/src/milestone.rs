//! What must be paid before something is booked.
//!
//! Never books and never forbids: it says what is missing, and a person with the right to may go on
//! for a reason, which is a fact.

use crate::catalogue::ServiceKind;
use crate::ids::{MilestoneId, SchoolId, ServiceId, StudentId};
use crate::money::{Money, MoneyError};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// So much must be paid before something is booked (key: the id; the later clock wins).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    /// Its identity.
    pub id: MilestoneId,
    /// The school.
    pub school_id: SchoolId,
    /// What a person calls it.
    pub name: String,
    /// Before what.
    pub before: Before,
    /// What must have been paid in all; above nothing.
    pub amount: Money,
    /// False takes it away.
    pub active: bool,
}

/// Before what a milestone must be paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "before", rename_all = "snake_case")]
pub enum Before {
    /// Before the lesson with this number.
    Lesson {
        /// From 1.
        number: u32,
        /// Of this service; nothing: of all lessons together.
        service_id: Option<ServiceId>,
    },
    /// Before a service, such as the driving test.
    Service {
        /// Which.
        service_id: ServiceId,
    },
}

/// A milestone is waived for one student, or is no longer (key: both; the later clock wins).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MilestoneOverride {
    /// The school.
    pub school_id: SchoolId,
    /// Which.
    pub milestone_id: MilestoneId,
    /// For whom.
    pub student_id: StudentId,
    /// What was missing.
    pub missing: Money,
    /// False takes it back.
    pub active: bool,
    /// Why.
    pub reason: String,
}

/// How far a student has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Lessons had, by service.
    pub had: Vec<Had>,
    /// Confirmed money received, less what was paid back.
    pub paid: Money,
}

/// How many of a service were had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Had {
    /// Which.
    pub service_id: ServiceId,
    /// Its kind.
    pub kind: ServiceKind,
    /// How many.
    pub quantity: Decimal,
}

/// How a milestone stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MilestoneState {
    /// So much is paid.
    Met,
    /// Not paid, and not needed yet.
    Ahead,
    /// Not paid, and needed now.
    Missing,
    /// Not paid, needed now, and waived.
    Overridden,
}

/// A milestone looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// How it stands.
    pub state: MilestoneState,
    /// What is still to be paid; nothing or more.
    pub missing: Money,
    /// Lessons had of those that count; nothing where it stands before a service.
    pub had: Option<Decimal>,
}

impl Milestone {
    /// Looks at it before a service is booked; nothing named: before the next lesson.
    ///
    /// # Errors
    /// [`MoneyError`] where currencies mix.
    pub fn check(
        &self,
        progress: &Progress,
        booking: Option<(ServiceId, ServiceKind)>,
        waived: bool,
    ) -> Result<Checked, MoneyError> {
        let short = self.amount.minus(progress.paid)?;
        let missing = if short.is_positive() { short } else { Money::zero(short.currency()) };
        let had = self.had(progress);
        let state = if missing.is_zero() {
            MilestoneState::Met
        } else if !self.is_next(had, booking) {
            MilestoneState::Ahead
        } else if waived {
            MilestoneState::Overridden
        } else {
            MilestoneState::Missing
        };
        Ok(Checked { state, missing, had })
    }

    fn had(&self, progress: &Progress) -> Option<Decimal> {
        let Before::Lesson { service_id, .. } = self.before else { return None };
        let counts = |had: &&Had| match service_id {
            Some(service) => had.service_id == service,
            None => had.kind == ServiceKind::Lesson,
        };
        Some(progress.had.iter().filter(counts).map(|had| had.quantity).sum())
    }

    /// Whether what is booked is what it stands before, or comes after it.
    fn is_next(&self, had: Option<Decimal>, booking: Option<(ServiceId, ServiceKind)>) -> bool {
        match self.before {
            Before::Service { service_id } => booking.is_some_and(|(id, _)| id == service_id),
            Before::Lesson { number, service_id } => {
                let of_it = booking.is_none_or(|(id, kind)| match service_id {
                    Some(service) => id == service,
                    None => kind == ServiceKind::Lesson,
                });
                of_it && had.unwrap_or_default() + Decimal::ONE >= Decimal::from(number)
            }
        }
    }
}
