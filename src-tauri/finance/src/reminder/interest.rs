//! Interest for late payment as the law of a country has it, as dated data.
//!
//! Never a rate without its half-year: for days whose rate is not known here, and for which the
//! school has set none, no interest is asked. Always simple interest, on what is still open, for
//! each day after it began to run and through the day of the reminder, over the days of its year.
//!
//! Norway: forsinkelsesrenteloven § 3: the policy rate and at least 8 points, set for each half-year
//! by the Ministry of Finance (forsinkelsesrente.net, "Satsene på forsinkelsesrente", up to June
//! 2024; regjeringen.no for the half-years after it). It runs from a due date agreed beforehand, else from
//! 30 days after the demand (§ 2); whether it was agreed is not known here, so both must have
//! passed.
//!
//! Germany: § 288 (1) and (2) BGB: the base rate of § 247 BGB (Bundesbank) and 5 points for
//! consumers, 9 between businesses. A consumer is in default once reminded (§ 286 (1) BGB), so it
//! runs from the day after the first reminder.
//!
//! United Kingdom: Late Payment of Commercial Debts (Interest) Act 1998: the Bank of England's rate
//! of 31 December or 30 June and 8 points, fixed by the half-year in which the debt became late,
//! between businesses only (payontime.co.uk, table up to June 2024; Bank of England, Bank Rate history).

use super::rules::Debtor;
use crate::money::{Money, MoneyError};
use chrono::{Datelike, Days, NaiveDate};
use rust_decimal::Decimal;

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

/// A rate of a half-year, in hundredths of a percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct HalfYear {
    year: i32,
    /// 1 from January, 2 from July.
    half: u32,
    hundredths: i64,
}

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
        rate(2024, 2, 1_250),
        rate(2025, 1, 1_250),
        rate(2025, 2, 1_225),
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
        rate(2024, 2, 337),
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

    /// The last day whose rate is known here.
    pub fn known_until(&self) -> Option<NaiveDate> {
        self.rates.last().and_then(|last| end_of_half(last.year, last.half))
    }

    /// The rate in hundredths of a percent a year that a debtor owes on a day; `later` is what the
    /// school has set for days after those known here, all points counted.
    pub fn rate_on(&self, debtor: Debtor, day: NaiveDate, later: Option<u16>) -> Option<i64> {
        let points = self.points(debtor)?;
        let (year, half) = half_of(day);
        let known = self.rates.iter().find(|rate| (rate.year, rate.half) == (year, half));
        let is_later = self.known_until().is_some_and(|until| until < day);
        known.map(|rate| rate.hundredths + points).or(later.filter(|_| is_later).map(i64::from))
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
        (day, later): (NaiveDate, Option<u16>),
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
            if let Some(rate) = self.rate_on(debtor, asked, later) {
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

fn half_of(day: NaiveDate) -> (i32, u32) {
    (day.year(), if day.month() < 7 { 1 } else { 2 })
}

fn end_of_half(year: i32, half: u32) -> Option<NaiveDate> {
    let (month, day) = if half == 1 { (6, 30) } else { (12, 31) };
    NaiveDate::from_ymd_opt(year, month, day)
}

fn days_of_year(year: i32) -> i64 {
    if NaiveDate::from_ymd_opt(year, 2, 29).is_some() { 366 } else { 365 }
}
