//! What became of money: the book on the day, and the book on every day before it.

use super::Book;
use super::book::{
    Facts, credit_note_id, day, invoice, invoice_id, nok, payment_id, student_id, uuid,
};
use crate::{AccountKind, AgeBy, AgeingQuestion, AgeingStudent, Among, StoreError};
use finance::ageing::Buckets;
use finance::allocation::CreditSource;
use finance::fact::Fact;
use finance::ids::AllocationId;
use finance::payment::{PaymentOutcome, PaymentState};
use proptest::prelude::*;

const REVERSED: PaymentOutcome = PaymentOutcome::Reversed;

fn paid() -> CreditSource {
    CreditSource::Payment(payment_id(1))
}

/// An invoice of 1 000 due on 15 January, 700 received on 1 February and 600 of it set against it.
async fn part_paid() -> (Book, Facts) {
    let (book, mut facts) = Book::begun().await;
    let made = [
        facts.student(1, "Kari"),
        facts.invoice(1, 1, 100_000, "2026-01-01"),
        facts.payment(1, 1, 70_000, "2026-02-01"),
        facts.allocation(1, paid(), 1, (60_000, "2026-02-02")),
    ];
    book.record(&made).await.expect("recorded");
    (book, facts)
}

async fn standing(book: &Book) -> (i64, i64, i64) {
    let mut view = book.store.read().await.expect("a view");
    let row = view.find_student(student_id(1), day("2026-06-01")).await.expect("read");
    let row = row.expect("one");
    (row.open.minor(), row.credit.minor(), row.balance.minor())
}

async fn aged(book: &Book, as_of: &str, by: AgeBy) -> Vec<AgeingStudent> {
    let buckets = Buckets::default();
    let question = AgeingQuestion { as_of: day(as_of), by, buckets, department: Among::All };
    let mut view = book.store.read().await.expect("a view");
    view.ageing(&question).await.expect("aged")
}

async fn balance_on(book: &Book, as_of: &str) -> (i64, i64) {
    let rows = aged(book, as_of, AgeBy::Due).await;
    rows.first().map_or((0, 0), |row| {
        (row.amounts.columns.iter().map(|it| it.minor()).sum(), row.amounts.credit.minor())
    })
}

/// The account's rows add up to the balance, and the log says the same as the tables.
async fn is_sound(book: &Book) {
    let mut view = book.store.read().await.expect("a view");
    let account = view.student_account(student_id(1)).await.expect("read");
    let sum: i64 = account.iter().map(|row| row.amount.minor()).sum();
    drop(view);
    assert_eq!(sum, standing(book).await.2);
    let report = book.store.verify().await.expect("checked");
    assert!(report.tables_agree && report.chain_holds, "{:?}", report.findings);
}

#[tokio::test]
async fn a_reversed_payment_opens_its_invoice_again_and_leaves_the_past_alone() {
    let (book, mut facts) = part_paid().await;
    assert_eq!(standing(&book).await, (40_000, 10_000, 30_000));
    book.record(&[facts.turn(1, REVERSED, "2026-02-20")]).await.expect("reversed");
    assert_eq!(standing(&book).await, (100_000, 0, 100_000));
    for (on, expected) in [
        ("2026-01-31", (100_000, 0)),
        ("2026-02-01", (100_000, 70_000)),
        ("2026-02-19", (40_000, 10_000)),
        ("2026-02-20", (100_000, 0)),
    ] {
        assert_eq!(balance_on(&book, on).await, expected, "{on}");
    }
    let mut view = book.store.read().await.expect("a view");
    let payment = view.find_payment(payment_id(1)).await.expect("read").expect("one");
    assert_eq!(payment.standing.state, PaymentState::Reversed);
    assert_eq!((payment.unallocated, payment.invoices), (nok(0), Vec::new()));
    let set = view.allocations_of_invoice(invoice_id(1)).await.expect("read");
    assert_eq!((set[0].ended_on, set[0].reversed), (Some(day("2026-02-20")), true));
    let kinds: Vec<AccountKind> = view
        .student_account(student_id(1))
        .await
        .expect("read")
        .into_iter()
        .map(|row| row.kind)
        .collect();
    assert_eq!(kinds, [AccountKind::Invoice, AccountKind::Payment, AccountKind::Reversal]);
    drop(view);
    is_sound(&book).await;
}

#[tokio::test]
async fn released_money_is_credit_again_and_can_settle_another_invoice() {
    let (book, mut facts) = part_paid().await;
    let made = [
        facts.release(1, "2026-02-10"),
        facts.invoice(2, 1, 70_000, "2026-01-05"),
        facts.allocation(2, paid(), 2, (70_000, "2026-02-10")),
    ];
    book.record(&made).await.expect("moved");
    assert_eq!(standing(&book).await, (100_000, 0, 100_000));
    assert_eq!(balance_on(&book, "2026-02-09").await, (110_000, 10_000));
    assert_eq!(balance_on(&book, "2026-02-10").await, (100_000, 0));
    is_sound(&book).await;
}

#[tokio::test]
async fn a_refund_takes_credit_of_payments_and_credit_notes_and_never_more() {
    let (book, mut facts) = part_paid().await;
    let much = facts.refund(1, 1, paid(), (10_001, "2026-03-01"));
    let refused = book.record(&[much]).await;
    assert!(matches!(refused, Err(StoreError::OverAllocated { .. })), "{refused:?}");
    let note = facts.credit_note(1, &invoice("1", 1, 1, 100_000, "2026-01-01"), "2026-02-03");
    let of_note = CreditSource::CreditNote(credit_note_id(1));
    let made = [
        note,
        facts.refund(2, 1, paid(), (10_000, "2026-03-01")),
        facts.refund(3, 1, of_note, (60_000, "2026-03-02")),
    ];
    book.record(&made).await.expect("paid back");
    assert_eq!(standing(&book).await, (40_000, 40_000, 0));
    assert_eq!(balance_on(&book, "2026-02-28").await, (40_000, 110_000));
    assert_eq!(balance_on(&book, "2026-03-01").await, (40_000, 100_000));
    is_sound(&book).await;
    let refused = book.record(&[facts.turn(1, REVERSED, "2026-03-03")]).await;
    assert!(matches!(refused, Err(StoreError::OverAllocated { .. })), "{refused:?}");
}

#[tokio::test]
async fn a_write_off_settles_and_is_asked_for_again_when_released() {
    let (book, mut facts) = part_paid().await;
    book.record(&[facts.write_off(9, 1, (40_000, "2026-03-01"))]).await.expect("given up");
    assert_eq!(standing(&book).await, (0, 10_000, -10_000));
    assert_eq!(balance_on(&book, "2026-02-28").await, (40_000, 10_000));
    let mut view = book.store.read().await.expect("a view");
    let rows = view.write_offs_of(invoice_id(1)).await.expect("read");
    assert_eq!((rows[0].write_off.amount, rows[0].ended_on), (nok(40_000), None));
    let found = view.find_allocation(AllocationId(uuid(17, 9))).await.expect("read");
    assert!(found.expect("one").is_write_off);
    drop(view);
    book.record(&[facts.release(9, "2026-03-10")]).await.expect("asked again");
    assert_eq!(standing(&book).await, (40_000, 10_000, 30_000));
    assert_eq!(balance_on(&book, "2026-03-09").await, (0, 10_000));
    is_sound(&book).await;
}

#[tokio::test]
async fn announced_money_is_not_there_until_it_is_confirmed() {
    let (book, mut facts) = part_paid().await;
    let mut announced = facts.payment(2, 1, 40_000, "2026-02-05");
    if let finance::fact::FactBody::PaymentReceived(payment) = &mut announced.body {
        payment.pending = true;
    }
    book.record(&[announced]).await.expect("announced");
    assert_eq!(standing(&book).await, (40_000, 10_000, 30_000));
    let source = CreditSource::Payment(payment_id(2));
    let early = facts.allocation(2, source, 1, (40_000, "2026-02-05"));
    let refused = book.record(&[early]).await;
    assert!(matches!(refused, Err(StoreError::OverAllocated { .. })), "{refused:?}");
    let made = [
        facts.turn(2, PaymentOutcome::Confirmed, "2026-02-08"),
        facts.allocation(3, source, 1, (40_000, "2026-02-05")),
    ];
    book.record(&made).await.expect("arrived");
    assert_eq!(standing(&book).await, (0, 10_000, -10_000));
    assert_eq!(balance_on(&book, "2026-02-07").await, (40_000, 10_000));
    is_sound(&book).await;
}

#[tokio::test]
async fn what_was_typed_finds_its_invoice_and_the_same_money_its_twin() {
    let (book, _) = part_paid().await;
    let mut view = book.store.read().await.expect("a view");
    let found = view.by_reference(&["000700001".to_owned()]).await.expect("read");
    assert_eq!((found.len(), found[0].invoice_id, found[0].open), (1, invoice_id(1), nok(40_000)));
    assert_eq!(view.by_reference(&["A1-1".to_owned()]).await.expect("read"), found);
    let mut like = view.find_payment(payment_id(1)).await.expect("read").expect("one").payment;
    assert_eq!(view.payment_twins(&like).await.expect("read").len(), 1);
    like.received_on = day("2026-02-02");
    assert_eq!(view.payment_twins(&like).await.expect("read").len(), 1);
    like.reference = String::new();
    assert_eq!(view.payment_twins(&like).await.expect("read").len(), 0);
}

/// Acts in the order of a picked list; each on the day given, none before the last.
fn acts(facts: &mut Facts, picks: &[(u8, i64)]) -> Vec<(String, Fact)> {
    let mut made = Vec::new();
    for (place, (pick, minor)) in (0_u32..).zip(picks) {
        let on = (day("2026-02-05") + chrono::Days::new(u64::from(place) * 3)).to_string();
        let number = 50 + place;
        let fact = match pick % 5 {
            0 => facts.turn(1 + place % 2, REVERSED, &on),
            1 => facts.release(1 + place % 3, &on),
            2 => facts.write_off(number, 1 + place % 2, (*minor, &on)),
            3 => facts.refund(number, 1, paid(), (*minor, &on)),
            _ => {
                let source = CreditSource::Payment(payment_id(1 + place % 2));
                facts.allocation(number, source, 1 + place % 2, (*minor, &on))
            }
        };
        made.push((on, fact));
    }
    made
}

async fn tell(picks: &[(u8, i64)]) {
    let (book, mut facts) = part_paid().await;
    let begin = [
        facts.invoice(2, 1, 80_000, "2026-01-10"),
        facts.payment(2, 1, 50_000, "2026-02-03"),
        facts.allocation(2, CreditSource::Payment(payment_id(2)), 2, (50_000, "2026-02-03")),
        facts.allocation(3, paid(), 2, (5_000, "2026-02-04")),
    ];
    book.record(&begin).await.expect("recorded");
    let mut told: Vec<(String, AgeBy, Vec<AgeingStudent>)> = Vec::new();
    for (on, fact) in acts(&mut facts, picks) {
        for by in [AgeBy::Due, AgeBy::Issue] {
            let before = (day(&on) - chrono::Days::new(1)).to_string();
            told.push((before.clone(), by, aged(&book, &before, by).await));
        }
        // What would overdraw is refused and leaves no trace.
        if let Err(refused) = book.record(&[fact]).await {
            assert!(matches!(refused, StoreError::OverAllocated { .. }), "{refused:?}");
        }
        for (as_of, by, known) in &told {
            assert_eq!(&aged(&book, as_of, *by).await, known, "on {as_of} after {on}");
        }
        let (open, credit, _) = standing(&book).await;
        assert_eq!(balance_on(&book, "2027-01-01").await, (open, credit));
        assert!(open >= 0 && credit >= 0);
    }
    is_sound(&book).await;
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 10,
        failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_act_changes_a_day_before_it_and_nothing_is_ever_overdrawn(
        picks in prop::collection::vec((any::<u8>(), 1_i64..60_000), 1..8),
    ) {
        tokio::runtime::Runtime::new().expect("a runtime").block_on(tell(&picks));
    }
}
