//! The pool of charges: looking at it, voiding, and the rules that charges follow from.
//!
//! Never changes a charge, and never works one out anew: a rule counts for events recorded after
//! it was set.

use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::charges::{
    ChargeFilter, ChargePage, ChargeRow, ChargeRuleRow, ChargeRules, ChargesVoided, ListCharges,
    SaveChargeRule, VoidCharges,
};
use crate::wire::common::Nothing;
use crate::{listing, services, show, typed};
use finance::Money;
use finance::catalogue::ServiceItem;
use finance::charge::{ChargeEffect, ChargeRule, EventKind};
use finance::fact::FactBody;
use finance::ids::{ChargeId, ServiceId};
use store::{ChargeColumn, ChargeState};

/// Kinds of events by their names on the wire.
pub(crate) const KINDS: &[(&str, EventKind)] = &[
    ("attended", EventKind::Attended),
    ("cancelled_in_time", EventKind::CancelledInTime),
    ("cancelled_late", EventKind::CancelledLate),
    ("no_show", EventKind::NoShow),
    ("package_changed", EventKind::PackageChanged),
];

const STATES: &[(&str, Option<ChargeState>)] = &[
    ("all", None),
    ("unbilled", Some(ChargeState::Unbilled)),
    ("billed", Some(ChargeState::Billed)),
    ("voided", Some(ChargeState::Voided)),
    ("drawn", Some(ChargeState::Drawn)),
    ("free", Some(ChargeState::Free)),
];

const COLUMNS: &[(&str, ChargeColumn)] = &[
    ("happened_on", ChargeColumn::HappenedOn),
    ("student", ChargeColumn::Student),
    ("kind", ChargeColumn::Kind),
    ("amount", ChargeColumn::Amount),
];

/// The most charges voided at once.
const MOST_VOIDED: usize = 1_000;

/// A filter as the store understands it.
///
/// # Errors
/// [`Code::Invalid`] at the part that cannot be read.
pub(crate) fn filter(filter: &ChargeFilter) -> Result<store::ChargeFilter, Fault> {
    let kinds = filter.kinds.iter().map(|kind| typed::one_of("filter.kinds", kind, KINDS));
    Ok(store::ChargeFilter {
        query: typed::text("filter.query", &filter.query, typed::SHORT)?,
        student_id: typed::optional_id("filter.student_id", filter.student_id.as_deref())?,
        department_id: typed::optional_id("filter.department_id", filter.department_id.as_deref())?,
        from: typed::optional_date("filter.from", filter.from.as_deref())?,
        to: typed::optional_date("filter.to", filter.to.as_deref())?,
        kinds: kinds.collect::<Result<_, _>>()?,
        state: None,
    })
}

/// A page of charges with the sum of all that match.
pub async fn list_charges(
    office: &Office,
    _: &Actor,
    request: ListCharges,
) -> Result<ChargePage, Fault> {
    let state = typed::one_of("state", &request.state, STATES)?;
    let filter = store::ChargeFilter { state, ..filter(&request.filter)? };
    let order = listing::order(request.order.as_ref(), COLUMNS)?;
    let window = listing::window(&request.window);
    let page = office.store.read().await?.list_charges(&filter, order, window).await?;
    Ok(ChargePage {
        rows: page.rows.into_iter().map(row).collect(),
        total: page.total,
        amount: page.amount.into(),
    })
}

fn row(row: store::ChargeRow) -> ChargeRow {
    let event = row.recorded.event;
    let charge = row.recorded.charge;
    let (invoice_id, invoice_number) = row.invoice.unzip();
    ChargeRow {
        id: event.id.to_string(),
        key: event.key,
        kind: show::name_of(&event.kind, KINDS),
        happened_on: event.happened_on.to_string(),
        student_id: event.student_id.to_string(),
        student: row.student,
        student_number: row.student_number,
        department: row.department,
        description: charge.as_ref().map(|c| c.description.clone()).unwrap_or_default(),
        service_code: charge.as_ref().map(|c| c.service_code.clone()).unwrap_or_default(),
        quantity: show::number(event.quantity),
        amount: charge.map(|charge| charge.amount.into()),
        state: show::name_of(&Some(row.state), STATES),
        invoice_id: invoice_id.map(|id| id.to_string()),
        invoice_number,
        void_reason: row.void_reason,
    }
}

/// Takes charges out of the pool for a reason; what was voided before stays as it is.
///
/// # Errors
/// [`Code::WrongState`] where one was billed, [`Code::NotFound`] where one is not there: then none
/// is voided.
pub async fn void_charges(
    office: &Office,
    actor: &Actor,
    request: VoidCharges,
) -> Result<ChargesVoided, Fault> {
    let reason = typed::required("reason", &request.reason, typed::LINE)?;
    if request.ids.is_empty() || request.ids.len() > MOST_VOIDED {
        let fault = Fault::new(Code::Invalid, "Between 1 and 1 000 charges are voided at once.");
        return Err(fault.at("ids").rule("charge_count"));
    }
    let ids: Vec<ChargeId> =
        request.ids.iter().map(|id| typed::id("ids", id)).collect::<Result<_, _>>()?;
    let mut tx = office.store.begin().await?;
    let found = tx.find_charges(&ids).await?;
    let mut bodies = Vec::new();
    for id in &ids {
        let row = found
            .iter()
            .find(|row| row.recorded.event.id.0 == id.0)
            .ok_or_else(|| Fault::new(Code::NotFound, "There is no such charge.").rule("charge"))?;
        match row.state {
            ChargeState::Unbilled => {
                bodies.push(FactBody::ChargeVoided { charge_id: *id, reason: reason.clone() });
            }
            ChargeState::Voided => {}
            ChargeState::Billed | ChargeState::Drawn | ChargeState::Free => {
                let number = row.invoice.as_ref().map(|(_, number)| number.clone());
                let fault = Fault::new(Code::WrongState, "This charge is not in the pool.");
                let fault = fault.rule("charge_not_unbilled").with("key", &row.recorded.event.key);
                return Err(fault.with("number", number.unwrap_or_default()));
            }
        }
    }
    let voided = office.record(&mut tx, actor, bodies).await?;
    tx.commit().await?;
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(ChargesVoided { voided: count(voided), already: count(ids.len() - voided) })
}

/// Every rule: what is usual, then what the school has set.
pub async fn charge_rules(office: &Office, _: &Actor, _: Nothing) -> Result<ChargeRules, Fault> {
    let mut view = office.store.read().await?;
    let rules = view.charge_rules().await?;
    let services = view.list_services("", true).await?;
    let usual = EventKind::ALL.map(|kind| {
        let beaten = current(&rules, kind, None, office).is_some();
        rule_row(kind, None, kind.usual(), (None, !beaten), office)
    });
    let own = rules.iter().map(|rule| {
        let service = services.iter().find(|service| Some(service.id) == rule.service_id);
        let in_force = current(&rules, rule.event, rule.service_id, office) == Some(rule);
        let since = Some(rule.valid_from.to_string());
        let shown = rule_row(rule.event, service, rule.effect, (since, in_force), office);
        ChargeRuleRow { service_id: rule.service_id.map(|id| id.to_string()), ..shown }
    });
    Ok(ChargeRules { rows: usual.into_iter().chain(own).collect() })
}

/// The rule of a kind and service that counts today.
fn current<'a>(
    rules: &'a [ChargeRule],
    event: EventKind,
    service: Option<ServiceId>,
    office: &Office,
) -> Option<&'a ChargeRule> {
    let of_it = rules.iter().filter(|rule| rule.event == event && rule.service_id == service);
    of_it.filter(|rule| rule.valid_from <= office.today()).max_by_key(|rule| rule.valid_from)
}

fn rule_row(
    kind: EventKind,
    service: Option<&ServiceItem>,
    effect: ChargeEffect,
    (valid_from, in_force): (Option<String>, bool),
    office: &Office,
) -> ChargeRuleRow {
    let (name, percent, fee) = match effect {
        ChargeEffect::Full => ("full", None, None),
        ChargeEffect::Nothing => ("nothing", None, None),
        ChargeEffect::Percent { percent } => ("percent", Some(show::number(percent)), None),
        // A fee is typed as an amount of money, so it has no more decimals than that.
        ChargeEffect::Fee { fee } => ("fee", None, Money::exact(fee, office.school.currency).ok()),
    };
    ChargeRuleRow {
        event: show::name_of(&kind, KINDS),
        service_id: None,
        service: service.map(|s| format!("{} {}", s.code, s.name)).unwrap_or_default(),
        valid_from,
        effect: name.to_owned(),
        percent,
        fee: fee.map(Into::into),
        in_force,
    }
}

/// Sets what an event costs from a day on.
///
/// # Errors
/// [`Code::Invalid`] at the field that breaks a rule; [`Code::NotFound`] for an unknown service.
pub async fn save_charge_rule(
    office: &Office,
    actor: &Actor,
    request: SaveChargeRule,
) -> Result<ChargeRules, Fault> {
    let service_id: Option<ServiceId> =
        typed::optional_id("service_id", request.service_id.as_deref())?;
    let rule = ChargeRule {
        school_id: office.school.id,
        event: typed::one_of("event", &request.event, KINDS)?,
        service_id,
        valid_from: typed::date("valid_from", &request.valid_from)?,
        effect: effect(office, &request)?,
    };
    let mut tx = office.store.begin().await?;
    if let Some(id) = service_id
        && tx.find_service(id).await?.is_none()
    {
        return Err(Fault::new(Code::NotFound, "There is no such service.").rule("service"));
    }
    office.record(&mut tx, actor, [FactBody::ChargeRuleSet(rule)]).await?;
    tx.commit().await?;
    charge_rules(office, actor, Nothing {}).await
}

fn effect(office: &Office, request: &SaveChargeRule) -> Result<ChargeEffect, Fault> {
    let (effect, field) = match request.effect.as_str() {
        "full" => (ChargeEffect::Full, "effect"),
        "nothing" => (ChargeEffect::Nothing, "effect"),
        "percent" => {
            let percent = typed::decimal("percent", &request.percent)?;
            (ChargeEffect::Percent { percent }, "percent")
        }
        "fee" => {
            let fee = typed::money("fee", &request.fee, office.school.currency)?;
            (ChargeEffect::Fee { fee: fee.amount() }, "fee")
        }
        _ => return Err(Fault::new(Code::Invalid, "No such effect.").at("effect").rule("choice")),
    };
    if effect.is_sound() {
        return Ok(effect);
    }
    let fault = Fault::new(Code::Invalid, "This lies outside what can be charged.");
    Err(fault.at(field).rule(format!("{field}_bounds")))
}

/// What the invoice says of a charge: the service, the day, and what became of the booking.
pub(crate) fn description(
    language: &str,
    service: &ServiceItem,
    kind: EventKind,
    day: chrono::NaiveDate,
) -> String {
    let norwegian = language == "nb";
    let day = day.format(if norwegian { "%d.%m.%Y" } else { "%d %b %Y" });
    let what = match (kind, norwegian) {
        (EventKind::Attended, _) => "",
        (EventKind::CancelledInTime, true) => ", avbestilt",
        (EventKind::CancelledInTime, false) => ", cancelled",
        (EventKind::CancelledLate, true) => ", avbestilt for sent",
        (EventKind::CancelledLate, false) => ", cancelled late",
        (EventKind::NoShow, true) => ", ikke møtt",
        (EventKind::NoShow, false) => ", not attended",
        (EventKind::PackageChanged, true) => ", endret pakke",
        (EventKind::PackageChanged, false) => ", package changed",
    };
    format!("{}, {day}{what}", service.name)
}

/// The price of one, as drafts take it.
pub(crate) fn price_text(office: &Office, price: rust_decimal::Decimal) -> String {
    services::price(price, office.school.currency.decimals())
}
