//! Credit and money of ours that a bookkeeper takes off an invoice again: a person is told, and frees
//! it here or tells the company once more.

use super::deciding::decide;
use super::held::{allocation_id, use_here};
use super::{
    THREE, conflicts, gbp, invoice_there, open, open_after, read, there, with_credit, write,
};
use crate::conformance::kept::Holds;
use finance::allocation::{Allocation, CreditSource};
use finance::fact::FactBody;
use finance::ids::CreditNoteId;
use office::wire::incoming::ConflictView;
use providers::document::{ExportDocument, HeldAs, RemovalDocument, Removed};
use simulators::qbo::QboSimulator;
use simulators::sage::SageSimulator;
use simulators::xero::XeroSimulator;
use store::exports::ExportKind;
use support::engine::Bench;
use support::exporting::{self, Wish, day, invoice_id};

/// Somebody there takes the only use of credit off its invoice.
async fn take_off<S: Holds>(bench: &Bench<S>, held_as: HeldAs, minor: i64) {
    bench.time.0.advance(chrono::TimeDelta::minutes(5));
    let holder = match held_as {
        HeldAs::CreditNote => ExportKind::CreditNote,
        _ => ExportKind::OnAccount,
    };
    let only = |kind| async move {
        let all = there(bench, kind).await;
        all.into_values().next().expect("one")
    };
    let removal = RemovalDocument {
        reference: "by hand".to_owned(),
        existing: only(ExportKind::CreditAllocation).await,
        removed: Removed::CreditAllocation {
            credit_note: only(holder).await,
            held_as,
            amount: gbp(minor),
        },
    };
    write(bench, 900, ExportDocument::Removal(removal)).await;
}

/// The only conflict, which lets a person free here what was taken off there.
async fn only<S: Holds>(bench: &Bench<S>, cause: &str) -> ConflictView {
    for _ in 0..2 {
        read(bench).await;
    }
    let found = conflicts(bench).await;
    let [conflict] = &found[..] else { panic!("one conflict: {found:?}") };
    assert_eq!((conflict.cause.as_str(), conflict.choices[0].as_str()), (cause, "release"));
    conflict.clone()
}

async fn all_is_quiet<S: Holds>(bench: &Bench<S>) {
    bench.run_until_quiet().await;
    assert_eq!(bench.causes().await, []);
    read(bench).await;
    assert!(conflicts(bench).await.is_empty(), "{:?}", conflicts(bench).await);
}

/// Part of a credit note set against its invoice here, and sent.
async fn with_used_credit<S: Holds>() -> Bench<S> {
    let bench = with_credit::<S>().await;
    let wish = Wish { credited_every: 1, ..THREE };
    let note = exporting::documents(0, &wish).into_iter().find_map(|body| match body {
        FactBody::CreditNoteIssued(note) => Some(note.id),
        _ => None,
    });
    let note: CreditNoteId = note.expect("a credit note");
    let invoice = exporting::invoice(0, THREE.students);
    let used = Allocation {
        id: allocation_id(9),
        school_id: invoice.school_id,
        student_id: invoice.student_id,
        source: CreditSource::CreditNote(note),
        invoice_id: invoice_id(0),
        amount: gbp(1_000),
        worth: None,
        allocated_on: day(),
    };
    exporting::record(&bench.store, &bench.facts, vec![FactBody::MoneyAllocated(used)]).await;
    all_is_quiet(&bench).await;
    assert_eq!(bench.sim.ledger().allocations, 1);
    bench
}

async fn credit_taken_off_there_is_released_here<S: Holds>() {
    let bench = with_used_credit::<S>().await;
    take_off(&bench, HeldAs::CreditNote, 1_000).await;
    let conflict = only(&bench, "application_removed").await;
    assert_eq!(open(&bench, 0).await, open_after(0, 1_000), "nothing is freed by itself");
    decide(&bench, &conflict, "release").await.expect("released");
    assert_eq!(open(&bench, 0).await, open_after(0, 0));
    all_is_quiet(&bench).await;
    assert_eq!(bench.sim.ledger().allocations, 0);
}

async fn credit_taken_off_there_is_told_once_more<S: Holds>() {
    let bench = with_used_credit::<S>().await;
    take_off(&bench, HeldAs::CreditNote, 1_000).await;
    let conflict = only(&bench, "application_removed").await;
    decide(&bench, &conflict, "send_again").await.expect("sent again");
    bench.run_until_quiet().await;
    assert_eq!(bench.sim.ledger().allocations, 1);
    bench.time.0.advance(chrono::TimeDelta::minutes(5));
    all_is_quiet(&bench).await;
}

async fn money_on_account_taken_off_there_is_released_here<S: Holds>() {
    let bench = super::held::received_there::<S>().await;
    use_here(&bench, 1, 0, 2_000).await;
    super::held::expect(&bench, [8_000, 6_000, 2_000]).await;
    take_off(&bench, HeldAs::OnAccount, 2_000).await;
    let conflict = only(&bench, "application_removed").await;
    decide(&bench, &conflict, "release").await.expect("released");
    assert_eq!(open(&bench, 0).await, open_after(0, 0));
    super::held::expect(&bench, [8_000, 8_000, 0]).await;
    super::held::both_sides_agree(&bench).await;
}

/// A payment of ours that pays nothing there any more (in QuickBooks, where a payment has lines).
async fn money_taken_off_its_invoice_there_is_released_here<S: Holds>() {
    let wish = Wish { students: 1, paid_every: 1, credited_every: 1_000, ..Wish::of(1) };
    let bench = Bench::<S>::of(wish).await;
    bench.run_until_quiet().await;
    bench.time.0.advance(chrono::TimeDelta::minutes(5));
    let paid = there(&bench, ExportKind::Payment).await.into_values().next().expect("paid");
    let invoice = invoice_there(&bench, 0).await;
    let sum = super::gross(0).minus(open(&bench, 0).await).expect("one currency");
    assert!(sum.is_positive());
    let removal = RemovalDocument {
        reference: "by hand".to_owned(),
        existing: format!("{paid}/{invoice}/by hand"),
        removed: Removed::CreditAllocation {
            credit_note: paid,
            held_as: HeldAs::OnAccount,
            amount: sum,
        },
    };
    write(&bench, 901, ExportDocument::Removal(removal)).await;
    let conflict = only(&bench, "unapplied_there").await;
    assert_eq!(conflict.choices, ["release", "leave"]);
    decide(&bench, &conflict, "release").await.expect("released");
    assert_eq!(open(&bench, 0).await, super::gross(0));
    all_is_quiet(&bench).await;
    assert_eq!(bench.sim.unused(), sum.amount());
}

/// What was sent while the company answered is not in its answer, and was not taken off.
async fn what_was_sent_meanwhile_is_not_missed<S: Holds>() {
    let bench = super::held::received_there::<S>().await;
    let before = super::changes(&bench, exporting::noon() - chrono::TimeDelta::minutes(10)).await;
    use_here(&bench, 1, 0, 2_000).await;
    bench.run_until_quiet().await;
    super::take(&bench, &before).await;
    assert!(conflicts(&bench).await.is_empty(), "{:?}", conflicts(&bench).await);
    super::held::expect(&bench, [8_000, 6_000, 2_000]).await;
}

macro_rules! taken_off_at {
    ($system:ident: $simulator:ty, $($story:ident),+ $(,)?) => {
        mod $system {
            use super::*;
            $(
                #[tokio::test]
                async fn $story() {
                    super::$story::<$simulator>().await;
                }
            )+
        }
    };
}

taken_off_at!(xero_taken_off: XeroSimulator,
    credit_taken_off_there_is_released_here,
    credit_taken_off_there_is_told_once_more,
    money_on_account_taken_off_there_is_released_here,
    what_was_sent_meanwhile_is_not_missed,
);
taken_off_at!(qbo_taken_off: QboSimulator,
    credit_taken_off_there_is_released_here,
    credit_taken_off_there_is_told_once_more,
    money_on_account_taken_off_there_is_released_here,
    what_was_sent_meanwhile_is_not_missed,
);
#[tokio::test]
async fn money_taken_off_its_invoice_in_quickbooks_is_released_here() {
    money_taken_off_its_invoice_there_is_released_here::<QboSimulator>().await;
}

taken_off_at!(sage_taken_off: SageSimulator,
    credit_taken_off_there_is_released_here,
    credit_taken_off_there_is_told_once_more,
    money_on_account_taken_off_there_is_released_here,
    what_was_sent_meanwhile_is_not_missed,
);
