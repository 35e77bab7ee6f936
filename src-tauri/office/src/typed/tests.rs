use super::*;

fn number(text: &str) -> Option<String> {
    decimal("n", text).ok().map(|number| number.to_string())
}

#[test]
fn a_single_point_or_comma_is_a_decimal_sign() {
    assert_eq!(number("7500").as_deref(), Some("7500"));
    assert_eq!(number("7500,00").as_deref(), Some("7500.00"));
    assert_eq!(number("-12.5").as_deref(), Some("-12.5"));
    assert_eq!(number("\u{2212}12,5").as_deref(), Some("-12.5"));
}

#[test]
fn groups_of_three_are_read_and_others_refused() {
    assert_eq!(number("7 500,00").as_deref(), Some("7500.00"));
    assert_eq!(number("7\u{a0}500,00").as_deref(), Some("7500.00"));
    assert_eq!(number("1.234.567").as_deref(), Some("1234567"));
    assert_eq!(number("1.234,50").as_deref(), Some("1234.50"));
    assert_eq!(number("1,234.50").as_deref(), Some("1234.50"));
    for wrong in ["1.23.456", "75 00", "1 2", "12,34,56", "1,2.3,4", ",5", "5,", "", "--1", "1e3"] {
        assert_eq!(number(wrong), None, "{wrong}");
    }
}

#[test]
fn days_the_calendar_does_not_have_are_refused() {
    for wrong in ["2026-02-29", "2026-13-01", "2026-1-1", "01.02.2026", "0026-01-01", ""] {
        assert!(date("d", wrong).is_err(), "{wrong}");
    }
    assert!(date("d", "2028-02-29").is_ok());
}

#[test]
fn amounts_keep_to_the_decimals_of_their_currency() {
    assert!(money("m", "1.00", Currency::NOK).is_ok());
    let fault = money("m", "1.001", Currency::NOK).expect_err("three decimals");
    assert_eq!(fault.rule.as_deref(), Some("too_many_decimals"));
    assert!(money("m", "99999999999999999999", Currency::NOK).is_err());
}

#[test]
fn characters_that_reorder_text_are_refused() {
    assert!(text("t", "Ola\u{202e}Nordmann", SHORT).is_err());
    assert!(text("t", "Ola\u{0}", SHORT).is_err());
    assert!(text("t", "two\nlines", SHORT).is_err());
    assert!(note("t", "two\nlines").is_ok());
    assert_eq!(text("t", "  Åse  ", SHORT).expect("a name"), "Åse");
}

#[test]
fn an_email_address_has_two_sides() {
    for right in ["", "ola@example.no", "ola.n+x@mail.example.no"] {
        assert!(email("e", right).is_ok(), "{right}");
    }
    for wrong in ["ola", "@example.no", "ola@", "a@b@c", "a b@c"] {
        assert!(email("e", wrong).is_err(), "{wrong}");
    }
}
