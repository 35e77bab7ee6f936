//! Money that no longer counts here: what was never sent is not sent, and where it cannot be taken
//! back there a person is told. What is taken back there stands in `conformance`.

use super::{Bench, HERE, xero};
use finance::Money;
use finance::allocation::CreditSource;
use finance::fact::FactBody;
use finance::ids::{AllocationId, PaymentId, RefundId};
use finance::payment::{Payment, PaymentOutcome, PaymentTurn};
use finance::refund::{Refund, RefundPart};
use finance::write_off::WriteOff;
use office::export::state::Event;
use office::export::{Driver, PushDriver};
use providers::registry::Provider;
use std::sync::Arc;
use store::ReconciledSpan;
use store::exports::{ExportRow, ExportState, ExportView};
use support::exporting::{self, Wish, day, documents, invoice_id};
use support::wrapped::{Wrapped, small_and_fast};
use uuid::Uuid;

const ONE_PAID: Wish = Wish { students: 1, credited_every: 1_000, paid_every: 1, ..Wish::of(1) };

fn payment() -> (PaymentId, FactBody) {
    let bodies = documents(0, &ONE_PAID);
    let found = bodies.into_iter().find(|body| matches!(body, FactBody::PaymentReceived(_)));
    let Some(FactBody::PaymentReceived(payment)) = found else { panic!("a payment") };
    let turn = PaymentTurn {
        school_id: payment.school_id,
        payment_id: payment.id,
        outcome: PaymentOutcome::Reversed,
        on: day(),
        reason: "Returned by the bank".to_owned(),
    };
    (payment.id, FactBody::PaymentTurned(turn))
}

async fn tell(bench: &Bench, body: FactBody) {
    exporting::record(&bench.store, &bench.facts, vec![body]).await;
}

async fn reviewed(bench: &Bench) -> Vec<ExportRow> {
    bench.rows(ExportView::Attention).await
}

#[tokio::test]
async fn a_reversed_payment_that_cannot_be_taken_back_there_is_told_to_a_person() {
    let mut bench = Bench::new(ONE_PAID).await;
    bench.run_until_quiet().await;
    let Driver::Push(push) = bench.driver.clone() else { panic!("a pushing driver") };
    let capabilities = small_and_fast(Provider::Xero);
    let adapter = Arc::new(Wrapped { inner: xero(), capabilities, strike: |_| (), poison: None });
    bench.driver = Driver::Push(PushDriver { adapter, ..push });
    let sent = bench.rows(ExportView::Sent).await.len();
    tell(&bench, payment().1).await;
    bench.run_until_quiet().await;
    let rows = reviewed(&bench).await;
    assert_eq!((rows.len(), rows[0].kind.word()), (1, "payment"));
    assert_eq!(bench.causes().await[0].0, "taken_back");
    assert_eq!(bench.rows(ExportView::Sent).await.len(), sent);
    // Tried again, it comes back to the person; settled by a person, it is gone.
    let now = bench.time.0.now();
    let mut tx = bench.store.begin().await.expect("a transaction");
    tx.release_exports(&[rows[0].id], now.timestamp_millis()).await.expect("released");
    tx.commit().await.expect("committed");
    bench.run_until_quiet().await;
    assert_eq!(reviewed(&bench).await.len(), 1);
    let mut tx = bench.store.begin().await.expect("a transaction");
    let due = tx.export_as_due(rows[0].id).await.expect("read").expect("a record");
    let done = office::export::verdict::change(&due, Event::SettleByHand, now);
    tx.leave_causes(&[rows[0].id], now.timestamp_millis()).await.expect("left");
    tx.change_exports(HERE, &[done], now.timestamp_millis()).await.expect("settled");
    tx.commit().await.expect("committed");
    assert_eq!(bench.causes().await, []);
    let mut view = bench.store.read().await.expect("a view");
    let span = ReconciledSpan { connection: HERE, from: day(), to: day() };
    let ours = view.our_records(span).await.expect("read");
    assert!(ours.iter().all(|it| it.kind.word() != "payment" || it.ended), "{ours:?}");
}

#[tokio::test]
async fn a_payment_reversed_before_it_was_sent_never_goes_out() {
    let bench = Bench::new(ONE_PAID).await;
    tell(&bench, payment().1).await;
    bench.run_until_quiet().await;
    assert_eq!(bench.causes().await, []);
    let settled = bench.rows(ExportView::Settled).await;
    assert_eq!((settled.len(), settled[0].state), (1, ExportState::Cancelled));
    assert!(bench.rows(ExportView::Sent).await.iter().all(|row| row.kind.word() != "payment"));
}

#[tokio::test]
async fn refunds_and_write_offs_are_each_one_cause_for_a_person() {
    let wish = Wish { paid_every: 1_000, ..ONE_PAID };
    let bench = Bench::new(wish).await;
    bench.run_until_quiet().await;
    let mut made = documents(0, &ONE_PAID);
    let Some(FactBody::PaymentReceived(mut money)) =
        made.drain(..).find(|body| matches!(body, FactBody::PaymentReceived(_)))
    else {
        panic!("a payment")
    };
    let amount = Money::from_minor(1_000, money.amount.currency());
    money.id = PaymentId(Uuid::from_u128(0x7000));
    let more = Payment { id: PaymentId(Uuid::from_u128(0x7003)), ..money.clone() };
    let part = |id| RefundPart { base: None, source: CreditSource::Payment(id), amount };
    let refund = Refund {
        base: None,
        id: RefundId(Uuid::from_u128(0x7001)),
        school_id: money.school_id,
        student_id: money.student_id,
        method: "bank".to_owned(),
        paid_on: day(),
        // Out of two payments: there is no one thing there that it comes out of.
        amount: Money::from_minor(2_000, amount.currency()),
        parts: vec![part(money.id), part(more.id)],
        reference: String::new(),
        reason: "Paid too much".to_owned(),
    };
    let given_up = WriteOff {
        base: None,
        id: AllocationId(Uuid::from_u128(0x7002)),
        school_id: money.school_id,
        student_id: money.student_id,
        invoice_id: invoice_id(0),
        amount,
        written_off_on: day(),
        reason: "Moved abroad".to_owned(),
        small: false,
    };
    tell(&bench, FactBody::PaymentReceived(money)).await;
    tell(&bench, FactBody::PaymentReceived(more)).await;
    tell(&bench, FactBody::RefundPaid(refund)).await;
    tell(&bench, FactBody::InvoiceWrittenOff(given_up)).await;
    bench.run_until_quiet().await;
    let mut kinds: Vec<&str> = reviewed(&bench).await.iter().map(|row| row.kind.word()).collect();
    kinds.sort_unstable();
    assert_eq!(kinds, ["refund", "write_off"]);
    assert!(bench.causes().await.iter().all(|(class, ..)| class == "by_hand"));
}
