//! The debt gate: what it says of a student, its rules, and letting somebody through.
//!
//! Never changes what is owed, and never forgets who let whom through and why.

use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::show::name_of;
use crate::wire::common::Nothing;
use crate::wire::gates::{
    DebtGate, DebtGateView, GateLimits, GateLimitsInput, GatePass, GatePassed, GateRuleView,
    GateRules, OverrideDebtGate, SaveGateRule, SetDrivingTest,
};
use crate::{students, typed};
use chrono::NaiveDate;
use finance::Money;
use finance::fact::FactBody;
use finance::gate::{
    Exposure, GateOverride, GateRejection, GateRule, Light, Limits, Passed, Verdict,
};
use finance::ids::StudentId;
use std::collections::BTreeMap;
use store::View;

const LIGHTS: &[(&str, Light)] =
    &[("clear", Light::Clear), ("watch", Light::Watch), ("blocked", Light::Blocked)];

/// The longest anybody is let through.
const MOST_DAYS: u64 = 366;

/// The light of a student, and whether a person let them through.
pub(crate) struct Lit {
    pub light: String,
    pub let_through: bool,
}

/// The lights of many students today.
///
/// # Errors
/// What the database reports.
pub(crate) async fn lights(
    view: &mut View,
    office: &Office,
    students: &[StudentId],
) -> Result<BTreeMap<StudentId, Lit>, Fault> {
    let today = office.today();
    let rule = Rules::read(view, office).await?.on(today).clone();
    let passes = view.gate_overrides(students).await?;
    let mut lights = BTreeMap::new();
    for (id, exposure) in view.exposures(students, today).await? {
        let light = rule.judge(&exposure, today)?.light;
        let let_through = passes.get(&id).is_some_and(|pass| pass.holds_on(today));
        let let_through = light == Light::Blocked && let_through;
        lights.insert(id, Lit { light: name_of(&light, LIGHTS), let_through });
    }
    Ok(lights)
}

/// The students who are behind a red light today and were not let through, with the limits that lit
/// it.
///
/// # Errors
/// What the database reports.
pub(crate) async fn blocked(
    view: &mut View,
    office: &Office,
    students: &[StudentId],
) -> Result<BTreeMap<StudentId, Vec<GatePassed>>, Fault> {
    let today = office.today();
    let rule = Rules::read(view, office).await?.on(today).clone();
    let passes = view.gate_overrides(students).await?;
    let mut blocked = BTreeMap::new();
    for (id, exposure) in view.exposures(students, today).await? {
        let verdict = rule.judge(&exposure, today)?;
        let let_through = passes.get(&id).is_some_and(|pass| pass.holds_on(today));
        if verdict.light == Light::Blocked && !let_through {
            blocked.insert(id, verdict.passed.iter().map(passed).collect());
        }
    }
    Ok(blocked)
}

/// The rules that were set, and the one that holds before the first.
struct Rules {
    set: Vec<GateRule>,
    usual: GateRule,
}

impl Rules {
    async fn read(view: &mut View, office: &Office) -> Result<Self, Fault> {
        let usual = GateRule::usual(office.school.id, office.school.currency);
        Ok(Self { set: view.gate_rules().await?, usual })
    }

    fn on(&self, day: NaiveDate) -> &GateRule {
        GateRule::on(&self.set, day).unwrap_or(&self.usual)
    }

    /// The day a rule was set for; nothing for the usual one.
    fn begin(&self, rule: &GateRule) -> Option<String> {
        (rule.valid_from != self.usual.valid_from).then(|| rule.valid_from.to_string())
    }

    fn shown(&self, rule: &GateRule) -> GateRuleView {
        GateRuleView {
            valid_from: self.begin(rule),
            watch: limits(&rule.watch),
            blocked: limits(&rule.blocked),
            least: rule.least.map(Into::into),
        }
    }
}

fn limits(limits: &Limits) -> GateLimits {
    GateLimits {
        overdue: limits.overdue.map(Into::into),
        days_overdue: limits.days_overdue,
        balance: limits.balance.map(Into::into),
        test_lead_days: limits.test_lead_days,
    }
}

/// Whether a student may book on: the question of a booking system.
pub async fn debt_gate(
    office: &Office,
    _: &Actor,
    request: DebtGate,
) -> Result<DebtGateView, Fault> {
    let on = typed::optional_date("on", request.on.as_deref())?.unwrap_or_else(|| office.today());
    if on < office.today() {
        let fault = Fault::new(Code::Invalid, "The gate is asked for today or a later day.");
        return Err(fault.at("on").rule("in_past"));
    }
    let mut view = office.store.read().await?;
    let id = match (request.student_id, request.number) {
        (Some(id), None) => typed::id("student_id", &id)?,
        (None, Some(number)) => {
            let found = view.find_student_by_number(number.trim()).await?;
            let missing = || Fault::new(Code::NotFound, "There is no student with this number.");
            found.ok_or_else(|| missing().at("number").rule("student"))?
        }
        _ => {
            let fault = Fault::new(Code::Invalid, "Name the student by id or by number.");
            return Err(fault.at("student_id").rule("missing"));
        }
    };
    judged(&mut view, office, id, on).await
}

async fn judged(
    view: &mut View,
    office: &Office,
    id: StudentId,
    on: NaiveDate,
) -> Result<DebtGateView, Fault> {
    let student = students::demand(view, id, office).await?.student;
    let rules = Rules::read(view, office).await?;
    let exposure =
        view.exposures(&[id], office.today()).await?.remove(&id).ok_or_else(|| {
            Fault::new(Code::NotFound, "There is no such student.").rule("student")
        })?;
    let pass = view.gate_overrides(&[id]).await?.remove(&id).filter(|pass| pass.active);
    let rule = rules.on(on);
    let verdict = rule.judge(&exposure, on)?;
    let blocked_from = match verdict.light {
        Light::Blocked => None,
        _ => exposure.blocked_from(|day| rules.on(day), on)?,
    };
    let let_through = pass.as_ref().is_some_and(|pass| pass.holds_on(on));
    Ok(DebtGateView {
        student_id: id.to_string(),
        number: student.number,
        name: student.person.name,
        on: on.to_string(),
        allowed: verdict.light != Light::Blocked || let_through,
        rule_from: rules.begin(rule),
        blocked_from: blocked_from.map(|day| day.to_string()),
        pass: pass.map(|pass| GatePass {
            until: pass.until.to_string(),
            holds: let_through,
            reason: pass.reason,
        }),
        ..shown(&verdict, &exposure)
    })
}

/// What a verdict says; the rest is whose it is.
fn shown(verdict: &Verdict, exposure: &Exposure) -> DebtGateView {
    DebtGateView {
        student_id: String::new(),
        number: String::new(),
        name: String::new(),
        on: String::new(),
        light: name_of(&verdict.light, LIGHTS),
        allowed: false,
        passed: verdict.passed.iter().map(passed).collect(),
        balance: verdict.balance.into(),
        overdue: verdict.overdue.into(),
        credit: exposure.credit.into(),
        days_overdue: days(verdict.days_overdue),
        test_on: exposure.test_on.map(|day| day.to_string()),
        blocked_from: None,
        rule_from: None,
        pass: None,
    }
}

fn days(days: i64) -> u32 {
    u32::try_from(days).unwrap_or_default()
}

fn passed(passed: &Passed) -> GatePassed {
    let amounts = |what: &str, amount: Money, limit: Money| GatePassed {
        what: what.to_owned(),
        amount: Some(amount.into()),
        limit: Some(limit.into()),
        days: None,
        limit_days: None,
    };
    let of_days = |what: &str, found: i64, limit: u16| GatePassed {
        what: what.to_owned(),
        amount: None,
        limit: None,
        days: Some(days(found)),
        limit_days: Some(limit),
    };
    match *passed {
        Passed::Overdue(amount, limit) => amounts("overdue", amount, limit),
        Passed::Balance(amount, limit) => amounts("balance", amount, limit),
        Passed::Days(found, limit) => of_days("days_overdue", found, limit),
        Passed::Test(away, lead) => of_days("test", away, lead),
    }
}

/// Lets a student through with a reason and an end, or takes that back; asked twice, the second
/// changes nothing.
pub async fn override_debt_gate(
    office: &Office,
    actor: &Actor,
    request: OverrideDebtGate,
) -> Result<DebtGateView, Fault> {
    let student_id: StudentId = typed::id("student_id", &request.student_id)?;
    let today = office.today();
    let reason = typed::required("reason", &request.reason, typed::SHORT)?;
    let until = typed::optional_date("until", request.until.as_deref())?;
    let mut tx = office.store.begin().await?;
    students::demand(&mut tx, student_id, office).await?;
    let known = tx.gate_overrides(&[student_id]).await?.remove(&student_id);
    let until = match (request.active, until, &known) {
        (true, Some(until), _) => within(until, today)?,
        (true, None, _) => {
            let fault = Fault::new(Code::Invalid, "Say until which day.");
            return Err(fault.at("until").rule("missing"));
        }
        (false, _, Some(known)) => known.until,
        (false, _, None) => return judged(&mut tx, office, student_id, today).await,
    };
    let pass = GateOverride { student_id, until, reason, active: request.active };
    let is_gone = |known: &GateOverride| !known.active && !pass.active;
    if known.as_ref().is_some_and(|known| *known == pass || is_gone(known)) {
        return judged(&mut tx, office, student_id, today).await;
    }
    office.record(&mut tx, actor, [FactBody::GateOverridden(pass)]).await?;
    tx.commit().await?;
    let mut view = office.store.read().await?;
    judged(&mut view, office, student_id, today).await
}

fn within(until: NaiveDate, today: NaiveDate) -> Result<NaiveDate, Fault> {
    if until < today {
        let fault = Fault::new(Code::Invalid, "The last day lies in the past.");
        return Err(fault.at("until").rule("in_past"));
    }
    if today.checked_add_days(chrono::Days::new(MOST_DAYS)).is_some_and(|most| until > most) {
        let fault = Fault::new(Code::Invalid, "Nobody is let through for more than a year.");
        return Err(fault.at("until").rule("too_far"));
    }
    Ok(until)
}

/// Sets the day of a student's driving test; asked twice, the second changes nothing.
pub async fn set_driving_test(
    office: &Office,
    actor: &Actor,
    request: SetDrivingTest,
) -> Result<DebtGateView, Fault> {
    let student_id: StudentId = typed::id("student_id", &request.student_id)?;
    let on = typed::optional_date("on", request.on.as_deref())?;
    let mut tx = office.store.begin().await?;
    students::demand(&mut tx, student_id, office).await?;
    let known = tx.exposures(&[student_id], office.today()).await?.remove(&student_id);
    if known.is_some_and(|known| known.test_on == on) {
        return judged(&mut tx, office, student_id, office.today()).await;
    }
    office.record(&mut tx, actor, [FactBody::DrivingTestSet { student_id, on }]).await?;
    tx.commit().await?;
    let mut view = office.store.read().await?;
    judged(&mut view, office, student_id, office.today()).await
}

/// The rules of the gate.
pub async fn gate_rules(office: &Office, _: &Actor, _: Nothing) -> Result<GateRules, Fault> {
    let mut view = office.store.read().await?;
    let rules = Rules::read(&mut view, office).await?;
    Ok(GateRules {
        current: rules.shown(rules.on(office.today())),
        rules: rules.set.iter().rev().map(|rule| rules.shown(rule)).collect(),
    })
}

/// Sets the rule of a day on; asked twice, the second changes nothing.
pub async fn save_gate_rule(
    office: &Office,
    actor: &Actor,
    request: SaveGateRule,
) -> Result<GateRules, Fault> {
    let rule = GateRule {
        school_id: office.school.id,
        valid_from: typed::date("valid_from", &request.valid_from)?,
        watch: typed_limits(office, "watch", &request.watch)?,
        blocked: typed_limits(office, "blocked", &request.blocked)?,
        least: amount(office, "least", request.least.as_deref())?,
    };
    rule.check().map_err(refused)?;
    let mut tx = office.store.begin().await?;
    if tx.gate_rules().await?.contains(&rule) {
        drop(tx);
    } else {
        office.record(&mut tx, actor, [FactBody::GateRuleSet(rule)]).await?;
        tx.commit().await?;
    }
    gate_rules(office, actor, Nothing {}).await
}

fn amount(office: &Office, field: &str, text: Option<&str>) -> Result<Option<Money>, Fault> {
    let text = text.filter(|text| !text.trim().is_empty());
    text.map(|text| typed::money(field, text, office.school.currency)).transpose()
}

fn typed_limits(office: &Office, light: &str, typed: &GateLimitsInput) -> Result<Limits, Fault> {
    Ok(Limits {
        overdue: amount(office, &format!("{light}.overdue"), typed.overdue.as_deref())?,
        days_overdue: typed.days_overdue,
        balance: amount(office, &format!("{light}.balance"), typed.balance.as_deref())?,
        test_lead_days: typed.test_lead_days,
    })
}

fn refused(rejection: GateRejection) -> Fault {
    let fault = Fault::new(Code::Invalid, rejection.to_string());
    match rejection {
        GateRejection::Negative => fault.rule("negative"),
        GateRejection::TooLong => fault.rule("ten_years"),
        GateRejection::OutOfOrder => fault.rule("gate_order"),
    }
}
