//! Money that came to the company without an invoice of its own, or beyond one: it comes here once,
//! and what becomes of it here is told there, out of what holds it there.

use super::{bookkeeper, conflicts, connection, gbp, invoice_there, open, open_after, payments};
use super::{read, sent, session, there, write};
use crate::conformance::kept::Holds;
use finance::allocation::{Allocation, CreditSource};
use finance::fact::FactBody;
use finance::ids::{AllocationId, ConnectionId, PaymentId, RefundId};
use finance::payment::{PaymentOutcome, PaymentTurn};
use finance::refund::{Refund, RefundPart};
use finance::release::Release;
use office::incoming::take_over;
use office::reconcile::{Outcome, pair};
use providers::ProviderAdapter as _;
use providers::change::RemoteChange;
use providers::document::{AllocationDocument, ExportDocument, HeldAs, OnAccountDocument, Period};
use rust_decimal::Decimal;
use simulators::faults::FaultProfile;
use simulators::qbo::QboSimulator;
use simulators::sage::SageSimulator;
use simulators::xero::XeroSimulator;
use store::ReconciledSpan;
use store::exports::{ConnectionRun, ExportKind};
use support::engine::{Bench, HERE, adapter};
use support::exporting::{self, day, invoice_id};
use uuid::Uuid;

/// The company connected once more.
const ANEW: ConnectionId = ConnectionId(Uuid::from_u128(0xC7));

/// A bookkeeper receives 80 pounds that no invoice takes, and they come here.
pub(super) async fn received_there<S: Holds>() -> Bench<S> {
    let bench = sent::<S>().await;
    receive_there(&bench).await;
    read(&bench).await;
    assert!(conflicts(&bench).await.is_empty(), "{:?}", conflicts(&bench).await);
    bench
}

async fn receive_there<S: Holds>(bench: &Bench<S>) {
    let customers = there(bench, ExportKind::Customer).await;
    let received = OnAccountDocument {
        reference: "BANK 7".to_owned(),
        customer: customers.into_values().next().expect("a customer"),
        account: S::codes().bank,
        date: day(),
        amount: gbp(8_000),
        rate: None,
    };
    write(bench, 700, ExportDocument::OnAccount(received)).await;
}

/// Somebody there sets an amount of it against an invoice.
async fn use_there<S: Holds>(bench: &Bench<S>, money: &str, place: usize, minor: i64) {
    let used = AllocationDocument {
        reference: "by hand".to_owned(),
        credit_note: money.to_owned(),
        held_as: HeldAs::OnAccount,
        invoice: invoice_there(bench, place).await,
        date: day(),
        amount: gbp(minor),
    };
    let key = 710 + u32::try_from(place).expect("few");
    write(bench, key, ExportDocument::CreditAllocation(used)).await;
}

async fn money<S: Holds>(bench: &Bench<S>) -> PaymentId {
    let all = payments(bench).await;
    assert_eq!(all.len(), 1, "the money came once");
    all[0].payment.id
}

pub(super) async fn tell<S: Holds>(bench: &Bench<S>, body: FactBody) {
    exporting::record(&bench.store, &bench.facts, vec![body]).await;
}

pub(super) fn allocation_id(number: u128) -> AllocationId {
    AllocationId(Uuid::from_u128(0xE5_0000 + number))
}

/// A person here sets an amount of it against an invoice.
pub(super) async fn use_here<S: Holds>(bench: &Bench<S>, number: u128, place: usize, minor: i64) {
    let invoice = exporting::invoice(place, 1);
    let used = Allocation {
        id: allocation_id(number),
        school_id: invoice.school_id,
        student_id: invoice.student_id,
        source: CreditSource::Payment(money(bench).await),
        invoice_id: invoice_id(place),
        amount: gbp(minor),
        worth: None,
        allocated_on: day(),
    };
    tell(bench, FactBody::MoneyAllocated(used)).await;
}

pub(super) fn released(allocation_id: AllocationId) -> FactBody {
    FactBody::AllocationReleased(Release {
        school_id: exporting::invoice(0, 1).school_id,
        allocation_id,
        released_on: day(),
        reason: "Set against another invoice".to_owned(),
    })
}

pub(super) async fn pay_back<S: Holds>(bench: &Bench<S>, minor: i64) {
    let invoice = exporting::invoice(0, 1);
    let source = CreditSource::Payment(money(bench).await);
    let refund = Refund {
        base: None,
        id: RefundId(Uuid::from_u128(0xE8_0001)),
        school_id: invoice.school_id,
        student_id: invoice.student_id,
        method: "bank".to_owned(),
        paid_on: day(),
        amount: gbp(minor),
        parts: vec![RefundPart { base: None, source, amount: gbp(minor) }],
        reference: String::new(),
        reason: "The course was cancelled".to_owned(),
    };
    tell(bench, FactBody::RefundPaid(refund)).await;
}

/// What its bank holds, what of it is unused, and what is paid of invoices there.
pub(super) async fn expect<S: Holds>(bench: &Bench<S>, expected: [i64; 3]) {
    bench.run_until_quiet().await;
    assert_eq!(bench.causes().await, []);
    let found = [bench.sim.bank(), bench.sim.unused(), bench.sim.settled()];
    assert_eq!(found, expected.map(|minor| Decimal::new(minor, 2)));
    assert_eq!(bench.sim.duplicates(), Vec::<String>::new());
    read(bench).await;
    assert!(conflicts(bench).await.is_empty(), "{:?}", conflicts(bench).await);
    money(bench).await;
}

pub(super) async fn both_sides_agree<S: Holds>(bench: &Bench<S>) {
    let period = Period { from: day(), to: day() };
    let theirs = adapter::<S>().fetch_records(&session(bench), period).await.expect("records");
    let span = ReconciledSpan { connection: HERE, from: day(), to: day() };
    let mut view = bench.store.read().await.expect("a view");
    let ours = view.our_records(span).await.expect("records");
    drop(view);
    let pairs = pair(ours, office::reconcile::listed(&theirs));
    let odd: Vec<_> = pairs.iter().filter(|it| it.outcome != Outcome::Agreed).collect();
    assert!(odd.is_empty(), "{odd:?}");
    assert!(pairs.iter().any(|it| it.kind() == Some(ExportKind::OnAccount)));
}

async fn what_is_done_with_it_here_is_told_there<S: Holds>() {
    let bench = received_there::<S>().await;
    expect(&bench, [8_000, 8_000, 0]).await;
    both_sides_agree(&bench).await;
    use_here(&bench, 1, 0, 2_000).await;
    expect(&bench, [8_000, 6_000, 2_000]).await;
    both_sides_agree(&bench).await;
    use_here(&bench, 2, 1, 500).await;
    expect(&bench, [8_000, 5_500, 2_500]).await;
    tell(&bench, released(allocation_id(1))).await;
    expect(&bench, [8_000, 7_500, 500]).await;
    if S::TAKES_REFUNDS {
        pay_back(&bench, 3_000).await;
        expect(&bench, [5_000, 4_500, 500]).await;
    }
    let calls = bench.sim.calls();
    bench.run_until_quiet().await;
    assert_eq!(bench.sim.calls(), calls, "nothing waits");
}

/// What somebody there set against an invoice is known as used out of it as well.
async fn what_was_used_there_stays_used<S: Holds>() {
    let bench = received_there::<S>().await;
    let held = there(&bench, ExportKind::OnAccount).await.into_values().next();
    use_there(&bench, &held.expect("it"), 0, 1_500).await;
    expect(&bench, [8_000, 6_500, 1_500]).await;
    assert_eq!(open(&bench, 0).await, open_after(0, 1_500));
    use_here(&bench, 1, 0, 1_000).await;
    expect(&bench, [8_000, 5_500, 2_500]).await;
    assert_eq!(open(&bench, 0).await, open_after(0, 2_500));
    // And it can be taken off again from here.
    let mut view = bench.store.read().await.expect("a view");
    let rows = view.allocations_of_payment(money(&bench).await).await.expect("rows");
    drop(view);
    let theirs = rows.iter().find(|row| row.allocation.amount == gbp(1_500)).expect("theirs");
    tell(&bench, released(theirs.allocation.id)).await;
    expect(&bench, [8_000, 7_000, 1_000]).await;
}

/// What paid several invoices there before it was told is one payment here, with all of them.
async fn what_paid_several_invoices_there_comes_as_one<S: Holds>() {
    let bench = sent::<S>().await;
    receive_there(&bench).await;
    let since = exporting::noon() - chrono::TimeDelta::minutes(10);
    let all = adapter::<S>().fetch_changes(&session(&bench), since).await.expect("changes");
    let mut ids = all.records.iter().filter_map(|it| match it {
        RemoteChange::Payment(it) => Some(it.record.id.clone()),
        _ => None,
    });
    let held = ids.next_back().expect("the money");
    use_there(&bench, &held, 0, 1_500).await;
    use_there(&bench, &held, 1, 2_500).await;
    read(&bench).await;
    expect(&bench, [8_000, 4_000, 4_000]).await;
    assert_eq!(open(&bench, 0).await, open_after(0, 1_500));
    assert_eq!(open(&bench, 1).await, open_after(1, 2_500));
    both_sides_agree(&bench).await;
    use_here(&bench, 1, 2, 4_000).await;
    expect(&bench, [8_000, 0, 8_000]).await;
    both_sides_agree(&bench).await;
}

/// Returned by the bank and reversed here: it leaves their bank, with what was used of it.
async fn what_is_reversed_here_goes_back_there<S: Holds>() {
    let bench = received_there::<S>().await;
    use_here(&bench, 1, 0, 2_000).await;
    expect(&bench, [8_000, 6_000, 2_000]).await;
    let turned = PaymentTurn {
        school_id: exporting::invoice(0, 1).school_id,
        payment_id: money(&bench).await,
        outcome: PaymentOutcome::Reversed,
        on: day(),
        reason: "Returned by the bank".to_owned(),
    };
    tell(&bench, FactBody::PaymentTurned(turned)).await;
    bench.run_until_quiet().await;
    assert_eq!(bench.causes().await, []);
    let found = [bench.sim.bank(), bench.sim.unused(), bench.sim.settled()];
    assert_eq!(found, [Decimal::ZERO; 3]);
}

/// The company is connected anew: what is there is known, and nothing is told twice.
async fn a_company_connected_anew_knows_it<S: Holds>() {
    let bench = received_there::<S>().await;
    use_here(&bench, 1, 0, 2_000).await;
    expect(&bench, [8_000, 6_000, 2_000]).await;
    let closed = FactBody::ConnectionClosed { connection_id: HERE };
    let opened = exporting::opened::<S>(ANEW, &bench.sim.company());
    exporting::record(&bench.store, &bench.facts, [vec![closed], opened].concat()).await;
    let mut tx = bench.store.begin().await.expect("a transaction");
    let begun = ConnectionRun { started_at_ms: Some(0), ..ConnectionRun::default() };
    tx.keep_connection_run(ANEW, &begun).await.expect("begun");
    tx.commit().await.expect("committed");
    exporting::read_there(&bench.store, ANEW, &exporting::accounts_there::<S>()).await;
    let before = bench.sim.ledger();
    for _ in 0..3 {
        bench.engine.run(ANEW, bench.driver.clone()).await.expect("a run");
    }
    assert_eq!(bench.sim.ledger(), before);
    use_here(&bench, 2, 1, 500).await;
    for _ in 0..3 {
        bench.engine.run(ANEW, bench.driver.clone()).await.expect("a run");
    }
    let found = [bench.sim.bank(), bench.sim.unused(), bench.sim.settled()];
    assert_eq!(found, [8_000, 5_500, 2_500].map(|minor| Decimal::new(minor, 2)));
}

/// Read again after a kill in the middle, and told over a line that loses a fifth of the answers.
async fn neither_a_kill_nor_lost_answers_tell_it_twice<S: Holds>() {
    let bench = received_there::<S>().await;
    let bench = bench.killed().await;
    let since = exporting::noon() - chrono::TimeDelta::minutes(10);
    let all = adapter::<S>().fetch_changes(&session(&bench), since).await.expect("changes");
    let (office, row) = (super::office(&bench).await, connection(&bench).await);
    take_over(&office, &row, bookkeeper(), (&all, 0)).await.expect("taken over");
    let lossy = FaultProfile::named("lossy").expect("a profile");
    bench.sim.set_faults(FaultProfile { seed: 5, ..lossy });
    for (number, place, minor) in [(1, 0, 300), (2, 1, 350), (3, 2, 400), (4, 0, 450), (5, 1, 500)]
    {
        use_here(&bench, number, place, minor).await;
        bench.run_until_quiet().await;
    }
    bench.calm();
    bench.time.0.advance(chrono::TimeDelta::minutes(5));
    expect(&bench, [8_000, 6_000, 2_000]).await;
}

macro_rules! holds_for {
    ($system:ident: $simulator:ty) => {
        mod $system {
            use super::*;

            holds_for!(@ $simulator,
                what_is_done_with_it_here_is_told_there,
                what_was_used_there_stays_used,
                what_paid_several_invoices_there_comes_as_one,
                what_is_reversed_here_goes_back_there,
                a_company_connected_anew_knows_it,
                neither_a_kill_nor_lost_answers_tell_it_twice,
            );
        }
    };
    (@ $simulator:ty, $($story:ident),+ $(,)?) => {
        $(
            #[tokio::test]
            async fn $story() {
                super::$story::<$simulator>().await;
            }
        )+
    };
}

holds_for!(xero_held: XeroSimulator);
holds_for!(qbo_held: QboSimulator);
holds_for!(sage_held: SageSimulator);
