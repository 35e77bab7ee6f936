//! Which reminders are due on a day, and why the others are not.
//!
//! Never leaves an invoice out without a reason, and never names one twice.

use super::interest::{InterestRules, LateClaim};
use super::rules::{Debtor, FeePer, Rules};
use super::{Held, Hold, HoldKind, Level, Reminder, Schedule};
use crate::ids::{InvoiceId, PayerId, StudentId};
use crate::instalments::InstalmentRef;
use crate::money::{Currency, Money, MoneyError};
use chrono::{Days, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

/// What a debt is: an invoice, or what an instalment has open of one.
pub type DebtKey = (InvoiceId, Option<InstalmentRef>);

/// An open invoice of a student, or what an instalment has open of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Debt {
    /// The invoice.
    pub invoice_id: InvoiceId,
    /// The instalment; nothing: the invoice by its own due date.
    pub instalment: Option<InstalmentRef>,
    /// On whose account it stands.
    pub student_id: StudentId,
    /// Who is asked to pay it, where that is not the student.
    pub payer_id: Option<PayerId>,
    /// As whom the law sees whoever is asked.
    pub debtor: Debtor,
    /// Date of the document.
    pub issue_date: NaiveDate,
    /// Last day to pay.
    pub due_date: NaiveDate,
    /// Still open; above nothing.
    pub open: Money,
}

impl Debt {
    /// What it is.
    pub fn key(&self) -> DebtKey {
        (self.invoice_id, self.instalment)
    }
}

/// What a plan follows from.
pub struct Question<'a> {
    /// Everything open, at least as far as it is due or soon will be.
    pub debts: &'a [Debt],
    /// Every reminder made of these invoices and not withdrawn.
    pub made: &'a [Reminder],
    /// What keeps reminders back.
    pub holds: &'a [Hold],
    /// Students with money or credit that is not set against any invoice yet.
    pub with_credit: &'a BTreeSet<StudentId>,
    /// The school's schedule.
    pub schedule: &'a Schedule,
    /// The law.
    pub rules: &'a Rules,
    /// The currency of the books. Fees, interest and the least sum are in it: the law names them in
    /// the national currency, so that a message about another one asks for what is open alone.
    pub currency: Currency,
    /// The day.
    pub day: NaiveDate,
}

/// One message to one payer, in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Whose invoices they are.
    pub student_id: StudentId,
    /// Who is reminded, where that is not the student.
    pub payer_id: Option<PayerId>,
    /// How serious it is.
    pub level: Level,
    /// The invoices, oldest due date first; at least one.
    pub debts: Vec<Debt>,
    /// What they come to.
    pub total: Money,
    /// The fee, where one may be asked for and the school does.
    pub fee: Option<Money>,
    /// Interest by statute through the day, where the school asks for it.
    pub interest: Option<Money>,
    /// The last day to pay.
    pub deadline: NaiveDate,
}

/// Why an invoice is in no message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Held back until a day, or until it is taken away.
    Held(HoldKind, Option<NaiveDate>),
    /// The student has credit that should be set against it first.
    Credit,
    /// The next level is reached on a day.
    Waiting(Level, NaiveDate),
    /// The last level was sent: a person decides what follows.
    Finished,
    /// The message would be over too little.
    TooSmall,
}

/// An overdue invoice that is in no message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The invoice.
    pub debt: Debt,
    /// Why.
    pub why: Why,
}

/// What is due on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The messages, most serious first.
    pub messages: Vec<Message>,
    /// Overdue invoices in none of them.
    pub left_out: Vec<LeftOut>,
}

/// Whose invoices, and who is asked to pay them.
type Addressee = (StudentId, Option<PayerId>);

/// What one message is made of: how serious, whose, and in which currency.
type Group = (std::cmp::Reverse<Level>, Addressee, Currency);

/// What was made of one debt so far.
#[derive(Clone, Copy, Default)]
struct Reached {
    level: Option<Level>,
    deadline: Option<NaiveDate>,
    /// The day of the first reminder after the due date.
    reminded_on: Option<NaiveDate>,
}

/// What was made so far. Levels are of each debt: a further instalment that is missed begins anew.
/// Fees are of the invoice, whichever part of it they were asked for: the law counts the claim.
#[derive(Default)]
struct Past {
    debts: BTreeMap<DebtKey, Reached>,
    fees: BTreeMap<InvoiceId, usize>,
}

/// What is due on a day.
///
/// # Errors
/// [`MoneyError`] where currencies mix.
pub fn plan(question: &Question) -> Result<Plan, MoneyError> {
    let past = past(question.made);
    let holds: BTreeMap<Held, Vec<&Hold>> = holding(question);
    let mut groups: BTreeMap<Group, Vec<Debt>> = BTreeMap::new();
    let mut plan = Plan::default();
    for debt in question.debts.iter().filter(|debt| debt.open.is_positive()) {
        let known = past.debts.get(&debt.key()).copied().unwrap_or_default();
        match judge(question, &holds, debt, known) {
            Ok(level) => {
                let addressee = (debt.student_id, debt.payer_id);
                let key = (std::cmp::Reverse(level), addressee, debt.open.currency());
                groups.entry(key).or_default().push(debt.clone());
            }
            Err(Some(why)) => plan.left_out.push(LeftOut { debt: debt.clone(), why }),
            Err(None) => {}
        }
    }
    for ((level, addressee, currency), mut debts) in groups {
        debts.sort_by_key(|debt| (debt.due_date, debt.key()));
        let Some(message) = message(question, &past, (addressee, level.0), debts)? else {
            continue;
        };
        let is_own = currency == question.currency;
        if is_own && message.total.minor() < question.schedule.least_minor {
            let small = message.debts.into_iter();
            plan.left_out.extend(small.map(|debt| LeftOut { debt, why: Why::TooSmall }));
        } else {
            plan.messages.push(message);
        }
    }
    plan.left_out.sort_by_key(|left| (left.debt.student_id, left.debt.due_date));
    Ok(plan)
}

fn past(made: &[Reminder]) -> Past {
    let mut past = Past::default();
    for reminder in made {
        let mut invoices = BTreeSet::new();
        for item in &reminder.items {
            let known = past.debts.entry((item.invoice_id, item.instalment)).or_default();
            known.level = known.level.max(Some(reminder.level));
            if reminder.level > Level::Upcoming {
                known.deadline = known.deadline.max(Some(reminder.deadline));
                let earlier = known.reminded_on.unwrap_or(reminder.made_on);
                known.reminded_on = Some(earlier.min(reminder.made_on));
            }
            if reminder.fee.is_some() && invoices.insert(item.invoice_id) {
                *past.fees.entry(item.invoice_id).or_default() += 1;
            }
        }
    }
    past
}

fn holding<'a>(question: &Question<'a>) -> BTreeMap<Held, Vec<&'a Hold>> {
    let mut holds: BTreeMap<Held, Vec<&Hold>> = BTreeMap::new();
    for hold in question.holds.iter().filter(|hold| hold.holds_on(question.day)) {
        holds.entry(hold.held).or_default().push(hold);
    }
    holds
}

/// The level a debt has reached today, or why none; no reason where it is not even due.
fn judge(
    question: &Question,
    holds: &BTreeMap<Held, Vec<&Hold>>,
    debt: &Debt,
    past: Reached,
) -> Result<Level, Option<Why>> {
    let day = question.day;
    let late = debt.due_date < day;
    let level = if late { behind(question, debt, past) } else { ahead(question, debt, past) };
    if let (false, Err(_)) = (late, level) {
        return Err(None);
    }
    let held = [Held::Invoice(debt.invoice_id), Held::Student(debt.student_id)];
    let hold =
        held.iter().filter_map(|held| holds.get(held)).flatten().max_by_key(|hold| hold.kind);
    if let Some(hold) = hold {
        return Err(Some(Why::Held(hold.kind, hold.until)));
    }
    if question.with_credit.contains(&debt.student_id) {
        return Err(Some(Why::Credit));
    }
    level.map_err(Some)
}

/// Before and on the due date: a friendly note, once.
fn ahead(question: &Question, debt: &Debt, past: Reached) -> Result<Level, Why> {
    let step = question.schedule.step(Level::Upcoming).filter(|_| past.level.is_none());
    let step = step.ok_or(Why::Finished)?;
    let from = earlier(debt.due_date, step.days);
    if from <= question.day { Ok(step.level) } else { Err(Why::Waiting(step.level, from)) }
}

/// After the due date: the step above the last one made, when its waiting days have passed.
fn behind(question: &Question, debt: &Debt, past: Reached) -> Result<Level, Why> {
    let step = question.schedule.step_after(past.level).ok_or(Why::Finished)?;
    let from = later(past.deadline.unwrap_or(debt.due_date).max(debt.due_date), step.days);
    if from <= question.day { Ok(step.level) } else { Err(Why::Waiting(step.level, from)) }
}

fn later(day: NaiveDate, days: u16) -> NaiveDate {
    day.checked_add_days(Days::new(days.into())).unwrap_or(NaiveDate::MAX)
}

fn earlier(day: NaiveDate, days: u16) -> NaiveDate {
    day.checked_sub_days(Days::new(days.into())).unwrap_or(NaiveDate::MIN)
}

fn message(
    question: &Question,
    past: &Past,
    ((student_id, payer_id), level): (Addressee, Level),
    debts: Vec<Debt>,
) -> Result<Option<Message>, MoneyError> {
    let Some(first) = debts.first() else { return Ok(None) };
    let total = Money::sum(first.open.currency(), debts.iter().map(|debt| debt.open))?;
    let deadline = match level {
        Level::Upcoming => first.due_date,
        _ => later(question.day, question.schedule.deadline_days),
    };
    let asks = level != Level::Upcoming && total.currency() == question.currency;
    let fee = if asks { fee(question, past, &debts)? } else { None };
    let interest = if asks { interest(question, past, &debts)? } else { None };
    Ok(Some(Message { student_id, payer_id, level, debts, total, fee, interest, deadline }))
}

/// The interest of a message: that of each debt, each rounded by itself.
fn interest(question: &Question, past: &Past, debts: &[Debt]) -> Result<Option<Money>, MoneyError> {
    let rules = InterestRules::of(question.rules.country);
    let Some(rules) = rules.filter(|_| question.schedule.with_interest) else { return Ok(None) };
    let mut sum: Option<Money> = None;
    for debt in debts {
        let claim = LateClaim {
            open: debt.open,
            issue_date: debt.issue_date,
            due_date: debt.due_date,
            reminded_on: past.debts.get(&debt.key()).and_then(|known| known.reminded_on),
        };
        let on = (question.day, question.schedule.own_rates.as_slice());
        if let Some(interest) = rules.interest(debt.debtor, &claim, on)? {
            sum = Some(sum.map_or(Ok(interest), |sum| sum.plus(interest))?);
        }
    }
    Ok(sum)
}

/// The fee of a message: of all invoices that still allow one the smallest, or their sum, as the
/// country counts.
fn fee(question: &Question, past: &Past, debts: &[Debt]) -> Result<Option<Money>, MoneyError> {
    let rules = question.rules;
    if !question.schedule.with_fees {
        return Ok(None);
    }
    let allowed = debts
        .iter()
        .filter(|debt| past.fees.get(&debt.invoice_id).is_none_or(|fees| *fees < rules.most_fees));
    let fees =
        allowed.filter_map(|debt| rules.fee(debt.debtor, debt.due_date, debt.open, question.day));
    let mut sum: Option<Money> = None;
    for fee in fees {
        sum = Some(match (sum, rules.fee_per) {
            (None, _) => fee,
            (Some(sum), FeePer::Invoice) => sum.plus(fee)?,
            (Some(sum), FeePer::Message) => sum.smaller(fee)?,
        });
    }
    Ok(sum.filter(|fee| fee.is_positive()))
}
