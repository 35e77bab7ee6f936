//! A later last day for an entitlement, also for one that has expired.
//!
//! Never a shorter time: what was promised stands, and of several extensions, made at any desk in
//! any order, the latest day holds. Never an entry in the ledger, and never one to take back: the
//! whole price was revenue when the package was sold (a single-purpose voucher, EU VAT directive
//! art. 30a and 30b), so nothing was posted when its time ran out.

use super::{Holding, HoldingState};
use crate::ids::{EntitlementId, ExtensionId, SchoolId, StudentId};
use crate::package::MAX_MONTHS;
use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// A later last day, given by a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// Its identity.
    pub id: ExtensionId,
    /// The school.
    pub school_id: SchoolId,
    /// Whose.
    pub student_id: StudentId,
    /// What lasts longer.
    pub entitlement_id: EntitlementId,
    /// The last day before.
    pub before: NaiveDate,
    /// The last day now.
    pub until: NaiveDate,
    /// The day it was given on.
    pub on: NaiveDate,
    /// Why.
    pub reason: String,
}

/// Why an entitlement cannot last until a day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExtensionRejection {
    /// It was closed: the rest was paid back or credited.
    #[error("the package is closed")]
    Closed,
    /// Nothing is left that could be drawn.
    #[error("nothing is left of the package")]
    UsedUp,
    /// It has no last day.
    #[error("the package is valid without end")]
    Endless,
    /// Not after the last day it has.
    #[error("the package is valid until {until}: the new last day must be later")]
    NotLater { until: NaiveDate },
    /// Over already.
    #[error("the new last day must be today or later")]
    Past,
    /// Longer than any package is valid.
    #[error("the new last day must be no later than {last}")]
    TooFar { last: NaiveDate },
}

impl Holding {
    /// The last day it can be drawn on: the latest that was ever promised. Nothing: without end.
    pub fn valid_until(&self) -> Option<NaiveDate> {
        let sold = self.entitlement.valid_until?;
        self.extensions.iter().map(|extension| extension.until).chain([sold]).max()
    }

    /// Looks at a later last day that a person wants to give, and tells the last day before.
    ///
    /// # Errors
    /// [`ExtensionRejection`] for the first rule broken.
    pub fn extensible(
        &self,
        until: NaiveDate,
        today: NaiveDate,
    ) -> Result<NaiveDate, ExtensionRejection> {
        match self.state(today) {
            HoldingState::Closed => return Err(ExtensionRejection::Closed),
            HoldingState::UsedUp => return Err(ExtensionRejection::UsedUp),
            HoldingState::Active | HoldingState::Expired => {}
        }
        let before = self.valid_until().ok_or(ExtensionRejection::Endless)?;
        if until <= before {
            return Err(ExtensionRejection::NotLater { until: before });
        }
        if until < today {
            return Err(ExtensionRejection::Past);
        }
        let last = today.checked_add_months(Months::new(MAX_MONTHS)).unwrap_or(NaiveDate::MAX);
        if until > last {
            return Err(ExtensionRejection::TooFar { last });
        }
        Ok(before)
    }
}
