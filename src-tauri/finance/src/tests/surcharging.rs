use super::*;
use crate::exchange::RateUsed;
use crate::ids::ServiceId;
use crate::money::MoneyError;
use crate::surcharge::{Surcharge, SurchargeRejection};

fn nok(minor: i64) -> Money {
    Money::from_minor(minor, Currency::NOK)
}

fn surcharge(percent: &str, fixed: i64) -> Surcharge {
    let service_id = ServiceId(Uuid::from_u128(1));
    Surcharge { percent: dec(percent), fixed: nok(fixed), service_id }
}

#[test]
fn a_surcharge_is_a_percentage_and_an_amount_rounded_once() {
    assert_eq!(surcharge("1.5", 0).of(nok(100_000)), Ok(nok(1_500)));
    assert_eq!(surcharge("1.25", 200).of(nok(33_333)), Ok(nok(417 + 200)));
    assert_eq!(surcharge("0", 4_900).of(nok(1)), Ok(nok(4_900)));
    assert_eq!(surcharge("0.5", 0).of(nok(100)), Ok(nok(1)), "half a minor unit is one");
}

#[test]
fn nothing_is_taken_on_top_of_nothing() {
    assert_eq!(surcharge("2", 4_900).of(nok(0)), Ok(nok(0)));
    let euro = Money::from_minor(100, "EUR".parse().unwrap());
    assert!(matches!(surcharge("2", 1).of(euro), Err(MoneyError::CurrencyMismatch(..))));
}

#[test]
fn money_in_another_currency_pays_the_percentage_of_it_and_the_rest_by_the_rate() {
    let rate = RateUsed { rate: dec("11.5"), on: day("2026-03-01"), base: Currency::NOK };
    let euro = |minor| Money::from_minor(minor, Currency::EUR);
    assert_eq!(surcharge("1.5", 200).of_foreign(euro(10_000), rate), Ok(euro(150 + 17)));
    assert_eq!(surcharge("0", 1).of_foreign(euro(10_000), rate), Ok(euro(0)));
}

#[test]
fn a_rule_that_takes_nothing_or_more_than_all_is_none() {
    assert_eq!(surcharge("0", 0).check(), Err(SurchargeRejection::Nothing));
    assert_eq!(surcharge("100.01", 0).check(), Err(SurchargeRejection::Percent));
    assert_eq!(surcharge("1.005", 0).check(), Err(SurchargeRejection::Percent));
    assert_eq!(surcharge("-1", 100).check(), Err(SurchargeRejection::Percent));
    assert_eq!(surcharge("1", -1).check(), Err(SurchargeRejection::Fixed));
    assert_eq!(surcharge("1.50", 0).check(), Ok(()));
}
