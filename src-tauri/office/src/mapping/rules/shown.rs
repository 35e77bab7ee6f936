//! A rule as it is shown.
//!
//! Never puts anything into words: screens do, in their language.

use super::fields::{CUSTOMERS, DOCUMENTS, SETTINGS};
use crate::mapping::rows::Surveyed;
use crate::show;
use crate::wire::booking_rules::{MappingRule, RuleCondition, RuleSetting};
use crate::wire::mapping::MappingLeft;
use finance::booking_rule::{BookingRule, Condition, Setting, SettingKind, Span};
use finance::mapping::MappedKind;

/// One rule.
pub fn rule(rule: &BookingRule) -> MappingRule {
    let setting = |it: &Setting| RuleSetting {
        of: show::name_of(&it.kind(), SETTINGS),
        value: it.value().to_owned(),
    };
    MappingRule {
        id: Some(rule.id.to_string()),
        name: rule.name.clone(),
        on: rule.on,
        when: rule.when.iter().map(condition).collect(),
        set: rule.set.iter().map(setting).collect(),
    }
}

fn condition(condition: &Condition) -> RuleCondition {
    let listed = |of: &str, values: Vec<String>| RuleCondition {
        of: of.to_owned(),
        values,
        from: None,
        to: None,
    };
    match condition {
        Condition::Service(keys) => listed("service", keys.clone()),
        Condition::ServiceKind(kinds) => listed("service_kind", named(kinds, show::SERVICE_KINDS)),
        Condition::Department(ids) => listed("department", texts(ids)),
        Condition::TaxCode(codes) => listed("tax_code", codes.clone()),
        Condition::Customer(kinds) => listed("customer", named(kinds, CUSTOMERS)),
        Condition::Currency(codes) => {
            listed("currency", codes.iter().map(|it| it.code().to_owned()).collect())
        }
        Condition::PaymentMethod(codes) => listed("payment_method", codes.clone()),
        Condition::Document(kinds) => listed("document", named(kinds, DOCUMENTS)),
        Condition::Text(words) => listed("text", vec![words.clone()]),
        Condition::Amount(span) => range("amount", span, |it| show::number(*it)),
        Condition::Date(span) => range("date", span, ToString::to_string),
    }
}

fn named<T: PartialEq>(kinds: &[T], names: &[(&'static str, T)]) -> Vec<String> {
    kinds.iter().map(|kind| show::name_of(kind, names)).collect()
}

fn texts<T: ToString>(ids: &[T]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}

fn range<T>(of: &str, span: &Span<T>, text: impl Fn(&T) -> String) -> RuleCondition {
    let end = |end: &Option<T>| end.as_ref().map(&text);
    RuleCondition {
        of: of.to_owned(),
        values: Vec::new(),
        from: end(&span.from),
        to: end(&span.to),
    }
}

/// What a save did to a rule.
pub struct Difference {
    /// What it is called.
    pub name: String,
    /// Its place and what it set before; nothing: it was not there.
    pub before: Option<String>,
    /// The same after the save.
    pub after: Option<String>,
}

/// The rules that a save added, changed, moved or took away, in their order.
pub fn differences(before: &[BookingRule], after: &[BookingRule]) -> Vec<Difference> {
    let place = |list: &[BookingRule], rule: &BookingRule| {
        let at = list.iter().position(|it| it.id == rule.id)?;
        Some((at, list[at].clone()))
    };
    let gone = before.iter().filter(|rule| place(after, rule).is_none());
    let differs = |rule: &&BookingRule| place(before, rule) != place(after, rule);
    let told = |rule: &BookingRule| Difference {
        name: rule.name.clone(),
        before: place(before, rule).map(|(at, rule)| summary(at, &rule)),
        after: place(after, rule).map(|(at, rule)| summary(at, &rule)),
    };
    after.iter().filter(differs).chain(gone).map(told).collect()
}

fn summary(place: usize, rule: &BookingRule) -> String {
    let set: Vec<&str> = rule.set.iter().map(Setting::value).collect();
    let off = if rule.on { "" } else { " –" };
    format!("{}.{off} {}", place + 1, set.join(", "))
}

/// What a rule sets that can no longer be used there, if anything.
pub fn gone(surveyed: &Surveyed, rule: &BookingRule) -> Option<MappingLeft> {
    let code = rule.set.iter().find_map(|setting| {
        let kind = match setting.kind() {
            SettingKind::Account => MappedKind::Service,
            SettingKind::TaxCode => MappedKind::TaxCode,
            SettingKind::Tracking => MappedKind::Department,
            SettingKind::PaymentAccount => MappedKind::PaymentMethod,
            SettingKind::LineText => return None,
        };
        Some(setting.value()).filter(|code| !surveyed.is_usable(kind, code))
    })?;
    Some(MappingLeft { label: rule.name.clone(), code: code.to_owned() })
}
