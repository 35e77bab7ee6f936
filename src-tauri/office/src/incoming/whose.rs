//! Who of ours money of theirs is from, and how much of it.
//!
//! Never guesses between students: what pays an invoice is its student's, and a rest that may be
//! anybody's is for a person to say.

use super::Reading;
use super::noted::Noted;
use super::uses::{self, Use};
use crate::fault::Fault;
use finance::Money;
use finance::ids::StudentId;
use providers::change::RemotePayment;
use std::collections::BTreeMap;
use store::exports::ExportKind;
use store::{OurSide, Tx};

/// What of theirs is a student's.
pub(super) struct Meant {
    pub student: StudentId,
    /// An invoice that it pays, or empty.
    pub label: String,
    pub uses: Vec<Use>,
    /// All that is the student's, used or not.
    pub amount: Money,
}

/// Who a payment is from, as far as we know.
pub(super) enum Whose {
    /// One student, or the share of each.
    Ours(Vec<Meant>),
    /// A person must say, for this cause.
    Unclear(&'static str, Noted),
    /// Nobody we know.
    Nobody,
}

/// What is known of whose a rest is.
#[derive(Clone, Copy, Default)]
pub(super) struct Known<'a> {
    /// As a person said.
    pub said: Option<StudentId>,
    /// What each student was thought to have of it before.
    pub before: &'a [(StudentId, Money)],
}

impl Known<'_> {
    /// Whose a rest was before: who had more than what is used.
    fn holder(&self, shares: &BTreeMap<StudentId, Vec<Use>>) -> Option<StudentId> {
        let has_more = |(student, amount): &&(StudentId, Money)| {
            let used = shares.get(student).map_or(0, |uses| minor(uses));
            amount.minor() > used
        };
        self.said.or_else(|| self.before.iter().find(has_more).map(|(student, _)| *student))
    }
}

fn minor(uses: &[Use]) -> i64 {
    uses.iter().map(|it| it.amount.minor()).sum()
}

/// Whose money of theirs is.
pub(super) async fn whose(
    tx: &mut Tx,
    reading: &Reading<'_>,
    told: &RemotePayment,
    known: Known<'_>,
) -> Result<Whose, Fault> {
    let uses::Uses { ours, others } = uses::of(tx, reading, told).await?;
    let gross = told.record.gross;
    // What pays the invoices of others is not ours to count.
    let amount = gross.minus(Money::sum(gross.currency(), others)?)?;
    let about = ours.last().map(|used| used.invoice.clone());
    let mut shares: BTreeMap<StudentId, Vec<Use>> = BTreeMap::new();
    for used in ours {
        if let Some(student) = used.invoice.student {
            shares.entry(student).or_default().push(used);
        }
    }
    if let (1, Some((student, uses))) = (shares.len(), shares.first_key_value()) {
        let (student, label) = (*student, label(uses));
        let uses = shares.remove(&student).unwrap_or_default();
        return Ok(Whose::Ours(vec![Meant { student, label, uses, amount }]));
    }
    let used = Money::from_minor(shares.values().map(|uses| minor(uses)).sum(), gross.currency());
    let rest = amount.minus(used)?;
    if rest.is_positive() {
        let customer = customer(tx, reading, told).await?;
        let student = customer.as_ref().and_then(|it| it.student);
        let Some(holder) = student.or_else(|| known.holder(&shares)) else {
            return Ok(unclear(about, customer));
        };
        shares.entry(holder).or_default();
        return Ok(Whose::Ours(apart(shares, (holder, rest))?));
    }
    match shares.pop_first() {
        None => Ok(Whose::Nobody),
        Some((first, uses)) => {
            shares.insert(first, uses);
            Ok(Whose::Ours(apart(shares, (first, rest))?))
        }
    }
}

/// Each with what is used of theirs, and the rest with whose it is.
fn apart(
    shares: BTreeMap<StudentId, Vec<Use>>,
    (holder, rest): (StudentId, Money),
) -> Result<Vec<Meant>, Fault> {
    let one = |(student, uses): (StudentId, Vec<Use>)| {
        let used = Money::from_minor(minor(&uses), rest.currency());
        let amount = if student == holder { used.plus(rest)? } else { used };
        Ok(Meant { student, label: label(&uses), uses, amount })
    };
    shares.into_iter().map(one).collect()
}

fn label(uses: &[Use]) -> String {
    uses.last().map(|it| it.invoice.label.clone()).unwrap_or_default()
}

async fn customer(
    tx: &mut Tx,
    reading: &Reading<'_>,
    told: &RemotePayment,
) -> Result<Option<OurSide>, Fault> {
    let Some(contact) = &told.record.contact else { return Ok(None) };
    Ok(tx.our_side(reading.connection.id, ExportKind::Customer, contact).await?)
}

/// Somebody's, and whose is not known: of several students, or of a payer who has many.
fn unclear(about: Option<OurSide>, payer: Option<OurSide>) -> Whose {
    match (about, payer) {
        (Some(invoice), _) => Whose::Unclear("several_students", Noted::of("conflict", &invoice)),
        (None, Some(payer)) => Whose::Unclear("whose_money", Noted::of("conflict", &payer)),
        (None, None) => Whose::Nobody,
    }
}
