//! Money that was received there.
//!
//! Never the same money twice: its id there makes the payment's id here, and what looks like money
//! that a person recorded here already waits for a person.

use super::noted::{Noted, Three, amount, theirs};
use super::uses::{self, Use};
use super::{Reading, kept, taken_off};
use crate::exchange::Said;
use crate::export::key;
use crate::fault::{Code, Fault};
use crate::paying::{self, Unused};
use crate::students;
use finance::Money;
use finance::allocation::Share;
use finance::fact::FactBody;
use finance::ids::{PaymentId, StudentId};
use finance::mapping::MappedKind;
use finance::payment::Payment;
use providers::change::{RemoteChange, RemotePayment};
use std::collections::BTreeSet;
use store::Tx;
use store::exports::{ExportKind, HeldThere};

/// What of theirs pays something of ours.
struct Meant {
    student: StudentId,
    label: String,
    uses: Vec<Use>,
    /// All of it but what pays invoices that are not ours.
    amount: Money,
}

/// Who a payment is from, as far as we know.
enum Whose {
    Ours(Meant),
    /// A person must say, for this cause.
    Unclear(&'static str, Noted),
    /// Nobody we know.
    Nobody,
}

/// Takes money over that was received there, and what it pays.
pub(super) async fn take(
    tx: &mut Tx,
    reading: &Reading<'_>,
    told: &RemotePayment,
    insists: bool,
) -> Result<Noted, Fault> {
    let record = &told.record;
    let connection = reading.connection.id;
    let id = paying::id_of_event(reading.office, &reading.event(&record.id));
    if let Some(before) = tx.find_payment(id).await? {
        return again(tx, reading, told, before.payment).await;
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
    let meant = match whose(tx, reading, told).await? {
        Whose::Ours(meant) => meant,
        Whose::Unclear(cause, noted) => {
            let three = Three { theirs: theirs_of(told), ..Three::default() };
            return Ok(noted.conflict(cause, &three));
        }
        Whose::Nobody => return Ok(Noted::ignored()),
    };
    receive(tx, reading, (told, id), meant, insists).await
}

fn theirs_of(told: &RemotePayment) -> super::noted::Side {
    theirs(&RemoteChange::Payment(told.clone()))
}

async fn receive(
    tx: &mut Tx,
    reading: &Reading<'_>,
    (told, id): (&RemotePayment, PaymentId),
    meant: Meant,
    insists: bool,
) -> Result<Noted, Fault> {
    let noted = Noted {
        student: Some(meant.student),
        ours_id: Some(id.0),
        label: meant.label.clone(),
        ..Noted::default()
    };
    let three = || Three { theirs: theirs_of(told), ..Three::default() };
    let Some(method) = method(tx, reading, told.account.as_deref()).await? else {
        return Ok(noted.conflict("method_unknown", &three()));
    };
    let payment = payment(tx, reading, (told, id), &meant, method).await?;
    if !insists && let Some(twin) = tx.payment_twins(&payment).await?.into_iter().next() {
        let mut three = three();
        three.ours.insert("amount", amount(twin.payment.amount));
        three.ours.insert("date", twin.payment.received_on.to_string());
        three.ours.insert("reference", twin.payment.reference);
        return Ok(noted.conflict("maybe_twice", &three));
    }
    let items = tx.open_items(meant.student, reading.office.today()).await?;
    let shares: Vec<Share> = meant.uses.iter().map(Use::share).collect();
    let bodies = paying::received(reading.office, payment, &shares, &items)?;
    let mut bodies = bodies.into_iter();
    reading.office.record(tx, &reading.actor, bodies.next()).await?;
    // Before what it pays is recorded, so that this is known as used out of it.
    let is_held = hold(tx, reading, (told, id), meant.amount).await?;
    let paid: Vec<FactBody> = bodies.collect();
    reading.office.record(tx, &reading.actor, paid.clone()).await?;
    for body in paid.iter().filter(|_| is_held) {
        let FactBody::MoneyAllocated(one) = body else { continue };
        let Some(set) = meant.uses.iter().find(|it| it.invoice_id() == one.invoice_id) else {
            continue;
        };
        kept::note(tx, reading, told, set, (one.id, one.amount)).await?;
    }
    Ok(Noted { outcome: "taken", ..noted })
}

/// Notes that the company holds it as credit of a customer of ours, where it does.
async fn hold(
    tx: &mut Tx,
    reading: &Reading<'_>,
    (told, payment): (&RemotePayment, PaymentId),
    amount: Money,
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
        payment,
        part: key::part_id(&company, &payment.to_string(), 0),
        customer: (customer.document_id, customer.record),
        minor: amount.minor(),
        external_id: &told.record.id,
    };
    tx.note_held_there(held, reading.now_ms()).await?;
    Ok(true)
}

async fn payment(
    tx: &mut Tx,
    reading: &Reading<'_>,
    (told, id): (&RemotePayment, PaymentId),
    meant: &Meant,
    method: String,
) -> Result<Payment, Fault> {
    let office = reading.office;
    let record = &told.record;
    if record.date > office.today() {
        let fault = Fault::new(Code::CannotPay, "Money cannot arrive in the future.");
        return Err(fault.rule("in_future"));
    }
    let student = students::demand(tx, meant.student, office).await?.student;
    let base = Said { foreign: None, on: record.date }.worth(office, tx, meant.amount).await?;
    Ok(Payment {
        id,
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
        event: Some(reading.event(&record.id)),
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

async fn whose(tx: &mut Tx, reading: &Reading<'_>, told: &RemotePayment) -> Result<Whose, Fault> {
    let connection = reading.connection.id;
    let uses::Uses { ours: uses, others } = uses::of(tx, reading, told).await?;
    let amount = told.record.gross;
    let amount = amount.minus(Money::sum(amount.currency(), others)?)?;
    let mut students: BTreeSet<StudentId> =
        uses.iter().filter_map(|used| used.invoice.student).collect();
    let about = uses.last().map(|used| used.invoice.clone());
    let label = about.as_ref().map(|it| it.label.clone()).unwrap_or_default();
    let mut payer = None;
    if let (true, Some(contact)) = (students.is_empty(), &told.record.contact) {
        let customer = tx.our_side(connection, ExportKind::Customer, contact).await?;
        // What pays nobody's invoice is credit of the customer.
        if amount.is_positive() {
            students.extend(customer.as_ref().and_then(|it| it.student));
            payer = customer.filter(|it| it.student.is_none());
        }
    }
    let mut students = students.into_iter();
    Ok(match (students.next(), students.next(), payer) {
        (Some(student), None, _) => Whose::Ours(Meant { student, label, uses, amount }),
        (Some(_), Some(_), _) => {
            let noted = about.map_or_else(Noted::ignored, |ours| Noted::of("conflict", &ours));
            Whose::Unclear("several_students", noted)
        }
        (None, _, Some(payer)) => Whose::Unclear("whose_money", Noted::of("conflict", &payer)),
        (None, _, None) => Whose::Nobody,
    })
}

/// Money that came from there before is told once more: something was changed there, by a person or
/// by the system itself.
async fn again(
    tx: &mut Tx,
    reading: &Reading<'_>,
    told: &RemotePayment,
    payment: Payment,
) -> Result<Noted, Fault> {
    let noted = Noted {
        outcome: "same",
        student: Some(payment.student_id),
        ours_id: Some(payment.id.0),
        ..Noted::default()
    };
    let Whose::Ours(meant) = whose(tx, reading, told).await? else { return Ok(noted) };
    let noted = Noted { label: meant.label.clone(), ..noted };
    let is_same = meant.amount == payment.amount && meant.student == payment.student_id;
    let three = three_of(told, &payment);
    let part = tx.our_side(reading.connection.id, ExportKind::OnAccount, &told.record.id).await?;
    if let (Some(part), true) = (part, is_same) {
        let kept = tx.kept_uses(reading.connection.id, part.document_id).await?;
        let used = kept.map(|(_, used)| used).unwrap_or_default();
        let held = kept::Held { told, payment: payment.id, used };
        return kept::follow_all(tx, reading, &held, &meant.uses, (noted, &three)).await;
    }
    let shares: Vec<Share> = meant.uses.iter().map(Use::share).collect();
    let rows = tx.allocations_of_payment(payment.id).await?;
    let used: Vec<Share> = rows
        .into_iter()
        .filter(|row| row.ended_on.is_none())
        .map(|row| Share { invoice_id: row.allocation.invoice_id, amount: row.allocation.amount })
        .collect();
    if !is_same || used.iter().any(|share| !reaches(&shares, share)) {
        return Ok(noted.conflict("payment_changed", &three));
    }
    // What of it was unused pays something by now.
    let credits = tx.unused_credits(payment.student_id).await?;
    let source = finance::allocation::CreditSource::Payment(payment.id);
    let Some(credit) = credits.into_iter().find(|credit| credit.source == source) else {
        return Ok(Noted { outcome: "same", ..noted });
    };
    let more = more(&shares, &used)?;
    let items = tx.open_items(payment.student_id, reading.office.today()).await?;
    let unused = Unused { source, left: (credit.unused, credit.base), on: told.record.date };
    let on = unused.on.max(payment.received_on);
    let bodies = paying::settled(
        reading.office,
        (payment.student_id, Unused { on, ..unused }),
        &more,
        &items,
    )?;
    let outcome = if bodies.is_empty() { "same" } else { "taken" };
    let automatic = !bodies.is_empty();
    reading.office.record(tx, &reading.actor, bodies).await?;
    Ok(Noted { outcome, automatic, ..noted })
}

fn three_of(told: &RemotePayment, payment: &Payment) -> Three {
    let mut three = Three { theirs: theirs_of(told), ..Three::default() };
    three.ours.insert("amount", amount(payment.amount));
    three.ours.insert("date", payment.received_on.to_string());
    three.agreed.clone_from(&three.ours);
    three
}

fn reaches(theirs: &[Share], ours: &Share) -> bool {
    theirs.iter().any(|it| {
        it.invoice_id == ours.invoice_id
            && it.amount.minus(ours.amount).is_ok_and(|left| !left.is_negative())
    })
}

/// What they set against invoices beyond what we did.
fn more(theirs: &[Share], ours: &[Share]) -> Result<Vec<Share>, Fault> {
    let mut more = Vec::new();
    for share in theirs {
        let same = ours.iter().filter(|it| it.invoice_id == share.invoice_id);
        let known = Money::sum(share.amount.currency(), same.map(|it| it.amount))?;
        let amount = share.amount.minus(known)?;
        if amount.is_positive() {
            more.push(Share { invoice_id: share.invoice_id, amount });
        }
    }
    Ok(more)
}
