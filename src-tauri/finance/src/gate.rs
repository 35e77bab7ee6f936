//! The debt gate: whether somebody who owes may book on.
//!
//! Never decides for the booking system and never changes what is owed: it answers with a light,
//! with every limit that was passed, and whether a person let the student through.

use crate::ids::{SchoolId, StudentId};
use crate::money::{Currency, Money, MoneyError};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// The three lights, mildest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    /// Nothing stands in the way.
    Clear,
    /// Somebody should speak with the student.
    Watch,
    /// Nothing is to be booked before something is paid.
    Blocked,
}

/// When a light goes on: as soon as one of the limits that are set is passed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// More than this is overdue, after credit.
    pub overdue: Option<Money>,
    /// The oldest debt that credit does not cover is overdue for more days than this.
    pub days_overdue: Option<u16>,
    /// More than this is owed in all, after credit: the credit limit.
    pub balance: Option<Money>,
    /// Something is owed, and the driving test is no more than so many days away.
    pub test_lead_days: Option<u16>,
}

/// The school's rule from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GateRule {
    /// The school.
    pub school_id: SchoolId,
    /// The first day it holds.
    pub valid_from: NaiveDate,
    /// When the light says watch.
    pub watch: Limits,
    /// When it says blocked.
    pub blocked: Limits,
    /// Somebody who owes no more than this is clear whatever the limits say.
    pub least: Option<Money>,
}

/// Why a rule cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GateRejection {
    /// An amount below nothing.
    #[error("a limit lies below nothing")]
    Negative,
    /// More days than ten years.
    #[error("more than 3650 days")]
    TooLong,
    /// The light would be red before it is yellow.
    #[error("blocking must not come before watching")]
    OutOfOrder,
}

/// What a student owes and when the driving test is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exposure {
    /// Due date and open amount of every invoice with something open.
    pub debts: Vec<(NaiveDate, Money)>,
    /// Money and credit notes not set against any invoice.
    pub credit: Money,
    /// The day of the driving test, where one is booked.
    pub test_on: Option<NaiveDate>,
}

/// A limit that was passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passed {
    /// So much is overdue, and the limit.
    Overdue(Money, Money),
    /// For so many days, and the limit.
    Days(i64, u16),
    /// So much is owed, and the limit.
    Balance(Money, Money),
    /// The test is so many days away, and the lead.
    Test(i64, u16),
}

/// What the gate says on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The light.
    pub light: Light,
    /// The limits that lit it; none where it is clear.
    pub passed: Vec<Passed>,
    /// Owed in all, after credit; below nothing where the school owes.
    pub balance: Money,
    /// Overdue, after credit; never below nothing.
    pub overdue: Money,
    /// Days since the oldest due date that credit does not cover; 0 where nothing is overdue.
    pub days_overdue: i64,
}

/// A student let through the gate by a person. The later clock wins for one student.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GateOverride {
    /// Who is let through.
    pub student_id: StudentId,
    /// The last day it holds.
    pub until: NaiveDate,
    /// Why.
    pub reason: String,
    /// False once it was taken away.
    pub active: bool,
}

impl GateOverride {
    /// Whether it holds on a day.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.active && day <= self.until
    }
}

/// Ten years: no limit is longer.
const MOST_DAYS: u16 = 3_650;

impl Limits {
    fn amounts(&self) -> [Option<Money>; 2] {
        [self.overdue, self.balance]
    }

    fn days(&self) -> [Option<u16>; 2] {
        [self.days_overdue, self.test_lead_days]
    }

    fn passed(&self, exposure: &Exposure, verdict: &Verdict, day: NaiveDate) -> Vec<Passed> {
        let mut passed = Vec::new();
        if let Some(limit) = self.overdue.filter(|limit| verdict.overdue.minor() > limit.minor()) {
            passed.push(Passed::Overdue(verdict.overdue, limit));
        }
        if let Some(limit) =
            self.days_overdue.filter(|most| verdict.days_overdue > i64::from(*most))
        {
            passed.push(Passed::Days(verdict.days_overdue, limit));
        }
        if let Some(limit) = self.balance.filter(|limit| verdict.balance.minor() > limit.minor()) {
            passed.push(Passed::Balance(verdict.balance, limit));
        }
        let away = exposure.test_on.map(|test| (test - day).num_days()).filter(|away| *away >= 0);
        if let (Some(away), Some(lead)) = (away, self.test_lead_days)
            && away <= i64::from(lead)
            && verdict.balance.is_positive()
        {
            passed.push(Passed::Test(away, lead));
        }
        passed
    }
}

impl GateRule {
    /// What holds where the school has set nothing: to watch as soon as something is overdue or a
    /// fortnight before the test, blocked after 30 days or three days before the test, by when
    /// schools ask for everything to be paid.
    pub fn usual(school_id: SchoolId, currency: Currency) -> Self {
        Self {
            school_id,
            valid_from: NaiveDate::MIN,
            watch: Limits {
                overdue: Some(Money::zero(currency)),
                test_lead_days: Some(14),
                ..Limits::default()
            },
            blocked: Limits {
                days_overdue: Some(30),
                test_lead_days: Some(3),
                ..Limits::default()
            },
            least: None,
        }
    }

    /// The currency of its amounts, where it has any.
    pub fn currency(&self) -> Option<Currency> {
        let amounts = [&self.watch, &self.blocked].into_iter().flat_map(Limits::amounts);
        amounts.chain([self.least]).flatten().next().map(Money::currency)
    }

    /// The rule that holds on a day: of those that have begun the latest.
    pub fn on(rules: &[Self], day: NaiveDate) -> Option<&Self> {
        rules.iter().filter(|rule| rule.valid_from <= day).max_by_key(|rule| rule.valid_from)
    }

    /// Checks a rule.
    ///
    /// # Errors
    /// [`GateRejection`] for the first rule broken.
    pub fn check(&self) -> Result<(), GateRejection> {
        let both = [&self.watch, &self.blocked];
        let mut amounts = both.iter().flat_map(|limits| limits.amounts()).chain([self.least]);
        if amounts.any(|amount| amount.is_some_and(Money::is_negative)) {
            return Err(GateRejection::Negative);
        }
        if both.iter().flat_map(|l| l.days()).any(|days| days.is_some_and(|d| d > MOST_DAYS)) {
            return Err(GateRejection::TooLong);
        }
        let (watch, blocked) = (&self.watch, &self.blocked);
        let pairs = watch.amounts().into_iter().zip(blocked.amounts());
        let amounts_fall =
            pairs.flat_map(|(w, b)| Some((w?, b?))).any(|(w, b)| b.minor() < w.minor());
        let both_days = watch.days_overdue.zip(blocked.days_overdue);
        let both_leads = watch.test_lead_days.zip(blocked.test_lead_days);
        if amounts_fall
            || both_days.is_some_and(|(w, b)| b < w)
            || both_leads.is_some_and(|(w, b)| b > w)
        {
            return Err(GateRejection::OutOfOrder);
        }
        Ok(())
    }

    /// What the gate says on a day.
    ///
    /// # Errors
    /// [`MoneyError`] where currencies mix.
    pub fn judge(&self, exposure: &Exposure, day: NaiveDate) -> Result<Verdict, MoneyError> {
        let mut verdict = exposure.sums(day)?;
        if self.least.is_some_and(|least| verdict.balance.minor() <= least.minor()) {
            return Ok(verdict);
        }
        for (light, limits) in [(Light::Blocked, &self.blocked), (Light::Watch, &self.watch)] {
            let passed = limits.passed(exposure, &verdict, day);
            if !passed.is_empty() {
                verdict.light = light;
                verdict.passed = passed;
                return Ok(verdict);
            }
        }
        Ok(verdict)
    }
}

impl Exposure {
    /// What is owed on a day, clear so far. Credit counts against the oldest debt first, as it
    /// would if somebody used it.
    fn sums(&self, day: NaiveDate) -> Result<Verdict, MoneyError> {
        let zero = Money::zero(self.credit.currency());
        let mut debts = self.debts.clone();
        debts.sort_by_key(|(due, _)| *due);
        let (mut balance, mut overdue, mut days_overdue) = (self.credit.negated(), zero, 0);
        let mut credit = self.credit;
        for (due, open) in debts {
            balance = balance.plus(open)?;
            let covered = credit.smaller(open)?;
            credit = credit.minus(covered)?;
            let left = open.minus(covered)?;
            if due < day && left.is_positive() {
                overdue = overdue.plus(left)?;
                days_overdue = days_overdue.max((day - due).num_days());
            }
        }
        Ok(Verdict { light: Light::Clear, passed: Vec::new(), balance, overdue, days_overdue })
    }

    /// The first day after `today` on which the light says blocked if nothing is paid, within a
    /// year.
    ///
    /// # Errors
    /// As [`GateRule::judge`].
    pub fn blocked_from<'a>(
        &self,
        rule_on: impl Fn(NaiveDate) -> &'a GateRule,
        today: NaiveDate,
    ) -> Result<Option<NaiveDate>, MoneyError> {
        for ahead in 1..=366 {
            let Some(day) = today.checked_add_days(Days::new(ahead)) else { break };
            if rule_on(day).judge(self, day)?.light == Light::Blocked {
                return Ok(Some(day));
            }
        }
        Ok(None)
    }
}
