//! What others do with money on account that we told comes back once, and the money itself never.

use super::{conflicts, gbp, invoice_there, open, open_after, payments, read, sent, there, write};
use finance::allocation::{Allocation, CreditSource};
use finance::fact::FactBody;
use finance::ids::{AllocationId, PaymentId};
use finance::payment::Payment;
use providers::document::{AllocationDocument, ExportDocument, HeldAs};
use simulators::qbo::QboSimulator;
use simulators::sage::SageSimulator;
use simulators::xero::XeroSimulator;
use store::exports::ExportKind;
use support::engine::Bench;
use support::exporting::{self, day, invoice_id};
use support::system::System;
use uuid::Uuid;

const MONEY: PaymentId = PaymentId(Uuid::from_u128(0xE2_0001));

/// Three invoices that are there, and money of their student that no invoice takes.
async fn with_money<S: System>() -> Bench<S> {
    let bench = sent::<S>().await;
    let invoice = exporting::invoice(0, 1);
    let received = FactBody::PaymentReceived(Payment {
        id: MONEY,
        school_id: invoice.school_id,
        department_id: None,
        student_id: invoice.student_id,
        method: "bank".to_owned(),
        received_on: day(),
        amount: gbp(8_000),
        base: None,
        reference: String::new(),
        note: String::new(),
        pending: false,
        event: None,
    });
    exporting::record(&bench.store, &bench.facts, vec![received]).await;
    bench.run_until_quiet().await;
    bench
}

/// Somebody over there sets an amount of it against an invoice.
async fn use_there<S: System>(bench: &Bench<S>, place: usize, minor: i64) {
    let kept = there(bench, ExportKind::OnAccount).await;
    let applied = AllocationDocument {
        reference: "by hand".to_owned(),
        credit_note: kept.into_values().next().expect("money on account"),
        held_as: HeldAs::OnAccount,
        invoice: invoice_there(bench, place).await,
        date: day(),
        amount: gbp(minor),
    };
    let key = 400 + u32::try_from(place).expect("few");
    write(bench, key, ExportDocument::CreditAllocation(applied)).await;
}

async fn what_is_used_there_comes_once<S: System>() {
    let bench = with_money::<S>().await;
    use_there(&bench, 0, 2_000).await;
    let before = bench.sim.ledger();
    for _ in 0..2 {
        read(&bench).await;
    }
    assert!(conflicts(&bench).await.is_empty(), "{:?}", conflicts(&bench).await);
    let taken = payments(&bench).await;
    assert_eq!((taken.len(), taken[0].unallocated), (1, gbp(6_000)), "the money came from here");
    assert_eq!(open(&bench, 0).await, open_after(0, 2_000));
    bench.run_until_quiet().await;
    assert_eq!(bench.sim.ledger(), before, "nothing goes back");
    assert_eq!(bench.counts().await.attention, 0, "{:?}", bench.causes().await);
}

async fn what_both_sides_did_is_not_told_again<S: System>() {
    let bench = with_money::<S>().await;
    let invoice = exporting::invoice(1, 1);
    let used = FactBody::MoneyAllocated(Allocation {
        id: AllocationId(Uuid::from_u128(0xE4_0001)),
        school_id: invoice.school_id,
        student_id: invoice.student_id,
        source: CreditSource::Payment(MONEY),
        invoice_id: invoice_id(1),
        amount: gbp(1_000),
        worth: None,
        allocated_on: day(),
    });
    exporting::record(&bench.store, &bench.facts, vec![used]).await;
    use_there(&bench, 1, 1_000).await;
    let before = bench.sim.ledger();
    read(&bench).await;
    assert!(conflicts(&bench).await.is_empty(), "{:?}", conflicts(&bench).await);
    bench.run_until_quiet().await;
    assert_eq!((bench.sim.ledger(), open(&bench, 1).await), (before, open_after(1, 1_000)));
    assert_eq!(bench.counts().await.attention, 0, "{:?}", bench.causes().await);
}

/// More was used there than is left here: a person decides.
async fn what_was_used_here_meanwhile_is_a_conflict<S: System>() {
    let bench = with_money::<S>().await;
    let invoice = exporting::invoice(1, 1);
    let used = FactBody::MoneyAllocated(Allocation {
        id: AllocationId(Uuid::from_u128(0xE4_0002)),
        school_id: invoice.school_id,
        student_id: invoice.student_id,
        source: CreditSource::Payment(MONEY),
        invoice_id: invoice_id(1),
        amount: gbp(7_000),
        worth: None,
        allocated_on: day(),
    });
    exporting::record(&bench.store, &bench.facts, vec![used]).await;
    use_there(&bench, 0, 2_000).await;
    read(&bench).await;
    let odd = conflicts(&bench).await;
    assert_eq!(odd.iter().map(|it| it.cause.as_str()).collect::<Vec<_>>(), ["credit_used"]);
    assert_eq!(open(&bench, 0).await, open_after(0, 0));
}

#[tokio::test]
async fn credit_used_in_xero_comes_once_and_its_money_never() {
    what_is_used_there_comes_once::<XeroSimulator>().await;
}

#[tokio::test]
async fn credit_used_on_both_sides_of_xero_is_not_told_again() {
    what_both_sides_did_is_not_told_again::<XeroSimulator>().await;
}

#[tokio::test]
async fn credit_used_in_sage_comes_once_and_its_money_never() {
    what_is_used_there_comes_once::<SageSimulator>().await;
}

#[tokio::test]
async fn credit_used_on_both_sides_of_sage_is_not_told_again() {
    what_both_sides_did_is_not_told_again::<SageSimulator>().await;
}

#[tokio::test]
async fn credit_used_in_sage_beyond_what_is_left_here_is_a_conflict() {
    what_was_used_here_meanwhile_is_a_conflict::<SageSimulator>().await;
}

#[tokio::test]
async fn credit_used_in_xero_beyond_what_is_left_here_is_a_conflict() {
    what_was_used_here_meanwhile_is_a_conflict::<XeroSimulator>().await;
}

#[tokio::test]
async fn credit_used_in_quickbooks_comes_once_and_its_money_never() {
    what_is_used_there_comes_once::<QboSimulator>().await;
}

#[tokio::test]
async fn credit_used_on_both_sides_of_quickbooks_is_not_told_again() {
    what_both_sides_did_is_not_told_again::<QboSimulator>().await;
}

#[tokio::test]
async fn credit_used_in_quickbooks_beyond_what_is_left_here_is_a_conflict() {
    what_was_used_here_meanwhile_is_a_conflict::<QboSimulator>().await;
}
