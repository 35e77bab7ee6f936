//! Where time and new identities come from.
//!
//! Never asked for by the rules of money: they are handed a day. This is the only file that reads
//! the machine's clock.

use chrono::{DateTime, Local, NaiveDate, NaiveTime, TimeZone as _, Utc};
use uuid::Uuid;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// This moment.
    fn now(&self) -> DateTime<Utc>;

    /// Today by the calendar on the office's wall.
    fn today(&self) -> NaiveDate;

    /// The moment a day begins by that calendar.
    fn day_begins(&self, day: NaiveDate) -> DateTime<Utc> {
        day.and_time(NaiveTime::MIN).and_utc()
    }
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

    fn day_begins(&self, day: NaiveDate) -> DateTime<Utc> {
        let midnight = day.and_time(NaiveTime::MIN);
        // Where the clock was put forward at midnight, the day began an hour later.
        let begins = Local.from_local_datetime(&midnight).earliest();
        begins.map_or_else(|| midnight.and_utc(), |moment| moment.with_timezone(&Utc))
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
