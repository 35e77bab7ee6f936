use crate::format::{amount, date, decimal, long_date, mark, percent, plain, price, sum};
use crate::paper::Language::{En, Nb};
use finance::{Currency, Money};

fn nok(minor: i64) -> Money {
    Money::from_minor(minor, Currency::NOK)
}

#[test]
fn amounts_are_written_as_readers_of_the_language_do() {
    assert_eq!(amount(nok(123_450), Nb), "1\u{a0}234,50");
    assert_eq!(amount(nok(123_450), En), "1,234.50");
    assert_eq!(amount(nok(-100_000_000), Nb), "\u{2212}1\u{a0}000\u{a0}000,00");
    assert_eq!(amount(nok(-5), En), "\u{2212}0.05");
    assert_eq!(amount(nok(0), Nb), "0,00");
    assert_eq!(amount(Money::from_minor(12_345, "JPY".parse().unwrap()), En), "12,345");
    assert_eq!(sum(nok(100), Nb), "kr\u{a0}1,00");
    assert_eq!(sum(Money::from_minor(100, Currency::EUR), Nb), "EUR\u{a0}1,00");
}

#[test]
fn prices_keep_their_decimals_and_quantities_lose_trailing_zeros() {
    let dec = |text: &str| text.parse().unwrap();
    assert_eq!(price(dec("790"), nok(0), Nb), "790,00");
    assert_eq!(price(dec("0.1234"), nok(0), En), "0.1234");
    assert_eq!(plain(dec("1.5000"), Nb), "1,5");
    assert_eq!(percent(dec("12.50"), Nb), "12,5\u{a0}%");
    assert_eq!(percent(dec("25"), En), "25%");
    assert_eq!(decimal(dec("1000.5"), En), "1,000.5");
}

#[test]
fn dates_are_written_as_readers_of_the_language_do() {
    let day = "2026-11-06".parse().unwrap();
    assert_eq!((date(day, Nb), date(day, En)), ("06.11.2026".into(), "6 Nov 2026".into()));
    assert_eq!(long_date(day, Nb), "6. november 2026");
    assert_eq!(mark(12), "¹²");
}
