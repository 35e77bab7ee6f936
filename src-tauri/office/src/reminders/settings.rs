//! The school's schedule of reminders.
//!
//! Never lets a schedule be shorter than the country's law allows.

use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::reminders::LEVELS;
use crate::show::{self, name_of};
use crate::typed;
use crate::wire::common::Nothing;
use crate::wire::reminders::{ReminderSettings, ReminderStep, SaveReminderSettings};
use chrono::Days;
use finance::Money;
use finance::reminder::interest::InterestRules;
use finance::reminder::rules::{Debtor, Rules};
use finance::reminder::{Schedule, ScheduleRejection, Step};
use rust_decimal::Decimal;
use store::View;

const SETTING: &str = "reminders";

/// The schedule as it was set, or as it is proposed.
pub(super) async fn schedule(view: &mut View, office: &Office) -> Result<Schedule, Fault> {
    let rules = Rules::of(&office.school.country);
    let kept = view.setting(SETTING).await?;
    let kept = kept.map(|text| serde_json::from_str(&text)).transpose();
    let damaged = |error: serde_json::Error| {
        Fault::new(Code::BookDamaged, "The schedule of reminders cannot be read.")
            .detail(error.to_string())
    };
    Ok(kept.map_err(damaged)?.unwrap_or_else(|| Schedule::proposed(rules)))
}

/// The schedule, and what the law leaves open.
pub async fn reminder_settings(
    office: &Office,
    _: &Actor,
    _: Nothing,
) -> Result<ReminderSettings, Fault> {
    let mut view = office.store.read().await?;
    let schedule = schedule(&mut view, office).await?;
    let rules = Rules::of(&office.school.country);
    let interest = InterestRules::of(rules.country).filter(|it| it.owes(Debtor::Consumer));
    let known = interest.and_then(InterestRules::known_until);
    let today = office.today();
    let late = today.checked_add_days(Days::new(rules.fee_wait_days.into())).unwrap_or(today);
    let any = Money::from_minor(1, office.school.currency);
    let step = |step: &Step| ReminderStep { level: name_of(&step.level, LEVELS), days: step.days };
    Ok(ReminderSettings {
        steps: schedule.steps.iter().map(step).collect(),
        deadline_days: schedule.deadline_days,
        with_fees: schedule.with_fees,
        least: Money::from_minor(schedule.least_minor, office.school.currency).into(),
        country: rules.country.to_owned(),
        least_deadline_days: rules.least_deadline_days,
        fee: rules.fee(Debtor::Consumer, today, any, late).map(Into::into),
        fee_wait_days: rules.fee_wait_days,
        with_interest: schedule.with_interest,
        has_interest: interest.is_some(),
        interest_known_until: known.map(|day| day.to_string()),
        interest_rate: known
            .and_then(|day| interest?.rate_on(Debtor::Consumer, day, None))
            .map(|rate| show::number(Decimal::new(rate, 2))),
        later_rate: schedule.later_rate.map(|rate| show::number(Decimal::new(rate.into(), 2))),
    })
}

/// Sets the schedule; the next plan follows it.
pub async fn save_reminder_settings(
    office: &Office,
    actor: &Actor,
    request: SaveReminderSettings,
) -> Result<ReminderSettings, Fault> {
    let step = |step: &ReminderStep| {
        Ok(Step { level: typed::one_of("steps", &step.level, LEVELS)?, days: step.days })
    };
    let steps: Result<Vec<Step>, Fault> = request.steps.iter().map(step).collect();
    let schedule = Schedule {
        steps: steps?,
        deadline_days: request.deadline_days,
        with_fees: request.with_fees,
        with_interest: request.with_interest,
        later_rate: later_rate(request.later_rate.as_deref())?,
        least_minor: typed::money("least", &request.least, office.school.currency)?.minor(),
    };
    schedule.check(Rules::of(&office.school.country)).map_err(refused)?;
    let text = serde_json::to_string(&schedule)
        .map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
    let mut tx = office.store.begin().await?;
    tx.set_setting(SETTING, &text).await?;
    tx.commit().await?;
    reminder_settings(office, actor, Nothing {}).await
}

/// The highest rate that can be typed: 50 percent a year, hundredths of a percent.
const MOST_RATE: u16 = 5_000;

/// A rate in percent as hundredths of one; empty: none.
fn later_rate(text: Option<&str>) -> Result<Option<u16>, Fault> {
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else { return Ok(None) };
    let hundredths = (typed::decimal("later_rate", text)? * Decimal::ONE_HUNDRED).normalize();
    let whole = u16::try_from(hundredths).ok().filter(|_| hundredths.scale() == 0);
    match whole {
        Some(rate) if (1..=MOST_RATE).contains(&rate) => Ok(Some(rate)),
        _ => {
            let fault = Fault::new(Code::Invalid, "A rate lies between 0.01 and 50 percent.");
            Err(fault.at("later_rate").rule("rate"))
        }
    }
}

fn refused(rejection: ScheduleRejection) -> Fault {
    let fault = Fault::new(Code::Invalid, rejection.to_string());
    match rejection {
        ScheduleRejection::Order => fault.at("steps").rule("level_order"),
        ScheduleRejection::NoWait => fault.at("steps").rule("no_wait"),
        ScheduleRejection::TooLong => fault.at("steps").rule("too_many_days"),
        ScheduleRejection::DeadlineTooShort { least } => {
            fault.at("deadline_days").rule("deadline_too_short").with("least", least.to_string())
        }
        ScheduleRejection::Least => fault.at("least").rule("below_nothing"),
    }
}
