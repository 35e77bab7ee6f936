//! Where time and new identities come from.
//!
//! Never asked for by the rules of money: they are handed a day. This is the only file that reads
//! the machine's clock.

use chrono::{DateTime, Local, NaiveDate, Utc};
use uuid::Uuid;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// This moment.
    fn now(&self) -> DateTime<Utc>;

    /// Today by the calendar on the office's wall.
    fn today(&self) -> NaiveDate;
}

/// Makes identities nobody else makes.
pub trait IdSource: Send + Sync {
    /// A new identity; later ones sort after earlier ones.
    fn new_id(&self) -> Uuid;
}

/// The machine's clock, in its time zone.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }

    fn today(&self) -> NaiveDate {
        Local::now().date_naive()
    }
}

/// Version 7 UUIDs.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemIds;

impl IdSource for SystemIds {
    fn new_id(&self) -> Uuid {
        Uuid::now_v7()
    }
}
