//! Erasing a person (GDPR art. 17), and what the law of bookkeeping keeps from it (art. 17(3)(b)).
//!
//! Never touches an amount, a number or a posting: what goes is who it was.

use crate::ids::{PayerId, StudentId};
use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// Why a person is erased. A word and never a sentence: a sentence could name the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErasureGround {
    /// The person asked for it (art. 17(1)(b) and (c)).
    Asked,
    /// The data is no longer needed (art. 17(1)(a)).
    NotNeeded,
    /// It should never have been kept (art. 17(1)(d)).
    Unlawful,
}

/// A person's data was destroyed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasure {
    /// Whose.
    pub student_id: StudentId,
    /// Private payers who are known for nothing but paying for this student: they go too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub payers: Vec<PayerId>,
    /// Why.
    pub ground: ErasureGround,
    /// The day it was done.
    pub erased_on: NaiveDate,
    /// Invoices and credit notes issued on or after this day name their buyer until the law lets
    /// them go; nothing: all were let go.
    pub kept_from: Option<NaiveDate>,
    /// The last day on which one of them must be kept.
    pub kept_until: Option<NaiveDate>,
}

/// From when the years of keeping count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Begins {
    /// With the end of the calendar year of the document.
    YearEnd,
    /// With the end of an accounting period whose end is not known here: at the latest a year
    /// after the document.
    PeriodEnd,
}

/// How long a country has a business keep its invoices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    country: &'static str,
    /// First day on which this holds, for every document that must still be kept then.
    since: (i32, u32, u32),
    years: u16,
    begins: Begins,
    /// Where it stands.
    pub source: &'static str,
}

const RULES: &[Retention] = &[
    Retention {
        country: "NO",
        since: (2015, 1, 1),
        years: 5,
        begins: Begins::YearEnd,
        source: "bokføringsloven § 13",
    },
    Retention {
        country: "DE",
        since: (2007, 1, 1),
        years: 10,
        begins: Begins::YearEnd,
        source: "§ 147 Abs. 3 und 4 AO",
    },
    // Viertes Bürokratieentlastungsgesetz, art. 3: eight years for vouchers.
    Retention {
        country: "DE",
        since: (2025, 1, 1),
        years: 8,
        begins: Begins::YearEnd,
        source: "§ 147 Abs. 3 und 4 AO",
    },
    Retention {
        country: "GB",
        since: (1998, 7, 31),
        years: 6,
        begins: Begins::PeriodEnd,
        source: "Finance Act 1998, Sch. 18 para. 21; VAT Notice 700/21",
    },
];

/// Where no rule is known, the longest that is known of any.
const ELSEWHERE: Retention =
    Retention { country: "", since: (2000, 1, 1), years: 10, begins: Begins::YearEnd, source: "" };

impl Retention {
    /// The rule of a country on a day.
    pub fn of(country: &str, on: NaiveDate) -> Self {
        let begun = |rule: &&Self| {
            let (year, month, day) = rule.since;
            NaiveDate::from_ymd_opt(year, month, day).is_some_and(|since| since <= on)
        };
        let known = RULES.iter().filter(|rule| rule.country == country).filter(begun);
        known.max_by_key(|rule| rule.since).copied().unwrap_or(ELSEWHERE)
    }

    /// The last day on which a document of a day must be kept.
    pub fn last_day(self, issued: NaiveDate) -> NaiveDate {
        let years = i32::from(self.years);
        let last = match self.begins {
            Begins::YearEnd => NaiveDate::from_ymd_opt(issued.year() + years, 12, 31),
            Begins::PeriodEnd => {
                issued.checked_add_months(Months::new(12 * (u32::from(self.years) + 1)))
            }
        };
        last.unwrap_or(NaiveDate::MAX)
    }

    /// Whether a document must still be kept on a day.
    pub fn keeps(self, issued: NaiveDate, today: NaiveDate) -> bool {
        self.last_day(issued) >= today
    }
}
