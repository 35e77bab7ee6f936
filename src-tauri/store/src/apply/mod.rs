//! From facts to the tables that screens ask.
//!
//! Applying is idempotent and commutative: rows are inserted once by id, of master data the later
//! clock wins, and every balance is worked out anew from the rows it follows from. Kinds are
//! applied in the order of their causes, so that the order within one call does not matter.

mod charges;
mod documents;
mod erasing;
mod exchange;
mod gates;
pub(crate) mod holdings;
mod ledger;
mod masters;
mod money;
mod outside;
mod packages;
mod payers;
pub(crate) mod plans;
mod recurring;
mod reminders;
mod returning;
mod sales;
mod settling;
mod students;
pub(crate) mod taken_back;

use crate::error::StoreError;
use crate::facts::append::Placed;
use crate::view::View;
use finance::fact::{Fact, FactBody};
use finance::ids::SchoolId;
use finance::{Currency, Money};
use sqlx::SqliteConnection;
use std::collections::BTreeSet;

/// What newly applied facts touched: their balances are worked out anew.
#[derive(Debug, Default)]
pub(crate) struct Touched {
    pub documents: BTreeSet<String>,
    pub payments: BTreeSet<String>,
    pub allocations: BTreeSet<String>,
    pub students: BTreeSet<String>,
    pub plans: BTreeSet<String>,
}

/// Ids as one bound value.
pub(crate) fn list(ids: &BTreeSet<String>) -> Result<String, StoreError> {
    Ok(serde_json::to_string(ids)?)
}

/// Refuses facts of another school or currency.
pub(crate) async fn check_owner(view: &mut View, facts: &[Fact]) -> Result<(), StoreError> {
    let begun = view.begun().await?;
    let first = facts.iter().find_map(|fact| match &fact.body {
        FactBody::SchoolSet(school) => Some((school.id, school.currency)),
        _ => None,
    });
    let (school, currency) = begun.or(first).ok_or(StoreError::CauseMissing)?;
    facts.iter().try_for_each(|fact| check_fact(fact, school, currency))
}

fn check_fact(fact: &Fact, book: SchoolId, currency: Currency) -> Result<(), StoreError> {
    let (school, used) = match &fact.body {
        FactBody::SchoolSet(school) => (school.id, Some(school.currency)),
        FactBody::DepartmentSet(department) => (department.school_id, None),
        FactBody::PaymentMethodSet(method) => {
            (method.school_id, method.surcharge.map(|surcharge| surcharge.fixed.currency()))
        }
        FactBody::SeriesOpened(series) => (series.school_id, None),
        FactBody::SeriesRuleSet(rule) => (rule.school_id, None),
        FactBody::LedgerAccountSet(account) => (account.school_id, None),
        FactBody::ExchangeRateSet(rate) => (rate.school_id, None),
        FactBody::ServiceSet(service) => (service.school_id, None),
        FactBody::StudentRegistered(student) => (student.school_id, None),
        FactBody::UserSet(user) => (user.school_id, None),
        FactBody::PayerSet(payer) => (payer.school_id, None),
        FactBody::InvoiceIssued(i) => (i.school_id, Some(i.books().gross().currency())),
        FactBody::CreditNoteIssued(c) => (c.school_id, Some(c.books().gross().currency())),
        FactBody::PaymentReceived(payment) => {
            (payment.school_id, Some(payment.in_base().currency()))
        }
        FactBody::MoneyAllocated(a) => {
            let base = a.worth.map_or(a.amount, |worth| worth.invoice_base);
            (a.school_id, Some(base.currency()))
        }
        FactBody::ReminderMade(r) => (r.school_id, r.fee.or(r.interest).map(Money::currency)),
        FactBody::ChargeRuleSet(rule) => (rule.school_id, None),
        FactBody::GateRuleSet(rule) => (rule.school_id, rule.currency()),
        FactBody::EventRecorded(recorded) => {
            let charge = recorded.charge.as_ref();
            (recorded.event.school_id, charge.map(|charge| charge.amount.currency()))
        }
        FactBody::EntitlementOpened(sold) => (sold.school_id, Some(sold.gross.currency())),
        FactBody::PackageDrawn(drawn) => (drawn.school_id, None),
        FactBody::DrawReturned(given) => (given.school_id, None),
        FactBody::EntitlementClosed(closing) => (closing.school_id, None),
        FactBody::EntitlementExtended(later) => (later.school_id, None),
        FactBody::MilestoneSet(m) => (m.school_id, Some(m.amount.currency())),
        FactBody::MilestoneOverridden(w) => (w.school_id, Some(w.missing.currency())),
        FactBody::RecurringSet(recurring) => (recurring.school_id, None),
        FactBody::AllocationReleased(release) => (release.school_id, None),
        FactBody::PaymentTurned(turn) => (turn.school_id, None),
        FactBody::RefundPaid(refund) => {
            (refund.school_id, Some(refund.base.unwrap_or(refund.amount).currency()))
        }
        FactBody::InvoiceWrittenOff(w) => {
            (w.school_id, Some(w.base.unwrap_or(w.amount).currency()))
        }
        FactBody::PlanAgreed(plan) => (plan.school_id, None),
        FactBody::PlanEnded(end) => (end.school_id, None),
        FactBody::ImportTakenBack(taken) => (taken.school_id, None),
        _ => (fact.school_id, None),
    };
    if fact.school_id != book || school != book {
        return Err(StoreError::WrongSchool);
    }
    if used.is_some_and(|used| used != currency) || !exchange::is_sound(&fact.body) {
        return Err(StoreError::WrongCurrency);
    }
    Ok(())
}

/// Applies facts that were just appended; `erased`: somebody in the book may have been erased.
pub(crate) async fn apply(
    conn: &mut SqliteConnection,
    placed: &[Placed<'_>],
    erased: bool,
) -> Result<(), StoreError> {
    let mut touched = Touched::default();
    masters::apply(conn, placed).await?;
    students::apply(conn, placed).await?;
    payers::apply(conn, placed).await?;
    gates::apply(conn, placed).await?;
    documents::apply(conn, placed, &mut touched).await?;
    ledger::apply(conn, placed).await?;
    sales::apply(conn, placed).await?;
    charges::apply(conn, placed).await?;
    taken_back::apply(conn, placed).await?;
    packages::apply(conn, placed).await?;
    money::apply(conn, placed, &mut touched).await?;
    recurring::apply(conn, placed).await?;
    reminders::apply(conn, placed).await?;
    returning::apply(conn, placed, &mut touched).await?;
    plans::apply(conn, placed, &mut touched).await?;
    outside::apply(conn, placed).await?;
    settling::settle(conn, &mut touched).await?;
    match erased {
        true => erasing::apply(conn, placed).await,
        false => Ok(()),
    }
}
