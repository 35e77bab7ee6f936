//! What was sent and no longer counts here is taken back there, once; money that goes back is told
//! there, once.

use super::{release_all, session};
use finance::Money;
use finance::allocation::CreditSource;
use finance::fact::FactBody;
use finance::ids::RefundId;
use finance::payment::{PaymentOutcome, PaymentTurn};
use finance::refund::{Refund, RefundPart};
use finance::release::Release;
use providers::ProviderAdapter as _;
use providers::document::{
    DocumentKind, ExportDocument, Period, PushItem, RemovalDocument, Removed,
};
use simulators::faults::{Fault, FaultProfile, Rule};
use support::engine::{Bench, adapter};
use support::exporting::{self, Wish, day, documents};
use support::system::{Ledger, System};
use uuid::Uuid;

const PAID: Wish = Wish { students: 2, paid_every: 1, credited_every: 1, ..Wish::of(6) };

/// Every payment is reversed.
fn reversed(place: usize) -> Option<FactBody> {
    documents(place, &PAID).into_iter().find_map(|body| match body {
        FactBody::PaymentReceived(payment) => Some(FactBody::PaymentTurned(PaymentTurn {
            school_id: payment.school_id,
            payment_id: payment.id,
            outcome: PaymentOutcome::Reversed,
            on: day(),
            reason: "Returned by the bank".to_owned(),
        })),
        _ => None,
    })
}

/// What a credit note settled is open again.
fn released(place: usize) -> Option<FactBody> {
    documents(place, &PAID).into_iter().find_map(|body| match body {
        FactBody::MoneyAllocated(share) => Some(FactBody::AllocationReleased(Release {
            school_id: share.school_id,
            allocation_id: share.id,
            released_on: day(),
            reason: "Set against another invoice".to_owned(),
        })),
        _ => None,
    })
}

async fn tell<S: System>(bench: &Bench<S>, body: Option<FactBody>) {
    let bodies = vec![body.expect("a fact")];
    exporting::record(&bench.store, &bench.facts, bodies).await;
}

pub async fn money_that_no_longer_counts_is_taken_back_there<S: System>() {
    let bench = Bench::<S>::of(PAID).await;
    bench.run_until_quiet().await;
    bench.expect_exactly_once(&PAID).await;
    tell(&bench, reversed(0)).await;
    tell(&bench, released(1)).await;
    bench.run_until_quiet().await;
    assert_eq!(bench.causes().await, []);
    assert_eq!(bench.sim.ledger(), Ledger { payments: 5, allocations: 5, ..PAID.ledger() });
    let calls = bench.sim.calls();
    bench.run_until_quiet().await;
    assert_eq!(bench.sim.calls(), calls);
}

pub async fn a_fifth_of_the_replies_lost_takes_nothing_back_twice<S: System>() {
    let bench = Bench::<S>::of(PAID).await;
    bench.run_until_quiet().await;
    for place in 0..PAID.invoices {
        tell(&bench, reversed(place)).await;
        tell(&bench, released(place)).await;
    }
    let lossy = FaultProfile::named("lossy").expect("a profile");
    bench.sim.set_faults(FaultProfile { seed: 4, ..lossy });
    bench.run_until_quiet().await;
    assert!(!bench.sim.fired().is_empty());
    release_all(&bench).await;
    bench.calm();
    bench.run_until_quiet().await;
    assert_eq!(bench.causes().await, []);
    assert_eq!(bench.sim.ledger(), Ledger { payments: 0, allocations: 0, ..PAID.ledger() });
    assert_eq!(bench.sim.duplicates(), Vec::<String>::new());
}

/// The credit note of an invoice is not used for it, but paid back.
fn paid_back(place: usize) -> Option<FactBody> {
    documents(place, &PAID).into_iter().find_map(|body| match body {
        FactBody::CreditNoteIssued(note) => {
            let amount: Money = note.totals.gross;
            let source = CreditSource::CreditNote(note.id);
            Some(FactBody::RefundPaid(Refund {
                base: None,
                id: RefundId(Uuid::from_u128(0x7_1000 + place as u128)),
                school_id: note.school_id,
                student_id: note.student_id,
                method: "bank".to_owned(),
                paid_on: day(),
                amount,
                parts: vec![RefundPart { base: None, source, amount }],
                reference: String::new(),
                reason: "The course was cancelled".to_owned(),
            }))
        }
        _ => None,
    })
}

pub async fn a_credit_note_paid_back_is_told_there_once_or_to_a_person<S: System>() {
    let bench = Bench::<S>::of(PAID).await;
    bench.run_until_quiet().await;
    for place in 0..PAID.invoices {
        tell(&bench, released(place)).await;
        tell(&bench, paid_back(place)).await;
    }
    let lossy = FaultProfile::named("lossy").expect("a profile");
    bench.sim.set_faults(FaultProfile { seed: 9, ..lossy });
    bench.run_until_quiet().await;
    bench.calm();
    bench.run_until_quiet().await;
    let expected = Ledger { allocations: 0, ..PAID.ledger() };
    if S::TAKES_REFUNDS {
        release_all(&bench).await;
        bench.run_until_quiet().await;
        assert_eq!(bench.causes().await, []);
        assert_eq!(bench.sim.ledger(), Ledger { payments: 2 * PAID.invoices, ..expected });
    } else {
        let causes = bench.causes().await;
        assert!(causes.iter().all(|(class, ..)| class == "by_hand"), "{causes:?}");
        assert_eq!((causes.len(), bench.sim.ledger()), (1, expected));
    }
    assert_eq!(bench.sim.duplicates(), Vec::<String>::new());
}

pub async fn what_somebody_deleted_there_before_its_answer_came_is_made_anew<S: System>() {
    let wish = Wish { students: 1, paid_every: 1, credited_every: 1_000, ..Wish::of(1) };
    let bench = Bench::<S>::of(wish).await;
    let lost = Rule::always(Fault::ConnectionLost).after_commit().times(1);
    let lost = lost.on(S::WRITES.0, &bench.sim.payments_path());
    bench.sim.set_faults(FaultProfile::of([lost]));
    bench.run().await;
    assert_eq!(bench.sim.fired().len(), 1);
    bench.calm();
    let (adapter, session) = (adapter::<S>(), session(&bench));
    let period = Period { from: day(), to: day() };
    let theirs = adapter.fetch_records(&session, period).await.expect("records");
    let paid = theirs.iter().find(|it| it.kind == DocumentKind::Payment).expect("a payment");
    let removal = RemovalDocument {
        reference: "K-somebody".to_owned(),
        existing: paid.id.clone(),
        removed: Removed::Payment,
    };
    let document = ExportDocument::Removal(removal);
    let item = PushItem { document, idempotency_key: "5".repeat(32) };
    adapter.push(&session, &[item]).await.outcomes.remove(0).expect("deleted");
    assert_eq!(bench.sim.ledger().payments, 0);
    bench.run_until_quiet().await;
    assert_eq!(bench.causes().await, []);
    assert_eq!(bench.sim.ledger(), wish.ledger());
}
