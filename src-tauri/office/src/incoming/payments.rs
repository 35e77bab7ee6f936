//! Money that was received there.
//!
//! Never the same money twice: its id there makes the payment's id here, and what looks like money
//! that a person recorded here already waits for a person.

use super::noted::{Noted, Three, amount, theirs};
use super::uses::Use;
use super::whose::{Known, Meant, Whose, whose};
use super::{Insists, Reading, again, kept, taken_off};
use crate::exchange::Said;
use crate::export::key;
use crate::fault::{Code, Fault};
use crate::paying;
use crate::students;
use finance::allocation::Share;
use finance::fact::FactBody;
use finance::mapping::MappedKind;
use finance::payment::Payment;
use providers::change::{RemoteChange, RemotePayment};
use std::collections::BTreeSet;
use store::Tx;
use store::exports::{ExportKind, HeldThere, shared};

/// Takes money over that was received there, and what it pays.
pub(super) async fn take(
    tx: &mut Tx,
    reading: &Reading<'_>,
    told: &RemotePayment,
    insists: Option<Insists>,
) -> Result<Noted, Fault> {
    let record = &told.record;
    let connection = reading.connection.id;
    let before = tx.payments_of_event(&reading.event(&record.id)).await?;
    if !before.is_empty() {
        let before = before.into_iter().map(|row| row.payment).collect();
        return again::take(tx, reading, told, before).await;
    }
    if let Some(ours) = tx.our_side(connection, ExportKind::Payment, &record.id).await? {
        return taken_off::of_ours(tx, reading, told, &ours).await;
    }
    if let Some(ours) = tx.our_side(connection, ExportKind::OnAccount, &record.id).await? {
        return kept::take(tx, reading, told, &ours).await;
    }
    // Sent by us, and its answer is still on its way.
    if key::reference_in(&record.reference).is_some() {
        return Ok(Noted { outcome: "ours", ..Noted::default() });
    }
    let known = Known { said: insists.and_then(|it| it.student), before: &[] };
    let meant = match whose(tx, reading, told, known).await? {
        Whose::Ours(meant) => meant,
        Whose::Unclear(cause, noted) => {
            let three = Three { theirs: theirs_of(told), ..Three::default() };
            return Ok(noted.conflict(cause, &three));
        }
        Whose::Nobody => return Ok(Noted::ignored()),
    };
    receive(tx, reading, told, meant, insists).await
}

pub(super) fn theirs_of(told: &RemotePayment) -> super::noted::Side {
    theirs(&RemoteChange::Payment(told.clone()))
}

/// All of it or nothing: what stands against one share keeps the others from being recorded.
async fn receive(
    tx: &mut Tx,
    reading: &Reading<'_>,
    told: &RemotePayment,
    meant: Vec<Meant>,
    insists: Option<Insists>,
) -> Result<Noted, Fault> {
    let is_shared = meant.len() > 1;
    let first = meant.first();
    let mut noted = Noted {
        student: first.map(|it| it.student),
        label: first.map(|it| it.label.clone()).unwrap_or_default(),
        ..Noted::default()
    };
    let three = || Three { theirs: theirs_of(told), ..Three::default() };
    let Some(method) = method(tx, reading, told.account.as_deref()).await? else {
        return Ok(noted.conflict("method_unknown", &three()));
    };
    let mut checked = Vec::new();
    for one in meant {
        let named = (is_shared, method.clone());
        let payment = payment(tx, reading, told, &one, named).await?;
        noted.ours_id = noted.ours_id.or(Some(payment.id.0));
        let twins = tx.payment_twins(&payment).await?;
        if let (None, Some(twin)) = (insists, twins.into_iter().next()) {
            let mut three = three();
            three.ours.insert("amount", amount(twin.payment.amount));
            three.ours.insert("date", twin.payment.received_on.to_string());
            three.ours.insert("reference", twin.payment.reference);
            return Ok(noted.conflict("maybe_twice", &three));
        }
        checked.push((one, payment));
    }
    for (one, payment) in checked {
        enter(tx, reading, told, &one, payment).await?;
    }
    Ok(Noted { outcome: "taken", ..noted })
}

/// Records a payment, and what it pays.
async fn enter(
    tx: &mut Tx,
    reading: &Reading<'_>,
    told: &RemotePayment,
    meant: &Meant,
    payment: Payment,
) -> Result<(), Fault> {
    let items = tx.open_items(meant.student, reading.office.today()).await?;
    let shares: Vec<Share> = meant.uses.iter().map(Use::share).collect();
    let mut bodies =
        paying::received(reading.office, payment.clone(), &shares, &items)?.into_iter();
    reading.office.record(tx, &reading.actor, bodies.next()).await?;
    // Before what it pays is recorded, so that this is known as used out of it.
    let is_held = hold(tx, reading, told, &payment).await?;
    let paid: Vec<FactBody> = bodies.collect();
    reading.office.record(tx, &reading.actor, paid.clone()).await?;
    for body in paid.iter().filter(|_| is_held) {
        let FactBody::MoneyAllocated(one) = body else { continue };
        let Some(set) = meant.uses.iter().find(|it| it.invoice_id() == one.invoice_id) else {
            continue;
        };
        kept::note(tx, reading, told, set, (one.id, one.amount)).await?;
    }
    Ok(())
}

/// Notes that the company holds it as credit of a customer of ours, where it does.
async fn hold(
    tx: &mut Tx,
    reading: &Reading<'_>,
    told: &RemotePayment,
    payment: &Payment,
) -> Result<bool, Fault> {
    let connection = reading.connection;
    let Some(contact) = told.record.contact.as_ref().filter(|_| told.on_account) else {
        return Ok(false);
    };
    let customer = tx.our_side(connection.id, ExportKind::Customer, contact).await?;
    // Credit of one customer that stands for all students would be anybody's.
    let customer = customer.filter(|it| it.document_id != connection.id.0);
    let Some(customer) = customer else { return Ok(false) };
    let company = format!("{}/{}", connection.provider, connection.remote_company_id);
    let held = HeldThere {
        payment: payment.id,
        part: key::part_id(&company, &payment.id.to_string(), 0),
        customer: (customer.document_id, customer.record),
        minor: payment.amount.minor(),
        external_id: reading.known_as(payment),
    };
    tx.note_held_there(held, reading.now_ms()).await?;
    Ok(true)
}

async fn payment(
    tx: &mut Tx,
    reading: &Reading<'_>,
    told: &RemotePayment,
    meant: &Meant,
    (is_shared, method): (bool, String),
) -> Result<Payment, Fault> {
    let office = reading.office;
    let record = &told.record;
    let event = match is_shared {
        true => reading.event(&shared::share(&record.id, meant.student)),
        false => reading.event(&record.id),
    };
    if record.date > office.today() {
        let fault = Fault::new(Code::CannotPay, "Money cannot arrive in the future.");
        return Err(fault.rule("in_future"));
    }
    let student = students::demand(tx, meant.student, office).await?.student;
    let base = Said { foreign: None, on: record.date }.worth(office, tx, meant.amount).await?;
    Ok(Payment {
        id: paying::id_of_event(office, &event),
        school_id: office.school.id,
        department_id: student.department_id,
        student_id: meant.student,
        method,
        received_on: record.date,
        amount: meant.amount,
        base,
        reference: record.reference.chars().take(crate::typed::SHORT).collect(),
        note: String::new(),
        pending: false,
        event: Some(event),
    })
}

/// The way to pay whose money goes to this account there; where they name none, the only one that
/// is mapped.
async fn method(
    tx: &mut Tx,
    reading: &Reading<'_>,
    account: Option<&str>,
) -> Result<Option<String>, Fault> {
    let active = tx.payment_methods().await?.into_iter().filter(|method| method.active);
    let active: BTreeSet<String> = active.map(|method| method.code).collect();
    let mapped = tx.mappings(reading.connection.id).await?.into_iter().filter(|mapping| {
        mapping.kind == MappedKind::PaymentMethod && active.contains(&mapping.local_key)
    });
    let fits =
        mapped.filter(|mapping| account.is_none() || mapping.remote_code.as_deref() == account);
    let found: BTreeSet<String> = fits.map(|mapping| mapping.local_key).collect();
    let is_sure = account.is_some() || found.len() == 1;
    Ok(found.into_iter().next().filter(|_| is_sure))
}
