//! Identities of the things a book holds. Each is its own type, so that an invoice can never be
//! settled with the id of a student.
//!
//! Never makes an id: whoever records a fact brings it (a version 7 UUID), so that the same fact
//! recorded twice is one fact.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::from_str(text).map(Self)
            }
        }
    )+};
}

ids! {
    /// A driving school: the legal entity that sells and is owed.
    SchoolId,
    /// A branch or department of a school.
    DepartmentId,
    /// A student, who is the customer unless somebody else pays.
    StudentId,
    /// Somebody who pays for students.
    PayerId,
    /// An entry of the price list.
    ServiceId,
    /// An issued invoice.
    InvoiceId,
    /// An issued credit note.
    CreditNoteId,
    /// Money received.
    PaymentId,
    /// Money or credit set against one invoice, or a rest of it written off.
    AllocationId,
    /// A reminder of one or more overdue invoices.
    ReminderId,
    /// A payment plan.
    PlanId,
    /// Money paid back.
    RefundId,
    /// A template of invoices that come again.
    RecurringId,
    /// A gapless number series.
    SeriesId,
    /// A link from one school to one company in an accounting system.
    ConnectionId,
    /// One save of what of ours is what of theirs: all it set together.
    MappingSaveId,
    /// A rule of a mapping.
    BookingRuleId,
    /// Something that happened in the booking system.
    EventId,
    /// What such an event is charged with.
    ChargeId,
    /// One run that bills many charges.
    RunId,
    /// One reading of a file.
    ImportId,
    /// What a student has who bought a package.
    EntitlementId,
    /// Something taken out of an entitlement.
    DrawId,
    /// A later last day of an entitlement.
    ExtensionId,
    /// What must be paid before something is booked.
    MilestoneId,
    /// A person who works at the desk.
    UserId,
    /// One entry of the fact log.
    FactId,
}
