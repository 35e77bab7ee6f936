//! The school's schedule of reminders.
//!
//! Never lets a schedule be shorter than the country's law allows.

use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::reminders::{LEVELS, rates, ways};
use crate::show::name_of;
use crate::typed;
use crate::wire::common::Nothing;
use crate::wire::reminders::{ReminderSettings, ReminderStep, SaveReminderSettings};
use chrono::Days;
use finance::Money;
use finance::reminder::interest::InterestRules;
use finance::reminder::rules::{Debtor, Rules};
use finance::reminder::{Schedule, ScheduleRejection, Step};
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
    let interest = InterestRules::of(rules.country);
    let today = office.today();
    let late = today.checked_add_days(Days::new(rules.fee_wait_days.into())).unwrap_or(today);
    let any = Money::from_minor(1, office.school.currency);
    let step = |step: &Step| ReminderStep {
        level: name_of(&step.level, LEVELS),
        days: step.days,
        ways: ways::names(&step.ways),
    };
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
        interest_from: rates::asked_from(interest),
        interest_today: rates::of_today(interest, &schedule, today),
        rates: rates::shown(interest, &schedule, today),
    })
}

/// Sets the schedule; the next plan follows it.
pub async fn save_reminder_settings(
    office: &Office,
    actor: &Actor,
    request: SaveReminderSettings,
) -> Result<ReminderSettings, Fault> {
    let step = |step: &ReminderStep| {
        let level = typed::one_of("steps", &step.level, LEVELS)?;
        Ok(Step { level, days: step.days, ways: ways::read(&step.ways)? })
    };
    let steps: Result<Vec<Step>, Fault> = request.steps.iter().map(step).collect();
    let schedule = Schedule {
        steps: steps?,
        deadline_days: request.deadline_days,
        with_fees: request.with_fees,
        with_interest: request.with_interest,
        own_rates: rates::entered(InterestRules::of(&office.school.country), &request.own_rates)?,
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
