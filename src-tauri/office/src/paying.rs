//! Receiving money, and saying what it settles.
//!
//! Never sets money against an invoice by itself: shares are proposed, and recorded as sent back.
//! Never records the same event of a gateway twice, nor what looks like the same money without a
//! person saying that it is other money.

use crate::actor::Actor;
use crate::balances;
use crate::exchange::Said;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::balances::AccountView;
use crate::wire::payments::{
    CheckShares, PaymentForm, PaymentFormView, PaymentView, RecordPayment, SharesChecked, UseCredit,
};
use crate::{derived, exchange, methods, payments, show, students, typed};
use finance::allocation::{self, Allocation, CreditSource, OpenItem};
use finance::fact::FactBody;
use finance::ids::{AllocationId, InvoiceId, PaymentId, StudentId};
use finance::payment::Payment;
use finance::{Currency, Money};
use std::collections::{BTreeMap, BTreeSet};
use store::View;

pub(crate) use elsewhere::{Unused, received, settled};
pub(crate) use shares::credit_view;

mod elsewhere;
mod guard;
mod shares;
mod small;
mod surcharge;

/// What the payment page shows for a student.
pub async fn payment_form(
    office: &Office,
    _: &Actor,
    request: PaymentForm,
) -> Result<PaymentFormView, Fault> {
    let student_id: StudentId = typed::id("student_id", &request.student_id)?;
    let first: Option<InvoiceId> = typed::optional_id("invoice_id", request.invoice_id.as_deref())?;
    let referred = request.referred.iter().map(|id| typed::id("referred", id));
    let named: Vec<InvoiceId> =
        first.into_iter().map(Ok).chain(referred).collect::<Result<_, Fault>>()?;
    let today = office.today();
    let on = typed::optional_date("on", request.on.as_deref())?.unwrap_or(today);
    let mut view = office.store.read().await?;
    let student = students::demand(&mut view, student_id, office).await?;
    let all = view.open_items(student_id, today).await?;
    let credits = view.unused_credits(student_id).await?;
    let currency = form_currency(office, &request, (first, &all))?;
    let typed_amount = request.amount.as_deref().filter(|text| !text.trim().is_empty());
    let amount = typed_amount.map(|text| typed::money("amount", text, currency)).transpose()?;
    let rate = exchange::rate_on(office, &mut view, currency, on).await?;
    let base = amount.zip(rate).map(|(amount, rate)| rate.worth(amount)).transpose()?;
    let (zero, amount) = (Money::zero(currency), amount.unwrap_or(Money::zero(currency)));
    let owed = all.iter().map(|item| item.open).chain(credits.iter().map(|it| it.unused));
    let mut others: BTreeSet<Currency> = owed.map(Money::currency).collect();
    others.extend(exchange::known_on(&mut view, on).await?);
    others.remove(&office.school.currency);
    let currencies = std::iter::once(office.school.currency).chain(others);
    let items: Vec<OpenItem> =
        all.into_iter().filter(|item| item.open.currency() == currency).collect();
    let credits = credits.into_iter().filter(|credit| credit.unused.currency() == currency);
    let methods = view.payment_methods().await?;
    let grosses = shares::grosses(&mut view, &items).await?;
    let shares = shares::propose(amount, &named, &items)?;
    let used = Money::sum(currency, shares.iter().map(|share| share.amount))?;
    Ok(PaymentFormView {
        student: student.student.person.name,
        balance: student.balance.into(),
        currency: currency.to_string(),
        currencies: currencies.map(|it| it.to_string()).collect(),
        base: base.map(Into::into),
        rate: rate.map(|rate| show::number(rate.rate)),
        rate_on: rate.map(|rate| rate.on.to_string()),
        shares: items.iter().map(|item| shares::share_input(item, &shares, zero)).collect(),
        open_items: items
            .into_iter()
            .zip(grosses)
            .map(|(item, gross)| shares::open_item(item, gross, today))
            .collect(),
        credits: credits.map(|credit| credit_view(credit, &methods)).collect(),
        remaining: amount.minus(used)?.into(),
    })
}

/// As typed, or that of the invoice the person came from.
fn form_currency(
    office: &Office,
    request: &PaymentForm,
    (first, items): (Option<InvoiceId>, &[OpenItem]),
) -> Result<Currency, Fault> {
    let named = items.iter().find(|item| Some(item.invoice_id) == first);
    match (&request.currency, named) {
        (None, Some(item)) => Ok(item.open.currency()),
        (typed, _) => exchange::optional_currency(office, typed.as_deref()),
    }
}

/// Checks typed shares; what is wrong with them is part of the answer.
pub async fn check_shares(
    office: &Office,
    _: &Actor,
    request: CheckShares,
) -> Result<SharesChecked, Fault> {
    let student_id: StudentId = typed::id("student_id", &request.student_id)?;
    let currency = exchange::currency_of(office, request.foreign.as_ref())?;
    let received = typed::money("amount", &request.amount, currency)?;
    let shares = shares::read_shares(currency, &request.shares)?;
    let mut view = office.store.read().await?;
    let student = students::demand(&mut view, student_id, office).await?;
    let items = view.open_items(student_id, office.today()).await?;
    let allocated = Money::sum(currency, shares.iter().map(|share| share.amount))?;
    let problem = allocation::check_shares(received, &shares, &items).err();
    let problem = problem.map(|rejection| shares::refused(&rejection));
    let on = typed::optional_date("on", request.on.as_deref())?.unwrap_or(office.today());
    let said = Said { foreign: request.foreign.as_ref(), on };
    let (base, problem) = match said.worth(office, &mut view, received).await {
        Ok(base) => (base, problem),
        Err(fault) => (None, problem.or(Some(fault))),
    };
    let gain = match problem {
        None => {
            let worths = shares::worths((received, base), &shares, &items)?;
            shares::gain(&worths, office.school.currency)?
        }
        Some(_) => Money::zero(office.school.currency),
    };
    let small_rests = match problem {
        None => small::rests(office, &mut view, &shares, &items).await?,
        Some(_) => Vec::new(),
    };
    let is_own = currency == office.school.currency;
    let method = request.method.as_deref();
    let surcharge = surcharge::shown(office, &mut view, method, (student_id, received)).await?;
    let worth = if is_own { Some(received) } else { base };
    let balance_after = match worth {
        Some(worth) => student.balance.minus(worth)?.plus(gain)?,
        None => student.balance,
    };
    Ok(SharesChecked {
        allocated: allocated.into(),
        remaining: received.minus(allocated)?.into(),
        balance_now: student.balance.into(),
        balance_after: balance_after.into(),
        base: base.map(Into::into),
        gain: base.map(|_| gain.into()),
        open_after: shares::open_after(&request.shares, &shares, &items, Money::zero(currency))?,
        problem: problem.as_ref().and_then(|fault| fault.rule.clone()),
        problem_params: problem.map_or_else(BTreeMap::new, |fault| fault.params),
        small_rests,
        surcharge,
    })
}

/// Records money received with what it settles; asked twice with the same id, or told the same
/// event twice, once.
pub async fn record_payment(
    office: &Office,
    actor: &Actor,
    request: RecordPayment,
) -> Result<PaymentView, Fault> {
    let event = guard::event(&request)?;
    let id = match &event {
        Some(event) => guard::id_of(office, event),
        None => typed::id("id", &request.id)?,
    };
    let currency = exchange::currency_of(office, request.foreign.as_ref())?;
    let mut shares = shares::read_shares(currency, &request.shares)?;
    let mut tx = office.store.begin().await?;
    if let Some(before) = tx.find_payment(id).await? {
        drop(tx);
        if event.is_some() {
            guard::demand_same(office, &before.payment, &request)?;
        }
    } else {
        let mut payment = payment(office, &mut tx, id, &request).await?;
        let mut items = tx.open_items(payment.student_id, office.today()).await?;
        let mut bodies = Vec::new();
        if let Some(sold) = surcharge::sold(office, &mut tx, &payment, &request).await? {
            payment = payment.with_surcharge(sold.share.amount)?;
            bodies.extend(sold.bodies);
            shares.push(sold.share);
            items.push(sold.item);
        }
        guard::demand_new(&mut tx, &payment, &request).await?;
        let let_go = small::write_offs(office, &mut tx, &request, (&shares, &items)).await?;
        allocation::check_shares(payment.amount, &shares, &items)
            .map_err(|rejection| shares::refused(&rejection))?;
        let worths = shares::worths((payment.amount, payment.base), &shares, &items)?;
        let allocations = shares.into_iter().zip(worths).map(|(share, worth)| {
            FactBody::MoneyAllocated(Allocation {
                id: AllocationId(office.ids.new_id()),
                school_id: office.school.id,
                student_id: payment.student_id,
                source: CreditSource::Payment(id),
                invoice_id: share.invoice_id,
                amount: share.amount,
                worth,
                allocated_on: payment.received_on,
            })
        });
        bodies.push(FactBody::PaymentReceived(payment.clone()));
        bodies.extend(allocations);
        bodies.extend(let_go);
        office.record(&mut tx, actor, bodies).await?;
        tx.commit().await?;
    }
    payments::show(office, id).await
}

/// The identity of the payment that an event tells of.
pub(crate) fn id_of_event(office: &Office, event: &str) -> PaymentId {
    guard::id_of(office, event)
}

async fn payment(
    office: &Office,
    view: &mut View,
    id: PaymentId,
    request: &RecordPayment,
) -> Result<Payment, Fault> {
    let student_id: StudentId = typed::id("student_id", &request.student_id)?;
    let student = students::demand(view, student_id, office).await?;
    let cannot = |rule: &str, field: &str, message: &str| {
        Fault::new(Code::CannotPay, message).rule(rule).at(field)
    };
    let method = methods::active(view, &request.method).await?;
    let received_on = typed::date("received_on", &request.received_on)?;
    if received_on > office.today() {
        return Err(cannot("in_future", "received_on", "Money cannot arrive in the future."));
    }
    let pending = request.pending.unwrap_or_default();
    let settles = request.shares.iter().any(|share| !share.amount.trim().is_empty());
    if pending && settles {
        let message = "Money that has not arrived settles nothing yet.";
        return Err(cannot("pending_settles", "shares", message));
    }
    let foreign = request.foreign.as_ref();
    let amount = typed::money("amount", &request.amount, exchange::currency_of(office, foreign)?)?;
    let base = Said { foreign, on: received_on }.worth(office, view, amount).await?;
    Ok(Payment {
        id,
        school_id: office.school.id,
        department_id: student.student.department_id,
        student_id,
        method: method.code,
        received_on,
        amount,
        base,
        reference: typed::text("reference", &request.reference, typed::SHORT)?,
        note: typed::note("note", &request.note)?,
        pending,
        event: guard::event(request)?,
    })
}

/// Sets credit that is already there against invoices; asked twice with the same id, once.
pub async fn use_credit(
    office: &Office,
    actor: &Actor,
    request: UseCredit,
) -> Result<AccountView, Fault> {
    let id: uuid::Uuid = typed::id("id", &request.id)?;
    let date = typed::date("date", &request.date)?;
    let source = source(&request.source, &request.source_id)?;
    let mut tx = office.store.begin().await?;
    let (student_id, used) = owner(&mut tx, source).await?;
    if !used.contains(&allocation_id(id, 0)) {
        let credits = tx.unused_credits(student_id).await?;
        let unused = credits.into_iter().find(|credit| credit.source == source);
        let spent = || Fault::new(Code::CannotPay, "This credit is used up.").rule("used_up");
        let credit = unused.ok_or_else(spent)?;
        let shares = shares::read_shares(credit.unused.currency(), &request.shares)?;
        if shares.is_empty() {
            let fault = Fault::new(Code::CannotPay, "Say what the credit is to settle.");
            return Err(fault.rule("no_shares").at("shares"));
        }
        let items = tx.open_items(student_id, office.today()).await?;
        allocation::check_shares(credit.unused, &shares, &items)
            .map_err(|rejection| shares::refused(&rejection))?;
        let worths = shares::worths((credit.unused, credit.base), &shares, &items)?;
        let shares = shares.into_iter().zip(worths).enumerate();
        let bodies = shares.map(|(place, (share, worth))| {
            FactBody::MoneyAllocated(Allocation {
                id: allocation_id(id, place),
                school_id: office.school.id,
                student_id,
                source,
                invoice_id: share.invoice_id,
                amount: share.amount,
                worth,
                allocated_on: date,
            })
        });
        office.record(&mut tx, actor, bodies).await?;
        tx.commit().await?;
    } else {
        drop(tx);
    }
    balances::account(office, student_id).await
}

pub(crate) fn source(kind: &str, id: &str) -> Result<CreditSource, Fault> {
    let is_payment = typed::one_of("source", kind, &[("payment", true), ("credit_note", false)])?;
    Ok(if is_payment {
        CreditSource::Payment(typed::id("source_id", id)?)
    } else {
        CreditSource::CreditNote(typed::id("source_id", id)?)
    })
}

/// Whose credit it is, and the allocations it has made.
async fn owner(
    view: &mut View,
    source: CreditSource,
) -> Result<(StudentId, Vec<AllocationId>), Fault> {
    let missing = || Fault::new(Code::NotFound, "There is no such credit.").rule("credit");
    let (student_id, rows) = match source {
        CreditSource::Payment(id) => {
            let payment = view.find_payment(id).await?.ok_or_else(missing)?.payment;
            (payment.student_id, view.allocations_of_payment(id).await?)
        }
        CreditSource::CreditNote(id) => {
            let note = view.find_credit_note(id).await?.ok_or_else(missing)?.credit_note;
            (note.student_id, view.allocations_of_credit_note(id).await?)
        }
    };
    Ok((student_id, rows.into_iter().map(|row| row.allocation.id).collect()))
}

/// An identity that follows from the request's, so that asking again is recognised.
fn allocation_id(request: uuid::Uuid, place: usize) -> AllocationId {
    AllocationId(derived::id(&["allocation", &request.to_string(), &place.to_string()]))
}
