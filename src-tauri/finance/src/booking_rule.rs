//! Rules of a mapping: when a document is so, it is booked there otherwise than the mapping says.
//!
//! A rule is data: a few conditions, all of which must hold, and a few settings. Rules are asked in
//! their order, those of the document's department before those of the school, and each setting is
//! taken from the first rule that holds and sets it; what no rule sets goes by the mapping. Never
//! knows a provider, and never computes an amount.

use crate::catalogue::ServiceKind;
use crate::ids::{BookingRuleId, ConnectionId, DepartmentId, MappingSaveId};
use crate::money::Currency;
use crate::payer::PayerKind;
use crate::reminder::rules::Debtor;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The rules of one connection at one level, as they stand after a save.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookingRules {
    /// The connection they hold for.
    pub connection_id: ConnectionId,
    /// The department they hold for; nothing: the school.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department_id: Option<DepartmentId>,
    /// In the order they are asked.
    pub rules: Vec<BookingRule>,
    /// The save they were part of.
    pub save_id: MappingSaveId,
}

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookingRule {
    /// Its identity, which it keeps when it is changed or moved.
    pub id: BookingRuleId,
    /// What it is called.
    pub name: String,
    /// A rule that is switched off never holds.
    pub on: bool,
    /// All of them must hold; none: it always holds.
    pub when: Vec<Condition>,
    /// What it sets; each kind once.
    pub set: Vec<Setting>,
}

/// What must be so. Each list means one of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", content = "is", rename_all = "snake_case")]
pub enum Condition {
    /// What was sold, by the keys that services are mapped under.
    Service(Vec<String>),
    /// The kind of what was sold.
    ServiceKind(Vec<ServiceKind>),
    /// The department it is booked on.
    Department(Vec<DepartmentId>),
    /// The VAT code, by its code.
    TaxCode(Vec<String>),
    /// Who is asked to pay.
    Customer(Vec<CustomerKind>),
    /// The document's currency.
    Currency(Vec<Currency>),
    /// The document's total with VAT in its own currency, both ends included.
    Amount(Span<Decimal>),
    /// The document's date, both ends included.
    Date(Span<NaiveDate>),
    /// How it was paid, by the method's code.
    PaymentMethod(Vec<String>),
    /// What kind of document it is.
    Document(Vec<BookedDocument>),
    /// Words in the text of a line, whatever their case.
    Text(String),
}

/// From and to, both included; an end that is left out is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span<T> {
    /// The first or least.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<T>,
    /// The last or most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<T>,
}

impl<T: PartialOrd> Span<T> {
    fn holds(&self, value: &T) -> bool {
        self.from.as_ref().is_none_or(|from| from <= value)
            && self.to.as_ref().is_none_or(|to| value <= to)
    }
}

/// Who is asked to pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CustomerKind {
    /// The student.
    Student,
    /// Another person, such as a parent.
    Person,
    /// A company or an agency.
    Business,
}

impl CustomerKind {
    /// By the payer a document names; nothing: the student.
    pub const fn of(payer: Option<PayerKind>) -> Self {
        match payer {
            None => Self::Student,
            Some(kind) => match kind.debtor() {
                Debtor::Business => Self::Business,
                Debtor::Consumer => Self::Person,
            },
        }
    }
}

/// The kinds of documents that rules are asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BookedDocument {
    /// An invoice.
    Invoice,
    /// A credit note.
    CreditNote,
    /// Money received for an invoice.
    Payment,
    /// Money paid back.
    Refund,
}

impl BookedDocument {
    /// Whether it is money, and has no lines.
    pub const fn is_money(self) -> bool {
        matches!(self, Self::Payment | Self::Refund)
    }
}

/// What a rule sets, in their codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", content = "to", rename_all = "snake_case")]
pub enum Setting {
    /// The account of a line.
    Account(String),
    /// The tax rate of a line.
    TaxCode(String),
    /// What the document's part of the business goes under there.
    Tracking(String),
    /// The account that money goes to or comes from.
    PaymentAccount(String),
    /// A text before that of a line.
    LineText(String),
}

/// The kinds of settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SettingKind {
    /// [`Setting::Account`].
    Account,
    /// [`Setting::TaxCode`].
    TaxCode,
    /// [`Setting::Tracking`].
    Tracking,
    /// [`Setting::PaymentAccount`].
    PaymentAccount,
    /// [`Setting::LineText`].
    LineText,
}

impl Setting {
    /// Its kind.
    pub const fn kind(&self) -> SettingKind {
        match self {
            Self::Account(_) => SettingKind::Account,
            Self::TaxCode(_) => SettingKind::TaxCode,
            Self::Tracking(_) => SettingKind::Tracking,
            Self::PaymentAccount(_) => SettingKind::PaymentAccount,
            Self::LineText(_) => SettingKind::LineText,
        }
    }

    /// Their code, or the text.
    pub fn value(&self) -> &str {
        match self {
            Self::Account(value)
            | Self::TaxCode(value)
            | Self::Tracking(value)
            | Self::PaymentAccount(value)
            | Self::LineText(value) => value,
        }
    }
}

/// What a rule is asked about: a line, or a document with all its lines. What is not known makes no
/// condition about it hold, so that a rule which holds for a part of what is known holds for every
/// document of which that part is true.
#[derive(Clone, Debug, Default)]
pub struct Booked<'a> {
    /// The kind of document.
    pub document: Option<BookedDocument>,
    /// Its date.
    pub date: Option<NaiveDate>,
    /// Its currency.
    pub currency: Option<Currency>,
    /// Its total with VAT, in its currency.
    pub amount: Option<Decimal>,
    /// The department it is booked on.
    pub department: Option<DepartmentId>,
    /// Who is asked to pay.
    pub customer: Option<CustomerKind>,
    /// How it was paid.
    pub method: Option<&'a str>,
    /// What it is about: one line where a line is decided, all of them where the document is.
    pub lines: Vec<BookedLine<'a>>,
}

/// A line as rules see it.
#[derive(Clone, Debug, Default)]
pub struct BookedLine<'a> {
    /// What was sold, by the key it is mapped under.
    pub service: Option<String>,
    /// Its kind.
    pub kind: Option<ServiceKind>,
    /// Its VAT code.
    pub tax_code: Option<&'a str>,
    /// Its text.
    pub text: Option<&'a str>,
}

impl Booked<'_> {
    /// Whether there are lines and something is true of each.
    fn each(&self, is_so: impl Fn(&BookedLine<'_>) -> bool) -> bool {
        !self.lines.is_empty() && self.lines.iter().all(is_so)
    }
}

impl Condition {
    /// Whether it holds. Of a document with several lines it holds where it does for each of them.
    pub fn holds(&self, of: &Booked<'_>) -> bool {
        let has = |list: &[String], one: Option<&str>| {
            one.is_some_and(|one| list.iter().any(|it| it == one))
        };
        match self {
            Self::Service(keys) => of.each(|line| has(keys, line.service.as_deref())),
            Self::ServiceKind(kinds) => {
                of.each(|line| line.kind.is_some_and(|kind| kinds.contains(&kind)))
            }
            Self::TaxCode(codes) => of.each(|line| has(codes, line.tax_code)),
            Self::Text(words) => {
                let words = words.to_lowercase();
                of.each(|line| line.text.is_some_and(|text| text.to_lowercase().contains(&words)))
            }
            Self::Department(ids) => of.department.is_some_and(|id| ids.contains(&id)),
            Self::Customer(kinds) => of.customer.is_some_and(|kind| kinds.contains(&kind)),
            Self::Currency(codes) => of.currency.is_some_and(|code| codes.contains(&code)),
            Self::PaymentMethod(codes) => has(codes, of.method),
            Self::Document(kinds) => of.document.is_some_and(|kind| kinds.contains(&kind)),
            Self::Amount(span) => of.amount.is_some_and(|amount| span.holds(&amount)),
            Self::Date(span) => of.date.is_some_and(|date| span.holds(&date)),
        }
    }
}

impl BookingRule {
    /// Whether it is switched on and all its conditions hold.
    pub fn holds(&self, of: &Booked<'_>) -> bool {
        self.on && self.when.iter().all(|condition| condition.holds(of))
    }

    /// Whether there can be a document on which it sets this: lines are on invoices and credit notes,
    /// a way to pay is on payments and refunds.
    pub fn can_hold(&self, kind: SettingKind) -> bool {
        let is_money = kind == SettingKind::PaymentAccount;
        self.when.iter().all(|condition| match condition {
            Condition::Service(_)
            | Condition::ServiceKind(_)
            | Condition::TaxCode(_)
            | Condition::Text(_) => !is_money,
            Condition::PaymentMethod(_) => is_money,
            Condition::Document(kinds) => kinds.iter().any(|it| it.is_money() == is_money),
            Condition::Department(_)
            | Condition::Customer(_)
            | Condition::Currency(_)
            | Condition::Amount(_)
            | Condition::Date(_) => true,
        })
    }

    /// What it sets of a kind.
    pub fn sets(&self, kind: SettingKind) -> Option<&str> {
        self.set.iter().find(|setting| setting.kind() == kind).map(Setting::value)
    }
}

/// The first rule that holds and sets this, with what it sets.
pub fn decide<'r>(
    rules: impl IntoIterator<Item = &'r BookingRule>,
    of: &Booked<'_>,
    kind: SettingKind,
) -> Option<(&'r BookingRule, &'r str)> {
    let mut setting = rules.into_iter().filter_map(|rule| Some((rule, rule.sets(kind)?)));
    setting.find(|(rule, _)| rule.holds(of))
}
