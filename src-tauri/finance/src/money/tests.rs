use super::*;
use proptest::prelude::*;

fn nok(text: &str) -> Money {
    Money::exact(text.parse().unwrap(), Currency::NOK).unwrap()
}

fn currency(code: &str) -> Currency {
    code.parse().unwrap()
}

#[test]
fn currencies_have_the_decimals_of_iso_4217() {
    let decimals = |code| currency(code).decimals();
    assert_eq!((decimals("NOK"), decimals("JPY"), decimals("KWD"), decimals("ISK")), (2, 0, 3, 0));
    for wrong in ["nok", "NO", "NOKK", "N K", "", "ÅÅ", "12A"] {
        assert_eq!(wrong.parse::<Currency>(), Err(MoneyError::UnknownCurrency(wrong.to_owned())));
    }
}

#[test]
fn exact_refuses_what_would_need_rounding_and_takes_trailing_zeros() {
    assert_eq!(nok("12.3400").minor(), 1234);
    let third: Decimal = "0.005".parse().unwrap();
    let refused = Money::exact(third, Currency::NOK);
    assert!(matches!(refused, Err(MoneyError::TooManyDecimals { .. })));
    assert!(Money::exact("1.5".parse().unwrap(), currency("JPY")).is_err());
    assert_eq!(Money::exact(third, currency("KWD")).unwrap().minor(), 5);
}

#[test]
fn rounding_is_half_away_from_zero() {
    let rounded = |text: &str| Money::rounded(text.parse().unwrap(), Currency::NOK).unwrap();
    assert_eq!(rounded("2.165"), nok("2.17"));
    assert_eq!(rounded("-2.165"), nok("-2.17"));
    assert_eq!(rounded("2.1649999999"), nok("2.16"));
}

#[test]
fn what_leaves_64_bits_is_an_error_and_never_wraps() {
    let most = Money::from_minor(i64::MAX, Currency::NOK);
    assert_eq!(most.plus(nok("0.01")), Err(MoneyError::TooLarge));
    assert_eq!(most.negated().minus(nok("0.02")), Err(MoneyError::TooLarge));
    assert_eq!(Money::rounded(Decimal::MAX, Currency::NOK), Err(MoneyError::TooLarge));
    let lowest = Decimal::new(i64::MIN, 2);
    assert_eq!(Money::exact(lowest, Currency::NOK), Err(MoneyError::TooLarge));
}

#[test]
fn two_currencies_never_meet_in_one_sum() {
    let mismatch = Err(MoneyError::CurrencyMismatch(Currency::NOK, Currency::EUR));
    let euro = Money::from_minor(1, Currency::EUR);
    assert_eq!(nok("1").plus(euro), mismatch);
    assert_eq!(nok("1").minus(euro), mismatch);
    assert_eq!(nok("1").smaller(euro), mismatch);
}

#[test]
fn the_minor_units_left_over_go_to_the_largest_remainders() {
    let minors = |amount: &str, weights: &[i64]| -> Vec<i64> {
        nok(amount).split(weights).unwrap().into_iter().map(Money::minor).collect()
    };
    assert_eq!(minors("1.00", &[1, 1, 1]), [34, 33, 33]);
    assert_eq!(minors("-1.00", &[1, 1, 1]), [-33, -33, -34]);
    assert_eq!(minors("0.05", &[3, 7]), [2, 3]);
    assert_eq!(minors("0.03", &[0, 0]), [2, 1]);
    assert!(nok("1").split(&[]).is_err());
    assert!(nok("1").split(&[5, -5]).is_err());
}

#[test]
fn money_is_written_as_a_decimal_string_beside_its_currency() {
    let json = r#"{"amount":"1.00","currency":"NOK"}"#;
    assert_eq!(serde_json::to_string(&nok("1")).unwrap(), json);
    assert_eq!(serde_json::from_str::<Money>(json).unwrap(), nok("1"));
    let yen = Money::from_minor(5, currency("JPY"));
    assert_eq!(serde_json::to_string(&yen).unwrap(), r#"{"amount":"5","currency":"JPY"}"#);
    let dinar = Money::from_minor(-5, currency("KWD"));
    assert_eq!(serde_json::to_string(&dinar).unwrap(), r#"{"amount":"-0.005","currency":"KWD"}"#);
}

#[test]
fn money_that_would_need_rounding_or_is_no_text_is_not_read() {
    for wrong in [
        r#"{"amount":"1.005","currency":"NOK"}"#,
        r#"{"amount":"0.1","currency":"JPY"}"#,
        r#"{"amount":1.00,"currency":"NOK"}"#,
        r#"{"amount":"1,00","currency":"NOK"}"#,
        r#"{"amount":"","currency":"NOK"}"#,
        r#"{"amount":"NaN","currency":"NOK"}"#,
        r#"{"amount":"1.00","currency":"nok"}"#,
        r#"{"amount":"1.00"}"#,
        r#"{"amount":"92233720368547758.08","currency":"NOK"}"#,
    ] {
        assert!(serde_json::from_str::<Money>(wrong).is_err(), "{wrong}");
    }
}

fn any_currency() -> impl Strategy<Value = Currency> {
    prop::sample::select(vec!["NOK", "EUR", "JPY", "KWD"]).prop_map(currency)
}

proptest! {
    #[test]
    fn a_split_adds_up_and_no_part_is_a_minor_unit_off(
        minor in -1_000_000_000_000_i64..1_000_000_000_000,
        weights in prop::collection::vec(0_i64..1_000_000_000, 1..40),
        currency in any_currency(),
    ) {
        let whole = Money::from_minor(minor, currency);
        let parts = whole.split(&weights).unwrap();
        prop_assert_eq!(Money::sum(currency, parts.iter().copied()).unwrap(), whole);
        let total: i128 = weights.iter().map(|w| i128::from(*w)).sum();
        if total > 0 {
            for (part, weight) in parts.iter().zip(&weights) {
                let off = i128::from(part.minor()) * total - i128::from(minor) * i128::from(*weight);
                prop_assert!(off.abs() < total, "{part} for weight {weight}");
            }
        }
    }

    #[test]
    fn money_survives_json(minor in -i64::MAX..=i64::MAX, currency in any_currency()) {
        let money = Money::from_minor(minor, currency);
        let json = serde_json::to_string(&money).unwrap();
        prop_assert_eq!(serde_json::from_str::<Money>(&json).unwrap(), money);
    }
}

proptest! {
    #[test]
    fn plain_text_is_what_the_decimal_prints(minor in any::<i64>(), code in "NOK|JPY|KWD") {
        let money = Money::from_minor(minor, currency(&code));
        prop_assert_eq!(money.plain(), money.amount().to_string());
    }

    #[test]
    fn small_amounts_keep_their_zeros(minor in -1_100_i64..1_100, code in "NOK|JPY|KWD") {
        let money = Money::from_minor(minor, currency(&code));
        prop_assert_eq!(money.plain(), money.amount().to_string());
    }
}
