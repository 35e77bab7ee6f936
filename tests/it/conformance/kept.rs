//! Money kept as credit: where a system is told of it, its bank holds what the school holds, and what
//! is used of it later is taken out of it and never received a second time.

mod banks;

use super::{release_all, session};
use chrono::TimeDelta;
use finance::allocation::{Allocation, CreditSource};
use finance::fact::FactBody;
use finance::ids::{AllocationId, PaymentId, RefundId, SchoolId};
use finance::money::Money;
use finance::payment::{Payment, PaymentOutcome, PaymentTurn};
use finance::refund::{Refund, RefundPart};
use finance::release::Release;
use office::export::{Driver, PushDriver};
use office::reconcile::{Outcome, pair};
use providers::ProviderAdapter as _;
use providers::document::Period;
use rust_decimal::Decimal;
use simulators::faults::{Fault, FaultProfile, Rule};
use simulators::qbo::{Entity, QboSimulator, Row};
use simulators::sage::SageSimulator;
use simulators::xero::{Kind, XeroSimulator};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use store::ReconciledSpan;
use store::exports::{ExportKind, ExportView};
use support::engine::{Bench, HERE, adapter};
use support::exporting::{self, Wish, day, invoice_id, student_id};
use support::system::System;
use support::wrapped::{Moment, Wrapped, small_and_fast};
use tokio::sync::Notify;
use uuid::Uuid;

/// A system that is told of money kept as credit. Where it is told of no refunds, these stories have none.
pub trait Holds: System {
    /// What payments left in its bank accounts.
    fn bank(&self) -> Decimal;
    /// Customers' money there that pays no invoice.
    fn unused(&self) -> Decimal;
    /// What is paid there of invoices, in whatever way.
    fn settled(&self) -> Decimal;
}

impl Holds for XeroSimulator {
    fn bank(&self) -> Decimal {
        let received: Decimal = self.bank_transactions().iter().map(|it| it.total).sum();
        let paid = self.payments().into_iter().filter(|it| !it.deleted);
        let paid =
            paid.map(|it| if it.document_kind == Kind::AccRec { it.amount } else { -it.amount });
        received + paid.sum::<Decimal>()
    }

    fn unused(&self) -> Decimal {
        let kept = [self.overpayments(), self.prepayments()].concat();
        kept.iter().map(simulators::xero::Document::open_amount).sum()
    }

    fn settled(&self) -> Decimal {
        self.invoices().iter().map(|it| it.amount_paid + it.amount_credited).sum()
    }
}

impl Holds for SageSimulator {
    fn bank(&self) -> Decimal {
        let living = self.payments().into_iter().filter(|it| it.deleted_at.is_none());
        let moved = living.map(|it| match it.transaction_type.as_str() {
            "CUSTOMER_RECEIPT" => it.total,
            _ => -it.total,
        });
        moved.sum()
    }

    fn unused(&self) -> Decimal {
        let living = self.payments().into_iter().filter(|it| it.deleted_at.is_none());
        living.filter_map(|it| it.on_account).map(|it| it.outstanding).sum()
    }

    fn settled(&self) -> Decimal {
        self.invoices().iter().map(|it| it.total - it.outstanding).sum()
    }
}

impl Holds for QboSimulator {
    fn bank(&self) -> Decimal {
        self.living(Entity::Payment).iter().map(|row| row.decimal("TotalAmt")).sum()
    }

    fn unused(&self) -> Decimal {
        self.living(Entity::Payment).iter().map(|row| row.decimal("UnappliedAmt")).sum()
    }

    fn settled(&self) -> Decimal {
        let open = |row: &Row| row.decimal("TotalAmt") - row.decimal("Balance");
        self.living(Entity::Invoice).iter().map(open).sum()
    }
}

/// Two students with an invoice each and one without; nothing is paid.
const OPEN: Wish = Wish { students: 3, paid_every: 1_000, credited_every: 1_000, ..Wish::of(2) };

fn school() -> SchoolId {
    exporting::invoice(0, OPEN.students).school_id
}

fn money(minor: i64) -> Money {
    Money::from_minor(minor, "GBP".parse().expect("a currency"))
}

fn pounds(minor: i64) -> Decimal {
    Decimal::new(minor, 2)
}

fn payment_id(number: usize) -> PaymentId {
    PaymentId(Uuid::from_u128(0xE2_0000 + number as u128))
}

fn allocation_id(number: usize) -> AllocationId {
    AllocationId(Uuid::from_u128(0xE4_0000 + number as u128))
}

fn received(number: usize, student: usize, minor: i64) -> FactBody {
    FactBody::PaymentReceived(Payment {
        id: payment_id(number),
        school_id: school(),
        department_id: None,
        student_id: student_id(student),
        method: "bank".to_owned(),
        received_on: day(),
        amount: money(minor),
        base: None,
        reference: String::new(),
        note: String::new(),
        pending: false,
        event: None,
    })
}

/// What allocation `number` sets of a payment against the invoice at `place`.
fn set(number: usize, (payment, place): (usize, usize), minor: i64) -> FactBody {
    FactBody::MoneyAllocated(Allocation {
        id: allocation_id(number),
        school_id: school(),
        student_id: student_id(place % OPEN.students),
        source: CreditSource::Payment(payment_id(payment)),
        invoice_id: invoice_id(place),
        amount: money(minor),
        worth: None,
        allocated_on: day(),
    })
}

fn released(number: usize) -> FactBody {
    FactBody::AllocationReleased(Release {
        school_id: school(),
        allocation_id: allocation_id(number),
        released_on: day(),
        reason: "Set against another invoice".to_owned(),
    })
}

fn reversed(payment: usize) -> FactBody {
    FactBody::PaymentTurned(PaymentTurn {
        school_id: school(),
        payment_id: payment_id(payment),
        outcome: PaymentOutcome::Reversed,
        on: day(),
        reason: "Returned by the bank".to_owned(),
    })
}

fn paid_back(number: usize, (payment, student): (usize, usize), minor: i64) -> FactBody {
    let (source, amount) = (CreditSource::Payment(payment_id(payment)), money(minor));
    FactBody::RefundPaid(Refund {
        base: None,
        id: RefundId(Uuid::from_u128(0xE7_0000 + number as u128)),
        school_id: school(),
        student_id: student_id(student),
        method: "bank".to_owned(),
        paid_on: day(),
        amount,
        parts: vec![RefundPart { base: None, source, amount }],
        reference: String::new(),
        reason: "The course was cancelled".to_owned(),
    })
}

/// What goes back where the system is told of it, in facts and in minor units.
fn back<S: System>(body: FactBody, minor: i64) -> (Vec<FactBody>, i64) {
    if S::TAKES_REFUNDS { (vec![body], minor) } else { (Vec::new(), 0) }
}

async fn tell<S: System>(bench: &Bench<S>, bodies: Vec<FactBody>) {
    exporting::record(&bench.store, &bench.facts, bodies).await;
}

async fn book<S: System>() -> Bench<S> {
    let bench = Bench::<S>::of(OPEN).await;
    // A second invoice of the first student.
    tell(&bench, exporting::documents(3, &OPEN)).await;
    bench
}

/// Bank, unused and settled there, in minor units.
fn there<S: Holds>(bench: &Bench<S>) -> [Decimal; 3] {
    [bench.sim.bank(), bench.sim.unused(), bench.sim.settled()]
}

async fn expect<S: Holds>(bench: &Bench<S>, expected: [i64; 3]) {
    assert_eq!(bench.causes().await, []);
    assert_eq!(there(bench), expected.map(pounds));
    assert_eq!(bench.sim.duplicates(), Vec::<String>::new());
}

pub async fn what_no_invoice_takes_is_told_once<S: Holds>() {
    let bench = book::<S>().await;
    tell(&bench, vec![received(1, 0, 10_000), set(1, (1, 0), 4_000), received(2, 2, 3_000)]).await;
    bench.run_until_quiet().await;
    expect(&bench, [13_000, 9_000, 4_000]).await;
    // Who paid before the first invoice is a customer there.
    assert_eq!(bench.sim.ledger().customers, 3);
    let calls = bench.sim.calls();
    bench.run_until_quiet().await;
    assert_eq!(bench.sim.calls(), calls);
}

pub async fn what_is_used_later_is_taken_out_of_it<S: Holds>() {
    let bench = book::<S>().await;
    tell(&bench, vec![received(1, 0, 10_000), set(1, (1, 0), 4_000)]).await;
    bench.run_until_quiet().await;
    let payments = bench.sim.ledger().payments;
    tell(&bench, vec![set(2, (1, 3), 2_500)]).await;
    bench.run_until_quiet().await;
    expect(&bench, [10_000, 3_500, 6_500]).await;
    assert_eq!(bench.sim.ledger().payments, payments, "nothing was received twice");
    // It is open again, and so is the credit.
    tell(&bench, vec![released(2)]).await;
    bench.run_until_quiet().await;
    expect(&bench, [10_000, 6_000, 4_000]).await;
    // What was received for an invoice and is released is kept as well.
    tell(&bench, vec![released(1)]).await;
    bench.run_until_quiet().await;
    expect(&bench, [10_000, 10_000, 0]).await;
}

/// Uses of two payments go in one batch and two calls, of which a gateway refuses the second.
#[tokio::test]
async fn a_batch_that_quickbooks_took_in_part_is_not_applied_twice() {
    let bench = book::<QboSimulator>().await;
    tell(&bench, vec![received(1, 0, 10_000), received(2, 0, 10_000)]).await;
    bench.run_until_quiet().await;
    tell(&bench, vec![set(1, (1, 0), 1_000), set(2, (2, 0), 1_100)]).await;
    tell(&bench, vec![set(3, (1, 3), 1_200), set(4, (2, 3), 1_300)]).await;
    let refused = Rule::always(Fault::BadRequest).nth(2);
    let batch = bench.sim.payments_path().replace("payment", "batch");
    bench.sim.set_faults(FaultProfile::of([refused.on("POST", &batch)]));
    bench.run_until_quiet().await;
    assert_eq!(bench.sim.fired().len(), 1);
    expect(&bench, [20_000, 15_400, 4_600]).await;
}

pub async fn what_is_used_before_it_was_told_is_received_for_the_invoice<S: Holds>() {
    let bench = book::<S>().await;
    tell(&bench, vec![received(1, 0, 10_000)]).await;
    bench.sim.lock(Some(day()));
    bench.run_until_quiet().await;
    bench.sim.lock(None);
    tell(&bench, vec![received(2, 0, 5_000)]).await;
    tell(&bench, vec![set(1, (2, 0), 5_000)]).await;
    // What was refused is not there, and gives way as well.
    tell(&bench, vec![set(2, (1, 3), 2_000)]).await;
    release_all(&bench).await;
    bench.run_until_quiet().await;
    expect(&bench, [15_000, 8_000, 7_000]).await;
    assert_eq!(bench.sim.ledger().allocations, 0, "both were received for their invoices");
}

pub async fn money_that_goes_back_leaves_the_bank_there<S: Holds>() {
    let bench = book::<S>().await;
    tell(&bench, vec![received(1, 0, 10_000), set(1, (1, 0), 4_000), received(2, 1, 2_000)]).await;
    bench.run_until_quiet().await;
    let (facts, gone) = back::<S>(paid_back(1, (1, 0), 1_000), 1_000);
    tell(&bench, facts).await;
    bench.run_until_quiet().await;
    expect(&bench, [12_000 - gone, 8_000 - gone, 4_000]).await;
    // In and out between two runs: both are told.
    let (facts, all) = back::<S>(paid_back(2, (3, 2), 700), 700);
    tell(&bench, [vec![received(3, 2, 700)], facts].concat()).await;
    bench.run_until_quiet().await;
    let more = 700 - all - gone;
    expect(&bench, [12_000 + more, 8_000 + more, 4_000]).await;
    // Returned by the bank, with what was used of it.
    tell(&bench, vec![set(2, (2, 1), 1_500)]).await;
    bench.run_until_quiet().await;
    expect(&bench, [12_000 + more, 6_500 + more, 5_500]).await;
    tell(&bench, vec![reversed(2)]).await;
    bench.run_until_quiet().await;
    expect(&bench, [10_000 + more, 6_000 + more, 4_000]).await;
}

/// QuickBooks is told of no refunds: a person is, and the money stands there until then.
#[tokio::test]
async fn money_that_goes_back_out_of_credit_in_quickbooks_is_for_a_person() {
    let bench = book::<QboSimulator>().await;
    tell(&bench, vec![received(1, 0, 10_000)]).await;
    bench.run_until_quiet().await;
    tell(&bench, vec![paid_back(1, (1, 0), 1_000), set(1, (1, 0), 4_000)]).await;
    bench.run_until_quiet().await;
    let causes = bench.causes().await;
    assert_eq!(causes.len(), 1, "{causes:?}");
    assert_eq!(causes[0].0, "by_hand");
    assert_eq!(there(&bench), [10_000, 6_000, 4_000].map(pounds));
    // Of the rest no more is used than is left of it here.
    tell(&bench, vec![set(2, (1, 3), 5_000)]).await;
    bench.run_until_quiet().await;
    assert_eq!(there(&bench), [10_000, 1_000, 9_000].map(pounds));
    assert_eq!(bench.causes().await.len(), 1);
}

/// A book that was sent before the system was told of credit: what was told as payments stays.
pub async fn a_book_that_was_sent_before_tells_only_the_rest<S: Holds>() {
    let bench = book::<S>().await;
    tell(&bench, vec![received(1, 0, 10_000), set(1, (1, 0), 4_000)]).await;
    // These figures know nothing of money on account.
    let Driver::Push(push) = bench.driver.clone() else { panic!("a pushing driver") };
    let capabilities = small_and_fast(S::PROVIDER);
    let adapter =
        Arc::new(Wrapped { inner: adapter::<S>(), capabilities, strike: |_| {}, poison: None });
    let old = Driver::Push(PushDriver { adapter, ..push });
    bench.engine.run(HERE, old.clone()).await.expect("a run");
    assert_eq!(there(&bench), [4_000, 0, 4_000].map(pounds));
    tell(&bench, vec![set(2, (1, 3), 1_000)]).await;
    bench.engine.run(HERE, old).await.expect("a run");
    assert_eq!(there(&bench), [5_000, 0, 5_000].map(pounds));
    bench.run_until_quiet().await;
    expect(&bench, [10_000, 5_000, 5_000]).await;
}

/// Everything that can become of kept credit, under lost replies.
pub async fn a_fifth_of_the_replies_lost_tells_credit_once<S: Holds>() {
    for seed in [3, 8] {
        let bench = book::<S>().await;
        let lossy = FaultProfile::named("lossy").expect("a profile");
        bench.sim.set_faults(FaultProfile { seed, ..lossy });
        let (facts, gone) = back::<S>(paid_back(1, (2, 2), 1_000), 1_000);
        let steps = [
            vec![received(1, 0, 10_000), set(1, (1, 0), 4_000), received(2, 2, 3_000)],
            [vec![set(2, (1, 3), 2_500)], facts].concat(),
            vec![released(1), received(3, 1, 2_000)],
            vec![reversed(2 + 1), released(2)],
        ];
        for step in steps {
            tell(&bench, step).await;
            bench.run_until_quiet().await;
            release_all(&bench).await;
        }
        assert!(!bench.sim.fired().is_empty());
        bench.calm();
        release_all(&bench).await;
        bench.run_until_quiet().await;
        expect(&bench, [13_000 - gone, 13_000 - gone, 0]).await;
    }
}

pub async fn a_program_killed_in_between_tells_credit_once<S: Holds>() {
    for call in 1..=9 {
        let bench = book::<S>().await;
        tell(&bench, vec![received(1, 0, 10_000), set(1, (1, 0), 4_000)]).await;
        let (facts, less) = back::<S>(paid_back(1, (1, 0), 500), 500);
        let later = [vec![set(2, (1, 3), 2_500)], facts].concat();
        let (answered, killed) = (Arc::new(AtomicUsize::new(0)), Arc::new(Notify::new()));
        let gone = killed.clone();
        let strike = move |moment: Moment| {
            let is_answer = moment == Moment::AfterPush;
            if is_answer && answered.fetch_add(1, Ordering::SeqCst) + 1 == call {
                gone.notify_one();
            }
        };
        let Driver::Push(push) = bench.driver.clone() else { panic!("a pushing driver") };
        let capabilities = S::PROVIDER.capabilities();
        let adapter =
            Arc::new(Wrapped { inner: adapter::<S>(), capabilities, strike, poison: None });
        let dying = Driver::Push(PushDriver { adapter, ..push });
        tokio::select! {
            biased;
            () = killed.notified() => {}
            () = async {
                bench.engine.run(HERE, dying.clone()).await.expect("a run");
                tell(&bench, later.clone()).await;
                bench.engine.run(HERE, dying).await.expect("a run");
            } => {}
        }
        let bench = bench.killed().await;
        let mut view = bench.store.read().await.expect("a view");
        let is_told = view.find_allocation(allocation_id(2)).await.expect("a view").is_some();
        drop(view);
        if !is_told {
            tell(&bench, later).await;
        }
        bench.run_until_quiet().await;
        expect(&bench, [10_000 - less, 3_500 - less, 6_500]).await;
    }
}

/// Whatever happens in whatever order, the bank there is the bank here.
pub async fn the_bank_there_is_the_bank_here<S: Holds>() {
    let mut exact = 0;
    for seed in 0..12_u64 {
        let bench = book::<S>().await;
        let mut purse = Purse::new(seed, S::TAKES_REFUNDS);
        for _ in 0..14 {
            let step = purse.step();
            tell(&bench, step).await;
            if purse.chance(2) {
                bench.run().await;
            }
        }
        bench.run_until_quiet().await;
        bench.time.0.advance(TimeDelta::minutes(2));
        bench.run_until_quiet().await;
        let causes = bench.causes().await;
        // What would come out of two parts of a payment is for a person.
        assert!(causes.iter().all(|(class, ..)| class == "by_hand"), "seed {seed}: {causes:?}");
        if causes.is_empty() {
            exact += 1;
            assert_eq!(there(&bench), purse.expected(), "seed {seed}: {:?}", purse.told);
        }
        assert_eq!(bench.rows(ExportView::Blocked).await.len(), 0);
        assert_eq!(bench.sim.duplicates(), Vec::<String>::new());
    }
    assert!(exact >= 8, "{exact} of 12");
}

/// Money on account is a kind of its own where both books are compared.
pub async fn both_sides_compare_money_on_account<S: Holds>() {
    let bench = book::<S>().await;
    tell(&bench, vec![received(1, 0, 10_000), set(1, (1, 0), 4_000), received(2, 2, 3_000)]).await;
    bench.run_until_quiet().await;
    tell(&bench, vec![reversed(2)]).await;
    bench.run_until_quiet().await;
    let period = Period { from: day(), to: day() };
    let theirs = adapter::<S>().fetch_records(&session(&bench), period).await.expect("records");
    let span = ReconciledSpan { connection: HERE, from: day(), to: day() };
    let mut view = bench.store.read().await.expect("a view");
    let ours = view.our_records(span).await.expect("records");
    drop(view);
    let pairs = pair(ours, office::reconcile::listed(&theirs));
    let kept = pairs.iter().filter(|it| it.kind() == Some(ExportKind::OnAccount));
    assert_eq!(kept.map(|it| it.outcome).collect::<Vec<_>>(), [Outcome::Agreed]);
    assert!(pairs.iter().all(|it| it.outcome == Outcome::Agreed || it.outcome == Outcome::Balance));
}

/// The same school in a few figures.
struct Purse {
    state: u64,
    /// Money goes back, too.
    repays: bool,
    /// Of each payment: the student, what is unused, and whether it counts.
    payments: Vec<(usize, i64, bool)>,
    /// Of each allocation: its payment, its invoice and its amount, nothing once it is released.
    shares: Vec<(usize, usize, i64)>,
    open: [i64; 4],
    back: i64,
    refunds: usize,
    refunded: Vec<bool>,
    told: Vec<String>,
}

impl Purse {
    fn new(seed: u64, repays: bool) -> Self {
        Self {
            repays,
            state: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) + 1,
            payments: Vec::new(),
            shares: Vec::new(),
            open: [10_000, 10_000, 0, 10_000],
            back: 0,
            refunds: 0,
            refunded: Vec::new(),
            told: Vec::new(),
        }
    }

    fn roll(&mut self, of: usize) -> usize {
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_041);
        usize::try_from(self.state >> 33).expect("small") % of
    }

    fn chance(&mut self, one_in: usize) -> bool {
        self.roll(one_in) == 0
    }

    /// Something that can happen now.
    fn step(&mut self) -> Vec<FactBody> {
        let kind = self.roll(6);
        let made = match kind {
            0 | 1 => self.receive(),
            2 | 3 => self.allocate(),
            4 => self.release(),
            _ if self.chance(2) => self.reverse(),
            _ if self.repays => self.pay_back(),
            _ => None,
        };
        let made = made.unwrap_or_else(|| self.receive().expect("money"));
        vec![made]
    }

    fn receive(&mut self) -> Option<FactBody> {
        let (student, minor) = (self.roll(2), 1_000 + 100 * self.roll(40) as i64);
        self.payments.push((student, minor, true));
        self.refunded.push(false);
        let number = self.payments.len() - 1;
        self.told.push(format!("payment {number} of {minor} from {student}"));
        Some(received(number, student, minor))
    }

    fn some_payment(&mut self) -> Option<usize> {
        let with: Vec<usize> = (0..self.payments.len())
            .filter(|at| self.payments[*at].1 > 0 && self.payments[*at].2)
            .collect();
        if with.is_empty() { None } else { Some(with[self.roll(with.len())]) }
    }

    fn allocate(&mut self) -> Option<FactBody> {
        let at = self.some_payment()?;
        let (student, left, _) = self.payments[at];
        let place = if student == 0 && self.chance(2) { 3 } else { student };
        let most = left.min(self.open[place]);
        if most <= 0 {
            return None;
        }
        let minor = if self.chance(2) { most } else { (most / 2).max(1) };
        self.payments[at].1 -= minor;
        self.open[place] -= minor;
        self.shares.push((at, place, minor));
        let number = self.shares.len() - 1;
        self.told.push(format!("allocation {number} of {minor} out of {at} for {place}"));
        Some(set(number, (at, place), minor))
    }

    fn release(&mut self) -> Option<FactBody> {
        let live: Vec<usize> = (0..self.shares.len()).filter(|at| self.shares[*at].2 > 0).collect();
        if live.is_empty() {
            return None;
        }
        let number = live[self.roll(live.len())];
        self.free(number, true);
        self.told.push(format!("release {number}"));
        Some(released(number))
    }

    fn free(&mut self, number: usize, unused: bool) {
        let (at, place, minor) = self.shares[number];
        self.shares[number].2 = 0;
        self.open[place] += minor;
        if unused {
            self.payments[at].1 += minor;
        }
    }

    fn reverse(&mut self) -> Option<FactBody> {
        let at = self.some_payment()?;
        if self.refunded[at] {
            return None;
        }
        for number in 0..self.shares.len() {
            if self.shares[number].0 == at && self.shares[number].2 > 0 {
                self.free(number, false);
            }
        }
        self.payments[at] = (self.payments[at].0, 0, false);
        self.told.push(format!("reversal of {at}"));
        Some(reversed(at))
    }

    fn pay_back(&mut self) -> Option<FactBody> {
        let at = self.some_payment()?;
        let (student, left, _) = self.payments[at];
        let minor = (left / 2).max(1);
        self.payments[at].1 -= minor;
        self.refunded[at] = true;
        self.back += minor;
        self.refunds += 1;
        self.told.push(format!("refund of {minor} out of {at}"));
        Some(paid_back(self.refunds, (at, student), minor))
    }

    /// Bank, unused and settled as they must be.
    fn expected(&self) -> [Decimal; 3] {
        let unused: i64 = self.payments.iter().map(|it| it.1).sum();
        let settled: i64 = self.shares.iter().map(|it| it.2).sum();
        [unused + settled, unused, settled].map(pounds)
    }
}
