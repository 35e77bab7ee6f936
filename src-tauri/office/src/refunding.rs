//! Paying credit back.
//!
//! Never more than is unused, and never money that is not there: a refund comes out of payments and
//! credit notes, the oldest first unless a person names them.

use crate::actor::Actor;
use crate::exchange::Said;
use crate::fault::{Code, Fault};
use crate::marks::Marks;
use crate::office::Office;
use crate::wire::exchange::MoneyBase;
use crate::wire::returned::{
    CreditRef, PayRefund, RefundForm, RefundFormView, RefundPartView, RefundRequest, RefundView,
};
use crate::{exchange, invoices, paying, returning, students, typed};
use finance::allocation::CreditSource;
use finance::fact::FactBody;
use finance::ids::{RefundId, StudentId};
use finance::payment::PaymentMethod;
use finance::refund::{self, Credit, Refund, RefundPart, RefundRejection};
use finance::{Currency, Money};
use std::collections::{BTreeMap, BTreeSet};
use store::{UnusedCredit, View};

/// A refusal in the office's codes.
pub(crate) fn refused(rejection: &RefundRejection) -> Fault {
    let fault = Fault::new(Code::CannotPay, rejection.to_string());
    match rejection {
        RefundRejection::NotPositive => fault.rule("not_positive").at("amount"),
        RefundRejection::MoreThanUnused { unused } => {
            fault.rule("more_than_unused").at("amount").with("unused", unused.amount().to_string())
        }
        RefundRejection::WrongCredit => fault.rule("used_up").at("sources"),
        RefundRejection::TooEarly => fault.rule("too_early").at("paid_on"),
        RefundRejection::NoReason => fault.rule("no_reason").at("reason"),
    }
}

/// Credit of a student that may be paid back: all of a currency, or what a person named.
struct Choice {
    currency: Currency,
    credits: Vec<UnusedCredit>,
    /// Currencies in which there is credit.
    currencies: BTreeSet<Currency>,
}

/// The credit a person means: of the currency named, or else that of the credits named.
async fn choice(
    office: &Office,
    view: &mut View,
    student: StudentId,
    (currency, wanted): (Option<&str>, &[CreditRef]),
) -> Result<Choice, Fault> {
    let all = view.unused_credits(student).await?;
    let currencies = all.iter().map(|credit| credit.unused.currency()).collect();
    let typed = currency.filter(|text| !text.trim().is_empty());
    let chosen = named(&all, wanted)?;
    let currency = match (typed, chosen.first()) {
        (None, Some(first)) => first.unused.currency(),
        _ => exchange::optional_currency(office, typed)?,
    };
    let mut credits = if wanted.is_empty() { all } else { chosen };
    credits.retain(|credit| credit.unused.currency() == currency);
    Ok(Choice { currency, credits, currencies })
}

fn named(all: &[UnusedCredit], wanted: &[CreditRef]) -> Result<Vec<UnusedCredit>, Fault> {
    let mut chosen = Vec::with_capacity(wanted.len());
    for one in wanted.iter().take(all.len() + 1) {
        let source = paying::source(&one.source, &one.source_id)?;
        let found = all.iter().find(|credit| credit.source == source);
        let new = chosen.iter().all(|credit: &UnusedCredit| credit.source != source);
        let found = found.filter(|_| new).ok_or_else(|| refused(&RefundRejection::WrongCredit))?;
        chosen.push(found.clone());
    }
    Ok(chosen)
}

/// Credit that may be paid back, as the rule that takes of it wants it.
pub(crate) fn offered(credits: &[UnusedCredit]) -> Vec<Credit> {
    let credit = |credit: &UnusedCredit| Credit {
        source: credit.source,
        since: credit.date,
        unused: credit.unused,
        base: credit.base,
    };
    credits.iter().map(credit).collect()
}

/// What the refund page shows, with what an amount would come out of.
pub async fn refund_form(
    office: &Office,
    _: &Actor,
    request: RefundForm,
) -> Result<RefundFormView, Fault> {
    let student_id: StudentId = typed::id("student_id", &request.student_id)?;
    let on = typed::date("on", &request.on)?;
    let typed_amount = request.amount.as_deref().filter(|text| !text.trim().is_empty());
    let mut view = office.store.read().await?;
    let student = students::demand(&mut view, student_id, office).await?;
    let methods = view.payment_methods().await?;
    let asked = (request.currency.as_deref(), request.sources.as_slice());
    let Choice { currency, credits, currencies } =
        choice(office, &mut view, student_id, asked).await?;
    let amount = typed_amount.map(|text| typed::money("amount", text, currency)).transpose()?;
    let rate = exchange::rate_on(office, &mut view, currency, on).await?;
    let base = amount.zip(rate).map(|(amount, rate)| rate.worth(amount)).transpose()?;
    let unused = Money::sum(currency, credits.iter().map(|credit| credit.unused))?;
    let taken = amount.map(|amount| refund::take(amount, on, &offered(&credits))).transpose();
    let (parts, problem) = match taken {
        Ok(parts) => (parts.unwrap_or_default(), None),
        Err(rejection) => (Vec::new(), Some(refused(&rejection))),
    };
    let own = office.school.currency;
    let taken = if currency == own { amount } else { Some(worth(&parts, own)?) };
    let parts = parts.iter().map(|part| part_view(part, &labels(&credits), &methods)).collect();
    Ok(RefundFormView {
        student: student.student.person.name,
        balance: student.balance.into(),
        balance_after: student.balance.plus(taken.unwrap_or(Money::zero(own)))?.into(),
        currency: currency.to_string(),
        currencies: currencies.iter().map(ToString::to_string).collect(),
        base: base.map(Into::into),
        credits: credits.into_iter().map(|it| paying::credit_view(it, &methods)).collect(),
        unused: unused.into(),
        parts,
        problem: problem.as_ref().and_then(|fault| fault.rule.clone()),
        problem_params: problem.map_or_else(BTreeMap::new, |fault| fault.params),
    })
}

/// What parts take in the currency of the books.
fn worth(parts: &[RefundPart], base: Currency) -> Result<Money, Fault> {
    let worths = parts.iter().map(|part| part.base.unwrap_or(part.amount));
    Ok(Money::sum(base, worths)?)
}

/// Number of the credit note, or code of the payment's method, by credit.
type Labels = Vec<(CreditSource, String)>;

fn labels(credits: &[UnusedCredit]) -> Labels {
    credits.iter().map(|credit| (credit.source, credit.label.clone())).collect()
}

fn part_view(part: &RefundPart, labels: &Labels, methods: &[PaymentMethod]) -> RefundPartView {
    let found = labels.iter().find(|(source, _)| *source == part.source);
    let label = found.map_or("", |(_, label)| label);
    let (source, source_id, label) = match part.source {
        CreditSource::Payment(id) => {
            ("payment", id.to_string(), invoices::method_name(label, methods))
        }
        CreditSource::CreditNote(id) => ("credit_note", id.to_string(), label.to_owned()),
    };
    let source = source.to_owned();
    RefundPartView { source, source_id, label, amount: part.amount.into() }
}

/// Records money paid back; asked twice with the same id, once.
pub async fn pay_refund(
    office: &Office,
    actor: &Actor,
    request: PayRefund,
) -> Result<RefundView, Fault> {
    let id: RefundId = typed::id("id", &request.id)?;
    let mut tx = office.store.begin().await?;
    if tx.find_refund(id).await?.is_none() {
        let refund = read(office, &mut tx, id, &request).await?;
        office.record(&mut tx, actor, [FactBody::RefundPaid(refund)]).await?;
        tx.commit().await?;
    } else {
        drop(tx);
    }
    show(office, id).await
}

async fn read(
    office: &Office,
    view: &mut View,
    id: RefundId,
    request: &PayRefund,
) -> Result<Refund, Fault> {
    let student_id: StudentId = typed::id("student_id", &request.student_id)?;
    students::demand(view, student_id, office).await?;
    let methods = view.payment_methods().await?;
    let method = methods.into_iter().find(|method| method.code == request.method && method.active);
    let method = method.ok_or_else(|| {
        Fault::new(Code::CannotPay, "There is no such payment method.").rule("method").at("method")
    })?;
    let paid_on = returning::past_day(office, "paid_on", &request.paid_on)?;
    let foreign = request.foreign.as_ref();
    let currency = foreign.map(|foreign| foreign.currency.as_str());
    let asked = (currency, request.sources.as_slice());
    let Choice { currency, credits, .. } = choice(office, view, student_id, asked).await?;
    let amount = typed::money("amount", &request.amount, currency)?;
    let base = Said { foreign, on: paid_on }.worth(office, view, amount).await?;
    let parts = refund::take(amount, paid_on, &offered(&credits))
        .map_err(|rejection| refused(&rejection))?;
    Ok(Refund {
        id,
        school_id: office.school.id,
        student_id,
        method: method.code,
        paid_on,
        amount,
        base,
        parts,
        reference: typed::text("reference", &request.reference, typed::SHORT)?,
        reason: typed::required("reason", &request.reason, typed::LINE)?,
    })
}

/// A refund.
pub async fn find_refund(
    office: &Office,
    _: &Actor,
    request: RefundRequest,
) -> Result<RefundView, Fault> {
    show(office, typed::id("id", &request.id)?).await
}

async fn show(office: &Office, id: RefundId) -> Result<RefundView, Fault> {
    let mut view = office.store.read().await?;
    let missing = || Fault::new(Code::NotFound, "There is no such refund.").rule("refund");
    let refund = view.find_refund(id).await?.ok_or_else(missing)?;
    let student = students::demand(&mut view, refund.student_id, office).await?;
    let methods = view.payment_methods().await?;
    let labels = names(&mut view, &refund).await?;
    let marks = Marks::read(&mut view, &[id.0]).await?;
    let base = match refund.base {
        Some(paid) => Some(MoneyBase {
            amount: paid.into(),
            unallocated: None,
            gain: worth(&refund.parts, paid.currency())?.minus(paid)?.into(),
        }),
        None => None,
    };
    Ok(RefundView {
        id: refund.id.to_string(),
        student_id: refund.student_id.to_string(),
        student: student.student.person.name,
        method_name: invoices::method_name(&refund.method, &methods),
        method: refund.method,
        paid_on: refund.paid_on.to_string(),
        amount: refund.amount.into(),
        base,
        parts: refund.parts.iter().map(|part| part_view(part, &labels, &methods)).collect(),
        reference: refund.reference,
        reason: refund.reason,
        exports: marks.views(&[id.0]),
    })
}

/// What its parts are called.
async fn names(view: &mut View, refund: &Refund) -> Result<Labels, Fault> {
    let mut names = Labels::new();
    for part in &refund.parts {
        let name = match part.source {
            CreditSource::Payment(id) => view.find_payment(id).await?.map(|row| row.payment.method),
            CreditSource::CreditNote(id) => {
                view.find_credit_note(id).await?.map(|row| row.credit_note.number.text)
            }
        };
        names.push((part.source, name.unwrap_or_default()));
    }
    Ok(names)
}
