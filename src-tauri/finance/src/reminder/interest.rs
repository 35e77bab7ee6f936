//! Interest for late payment as the law of a country has it, as dated data.
//!
//! Never a rate without its source: a half-year whose rate was not found is missing below, and for
//! its days no interest is asked until the school has entered the rate. Always simple interest, on
//! what is still open, for each day after it began to run and through the day of the reminder, over
//! the days of its year.
//!
//! Norway: forsinkelsesrenteloven § 3: the policy rate and at least 8 points, set for each half-year
//! by regulation (forsinkelsesrente.net, "Satsene på forsinkelsesrente", January 2020 to June 2024;
//! regulation FOR-2024-12-19-3279 for January to June 2025; kred.no, "Nye satser fra 1. januar 2026"
//! for January to June 2026; all read November 2026). It runs from a due date agreed beforehand,
//! else from 30 days after the demand (§ 2); whether it was agreed is not known here, so both must
//! have passed.
//!
//! Germany: § 288 (1) and (2) BGB: the base rate of § 247 BGB and 5 points for consumers, 9 between
//! businesses. The Bundesbank's rates are from stb-bruns.com, "Basiszinssatz wurde angepasst" (July
//! 2016 to June 2023), finanznachrichten.de of June 2023, flash-up.com of December 2023, iww.de,
//! "Basiszinssatz sinkt zum 1.7.25" (both halves of 2025), finanzmarktnachrichten.de (January 2026);
//! all read November 2026. A consumer is in default once reminded (§ 286 (1) BGB), so it runs from
//! the day after the first reminder.
//!
//! United Kingdom: Late Payment of Commercial Debts (Interest) Act 1998 and SI 2002/1675: the Bank of
//! England's rate of 31 December or 30 June and 8 points, fixed by the half-year in which the debt
//! became late, between businesses only (payontime.co.uk, table of reference rates, to June 2024;
//! uktaxcalculators.co.uk, Bank Rate history of December 2025; livesquawk.com, decision of June 2026;
//! all read November 2026). Interest on a judgment (8 percent, County Courts Act 1984, section 69) is
//! a court's to award and no part of a reminder.

use super::rules::Debtor;
use crate::money::{Money, MoneyError};
use chrono::{Datelike, Days, NaiveDate};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// When interest begins to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Start {
    /// After the due date, and not before 30 days after the document.
    DueAndThirtyDays,
    /// After the first reminder.
    FirstReminder,
    /// After the due date.
    Due,
}

/// The rate of a half-year that the points of the law are added to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HalfYear {
    /// The year.
    pub year: i32,
    /// 1 from January, 2 from July.
    pub half: u32,
    /// Hundredths of a percent a year; a base rate may lie below nothing.
    pub hundredths: i64,
}

impl HalfYear {
    /// The first day of the half-year; nothing where there is none such.
    pub fn begins(&self) -> Option<NaiveDate> {
        let month = if self.half == 1 { 1 } else { 7 };
        NaiveDate::from_ymd_opt(self.year, month, 1)
    }
}

/// The lowest and the highest rate a school may enter, hundredths of a percent a year.
pub const RATE_BOUNDS: (i64, i64) = (-500, 5_000);

/// Half-years before today's that are shown: three years, in which most claims on consumers fall
/// under limitation (foreldelsesloven § 2; § 195 BGB).
const HALF_YEARS_BACK: u32 = 6;

/// A country's rules of interest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InterestRules {
    country: &'static str,
    currency: &'static str,
    start: Start,
    /// The half-year in which it began decides for all of it.
    is_fixed: bool,
    /// Points above the rates below, for consumers; nothing: they owe none.
    consumer: Option<i64>,
    /// Likewise for businesses.
    business: Option<i64>,
    rates: &'static [HalfYear],
}

const fn rate(year: i32, half: u32, hundredths: i64) -> HalfYear {
    HalfYear { year, half, hundredths }
}

const NORWAY: InterestRules = InterestRules {
    country: "NO",
    currency: "NOK",
    start: Start::DueAndThirtyDays,
    is_fixed: false,
    consumer: Some(0),
    business: Some(0),
    rates: &[
        rate(2020, 1, 950),
        rate(2020, 2, 800),
        rate(2021, 1, 800),
        rate(2021, 2, 800),
        rate(2022, 1, 850),
        rate(2022, 2, 925),
        rate(2023, 1, 1_075),
        rate(2023, 2, 1_175),
        rate(2024, 1, 1_250),
        rate(2025, 1, 1_250),
        rate(2026, 1, 1_200),
    ],
};

const GERMANY: InterestRules = InterestRules {
    country: "DE",
    currency: "EUR",
    start: Start::FirstReminder,
    is_fixed: false,
    consumer: Some(500),
    business: Some(900),
    rates: &[
        rate(2020, 1, -88),
        rate(2020, 2, -88),
        rate(2021, 1, -88),
        rate(2021, 2, -88),
        rate(2022, 1, -88),
        rate(2022, 2, -88),
        rate(2023, 1, 162),
        rate(2023, 2, 312),
        rate(2024, 1, 362),
        rate(2025, 1, 227),
        rate(2025, 2, 127),
        rate(2026, 1, 127),
    ],
};

const BRITAIN: InterestRules = InterestRules {
    country: "GB",
    currency: "GBP",
    start: Start::Due,
    is_fixed: true,
    consumer: None,
    business: Some(800),
    rates: &[
        rate(2020, 1, 75),
        rate(2020, 2, 10),
        rate(2021, 1, 10),
        rate(2021, 2, 10),
        rate(2022, 1, 25),
        rate(2022, 2, 125),
        rate(2023, 1, 350),
        rate(2023, 2, 500),
        rate(2024, 1, 525),
        rate(2024, 2, 525),
        rate(2025, 1, 475),
        rate(2025, 2, 425),
        rate(2026, 1, 375),
        rate(2026, 2, 375),
    ],
};

const COUNTRIES: [InterestRules; 3] = [NORWAY, GERMANY, BRITAIN];

/// What interest is asked on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LateClaim {
    /// Still open.
    pub open: Money,
    /// Date of the document.
    pub issue_date: NaiveDate,
    /// Last day to pay.
    pub due_date: NaiveDate,
    /// The day the first reminder after the due date was made.
    pub reminded_on: Option<NaiveDate>,
}

impl InterestRules {
    /// The rules of a country, where they are known.
    pub fn of(country: &str) -> Option<&'static Self> {
        COUNTRIES.iter().find(|rules| rules.country == country)
    }

    /// Whether a debtor owes interest by statute at all.
    pub fn owes(&self, debtor: Debtor) -> bool {
        self.points(debtor).is_some()
    }

    /// The rate of the half-year of a day that the points are added to: the law's, else the one
    /// the school has entered.
    pub fn base_rate_on(&self, day: NaiveDate, own: &[HalfYear]) -> Option<HalfYear> {
        let (year, half) = half_of(day);
        let of = |rate: &&HalfYear| (rate.year, rate.half) == (year, half);
        self.rates.iter().find(of).or_else(|| own.iter().find(of)).copied()
    }

    /// Whether the rate of a day is known here, so that the school need not enter one.
    pub fn knows(&self, day: NaiveDate) -> bool {
        self.base_rate_on(day, &[]).is_some()
    }

    /// First days of the half-years whose rates matter on a day, the latest first.
    pub fn half_years(&self, day: NaiveDate) -> Vec<NaiveDate> {
        let (year, half) = half_of(day);
        let first = NaiveDate::from_ymd_opt(year, if half == 1 { 1 } else { 7 }, 1);
        (0..=HALF_YEARS_BACK)
            .filter_map(|back| first?.checked_sub_months(chrono::Months::new(back * 6)))
            .collect()
    }

    /// The rate in hundredths of a percent a year that a debtor owes on a day, all points counted.
    pub fn rate_on(&self, debtor: Debtor, day: NaiveDate, own: &[HalfYear]) -> Option<i64> {
        let points = self.points(debtor)?;
        self.base_rate_on(day, own).map(|rate| rate.hundredths + points)
    }

    fn points(&self, debtor: Debtor) -> Option<i64> {
        match debtor {
            Debtor::Consumer => self.consumer,
            Debtor::Business => self.business,
        }
    }

    /// The first day it runs for.
    fn begins(&self, claim: &LateClaim) -> Option<NaiveDate> {
        let after = |day: NaiveDate, days| day.checked_add_days(Days::new(days));
        let due = after(claim.due_date, 1)?;
        match self.start {
            Start::Due => Some(due),
            Start::DueAndThirtyDays => Some(due.max(after(claim.issue_date, 31)?)),
            Start::FirstReminder => Some(due.max(after(claim.reminded_on?, 1)?)),
        }
    }

    /// The interest on a claim through a day; nothing where none is owed or too little to ask.
    ///
    /// # Errors
    /// [`MoneyError::TooLarge`].
    pub fn interest(
        &self,
        debtor: Debtor,
        claim: &LateClaim,
        (day, own): (NaiveDate, &[HalfYear]),
    ) -> Result<Option<Money>, MoneyError> {
        let currency = claim.open.currency();
        let Some(begins) = self.begins(claim).filter(|_| currency.code() == self.currency) else {
            return Ok(None);
        };
        let mut hundredths = Decimal::ZERO;
        let mut from = begins;
        while from <= day {
            let (year, half) = half_of(from);
            let Some(end) = end_of_half(year, half).map(|end| end.min(day)) else { break };
            let asked = if self.is_fixed { begins } else { from };
            if let Some(rate) = self.rate_on(debtor, asked, own) {
                let days = Decimal::from((end - from).num_days() + 1) * Decimal::from(rate);
                hundredths += days / Decimal::from(days_of_year(year));
            }
            let Some(next) = end.succ_opt() else { break };
            from = next;
        }
        let exact = claim.open.amount().checked_mul(hundredths).ok_or(MoneyError::TooLarge)?;
        let interest = Money::rounded(exact / Decimal::from(10_000), currency)?;
        Ok(Some(interest).filter(|interest| interest.is_positive()))
    }
}

/// The year of a day and its half, 1 or 2.
pub fn half_of(day: NaiveDate) -> (i32, u32) {
    (day.year(), if day.month() < 7 { 1 } else { 2 })
}

fn end_of_half(year: i32, half: u32) -> Option<NaiveDate> {
    let (month, day) = if half == 1 { (6, 30) } else { (12, 31) };
    NaiveDate::from_ymd_opt(year, month, day)
}

fn days_of_year(year: i32) -> i64 {
    if NaiveDate::from_ymd_opt(year, 2, 29).is_some() { 366 } else { 365 }
}
