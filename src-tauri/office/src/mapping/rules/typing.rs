//! Rules as they are typed, made into rules that can hold.
//!
//! Never takes what is not on a list: what a rule named before may stay, also where it is gone.

use super::fields::{CUSTOMERS, DOCUMENTS, Fields, SETTINGS};
use super::shown;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::booking_rules::{MappingRule, RuleCondition, RuleField, RuleSetting};
use crate::{show, typed};
use finance::booking_rule::{BookingRule, Condition, Setting, SettingKind, Span};
use finance::ids::BookingRuleId;
use std::collections::BTreeSet;

/// The most rules of one level: a list that a person can read.
const MOST: usize = 100;

/// What is needed to read rules.
pub struct Typing<'a> {
    /// Gives ids.
    pub office: &'a Office,
    /// What may be chosen.
    pub fields: &'a Fields,
    /// The rules as they stood.
    pub before: &'a [BookingRule],
}

fn refused(field: String, rule: &str, message: &str) -> Fault {
    Fault::new(Code::Invalid, message).at(field).rule(rule)
}

impl Typing<'_> {
    /// All rules of a level.
    ///
    /// # Errors
    /// [`Code::Invalid`] at the field of the rule.
    pub fn rules(&self, rules: &[MappingRule]) -> Result<Vec<BookingRule>, Fault> {
        if rules.len() > MOST {
            let message = "A level has at most 100 rules.";
            return Err(refused("rules".to_owned(), "too_many_rules", message));
        }
        let mut names = BTreeSet::new();
        let mut ids = BTreeSet::new();
        let mut made = Vec::new();
        for (place, typed) in rules.iter().enumerate() {
            let at = format!("rules.{place}");
            let rule = self.rule(&at, typed)?;
            if !names.insert(rule.name.to_lowercase()) || !ids.insert(rule.id) {
                let message = "Another rule has this name.";
                return Err(refused(format!("{at}.name"), "rule_twice", message));
            }
            made.push(rule);
        }
        Ok(made)
    }

    fn rule(&self, at: &str, rule: &MappingRule) -> Result<BookingRule, Fault> {
        let id: Option<BookingRuleId> =
            typed::optional_id(&format!("{at}.id"), rule.id.as_deref())?;
        let before = id.and_then(|id| self.before.iter().find(|it| it.id == id));
        let known = before.map(shown::rule);
        let mut when = Vec::new();
        for (place, condition) in rule.when.iter().enumerate() {
            let at = format!("{at}.when.{place}");
            once(&at, &rule.when[..place], |it| it.of == condition.of)?;
            when.push(self.condition(&at, condition, known.as_ref())?);
        }
        let mut set = Vec::new();
        for (place, setting) in rule.set.iter().enumerate() {
            let at = format!("{at}.set.{place}");
            once(&at, &rule.set[..place], |it| it.of == setting.of)?;
            set.push(self.setting(&at, setting, known.as_ref())?);
        }
        if set.is_empty() {
            let message = "A rule sets at least one thing.";
            return Err(refused(format!("{at}.set"), "rule_sets_nothing", message));
        }
        let name = typed::required(&format!("{at}.name"), &rule.name, typed::SHORT)?;
        let id = before.map_or_else(|| BookingRuleId(self.office.ids.new_id()), |it| it.id);
        let made = BookingRule { id, name, on: rule.on, when, set };
        match made.set.iter().position(|setting| !made.can_hold(setting.kind())) {
            None => Ok(made),
            Some(place) => {
                let message = "No document could ever be booked by this.";
                Err(refused(format!("{at}.set.{place}"), "never_holds", message))
            }
        }
    }

    fn condition(
        &self,
        at: &str,
        typed: &RuleCondition,
        before: Option<&MappingRule>,
    ) -> Result<Condition, Fault> {
        let values = format!("{at}.values");
        let stood = before.and_then(|rule| rule.when.iter().find(|it| it.of == typed.of));
        let stood = stood.map_or(&[][..], |it| &it.values);
        let listed =
            |list: &[RuleField]| chosen(&values, list, (typed.of.as_str(), &typed.values), stood);
        Ok(match typed.of.as_str() {
            "text" => {
                let words = typed.values.first().map_or("", String::as_str);
                Condition::Text(typed::required(&values, words, typed::SHORT)?)
            }
            "amount" => Condition::Amount(span(at, typed, typed::decimal)?),
            "date" => Condition::Date(span(at, typed, typed::date)?),
            of => {
                let list = listed(&self.fields.conditions)?;
                of_list(&values, of, list)?
            }
        })
    }

    fn setting(
        &self,
        at: &str,
        typed: &RuleSetting,
        before: Option<&MappingRule>,
    ) -> Result<Setting, Fault> {
        let kind = typed::one_of(&format!("{at}.of"), &typed.of, SETTINGS)?;
        let value = format!("{at}.value");
        if kind == SettingKind::LineText {
            return Ok(Setting::LineText(typed::required(&value, &typed.value, typed::SHORT)?));
        }
        let stood = before.and_then(|rule| rule.set.iter().find(|it| it.of == typed.of));
        let stood: Vec<String> = stood.map(|it| it.value.clone()).into_iter().collect();
        let wanted = (typed.of.as_str(), &vec![typed.value.clone()]);
        let code = chosen(&value, &self.fields.settings, wanted, &stood)?.concat();
        Ok(match kind {
            SettingKind::Account => Setting::Account(code),
            SettingKind::TaxCode => Setting::TaxCode(code),
            SettingKind::Tracking => Setting::Tracking(code),
            SettingKind::PaymentAccount | SettingKind::LineText => Setting::PaymentAccount(code),
        })
    }
}

/// Refuses what is asked about or set a second time.
fn once<T>(at: &str, before: &[T], is_same: impl Fn(&T) -> bool) -> Result<(), Fault> {
    match before.iter().any(is_same) {
        false => Ok(()),
        true => Err(refused(format!("{at}.of"), "twice_in_rule", "A rule names this once.")),
    }
}

/// What was chosen from a list; what stood there before may stay.
fn chosen(
    at: &str,
    fields: &[RuleField],
    (of, values): (&str, &Vec<String>),
    stood: &[String],
) -> Result<Vec<String>, Fault> {
    let field = fields.iter().find(|it| it.of == of);
    let has = |value: &String| {
        stood.contains(value)
            || field.is_some_and(|it| it.choices.iter().any(|choice| choice.value == *value))
    };
    if values.is_empty() || values.iter().any(|value| value.is_empty()) {
        return Err(refused(at.to_owned(), "missing", "Something must be chosen here."));
    }
    match values.iter().find(|value| !has(value)) {
        None => Ok(values.clone()),
        Some(value) => {
            let message = "This is not there to be chosen.";
            Err(refused(at.to_owned(), "choice", message).with("value", value))
        }
    }
}

fn of_list(at: &str, of: &str, values: Vec<String>) -> Result<Condition, Fault> {
    let each = values.iter();
    Ok(match of {
        "service" => Condition::Service(values),
        "tax_code" => Condition::TaxCode(values),
        "payment_method" => Condition::PaymentMethod(values),
        "service_kind" => Condition::ServiceKind(
            each.map(|it| typed::one_of(at, it, show::SERVICE_KINDS)).collect::<Result<_, _>>()?,
        ),
        "customer" => Condition::Customer(
            each.map(|it| typed::one_of(at, it, CUSTOMERS)).collect::<Result<_, _>>()?,
        ),
        "document" => Condition::Document(
            each.map(|it| typed::one_of(at, it, DOCUMENTS)).collect::<Result<_, _>>()?,
        ),
        "department" => {
            Condition::Department(each.map(|it| typed::id(at, it)).collect::<Result<_, _>>()?)
        }
        "currency" => {
            let code = |it: &String| {
                let no = |_| refused(at.to_owned(), "currency", "This is not a currency.");
                it.parse().map_err(no)
            };
            Condition::Currency(each.map(code).collect::<Result<_, _>>()?)
        }
        _ => return Err(refused(at.to_owned(), "choice", "No rule asks about this.")),
    })
}

fn span<T: PartialOrd>(
    at: &str,
    typed: &RuleCondition,
    read: impl Fn(&str, &str) -> Result<T, Fault>,
) -> Result<Span<T>, Fault> {
    let end = |name: &str, text: &Option<String>| {
        let text = text.as_deref().filter(|text| !text.trim().is_empty());
        text.map(|text| read(&format!("{at}.{name}"), text)).transpose()
    };
    let span = Span { from: end("from", &typed.from)?, to: end("to", &typed.to)? };
    match (&span.from, &span.to) {
        (None, None) => Err(refused(format!("{at}.from"), "missing", "One end must be given.")),
        (Some(from), Some(to)) if to < from => {
            Err(refused(format!("{at}.to"), "before_from", "The end lies before the beginning."))
        }
        _ => Ok(span),
    }
}
