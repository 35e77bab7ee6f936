//! Periods of a report: their parts, and the period they are compared with.
//!
//! Never knows what day it is: both ends come from whoever asks.

use chrono::{Datelike, Days, Months, NaiveDate};

/// From the first to the last day, both counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

/// How long a part of a period is. Weeks begin on Monday (ISO 8601), terms of two months in an odd
/// month (the Norwegian VAT terms, skatteforvaltningsforskriften § 8-3-1), quarters in January,
/// April, July and October.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Every {
    /// One day.
    Day,
    /// Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// Two calendar months.
    TwoMonths,
    /// Three calendar months.
    Quarter,
    /// A calendar year.
    Year,
    /// The whole period.
    Whole,
}

impl Every {
    const fn months(self) -> Option<u32> {
        match self {
            Self::Month => Some(1),
            Self::TwoMonths => Some(2),
            Self::Quarter => Some(3),
            Self::Year => Some(12),
            Self::Day | Self::Week | Self::Whole => None,
        }
    }

    /// The last day of the part that `day` lies in; nothing where the part has no end of its own,
    /// or lies beyond the calendar.
    fn last_day(self, day: NaiveDate) -> Option<NaiveDate> {
        match (self, self.months()) {
            (Self::Week, _) => {
                let left = 6 - u64::from(day.weekday().num_days_from_monday());
                day.checked_add_days(Days::new(left))
            }
            (_, Some(months)) => {
                let into = day.month0() % months;
                let first = day.with_day(1)?.checked_sub_months(Months::new(into))?;
                first.checked_add_months(Months::new(months))?.pred_opt()
            }
            (Self::Day, None) => Some(day),
            (_, None) => None,
        }
    }
}

impl Period {
    /// A period; nothing where it ends before it begins.
    pub fn new(from: NaiveDate, to: NaiveDate) -> Option<Self> {
        (from <= to).then_some(Self { from, to })
    }

    /// Whether a day lies in it.
    pub fn holds(self, day: NaiveDate) -> bool {
        (self.from..=self.to).contains(&day)
    }

    /// How many days it has.
    pub fn days(self) -> u64 {
        u64::try_from((self.to - self.from).num_days()).unwrap_or(0) + 1
    }

    /// Its parts in order; together they are the period. The first and the last may be cut off.
    pub fn parts(self, every: Every) -> Vec<Self> {
        let mut parts = Vec::new();
        let mut from = self.from;
        while from <= self.to {
            let to = every.last_day(from).map_or(self.to, |last| last.min(self.to));
            parts.push(Self { from, to });
            let Some(next) = to.succ_opt() else { break };
            from = next;
        }
        parts
    }

    /// The period of the same length before it: as many months where it is whole months, else as
    /// many days. Nothing before the calendar begins.
    pub fn before(self) -> Option<Self> {
        let to = self.from.pred_opt()?;
        let from = match self.whole_months() {
            Some(months) => self.from.checked_sub_months(Months::new(months))?,
            None => self.from.checked_sub_days(Days::new(self.days()))?,
        };
        Self::new(from, to)
    }

    /// The same days a year earlier; the end of a month stays the end of a month.
    pub fn year_before(self) -> Option<Self> {
        let year = Months::new(12);
        let to = match self.to.succ_opt() {
            Some(next) if next.day() == 1 => next.checked_sub_months(year)?.pred_opt()?,
            _ => self.to.checked_sub_months(year)?,
        };
        Self::new(self.from.checked_sub_months(year)?, to)
    }

    fn whole_months(self) -> Option<u32> {
        let after = self.to.succ_opt()?;
        if self.from.day() != 1 || after.day() != 1 {
            return None;
        }
        let count = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month0());
        u32::try_from(count(after) - count(self.from)).ok()
    }
}
