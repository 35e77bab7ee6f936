//! Receiving money, and saying what it settles.
//!
//! Never sets money against an invoice by itself: shares are proposed, and recorded as sent back.
//! Never records the same event of a gateway twice, nor what looks like the same money without a
//! person saying that it is other money.

use crate::actor::Actor;
use crate::balances;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::balances::AccountView;
use crate::wire::payments::{
    CheckShares, CreditView, OpenItemView, PaymentForm, PaymentFormView, PaymentView,
    RecordPayment, ShareInput, SharesChecked, UseCredit,
};
use crate::{invoices, methods, payments, students, typed};
use chrono::NaiveDate;
use finance::Money;
use finance::allocation::{self, Allocation, CreditSource, OpenItem, Share};
use finance::fact::FactBody;
use finance::ids::{AllocationId, InvoiceId, PaymentId, StudentId};
use finance::payment::{Payment, PaymentMethod, PaymentRejection};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use store::{UnusedCredit, View};

mod guard;
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
    let zero = Money::zero(office.school.currency);
    let typed_amount = request.amount.as_deref().filter(|text| !text.trim().is_empty());
    let amount = match typed_amount {
        Some(text) => typed::money("amount", text, office.school.currency)?,
        None => zero,
    };
    let mut view = office.store.read().await?;
    let student = students::demand(&mut view, student_id, office).await?;
    let items = view.open_items(student_id, office.today()).await?;
    let credits = view.unused_credits(student_id).await?;
    let methods = view.payment_methods().await?;
    let grosses = grosses(&mut view, &items).await?;
    let shares = propose(amount, &named, &items)?;
    let used = Money::sum(zero.currency(), shares.iter().map(|share| share.amount))?;
    let today = office.today();
    Ok(PaymentFormView {
        student: student.student.person.name,
        balance: student.balance.into(),
        shares: items.iter().map(|item| share_input(item, &shares, zero)).collect(),
        open_items: items
            .into_iter()
            .zip(grosses)
            .map(|(item, gross)| open_item(item, gross, today))
            .collect(),
        credits: credits.into_iter().map(|credit| credit_view(credit, &methods)).collect(),
        remaining: amount.minus(used)?.into(),
    })
}

async fn grosses(view: &mut View, items: &[OpenItem]) -> Result<Vec<Money>, Fault> {
    let mut grosses = Vec::with_capacity(items.len());
    for item in items {
        grosses.push(invoices::demand(view, item.invoice_id).await?.invoice.totals.gross);
    }
    Ok(grosses)
}

/// The invoice the person came from first, then those the reference names, then the oldest.
fn propose(amount: Money, named: &[InvoiceId], items: &[OpenItem]) -> Result<Vec<Share>, Fault> {
    let (mut left, mut shares) = (amount, Vec::new());
    let mut others = items.to_vec();
    for id in named {
        let place = others.iter().position(|item| item.invoice_id == *id);
        let Some(place) = place.filter(|_| left.is_positive()) else { continue };
        let item = others.remove(place);
        let share = Share { invoice_id: item.invoice_id, amount: left.smaller(item.open)? };
        left = left.minus(share.amount)?;
        shares.push(share);
    }
    shares.extend(allocation::oldest_first(left, &others)?);
    Ok(shares)
}

fn share_input(item: &OpenItem, shares: &[Share], zero: Money) -> ShareInput {
    let share = shares.iter().find(|share| share.invoice_id == item.invoice_id);
    let amount = share.map_or(zero, |share| share.amount);
    ShareInput { invoice_id: item.invoice_id.to_string(), amount: amount.amount().to_string() }
}

fn open_item(item: OpenItem, gross: Money, today: NaiveDate) -> OpenItemView {
    OpenItemView {
        invoice_id: item.invoice_id.to_string(),
        number: item.number,
        issue_date: item.issue_date.to_string(),
        due_date: item.due_date.to_string(),
        days_overdue: invoices::days_past(item.due_date, today),
        gross: gross.into(),
        open: item.open.into(),
    }
}

pub(crate) fn credit_view(credit: UnusedCredit, methods: &[PaymentMethod]) -> CreditView {
    let (source, source_id, label) = match credit.source {
        CreditSource::Payment(id) => {
            ("payment", id.to_string(), invoices::method_name(&credit.label, methods))
        }
        CreditSource::CreditNote(id) => ("credit_note", id.to_string(), credit.label),
    };
    CreditView {
        source: source.to_owned(),
        source_id,
        label,
        date: credit.date.to_string(),
        unused: credit.unused.into(),
    }
}

/// Shares as typed; those left empty or at nothing are left out.
fn read_shares(office: &Office, typed_shares: &[ShareInput]) -> Result<Vec<Share>, Fault> {
    if typed_shares.len() > 1_000 {
        return Err(Fault::new(Code::Invalid, "Too many shares.").at("shares").rule("too_many"));
    }
    let mut shares = Vec::with_capacity(typed_shares.len());
    for (place, share) in typed_shares.iter().enumerate() {
        if share.amount.trim().is_empty() {
            continue;
        }
        let field = format!("shares.{place}.amount");
        let amount = typed::money(&field, &share.amount, office.school.currency)?;
        let invoice_id = typed::id(&format!("shares.{place}.invoice_id"), &share.invoice_id)?;
        if !amount.is_zero() {
            shares.push(Share { invoice_id, amount });
        }
    }
    Ok(shares)
}

/// A refusal in the office's codes.
fn refused(rejection: &PaymentRejection) -> Fault {
    let fault = Fault::new(Code::CannotPay, rejection.to_string());
    match rejection {
        PaymentRejection::NotPositive => fault.rule("not_positive").at("amount"),
        PaymentRejection::OverAllocated { allocated, received } => fault
            .rule("over_allocated")
            .at("shares")
            .with("allocated", allocated.amount().to_string())
            .with("received", received.amount().to_string()),
        PaymentRejection::MoreThanOpen { invoice, open } => fault
            .rule("more_than_open")
            .at("shares")
            .with("invoice", invoice.clone())
            .with("open", open.amount().to_string()),
        PaymentRejection::WrongInvoice { invoice } => {
            fault.rule("wrong_invoice").at("shares").with("invoice", invoice.clone())
        }
    }
}

/// Checks typed shares; what is wrong with them is part of the answer.
pub async fn check_shares(
    office: &Office,
    _: &Actor,
    request: CheckShares,
) -> Result<SharesChecked, Fault> {
    let student_id: StudentId = typed::id("student_id", &request.student_id)?;
    let received = typed::money("amount", &request.amount, office.school.currency)?;
    let shares = read_shares(office, &request.shares)?;
    let mut view = office.store.read().await?;
    let student = students::demand(&mut view, student_id, office).await?;
    let items = view.open_items(student_id, office.today()).await?;
    let allocated = Money::sum(received.currency(), shares.iter().map(|share| share.amount))?;
    let problem = allocation::check_shares(received, &shares, &items).err();
    let problem = problem.map(|rejection| refused(&rejection));
    let small_rests = match problem {
        None => small::rests(office, &mut view, &shares, &items).await?,
        Some(_) => Vec::new(),
    };
    let method = request.method.as_deref();
    let surcharge = surcharge::shown(office, &mut view, method, (student_id, received)).await?;
    Ok(SharesChecked {
        allocated: allocated.into(),
        remaining: received.minus(allocated)?.into(),
        balance_now: student.balance.into(),
        balance_after: student.balance.minus(received)?.into(),
        open_after: open_after(&request.shares, &shares, &items, office)?,
        problem: problem.as_ref().and_then(|fault| fault.rule.clone()),
        problem_params: problem.map_or_else(BTreeMap::new, |fault| fault.params),
        small_rests,
        surcharge,
    })
}

fn open_after(
    typed_shares: &[ShareInput],
    shares: &[Share],
    items: &[OpenItem],
    office: &Office,
) -> Result<Vec<crate::wire::common::Money>, Fault> {
    let zero = Money::zero(office.school.currency);
    let open_after = typed_shares.iter().map(|typed_share| {
        let id: InvoiceId = typed::id("shares.invoice_id", &typed_share.invoice_id)?;
        let open = items.iter().find(|item| item.invoice_id == id).map_or(zero, |item| item.open);
        let own = shares.iter().filter(|share| share.invoice_id == id).map(|share| share.amount);
        Ok(open.minus(Money::sum(zero.currency(), own)?)?.into())
    });
    open_after.collect()
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
    let mut shares = read_shares(office, &request.shares)?;
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
            payment.amount = payment.amount.plus(sold.share.amount)?;
            bodies.extend(sold.bodies);
            shares.push(sold.share);
            items.push(sold.item);
        }
        guard::demand_new(&mut tx, &payment, &request).await?;
        let let_go = small::write_offs(office, &mut tx, &request, (&shares, &items)).await?;
        allocation::check_shares(payment.amount, &shares, &items)
            .map_err(|rejection| refused(&rejection))?;
        let allocations = shares.into_iter().map(|share| {
            FactBody::MoneyAllocated(Allocation {
                id: AllocationId(office.ids.new_id()),
                school_id: office.school.id,
                student_id: payment.student_id,
                source: CreditSource::Payment(id),
                invoice_id: share.invoice_id,
                amount: share.amount,
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
    Ok(Payment {
        id,
        school_id: office.school.id,
        department_id: student.student.department_id,
        student_id,
        method: method.code,
        received_on,
        amount: typed::money("amount", &request.amount, office.school.currency)?,
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
    let shares = read_shares(office, &request.shares)?;
    let date = typed::date("date", &request.date)?;
    let source = source(&request.source, &request.source_id)?;
    let mut tx = office.store.begin().await?;
    let (student_id, used) = owner(&mut tx, source).await?;
    if !used.contains(&allocation_id(id, 0)) {
        let credits = tx.unused_credits(student_id).await?;
        let unused = credits.into_iter().find(|credit| credit.source == source);
        let spent = || Fault::new(Code::CannotPay, "This credit is used up.").rule("used_up");
        let unused = unused.ok_or_else(spent)?.unused;
        if shares.is_empty() {
            let fault = Fault::new(Code::CannotPay, "Say what the credit is to settle.");
            return Err(fault.rule("no_shares").at("shares"));
        }
        let items = tx.open_items(student_id, office.today()).await?;
        allocation::check_shares(unused, &shares, &items)
            .map_err(|rejection| refused(&rejection))?;
        let bodies = shares.into_iter().enumerate().map(|(place, share)| {
            FactBody::MoneyAllocated(Allocation {
                id: allocation_id(id, place),
                school_id: office.school.id,
                student_id,
                source,
                invoice_id: share.invoice_id,
                amount: share.amount,
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
    let digest = Sha256::new()
        .chain_update(b"kontor allocation\0")
        .chain_update(request.as_bytes())
        .chain_update(place.to_be_bytes())
        .finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    AllocationId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}
