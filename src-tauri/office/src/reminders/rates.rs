//! Rates of interest as they are shown and entered.
//!
//! Never changes a rate of the law: only half-years that the country's rules do not name are kept.

use crate::fault::{Code, Fault};
use crate::show;
use crate::typed;
use crate::wire::reminders::{HalfYearRate, OwnRate};
use chrono::NaiveDate;
use finance::reminder::Schedule;
use finance::reminder::interest::{HalfYear, InterestRules, RATE_BOUNDS, half_of};
use finance::reminder::rules::Debtor;
use rust_decimal::Decimal;

/// From whom the country's law lets interest be asked; nothing: from nobody, as far as is known.
pub(super) fn asked_from(rules: Option<&InterestRules>) -> Option<String> {
    let rules = rules?;
    match (rules.owes(Debtor::Consumer), rules.owes(Debtor::Business)) {
        (true, _) => Some("all".to_owned()),
        (false, true) => Some("businesses".to_owned()),
        (false, false) => None,
    }
}

/// What consumers owe a year on a day, in percent.
pub(super) fn of_today(
    rules: Option<&InterestRules>,
    schedule: &Schedule,
    day: NaiveDate,
) -> Option<String> {
    rules?.rate_on(Debtor::Consumer, day, &schedule.own_rates).map(percent)
}

/// The rates of the last half-years, the latest first.
pub(super) fn shown(
    rules: Option<&InterestRules>,
    schedule: &Schedule,
    day: NaiveDate,
) -> Vec<HalfYearRate> {
    let Some(rules) = rules else { return vec![] };
    let shown = rules.half_years(day).into_iter().map(|from| HalfYearRate {
        from: from.to_string(),
        rate: rules.base_rate_on(from, &schedule.own_rates).map(|rate| percent(rate.hundredths)),
        is_law: rules.knows(from),
    });
    shown.collect()
}

fn percent(hundredths: i64) -> String {
    show::number(Decimal::new(hundredths, 2))
}

/// The rates that were entered; one that the country's rules name is left out.
///
/// # Errors
/// [`Code::Invalid`] at the first that cannot be one.
pub(super) fn entered(
    rules: Option<&InterestRules>,
    typed: &[OwnRate],
) -> Result<Vec<HalfYear>, Fault> {
    let mut rates = Vec::new();
    for own in typed.iter().filter(|own| !own.rate.trim().is_empty()) {
        let from = typed::date("own_rates.from", &own.from)?;
        let (year, half) = half_of(from);
        let rate = HalfYear { year, half, hundredths: hundredths(&own.rate)? };
        let twice = rates.iter().any(|one: &HalfYear| (one.year, one.half) == (year, half));
        if rate.begins() != Some(from) || twice {
            let fault = Fault::new(Code::Invalid, "A rate holds for a half-year, once.");
            return Err(fault.at("own_rates").rule("half_year"));
        }
        if !rules.is_some_and(|rules| rules.knows(from)) {
            rates.push(rate);
        }
    }
    Ok(rates)
}

/// A rate in percent as hundredths of one.
fn hundredths(text: &str) -> Result<i64, Fault> {
    let wrong = || {
        let fault = Fault::new(Code::Invalid, "A rate lies between -5 and 50 percent.");
        fault.at("own_rates").rule("rate")
    };
    let typed = typed::decimal("own_rates", text)?.checked_mul(Decimal::ONE_HUNDRED);
    let hundredths = typed.ok_or_else(wrong)?.normalize();
    let whole = i64::try_from(hundredths).ok().filter(|_| hundredths.scale() == 0);
    let (least, most) = RATE_BOUNDS;
    whole.filter(|rate| (least..=most).contains(rate)).ok_or_else(wrong)
}
