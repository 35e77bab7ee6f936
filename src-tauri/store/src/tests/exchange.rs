use super::book::{Facts, invoice, invoice_id, nok, payment_id, student_id};
use super::{Book, day};
use crate::{AccountKind, StoreError};
use finance::allocation::{Allocation, CreditSource};
use finance::exchange::{Conversion, ExchangeRate, RateUsed, Worth};
use finance::fact::{Fact, FactBody};
use finance::invoice::Invoice;
use finance::payment::Payment;
use finance::{Currency, Money};
use rust_decimal::Decimal;

pub(super) fn eur(minor: i64) -> Money {
    Money::from_minor(minor, Currency::EUR)
}

/// An invoice of a desk, in euros, at 11.5001 kroner each.
pub(super) fn euros(desk: &str, number: u32, minor: i64) -> Invoice {
    let mut issued = invoice(desk, number, 1, minor, "2026-01-01");
    let own = |money: &mut Money| *money = eur(money.minor());
    for line in &mut issued.totals.lines {
        for amount in [&mut line.net, &mut line.vat, &mut line.gross] {
            own(amount);
        }
    }
    for code in &mut issued.totals.by_code {
        for amount in [&mut code.net, &mut code.vat, &mut code.gross] {
            own(amount);
        }
    }
    let totals = &mut issued.totals;
    for amount in [&mut totals.net, &mut totals.vat, &mut totals.gross] {
        own(amount);
    }
    let rate =
        RateUsed { rate: Decimal::new(115_001, 4), on: day("2026-01-01"), base: Currency::NOK };
    let conversion = Conversion::of(&issued.totals, rate).expect("converted");
    Invoice { conversion: Some(Box::new(conversion)), ..issued }
}

pub(super) fn paid(facts: &mut Facts, number: u32, minor: i64, base: i64) -> Fact {
    let mut fact = facts.payment(number, 1, minor, "2026-02-01");
    if let FactBody::PaymentReceived(payment) = &mut fact.body {
        let (amount, base) = (eur(minor), Some(nok(base)));
        *payment = Payment { amount, base, ..payment.clone() };
    }
    fact
}

fn settled(facts: &mut Facts, number: u32, minor: i64, worth: (i64, i64)) -> Fact {
    set(facts, (number, 1), minor, worth)
}

/// Euros of a payment set against an invoice, with what they move in kroner.
pub(super) fn set(
    facts: &mut Facts,
    (number, invoice): (u32, u32),
    minor: i64,
    worth: (i64, i64),
) -> Fact {
    let source = CreditSource::Payment(payment_id(number));
    let mut fact = facts.allocation(number, source, invoice, (minor, "2026-02-01"));
    if let FactBody::MoneyAllocated(set) = &mut fact.body {
        let worth = Worth { invoice_base: nok(worth.0), source_base: nok(worth.1) };
        *set = Allocation { amount: eur(minor), worth: Some(worth), ..set.clone() };
    }
    fact
}

/// What a euro is worth from the first of January on, in øre.
pub(super) fn rate(facts: &mut Facts, mantissa: i64) -> Fact {
    facts.fact(FactBody::ExchangeRateSet(ExchangeRate {
        school_id: super::book::school().id,
        currency: Currency::EUR,
        rate: Decimal::new(mantissa, 2),
        on: day("2026-01-01"),
        source: String::new(),
    }))
}

/// An invoice over 100.01 euro, worth 1 150.13 kroner, and two payments that settle it, each of a
/// desk that did not know of the other and rounded for itself.
fn two_desks(facts: &mut Facts) -> Vec<Fact> {
    vec![
        facts.student(1, "Kari"),
        facts.fact(FactBody::InvoiceIssued(Box::new(euros("1", 1, 10_001)))),
        paid(facts, 1, 5_000, 57_000),
        paid(facts, 2, 5_001, 58_000),
        settled(facts, 1, 5_000, (57_501, 57_000)),
        settled(facts, 2, 5_001, (57_513, 58_000)),
    ]
}

#[tokio::test]
async fn two_desks_that_settle_at_once_leave_no_rest_and_the_books_balance() {
    let (book, mut facts) = Book::begun().await;
    book.record(&two_desks(&mut facts)).await.expect("recorded");
    let mut view = book.store.read().await.expect("a view");
    let record = view.find_invoice(invoice_id(1)).await.expect("read").expect("one");
    assert_eq!((record.open, record.base_open), (eur(0), Some(nok(0))));
    let row = view.find_student(student_id(1), day("2026-03-01")).await.expect("read");
    assert_eq!(row.expect("one").balance, nok(0));
    let account = view.student_account(student_id(1)).await.expect("read");
    let sum: i64 = account.iter().map(|entry| entry.amount.minor()).sum();
    assert_eq!(sum, 0);
    for payment in [1, 2] {
        let row = view.find_payment(payment_id(payment)).await.expect("read").expect("one");
        assert_eq!((row.unallocated, row.base.expect("worth").unallocated), (eur(0), nok(0)));
    }
    drop(view);
    let report = book.store.verify().await.expect("a report");
    assert!(report.tables_agree && report.chain_holds, "{report:?}");
}

/// One desk takes a payment while another writes the rest off; each rounds for itself, and the øre too
/// many is put on what was written off.
#[tokio::test]
async fn what_is_written_off_moves_no_difference_of_exchange() {
    let (book, mut facts) = Book::begun().await;
    let mut made = two_desks(&mut facts);
    made.truncate(3);
    made.push(settled(&mut facts, 1, 5_000, (57_501, 57_000)));
    let mut given_up = facts.write_off(2, 1, (5_001, "2026-02-03"));
    if let FactBody::InvoiceWrittenOff(given_up) = &mut given_up.body {
        (given_up.amount, given_up.base) = (eur(5_001), Some(nok(57_513)));
    }
    made.push(given_up);
    book.record(&made).await.expect("recorded");
    let mut view = book.store.read().await.expect("a view");
    let account = view.student_account(student_id(1)).await.expect("read");
    let of = |kind| {
        let entries = account.iter().filter(|entry| entry.kind == kind);
        entries.map(|entry| entry.amount.minor()).collect::<Vec<_>>()
    };
    assert_eq!(of(AccountKind::WriteOff), [-57_512]);
    assert_eq!(of(AccountKind::Exchange), [-501]);
    assert_eq!(account.iter().map(|entry| entry.amount.minor()).sum::<i64>(), 0);
}

#[tokio::test]
async fn the_order_of_the_facts_does_not_matter() {
    let (book, mut facts) = Book::begun().await;
    let made = two_desks(&mut facts);
    let (other, _) = Book::begun().await;
    book.record(&made).await.expect("recorded");
    other.record(&made[..4]).await.expect("recorded");
    other.record(&[made[5].clone()]).await.expect("recorded");
    other.record(&[made[4].clone(), made[5].clone()]).await.expect("recorded");
    let mut both = Vec::new();
    for book in [&book, &other] {
        let mut view = book.store.read().await.expect("a view");
        let mut account = view.student_account(student_id(1)).await.expect("read");
        account.sort_by_key(|entry| (entry.label.clone(), entry.amount.minor()));
        both.push(account);
    }
    assert_eq!(both[0], both[1]);
}

#[tokio::test]
async fn what_is_released_is_open_again_at_its_worth() {
    let (book, mut facts) = Book::begun().await;
    let mut made = two_desks(&mut facts);
    made.push(facts.release(1, "2026-02-10"));
    book.record(&made).await.expect("recorded");
    let mut view = book.store.read().await.expect("a view");
    let record = view.find_invoice(invoice_id(1)).await.expect("read").expect("one");
    assert_eq!((record.open, record.base_open), (eur(5_000), Some(nok(57_500))));
    let row = view.find_payment(payment_id(1)).await.expect("read").expect("one");
    assert_eq!((row.unallocated, row.base.expect("worth").unallocated), (eur(5_000), nok(57_000)));
}

#[tokio::test]
async fn more_than_is_open_in_its_own_currency_is_refused() {
    let (book, mut facts) = Book::begun().await;
    let mut made = two_desks(&mut facts);
    made[4] = settled(&mut facts, 1, 5_001, (57_000, 57_000));
    let refused = book.record(&made).await;
    assert!(matches!(&refused, Err(StoreError::OverAllocated { .. })), "{refused:?}");
}

#[tokio::test]
async fn money_and_invoices_of_different_currencies_never_meet() {
    let (book, mut facts) = Book::begun().await;
    book.record(&two_desks(&mut facts)[..4]).await.expect("recorded");
    let kroner = facts.payment(3, 1, 10_000, "2026-02-01");
    book.record(&[kroner]).await.expect("recorded");
    let source = CreditSource::Payment(payment_id(3));
    let plain = facts.allocation(3, source, 1, (10_000, "2026-02-01"));
    assert!(matches!(book.record(&[plain]).await, Err(StoreError::CauseMissing)));
    let told = settled(&mut facts, 3, 5_000, (57_500, 57_500));
    assert!(matches!(book.record(&[told]).await, Err(StoreError::CauseMissing)));
}

#[tokio::test]
async fn an_amount_without_its_worth_or_with_a_worth_elsewhere_is_refused() {
    let (book, mut facts) = Book::begun().await;
    book.record(&[facts.student(1, "Kari")]).await.expect("recorded");
    let bare = Invoice { conversion: None, ..euros("1", 1, 10_001) };
    let bare = facts.fact(FactBody::InvoiceIssued(Box::new(bare)));
    assert!(matches!(book.record(&[bare]).await, Err(StoreError::WrongCurrency)));
    let mut twice = facts.payment(1, 1, 10_000, "2026-02-01");
    if let FactBody::PaymentReceived(payment) = &mut twice.body {
        payment.base = Some(nok(10_000));
    }
    assert!(matches!(book.record(&[twice]).await, Err(StoreError::WrongCurrency)));
}

#[tokio::test]
async fn of_two_rates_of_one_day_the_later_clock_wins() {
    let (book, mut facts) = Book::begun().await;
    let (first, second) = (rate(&mut facts, 1_150), rate(&mut facts, 1_160));
    book.record(&[second, first]).await.expect("recorded");
    let mut view = book.store.read().await.expect("a view");
    let rates = view.exchange_rates().await.expect("read");
    assert_eq!((rates.len(), rates[0].rate), (1, Decimal::new(116, 1)));
}
